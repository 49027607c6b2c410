//! The README's table has every vendor and every event.

use offhook::{daily, dialstack, voiceblender};

/// The events that the table has for a vendor, in its order.
fn listed<'a>(readme: &'a str, vendor: &str) -> Vec<&'a str> {
    let row = readme.lines().find(|line| line.starts_with(&format!("| [{vendor}]")));
    let events = row.and_then(|row| row.split('|').nth(3)).unwrap_or_default();
    events.split(", ").map(|event| event.trim().trim_matches('`')).collect()
}

fn names<T: AsRef<str>>(events: &[T]) -> Vec<&str> {
    events.iter().map(AsRef::as_ref).collect()
}

#[test]
fn the_table_is_complete() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let Ok(readme) = std::fs::read_to_string(path) else {
        eprintln!("skipped: there is no {path}");
        return;
    };
    assert_eq!(listed(&readme, "Daily"), names(daily::EventType::ALL));
    assert_eq!(listed(&readme, "DialStack"), names(dialstack::EventType::ALL));
    assert_eq!(listed(&readme, "VoiceBlender"), names(voiceblender::EventType::ALL));
}
