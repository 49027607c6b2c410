//! `offhook new`: begins the schema of an event.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offhook_codegen::{CommandLine, NewEvent, ScaffoldError, begin_event};

use crate::args::{New, refuse};
use crate::outcome::Outcome;
use crate::output::print_lines;
use crate::terminal::say_lines;

/// Writes the event's first files, and says what comes next.
pub(crate) fn run(args: &New) -> Outcome {
    let read = Timestamp::now().to_zoned(TimeZone::UTC).date().to_string();
    let event = NewEvent {
        schemas: &args.schemas.path,
        vendor: &args.vendor,
        name: &args.event,
        read: &read,
    };
    let out = Some(Path::new("DIR"));
    let command_line = CommandLine { program: "offhook", schemas: args.schemas.named(), out };
    match begin_event(&event) {
        Ok(begun) => print_lines(&(begun.files() + &begun.next_steps(&command_line))),
        Err(error @ (ScaffoldError::Schemas(_) | ScaffoldError::Refused(_))) => {
            Outcome::unloadable(&error.to_string())
        }
        Err(error @ ScaffoldError::FileSystem { .. }) => {
            say_lines(&format!("error: cannot write {error}"));
            Outcome::Incomplete
        }
        Err(error) => refuse(&["new"], &error.to_string()),
    }
}
