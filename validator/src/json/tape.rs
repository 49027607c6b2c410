//! A JSON text as a compact tree of spans. [`crate::json::parse`] makes it.
//!
//! Nodes stand in document order, each with where its subtree ends, so that a value's position is
//! a look-up and nothing is parsed twice.

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use offhook_model::location::escape;
use offhook_runtime::json;
use offhook_runtime::json::scan::{Scanner, Token};

use super::{name_map, to_u32};

/// A JSON text as nodes.
pub(crate) struct Tape<'a> {
    pub(crate) text: &'a str,
    pub(crate) nodes: Vec<Node>,
}

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// The value's bytes.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The node after this one's subtree.
    pub(crate) next: Index,
    pub(crate) seat: Seat,
}

/// What a value stands in, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// The array or object; the value itself for the root.
    pub(crate) parent: Index,
    pub(crate) key: Key,
    /// The number of a member's [name](super::name_map).
    pub(crate) hash: u32,
}

impl Seat {
    pub(crate) const ROOT: Self = Self { parent: 0, key: Key::Root, hash: 0 };

    pub(crate) fn of_element(parent: Index, position: usize) -> Self {
        Self { parent, key: Key::Element(to_u32(position)), ..Self::ROOT }
    }
}

/// What a value is called in what it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// It stands in nothing.
    Root,
    /// Its place in an array, from 0.
    Element(u32),
    /// The bytes of its name, with quotes, and whether they are the name's own, without escapes.
    Member { start: u32, end: u32, plain: bool },
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}

impl Kind {
    /// The kind, as a report names it.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::True | Self::False => "a boolean",
            Self::Null => "null",
        }
    }

    /// The kind of a value whose text begins with `byte`.
    pub(crate) fn starting(byte: u8) -> Self {
        match byte {
            b'{' => Self::Object,
            b'[' => Self::Array,
            b'"' => Self::String,
            b't' => Self::True,
            b'f' => Self::False,
            b'n' => Self::Null,
            _ => Self::Number,
        }
    }
}

/// A node's number.
pub(crate) type Index = u32;

impl<'a> Tape<'a> {
    pub(crate) fn kind(&self, node: Index) -> Kind {
        self.node(node).kind
    }

    /// The bytes of a value.
    pub(crate) fn span(&self, node: Index) -> Range<usize> {
        let node = self.node(node);
        node.start as usize..node.end as usize
    }

    /// What a value stands in; the value itself, if it stands in nothing.
    pub(crate) fn parent(&self, node: Index) -> Index {
        self.node(node).seat.parent
    }

    /// The bytes of a member's name with its quotes; `None` if the value is no member.
    pub(crate) fn name_span(&self, node: Index) -> Option<Range<usize>> {
        match self.node(node).seat.key {
            Key::Member { start, end, .. } => Some(start as usize..end as usize),
            Key::Root | Key::Element(_) => None,
        }
    }

    /// The text of a value as it stands.
    pub(crate) fn raw(&self, node: Index) -> &'a str {
        &self.text[self.span(node)]
    }

    /// A member's name.
    pub(crate) fn name(&self, node: Index) -> Option<Cow<'a, str>> {
        match self.node(node).seat.key {
            Key::Member { start, end, plain: true } => {
                Some(Cow::Borrowed(&self.text[start as usize + 1..end as usize - 1]))
            }
            Key::Member { start, end, plain: false } => {
                Some(json::unescape(&self.text[start as usize..end as usize]))
            }
            Key::Root | Key::Element(_) => None,
        }
    }

    /// The text of a string.
    pub(crate) fn string(&self, node: Index) -> Option<Cow<'a, str>> {
        (self.kind(node) == Kind::String).then(|| json::unescape(self.raw(node)))
    }

    /// The elements of an array, or the values of an object's members, in document order.
    pub(crate) fn children(&self, node: Index) -> Children<'_> {
        let (at, end) = match self.kind(node) {
            Kind::Array | Kind::Object => (node + 1, self.node(node).next),
            _ => (0, 0),
        };
        Children { nodes: &self.nodes, at, end }
    }

    /// The bytes of every value that is no array and no object.
    pub(crate) fn scalars(&self) -> impl Iterator<Item = Range<usize>> {
        let scalars =
            self.nodes.iter().filter(|node| !matches!(node.kind, Kind::Array | Kind::Object));
        scalars.map(|node| node.start as usize..node.end as usize)
    }

    /// The value of the member `name` of an object.
    pub(crate) fn member(&self, object: Index, name: &str) -> Option<Index> {
        self.member_hashed(object, name_map::hash(name), name)
    }

    /// The same of a name of which `hash` is the number.
    pub(crate) fn member_hashed(&self, object: Index, hash: u32, name: &str) -> Option<Index> {
        if self.kind(object) != Kind::Object {
            return None;
        }
        self.children(object).find(|child| self.is_named(*child, hash, name))
    }

    /// The number of a member's name.
    pub(crate) fn hash(&self, node: Index) -> u32 {
        self.node(node).seat.hash
    }

    #[inline]
    pub(crate) fn is_named(&self, node: Index, hash: u32, name: &str) -> bool {
        // Most comparisons end here.
        self.node(node).seat.hash == hash && self.has_name(node, name)
    }

    fn has_name(&self, node: Index, name: &str) -> bool {
        match self.node(node).seat.key {
            Key::Member { start, end, plain: true } => {
                let own = &self.text.as_bytes()[start as usize + 1..end as usize - 1];
                own == name.as_bytes()
            }
            _ => self.name(node).is_some_and(|own| own == name),
        }
    }

    /// Whether `inner` stands somewhere in `outer`.
    pub(crate) fn encloses(&self, outer: Index, inner: Index) -> bool {
        outer < inner && inner < self.node(outer).next
    }

    /// The JSON Pointer to a value.
    pub(crate) fn pointer(&self, node: Index) -> String {
        self.pointer_below(node, None)
    }

    /// The JSON Pointer to a value, or to a member that it lacks.
    pub(crate) fn pointer_below(&self, node: Index, missing: Option<&str>) -> String {
        let mut pointer = String::with_capacity(48);
        self.push_pointer(node, &mut pointer);
        if let Some(name) = missing {
            pointer.extend(["/", &*escape(name)]);
        }
        pointer
    }

    /// A tape is never deep.
    fn push_pointer(&self, node: Index, pointer: &mut String) {
        let Seat { parent, key, .. } = self.node(node).seat;
        if let Key::Root = key {
            return;
        }
        self.push_pointer(parent, pointer);
        pointer.push('/');
        match key {
            Key::Element(index) => pointer.push_str(&index.to_string()),
            _ => pointer.push_str(&escape(&self.name(node).unwrap_or_default())),
        }
    }

    fn node(&self, node: Index) -> &Node {
        &self.nodes[node as usize]
    }
}

/// How many nodes a text may have: values take some 20 bytes with their names. More would make a
/// usual payload's nodes a large allocation, which costs several small ones.
pub(crate) fn likely_nodes(text: &str) -> usize {
    text.len() / 20
}

/// How many nodes there must be room for, as far as the text is JSON. A large text is gone through for
/// that: nodes may take many times its size, and would take twice that again if their room had to
/// grow.
pub(crate) fn needed_nodes(text: &str) -> usize {
    const LARGE: usize = 1 << 14;
    if text.len() < LARGE {
        return likely_nodes(text);
    }
    let mut scanner = Scanner::new(text);
    let tokens = iter::from_fn(|| scanner.next().ok().flatten());
    let is_value = |token| !matches!(token, Token::Name | Token::ArrayEnd | Token::ObjectEnd);
    tokens.filter(|(token, _)| is_value(*token)).count()
}

/// The nodes right below one.
#[derive(Clone)]
pub(crate) struct Children<'t> {
    pub(crate) nodes: &'t [Node],
    pub(crate) at: Index,
    pub(crate) end: Index,
}

impl Iterator for Children<'_> {
    type Item = Index;

    fn next(&mut self) -> Option<Index> {
        let at = (self.at < self.end).then_some(self.at)?;
        self.at = self.nodes[at as usize].next;
        Some(at)
    }
}
