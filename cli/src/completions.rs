//! `offhook completions` and `offhook man`: what others make of the command line's definition.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man as Page;

use crate::args::{Cli, Completions, Man};
use crate::outcome::{Outcome, written};
use crate::terminal::say;

const NAME: &str = "offhook";

/// Prints the script for a shell.
pub(crate) fn completions(args: &Completions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    written(io::stdout().lock().write_all(&script))
}

/// Prints or writes manual pages.
pub(crate) fn man(args: &Man) -> Outcome {
    let Some(folder) = &args.folder else {
        let mut page = Vec::new();
        let rendered = Page::new(Cli::command()).render(&mut page);
        return written(rendered.and_then(|()| io::stdout().lock().write_all(&page)));
    };
    let made = std::fs::create_dir_all(folder);
    match made.and_then(|()| clap_mangen::generate_to(Cli::command(), folder)) {
        Ok(()) => Outcome::Valid,
        Err(cause) => {
            say(&format!("error: cannot write to {}: {cause}", folder.display()));
            Outcome::Incomplete
        }
    }
}
