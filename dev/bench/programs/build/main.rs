//! The table of events for a peer made of jsonschema and typify's types.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut rows = String::new();
    for event in offhook_bench_schemas::vendors()?.iter().flat_map(|vendor| &vendor.events) {
        let (vendor, name, schema) = (event.vendor, &event.name, event.schema.to_string());
        writeln!(
            rows,
            "    Event {{ vendor: {vendor:?}, name: {name:?}, schema: {schema:?}, \
             read: read::<typify::{vendor}::{}> }},",
            event.type_name()
        )?;
    }
    let path = Path::new(&std::env::var("OUT_DIR")?).join("events.rs");
    fs::write(path, format!("static EVENTS: &[Event] = &[\n{rows}];\n"))?;
    Ok(())
}
