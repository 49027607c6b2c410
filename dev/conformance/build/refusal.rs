//! The keyword that a schema is refused for.

use offhook_model::Draft;
use offhook_model::keyword::{self, Shape};
use offhook_model::location::tokens;

/// The last keyword on the way that `pointer` describes; none if it leads to the whole schema.
///
/// The names in `properties` and its like are no keywords, whatever they are called.
pub(crate) fn keyword(pointer: &str) -> Option<String> {
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
