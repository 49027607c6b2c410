//! A payload's text into texts that are JSON no more: cut off, a sign too few or too many.

use super::random::Random;

/// How many of each kind are made.
const EACH: usize = 4;

/// Texts that are nearly JSON.
pub(super) fn texts(text: &str, random: &mut Random) -> Vec<String> {
    let signs = signs(text);
    let mut texts = vec![format!("{text}}}"), format!("{text} {text}"), text.replace('"', "'")];
    for _ in 0..EACH {
        let cuts: Vec<usize> = text.char_indices().skip(1).map(|(at, _)| at).collect();
        texts.extend(random.pick(&cuts).map(|cut| text[..*cut].to_owned()));
        if let Some(at) = random.pick(&signs) {
            let (before, after) = text.split_at(*at);
            texts.push(format!("{before}{}", &after[1..]));
            texts.push(format!("{before}{}{after}", &after[..1]));
        }
    }
    texts
}

/// Where the signs are that hold values together.
fn signs(text: &str) -> Vec<usize> {
    let mut signs = Vec::new();
    let (mut is_inside, mut is_escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_inside = !is_inside,
            b',' | b':' if !is_inside => signs.push(at),
            _ => {}
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::{signs, texts};
    use crate::sample::random::Random;

    #[test]
    fn what_is_inside_strings_holds_nothing_together() {
        assert_eq!(signs(r#"{"a,\":":[1,"é,"]}"#), [8, 11]);
    }

    #[test]
    fn none_of_the_texts_is_json() {
        let mut random = Random::new(1, 0);
        for text in ["{}", r#"{"a":{"b":["é",1]},"c":null}"#, "[\n  1,\n  2\n]"] {
            for broken in texts(text, &mut random) {
                let read = serde_json::from_str::<serde_json::Value>(&broken);
                assert!(read.is_err() || broken == text, "{broken}");
            }
        }
    }
}
