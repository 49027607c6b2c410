//! Reads quantifiers, such as `*`, `{2,3}` and `+?`.

use std::fmt;

use super::cursor::Cursor;
use super::error::PatternError;

/// How often a term is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quantifier {
    least: u64,
    most: Option<u64>,
}

impl Quantifier {
    /// Whether a quantifier comes next. Braces around anything but numbers are characters like others.
    pub(super) fn is_next(cursor: &Cursor<'_>) -> bool {
        next(cursor).is_some()
    }

    /// Reads the quantifier that comes next, if there is one.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Option<Self>, PatternError> {
        let start = cursor.offset();
        let Some((text, quantifier)) = next(cursor) else { return Ok(None) };
        if quantifier.most.is_some_and(|most| most < quantifier.least) {
            let message = "the bounds of a quantifier are out of order";
            return Err(PatternError::syntax(start, message));
        }
        cursor.eat(text);
        // A lazy quantifier matches the same texts.
        cursor.eat("?");
        Ok(Some(quantifier))
    }

    /// The size of an automaton for all copies of a term of this size.
    pub(super) fn size(self, term: u64) -> u64 {
        let required = self.least.saturating_mul(term.max(1));
        // An optional copy has states of its own, to begin it or not.
        let optional = term.saturating_add(2);
        let optional = match (self.least, self.most) {
            (least, Some(most)) => most.saturating_sub(least).saturating_mul(optional),
            (0, None) => optional,
            // The last copy goes back to its beginning.
            (_, None) => 2,
        };
        required.saturating_add(optional)
    }
}

/// Rust's syntax for it, which is ECMA-262's too.
impl fmt::Display for Quantifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (0, None) => formatter.write_str("*"),
            (1, None) => formatter.write_str("+"),
            (0, Some(1)) => formatter.write_str("?"),
            (least, None) => write!(formatter, "{{{least},}}"),
            (least, Some(most)) if least == most => write!(formatter, "{{{least}}}"),
            (least, Some(most)) => write!(formatter, "{{{least},{most}}}"),
        }
    }
}

/// The quantifier that comes next, and its text without the `?` of a lazy one.
fn next<'a>(cursor: &Cursor<'a>) -> Option<(&'a str, Quantifier)> {
    match cursor.peek()? {
        '*' => Some(("*", Quantifier { least: 0, most: None })),
        '+' => Some(("+", Quantifier { least: 1, most: None })),
        '?' => Some(("?", Quantifier { least: 0, most: Some(1) })),
        '{' => braces(cursor.rest()),
        _ => None,
    }
}

/// Reads `{1}`, `{1,}` or `{1,2}`.
fn braces(text: &str) -> Option<(&str, Quantifier)> {
    let mut cursor = Cursor::new(text);
    cursor.eat("{");
    let least = number(&mut cursor)?;
    let most = if cursor.eat(",") { number(&mut cursor) } else { Some(least) };
    if !cursor.eat("}") {
        return None;
    }
    Some((text.get(..cursor.offset())?, Quantifier { least, most }))
}

/// Reads a number. One that is too large counts as the largest.
fn number(cursor: &mut Cursor<'_>) -> Option<u64> {
    let digits = cursor.eat_while(|next| next.is_ascii_digit());
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
}
