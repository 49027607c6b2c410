//! `offhook sign`: a payload into the headers that its vendor would send with it.

use offhook_validator::DEFAULT_MAX_SIZE;

use crate::args::Sign;
use crate::obstacle::Obstacle;
use crate::outcome::Outcome;
use crate::output::{Form, print};
use crate::secrets;
use crate::sender::{Senders, made_up_id, now};
use crate::whole;

/// Signs what the command line names.
pub(crate) fn run(args: &Sign) -> Outcome {
    match headers(args) {
        Ok(headers) => print(Form::Text, |out| writeln!(out, "{headers}")),
        Err(obstacle) => obstacle.tell(&["sign"]),
    }
}

fn headers(args: &Sign) -> Result<String, Obstacle> {
    let senders = Senders::new(&args.signing)?;
    let secret = secrets::one(&args.signing)?;
    let body = whole::read(&args.file, DEFAULT_MAX_SIZE, "the payload")?;
    let sender = senders.of(&body).map_err(Obstacle::Usage)?;
    let signer = secret.signer(sender.scheme).map_err(Obstacle::Usage)?;
    let id = args.id.clone().unwrap_or_else(made_up_id);
    let headers = sender.headers(&signer, &id, args.at.unwrap_or_else(now), &body);
    let headers = headers.map_err(|error| Obstacle::Usage(format!("--id: {error}")))?;
    let lines: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    Ok(lines.join("\n"))
}
