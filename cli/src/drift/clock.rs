//! The day of a payload, in UTC, as far as it names one.

use jiff::Timestamp;
use serde_json::Value;

use crate::catalogue::{Event, Field};

/// Seconds since the Unix epoch that are plausible: from 2000 to 2100. It bounds how many days there
/// are, too.
const PLAUSIBLE: std::ops::Range<i64> = 946_684_800..4_102_444_800;

/// Where payloads say when they happened.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// Names of members, the first of which counts.
    members: Vec<String>,
}

impl Clock {
    /// Members at the top that are date-times, or of which the document says that they count seconds
    /// since the Unix epoch.
    pub(crate) fn of(event: Event<'_>) -> Self {
        let tells_time = |field: &Field<'_>| {
            let description = field.schema.text("description").unwrap_or_default();
            field.schema.text("format") == Some("date-time") || description.contains("Unix epoch")
        };
        let top = event.fields().into_iter().filter(|field| field.path.len() == 1);
        Self { members: top.filter(tells_time).map(|field| field.name().to_owned()).collect() }
    }

    /// One that knows what all of `clocks` know.
    pub(crate) fn all<'c>(clocks: impl Iterator<Item = &'c Self>) -> Self {
        let mut members: Vec<String> = clocks.flat_map(|clock| clock.members.clone()).collect();
        members.sort();
        members.dedup();
        Self { members }
    }

    /// The day that a payload names, as `2026-01-15`.
    pub(crate) fn day(&self, payload: &Value) -> Option<String> {
        let time = self.members.iter().find_map(|name| time(payload.get(name)?))?;
        Some(time.to_string()[..10].to_owned())
    }
}

fn time(value: &Value) -> Option<Timestamp> {
    let time = match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => {
            #[expect(clippy::cast_possible_truncation, reason = "fractions do not change the day")]
            let seconds = number.as_f64()? as i64;
            Timestamp::from_second(seconds).ok()
        }
        _ => None,
    };
    time.filter(|time: &Timestamp| PLAUSIBLE.contains(&time.as_second()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Clock;

    #[test]
    fn days_are_in_utc() {
        let clock = Clock { members: vec!["at".to_owned(), "ts".to_owned()] };
        for (payload, day) in [
            (json!({"at": "2026-01-15T23:30:00-05:00"}), Some("2026-01-16")),
            (json!({"at": "2026-01-15t14:30:00.123456789z"}), Some("2026-01-15")),
            (json!({"at": "yesterday", "ts": 1_728_036_616.5}), Some("2024-10-04")),
            (json!({"ts": 5}), None),
            (json!({"at": "0001-01-01T00:00:00Z"}), None),
            (json!([]), None),
        ] {
            assert_eq!(clock.day(&payload).as_deref(), day, "{payload}");
        }
    }
}
