//! Prints how many nanoseconds pass from nothing to the first event in the hand.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use offhook::dialstack::{self, Event};
use offhook_bench_programs::Peer;
use offhook_validator::Validator;

const BODY: &str = include_str!("../../../../../schemas/dialstack/examples/call.end.json");

fn main() -> Result<(), Box<dyn Error>> {
    let way = std::env::args().nth(1).ok_or("want a way: offhook, peer or peer-one")?;
    let start = Instant::now();
    match way.as_str() {
        "offhook" => {
            let validator = Validator::new(dialstack::SCHEMA)?;
            black_box(validator.decode::<Event>(BODY.as_bytes())?);
        }
        "peer" => Peer::new(|vendor, _| vendor == "dialstack")?.decode(BODY)?,
        // A peer that compiles no schema before it is needed.
        "peer-one" => Peer::new(|_, name| name == "call.end")?.decode(BODY)?,
        other => return Err(format!("expected offhook, peer or peer-one, found {other}").into()),
    }
    println!("{}", start.elapsed().as_nanos());
    Ok(())
}
