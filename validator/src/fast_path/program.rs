//! What valid payloads of one kind look like, as [`super::run`] reads them. [`super::compile`]
//! makes it of schemas.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use offhook_model::TypeSet;

use super::scalar::Test;
use super::steps::Token;

/// The number of a [`Value`] of a program.
pub(crate) type ValueId = usize;

/// Every kind of value that a payload has in some place.
#[derive(Default)]
pub(crate) struct Program {
    /// The first is the [payload](Self::PAYLOAD).
    pub(crate) values: Vec<Value>,
    pub(crate) objects: Vec<Object>,
    pub(crate) arrays: Vec<Array>,
    /// Those of which nothing is asked.
    pub(crate) any_object: Object,
    pub(crate) any_array: Array,
}

impl Program {
    pub(crate) const PAYLOAD: ValueId = 0;

    /// Whether what it lets through is an object with this string at the `path`.
    pub(crate) fn pins(&self, path: &[String], string: &str) -> bool {
        let Some(mut value) = self.values.first() else {
            return false;
        };
        for name in path {
            let Shape::Object(object) = value.shape else {
                return false;
            };
            let object = &self.objects[object];
            let Some(number) = object.names.iter().position(|token| token.text() == name) else {
                return false;
            };
            if value.or_null || object.required & 1 << number == 0 {
                return false;
            }
            value = &self.values[object.members[number].value];
        }
        matches!(&value.shape, Shape::Words(words) if words.iter().all(|word| word.text() == string))
    }
}

/// What is asked of a value.
pub(crate) struct Value {
    pub(crate) shape: Shape,
    /// Whether it may be null instead.
    pub(crate) or_null: bool,
    /// Whether there may be notices of one that is valid.
    pub(crate) may_add: bool,
    pub(crate) notes: Option<Box<Notes>>,
}

impl Value {
    /// One of which nothing else is known.
    pub(crate) fn of(shape: Shape) -> Self {
        Self { shape, or_null: false, may_add: false, notes: None }
    }
}

pub(crate) enum Shape {
    /// What the program has no words for.
    Unknown,
    Any,
    String,
    DateTime,
    /// One of these strings.
    Words(Box<[Token]>),
    Number,
    Integer,
    Boolean,
    Object(usize),
    Array(usize),
    Several(Box<Several>),
}

/// What is asked of a value by its type.
pub(crate) struct Several {
    pub(crate) scalar: Test,
    pub(crate) object: Objects,
    pub(crate) array: Option<usize>,
}

/// What is asked of an object.
pub(crate) enum Objects {
    /// Nothing that the program has words for.
    Unknown,
    One(usize),
    /// It depends on the string at a path, whose names are as JSON has them, with quotes and colon.
    Tagged {
        path: Vec<String>,
        cases: HashMap<Box<str>, usize>,
    },
}

/// What else there is to know of a value.
pub(crate) struct Notes {
    /// Whether one that is valid may be personal, or have notices.
    pub(crate) of_valid: bool,
    /// Of which types it is personal.
    pub(crate) personal: TypeSet,
    /// What is advised of scalars.
    pub(crate) advice: Vec<Test>,
    /// Of which types the program can not tell what else there is to know.
    pub(crate) unknown: TypeSet,
}

impl Notes {
    /// Whether there may be notices of a valid value of one of these `types`.
    pub(crate) fn may_add(&self, types: TypeSet) -> bool {
        self.unknown & types != TypeSet::NONE
            || !self.advice.is_empty() && types & TypeSet::SCALARS != TypeSet::NONE
    }
}

#[derive(Default)]
pub(crate) struct Object {
    /// The names of the members.
    pub(crate) names: Vec<Token>,
    /// In the order in which they are expected.
    pub(crate) members: Vec<Member>,
    /// A bit a member that must be there.
    pub(crate) required: Members,
    /// What is asked of other members.
    pub(crate) others: ValueId,
    /// What rules want to know of each of them.
    pub(crate) facts_of_others: Asked,
    /// Whether other members are as good as documented.
    pub(crate) others_documented: bool,
    /// How many members there may be, if that matters.
    pub(crate) count: Option<RangeInclusive<usize>>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) advice: Vec<Rule>,
}

/// A set of members: a bit each.
pub(crate) type Members = u64;

/// A set of facts: a bit each.
pub(crate) type Facts = u64;

/// The fact that some other fact is not known.
pub(crate) const UNTOLD: Facts = 1 << (Facts::BITS - 1);

pub(crate) struct Member {
    pub(crate) value: ValueId,
    pub(crate) documented: bool,
    /// What rules want to know of its value.
    pub(crate) facts: Asked,
}

impl Asked {
    /// Adds a fact; all others before those of advice.
    pub(crate) fn add(&mut self, fact: Fact) {
        if fact.of_advice {
            self.facts.push(fact);
        } else {
            self.facts.insert(self.needed, fact);
            self.needed += 1;
        }
    }
}

/// What rules want to know of a value.
#[derive(Default)]
pub(crate) struct Asked {
    /// Those that only advice wants come last.
    pub(crate) facts: Vec<Fact>,
    /// How many of them are not of advice alone.
    pub(crate) needed: usize,
}

/// Whether a member's value meets a schema.
pub(crate) struct Fact {
    pub(crate) bit: Facts,
    pub(crate) test: Test,
    /// Whether the bit is set if it does, or if it does not.
    pub(crate) holds: bool,
    /// The types that may meet it. Of arrays and objects, no more is known.
    pub(crate) types: TypeSet,
    pub(crate) of_advice: bool,
}

/// What the members of an object must be together.
pub(crate) enum Rule {
    /// These are there.
    There(Members),
    /// This is so of some member.
    Fact(Facts),
    All(Vec<Rule>),
    Any(Vec<Rule>),
    One(Vec<Rule>),
    Not(Box<Rule>),
}

impl Rule {
    pub(crate) const TRUE: Self = Self::There(0);

    pub(crate) fn holds(&self, seen: Members, facts: Facts) -> bool {
        match self {
            Self::There(members) => seen & members == *members,
            Self::Fact(fact) => facts & fact != 0,
            Self::All(rules) => rules.iter().all(|rule| rule.holds(seen, facts)),
            Self::Any(rules) => rules.iter().any(|rule| rule.holds(seen, facts)),
            Self::One(rules) => {
                rules.iter().filter(|rule| rule.holds(seen, facts)).take(2).count() == 1
            }
            Self::Not(rule) => !rule.holds(seen, facts),
        }
    }
}

#[derive(Default)]
pub(crate) struct Array {
    pub(crate) prefix: Vec<ValueId>,
    pub(crate) items: ValueId,
    pub(crate) least: usize,
    pub(crate) most: usize,
}
