//! Values changed so that one assertion no longer holds of them.

use serde_json::{Map, Value, json};

use super::array::least_contained;
use super::demand::count;
use super::fault::Assertion;
use super::number::Range;
use super::{Generator, TRIES, format, is_of, text};
use crate::bundle::{Schema, strings};
use crate::json::same;

/// Nothing is made longer to break a limit.
const LONG: usize = 20_000;

/// How deep the parts of changed values count as being: they need not be rich.
const DEPTH: u32 = 4;

impl<'b> Generator<'b> {
    /// `valid` with `assertion` broken; nothing if that cannot be done.
    pub(super) fn broken(&mut self, assertion: &Assertion<'b>, valid: &Value) -> Option<Value> {
        let mut instance = valid.clone();
        let value = instance.pointer_mut(&assertion.pointer)?;
        *value = match &*value {
            _ if WHOLE.contains(&assertion.keyword) => self.other(assertion, value)?,
            Value::Object(members) => self.other_object(assertion, members.clone())?.into(),
            Value::Array(elements) => self.other_array(assertion, elements.clone())?.into(),
            Value::String(text) => self.other_string(assertion, text)?.into(),
            Value::Number(number) => {
                let bound = assertion.schema.get(assertion.keyword)?.as_f64()?;
                Range::beyond(assertion.keyword, bound, number.as_f64()?, &mut self.decks)?
            }
            _ => return None,
        };
        Some(instance)
    }

    /// Another value where the assertion does not depend on the type.
    fn other(&mut self, assertion: &Assertion<'b>, value: &Value) -> Option<Value> {
        let Assertion { schema, keyword, .. } = *assertion;
        match keyword {
            "type" => self.of_other_type(schema),
            "const" => self.unlisted(&[schema.get(keyword)?], value),
            "enum" => {
                let listed: Vec<&Value> = schema.get(keyword)?.as_array()?.iter().collect();
                self.unlisted(&listed, value)
            }
            "not" => self.of_what_is_excluded(schema.schema("not")?, value),
            _ => self.of_no_branch(&schema.list(keyword), keyword, value),
        }
    }

    fn of_other_type(&mut self, schema: Schema<'b>) -> Option<Value> {
        let types = schema.get("type")?;
        let allowed: Vec<&str> = match types {
            Value::String(only) => vec![only],
            list => strings(Some(list)).collect(),
        };
        let values = [
            json!(null),
            json!(true),
            json!(0),
            json!(1.5),
            json!("text"),
            json!(""),
            json!([]),
            json!({}),
        ];
        let others = values.iter().filter(|value| !allowed.iter().any(|name| is_of(name, value)));
        let others: Vec<&Value> = others.collect();
        self.decks.pick(&others).map(|value| (*value).clone())
    }

    /// A value that is none of `listed`, but like `value`.
    fn unlisted(&mut self, listed: &[&Value], value: &Value) -> Option<Value> {
        let near = match value {
            Value::String(string) => [
                json!(string.to_uppercase()),
                json!(format!("{string} ")),
                json!(text::edited(string, &mut self.decks)),
                json!([string]),
            ],
            Value::Number(number) => {
                let number = number.as_f64()?;
                [json!(number + 1.0), json!(number + 0.5), json!(number.to_string()), json!(null)]
            }
            Value::Bool(word) => [json!(!word), json!(word.to_string()), json!(0), json!(1)],
            Value::Array(elements) => {
                let reversed: Vec<&Value> = elements.iter().rev().collect();
                [json!(reversed), json!([elements]), json!([]), json!({})]
            }
            Value::Object(members) => {
                let fewer: Map<String, Value> = members.clone().into_iter().skip(1).collect();
                let mut more = members.clone();
                more.insert("more".to_owned(), Value::Null);
                [json!(fewer), json!(more), json!({}), json!([])]
            }
            Value::Null => [json!(0), json!(false), json!("null"), json!({})],
        };
        let unlisted = |near: &&Value| !listed.iter().any(|value| same(value, near));
        let near: Vec<&Value> = near.iter().filter(unlisted).collect();
        self.decks.pick(&near).map(|value| (*value).clone())
    }

    /// A value that `excluded` holds of, by adding to `value` if possible.
    fn of_what_is_excluded(&mut self, excluded: Schema<'b>, value: &Value) -> Option<Value> {
        let other = self.value(&[excluded], DEPTH)?;
        let (Value::Object(members), Value::Object(other)) = (value, &other) else {
            return Some(other);
        };
        let mut members = members.clone();
        members.extend(other.clone());
        let merged = Value::Object(members);
        Some(if self.holds(excluded, &merged) { merged } else { other.clone().into() })
    }

    /// A value that fits no branch, or two of a `oneOf`.
    fn of_no_branch(
        &mut self,
        branches: &[Schema<'b>],
        keyword: &str,
        value: &Value,
    ) -> Option<Value> {
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

    fn other_object(
        &mut self,
        assertion: &Assertion<'b>,
        mut members: Map<String, Value>,
    ) -> Option<Map<String, Value>> {
        let Assertion { schema, keyword, name, .. } = *assertion;
        match keyword {
            "required" => drop(members.remove(name)?),
            "properties" => drop(members.insert(name.to_owned(), self.free(DEPTH))),
            "patternProperties" => {
                let pattern = self.patterns.get(name)?;
                let of_name = schema.named(keyword).find(|(known, _)| *known == name)?.1;
                let added = pattern.sample(&mut self.decks, 0, usize::MAX)?;
                members.insert(added, self.unfit(of_name, DEPTH)?);
            }
            "additionalProperties" | "unevaluatedProperties" => {
                let added = self.undocumented(schema, &members)?;
                members.insert(added, self.unfit(schema.schema(keyword)?, DEPTH)?);
            }
            "propertyNames" => {
                let names = schema.schema(keyword)?;
                let Value::String(added) = self.unfit_name(names)? else { return None };
                members.insert(added, self.free(DEPTH));
            }
            "dependentRequired" => {
                let dependent: Vec<&str> = strings(schema.get(keyword)?.get(name)).collect();
                let lacking = *self.decks.pick(&dependent)?;
                if !members.contains_key(name) {
                    members.insert(name.to_owned(), self.member_value(schema, name)?);
                }
                members.remove(lacking);
            }
            "dependentSchemas" => {
                let dependent = schema.named(keyword).find(|(known, _)| *known == name)?.1;
                if !members.contains_key(name) {
                    members.insert(name.to_owned(), self.member_value(schema, name)?);
                }
                let with_name = Value::Object(members.clone());
                if self.holds(dependent, &with_name)
                    && let Value::Object(changed) = self.fault_in(dependent, &with_name)?
                {
                    members = changed;
                }
            }
            "minProperties" => {
                let least = schema.get(keyword).and_then(count)?;
                while members.len() >= least {
                    let names: Vec<String> = members.keys().cloned().collect();
                    members.remove(self.decks.pick(&names)?);
                }
            }
            "maxProperties" => {
                let most = schema.get(keyword).and_then(count).filter(|most| *most < LONG)?;
                while members.len() <= most {
                    let added = self.undocumented(schema, &members)?;
                    members.insert(added, self.free(DEPTH));
                }
            }
            _ => return None,
        }
        Some(members)
    }

    /// A value for the member `name` as `schema` has it.
    fn member_value(&mut self, schema: Schema<'b>, name: &str) -> Option<Value> {
        let schemas = self.documented(schema, name);
        self.value(&schemas, DEPTH)
    }

    /// A name that is no member yet, and that `schema` knows nothing of.
    fn undocumented(&mut self, schema: Schema<'b>, members: &Map<String, Value>) -> Option<String> {
        for attempt in 0..TRIES {
            let length = 2 + self.decks.below(6) + attempt;
            let name = text::of_length(length, &mut self.decks);
            if !members.contains_key(&name) && self.documented(schema, &name).is_empty() {
                return Some(name);
            }
        }
        None
    }

    /// A string that is no instance of `names`.
    fn unfit_name(&mut self, names: Schema<'b>) -> Option<Value> {
        for _ in 0..TRIES {
            let length = self.decks.below(30);
            let free = Value::String(text::of_length(length, &mut self.decks));
            let found = self.unfit(names, DEPTH).filter(Value::is_string).unwrap_or(free);
            if !self.holds(names, &found) {
                return Some(found);
            }
        }
        None
    }

    fn other_array(
        &mut self,
        assertion: &Assertion<'b>,
        mut elements: Vec<Value>,
    ) -> Option<Vec<Value>> {
        let Assertion { schema, keyword, .. } = *assertion;
        let limit = schema.get(keyword).and_then(count);
        match keyword {
            "items" | "unevaluatedItems" => {
                let positions = schema.list("prefixItems").len();
                let unfit = self.unfit(schema.schema(keyword)?, DEPTH)?;
                while elements.len() < positions {
                    elements.push(self.element_value(schema, elements.len())?);
                }
                elements.push(unfit);
            }
            "contains" | "minContains" => {
                let contains = schema.schema("contains")?;
                let allowed = least_contained(schema).checked_sub(1)?;
                let holding = |element: &&mut Value| self.oracle.holds(contains, element);
                let holding: Vec<&mut Value> = elements.iter_mut().filter(holding).collect();
                for element in holding.into_iter().skip(allowed) {
                    *element = self.unfit(contains, DEPTH)?;
                }
            }
            "maxContains" => {
                let contains = schema.schema("contains")?;
                let holding = elements.iter().filter(|element| self.holds(contains, element));
                for _ in holding.count()..=limit.filter(|limit| *limit < LONG)? {
                    elements.push(self.value(&[contains], DEPTH)?);
                }
            }
            "minItems" => elements.truncate(limit?.checked_sub(1)?),
            "maxItems" => {
                while elements.len() <= limit.filter(|limit| *limit < LONG)? {
                    elements.push(self.element_value(schema, elements.len())?);
                }
            }
            "uniqueItems" => {
                if elements.is_empty() {
                    elements.push(self.element_value(schema, 0)?);
                }
                let twice = self.decks.pick(&elements)?.clone();
                // At the end, or in the place of another.
                match elements.len() {
                    length @ 2.. if self.decks.once_in(2) => {
                        let first = usize::from(same(&elements[0], &twice));
                        elements[first.min(length - 1)] = twice.clone();
                        if !elements.iter().skip(1).any(|other| same(other, &twice)) {
                            elements.push(twice);
                        }
                    }
                    _ => elements.push(twice),
                }
            }
            _ => return None,
        }
        Some(elements)
    }

    /// A value for the element at `index` as `schema` has it.
    fn element_value(&mut self, schema: Schema<'b>, index: usize) -> Option<Value> {
        self.value(&schema.element(index).into_iter().collect::<Vec<_>>(), DEPTH)
    }

    fn other_string(&mut self, assertion: &Assertion<'b>, string: &str) -> Option<String> {
        let Assertion { schema, keyword, .. } = *assertion;
        let limit = schema.get(keyword).and_then(count);
        match keyword {
            "minLength" => {
                let shorter = limit?.checked_sub(1)?;
                Some(if self.decks.once_in(2) {
                    string.chars().take(shorter).collect()
                } else {
                    // Two units of UTF-16 and four bytes each, but one character.
                    "😀".repeat(shorter)
                })
            }
            "maxLength" => {
                let longer = limit.filter(|limit| *limit < LONG)? + 1;
                let fill = longer.saturating_sub(string.chars().count());
                Some(format!("{string}{}", text::of_length(fill, &mut self.decks)))
            }
            "pattern" => {
                let pattern = self.patterns.get(schema.get(keyword)?.as_str()?)?;
                let mut changed = string.to_owned();
                for _ in 0..TRIES * 2 {
                    changed = text::edited(&changed, &mut self.decks);
                    if !pattern.matches(&changed) {
                        return Some(changed);
                    }
                }
                (!pattern.matches("")).then(String::new)
            }
            "format" => {
                let format = schema.get(keyword)?.as_str()?;
                format::bad(format, &mut self.patterns, &mut self.decks)
            }
            _ => None,
        }
    }
}

/// The assertions about values of every type.
const WHOLE: [&str; 6] = ["anyOf", "const", "enum", "not", "oneOf", "type"];
