//! A JSON value as text, in the many ways in which the same value can be written.

use std::fmt::Write;

use offhook_model::json::{Number, quoted};
use offhook_model::{Json, Object};

use super::Generator;
use super::deck::Decks;

/// How a text differs from the shortest one; each is how often, once in so many.
struct Habits {
    spaces: Option<u32>,
    escapes: Option<u32>,
    numbers: Option<u32>,
    shuffled: bool,
}

impl Generator<'_> {
    /// `value` as JSON text: every other time the shortest, else with spaces, members in any order,
    /// escapes, or numbers in other forms.
    pub fn spell(&mut self, value: &Json) -> String {
        if self.decks.once_in(2) {
            return value.to_string();
        }
        let mut sometimes = |times| self.decks.once_in(2).then_some(times);
        let habits = Habits {
            spaces: sometimes(2),
            escapes: sometimes(4),
            numbers: sometimes(2),
            shuffled: self.decks.once_in(2),
        };
        let mut text = String::new();
        Writer { habits, decks: &mut self.decks, text: &mut text }.value(value);
        text
    }
}

struct Writer<'a> {
    habits: Habits,
    decks: &'a mut Decks,
    text: &'a mut String,
}

impl Writer<'_> {
    /// Whether to do now what is done once in so many times.
    fn now(&mut self, times: Option<u32>) -> bool {
        times.is_some_and(|times| self.decks.once_in(times))
    }

    fn space(&mut self) {
        if self.now(self.habits.spaces) {
            *self.text += self.decks.pick(&[" ", "\n", "\t", "\r\n", "  \n   "]).unwrap_or(&" ");
        }
    }

    fn mark(&mut self, mark: char) {
        self.space();
        self.text.push(mark);
        self.space();
    }

    fn value(&mut self, value: &Json) {
        match value {
            Json::Number(number) => self.number(number),
            Json::String(string) => self.string(string),
            Json::Array(elements) => {
                self.mark('[');
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        self.mark(',');
                    }
                    self.value(element);
                }
                self.mark(']');
            }
            Json::Object(members) => self.object(members),
            word => *self.text += &word.to_string(),
        }
    }

    fn object(&mut self, members: &Object) {
        let mut members: Vec<(&String, &Json)> = members.iter().collect();
        if self.habits.shuffled {
            self.decks.shuffle(&mut members);
        }
        self.mark('{');
        for (index, (name, value)) in members.into_iter().enumerate() {
            if index > 0 {
                self.mark(',');
            }
            self.string(name);
            self.mark(':');
            self.value(value);
        }
        self.mark('}');
    }

    fn string(&mut self, string: &str) {
        self.text.push('"');
        for character in string.chars() {
            if self.now(self.habits.escapes) {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    let _ = write!(self.text, "\\u{unit:04x}");
                }
            } else if character == '/' && self.now(self.habits.escapes) {
                *self.text += "\\/";
            } else {
                let quoted = quoted(character.encode_utf8(&mut [0; 4]));
                *self.text += &quoted[1..quoted.len() - 1];
            }
        }
        self.text.push('"');
    }

    fn number(&mut self, number: &Number) {
        let text = number.as_str();
        let other = self.now(self.habits.numbers).then(|| respelt(text, self.decks));
        *self.text += other.flatten().as_deref().unwrap_or(text);
    }
}

/// A number of the same value, with another fraction or exponent.
fn respelt(number: &str, decks: &mut Decks) -> Option<String> {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let shifted = exponent - i32::try_from(fraction.len()).ok()?;
    let all = format!("{whole}{fraction}");
    let all = all.trim_start_matches('0');
    let all = if all.is_empty() { "0" } else { all };
    if all == "0" && decks.once_in(4) {
        return Some("-0".to_owned());
    }
    Some(match decks.below(6) {
        0 if exponent == 0 => format!("{sign}{whole}.{fraction}0"),
        1 => format!("{sign}{mantissa}e{exponent}"),
        2 => format!("{sign}{mantissa}E{exponent:+}"),
        3 => format!("{sign}{all}e{shifted}"),
        4 if all != "0" => format!("{sign}{all}0.00e{}", shifted - 1),
        // All digits of a number that is not too long.
        _ if (0..40).contains(&shifted) => {
            format!("{sign}{all}{}", "0".repeat(shifted.unsigned_abs() as usize))
        }
        _ => format!("{sign}0.{all}e{}", shifted + i32::try_from(all.len()).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::respelt;
    use crate::instances::deck::Decks;
    use crate::json::same;
    use crate::number::number;

    #[test]
    fn numbers_keep_their_value() {
        let mut decks = Decks::new(1, 0);
        for text in [
            "0",
            "-0.0",
            "17",
            "-325",
            "1.5",
            "-0.001",
            "1e22",
            "1.7976931348623157e308",
            "5e-324",
            "123456789.125",
            "1e-400",
            "-9223372036854775809",
            "1000000000000000000000000000001",
        ] {
            for _ in 0..40 {
                let other = respelt(text, &mut decks).expect("another spelling");
                assert!(same(&number(&other), &number(text)), "{text} as {other}");
            }
        }
    }
}
