//! Lists of strings into the variants of an open enum.

use crate::GenError;
use crate::doc_comment::Paragraph;
use crate::ir::Variant;
use crate::names::{self, decapitalise};
use crate::whole::Whole;
use offhook_model::{Json, Location, SchemaSet};

/// The listed values as variants. Some of the schemas at `place` and in `wholes` may say what they
/// mean, in `x-enum-descriptions`, and how they are to be called, in `x-enum-names`.
pub(crate) fn variants(
    set: &SchemaSet,
    place: &Location,
    wholes: &[&Whole],
    values: &[&str],
) -> Result<Vec<Variant>, GenError> {
    let mut places = vec![place];
    places.extend(wholes.iter().flat_map(|whole| &whole.places));
    for keyword in ["x-enum-descriptions", "x-enum-names"] {
        for place in &places {
            let texts = set.at(place).get(keyword).and_then(Json::as_object);
            for (wire, _) in texts.into_iter().flatten() {
                if !values.contains(&wire.as_str()) {
                    return Err(GenError::at(
                        set,
                        &place.child(keyword).child(wire),
                        format!("want one of the listed values, got {wire:?}"),
                    ));
                }
            }
        }
    }
    let said = |keyword: &str, wire: &str| {
        places
            .iter()
            .find_map(|place| Some((*place, set.at(place).get(keyword)?.get(wire)?.as_str()?)))
    };
    let mut variants: Vec<Variant> = Vec::new();
    for wire in values {
        if variants.iter().any(|variant| variant.wire == *wire) {
            continue;
        }
        let taken =
            |name: &str| name == "Unknown" || variants.iter().any(|variant| variant.name == name);
        let name = match said("x-enum-names", wire) {
            Some((_, name)) if names::is_type(name) && !taken(name) => name.to_owned(),
            Some((place, name)) => {
                return Err(GenError::at(
                    set,
                    &place.child("x-enum-names").child(wire),
                    format!("want a name for a Rust variant that is not taken, got {name:?}"),
                ));
            }
            None => names::free(&names::variant(wire), "", taken),
        };
        let docs = match said("x-enum-descriptions", wire) {
            Some((_, text)) => value(wire).text(": ").prose(&decapitalise(text)),
            None => value(wire),
        };
        variants.push(Variant { wire: (*wire).to_owned(), name, docs: vec![docs] });
    }
    Ok(variants)
}

/// A value as documentation shows it.
fn value(wire: &str) -> Paragraph {
    match wire {
        "" => Paragraph::new("The empty string"),
        wire => Paragraph::default().code(wire),
    }
}
