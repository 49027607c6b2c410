//! The name that was probably meant.

use serde_json::Value;

use crate::schema::{Place, Schemas};
use crate::tape::{Index, Tape};

/// Names longer than this are not compared: the time to do so grows with the square of the length.
const LONGEST: usize = 64;

/// How many of an object's members are looked at for one that was misspelt.
const MOST_MEMBERS: usize = 64;

/// The candidate that `text` is a slip of, if there is one.
pub(crate) fn nearest<'a>(
    text: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    if text.len() > LONGEST {
        return None;
    }
    let folded = text.to_lowercase();
    candidates
        .filter(|candidate| *candidate != text && candidate.len() <= LONGEST)
        .map(|candidate| {
            (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A member that the schema with the `required` at `place` does not have, and that is nearly `name`.
pub(crate) fn undocumented_lookalike(
    schemas: &Schemas,
    place: &Place,
    tape: &Tape<'_>,
    object: Index,
    name: &str,
) -> Option<String> {
    let pointer = place.pointer.strip_suffix("/required")?.to_owned();
    let schema = schemas.get(&Place { file: place.file.clone(), pointer })?;
    let documented = |name: &str| {
        schema
            .get("properties")
            .and_then(Value::as_object)
            .is_some_and(|all| all.contains_key(name))
    };
    let members: Vec<String> = tape
        .children(object)
        .take(MOST_MEMBERS)
        .filter_map(|member| tape.name(member))
        .filter(|name| !documented(name))
        .map(std::borrow::Cow::into_owned)
        .collect();
    nearest(name, members.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["call.end", "call.ringing", "voicemail.new"];
        let find = |text| nearest(text, names.into_iter());
        assert_eq!(find("call.ended"), Some("call.end"));
        assert_eq!(find("Call.End"), Some("call.end"));
        assert_eq!(find("call.rining"), Some("call.ringing"));
        assert_eq!(find("fax.received"), None);
        assert_eq!(find(""), None);
        assert_eq!(find(&"call.end".repeat(1000)), None);
    }
}
