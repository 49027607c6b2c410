//! Stored payloads one after the other, for who takes his time with each.

use std::io;
use std::sync::Arc;

use offhook_validator::DEFAULT_MAX_SIZE;

use crate::archive::input::{Content, Inputs, Unreadable, Work};
use crate::archive::meter::Meter;
use crate::archive::payload::Payload;

/// A payload that is its own.
#[derive(Debug)]
pub(crate) struct Owned {
    source: Arc<str>,
    file: usize,
    record: Option<usize>,
    body: Vec<u8>,
}

impl Owned {
    pub(crate) fn payload(&self) -> Payload<'_> {
        let Self { source, file, record, body } = self;
        Payload { source, file: *file, record: *record, body }
    }
}

/// All payloads, in the order of the input, and what cannot be read; a payload that is larger than a
/// validator takes is not read either.
pub(crate) fn each(inputs: Inputs) -> impl Iterator<Item = Result<Owned, Unreadable>> {
    let meter = Arc::new(Meter::default());
    inputs.work(&Arc::clone(&meter)).flat_map(move |Work { file, content }| {
        let all = match content {
            Content::Unreadable(unreadable) => vec![Err(unreadable)],
            Content::One(one) => {
                let source = Arc::clone(&one.source);
                vec![one.read(&meter).map(|body| Owned { source, file, record: None, body })]
            }
            Content::Lines(chunk) => {
                let owned = |(line, body): (usize, &[u8])| {
                    let (source, body) = (Arc::clone(&chunk.source), body.to_owned());
                    Ok(Owned { source, file, record: Some(line), body })
                };
                chunk.lines().map(owned).collect()
            }
        };
        all.into_iter().map(|owned| owned.and_then(small_enough))
    })
}

fn small_enough(owned: Owned) -> Result<Owned, Unreadable> {
    if owned.body.len() <= DEFAULT_MAX_SIZE {
        return Ok(owned);
    }
    let cause = format!("expected at most {DEFAULT_MAX_SIZE} bytes a payload, found more");
    Err(Unreadable { source: owned.source, cause: io::Error::other(cause) })
}
