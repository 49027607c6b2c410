//! One keyword's assertion about a value itself, ready to be asked.

use std::sync::Arc;

use offhook_model::expected::{Bound, Count, Expected};
use offhook_model::json::Number;
use offhook_model::{Json, TypeSet};
use offhook_runtime::value::decimal::Decimal;

use super::format::Format;
use super::pattern::Pattern;
use crate::json::name_map::Name;
use crate::json::node::{Node, Scalar};
use crate::json::tape::Kind;

/// What a keyword asserts. It holds of every value that the keyword does not speak of.
#[derive(Clone)]
pub(crate) enum Assertion {
    Types(TypeSet),
    /// A string that is one of these.
    Words(Arc<[Box<str>]>),
    /// One of these values.
    Values(Arc<[Json]>),
    Bound(Bound, Arc<Limit>),
    MultipleOf(Number),
    /// The least and the greatest number of characters.
    Length(u64, u64),
    /// The least and the greatest number of elements.
    Items(u64, u64),
    /// The least and the greatest number of members.
    Properties(u64, u64),
    /// The members that an object must have.
    Required(Arc<[Name]>),
    Pattern(Arc<Pattern>),
    Format(Arc<Format>),
    UniqueItems,
}

/// A number that others are compared with.
pub(crate) struct Limit {
    number: Number,
    /// Its value, if it is a usual integer.
    integer: Option<i64>,
}

/// Whether so many digits and a sign are always an `i64`.
const SHORT: usize = 18;

impl Assertion {
    /// Returns the assertion of a keyword. `None` if nobody knows its format.
    pub(crate) fn new(keyword: &str, value: &Json) -> Option<Self> {
        if keyword == "required" {
            let names = value.as_array()?.iter().filter_map(Json::as_str);
            return Some(Self::Required(names.map(Name::new).collect()));
        }
        Some(match Expected::of_assertion(keyword, value)? {
            Expected::Types(types) => Self::Types(types),
            Expected::Values(all) => Self::one_of(&all.values),
            Expected::Bound(bound, number) => {
                let integer = number.as_i128().and_then(|integer| integer.try_into().ok());
                Self::Bound(bound, Arc::new(Limit { number, integer }))
            }
            Expected::MultipleOf(factor) => Self::MultipleOf(factor),
            Expected::Length(Count::AtLeast(least)) => Self::Length(least, u64::MAX),
            Expected::Length(Count::AtMost(most)) => Self::Length(0, most),
            Expected::Items(Count::AtLeast(least)) => Self::Items(least, u64::MAX),
            Expected::Items(Count::AtMost(most)) => Self::Items(0, most),
            Expected::Properties(Count::AtLeast(least)) => Self::Properties(least, u64::MAX),
            Expected::Properties(Count::AtMost(most)) => Self::Properties(0, most),
            Expected::Pattern(pattern) => Self::Pattern(Arc::new(Pattern::new(&pattern))),
            Expected::Format(format) => Self::Format(Arc::new(Format::named(&format)?)),
            Expected::UniqueItems => Self::UniqueItems,
            _ => return None,
        })
    }

    fn one_of(values: &[Json]) -> Self {
        let words = values.iter().map(|value| value.as_str().map(Box::from));
        match words.collect::<Option<_>>() {
            Some(words) => Self::Words(words),
            None => Self::Values(values.into()),
        }
    }

    /// Its rank: cheap assertions are asked first, and told first.
    pub(crate) fn rank(&self) -> u8 {
        match self {
            Self::Types(_) => 0,
            Self::Words(_) | Self::Values(_) => 1,
            Self::Bound(bound, _) => 2 + *bound as u8,
            Self::MultipleOf(_) => 6,
            Self::Length(..) => 7,
            Self::Items(..) => 8,
            Self::Properties(..) => 9,
            Self::Required(_) => 10,
            Self::Pattern(_) => 11,
            Self::Format(_) => 12,
            Self::UniqueItems => 13,
        }
    }

    /// Whether it holds of a value.
    pub(crate) fn holds(&self, node: Node<'_>) -> bool {
        if let Some(scalar) = node.scalar() {
            return self.holds_of_scalar(scalar);
        }
        let count = |least: u64, most: u64| {
            let enough = usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1);
            (least..=most).contains(&(node.children().take(enough).count() as u64))
        };
        match (self, node.kind()) {
            (Self::Types(types), _) => types.contains(node.types()),
            (Self::Words(_), _) => false,
            (Self::Values(values), _) => values.iter().any(|value| node.equals(value)),
            (Self::Items(least, most), Kind::Array)
            | (Self::Properties(least, most), Kind::Object) => count(*least, *most),
            (Self::Required(names), Kind::Object) => {
                let mut members = node.lookup();
                names.iter().all(|name| members.has(name))
            }
            (Self::UniqueItems, Kind::Array) => node.is_unique(),
            _ => true,
        }
    }

    /// Whether it says something of values that are no arrays and no objects.
    pub(crate) fn is_of_scalars(&self) -> bool {
        !matches!(
            self,
            Self::Items(..) | Self::Properties(..) | Self::Required(_) | Self::UniqueItems
        )
    }

    /// Whether it holds of a value that is no array and no object.
    pub(crate) fn holds_of_scalar(&self, scalar: Scalar<'_>) -> bool {
        match self {
            Self::Types(types) => types.contains(scalar.types()),
            Self::Words(words) => {
                scalar.string().is_some_and(|text| words.iter().any(|word| **word == *text))
            }
            Self::Values(values) => values.iter().any(|value| scalar.equals(value)),
            Self::Bound(bound, limit) => {
                scalar.kind != Kind::Number || limit.allows(*bound, scalar.text)
            }
            Self::MultipleOf(factor) => {
                scalar.number().is_none_or(|number| number.is_multiple_of(factor.decimal()))
            }
            Self::Length(least, most) => scalar
                .string()
                .is_none_or(|text| (*least..=*most).contains(&(text.chars().count() as u64))),
            Self::Pattern(pattern) => scalar.string().is_none_or(|text| pattern.is_match(&text)),
            Self::Format(format) => scalar.string().is_none_or(|text| format.is_match(&text)),
            Self::Items(..) | Self::Properties(..) | Self::Required(_) | Self::UniqueItems => true,
        }
    }
}

impl Limit {
    /// Whether a number is on the right side.
    fn allows(&self, bound: Bound, number: &str) -> bool {
        let own = (number.len() <= SHORT).then(|| number.parse::<i64>().ok()).flatten();
        let ordering = match (own, self.integer) {
            (Some(own), Some(limit)) => own.cmp(&limit),
            _ => Decimal::new(number).cmp(&self.number.decimal()),
        };
        match bound {
            Bound::Minimum => ordering.is_ge(),
            Bound::Maximum => ordering.is_le(),
            Bound::ExclusiveMinimum => ordering.is_gt(),
            Bound::ExclusiveMaximum => ordering.is_lt(),
        }
    }
}
