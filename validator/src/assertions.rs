//! Assertions about a value itself: those of a schema's keywords that hold no other schema.
//! The `jsonschema` crate judges them.

use std::sync::{Arc, OnceLock};

use jsonschema::{PatternOptions, Retrieve, ValidationOptions};
use offhook_model::{Json, Object};
use offhook_runtime::value::timestamp::{is_full_date, is_rfc3339};

use crate::format;
use crate::instance::{Node, OnTape};
use crate::name::Name;
use crate::plain::{Plain, Scalar};
use crate::tape::{Kind, Tape};
use offhook_model::TypeSet;
use offhook_model::message;

/// How every schema is read.
pub(crate) fn options<'a>() -> ValidationOptions<'a, Arc<dyn Retrieve>, OnTape> {
    jsonschema::options_for::<OnTape>()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_format("date", is_full_date)
        .with_format("date-time", is_rfc3339)
        .with_format("time", format::is_time)
        .with_pattern_options(PatternOptions::regex())
}

/// Some assertions, compiled when they are first needed: only what is wrong needs them, as a whole
/// schema's verdict has them compiled in.
pub(crate) struct Assertions {
    schema: Object,
    /// What they say of scalars, if that is plain.
    plain: Option<Vec<Plain>>,
    /// What they say of arrays and objects beside what is required, if that is plain.
    shape: Option<TypeSet>,
    /// The members that objects must have.
    required: Vec<Name>,
    /// The values of an `enum` in words.
    listed: OnceLock<String>,
    judge: OnceLock<Option<jsonschema::Validator<OnTape>>>,
}

/// What does not hold.
pub(crate) enum Broken<'s> {
    /// The members that an object lacks.
    Required(Vec<&'s str>),
    /// Another keyword, and its value.
    Other(&'s str, &'s Json),
}

impl Assertions {
    /// The keywords and their values, all of which are [of the value](is_of_value).
    pub(crate) fn new(schema: Object) -> Self {
        let plain = schema.iter().map(|(keyword, value)| Plain::of(keyword, value)).collect();
        let shape = shape(&schema);
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        let required = required.filter_map(Json::as_str).map(Name::new).collect();
        Self { schema, plain, shape, required, listed: OnceLock::new(), judge: OnceLock::new() }
    }

    /// The value of a keyword.
    pub(crate) fn get(&self, keyword: &str) -> Option<&Json> {
        self.schema.get(keyword)
    }

    /// The values of an `enum` in words.
    pub(crate) fn listed(&self) -> &str {
        let values = self.get("enum").and_then(Json::as_array);
        self.listed.get_or_init(|| message::listed(values.unwrap_or_default(), &[]))
    }

    /// All of them: keywords and their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.schema.iter().map(|(keyword, value)| (keyword.as_str(), value))
    }

    /// What they say of values that are no arrays and no objects, if that is plain.
    pub(crate) fn plain(&self) -> Option<&[Plain]> {
        self.plain.as_deref()
    }

    pub(crate) fn hold(&self, node: Node<'_>) -> bool {
        match (&self.plain, &self.shape, node.scalar()) {
            (Some(plain), _, Some(scalar)) => plain.iter().all(|plain| plain.holds(scalar)),
            (_, Some(types), None) => types.contains(node.types()) && self.is_whole(node),
            _ => self.judge().is_none_or(|judge| judge.is_valid(node)),
        }
    }

    /// Whether they hold of a value that is no array and no object.
    pub(crate) fn hold_of(&self, scalar: Scalar<'_>) -> bool {
        self.hold(Node::new(&Tape::of_scalar(scalar), 0))
    }

    /// Gives those that do not hold to `take`.
    pub(crate) fn each_broken<'s>(&'s self, node: Node<'_>, mut take: impl FnMut(Broken<'s>)) {
        match (&self.plain, &self.shape, node.scalar()) {
            (Some(plain), _, Some(scalar)) => {
                let all = self.iter().zip(plain);
                let mut broken = all.filter(|(_, plain)| !plain.holds(scalar)).map(|(own, _)| own);
                match (broken.next(), broken.next()) {
                    (None, _) => return,
                    (Some((keyword, value)), None) => return take(Broken::Other(keyword, value)),
                    _ => {}
                }
            }
            (_, Some(types), None) => {
                let missing: Vec<&str> = match node.kind() {
                    Kind::Object => self.missing(node).collect(),
                    _ => Vec::new(),
                };
                let is_of_type = types.contains(node.types());
                match (self.schema.get_key_value("type"), missing.is_empty()) {
                    (_, true) if is_of_type => return,
                    (_, false) if is_of_type => return take(Broken::Required(missing)),
                    (Some((keyword, types)), true) => return take(Broken::Other(keyword, types)),
                    _ => {}
                }
            }
            _ => {}
        }
        // Of several, the crate that judges says in which order.
        let Some(judge) = self.judge().filter(|judge| !judge.is_valid(node)) else {
            return;
        };
        let mut last = "";
        for error in judge.iter_errors(node) {
            let own = self.schema.get_key_value(error.kind().keyword());
            // There is an error for each member that is missing.
            if let Some((keyword, value)) = own.filter(|(keyword, _)| *keyword != last) {
                last = keyword;
                take(match last {
                    "required" => Broken::Required(self.missing(node).collect()),
                    _ => Broken::Other(keyword, value),
                });
            }
        }
    }

    /// The members that an object must have, and lacks.
    fn missing(&self, object: Node<'_>) -> impl Iterator<Item = &str> {
        let mut members = object.lookup();
        self.required.iter().filter(move |name| !members.has(name)).map(|name| &*name.text)
    }

    /// Whether an object has every member that it must have.
    fn is_whole(&self, node: Node<'_>) -> bool {
        node.kind() != Kind::Object || self.missing(node).next().is_none()
    }

    /// None if they do not compile, which the whole schema would have been refused for.
    fn judge(&self) -> Option<&jsonschema::Validator<OnTape>> {
        let compile = || options().build(&Json::Object(self.schema.clone()).to_value()).ok();
        self.judge.get_or_init(compile).as_ref()
    }
}

/// The types that assertions about arrays and objects let through, if they say no more than that and
/// what is required.
fn shape(schema: &Object) -> Option<TypeSet> {
    let others = schema.keys().any(|keyword| !["required", "type"].contains(&keyword.as_str()));
    let types = schema.get("type").map_or(TypeSet::ALL, TypeSet::of_keyword);
    (!others).then_some(types)
}
