//! A receiver that depends on `offhook` alone: its size is measured.

use std::error::Error;
use std::hint::black_box;
use std::io;

use offhook::{daily, dialstack, voiceblender};

fn main() -> Result<(), Box<dyn Error>> {
    let body = io::read_to_string(io::stdin())?;
    black_box(serde_json::from_str::<daily::Event>(&body)?);
    black_box(serde_json::from_str::<dialstack::Event>(&body)?);
    black_box(serde_json::from_str::<voiceblender::Event>(&body)?);
    Ok(())
}
