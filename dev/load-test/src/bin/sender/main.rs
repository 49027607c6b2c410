//! Sends deliveries of all kinds to a receiver, and prints a line for each: kind, vendor, id and the
//! last answer's status.
//!
//! `sender ADDRESS COUNT SEED`; secrets come from the environment, as those of `receive_axum` do.

mod connection;
mod delivery;

use std::env;
use std::error::Error;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use offhook_load_test::Kind;
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use connection::Connection;
use delivery::{Delivery, Vendor};

/// How many threads send; each keeps a connection open.
const WORKERS: u64 = 8;

/// How often a delivery is tried before it counts as lost.
const ATTEMPTS: u32 = 50;

/// How many connections send the same delivery at once.
const AT_ONCE: usize = 3;

/// What is larger than the receiver's limit.
const OVERSIZED: usize = (1 << 20) + 1;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut argument = || arguments.next().ok_or("want ADDRESS COUNT SEED");
    let address: SocketAddr = argument()?.parse()?;
    let count: u64 = argument()?.parse()?;
    let seed: u64 = argument()?.parse()?;
    let vendors = Vendor::all()?;
    let (lines, printed) = mpsc::channel::<String>();
    thread::scope(|scope| -> Result<(), Box<dyn Error>> {
        for number in 0..WORKERS {
            let mine = count / WORKERS + u64::from(number < count % WORKERS);
            let (vendors, lines) = (vendors.as_slice(), lines.clone());
            scope.spawn(move || {
                let random = ChaCha8Rng::seed_from_u64(seed.wrapping_add(number));
                let connection = Connection::to(address);
                Worker { address, vendors, random, connection, lines }.send(mine);
            });
        }
        drop(lines);
        let mut out = io::stdout().lock();
        for line in printed {
            writeln!(out, "{line}")?;
        }
        Ok(())
    })
}

struct Worker<'a> {
    address: SocketAddr,
    vendors: &'a [Vendor],
    random: ChaCha8Rng,
    connection: Connection,
    lines: Sender<String>,
}

impl Worker<'_> {
    fn send(&mut self, count: u64) {
        // Those who dribble take as long as the receiver lets them, so they have threads of their own.
        thread::scope(|scope| {
            for _ in 0..count {
                let kind = Kind::of_share(self.random.random_range(0..1_000));
                let vendor = self.vendors.choose(&mut self.random).expect("there are vendors");
                let delivery = vendor.delivery(kind, &mut self.random);
                if kind == Kind::Dribbling {
                    let (mut own, lines) = (Connection::to(self.address), self.lines.clone());
                    scope.spawn(move || report(&lines, kind, &delivery, own.dribble(&delivery)));
                    continue;
                }
                let status = self.send_as(kind, &delivery);
                report(&self.lines, kind, &delivery, status);
            }
        });
    }

    fn send_as(&mut self, kind: Kind, delivery: &Delivery) -> u16 {
        match kind {
            Kind::Repeated => {
                let first = self.persist(delivery);
                if first == 204 { self.persist(delivery) } else { first }
            }
            Kind::AtOnce => self.send_at_once(delivery),
            Kind::InParts => persist(|| Connection::to(self.address).send_in_parts(delivery)),
            Kind::Truncated => Connection::to(self.address).truncate(delivery),
            Kind::Oversized => Connection::to(self.address).send_oversized(delivery, OVERSIZED),
            Kind::OversizedInChunks => {
                Connection::to(self.address).send_in_chunks(delivery, OVERSIZED)
            }
            Kind::Malformed => {
                let garbage = delivery::MALFORMED.choose(&mut self.random).expect("there are some");
                Connection::to(self.address).send_only(garbage.as_bytes())
            }
            _ => self.persist(delivery),
        }
    }

    fn persist(&mut self, delivery: &Delivery) -> u16 {
        persist(|| self.connection.send(delivery))
    }

    /// Sends by several connections; all must be told in the end that it was handled.
    fn send_at_once(&mut self, delivery: &Delivery) -> u16 {
        let address = self.address;
        let statuses = thread::scope(|scope| {
            let others: Vec<_> = (1..AT_ONCE)
                .map(|_| {
                    scope.spawn(move || {
                        let mut own = Connection::to(address);
                        persist(|| own.send(delivery))
                    })
                })
                .collect();
            let mut statuses = vec![self.persist(delivery)];
            statuses.extend(others.into_iter().map(|other| other.join().unwrap_or(0)));
            statuses
        });
        statuses.into_iter().find(|&status| status != 204).unwrap_or(204)
    }
}

/// Sends as a vendor does, again while it is told to, or told nothing; the last status.
fn persist(mut send: impl FnMut() -> u16) -> u16 {
    let mut status = 0;
    for attempt in 0..ATTEMPTS {
        thread::sleep(Duration::from_millis(10) * attempt.min(20));
        status = send();
        if ![0, 408, 503].contains(&status) {
            break;
        }
    }
    status
}

fn report(lines: &Sender<String>, kind: Kind, delivery: &Delivery, status: u16) {
    let line = format!("{} {} {} {status}", kind.name(), delivery.vendor, delivery.id);
    // Who reads has gone only if writing failed, which is told there.
    let _ = lines.send(line);
}
