//! What was seen of the payloads of an event: which fields, of which kinds, on which days, and where
//! they deviate from the document.

use std::collections::BTreeMap;

use offhook_model::TypeSet;
use offhook_validator::Code;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many fields of an event are told apart, and how many deviations.
pub(crate) const MOST: usize = 2_000;

/// The longest pointer, in bytes, of a field that has counts of its own. Deep fields with long names
/// would otherwise take hundreds of times their payload.
pub(crate) const LONGEST_POINTER: usize = 512;

/// How many values of a field are told apart.
const MOST_VALUES: usize = 100;

/// Where a payload is: its file's number and its line, or 1.
pub(crate) type Position = (usize, usize);

/// How often something was seen, first where, and last where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) count: usize,
    pub(crate) first: Position,
    pub(crate) last: Position,
}

/// What was seen of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Profile {
    /// Its payloads.
    pub(crate) seen: Option<Seen>,
    /// By the day that payloads name, in UTC; the empty name if they name none.
    pub(crate) days: BTreeMap<String, Day>,
    /// By the field's pointer.
    pub(crate) fields: BTreeMap<String, Traffic>,
    #[serde(with = "deviations")]
    pub(crate) deviations: BTreeMap<Deviation, Seen>,
    /// How many values and deviations there were of fields that are not told apart.
    pub(crate) untold: usize,
}

/// The payloads of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Day {
    pub(crate) payloads: usize,
    /// How many of them deviate from the document.
    pub(crate) deviating: usize,
}

impl Day {
    pub(crate) fn merge(&mut self, other: Self) {
        self.payloads += other.payloads;
        self.deviating += other.deviating;
    }
}

/// The values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Traffic {
    #[serde(flatten)]
    pub(crate) seen: Seen,
    pub(crate) kinds: BTreeMap<Kind, usize>,
}

/// The kind of a value, a little finer than its JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    /// A string that is an RFC 3339 date-time.
    DateTime,
    String,
    Array,
    Object,
}

/// In what a payload deviates from the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Deviation {
    pub(crate) code: Code,
    /// The field's pointer.
    pub(crate) pointer: String,
    /// What the document wants.
    pub(crate) expected: String,
    /// The value that is not in the document's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
}

impl Seen {
    pub(crate) fn once(at: Position) -> Self {
        Self { count: 1, first: at, last: at }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

impl Kind {
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(text) if offhook_runtime::value::timestamp::is_rfc3339(text) => {
                Self::DateTime
            }
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        let types = match self {
            Self::DateTime => return "date-time",
            Self::Null => TypeSet::NULL,
            Self::Boolean => TypeSet::BOOLEAN,
            Self::Integer => TypeSet::INTEGER,
            Self::Number => TypeSet::NUMBER,
            Self::String => TypeSet::STRING,
            Self::Array => TypeSet::ARRAY,
            Self::Object => TypeSet::OBJECT,
        };
        types.names().next().unwrap_or_default()
    }
}

impl Profile {
    /// Counts a payload.
    pub(crate) fn add_payload(&mut self, at: Position, day: Option<String>, deviates: bool) {
        merge(&mut self.seen, Seen::once(at));
        let day = self.days.entry(day.unwrap_or_default()).or_default();
        day.payloads += 1;
        day.deviating += usize::from(deviates);
    }

    /// Counts a field's value.
    pub(crate) fn add_value(&mut self, pointer: &str, value: &Value, at: Position) {
        if pointer.len() > LONGEST_POINTER {
            self.untold += 1;
        } else if let Some(traffic) = self.fields.get_mut(pointer) {
            traffic.seen.merge(Seen::once(at));
            *traffic.kinds.entry(Kind::of(value)).or_default() += 1;
        } else {
            let kinds = [(Kind::of(value), 1)].into();
            self.add_field(pointer.to_owned(), Traffic { seen: Seen::once(at), kinds });
        }
    }

    fn add_field(&mut self, pointer: String, traffic: Traffic) {
        if let Some(own) = self.fields.get_mut(&pointer) {
            own.seen.merge(traffic.seen);
            for (kind, count) in traffic.kinds {
                *own.kinds.entry(kind).or_default() += count;
            }
        } else if self.fields.len() < MOST && pointer.len() <= LONGEST_POINTER {
            self.fields.insert(pointer, traffic);
        } else {
            self.untold += traffic.seen.count;
        }
    }

    /// Counts a deviation. Of a field with very many values, not all are told apart.
    pub(crate) fn add_deviation(&mut self, mut deviation: Deviation, seen: Seen) {
        if let Some(own) = self.deviations.get_mut(&deviation) {
            return own.merge(seen);
        }
        let alike =
            |other: &&Deviation| other.code == deviation.code && other.pointer == deviation.pointer;
        if deviation.value.is_some() && self.deviations.keys().filter(alike).count() >= MOST_VALUES
        {
            deviation.value = None;
            return self.add_deviation(deviation, seen);
        }
        if self.deviations.len() < MOST {
            self.deviations.insert(deviation, seen);
        } else {
            self.untold += seen.count;
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        if let Some(seen) = other.seen {
            merge(&mut self.seen, seen);
        }
        for (day, counted) in other.days {
            self.days.entry(day).or_default().merge(counted);
        }
        for (pointer, traffic) in other.fields {
            self.add_field(pointer, traffic);
        }
        for (deviation, seen) in other.deviations {
            self.add_deviation(deviation, seen);
        }
        self.untold += other.untold;
    }

    /// How many payloads there were.
    pub(crate) fn payloads(&self) -> usize {
        self.seen.map_or(0, |seen| seen.count)
    }

    /// How many objects there were that could have had the field at `pointer`.
    pub(crate) fn chances(&self, pointer: &str) -> usize {
        match pointer.rsplit_once('/') {
            None | Some(("", _)) => self.payloads(),
            Some((parent, _)) => self.kind(parent, Kind::Object),
        }
    }

    /// How often the field at `pointer` was of a kind.
    pub(crate) fn kind(&self, pointer: &str, kind: Kind) -> usize {
        let kinds = self.fields.get(pointer).map(|traffic| &traffic.kinds);
        kinds.and_then(|kinds| kinds.get(&kind)).copied().unwrap_or_default()
    }

    /// Moves everything to files whose numbers are higher.
    pub(crate) fn move_files(&mut self, by: usize) {
        let fields = self.fields.values_mut().map(|traffic| &mut traffic.seen);
        for seen in fields.chain(self.deviations.values_mut()).chain(&mut self.seen) {
            seen.first.0 += by;
            seen.last.0 += by;
        }
    }
}

fn merge(own: &mut Option<Seen>, seen: Seen) {
    match own {
        Some(own) => own.merge(seen),
        None => *own = Some(seen),
    }
}

/// Deviations as a list: JSON's members have but names.
mod deviations {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Deviation, Seen};

    #[derive(Serialize, Deserialize)]
    struct Entry {
        #[serde(flatten)]
        deviation: Deviation,
        #[serde(flatten)]
        seen: Seen,
    }

    pub(super) fn serialize<S: Serializer>(
        deviations: &BTreeMap<Deviation, Seen>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let entry = |(deviation, seen): (&Deviation, &Seen)| Entry {
            deviation: deviation.clone(),
            seen: *seen,
        };
        serializer.collect_seq(deviations.iter().map(entry))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Deviation, Seen>, D::Error> {
        let entries = Vec::<Entry>::deserialize(deserializer)?;
        Ok(entries.into_iter().map(|entry| (entry.deviation, entry.seen)).collect())
    }
}
