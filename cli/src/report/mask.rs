//! What of a payload is not to be shown: the bytes of values that may be personal.
//!
//! Structure, members' names, quotes and nulls tell nothing of anybody and stay readable.

use std::ops::Range;

use offhook_validator::{Code, Report, Violation};

/// The bytes to hide, as ranges in order that do not touch.
#[derive(Debug, Default)]
pub(crate) struct Mask {
    hidden: Vec<Range<usize>>,
}

impl Mask {
    /// Hides what `report` calls personal, and what the validator could not read.
    pub(crate) fn new(body: &[u8], report: &Report) -> Self {
        let mut hidden = Vec::new();
        for range in report.personal() {
            hidden.extend(values(body, range.clone(), Names::Shown));
        }
        // Nobody knows what is what in a text that is broken. There may be as many such faults as there
        // are values, so not each is looked at: the first hides what is behind it, and only the last,
        // where reading ended, can be in a string.
        let broken = |violation: &&Violation| violation.code == Code::Json;
        let mut broken = report.violations().iter().filter(broken);
        for violation in [broken.next(), broken.next_back()].into_iter().flatten() {
            let broken = start_of_word(body, violation.offset);
            let in_string = broken < violation.offset && body[broken] == b'"';
            let names = if in_string { Names::Hidden } else { Names::Likely };
            hidden.extend(values(body, broken..body.len(), names));
        }
        hidden.sort_unstable_by_key(|range| range.start);
        hidden.dedup_by(|next, range| {
            let touches = next.start <= range.end;
            if touches {
                range.end = range.end.max(next.end);
            }
            touches
        });
        Self { hidden }
    }

    /// Whether the byte at `offset` is not to be shown.
    pub(crate) fn hides(&self, offset: usize) -> bool {
        let after = self.hidden.partition_point(|range| range.start <= offset);
        after.checked_sub(1).is_some_and(|last| self.hidden[last].contains(&offset))
    }
}

/// Which strings are members' names, and may be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Those before a colon.
    Shown,
    /// Of those, the ones that look like a name in a program, and like nothing else.
    Likely,
    /// None: what looks like a string may be what stands between two.
    Hidden,
}

impl Names {
    /// Whether to show `string`, with its quotes, before the text `after`.
    fn show(self, string: &[u8], after: &[u8]) -> bool {
        let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let likely = || {
            string.get(1).is_some_and(u8::is_ascii_lowercase)
                && string.strip_suffix(b"\"").is_some_and(|string| string[1..].iter().all(in_name))
        };
        let fits = self == Self::Shown || self == Self::Likely && likely();
        fits && after.trim_ascii_start().starts_with(b":")
    }
}

/// What may be values in a part of a text: strings without their quotes, numbers, true and false.
fn values(body: &[u8], within: Range<usize>, names: Names) -> impl Iterator<Item = Range<usize>> {
    let end = within.end.min(body.len());
    let words = Words { body, at: within.start, end };
    words.filter_map(move |word| match body[word.start] {
        b'"' if names.show(&body[word.clone()], &body[word.end..]) => None,
        b'"' => {
            let closed = word.len() > 1 && body[word.end - 1] == b'"';
            Some(word.start + 1..word.end - usize::from(closed))
        }
        _ if body[word.clone()] == *b"null" => None,
        _ => Some(word),
    })
}

/// Where the string or literal begins that `offset` is in or right behind; `offset`, if there is
/// none.
fn start_of_word(body: &[u8], offset: usize) -> usize {
    let mut words = Words { body, at: 0, end: body.len() };
    let word = words.find(|word| word.end >= offset);
    word.map_or(offset, |word| word.start.min(offset))
}

/// Strings with their quotes and literals, from any point of any text on.
struct Words<'a> {
    body: &'a [u8],
    at: usize,
    end: usize,
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let text = &self.body[..self.end];
        let start = self.at + text.get(self.at..)?.iter().position(|byte| !is_between(*byte))?;
        let mut at = start;
        if text[at] == b'"' {
            at += 1;
            while at < text.len() && text[at] != b'"' {
                at += if text[at] == b'\\' { 2 } else { 1 };
            }
            at += 1;
        } else {
            while at < text.len() && text[at] != b'"' && !is_between(text[at]) {
                at += 1;
            }
        }
        self.at = at.min(text.len());
        Some(start..self.at)
    }
}

/// Whether a byte outside of strings is part of no value: structure, white space, and marks that
/// are only in broken texts.
fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"{}[]:,'/#".contains(&byte)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use offhook::dialstack;
    use offhook_validator::Validator;

    use super::Mask;

    /// `body` with all that is hidden as asterisks.
    fn masked(body: &str) -> String {
        let report = VALIDATOR.validate(body.as_bytes());
        let mask = Mask::new(body.as_bytes(), &report);
        body.char_indices().map(|(at, char)| if mask.hides(at) { '*' } else { char }).collect()
    }

    static VALIDATOR: LazyLock<Validator> =
        LazyLock::new(|| Validator::new(dialstack::SCHEMA).unwrap());

    /// A payload with a € in every value that is personal or not documented.
    const PAYLOAD: &str = r#"{
        "id": "evt_01", "type": "call.end", "created_at": "2026-01-15T14:35:35Z",
        "account_id": "acct_01", "data": {
            "call_id": "call_01", "direction": "inbound", "status": "completed",
            "from_number": "+49 € \"30\" € \\", "from_name": "A€", "to_number": "B€, \": C€",
            "notes": {"a": ["€", 42, -1.5e3, true, null], "b": {"\u20ac": "€"}},
            "started_at": "2026-01-15T14:30:00Z", "ended_at": "2026-01-15T14:35:00Z",
            "duration_seconds": 325
        }
    }"#;

    #[test]
    fn values_are_hidden_and_structure_is_not() {
        let notes = r#""notes": {"a": ["€", 42, -1.5e3, true, null], "b": {"\u20ac": "€"}}"#;
        let hidden = r#""notes": {"a": ["*", **, ******, ****, null], "b": {"\u20ac": "*"}}"#;
        let masked = masked(PAYLOAD);
        assert!(PAYLOAD.contains(notes) && masked.contains(hidden), "{masked}");
        assert!(masked.contains(r#""from_name": "**", "to_number": "**********","#), "{masked}");
        assert!(masked.contains(r#""duration_seconds": 325"#), "{masked}");
        assert!(masked.contains(r#""status": "completed""#), "{masked}");
    }

    #[test]
    fn a_broken_text_shows_nothing_more() {
        for (at, _) in PAYLOAD.char_indices() {
            let (before, after) = PAYLOAD.split_at(at);
            for broken in [
                before.to_owned(),
                format!("{before}\"{after}"),
                format!("{before}\\{after}"),
                format!("{before}\n{after}"),
                format!("{before}}}{after}"),
                format!("{before}x{after}"),
                format!("{before}1e999{after}"),
                format!("{before},{after}"),
            ] {
                let masked = masked(&broken);
                assert!(!masked.contains('€'), "{broken}\n{masked}");
            }
        }
    }

    #[test]
    fn the_second_of_two_members_of_a_name_is_hidden() {
        let twice = PAYLOAD.replace(r#""call_id""#, r#""from_number": "€", "call_id""#);
        assert!(!masked(&twice).contains('€'), "{}", masked(&twice));
        let twice = PAYLOAD.replace(r#""data": {"#, r#""data": {"x": {"y": "€"}}, "data": {"#);
        assert!(!masked(&twice).contains('€'), "{}", masked(&twice));
    }

    #[test]
    fn what_is_no_event_is_hidden() {
        for body in [
            r#""+49 €""#,
            r#"["€"]"#,
            r#"{"type": "call.ended", "from_number": "€", "data": {"from_number": "€"}}"#,
            r#"{"type": ["€"], "data": "€"}"#,
            r#"{"from_number": "€"}"#,
            "{} \"€\"",
            "\u{feff}{\"from_number\": \"€\"}",
        ] {
            assert!(!masked(body).contains('€'), "{body}\n{}", masked(body));
        }
    }
}
