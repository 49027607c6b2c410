//! `offhook sample`: payloads out of an event's schema, valid or with one fault.

mod alike;
mod array;
mod change;
mod demand;
mod faulty;
mod format;
mod generator;
mod judge;
mod layout;
mod models;
mod moments;
mod number;
mod object;
mod pattern;
mod random;
mod string;
#[cfg(test)]
mod tests;
mod text_change;
mod value_change;
mod words;

use std::io::{self, Write};
use std::num::NonZero;

use offhook_runtime::text::visible;

use crate::args::{Sample, refuse};
use crate::catalogue::{Event, Vendor};
use crate::nearest::tip;
use crate::outcome::{Outcome, written};
use crate::output::{Form, stdout};
use crate::terminal::say;
use crate::vendors::Vendors;

use self::faulty::Faulty;
use self::generator::Generator;
use self::judge::Judge;
use self::layout::Layout;
use self::models::Models;

/// Makes what the command line asks for.
pub(crate) fn run(args: &Sample) -> Outcome {
    let vendors = match Vendors::load(&args.schema, None) {
        Ok(vendors) => vendors,
        Err(message) => return Outcome::unloadable(&message),
    };
    let catalogue = vendors.read();
    let refuse = |message: String| refuse(&["sample"], &message);
    let Some(at) = catalogue.iter().position(|vendor| vendor.is_called(&args.vendor)) else {
        return refuse(unknown_vendor(&catalogue, &args.vendor));
    };
    let vendor = &catalogue[at];
    let Some(name) = &args.event else {
        return refuse(format!("want an event of {}:\n{}", visible(&vendor.name), listed(vendor)));
    };
    let event = match vendor.known_event(name) {
        Ok(event) => event,
        Err(message) => return refuse(message),
    };
    let Some(judge) = vendors.sets().nth(at).map(|set| Judge::new(set, event)) else {
        return Outcome::unloadable("the vendor has no schema");
    };
    let seed = args.seed.unwrap_or_else(random::seed);
    let models = Models::of(event);
    let generator = Generator::new(event, &models, &judge, seed);
    let mut out = stdout(Form::Json);
    let made = make(args, &generator, &judge, &mut out);
    match made.and_then(|()| Ok(out.end()?)) {
        Ok(()) => {
            if args.seed.is_none() {
                say(&format!("note: --seed {seed} repeats this"));
            }
            Outcome::Valid
        }
        Err(Unmade::Unwritten(cause)) => written(Err(cause)),
        Err(Unmade::Unfound(message)) => refuse(message),
    }
}

/// Why not all payloads were made.
enum Unmade {
    Unwritten(io::Error),
    /// No such payload was found.
    Unfound(String),
}

impl From<io::Error> for Unmade {
    fn from(cause: io::Error) -> Self {
        Self::Unwritten(cause)
    }
}

/// Writes as many payloads as are asked for.
fn make(
    args: &Sample,
    generator: &Generator<'_>,
    judge: &Judge<'_>,
    out: &mut dyn Write,
) -> Result<(), Unmade> {
    let on_lines = args.compact || args.count.is_some();
    let layout = if on_lines { Layout::Line } else { Layout::Pretty };
    let mut faulty = args.fault.as_ref().map(|fault| Faulty::new(generator, judge, layout, fault));
    for number in 0..args.count.map_or(1, NonZero::get) {
        let payload = match &mut faulty {
            None => {
                let made = generator.valid(&mut generator.random(number));
                made.map(|payload| layout.text(&payload))
            }
            Some(faulty) => faulty.next(number),
        };
        writeln!(out, "{}", payload.map_err(Unmade::Unfound)?)?;
    }
    Ok(())
}

fn listed(vendor: &Vendor) -> String {
    let events: Vec<String> =
        vendor.events().map(|event| format!("  {}", visible(event.name))).collect();
    events.join("\n")
}

fn unknown_vendor(vendors: &[Vendor], name: &str) -> String {
    let names: Vec<&str> = vendors.iter().map(|vendor| vendor.name.as_str()).collect();
    let tip = tip(name, names.iter().copied());
    let names = visible(&names.join(", ")).into_owned();
    format!("expected one of the vendors {names}, found '{}'{tip}", visible(name))
}

/// What a payload is called in messages: `dialstack's call.end`.
fn called(event: Event<'_>) -> String {
    format!("{}'s {}", visible(&event.vendor.name), visible(event.name))
}
