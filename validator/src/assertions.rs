//! Assertions about a value itself: those of a schema's keywords that hold no other schema.
//! The `jsonschema` crate judges them.

use std::sync::{Arc, OnceLock};

use jsonschema::{PatternOptions, Retrieve, ValidationError, ValidationOptions};
use offhook::bundle;
use serde_json::{Map, Value};

use crate::format;
use crate::instance::{Node, OnTape};
use crate::plain::{Plain, Scalar};
use crate::tape::Tape;

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
    judge: OnceLock<Option<jsonschema::Validator<OnTape>>>,
}

impl Assertions {
    /// The keywords and their values, all of which are [of the value](is_of_value).
    pub(crate) fn new(schema: Map<String, Value>) -> Self {
        let plain = schema.iter().map(|(keyword, value)| Plain::of(keyword, value)).collect();
        Self { schema, plain, judge: OnceLock::new() }
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
        match (&self.plain, node.scalar()) {
            (Some(plain), Some(scalar)) => plain.iter().all(|plain| plain.holds(scalar)),
            _ => self.judge().is_none_or(|judge| judge.is_valid(node)),
        }
    }

    /// Whether they hold of a value that is no array and no object.
    pub(crate) fn hold_of(&self, scalar: Scalar<'_>) -> bool {
        self.hold(Node::new(&Tape::of_scalar(scalar), 0))
    }

    /// Those that do not hold.
    pub(crate) fn broken<'n>(
        &'n self,
        node: Node<'n>,
    ) -> impl Iterator<Item = ValidationError<'n>> + 'n {
        self.judge().into_iter().flat_map(move |judge| judge.iter_errors(node))
    }

    /// None if they do not compile, which the whole schema would have been refused for.
    fn judge(&self) -> Option<&jsonschema::Validator<OnTape>> {
        let compile = || options().build(&self.schema.clone().into()).ok();
        self.judge.get_or_init(compile).as_ref()
    }
}
