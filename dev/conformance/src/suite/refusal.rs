//! Why a schema is refused by design: the keyword that it is refused for, and the reason.

use offhook_model::Draft;
use offhook_model::keyword::{self, Shape};
use offhook_model::location::tokens;

/// The keywords that a schema may be refused for, by reason.
pub const BY_DESIGN: &[(&str, &[&str])] = &[
    ("what a reference means must not depend on the way there", &["$dynamicAnchor", "$dynamicRef"]),
    ("nothing is fetched from elsewhere", &["$ref"]),
    ("other drafts and vocabularies", &["$schema"]),
    ("formats that nobody would check", &["format"]),
    ("a list of no values, which nothing is one of", &["enum"]),
    (
        "keywords that draft 2020-12 does not have",
        &["array_of_schemas", "dependencies", "unknown-keyword", "unknown/keyword"],
    ),
];

/// Returns the reason why offhook refuses schemas for `keyword`; `None` if it should not.
pub fn reason(keyword: &str) -> Option<&'static str> {
    let mut reasons = BY_DESIGN.iter();
    reasons.find(|(_, keywords)| keywords.contains(&keyword)).map(|(reason, _)| *reason)
}

/// Returns the last keyword on the way that `pointer` describes; `None` if it leads to the whole schema.
///
/// The names in `properties` and its like are no keywords, whatever they are called.
pub fn keyword(pointer: &str) -> Option<String> {
    let mut last = None;
    let mut tokens = tokens(pointer);
    while let Some(token) = tokens.next() {
        let shape = shape(&token);
        last = Some(token.into_owned());
        match shape {
            Some(Shape::Schema | Shape::SchemaOrList) => {}
            Some(
                Shape::SchemaList | Shape::SchemaMap | Shape::PatternMap | Shape::SchemaOrNamesMap,
            ) => drop(tokens.next()),
            _ => break,
        }
    }
    last
}

/// What the value of a keyword looks like in the newest draft that has it.
fn shape(name: &str) -> Option<Shape> {
    let keyword = [Draft::Draft202012, Draft::Draft7].map(|draft| keyword::keyword(draft, name));
    keyword.into_iter().flatten().next().map(|keyword| keyword.shape)
}
