//! Which event a payload names, and what to say when it names none.

use crate::fault;
use crate::finding::Finding;
use crate::judge::kind_of;
use crate::schema::Place;
use crate::tape::{Index, Kind, Tape};
use crate::violation::Code;
use crate::wanted::article;

/// What a payload says of its event.
pub(crate) enum Named<'a> {
    /// An event that the document has.
    Documented(&'a str),
    /// A name that the document lacks, and where it stands.
    Unknown(Index, String),
    /// Something else where the name should be.
    NotAString(Index),
    /// Nothing.
    Missing,
}

/// The document has no event of the name at `node`.
pub(crate) fn unknown_event(
    tape: &Tape<'_>,
    node: Index,
    want: &str,
    got: &str,
    near: Option<&str>,
) -> Finding {
    Finding {
        code: Code::UnknownEvent,
        node,
        pointer: tape.pointer(node),
        help: near.map(|near| format!("did you mean \"{near}\"?")),
        ..fault::json(tape.span(node), want, got, None)
    }
}

/// The value at `node`, which should name the event, is no string.
pub(crate) fn not_a_name(tape: &Tape<'_>, node: Index) -> Finding {
    mistyped(tape, node, "string")
}

/// Nothing stands where the event's name should: an object on the way lacks its member, or is none.
pub(crate) fn missing_name(path: &[String], tape: &Tape<'_>) -> Finding {
    if path.is_empty() {
        let want = "a payload that names its event";
        let got = "one of a vendor whose payloads do not";
        return unknown_event(tape, 0, want, got, None);
    }
    let mut node = 0;
    for name in path {
        if tape.kind(node) != Kind::Object {
            break;
        }
        let Some(member) = tape.member(node, name) else {
            let place = Place { file: String::new(), pointer: tape.pointer(node) }.below(name);
            let want = format!("the member \"{name}\"");
            return Finding {
                code: Code::Required,
                node,
                pointer: place.pointer,
                ..fault::json(tape.span(node), &want, "an object without it", None)
            };
        };
        node = member;
    }
    mistyped(tape, node, "object")
}

fn mistyped(tape: &Tape<'_>, node: Index, want: &str) -> Finding {
    Finding {
        code: Code::Type,
        node,
        pointer: tape.pointer(node),
        ..fault::json(tape.span(node), article(want), kind_of(tape, node), None)
    }
}
