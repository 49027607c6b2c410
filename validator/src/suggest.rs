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
    let slip = Slip::of(text)?;
    candidates
        .filter_map(|candidate| Some((slip.distance(candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A text that may be a slip of others.
struct Slip<'a> {
    text: &'a str,
    folded: Cow<'a, str>,
    length: usize,
    letters: u64,
}

impl<'a> Slip<'a> {
    /// None if it is too long.
    fn of(text: &'a str) -> Option<Self> {
        let folded = (text.len() <= LONGEST).then(|| folded(text))?;
        let (length, letters) = (length(&folded), letters(&folded));
        Some(Self { text, folded, length, letters })
    }

    /// How many slips it takes to get this out of `candidate`, if they are few.
    fn distance(&self, candidate: &str) -> Option<usize> {
        let length = length(candidate);
        let most = (length / 3).max(1);
        // A slip makes at most two letters come or go. Counting those is quicker, and most candidates
        // do not even have as many.
        let far = candidate.len() > LONGEST
            || self.length.abs_diff(length) > most
            || (self.letters ^ letters(candidate)).count_ones() as usize > 2 * most;
        if far || candidate == self.text {
            return None;
        }
        let distance = strsim::osa_distance(&self.folded, &folded(candidate));
        (distance <= most).then_some(distance)
    }
}

/// How many characters a text has.
fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Which bytes there are, of whatever case: a bit each, which some share.
fn letters(text: &str) -> u64 {
    let ascii = text.bytes().filter(u8::is_ascii);
    ascii.fold(0, |letters, byte| letters | 1 << (byte.to_ascii_lowercase() % 64))
}

/// The text in lower case.
fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// A member of `object` that `rule` does not have, and that is nearly `name`.
pub(crate) fn lookalike(
    rules: &Rules,
    rule: &Rule,
    object: Node<'_>,
    name: &str,
) -> Option<String> {
    let slip = Slip::of(name)?;
    let members = object.children().take(MOST_MEMBERS);
    let near = members.filter_map(|member| {
        let found = member.name().string()?;
        Some((slip.distance(&found)?, found, object.tape.hash(member.index)))
    });
    let mut near: Vec<_> = near.collect();
    if near.is_empty() {
        return None;
    }
    let speaking = speaking(rules, rule);
    near.retain(|(_, name, hash)| {
        let mut listed = speaking.iter().filter_map(|rule| rule.properties.get_hashed(*hash, name));
        listed.all(|member| rules.get(*member).never)
    });
    near.into_iter().min_by_key(|(distance, ..)| *distance).map(|(_, name, _)| name.into_owned())
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
