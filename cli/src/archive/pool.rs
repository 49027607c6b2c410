//! Work on all cores, and what comes of it in the order of the input.
//!
//! Of what is read and of what is made of it, only so much is in memory at a time, however large the
//! input: who is ahead of the others waits.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, SendError, Sender, bounded};

use crate::archive::input::{Content, Unreadable, Work};
use crate::archive::meter::Meter;
use crate::archive::payload::Payload;
use crate::archive::shard::Shard;

/// How much output a worker collects before it hands it on.
const OUTPUT: usize = 1 << 16;

/// How many of these it may be ahead of what is written: a few more than most chunks have, as who
/// waits does nothing.
const AHEAD: usize = 12;

/// How often to look whether somebody wants to stop, while nothing else happens.
const PATIENCE: Duration = Duration::from_millis(100);

/// What comes of some work.
pub(crate) enum Part<T> {
    Output(Vec<u8>),
    Unreadable(Unreadable),
    /// What was counted: the last part of what comes of some work.
    Tally(T),
}

/// How to go about it.
pub(crate) struct Pool {
    pub(crate) threads: usize,
    /// Which payloads to take.
    pub(crate) shard: Shard,
    /// Becomes true once somebody wants to stop.
    pub(crate) interrupted: Arc<AtomicBool>,
    pub(crate) meter: Arc<Meter>,
}

impl Pool {
    /// Lets `judge` have a look at every payload, and add what it has to say and to count, and gives
    /// what comes of it to `take`, until that fails or somebody interrupts it.
    pub(crate) fn run<T: Default + Send + 'static>(
        &self,
        work: impl Iterator<Item = Work> + Send + 'static,
        judge: impl Fn(&Payload<'_>, &mut Vec<u8>, &mut T) + Send + Sync + 'static,
        mut take: impl FnMut(Part<T>) -> io::Result<()>,
    ) -> io::Result<()> {
        let (to_order, order) = bounded(self.threads + 2);
        let queue = Mutex::new(Queue { work: work.fuse(), to_order });
        let common = Arc::new((queue, judge));
        for _ in 0..self.threads {
            let (common, meter) = (Arc::clone(&common), Arc::clone(&self.meter));
            let (shard, interrupted) = (self.shard, Arc::clone(&self.interrupted));
            thread::spawn(move || {
                let (queue, judge) = &*common;
                while let Some((work, out)) = next(queue)
                    && !interrupted.load(Ordering::Relaxed)
                {
                    // Nobody is there any more to take what comes of it.
                    if (Worker { judge, shard, meter: &meter, out }).work(work).is_err() {
                        return;
                    }
                }
            });
        }
        drop(common);
        while let Some(parts) = self.next(&order) {
            while let Some(part) = self.next(&parts) {
                let is_last = matches!(part, Part::Tally(_));
                take(part)?;
                if is_last {
                    break;
                }
            }
        }
        Ok(())
    }

    /// What comes next. Who reads may wait for ever, and is not waited for by whoever wants to stop.
    fn next<T>(&self, from: &Receiver<T>) -> Option<T> {
        loop {
            match from.recv_timeout(PATIENCE) {
                Ok(next) => return Some(next),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if self.interrupted.load(Ordering::Relaxed) => {
                    return None;
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// What is still to be done. Who takes work reads it as well: what was just read is best judged by
/// the same core, while it is near.
struct Queue<I, T> {
    work: I,
    /// Where what comes of the work is expected, in its order.
    to_order: Sender<Receiver<Part<T>>>,
}

/// The next work, and where what comes of it goes.
fn next<T>(queue: &Mutex<Queue<impl Iterator<Item = Work>, T>>) -> Option<(Work, Sender<Part<T>>)> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let work = queue.work.next()?;
    let (out, parts) = bounded(AHEAD);
    queue.to_order.send(parts).ok()?;
    Some((work, out))
}

struct Worker<'a, T, J> {
    judge: &'a J,
    shard: Shard,
    meter: &'a Arc<Meter>,
    out: Sender<Part<T>>,
}

impl<T: Default, J: Fn(&Payload<'_>, &mut Vec<u8>, &mut T)> Worker<'_, T, J> {
    fn work(&mut self, Work { file, content }: Work) -> Result<(), SendError<Part<T>>> {
        let mut output = Vec::new();
        let mut tally = T::default();
        match content {
            Content::Unreadable(unreadable) => self.out.send(Part::Unreadable(unreadable))?,
            Content::One(one) if self.shard.has(file, 1) => match one.read(self.meter) {
                Err(unreadable) => self.out.send(Part::Unreadable(unreadable))?,
                Ok(body) => {
                    let payload = Payload { source: &one.source, file, record: None, body: &body };
                    (self.judge)(&payload, &mut output, &mut tally);
                }
            },
            Content::One(_) => {}
            Content::Lines(chunk) => {
                for (line, body) in chunk.lines().filter(|(line, _)| self.shard.has(file, *line)) {
                    let payload = Payload { source: &chunk.source, file, record: Some(line), body };
                    (self.judge)(&payload, &mut output, &mut tally);
                    if output.len() >= OUTPUT {
                        self.out.send(Part::Output(std::mem::take(&mut output)))?;
                    }
                }
            }
        }
        if !output.is_empty() {
            self.out.send(Part::Output(output))?;
        }
        self.out.send(Part::Tally(tally))
    }
}
