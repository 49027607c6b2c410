//! JSON text into a compact tree of spans, with the faults that the text itself has.
//!
//! Nodes stand in document order, each with where its subtree ends, so that a value's position is
//! a look-up and nothing is parsed twice.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use offhook::scan::{self, Scanner, Token};

/// A JSON text as nodes.
pub(crate) struct Tape<'a> {
    text: &'a str,
    nodes: Vec<Node>,
}

/// A value.
#[derive(Clone, Copy)]
struct Node {
    kind: Kind,
    /// The value's bytes.
    start: u32,
    end: u32,
    /// The node after this one's subtree.
    next: u32,
    /// The array or object that it is in; itself for the root.
    parent: u32,
    /// The bytes of its name with quotes; empty in an array and for the root.
    name_start: u32,
    name_end: u32,
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

/// A node's number.
pub(crate) type Index = u32;

/// What is wrong with the text itself.
pub(crate) struct Fault {
    pub(crate) span: Range<usize>,
    pub(crate) pointer: String,
    pub(crate) kind: FaultKind,
}

pub(crate) enum FaultKind {
    /// The text is no JSON from here on.
    Syntax { want: &'static str },
    /// Something follows the value.
    Trailing,
    /// A number that no double can hold.
    HugeNumber,
    /// A member's name for the second time.
    DuplicateKey,
}

/// A tape, and the faults found on the way.
pub(crate) struct Parsed<'a> {
    pub(crate) tape: Tape<'a>,
    /// Whether the value was read to its end; if not, the last fault says why.
    pub(crate) whole: bool,
    pub(crate) faults: Vec<Fault>,
}

/// Above this many members an object's names are looked up by hash.
const FEW: usize = 16;

/// An array or object that is being read.
struct Open {
    node: Index,
    /// Elements or members so far.
    count: usize,
    /// The names so far, once there are many.
    names: HashSet<String>,
    /// Where the name of the member at hand stands; empty before a value.
    name: Range<usize>,
    /// Where the nodes of a member begin that is to be dropped, as its name stands there already.
    drop_from: Option<usize>,
}

impl<'a> Tape<'a> {
    /// Reads `text`, which must be shorter than 4 GiB.
    pub(crate) fn parse(text: &'a str) -> Parsed<'a> {
        let mut builder = Builder {
            scanner: Scanner::new(text),
            tape: Tape { text, nodes: Vec::with_capacity(text.len() / 16) },
            open: Vec::new(),
            faults: Vec::new(),
        };
        let whole = builder.run();
        let Builder { tape, faults, .. } = builder;
        Parsed { tape, whole, faults }
    }

    pub(crate) fn kind(&self, node: Index) -> Kind {
        self.node(node).kind
    }

    /// The bytes of a value.
    pub(crate) fn span(&self, node: Index) -> Range<usize> {
        let node = self.node(node);
        node.start as usize..node.end as usize
    }

    /// The bytes of a member's name with its quotes; `None` if the value is no member.
    pub(crate) fn name_span(&self, node: Index) -> Option<Range<usize>> {
        let node = self.node(node);
        (node.name_start < node.name_end)
            .then_some(node.name_start as usize..node.name_end as usize)
    }

    /// The text of a value as it stands.
    pub(crate) fn raw(&self, node: Index) -> &'a str {
        &self.text[self.span(node)]
    }

    /// A member's name.
    pub(crate) fn name(&self, node: Index) -> Option<Cow<'a, str>> {
        Some(scan::unescape(&self.text[self.name_span(node)?]))
    }

    /// The text of a string.
    pub(crate) fn string(&self, node: Index) -> Option<Cow<'a, str>> {
        (self.kind(node) == Kind::String).then(|| scan::unescape(self.raw(node)))
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
    pub(crate) fn scalars(&self) -> Vec<Range<usize>> {
        let scalars =
            self.nodes.iter().filter(|node| !matches!(node.kind, Kind::Array | Kind::Object));
        scalars.map(|node| node.start as usize..node.end as usize).collect()
    }

    /// The value of the member `name` of an object.
    pub(crate) fn member(&self, object: Index, name: &str) -> Option<Index> {
        if self.kind(object) != Kind::Object {
            return None;
        }
        self.children(object).find(|child| self.is_named(*child, name))
    }

    fn is_named(&self, node: Index, name: &str) -> bool {
        self.name_span(node).is_some_and(|span| {
            let token = &self.text[span];
            let plain = &token[1..token.len() - 1];
            plain == name || plain.contains('\\') && scan::unescape(token) == name
        })
    }

    /// The JSON Pointer to a value.
    pub(crate) fn pointer(&self, node: Index) -> String {
        let mut tokens = Vec::new();
        let mut at = node;
        while self.node(at).parent != at {
            let parent = self.node(at).parent;
            tokens.push(match self.name(at) {
                Some(name) => escape(&name),
                None => self.children(parent).take_while(|child| *child != at).count().to_string(),
            });
            at = parent;
        }
        tokens.iter().rev().fold(String::new(), |pointer, token| pointer + "/" + token)
    }

    fn node(&self, node: Index) -> &Node {
        &self.nodes[node as usize]
    }
}

/// The nodes right below one.
pub(crate) struct Children<'t> {
    nodes: &'t [Node],
    at: Index,
    end: Index,
}

impl Iterator for Children<'_> {
    type Item = Index;

    fn next(&mut self) -> Option<Index> {
        let at = (self.at < self.end).then_some(self.at)?;
        self.at = self.nodes[at as usize].next;
        Some(at)
    }
}

/// A JSON Pointer's reference token, escaped as RFC 6901 says.
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

struct Builder<'a> {
    scanner: Scanner<'a>,
    tape: Tape<'a>,
    open: Vec<Open>,
    faults: Vec<Fault>,
}

impl Builder<'_> {
    /// Reads to the end of the value; whether there was one.
    fn run(&mut self) -> bool {
        loop {
            match self.scanner.next() {
                Ok(Some((token, span))) => self.token(token, span),
                Ok(None) => break,
                Err(fault) => {
                    let pointer = self.pointer_of_fault();
                    self.faults.push(Fault {
                        span: fault.span,
                        pointer,
                        kind: FaultKind::Syntax { want: fault.want },
                    });
                    self.close_all();
                    return false;
                }
            }
        }
        if let Err(fault) = self.scanner.finish() {
            self.faults.push(Fault {
                span: fault.span,
                pointer: String::new(),
                kind: FaultKind::Trailing,
            });
        }
        true
    }

    fn token(&mut self, token: Token, span: Range<usize>) {
        let kind = match token {
            Token::Name { .. } => return self.name(span),
            Token::ObjectEnd | Token::ArrayEnd => return self.close(span.end),
            Token::ObjectStart => Kind::Object,
            Token::ArrayStart => Kind::Array,
            Token::String { .. } => Kind::String,
            Token::Number => Kind::Number,
            Token::True => Kind::True,
            Token::False => Kind::False,
            Token::Null => Kind::Null,
        };
        let node = self.push(kind, &span);
        if matches!(kind, Kind::Object | Kind::Array) {
            let names = HashSet::new();
            self.open.push(Open { node, count: 0, names, name: 0..0, drop_from: None });
            return;
        }
        if kind == Kind::Number && self.is_huge(&span) {
            let pointer = self.tape.pointer_while_open(node, &self.open);
            self.faults.push(Fault { span, pointer, kind: FaultKind::HugeNumber });
        }
        self.value_done();
    }

    fn is_huge(&self, span: &Range<usize>) -> bool {
        let text = &self.tape.text[span.clone()];
        // Below 300 digits it takes an exponent to leave the range of a double.
        (text.len() > 300 || text.contains(['e', 'E'])) && text.parse().is_ok_and(f64::is_infinite)
    }

    fn push(&mut self, kind: Kind, span: &Range<usize>) -> Index {
        let index = to_u32(self.tape.nodes.len());
        let (parent, name) =
            self.open.last().map_or((index, 0..0), |open| (open.node, open.name.clone()));
        self.tape.nodes.push(Node {
            kind,
            start: to_u32(span.start),
            end: to_u32(span.end),
            next: index + 1,
            parent,
            name_start: to_u32(name.start),
            name_end: to_u32(name.end),
        });
        index
    }

    fn name(&mut self, span: Range<usize>) {
        let tape = &self.tape;
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let name = scan::unescape(&tape.text[span.clone()]);
        open.name = span.clone();
        let twice = if open.count < FEW {
            tape.children_so_far(open.node).any(|child| tape.is_named(child, &name))
        } else {
            if open.count == FEW {
                open.names = tape
                    .children_so_far(open.node)
                    .filter_map(|child| tape.name(child))
                    .map(Cow::into_owned)
                    .collect();
            }
            !open.names.insert(name.into_owned())
        };
        if twice {
            open.drop_from = Some(tape.nodes.len());
            let pointer = self.pointer_of_fault();
            self.faults.push(Fault { span, pointer, kind: FaultKind::DuplicateKey });
        }
    }

    fn close(&mut self, end: usize) {
        if let Some(open) = self.open.pop() {
            let next = to_u32(self.tape.nodes.len());
            let node = &mut self.tape.nodes[open.node as usize];
            node.next = next;
            node.end = to_u32(end);
            self.value_done();
        }
    }

    /// After a whole value: it counts in what it stands in, or is dropped there.
    fn value_done(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.name = 0..0;
            match open.drop_from.take() {
                Some(from) => self.tape.nodes.truncate(from),
                None => open.count += 1,
            }
        }
    }

    /// Ends what a syntax fault left open, so that the tree can be walked as far as it goes.
    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close(self.tape.text.len());
        }
    }

    /// The deepest place reached.
    fn pointer_of_fault(&self) -> String {
        let Some(innermost) = self.open.last() else {
            return String::new();
        };
        let mut pointer =
            self.tape.pointer_while_open(innermost.node, &self.open[..self.open.len() - 1]);
        if !innermost.name.is_empty() {
            pointer =
                pointer + "/" + &escape(&scan::unescape(&self.tape.text[innermost.name.clone()]));
        } else if self.tape.kind(innermost.node) == Kind::Array && self.scanner.expects_value() {
            pointer = format!("{pointer}/{}", innermost.count);
        }
        pointer
    }
}

impl Tape<'_> {
    /// [`Tape::pointer`] while `open`, all around `node`, are still being read.
    fn pointer_while_open(&self, node: Index, open: &[Open]) -> String {
        let mut pointer = String::new();
        let inner = open.iter().skip(1).map(|open| open.node).chain([node]);
        for (open, child) in open.iter().zip(inner) {
            pointer.push('/');
            match self.name(child) {
                Some(name) => pointer.push_str(&escape(&name)),
                None => pointer.push_str(&open.count.to_string()),
            }
        }
        pointer
    }

    /// The whole children of a node that is still being read.
    fn children_so_far(&self, node: Index) -> Children<'_> {
        Children { nodes: &self.nodes, at: node + 1, end: to_u32(self.nodes.len()) }
    }
}

/// Sizes and counts are below the size of the text, which is below 4 GiB.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
