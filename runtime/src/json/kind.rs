//! The kinds of JSON values.

/// What a JSON text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object.
    Object,
    /// An array.
    Array,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
}

/// What the JSON text holds.
#[inline]
pub fn kind(text: &str) -> Kind {
    Kind::starting(text.trim_ascii_start().bytes().next().unwrap_or_default())
}

impl Kind {
    /// What a JSON text holds that begins with `byte`.
    #[inline]
    pub(crate) fn starting(byte: u8) -> Self {
        match byte {
            b'{' => Self::Object,
            b'[' => Self::Array,
            b'"' => Self::String,
            b't' | b'f' => Self::Boolean,
            b'n' => Self::Null,
            _ => Self::Number,
        }
    }
}
