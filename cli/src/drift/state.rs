//! All that was seen, as it can be written down and added to what others have seen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::archive::Shard;
use crate::drift::profile::{LONGEST_POINTER, MOST, Position, Profile, Seen};

/// The kind of file that it is written into.
const KIND: &str = "drift";

/// How many events that nobody documents are told apart.
const MOST_UNKNOWN: usize = 1_000;

/// By document (`vendor@date`) and event.
pub(crate) type Profiles = BTreeMap<String, BTreeMap<String, Profile>>;

/// What was seen of some payloads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// What kind of file it is.
    kind: String,
    /// Which parts of the input it is about.
    shards: BTreeSet<Shard>,
    /// Whether that is all of them.
    pub(crate) complete: bool,
    /// The files by number.
    #[serde(with = "crate::drift::state::numbered")]
    pub(crate) sources: BTreeMap<usize, String>,
    /// Documented events.
    pub(crate) events: Profiles,
    /// Others; the vendor is empty where it could not be told.
    pub(crate) unknown: Profiles,
    /// Payloads that name no event, or are no JSON.
    pub(crate) nameless: Option<Seen>,
    /// What could not be read, or not to its end.
    pub(crate) unreadable: BTreeSet<String>,
}

impl State {
    pub(crate) fn new(shard: Shard) -> Self {
        Self { kind: KIND.to_owned(), shards: [shard].into(), complete: true, ..Self::default() }
    }

    /// Reads what `drift --format json` wrote; none if it is something else.
    pub(crate) fn read(text: &str) -> Option<Result<Self, String>> {
        #[derive(Deserialize)]
        struct Any {
            kind: String,
        }
        let any: Any = serde_json::from_str(text).ok()?;
        (any.kind == KIND).then(|| serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    /// The profile of an event.
    pub(crate) fn profile<'p>(
        profiles: &'p mut Profiles,
        vendor: &str,
        event: &str,
    ) -> &'p mut Profile {
        if !profiles.get(vendor).is_some_and(|events| events.contains_key(event)) {
            profiles.entry(vendor.to_owned()).or_default().entry(event.to_owned()).or_default();
        }
        let events = profiles.get_mut(vendor).expect("it was just put there");
        events.get_mut(event).expect("it was just put there")
    }

    /// The profile of an event that nobody documents; of one more than can be told apart, that of all
    /// such.
    pub(crate) fn unknown(&mut self, vendor: &str, event: &str) -> &mut Profile {
        let known = self.unknown.get(vendor);
        let full =
            known.is_some_and(|events| events.len() >= MOST_UNKNOWN && !events.contains_key(event));
        Self::profile(&mut self.unknown, vendor, if full { "…" } else { event })
    }

    pub(crate) fn add_nameless(&mut self, at: Position) {
        self.add_nameless_seen(Seen::once(at));
    }

    fn add_nameless_seen(&mut self, seen: Seen) {
        match &mut self.nameless {
            Some(own) => own.merge(seen),
            None => self.nameless = Some(seen),
        }
    }

    /// Adds what was seen of the same input.
    pub(crate) fn add(&mut self, other: Self) {
        self.sources.extend(other.sources);
        for (vendor, events) in other.events {
            for (event, profile) in events {
                Self::profile(&mut self.events, &vendor, &event).merge(profile);
            }
        }
        for (vendor, events) in other.unknown {
            for (event, profile) in events {
                self.unknown(&vendor, &event).merge(profile);
            }
        }
        if let Some(seen) = other.nameless {
            self.add_nameless_seen(seen);
        }
        self.unreadable.extend(other.unreadable);
    }

    /// Adds what another run has seen, of other parts of the same input or of another input.
    pub(crate) fn merge(&mut self, mut other: Self) -> Result<(), String> {
        Shard::join(&mut self.shards, &other.shards)?;
        if self.shards.contains(&Shard::WHOLE) {
            other.move_files(self.sources.last_key_value().map_or(0, |(last, _)| last + 1));
        }
        self.complete &= other.complete;
        self.add(other);
        Ok(())
    }

    fn move_files(&mut self, by: usize) {
        self.sources =
            std::mem::take(&mut self.sources).into_iter().map(|(at, it)| (at + by, it)).collect();
        for profile in self.events.values_mut().chain(self.unknown.values_mut()) {
            for profile in profile.values_mut() {
                profile.move_files(by);
            }
        }
        if let Some(seen) = &mut self.nameless {
            seen.first.0 += by;
            seen.last.0 += by;
        }
    }

    /// The parts that are not there yet.
    pub(crate) fn missing(&self) -> Vec<String> {
        Shard::missing(&self.shards)
    }

    /// A place as people write it.
    pub(crate) fn place(&self, (file, line): Position) -> String {
        let source = self.sources.get(&file).map_or("?", String::as_str);
        if line == 0 { source.to_owned() } else { format!("{source}:{line}") }
    }

    /// How many payloads there were.
    pub(crate) fn payloads(&self) -> usize {
        let profiles = self.events.values().chain(self.unknown.values());
        let named: usize = profiles.flat_map(BTreeMap::values).map(Profile::payloads).sum();
        named + self.nameless.map_or(0, |seen| seen.count)
    }

    /// That there was more than could be told apart, if so.
    pub(crate) fn untold(&self) -> Option<String> {
        let profiles = self.events.values().chain(self.unknown.values());
        let untold = profiles.flat_map(BTreeMap::values).any(|profile| profile.untold > 0);
        untold.then(|| {
            format!(
                "there was more: of each event, {MOST} fields and deviations are told apart, with \
                 pointers of at most {LONGEST_POINTER} bytes"
            )
        })
    }
}

/// Numbers as the names of members.
mod numbered {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        sources: &BTreeMap<usize, String>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        sources.iter().collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<usize, String>, D::Error> {
        Ok(Vec::<(usize, String)>::deserialize(deserializer)?.into_iter().collect())
    }
}
