//! Payloads made wrong on purpose: first as a tree of tokens, so that names may stand twice and be
//! spelt with escapes, then as bytes.

mod vocabulary;

use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use self::vocabulary::{AFTER, BEFORE, NAMES, NUMBERS, STRINGS, TOKENS, VALUES};
use crate::syntax_tree::{self, Kind, Node};

/// A JSON text's tokens as a tree: order, spelling and repeated names are kept.
#[derive(Clone, Debug)]
pub enum Tree {
    /// A string, number or word, as it is written.
    Scalar(String),
    /// An array's elements.
    Array(Vec<Tree>),
    /// An object's members. Names as they are written, quotes included.
    Object(Vec<(String, Tree)>),
}

/// A value's place in a [`Tree`]: which child, a level each.
type Path = Vec<usize>;

/// One change to a tree. Places are chosen among those that the change is possible at.
#[derive(Clone, Debug)]
pub enum Mutation {
    /// Removes a member or element.
    Drop(Index),
    /// Puts a value in place of another.
    Replace(Index, &'static str),
    /// Puts a number in place of another, in and out of every bound.
    Number(Index, &'static str),
    /// Puts a string in place of another.
    String(Index, &'static str),
    /// Gives a member another name.
    Rename(Index, Slip),
    /// Repeats a member at the end of its object, with its own value or another.
    Duplicate(Index, bool, Option<&'static str>),
    /// Moves a member to another place in its object.
    Move(Index, Index),
    /// Spells a name or string with escapes: all of it, or one character.
    Escape(Index, Option<Index>),
    /// Puts a value into so many arrays or objects.
    Nest(Index, usize, bool),
    /// Adds a member that is not there yet.
    Add(Index, &'static str, &'static str),
    /// Puts a value that is there in place of another.
    Copy(Index, Index),
    /// Takes a member's value for the whole payload.
    Unwrap(Index),
}

/// How a name goes wrong.
#[derive(Clone, Debug)]
pub enum Slip {
    /// In capitals.
    UpperCase,
    /// The first underscore twice.
    Doubled,
    /// Without any `e`.
    Cut,
    /// Another name.
    To(&'static str),
}

/// One change to the bytes.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Drops all bytes from a place on.
    Truncate(Index),
    /// Drops that many bytes.
    Delete(Index, usize),
    /// Puts bytes between others.
    Insert(Index, Vec<u8>),
    /// Puts a byte in place of another.
    Overwrite(Index, u8),
    /// Bytes in front of everything, such as a byte order mark.
    Prepend(&'static [u8]),
    /// Bytes after everything.
    Append(&'static [u8]),
}

/// Any [`Mutation`].
pub fn mutation() -> impl Strategy<Value = Mutation> {
    use proptest::sample::select;
    let place = any::<Index>;
    let slip = prop_oneof![
        Just(Slip::UpperCase),
        Just(Slip::Doubled),
        Just(Slip::Cut),
        select(NAMES).prop_map(Slip::To),
    ];
    let value = || prop_oneof![select(VALUES), select(NUMBERS), select(STRINGS)];
    prop_oneof![
        3 => place().prop_map(Mutation::Drop),
        3 => (place(), select(VALUES)).prop_map(|(at, new)| Mutation::Replace(at, new)),
        3 => (place(), select(NUMBERS)).prop_map(|(at, new)| Mutation::Number(at, new)),
        4 => (place(), select(STRINGS)).prop_map(|(at, new)| Mutation::String(at, new)),
        2 => (place(), slip).prop_map(|(at, slip)| Mutation::Rename(at, slip)),
        1 => (place(), any::<bool>(), proptest::option::of(value()))
            .prop_map(|(at, escaped, new)| Mutation::Duplicate(at, escaped, new)),
        3 => (place(), place()).prop_map(|(from, to)| Mutation::Move(from, to)),
        3 => (place(), proptest::option::of(place())).prop_map(|(at, one)| Mutation::Escape(at, one)),
        1 => (place(), prop_oneof![0..4usize, 120..131usize], any::<bool>())
            .prop_map(|(at, levels, objects)| Mutation::Nest(at, levels, objects)),
        3 => (place(), select(NAMES), value())
            .prop_map(|(at, name, value)| Mutation::Add(at, name, value)),
        1 => (place(), place()).prop_map(|(from, to)| Mutation::Copy(from, to)),
        1 => place().prop_map(Mutation::Unwrap),
    ]
}

/// Any [`Edit`].
pub fn edit() -> impl Strategy<Value = Edit> {
    use proptest::sample::select;
    let place = any::<Index>;
    prop_oneof![
        2 => place().prop_map(Edit::Truncate),
        2 => (place(), 1..8usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        4 => (place(), select(TOKENS)).prop_map(|(at, token)| Edit::Insert(at, token.as_bytes().to_vec())),
        1 => (place(), vec(any::<u8>(), 1..5)).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        2 => (place(), any::<u8>()).prop_map(|(at, byte)| Edit::Overwrite(at, byte)),
        1 => select(BEFORE).prop_map(Edit::Prepend),
        1 => select(AFTER).prop_map(Edit::Append),
    ]
}

/// Nothing between tokens.
pub fn no_gap() -> &'static str {
    ""
}

/// White space that depends on a seed; none for 0.
pub fn gaps(mut seed: u64) -> impl FnMut() -> &'static str {
    move || {
        if seed == 0 {
            return "";
        }
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        ["", "", "", " ", "\n", "\r\n", "\t", "\n  "][usize::try_from(seed % 8).unwrap_or(0)]
    }
}

impl Tree {
    /// The tree of an example.
    pub fn read(text: &str) -> Self {
        Self::try_read(text).expect("an example is JSON")
    }

    /// The tree of a JSON text, if it is about one.
    pub fn try_read(text: &str) -> Option<Self> {
        syntax_tree::parse(text).map(|root| Self::of(text, &root))
    }

    fn of(text: &str, node: &Node) -> Self {
        match &node.kind {
            Kind::Scalar => Self::Scalar(text[node.span.clone()].to_owned()),
            Kind::Array(elements) => {
                Self::Array(elements.iter().map(|element| Self::of(text, element)).collect())
            }
            Kind::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|member| {
                        (text[member.name_span.clone()].to_owned(), Self::of(text, &member.value))
                    })
                    .collect(),
            ),
        }
    }

    /// The text, with `gap` between tokens.
    pub fn write(&self, gap: &mut dyn FnMut() -> &'static str) -> String {
        let mut text = String::new();
        self.write_to(&mut text, gap);
        text + gap()
    }

    fn write_to(&self, text: &mut String, gap: &mut dyn FnMut() -> &'static str) {
        *text += gap();
        let (open, close) = match self {
            Self::Scalar(raw) => return *text += raw,
            Self::Array(_) => ('[', ']'),
            Self::Object(_) => ('{', '}'),
        };
        text.push(open);
        for i in 0..self.len() {
            if i > 0 {
                *text += gap();
                text.push(',');
            }
            if let Self::Object(members) = self {
                *text += gap();
                *text += &members[i].0;
                *text += gap();
                text.push(':');
            }
            if let Some(child) = self.child(i) {
                child.write_to(text, gap);
            }
        }
        *text += gap();
        text.push(close);
    }

    fn len(&self) -> usize {
        match self {
            Self::Scalar(_) => 0,
            Self::Array(elements) => elements.len(),
            Self::Object(members) => members.len(),
        }
    }

    fn child(&self, index: usize) -> Option<&Self> {
        match self {
            Self::Scalar(_) => None,
            Self::Array(elements) => elements.get(index),
            Self::Object(members) => members.get(index).map(|(_, value)| value),
        }
    }

    fn at(&mut self, path: &[usize]) -> &mut Self {
        path.iter().fold(self, |tree, index| match tree {
            Self::Array(elements) => &mut elements[*index],
            Self::Object(members) => &mut members[*index].1,
            Self::Scalar(_) => unreachable!("a path leads through arrays and objects"),
        })
    }

    /// The places of all values that `wanted` takes, told the values and their parents.
    fn places(&self, wanted: &dyn Fn(&Self, Option<&Self>) -> bool) -> Vec<Path> {
        fn walk<'t>(
            tree: &'t Tree,
            parent: Option<&'t Tree>,
            path: &mut Path,
            wanted: &dyn Fn(&Tree, Option<&Tree>) -> bool,
            found: &mut Vec<Path>,
        ) {
            if wanted(tree, parent) {
                found.push(path.clone());
            }
            for i in 0..tree.len() {
                path.push(i);
                if let Some(child) = tree.child(i) {
                    walk(child, Some(tree), path, wanted, found);
                }
                path.pop();
            }
        }
        let mut found = Vec::new();
        walk(self, None, &mut Vec::new(), wanted, &mut found);
        found
    }

    fn choose(&self, index: Index, wanted: &dyn Fn(&Self, Option<&Self>) -> bool) -> Option<Path> {
        let places = self.places(wanted);
        (!places.is_empty()).then(|| index.get(&places).clone())
    }

    fn is_member(_: &Self, parent: Option<&Self>) -> bool {
        matches!(parent, Some(Self::Object(_)))
    }

    fn is_object(tree: &Self, _: Option<&Self>) -> bool {
        matches!(tree, Self::Object(_))
    }

    fn is_string(tree: &Self, _: Option<&Self>) -> bool {
        matches!(tree, Self::Scalar(raw) if raw.starts_with('"'))
    }

    /// The members around the value at `path`, and which of them it is.
    fn members_at<'t>(
        &'t mut self,
        path: &[usize],
    ) -> Option<(&'t mut Vec<(String, Self)>, usize)> {
        let (last, parent) = path.split_last()?;
        match self.at(parent) {
            Self::Object(members) => Some((members, *last)),
            _ => None,
        }
    }

    /// Applies a change; nothing happens where it is not possible.
    pub fn mutate(&mut self, mutation: &Mutation) {
        self.try_mutate(mutation);
    }

    fn try_mutate(&mut self, mutation: &Mutation) -> Option<()> {
        match mutation {
            Mutation::Drop(index) => {
                let path = self.choose(*index, &|_, parent| parent.is_some())?;
                let (last, parent) = path.split_last()?;
                match self.at(parent) {
                    Self::Object(members) => drop(members.remove(*last)),
                    Self::Array(elements) => drop(elements.remove(*last)),
                    Self::Scalar(_) => {}
                }
            }
            Mutation::Replace(index, new) => {
                let path = self.choose(*index, &|_, _| true)?;
                *self.at(&path) = Self::Scalar((*new).to_owned());
            }
            Mutation::Number(index, new) => {
                let is_number = |tree: &Self, _: Option<&Self>| matches!(tree, Self::Scalar(raw) if !raw.starts_with(['"', 't', 'f', 'n']));
                let path = self.choose(*index, &is_number)?;
                *self.at(&path) = Self::Scalar((*new).to_owned());
            }
            Mutation::String(index, new) => {
                let path = self.choose(*index, &Self::is_string)?;
                *self.at(&path) = Self::Scalar((*new).to_owned());
            }
            Mutation::Rename(index, slip) => {
                let path = self.choose(*index, &Self::is_member)?;
                let (members, at) = self.members_at(&path)?;
                let name = &mut members[at].0;
                *name = match slip {
                    Slip::UpperCase => name.to_uppercase().replace("\\U", "\\u"),
                    Slip::Doubled => name.replacen('_', "__", 1),
                    Slip::Cut => name.chars().filter(|character| *character != 'e').collect(),
                    Slip::To(new) => (*new).to_owned(),
                };
            }
            Mutation::Duplicate(index, escaped, new) => {
                let path = self.choose(*index, &Self::is_member)?;
                let (members, at) = self.members_at(&path)?;
                let (mut name, mut value) = members[at].clone();
                if *escaped {
                    name = escape(&name, None);
                }
                if let Some(new) = new {
                    value = Self::Scalar((*new).to_owned());
                }
                members.push((name, value));
            }
            Mutation::Move(index, to) => {
                let path = self.choose(*index, &Self::is_member)?;
                let (members, at) = self.members_at(&path)?;
                let member = members.remove(at);
                members.insert(to.index(members.len() + 1), member);
            }
            Mutation::Escape(index, one) => {
                let path = self.choose(*index, &|tree, parent| {
                    Self::is_member(tree, parent) || Self::is_string(tree, parent)
                })?;
                if let Self::Scalar(raw) = self.at(&path)
                    && raw.starts_with('"')
                {
                    *raw = escape(raw, *one);
                }
                let (members, at) = self.members_at(&path)?;
                members[at].0 = escape(&members[at].0, *one);
            }
            Mutation::Nest(index, levels, objects) => {
                let path = self.choose(*index, &|_, _| true)?;
                let inner = self.at(&path);
                for _ in 0..*levels {
                    let value = std::mem::replace(inner, Self::Array(Vec::new()));
                    *inner = if *objects {
                        Self::Object(vec![("\"n\"".to_owned(), value)])
                    } else {
                        Self::Array(vec![value])
                    };
                }
            }
            Mutation::Add(index, name, value) => {
                let path = self.choose(*index, &Self::is_object)?;
                if let Self::Object(members) = self.at(&path) {
                    let at = index.index(members.len() + 1);
                    let member = ((*name).to_owned(), Self::Scalar((*value).to_owned()));
                    members.insert(at, member);
                }
            }
            Mutation::Copy(from, to) => {
                let from = self.choose(*from, &|_, _| true)?;
                let to = self.choose(*to, &|_, _| true)?;
                let copy = self.at(&from).clone();
                *self.at(&to) = copy;
            }
            Mutation::Unwrap(index) => {
                let path = self.choose(*index, &|_, parent| parent.is_some())?;
                *self = self.at(&path).clone();
            }
        }
        Some(())
    }
}

/// A string or name token with all characters, or the `one`, spelt as `\u` and digits.
fn escape(token: &str, one: Option<Index>) -> String {
    let Ok(plain) = serde_json::from_str::<String>(token) else {
        return token.to_owned();
    };
    let which = one.map(|index| index.index(plain.chars().count().max(1)));
    let mut escaped = String::from("\"");
    for (i, character) in plain.chars().enumerate() {
        if which.is_none_or(|which| which == i) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").expect("a String takes all");
            }
        } else {
            let token = serde_json::Value::from(character.to_string()).to_string();
            escaped += &token[1..token.len() - 1];
        }
    }
    escaped + "\""
}

impl Edit {
    /// Applies a change; nothing happens where it is not possible.
    pub fn apply(&self, body: &mut Vec<u8>) {
        let end = body.len();
        match self {
            Self::Truncate(at) => body.truncate(at.index(end + 1)),
            Self::Delete(at, length) => {
                let start = at.index(end + 1);
                body.drain(start..(start + length).min(end));
            }
            Self::Insert(at, bytes) => {
                let start = at.index(end + 1);
                body.splice(start..start, bytes.iter().copied());
            }
            Self::Overwrite(at, byte) if end > 0 => body[at.index(end)] = *byte,
            Self::Overwrite(..) => {}
            Self::Prepend(bytes) => drop(body.splice(0..0, bytes.iter().copied())),
            Self::Append(bytes) => body.extend_from_slice(bytes),
        }
    }
}
