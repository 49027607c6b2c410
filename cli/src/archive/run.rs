//! The frame of every command that goes through stored payloads.

use std::io::{self, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use offhook_runtime::text::visible;

use crate::archive::input::Inputs;
use crate::archive::interrupt::interrupted;
use crate::archive::meter::Meter;
use crate::archive::payload::Payload;
use crate::archive::pool::{Part, Pool};
use crate::archive::progress::Progress;
use crate::archive::shard::Shard;
use crate::outcome::{Outcome, written};
use crate::output::{Form, stdout};
use crate::terminal::say;

/// Which payloads, and on how many cores.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) inputs: Inputs,
    pub(crate) shard: Shard,
    pub(crate) threads: Option<NonZero<usize>>,
}

/// What is done with what was made of the payloads.
pub(crate) trait Taker<T> {
    /// Takes output, in the order of the input.
    fn output(&mut self, out: &mut dyn Write, output: &[u8]) -> io::Result<()>;

    /// Takes what was counted.
    fn tally(&mut self, tally: T);

    /// Takes note of a file that could not be read, or not to its end.
    fn unreadable(&mut self, source: &str);

    /// Writes what comes last, after all of the input or not, and says what came of it.
    fn end(&mut self, out: &mut dyn Write, complete: bool) -> io::Result<Outcome>;
}

/// Lets `judge` have a look at every payload, on all cores, and gives what it says of them to
/// `taker`, whose output has a form.
pub(crate) fn run<T: Default + Send + 'static>(
    options: Options,
    form: Form,
    judge: impl Fn(&Payload<'_>, &mut Vec<u8>, &mut T) + Send + Sync + 'static,
    taker: &mut dyn Taker<T>,
) -> Outcome {
    let Options { inputs, shard, threads } = options;
    inputs.announce();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let meter = Arc::new(Meter::default());
    let pool = Pool {
        threads: threads.map_or(cores, NonZero::get),
        shard,
        interrupted: interrupted(),
        meter: Arc::clone(&meter),
    };
    let mut progress = Progress::new(inputs.size());
    let mut out = stdout(form);
    let all = pool.run(inputs.work(&meter), judge, |part| {
        match part {
            Part::Output(output) => progress.aside(|| {
                taker.output(&mut out, &output)?;
                // Somebody may be waiting for it.
                out.flush()
            })?,
            Part::Tally(tally) => taker.tally(tally),
            Part::Unreadable(unreadable) => {
                taker.unreadable(&unreadable.source);
                let (source, cause) = (visible(&unreadable.source), unreadable.cause);
                progress.aside(|| say(&format!("error: cannot read {source}: {cause}")));
            }
        }
        progress.show(&meter);
        Ok(())
    });
    progress.end();
    let interrupted = pool.interrupted.load(Ordering::Relaxed);
    let ended = all.and_then(|()| taker.end(&mut out, !interrupted));
    match ended.and_then(|found| out.end().map(|()| found)) {
        Ok(_) if interrupted => {
            say("note: interrupted; this is what was seen so far");
            Outcome::Interrupted
        }
        Ok(found) => found,
        Err(cause) => written(Err(cause)),
    }
}
