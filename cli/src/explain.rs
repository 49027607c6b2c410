//! `offhook explain`: an event, a field or a code, as a person wants to read it.

mod code;
mod event;
mod field;
mod page;

use std::io::{self, Write};

use offhook_runtime::text::visible;
use offhook_validator::Code;

use crate::args::{Explain, refuse};
use crate::catalogue::{Event, Vendor};
use crate::events;
use crate::nearest::tip;
use crate::outcome::Outcome;
use crate::output::{Form, print};
use crate::terminal::Terminal;
use crate::vendors::Vendors;

/// Explains what the command line names.
pub(crate) fn run(args: &Explain) -> Outcome {
    let vendors = match Vendors::load(&args.schema, None).map(|vendors| vendors.read()) {
        Ok(vendors) => vendors,
        Err(message) => return Outcome::unloadable(&message),
    };
    let refuse = |message: String| refuse(&["explain"], &message);
    let print = |page: &dyn Fn(&mut dyn Write) -> io::Result<()>| print(Form::Styled, page);
    let terminal = Terminal::of_stdout();
    let words: Vec<&str> = args.what.iter().map(String::as_str).collect();
    let vendor = vendors.iter().position(|vendor| vendor.is_called(words[0]));
    let (event, rest) = match (vendor, &words[1..]) {
        (Some(vendor), []) => {
            return print(&|out| events::list(out, &vendors[vendor..=vendor]));
        }
        (Some(vendor), [name, rest @ ..]) => match vendors[vendor].known_event(name) {
            Ok(event) => (event, rest),
            Err(message) => return refuse(message),
        },
        (None, rest) => {
            if let (Ok(code), []) = (words[0].parse::<Code>(), rest) {
                return print(&|out| code::explain(out, code, terminal));
            }
            match named(&vendors, words[0]) {
                Ok(event) => (event, rest),
                Err(message) => return refuse(message),
            }
        }
    };
    match rest {
        [] => print(&|out| event::explain(out, event, terminal)),
        [pointer] => match field::find(event, pointer) {
            Ok(fields) => print(&|out| field::explain(out, event, &fields, terminal)),
            Err(message) => refuse(message),
        },
        [_, more, ..] => {
            refuse(format!("expected a JSON Pointer at most, found '{}', too", visible(more)))
        }
    }
}

/// The only event of that name.
fn named<'v>(vendors: &'v [Vendor], name: &str) -> Result<Event<'v>, String> {
    let events: Vec<_> = vendors.iter().filter_map(|vendor| vendor.event(name)).collect();
    match events[..] {
        [] => Err(unknown(vendors, name)),
        [event] => Ok(event),
        _ => {
            let vendors: Vec<_> = events.iter().map(|event| event.vendor.edition()).collect();
            let vendors: Vec<_> = vendors.iter().map(|vendor| visible(vendor)).collect();
            let name = visible(name);
            Err(format!(
                "several vendors have an event '{name}': say {} {name}",
                vendors.join(" or ")
            ))
        }
    }
}

/// What to say of a word that is the name of nothing.
fn unknown(vendors: &[Vendor], word: &str) -> String {
    if word.starts_with('/') {
        let word = visible(word);
        return format!(
            "want an event before the pointer '{word}'\n\n  tip: as in `offhook explain dialstack call.end {word}`"
        );
    }
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let names = vendors.iter().map(|vendor| &*vendor.name).chain(codes);
    let events = vendors.iter().flat_map(|vendor| vendor.events().map(|event| event.name));
    let all: Vec<&str> = names.chain(events).collect();
    format!(
        "expected a vendor, an event or a code, found '{}'{}\n\n  `offhook events` lists what there is",
        visible(word),
        tip(word, all)
    )
}
