//! JSON text into a [`Tape`], with the faults that the text itself has.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use offhook_runtime::json::scan::{Scanner, Token};
use offhook_runtime::json::unescape;

use super::node::fits_double;
use super::tape::{Children, Index, Key, Kind, Node, Seat, Tape, needed_nodes};
use super::{name_map, to_u32};
use crate::budget::Room;

/// What is wrong with the text itself.
pub(crate) struct Fault {
    pub(crate) span: Range<usize>,
    pub(crate) pointer: String,
    pub(crate) kind: FaultKind,
}

pub(crate) enum FaultKind {
    /// The text is no JSON from here on.
    Syntax { expected: &'static str },
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
    /// The bytes of values that the tape lacks: what stands under a name for the second time, and
    /// the text from where it broke.
    pub(crate) left_out: Vec<Range<usize>>,
}

/// Reads `text`, which must be shorter than 4 GiB.
pub(crate) fn parse<'a>(text: &'a str, room: &mut Room) -> Parsed<'a> {
    let mut builder = Builder {
        scanner: Scanner::new(text),
        tape: Tape { text, nodes: Vec::with_capacity(needed_nodes(text)) },
        open: Vec::new(),
        faults: Vec::new(),
        left_out: Vec::new(),
        room,
        reached: 0,
    };
    let whole = builder.run();
    let Builder { tape, faults, left_out, .. } = builder;
    Parsed { tape, whole, faults, left_out }
}

/// After this many names an object's names are looked up by hash.
const FEW: usize = 16;

/// An array or object that is being read.
struct Open<'a> {
    node: Index,
    /// Elements or members so far.
    count: usize,
    /// How many names have been read, those that stand twice included.
    named: usize,
    /// The names so far, once there are many.
    names: HashSet<Cow<'a, str>>,
    /// Where the name of the member at hand stands; empty before a value.
    name: Range<usize>,
    /// The number of that name.
    hash: u32,
    plain_name: bool,
    /// Where the nodes of a member begin that is to be dropped, as its name stands there already.
    drop_from: Option<usize>,
}

struct Builder<'a, 'r> {
    scanner: Scanner<'a>,
    tape: Tape<'a>,
    open: Vec<Open<'a>>,
    faults: Vec<Fault>,
    left_out: Vec<Range<usize>>,
    room: &'r mut Room,
    /// The end of the last token.
    reached: usize,
}

impl Builder<'_, '_> {
    /// Reads to the end of the value; whether there was one.
    fn run(&mut self) -> bool {
        loop {
            match self.scanner.next() {
                Ok(Some((token, span))) => {
                    self.reached = span.end;
                    self.token(token, span);
                }
                Ok(None) => break,
                Err(fault) => {
                    let pointer = self.pointer_of_fault();
                    let kind = FaultKind::Syntax { expected: fault.want };
                    self.faults.push(Fault { span: fault.span, pointer, kind });
                    self.close_all();
                    self.left_out.push(self.reached..self.tape.text.len());
                    return false;
                }
            }
        }
        if let Err(fault) = self.scanner.finish() {
            let kind = FaultKind::Trailing;
            self.faults.push(Fault { span: fault.span, pointer: String::new(), kind });
            self.left_out.push(self.reached..self.tape.text.len());
        }
        true
    }

    fn token(&mut self, token: Token, span: Range<usize>) {
        let kind = match token {
            Token::Name => return self.name(span),
            Token::ObjectEnd | Token::ArrayEnd => return self.close(span.end),
            Token::ObjectStart => Kind::Object,
            Token::ArrayStart => Kind::Array,
            Token::String => Kind::String,
            Token::Number => Kind::Number,
            Token::True => Kind::True,
            Token::False => Kind::False,
            Token::Null => Kind::Null,
        };
        let node = self.push(kind, &span);
        if matches!(kind, Kind::Object | Kind::Array) {
            let names = HashSet::new();
            self.open.push(Open {
                node,
                count: 0,
                named: 0,
                names,
                name: 0..0,
                hash: 0,
                plain_name: true,
                drop_from: None,
            });
            return;
        }
        if kind == Kind::Number && !fits_double(&self.tape.text[span.clone()]) {
            let tape = &self.tape;
            if let Some(pointer) = self.room.take(|| tape.pointer(node)) {
                self.faults.push(Fault { span, pointer, kind: FaultKind::HugeNumber });
            }
        }
        self.value_done();
    }

    fn push(&mut self, kind: Kind, span: &Range<usize>) -> Index {
        let node = to_u32(self.tape.nodes.len());
        let seat = match self.open.last() {
            None => Seat::ROOT,
            Some(open) if open.name.is_empty() => Seat::of_element(open.node, open.count),
            Some(open) => Seat {
                parent: open.node,
                key: Key::Member {
                    start: to_u32(open.name.start),
                    end: to_u32(open.name.end),
                    plain: open.plain_name,
                },
                hash: open.hash,
            },
        };
        let (start, end) = (to_u32(span.start), to_u32(span.end));
        self.tape.nodes.push(Node { kind, start, end, next: node + 1, seat });
        node
    }

    fn name(&mut self, span: Range<usize>) {
        let tape = &self.tape;
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let name = unescape(&tape.text[span.clone()]);
        open.name = span.clone();
        open.hash = name_map::hash(&name);
        open.plain_name = matches!(name, Cow::Borrowed(_));
        open.named += 1;
        let twice = if open.named <= FEW {
            children_so_far(tape, open.node).any(|child| tape.is_named(child, open.hash, &name))
        } else {
            if open.names.is_empty() {
                open.names =
                    children_so_far(tape, open.node).filter_map(|child| tape.name(child)).collect();
            }
            !open.names.insert(name)
        };
        if twice {
            open.drop_from = Some(tape.nodes.len());
            if let Some(pointer) = self.room.take(|| pointer_of_member(tape, open)) {
                self.faults.push(Fault { span, pointer, kind: FaultKind::DuplicateKey });
            }
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
                Some(from) => {
                    let value = &self.tape.nodes[from];
                    self.left_out.push(value.start as usize..value.end as usize);
                    self.tape.nodes.truncate(from);
                }
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
        if !innermost.name.is_empty() {
            return pointer_of_member(&self.tape, innermost);
        }
        let mut pointer = self.tape.pointer(innermost.node);
        if self.tape.kind(innermost.node) == Kind::Array && self.scanner.expects_value() {
            pointer = format!("{pointer}/{}", innermost.count);
        }
        pointer
    }
}

/// The pointer of the member at hand.
fn pointer_of_member(tape: &Tape<'_>, open: &Open<'_>) -> String {
    let name = unescape(&tape.text[open.name.clone()]);
    tape.pointer_below(open.node, Some(&name))
}

/// The whole children of a node that is still being read.
fn children_so_far<'t>(tape: &'t Tape<'_>, node: Index) -> Children<'t> {
    Children { nodes: &tape.nodes, at: node + 1, end: to_u32(tape.nodes.len()) }
}

#[cfg(test)]
mod tests {
    use super::{FaultKind, Parsed, Room};

    fn parse(text: &str) -> Parsed<'_> {
        super::parse(text, &mut Room::unlimited())
    }

    /// The pointer of every node, and pointer and first byte of every fault.
    fn read(text: &str) -> (Vec<String>, Vec<(String, usize)>) {
        let parsed = parse(text);
        let nodes = 0..u32::try_from(parsed.tape.nodes.len()).unwrap();
        let faults = parsed.faults.into_iter().map(|fault| (fault.pointer, fault.span.start));
        (nodes.map(|node| parsed.tape.pointer(node)).collect(), faults.collect())
    }

    #[test]
    fn nodes_stand_in_document_order_and_know_their_pointers() {
        let (pointers, faults) = read(r#"{"a":[1,{"b/c":2}],"~":null,"é":{}}"#);
        assert_eq!(pointers, ["", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/~0", "/é"]);
        assert_eq!(faults, []);
    }

    #[test]
    fn the_second_of_two_members_is_a_fault_and_leaves_no_node() {
        let (pointers, faults) = read(r#"{"a":1,"\u0061":{"x":[2]},"b":3}"#);
        assert_eq!(pointers, ["", "/a", "/b"]);
        assert_eq!(faults, [("/a".to_owned(), 7)]);
    }

    #[test]
    fn duplicates_are_found_among_many_members_too() {
        let members: Vec<String> = (0..100).map(|i| format!("\"m{i}\":0")).collect();
        let text = format!("{{{},\"m5\":1,\"m99\":1}}", members.join(","));
        let (pointers, faults) = read(&text);
        assert_eq!(pointers.len(), 101);
        let names: Vec<String> = faults.into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(names, ["/m5", "/m99"]);
    }

    #[test]
    fn a_broken_text_says_how_deep_it_was_read() {
        for (text, pointer, start) in [
            (r#"{"a":{"b":tru}}"#, "/a/b", 13),
            (r#"{"a":{"b":1,}}"#, "/a", 12),
            (r#"{"a":[1,2"#, "/a", 9),
            (r#"{"a":[1,"#, "/a/1", 8),
            ("[[[", "/0/0/0", 3),
            ("", "", 0),
        ] {
            let (_, faults) = read(text);
            assert_eq!(faults, [(pointer.to_owned(), start)], "{text}");
        }
    }

    #[test]
    fn numbers_beyond_a_double_are_faults_and_small_ones_are_not() {
        let digits = "9".repeat(400);
        for (text, huge) in [
            ("1e400", true),
            ("-1E+400", true),
            ("1.7976931348623157e308", false),
            ("1e-400", false),
            ("0e999999999999", false),
            (digits.as_str(), true),
        ] {
            let found =
                parse(text).faults.iter().any(|fault| matches!(fault.kind, FaultKind::HugeNumber));
            assert_eq!(found, huge, "{text}");
        }
    }
}
