//! A receiver that depends on `offhook-validator`: its size is measured.

use std::error::Error;
use std::hint::black_box;
use std::io;

use offhook::{daily, dialstack, voiceblender};
use offhook_validator::Validator;

fn main() -> Result<(), Box<dyn Error>> {
    let body = io::read_to_string(io::stdin())?;
    let body = body.as_bytes();
    black_box(Validator::new(daily::SCHEMA)?.decode::<daily::Event>(body)?);
    black_box(Validator::new(dialstack::SCHEMA)?.decode::<dialstack::Event>(body)?);
    black_box(Validator::new(voiceblender::SCHEMA)?.decode::<voiceblender::Event>(body)?);
    Ok(())
}
