//! Strings changed so that one assertion no longer holds of them.

use super::LONG;
use crate::instances::demand::count;
use crate::instances::fault::Assertion;
use crate::instances::{Generator, TRIES, format, text};

impl<'b> Generator<'b> {
    pub(super) fn other_string(
        &mut self,
        assertion: &Assertion<'b>,
        string: &str,
    ) -> Option<String> {
        let Assertion { schema, keyword, .. } = *assertion;
        let limit = schema.get(keyword).and_then(count);
        match keyword {
            "minLength" => {
                let shorter = limit?.checked_sub(1)?;
                Some(if self.decks.once_in(2) {
                    string.chars().take(shorter).collect()
                } else {
                    // Two units of UTF-16 and four bytes each, but one character.
                    "😀".repeat(shorter)
                })
            }
            "maxLength" => {
                let longer = limit.filter(|limit| *limit < LONG)? + 1;
                let fill = longer.saturating_sub(string.chars().count());
                Some(format!("{string}{}", text::of_length(fill, &mut self.decks)))
            }
            "pattern" => {
                let pattern = self.patterns.get(schema.get(keyword)?.as_str()?)?;
                let mut changed = string.to_owned();
                for _ in 0..TRIES * 2 {
                    changed = text::edited(&changed, &mut self.decks);
                    if !pattern.matches(&changed) {
                        return Some(changed);
                    }
                }
                (!pattern.matches("")).then(String::new)
            }
            "format" => {
                let format = schema.get(keyword)?.as_str()?;
                format::bad(format, &mut self.patterns, &mut self.decks)
            }
            _ => None,
        }
    }
}
