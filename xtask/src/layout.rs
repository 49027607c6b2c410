//! JSON as the schemas of this repository are laid out.

use serde_json::Value;

/// How long a line may be.
const WIDTH: usize = 100;

/// `value` with two spaces of indentation and a final newline.
///
/// A list of plain values stands on one line if it fits, and so does an object of one or two.
pub(crate) fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text.push('\n');
    text
}

/// Appends `value`, whose first line begins somewhere right of `indentation`.
fn write(value: &Value, indentation: usize, text: &mut String) {
    let column = text.len() - text.rfind('\n').map_or(0, |end| end + 1);
    if let Some(line) = line(value)
        && column + line.chars().count() < WIDTH
    {
        text.push_str(&line);
        return;
    }
    let inner = " ".repeat(indentation + 2);
    let (brackets, members): (_, Vec<(String, &Value)>) = match value {
        Value::Object(members) => {
            ("{}", members.iter().map(|(name, value)| (key(name), value)).collect())
        }
        Value::Array(elements) => {
            ("[]", elements.iter().map(|value| (String::new(), value)).collect())
        }
        plain => return text.push_str(&plain.to_string()),
    };
    text.push_str(&brackets[..1]);
    for (i, (key, value)) in members.into_iter().enumerate() {
        text.push_str(if i == 0 { "\n" } else { ",\n" });
        text.push_str(&inner);
        text.push_str(&key);
        write(value, indentation + 2, text);
    }
    text.push('\n');
    text.push_str(&inner[2..]);
    text.push_str(&brackets[1..]);
}

/// `value` on one line, if that reads well.
fn line(value: &Value) -> Option<String> {
    let plain = |value: &Value| !value.is_object() && !value.is_array();
    match value {
        Value::Array(elements) if elements.iter().all(plain) => {
            let elements: Vec<String> = elements.iter().map(Value::to_string).collect();
            Some(format!("[{}]", elements.join(", ")))
        }
        Value::Object(members) if members.is_empty() => Some("{}".to_owned()),
        Value::Object(members) if members.len() <= 2 && members.values().all(plain) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{}{value}", key(name))).collect();
            Some(format!("{{ {} }}", members.join(", ")))
        }
        _ => None,
    }
}

fn key(name: &str) -> String {
    format!("{}: ", Value::from(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::text;

    #[test]
    fn what_is_short_and_plain_stands_on_one_line() {
        let long: Vec<String> = (0..20).map(|i| format!("value {i}")).collect();
        let value = json!({
            "reference": { "$ref": "a.json#/properties/b" },
            "none": {},
            "required": ["a", "b"],
            "three": { "type": "string", "const": "a", "x-source": "table" },
            "nested": [{ "a": { "b": [] } }],
            "long": long,
        });
        let lines = text(&value);
        let head = r#"{
  "reference": { "$ref": "a.json#/properties/b" },
  "none": {},
  "required": ["a", "b"],
  "three": {
    "type": "string",
    "const": "a",
    "x-source": "table"
  },
  "nested": [
    {
      "a": {
        "b": []
      }
    }
  ],
  "long": [
    "value 0",
"#;
        assert!(lines.starts_with(head), "{lines}");
        assert!(lines.ends_with("    \"value 19\"\n  ]\n}\n"), "{lines}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&lines).unwrap(), value);
    }
}
