//! Strings: of a format, matching a pattern, or taking after the examples.

use super::demand::Demand;
use super::generator::Making;
use super::moments::{Moments, is_date_time};
use super::pattern::Pattern;
use super::words::{self, PEOPLE, PLAIN};
use crate::catalogue::Json;
use crate::sample::format;

/// Longer strings are not made.
const LONGEST: usize = 10_000;

/// How often a string that takes after an example is tried to match a pattern.
const TRIES: usize = 4;

impl Making<'_, '_> {
    /// A string as it is asked for; `name` is that of the member, `model` what an example has there.
    pub(super) fn string(
        &mut self,
        demand: &Demand<'_>,
        name: &str,
        model: Option<&str>,
    ) -> Option<String> {
        let parse = |pattern: &Json| Pattern::parse(pattern.as_str()?);
        let patterns: Vec<Pattern> = demand.values("pattern").map(parse).collect::<Option<_>>()?;
        let fits = |text: &str| patterns.iter().all(|pattern| pattern.matches(text));
        let format = demand.values("format").find_map(Json::as_str);
        for _ in 0..TRIES {
            let text = self.of_format(format, name, model);
            let text = text.unwrap_or_else(|| self.plain(name, model));
            let text = self.of_length(demand, text)?;
            if fits(&text) {
                return Some(text);
            }
        }
        let text = patterns.first()?.sample(self.random)?;
        let text = self.of_length(demand, text)?;
        fits(&text).then_some(text)
    }

    /// A string of a format; none if it has none that asserts something.
    fn of_format(
        &mut self,
        format: Option<&str>,
        name: &str,
        model: Option<&str>,
    ) -> Option<String> {
        match format? {
            "date-time" => Moments::written(self.moments.at(name), model, self.random),
            format => {
                // An example shows better what such a string looks like.
                let made = format::sample(format, &self.moments, self.random)?;
                Some(match model {
                    Some(model) => self.alike.text(model, &self.moments, self.random),
                    None => made,
                })
            }
        }
    }

    /// A string of which nothing is known but its name, and what examples have there.
    fn plain(&mut self, name: &str, model: Option<&str>) -> String {
        let Some(model) = model else {
            return self.named(name);
        };
        if is_date_time(model) {
            let written = Moments::written(self.moments.at(name), Some(model), self.random);
            return written.unwrap_or_else(|| model.to_owned());
        }
        if is_person(name, model) {
            return self.random.pick(&PEOPLE).copied().unwrap_or(model).to_owned();
        }
        let made = self.alike.text(model, &self.moments, self.random);
        if made != model {
            return made;
        }
        // Other words than those of one example, if others have some.
        let others = self.models.named(name).iter().filter_map(Json::as_str);
        let others: Vec<&str> = others.filter(|text| !is_date_time(text)).collect();
        let other = self.random.pick(&others).copied().unwrap_or(model);
        self.alike.text(other, &self.moments, self.random)
    }

    /// A string of which nothing is known but its name.
    fn named(&mut self, name: &str) -> String {
        let words = words::of_name(name);
        let has = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
        let random = &mut *self.random;
        let known = match () {
            () if has(&["caller", "number", "phone"]) => {
                Some(format!("+141555501{:02}", random.below(100)))
            }
            () if has(&["url", "uri"]) => format::sample("uri", &self.moments, random),
            () if has(&["email"]) => format::sample("email", &self.moments, random),
            () if has(&["id", "sid", "uuid"]) => format::sample("uuid", &self.moments, random),
            () if has(&["at", "timestamp"]) => {
                Moments::written(self.moments.at(name), None, random)
            }
            () if has(&["name"]) => random.pick(&PEOPLE).map(|name| (*name).to_owned()),
            () => None,
        };
        let plain = || random.pick(&PLAIN).copied().unwrap_or_default().to_owned();
        known.unwrap_or_else(plain)
    }

    /// The text as long as it may be.
    fn of_length(&mut self, demand: &Demand<'_>, text: String) -> Option<String> {
        let (least, most) = (demand.at_least("minLength"), demand.at_most("maxLength"));
        let length = text.chars().count();
        if (least..=most).contains(&length) {
            return Some(text);
        }
        if least > most || least > LONGEST {
            return None;
        }
        let mut text: String = text.chars().take(most).collect();
        while text.chars().count() < least {
            text.push(*self.random.pick(b"abcdefghijkmnpqrstuvwxyz")? as char);
        }
        Some(text)
    }
}

/// Whether a text looks like a person's name, two words with a capital each, and stands where one may.
fn is_person(member: &str, text: &str) -> bool {
    const WHOSE: [&str; 8] =
        ["agent", "caller", "contact", "customer", "display", "from", "to", "user"];
    let member = words::of_name(member);
    let is_whose = member.first().is_some_and(|first| WHOSE.contains(&first.as_str()));
    let is_name = |word: &str| {
        word.len() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
    };
    let words: Vec<&str> = text.split(' ').collect();
    is_whose && words.len() == 2 && words.into_iter().all(is_name)
}
