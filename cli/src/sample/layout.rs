//! A payload into text: for people, or on one line.

use std::fmt::Write as _;

use crate::catalogue::{Json, Order};

/// How a payload is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A line a member, indented.
    Pretty,
    /// One line, without white space.
    Line,
}

impl Layout {
    pub(super) fn text(self, payload: &Json) -> String {
        let mut text = String::new();
        self.append(&mut text, payload, 0);
        text
    }

    fn append(self, text: &mut String, value: &Json, depth: usize) {
        match value {
            Json::Array(elements) if !elements.is_empty() => {
                text.push('[');
                for (at, element) in elements.iter().enumerate() {
                    self.begin(text, at, depth + 1);
                    self.append(text, element, depth + 1);
                }
                self.line(text, depth);
                text.push(']');
            }
            Json::Object(members) if !members.is_empty() => {
                text.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    self.begin(text, at, depth + 1);
                    // A member that stands twice, see there.
                    let name = name.strip_prefix(AGAIN).unwrap_or(name);
                    // Writing to a string does not fail.
                    let _ = write!(text, "{}:", Json::String(name.to_owned()));
                    if self == Self::Pretty {
                        text.push(' ');
                    }
                    self.append(text, value, depth + 1);
                }
                self.line(text, depth);
                text.push('}');
            }
            other => {
                let _ = write!(text, "{other}");
            }
        }
    }

    /// What comes before an element or a member.
    fn begin(self, text: &mut String, at: usize, depth: usize) {
        if at > 0 {
            text.push(',');
        }
        self.line(text, depth);
    }

    fn line(self, text: &mut String, depth: usize) {
        if self == Self::Pretty {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        }
    }
}

/// What begins the name of a member that stands in an object for the second time, as no map holds two
/// of one name. It is not written.
pub(super) const AGAIN: &str = "\u{0}again\u{0}";

/// The payload with its members in the order of their vendor's sender.
pub(super) fn ordered(payload: Json, order: Order) -> Json {
    match (payload, order) {
        (Json::Object(mut members), Order::Sorted) => {
            members.sort_keys();
            let members = members.into_iter();
            Json::Object(members.map(|(name, value)| (name, ordered(value, order))).collect())
        }
        (Json::Array(elements), Order::Sorted) => {
            Json::Array(elements.into_iter().map(|element| ordered(element, order)).collect())
        }
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, ordered};
    use crate::catalogue::{Json, Order};

    fn json(text: &str) -> Json {
        offhook_model::json::parse(text).unwrap()
    }

    #[test]
    fn payloads_are_laid_out_for_people_or_on_a_line() {
        let payload = json(r#"{ "b": [1, { "d": null, "c": "\n" }], "a": {}, "e": [] }"#);
        let line = r#"{"b":[1,{"d":null,"c":"\n"}],"a":{},"e":[]}"#;
        assert_eq!(Layout::Line.text(&payload), line);
        let pretty = Layout::Pretty.text(&payload);
        let value: serde_json::Value = serde_json::from_str(&pretty).unwrap();
        assert_eq!(value, serde_json::from_str::<serde_json::Value>(line).unwrap());
        assert!(pretty.starts_with("{\n  \"b\": [\n    1,\n    {\n      \"d\": null,"), "{pretty}");
    }

    #[test]
    fn a_sender_that_sorts_does_so_at_every_level() {
        let payload = json(r#"{ "b": [{ "d": 1, "c": 2 }], "a": 3 }"#);
        let sorted = Layout::Line.text(&ordered(payload.clone(), Order::Sorted));
        assert_eq!(sorted, r#"{"a":3,"b":[{"c":2,"d":1}]}"#);
        assert_eq!(ordered(payload.clone(), Order::Document), payload);
    }
}
