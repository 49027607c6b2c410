//! A value into others that it might be confused with, or that just miss what is asked of it.

use super::random::Random;
use super::words::PLAIN;
use crate::catalogue::{Json, Members, Schema};

/// Nothing is made longer than this to be too long.
const LONGEST: usize = 20_000;

/// Other values in the place of `value`, of which `schemas` may have something to say.
pub(super) fn others(schemas: &[Schema<'_>], value: &Json, random: &mut Random) -> Vec<Json> {
    let mut others = of_other_types(value);
    match value {
        Json::String(own) => {
            others.extend(texts(own, random).into_iter().map(Json::String));
            others.extend(of_other_length(schemas, own).into_iter().map(Json::String));
        }
        Json::Number(_) => others.extend(numbers(schemas, value)),
        Json::Array(elements) => {
            others.extend(arrays(schemas, elements).into_iter().map(Json::Array));
        }
        Json::Object(members) => {
            others.extend(objects(schemas, members).into_iter().map(Json::Object));
        }
        Json::Bool(word) => others.push(Json::Bool(!word)),
        Json::Null => {}
    }
    others.retain(|other| other != value);
    others
}

/// What stands in the place of a value whose type was mistaken.
fn of_other_types(value: &Json) -> Vec<Json> {
    let text = |text: String| Json::String(text);
    let mut others =
        vec![Json::Null, Json::Array(vec![value.clone()]), Json::Object(Members::new())];
    match value {
        Json::String(own) => {
            let number = own.trim_start_matches('+').parse::<u64>();
            others.push(Json::Number(number.unwrap_or(1).into()));
            others.push(Json::Bool(true));
        }
        Json::Number(number) => others.push(text(number.to_string())),
        Json::Bool(word) => {
            others.push(text(word.to_string()));
            others.push(Json::Number(u8::from(*word).into()));
        }
        Json::Null => others.extend([text(String::new()), Json::Bool(false)]),
        Json::Array(_) | Json::Object(_) => {
            others.extend([text("none".to_owned()), Json::Bool(true)]);
        }
    }
    others
}

/// Texts that are nearly `own`, or that stand for something else.
fn texts(own: &str, random: &mut Random) -> Vec<String> {
    let word = random.pick(&PLAIN).copied().unwrap_or_default();
    let mut texts = vec![
        own.to_uppercase(),
        own.to_lowercase(),
        format!("{own}s"),
        format!(" {own}"),
        own.replace('-', "_"),
        own.replace('_', "-"),
        own.trim_start_matches('+').to_owned(),
        own.chars().filter(char::is_ascii_digit).collect(),
        word.to_owned(),
        String::new(),
    ];
    let mut characters: Vec<char> = own.chars().collect();
    if !characters.is_empty() {
        characters.remove(random.index(characters.len()));
        texts.push(characters.into_iter().collect());
    }
    if let Some((day, time)) = own.split_once('T') {
        // A date-time in other clothes.
        let local = time.trim_end_matches('Z');
        texts.extend([
            format!("{day} {local}"),
            format!("{day}T{local}"),
            format!("{day}T{local}+0000"),
            day.to_owned(),
            local.to_owned(),
        ]);
    }
    texts
}

/// Texts that are too short or too long.
fn of_other_length(schemas: &[Schema<'_>], own: &str) -> Vec<String> {
    let shorter = counts(schemas, "minLength").filter_map(|least| least.checked_sub(1));
    let shorter = shorter.map(|length| own.chars().take(length).collect());
    let longer = counts(schemas, "maxLength").filter(|most| *most < LONGEST);
    let longer =
        longer.map(|most| own.chars().chain(std::iter::repeat('x')).take(most + 1).collect());
    shorter.chain(longer).collect()
}

/// Numbers beyond the bounds, and others.
fn numbers(schemas: &[Schema<'_>], own: &Json) -> Vec<Json> {
    let own = own.as_f64().unwrap_or_default();
    let mut numbers = vec![-1.0, -own, own + 0.5, own + 1.0, own * 1000.0, own / 7.0, 1e12];
    for (keyword, step) in
        [("minimum", -1.0), ("maximum", 1.0), ("exclusiveMinimum", 0.0), ("exclusiveMaximum", 0.0)]
    {
        numbers.extend(bounds(schemas, keyword).map(|bound| bound + step));
        numbers.extend(bounds(schemas, keyword).map(|bound| bound + step / 10.0));
    }
    let number = |number: f64| {
        // Whole numbers are written as such.
        let whole = Some(number).filter(|number| number.fract() == 0.0 && number.abs() < 1e15);
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and not that large")]
        match whole {
            Some(whole) => Some(Json::Number((whole as i64).into())),
            None => offhook_model::json::Number::from_f64(number).map(Json::Number),
        }
    };
    numbers.into_iter().filter_map(number).collect()
}

/// Arrays with too few, too many, repeated or other elements.
fn arrays(schemas: &[Schema<'_>], own: &[Json]) -> Vec<Vec<Json>> {
    let mut arrays = vec![Vec::new()];
    let Some((last, others)) = own.split_last() else {
        return vec![vec![Json::Null], vec![Json::String("none".to_owned())]];
    };
    arrays.push(others.to_vec());
    for other in [last.clone(), Json::Null, Json::Number(1.into()), Json::String("none".to_owned())]
    {
        arrays.push(own.iter().cloned().chain([other]).collect());
    }
    for least in counts(schemas, "minItems") {
        arrays.push(own.iter().take(least.saturating_sub(1)).cloned().collect());
    }
    for most in counts(schemas, "maxItems").filter(|most| *most < LONGEST) {
        let more = (own.len()..=most).map(|at| unlike(last, at));
        arrays.push(own.iter().cloned().chain(more).collect());
    }
    arrays
}

/// A value of the same kind, but another one.
fn unlike(value: &Json, at: usize) -> Json {
    match value {
        Json::String(text) => Json::String(format!("{text}{at}")),
        Json::Number(_) => Json::Number(at.into()),
        other => other.clone(),
    }
}

/// Objects with too few or too many members.
fn objects(schemas: &[Schema<'_>], own: &Members) -> Vec<Members> {
    let fewer = counts(schemas, "minProperties").map(|least| least.saturating_sub(1));
    let fewer = fewer.map(|length| {
        let kept = own.iter().take(length);
        kept.map(|(name, value)| (name.clone(), value.clone())).collect()
    });
    let more = counts(schemas, "maxProperties").filter(|most| *most < LONGEST);
    let more = more.map(|most| {
        let mut members = own.clone();
        let value = own.values().next().cloned().unwrap_or(Json::Null);
        let mut at = 0;
        while members.len() <= most {
            at += 1;
            members.insert(format!("{}{at}", PLAIN[at % PLAIN.len()]), value.clone());
        }
        members
    });
    fewer.chain(more).collect()
}

fn bounds(schemas: &[Schema<'_>], keyword: &str) -> impl Iterator<Item = f64> {
    schemas.iter().filter_map(move |schema| schema.own(keyword)?.as_f64())
}

fn counts(schemas: &[Schema<'_>], keyword: &str) -> impl Iterator<Item = usize> {
    let count = |bound: f64| format!("{bound:.0}").parse().ok();
    bounds(schemas, keyword).filter_map(count)
}
