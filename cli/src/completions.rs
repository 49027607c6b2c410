//! `offhook completions` and `offhook man`: what others make of the command line's definition.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
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
        let page = page(&Page::new(Cli::command()));
        return written(page.and_then(|page| io::stdout().lock().write_all(page.as_bytes())));
    };
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let made = fs::create_dir_all(folder);
    match made.and_then(|()| write(&command, folder)) {
        Ok(()) => Outcome::Valid,
        Err(cause) => {
            say(&format!("error: cannot write to {}: {cause}", folder.display()));
            Outcome::Incomplete
        }
    }
}

/// Writes the pages of a command and of those below it.
fn write(command: &Command, folder: &Path) -> io::Result<()> {
    command.get_subcommands().try_for_each(|below| write(below, folder))?;
    let made = Page::new(command.clone());
    fs::write(folder.join(made.get_filename()), page(&made)?)
}

/// A page whose examples stand as they are typed, not filled as a paragraph is.
fn page(page: &Page) -> io::Result<String> {
    const EXTRA: &str = ".SH EXTRA\n";
    let mut text = Vec::new();
    page.render(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let Some((before, extra)) = text.split_once(EXTRA) else {
        return Ok(text.into_owned());
    };
    let end = extra.find("\n.SH ").map_or(extra.len(), |end| end + 1);
    let (extra, after) = extra.split_at(end);
    Ok(format!("{before}.SH EXAMPLES\n.nf\n{extra}.fi\n{after}"))
}
