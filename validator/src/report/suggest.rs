//! The name that was probably meant.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rapidfuzz::distance::osa;

use crate::evaluate::compiled::{CompiledGraph, CompiledSchema};
use crate::json::node::Node;

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
    let mut slip = Slip::of(text)?;
    candidates.filter(|candidate| slip.is_nearer(candidate)).last()
}

/// A text that may be a slip of others.
struct Slip<'a> {
    text: &'a str,
    folded: Cow<'a, str>,
    size: Size,
    /// How far away it is from the nearest one so far.
    nearest: usize,
}

impl<'a> Slip<'a> {
    /// None if it is too long.
    fn of(text: &'a str) -> Option<Self> {
        let folded = (text.len() <= LONGEST).then(|| folded(text))?;
        Some(Self { text, size: Size::of(&folded), folded, nearest: usize::MAX })
    }

    /// Whether it is a slip of `candidate`, and of no other so far with as few changes.
    fn is_nearer(&mut self, candidate: &str) -> bool {
        let Some(most) = self.nearest.checked_sub(1) else {
            return false;
        };
        let distance = self.distance(candidate, most);
        self.nearest = distance.unwrap_or(self.nearest);
        distance.is_some()
    }

    /// How many changes it takes to get `candidate`, if it is a slip of that and it takes no more than
    /// `most`.
    fn distance(&self, candidate: &str, most: usize) -> Option<usize> {
        if candidate.len() > LONGEST {
            return None;
        }
        let other = Size::of(candidate);
        let most = (other.length / 3).max(1).min(most);
        // To tell so is quick, and most candidates are farther away.
        if self.size.changes(&other) > most || candidate == self.text {
            return None;
        }
        let within = osa::Args::default().score_cutoff(most);
        let candidate = folded(candidate);
        osa::distance_with_args(self.folded.chars(), candidate.chars(), &within)
    }
}

/// What a text is made of.
struct Size {
    /// How many characters it has.
    length: usize,
    /// Which letters there are, of whatever case, and above those which of them more than once: a bit
    /// each, which some letters share. None if they are not all ASCII.
    letters: Option<u64>,
}

impl Size {
    fn of(text: &str) -> Self {
        let (mut all, mut once, mut more) = (0, 0_u32, 0);
        for byte in text.bytes() {
            let letter = 1 << (byte % 32);
            all |= byte;
            more |= once & letter;
            once |= letter;
        }
        if all.is_ascii() {
            Self { length: text.len(), letters: Some(u64::from(more) << 32 | u64::from(once)) }
        } else {
            Self { length: text.chars().count(), letters: None }
        }
    }

    /// How many changes it takes at least to get one out of the other: each makes at most one letter go
    /// and one come.
    fn changes(&self, other: &Self) -> usize {
        let longer = self.length.abs_diff(other.length);
        let (Some(own), Some(others)) = (self.letters, other.letters) else {
            return longer;
        };
        let (gone, come) = ((others & !own).count_ones(), (own & !others).count_ones());
        longer.max(gone.max(come) as usize)
    }
}

/// The text in lower case.
fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// A member of `object` that `schema` does not have, and that is nearly `name`.
pub(crate) fn lookalike(
    graph: &CompiledGraph,
    schema: &CompiledSchema,
    object: Node<'_>,
    name: &str,
) -> Option<String> {
    let mut slip = Slip::of(name)?;
    let mut speaking = None;
    let lists = |schema: &CompiledSchema, name: &str, hash| {
        let listed = schema.properties.get_hashed(hash, name);
        listed.is_some_and(|member| !graph.get(*member).is_never)
    };
    let near = object.children().take(MOST_MEMBERS).filter_map(|member| {
        let (name, hash) = (member.name().string()?, object.tape.hash(member.index));
        // Mostly all are listed there.
        if lists(schema, &name, hash) {
            return None;
        }
        let speaking = speaking.get_or_insert_with(|| self::speaking(graph, schema));
        let is_listed = speaking.iter().any(|schema| lists(schema, &name, hash));
        (!is_listed && slip.is_nearer(&name)).then_some(name)
    });
    near.last().map(Cow::into_owned)
}

/// A member that `schema` has and the object of `member` lacks, and that is nearly the name of
/// `member`.
pub(crate) fn meant<'r>(
    graph: &'r CompiledGraph,
    schema: &'r CompiledSchema,
    member: Node<'_>,
) -> Option<&'r str> {
    meant_by(graph, speaking(graph, schema).into_iter(), member)
}

/// A member that some of `schemas` have and the object of `member` lacks, and that is nearly the name
/// of `member`. Of several as near, it is the first by name.
pub(crate) fn meant_by<'r>(
    graph: &'r CompiledGraph,
    schemas: impl Iterator<Item = &'r CompiledSchema>,
    member: Node<'_>,
) -> Option<&'r str> {
    let object = member.parent();
    let name = member.name().string()?;
    let slip = Slip::of(&name)?;
    let mut nearest: Option<(usize, &str)> = None;
    for candidate in schemas.flat_map(|schema| schema.documented_members(graph)) {
        let most = nearest.map_or(usize::MAX, |(distance, _)| distance);
        if let Some(distance) = slip.distance(candidate, most)
            && nearest.is_none_or(|nearest| (distance, candidate) < nearest)
            && object.member(candidate).is_none()
        {
            nearest = Some((distance, candidate));
        }
    }
    nearest.map(|(_, name)| name)
}

/// `schema` and the schemas of the same value.
fn speaking<'r>(graph: &'r CompiledGraph, schema: &'r CompiledSchema) -> Vec<&'r CompiledSchema> {
    let mut seen = BTreeSet::new();
    let mut all = vec![schema];
    let mut at = 0;
    while let Some(schema) = all.get(at) {
        let others = schema.of_same_instance().filter(|other| seen.insert(*other));
        let others: Vec<&CompiledSchema> = others.map(|other| graph.get(other)).collect();
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
