//! Reports for code scanning: one log in the Static Analysis Results Interchange Format, SARIF
//! 2.1.0, written as it goes.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use offhook_validator::{Code, Report, Violation};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::archive::{Payload, is_compressed};
use crate::codes::{about, is_of_notices};
use crate::outcome::Outcome;
use crate::report::message::message;
use crate::report::region::{Region, bytes};
use crate::report::{Render, Sink, UNREADABLE, web_path};
use crate::totals::Totals;

/// What a log says of itself.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands for itself in a URI's path. A colon might be taken for the end of a scheme.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// One log.
pub(crate) fn report(show_values: bool) -> (Arc<dyn Render>, Box<dyn Sink>) {
    (Arc::new(Results { show_values }), Box::new(Log { begun: false }))
}

/// A result for each violation and notice, with a comma before it.
struct Results {
    show_values: bool,
}

/// What stands around the results.
struct Log {
    begun: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: Code,
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    partial_fingerprints: Fingerprints,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    logical_locations: [LogicalLocation<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: SarifRegion,
}

/// The end is what comes right behind the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRegion {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(flatten)]
    bytes: Option<Bytes>,
}

/// From the beginning of the file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bytes {
    byte_offset: usize,
    byte_length: usize,
}

/// The JSON Pointer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
}

/// What stays the same while a file changes elsewhere.
#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "offhook/v1")]
    finding: String,
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'a str>,
}

/// A file or standard input.
#[derive(Serialize)]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text<'static>>,
}

/// What made the log.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

/// What a code means.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: Code,
    short_description: Text<'static>,
    full_description: Text<'static>,
    help: Text<'static>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

/// What came of the run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    exit_code: u8,
    tool_execution_notifications: Vec<Notification>,
}

/// What went wrong in the run.
#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text<'static>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<FileLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FileLocation {
    physical_location: WholeFile,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WholeFile {
    artifact_location: Artifact,
}

impl Results {
    fn push(
        &self,
        out: &mut Vec<u8>,
        payload: &Payload<'_>,
        report: &Report,
        violation: &Violation,
        level: &'static str,
    ) {
        let properties = Properties {
            vendor: report.vendor(),
            document: report.document(),
            event: report.event(),
            record: payload.record,
            schema: violation.schema.as_deref(),
        };
        let physical_location = PhysicalLocation {
            artifact_location: artifact(payload.source),
            region: region(payload, violation),
        };
        let logical_locations = [LogicalLocation { fully_qualified_name: &violation.pointer }];
        let result = SarifResult {
            rule_id: violation.code,
            rule_index: Code::ALL.iter().position(|code| *code == violation.code),
            level,
            message: Text { text: unlinked(&message(payload, violation, self.show_values)).into() },
            locations: [Location { physical_location, logical_locations }],
            partial_fingerprints: Fingerprints { finding: fingerprint(violation, &properties) },
            properties,
        };
        out.extend_from_slice(b",\n");
        // Writing to memory does not fail, and nothing in a result is without a form in JSON.
        let _ = serde_json::to_writer(out, &result);
    }
}

impl Render for Results {
    fn report(&self, out: &mut Vec<u8>, payload: &Payload<'_>, report: &Report) {
        for violation in report.violations() {
            self.push(out, payload, report, violation, "error");
        }
        for notice in report.notices() {
            self.push(out, payload, report, notice, "note");
        }
    }
}

impl Log {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begun = true;
        let rules: Vec<_> = Code::ALL.iter().map(|code| rule(*code)).collect();
        let version = env!("CARGO_PKG_VERSION");
        let driver = Driver { name: "offhook", version, semantic_version: version, rules };
        let driver = serde_json::to_string(&driver)?;
        write!(
            out,
            r#"{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{{"driver":{driver}}},"#
        )?;
        // Columns are counted in code points, and so they are declared.
        out.write_all(br#""columnKind":"unicodeCodePoints","results":["#)
    }
}

impl Sink for Log {
    fn write(&mut self, out: &mut dyn Write, rendered: &[u8]) -> io::Result<()> {
        if self.begun {
            return out.write_all(rendered);
        }
        self.begin(out)?;
        out.write_all(rendered.strip_prefix(b",").unwrap_or(rendered))
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals, outcome: Outcome) -> io::Result<()> {
        if !self.begun {
            self.begin(out)?;
        }
        let mut notifications: Vec<_> = totals.unreadable.iter().map(|path| unread(path)).collect();
        if totals.omitted > 0 {
            let text = format!("{} more violations and notices are left out", totals.omitted);
            let message = Text { text: text.into() };
            notifications.push(Notification { level: "warning", message, locations: Vec::new() });
        }
        let invocation = Invocation {
            execution_successful: matches!(outcome, Outcome::Valid | Outcome::Invalid),
            exit_code: outcome.status(),
            tool_execution_notifications: notifications,
        };
        let invocation = serde_json::to_string(&invocation)?;
        writeln!(out, "\n],\"invocations\":[{invocation}]}}]}}")
    }
}

/// What a code means.
fn rule(code: Code) -> Rule {
    let about = about(code);
    let (short, _) = about.meaning.split_once(". ").unwrap_or((about.meaning, ""));
    let short = format!("{}.", short.trim_end_matches('.'));
    let help = format!("The pointer names {}. {}", about.pointer, about.action);
    let level = if is_of_notices(code) { "note" } else { "error" };
    Rule {
        id: code,
        short_description: Text { text: short.into() },
        full_description: Text { text: about.meaning.into() },
        help: Text { text: help.into() },
        default_configuration: Configuration { level },
    }
}

/// A file that was not read, or not to its end.
fn unread(path: &str) -> Notification {
    let physical_location = WholeFile { artifact_location: artifact(path) };
    Notification {
        level: "error",
        message: Text { text: UNREADABLE.into() },
        locations: vec![FileLocation { physical_location }],
    }
}

/// Standard input is at no address, but without one a log is refused by GitHub.
fn artifact(source: &str) -> Artifact {
    match source {
        "-" => Artifact {
            uri: "stdin".to_owned(),
            description: Some(Text { text: "standard input".into() }),
        },
        _ => Artifact { uri: uri(source), description: None },
    }
}

/// A path as an absolute URI or a relative reference.
fn uri(path: &str) -> String {
    let path = web_path(path);
    let scheme = match path.as_bytes() {
        [b'/', ..] => "file://",
        [_, b':', ..] if cfg!(windows) => "file:///",
        _ => "",
    };
    format!("{scheme}{}", utf8_percent_encode(&path, ENCODED))
}

fn region(payload: &Payload<'_>, violation: &Violation) -> SarifRegion {
    let Region { line, column, end_line, end_column } = Region::new(payload, violation);
    // A line's offset is none of the file, nor is one in what a file was before its compression.
    let is_file = payload.record.is_none() && !is_compressed(payload.source);
    let bytes = is_file.then(|| {
        let fault = bytes(payload.body, violation);
        Bytes { byte_offset: fault.start, byte_length: fault.len() }
    });
    SarifRegion { start_line: line, start_column: column, end_line, end_column, bytes }
}

/// Text without what viewers would make a link of.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

/// The same for the same fault in the same record, wherever it stands in there.
fn fingerprint(violation: &Violation, properties: &Properties<'_>) -> String {
    let Properties { vendor, event, record, .. } = properties;
    let (code, pointer) = (violation.code, &violation.pointer);
    let text = format!("{vendor:?} {event:?} {record:?} {code} {pointer}");
    // FNV-1a, which is the same on every machine and in every version.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::{unlinked, uri};

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("./tests/a b.json"), "tests/a%20b.json");
        assert_eq!(uri("/tmp/é#?.json"), "file:///tmp/%C3%A9%23%3F.json");
        assert_eq!(
            uri("c:d%.json"),
            if cfg!(windows) { "file:///c%3Ad%25.json" } else { "c%3Ad%25.json" }
        );
        assert_eq!(uri("../x\ny.json"), "../x%0Ay.json");
    }

    #[test]
    fn a_payload_makes_no_links() {
        assert_eq!(unlinked("at /[click](http://example.com)"), "at /[click] (http://example.com)");
    }
}
