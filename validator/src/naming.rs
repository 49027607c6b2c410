//! Which event a payload names, and what to say when it names none.

use crate::fault;
use crate::finding::Finding;
use crate::judge::kind_of;
use crate::schema::Place;
use crate::tape::{Index, Tape};
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
    Finding {
        code: Code::Type,
        node,
        pointer: tape.pointer(node),
        ..fault::json(tape.span(node), article("string"), kind_of(tape, node), None)
    }
}

/// The deepest object on the way to the discriminator lacks the next member.
pub(crate) fn missing_name(path: &[String], tape: &Tape<'_>) -> Finding {
    let mut object = 0;
    let mut missing = "";
    for name in path {
        missing = name;
        match tape.member(object, name) {
            Some(member) => object = member,
            None => break,
        }
    }
    let place = Place { file: String::new(), pointer: tape.pointer(object) }.below(missing);
    Finding {
        code: Code::Required,
        node: object,
        pointer: place.pointer,
        ..fault::json(
            tape.span(object),
            &format!("the member \"{missing}\""),
            "an object without it",
            None,
        )
    }
}
