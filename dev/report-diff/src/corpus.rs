//! Writes the corpus: a folder a set, with a vendor's schemas and the instances to judge by them.

mod codegen_cases;
mod field_cases;
mod folder;
mod generated;
mod suite;
mod vendors;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use offhook_report_recorder::{INDEX, INSTANCES, Index, Instance, SCHEMAS};
use sha2::{Digest, Sha256};

/// A vendor's schemas, and instances.
struct Set {
    /// Its folder in the corpus; the part before the first `/` is its corpus.
    name: String,
    /// The files below its folder of schemas: path and content.
    files: Vec<(String, Vec<u8>)>,
    instances: Vec<Instance>,
}

impl Set {
    /// The part of the corpus that it belongs to.
    fn corpus(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }
}

/// Writes all sets below `folder`, in place of what is there.
pub(crate) fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut sets = Vec::new();
    sets.extend(vendors::sets()?);
    sets.extend(codegen_cases::sets()?);
    if let Some(suite) = shared("JSON_SCHEMA_TEST_SUITE", "json-schema-test-suite") {
        sets.extend(suite::sets(&suite)?);
    }
    if let Some(cases) = shared("OFFHOOK_FIELD_CASES", "field-cases") {
        sets.extend(field_cases::sets(&cases)?);
    }
    sets.sort_by(|one, other| one.name.cmp(&other.name));
    unique(&sets)?;

    if folder.exists() {
        // A mistyped path must not cost anybody a folder.
        if !folder.join(INDEX).exists() && fs::read_dir(folder)?.next().is_some() {
            return Err(
                format!("{}: expected a corpus, found other files", folder.display()).into()
            );
        }
        fs::remove_dir_all(folder)?;
    }
    for set in &sets {
        for (path, content) in &set.files {
            let path = folder.join(&set.name).join(SCHEMAS).join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, content)?;
        }
    }
    generated::add(folder, &mut sets)?;
    for set in &mut sets {
        // The command needs something to check, and an empty object lacks all that is required.
        set.instances.push(Instance::new("empty/object".to_owned(), b"{}".to_vec()));
        let folder = folder.join(&set.name);
        fs::create_dir_all(folder.join(SCHEMAS))?;
        let mut text = String::new();
        for instance in &set.instances {
            text += &serde_json::to_string(instance)?;
            text.push('\n');
        }
        fs::write(folder.join(INSTANCES), text)?;
    }
    let index = Index {
        fingerprint: fingerprint(&sets)?,
        sets: sets.iter().map(|set| set.name.clone()).collect(),
    };
    fs::write(folder.join(INDEX), serde_json::to_string_pretty(&index)? + "\n")?;
    tell(&sets);
    Ok(())
}

/// A folder beside the repository, or where an environment variable says. Prints a note if it is missing.
fn shared(variable: &str, name: &str) -> Option<PathBuf> {
    let given = std::env::var_os(variable).map(PathBuf::from);
    let beside = repository().join("../shared").join(name);
    let found = given.into_iter().chain([beside]).find(|path| path.is_dir());
    if found.is_none() {
        println!("SKIPPED: no ../shared/{name}, no {variable}");
    }
    found
}

/// The root of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Refuses two sets or two instances of one name.
fn unique(sets: &[Set]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for set in sets {
        let own = std::iter::once((&set.name, None));
        let instances = set.instances.iter().map(|instance| (&set.name, Some(&instance.name)));
        for name in own.chain(instances) {
            if !names.insert(name) {
                return Err(format!("expected one instance called {name:?}, found two"));
            }
        }
    }
    Ok(())
}

/// Returns a hash of all that the recorder reads.
fn fingerprint(sets: &[Set]) -> serde_json::Result<String> {
    let mut hash = Sha256::new();
    for set in sets {
        let files: Vec<_> = set.files.iter().collect();
        hash.update(serde_json::to_vec(&(&set.name, files, &set.instances))?);
    }
    let start =
        hash.finalize().iter().take(16).fold(0, |start, byte| start << 8 | u128::from(*byte));
    Ok(format!("{start:032x}"))
}

/// Prints how many sets and instances each part of the corpus has.
fn tell(sets: &[Set]) {
    let corpora: BTreeSet<_> = sets.iter().map(Set::corpus).collect();
    for corpus in corpora {
        let own = || sets.iter().filter(|set| set.corpus() == corpus);
        let instances = || own().flat_map(|set| &set.instances);
        let kind = |instance: &Instance| instance.name.split('/').next().map(str::to_owned);
        let kinds: BTreeSet<_> = instances().filter_map(kind).collect();
        let counts = kinds.iter().map(|name| {
            let count =
                instances().filter(|instance| kind(instance).as_ref() == Some(name)).count();
            format!("{count} {name}")
        });
        let counts: Vec<_> = counts.collect();
        println!("{corpus}: {} sets, instances: {}", own().count(), counts.join(", "));
    }
    let instances: usize = sets.iter().map(|set| set.instances.len()).sum();
    println!("{} sets, {instances} instances", sets.len());
}
