//! The commands as people run them: the real program, on folders of its own.

mod folder;
mod generate;
mod interrupted;
#[cfg(unix)]
mod links;
mod new;
