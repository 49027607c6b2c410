//! Prints messages, and ignores a standard output that is closed.
//!
//! A reader may close its end, as `head` does. The work goes on, and the exit status is the work's.

use std::io::{self, ErrorKind, Write as _};

use offhook_runtime::text::{visible, visible_lines};

/// Writes lines to standard output. Foreign text in them must be escaped before: a line break in it
/// would begin a forged line.
pub(crate) fn show(lines: &str) {
    let mut out = io::stdout().lock();
    match out.write_all(visible_lines(lines).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            say(&format!("error: cannot write to standard output: {error}"));
        }
        _ => {}
    }
}

/// Writes one line to standard output, with nothing in it that commands a terminal.
pub(crate) fn show_line(line: &str) {
    show(&format!("{}\n", visible(line)));
}

/// Says lines beside the output. Foreign text in them must be escaped before.
pub(crate) fn say_lines(lines: &str) {
    // As in `say`.
    let _ = write!(io::stderr(), "{}", visible_lines(lines));
}

/// Says something beside the output, on one line with nothing in it that commands a terminal.
pub(crate) fn say(message: &str) {
    // If standard error is gone, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{}", visible(message));
}
