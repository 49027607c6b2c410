//! Which event a payload names, and what to say when it names none.

use std::borrow::Cow;
use std::ops::Range;

use offhook_model::location::escape;
use offhook_model::{Expected, TypeSet, message};

use super::compiled_event::CompiledEvent;
use crate::json::tape::{Index, Kind, Tape};
use crate::report::finding::Finding;
use crate::report::in_few;
use crate::report::syntax;
use crate::report::violation::Code;

/// What is where a payload should name its event.
pub(crate) enum NamePlace<'t, 'p> {
    /// A name.
    Name(Index, Cow<'t, str>),
    /// Something else than a string.
    Other(Index),
    /// Nothing, as the object lacks the member of this name.
    Missing(Index, &'p str),
    /// Nothing, as this value on the way is no object.
    NoObject(Index),
}

/// Finds the name of a payload's event at the members of the `path`.
pub(crate) fn find<'t, 'p>(tape: &'t Tape<'t>, path: &'p [String]) -> NamePlace<'t, 'p> {
    let mut node = 0;
    for name in path {
        if tape.kind(node) != Kind::Object {
            return NamePlace::NoObject(node);
        }
        match tape.member(node, name) {
            Some(member) => node = member,
            None => return NamePlace::Missing(node, name),
        }
    }
    tape.string(node).map_or(NamePlace::Other(node), |name| NamePlace::Name(node, name))
}

impl NamePlace<'_, '_> {
    /// The value that is there.
    pub(crate) fn node(&self) -> Option<Index> {
        match self {
            Self::Name(node, _) | Self::Other(node) => Some(*node),
            Self::Missing(..) | Self::NoObject(_) => None,
        }
    }

    /// What is wrong with it, unless it is a name.
    pub(crate) fn fault(&self, tape: &Tape<'_>) -> Option<Finding> {
        Some(match self {
            Self::Name(..) => return None,
            Self::Other(node) => mistyped(tape, *node, TypeSet::STRING),
            Self::NoObject(node) => mistyped(tape, *node, TypeSet::OBJECT),
            Self::Missing(object, name) => Finding {
                code: Code::Required,
                node: *object,
                pointer: [&tape.pointer(*object), "/", &escape(name)].concat(),
                ..syntax::json(
                    tape.span(*object),
                    Expected::Property((*name).into()),
                    "an object without it",
                    None,
                )
            },
        })
    }
}

/// What a payload says of its event.
pub(crate) enum Named<'a, 't> {
    /// An event that the document has.
    Documented(&'a CompiledEvent),
    /// None that the document has.
    Undocumented(NamePlace<'t, 'a>),
    /// Nothing, as the vendor's payloads never do.
    Nothing,
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
    expected: impl Into<Expected>,
    found: &'static str,
    near: Option<&str>,
) -> Finding {
    Finding {
        code: Code::UnknownEvent,
        node,
        pointer: tape.pointer(node),
        help: near.map(message::meant_value),
        ..syntax::json(tape.span(node), expected, found, None)
    }
}

/// The vendor has several payloads, and they do not name their event.
pub(crate) fn nameless(vendor: &str, tape: &Tape<'_>) -> Finding {
    let expected = "a payload that names its event";
    let found = "one of a vendor whose payloads do not";
    let help = format!(
        "{vendor}'s payloads do not name their event: check one as the type that it should be, with \
         `validate_as`"
    );
    Finding { help: Some(help), ..unknown_event(tape, 0, expected, found, None) }
}

fn mistyped(tape: &Tape<'_>, node: Index, types: TypeSet) -> Finding {
    Finding {
        code: Code::Type,
        node,
        pointer: tape.pointer(node),
        ..syntax::json(tape.span(node), Expected::Types(types), tape.kind(node).text(), None)
    }
}
