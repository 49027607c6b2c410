//! Values changed so that one assertion no longer holds of them.

mod array;
mod object;
mod string;

use offhook_model::json::parse;
use offhook_model::{Json, Object};

use super::fault::Assertion;
use super::number::{self, Range};
use super::{Generator, TRIES, is_of, text};
use crate::bundle::{Schema, strings};
use crate::json::same;
use crate::number::exact;

/// The assertions about values of every type.
const WHOLE: [&str; 6] = ["anyOf", "const", "enum", "not", "oneOf", "type"];

/// Nothing is made longer to break a limit.
const LONG: usize = 20_000;

/// How deep the parts of changed values count as being: they need not be rich.
const DEPTH: u32 = 4;

impl<'b> Generator<'b> {
    /// `valid` with `assertion` broken; nothing if that cannot be done.
    pub(super) fn broken(&mut self, assertion: &Assertion<'b>, valid: &Json) -> Option<Json> {
        let mut instance = valid.clone();
        let value = instance.pointer_mut(&assertion.pointer)?;
        *value = match &*value {
            _ if WHOLE.contains(&assertion.keyword) => self.other(assertion, value)?,
            Json::Object(members) => self.other_object(assertion, members.clone())?.into(),
            Json::Array(elements) => self.other_array(assertion, elements.clone())?.into(),
            Json::String(text) => self.other_string(assertion, text)?.into(),
            Json::Number(number) => {
                let bound = assertion.schema.get(assertion.keyword)?.as_number()?;
                Range::beyond(assertion.keyword, bound, number, &mut self.decks)?
            }
            _ => return None,
        };
        Some(instance)
    }

    /// Another value where the assertion does not depend on the type.
    fn other(&mut self, assertion: &Assertion<'b>, value: &Json) -> Option<Json> {
        let Assertion { schema, keyword, .. } = *assertion;
        match keyword {
            "type" => self.of_other_type(schema),
            "const" => self.unlisted(&[schema.get(keyword)?], value),
            "enum" => {
                let listed: Vec<&Json> = schema.get(keyword)?.as_array()?.iter().collect();
                self.unlisted(&listed, value)
            }
            "not" => self.of_what_is_excluded(schema.schema("not")?, value),
            _ => self.of_no_branch(&schema.list(keyword), keyword, value),
        }
    }

    fn of_other_type(&mut self, schema: Schema<'b>) -> Option<Json> {
        let types = schema.get("type")?;
        let allowed: Vec<&str> = match types {
            Json::String(only) => vec![only],
            list => strings(Some(list)).collect(),
        };
        let others = ["null", "true", "0", "\"text\"", "\"\"", "[]", "{}"];
        let fractions = ["1.5", "1e-400", "4503599627370497.5", "0.99999999999999999999"];
        let fraction = self.decks.pick(&fractions).copied();
        let values: Vec<Json> = others.into_iter().chain(fraction).map(json).collect();
        let others = values.iter().filter(|value| !allowed.iter().any(|name| is_of(name, value)));
        let others: Vec<&Json> = others.collect();
        self.decks.pick(&others).map(|value| (*value).clone())
    }

    /// A value that is none of `listed`, but like `value`.
    fn unlisted(&mut self, listed: &[&Json], value: &Json) -> Option<Json> {
        let near = match value {
            Json::String(string) => [
                string.to_uppercase().into(),
                format!("{string} ").into(),
                text::edited(string, &mut self.decks).into(),
                vec![value.clone()].into(),
            ],
            Json::Number(number) => {
                let beside =
                    number::beside(&exact(number), if self.decks.once_in(2) { 1 } else { -1 });
                let near = self.decks.pick(&beside).and_then(number::value).unwrap_or_default();
                [near, json("1.5"), number.as_str().into(), Json::Null]
            }
            Json::Bool(word) => [(!word).into(), word.to_string().into(), json("0"), json("1")],
            Json::Array(elements) => {
                let reversed = elements.iter().rev().cloned().collect();
                [reversed, vec![value.clone()].into(), json("[]"), json("{}")]
            }
            Json::Object(members) => {
                let fewer: Object = members.clone().into_iter().skip(1).collect();
                let mut more = members.clone();
                more.insert("more".to_owned(), Json::Null);
                [fewer.into(), more.into(), json("{}"), json("[]")]
            }
            Json::Null => [json("0"), json("false"), json("\"null\""), json("{}")],
        };
        let unlisted = |near: &&Json| !listed.iter().any(|value| same(value, near));
        let near: Vec<&Json> = near.iter().filter(unlisted).collect();
        self.decks.pick(&near).map(|value| (*value).clone())
    }

    /// A value that `excluded` holds of, by adding to `value` if possible.
    fn of_what_is_excluded(&mut self, excluded: Schema<'b>, value: &Json) -> Option<Json> {
        let other = self.value(&[excluded], DEPTH)?;
        let (Json::Object(members), Json::Object(other)) = (value, &other) else {
            return Some(other);
        };
        let mut members = members.clone();
        members.extend(other.clone());
        let merged = Json::Object(members);
        Some(if self.holds(excluded, &merged) { merged } else { other.clone().into() })
    }

    /// A value that fits no branch, or two of a `oneOf`.
    fn of_no_branch(
        &mut self,
        branches: &[Schema<'b>],
        keyword: &str,
        value: &Json,
    ) -> Option<Json> {
        let mut changed = value.clone();
        for attempt in 0..TRIES {
            let holding: Vec<Schema<'b>> =
                branches.iter().copied().filter(|branch| self.holds(*branch, &changed)).collect();
            if holding.is_empty() || keyword == "oneOf" && holding.len() > 1 {
                return Some(changed);
            }
            let pair = [*self.decks.pick(branches)?, *self.decks.pick(branches)?];
            changed = match attempt % 3 {
                // One branch after the other is broken.
                0 | 1 => match self.fault_in(holding[0], &changed) {
                    Some(changed) => changed,
                    None => continue,
                },
                _ if keyword == "oneOf" && pair[0].id() != pair[1].id() => {
                    self.value(&pair, DEPTH).unwrap_or_else(|| value.clone())
                }
                _ => self.free(DEPTH),
            };
        }
        None
    }
}

/// The value that is written like this.
fn json(text: &str) -> Json {
    parse(text).unwrap_or_default()
}
