//! Assertions about values that are no structs, as Rust.

use offhook_model::{Json, TypeSet};
use proc_macro2::Literal;
use syn::{BinOp, Expr, parse_quote};

use super::condition::Condition;
use super::operand::Operand;
use super::{Assertion, Checks};
use crate::ir::Type;
use crate::whole::Whole;

impl Checks<'_> {
    /// What must hold of a value of type `ty`, of which `wholes` hold: one of them, if these are
    /// several. Null is none of its values.
    pub(super) fn value(&mut self, ty: &Type, wholes: &[Whole], it: &Operand) -> Option<Condition> {
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
            Type::Named(_) => return Some(Condition::True),
            Type::Boxed(ty) => return self.value(ty, wholes, it),
            Type::Nullable(ty) => {
                let expr = &it.expr;
                let condition = self.value(ty, wholes, &Operand::reference())?;
                return Some(condition.if_present(parse_quote!(#expr.as_ref())));
            }
            Type::Any => {
                let unsaid = |whole: &Whole| whole.key(self.set).0.is_empty();
                return wholes.iter().any(unsaid).then_some(Condition::True);
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
                assertions.iter().all(Assertion::lists).then_some(Condition::True)
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
        it: &Operand,
    ) -> Option<Condition> {
        let expr = &it.expr;
        let text = it.as_str();
        let conditions = assertions.iter().map(|assertion| {
            Some(Condition::Exactly(match assertion.keyword {
                "minLength" => match assertion.value.as_u64()? {
                    0 => return Some(Condition::True),
                    1 => parse_quote!(!#expr.is_empty()),
                    least => {
                        let least = integer(least.into());
                        parse_quote!(#expr.chars().count() >= #least)
                    }
                },
                "maxLength" => {
                    let most = integer(assertion.value.as_u64()?.into());
                    parse_quote!(#expr.chars().count() <= #most)
                }
                "pattern" => {
                    let matches = self.pattern(assertion.value.as_str()?)?;
                    parse_quote!(#matches(#text))
                }
                "format" if assertion.value == "date-time" => {
                    return Some(Condition::Surely(parse_quote!(is_rfc3339(#text))));
                }
                _ => return None,
            }))
        });
        Some(Condition::all(conditions.collect::<Option<Vec<_>>>()?))
    }

    fn number(
        &self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        ty: &Type,
        it: &Operand,
    ) -> Option<Condition> {
        let copied = it.copied();
        let compared = |operator: BinOp, limit: &Json| {
            let limit = limit_literal(limit)?;
            Some(Condition::Surely(parse_quote!(exact(#copied) #operator #limit)))
        };
        let mut conditions = Vec::new();
        for assertion in assertions {
            let value = assertion.value;
            conditions.push(match assertion.keyword {
                "minimum" => compared(parse_quote!(>=), value)?,
                "maximum" => compared(parse_quote!(<=), value)?,
                "exclusiveMinimum" => compared(parse_quote!(>), value)?,
                "exclusiveMaximum" => compared(parse_quote!(<), value)?,
                "multipleOf" => match value.as_number()?.as_i128()? {
                    ..=0 => return None,
                    1 if *ty == Type::Integer => continue,
                    divisor => {
                        let divisor = integer(divisor);
                        Condition::Surely(parse_quote!(exact(#copied).is_multiple_of(#divisor)))
                    }
                },
                "const" | "enum" => continue,
                _ => return None,
            });
        }
        if let Some(listed) = whole.listed(self.set) {
            let listed = listed.into_iter().filter(|value| !value.is_null());
            let listed = listed.map(|value| compared(parse_quote!(==), value));
            conditions.push(Condition::any(listed.collect::<Option<Vec<_>>>()?));
        }
        Some(Condition::all(conditions))
    }

    fn boolean(
        &self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        it: &Operand,
    ) -> Option<Condition> {
        assertions.iter().all(Assertion::lists).then_some(())?;
        let listed = whole.listed(self.set);
        Some(listed.map_or(Condition::True, |listed| one_of_booleans(&listed, it)))
    }

    /// A map, whose values are of type `ty`, or any.
    fn map(
        &mut self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        ty: Option<&Type>,
        it: &Operand,
    ) -> Option<Condition> {
        let mut conditions = Vec::new();
        let mut closed = false;
        for assertion in assertions {
            match (assertion.keyword, assertion.value) {
                ("additionalProperties", Json::Bool(false)) => closed = true,
                ("additionalProperties", _) | ("unevaluatedProperties", Json::Bool(true)) => {}
                ("minProperties", least) => conditions.push(at_least(it, least.as_u64()?)),
                ("maxProperties", most) => conditions.push(at_most(it, most.as_u64()?)),
                _ => return None,
            }
        }
        conditions.push(if closed {
            let expr = &it.expr;
            Condition::Exactly(parse_quote!(#expr.is_empty()))
        } else {
            self.map_values(whole, ty, it)?
        });
        Some(Condition::all(conditions))
    }

    /// What must hold of the values of a map of those members that `whole` does not name.
    pub(super) fn map_values(
        &mut self,
        whole: &Whole,
        ty: Option<&Type>,
        it: &Operand,
    ) -> Option<Condition> {
        let values = whole.rest(self.set);
        let condition = match values.as_slice() {
            [] => Condition::True,
            [_] => self.value(ty.unwrap_or(&Type::Any), &values, &Operand::reference())?,
            _ => return None,
        };
        Some(condition.of_each(&it.expr, "values"))
    }

    fn array(
        &mut self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        item: &Type,
        it: &Operand,
    ) -> Option<Condition> {
        let mut conditions = Vec::new();
        for assertion in assertions {
            let value = assertion.value;
            conditions.push(match assertion.keyword {
                "items" => continue,
                "minItems" => at_least(it, value.as_u64()?),
                "maxItems" => at_most(it, value.as_u64()?),
                "uniqueItems" if *value == Json::Bool(false) => continue,
                "uniqueItems" if is_scalar(item) => {
                    let elements = it.as_reference();
                    Condition::Surely(parse_quote!(are_unique(#elements)))
                }
                _ => return None,
            });
        }
        let elements = [whole.elements(self.set)];
        let condition = self.value(item, &elements, &Operand::reference())?;
        conditions.push(condition.of_each(&it.expr, "iter"));
        Some(Condition::all(conditions))
    }

    fn tuple(
        &mut self,
        whole: &Whole,
        assertions: &[Assertion<'_>],
        elements: &[Type],
        it: &Operand,
    ) -> Option<Condition> {
        let known = ["items", "maxItems", "minItems", "prefixItems"];
        assertions.iter().all(|assertion| known.contains(&assertion.keyword)).then_some(())?;
        let prefix = whole.exact_prefix(self.set)?;
        let (least, most) = whole.bounds(self.set, "minItems", "maxItems");
        let length = elements.len() as u64;
        (prefix.len() == elements.len() && least <= length && length <= most).then_some(())?;
        let mut conditions = Vec::new();
        for (i, (ty, whole)) in elements.iter().zip(prefix).enumerate() {
            let (expr, i) = (&it.expr, Literal::usize_unsuffixed(i));
            let element = Operand::value(parse_quote!(#expr.#i));
            conditions.push(self.value(ty, &[whole], &element)?);
        }
        Some(Condition::all(conditions))
    }
}

/// Whether a boolean is one of those listed.
pub(super) fn one_of_booleans(listed: &[&Json], it: &Operand) -> Condition {
    let allows = |value: bool| listed.iter().any(|one| **one == value);
    let expr = &it.expr;
    match (allows(true), allows(false)) {
        (true, true) => Condition::True,
        (true, false) => Condition::Exactly(it.copied()),
        (false, true) => Condition::Exactly(parse_quote!(!#expr)),
        (false, false) => Condition::False,
    }
}

fn at_least(it: &Operand, least: u64) -> Condition {
    let (expr, literal) = (&it.expr, integer(least.into()));
    match least {
        0 => Condition::True,
        1 => Condition::Exactly(parse_quote!(!#expr.is_empty())),
        _ => Condition::Exactly(parse_quote!(#expr.len() >= #literal)),
    }
}

fn at_most(it: &Operand, most: u64) -> Condition {
    let (expr, most) = (&it.expr, integer(most.into()));
    Condition::Exactly(parse_quote!(#expr.len() <= #most))
}

/// Whether two values of the type are equal just when their JSON is.
fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Timestamp | Type::Number | Type::Integer | Type::Boolean)
}

/// A number that others are compared with, if a literal has it exactly: an integer of 128 bits, or a
/// decimal of so few digits that no other one has its double.
fn limit_literal(value: &Json) -> Option<Expr> {
    let number = value.as_number()?;
    if let Some(whole) = number.as_i128() {
        return Some(integer(whole));
    }
    let double = number.as_f64();
    let is_exact = number.decimal().precision() <= f64::DIGITS as usize && double.is_normal();
    is_exact.then(|| syn::parse_str(&format!("{double:?}")).ok()).flatten()
}

/// An integer as a literal, with a sign before it if it is negative.
fn integer(value: i128) -> Expr {
    let text = grouped(value.unsigned_abs());
    let sign = if value < 0 { "-" } else { "" };
    syn::parse_str(&format!("{sign}{text}")).expect("digits are a literal")
}

/// An integer as Rust writes it, with its digits in groups.
fn grouped(integer: u128) -> String {
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
