//! Vendors whose events share the schema of the member that names them, in every way: as modules,
//! and as a table of them.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::table;

const EVENTS: [&str; 2] = ["user.created", "user.updated"];

/// How the schema that all events refer to describes the member.
const SHARED: [&str; 4] = ["string", "enum", "anyOf", "oneOf"];

/// Where an event narrows that to its own name.
const PLACES: [Place; 4] = [Place::Beside, Place::AllOf, Place::Definition, Place::OtherFile];

const UNIONS: [Union; 4] = [Union::Nowhere, Union::Root, Union::AllOf, Union::Object];

/// The pointer to the member.
const POINTERS: [&str; 2] = ["/type", "/meta/type"];

#[derive(Clone, Copy, Debug)]
enum Place {
    /// Beside the reference, which draft-07 does not let be: there it is a second `allOf`.
    Beside,
    /// In a branch of `allOf`.
    AllOf,
    /// In a definition of its own file.
    Definition,
    /// In a file of all names, to which other members refer as well.
    OtherFile,
}

/// One way to share the schema.
struct Way {
    shared: &'static str,
    place: Place,
    pointer: &'static str,
    /// Whether the event's name is a `const`, or else an `enum` of one.
    constant: bool,
    draft_7: bool,
    union: Union,
}

/// Where the event has a union of objects, which are told apart by another member.
#[derive(Clone, Copy, Debug)]
enum Union {
    Nowhere,
    /// At its root.
    Root,
    /// In a branch of `allOf`.
    AllOf,
    /// In the object that has the name, in a branch of `allOf`.
    Object,
}

/// Writes `mod.rs` into `out`, and beside it what codegen makes of each vendor.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    let mut modules = String::new();
    let mut vendors = String::new();
    let mut payloads = String::new();
    for way in ways() {
        let name = way.name();
        let folder = out.join("schemas").join(&name).join("acme");
        for (file, content) in way.files() {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, content.to_string())?;
        }
        let mut files = Vec::new();
        for vendor in offhook_codegen::generate(&out.join("schemas").join(&name))? {
            files.extend(vendor.files);
        }
        writeln!(modules, "pub mod {name} {{\n    pub mod acme;\n}}")?;
        let (pointer, union) = (way.pointer, way.union_at());
        writeln!(vendors, "    vendor!({name}, {pointer:?}, {union:?}),")?;
        for payload in table::payload_types(&format!("{name}::acme"), table::schema_of(&files)?)? {
            writeln!(payloads, "    ({name:?}, {payload}),")?;
        }
        offhook_codegen::write(&files, &out.join(&name))?;
    }
    let text = format!(
        "{modules}
/// The vendors.
pub static VENDORS: &[Vendor] = &[
{vendors}];

/// Their payload types, each with its vendor's name.
pub static PAYLOADS: &[(&str, PayloadType)] = &[
{payloads}];
"
    );
    Ok(fs::write(out.join("mod.rs"), text)?)
}

/// Every combination of what shares, what narrows and where the member is. The others take turns:
/// each value of one meets each value of another.
fn ways() -> Vec<Way> {
    let mut ways = Vec::new();
    for (i, pointer) in POINTERS.into_iter().enumerate() {
        for (j, shared) in SHARED.into_iter().enumerate() {
            for (k, place) in PLACES.into_iter().enumerate() {
                let constant = (i + j + k) % 2 == 0;
                let draft_7 = (i + j / 2 + k) % 2 == 0;
                let union = UNIONS[(i + j + 2 * k + k / 2) % 4];
                ways.push(Way { shared, place, pointer, constant, draft_7, union });
            }
        }
    }
    ways
}

impl Way {
    fn name(&self) -> String {
        let Self { shared, place, pointer, constant, draft_7, union } = self;
        let draft = if *draft_7 { "draft_7" } else { "draft_2020" };
        let own = if *constant { "const" } else { "enum" };
        let pointer = pointer.replace('/', "_");
        format!("{shared}_{place:?}{pointer}_{own}_{draft}_{union:?}").to_lowercase()
    }

    /// The vendor's folder.
    fn files(&self) -> Vec<(String, Value)> {
        let manifest = json!({
            "title": "Acme",
            "document": { "name": "Acme webhooks", "read": "2026-11-30" },
            "discriminator": self.pointer,
            "envelope": "shared/envelope.json"
        });
        let names = EVENTS.map(|event| (event.replace('.', "_"), self.own(event)));
        let names = self.file(json!({ "definitions": Value::Object(names.into_iter().collect()) }));
        let mut files = vec![
            ("vendor.json".to_owned(), manifest),
            ("shared/envelope.json".to_owned(), self.file(self.envelope())),
            ("shared/names.json".to_owned(), names),
        ];
        files.extend(EVENTS.map(|event| (format!("{event}.json"), self.file(self.event(event)))));
        files
    }

    /// The pointer to the object that is told apart by a union; none if there is no union.
    fn union_at(&self) -> Option<&'static str> {
        match (self.union, self.pointer) {
            (Union::Nowhere, _) => None,
            (Union::Object, "/meta/type") => Some("/meta"),
            _ => Some(""),
        }
    }

    fn file(&self, mut schema: Value) -> Value {
        schema["$schema"] = if self.draft_7 {
            json!("http://json-schema.org/draft-07/schema#")
        } else {
            json!("https://json-schema.org/draft/2020-12/schema")
        };
        schema
    }

    /// What all events have: it describes the member for all of them.
    fn envelope(&self) -> Value {
        let constants = EVENTS.map(|event| json!({ "const": event }));
        let member = match self.shared {
            "string" => json!({ "type": "string" }),
            "enum" => json!({ "type": "string", "enum": EVENTS }),
            union => json!({ "type": "string", union: constants }),
        };
        let mut envelope = self.around(&member);
        envelope["type"] = json!("object");
        envelope["properties"]["id"] = json!({ "type": "string" });
        envelope
    }

    /// A schema that has `member` at the pointer and requires it.
    fn around(&self, member: &Value) -> Value {
        let names = self.pointer.split('/').skip(1).collect::<Vec<_>>();
        names.into_iter().rev().fold(member.clone(), |value, name| {
            json!({ "type": "object", "properties": { name: value }, "required": [name] })
        })
    }

    /// A schema of one name.
    fn own(&self, event: &str) -> Value {
        if self.constant {
            json!({ "type": "string", "const": event })
        } else {
            json!({ "type": "string", "enum": [event] })
        }
    }

    /// Adds a union to the schema of an event.
    fn add_union(&self, schema: &mut Value) {
        let branch = |kind: &str, member: &str| {
            json!({
                "type": "object",
                "properties": { "kind": { "const": kind }, member: { "type": "string" } },
                "required": ["kind", member]
            })
        };
        let union = json!([branch("call", "number"), branch("mail", "address")]);
        let branch = match self.union {
            Union::Nowhere => return,
            Union::Root => {
                // In draft-07 nothing stands beside a reference.
                schema["oneOf"] = union;
                return;
            }
            Union::AllOf => json!({ "anyOf": union }),
            Union::Object => match self.pointer {
                "/type" => json!({ "oneOf": union }),
                _ => json!({ "properties": { "meta": { "allOf": [{ "oneOf": union }] } } }),
            },
        };
        if schema.get("allOf").is_none() {
            schema["allOf"] = json!([]);
        }
        schema["allOf"].as_array_mut().into_iter().for_each(|all| all.push(branch.clone()));
    }

    fn event(&self, event: &str) -> Value {
        let envelope = json!({ "$ref": "shared/envelope.json" });
        let mut schema = match self.place {
            Place::Beside if !self.draft_7 => {
                let mut schema = self.around(&self.own(event));
                schema["$ref"] = envelope["$ref"].clone();
                schema
            }
            Place::Beside | Place::AllOf => {
                json!({ "allOf": [envelope, self.around(&self.own(event))] })
            }
            Place::Definition => {
                let mut schema = self.around(&json!({ "$ref": "#/definitions/name" }));
                schema["allOf"] = json!([envelope]);
                schema["definitions"] = json!({ "name": self.own(event) });
                schema
            }
            Place::OtherFile => {
                let own = format!("shared/names.json#/definitions/{}", event.replace('.', "_"));
                let mut schema = self.around(&json!({ "$ref": own }));
                schema["allOf"] = json!([envelope]);
                schema
            }
        };
        self.add_union(&mut schema);
        // Members that have the name of an event as well, and name nothing.
        let [created, updated] = EVENTS.map(|event| {
            json!({ "$ref": format!("shared/names.json#/definitions/{}", event.replace('.', "_")) })
        });
        schema["properties"]["cause"] = created;
        schema["properties"]["effect"] = updated;
        if event == EVENTS[1] {
            let all = EVENTS.map(|event| json!({ "$ref": format!("{event}.json") }));
            schema["properties"]["previous"] = all[0].clone();
            schema["properties"]["history"] = json!({ "type": "array", "items": { "oneOf": all } });
        }
        schema
    }
}
