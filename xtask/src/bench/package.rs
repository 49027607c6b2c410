//! The package that measures: building and running it.

use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::repository;
use crate::terminal::say;

/// How much is done for how good a figure.
pub(crate) struct Effort {
    /// How often all is measured, one after the other and each for a moment, so that each has a round
    /// while nothing slows the machine down.
    pub(crate) rounds: usize,
    /// In how many of them the archive is measured, which takes longest.
    archive_rounds: usize,
    /// How often programs are started.
    pub(crate) starts: usize,
    /// How often crates are compiled.
    pub(crate) builds: usize,
    /// The bytes of the archive that the command reads, and how often it does.
    pub(crate) archive_bytes: usize,
    pub(crate) archive_runs: usize,
}

impl Effort {
    pub(crate) const FULL: Self = Self {
        rounds: 25,
        archive_rounds: 3,
        starts: 101,
        builds: 3,
        archive_bytes: 1_000_000_000,
        archive_runs: 5,
    };
    pub(crate) const QUICK: Self = Self {
        rounds: 5,
        archive_rounds: 1,
        starts: 21,
        builds: 0,
        archive_bytes: 100_000_000,
        archive_runs: 2,
    };
}

/// The sets of payloads but for the archive, as criterion filters them.
const WITHOUT_ARCHIVE: &str = "^(broken|call.end|daily|dialstack|mix|voiceblender)";

/// The package, and where what it makes lies.
pub(crate) struct Package {
    manifest: PathBuf,
    target: PathBuf,
    /// Where the command is built, as its users build it.
    command: PathBuf,
}

impl Package {
    pub(crate) fn new() -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| repository().join("target"), PathBuf::from);
        Self {
            manifest: repository().join("dev/bench/Cargo.toml"),
            target: target.join("bench"),
            command: target,
        }
    }

    /// The results of [`measure`](Self::measure).
    pub(crate) fn criterion(&self) -> PathBuf {
        self.target.join("criterion")
    }

    /// A program of the package.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// The command.
    pub(crate) fn command(&self) -> PathBuf {
        self.command.join("release/offhook")
    }

    /// Builds all that is run. Package by package, as cargo would give a build of both the features
    /// of either.
    pub(crate) fn build(&self) -> Result<(), Box<dyn Error>> {
        say("building, which takes minutes for the first time");
        run(self.cargo("build").args(["--release", "--package", "offhook-bench-programs"]))?;
        run(self.cargo("bench").args(["--bench", "ways", "--no-run"]))?;
        run(self.cargo("build").args(["--release", "--example", "archive"]))?;
        let manifest = repository().join("Cargo.toml");
        let mut command = cargo("build", &manifest, &self.command);
        run(command.args(["--release", "--package", "offhook-cli"]))
    }

    /// Measures every way, in rounds.
    pub(crate) fn measure(&self, effort: &Effort) -> Result<(), Box<dyn Error>> {
        if self.criterion().exists() {
            fs::remove_dir_all(self.criterion())?; // Or ways that are no more would seem measured.
        }
        for round in 1..=effort.rounds {
            say(&format!("measuring, round {round} of {}", effort.rounds));
            let mut command = self.cargo("bench");
            command.env("CRITERION_HOME", self.criterion());
            command.args(["--bench", "ways", "--", "--noplot"]);
            command.args(["--save-baseline", &baseline(round)]);
            command.args(["--warm-up-time", "0.01", "--measurement-time", "0.05"]);
            command.args(["--sample-size", "10", "--nresamples", "1000"]);
            command.args((round > effort.archive_rounds).then_some(WITHOUT_ARCHIVE));
            quietly(&mut command)?;
        }
        Ok(())
    }

    /// A command of cargo on the package.
    pub(crate) fn cargo(&self, name: &str) -> Command {
        cargo(name, &self.manifest, &self.target)
    }
}

fn cargo(name: &str, manifest: &Path, target: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args([name, "--quiet", "--locked", "--manifest-path"]).arg(manifest);
    command.arg("--target-dir").arg(target);
    command
}

/// The name under which criterion keeps a round.
pub(crate) fn baseline(round: usize) -> String {
    format!("round-{round}")
}

/// Runs a command that must succeed.
pub(crate) fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status()?;
    if !status.success() {
        return Err(format!("{} ended with {status}", shown(command)).into());
    }
    Ok(())
}

/// Runs a command that must succeed, and shows what it writes only if it does not.
fn quietly(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let output = command.output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} ended with {}\n{said}", shown(command), output.status).into());
    }
    Ok(())
}

/// What a command that must succeed writes to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>, Box<dyn Error>> {
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", shown(command), output.status).into());
    }
    Ok(output.stdout)
}

fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy);
    format!("`{}`", words.collect::<Vec<_>>().join(" "))
}
