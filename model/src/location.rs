//! Locations in a vendor's schemas: a file and a JSON Pointer (RFC 6901) into it.

use std::borrow::Cow;
use std::fmt;

/// A location in a vendor's schemas.
///
/// `Display` joins both parts: `shared/call.json#/$defs/direction`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file's path inside the vendor's folder, with `/` between its parts.
    pub file: String,
    /// A JSON Pointer into the file; empty for the file's root.
    pub pointer: String,
}

impl Location {
    /// Returns the location of `pointer` in `file`.
    pub fn new(file: &str, pointer: &str) -> Self {
        Self { file: file.to_owned(), pointer: pointer.to_owned() }
    }

    /// Returns the location of the root of `file`.
    pub fn root(file: &str) -> Self {
        Self::new(file, "")
    }

    /// Returns the location of the member or element that `token` names, unescaped.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        let token = escape(token);
        Self { file: self.file.clone(), pointer: [&self.pointer, "/", &token].concat() }
    }

    /// Returns the location of the element at `index`.
    #[must_use]
    pub fn element(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// Returns the location of the object or array around this one. The root's is the root.
    #[must_use]
    pub fn parent(&self) -> Self {
        let parent = self.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        Self::new(&self.file, parent)
    }

    /// Returns where a canonical `$ref` in `file` leads.
    ///
    /// A canonical reference is a relative path and a JSON Pointer as fragment, either of which may
    /// be missing. Characters that a URI cannot have are percent-encoded.
    ///
    /// ```
    /// use offhook_model::Location;
    ///
    /// let target = Location::resolve("shared/call.json", "envelope.json#/properties/id");
    /// assert_eq!(target, Location::new("shared/envelope.json", "/properties/id"));
    /// let target = Location::resolve("a/b.json", "#/$defs/50%25");
    /// assert_eq!(target, Location::new("a/b.json", "/$defs/50%"));
    /// ```
    pub fn resolve(file: &str, reference: &str) -> Self {
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = percent_decode(pointer);
        if path.is_empty() {
            return Self { file: file.to_owned(), pointer };
        }
        let mut parts: Vec<Cow<'_, str>> = file.split('/').map(Cow::Borrowed).collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "." | "" => {}
                ".." => drop(parts.pop()),
                part => parts.push(percent_decode(part).into()),
            }
        }
        Self { file: parts.join("/"), pointer }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.pointer)
    }
}

/// Escapes a member's name as a reference token of a JSON Pointer.
///
/// ```
/// assert_eq!(offhook_model::location::escape("a/b~c"), "a~1b~0c");
/// ```
pub fn escape(token: &str) -> Cow<'_, str> {
    // Most names are too short for a search of many bytes at a time to pay.
    if token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        token.replace('~', "~0").replace('/', "~1").into()
    } else {
        token.into()
    }
}

/// Returns the member's name that a reference token of a JSON Pointer stands for.
///
/// ```
/// assert_eq!(offhook_model::location::unescape("a~1b~0c"), "a/b~c");
/// ```
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}

/// Returns the JSON Pointer that consists of these names.
///
/// ```
/// assert_eq!(offhook_model::location::pointer(["meta", "a/b"]), "/meta/a~1b");
/// ```
pub fn pointer<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    names.into_iter().fold(String::new(), |pointer, name| pointer + "/" + &escape(name))
}

/// Returns the names that a JSON Pointer consists of, unescaped.
///
/// ```
/// let names: Vec<_> = offhook_model::location::tokens("/meta/a~1b").collect();
/// assert_eq!(names, ["meta", "a/b"]);
/// ```
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// Returns the index that a reference token names; RFC 6901 allows no leading zero.
pub(crate) fn index(token: &str) -> Option<usize> {
    let is_plain = token == "0" || !token.starts_with(['0', '+']);
    is_plain.then(|| token.parse().ok()).flatten()
}

/// Decodes the percent-encoded bytes of a URI's part; a `%` without two digits stays as it is.
fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
        let code = match (first, tail) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)),
            _ => None,
        };
        bytes.push(code.map_or(*first, |(high, low)| high << 4 | low));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Location, index, percent_decode};

    #[test]
    fn percent_encoding_is_decoded_and_a_bare_percent_sign_stays() {
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
            let found = Location::resolve(file, reference).to_string();
            assert_eq!(found, target, "{reference} in {file}");
        }
    }

    #[test]
    fn an_index_has_no_leading_zero() {
        assert_eq!([index("0"), index("10")], [Some(0), Some(10)]);
        assert_eq!([index("00"), index("01"), index("+1"), index("")], [None; 4]);
    }
}
