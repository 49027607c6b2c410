//! Example payloads: what a vendor sends, for the tests of who receives it.

/// A payload as a vendor sends it.
///
/// A vendor's module lists them as `EXAMPLES`. They are there to test receivers with: each conforms
/// to the vendor's document, and the events of all three vendors have at least one.
///
/// ```
/// # #[cfg(feature = "dialstack")] {
/// use offhook::dialstack::{EXAMPLES, Event};
///
/// for example in EXAMPLES {
///     let event: Event = serde_json::from_str(example.text)?;
///     assert_eq!(event.name(), example.event);
/// }
/// # }
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Daily's and DialStack's are those of their documents; where `made-up` is in the name, and for all of
/// VoiceBlender, whose document shows no payloads, they are our own.
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
