//! Assertions about a value itself: those of a schema's keywords that hold no other schema.
//! The `jsonschema` crate judges them.

use std::sync::{Arc, OnceLock};

use jsonschema::json::Object;
use jsonschema::{PatternOptions, Retrieve, ValidationOptions};
use offhook::bundle;
use serde_json::{Map, Value};

use crate::format;
use crate::instance::{Node, OnTape};
use crate::name::Name;
use crate::plain::{Plain, Scalar};
use crate::tape::{Kind, Tape};
use crate::types::Types;

/// Assertions that are about other values too.
const OTHERS: [&str; 3] = ["dependentRequired", "maxContains", "minContains"];

/// Whether `keyword` makes one.
pub(crate) fn is_of_value(keyword: &str) -> bool {
    bundle::is_assertion(keyword) && !OTHERS.contains(&keyword)
}

/// How every schema is read.
pub(crate) fn options<'a>() -> ValidationOptions<'a, Arc<dyn Retrieve>, OnTape> {
    jsonschema::options_for::<OnTape>()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_format("date", format::is_date)
        .with_format("date-time", offhook::runtime::is_rfc3339)
        .with_format("time", format::is_time)
        .with_pattern_options(PatternOptions::regex())
}

/// Some assertions, compiled when they are first needed: only what is wrong needs them, as a whole
/// schema's verdict has them compiled in.
pub(crate) struct Assertions {
    schema: Map<String, Value>,
    /// What they say of scalars, if that is plain.
    plain: Option<Vec<Plain>>,
    /// What they say of arrays and objects, if that is plain.
    shape: Option<Shape>,
    judge: OnceLock<Option<jsonschema::Validator<OnTape>>>,
}

impl Assertions {
    /// The keywords and their values, all of which are [of the value](is_of_value).
    pub(crate) fn new(schema: Map<String, Value>) -> Self {
        let plain = schema.iter().map(|(keyword, value)| Plain::of(keyword, value)).collect();
        let shape = Shape::of(&schema);
        Self { schema, plain, shape, judge: OnceLock::new() }
    }

    /// The value of a keyword.
    pub(crate) fn get(&self, keyword: &str) -> Option<&Value> {
        self.schema.get(keyword)
    }

    /// All of them: keywords and their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.schema.iter().map(|(keyword, value)| (keyword.as_str(), value))
    }

    /// Whether there are none but of these keywords.
    pub(crate) fn are_only(&self, keywords: &[&str]) -> bool {
        self.schema.keys().all(|keyword| keywords.contains(&keyword.as_str()))
    }

    /// What they say of values that are no arrays and no objects, if that is plain.
    pub(crate) fn plain(&self) -> Option<&[Plain]> {
        self.plain.as_deref()
    }

    pub(crate) fn hold(&self, node: Node<'_>) -> bool {
        match (&self.plain, &self.shape, node.scalar()) {
            (Some(plain), _, Some(scalar)) => plain.iter().all(|plain| plain.holds(scalar)),
            (_, Some(shape), None) => shape.is_type_of(node) && shape.is_whole(node),
            _ => self.judge().is_none_or(|judge| judge.is_valid(node)),
        }
    }

    /// Whether they hold of a value that is no array and no object.
    pub(crate) fn hold_of(&self, scalar: Scalar<'_>) -> bool {
        self.hold(Node::new(&Tape::of_scalar(scalar), 0))
    }

    /// Those that do not hold: keywords and their values.
    pub(crate) fn broken(&self, node: Node<'_>) -> Vec<(&str, &Value)> {
        if let Some(one) = self.plainly_broken(node) {
            return vec![one];
        }
        let errors = self.judge().into_iter().flat_map(|judge| judge.iter_errors(node));
        let own = |keyword: &str| self.schema.get_key_value(keyword);
        let mut broken: Vec<_> = errors
            .filter_map(|error| own(error.kind().keyword()))
            .map(|(keyword, value)| (keyword.as_str(), value))
            .collect();
        // There is an error for each member that is missing.
        broken.dedup_by_key(|(keyword, _)| *keyword);
        broken
    }

    /// The only one that does not hold, if that is plain to see.
    fn plainly_broken(&self, node: Node<'_>) -> Option<(&str, &Value)> {
        match (&self.plain, &self.shape, node.scalar()) {
            (Some(plain), _, Some(scalar)) => {
                let all = self.iter().zip(plain);
                let mut broken = all.filter(|(_, plain)| !plain.holds(scalar)).map(|(own, _)| own);
                broken.next().filter(|_| broken.next().is_none())
            }
            (_, Some(shape), None) => {
                let keyword = match (shape.is_type_of(node), shape.is_whole(node)) {
                    (true, false) => "required",
                    (false, true) => "type",
                    _ => return None,
                };
                self.iter().find(|(own, _)| *own == keyword)
            }
            _ => None,
        }
    }

    /// None if they do not compile, which the whole schema would have been refused for.
    fn judge(&self) -> Option<&jsonschema::Validator<OnTape>> {
        let compile = || options().build(&self.schema.clone().into()).ok();
        self.judge.get_or_init(compile).as_ref()
    }
}

/// The common assertions about arrays and objects.
struct Shape {
    types: Types,
    required: Vec<Name>,
}

impl Shape {
    /// That of assertions that are all of the common kind.
    fn of(schema: &Map<String, Value>) -> Option<Self> {
        let mut shape = Self { types: Types::ALL, required: Vec::new() };
        for (keyword, value) in schema {
            match keyword.as_str() {
                "type" => shape.types = Types::named(value),
                "required" => {
                    let names = value.as_array()?.iter().map(|name| name.as_str().map(Name::new));
                    shape.required = names.collect::<Option<_>>()?;
                }
                _ => return None,
            }
        }
        Some(shape)
    }

    fn is_type_of(&self, node: Node<'_>) -> bool {
        self.types.contain(Types::of_node(node))
    }

    /// Whether an object has every member that it must have.
    fn is_whole(&self, node: Node<'_>) -> bool {
        node.kind() != Kind::Object || self.required.iter().all(|name| node.get(name).is_some())
    }
}
