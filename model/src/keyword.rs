//! The one table of keywords: what each does, what its value looks like, and which drafts have it.

use crate::draft::Draft;
use crate::json::Json;
use crate::location::Location;
use crate::type_set::TypeSet;

/// A keyword of JSON Schema, or an annotation of offhook's own.
#[derive(Debug)]
pub struct Keyword {
    /// The keyword's name.
    pub name: &'static str,
    /// What it does.
    pub role: Role,
    /// What its value looks like.
    pub shape: Shape,
    /// The types of the instances that it speaks of; it asserts nothing of others.
    pub types: TypeSet,
    drafts: Drafts,
}

/// What a keyword does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names the schema or its dialect.
    Identifier,
    /// Holds schemas that others refer to, and applies none.
    Definitions,
    /// Applies schemas to the instance itself.
    InPlaceApplicator,
    /// Applies schemas to the values of members, or to their names.
    MemberApplicator,
    /// Applies schemas to elements.
    ElementApplicator,
    /// Asserts something of the instance, without a schema.
    Assertion,
    /// Says something of the instance that does not decide whether it is valid.
    Annotation,
}

/// What the value of a keyword looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A schema.
    Schema,
    /// A schema, or an array of schemas.
    SchemaOrList,
    /// An array of schemas, at least one.
    SchemaList,
    /// An object whose members are schemas.
    SchemaMap,
    /// An object whose members are schemas, and whose names are patterns.
    PatternMap,
    /// An object whose members are schemas or arrays of names.
    SchemaOrNamesMap,
    /// An array of different strings.
    Names,
    /// An object whose members are arrays of different strings.
    NamesMap,
    /// The name of a type, or an array of different ones.
    Types,
    /// An array of values, at least one.
    Values,
    /// Any array.
    List,
    /// A number.
    Number,
    /// A number above zero.
    PositiveNumber,
    /// An integer of at least zero.
    Count,
    /// `true` or `false`.
    Boolean,
    /// A string.
    Text,
    /// A pattern of ECMA-262.
    Pattern,
    /// The name of a format.
    Format,
    /// A URI reference.
    Reference,
    /// A plain name, without `#`.
    Anchor,
    /// An object of strings.
    TextMap,
    /// One of the words that say where a document says something.
    Provenance,
    /// Any value.
    Any,
}

/// The drafts that have a keyword.
type Drafts = u8;

const D4: Drafts = 1;
const D7: Drafts = 1 << 1;
const D2020: Drafts = 1 << 2;
const SINCE_7: Drafts = D7 | D2020;
const UNTIL_7: Drafts = D4 | D7;
const EVERY: Drafts = D4 | D7 | D2020;

impl Draft {
    fn bit(self) -> Drafts {
        match self {
            Self::Draft4 => D4,
            Self::Draft7 => D7,
            Self::Draft202012 => D2020,
        }
    }
}

/// The words that `x-source` may have.
pub const PROVENANCES: [&str; 6] = ["table", "prose", "example", "vendor-code", "name", "observed"];

/// The formats that are judged.
pub const FORMATS: [&str; 19] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

const ANY: TypeSet = TypeSet::ALL;
const ARRAY: TypeSet = TypeSet::ARRAY;
const NUMBER: TypeSet = TypeSet::NUMBER;
const OBJECT: TypeSet = TypeSet::OBJECT;
const STRING: TypeSet = TypeSet::STRING;

const fn row(
    name: &'static str,
    role: Role,
    shape: Shape,
    types: TypeSet,
    drafts: Drafts,
) -> Keyword {
    Keyword { name, role, shape, types, drafts }
}

use Role::{
    Annotation, Assertion, Definitions, ElementApplicator, Identifier, InPlaceApplicator,
    MemberApplicator,
};

/// Every keyword, by name. One that means other things to other drafts has a row for each meaning.
static TABLE: [Keyword; 67] = [
    row("$anchor", Identifier, Shape::Anchor, ANY, D2020),
    row("$comment", Annotation, Shape::Text, ANY, EVERY),
    row("$defs", Definitions, Shape::SchemaMap, ANY, EVERY),
    row("$id", Identifier, Shape::Text, ANY, SINCE_7),
    row("$ref", InPlaceApplicator, Shape::Reference, ANY, EVERY),
    row("$schema", Identifier, Shape::Text, ANY, EVERY),
    row("additionalItems", ElementApplicator, Shape::Schema, ARRAY, UNTIL_7),
    row("additionalProperties", MemberApplicator, Shape::Schema, OBJECT, EVERY),
    row("allOf", InPlaceApplicator, Shape::SchemaList, ANY, EVERY),
    row("anyOf", InPlaceApplicator, Shape::SchemaList, ANY, EVERY),
    row("const", Assertion, Shape::Any, ANY, SINCE_7),
    row("contains", ElementApplicator, Shape::Schema, ARRAY, SINCE_7),
    row("contentEncoding", Annotation, Shape::Text, STRING, SINCE_7),
    row("contentMediaType", Annotation, Shape::Text, STRING, SINCE_7),
    row("contentSchema", Definitions, Shape::Schema, STRING, EVERY),
    row("default", Annotation, Shape::Any, ANY, EVERY),
    row("definitions", Definitions, Shape::SchemaMap, ANY, EVERY),
    row("dependencies", InPlaceApplicator, Shape::SchemaOrNamesMap, OBJECT, EVERY),
    row("dependentRequired", Assertion, Shape::NamesMap, OBJECT, D2020),
    row("dependentSchemas", InPlaceApplicator, Shape::SchemaMap, OBJECT, D2020),
    row("deprecated", Annotation, Shape::Boolean, ANY, EVERY),
    row("description", Annotation, Shape::Text, ANY, EVERY),
    row("else", InPlaceApplicator, Shape::Schema, ANY, SINCE_7),
    row("enum", Assertion, Shape::Values, ANY, EVERY),
    row("examples", Annotation, Shape::List, ANY, EVERY),
    row("exclusiveMaximum", Assertion, Shape::Boolean, NUMBER, D4),
    row("exclusiveMaximum", Assertion, Shape::Number, NUMBER, SINCE_7),
    row("exclusiveMinimum", Assertion, Shape::Boolean, NUMBER, D4),
    row("exclusiveMinimum", Assertion, Shape::Number, NUMBER, SINCE_7),
    row("format", Assertion, Shape::Format, STRING, EVERY),
    row("id", Identifier, Shape::Text, ANY, D4),
    row("if", InPlaceApplicator, Shape::Schema, ANY, SINCE_7),
    row("items", ElementApplicator, Shape::SchemaOrList, ARRAY, UNTIL_7),
    row("items", ElementApplicator, Shape::Schema, ARRAY, D2020),
    row("maxContains", Assertion, Shape::Count, ARRAY, D2020),
    row("maxItems", Assertion, Shape::Count, ARRAY, EVERY),
    row("maxLength", Assertion, Shape::Count, STRING, EVERY),
    row("maxProperties", Assertion, Shape::Count, OBJECT, EVERY),
    row("maximum", Assertion, Shape::Number, NUMBER, EVERY),
    row("minContains", Assertion, Shape::Count, ARRAY, D2020),
    row("minItems", Assertion, Shape::Count, ARRAY, EVERY),
    row("minLength", Assertion, Shape::Count, STRING, EVERY),
    row("minProperties", Assertion, Shape::Count, OBJECT, EVERY),
    row("minimum", Assertion, Shape::Number, NUMBER, EVERY),
    row("multipleOf", Assertion, Shape::PositiveNumber, NUMBER, EVERY),
    row("not", InPlaceApplicator, Shape::Schema, ANY, EVERY),
    row("oneOf", InPlaceApplicator, Shape::SchemaList, ANY, EVERY),
    row("pattern", Assertion, Shape::Pattern, STRING, EVERY),
    row("patternProperties", MemberApplicator, Shape::PatternMap, OBJECT, EVERY),
    row("prefixItems", ElementApplicator, Shape::SchemaList, ARRAY, D2020),
    row("properties", MemberApplicator, Shape::SchemaMap, OBJECT, EVERY),
    row("propertyNames", MemberApplicator, Shape::Schema, OBJECT, SINCE_7),
    row("readOnly", Annotation, Shape::Boolean, ANY, EVERY),
    row("required", Assertion, Shape::Names, OBJECT, EVERY),
    row("then", InPlaceApplicator, Shape::Schema, ANY, SINCE_7),
    row("title", Annotation, Shape::Text, ANY, EVERY),
    row("type", Assertion, Shape::Types, ANY, EVERY),
    row("unevaluatedItems", ElementApplicator, Shape::Schema, ARRAY, D2020),
    row("unevaluatedProperties", MemberApplicator, Shape::Schema, OBJECT, D2020),
    row("uniqueItems", Assertion, Shape::Boolean, ARRAY, EVERY),
    row("writeOnly", Annotation, Shape::Boolean, ANY, EVERY),
    row("x-advice", Annotation, Shape::Schema, ANY, EVERY),
    row("x-enum-descriptions", Annotation, Shape::TextMap, ANY, EVERY),
    row("x-enum-names", Annotation, Shape::TextMap, ANY, EVERY),
    row("x-rust-name", Annotation, Shape::Text, ANY, EVERY),
    row("x-sensitive", Annotation, Shape::Boolean, ANY, EVERY),
    row("x-source", Annotation, Shape::Provenance, ANY, EVERY),
];

/// Returns the keyword `name` of a draft; `None` if the draft has no such keyword.
pub fn keyword(draft: Draft, name: &str) -> Option<&'static Keyword> {
    let first = TABLE.partition_point(|row| row.name < name);
    let rows = TABLE[first..].iter().take_while(|row| row.name == name);
    rows.into_iter().find(|row| row.drafts & draft.bit() != 0)
}

/// Returns the keyword `name` of canonical schemas, which are of draft 2020-12.
pub fn canonical(name: &str) -> Option<&'static Keyword> {
    keyword(Draft::Draft202012, name)
}

/// Returns the names of a draft's keywords, in alphabetical order.
pub fn names(draft: Draft) -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(move |row| row.drafts & draft.bit() != 0).map(|row| row.name)
}

/// Whether the keyword `name` of a canonical schema asserts nothing by itself. Unknown ones do not.
pub fn is_annotation(name: &str) -> bool {
    canonical(name).is_none_or(|keyword| {
        matches!(keyword.role, Role::Annotation | Role::Definitions | Role::Identifier)
    })
}

/// Whether the keyword `name` of a canonical schema asserts something without a schema.
pub fn is_assertion(name: &str) -> bool {
    canonical(name).is_some_and(|keyword| keyword.role == Role::Assertion)
}

impl Keyword {
    /// Returns the schemas that the keyword's `value` at `location` holds, in document order.
    ///
    /// A value of another shape holds none.
    pub fn subschemas<'a>(
        &self,
        location: &Location,
        value: &'a Json,
    ) -> Vec<(Location, &'a Json)> {
        match (self.shape, value) {
            (Shape::SchemaList | Shape::SchemaOrList, Json::Array(elements)) => elements
                .iter()
                .enumerate()
                .map(|(index, schema)| (location.element(index), schema))
                .collect(),
            (Shape::Schema | Shape::SchemaOrList, schema) => vec![(location.clone(), schema)],
            (
                Shape::SchemaMap | Shape::PatternMap | Shape::SchemaOrNamesMap,
                Json::Object(members),
            ) => members
                .iter()
                .filter(|(_, value)| self.shape != Shape::SchemaOrNamesMap || !value.is_array())
                .map(|(name, schema)| (location.child(name), schema))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// Returns the schemas directly below the one at `location`, in document order.
///
/// Members may be called like keywords, so a location alone does not tell a schema.
pub fn subschemas<'a>(
    draft: Draft,
    location: &Location,
    schema: &'a Json,
) -> Vec<(Location, &'a Json)> {
    let members = schema.as_object().into_iter().flatten();
    let known = members.filter_map(|(name, value)| Some((keyword(draft, name)?, value)));
    known
        .flat_map(|(keyword, value)| keyword.subschemas(&location.child(keyword.name), value))
        .collect()
}

/// Returns the schemas that the keyword `name` of a canonical schema holds, in document order.
pub fn schemas_in<'a>(
    name: &str,
    location: &Location,
    value: &'a Json,
) -> Vec<(Location, &'a Json)> {
    canonical(name).map(|keyword| keyword.subschemas(location, value)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Draft, Shape, TABLE, keyword};

    #[test]
    fn the_table_is_sorted_and_no_draft_has_two_rows_of_a_name() {
        assert!(TABLE.is_sorted_by(|one, next| one.name <= next.name));
        for rows in TABLE.chunk_by(|one, next| one.name == next.name) {
            let together = rows.iter().fold(0, |seen, row| {
                assert_eq!(seen & row.drafts, 0, "{}", row.name);
                seen | row.drafts
            });
            assert_ne!(together, 0, "{}", rows[0].name);
        }
    }

    #[test]
    fn a_keyword_means_what_its_draft_says() {
        let shape = |draft, name| keyword(draft, name).map(|keyword| keyword.shape);
        assert_eq!(shape(Draft::Draft4, "exclusiveMinimum"), Some(Shape::Boolean));
        assert_eq!(shape(Draft::Draft7, "exclusiveMinimum"), Some(Shape::Number));
        assert_eq!(shape(Draft::Draft7, "items"), Some(Shape::SchemaOrList));
        assert_eq!(shape(Draft::Draft202012, "items"), Some(Shape::Schema));
        assert_eq!(shape(Draft::Draft202012, "additionalItems"), None);
        assert_eq!(shape(Draft::Draft7, "prefixItems"), None);
        assert_eq!(shape(Draft::Draft4, "const"), None);
        assert_eq!(shape(Draft::Draft202012, "zebra"), None);
    }
}
