//! A vendor whose schemas have numbers that a double does not hold: as a module, and as a table of
//! its payload types.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::table;

/// Each schema by its file's name. They are text, so that every digit reaches codegen.
const SCHEMAS: [(&str, &str); 14] = [
    ("any_integer", r#""type": "integer""#),
    ("any_number", r#""type": "number""#),
    (
        "beyond_64_bits",
        r#""type": "integer", "minimum": -9223372036854775809, "exclusiveMaximum": 18446744073709551616"#,
    ),
    ("beyond_doubles", r#""type": "number", "minimum": 0.1, "maximum": 9007199254740993"#),
    (
        "many_digits",
        r#""type": "number", "exclusiveMinimum": 0.10000000000000000001, "maximum": 1000000000000000000000000000001"#,
    ),
    ("next_to_zero", r#""type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e-7"#),
    (
        "far_integer",
        r#""type": "integer", "exclusiveMinimum": 4503599627370497.5, "maximum": 1e30"#,
    ),
    ("hundredths", r#""type": "number", "multipleOf": 0.01"#),
    ("large_steps", r#""type": "integer", "multipleOf": 9007199254740993"#),
    ("fine_steps", r#""type": "number", "multipleOf": 0.10000000000000000001, "minimum": 0"#),
    ("not_threes", r#""type": "integer", "not": { "multipleOf": 3 }"#),
    (
        "listed",
        r#""type": "array", "items": { "enum": [9007199254740992, 9007199254740993, 1e30, 1000000000000000000000000000001, 0.1, 0.10000000000000000001, -0.0, "1"] }"#,
    ),
    (
        "different",
        r#""type": "array", "items": { "type": "number" }, "uniqueItems": true, "minItems": 1"#,
    ),
    (
        "constant",
        r#""type": "object", "properties": { "a": { "const": 9007199254740993 }, "b": { "type": "integer", "maximum": 18446744073709551615 } }, "required": ["a"]"#,
    ),
];

const MANIFEST: &str = r#"{
  "title": "Numbers",
  "document": { "name": "Numbers of many digits", "read": "2026-11-30" },
  "discriminator": null
}
"#;

/// Writes `mod.rs` into `out`, and beside it what codegen makes of the vendor.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    let schemas = out.join("schemas");
    let folder = schemas.join("numbers");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("vendor.json"), MANIFEST)?;
    for (name, keywords) in SCHEMAS {
        let draft = "https://json-schema.org/draft/2020-12/schema";
        let schema = format!("{{ \"$schema\": {draft:?}, {keywords} }}\n");
        fs::write(folder.join(format!("{name}.json")), schema)?;
    }
    let mut files = Vec::new();
    for vendor in offhook_codegen::generate(&schemas)? {
        files.extend(vendor.files);
    }
    let mut table = String::new();
    for payload in table::payload_types("vendors::numbers", table::schema_of(&files)?)? {
        writeln!(table, "    {payload},")?;
    }
    offhook_codegen::write(&files, &out.join("vendors"))?;
    let text = format!(
        "pub mod vendors {{
    pub mod numbers;
}}

/// The payload types.
pub static PAYLOADS: &[PayloadType] = &[
{table}];
"
    );
    Ok(fs::write(out.join("mod.rs"), text)?)
}
