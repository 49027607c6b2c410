//! Bytes through a [`Program`]: whether a payload is valid, said at once where that is plain.
//!
//! What is said to be valid is so. What is in doubt may be anything: to tell is for the
//! [evaluator](crate::evaluate).

use std::ops::Range;

use offhook_model::TypeSet;

use super::program::{
    Array, Asked, Fact, Facts, Members, Notes, Object, Objects, Program, Several, Shape, UNTOLD,
    Value, ValueId,
};
use super::steps::{Names, Steps};
use crate::evaluate::undecided::Undecided;
use crate::json::node::Scalar;
use crate::json::tape::{Index, Key, Kind, Node, Seat, Tape, likely_nodes};
use crate::json::{name_map, to_u32};

/// What is known of a payload that is JSON.
pub(crate) struct Examined {
    /// Which of its values are not plainly valid.
    pub(crate) undecided: Undecided,
    /// Whether it is known that there are no notices. Where there may be some, what is personal is
    /// not known either.
    pub(crate) nothing_to_add: bool,
    pub(crate) personal: Vec<Range<usize>>,
}

impl Examined {
    /// Nothing.
    pub(crate) fn nothing() -> Self {
        Self { undecided: Undecided::everywhere(), nothing_to_add: false, personal: Vec::new() }
    }

    /// Whether the payload is valid, and no more is to be said of it.
    pub(crate) fn is_faultless(&self) -> bool {
        self.undecided.is_empty() && self.nothing_to_add
    }
}

/// Whether `text` is plainly valid.
pub(crate) fn is_valid(program: &Program, text: &str) -> bool {
    Run::<false, false>::new(program, text).run().is_some()
}

/// Whether `text` is plainly valid, and it is plain that there are no notices.
pub(crate) fn is_clean(program: &Program, text: &str) -> bool {
    let mut run = Run::<true, false>::new(program, text);
    run.run().is_some() && run.nothing_to_add
}

/// What there is to know of `text` if it is plainly JSON; and its values, unless they are many.
pub(crate) fn examine<'t>(
    program: &Program,
    text: &'t str,
) -> Option<(Examined, Option<Tape<'t>>)> {
    let mut run = Run::<true, true>::new(program, text);
    run.nodes.reserve(likely_nodes(text).min(MOST_NODES));
    run.run()?;
    let Run { nodes, doubts, strangers, nothing_to_add, personal, .. } = run;
    let tape = (nodes.len() < MOST_NODES).then_some(Tape { text, nodes });
    Some((Examined { undecided: Undecided::of(doubts, strangers), nothing_to_add, personal }, tape))
}

/// The most values that are kept of a payload of which there may be nothing to tell.
const MOST_NODES: usize = 4_096;

/// Reads a text once. With `NOTES`, notices are looked for, too. With `ALL`, it keeps all values and
/// which of them are personal, and goes on after one in doubt; else, it ends there.
struct Run<'p, 't, const NOTES: bool, const ALL: bool> {
    program: &'p Program,
    steps: Steps<'t>,
    names: Names<'t>,
    /// The values so far.
    nodes: Vec<Node>,
    /// Whether the text is no JSON, or what is not looked for in a hurry.
    is_broken: bool,
    doubts: Vec<Range<usize>>,
    strangers: bool,
    nothing_to_add: bool,
    personal: Vec<Range<usize>>,
}

/// Where a value stands, and how deep.
#[derive(Clone, Copy)]
struct Spot {
    at: usize,
    depth: u32,
}

impl<'p, 't, const NOTES: bool, const ALL: bool> Run<'p, 't, NOTES, ALL> {
    fn new(program: &'p Program, text: &'t str) -> Self {
        Self {
            program,
            steps: Steps::over(text),
            names: Names::new(),
            nodes: Vec::new(),
            is_broken: false,
            doubts: Vec::new(),
            strangers: false,
            nothing_to_add: true,
            personal: Vec::new(),
        }
    }

    fn run(&mut self) -> Option<()> {
        let spot = Spot { at: self.steps.space(0), depth: 0 };
        let end = self.value(Program::PAYLOAD, spot, || Seat::ROOT)?;
        self.steps.is_end(end).then_some(())
    }

    /// Over one value. Its depth is bounded, so recursion is.
    #[inline]
    fn value(&mut self, id: ValueId, spot: Spot, seat: impl FnOnce() -> Seat) -> Option<usize> {
        let value = &self.program.values[id];
        if ALL {
            return self.kept(value, spot, seat());
        }
        if NOTES && value.may_add {
            return self.noted(value, spot);
        }
        match value.shape {
            // Most values are strings.
            Shape::String if !value.or_null => self.steps.string(spot.at),
            _ => self.plain(value, spot, 0),
        }
    }

    /// Over one value of which there may be notices.
    #[inline(never)]
    fn noted(&mut self, value: &'p Value, spot: Spot) -> Option<usize> {
        let end = self.plain(value, spot, 0)?;
        if let Some(notes) = &value.notes {
            self.note(notes, spot.at, end);
        }
        self.nothing_to_add.then_some(end)
    }

    /// Over one value, with all that there is to know of it.
    fn kept(&mut self, value: &'p Value, spot: Spot, seat: Seat) -> Option<usize> {
        let index = self.nodes.len();
        let kind = Kind::starting(self.steps.byte(spot.at)?);
        if index < MOST_NODES {
            let start = to_u32(spot.at);
            self.nodes.push(Node { kind, start, end: start, next: 0, seat });
        }
        let found = self.plain(value, spot, to_u32(index));
        let end = match found {
            Some(end) => end,
            None => self.doubt(spot, to_u32(index))?,
        };
        let next = to_u32(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(index) {
            (node.end, node.next) = (to_u32(end), next);
        }
        match &value.notes {
            Some(notes) if notes.of_valid || found.is_none() => self.note(notes, spot.at, end),
            _ => {}
        }
        Some(end)
    }

    #[inline(never)]
    fn note(&mut self, notes: &Notes, start: usize, end: usize) {
        let scalar = self.scalar(start, end);
        let ty = scalar.types();
        if ALL && notes.personal & ty != TypeSet::NONE {
            self.personal.push(start..end);
        }
        let is_scalar = TypeSet::SCALARS.contains(ty);
        if notes.unknown & ty != TypeSet::NONE
            || is_scalar && !notes.advice.iter().all(|advice| advice.holds(scalar))
        {
            self.nothing_to_add = false;
        }
    }

    /// Takes note that there may be a notice; none if that is the end of it.
    #[inline]
    fn add(&mut self) -> Option<()> {
        self.nothing_to_add = false;
        ALL.then_some(())
    }

    /// Over a value that is in doubt.
    #[cold]
    fn doubt(&mut self, spot: Spot, node: Index) -> Option<usize> {
        // Of a payload with so many, there is nothing to be told quickly.
        self.is_broken |= self.doubts.len() >= MOST_NODES;
        if self.is_broken {
            return None;
        }
        let end = self.any(spot, node)?;
        self.doubts.push(spot.at..end);
        if matches!(self.steps.byte(spot.at)?, b'{' | b'[') {
            self.nothing_to_add = false;
        }
        Some(end)
    }

    /// Over a value of which nothing is asked.
    fn any(&mut self, spot: Spot, node: Index) -> Option<usize> {
        match self.steps.byte(spot.at)? {
            b'{' => self.object(&self.program.any_object, spot, node),
            b'[' => self.array(&self.program.any_array, spot, node),
            _ => self.steps.scalar(spot.at),
        }
    }

    /// The value from one place to another.
    fn scalar(&self, start: usize, end: usize) -> Scalar<'t> {
        let text = self.steps.between(start, end);
        Scalar { text, kind: Kind::starting(text.as_bytes().first().copied().unwrap_or_default()) }
    }

    fn plain(&mut self, value: &'p Value, spot: Spot, node: Index) -> Option<usize> {
        let (steps, at) = (self.steps, spot.at);
        if value.or_null && steps.byte(at)? == b'n' {
            return steps.word("null", at);
        }
        match &value.shape {
            Shape::String => steps.string(at),
            Shape::DateTime => steps.date_time(at),
            Shape::Words(words) => steps.one_of(words, at),
            Shape::Object(object) => self.object(&self.program.objects[*object], spot, node),
            Shape::Number => steps.number(at),
            Shape::Integer => steps.integer(at),
            Shape::Boolean => steps.boolean(at),
            Shape::Array(array) => self.array(&self.program.arrays[*array], spot, node),
            Shape::Any => self.any(spot, node),
            Shape::Several(several) => self.several(several, spot, node),
            Shape::Unknown => None,
        }
    }

    #[inline(never)]
    fn several(&mut self, several: &'p Several, spot: Spot, node: Index) -> Option<usize> {
        match self.steps.byte(spot.at)? {
            b'{' => {
                let object = match &several.object {
                    Objects::Unknown => return None,
                    Objects::One(object) => *object,
                    Objects::Tagged { path, cases } => {
                        *cases.get(self.steps.find(path, spot.at)?)?
                    }
                };
                self.object(&self.program.objects[object], spot, node)
            }
            b'[' => self.array(&self.program.arrays[several.array?], spot, node),
            _ => {
                let end = self.steps.scalar(spot.at)?;
                several.scalar.holds(self.scalar(spot.at, end)).then_some(end)
            }
        }
    }

    fn object(&mut self, object: &'p Object, spot: Spot, node: Index) -> Option<usize> {
        let at = self.steps.open(b'{', spot.depth, spot.at)?;
        let end = self.members(object, spot, node, at);
        self.is_broken |= end.is_none();
        end
    }

    /// Over what is in an object that stands at `spot`, from its first member on.
    #[inline]
    fn members(
        &mut self,
        object: &'p Object,
        spot: Spot,
        node: Index,
        mut at: usize,
    ) -> Option<usize> {
        let (steps, before) = (self.steps, self.names.len());
        let depth = spot.depth + 1;
        let (mut seen, mut facts): (Members, Facts) = (0, 0);
        let mut expected = 0;
        let mut more = steps.byte(at)? != b'}';
        if !more {
            at += 1;
        }
        while more {
            let (value, asked, start, hash);
            if let Some(number) = steps.listed(&object.names, expected, at) {
                let (name, member) = (&object.names[number], &object.members[number]);
                let bit = 1 << number;
                if seen & bit != 0 {
                    return None;
                }
                seen |= bit;
                expected = number + 1;
                if NOTES && !member.documented {
                    self.add()?;
                }
                (value, asked) = (member.value, &member.facts);
                (start, hash) = (at + name.length(), name.hash);
            } else {
                self.strangers = true;
                if NOTES && !object.others_documented {
                    self.add()?;
                }
                (value, asked) = (object.others, &object.facts_of_others);
                start = steps.name(&mut self.names, before, at)?;
                hash = if ALL { name_map::hash(steps.between(at + 1, start - 2)) } else { 0 };
            }
            let seat = || Seat {
                parent: node,
                key: Key::Member { start: to_u32(at), end: to_u32(start - 1), plain: true },
                hash,
            };
            let spot = Spot { at: steps.space(start), depth };
            let fact;
            (fact, at) = self.member(value, asked, spot, seat)?;
            facts |= fact;
            (more, at) = steps.next(b'}', at)?;
        }
        let others = self.names.len() - before;
        self.names.truncate(before);
        let is_whole = seen & object.required == object.required
            && object
                .count
                .as_ref()
                .is_none_or(|count| count.contains(&(others + seen.count_ones() as usize)));
        let is_ruled =
            facts & UNTOLD == 0 && object.rules.iter().all(|rule| rule.holds(seen, facts));
        if NOTES && !object.advice.iter().all(|advice| advice.holds(seen, facts)) {
            self.add()?;
        }
        if !(is_whole && is_ruled) {
            if !ALL {
                return None;
            }
            // Rules are about members as well, each of which may be fine but for them.
            self.doubts.push(spot.at..if is_ruled { spot.at } else { at });
        }
        Some(at)
    }

    /// Over a member's value; what rules want to know of it, and where it ends.
    #[inline]
    fn member(
        &mut self,
        value: ValueId,
        asked: &Asked,
        spot: Spot,
        seat: impl FnOnce() -> Seat,
    ) -> Option<(Facts, usize)> {
        let wanted = if NOTES { asked.facts.len() } else { asked.needed };
        let end = self.value(value, spot, seat)?;
        let no_facts = wanted == 0;
        Some((if no_facts { 0 } else { self.facts(&asked.facts[..wanted], spot.at, end) }, end))
    }

    #[inline(never)]
    fn facts(&mut self, asked: &[Fact], start: usize, end: usize) -> Facts {
        let scalar = self.scalar(start, end);
        let ty = scalar.types();
        let mut facts = 0;
        for fact in asked {
            let is_scalar = TypeSet::SCALARS.contains(ty);
            if !is_scalar && fact.types.contains(ty) {
                if fact.of_advice {
                    self.nothing_to_add = false;
                } else {
                    facts |= UNTOLD;
                }
            } else if (is_scalar && fact.test.holds(scalar)) == fact.holds {
                facts |= fact.bit;
            }
        }
        facts
    }

    fn array(&mut self, array: &'p Array, spot: Spot, node: Index) -> Option<usize> {
        let at = self.steps.open(b'[', spot.depth, spot.at)?;
        let end = self.elements(array, spot, node, at);
        self.is_broken |= end.is_none();
        end
    }

    /// Over what is in an array that stands at `spot`, from its first element on.
    #[inline]
    fn elements(
        &mut self,
        array: &'p Array,
        spot: Spot,
        node: Index,
        mut at: usize,
    ) -> Option<usize> {
        let (steps, depth) = (self.steps, spot.depth + 1);
        let mut more = steps.byte(at)? != b']';
        if !more {
            at += 1;
        }
        let mut count = 0;
        while more {
            let element = array.prefix.get(count).copied().unwrap_or(array.items);
            let seat = || Seat::of_element(node, count);
            at = self.value(element, Spot { at, depth }, seat)?;
            count += 1;
            (more, at) = steps.next(b']', at)?;
        }
        if !(array.least..=array.most).contains(&count) {
            if !ALL {
                return None;
            }
            self.doubts.push(spot.at..spot.at);
        }
        Some(at)
    }
}
