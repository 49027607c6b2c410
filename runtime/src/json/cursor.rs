//! JSON text read straight into values, or given up: what generated decoders stand on.
//!
//! A reader is as strict as the [scanner](crate::json::scan), and about names that stand twice and numbers
//! beyond a double as well. It says nothing of why it gave up: who wants to know asks the validator.
//!
//! What is still to be read is handed from one function to the next, as a [`Rest`], and not kept in
//! the reader: so it stays in registers, and each piece of text can be looked at as soon as it is
//! known where it begins.

#![expect(clippy::inline_always, reason = "a call costs about as much as what is inlined here")]

use crate::json::kind::Kind;
use crate::json::lex;
use crate::json::scan::MAX_DEPTH;
use crate::json::unescape::unescape;
use crate::value::decimal::Decimal;
use crate::value::number::Repr;
use crate::value::timestamp::date_time_end;

/// The most members of one object that are compared with one another. Beyond, a reader gives up.
const MOST_NAMES: usize = 64;

/// What is still to be read of a text. It is [`GIVEN_UP`] after what is not for a decoder to read, and
/// then nothing more can be.
pub type Rest<'a> = &'a [u8];

/// Nothing is left, though the text is not at its end.
pub const GIVEN_UP: Rest<'static> = &[];

/// Reads one JSON text from front to back.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    depth: u32,
    /// The names, with their quotes, of members that no field is for: those of the objects that are
    /// open, the innermost last.
    names: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// Reads `text`, from its beginning.
    #[inline]
    pub fn new(text: &'a str) -> (Self, Rest<'a>) {
        (Self { text, depth: 0, names: Vec::new() }, text.as_bytes())
    }

    /// The first `length` bytes of `rest`.
    #[inline(always)]
    fn text(&self, rest: Rest<'a>, length: usize) -> Option<&'a str> {
        let start = self.text.len() - rest.len();
        self.text.get(start..start + length)
    }

    /// What follows the start of an object, up to its first member or its end.
    #[inline]
    pub fn enter_object(&mut self, rest: Rest<'a>) -> Rest<'a> {
        self.enter(rest, b'{')
    }

    /// What follows the start of an array, up to its first element or its end.
    #[inline]
    pub fn enter_array(&mut self, rest: Rest<'a>) -> Rest<'a> {
        self.enter(rest, b'[')
    }

    #[inline]
    fn enter(&mut self, rest: Rest<'a>, open: u8) -> Rest<'a> {
        match unspaced(rest) {
            [byte, rest @ ..] if *byte == open && self.depth < MAX_DEPTH => {
                self.depth += 1;
                unspaced(rest)
            }
            _ => GIVEN_UP,
        }
    }

    /// What follows an object, at whose end `rest` is; none if it is not.
    #[inline]
    pub fn leave_object(&mut self, rest: Rest<'a>) -> Option<Rest<'a>> {
        self.leave(rest, b'}')
    }

    /// What follows an array, at whose end `rest` is; none if it is not.
    #[inline]
    pub fn leave_array(&mut self, rest: Rest<'a>) -> Option<Rest<'a>> {
        self.leave(rest, b']')
    }

    #[inline]
    fn leave(&mut self, rest: Rest<'a>, close: u8) -> Option<Rest<'a>> {
        let (byte, rest) = rest.split_first()?;
        self.depth -= 1;
        (*byte == close).then_some(rest)
    }

    /// Takes a member's value, which must be the string `only`, written without escapes, and goes on to
    /// the next member. What is known of it then, `value`, is put into its field, which must be empty.
    #[inline(never)]
    pub fn only<T>(
        &mut self,
        rest: Rest<'a>,
        field: &mut Option<T>,
        only: &str,
        value: T,
    ) -> Rest<'a> {
        let after = unspaced(rest).strip_prefix(b"\"").and_then(|string| {
            let (string, after) = string.split_at_checked(only.len())?;
            after.strip_prefix(b"\"").filter(|_| string == only.as_bytes())
        });
        match after {
            Some(rest) if field.is_none() => {
                *field = Some(value);
                next(rest)
            }
            _ => GIVEN_UP,
        }
    }

    /// How many names of open objects there are, for [`Reader::name`].
    #[inline]
    pub fn names(&self) -> usize {
        self.names.len()
    }

    /// Forgets the names of an object that is left.
    #[inline]
    pub fn forget(&mut self, names: usize) {
        self.names.truncate(names);
    }

    /// The name of a member that no field is for, and its value. It must be none of those since there
    /// were `names`.
    #[inline(never)]
    pub fn name(&mut self, rest: Rest<'a>, names: usize) -> Option<(&'a str, Rest<'a>)> {
        let (name, rest) = self.raw_string(rest)?;
        let before = self.names.get(names..)?;
        // One name may be written in several ways, if some of them have escapes. With white space
        // before its colon, it may be one that a field is for.
        if before.len() >= MOST_NAMES || name.contains('\\') || before.contains(&name) {
            return None;
        }
        self.names.push(name);
        Some((name.get(1..name.len() - 1)?, rest.strip_prefix(b":")?))
    }

    /// Takes a member that no field is for, and goes on to the next one; `names` is as for
    /// [`Reader::name`].
    #[inline(never)]
    pub fn skip_member(&mut self, rest: Rest<'a>, names: usize) -> Rest<'a> {
        let skipped = self.name(rest, names).and_then(|(_, value)| self.skip(value));
        skipped.map_or(GIVEN_UP, next)
    }

    /// A string, with its quotes.
    fn raw_string(&self, rest: Rest<'a>) -> Option<(&'a str, Rest<'a>)> {
        let rest = unspaced(rest);
        let string = rest.strip_prefix(b"\"")?;
        let mut end = 0;
        loop {
            end = lex::plain_end(string, end);
            match string.get(end)? {
                b'"' => break,
                b'\\' => end = lex::escape_end(string, end).ok()?,
                _ => return None,
            }
        }
        Some((self.text(rest, end + 2)?, string.get(end + 1..)?))
    }

    /// A string that is written without escapes; none if it is not.
    #[inline(always)]
    pub fn plain_string(&self, rest: Rest<'a>) -> Option<(&'a str, Rest<'a>)> {
        let string = unspaced(rest).strip_prefix(b"\"")?;
        let end = lex::plain_end(string, 0);
        let rest = string.get(end..)?.strip_prefix(b"\"")?;
        Some((self.text(string, end)?, rest))
    }

    /// A date-time that is written without escapes.
    #[inline]
    pub(crate) fn date_time(&self, rest: Rest<'a>) -> Option<(&'a str, Rest<'a>)> {
        let string = unspaced(rest).strip_prefix(b"\"")?;
        let end = date_time_end(string)?;
        Some((self.text(string, end)?, string.get(end + 1..)?))
    }

    /// A string that may have escapes.
    #[inline(never)]
    pub fn escaped_string(&self, rest: Rest<'a>) -> Option<(String, Rest<'a>)> {
        let (raw, rest) = self.raw_string(rest)?;
        Some((unescape(raw).into(), rest))
    }

    /// A number.
    #[inline]
    pub(crate) fn number(&self, rest: Rest<'a>) -> Option<(Repr, Rest<'a>)> {
        let (text, integral, rest) = self.number_text(rest)?;
        Some((Repr::parse(text, integral)?, rest))
    }

    /// A number without a fraction, in whatever spelling.
    #[inline]
    pub(crate) fn integer(&self, rest: Rest<'a>) -> Option<(Repr, Rest<'a>)> {
        let (text, integral, rest) = self.number_text(rest)?;
        let is_integer = integral || Decimal::new(text).is_integer();
        Some((Repr::parse(text, integral).filter(|_| is_integer)?, rest))
    }

    /// A number's text, and whether it is digits alone, after a sign.
    #[inline(always)]
    fn number_text(&self, rest: Rest<'a>) -> Option<(&'a str, bool, Rest<'a>)> {
        let rest = unspaced(rest);
        let number = lex::number_end(rest, 0).ok()?;
        Some((self.text(rest, number.end)?, number.integral, rest.get(number.end..)?))
    }

    /// The name of the event that a payload, which is all of the text, seems to be; `path` is as for
    /// [`Reader::find_string`].
    ///
    /// It is first looked for where the senders that sort their members have it: at the end.
    pub fn event_name(&self, rest: Rest<'a>, path: &[impl AsRef<str>]) -> Option<&'a str> {
        let last = match path {
            [name] => last_string(self.text, name.as_ref()),
            _ => None,
        };
        last.or_else(|| self.find_string(rest, path))
    }

    /// Looks ahead for the string at `path` in the object that comes next; names are as for [`named`].
    pub fn find_string(&self, rest: Rest<'a>, path: &[impl AsRef<str>]) -> Option<&'a str> {
        let mut ahead = Self { text: self.text, depth: self.depth, names: Vec::new() };
        let mut path = path.iter().map(AsRef::as_ref);
        let mut wanted = path.next()?;
        let mut rest = ahead.enter_object(rest);
        while rest.first() == Some(&b'"') {
            if let Some(value) = named(rest, wanted) {
                match path.next() {
                    None => return Some(ahead.plain_string(value)?.0),
                    Some(name) => wanted = name,
                }
                rest = ahead.enter_object(value);
            } else {
                rest = next(ahead.skip(after_name(rest)?)?);
            }
        }
        None
    }

    /// Any value, and its text.
    pub fn value(&mut self, rest: Rest<'a>) -> Option<(&'a str, Rest<'a>)> {
        let rest = unspaced(rest);
        let after = self.skip(rest)?;
        Some((self.text(rest, rest.len() - after.len())?, after))
    }

    /// What follows any value. It is nested no deeper than [`MAX_DEPTH`], so recursion is bounded.
    #[inline(never)]
    pub fn skip(&mut self, rest: Rest<'a>) -> Option<Rest<'a>> {
        let rest = unspaced(rest);
        match rest.first()? {
            b'"' => self.raw_string(rest).map(|(_, rest)| rest),
            b'{' => {
                let names = self.names();
                let mut rest = self.enter_object(rest);
                while rest.first() == Some(&b'"') {
                    rest = self.skip_member(rest, names);
                }
                self.forget(names);
                self.leave_object(rest)
            }
            b'[' => {
                let mut rest = self.enter_array(rest);
                let mut last = !has_element(rest);
                while !last {
                    (rest, last) = next_element(self.skip(rest)?);
                }
                self.leave_array(rest)
            }
            b't' | b'f' => boolean(rest).map(|(_, rest)| rest),
            b'n' => null(rest),
            _ => self.number(rest).map(|(_, rest)| rest),
        }
    }
}

/// The value of an object's last member, if that is a string, and called `name`.
fn last_string<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let end = match text.as_bytes() {
        [.., b'"', b'}'] => text.len() - 2,
        [.., last, b'}'] if *last > b' ' => return None,
        _ => {
            let object = text.trim_ascii_end().strip_suffix('}')?;
            object.trim_ascii_end().strip_suffix('"')?.len()
        }
    };
    let start = lex::after_last_quote(text.as_bytes().get(..end)?)?;
    let before = text.get(..start - 1)?.trim_ascii_end();
    before.ends_with(name).then(|| text.get(start..end)).flatten()
}

/// What follows white space.
#[inline(always)]
fn unspaced(rest: Rest<'_>) -> Rest<'_> {
    match rest {
        [byte, ..] if *byte > b' ' => rest,
        _ => spaced(rest),
    }
}

/// As [`unspaced`], where there is white space.
#[inline(never)]
fn spaced(rest: Rest<'_>) -> Rest<'_> {
    rest.get(lex::white_space_end(rest, 0)..).unwrap_or_default()
}

/// The member after the one before `rest`, or the end of the object.
#[inline(always)]
pub(crate) fn next(rest: Rest<'_>) -> Rest<'_> {
    match rest {
        [b',', b'"', ..] => &rest[1..],
        [b'}', ..] => rest,
        _ => next_spaced(rest),
    }
}

/// As [`next`], where there may be white space.
#[inline(never)]
fn next_spaced(rest: Rest<'_>) -> Rest<'_> {
    match unspaced(rest) {
        [b',', rest @ ..] => match unspaced(rest) {
            rest @ [b'"', ..] => rest,
            _ => GIVEN_UP,
        },
        rest @ [b'}', ..] => rest,
        _ => GIVEN_UP,
    }
}

/// Whether an array that was just entered has an element.
#[inline]
pub(crate) fn has_element(rest: Rest<'_>) -> bool {
    rest.first().is_some_and(|byte| *byte != b']')
}

/// The element after the one before `rest`, or else the end of the array, and whether it is that. Where
/// it is neither, it is called the end as well, which it cannot be left as.
#[inline]
pub(crate) fn next_element(rest: Rest<'_>) -> (Rest<'_>, bool) {
    match unspaced(rest) {
        [b',', rest @ ..] => (rest, false),
        rest => (rest, true),
    }
}

/// The value of the member that comes next, if its name is `name`, which is given as JSON has it, with
/// quotes and colon.
#[inline]
pub fn named<'a>(rest: Rest<'a>, name: &str) -> Option<Rest<'a>> {
    rest.strip_prefix(name.as_bytes())
}

/// The value of the member that comes next, whatever its name.
#[inline]
fn after_name(rest: Rest<'_>) -> Option<Rest<'_>> {
    let name = rest.strip_prefix(b"\"")?;
    name.get(lex::plain_end(name, 0)..)?.strip_prefix(b"\":")
}

/// What the next value is.
#[inline]
pub fn peek(rest: Rest<'_>) -> Option<Kind> {
    unspaced(rest).first().map(|byte| Kind::starting(*byte))
}

/// `true` or `false`.
#[inline]
pub(crate) fn boolean(rest: Rest<'_>) -> Option<(bool, Rest<'_>)> {
    match unspaced(rest) {
        [b't', b'r', b'u', b'e', rest @ ..] => Some((true, rest)),
        [b'f', b'a', b'l', b's', b'e', rest @ ..] => Some((false, rest)),
        _ => None,
    }
}

/// What follows `null`.
#[inline]
pub(crate) fn null(rest: Rest<'_>) -> Option<Rest<'_>> {
    unspaced(rest).strip_prefix(b"null")
}

/// Whether nothing but white space is left.
#[inline]
pub fn is_blank(rest: Rest<'_>) -> bool {
    lex::white_space_end(rest, 0) == rest.len()
}

#[cfg(test)]
mod tests {
    use super::Reader;

    #[test]
    fn strings_are_found_where_they_are_and_nowhere_else() {
        for (text, found) in [
            (r#" { "x": [{}, "a"], "a":{ "b": "c" } }"#, Some("c")),
            (r#"{"a":{},"b":"c"}"#, None),
            (r#"{"a":{"x":1},"b":"c"}"#, None),
            (r#"{"a":{"x":1,"b":"c"}}"#, Some("c")),
            (r#"{"x":{"b":"c"}}"#, None),
            (r#"{"a":{"b":5}}"#, None),
            ("{}", None),
        ] {
            let (reader, rest) = Reader::new(text);
            assert_eq!(reader.find_string(rest, &["\"a\":", "\"b\":"]), found, "{text}");
        }
    }

    #[test]
    fn an_event_is_named_first_or_last() {
        for (text, found) in [
            (r#"{"a":"c"} "#, Some("c")),
            (r#"{"x":1, "a": "c" }"#, Some("c")),
            (r#"{"a":"c","x":1}"#, Some("c")),
            (r#"{"x":"c"}"#, None),
            (r#"["a","c"]"#, None),
        ] {
            let (reader, rest) = Reader::new(text);
            assert_eq!(reader.event_name(rest, &["\"a\":"]), found, "{text}");
        }
    }
}
