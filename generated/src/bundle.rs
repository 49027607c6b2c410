//! How the files in a vendor's `SCHEMA` are named, and how they refer to each other.

/// The event that a file is the schema of; none for shared definitions.
pub fn event(file: &str) -> Option<&str> {
    if file.starts_with("shared/") {
        return None;
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    Some(name.strip_suffix(".json").unwrap_or(name))
}

/// The file and the JSON Pointer that `reference` leads to, as seen from `file`.
///
/// ```
/// use offhook::bundle::resolve;
///
/// let (file, pointer) = resolve("shared/call.json", "envelope.json#/properties/id");
/// assert_eq!((file.as_str(), pointer), ("shared/envelope.json", "/properties/id"));
/// ```
pub fn resolve<'r>(file: &str, reference: &'r str) -> (String, &'r str) {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return (file.to_owned(), pointer);
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (parts.join("/"), pointer)
}
