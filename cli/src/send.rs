//! `offhook send`: payloads to a receiver, signed and repeated as their vendors would.

mod answer;
mod courier;
mod post;

use std::io::Write;
use std::panic;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::archive::{each, interrupted};
use crate::args::{Send, refuse};
use crate::obstacle::Obstacle;
use crate::outcome::{Outcome, written};
use crate::output::{Form, stdout};
use crate::secrets;
use crate::sender::Senders;
use crate::terminal::{counted, say, say_lines};

use self::courier::{Courier, News, Settled};

/// How often to look whether somebody wants to stop, while a receiver takes its time.
const PATIENCE: Duration = Duration::from_millis(100);

/// Sends what the command line names.
pub(crate) fn run(args: &Send) -> Outcome {
    if let Some(message) = args.paths.unusable() {
        return refuse(&["send"], message);
    }
    let courier = match courier(args) {
        Ok(courier) => courier,
        Err(obstacle) => return obstacle.tell(&["send"]),
    };
    let interrupted = interrupted();
    let (to_teller, news) = mpsc::channel();
    let inputs = args.paths.inputs();
    inputs.announce();
    // Whoever reads, sends or waits is not waited for by whoever wants to stop.
    let sending = thread::spawn(move || {
        each(inputs).try_for_each(|payload| courier.deliver(payload, &to_teller))
    });
    tell(&news, sending, || interrupted.load(Ordering::Relaxed))
}

fn courier(args: &Send) -> Result<Courier, Obstacle> {
    let senders = Senders::new(&args.signing)?;
    let secret = secrets::one(&args.signing)?;
    if let Some(scheme) = senders.only_scheme() {
        secret.signer(scheme).map_err(Obstacle::Usage)?;
    }
    Ok(Courier::new(args, senders, secret))
}

/// Tells the news until there is no more, or somebody has heard enough.
fn tell<T>(
    news: &Receiver<News>,
    sending: JoinHandle<T>,
    interrupted: impl Fn() -> bool,
) -> Outcome {
    let mut out = stdout(Form::Text);
    let mut totals = Totals::default();
    while !interrupted() {
        let told = match news.recv_timeout(PATIENCE) {
            Ok(News::Attempt(lines, settled)) => {
                // Whatever was told is counted, even if somebody stops it right then.
                if let Some(settled) = settled {
                    totals.add(settled);
                }
                writeln!(out, "{lines}")
            }
            Ok(News::Unsent(message, outcome)) => {
                totals.add(Settled::Unsent(outcome));
                say_lines(&format!("error: {message}"));
                Ok(())
            }
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => {
                if let Err(panicked) = sending.join() {
                    panic::resume_unwind(panicked);
                }
                break;
            }
        };
        if let Err(cause) = told.and_then(|()| out.flush()) {
            return written(Err(cause));
        }
    }
    let summed = writeln!(out, "{}", totals.line()).and_then(|()| out.end());
    match written(summed) {
        Outcome::Valid if interrupted() => {
            say("note: interrupted; this is what was sent so far");
            Outcome::Interrupted
        }
        Outcome::Valid => totals.worst.unwrap_or(Outcome::Valid),
        unwritten => unwritten,
    }
}

/// What came of the payloads.
#[derive(Debug, Default)]
struct Totals {
    acknowledged: usize,
    refused: usize,
    unanswered: usize,
    unsent: usize,
    worst: Option<Outcome>,
}

impl Totals {
    fn add(&mut self, settled: Settled) {
        let count = match settled {
            Settled::Acknowledged => &mut self.acknowledged,
            Settled::Refused => &mut self.refused,
            Settled::Unanswered => &mut self.unanswered,
            Settled::Unsent(_) => &mut self.unsent,
        };
        *count += 1;
        self.worst = self.worst.max(Some(settled.outcome()));
    }

    /// `3 payloads: 2 acknowledged, 1 refused`
    fn line(&self) -> String {
        let counts = [
            (self.acknowledged, "acknowledged"),
            (self.refused, "refused"),
            (self.unanswered, "unanswered"),
            (self.unsent, "not sent"),
        ];
        let all = counted(counts.iter().map(|(count, _)| count).sum(), "payload");
        let told = counts.iter().filter(|(count, _)| *count > 0);
        let told: Vec<_> = told.map(|(count, what)| format!("{count} {what}")).collect();
        if told.is_empty() { all } else { format!("{all}: {}", told.join(", ")) }
    }
}
