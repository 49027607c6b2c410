//! A [`Json`] into the text of a file, laid out as people lay out schemas.

use super::{Json, quoted};

/// The most characters of a line that could be broken.
const WIDTH: usize = 100;

/// Returns the text of a file that holds `json`: two spaces a level, and a line break at the end.
///
/// A value stands on one line of at most 100 characters if it is an object without an object as a
/// member, or an array of such values. The outermost object or array has a line for every part.
///
/// ```
/// use offhook_model::json::{parse, pretty};
///
/// let schema = parse(r#"{"required":["id"],"properties":{"id":{"type":"string"}}}"#)?;
/// let text = "\
/// {
///   \"required\": [\"id\"],
///   \"properties\": {
///     \"id\": { \"type\": \"string\" }
///   }
/// }
/// ";
/// assert_eq!(pretty(&schema), text);
/// # Ok::<(), Vec<offhook_model::json::Malformed>>(())
/// ```
pub fn pretty(json: &Json) -> String {
    let mut text = String::new();
    push(json, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Adds a value to a line that has `before` characters so far.
fn push(json: &Json, depth: usize, before: usize, text: &mut String) {
    let (brackets, parts): (_, Vec<(String, &Json)>) = match json {
        Json::Array(elements) if !elements.is_empty() => {
            (['[', ']'], elements.iter().map(|value| (String::new(), value)).collect())
        }
        Json::Object(members) if !members.is_empty() => {
            (['{', '}'], members.iter().map(|(name, value)| (label(name), value)).collect())
        }
        _ => return text.push_str(&json.to_string()),
    };
    if depth > 0 && is_flat(json) {
        let line = on_one_line(json);
        // A comma may follow.
        if before + line.chars().count() < WIDTH {
            return text.push_str(&line);
        }
    }
    let indentation = "  ".repeat(depth + 1);
    text.push(brackets[0]);
    for (index, (label, value)) in parts.into_iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&indentation);
        text.push_str(&label);
        push(value, depth + 1, indentation.len() + label.chars().count(), text);
    }
    text.push('\n');
    text.push_str(&indentation[2..]);
    text.push(brackets[1]);
}

/// Whether a value may stand on one line.
fn is_flat(json: &Json) -> bool {
    match json {
        Json::Object(members) => !members.values().any(Json::is_object),
        Json::Array(elements) => elements.iter().all(is_flat),
        _ => true,
    }
}

fn on_one_line(json: &Json) -> String {
    match json {
        Json::Array(elements) if !elements.is_empty() => {
            format!("[{}]", elements.iter().map(on_one_line).collect::<Vec<_>>().join(", "))
        }
        Json::Object(members) if !members.is_empty() => {
            let member = |(name, value): (&String, _)| label(name) + &on_one_line(value);
            format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn label(name: &str) -> String {
    quoted(name) + ": "
}

#[cfg(test)]
mod tests {
    use super::pretty;
    use crate::json::parse;

    /// Fails unless `text` is how its own value is laid out.
    fn assert_laid_out(text: &str) {
        assert_eq!(pretty(&parse(text).expect("JSON")), text);
    }

    #[test]
    fn short_values_stand_on_one_line() {
        assert_laid_out(
            r#"{
  "$ref": "a.json#/properties/b",
  "none": {},
  "nothing": [],
  "required": ["a", "b"],
  "three": { "type": "string", "const": "a", "x-source": "table" },
  "pairs": [{ "a": 1.0 }, { "b": [[true], null] }],
  "nested": [
    {
      "a": { "b": [] }
    }
  ]
}
"#,
        );
    }

    #[test]
    fn the_outermost_value_has_a_line_for_every_part() {
        assert_laid_out("{\n  \"a\": 1\n}\n");
        assert_laid_out("[\n  1,\n  [2]\n]\n");
        for text in ["{}\n", "[]\n", "\"a\\n\"\n", "1e2\n"] {
            assert_laid_out(text);
        }
    }

    #[test]
    fn a_line_has_at_most_100_characters() {
        // With the comma after it, the first line has 100 characters, and the second would have 101.
        for (length, is_one_line) in [(80, true), (81, false)] {
            let value = "é".repeat(length);
            let text = format!(r#"{{"enum":["{value}","b"],"a":1}}"#);
            let laid_out = pretty(&parse(&text).expect("JSON"));
            let line = format!("\n  \"enum\": [\"{value}\", \"b\"],\n");
            assert_eq!(laid_out.contains(&line), is_one_line, "{laid_out}");
        }
    }

    #[test]
    fn names_and_values_are_escaped() {
        assert_laid_out("{\n  \"a\\\"\\n\": \"\\\\\\u0001\"\n}\n");
    }
}
