//! The JSON-Schema-Test-Suite: each group is a vendor with one schema.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use offhook_report_recorder::Instance;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Set;
use super::folder::files;

/// The drafts: the folder in the suite, and how a schema names the draft.
const DRAFTS: [(&str, &str); 2] = [
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
];

/// Files whose verdicts follow another reading of the specification than offhook's.
///
/// offhook asserts formats, and `contentEncoding` and `contentMediaType` are annotations.
const OTHER_READING: [&str; 2] = ["format.json", "optional/content.json"];

const MANIFEST: &str = r#"{
  "title": "Suite",
  "document": { "name": "JSON-Schema-Test-Suite", "read": "2026-01-01" },
  "discriminator": null
}
"#;

/// A schema and its instances, as text: numbers keep their spelling.
#[derive(Deserialize)]
struct Group<'a> {
    #[serde(borrow)]
    schema: &'a RawValue,
    #[serde(borrow)]
    tests: Vec<Test<'a>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
    valid: bool,
}

pub(super) fn sets(suite: &Path) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut sets = Vec::new();
    for (draft, schema) in DRAFTS {
        for (path, text) in files(&suite.join("tests").join(draft))? {
            let groups: Vec<Group<'_>> = serde_json::from_slice(&text)?;
            let stem = path.trim_end_matches(".json");
            let is_known = !OTHER_READING.contains(&path.as_str());
            for (index, group) in groups.iter().enumerate() {
                let schema = declared(group.schema.get(), schema)?;
                let instance = |(index, test): (usize, &Test<'_>)| Instance {
                    expected: is_known.then_some(test.valid),
                    ..Instance::new(format!("test/{index}"), on_one_line(test.data.get()).into())
                };
                sets.push(Set {
                    name: format!("suite/{draft}/{stem}/{index}"),
                    files: vec![
                        ("suite/vendor.json".to_owned(), MANIFEST.into()),
                        ("suite/root.json".to_owned(), schema.into()),
                    ],
                    instances: group.tests.iter().enumerate().map(instance).collect(),
                });
            }
        }
    }
    Ok(sets)
}

/// Returns `schema` with its `$schema`, unless it is a boolean, which cannot have one.
fn declared(schema: &str, declaration: &str) -> serde_json::Result<String> {
    let Ok(mut members) = serde_json::from_str::<BTreeMap<&str, &RawValue>>(schema) else {
        return Ok(schema.to_owned());
    };
    let declaration = serde_json::value::to_raw_value(declaration)?;
    members.entry("$schema").or_insert(&declaration);
    serde_json::to_string(&members)
}

/// Returns a JSON text without the white space between its tokens.
fn on_one_line(json: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let mut text = String::new();
    for character in json.chars() {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else if character.is_ascii_whitespace() {
            continue;
        } else {
            in_string = character == '"';
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::on_one_line;

    #[test]
    fn strings_keep_their_spaces() {
        let text = "{\n  \"a b\": [ 1.0,\t\"\\\" \\\\\", 2 ]\n}";
        assert_eq!(on_one_line(text), r#"{"a b":[1.0,"\" \\",2]}"#);
    }
}
