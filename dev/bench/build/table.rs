//! The table of events: what each peer needs to judge and to read one.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use heck::ToUpperCamelCase;

use offhook_bench_schemas::Vendor;

/// The text of the table, and of the compile-time validators that it names.
pub(crate) fn table(vendors: &[Vendor], out: &Path) -> Result<String, Box<dyn Error>> {
    let mut validators = String::new();
    let mut rows = String::new();
    for vendor in vendors {
        let module = vendor.name;
        writeln!(validators, "    pub(super) mod {module} {{")?;
        for event in &vendor.events {
            let (wire, name, path) = (&event.name, event.type_name(), out.join(event.file()));
            // A method takes seconds to build: the list of errors is asked for of one event only.
            let lists_errors = wire == "call.end";
            let iter_errors = if lists_errors {
                format!("Some(compiled::{module}::{name}::iter_errors)")
            } else {
                "None".to_owned()
            };
            let path = path.to_str().ok_or("want a path in UTF-8")?;
            writeln!(
                validators,
                "    #[jsonschema::validator(path = {path:?}, validate_formats = true, \
                 pattern_options = {{ engine = regex }}, \
                 methods = {{ iter_errors = {lists_errors} }})]
    pub(in super::super) struct {name};"
            )?;
            writeln!(
                rows,
                "    Event {{
        vendor: Vendor::{},
        name: {wire:?},
        schema: include_str!({path:?}),
        is_valid: compiled::{module}::{name}::is_valid,
        validate: compiled::{module}::{name}::validate,
        iter_errors: {iter_errors},
        plain: Plain::of::<plain::{module}::{name}>(),
    }},",
                module.to_upper_camel_case()
            )?;
        }
        writeln!(validators, "}}")?;
    }
    Ok(format!(
        "mod compiled {{
{validators}}}

/// The events of all vendors, each with what its peers need.
pub(crate) static EVENTS: &[Event] = &[
{rows}];
"
    ))
}
