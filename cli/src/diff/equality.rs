//! Whether two schemas say the same in the same words, whatever stands where.

use std::collections::HashSet;

use offhook_model::keyword::{FORMATS, Shape, canonical, is_annotation};

use crate::catalogue::{Json, Location, Members, Schema};
use crate::diff::place::{Place, location};

/// A schema of the old version, and one of the new.
type Pair<'v, 'w> = (Schema<'v>, Schema<'w>);

/// Compares schemas of two versions, each pair once. A schema may contain itself.
#[derive(Debug, Default)]
pub(crate) struct Equality {
    proven: HashSet<[Location; 2]>,
    disproven: HashSet<[Location; 2]>,
}

impl Equality {
    pub(crate) fn places(&mut self, old: &Place<'_>, new: &Place<'_>) -> bool {
        old.roots.len() == new.roots.len()
            && old.roots.iter().zip(&new.roots).all(|(old, new)| self.schemas(old, new))
    }

    pub(crate) fn schemas(&mut self, old: &Schema<'_>, new: &Schema<'_>) -> bool {
        self.all_of(vec![(old.clone(), new.clone())])
    }

    /// Whether the values of a keyword are the same.
    pub(crate) fn values(&mut self, keyword: &str, old: &Schema<'_>, new: &Schema<'_>) -> bool {
        let mut inside = Vec::new();
        are_alike(keyword, old, new, &mut inside) && self.all_of(inside)
    }

    fn all_of<'v, 'w>(&mut self, pairs: Vec<Pair<'v, 'w>>) -> bool {
        let mut assumed = HashSet::new();
        // Each pair of locations, and which pair it is in.
        let mut trail: Vec<([Location; 2], Option<usize>)> = Vec::new();
        let mut ahead: Vec<(Pair<'v, 'w>, Option<usize>)> =
            pairs.into_iter().map(|pair| (pair, None)).collect();
        while let Some(((old, new), around)) = ahead.pop() {
            let (old, new) = (referred(&old), referred(&new));
            let pair = [location(&old), location(&new)];
            if self.proven.contains(&pair) || !assumed.insert(pair.clone()) {
                continue;
            }
            let is_other = self.disproven.contains(&pair);
            trail.push((pair, around));
            let mut inside = Vec::new();
            if is_other || !is_alike(&old, &new, &mut inside) {
                // What these are in differs, too.
                let mut at = Some(trail.len() - 1);
                while let Some((pair, around)) = at.map(|at| &trail[at]) {
                    self.disproven.insert(pair.clone());
                    at = *around;
                }
                return false;
            }
            let around = Some(trail.len() - 1);
            ahead.extend(inside.into_iter().map(|pair| (pair, around)));
        }
        self.proven.extend(assumed);
        true
    }
}

/// Returns the schema itself, or what a mere reference leads to.
pub(crate) fn referred<'v>(schema: &Schema<'v>) -> Schema<'v> {
    let is_mere = |schema: &Schema<'_>| {
        let own = schema.json().as_object().into_iter().flatten();
        schema.own("$ref").is_some()
            && own.into_iter().all(|(name, value)| name == "$ref" || !is_compared(name, value))
    };
    if !is_mere(schema) {
        return schema.clone();
    }
    let layers = schema.layers();
    let end = layers.iter().find(|layer| !is_mere(layer)).or(layers.last());
    end.unwrap_or(schema).clone()
}

/// Whether a keyword decides what a schema lets through.
pub(crate) fn is_asserting(keyword: &str, value: &Json) -> bool {
    if keyword == "format" {
        return value.as_str().is_some_and(|format| FORMATS.contains(&format));
    }
    !is_annotation(keyword)
}

fn is_compared(keyword: &str, value: &Json) -> bool {
    keyword == "x-advice" || is_asserting(keyword, value)
}

/// Whether two schemas are the same if those are that it adds to `inside`.
fn is_alike<'v, 'w>(old: &Schema<'v>, new: &Schema<'w>, inside: &mut Vec<Pair<'v, 'w>>) -> bool {
    let (Some(olds), Some(news)) = (old.json().as_object(), new.json().as_object()) else {
        return old.json() == new.json();
    };
    let count = |own: &Members| own.iter().filter(|(name, value)| is_compared(name, value)).count();
    count(olds) == count(news)
        && olds.iter().filter(|(name, value)| is_compared(name, value)).all(|(name, _)| {
            match (old.child(name), new.child(name)) {
                (Some(old), Some(new)) => are_alike(name, &old, &new, inside),
                _ => false,
            }
        })
        && match (old.target(), new.target()) {
            (Some(old), Some(new)) => {
                inside.push((old, new));
                true
            }
            (None, None) => true,
            _ => false,
        }
}

fn are_alike<'v, 'w>(
    keyword: &str,
    old: &Schema<'v>,
    new: &Schema<'w>,
    inside: &mut Vec<Pair<'v, 'w>>,
) -> bool {
    match canonical(keyword).map(|keyword| keyword.shape) {
        // Where it leads is compared instead.
        Some(Shape::Reference) => true,
        Some(Shape::Schema) => {
            inside.push((old.clone(), new.clone()));
            true
        }
        Some(Shape::SchemaList) => {
            let (olds, news) = (old.elements(), new.elements());
            let is_as_long = olds.len() == news.len();
            inside.extend(olds.into_iter().zip(news));
            is_as_long
        }
        Some(Shape::SchemaMap | Shape::PatternMap) => {
            let olds = old.members();
            let is_as_long = Some(olds.len()) == new.json().as_object().map(Members::len);
            is_as_long
                && olds
                    .into_iter()
                    .all(|(name, old)| new.child(name).map(|new| inside.push((old, new))).is_some())
        }
        _ => old.json() == new.json(),
    }
}
