//! Assertions about values that are no structs, as Rust.

use offhook_model::{Json, TypeSet};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};

use super::subject::Subject;
use super::{Assertion, Checks};
use crate::ir::Type;
use crate::whole::Whole;

/// All of several conditions as one.
pub(super) fn all(holds: &[TokenStream]) -> TokenStream {
    if holds.is_empty() { quote!(true) } else { quote!(#(#holds)&&*) }
}

/// Whether a condition always holds.
pub(super) fn is_true(condition: &TokenStream) -> bool {
    condition.to_string() == "true"
}

/// What must hold of every value that `elements` gives.
fn each(elements: &TokenStream, holds: &[TokenStream]) -> Vec<TokenStream> {
    if holds.is_empty() {
        return Vec::new();
    }
    let holds = all(holds);
    vec![quote!(#elements.all(|it| #holds))]
}

impl Checks<'_> {
    /// What must hold of a value of type `ty`, of which `wholes` hold: one of them, if these are
    /// several. Null is none of its values.
    pub(super) fn value(
        &mut self,
        ty: &Type,
        wholes: &[Whole],
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        let mut alternatives = Vec::new();
        for whole in wholes {
            for alternative in self.alternatives(whole)? {
                let kinds = alternative.kinds(self.set);
                if kinds.intersects(TypeSet::NULL) {
                    // Null is told by its kind alone.
                    let assertions = self.assertions(&alternative, TypeSet::NULL)?;
                    assertions.iter().all(Assertion::lists).then_some(())?;
                }
                if !kinds.without(TypeSet::NULL).is_empty() || *ty == Type::Null {
                    alternatives.push(alternative);
                }
            }
        }
        match ty {
            Type::Named(_) => return Some(Vec::new()),
            Type::Boxed(ty) => return self.value(ty, wholes, it),
            Type::Nullable(ty) => {
                let holds = self.value(ty, wholes, &Subject::reference(quote!(it)))?;
                let name = &it.name;
                return Some(optional(&quote!(#name.as_ref()), &holds));
            }
            Type::Any => {
                let unsaid = |whole: &Whole| whole.key(self.set).0.is_empty();
                return wholes.iter().any(unsaid).then(Vec::new);
            }
            _ => {}
        }
        let [whole] = alternatives.as_slice() else {
            return None;
        };
        let kinds = whole.kinds(self.set).without(TypeSet::NULL);
        let mut assertions = self.assertions(whole, kinds)?;
        match ty {
            Type::String => self.string(&assertions, it),
            Type::Timestamp => {
                // Reading one is what checks it. Its length is of no interest to anybody.
                assertions.retain(|assertion| assertion.value != "date-time");
                let known = assertions.iter().all(|assertion| assertion.keyword == "pattern");
                known.then(|| self.string(&assertions, it)).flatten()
            }
            Type::Number | Type::Integer => self.number(whole, &assertions, ty, it),
            Type::Boolean => self.boolean(whole, &assertions, it),
            Type::Null | Type::Discriminator(_) => {
                assertions.iter().all(Assertion::lists).then(Vec::new)
            }
            Type::Object => self.map(whole, &assertions, None, it),
            Type::Map(value) => self.map(whole, &assertions, Some(value), it),
            Type::Array(item) => self.array(whole, &assertions, item, it),
            Type::Tuple(elements) => self.tuple(whole, &assertions, elements, it),
            Type::Any | Type::Named(_) | Type::Boxed(_) | Type::Nullable(_) => None,
        }
    }

    pub(super) fn string(
        &mut self,
        assertions: &[Assertion<'_>],
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        let mut holds = Vec::new();
        let name = &it.name;
        for assertion in assertions {
            holds.push(match assertion.keyword {
                "minLength" => match count(assertion.value)? {
                    0 => continue,
                    1 => quote!(!#name.is_empty()),
                    least => {
                        let least = Literal::u64_unsuffixed(least);
                        quote!(#name.chars().count() >= #least)
                    }
                },
                "maxLength" => {
                    let most = Literal::u64_unsuffixed(count(assertion.value)?);
                    quote!(#name.chars().count() <= #most)
                }
                "pattern" => {
                    let matches = self.pattern(assertion.value.as_str()?)?;
                    let text = it.as_str();
                    quote!(#matches(#text))
                }
                "format" if assertion.value == "date-time" => {
                    let text = it.as_str();
                    quote!(is_rfc3339(#text))
                }
                _ => return None,
            });
        }
        Some(holds)
    }

    fn number(
        &self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        ty: &Type,
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        let (name, copied) = (&it.name, it.copied());
        let compared = |operator: TokenStream, bound: &Json| {
            let bound = bound_literal(bound, *ty == Type::Integer)?;
            Some(quote!(#copied #operator #bound))
        };
        let mut holds = Vec::new();
        for assertion in assertions {
            let value = assertion.value;
            holds.push(match assertion.keyword {
                "minimum" => compared(quote!(>=), value)?,
                "maximum" => compared(quote!(<=), value)?,
                "exclusiveMinimum" => compared(quote!(>), value)?,
                "exclusiveMaximum" => compared(quote!(<), value)?,
                "multipleOf" => match value.as_i64()? {
                    1 if *ty == Type::Integer => continue,
                    factor => {
                        let factor = integer(factor);
                        quote!(#name.as_i64().is_some_and(|it| it % #factor == 0))
                    }
                },
                "const" | "enum" => continue,
                _ => return None,
            });
        }
        if let Some(listed) = whole.listed(self.set) {
            let listed = listed.into_iter().filter(|value| !value.is_null());
            let listed: Option<Vec<TokenStream>> =
                listed.map(|value| compared(quote!(==), value)).collect();
            let listed = listed?;
            holds.push(match listed.as_slice() {
                [one] => one.clone(),
                several => quote!(any(&[#(#several),*])),
            });
        }
        Some(holds)
    }

    fn boolean(
        &self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        assertions.iter().all(Assertion::lists).then_some(())?;
        let listed = whole.listed(self.set).unwrap_or_default();
        let allows = |value: bool| listed.is_empty() || listed.iter().any(|one| **one == value);
        Some(match (allows(true), allows(false)) {
            (true, true) => Vec::new(),
            (true, false) => vec![it.copied()],
            _ => {
                let name = &it.name;
                vec![quote!(!#name)]
            }
        })
    }

    /// A map, whose values are of type `ty`, or any.
    fn map(
        &mut self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        ty: Option<&Type>,
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        let mut holds = Vec::new();
        let mut closed = false;
        let name = &it.name;
        for assertion in assertions {
            match (assertion.keyword, assertion.value) {
                ("additionalProperties", Json::Bool(false)) => closed = true,
                ("additionalProperties", _) | ("unevaluatedProperties", Json::Bool(true)) => {}
                ("minProperties", least) => holds.extend(at_least(it, count(least)?)),
                ("maxProperties", most) => {
                    holds.push(at_most(it, count(most)?));
                }
                _ => return None,
            }
        }
        if closed {
            holds.push(quote!(#name.is_empty()));
        } else {
            holds.extend(self.map_values(whole, ty, it)?);
        }
        Some(holds)
    }

    /// What must hold of the values of a map of those members that `whole` does not name.
    pub(super) fn map_values(
        &mut self,
        whole: &Whole,
        ty: Option<&Type>,
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        let values = whole.rest(self.set);
        let holds = match values.as_slice() {
            [] => Vec::new(),
            [_] => {
                let ty = ty.unwrap_or(&Type::Any);
                self.value(ty, &values, &Subject::reference(quote!(it)))?
            }
            _ => return None,
        };
        let name = &it.name;
        Some(each(&quote!(#name.values()), &holds))
    }

    fn array(
        &mut self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        item: &Type,
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        let mut holds = Vec::new();
        for assertion in assertions {
            let value = assertion.value;
            match assertion.keyword {
                "items" => {}
                "minItems" => holds.extend(at_least(it, count(value)?)),
                "maxItems" => holds.push(at_most(it, count(value)?)),
                "uniqueItems" if *value == Json::Bool(false) => {}
                "uniqueItems" if is_scalar(item) => {
                    let elements = it.as_reference();
                    holds.push(quote!(are_unique(#elements)));
                }
                _ => return None,
            }
        }
        let elements = [whole.elements(self.set)];
        let of_each = self.value(item, &elements, &Subject::reference(quote!(it)))?;
        let name = &it.name;
        holds.extend(each(&quote!(#name.iter()), &of_each));
        Some(holds)
    }

    fn tuple(
        &mut self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        elements: &[Type],
        it: &Subject,
    ) -> Option<Vec<TokenStream>> {
        let known = ["items", "maxItems", "minItems", "prefixItems"];
        assertions.iter().all(|assertion| known.contains(&assertion.keyword)).then_some(())?;
        let prefix = whole.exact_prefix(self.set)?;
        let (least, most) = whole.bounds(self.set, "minItems", "maxItems");
        let length = elements.len() as u64;
        (prefix.len() == elements.len() && least <= length && length <= most).then_some(())?;
        let mut holds = Vec::new();
        for (i, (ty, whole)) in elements.iter().zip(prefix).enumerate() {
            let (name, i) = (&it.name, Literal::usize_unsuffixed(i));
            holds.extend(self.value(ty, &[whole], &Subject::place(quote!(#name.#i)))?);
        }
        Some(holds)
    }
}

/// What must hold of a value that may be missing or null, given an expression of the `Option`.
pub(super) fn optional(option: &TokenStream, holds: &[TokenStream]) -> Vec<TokenStream> {
    if holds.is_empty() {
        return Vec::new();
    }
    let holds = all(holds);
    vec![quote!(#option.is_none_or(|it| #holds))]
}

fn at_least(it: &Subject, least: u64) -> Option<TokenStream> {
    let (name, literal) = (&it.name, Literal::u64_unsuffixed(least));
    match least {
        0 => None,
        1 => Some(quote!(!#name.is_empty())),
        _ => Some(quote!(#name.len() >= #literal)),
    }
}

fn at_most(it: &Subject, most: u64) -> TokenStream {
    let (name, most) = (&it.name, Literal::u64_unsuffixed(most));
    quote!(#name.len() <= #most)
}

/// Whether two values of the type are equal just when their JSON is.
fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Timestamp | Type::Number | Type::Integer | Type::Boolean)
}

/// A count, which may be written as `2.0`.
fn count(value: &Json) -> Option<u64> {
    value.as_u64()
}

/// A number that others are compared with, if Rust compares it exactly.
fn bound_literal(value: &Json, integers: bool) -> Option<TokenStream> {
    if let Some(whole) = value.as_i64() {
        return Some(integer(whole));
    }
    // Of integers, only whole bounds make sense, and these are written as such.
    let double = value.as_f64().filter(|_| !integers)?;
    format!("{double:?}_f64").parse().ok()
}

/// An integer as a literal, with a sign before it if it is negative.
fn integer(value: i64) -> TokenStream {
    let digits: Option<Literal> = grouped(value.unsigned_abs()).parse().ok();
    let digits = digits.unwrap_or_else(|| Literal::u64_unsuffixed(value.unsigned_abs()));
    if value < 0 { quote!(-#digits) } else { digits.into_token_stream() }
}

/// An integer as Rust writes it, with its digits in groups.
fn grouped(integer: u64) -> String {
    let digits = integer.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && digits.len() > 4 && (digits.len() - i).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn long_integers_are_grouped() {
        let table = [(0, "0"), (1000, "1000"), (10_000, "10_000"), (1_234_567, "1_234_567")];
        for (integer, text) in table {
            assert_eq!(grouped(integer), text);
        }
    }
}
