//! What holds for a set of schemas as a whole: the content of `vendor.json`.

mod scheme;

use offhook_runtime::value::timestamp::is_full_date;

use crate::json::{Json, quoted, shown};
use crate::location::tokens;

pub use scheme::{Scheme, UnknownScheme};

/// The name of the file in a vendor's folder.
pub const MANIFEST: &str = "vendor.json";

/// What holds for a set of schemas as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The vendor's name in code; where the manifest has none, that of its folder.
    pub vendor: Option<String>,
    /// The vendor's name for people.
    pub title: Option<String>,
    /// The document that the schemas transcribe.
    pub document: Option<Document>,
    /// The names of the members that lead to the string that names an event.
    pub discriminator: Option<Vec<String>>,
    /// The names of the members that lead to the string that identifies an event, the same on every
    /// delivery.
    pub id: Option<Vec<String>>,
    /// The file of the schema that unknown events must meet, too.
    pub envelope: Option<String>,
    /// How the vendor's sender orders the members of objects.
    pub order: Order,
    /// How the vendor signs its deliveries.
    pub signature: Option<Scheme>,
}

/// A document that schemas transcribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What the document is called.
    pub name: String,
    /// Its date, which tells it from others of the vendor: its own, or the day on which it was read.
    pub date: String,
    /// The day on which it was read, as year, month and day.
    pub read: String,
}

/// How a sender orders the members of objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the vendor's document does.
    #[default]
    Document,
    /// By name.
    Sorted,
}

/// A fault of a manifest: a JSON Pointer, and what is wrong there.
pub(crate) type ManifestFault = (String, String);

#[cfg(feature = "load")]
const KEYS: [&str; 8] =
    ["vendor", "title", "document", "discriminator", "id", "envelope", "order", "signature"];
#[cfg(feature = "load")]
const DOCUMENT_KEYS: [&str; 3] = ["name", "date", "read"];

impl Manifest {
    /// Reads the content of a `vendor.json`, which must be complete.
    #[cfg(feature = "load")]
    pub(crate) fn read(json: &Json) -> Result<Self, Vec<ManifestFault>> {
        let mut reader = Reader { faults: Vec::new() };
        if !json.is_object() {
            reader.fault("", format!("expected an object, found {}", shown(json)));
            return Err(reader.faults);
        }
        reader.refuse_unknown("", json, &KEYS);
        for key in ["title", "document", "discriminator"] {
            if json.get(key).is_none() {
                reader
                    .fault("", format!("expected the member {key:?}, found an object without it"));
            }
        }
        if let Some(document) = json.get("document") {
            if document.is_object() {
                reader.refuse_unknown("/document", document, &DOCUMENT_KEYS);
                for key in ["name", "read"].into_iter().filter(|key| document.get(key).is_none()) {
                    let message =
                        format!("expected the member {key:?}, found an object without it");
                    reader.fault("/document", message);
                }
            } else {
                reader.fault("/document", format!("expected an object, found {}", shown(document)));
            }
        }
        let manifest = reader.manifest(json);
        if reader.faults.is_empty() { Ok(manifest) } else { Err(reader.faults) }
    }

    /// Reads the members of a manifest in a `SCHEMA`, which need not be complete.
    pub(crate) fn of_bundle(json: &Json) -> Result<Self, Vec<ManifestFault>> {
        let mut reader = Reader { faults: Vec::new() };
        let manifest = reader.manifest(json);
        if reader.faults.is_empty() { Ok(manifest) } else { Err(reader.faults) }
    }
}

struct Reader {
    faults: Vec<ManifestFault>,
}

impl Reader {
    fn fault(&mut self, pointer: &str, message: String) {
        self.faults.push((pointer.to_owned(), message));
    }

    #[cfg(feature = "load")]
    fn refuse_unknown(&mut self, pointer: &str, object: &Json, known: &[&str]) {
        let members = object.as_object().into_iter().flatten();
        for (key, _) in members.filter(|(key, _)| !known.contains(&key.as_str())) {
            let all: Vec<String> = known.iter().map(|key| quoted(key)).collect();
            let message = format!("expected one of {}, found {}", all.join(", "), quoted(key));
            self.fault(&format!("{pointer}/{}", crate::location::escape(key)), message);
        }
    }

    fn manifest(&mut self, json: &Json) -> Manifest {
        Manifest {
            vendor: self.text(json, "", "vendor"),
            title: self.text(json, "", "title"),
            document: self.document(&json["document"]),
            discriminator: self.pointer(json, "discriminator"),
            id: self.pointer(json, "id"),
            envelope: self.text(json, "", "envelope"),
            order: self
                .one_of(json, "order", &[("document", Order::Document), ("sorted", Order::Sorted)])
                .unwrap_or_default(),
            signature: {
                let schemes: Vec<_> =
                    Scheme::ALL.iter().map(|scheme| (scheme.name(), *scheme)).collect();
                self.one_of(json, "signature", &schemes)
            },
        }
    }

    fn document(&mut self, json: &Json) -> Option<Document> {
        let name = self.text(json, "/document", "name");
        let read = self.text(json, "/document", "read");
        let date = self.text(json, "/document", "date");
        if let Some(read) = read.as_deref().filter(|read| !is_full_date(read)) {
            let message = format!("expected a day as YYYY-MM-DD, found {}", quoted(read));
            self.fault("/document/read", message);
        }
        if let Some(date) = date.as_deref().filter(|date| !is_date_of_document(date)) {
            let message =
                format!("expected a date as YYYY-MM-DD or YYYY-MM, found {}", quoted(date));
            self.fault("/document/date", message);
        }
        let read = read?;
        Some(Document { name: name?, date: date.unwrap_or_else(|| read.clone()), read })
    }

    /// The text of a member that is a string and not empty; `None` where it is missing or null.
    fn text(&mut self, json: &Json, around: &str, key: &str) -> Option<String> {
        match json.get(key) {
            None | Some(Json::Null) => None,
            Some(Json::String(text)) if !text.is_empty() => Some(text.clone()),
            Some(other) => {
                let message =
                    format!("expected a string that is not empty, found {}", shown(other));
                self.fault(&format!("{around}/{key}"), message);
                None
            }
        }
    }

    fn pointer(&mut self, json: &Json, key: &str) -> Option<Vec<String>> {
        match json.get(key) {
            None | Some(Json::Null) => None,
            Some(Json::String(pointer)) if is_pointer(pointer) => {
                Some(tokens(pointer).map(std::borrow::Cow::into_owned).collect())
            }
            Some(other) => {
                let expected = "expected a JSON Pointer, such as \"/type\"";
                self.fault(&format!("/{key}"), format!("{expected}, found {}", shown(other)));
                None
            }
        }
    }

    fn one_of<T: Copy>(&mut self, json: &Json, key: &str, known: &[(&str, T)]) -> Option<T> {
        let value = json.get(key).filter(|value| !value.is_null())?;
        let meant = known.iter().find(|(name, _)| *value == *name);
        if meant.is_none() {
            let all: Vec<String> = known.iter().map(|(name, _)| quoted(name)).collect();
            let message = format!("expected one of {}, found {}", all.join(", "), shown(value));
            self.fault(&format!("/{key}"), message);
        }
        meant.map(|(_, value)| *value)
    }
}

/// Whether a text is a JSON Pointer to something inside a value.
fn is_pointer(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once('~') {
        if !tail.starts_with(['0', '1']) {
            return false;
        }
        rest = tail;
    }
    text.len() > 1 && text.starts_with('/')
}

fn is_date_of_document(date: &str) -> bool {
    is_full_date(date) || is_full_date(&format!("{date}-01"))
}
