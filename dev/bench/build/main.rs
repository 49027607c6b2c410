//! The vendors' schemas into what peers need of them: schemas without references, plain types and
//! compile-time validators; and their examples into payloads.

mod examples;
mod plain;
mod table;
mod vary;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    let out = Path::new(&out);
    let vendors = offhook_bench_schemas::vendors()?;
    let mut modules = String::new();
    for vendor in &vendors {
        for event in &vendor.events {
            fs::write(out.join(event.file()), event.schema.to_string())?;
        }
        modules.push_str(&plain::module(vendor)?);
    }
    fs::write(out.join("plain.rs"), modules)?;
    fs::write(out.join("table.rs"), table::table(&vendors, out)?)?;
    let examples = examples::examples(&vendors)?;
    let mix = vary::mix(&vendors, &examples);
    let write = |name, payloads| fs::write(out.join(name), examples::lines(&vendors, payloads));
    write("examples.txt", &examples)?;
    write("mix.txt", &mix)?;
    write("type-first.txt", &examples::type_first(&mix))?;
    Ok(())
}
