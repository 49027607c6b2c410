//! The name that was probably meant.

use std::collections::BTreeSet;

use crate::instance::Node;
use crate::rules::{Rule, Rules};

/// Names longer than this are not compared: the time to do so grows with the square of the length.
const LONGEST: usize = 64;

/// How many members that a payload should not have are compared with those that it may.
pub(crate) const MOST_HELP: usize = 64;

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

/// A member of `object` that `rule` does not have, and that is nearly `name`.
pub(crate) fn lookalike(
    rules: &Rules,
    rule: &Rule,
    object: Node<'_>,
    name: &str,
) -> Option<String> {
    let documented = documented(rules, rule);
    let members: Vec<_> = object
        .children()
        .take(MOST_MEMBERS)
        .filter_map(|member| member.name().string())
        .filter(|name| !documented.contains(&**name))
        .collect();
    nearest(name, members.iter().map(|name| &**name)).map(str::to_owned)
}

/// A member that `rule` has and `object` lacks, and that is nearly the name of `member`.
pub(crate) fn meant<'r>(
    rules: &'r Rules,
    rule: &'r Rule,
    object: Node<'_>,
    member: Node<'_>,
) -> Option<&'r str> {
    let documented = documented(rules, rule);
    let absent = documented.into_iter().filter(|name| object.member(name).is_none());
    nearest(&member.name().string()?, absent)
}

/// The members that `rule` and the schemas of the same value name.
fn documented<'r>(rules: &'r Rules, rule: &'r Rule) -> BTreeSet<&'r str> {
    let mut names = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![rule];
    while let Some(rule) = waiting.pop() {
        names.extend(rule.documented_members(rules));
        let others = rule.of_same_value().filter(|other| seen.insert(*other));
        waiting.extend(others.map(|other| rules.get(other)));
    }
    names
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
