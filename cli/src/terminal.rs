//! What can be shown where the command writes, and what it says beside its output.

use std::env;
use std::io::{self, IsTerminal, Write};

use offhook_runtime::text::{visible, visible_lines};
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

/// Says something beside the output, on one line with nothing in it that commands a terminal.
pub(crate) fn say(message: &str) {
    // If standard error is gone, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{}", visible(message));
}

/// Says something beside the output, on lines of ours: foreign text must be escaped before.
pub(crate) fn say_lines(message: &str) {
    let _ = writeln!(io::stderr(), "{}", visible_lines(message));
}

/// How many characters a text has as it is shown.
pub(crate) fn length(text: &str) -> usize {
    visible(text).chars().count()
}

/// `1 payload`, `2 payloads`
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
