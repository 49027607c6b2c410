//! One schema of a graph: who asserts what of an instance itself, and which schemas apply to it, to
//! its members and to its elements.

use std::collections::HashMap;

use offhook_runtime::value::decimal::Decimal;

use crate::json::{Json, Object};
use crate::location::Location;
use crate::type_set::TypeSet;

/// The number of a schema in its graph.
pub type SchemaId = usize;

/// One schema of a graph.
#[derive(Debug, Default)]
pub struct Subschema {
    /// Where it stands.
    pub location: Location,
    /// Whether several schemas lead to it.
    pub is_shared: bool,
    /// Whether no instance meets it, as with `false`.
    pub is_never: bool,
    /// Its keywords that assert something of the instance without another schema.
    pub assertions: Object,
    /// The types that it lets through, as far as the schemas of the instance itself tell.
    pub types: TypeSet,

    /// The target of `$ref`.
    pub target: Option<SchemaId>,
    /// The branches of `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf` and `oneOf`.
    pub unions: Vec<Union>,
    /// `not`
    pub not: Option<SchemaId>,
    /// `if`
    pub condition: Option<SchemaId>,
    /// `then`
    pub then: Option<SchemaId>,
    /// `else`
    pub otherwise: Option<SchemaId>,
    /// `dependentSchemas`, by the member that must be there.
    pub dependents: Vec<(String, SchemaId)>,
    /// `dependentRequired`: a member, and those that must be there with it.
    pub dependent_names: Vec<(String, Vec<String>)>,

    /// Whether it has `properties` or `patternProperties`.
    pub lists_members: bool,
    /// `properties`
    pub properties: Vec<(String, SchemaId)>,
    /// `patternProperties`
    pub patterns: Vec<(String, SchemaId)>,
    /// `additionalProperties`
    pub additional: Option<SchemaId>,
    /// `unevaluatedProperties`
    pub unevaluated_members: Option<SchemaId>,
    /// `propertyNames`
    pub names: Option<SchemaId>,

    /// `prefixItems`
    pub prefix: Vec<SchemaId>,
    /// `items`
    pub items: Option<SchemaId>,
    /// `unevaluatedItems`
    pub unevaluated_elements: Option<SchemaId>,
    /// `contains`
    pub contains: Option<Contains>,

    /// `x-sensitive`
    pub sensitive: Option<bool>,
    /// `x-advice`
    pub advice: Option<SchemaId>,
}

/// How many elements must meet a schema.
#[derive(Clone, Copy, Debug)]
pub struct Contains {
    /// `contains`
    pub schema: SchemaId,
    /// `minContains`
    pub min: u64,
    /// `maxContains`
    pub max: Option<u64>,
}

impl Subschema {
    /// Whether other schemas apply to the same instance.
    pub fn combines(&self) -> bool {
        self.target.is_some()
            || !self.all_of.is_empty()
            || !self.unions.is_empty()
            || self.not.is_some()
            || self.condition.is_some()
            || !self.dependents.is_empty()
    }

    /// Whether it asserts something of members or elements.
    pub fn looks_inside(&self) -> bool {
        self.lists_members
            || self.additional.is_some()
            || self.unevaluated_members.is_some()
            || self.names.is_some()
            || !self.dependent_names.is_empty()
            || !self.prefix.is_empty()
            || self.items.is_some()
            || self.unevaluated_elements.is_some()
            || self.contains.is_some()
    }

    /// Whether it does nothing but apply one other keyword's schemas to the same instance.
    pub fn only_combines(&self) -> bool {
        let parts = self.all_of.len()
            + self.unions.len()
            + self.dependents.len()
            + [self.target, self.not, self.condition].iter().flatten().count();
        parts == 1 && self.assertions.is_empty() && !self.looks_inside()
    }

    /// The schemas that apply to the same instance, always or in some case.
    pub fn of_same_instance(&self) -> impl Iterator<Item = SchemaId> {
        let unions = self.unions.iter().flat_map(|union| &union.branches);
        let dependents = self.dependents.iter().map(|(_, schema)| schema);
        let conditional = [&self.condition, &self.then, &self.otherwise];
        self.target
            .iter()
            .chain(&self.all_of)
            .chain(unions)
            .chain(conditional.into_iter().flatten())
            .chain(dependents)
            .copied()
    }

    /// Returns its assertions, if it has others than these `keywords` neither here nor elsewhere.
    pub fn only(&self, keywords: &[&str]) -> Option<&Object> {
        let is_plain = !self.assertions.is_empty() && !self.combines() && !self.looks_inside();
        let has_others = self.assertions.keys().any(|name| !keywords.contains(&name.as_str()));
        (is_plain && !has_others).then_some(&self.assertions)
    }

    /// Whether it says nothing at all, as `true` does.
    pub fn is_any(&self) -> bool {
        let asserts = self.is_never || !self.assertions.is_empty();
        let annotates = self.sensitive.is_some() || self.advice.is_some();
        !asserts && !annotates && !self.combines() && !self.looks_inside()
    }

    /// The members that it requires.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        let required = self.assertions.get("required").and_then(Json::as_array);
        required.into_iter().flatten().filter_map(Json::as_str)
    }
}

/// An `anyOf` or `oneOf`.
#[derive(Debug)]
pub struct Union {
    /// The keyword.
    pub keyword: &'static str,
    /// Its schemas.
    pub branches: Vec<SchemaId>,
    /// The tag that tells them apart, if there is one.
    pub tag: Option<Tag>,
}

/// A member that has other values in each branch of a union.
#[derive(Debug)]
pub struct Tag {
    /// The names of members that lead to it.
    pub path: Vec<String>,
    /// All its values, in the order of the branches.
    pub values: Vec<Json>,
    /// Whether every branch requires it.
    pub is_required: bool,
    /// The one branch that does not pin it.
    pub other: Option<SchemaId>,
    /// The branch of each value, by [`tag_key`].
    pub(crate) branches: HashMap<String, SchemaId>,
}

impl Tag {
    /// Returns the branch of the tag's value whose [`tag_key`] this is.
    pub fn branch(&self, key: &str) -> Option<SchemaId> {
        self.branches.get(key).copied()
    }

    /// Whether an object that has the tag fits one branch at most.
    pub fn tells_one(&self) -> bool {
        self.other.is_none()
    }

    /// The tag's values that are strings, each with its branch.
    pub fn words(&self) -> impl Iterator<Item = (&str, SchemaId)> {
        self.branches.iter().filter_map(|(key, branch)| Some((key.strip_prefix('"')?, *branch)))
    }

    /// The tag's values that mean `branch`.
    pub fn values_of(&self, branch: SchemaId) -> impl Iterator<Item = &Json> {
        let of_branch =
            move |value: &&Json| key_of(value).and_then(|key| self.branch(&key)) == Some(branch);
        self.values.iter().filter(of_branch)
    }

    /// The types of the tag's values.
    pub fn types(&self) -> TypeSet {
        self.values.iter().map(TypeSet::of_value).collect()
    }
}

/// A scalar of a tag.
#[derive(Clone, Copy, Debug)]
pub enum TagValue<'a> {
    /// A string, unescaped.
    String(&'a str),
    /// A number, in any spelling.
    Number(&'a str),
    /// A boolean.
    Bool(bool),
    /// `null`
    Null,
}

/// Returns a text that is the same for equal scalars, and another for others.
pub fn tag_key(value: TagValue<'_>) -> String {
    match value {
        TagValue::String(text) => ["\"", text].concat(),
        TagValue::Number(number) => Decimal::new(number).to_string(),
        TagValue::Bool(value) => value.to_string(),
        TagValue::Null => "null".to_owned(),
    }
}

/// The [`tag_key`] of a scalar.
pub(super) fn key_of(value: &Json) -> Option<String> {
    Some(tag_key(match value {
        Json::String(text) => TagValue::String(text),
        Json::Number(number) => TagValue::Number(number.as_str()),
        Json::Bool(value) => TagValue::Bool(*value),
        Json::Null => TagValue::Null,
        Json::Array(_) | Json::Object(_) => return None,
    }))
}
