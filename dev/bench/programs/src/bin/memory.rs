//! Reads an archive line by line, and prints how many bytes of memory that took at most.

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader};

use offhook::dialstack::{self, Event};
use offhook_bench_programs::Peer;
use offhook_validator::Validator;

fn main() -> Result<(), Box<dyn Error>> {
    let [way, archive] = [1, 2].map(|index| std::env::args().nth(index).unwrap_or_default());
    let archive = BufReader::new(File::open(archive)?);
    match way.as_str() {
        "offhook" => {
            let validator = Validator::new(dialstack::SCHEMA)?;
            for_each_line(archive, |line| {
                black_box(validator.decode::<Event>(line.as_bytes())?);
                Ok(())
            })?;
        }
        "peer" => {
            let peer = Peer::new(|vendor, _| vendor == "dialstack")?;
            for_each_line(archive, |line| peer.decode(line))?;
        }
        // What the process itself takes.
        "nothing" => {}
        other => return Err(format!("expected offhook, peer or nothing, found {other:?}").into()),
    }
    println!("{}", peak()?);
    Ok(())
}

fn for_each_line(
    mut archive: impl BufRead,
    mut read: impl FnMut(&str) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut line = String::new();
    while archive.read_line(&mut line)? > 0 {
        read(line.trim_end())?;
        line.clear();
    }
    Ok(())
}

/// The most memory that this process has had, in bytes.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()).ok_or("want VmHWM")?;
    Ok(number.parse::<u64>()? * 1024)
}
