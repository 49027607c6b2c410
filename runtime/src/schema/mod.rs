//! How the files in a vendor's `SCHEMA` are named, how they refer to each other, and where in a
//! schema others stand.

#[cfg(feature = "schemars")]
pub mod json_schema;
mod macros;

/// The name of the payload that a file is the schema of; none for shared definitions.
///
/// Where payloads name their event it is the file's stem, which is that name. Where they do not,
/// it is the file's path.
///
/// ```
/// use offhook_runtime::schema::payload;
///
/// assert_eq!(payload("calls/call.end.json", true), Some("call.end"));
/// assert_eq!(payload("calls/call.end.json", false), Some("calls/call.end"));
/// assert_eq!(payload("call.end.schema.json", true), Some("call.end"));
/// assert_eq!(payload("shared/call.json", true), None);
/// ```
#[inline]
pub fn payload(file: &str, names_event: bool) -> Option<&str> {
    if file.starts_with("shared/") {
        return None;
    }
    let path = file.strip_suffix(".json").unwrap_or(file);
    let path = path.strip_suffix(".schema").filter(|path| !path.is_empty()).unwrap_or(path);
    Some(if names_event { path.rsplit('/').next().unwrap_or(path) } else { path })
}

/// The file and the JSON Pointer that `reference` leads to, as seen from `file`.
///
/// A reference is a relative path and a JSON Pointer as fragment, either of which may be missing,
/// in the notation of RFC 3986: what has no place in a URI is percent-encoded.
///
/// ```
/// use offhook_runtime::schema::resolve;
///
/// let target = |file, pointer| (String::from(file), String::from(pointer));
/// assert_eq!(
///     resolve("shared/call.json", "envelope.json#/properties/id"),
///     target("shared/envelope.json", "/properties/id"),
/// );
/// assert_eq!(resolve("a/b/c.json", "../d%20e.json"), target("a/d e.json", ""));
/// assert_eq!(resolve("a/b.json", "#/$defs/50%25"), target("a/b.json", "/$defs/50%"));
/// ```
#[inline]
pub fn resolve(file: &str, reference: &str) -> (String, String) {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let pointer = percent_decode(pointer);
    if path.is_empty() {
        return (file.to_owned(), pointer);
    }
    let mut parts: Vec<String> = file.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(percent_decode(part)),
        }
    }
    (parts.join("/"), pointer)
}

/// Undoes the escapes of a URI; what only looks like one stays.
#[inline]
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [high, low, ..]) => {
                let digit = |byte: &u8| {
                    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
                };
                digit(high).zip(digit(low)).map(|(high, low)| high << 4 | low)
            }
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What of a keyword's value is schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subschemas {
    /// All of it: it is one.
    One,
    /// The elements.
    List,
    /// The values of its members, whatever their names.
    Named,
}

/// Where schemas stand in the value of `keyword`; none for those that hold plain values, in which
/// what looks like a schema is data.
#[inline]
pub fn subschemas(keyword: &str) -> Option<Subschemas> {
    match keyword {
        "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Some(Subschemas::One),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Some(Subschemas::List),
        "$defs" | "definitions" | "dependentSchemas" | "patternProperties" | "properties" => {
            Some(Subschemas::Named)
        }
        _ => None,
    }
}

/// Whether `keyword` asserts something, and holds no schema for it.
#[inline]
pub fn is_assertion(keyword: &str) -> bool {
    matches!(
        keyword,
        "const"
            | "dependentRequired"
            | "enum"
            | "exclusiveMaximum"
            | "exclusiveMinimum"
            | "format"
            | "maxContains"
            | "maxItems"
            | "maxLength"
            | "maxProperties"
            | "maximum"
            | "minContains"
            | "minItems"
            | "minLength"
            | "minProperties"
            | "minimum"
            | "multipleOf"
            | "pattern"
            | "required"
            | "type"
            | "uniqueItems"
    )
}

#[cfg(test)]
mod tests {
    use super::{percent_decode, resolve};

    #[test]
    fn escapes_are_undone_and_what_only_looks_like_one_stays() {
        assert_eq!(percent_decode("/%24defs/a%20b/%C3%A9"), "/$defs/a b/é");
        assert_eq!(percent_decode("/100%/x%2"), "/100%/x%2");
    }

    #[test]
    fn paths_are_relative_to_the_folder_of_the_file() {
        for (file, reference, target) in [
            ("a.json", "#", "a.json#"),
            ("a.json", "b.json", "b.json#"),
            ("a.json", "./b.json#", "b.json#"),
            ("x/y/a.json", "../../b.json#/$defs/c", "b.json#/$defs/c"),
            ("x/a.json", "y/../../z/./b.json#/a~1b", "z/b.json#/a~1b"),
            ("x/a.json", "a.json#/properties/x%23y", "x/a.json#/properties/x#y"),
            ("x/a.json", "%23%20.json#", "x/# .json#"),
        ] {
            let (path, pointer) = resolve(file, reference);
            assert_eq!(format!("{path}#{pointer}"), target, "{reference} in {file}");
        }
    }
}
