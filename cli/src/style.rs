//! What stands out in text for people. It is escaped, so that a name cannot undo its style.

use anstyle::{AnsiColor, Style};
use offhook_runtime::text::visible;

use crate::terminal::Terminal;

/// Marks text, where it is shown in colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marker {
    colour: bool,
}

impl Marker {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self { colour: terminal.colour }
    }

    /// A title.
    pub(crate) fn title(self, text: &str) -> String {
        self.mark(text, Style::new().bold())
    }

    /// A name that can be typed.
    pub(crate) fn name(self, text: &str) -> String {
        self.mark(text, AnsiColor::Cyan.on_default())
    }

    /// What matters less.
    pub(crate) fn aside(self, text: &str) -> String {
        self.mark(text, Style::new().dimmed())
    }

    fn mark(self, text: &str, style: Style) -> String {
        let text = visible(text);
        if self.colour { format!("{style}{text}{style:#}") } else { text.into_owned() }
    }
}
