//! Writes the seeds of all targets, a folder for each kind of input, for a fuzzer that reads them from disk:
//! `cargo run -p offhook-fuzz --bin seeds -- FOLDER`.

use std::fs;
use std::io;
use std::path::PathBuf;

use offhook_fuzz::TARGETS;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("want a folder to write to"))?;
    for target in TARGETS {
        let folder = folder.join(target.folder());
        fs::create_dir_all(&folder)?;
        for (number, seed) in target.seeds().iter().enumerate() {
            fs::write(folder.join(format!("seed-{number:04}")), seed)?;
        }
    }
    Ok(())
}
