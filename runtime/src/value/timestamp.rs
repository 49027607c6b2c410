//! A date-time exactly as its sender wrote it, answering as `jiff`, `chrono` or `time` values.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::lex::{self, ONES};
use crate::text::visible;

/// A date-time, kept as the text that the sender wrote.
///
/// The vendors document RFC 3339 date-times; [`Timestamp::is_rfc3339`] is the check that a
/// validator applies. Plain serde reads any string, so that an event is not lost over an odd date.
/// Two timestamps are equal when their texts are, not when they name the same instant.
///
/// ```
/// # use offhook_runtime::Timestamp;
/// let sent: Timestamp = serde_json::from_str(r#""2026-01-15T14:35:30Z""#)?;
/// assert_eq!(sent.as_str(), "2026-01-15T14:35:30Z");
/// assert!(sent.is_rfc3339());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// Of a text that is known to be a date-time per RFC 3339.
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The sender's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is a date-time per RFC 3339, section 5.6.
    ///
    /// `T` and `Z` in either case, a fraction of any length, an offset with a colon; the second 60
    /// only where a leap second can be: at 23:59 UTC on the last day of a month.
    pub fn is_rfc3339(&self) -> bool {
        is_rfc3339(&self.0)
    }

    /// The instant as a [`jiff::Timestamp`]; digits beyond nanoseconds are cut off.
    ///
    /// # Errors
    ///
    /// The text is no RFC 3339 date-time, or the instant is beyond what jiff represents.
    #[cfg(feature = "jiff")]
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, TimestampError> {
        self.instant(str::parse)
    }

    /// The instant as a [`chrono::DateTime`] in the sender's offset; digits beyond nanoseconds are
    /// cut off.
    ///
    /// # Errors
    ///
    /// The text is no RFC 3339 date-time, or the instant is beyond what chrono represents.
    #[cfg(feature = "chrono")]
    pub fn to_chrono(&self) -> Result<chrono::DateTime<chrono::FixedOffset>, TimestampError> {
        self.instant(chrono::DateTime::parse_from_rfc3339)
    }

    /// The instant as a [`time::OffsetDateTime`] in the sender's offset; digits beyond nanoseconds
    /// are cut off.
    ///
    /// # Errors
    ///
    /// The text is no RFC 3339 date-time, or the instant is beyond what time represents.
    #[cfg(feature = "time")]
    pub fn to_time(&self) -> Result<time::OffsetDateTime, TimestampError> {
        self.instant(|text| {
            time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339)
        })
    }

    /// Checks the text, then hands a parser the one spelling that all of them read alike.
    #[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
    fn instant<T, E>(&self, parse: impl Fn(&str) -> Result<T, E>) -> Result<T, TimestampError>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        if !self.is_rfc3339() {
            return Err(TimestampError { cause: None });
        }
        parse(&canonical(&self.0)).map_err(|cause| TimestampError { cause: Some(Box::new(cause)) })
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text, with invisible characters escaped: it may be any.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&visible(&self.0))
    }
}

impl AsRef<str> for Timestamp {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Timestamp> for String {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

/// A [`Timestamp`] that could not be converted: its text is no RFC 3339 date-time, or its instant
/// is out of the target's range.
#[derive(Debug)]
pub struct TimestampError {
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.cause {
            None => "expected an RFC 3339 date-time, found other text",
            Some(_) => "expected a date-time that the target type represents, found one beyond it",
        })
    }
}

impl std::error::Error for TimestampError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

/// Upper-case `T` and `Z`, at most nine fraction digits: what every date-time crate reads.
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
fn canonical(text: &str) -> String {
    let text = text.to_ascii_uppercase();
    let fraction = text[19..].bytes().skip(1).take_while(u8::is_ascii_digit).count();
    if text.as_bytes()[19] == b'.' && fraction > 9 {
        format!("{}{}", &text[..29], &text[20 + fraction..])
    } else {
        text
    }
}

/// Whether `text` is an RFC 3339 `full-date`: a day of the calendar as `YYYY-MM-DD`.
///
/// ```
/// use offhook_runtime::value::timestamp::is_full_date;
///
/// assert!(is_full_date("2024-02-29"));
/// assert!(!is_full_date("2025-02-29"));
/// ```
pub fn is_full_date(text: &str) -> bool {
    is_rfc3339(&format!("{text}T00:00:00Z"))
}

/// Whether `text` is a date-time per RFC 3339, section 5.6; see [`Timestamp::is_rfc3339`].
pub fn is_rfc3339(text: &str) -> bool {
    let text = text.as_bytes();
    common_end(text) == Some(text.len()) || parts(text).is_some()
}

/// Where the string ends whose first quote `text` follows, if it is a date-time, and written without
/// escapes.
#[inline(never)]
pub fn date_time_end(text: &[u8]) -> Option<usize> {
    if let Some(end) = common_end(text)
        && text.get(end) == Some(&b'"')
    {
        return Some(end);
    }
    let end = lex::plain_end(text, 0);
    let (text, rest) = text.split_at_checked(end)?;
    (rest.first() == Some(&b'"') && parts(text).is_some()).then_some(end)
}

/// Where the date-time ends that `text` begins with, if it is in UTC, of the most common form, and
/// before the 29th. Others may be one too.
///
/// Eight bytes are looked at together.
#[inline]
fn common_end(text: &[u8]) -> Option<usize> {
    let word =
        |at: usize| text.get(at..).and_then(<[u8]>::first_chunk).copied().map(u64::from_le_bytes);
    let (date, hours, time) = (word(0)?, word(8)?, word(11)?);
    let two = |at: usize| (text[at] - b'0') * 10 + (text[at + 1] - b'0');
    let is_common = are_between(date, *b"0000-00-", *b"9999-19-")
        && are_between(hours, *b"00T00:00", *b"29T29:59")
        && are_between(time, *b"00:00:00", *b"29:59:59")
        && (1..=12).contains(&two(5))
        && (1..=28).contains(&two(8))
        && two(11) < 24;
    match &text[19..] {
        _ if !is_common => None,
        [b'Z', ..] => Some(20),
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits > 0 && fraction.get(digits) == Some(&b'Z')).then_some(21 + digits)
        }
        _ => None,
    }
}

/// Whether each of eight bytes is between those of `least` and `most`, which are either the same or
/// a zero and another digit.
#[inline]
fn are_between(bytes: u64, least: [u8; 8], most: [u8; 8]) -> bool {
    // A digit becomes its value, and what is the same becomes zero.
    let [bytes, most] =
        [bytes, u64::from_le_bytes(most)].map(|word| word ^ u64::from_le_bytes(least));
    // What is more than the most gets its highest bit set.
    let too_much = bytes.wrapping_add(ONES * 0x7f - most) | bytes;
    too_much & (ONES * 0x80) == 0
}

/// Reads every part and checks its range; `None` if any is off.
fn parts(text: &[u8]) -> Option<()> {
    if text.len() < 20
        || [text[4], text[7], text[13], text[16]] != *b"--::"
        || !matches!(text[10], b'T' | b't')
    {
        return None;
    }
    let year = number(&text[0..2])? * 100 + number(&text[2..4])?;
    let (month, day) = (number(&text[5..7])?, number(&text[8..10])?);
    let (hour, minute) = (number(&text[11..13])?, number(&text[14..16])?);
    let second = number(&text[17..19])?;

    let mut rest = &text[19..];
    if rest[0] == b'.' {
        let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        rest = &rest[1 + digits..];
    }
    let offset_minutes = match rest {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let minutes = i64::from(hours * 60 + minutes);
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let in_range = (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour <= 23
        && minute <= 59
        && (second <= 59
            || second == 60
                && is_leap_second_minute(year, month, day, hour, minute, offset_minutes));
    in_range.then_some(())
}

/// Whether the minute, read in UTC, is the last one of a month: the only place of a leap second.
fn is_leap_second_minute(
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    offset_minutes: i64,
) -> bool {
    let utc = i64::from(hour * 60 + minute) - offset_minutes;
    if utc.rem_euclid(24 * 60) != 23 * 60 + 59 {
        return false;
    }
    match utc.div_euclid(24 * 60) {
        0 => day == days_in(year, month),
        1 => day + 1 == days_in(year, month), // UTC is a day ahead.
        _ => day == 1, // The day before in UTC is the last one of the month before.
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Two ASCII digits.
fn number(digits: &[u8]) -> Option<u32> {
    match digits {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{common_end, date_time_end, is_rfc3339, parts};
    use crate::json::lex;

    #[test]
    fn accepts_what_rfc_3339_allows() {
        for text in [
            "2026-01-15T14:35:30Z",
            "2026-01-15t14:35:30z",
            "2026-01-15T14:35:30.1Z",
            "2026-01-15T14:35:30.123456789012345678901234567890Z",
            "2026-01-15T14:35:30+05:30",
            "2026-01-15T14:35:30-00:00",
            "2026-01-15T14:35:30+23:59",
            "2024-02-29T00:00:00Z",
            "2000-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "1998-12-31T23:59:60Z",
            "1998-12-31T15:59:60.123-08:00",
            "1999-01-01T00:59:60+01:00",
            "2016-06-30T23:59:60Z",
            "2015-06-30T23:59:60.5Z",
        ] {
            assert!(is_rfc3339(text), "{text}");
        }
    }

    #[test]
    fn the_common_form_is_no_other_way_to_be_one() {
        let text = "2026-01-15T14:35:30.25Z";
        for at in 0..text.len() {
            for byte in 0..=0xff {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                let is_common = |bytes: &[u8]| common_end(bytes) == Some(bytes.len());
                assert!(!is_common(&bytes) || parts(&bytes).is_some(), "{byte} at {at}");
                // Up to where it ends, what follows does not matter.
                let is_one = lex::plain_end(&bytes, 0) == bytes.len() && parts(&bytes).is_some();
                bytes.extend(b"\"Z\"");
                let end = date_time_end(&bytes);
                assert_eq!(end == Some(text.len()), is_one, "{byte} at {at}");
            }
        }
        assert_eq!(common_end(text.as_bytes()), Some(text.len()));
    }

    #[test]
    fn refuses_the_rest_of_iso_8601_and_all_that_is_out_of_range() {
        for text in [
            "",
            "2026-01-15",
            "2026-01-15T14:35:30",
            "2026-01-15T14:35Z",
            "2026-01-15 14:35:30Z",
            "20260115T143530Z",
            "2026-01-15T14:35:30+0530",
            "2026-01-15T14:35:30+05",
            "2026-01-15T14:35:30,5Z",
            "2026-01-15T14:35:30.Z",
            "2026-W03-4T14:35:30Z",
            "2026-015T14:35:30Z",
            "+2026-01-15T14:35:30Z",
            "2026-13-15T14:35:30Z",
            "2026-00-15T14:35:30Z",
            "2026-02-29T14:35:30Z",
            "1900-02-29T14:35:30Z",
            "2026-04-31T14:35:30Z",
            "2026-01-00T14:35:30Z",
            "2026-01-15T24:00:00Z",
            "2026-01-15T14:60:30Z",
            "2026-01-15T14:35:61Z",
            "2026-01-15T14:35:60Z",
            "2026-01-30T23:59:60Z",
            "1998-12-31T23:59:60+01:00",
            "2026-01-15T14:35:30+24:00",
            "2026-01-15T14:35:30+05:60",
            "2026-01-15T14:35:30Z\n",
            " 2026-01-15T14:35:30Z",
            "２026-01-15T14:35:30Z",
            "2026-01-15T14:35:30Zulu",
        ] {
            assert!(!is_rfc3339(text), "{text}");
        }
    }

    #[cfg(all(feature = "jiff", feature = "chrono", feature = "time"))]
    #[test]
    fn the_three_crates_read_the_same_instant() {
        for (text, seconds) in [
            ("2026-01-15t14:35:30.1234567891234z", 1_768_487_730),
            ("2026-01-15T14:35:30+05:30", 1_768_467_930),
            ("2026-01-15T14:35:30-00:00", 1_768_487_730),
            ("1970-01-01T00:00:00Z", 0),
        ] {
            let timestamp = super::Timestamp::from(text.to_owned());
            assert_eq!(timestamp.to_jiff().unwrap().as_second(), seconds, "jiff {text}");
            assert_eq!(timestamp.to_chrono().unwrap().timestamp(), seconds, "chrono {text}");
            assert_eq!(timestamp.to_time().unwrap().unix_timestamp(), seconds, "time {text}");
        }
    }

    #[cfg(all(feature = "jiff", feature = "chrono", feature = "time"))]
    #[test]
    fn what_is_no_date_time_converts_to_an_error_everywhere() {
        let timestamp = super::Timestamp::from("yesterday".to_owned());
        assert!(timestamp.to_jiff().is_err());
        assert!(timestamp.to_chrono().is_err());
        assert!(timestamp.to_time().is_err());
    }
}
