//! Patterns of schemas.

use std::sync::OnceLock;

/// A pattern, compiled when it is first asked.
pub(crate) struct Pattern {
    text: Box<str>,
    compiled: OnceLock<Option<offhook_model::pattern::Pattern>>,
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into(), compiled: OnceLock::new() }
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        let compile = || offhook_model::pattern::Pattern::new(&self.text).ok();
        // What does not compile, a schema has been refused for.
        self.compiled.get_or_init(compile).as_ref().is_none_or(|pattern| pattern.is_match(text))
    }
}
