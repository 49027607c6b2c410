//! Writes an archive to standard output, for programs that read it line by line: valid payloads of one
//! vendor, or, where it is told how many bytes, payloads of all vendors, a few of them not valid.

use std::error::Error;
use std::io::{self, BufWriter, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(bytes) = std::env::args().nth(1) else {
        return Ok(io::stdout().write_all(offhook_bench::archive().as_bytes())?);
    };
    let mut left = bytes.parse::<usize>()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut traffic = offhook_bench::traffic();
    while left > 0 {
        let payload = traffic.next().unwrap_or_default();
        writeln!(out, "{payload}")?;
        left = left.saturating_sub(payload.len() + 1);
    }
    Ok(out.flush()?)
}
