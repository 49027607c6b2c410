//! A vendor's name into a manifest that is true as far as it goes.

use offhook_model::Json;

use super::{object, words};

/// Returns a manifest of the vendor, whose document was `read` on that day.
pub(super) fn manifest(vendor: &str, read: &str) -> Json {
    let document = [("name", "TODO: the document's name".into()), ("read", read.into())];
    object([
        ("title", capitalised(&words(vendor)).into()),
        ("document", object(document)),
        ("discriminator", "/type".into()),
        ("id", Json::Null),
        ("envelope", Json::Null),
        ("order", "document".into()),
        ("signature", Json::Null),
    ])
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).collect()
}
