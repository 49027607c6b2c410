//! Which branch of a union an object fits, where its own members tell.

use std::cell::Cell;

use serde::de::Error as _;
use serde_json::{Map, Value};

use crate::value::decimal::Decimal;
use crate::value::raw::RawPayload;

/// What is known of the objects of one branch, beside what its type reads.
pub struct Guard {
    /// Members that must be there.
    pub required: &'static [&'static str],
    /// Ways to members that may have no other values than those listed, as JSON, if they are there.
    pub only: &'static [(&'static [&'static str], &'static str)],
    /// Members that the type keeps; none if it keeps all.
    pub known: Option<&'static [&'static str]>,
    /// Whether there may be no other members.
    pub closed: bool,
}

impl Guard {
    /// Whether nothing that is known of the branch speaks against the object.
    #[inline]
    fn admits(&self, object: &Map<String, Value>) -> bool {
        self.required.iter().all(|name| object.contains_key(*name))
            && self.only.iter().all(|(path, values)| {
                let (Some(found), Ok(Value::Array(values))) =
                    (at(object, path), serde_json::from_str(values))
                else {
                    return true;
                };
                values.iter().any(|value| same(value, found))
            })
            && (!self.closed || self.lost(object) == 0)
    }

    /// How many members the type would drop.
    #[inline]
    fn lost(&self, object: &Map<String, Value>) -> usize {
        let known = self.known.unwrap_or_default();
        match self.known {
            None => 0,
            Some(_) => object.keys().filter(|name| !known.contains(&name.as_str())).count(),
        }
    }

    /// How many members the type would drop that another branch knows.
    #[inline]
    fn lost_to_others(&self, guards: &[Self], object: &Map<String, Value>) -> usize {
        let Some(known) = self.known else {
            return 0;
        };
        let known_elsewhere = |name: &str| {
            let others = guards.iter().filter_map(|other| other.known);
            others.into_iter().any(|others| others.contains(&name))
        };
        let lost = object.keys().filter(|name| !known.contains(&name.as_str()));
        lost.filter(|name| known_elsewhere(name)).count()
    }
}

thread_local! {
    /// How many bytes of objects may still be read inside the outermost one at hand.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// How often an object may be read over, with what it stands in. A union in a branch of a union, and
/// so on to the deepest level, is read once a level, and some fifty times on average; but where several
/// branches at each level fail only at the last, reading doubles with every level.
const MOST_READINGS: usize = 256;

/// An object being read; the outermost one brings the patience for all in it.
struct Reading {
    is_outermost: bool,
}

impl Reading {
    /// None if there is no patience left.
    fn of(raw: &RawPayload) -> Option<Self> {
        let length = raw.as_str().len();
        let before = LEFT.get();
        let left = before.unwrap_or(length.saturating_mul(MOST_READINGS));
        LEFT.set(Some(left.checked_sub(length)?));
        Some(Self { is_outermost: before.is_none() })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if self.is_outermost {
            LEFT.set(None);
        }
    }
}

/// Reads an object as the branch that it fits: the only one that its members allow, or else the first
/// that keeps everything. `None` if there is none, or if it takes too long to tell.
///
/// # Errors
///
/// The payload is no object, or what it must be can not be read.
pub fn one_of<T>(
    raw: &RawPayload,
    guards: &[Guard],
    readers: &[fn(&RawPayload) -> serde_json::Result<T>],
) -> serde_json::Result<Option<T>> {
    let Some(_reading) = Reading::of(raw) else {
        return Ok(None);
    };
    let object: Value = raw.read()?;
    let Value::Object(object) = object else {
        return Err(serde_json::Error::custom("want an object"));
    };
    let admitted: Vec<_> =
        guards.iter().zip(readers).filter(|(guard, _)| guard.admits(&object)).collect();
    if let [(_, read)] = admitted.as_slice() {
        return read(raw).map(Some);
    }
    // One that would drop what another knows is not read: it could not be the answer.
    let (complete, lossy): (Vec<_>, Vec<_>) =
        admitted.into_iter().partition(|(guard, _)| guard.lost_to_others(guards, &object) == 0);
    let mut failed = None;
    for (_, read) in complete {
        match read(raw) {
            Ok(value) => return Ok(Some(value)),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match failed {
        Some(error) if lossy.is_empty() => Err(error),
        _ => Ok(None),
    }
}

/// The error of a value that is of another kind than those wanted.
pub fn unwanted(want: &str) -> serde_json::Error {
    serde_json::Error::custom(format_args!("want {want}"))
}

#[inline]
fn at<'v>(object: &'v Map<String, Value>, path: &[&str]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(object.get(*first)?, |value, name| value.get(name))
}

/// Whether two values are the same to JSON Schema: `1` and `1.0` are.
#[inline]
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || Decimal::new(&a.to_string()) == Decimal::new(&b.to_string())
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap as Map;

    use super::{Guard, one_of};
    use crate::value::raw::{self, RawPayload};

    const GUARDS: &[Guard] = &[
        Guard {
            required: &["kind"],
            only: &[(&["kind"], "[\"sip\"]")],
            known: Some(&["kind", "uri"]),
            closed: false,
        },
        Guard { required: &["number"], only: &[], known: Some(&["number"]), closed: false },
        Guard { required: &["name"], only: &[], known: Some(&["name"]), closed: true },
    ];

    /// The number of the branch that a payload fits.
    fn branch(payload: &str) -> Option<usize> {
        let raw: RawPayload = serde_json::from_str(payload).unwrap();
        one_of(&raw, GUARDS, &[|_| Ok(0), |_| Ok(1), |_| Ok(2)]).unwrap()
    }

    #[test]
    fn the_members_of_an_object_tell_its_branch() {
        let table = [
            (r#"{"kind":"sip","uri":"x"}"#, Some(0)),
            (r#"{"kind":"sip","new":1}"#, Some(0)),
            (r#"{"kind":"pstn"}"#, None),
            (r#"{"number":1}"#, Some(1)),
            (r#"{"kind":"pstn","number":1}"#, Some(1)),
            (r#"{"kind":"sip","number":1}"#, None),
            (r#"{"name":"a"}"#, Some(2)),
            (r#"{"name":"a","new":1}"#, None),
        ];
        for (payload, wanted) in table {
            assert_eq!(branch(payload), wanted, "{payload}");
        }
    }

    /// A tree that is of either branch at every level, for all that its guards know.
    #[derive(Debug)]
    enum Tree {
        Leaf,
        Unknown,
        In(#[expect(dead_code, reason = "what is in it does not matter")] Box<Self>),
    }

    impl<'de> serde::Deserialize<'de> for Tree {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            const GUARDS: &[Guard] = &[ANY, ANY];
            const ANY: Guard = Guard { required: &[], only: &[], known: None, closed: false };
            let raw = raw::raw(deserializer)?;
            let read = |raw: &RawPayload| match raw.as_str() {
                r#"{"leaf":1}"# => Ok(Self::Leaf),
                _ => raw.read::<Map<String, RawPayload>>().and_then(|members| {
                    let inner = members.get("in").ok_or(serde::de::Error::custom("no leaf"))?;
                    Ok(Self::In(Box::new(inner.read()?)))
                }),
            };
            let read = one_of(&raw, GUARDS, &[read, read]);
            read.map(|tree| tree.unwrap_or(Self::Unknown)).map_err(serde::de::Error::custom)
        }
    }

    #[test]
    fn a_tree_that_fits_nothing_in_the_end_is_not_read_for_ever() {
        let tree = |leaf: &str| format!("{}{leaf}{}", "{\"in\":".repeat(100), "}".repeat(100));
        for _ in 0..2 {
            let whole: Tree = serde_json::from_str(&tree("{\"leaf\":1}")).unwrap();
            assert!(!format!("{whole:?}").contains("Unknown"));
            // Two to the power of a hundred ways lead to it.
            let broken: Tree = serde_json::from_str(&tree("{}")).unwrap();
            assert!(format!("{broken:?}").contains("Unknown"));
        }
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        let raw: RawPayload = serde_json::from_str("[1]").unwrap();
        assert!(one_of(&raw, GUARDS, &[|_| Ok(())]).is_err());
    }
}
