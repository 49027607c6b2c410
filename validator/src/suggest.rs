//! The name that was probably meant.

use std::borrow::Cow;
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
    let folded = folded(text);
    let length = folded.chars().count();
    candidates
        .filter(|candidate| *candidate != text && candidate.len() <= LONGEST)
        .filter_map(|candidate| {
            let most = (candidate.chars().count() / 3).max(1);
            let other = self::folded(candidate);
            // Counting letters is quicker, and most candidates do not even have as many, or the same.
            let near = length.abs_diff(other.chars().count()) <= most
                && strangers(&folded, &other) <= 2 * most;
            let distance = near.then(|| strsim::osa_distance(&folded, &other))?;
            (distance <= most).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The text in lower case.
fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// How many letters of one of two texts the other lacks, both taken together: at most two a slip.
fn strangers(one: &str, other: &str) -> usize {
    let mut counts = [0_i8; 128];
    let mut count = |text: &str, step: i8| {
        for byte in text.bytes().filter(u8::is_ascii) {
            counts[usize::from(byte)] += step;
        }
    };
    count(one, 1);
    count(other, -1);
    counts.iter().map(|count| usize::from(count.unsigned_abs())).sum()
}

/// A member of `object` that `rule` does not have, and that is nearly `name`.
pub(crate) fn lookalike(
    rules: &Rules,
    rule: &Rule,
    object: Node<'_>,
    name: &str,
) -> Option<String> {
    let speaking = speaking(rules, rule);
    let has = |name: &str, hash| {
        let listed = speaking.iter().filter_map(|rule| rule.properties.get_hashed(hash, name));
        listed.into_iter().any(|member| !rules.get(*member).never)
    };
    let members: Vec<_> = object
        .children()
        .take(MOST_MEMBERS)
        .filter_map(|member| Some((member.name().string()?, object.tape.hash(member.index))))
        .filter(|(name, hash)| !has(name, *hash))
        .map(|(name, _)| name)
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
    speaking(rules, rule).iter().flat_map(|rule| rule.documented_members(rules)).collect()
}

/// `rule` and the schemas of the same value.
fn speaking<'r>(rules: &'r Rules, rule: &'r Rule) -> Vec<&'r Rule> {
    let mut seen = BTreeSet::new();
    let mut all = vec![rule];
    let mut at = 0;
    while let Some(rule) = all.get(at) {
        let others = rule.of_same_value().filter(|other| seen.insert(*other));
        let others: Vec<&Rule> = others.map(|other| rules.get(other)).collect();
        all.extend(others);
        at += 1;
    }
    all
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
