//! Which event a payload names, and what to say when it names none.

use std::borrow::Cow;
use std::ops::Range;

use crate::explain::kind_of;
use crate::fault;
use crate::finding::Finding;
use crate::report::in_few;
use crate::subject::Subject;
use crate::tape::{Index, Kind, Tape};
use crate::violation::Code;
use offhook_model::location::escape;
use offhook_model::message::{self, article};

/// What a payload says of its event.
pub(crate) enum Named<'a> {
    /// An event that the document has.
    Documented(&'a Subject),
    /// A name that the document lacks, and where it stands.
    Unknown(Index, String),
    /// Something else where the name should be.
    NotAString(Index),
    /// Nothing at the members of these names.
    Missing(&'a [String]),
    /// Nothing, as the vendor's payloads never do.
    Nothing,
}

impl Named<'_> {
    /// Where there is a name that the document lacks.
    pub(crate) fn node(&self) -> Option<Index> {
        match self {
            Self::Unknown(node, _) => Some(*node),
            _ => None,
        }
    }
}

/// The bytes of all values but the event's name: of a payload of which nothing else is documented.
pub(crate) fn undocumented(tape: &Tape<'_>, name: Option<Index>) -> Vec<Range<usize>> {
    let name = name.filter(|node| tape.kind(*node) == Kind::String).map(|node| tape.span(node));
    in_few(tape.scalars().filter(|span| name.as_ref() != Some(span)))
}

/// The document has no event of the name at `node`.
pub(crate) fn unknown_event(
    tape: &Tape<'_>,
    node: Index,
    want: impl Into<Cow<'static, str>>,
    got: &'static str,
    near: Option<&str>,
) -> Finding {
    Finding {
        code: Code::UnknownEvent,
        node,
        pointer: tape.pointer(node),
        help: near.map(message::meant_value),
        ..fault::json(tape.span(node), want, got, None)
    }
}

/// The value at `node`, which should name the event, is no string.
pub(crate) fn not_a_name(tape: &Tape<'_>, node: Index) -> Finding {
    mistyped(tape, node, "string")
}

/// The vendor has several payloads, and they do not name their event.
pub(crate) fn nameless(vendor: &str, tape: &Tape<'_>) -> Finding {
    let want = "a payload that names its event";
    let got = "one of a vendor whose payloads do not";
    let help = format!(
        "{vendor}'s payloads do not name their event: check one as the type that it should be, with \
         `validate_as`"
    );
    Finding { help: Some(help), ..unknown_event(tape, 0, want, got, None) }
}

/// Nothing stands where the event's name should: an object on the way lacks its member, or is none.
pub(crate) fn missing_name(path: &[String], tape: &Tape<'_>) -> Finding {
    let mut node = 0;
    for name in path {
        if tape.kind(node) != Kind::Object {
            break;
        }
        let Some(member) = tape.member(node, name) else {
            let pointer = [&tape.pointer(node), "/", &escape(name)].concat();
            let want = message::member(name);
            return Finding {
                code: Code::Required,
                node,
                pointer,
                ..fault::json(tape.span(node), want, "an object without it", None)
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
        ..fault::json(tape.span(node), article(want), kind_of(tape.kind(node)), None)
    }
}
