//! Text into doc comments, which rustdoc reads as Markdown.
//!
//! Descriptions, titles, names and values come from somebody else's schemas. Unescaped, they could run
//! as doctests, add HTML or link into the crate. A [`Paragraph`] takes our own words as they are, and
//! foreign ones only through [`Paragraph::prose`] or [`Paragraph::code`].

use offhook_runtime::text::is_invisible;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// How wide a line of documentation may be, without indentation and slashes.
const WIDTH: usize = 92;

/// Stands for a space where a line must not break. No text has it, as control characters are escaped.
const FIXED_SPACE: char = '\0';

/// A paragraph of Markdown that has no blocks of code, no HTML, and no links but to the web and to
/// the types that we name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paragraph(String);

impl Paragraph {
    /// Begins a paragraph with our own words.
    pub(crate) fn new(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// Adds our own words.
    pub(crate) fn text(mut self, text: &'static str) -> Self {
        self.0.push_str(text);
        self
    }

    /// Adds foreign text: code spans, emphasis and links to the web stay Markdown, all else is shown.
    pub(crate) fn prose(mut self, text: &str) -> Self {
        let text: Vec<String> = text.split_whitespace().map(printable).collect();
        push_prose(&mut self.0, &text.join(" "));
        self
    }

    /// Adds foreign text as a code span.
    pub(crate) fn code(mut self, text: &str) -> Self {
        let text = if text.trim().is_empty() { format!("{text:?}") } else { printable(text) };
        let text = text.replace(' ', &FIXED_SPACE.to_string());
        let span = match (text.contains('`'), text.contains("``")) {
            (false, _) => format!("`{text}`"),
            (true, false) => format!("``{FIXED_SPACE}{text}{FIXED_SPACE}``"),
            (true, true) => format!("`{}`", text.replace('`', r"\u{60}")),
        };
        self.0.push_str(&span);
        self
    }

    /// Adds a link to a type of the same module.
    pub(crate) fn link(mut self, name: &Ident) -> Self {
        self.0.extend(["[`", &name.to_string(), "`]"]);
        self
    }

    /// Adds another paragraph's text.
    pub(crate) fn with(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// The whole paragraph as a cell of a table.
    pub(crate) fn cell(&self) -> String {
        let mut cell = String::new();
        let mut is_escaped = false;
        for char in self.0.chars() {
            if char == '|' && !is_escaped {
                cell.push('\\');
            }
            is_escaped = char == '\\' && !is_escaped;
            cell.push(if char == FIXED_SPACE { ' ' } else { char });
        }
        cell
    }

    /// The paragraph on lines of at most [`WIDTH`] characters, where it can be broken.
    ///
    /// No line begins with a word that would begin a list, a heading or another block.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in self.0.split(' ').filter(|word| !word.is_empty()) {
            let line = lines.last().map_or(0, |line| line.chars().count());
            if line > 0 && line + 1 + word.chars().count() > WIDTH && !begins_block(word) {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
        }
        lines.into_iter().map(|line| line.replace(FIXED_SPACE, " ")).collect()
    }
}

/// Foreign text as paragraphs.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").filter(|text| !text.trim().is_empty());
    paragraphs.map(|text| Paragraph::default().prose(text)).collect()
}

/// Paragraphs as `#[doc]` attributes, a line each.
pub(crate) fn attributes(paragraphs: &[Paragraph]) -> TokenStream {
    let lines = lines(paragraphs);
    quote!(#(#[doc = #lines])*)
}

/// The lines of a doc comment, after the slashes.
pub(crate) fn lines(paragraphs: &[Paragraph]) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph.lines().into_iter().map(|line| format!(" {line}")));
    }
    lines
}

/// Text with invisible characters escaped as Rust does it, but for those that join letters or choose
/// how a letter looks: people write with them.
fn printable(text: &str) -> String {
    let joins = |found: char| matches!(found, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let is_shown = |found: char| !is_invisible(found) || joins(found);
    let mut shown = String::with_capacity(text.len());
    for found in text.chars() {
        if is_shown(found) {
            shown.push(found);
        } else {
            shown.extend(found.escape_unicode());
        }
    }
    shown
}

/// Whether Markdown may take a line that begins with this word for the beginning of a block.
fn begins_block(word: &str) -> bool {
    let only = |marks: &str| word.chars().all(|char| marks.contains(char));
    let number = word.trim_end_matches(['.', ')']);
    // A quotation; a heading, a list, a rule; a table; a numbered list.
    word.starts_with('>')
        || only("#")
        || only("+*_-=")
        || only("|:-")
        || number.len() < word.len() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Adds words of foreign Markdown, one space between two of them.
fn push_prose(prose: &mut String, mut text: &str) {
    while let Some(found) = text.chars().next() {
        let (taken, kept) = match found {
            '\\' => (escape_length(text), None),
            '`' => code_span(text),
            '~' => (run_length(text, '~'), None),
            '<' if begins_tag(text) => {
                web_address(text).map_or((1, None), |length| (length, Some(&text[..length])))
            }
            '[' if !prose.ends_with('!') => {
                web_link(text).map_or((1, None), |length| (length, Some(&text[..length])))
            }
            '[' => (1, None),
            other => (other.len_utf8(), Some(&text[..other.len_utf8()])),
        };
        let (piece, rest) = text.split_at(taken);
        match (kept, found) {
            // White space inside of a code span stays where it is.
            (Some(span), '`') => prose.push_str(&span.replace(' ', &FIXED_SPACE.to_string())),
            (Some(kept), _) => prose.push_str(kept),
            // One or two are no fence, and may strike something out.
            (None, '~') if taken < 3 => prose.push_str(piece),
            // It must not escape what we add.
            (None, '\\') if !rest.is_empty() || taken == 2 => prose.push_str(piece),
            (None, _) => piece.chars().for_each(|char| prose.extend(['\\', char])),
        }
        text = rest;
    }
}

/// The length of the escape that `text`, which begins with a backslash, begins with, or of the
/// backslash alone.
fn escape_length(text: &str) -> usize {
    let escaped = text.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation);
    if escaped { 2 } else { 1 }
}

/// Returns how many times in a row `text` begins with `mark`.
fn run_length(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

/// The length of what `text`, which begins with a backtick, begins with: a code span, which is kept,
/// or backticks alone.
fn code_span(text: &str) -> (usize, Option<&str>) {
    let ticks = run_length(text, '`');
    if ticks > 2 {
        return (ticks, None); // It might be a fence.
    }
    let mut at = ticks;
    while let Some(next) = text[at..].find('`') {
        let length = run_length(&text[at + next..], '`');
        at += next + length;
        if length == ticks {
            return (at, Some(&text[..at]));
        }
    }
    (ticks, None)
}

/// Whether a tag, a comment or an address may begin with the `<` at the beginning of `text`.
fn begins_tag(text: &str) -> bool {
    !text[1..].starts_with([' ', '='])
}

/// The length of `<https://…>` at the beginning of `text`.
fn web_address(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    is_web_address(&text[1..end]).then_some(end + 1)
}

/// The length of `[label](https://…)` at the beginning of `text`.
fn web_link(text: &str) -> Option<usize> {
    let (label, rest) = text[1..].split_once("](")?;
    let target = &rest[..rest.find(')')?];
    let is_plain = !label.contains(['[', ']', '`', '<', '\\', '~', '!']);
    let length = "[](".len() + label.len() + target.len() + ")".len();
    (is_plain && is_web_address(target)).then_some(length)
}

fn is_web_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme))
        && text.chars().all(|char| char.is_ascii_graphic() && !r#"<>()[]`"'\"#.contains(char))
}

#[cfg(test)]
mod tests {
    use super::{Paragraph, paragraphs};

    fn prose(text: &str) -> String {
        Paragraph::default().prose(text).lines().join("\n")
    }

    #[test]
    fn code_spans_stay_on_one_line() {
        let words = "word ".repeat(17);
        let lines = Paragraph::default().prose(&format!("{words}`a code span` that stays whole"));
        let lines = lines.lines();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.matches('`').count() % 2 == 0), "{lines:?}");
    }

    #[test]
    fn markdown_of_descriptions_stays() {
        for text in [
            r"A `call` *ended*, a | b; x_y, 1 < 2 <= 3, C:\x",
            "`` a ` b `` and `<b>`",
            "see <https://example.org/a?b=c> and [the page](https://example.org/x#y)",
            r"\*not emphasis\* and \[no link\]",
            "~~struck~~ 100 % & more",
        ] {
            assert_eq!(prose(text), text);
        }
    }

    #[test]
    fn nothing_begins_a_block_of_code_html_or_a_link() {
        let table = [
            ("```\nx\n```", r"\`\`\` x \`\`\`"),
            ("`````rust x", r"\`\`\`\`\`rust x"),
            ("~~~ x ~~~", r"\~\~\~ x \~\~\~"),
            ("a\n\tindented", "a indented"),
            ("<script>", r"\<script>"),
            ("<!-- x", r"\<!-- x"),
            ("<1@example.org> <+a@b.c> <", r"\<1@example.org> \<+a@b.c> \<"),
            ("[`String`]", r"\[`String`]"),
            ("[x](String) ![x](https://example.org)", r"\[x](String) !\[x](https://example.org)"),
            ("[x](javascript:alert)", r"\[x](javascript:alert)"),
            ("[x]: https://example.org", r"\[x]: https://example.org"),
            ("an ` odd tick", r"an \` odd tick"),
            ("two `` and one `", r"two \`\` and one \`"),
            ("\u{202e}\r\u{1b}", "\\u{202e} \\u{1b}"),
            ("the end \\", r"the end \\"),
        ];
        for (text, shown) in table {
            assert_eq!(prose(text), shown, "{text:?}");
        }
    }

    #[test]
    fn no_line_but_the_first_begins_a_block() {
        for word in ["-", "1.", "10)", "#", ">x", "---", "===", "|:--|", "+", "*"] {
            for before in 80..100 {
                let text = format!("{} {word} more words after it", "a".repeat(before));
                let lines = Paragraph::default().prose(&text).lines();
                assert!(lines[1..].iter().all(|line| !line.starts_with(word)), "{lines:?}");
            }
        }
    }

    #[test]
    fn code_holds_any_text() {
        let code = |text: &str| Paragraph::default().code(text).lines().join("\n");
        assert_eq!(code("a  b\n<c>"), "`a  b\\u{a}<c>`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("a```b"), r"`a\u{60}\u{60}\u{60}b`");
        assert_eq!(code(" "), "`\" \"`");
    }

    #[test]
    fn pipes_are_escaped_once_in_a_table() {
        let cell = |text: &str| Paragraph::default().prose(text).cell();
        assert_eq!(cell(r"a | b \| `c|d`"), r"a \| b \| `c\|d`");
    }

    #[test]
    fn an_empty_line_parts_paragraphs() {
        assert_eq!(paragraphs("One.\r\n\r\nTwo.\n\n \n\nThree.").len(), 3);
    }
}
