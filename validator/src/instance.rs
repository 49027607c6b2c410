//! A [`Tape`] as an instance that the `jsonschema` crate judges without a `Value`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use jsonschema::JsonType;
use jsonschema::json::{self, Array, Json, JsonNumber, NodeIdentity, Object};
use offhook_model::TypeSet;
use serde_json::{Map, Number, Value};

use crate::finding::Room;
use crate::name::Name;
use crate::parse::parse;
use crate::plain::Scalar;
use crate::tape::{Children, Index, Kind, Tape};

/// The representation: nodes of a tape.
pub(crate) struct OnTape;

/// One value of a tape, or what schemas see around it.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(crate) tape: &'a Tape<'a>,
    pub(crate) index: Index,
    part: Part,
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
        let text = if self.kind() == Kind::Number { self.tape.raw(self.index) } else { "" };
        types_of(self.kind(), text)
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

    /// The value as it would be without a tape; for the few keywords that compare values.
    fn value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::True => Value::Bool(true),
            Kind::False => Value::Bool(false),
            Kind::Number => Value::Number(self.number()),
            Kind::String => self.string().unwrap_or_default().into(),
            Kind::Array => self.children().map(Self::value).collect(),
            Kind::Object => {
                let member = |child: Self| {
                    (child.name().string().unwrap_or_default().into_owned(), child.value())
                };
                Value::Object(self.children().map(member).collect::<Map<_, _>>())
            }
        }
    }

    /// Puts a text of the value after others: that of equal values is the same, and of others another.
    fn push_canonical(self, text: &mut String) {
        match self.kind() {
            Kind::Null => text.push('n'),
            Kind::True => text.push('t'),
            Kind::False => text.push('f'),
            Kind::Number => push_number(&self.number(), text),
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

    pub(crate) fn number(self) -> Number {
        serde_json::from_str(self.tape.raw(self.index)).unwrap_or_else(|_| Number::from(0))
    }
}

/// The type of a value of this kind; of a number, its text is looked at.
pub(crate) fn types_of(kind: Kind, text: &str) -> TypeSet {
    match kind {
        Kind::Object => TypeSet::OBJECT,
        Kind::Array => TypeSet::ARRAY,
        Kind::String => TypeSet::STRING,
        Kind::Number if NumberText(text).is_integer() => TypeSet::INTEGER,
        Kind::Number => TypeSet::FRACTION,
        Kind::True | Kind::False => TypeSet::BOOLEAN,
        Kind::Null => TypeSet::NULL,
    }
}

/// Puts a string after other text, so that it is plain where it ends.
fn push_string(string: &str, text: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(text, "{}\"{string}", string.len());
}

/// Puts a number after other text: as an integer, if it could be written as one that is told exactly.
fn push_number(number: &Number, text: &mut String) {
    // Without the sign of a zero.
    let double = number.as_f64().unwrap_or_default() + 0.0;
    let _ = match number.as_i128() {
        Some(integer) => write!(text, "{integer};"),
        None if double.fract() == 0.0 && double.abs() < 1e20 => write!(text, "{double};"),
        None => write!(text, "{double:e};"),
    };
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

impl Json for OnTape {
    type Node<'a> = Node<'a>;
    type PreparedKey = Name;
    type StringBuffer = ();

    fn prepare_key(key: &str) -> Name {
        Name::new(key)
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Node<'_>) -> T) -> T {
        let text = Value::from(string).to_string();
        let mut room = Room::unlimited();
        f(Node::new(&parse(&text, &mut room).tape, 0))
    }
}

impl<'a> json::Node<'a, OnTape> for Node<'a> {
    type Object = Self;
    type Array = Self;
    type Number = NumberText<'a>;

    fn as_object(&self) -> Option<Self> {
        (self.kind() == Kind::Object).then_some(*self)
    }

    fn as_array(&self) -> Option<Self> {
        (self.kind() == Kind::Array).then_some(*self)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.string()
    }

    fn as_number(&self) -> Option<NumberText<'a>> {
        (self.kind() == Kind::Number).then(|| NumberText(self.tape.raw(self.index)))
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Object => JsonType::Object,
            Kind::Array => JsonType::Array,
            Kind::String => JsonType::String,
            Kind::Number => JsonType::Number,
            Kind::True | Kind::False => JsonType::Boolean,
            Kind::Null => JsonType::Null,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (expected, self.string()) {
            (Value::String(expected), Some(string)) => *expected == string,
            (Value::String(_), None) | (_, Some(_)) => false,
            _ => json::cmp::equal(&self.value(), expected),
        }
    }

    /// Errors hold this, and nobody reads it there. Whatever needs the value itself is overridden
    /// here.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(Value::Null)
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let tag = if self.part == Part::Value { self.index } else { Index::MAX };
        Some(NodeIdentity::tagged(std::ptr::from_ref(self.tape) as usize, tag))
    }
}

impl<'a> Object<'a, OnTape> for Node<'a> {
    type Node = Self;
    type MemberName = Cow<'a, str>;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.children().count()
    }

    fn is_empty(&self) -> bool {
        self.children().next().is_none()
    }

    fn get(&self, key: &Name) -> Option<Self> {
        match self.part {
            Part::Value => {
                let member = self.tape.member_hashed(self.index, key.hash, &key.text);
                member.map(|index| Self { index, ..*self })
            }
            Part::Name => self.member(&key.text),
        }
    }

    fn members(&self) -> Members<'a> {
        Members { tape: self.tape, children: self.indices() }
    }
}

impl<'a> Array<'a, OnTape> for Node<'a> {
    type Node = Self;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.children().count()
    }

    fn elements(&self) -> Elements<'a> {
        Elements { tape: self.tape, children: self.indices() }
    }

    /// By sorting: the crate that judges goes by a hash, which is the same for all arrays of the same
    /// scalars, however they nest, and for all integers that are the same as a double.
    fn is_unique(&self) -> bool {
        let mut text = String::new();
        let mut elements = Vec::with_capacity(self.children().count());
        for element in self.children() {
            let start = text.len();
            element.push_canonical(&mut text);
            elements.push(start..text.len());
        }
        let element = |range: &Range<usize>| &text[range.clone()];
        elements.sort_unstable_by(|one, other| element(one).cmp(element(other)));
        elements.is_sorted_by(|one, other| element(one) < element(other))
    }
}

/// The members of an object, in document order.
pub(crate) struct Members<'a> {
    tape: &'a Tape<'a>,
    children: Children<'a>,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let child = Node::new(self.tape, self.children.next()?);
        Some((child.name().string().unwrap_or_default(), child))
    }
}

/// The elements of an array.
pub(crate) struct Elements<'a> {
    tape: &'a Tape<'a>,
    children: Children<'a>,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        self.children.next().map(|index| Node::new(self.tape, index))
    }
}

/// A number as it is written.
pub(crate) struct NumberText<'a>(pub(crate) &'a str);

impl JsonNumber for NumberText<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        serde_json::from_str(self.0).ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(serde_json::from_str(self.0).unwrap_or_else(|_| Number::from(0)))
    }

    fn is_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
            || self.as_f64().is_some_and(|number| number.fract() == 0.0)
    }
}
