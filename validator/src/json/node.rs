//! A value of a tape, as schemas see it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use offhook_model::{Json, TypeSet};
use offhook_runtime::json::unescape;
use offhook_runtime::value::decimal::Decimal;

use super::name_map::Name;
use super::tape::{Children, Index, Kind, Tape};

/// One value of a tape, or the name of a member.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(crate) tape: &'a Tape<'a>,
    pub(crate) index: Index,
    part: Part,
}

/// A value that is no array and no object, as it stands in a text.
#[derive(Clone, Copy)]
pub(crate) struct Scalar<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    /// The value itself.
    Value,
    /// The name of the member that the value is, which is a string.
    Name,
}

impl<'a> Node<'a> {
    pub(crate) fn new(tape: &'a Tape<'a>, index: Index) -> Self {
        Self { tape, index, part: Part::Value }
    }

    /// The array or object that it stands in; the value itself, if it stands in none.
    pub(crate) fn parent(self) -> Self {
        Self::new(self.tape, self.tape.parent(self.index))
    }

    /// The name of the member that this value is.
    pub(crate) fn name(self) -> Self {
        Self { part: Part::Name, ..self }
    }

    pub(crate) fn is_name(self) -> bool {
        self.part == Part::Name
    }

    pub(crate) fn kind(self) -> Kind {
        match self.part {
            Part::Value => self.tape.kind(self.index),
            Part::Name => Kind::String,
        }
    }

    /// The type of the value.
    pub(crate) fn types(self) -> TypeSet {
        match self.scalar() {
            Some(scalar) => scalar.types(),
            None if self.kind() == Kind::Object => TypeSet::OBJECT,
            None => TypeSet::ARRAY,
        }
    }

    /// The text of what is no array and no object.
    pub(crate) fn scalar(self) -> Option<Scalar<'a>> {
        let kind = self.kind();
        let span = match (kind, self.part) {
            (Kind::Array | Kind::Object, _) => return None,
            (_, Part::Name) => self.tape.name_span(self.index)?,
            _ => self.tape.span(self.index),
        };
        Some(Scalar { text: &self.tape.text[span], kind })
    }

    /// The text of a string.
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        match self.part {
            Part::Value => self.tape.string(self.index),
            Part::Name => self.tape.name(self.index),
        }
    }

    /// The value of the member `name` of an object.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        match self.part {
            Part::Value => self.tape.member(self.index, name).map(|index| Self { index, ..self }),
            Part::Name => None,
        }
    }

    /// The elements of an array, or the values of an object's members.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        self.indices().map(move |index| Self::new(self.tape, index))
    }

    /// What looks for several members, which may stand in the order in which they are looked for.
    pub(crate) fn lookup(self) -> Lookup<'a> {
        Lookup { object: self, rest: self.indices() }
    }

    /// The values of an object's members, with their names.
    pub(crate) fn named_children(self) -> impl Iterator<Item = (Cow<'a, str>, Self)> {
        self.children().filter_map(|member| Some((member.name().string()?, member)))
    }

    fn indices(self) -> Children<'a> {
        match self.part {
            Part::Value => self.tape.children(self.index),
            Part::Name => Children { nodes: &self.tape.nodes, at: 0, end: 0 },
        }
    }

    /// Whether it is this value. A tape is never deep, so recursion is bounded.
    pub(crate) fn equals(self, value: &Json) -> bool {
        match (value, self.kind()) {
            (Json::Array(elements), Kind::Array) => {
                let mut rest = elements.iter();
                self.children().all(|own| rest.next().is_some_and(|other| own.equals(other)))
                    && rest.next().is_none()
            }
            (Json::Object(members), Kind::Object) => {
                // A tape has no two members of one name.
                let is_equal = |(name, own): (Cow<'_, str>, Self)| {
                    members.get(&*name).is_some_and(|other| own.equals(other))
                };
                self.children().take(members.len() + 1).count() == members.len()
                    && self.named_children().all(is_equal)
            }
            _ => self.scalar().is_some_and(|scalar| scalar.equals(value)),
        }
    }

    /// Whether no two elements of an array are equal.
    ///
    /// Sorting finds out: the time is in proportion to the text, but for a logarithm.
    pub(crate) fn is_unique(self) -> bool {
        let mut text = String::new();
        let mut elements = Vec::new();
        for element in self.children() {
            let start = text.len();
            element.push_canonical(&mut text);
            elements.push(start..text.len());
        }
        let element = |range: &Range<usize>| &text[range.clone()];
        elements.sort_unstable_by(|one, other| element(one).cmp(element(other)));
        elements.is_sorted_by(|one, other| element(one) < element(other))
    }

    /// Appends a text of the value: equal values have the same one, and others another.
    fn push_canonical(self, text: &mut String) {
        match self.kind() {
            Kind::Null => text.push('n'),
            Kind::True => text.push('t'),
            Kind::False => text.push('f'),
            Kind::Number => {
                // Writing to a string does not fail.
                let _ = write!(text, "{};", Decimal::new(self.tape.raw(self.index)));
            }
            Kind::String => push_string(&self.string().unwrap_or_default(), text),
            Kind::Array => {
                text.push('[');
                self.children().for_each(|element| element.push_canonical(text));
                text.push(']');
            }
            Kind::Object => {
                let mut members: Vec<_> = self.named_children().collect();
                members.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
                text.push('{');
                for (name, member) in members {
                    push_string(&name, text);
                    member.push_canonical(text);
                }
                text.push('}');
            }
        }
    }
}

impl<'a> Scalar<'a> {
    /// The type of the value; of an array or object, of which only the first byte counts, its type.
    pub(crate) fn types(self) -> TypeSet {
        match self.kind {
            Kind::Object => TypeSet::OBJECT,
            Kind::Array => TypeSet::ARRAY,
            Kind::String => TypeSet::STRING,
            Kind::Number if is_integer(self.text) => TypeSet::INTEGER,
            Kind::Number => TypeSet::FRACTION,
            Kind::True | Kind::False => TypeSet::BOOLEAN,
            Kind::Null => TypeSet::NULL,
        }
    }

    /// The text of a string.
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        (self.kind == Kind::String).then(|| unescape(self.text))
    }

    /// The exact value of a number.
    pub(crate) fn number(self) -> Option<Decimal<'a>> {
        (self.kind == Kind::Number).then(|| Decimal::new(self.text))
    }

    /// Whether it is this value.
    pub(crate) fn equals(self, value: &Json) -> bool {
        match (value, self.kind) {
            (Json::Null, Kind::Null)
            | (Json::Bool(true), Kind::True)
            | (Json::Bool(false), Kind::False) => true,
            (Json::Number(number), Kind::Number) => Decimal::new(self.text) == number.decimal(),
            (Json::String(text), Kind::String) => unescape(self.text) == **text,
            _ => false,
        }
    }
}

/// Whether a double holds a number: none holds `1e400`.
pub(crate) fn fits_double(number: &str) -> bool {
    // Below 300 digits it takes an exponent to leave the range of a double.
    let is_short = number.len() < 300 && !number.contains(['e', 'E']);
    // serde_json reads payloads, so it says what a double holds.
    is_short || serde_json::from_str::<f64>(number).is_ok()
}

/// Whether a number has no fraction, in whatever spelling.
pub(crate) fn is_integer(number: &str) -> bool {
    !number.contains(['.', 'e', 'E']) || Decimal::new(number).is_integer()
}

/// Appends a string so that its end is plain.
fn push_string(string: &str, text: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(text, "{}\"{string}", string.len());
}

/// Looks for members, each first after the one that was found last.
pub(crate) struct Lookup<'a> {
    object: Node<'a>,
    rest: Children<'a>,
}

impl Lookup<'_> {
    pub(crate) fn has(&mut self, name: &Name) -> bool {
        let tape = self.object.tape;
        let is_it = |member| tape.is_named(member, name.hash, &name.text);
        let mut rest = self.rest.clone();
        let found = rest.any(is_it) || {
            rest = self.object.indices();
            rest.any(is_it)
        };
        if found {
            self.rest = rest;
        }
        found
    }
}
