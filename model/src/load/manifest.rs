//! A vendor's `vendor.json`: what holds for the vendor as a whole.

use std::path::Path;

use offhook_runtime::value::timestamp::is_date;

use crate::fault::Fault;
use crate::json::{Json, quoted};
use crate::location::{escape, tokens};
use crate::manifest::{Document, Manifest, Order};
use crate::message::shown;
use crate::scheme::Scheme;

/// The file that a vendor's folder has it in.
pub const MANIFEST: &str = "vendor.json";

