//! Writes the archive to standard output, for programs that read it line by line.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().write_all(offhook_bench::archive().as_bytes())
}
