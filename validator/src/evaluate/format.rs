//! Named formats. Those of dates, times, durations and UUIDs are ours; the crate `jsonschema` judges
//! all others, behind the feature `formats`.

use offhook_runtime::value::timestamp::{is_full_date, is_rfc3339};

use super::pattern::Pattern;

/// The durations of RFC 3339, appendix A.
const DURATION: &str = "^P([0-9]+W|([0-9]+D|([0-9]+Y)?[0-9]+M([0-9]+D)?|[0-9]+Y)(T TIME)?|T TIME)$";

/// What follows the `T` of a duration.
const TIME: &str = "([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S)";

const UUID: &str = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";

/// A format of strings.
pub(crate) enum Format {
    Date,
    DateTime,
    Time,
    Pattern(Pattern),
    #[cfg(feature = "formats")]
    Other(named::Named),
}

impl Format {
    /// Returns the format of that name. `None` if nobody knows it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "date" => Some(Self::Date),
            "date-time" => Some(Self::DateTime),
            "duration" => Some(Self::Pattern(Pattern::new(&DURATION.replace(" TIME", TIME)))),
            "time" => Some(Self::Time),
            "uuid" => Some(Self::Pattern(Pattern::new(UUID))),
            #[cfg(feature = "formats")]
            _ => named::Named::new(name).map(Self::Other),
            #[cfg(not(feature = "formats"))]
            _ => None,
        }
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Date => is_full_date(text),
            Self::DateTime => is_rfc3339(text),
            Self::Time => is_time(text),
            Self::Pattern(pattern) => pattern.is_match(text),
            #[cfg(feature = "formats")]
            Self::Other(format) => format.is_match(text),
        }
    }
}

/// Whether `text` is an RFC 3339 `full-time`; with a leap second, if it is the last of some month.
fn is_time(text: &str) -> bool {
    // A leap second in UTC may be one of the next day elsewhere.
    ["2016-12-31", "2017-01-01"].iter().any(|date| is_rfc3339(&format!("{date}T{text}")))
}

/// Formats that the crate `jsonschema` judges.
#[cfg(feature = "formats")]
mod named {
    use std::sync::OnceLock;

    use jsonschema::Validator;
    use offhook_model::keyword::FORMATS;
    use serde_json::{Value, json};

    /// A format, compiled when it is first asked.
    pub(crate) struct Named {
        name: &'static str,
        validator: OnceLock<Option<Validator>>,
    }

    impl Named {
        pub(crate) fn new(name: &str) -> Option<Self> {
            let name = FORMATS.into_iter().find(|known| *known == name)?;
            Some(Self { name, validator: OnceLock::new() })
        }

        pub(crate) fn is_match(&self, text: &str) -> bool {
            // Draft 7 judges formats by default. Options that ask for it would have the crate's generic
            // code compiled once more, into ours.
            let compile = || jsonschema::draft7::new(&json!({ "format": self.name })).ok();
            let validator = self.validator.get_or_init(compile).as_ref();
            validator.is_none_or(|validator| validator.is_valid(&Value::from(text)))
        }
    }
}

#[cfg(test)]
mod tests {
    use offhook_runtime::value::timestamp::is_full_date as is_date;

    use super::{Format, is_time};

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

    /// Texts that are of some format, or nearly so.
    const TEXTS: [&str; 48] = [
        "",
        "P",
        "PT",
        "P1W",
        "P1W1D",
        "P1WT1H",
        "P1D",
        "P2Y",
        "P1M2D",
        "P1Y2D",
        "P1Y2M3DT4H5M6S",
        "P1Y2M",
        "PT1H2S",
        "PT1M2S",
        "PT36H",
        "P1DT12H",
        "P1D1M",
        "1D",
        "PT1.5S",
        "p1d",
        "P\u{661}D",
        "P1D\n",
        "b3f0c6a2-5d1e-4c7b-9a80-2f4e6d8c1b35",
        "B3F0C6A2-5D1E-4C7B-9A80-2F4E6D8C1B35",
        "b3f0c6a25d1e4c7b9a802f4e6d8c1b35",
        "{b3f0c6a2-5d1e-4c7b-9a80-2f4e6d8c1b35}",
        "b3f0c6a2-5d1e-4c7b-9a80-2f4e6d8c1b3g",
        "b3f0c6a2-5d1e-4c7b-9a80-2f4e6d8c1b35\n",
        "a@example.org",
        "a@",
        "example.org",
        "-example.org",
        "b\u{fc}cher.example",
        "127.0.0.1",
        "127.0.0.01",
        "::1",
        "::g",
        "https://example.org/a?b#c",
        "//example.org",
        "https://example.org/{id}",
        "https://example.org/{id",
        "http://b\u{fc}cher.example",
        "/a~1b",
        "/a~2b",
        "0/a",
        "^a$",
        "^(a",
        "\u{0}",
    ];

    #[test]
    #[cfg(feature = "formats")]
    fn formats_are_those_of_draft_2020_12() {
        let ours = ["date", "date-time", "time"]; // Others judge them too kindly.
        for name in offhook_model::keyword::FORMATS.iter().filter(|name| !ours.contains(name)) {
            let format = Format::named(name).expect(name);
            let oracle = jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .should_validate_formats(true)
                .should_ignore_unknown_formats(false)
                .build(&serde_json::json!({ "format": name }))
                .expect(name);
            let (mut some, mut others) = (0, 0);
            for text in TEXTS {
                let is_match = format.is_match(text);
                assert_eq!(is_match, oracle.is_valid(&text.into()), "{name}: {text:?}");
                *(if is_match { &mut some } else { &mut others }) += 1;
            }
            assert!(some > 0 && others > 0, "{name}");
        }
        assert!(Format::named("zebra").is_none());
    }
}
