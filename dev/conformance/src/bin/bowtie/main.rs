//! Answers Bowtie's requests: a line of JSON on standard input, a line of JSON on standard output.
//!
//! Bowtie (<https://bowtie.report>) sends the same schemas and instances to many implementations and
//! compares their verdicts. `dev/conformance/bowtie/README.md` says how to run it.

mod case;
mod harness;
mod request;

use std::io::{self, BufRead, Write};

use harness::{Answer, Harness};

fn main() -> io::Result<()> {
    let mut harness = Harness::default();
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        match harness.answer(&line?) {
            Answer::Line(response) => {
                writeln!(output, "{response}")?;
                // Bowtie waits for it.
                output.flush()?;
            }
            Answer::Stop => break,
        }
    }
    Ok(())
}
