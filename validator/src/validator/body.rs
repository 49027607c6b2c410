//! Bytes into a tape, with what is wrong with the text; the only stage that meets arbitrary bytes.

use std::ops::Range;

use crate::budget::Room;
use crate::json::parse::{Fault, parse};
use crate::json::tape::Tape;
use crate::report::finding::Finding;
use crate::report::in_few;
use crate::report::syntax;
use crate::report::violation::Code;

/// A body as far as it is JSON.
pub(crate) struct Body<'a> {
    /// The tree, if the body is JSON.
    pub(crate) tape: Option<Tape<'a>>,
    /// What is wrong with the text.
    pub(crate) findings: Vec<Finding>,
    /// The bytes of values that the tree lacks.
    pub(crate) personal: Vec<Range<usize>>,
    /// What room the findings leave for more.
    pub(crate) room: Room,
}

impl<'a> Body<'a> {
    pub(crate) fn read(body: &'a [u8], max_size: usize, mut room: Room) -> Self {
        if body.len() > max_size {
            let expected = format!("a body of at most {max_size} bytes");
            let rest = max_size..body.len();
            let finding = syntax::json(rest, expected, "a longer one", None);
            return Self::not_json(body, finding, room);
        }
        let (text, broken_at) = match std::str::from_utf8(body) {
            Ok(text) => (text, None),
            Err(error) => {
                let good = error.valid_up_to();
                (std::str::from_utf8(&body[..good]).unwrap_or_default(), Some(good))
            }
        };
        if let Some(finding) = syntax::byte_order_mark(text) {
            return Self::not_json(body, finding, room);
        }
        let parsed = parse(text, &mut room);
        // Where the bytes stop being UTF-8, the end of the text is not the sender's.
        let early = |fault: &Fault| broken_at.is_none_or(|at| fault.span.start < at);
        let broke_early = !parsed.whole && parsed.faults.last().is_some_and(early);
        let faults = parsed.faults.into_iter().filter(early);
        let mut findings: Vec<Finding> = faults.map(|fault| syntax::finding(fault, text)).collect();
        if let Some(at) = broken_at
            && !broke_early
        {
            findings.push(syntax::not_utf8(body, at));
        }
        let mut left_out = parsed.left_out;
        // Schemas judge only what is JSON.
        if findings.iter().any(|finding| finding.code == Code::Json) {
            let mut personal = in_few(parsed.tape.scalars());
            let unread = left_out.pop_if(|range| range.end == text.len());
            personal.extend(left_out);
            personal.push(unread.map_or(text.len(), |range| range.start)..body.len());
            Self { tape: None, findings, personal, room }
        } else {
            Self { tape: Some(parsed.tape), findings, personal: left_out, room }
        }
    }

    /// A body of which the tape is made, if nothing is wrong with the text; or else one to be read.
    pub(crate) fn of(tape: Option<Tape<'a>>, body: &'a [u8], max_size: usize, room: Room) -> Self {
        match tape {
            Some(_) => Self { tape, findings: Vec::new(), personal: Vec::new(), room },
            None => Self::read(body, max_size, room),
        }
    }

    /// A body of which nothing is read.
    fn not_json(body: &[u8], finding: Finding, room: Room) -> Self {
        let personal = std::iter::once(0..body.len()).collect();
        Self { tape: None, findings: vec![finding], personal, room }
    }
}
