//! Judges an archive line by line on some cores, and prints how many payloads are valid, and how
//! many errors the others have.
//!
//! Each core reads a part of its own, so that none waits for another.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::Range;
use std::thread;

use offhook_bench_programs::Peer;

fn main() -> Result<(), Box<dyn Error>> {
    let [archive, cores] = [1, 2].map(|index| std::env::args().nth(index).unwrap_or_default());
    let (size, cores) = (File::open(&archive)?.metadata()?.len(), cores.parse::<u64>()?);
    let peer = Peer::new(|_, _| true)?;
    let counts = thread::scope(|scope| {
        let part = |core| {
            let part = size * core / cores..size * (core + 1) / cores;
            scope.spawn(|| judge(&peer, &archive, part))
        };
        let parts: Vec<_> = (0..cores).map(part).collect();
        let counts = parts.into_iter().map(|part| part.join().expect("no part panics"));
        counts.collect::<io::Result<Vec<_>>>()
    })?;
    let sum = |count: fn(&Counts) -> usize| counts.iter().map(count).sum::<usize>();
    println!("{} {}", sum(|counts| counts.valid), sum(|counts| counts.errors));
    Ok(())
}

#[derive(Default)]
struct Counts {
    valid: usize,
    errors: usize,
}

/// Judges the lines that begin in a part of the archive.
fn judge(peer: &Peer, archive: &str, part: Range<u64>) -> io::Result<Counts> {
    let mut archive = BufReader::with_capacity(1 << 16, File::open(archive)?);
    let mut at = part.start;
    let mut line = Vec::new();
    if at > 0 {
        // What is left of a line belongs to the part before.
        archive.seek(SeekFrom::Start(at - 1))?;
        at += archive.read_until(b'\n', &mut line)? as u64 - 1;
    }
    let mut counts = Counts::default();
    while at < part.end {
        line.clear();
        let read = archive.read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        at += read as u64;
        match peer.errors(&line) {
            0 => counts.valid += 1,
            errors => counts.errors += errors,
        }
    }
    Ok(counts)
}
