//! `offhook completions` and `offhook man`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use clap_complete::Shell;

/// Prints a script that lets a shell complete the command's arguments.
#[derive(Args, Debug)]
#[command(after_help = COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

/// Prints the manual page, or writes those of all commands into a folder.
#[derive(Args, Debug)]
#[command(after_help = MAN)]
pub(crate) struct Man {
    /// The folder; without it, the page of the command as a whole goes to standard output
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) folder: Option<PathBuf>,
}

const COMPLETIONS: &str = "\
Examples:
  offhook completions bash > ~/.local/share/bash-completion/completions/offhook
  offhook completions zsh > ~/.zfunc/_offhook
  offhook completions fish > ~/.config/fish/completions/offhook.fish
  offhook completions powershell >> $PROFILE";

const MAN: &str = "\
Examples:
  offhook man | man -l -
  offhook man ~/.local/share/man/man1";
