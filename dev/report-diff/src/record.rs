//! Reads a record: a line a set of schemas, and a line an instance.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use offhook_report_recorder::{Header, Line};

/// What a line is about: the set, the instance, and the way in which it was judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Case {
    pub(crate) set: String,
    /// The instance; none for the set's schemas.
    pub(crate) instance: Option<String>,
    pub(crate) way: String,
}

/// A record of one commit.
pub(crate) struct Record {
    /// The fingerprint of its corpus.
    pub(crate) corpus: String,
    pub(crate) lines: BTreeMap<Case, Line>,
}

impl Record {
    /// Reads a file of lines, plain or compressed with gzip.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let in_file = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let bytes = fs::read(path).map_err(|error| in_file(&error))?;
        let mut text = String::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let read = MultiGzDecoder::new(&*bytes).read_to_string(&mut text);
            read.map_err(|error| in_file(&error))?;
        } else {
            text = String::from_utf8(bytes).map_err(|error| in_file(&error))?;
        }
        Self::parse(&text).map_err(|error| in_file(&error).into())
    }

    pub(crate) fn parse(text: &str) -> serde_json::Result<Self> {
        let mut texts = text.lines();
        let Header { corpus } = serde_json::from_str(texts.next().unwrap_or_default())?;
        let mut lines = BTreeMap::new();
        for text in texts {
            let line: Line = serde_json::from_str(text)?;
            let Line { set, instance, way, .. } = &line;
            let case = Case { set: set.clone(), instance: instance.clone(), way: way.clone() };
            lines.insert(case, line);
        }
        Ok(Self { corpus, lines })
    }

    /// Why the schemas of a set were refused, if they were.
    pub(crate) fn refusal(&self, set: &str, way: &str) -> Option<&str> {
        let case = Case { set: set.to_owned(), instance: None, way: way.to_owned() };
        self.lines.get(&case)?.result.get("refused")?.as_str()
    }

    /// The lines of a set's instances, judged in one way.
    pub(crate) fn instances<'a>(
        &'a self,
        set: &'a str,
        way: &'a str,
    ) -> impl Iterator<Item = &'a Line> {
        let start = Case { set: set.to_owned(), instance: None, way: String::new() };
        let lines = self.lines.range(start..).map(|(_, line)| line);
        let lines = lines.take_while(move |line| line.set == set);
        lines.filter(move |line| line.way == way && line.instance.is_some())
    }
}
