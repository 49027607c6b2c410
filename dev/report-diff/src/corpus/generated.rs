//! Instances generated from the schemas of the other sets, half of them with one fault.

use std::error::Error;
use std::path::Path;

use offhook_conformance::instances::{Fault, Generator};
use offhook_conformance::{Bundle, Oracle};
use offhook_report_recorder::{Instance, SCHEMAS};
use sha2::{Digest, Sha256};

use super::Set;

/// Instances for each part of the corpus, shared evenly among its payload schemas.
const INSTANCES: [(&str, usize); 4] =
    [("suite", 20_000), ("vendors", 15_000), ("golden", 4_000), ("field", 1_000)];

const SEED: u64 = 1;

/// What the generator makes of a set's schemas.
struct Source {
    bundle: Bundle,
    /// The payload schemas' files.
    files: Vec<String>,
    /// Whether a payload does not tell which of them is its own.
    unnamed: bool,
}

/// Adds instances to each set whose schemas below `folder` can be generated from.
pub(super) fn add(folder: &Path, sets: &mut [Set]) -> Result<(), Box<dyn Error>> {
    for (corpus, instances) in INSTANCES {
        let own: Vec<_> = sets.iter_mut().filter(|set| set.corpus() == corpus).collect();
        let mut sources = Vec::new();
        for set in own {
            if let Some(source) = source(&folder.join(&set.name).join(SCHEMAS))? {
                sources.push((set, source));
            }
        }
        let payloads: usize = sources.iter().map(|(_, source)| source.files.len()).sum();
        let each = instances.div_ceil(payloads.max(1));
        for (set, source) in sources {
            match generate(&source, each, &set.name) {
                Ok(instances) => set.instances.extend(instances),
                Err(error) => println!("no instances of {}: {error}", set.name),
            }
        }
    }
    Ok(())
}

/// Returns the schemas of a folder, or nothing if codegen refuses them.
fn source(schemas: &Path) -> Result<Option<Source>, Box<dyn Error>> {
    let Ok(vendors) = offhook_codegen::generate(schemas) else {
        return Ok(None);
    };
    let mut files = vendors.iter().flat_map(|vendor| &vendor.files);
    let schema = files.find(|file| file.path.ends_with("/schema.json"));
    let schema = &schema.ok_or("expected a generated schema.json, found none")?.text;
    let bundle = Bundle::parse(schema)?;
    let files = bundle.files().map(|(file, _)| file.to_owned());
    let files: Vec<_> = files.filter(|file| !file.starts_with("shared/")).collect();
    let json: serde_json::Value = serde_json::from_str(schema)?;
    let unnamed = json["discriminator"].is_null() && files.len() > 1;
    Ok(Some(Source { bundle, files, unnamed }))
}

/// Generates so many instances of each payload. They depend on the set's name and on the seed.
fn generate(source: &Source, each: usize, set: &str) -> Result<Vec<Instance>, Box<dyn Error>> {
    let oracle = Oracle::new(&source.bundle)?;
    let mut found = Vec::new();
    for file in &source.files {
        let schema = source.bundle.file(file).ok_or("expected the payload's schema, found none")?;
        let stream = stream(&format!("{set}/{file}"));
        let mut generator = Generator::new(&source.bundle, &oracle, SEED, stream);
        let name = file.trim_end_matches(".json");
        let mut texts = Vec::new();
        while texts.len() < each {
            let base = generator.valid(schema).unwrap_or_else(|| generator.any());
            texts.push(generator.spell(&base));
            if let Some(Fault { instance, .. }) = generator.faulty(schema, &base) {
                texts.push(generator.spell(&instance));
            }
        }
        found.extend(texts.into_iter().take(each).enumerate().map(|(index, text)| Instance {
            payload: source.unnamed.then(|| name.to_owned()),
            ..Instance::new(format!("generated/{name}/{index}"), text.into_bytes())
        }));
    }
    Ok(found)
}

/// A number that depends on a name alone: other sets may come and go.
fn stream(name: &str) -> u64 {
    let hash = Sha256::digest(name.as_bytes());
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
