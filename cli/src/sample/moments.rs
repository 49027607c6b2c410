//! The course of one event: when what its payload tells of took place, in an order that makes sense.

use jiff::Timestamp;

use super::random::Random;
use super::words;

/// The first second of 2026, from the epoch. Nothing is read off a clock.
const EARLIEST: i64 = 1_767_225_600;

/// How many seconds later the last event begins: after most of a year.
const SPAN: i64 = 330 * 86_400;

/// What takes place one after the other: words by which members name it, and how many milliseconds
/// pass before it, at least and at most.
const STAGES: [(&[&str], i64, i64); 6] = [
    (&["entered", "original"], 0, 0),
    (&["start", "started", "initiated", "placed", "queued"], 0, 40_000),
    (&["ring", "ringing"], 200, 3_000),
    (&["answer", "answered", "connected", "dispatched", "joined"], 2_000, 25_000),
    (&[], 1_000, 60_000), // What is named otherwise.
    (&["abandoned", "completed", "disconnected", "end", "ended", "finished"], 10_000, 600_000),
];

/// The stages by number.
const START: usize = 1;
const ANSWER: usize = 3;
const OTHER: usize = 4;
const END: usize = 5;

/// What names the moment at which the event itself was made.
const MADE: [&str; 7] = ["created", "emitted", "event", "sent", "time", "timestamp", "ts"];

/// What names a moment that is yet to come.
const LATER: [&str; 5] = ["expires", "expiry", "next", "scheduled", "until"];

/// The moments of one payload, in milliseconds from the epoch.
pub(super) struct Moments {
    stages: [i64; STAGES.len()],
    made: i64,
    later: i64,
}

impl Moments {
    /// Those of a payload whose moments go by these names.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, random: &mut Random) -> Self {
        let mut moment = (EARLIEST + random.between(0, SPAN)) * 1000;
        let stages = STAGES.map(|(_, least, most)| {
            moment += random.between(least, most);
            moment
        });
        // Whoever tells that a telephone rings does not wait for the end of the call.
        let last = names.filter_map(stage).max().unwrap_or(START);
        let made = stages[last] + random.between(0, 800);
        let later = stages[END] + random.between(60_000, 3_600_000);
        Self { stages, made, later }
    }

    /// When what a member of that name tells of took place, in milliseconds from the epoch.
    pub(super) fn at(&self, name: &str) -> i64 {
        if is_one_of(name, &LATER) {
            return self.later;
        }
        stage(name).map_or(self.made, |stage| self.stages[stage])
    }

    /// How many milliseconds what a member of that name measures took; none if it measures something
    /// else.
    pub(super) fn lasted(&self, name: &str) -> Option<i64> {
        let words = words::of_name(name);
        let has = |word: &str| words.iter().any(|known| known == word);
        let [start, answer, end] = [START, ANSWER, END].map(|stage| self.stages[stage]);
        match () {
            () if has("duration") && has("total") => Some(end - start),
            () if has("duration") => Some(end - answer),
            () if has("wait") => Some(answer - self.stages[0]),
            () => None,
        }
    }

    /// A moment as RFC 3339 has it, written as `model` is: with as many digits of a second, and with
    /// the same offset.
    pub(super) fn written(moment: i64, model: Option<&str>, random: &mut Random) -> Option<String> {
        let model = model.filter(|model| is_date_time(model));
        let digits = model.map_or(0, fraction_digits);
        let offset = model.and_then(offset);
        let second = moment.div_euclid(1000) + offset.unwrap_or_default();
        // What is finer than a thousandth is made up; zeros at the end are not written.
        let fine = format!("{:03}{:06}", moment.rem_euclid(1000), random.below(1_000_000));
        let fraction = fine.get(..digits).unwrap_or(&fine).trim_end_matches('0');
        let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
        let timestamp = Timestamp::from_second(second).ok()?.to_string();
        let local = timestamp.strip_suffix('Z')?;
        let zone = match model {
            Some(model) if offset.is_some() => &model[model.len() - 6..],
            _ => "Z",
        };
        Some(format!("{local}{fraction}{zone}"))
    }

    /// The day and the time of day at which the event was made, as `20260115` and `143530`.
    pub(super) fn compact(&self) -> Option<(String, String)> {
        let timestamp = Timestamp::from_second(self.made.div_euclid(1000)).ok()?.to_string();
        let digits: String = timestamp.chars().filter(char::is_ascii_digit).collect();
        let (day, time) = digits.split_at_checked(8)?;
        Some((day.to_owned(), time.to_owned()))
    }
}

/// The stage of which a member of that name tells when it took place; none if it is of the event itself.
fn stage(name: &str) -> Option<usize> {
    if is_one_of(name, &LATER) {
        return None;
    }
    let stage = STAGES.iter().position(|(words, ..)| is_one_of(name, words));
    stage.or_else(|| (!is_one_of(name, &MADE)).then_some(OTHER))
}

fn is_one_of(name: &str, words: &[&str]) -> bool {
    words::of_name(name).iter().any(|word| words.contains(&word.as_str()))
}

/// Whether a text looks like a date-time of RFC 3339.
pub(super) fn is_date_time(text: &str) -> bool {
    text.len() >= 20 && text.parse::<Timestamp>().is_ok()
}

/// How many digits of a second there are.
fn fraction_digits(text: &str) -> usize {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    fraction.bytes().take_while(u8::is_ascii_digit).count()
}

/// The offset from UTC in seconds, if it is not written as `Z`.
fn offset(text: &str) -> Option<i64> {
    let zone = text.get(text.len().checked_sub(6)?..)?;
    let sign = match zone.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = zone[1..].split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::Moments;
    use crate::sample::random::Random;

    #[test]
    fn what_took_place_did_so_in_order() {
        for seed in 0..50 {
            let mut random = Random::new(seed, 0);
            let names = ["started_at", "answered_at", "ended_at", "created_at"];
            let moments = Moments::new(names.into_iter(), &mut random);
            assert!(names.is_sorted_by_key(|name| moments.at(name)), "{seed}");
            assert!(moments.at("next_attempt_at") > moments.at("created_at"), "{seed}");
            let lasted = moments.at("ended_at") - moments.at("answered_at");
            assert_eq!(moments.lasted("duration_seconds"), Some(lasted));
        }
    }

    #[test]
    fn an_event_is_told_of_when_it_happens() {
        let mut random = Random::new(1, 0);
        let moments = Moments::new(["ringing_at", "created_at"].into_iter(), &mut random);
        assert!(moments.at("created_at") - moments.at("ringing_at") < 1000);
    }

    #[test]
    fn moments_are_written_as_the_vendor_writes_them() {
        let mut random = Random::new(1, 0);
        let mut write = |model| Moments::written(1_767_225_600_000, model, &mut random).unwrap();
        assert_eq!(write(None), "2026-01-01T00:00:00Z");
        assert_eq!(write(Some("2026-01-15T14:30:00Z")), "2026-01-01T00:00:00Z");
        assert_eq!(write(Some("2026-01-15T14:30:00-02:30")), "2025-12-31T21:30:00-02:30");
        assert_eq!(write(Some("2026-01-15T14:30:00.12Z")), "2026-01-01T00:00:00Z");
        let fine = write(Some("2026-01-15T14:30:00.123456Z"));
        assert!(fine.starts_with("2026-01-01T00:00:00.000") && fine.len() <= 27, "{fine}");
    }
}
