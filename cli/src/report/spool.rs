//! Tests of suites into temporary files and back, so that memory does not grow with them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};

use serde::{Deserialize, Serialize};

/// Some tests that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Suite {
    pub(crate) name: String,
    pub(crate) tests: usize,
    pub(crate) failures: usize,
    /// How many bytes the tests take.
    bytes: u64,
}

/// Suites, and in another file their tests.
#[derive(Debug)]
pub(crate) struct Spool {
    suites: BufWriter<File>,
    tests: BufWriter<File>,
}

impl Suite {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

impl Spool {
    pub(crate) fn new() -> io::Result<Self> {
        let file = || tempfile::tempfile().map(BufWriter::new);
        Ok(Self { suites: file()?, tests: file()? })
    }

    /// Adds a test to the suite that goes on.
    pub(crate) fn add(&mut self, suite: &mut Suite, test: &str) -> io::Result<()> {
        suite.bytes += test.len() as u64;
        self.tests.write_all(test.as_bytes())
    }

    /// Ends a suite.
    pub(crate) fn end(&mut self, suite: &Suite) -> io::Result<()> {
        serde_json::to_writer(&mut self.suites, suite)?;
        self.suites.write_all(b"\n")
    }

    /// Gives back all suites, each with its tests, in their order.
    pub(crate) fn take(
        self,
        mut take: impl FnMut(&Suite, &mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut tests = again(self.tests)?;
        for line in again(self.suites)?.lines() {
            let suite: Suite = serde_json::from_str(&line?)?;
            take(&suite, &mut tests.by_ref().take(suite.bytes))?;
        }
        Ok(())
    }
}

/// What was written, from its beginning on.
fn again(file: BufWriter<File>) -> io::Result<BufReader<File>> {
    let mut file = file.into_inner()?;
    file.rewind()?;
    Ok(BufReader::new(file))
}

#[cfg(test)]
mod tests {
    use super::{Spool, Suite};

    #[test]
    fn suites_come_back_with_their_tests() {
        let mut spool = Spool::new().unwrap();
        let mut suites = ["a", "b\n", "a"].map(Suite::new);
        for suite in &mut suites {
            for test in ["1", "", "23"] {
                spool.add(suite, &format!("{}{test}", suite.name)).unwrap();
                suite.tests += 1;
            }
            spool.end(suite).unwrap();
        }
        let mut back = Vec::new();
        let take = |suite: &Suite, tests: &mut dyn std::io::Read| {
            back.push((suite.clone(), std::io::read_to_string(tests)?));
            Ok(())
        };
        spool.take(take).unwrap();
        let texts = ["a1aa23", "b\n1b\nb\n23", "a1aa23"].map(str::to_owned);
        assert_eq!(back, suites.into_iter().zip(texts).collect::<Vec<_>>());
    }
}
