//! Ctrl-C into a flag, so that what was seen so far can still be told.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::outcome::Outcome;

/// What becomes true once somebody interrupts the command. The second time ends it at once.
pub(crate) fn interrupted() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let handled = Arc::clone(&flag);
    // Without a handler it ends at once, as it would by itself.
    let _ = ctrlc::set_handler(move || {
        if handled.swap(true, Ordering::Relaxed) {
            process::exit(Outcome::Interrupted.status().into());
        }
    });
    flag
}
