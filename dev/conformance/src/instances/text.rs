//! Strings without a form, of every length and with every kind of character.

use super::deck::Decks;

/// Characters that are long in one encoding and short in another, or mean something in JSON.
pub(super) const CHARACTERS: &[char] = &[
    'a',
    'b',
    'Z',
    '0',
    '9',
    ' ',
    '-',
    '_',
    '.',
    ':',
    '/',
    '"',
    '\\',
    '\n',
    '\u{1}',
    '\u{7f}',
    'é',
    'ß',
    '\u{301}',
    '২',
    '漢',
    '\u{feff}',
    '\u{2028}',
    '\u{fffd}',
    '😀',
    '𝔘',
    '\u{10ffff}',
];

/// Strings that look like something else.
const WORDS: &[&str] = &["null", "true", "0", "1e5", "{}", "[]", "\"", "\u{0}", "__proto__"];

/// A string of `length` characters.
pub(super) fn of_length(length: usize, decks: &mut Decks) -> String {
    if decks.once_in(8)
        && let Some(word) = decks.pick(WORDS).filter(|word| word.chars().count() == length)
    {
        return (*word).to_owned();
    }
    // Plain text as a rule; what is not finds its way into one in four.
    let nasty = decks.once_in(4);
    let mut characters = || match decks.pick(CHARACTERS) {
        Some(character) if nasty => *character,
        _ => char::from(b'a' + u8::try_from(decks.below(26)).unwrap_or_default()),
    };
    std::iter::repeat_with(&mut characters).take(length).collect()
}

/// `text` with a character inserted, removed, replaced or doubled.
pub(super) fn edited(text: &str, decks: &mut Decks) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = decks.below(characters.len());
    let other = decks.pick(CHARACTERS).copied().unwrap_or('a');
    match decks.below(4) {
        _ if characters.is_empty() => characters.push(other),
        0 => characters.insert(decks.below(characters.len() + 1), other),
        1 => drop(characters.remove(at)),
        2 => characters[at] = other,
        _ => characters.insert(at, characters[at]),
    }
    characters.into_iter().collect()
}
