//! Work on all cores, and what comes of it in the order of the input.
//!
//! Of what is read and of what is made of it, only so much is in memory at a time, however large the
//! input: who is ahead of the others waits.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, SendError, Sender, bounded};

use crate::archive::input::{Content, Unreadable, Work};
use crate::archive::meter::Meter;
use crate::archive::payload::Payload;
use crate::archive::shard::Shard;

/// How much output a worker collects before it hands it on.
const OUTPUT: usize = 1 << 16;

/// How often to look whether somebody wants to stop, while nothing else happens.
const PATIENCE: Duration = Duration::from_millis(100);

/// What comes of some work.
pub(crate) enum Part<T> {
    Output(Vec<u8>),
    Unreadable(Unreadable),
    /// What was counted.
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
        let (to_workers, jobs) = bounded::<(Work, Sender<Part<T>>)>(self.threads);
        let (to_order, order) = bounded::<Receiver<Part<T>>>(self.threads + 2);
        let judge = Arc::new(judge);
        for _ in 0..self.threads {
            let (jobs, judge, meter) = (jobs.clone(), Arc::clone(&judge), Arc::clone(&self.meter));
            let shard = self.shard;
            thread::spawn(move || {
                for (work, out) in jobs {
                    let mut worker = Worker { judge: &*judge, shard, meter: &meter, out };
                    // Nobody is there any more to take what comes of it.
                    if worker.work(work).is_err() {
                        return;
                    }
                }
            });
        }
        let interrupted = Arc::clone(&self.interrupted);
        thread::spawn(move || {
            for work in work {
                let (out, parts) = bounded(2);
                let stopped = interrupted.load(Ordering::Relaxed);
                if stopped || to_order.send(parts).is_err() || to_workers.send((work, out)).is_err()
                {
                    return;
                }
            }
        });
        drop(jobs);
        while let Some(parts) = self.next(&order) {
            while let Some(part) = self.next(&parts) {
                take(part)?;
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
