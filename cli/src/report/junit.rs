//! Reports for test viewers: JUnit's XML, where a file is a suite and a payload is a test.
//!
//! A suite begins with how many tests there are in it and how many failed, so that they wait in
//! temporary files until that is known.

use std::io::{self, Write};
use std::sync::Arc;

use offhook_runtime::text::visible;
use offhook_validator::{Report, Validator, Violation};
use quick_xml::escape::escape;

use crate::archive::{Payload, source_name};
use crate::outcome::Outcome;
use crate::report::frame::{push, records};
use crate::report::message::message;
use crate::report::spool::{Spool, Suite};
use crate::report::{Render, Sink, UNREADABLE};
use crate::terminal::counted;
use crate::totals::Totals;

const PASSED: &str = "passed";
const FAILED: &str = "failed";

/// Suites.
pub(crate) fn report(show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    (Arc::new(Cases { show_values }), Box::new(Suites::default()))
}

/// A test for each payload.
struct Cases {
    show_values: bool,
}

#[derive(Default)]
struct Suites {
    /// The suites that are over, and all tests.
    spool: Option<Spool>,
    /// The suite that goes on.
    suite: Option<Suite>,
    tests: usize,
    failures: usize,
}

impl Cases {
    /// What is in a test: the violations as its failure, the notices as its output.
    fn findings(&self, payload: &Payload<'_>, report: &Report) -> String {
        let failure = report.violations().first().map(|first| {
            let rest = report.violations().len() - 1;
            let more = counted(rest, "more violation");
            let more = if rest > 0 { format!("; and {more}") } else { String::new() };
            let (code, summary) = (first.code, legal(&(first.message() + &more)));
            let lines = self.lines(payload, report.violations()).join("\n");
            format!("<failure type=\"{code}\" message=\"{summary}\">{lines}</failure>\n")
        });
        let mut lines = self.lines(payload, report.notices());
        if report.omitted() > 0 {
            lines.push(format!("{} more left out", report.omitted()));
        }
        let lines = lines.join("\n");
        let output = (!lines.is_empty()).then(|| format!("<system-out>{lines}</system-out>\n"));
        failure.into_iter().chain(output).collect()
    }

    /// A line for each violation or notice.
    fn lines(&self, payload: &Payload<'_>, findings: &[Violation]) -> Vec<String> {
        let line = |violation: &Violation| {
            let message = message(payload, violation, self.show_values);
            let (line, column) = (payload.line(violation), violation.column);
            legal(&format!("{line}:{column}: {message} [{}]", violation.code))
        };
        findings.iter().map(line).collect()
    }
}

impl Render for Cases {
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report) {
        let verdict = if report.is_valid() { PASSED } else { FAILED };
        add(out, payload, report.event(), verdict, &self.findings(payload, report));
    }

    fn clean(&self, out: &mut Vec<u8>, payload: &Payload<'_>, _: &Validator, event: &str) {
        add(out, payload, Some(event), PASSED, "");
    }
}

/// Adds a test, with its source and how it ended.
fn add(out: &mut Vec<u8>, payload: &Payload<'_>, event: Option<&str>, verdict: &str, inner: &str) {
    let source = visible(payload.name());
    let name = match (payload.record, event) {
        (Some(record), Some(event)) => format!("record {record}: {event}"),
        (Some(record), None) => format!("record {record}"),
        (None, event) => event.unwrap_or("payload").to_owned(),
    };
    let start = format!("<testcase name=\"{}\" classname=\"{}\"", legal(&name), legal(&source));
    let case = match inner {
        "" => format!("{start}/>\n"),
        _ => format!("{start}>\n{inner}</testcase>\n"),
    };
    push(out, &[&source, verdict, &case]);
}

impl Suites {
    fn add(&mut self, [source, verdict, case]: [&str; 3]) -> io::Result<()> {
        if self.suite.as_ref().is_some_and(|suite| suite.name != source) {
            self.end_suite()?;
        }
        let spool = match &mut self.spool {
            Some(spool) => spool,
            none => none.insert(Spool::new()?),
        };
        let suite = self.suite.get_or_insert_with(|| Suite::new(source));
        let failed = usize::from(verdict == FAILED);
        suite.tests += 1;
        suite.failures += failed;
        self.tests += 1;
        self.failures += failed;
        spool.add(suite, case)
    }

    fn end_suite(&mut self) -> io::Result<()> {
        match (&mut self.spool, self.suite.take()) {
            (Some(spool), Some(suite)) => spool.end(&suite),
            _ => Ok(()),
        }
    }
}

impl Sink for Suites {
    fn write(&mut self, _: &mut dyn Write, rendered: &[u8]) -> io::Result<()> {
        records(rendered).try_for_each(|case| self.add(case))
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals, _: Outcome) -> io::Result<()> {
        self.end_suite()?;
        let errors = totals.unreadable.len();
        let (tests, failures) = (self.tests + errors, self.failures);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
        writeln!(out, "<testsuites name=\"offhook\" {counts}>")?;
        if let Some(spool) = self.spool.take() {
            spool.take(|suite, tests| {
                out.write_all(start(&suite.name, suite.tests, suite.failures, 0).as_bytes())?;
                io::copy(tests, out)?;
                out.write_all(b"</testsuite>\n")
            })?;
        }
        for source in &totals.unreadable {
            let source = source_name(source);
            out.write_all(start(source, 1, 0, 1).as_bytes())?;
            writeln!(out, "<testcase name=\"reading\" classname=\"{}\">", legal(source))?;
            writeln!(out, "<error type=\"unreadable\" message=\"{UNREADABLE}\"/>")?;
            writeln!(out, "</testcase>\n</testsuite>")?;
        }
        writeln!(out, "</testsuites>")
    }
}

/// How a suite starts.
fn start(name: &str, tests: usize, failures: usize, errors: usize) -> String {
    let name = legal(name);
    format!(
        "<testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n"
    )
}

/// Text as it may stand in XML, which has no controls, not even as references.
fn legal(text: &str) -> String {
    escape(visible(text)).into_owned()
}
