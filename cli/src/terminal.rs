//! What can be shown where the command writes, and what it says beside its output.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal, Write};

use terminal_size::{Width, terminal_size_of};

/// Where no terminal says how wide it is.
const DEFAULT_WIDTH: usize = 140;

/// Narrower than this, nothing is trimmed any more.
const MIN_WIDTH: usize = 40;

/// Standard output as people see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// In columns.
    pub(crate) width: usize,
    pub(crate) colour: bool,
}

impl Terminal {
    /// The terminal that standard output is, or else a file that is read in one.
    pub(crate) fn of_stdout() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let size = is_terminal.then(|| terminal_size_of(io::stdout())).flatten();
        let width = size.map_or(DEFAULT_WIDTH, |(Width(columns), _)| columns.into());
        Self::new(width, is_terminal && takes_colour())
    }

    pub(crate) fn new(width: usize, colour: bool) -> Self {
        Self { width: width.max(MIN_WIDTH), colour }
    }
}

/// Whether nobody has said that colours are unwelcome.
fn takes_colour() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

/// Says something beside the output.
pub(crate) fn say(message: &str) {
    // If standard error is gone, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{message}");
}

/// Text from elsewhere on one line, with nothing in it that commands a terminal.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let escaped = text.chars().map(|char| match char {
        _ if is_invisible(char) => format!("\\u{:04x}", u32::from(char)),
        _ => char.to_string(),
    });
    Cow::Owned(escaped.collect())
}

/// Whether a character is a command to a terminal, or changes what is seen of others without being
/// seen itself: controls, marks of direction, ends of lines, spaces without width, no characters.
pub(crate) fn is_invisible(char: char) -> bool {
    // Most characters are told at once.
    if char.is_ascii() {
        return char.is_ascii_control();
    }
    char.is_control()
        || matches!(
            char,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// `1 payload`, `2 payloads`
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
