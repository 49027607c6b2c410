//! The name of an event into that of the file that documents it.

use offhook_model::payload_name;

use crate::catalogue::Draft;

/// Some file systems allow names of 255 bytes, and other tools add to them.
const LONGEST: usize = 200;

/// Names that are devices on Windows, whatever stands behind the first full stop.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Returns the file for an event, or why there can be none.
pub(super) fn file_name(event: &str, draft: &Draft) -> Result<String, &'static str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if event.is_empty() {
        return Err("it has no name");
    }
    if event.len() > LONGEST {
        return Err("its name is too long for a file");
    }
    if !event.bytes().all(is_plain) {
        return Err("its name has characters other than letters, digits, \".\", \"_\" and \"-\"");
    }
    if event.starts_with('.') || event.ends_with('.') {
        return Err("a full stop at the start or end of its name does not belong in a file's");
    }
    if event.eq_ignore_ascii_case("vendor") {
        return Err("its file would take the place of vendor.json, the manifest");
    }
    if is_device(event) {
        return Err("its file would be a device on Windows");
    }
    let file = format!("{event}.json");
    if payload_name(&file, true) != Some(event) {
        return Err("its file would be read as that of another event");
    }
    if draft.is_taken(&file) {
        return Err("another file has the same name on systems that ignore case");
    }
    Ok(file)
}

fn is_device(event: &str) -> bool {
    let stem = event.split('.').next().unwrap_or(event).to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().find_map(|device| stem.strip_prefix(device));
    let is_numbered = numbered.is_some_and(|number| {
        number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    DEVICES.contains(&stem.as_str()) || is_numbered
}
