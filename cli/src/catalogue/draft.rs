//! A vendor's folder that is being changed, as files.

use offhook_runtime::text::visible_json;

use offhook_model::{Json, Object as Members};

/// The file that tells that a folder is a vendor's.
pub(crate) const MANIFEST: &str = "vendor.json";

/// Lines are no longer than this, if they can be helped.
const WIDTH: usize = 100;

/// A vendor's schemas, to be edited.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(super) folder: String,
    pub(super) manifest: Members,
    pub(super) schemas: Members,
}

impl Draft {
    /// Edits the schema at a place, and gives what `edit` gives; false if there is none.
    pub(crate) fn edit(
        &mut self,
        file: &str,
        pointer: &str,
        edit: impl FnOnce(&mut Members) -> bool,
    ) -> bool {
        let schema = self.schemas.get_mut(file).and_then(|schema| schema.pointer_mut(pointer));
        schema.and_then(Json::as_object_mut).is_some_and(edit)
    }

    pub(crate) fn add_file(&mut self, file: String, schema: Json) {
        self.schemas.insert(file, schema);
    }

    /// Whether there is a file of that name, on systems that ignore the case of names.
    pub(crate) fn is_taken(&self, file: &str) -> bool {
        self.schemas.keys().any(|own| own.eq_ignore_ascii_case(file))
    }

    /// The files with their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (String, String)> {
        let manifest = (MANIFEST.to_owned(), Json::Object(self.manifest.clone()));
        let schemas = self.schemas.iter().map(|(file, schema)| (file.clone(), schema.clone()));
        // A schema that is called like the manifest must not take its place.
        let schemas = schemas.filter(|(file, _)| !file.eq_ignore_ascii_case(MANIFEST));
        std::iter::once(manifest).chain(schemas).map(|(file, json)| {
            (format!("{}/{file}", self.folder), visible_json(&layout(&json)).into_owned())
        })
    }
}

/// A file's text, laid out as people do.
pub(crate) fn layout(json: &Json) -> String {
    let mut text = String::new();
    push(json, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Adds JSON as people lay it out: what is short on one line, everything else a line a member.
/// `before` is how many columns are taken already.
fn push(json: &Json, depth: usize, before: usize, text: &mut String) {
    let line = on_a_line(json);
    let ends = match json {
        Json::Array(elements) if !elements.is_empty() => ['[', ']'],
        Json::Object(members) if !members.is_empty() => ['{', '}'],
        _ => return text.push_str(&line),
    };
    // A file is never one line.
    if depth > 0 && before + line.chars().count() < WIDTH && is_flat(json) {
        return text.push_str(&line);
    }
    let indent = "  ".repeat(depth + 1);
    text.push(ends[0]);
    let mut separator = "\n";
    let mut push_part = |name: Option<&str>, value: &Json| {
        text.push_str(separator);
        separator = ",\n";
        let label = name.map(|name| format!("{}: ", Json::String(name.to_owned())));
        let start = format!("{indent}{}", label.unwrap_or_default());
        text.push_str(&start);
        push(value, depth + 1, start.chars().count(), text);
    };
    match json {
        Json::Array(elements) => elements.iter().for_each(|value| push_part(None, value)),
        Json::Object(members) => {
            members.iter().for_each(|(name, value)| push_part(Some(name), value));
        }
        _ => {}
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push(ends[1]);
}

/// Whether it has no object in it.
fn is_flat(json: &Json) -> bool {
    match json {
        Json::Object(members) => !members.values().any(|value| value.as_object().is_some()),
        Json::Array(elements) => elements.iter().all(is_flat),
        _ => true,
    }
}

fn on_a_line(json: &Json) -> String {
    match json {
        Json::Array(elements) if !elements.is_empty() => {
            format!("[{}]", elements.iter().map(on_a_line).collect::<Vec<_>>().join(", "))
        }
        Json::Object(members) if !members.is_empty() => {
            let member = |(name, value): (&String, &Json)| {
                format!("{}: {}", Json::String(name.clone()), on_a_line(value))
            };
            format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
