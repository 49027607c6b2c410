//! The string in a payload that names its event.

use std::borrow::Cow;

use serde::de::Error as _;

use crate::json::scan::{Scanner, Token};
use crate::json::unescape::unescape;

/// The string at `path`, a member's name a level; the first one where names stand twice.
///
/// # Errors
///
/// There is no string at `path`; the error names it.
pub fn discriminator<'a>(text: &'a str, path: &[&str]) -> serde_json::Result<Cow<'a, str>> {
    find_string(text, path).ok_or_else(|| {
        let pointer = path.iter().fold(String::new(), |pointer, name| pointer + "/" + name);
        serde_json::Error::custom(format_args!("want the event's name, a string at `{pointer}`"))
    })
}

/// The string at `path`, if there is one; the first one where names stand twice.
pub fn find_string<'a, N: AsRef<str>>(text: &'a str, path: &[N]) -> Option<Cow<'a, str>> {
    let mut scanner = Scanner::new(text);
    let mut path = path.iter().map(AsRef::as_ref);
    let mut wanted = path.next()?;
    scanner.next().ok()?.filter(|(token, _)| *token == Token::ObjectStart)?;
    loop {
        let (Token::Name, name) = scanner.next().ok()?? else {
            return None;
        };
        let found = unescape(&text[name]) == wanted;
        let (token, span) = scanner.next().ok()??;
        match (found, token) {
            (true, Token::ObjectStart) => wanted = path.next()?,
            (true, Token::String) if path.next().is_none() => {
                return Some(unescape(&text[span]));
            }
            (true, _) => return None,
            (false, Token::ObjectStart | Token::ArrayStart) => scanner.skip_container().ok()?,
            (false, _) => {}
        }
    }
}
