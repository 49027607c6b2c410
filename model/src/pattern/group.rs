//! Reads how a group begins, and keeps what is known of the groups that are open.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex_syntax::hir::ClassUnicode;

use super::cursor::Cursor;
use super::error::{PatternError, Reason};
use super::escape;
use super::rust_set::parsed;

static ID_START: LazyLock<ClassUnicode> =
    LazyLock::new(|| parsed(r"\p{ID_Start}").unwrap_or_else(ClassUnicode::empty));

static ID_CONTINUE: LazyLock<ClassUnicode> =
    LazyLock::new(|| parsed(r"\p{ID_Continue}").unwrap_or_else(ClassUnicode::empty));

/// The modifiers that hold at a position.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    pub(super) ignore_case: bool,
    pub(super) multi_line: bool,
    pub(super) dot_all: bool,
}

/// A group that is open, or the whole pattern.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// Where it begins.
    pub(super) offset: usize,
    pub(super) flags: Flags,
    /// How large an automaton of it is, so far.
    pub(super) size: u64,
    /// Names of groups in the alternative that is being read.
    names: BTreeSet<String>,
    /// Names of groups in the alternatives before.
    earlier_names: BTreeSet<String>,
}

/// How a group begins.
pub(super) struct Opening {
    pub(super) name: Option<String>,
    pub(super) flags: Flags,
}

impl Group {
    pub(super) fn new(offset: usize, flags: Flags) -> Self {
        Self { offset, flags, ..Self::default() }
    }

    /// Begins another alternative, in which names may stand again.
    pub(super) fn next_alternative(&mut self) {
        self.earlier_names.append(&mut self.names);
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    pub(super) fn add_name(&mut self, name: String) {
        self.names.insert(name);
    }

    /// Takes over what a group has that has been closed.
    pub(super) fn add_names_of(&mut self, mut closed: Self) {
        self.names.append(&mut closed.names);
        self.names.append(&mut closed.earlier_names);
    }
}

/// Reads from `(` to where the group's content begins.
pub(super) fn open(cursor: &mut Cursor<'_>, flags: Flags) -> Result<Opening, PatternError> {
    let start = cursor.offset();
    cursor.eat("(");
    if !cursor.eat("?") {
        return Ok(Opening { name: None, flags });
    }
    for (text, what) in
        [("=", "look-ahead"), ("!", "look-ahead"), ("<=", "look-behind"), ("<!", "look-behind")]
    {
        if cursor.eat(text) {
            let message =
                format!("{what} `(?{text}` is not supported: matching must take linear time");
            return Err(PatternError::new(Reason::LookAround, start, message));
        }
    }
    if cursor.eat("<") {
        return Ok(Opening { name: Some(name(cursor, start)?), flags });
    }
    let fault = |message: &'static str| Err(PatternError::syntax(start, message));
    match cursor.peek() {
        Some('P') => fault("`(?P` is not in ECMA-262: write `(?<name>` for a named group"),
        Some('>') => fault("atomic groups `(?>` are not in ECMA-262"),
        Some('#') => fault("comments `(?#` are not in ECMA-262"),
        _ => Ok(Opening { name: None, flags: modifiers(cursor, start, flags)? }),
    }
}

/// Reads `:`, `i:` or `i-s:`.
fn modifiers(
    cursor: &mut Cursor<'_>,
    start: usize,
    mut flags: Flags,
) -> Result<Flags, PatternError> {
    let fault = |message: &'static str| Err(PatternError::syntax(start, message));
    let added = cursor.eat_while(|next| next.is_ascii_alphabetic());
    let minus = cursor.eat("-");
    let removed = if minus { cursor.eat_while(|next| next.is_ascii_alphabetic()) } else { "" };
    if cursor.peek() == Some(')') && !(added.is_empty() && removed.is_empty()) {
        return fault("flags without `:` are not in ECMA-262: write `(?i:…)`");
    }
    if !cursor.eat(":") {
        return fault("expected `:`, `<name>` or flags after `(?`");
    }
    if minus && added.is_empty() && removed.is_empty() {
        return fault("expected a flag before or after `-`");
    }
    let mut seen = BTreeSet::new();
    for (letters, value) in [(added, true), (removed, false)] {
        for letter in letters.chars() {
            match letter {
                'i' => flags.ignore_case = value,
                'm' => flags.multi_line = value,
                's' => flags.dot_all = value,
                _ => return fault("a group's flags can be only `i`, `m` and `s`"),
            }
            if !seen.insert(letter) {
                return fault("a group's flags can be given only once");
            }
        }
    }
    Ok(flags)
}

/// Reads a name and `>`.
fn name(cursor: &mut Cursor<'_>, start: usize) -> Result<String, PatternError> {
    let fault = || PatternError::syntax(start, "expected an identifier and `>` after `(?<`");
    let mut name = String::new();
    loop {
        let offset = cursor.offset();
        let next = match cursor.next().ok_or_else(fault)? {
            '>' if name.is_empty() => return Err(fault()),
            '>' => return Ok(name),
            '\\' if cursor.eat("u") => {
                char::from_u32(escape::unicode(cursor, offset)?).ok_or_else(fault)?
            }
            other => other,
        };
        if !is_identifier(next, name.is_empty()) {
            return Err(fault());
        }
        name.push(next);
    }
}

/// Whether a character may begin an identifier, or else be in one.
fn is_identifier(character: char, first: bool) -> bool {
    match character {
        '$' | '_' => true,
        '\u{200c}' | '\u{200d}' => !first,
        _ if character.is_ascii() => {
            character.is_ascii_alphabetic() || (!first && character.is_ascii_digit())
        }
        _ => {
            let allowed = if first { &ID_START } else { &ID_CONTINUE };
            contains(allowed, character)
        }
    }
}

fn contains(class: &ClassUnicode, character: char) -> bool {
    let ranges = class.ranges();
    let before = ranges.partition_point(|range| range.end() < character);
    ranges.get(before).is_some_and(|range| range.start() <= character)
}
