//! The vendors' example payloads, as their senders would write them: compact, in their order.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use offhook_bench_schemas::Vendor;
use offhook_model::{Json, json};

/// A payload, and where its vendor and event stand in the list of vendors.
#[derive(Clone)]
pub(crate) struct Example {
    pub(crate) vendor: usize,
    pub(crate) event: usize,
    pub(crate) payload: Json,
}

/// The examples of all vendors, in the order of their files' names.
pub(crate) fn examples(vendors: &[Vendor]) -> Result<Vec<Example>, Box<dyn Error>> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let mut examples = Vec::new();
    for (index, vendor) in vendors.iter().enumerate() {
        let folder = schemas.join(vendor.name).join("examples");
        println!("cargo:rerun-if-changed={}", folder.display());
        let files = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
        let mut files = files.collect::<Result<Vec<_>, _>>()?;
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file)?;
            let mut payload = json::parse(&text).map_err(|_| "an example is JSON")?;
            if vendor.sorted {
                sort_members(&mut payload);
            }
            let event = vendor.events.iter().position(|event| payload["type"] == *event.name);
            let event = event.ok_or_else(|| format!("{} is of no event", file.display()))?;
            examples.push(Example { vendor: index, event, payload });
        }
    }
    Ok(examples)
}

fn sort_members(value: &mut Json) {
    match value {
        Json::Object(members) => {
            members.sort_keys();
            members.values_mut().for_each(sort_members);
        }
        Json::Array(elements) => elements.iter_mut().for_each(sort_members),
        _ => {}
    }
}

/// A line a payload: its vendor's name, a space, the text.
pub(crate) fn lines(vendors: &[Vendor], examples: &[Example]) -> String {
    let mut lines = String::new();
    for example in examples {
        let _ = writeln!(lines, "{} {}", vendors[example.vendor].name, example.payload);
    }
    lines
}

/// The payloads as they would be if the member `type` came first.
pub(crate) fn type_first(examples: &[Example]) -> Vec<Example> {
    let moved = |example: &Example| {
        let mut example = example.clone();
        if let Json::Object(members) = &mut example.payload
            && let Some(name) = members.shift_remove("type")
        {
            members.shift_insert(0, "type".to_owned(), name);
        }
        example
    };
    examples.iter().map(moved).collect()
}
