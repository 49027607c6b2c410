//! Why a pattern is refused, and where in it.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// Why a pattern is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// ECMA-262 does not allow this with its flag `u`.
    Syntax,
    /// Annex B of ECMA-262 reads letters or digits here, and other dialects read something else.
    AmbiguousEscape,
    /// The pattern looks ahead or behind, such as `(?=a)`.
    LookAround,
    /// The pattern refers back to a group, such as `\1`.
    BackReference,
    /// No Unicode property of ECMA-262 has this name.
    UnknownProperty,
    /// Rust's regular expressions cannot say this.
    Unsupported,
    /// The pattern, or the automaton made of it, is too large.
    TooLarge,
    /// Groups are nested too deeply.
    TooDeep,
}

/// Why and where a pattern is refused. `Display` gives the reason in a sentence, without the position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    reason: Reason,
    offset: usize,
    message: Cow<'static, str>,
}

impl PatternError {
    pub(super) fn new(
        reason: Reason,
        offset: usize,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { reason, offset, message: message.into() }
    }

    pub(super) fn syntax(offset: usize, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::Syntax, offset, message)
    }

    /// Returns the class of the fault.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Returns the byte offset into the pattern at which the refused part begins.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for PatternError {}
