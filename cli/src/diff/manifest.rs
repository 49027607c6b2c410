//! What changed of what holds for a vendor as a whole: the content of `vendor.json`.

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
        let scheme = |manifest: &Manifest| {
            manifest.signature.map_or("no signature", |scheme| scheme.name())
        };
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
        Some(document) => format!("{:?} of {}", document.name, document.date),
        None => "none".to_owned(),
    };
    if document(old) != document(new) {
        let what = format!("the document is {} instead of {}", document(new), document(old));
        changes.push((what, Effect::NONE));
    }
    changes
}

fn path(names: Option<&[String]>, none: &str) -> String {
    names.map_or(none.to_owned(), |names| pointer(names.iter().map(String::as_str)))
}
