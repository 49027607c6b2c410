//! Words that changed in every message, made equal before messages are compared.

use std::sync::LazyLock;

use regex::Regex;

/// Phrases that had another wording, with the present one.
const PHRASES: [(&str, &str); 6] = [
    ("the member \"", "the property \""),
    ("the members \"", "the properties \""),
    ("no member \"", "no property \""),
    ("a documented member", "a documented property"),
    ("each member once", "each property once"),
    ("the name of every member", "the name of every property"),
];

/// Returns what is expected, with properties in place of the former members.
pub(super) fn expected(text: &str) -> String {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\bof at (least|most) (\d+) member(s?)\b").expect("a pattern")
    });
    let text = COUNT.replace_all(text, |found: &regex::Captures<'_>| {
        let noun = if found[3].is_empty() { "property" } else { "properties" };
        format!("of at {} {} {noun}", &found[1], &found[2])
    });
    let mut text = text.into_owned();
    for (former, present) in PHRASES {
        text = text.replace(former, present);
    }
    text
}

/// Returns a message with `expected` and `found` in place of the former `want` and `got`.
///
/// Messages that now name a property instead, and nothing else, lose the name.
pub(super) fn message(text: &str) -> String {
    let text = text.replace(", got ", ", found ").replace(": want ", ": expected ");
    let text = text.strip_prefix("want ").map_or(text.clone(), |rest| format!("expected {rest}"));
    let text = expected(&text);
    let found = text.strip_prefix("expected ").and_then(|rest| rest.rsplit_once(", found "));
    match found {
        Some(("a documented property", _)) => "undocumented property".to_owned(),
        Some(("each property once", _)) => "duplicate property".to_owned(),
        Some((missing, "an object without it")) if missing.starts_with("the property ") => {
            missing.replacen("the property", "missing required property", 1)
        }
        _ => {
            let named = ["undocumented property", "duplicate property"];
            let start = named.into_iter().find(|start| text.starts_with(start));
            start.map_or(text.clone(), str::to_owned)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn former_messages_equal_present_ones() {
        for (former, present) in [
            ("want a number, got a string", "expected a number, found a string"),
            ("want the member \"a\", got an object without it", "missing required property \"a\""),
            ("want a documented member, got an undocumented one", "undocumented property \"b\""),
            ("want each member once, got one for the second time", "duplicate property \"c\""),
            (
                "want an object of at least 2 members, got an object",
                "expected an object of at least 2 properties, found an object",
            ),
        ] {
            assert_eq!(message(former), message(present));
        }
        assert_ne!(message("want a number, got a string"), message("want a string, got a number"));
    }
}
