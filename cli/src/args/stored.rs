//! Which payloads.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::archive::{Inputs, Options, Shard, is_stdin};
use crate::args::at_least_one;

/// Paths, and what they stand for.
#[derive(Args, Debug)]
pub(crate) struct Paths {
    /// Take every line of every file to be a payload
    ///
    /// Without it, the lines of `.ndjson` and `.jsonl` files are, and all other files are one payload
    /// each.
    #[arg(long)]
    lines: bool,

    /// What to look at; without any, standard input
    ///
    /// A file is one payload, but of a `.ndjson` or `.jsonl` file each line is one. Each may be
    /// compressed, as `.gz` or `.zst`. A directory stands for its `*.json`, also in directories below,
    /// in the order of their names. `-` is standard input: one payload, or with `--lines` many.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
}

impl Paths {
    /// What is wrong with arguments that are each right.
    pub(crate) fn unusable(&self) -> Option<&'static str> {
        let stdin = self.paths.iter().filter(|path| is_stdin(path)).count();
        (stdin > 1).then_some("standard input can be read only once: '-' is given several times")
    }

    pub(crate) fn inputs(&self) -> Inputs {
        Inputs { paths: self.paths.clone(), lines: self.lines }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Stored {
    #[command(flatten)]
    paths: Paths,

    /// Take only one part of several, as 1/3, 2/3 and 3/3
    ///
    /// Every payload is in one of the parts, and always in the same. `offhook merge` brings the
    /// parts' summaries together.
    #[arg(long, value_name = "I/N", default_value_t = Shard::WHOLE, hide_default_value = true)]
    pub(crate) shard: Shard,

    /// How many payloads to look at side by side; without it, as many as there are cores
    #[arg(long, short, value_name = "N", value_parser = at_least_one::<NonZero<usize>>)]
    jobs: Option<NonZero<usize>>,
}

impl Stored {
    /// What is wrong with arguments that are each right.
    pub(crate) fn unusable(&self) -> Option<&'static str> {
        self.paths.unusable()
    }

    pub(crate) fn options(&self) -> Options {
        Options { inputs: self.paths.inputs(), shard: self.shard, threads: self.jobs }
    }
}
