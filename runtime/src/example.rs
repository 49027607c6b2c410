//! Example payloads: what a vendor sends, for the tests of who receives it.

/// A payload as a vendor sends it.
///
/// A vendor's module lists them as `EXAMPLES`. They are there to test receivers with: each conforms
/// to the vendor's document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The event's name, and if there are several examples of it, what is special of this one:
    /// `call.end.no-answer.made-up`.
    pub name: &'static str,
    /// The event's name.
    pub event: &'static str,
    /// The JSON text, byte for byte.
    pub text: &'static str,
}
