//! Reads what follows a backslash.
//!
//! Letters that ECMA-262 does not define are refused.
//! Its Annex B reads them as themselves, but authors of `\A`, `\h` or `\Q` mean something else.

use super::cursor::Cursor;
use super::error::{PatternError, Reason};
use super::property::{Property, PropertyFault};
use super::set::{Item, Named};

/// The longest name of a property that a message repeats.
const LONGEST_SHOWN: usize = 40;

/// What a backslash and the characters after it mean outside of a class.
pub(super) enum Escape {
    /// A character, or a surrogate, or a set of characters.
    Item(Item),
    /// `\b`
    WordBoundary,
    /// `\B`
    NotWordBoundary,
}

/// Reads an escape outside of a class.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Escape, PatternError> {
    if cursor.eat(r"\b") {
        return Ok(Escape::WordBoundary);
    }
    if cursor.eat(r"\B") {
        return Ok(Escape::NotWordBoundary);
    }
    item(cursor, false).map(Escape::Item)
}

/// Reads an escape in a class, where `\b` is a backspace.
pub(super) fn read_in_class(cursor: &mut Cursor<'_>) -> Result<Item, PatternError> {
    if cursor.eat(r"\b") {
        return Ok(Item::one(0x08));
    }
    item(cursor, true)
}

/// Reads an escape of a character or of a set.
fn item(cursor: &mut Cursor<'_>, in_class: bool) -> Result<Item, PatternError> {
    let start = cursor.offset();
    cursor.eat("\\");
    let Some(next) = cursor.next() else {
        return Err(PatternError::syntax(start, "a backslash cannot be the last character"));
    };
    let code_point = match next {
        't' => u32::from(b'\t'),
        'n' => u32::from(b'\n'),
        'v' => 0x0b,
        'f' => 0x0c,
        'r' => u32::from(b'\r'),
        'd' | 'D' => return Ok(named(Named::Digit, next == 'D')),
        's' | 'S' => return Ok(named(Named::Space, next == 'S')),
        'w' | 'W' => return Ok(named(Named::Word, next == 'W')),
        'p' | 'P' => {
            let property = property(cursor, start)?;
            return Ok(named(Named::Property(property), next == 'P'));
        }
        'c' => control(cursor, start)?,
        // Other dialects write `\u{…}` so, and to ECMA-262 it is an error.
        'x' if cursor.peek() == Some('{') => unicode(cursor, start)?,
        'x' => hexadecimal(cursor, start)?,
        'u' => unicode(cursor, start)?,
        'k' if !in_class && cursor.peek() == Some('<') => {
            return Err(back_reference(start, r"\k<"));
        }
        '0'..='9' => digits(cursor, start, next, in_class)?,
        'a'..='z' | 'A'..='Z' => return Err(unknown_letter(start, next, in_class)),
        // With the flag `u`, only some of these may follow a backslash; all of them mean themselves.
        other => u32::from(other),
    };
    Ok(Item::one(code_point))
}

/// Reads what follows `\u`, in names of groups too. A pair of surrogates is one code point.
pub(super) fn unicode(cursor: &mut Cursor<'_>, start: usize) -> Result<u32, PatternError> {
    let fault =
        || PatternError::syntax(start, r"expected four hexadecimal digits after `\u`, or `{…}`");
    if cursor.eat("{") {
        let digits = cursor.eat_while(|next| next.is_ascii_hexdigit());
        if digits.is_empty() || !cursor.eat("}") {
            return Err(fault());
        }
        let significant = digits.trim_start_matches('0');
        if significant.is_empty() {
            return Ok(0);
        }
        let code_point = u32::from_str_radix(significant, 16).ok();
        return code_point
            .filter(|code_point| *code_point <= 0x0010_ffff)
            .ok_or_else(|| PatternError::syntax(start, r"the largest code point is `\u{10FFFF}`"));
    }
    let unit = fixed(cursor, 4).ok_or_else(fault)?;
    if (0xd800..0xdc00).contains(&unit) {
        let low = cursor.rest().strip_prefix("\\u").map(Cursor::new);
        let low = low.and_then(|mut rest| fixed(&mut rest, 4));
        if let Some(low) = low.filter(|low| (0xdc00..0xe000).contains(low)) {
            cursor.eat("\\u");
            fixed(cursor, 4);
            return Ok(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
        }
    }
    Ok(unit)
}

fn named(named: Named, negated: bool) -> Item {
    Item::Named { named, negated }
}

/// Reads `{…}` after `\p` or `\P`.
fn property(cursor: &mut Cursor<'_>, start: usize) -> Result<Property, PatternError> {
    if !cursor.eat("{") {
        let message = r"a Unicode property needs braces: write `\p{L}`";
        return Err(PatternError::new(Reason::AmbiguousEscape, start, message));
    }
    let is_name = |next: char| next.is_ascii_alphanumeric() || matches!(next, '_' | '=');
    let name = cursor.eat_while(is_name);
    if name.is_empty() || !cursor.eat("}") {
        return Err(PatternError::syntax(
            start,
            "expected the name of a Unicode property in `{…}`",
        ));
    }
    let shown = if name.len() <= LONGEST_SHOWN { format!(" `{name}`") } else { String::new() };
    Property::find(name).map_err(|fault| match fault {
        PropertyFault::Unknown => PatternError::new(
            Reason::UnknownProperty,
            start,
            format!("ECMA-262 has no Unicode property{shown}"),
        ),
        PropertyFault::ScriptAlone => PatternError::new(
            Reason::UnknownProperty,
            start,
            format!(r"ECMA-262 names scripts in full: write `\p{{Script={name}}}`"),
        ),
        PropertyFault::Unsupported => PatternError::new(
            Reason::Unsupported,
            start,
            format!("the Unicode property{shown} is not supported"),
        ),
    })
}

/// Reads the letter after `\c`.
fn control(cursor: &mut Cursor<'_>, start: usize) -> Result<u32, PatternError> {
    match cursor.eat_if(|next| next.is_ascii_alphabetic()) {
        Some(letter) => Ok(u32::from(letter) % 32),
        None => Err(PatternError::syntax(start, r"expected a letter from A to Z after `\c`")),
    }
}

/// Reads the digits after `\x`.
fn hexadecimal(cursor: &mut Cursor<'_>, start: usize) -> Result<u32, PatternError> {
    fixed(cursor, 2)
        .ok_or_else(|| PatternError::syntax(start, r"expected two hexadecimal digits after `\x`"))
}

/// Reads exactly as many hexadecimal digits, or nothing.
fn fixed(cursor: &mut Cursor<'_>, digits: usize) -> Option<u32> {
    let text = cursor.rest().get(..digits)?;
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    cursor.eat(text);
    u32::from_str_radix(text, 16).ok()
}

/// Reads what follows a backslash and a digit: only `\0` alone is a character.
fn digits(
    cursor: &Cursor<'_>,
    start: usize,
    first: char,
    in_class: bool,
) -> Result<u32, PatternError> {
    let alone = !cursor.peek().is_some_and(|next| next.is_ascii_digit());
    match first {
        '0' if alone => Ok(0),
        '1'..='9' if !in_class => Err(back_reference(start, &format!("\\{first}"))),
        _ => {
            let message = r"octal escapes are not in ECMA-262: write `\xHH`";
            Err(PatternError::new(Reason::AmbiguousEscape, start, message))
        }
    }
}

fn back_reference(start: usize, text: &str) -> PatternError {
    let message =
        format!("back-reference `{text}` is not supported: matching must take linear time");
    PatternError::new(Reason::BackReference, start, message)
}

/// Refuses a letter that has no meaning, with help where other dialects give it one.
fn unknown_letter(start: usize, letter: char, in_class: bool) -> PatternError {
    let instead = match letter {
        'A' if !in_class => ": write `^` for the start of the text",
        'z' | 'Z' if !in_class => ": write `$` for the end of the text",
        'a' => r": write `\x07`",
        'e' => r": write `\x1B`",
        'h' => r": write `[ \t]`",
        'Q' | 'E' => ": write a backslash before each character",
        _ => "",
    };
    let message = format!("`\\{letter}` is not in ECMA-262{instead}");
    PatternError::new(Reason::AmbiguousEscape, start, message)
}
