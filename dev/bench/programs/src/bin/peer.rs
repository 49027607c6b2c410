//! A receiver that depends on jsonschema and typify's types: its size is measured.

use std::error::Error;
use std::io;

use offhook_bench_programs::Peer;

fn main() -> Result<(), Box<dyn Error>> {
    let body = io::read_to_string(io::stdin())?;
    for vendor in ["daily", "dialstack", "voiceblender"] {
        Peer::new(|of, _| of == vendor)?.decode(&body)?;
    }
    Ok(())
}
