//! A [`Tape`] as an instance that the `jsonschema` crate judges without a `Value`.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{self, Array, Json, JsonNumber, NodeIdentity, Object};
use serde_json::{Map, Number, Value};

use crate::finding::Room;
use crate::parse::parse;
use crate::tape::{Children, Index, Kind, Tape};

/// The representation: nodes of a tape.
pub(crate) struct OnTape;

/// One value of a tape, or the name of a member, which is a string too.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(crate) tape: &'a Tape<'a>,
    pub(crate) index: Index,
    pub(crate) is_name: bool,
}

impl<'a> Node<'a> {
    pub(crate) fn new(tape: &'a Tape<'a>, index: Index) -> Self {
        Self { tape, index, is_name: false }
    }

    /// The name of the member that this value is.
    pub(crate) fn name(self) -> Self {
        Self { is_name: true, ..self }
    }

    pub(crate) fn kind(self) -> Kind {
        if self.is_name { Kind::String } else { self.tape.kind(self.index) }
    }

    /// Whether a number is one without a fraction, however it is written.
    pub(crate) fn is_integer(self) -> bool {
        NumberText(self.tape.raw(self.index)).is_integer()
    }

    /// The text of a string.
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        if self.is_name { self.tape.name(self.index) } else { self.tape.string(self.index) }
    }

    /// The value of the member `name` of an object.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        (self.kind() == Kind::Object)
            .then(|| self.tape.member(self.index, name))
            .flatten()
            .map(|index| Self { index, ..self })
    }

    /// The elements of an array, or the values of an object's members.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        let children = (!self.is_name).then(|| self.tape.children(self.index));
        children.into_iter().flatten().map(move |index| Self { index, ..self })
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
                    (self.tape.name(child.index).unwrap_or_default().into_owned(), child.value())
                };
                Value::Object(self.children().map(member).collect::<Map<_, _>>())
            }
        }
    }

    pub(crate) fn number(self) -> Number {
        serde_json::from_str(self.tape.raw(self.index)).unwrap_or_else(|_| Number::from(0))
    }
}

impl Json for OnTape {
    type Node<'a> = Node<'a>;
    type PreparedKey = String;
    type StringBuffer = ();

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Node<'_>) -> T) -> T {
        let text = Value::from(string).to_string();
        let mut room = Room::for_body(text.len());
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
        Some(NodeIdentity::tagged(std::ptr::from_ref(self.tape) as usize, self.index))
    }
}

impl<'a> Object<'a, OnTape> for Node<'a> {
    type Node = Self;
    type MemberName = Cow<'a, str>;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.tape.children(self.index).count()
    }

    fn is_empty(&self) -> bool {
        self.tape.children(self.index).next().is_none()
    }

    fn get(&self, key: &String) -> Option<Self> {
        self.member(key)
    }

    fn members(&self) -> Members<'a> {
        Members { tape: self.tape, children: self.tape.children(self.index) }
    }
}

impl<'a> Array<'a, OnTape> for Node<'a> {
    type Node = Self;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.tape.children(self.index).count()
    }

    fn elements(&self) -> Elements<'a> {
        Elements { tape: self.tape, children: self.tape.children(self.index) }
    }

    fn is_unique(&self) -> bool {
        let values: Vec<Value> = self.children().map(Node::value).collect();
        json::unique::is_unique(&values)
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
        let index = self.children.next()?;
        Some((self.tape.name(index).unwrap_or_default(), Node::new(self.tape, index)))
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
pub(crate) struct NumberText<'a>(&'a str);

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
