//! Translated patterns against `regress`, an engine of ECMA-262, on random patterns and strings.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};
use regex::Regex;

use crate::pattern::{Reason, translate};

/// Parts of patterns that the flag `u` allows.
///
/// Surrogates that match nothing are left out: `regress` does not repeat them well.
const ATOMS: &str = r"
    a b k K s S é É ſ \u212a [ſk] ß ẞ ς 😀 _ - # && ~~ -- / , < @ 1 8 . . ^ $ \b \B \d \D \s \S \w \W \t \n \v
    \f \r \0 \cJ \cj \x41 \u0061 \ud83d\ude00 \u{1F600} \u{61} \u00e9 \. \\ \/ \^ \$ \* \{ \} \[ \] \| \(
    \p{L} \P{L} \p{Lu} \P{Lu} \p{gc=Letter} \p{Script=Greek} \p{scx=Grek} \p{Any} \p{ASCII} \P{ASCII}
    \p{Lowercase} \p{Emoji} \p{Nd} \p{Cs} \P{Cs} [] [^] [[a] [[:alpha:] [a&&b] [a--b] [~~] [^a] [^^]
    [\b] [\w-] [-a] [a-] [--a] [+--] [a-z] [^k] [ſ] [\ud83d\ude00] [^\ud83d]
    [\ud83d\ude00-\u{1F64F}] [😀-😎] [^\P{Lu}] [\P{Lu}] [\p{Lu}] [^\p{Lu}] [\W] [^\W] [^\w] [\s\S]
    [^\s\S] [\0] [\cJ] [\-] [\]] [A-Z] [!-~]
";

/// Parts that it does not allow, or that begin or end something.
const REFUSED_ATOMS: &str = r"
    \x4 \u006 \- \@ \< \é \_ \A \z \a \k \1 \8 \00 \c \u \x \pL \p{Foo} \p{letter} \u{110000} \p{
    { } ] {,5} {a} {1} {1 {1,2 * + ? | ( ) [ [a]] [z-a] [\B] [\w-a] [a-\d] [\w-\d] [\1] [\c] [\@]
    (?=a) (?!a) (?<=a) (?i) (?P<n>a) (?x) (?i-i:a) (?-:a) (? (?<n (?<> (?<1>a)
";

const SPACES: &str = " \n\r\u{2028}\u{85}";

const OPENINGS: &str = r"( (?: (?<n> (?<m> (?<\u006e> (?i: (?-i: (?s: (?-s: (?is: (?m: (?i-s:";

const QUANTIFIERS: &str = "* + ? *? +? ?? {0} {2} {1,} {0,2} {2}? {1,2}? {2,1} ++ {2}+ ** {, {,2}";

/// Characters that patterns above tell apart.
const CHARACTERS: &str = "abAkK\u{212a}sSſéÉßẞσςΣα😀😃😎\u{ffff}\u{d7ff}\u{e000}\u{10ffff}01٣_\
    - #&~/,<@{}[]()^$.*+?|\\:\
    zlp58\n\r\u{2028}\u{2029}\u{85}\u{a0}\u{feff}\u{180e}\0\u{8}\t\u{b}\u{c}\u{1}";

/// Makes a pattern of numbers, each of which chooses one of what may come next.
fn pattern(choices: &[u16]) -> String {
    let mut pattern = String::new();
    let mut open = 0;
    for choice in choices {
        let (kind, choice) = (choice % 32, choice / 32);
        match kind {
            0..=16 => pattern += part(ATOMS, choice),
            17 => pattern += part(REFUSED_ATOMS, choice),
            18 => pattern.push(character(SPACES, choice)),
            19..=22 => pattern = pattern + part(ATOMS, choice) + part(QUANTIFIERS, choice / 8),
            23..=24 => pattern.push('|'),
            25..=28 => {
                pattern += part(OPENINGS, choice);
                open += 1;
            }
            _ if open > 0 => {
                pattern.push(')');
                open -= 1;
                if choice % 2 == 0 {
                    pattern += part(QUANTIFIERS, choice / 2);
                }
            }
            _ => pattern += part(ATOMS, choice),
        }
    }
    pattern + &")".repeat(open)
}

fn text(choices: &[u16]) -> String {
    choices.iter().map(|choice| character(CHARACTERS, *choice)).collect()
}

fn part(parts: &'static str, choice: u16) -> &'static str {
    let count = parts.split_whitespace().count();
    parts.split_whitespace().nth(usize::from(choice) % count).unwrap_or_default()
}

fn character(characters: &str, choice: u16) -> char {
    let count = characters.chars().count();
    characters.chars().nth(usize::from(choice) % count).unwrap_or_default()
}

/// Whether `regress` is known to be wrong, and V8 to be right, about a pattern.
///
/// It repeats `\b`, and folds the complement of `\w` in a class.
fn is_known_fault(pattern: &str) -> bool {
    let repeated = translate(pattern).is_err_and(|error| {
        error.reason() == Reason::Syntax && pattern[..error.offset()].ends_with(['b', 'B'])
    });
    repeated
        || (pattern.contains("(?i")
            && [r"[\W]", r"[^\W]"].iter().any(|part| pattern.contains(part)))
}

/// Asserts that both engines agree on a pattern and texts.
fn check(pattern: &str, texts: &[String]) {
    if is_known_fault(pattern) {
        return;
    }
    let unicode = regress::Regex::with_flags(pattern, "u");
    match translate(pattern) {
        Ok(translated) => {
            let ours = Regex::new(&translated).expect("a pattern that compiles");
            let annex_b = unicode.is_err();
            if annex_b && needs_unicode(pattern) {
                return;
            }
            let theirs = unicode.or_else(|_| regress::Regex::new(pattern));
            let theirs = theirs.unwrap_or_else(|error| panic!("{pattern:?}: {error}"));
            for text in texts.iter().filter(|text| !annex_b || !has_surrogates(text)) {
                let expected = theirs.find(text).is_some();
                assert_eq!(ours.is_match(text), expected, "{pattern:?} {translated:?} {text:?}");
            }
        }
        Err(error) => match error.reason() {
            Reason::Syntax | Reason::AmbiguousEscape | Reason::UnknownProperty => {
                assert!(unicode.is_err(), "{pattern:?}: {error}");
            }
            _ => {}
        },
    }
}

/// Whether a pattern means something else without the flag `u`.
fn needs_unicode(pattern: &str) -> bool {
    has_surrogates(pattern)
        || [r"\u", r"\p", r"\P", "(?i", "(?-i"].iter().any(|part| pattern.contains(part))
}

/// Whether an engine sees a character as two without the flag `u`.
fn has_surrogates(text: &str) -> bool {
    text.chars().any(|character| character > '\u{ffff}')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn verdicts_are_those_of_ecma_262(
        choices in vec(any::<u16>(), 0..12),
        texts in vec(vec(any::<u16>(), 0..6), 12),
    ) {
        let texts: Vec<String> = texts.iter().map(|choices| text(choices)).collect();
        check(&pattern(&choices), &texts);
    }

    #[test]
    fn any_text_is_answered(pattern in any::<String>()) {
        if let Ok(translated) = translate(&pattern) {
            Regex::new(&translated).expect("a pattern that compiles");
        }
    }
}

#[test]
fn every_part_is_judged_alike_on_every_character() {
    let texts: Vec<String> = CHARACTERS.chars().map(String::from).collect();
    for atom in ATOMS.split_whitespace().chain(REFUSED_ATOMS.split_whitespace()) {
        for pattern in [format!("^{atom}$"), format!("^(?i:{atom})$"), format!("^(?:{atom}){{2}}$")]
        {
            check(&pattern, &texts);
        }
    }
}
