//! Writes standard output with commands to terminals and workflows escaped.
//!
//! All output passes through here line by line, so that a command that forgets to escape a name or
//! a value still writes nothing raw. Only line breaks cannot be told from our own: escape foreign
//! text with [`visible`] before it becomes part of a line.

use std::borrow::Cow;
use std::io::{self, BufWriter, StdoutLock, Write};

use memchr::memrchr;
use offhook_runtime::text::{visible, visible_json};

use crate::outcome::{Outcome, written};
use crate::terminal::Terminal;

/// The format of an output's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text, HTML or XML.
    Text,
    /// Text with colours of ours, if standard output shows them.
    Styled,
    /// Text with commands to a workflow's runner.
    Commands,
    /// JSON texts.
    Json,
}

/// Where lines go, escaped as their form needs it.
pub(crate) struct Output<W: Write> {
    form: Form,
    /// The line that goes on.
    line: Vec<u8>,
    out: W,
}

/// Standard output.
pub(crate) fn stdout(form: Form) -> Output<BufWriter<StdoutLock<'static>>> {
    let form = match form {
        Form::Styled if !Terminal::of_stdout().colour => Form::Text,
        form => form,
    };
    Output { form, line: Vec::new(), out: BufWriter::new(io::stdout().lock()) }
}

/// Writes to standard output and returns the outcome.
pub(crate) fn print(form: Form, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    let mut out = stdout(form);
    written(write(&mut out).and_then(|()| out.end()))
}

/// Writes lines to standard output and returns the outcome. Foreign text in them must be escaped
/// before.
pub(crate) fn print_lines(lines: &str) -> Outcome {
    print(Form::Text, |out| out.write_all(lines.as_bytes()))
}

impl<W: Write> Output<W> {
    /// Writes the last line too, which may lack a line break.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        self.pass()?;
        self.out.flush()
    }

    /// Writes what has come so far.
    fn pass(&mut self) -> io::Result<()> {
        let lines = std::mem::take(&mut self.line);
        for line in String::from_utf8_lossy(&lines).split_inclusive('\n') {
            let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
            self.out.write_all(self.form.shown(text).as_bytes())?;
            self.out.write_all(end.as_bytes())?;
        }
        Ok(())
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let (lines, rest) = text.split_at(memrchr(b'\n', text).map_or(0, |end| end + 1));
        if !lines.is_empty() {
            self.line.extend_from_slice(lines);
            self.pass()?;
        }
        self.line.extend_from_slice(rest);
        Ok(text.len())
    }

    /// Hands whole lines on. One that goes on cannot be judged yet.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Drop for Output<W> {
    fn drop(&mut self) {
        // To see errors, call `end`.
        let _ = self.end();
    }
}

impl Form {
    fn shown(self, line: &str) -> Cow<'_, str> {
        match self {
            Self::Json => visible_json(line),
            Self::Styled if line.contains(ESCAPE) => styled(line).into(),
            Self::Commands if COMMANDS.iter().any(|ours| line.starts_with(ours)) => {
                inside(line).into()
            }
            Self::Text | Self::Styled | Self::Commands => visible(line),
        }
    }
}

/// What the commands to a runner begin with.
const COMMANDS: [&str; 4] = ["::error ", "::notice ", "::group::", "::endgroup::"];

/// What begins a style.
const ESCAPE: &str = "\u{1b}[";

/// A line with its styles, and all else escaped.
fn styled(line: &str) -> String {
    let mut shown = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(ESCAPE) {
        let (before, style) = rest.split_at(at);
        shown.push_str(&if rest.len() == line.len() {
            visible(before)
        } else {
            inside(before).into()
        });
        let codes = &style[ESCAPE.len()..];
        let end = codes.find(|char: char| char != ';' && !char.is_ascii_digit());
        let end = end.filter(|end| codes[*end..].starts_with('m'));
        let (style, after) = style.split_at(ESCAPE.len() + end.map_or(0, |end| end + 1));
        shown.push_str(if end.is_some() { style } else { "\\u001b[" });
        rest = after;
    }
    shown + &inside(rest)
}

/// A text as it is shown behind another one: a colon that begins it is no command.
fn inside(text: &str) -> String {
    visible(&format!(".{text}")).split_at(1).1.to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{Form, Output};

    fn written(form: Form, parts: &[&str]) -> String {
        let mut written = Vec::new();
        let mut output = Output { form, line: Vec::new(), out: &mut written };
        for part in parts {
            output.write_all(part.as_bytes()).unwrap();
            output.flush().unwrap();
        }
        drop(output);
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn each_form_keeps_what_it_needs() {
        let line = ":\u{1b}[1m: é\u{1b}[0m\u{1b}[2J##[x]\n  ::a\t\u{200d}\n\n";
        let table = [
            (
                Form::Text,
                "\\u003a\\u001b[1m: é\\u001b[0m\\u001b[2J#\\u0023[x]\n  \\u003a:a\\u0009\\u200d\n\n",
            ),
            (
                Form::Styled,
                "\\u003a\u{1b}[1m: é\u{1b}[0m\\u001b[2J#\\u0023[x]\n  \\u003a:a\\u0009\\u200d\n\n",
            ),
            (
                Form::Commands,
                "\\u003a\\u001b[1m: é\\u001b[0m\\u001b[2J#\\u0023[x]\n  \\u003a:a\\u0009\\u200d\n\n",
            ),
            (Form::Json, ":\\u001b[1m: é\\u001b[0m\\u001b[2J#\\u0023[x]\n  ::a\t\\u200d\n\n"),
        ];
        for (form, shown) in table {
            assert_eq!(written(form, &[line]), shown, "{form:?}");
        }
        let commands = "::error title=a##[b::c\t\n::stop-commands::x\n";
        let shown = "::error title=a#\\u0023[b::c\\u0009\n\\u003a:stop-commands::x\n";
        assert_eq!(written(Form::Commands, &[commands]), shown);
    }

    #[test]
    fn parts_of_lines_are_judged_together() {
        for form in [Form::Text, Form::Styled, Form::Commands, Form::Json] {
            let shown = written(form, &["a#", "#[b", "\nc ", ":", ":d"]);
            assert_eq!(shown, "a#\\u0023[b\nc ::d", "{form:?}");
        }
        let mut written = Vec::new();
        let mut output = Output { form: Form::Text, line: Vec::new(), out: &mut written };
        "é\u{202e}\n".bytes().for_each(|byte| output.write_all(&[byte]).unwrap());
        drop(output);
        assert_eq!(written, "é\\u202e\n".as_bytes());
    }
}
