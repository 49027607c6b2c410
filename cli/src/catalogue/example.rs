//! A vendor's example payloads.

/// A payload as its vendor sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// The event's name, and what is special of this one: `call.end.no-answer.made-up`.
    pub(crate) name: String,
    /// The event's name.
    pub(crate) event: String,
    /// The JSON text, byte for byte.
    pub(crate) text: String,
}

impl From<&offhook::Example> for Example {
    fn from(example: &offhook::Example) -> Self {
        let [name, event, text] = [example.name, example.event, example.text].map(str::to_owned);
        Self { name, event, text }
    }
}
