//! The code of a violation or a notice.

use std::io::{self, Write};

use offhook_validator::Code;

use crate::codes::{about, is_of_notices};
use crate::explain::page::Page;
use crate::terminal::Terminal;

/// Explains a code.
pub(crate) fn explain(out: &mut dyn Write, code: Code, terminal: Terminal) -> io::Result<()> {
    let page = Page::new(terminal);
    let about = about(code);
    let kind = if is_of_notices(code) { "notice; with --strict a violation" } else { "violation" };
    writeln!(out, "{} ({kind})\n", page.marker.title(code.as_str()))?;
    writeln!(out, "{}\n", page.wrapped(about.meaning, 0))?;
    writeln!(out, "{}\n", page.wrapped(&format!("The pointer names {}.", about.pointer), 0))?;
    writeln!(out, "{}", page.wrapped(about.action, 0))
}
