//! Texts that take after others: an identifier into another one of the same kind, a telephone number
//! into one that nobody has, everything else as it is.

use std::collections::BTreeMap;

use super::moments::Moments;
use super::random::Random;

/// Letters and digits mixed in a run of at least this length are an identifier, not a word such as
/// `g711`.
const IDENTIFIER: usize = 6;

/// Identifiers of this length begin with a time, more often than not, and so alike.
const ORDERED: usize = 20;

/// How often another text is tried if one was taken.
const TRIES: usize = 8;

/// The texts of one payload: what stood for one thing in the example still does.
#[derive(Default)]
pub(super) struct Alike(BTreeMap<String, String>);

impl Alike {
    /// A text like `model`.
    pub(super) fn text(&mut self, model: &str, moments: &Moments, random: &mut Random) -> String {
        let mut text = String::new();
        let mut rest = model;
        while !rest.is_empty() {
            let length = run(rest);
            if length == 0 {
                let other = rest.find(|char: char| char.is_ascii_alphanumeric());
                let (before, after) = rest.split_at(other.unwrap_or(rest.len()));
                text.push_str(before);
                rest = after;
                continue;
            }
            let (found, after) = rest.split_at(length);
            let is_phone = text.ends_with('+');
            text.push_str(&self.run(found, is_phone, moments, random));
            rest = after;
        }
        text
    }

    fn run(
        &mut self,
        model: &str,
        is_phone: bool,
        moments: &Moments,
        random: &mut Random,
    ) -> String {
        let Some(kind) = Kind::of(model, is_phone) else {
            return model.to_owned();
        };
        if let Some(known) = self.0.get(model) {
            return known.clone();
        }
        let mut made = String::new();
        for _ in 0..TRIES {
            made = kind.like(model, moments, random);
            if !self.0.values().any(|other| *other == made) {
                break;
            }
        }
        self.0.insert(model.to_owned(), made.clone());
        made
    }
}

/// How long what stands in front is: a UUID, or letters and digits.
fn run(text: &str) -> usize {
    if text.get(..UUID).is_some_and(is_uuid) {
        return UUID;
    }
    text.bytes().take_while(u8::is_ascii_alphanumeric).count()
}

/// How long a UUID is.
const UUID: usize = 36;

fn is_uuid(text: &str) -> bool {
    text.len() == UUID
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// What kind of thing letters and digits are.
#[derive(Clone, Copy)]
enum Kind {
    Uuid,
    Phone,
    Day,
    Time,
    Epoch,
    Digits,
    Hexadecimal,
    Identifier,
}

impl Kind {
    /// None if it is a word, or a short number that may mean something.
    fn of(text: &str, is_phone: bool) -> Option<Self> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let has_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let is_hexadecimal = !has_upper && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        match text.len() {
            _ if is_uuid(text) => Some(Self::Uuid),
            length if digits == length => match length {
                0..4 => None,
                4 if text.starts_with("20") => None, // A year, as a rule.
                8.. if is_phone => Some(Self::Phone),
                6 => Some(Self::Time),
                8 if text.starts_with("20") => Some(Self::Day),
                10 if text.starts_with('1') => Some(Self::Epoch),
                _ => Some(Self::Digits),
            },
            IDENTIFIER.. if digits > 0 && is_hexadecimal => Some(Self::Hexadecimal),
            IDENTIFIER.. if digits > 0 => Some(Self::Identifier),
            _ => None,
        }
    }

    fn like(self, model: &str, moments: &Moments, random: &mut Random) -> String {
        let kept = |count: usize| move |at: usize| at < count;
        match self {
            // The version and the variant stay what they are.
            Self::Uuid => varied(model, |at| matches!(at, 14 | 19), true, random),
            Self::Phone => phone(model, random),
            Self::Day => moments.compact().map_or_else(|| model.to_owned(), |(day, _)| day),
            Self::Time => moments.compact().map_or_else(|| model.to_owned(), |(_, time)| time),
            Self::Epoch => moments.at("timestamp").div_euclid(1000).to_string(),
            Self::Digits => varied(model, kept(1), false, random),
            Self::Hexadecimal => varied(model, kept(0), true, random),
            Self::Identifier if model.len() >= ORDERED => varied(model, kept(2), false, random),
            Self::Identifier => varied(model, kept(0), false, random),
        }
    }
}

/// A text with other letters and digits in the place of its own, but for those that are kept.
fn varied(
    model: &str,
    is_kept: impl Fn(usize) -> bool,
    is_hexadecimal: bool,
    random: &mut Random,
) -> String {
    const HEXADECIMAL: &[u8] = b"0123456789abcdef";
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
    let mut other = |(at, byte): (usize, u8)| {
        let among = match byte {
            _ if is_kept(at) || !byte.is_ascii_alphanumeric() => return char::from(byte),
            _ if is_hexadecimal => HEXADECIMAL,
            b'0'..=b'9' => &HEXADECIMAL[..10],
            _ => LETTERS,
        };
        let other = char::from(random.pick(among).copied().unwrap_or(byte));
        if byte.is_ascii_uppercase() { other.to_ascii_uppercase() } else { other }
    };
    model.bytes().enumerate().map(&mut other).collect()
}

/// A telephone number without its `+`. Of the North American plan, one of those that are kept for
/// invented stories, 555-0100 to 555-0199; of others, the same country's.
fn phone(model: &str, random: &mut Random) -> String {
    if model.len() == 11 && model.starts_with('1') {
        return format!("{}55501{:02}", &model[..4], random.below(100));
    }
    varied(model, |at| at < model.len() / 2, false, random)
}

#[cfg(test)]
mod tests {
    use super::{Alike, is_uuid};
    use crate::sample::moments::Moments;
    use crate::sample::random::Random;

    #[test]
    fn texts_keep_their_form() {
        let mut random = Random::new(3, 0);
        let moments = Moments::new(std::iter::empty(), &mut random);
        let mut alike = Alike::default();
        let mut like = |model| alike.text(model, &moments, &mut random);
        let id = like("call_01h2xcejqtf2nbrexx3vqjhp45");
        assert!(id.starts_with("call_01") && id.len() == 31, "{id}");
        assert_ne!(id, "call_01h2xcejqtf2nbrexx3vqjhp45");
        let phone = like("+14155551234");
        assert!(phone.starts_with("+141555501") && phone.len() == 12, "{phone}");
        let uuid = like("04b89420-cf8b-4ea5-a428-02c40b0e2a59");
        assert!(is_uuid(&uuid) && uuid.as_bytes()[14] == b'4', "{uuid}");
        let file = like("/var/recordings/20260814_091217_7c1f0e2a.wav");
        assert!(
            file.starts_with("/var/recordings/2026") && file.rsplit('.').next() == Some("wav"),
            "{file}"
        );
        for word in ["completed", "911", "1.0.0", "g711", "no-answer", "Müller & Söhne", ""] {
            assert_eq!(like(word), word);
        }
    }

    #[test]
    fn what_was_one_thing_still_is_and_what_was_two_still_are() {
        let mut random = Random::new(3, 0);
        let moments = Moments::new(std::iter::empty(), &mut random);
        for _ in 0..200 {
            let mut alike = Alike::default();
            let mut like = |model| alike.text(model, &moments, &mut random);
            let session = like("ff1e7130-7752-4304-9cf4-08d2583a41dc");
            let id = like("2868-dial-in-stop-ff1e7130-7752-4304-9cf4-08d2583a41dc");
            assert!(id.ends_with(&session), "{id}");
            assert_ne!(like("+14155551234"), like("+14155559876"));
        }
    }
}
