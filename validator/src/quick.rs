//! Bytes through a [`Program`]: whether a payload is valid, said at once where that is plain.
//!
//! What is said to be valid is so. What is not may be anything: to tell is for the
//! [judge](crate::judge).

use std::ops::Range;

use offhook::runtime::is_rfc3339;

use crate::cursor::Cursor;
use crate::plain::Scalar;
use crate::program::{
    Array, Asked, Fact, Facts, Members, Notes, Object, Objects, Program, Several, Shape, Value,
    ValueId,
};
use crate::tape::Kind;
use crate::types::Types;

/// What is known of a valid payload.
pub(crate) struct Examined {
    /// Whether it is known that there are no notices. Where there may be some, what is personal is
    /// not known either.
    pub(crate) nothing_to_add: bool,
    pub(crate) personal: Vec<Range<usize>>,
}

/// Whether `text` is plainly valid.
pub(crate) fn is_valid(program: &Program, text: &str) -> bool {
    Run::<false>::new(program, text).run().is_some()
}

/// What there is to know of `text` if it is plainly valid.
pub(crate) fn examine(program: &Program, text: &str) -> Option<Examined> {
    let mut run = Run::<true>::new(program, text);
    run.run()?;
    Some(run.examined)
}

/// Reads a text once; with `NOTES`, notices and personal values are looked for, too.
struct Run<'p, 't, const NOTES: bool> {
    program: &'p Program,
    cursor: Cursor<'t>,
    examined: Examined,
}

impl<'p, 't, const NOTES: bool> Run<'p, 't, NOTES> {
    fn new(program: &'p Program, text: &'t str) -> Self {
        let examined = Examined { nothing_to_add: true, personal: Vec::new() };
        Self { program, cursor: Cursor::new(text), examined }
    }

    fn run(&mut self) -> Option<()> {
        self.value(0)?;
        self.cursor.is_at_end().then_some(())
    }

    /// One value. The cursor does not go beyond [`offhook::scan::MAX_DEPTH`] levels.
    #[inline]
    fn value(&mut self, id: ValueId) -> Option<()> {
        let value = &self.program.values[id];
        match &value.notes {
            Some(notes) if NOTES => self.noted(value, notes),
            _ => self.plain(value),
        }
    }

    #[inline(never)]
    fn noted(&mut self, value: &'p Value, notes: &Notes) -> Option<()> {
        self.cursor.peek()?;
        let start = self.cursor.position();
        self.plain(value)?;
        let scalar = self.scalar_since(start);
        let ty = scalar.ty();
        if notes.personal & ty != Types::NONE {
            self.examined.personal.push(start..start + scalar.text.len());
        }
        let is_scalar = Types::SCALARS.contain(ty);
        if notes.unknown & ty != Types::NONE
            || is_scalar && !notes.advice.iter().all(|advice| advice.holds(scalar))
        {
            self.examined.nothing_to_add = false;
        }
        Some(())
    }

    /// The value that stands since `start`.
    fn scalar_since(&self, start: usize) -> Scalar<'t> {
        let text = self.cursor.since(start);
        Scalar { text, kind: Kind::starting(text.as_bytes().first().copied().unwrap_or_default()) }
    }

    #[inline]
    fn plain(&mut self, value: &'p Value) -> Option<()> {
        if value.or_null && self.cursor.peek()? == b'n' {
            return self.cursor.null();
        }
        match &value.shape {
            Shape::String => self.cursor.string(),
            Shape::DateTime => self.cursor.plain_string().filter(|text| is_rfc3339(text)).map(drop),
            Shape::Words(words) => self.cursor.one_of(words),
            Shape::Object(object) => self.object(&self.program.objects[*object]),
            Shape::Number => self.cursor.number().map(drop),
            Shape::Integer => self.cursor.number()?.then_some(()),
            Shape::Boolean => self.cursor.boolean(),
            Shape::Array(array) => self.array(&self.program.arrays[*array]),
            Shape::Any => self.cursor.any(),
            Shape::Several(several) => self.several(several),
            Shape::Unknown => None,
        }
    }

    #[inline(never)]
    fn several(&mut self, several: &'p Several) -> Option<()> {
        match self.cursor.peek()? {
            b'{' => {
                let object = match &several.object {
                    Objects::Unknown => return None,
                    Objects::One(object) => *object,
                    Objects::Tagged { path, cases } => *cases.get(self.cursor.find(path)?)?,
                };
                self.object(&self.program.objects[object])
            }
            b'[' => self.array(&self.program.arrays[several.array?]),
            _ => {
                let start = self.cursor.position();
                self.cursor.any()?;
                several.scalar.holds(self.scalar_since(start)).then_some(())
            }
        }
    }

    fn object(&mut self, object: &'p Object) -> Option<()> {
        let names = self.cursor.names();
        let (mut seen, mut facts): (Members, Facts) = (0, 0);
        let (mut others, mut expected) = (0, 0);
        let mut more = self.cursor.enter(b'{', b'}')?;
        while more {
            let number = self.cursor.listed(&object.names, expected);
            if let Some(number) = number {
                let member = &object.members[number];
                let bit = 1 << number;
                if seen & bit != 0 {
                    return None;
                }
                seen |= bit;
                expected = number + 1;
                if NOTES && !member.documented {
                    self.examined.nothing_to_add = false;
                }
                facts |= self.member(member.value, &member.facts)?;
            } else {
                others += 1;
                self.cursor.name(names)?;
                if NOTES && !object.others_documented {
                    self.examined.nothing_to_add = false;
                }
                facts |= self.member(object.others, &object.facts_of_others)?;
            }
            more = self.cursor.more(b'}')?;
        }
        self.cursor.forget(names);
        let holds = seen & object.required == object.required
            && object
                .count
                .as_ref()
                .is_none_or(|count| count.contains(&(others + seen.count_ones() as usize)))
            && object.rules.iter().all(|rule| rule.holds(seen, facts));
        if NOTES && !object.advice.iter().all(|advice| advice.holds(seen, facts)) {
            self.examined.nothing_to_add = false;
        }
        holds.then_some(())
    }

    /// A member's value, and what rules want to know of it.
    #[inline]
    fn member(&mut self, value: ValueId, asked: &Asked) -> Option<Facts> {
        let wanted = if NOTES { asked.facts.len() } else { asked.needed };
        if wanted == 0 {
            return self.value(value).map(|()| 0);
        }
        self.facts(value, &asked.facts[..wanted])
    }

    #[inline(never)]
    fn facts(&mut self, value: ValueId, asked: &[Fact]) -> Option<Facts> {
        self.cursor.peek()?;
        let start = self.cursor.position();
        self.value(value)?;
        let scalar = self.scalar_since(start);
        let ty = scalar.ty();
        let mut facts = 0;
        for fact in asked {
            let is_scalar = Types::SCALARS.contain(ty);
            if !is_scalar && fact.types.contain(ty) {
                if !fact.of_advice {
                    return None;
                }
                self.examined.nothing_to_add = false;
            } else if (is_scalar && fact.test.holds(scalar)) == fact.holds {
                facts |= fact.bit;
            }
        }
        Some(facts)
    }

    fn array(&mut self, array: &Array) -> Option<()> {
        let mut count = 0;
        let mut more = self.cursor.enter(b'[', b']')?;
        while more {
            self.value(array.prefix.get(count).copied().unwrap_or(array.items))?;
            count += 1;
            more = self.cursor.more(b']')?;
        }
        (array.least..=array.most).contains(&count).then_some(())
    }
}
