//! What a payload deviates in, with its place.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use offhook_model::Expected;
use offhook_model::json::quoted;
use offhook_model::location::tokens;
use offhook_runtime::text::visible;
use serde::{Deserialize, Serialize};

/// A deviation from the vendor's document.
///
/// `Display` fits one log line and shows no value of the payload:
/// `17:25 /data/duration_seconds: expected a number, found a string [type]`. Invisible characters in
/// members' names are escaped there, as [`offhook_runtime::visible`] does it. The fields have them raw.
///
/// Serialised, it has the members of the command's JSON report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// What kind of deviation it is.
    pub code: Code,
    /// JSON Pointer to what is at fault; of a missing member, the pointer it should have.
    pub pointer: String,
    /// Where the fault begins, in bytes from the start of the payload.
    pub offset: usize,
    /// How many bytes are at fault. Of a missing member, it is the object that lacks it.
    pub length: usize,
    /// The line of `offset`, from 1.
    pub line: usize,
    /// The column of `offset`, from 1, counting characters.
    pub column: usize,
    /// What the document expects there: data, and `a number` in words.
    pub expected: Expected,
    /// What kind of thing is there, as `a string`; never the value itself.
    pub found: Cow<'static, str>,
    /// Where the rule stands, as `dialstack/call.end.json#/required`; none for faults of the JSON.
    pub schema: Option<Arc<str>>,
    /// What to try, if there is something to try.
    pub help: Option<String>,
}

/// Something that goes beyond the vendor's document without contradicting it: an undocumented
/// member, or a value against advice. It has all that a violation has, and
/// [`Validator::strict`](crate::Validator::strict) makes it one.
pub type Notice = Violation;

impl Violation {
    /// Returns what is wrong in one sentence fragment: `expected a number, found a string`, or
    /// `missing required property "id"`.
    ///
    /// It is safe to show: invisible characters of names are escaped.
    pub fn message(&self) -> String {
        let name = || {
            let last = tokens(&self.pointer).last().unwrap_or_default();
            quoted(&last)
        };
        let message = match (self.code, &self.expected) {
            (Code::Required, Expected::Property(name)) => {
                format!("missing required property {}", quoted(name))
            }
            (Code::DuplicateKey, _) => format!("duplicate property {}", name()),
            (Code::Undocumented, _) => format!("undocumented property {}", name()),
            (_, expected) => format!("expected {expected}, found {}", self.found),
        };
        match visible(&message) {
            Cow::Borrowed(_) => message,
            Cow::Owned(escaped) => escaped,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, pointer, code, .. } = self;
        write!(f, "{line}:{column} ")?;
        if !pointer.is_empty() {
            write!(f, "{}: ", visible(pointer))?;
        }
        write!(f, "{} [{code}]", self.message())
    }
}

impl Serialize for Violation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Members<'a> {
            code: Code,
            pointer: &'a str,
            offset: usize,
            length: usize,
            line: usize,
            column: usize,
            message: String,
            expected: &'a Expected,
            found: &'a str,
            schema: Option<&'a str>,
            help: Option<&'a str>,
        }
        Members {
            code: self.code,
            pointer: &self.pointer,
            offset: self.offset,
            length: self.length,
            line: self.line,
            column: self.column,
            message: self.message(),
            expected: &self.expected,
            found: &self.found,
            schema: self.schema.as_deref(),
            help: self.help.as_deref(),
        }
        .serialize(serializer)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)*) => {
        /// The kinds of deviation. Their names are stable: scripts may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Code {
    /// The code of what a keyword asserts of a value itself.
    pub(crate) fn of_keyword(keyword: &str) -> Self {
        match keyword {
            "format" => Self::Format,
            "pattern" => Self::Pattern,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                Self::Range
            }
            "minLength" | "maxLength" => Self::Length,
            "minItems" | "maxItems" | "uniqueItems" => Self::Items,
            "minProperties" | "maxProperties" => Self::Properties,
            _ => Self::Union,
        }
    }

            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code's name.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

codes! {
    /// The payload is not one JSON text that can be judged.
    Json = "json",
    /// A member's name stands twice in one object.
    DuplicateKey = "duplicate_key",
    /// The document has no event of this name.
    UnknownEvent = "unknown_event",
    /// A required member is missing.
    Required = "required",
    /// A member is there that must be absent.
    Forbidden = "forbidden",
    /// A value of another JSON type.
    Type = "type",
    /// A value that is none of those listed.
    Enum = "enum",
    /// A value other than the only one allowed.
    Const = "const",
    /// A string that is not of the format, such as a date-time.
    Format = "format",
    /// A string that does not match the pattern.
    Pattern = "pattern",
    /// A number out of bounds, or no multiple of what it should be one of.
    Range = "range",
    /// A string too short or too long.
    Length = "length",
    /// An array with too few, too many, repeated or unfit elements.
    Items = "items",
    /// An object with too few or too many members, or with unfit names.
    Properties = "properties",
    /// A value that fits no branch of a union, or too many.
    Union = "union",
    /// A member that the document does not have. A notice.
    Undocumented = "undocumented",
    /// A value against what the document only hints at. A notice.
    Advice = "advice",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that is no code's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(String);

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = quoted(&self.0);
        write!(f, "expected the code of a violation or a notice, found {}", visible(&name))
    }
}

impl std::error::Error for UnknownCode {}

impl FromStr for Code {
    type Err = UnknownCode;

    /// The code of a name, as [`Code::as_str`] gives it.
    fn from_str(name: &str) -> Result<Self, UnknownCode> {
        let code = Self::ALL.iter().find(|code| code.as_str() == name);
        code.copied().ok_or_else(|| UnknownCode(name.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
