//! Which branch of a union an object fits, where its own members tell.

use serde::de::Error as _;
use serde_json::{Map, Value};

use crate::RawPayload;

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

/// Reads an object as the branch that it fits: the only one that its members allow, or else the first
/// that keeps everything. `None` if there is none.
///
/// # Errors
///
/// The payload is no object, or what it must be can not be read.
pub fn one_of<T>(
    raw: &RawPayload,
    guards: &[Guard],
    readers: &[fn(&RawPayload) -> serde_json::Result<T>],
) -> serde_json::Result<Option<T>> {
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

#[inline]
fn at<'v>(object: &'v Map<String, Value>, path: &[&str]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(object.get(*first)?, |value, name| value.get(name))
}

/// Whether two values are the same to JSON Schema: `1` and `1.0` are.
#[inline]
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
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
    use super::{Guard, one_of};
    use crate::RawPayload;

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

    #[test]
    fn what_is_no_object_is_an_error() {
        let raw: RawPayload = serde_json::from_str("[1]").unwrap();
        assert!(one_of(&raw, GUARDS, &[|_| Ok(())]).is_err());
    }
}
