//! How much was read so far, as a bar on a terminal.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts bytes as they stand in files, compressed or not.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    bytes: AtomicU64,
}

impl Meter {
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Counts what is read from `reader`.
    pub(crate) fn count<R: Read>(self: &Arc<Self>, reader: R) -> Counted<R> {
        Counted { reader, meter: Arc::clone(self) }
    }
}

/// A reader whose bytes are counted.
pub(crate) struct Counted<R> {
    reader: R,
    meter: Arc<Meter>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
