//! The reports of `offhook validate --format json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use offhook_report_recorder::Instance;
use serde_json::{Map, Value, json};

/// The exit status of a command that could not load its schemas.
const REFUSED: i32 = 2;

/// What the command says of schemas, and of each instance.
pub(crate) struct Answer {
    pub(crate) schemas: Value,
    pub(crate) reports: Vec<Option<Value>>,
}

/// Runs the command over all instances, with the schemas in a folder or with those built in.
pub(crate) fn run(
    offhook: &Path,
    schemas: Option<&Path>,
    instances: &[&Instance],
) -> Result<Answer, String> {
    let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
    let inputs = Inputs::write(temporary.path(), instances).map_err(|error| error.to_string())?;
    let mut command = Command::new(offhook);
    command.args(["validate", "--format", "json", "--jobs", "1"]);
    if let Some(schemas) = schemas {
        command.arg("--schema").arg(schemas);
    }
    command.args(&inputs.paths).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("{}: {error}", offhook.display()))?;
    // The paths of instances differ from run to run.
    let stderr = String::from_utf8_lossy(&output.stderr)
        .replace(&temporary.path().display().to_string(), "");
    let status = output.status.code();
    if status == Some(REFUSED) {
        return Ok(Answer {
            schemas: json!({ "refused": stderr.trim_end() }),
            reports: instances.iter().map(|_| None).collect(),
        });
    }
    let mut reports: Vec<_> = instances.iter().map(|_| None).collect();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let report = serde_json::from_str(line).map_err(|error| format!("{line}: {error}"))?;
        let (index, report) = inputs.report(report).ok_or_else(|| format!("whose is {line}?"))?;
        reports[index] = Some(report);
    }
    Ok(Answer { schemas: json!({ "status": status, "stderr": stderr.trim_end() }), reports })
}

/// The instances as files: those of one line in a file of lines, and a file for each of the others.
struct Inputs {
    paths: Vec<PathBuf>,
    /// The indices of the instances of one line.
    lines: Vec<usize>,
}

impl Inputs {
    fn write(folder: &Path, instances: &[&Instance]) -> std::io::Result<Self> {
        let [file, others] = ["lines.ndjson", "files"].map(|name| folder.join(name));
        fs::create_dir(&others)?;
        let (mut text, mut lines, mut paths) = (Vec::new(), Vec::new(), Vec::new());
        for (index, instance) in instances.iter().enumerate() {
            let body = instance.body();
            if body.contains(&b'\n') || body.trim_ascii().is_empty() {
                fs::write(others.join(format!("{index}.json")), body)?;
            } else {
                text.extend_from_slice(body);
                text.push(b'\n');
                lines.push(index);
            }
        }
        if !lines.is_empty() {
            fs::write(&file, text)?;
            paths.push(file);
        }
        if lines.len() < instances.len() {
            paths.push(others);
        }
        Ok(Self { paths, lines })
    }

    /// The index of the instance that a report is of, and the report as that of a file of its own.
    fn report(&self, mut report: Map<String, Value>) -> Option<(usize, Value)> {
        let source = report.remove("source")?;
        let index = match report.remove("record")?.as_u64() {
            Some(line) => {
                for list in ["violations", "notices"] {
                    for finding in report.get_mut(list)?.as_array_mut()? {
                        finding["line"] = (finding["line"].as_u64()? + 1 - line).into();
                    }
                }
                *self.lines.get(usize::try_from(line).ok()?.checked_sub(1)?)?
            }
            None => Path::new(source.as_str()?).file_stem()?.to_str()?.parse().ok()?,
        };
        Some((index, report.into()))
    }
}
