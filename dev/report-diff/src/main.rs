//! Writes a corpus of schemas and instances, and compares two records of its reports.
//!
//! `recorder/` makes the records, one a commit; the script `record` runs all of it.

mod compare;
mod corpus;
mod record;
mod reviewed;
mod summary;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use record::Record;
use reviewed::Reviewed;

/// Finds every difference between the reports of two commits.
#[derive(Parser)]
enum Arguments {
    /// Write the corpus into a folder, which is emptied first
    Corpus {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// List the differences of two records that the reviewed file does not explain
    Compare {
        /// The record of the earlier commit, plain or compressed with gzip
        #[arg(value_name = "BASE")]
        base: PathBuf,
        /// The record of the later commit
        #[arg(value_name = "HEAD")]
        head: PathBuf,
        /// The file of explained differences
        #[arg(value_name = "REVIEWED")]
        reviewed: PathBuf,
        /// Samples to show of each group
        #[arg(long, value_name = "N", default_value_t = 3)]
        samples: usize,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse() {
        Arguments::Corpus { folder } => corpus::write(&folder).map(|()| ExitCode::SUCCESS),
        Arguments::Compare { base, head, reviewed, samples } => {
            compare(&base, &head, &reviewed, samples)
        }
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// Fails if a difference is not explained.
fn compare(
    base: &Path,
    head: &Path,
    reviewed: &Path,
    samples: usize,
) -> Result<ExitCode, Box<dyn Error>> {
    let reviewed = Reviewed::read(reviewed)?;
    let [base, head] = [Record::read(base)?, Record::read(head)?];
    let differences = compare::differences(&base, &head)?;
    let sorted = reviewed.sort(differences);
    print!("{}", summary::text(&base, &sorted, samples));
    Ok(if sorted.is_explained() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
