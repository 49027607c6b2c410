//! What changed of what holds for a vendor as a whole: the content of `vendor.json`.

use offhook_model::json::quoted;
use offhook_model::location::pointer;
use offhook_model::{Manifest, Order};

use crate::diff::change::Effect;

/// Returns what changed, in words, and whom it breaks. The envelope is compared as an event is.
pub(crate) fn changes(old: &Manifest, new: &Manifest) -> Vec<(String, Effect)> {
    let mut changes = Vec::new();
    let names = |manifest: &Manifest| path(manifest.discriminator.as_deref(), "nowhere");
    if old.discriminator != new.discriminator {
        let what = format!("events are named at {} instead of {}", names(new), names(old));
        changes.push((what, Effect::CHANGED));
    }
    if old.id != new.id {
        let ids = |manifest: &Manifest| path(manifest.id.as_deref(), "nowhere");
        let what = format!("events are identified at {} instead of {}", ids(new), ids(old));
        // Nobody relied on an identifier that was not documented.
        changes.push((what, if old.id.is_none() { Effect::NONE } else { Effect::WIDENED }));
    }
    if old.signature != new.signature {
        let scheme =
            |manifest: &Manifest| manifest.signature.map_or("no signature", |scheme| scheme.name());
        let what = format!("deliveries have {} instead of {}", scheme(new), scheme(old));
        // A receiver that checks none takes signed deliveries, too.
        changes.push((what, if old.signature.is_none() { Effect::NONE } else { Effect::WIDENED }));
    }
    if old.order != new.order {
        let order = |manifest: &Manifest| match manifest.order {
            Order::Document => "in the document's order",
            Order::Sorted => "by name",
        };
        let what = format!("members are sent {} instead of {}", order(new), order(old));
        changes.push((what, Effect::NONE));
    }
    let document = |manifest: &Manifest| match &manifest.document {
        Some(document) => (quoted(&document.name), document.date.clone()),
        None => ("none".to_owned(), "none".to_owned()),
    };
    let (old, new) = (document(old), document(new));
    if old.0 != new.0 {
        changes.push((format!("the document is {} instead of {}", new.0, old.0), Effect::NONE));
    }
    if old.1 != new.1 {
        let what = format!("the document's date is {} instead of {}", new.1, old.1);
        changes.push((what, Effect::NONE));
    }
    changes
}

fn path(names: Option<&[String]>, none: &str) -> String {
    names.map_or(none.to_owned(), |names| pointer(names.iter().map(String::as_str)))
}
