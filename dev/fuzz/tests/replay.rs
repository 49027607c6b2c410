//! Every target over its seeds, its `corpus/`, its `regressions/`, and mutations of all these.
//!
//! `OFFHOOK_FUZZ=1000000 cargo test -p offhook-fuzz --release decode` tries so many mutations,
//! `OFFHOOK_SEED` other ones. What fails is saved, and its path said.

use std::fs;
use std::path::{Path, PathBuf};

use offhook_conformance::{setting, tell};
use offhook_fuzz::Target;

/// After so many mutations it is time to say how far it is.
const A_LONG_TIME: u64 = 500_000;

/// An input whose run may fail.
struct Saved<'a> {
    target: &'a Target,
    data: &'a [u8],
}

impl Drop for Saved<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(self.target.name);
            match fs::write(&path, self.data) {
                Ok(()) => tell(&format!("the input that fails is {}", path.display())),
                Err(error) => tell(&format!("the input that fails cannot be saved: {error}")),
            }
        }
    }
}

fn run(target: &Target, data: &[u8]) {
    let _saved = Saved { target, data };
    target.run(data);
}

/// The files for a target in a folder, in name order; none where there is none.
fn files(folder: &str, target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(target.folder());
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry is readable").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file is readable")).collect()
}

/// Runs a target over all inputs that it has, and as many `mutations` of them.
fn replay(name: &str, mutations: u64) {
    let target = Target::named(name);
    let mut inputs = target.seeds();
    inputs.extend(files("corpus", target));
    inputs.extend(files("regressions", target));
    assert!(inputs.len() > 10, "{}", inputs.len());
    for data in &inputs {
        run(target, data);
    }
    let mutations = setting("OFFHOOK_FUZZ").unwrap_or(mutations);
    let first: u64 = setting("OFFHOOK_SEED").unwrap_or(1) << 32;
    for (number, data) in (1..=mutations).zip(inputs.iter().cycle()) {
        run(target, &target.mutated(data, first + number));
        if number % A_LONG_TIME == 0 {
            tell(&format!("{name}: {number} mutations so far"));
        }
    }
    tell(&format!("{name}: {} inputs and {mutations} mutations of them", inputs.len()));
}

#[test]
fn codegen() {
    replay("codegen", 300);
}

#[test]
fn decode() {
    replay("decode", 4_000);
}

#[test]
fn locate() {
    replay("locate", 4_000);
}

#[test]
fn quick() {
    replay("quick", 4_000);
}

#[test]
fn scan() {
    replay("scan", 8_000);
}

#[test]
fn signature() {
    replay("signature", 4_000);
}
