//! Schemas that have what the documents lack: what was seen, added to what is documented, for
//! somebody to review.

mod file_name;
mod folder;
mod observed;

use std::path::Path;

use offhook_runtime::text::visible;
use offhook_validator::Code;

use crate::catalogue::{Draft, Event, Json, Members, Schema, Vendor, field_name, field_token};
use crate::drift::cut::is_cut;
use crate::drift::profile::{Deviation, Kind, Profile};
use crate::drift::state::State;
use crate::terminal::{counted, say};

use self::folder::Suggestion;

/// Writes a folder a vendor, and says what is in it.
///
/// Writes nothing if a file is in the way that the suggestion does not extend.
pub(crate) fn write(folder: &Path, state: &State, vendors: &[Vendor]) -> Result<(), String> {
    let mut additions = 0;
    let (mut suggestions, mut left) = (Vec::new(), Vec::new());
    for vendor in vendors {
        let mut events = Vec::new();
        let mut draft = vendor.draft();
        for event in vendor.events() {
            let profile = state.events.get(&vendor.edition()).and_then(|all| all.get(event.name));
            let Some(profile) = profile else {
                continue;
            };
            for deviation in profile.deviations.keys() {
                if add(&mut draft, event, profile, deviation) {
                    additions += 1;
                } else {
                    let Deviation { code, pointer, .. } = deviation;
                    left.push(format!("{} {} {pointer} [{code}]", vendor.name, event.name));
                }
            }
        }
        for (name, profile) in unknown(state, vendor, vendors) {
            let file = file_name::file_name(name, &draft);
            let added = file.and_then(|file| {
                let schema = observed::event(vendor, name, profile);
                Ok((file, schema.ok_or("its payloads do not name it where others do")?))
            });
            match added {
                Ok((file, schema)) => {
                    additions += 1;
                    draft.add_file(file, schema);
                    events.push(name.to_owned());
                }
                Err(why) => left.push(format!("{} {name}: {why}", vendor.name)),
            }
        }
        let discriminator = vendor.discriminator.clone();
        suggestions.push(Suggestion { draft, discriminator, events });
    }
    folder::write(folder, &suggestions)?;
    let added = counted(additions, "addition");
    let shown = folder.to_string_lossy();
    say(&format!("note: {added} in {}, marked as observed: review them", visible(&shown)));
    for left in left {
        say(&format!("note: no addition can make this quiet: {}", visible(&left)));
    }
    Ok(())
}

/// The events that a vendor does not document, but seems to send.
fn unknown<'s>(
    state: &'s State,
    vendor: &Vendor,
    vendors: &[Vendor],
) -> Vec<(&'s str, &'s Profile)> {
    let of = |vendor: &str| state.unknown.get(vendor).into_iter().flatten();
    let own = of(&vendor.edition()).map(|(name, profile)| (name.as_str(), profile));
    let nobodys = of("").filter(|(_, profile)| {
        let seems: Vec<_> = vendors.iter().filter(|vendor| seems_of(vendor, profile)).collect();
        seems.len() == 1 && seems[0].edition() == vendor.edition()
    });
    own.chain(nobodys.map(|(name, profile)| (name.as_str(), profile))).collect()
}

/// Whether payloads have all that every event of a vendor has.
fn seems_of(vendor: &Vendor, profile: &Profile) -> bool {
    let Some(envelope) = vendor.envelope() else {
        return false;
    };
    let required = envelope.own("required").and_then(Json::as_array).unwrap_or_default();
    required.iter().filter_map(Json::as_str).all(|name| {
        let pointer = format!("/{}", field_token(name));
        profile.fields.get(&pointer).is_some_and(|it| it.seen.count == profile.payloads())
    })
}

/// Adds what makes a deviation documented; false if nothing that is added does.
fn add(draft: &mut Draft, event: Event<'_>, profile: &Profile, deviation: &Deviation) -> bool {
    let Deviation { code, pointer, value, .. } = deviation;
    let unquoted = value.as_deref().map(|value| value.trim_matches('"'));
    // Of what was not told apart, nothing is known.
    let is_known = pointer.is_empty() || profile.fields.contains_key(pointer);
    if !is_known || is_cut(pointer) || unquoted.is_some_and(is_cut) {
        return false;
    }
    match code {
        Code::Undocumented => {
            // What has no name of its own cannot be added.
            let Some((parent, name)) = pointer.rsplit_once('/').filter(|(_, name)| *name != "*")
            else {
                return false;
            };
            let Some(schema) = schema(event, parent) else {
                return false;
            };
            let all = schema.all();
            let place = all.iter().find(|it| it.own("properties").is_some()).unwrap_or(&schema);
            let name = field_name(name).into_owned();
            let observed = observed::value(profile, pointer);
            draft.edit(&place.file, &place.pointer, |schema| {
                let properties = schema.entry("properties".to_owned());
                let properties = properties.or_insert_with(|| Json::Object(Members::new()));
                properties.as_object_mut().is_some_and(|all| all.insert(name, observed).is_none())
            })
        }
        Code::Enum => {
            let value = value.as_ref().and_then(|value| offhook_model::json::parse(value).ok());
            let listing = schema(event, pointer).and_then(|schema| listing(&schema));
            let (Some(value), Some(place)) = (value, listing) else {
                return false;
            };
            draft.edit(&place.file, &place.pointer, |schema| match schema.get_mut("enum") {
                Some(Json::Array(values)) => {
                    // Where several fields share a list, one of them may have added it.
                    if !values.contains(&value) {
                        values.push(value);
                    }
                    true
                }
                _ => false,
            })
        }
        Code::Type => {
            let Some(schema) = schema(event, pointer) else {
                return false;
            };
            let all = schema.all();
            let Some(place) = all.iter().find(|it| it.own("type").is_some()) else {
                return false;
            };
            let kinds = profile.fields.get(pointer).map(|traffic| traffic.kinds.keys());
            let kinds: Vec<Kind> = kinds.into_iter().flatten().copied().collect();
            draft.edit(&place.file, &place.pointer, |schema| {
                schema.get_mut("type").map(|types| observed::widen(types, &kinds)).is_some()
            })
        }
        _ => false,
    }
}

/// The schema of a field; of the payload, if the pointer is empty.
fn schema<'v>(event: Event<'v>, pointer: &str) -> Option<Schema<'v>> {
    if pointer.is_empty() {
        return event.schema();
    }
    let fields = event.fields();
    fields.into_iter().find(|field| field.pointer() == pointer).map(|field| field.schema)
}

/// Where a field's values are listed.
fn listing<'v>(schema: &Schema<'v>) -> Option<Schema<'v>> {
    let all = schema.all();
    let branches = all.iter().flat_map(|schema| {
        ["anyOf", "oneOf"].into_iter().flat_map(|keyword| schema.children(keyword))
    });
    let mut places = all.iter().cloned().chain(branches);
    places.find(|schema| schema.own("enum").is_some())
}
