//! Formats that the `jsonschema` crate judges too kindly: by its own rules, `2026-01-0/` is a day.

use offhook_runtime::value::timestamp::is_rfc3339;

/// Whether `text` is an RFC 3339 `full-time`; with a leap second, if it is the last of some month.
pub(crate) fn is_time(text: &str) -> bool {
    // A leap second in UTC may be one of the next day elsewhere.
    ["2016-12-31", "2017-01-01"].iter().any(|date| is_rfc3339(&format!("{date}T{text}")))
}

#[cfg(test)]
mod tests {
    use offhook_runtime::value::timestamp::is_full_date as is_date;

    use super::is_time;

    #[test]
    fn days_are_those_of_the_calendar() {
        for good in ["2026-01-31", "2024-02-29", "0000-01-01"] {
            assert!(is_date(good), "{good}");
        }
        for bad in
            ["", "2026-01-0/", "+026-01-01", "2025-02-29", "2026-1-1", "2026-01-01T00:00:00Z"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn times_have_an_offset_and_few_leap_seconds() {
        for good in ["00:00:00Z", "23:59:60Z", "15:59:60-08:00", "00:59:60+01:00", "12:00:00.5z"] {
            assert!(is_time(good), "{good}");
        }
        for bad in ["00:00:0.Z", "1-:00:00Z", "12:00:00", "24:00:00Z", "22:59:60Z", "12:00Z"] {
            assert!(!is_time(bad), "{bad}");
        }
    }
}
