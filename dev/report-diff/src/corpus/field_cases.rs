//! Cases made from public bug reports: `judge.json`, and folders for the generator with payloads.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use offhook_report_recorder::Instance;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Set;
use super::folder::{files, name, sorted, vendor, vendors};

const MANIFEST: &str = r#"{"title":"Acme","document":{"name":"Acme webhooks","read":"2026-01-01"},"discriminator":null,"order":"document"}
"#;

/// A case of `judge.json`. Schemas are JSON, or a string that holds the file's text.
#[derive(Deserialize)]
struct Case<'a> {
    id: String,
    #[serde(borrow)]
    files: BTreeMap<String, &'a RawValue>,
    /// Texts and verdicts.
    instances: Vec<(String, bool)>,
}

pub(super) fn sets(folder: &Path) -> Result<Vec<Set>, Box<dyn Error>> {
    let text = fs::read_to_string(folder.join("judge.json"))?;
    let cases: Vec<Case<'_>> = serde_json::from_str(&text)?;
    let mut sets: Vec<_> = cases.iter().map(judge).collect();
    let generator = folder.join("gen");
    for case in sorted(&generator)? {
        for folder in vendors(&case)? {
            let mut set = vendor(format!("field/gen/{}", name(&case)), &folder, 0)?;
            let payloads = generator.join("_payloads").join(name(&case));
            if payloads.is_dir() {
                set.instances.extend(files(&payloads)?.into_iter().map(payload));
            }
            sets.push(set);
        }
    }
    Ok(sets)
}

fn judge(case: &Case<'_>) -> Set {
    let file = |(path, text): (&String, &&RawValue)| {
        let content = serde_json::from_str::<String>(text.get());
        let content = content.unwrap_or_else(|_| text.get().to_owned());
        (format!("acme/{path}"), content.into_bytes())
    };
    let instance = |(index, (text, valid)): (usize, &(String, bool))| Instance {
        expected: Some(*valid),
        ..Instance::new(format!("test/{index}"), text.clone().into_bytes())
    };
    let manifest = ("acme/vendor.json".to_owned(), MANIFEST.as_bytes().to_vec());
    Set {
        name: format!("field/judge/{}", case.id),
        files: std::iter::once(manifest).chain(case.files.iter().map(file)).collect(),
        instances: case.instances.iter().enumerate().map(instance).collect(),
    }
}

/// A payload that is good or bad, as its name says.
fn payload((path, text): (String, Vec<u8>)) -> Instance {
    let expected = Some(path.starts_with("good"));
    Instance { expected, ..Instance::new(format!("test/{path}"), text) }
}
