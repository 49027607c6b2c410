//! Shows what a comparison found: differences without a reason first, grouped, with samples.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::compare::Difference;
use crate::record::Record;
use crate::reviewed::Sorted;

/// The longest text of a value that is shown, in characters.
const LONGEST: usize = 300;

/// Returns the text for people; `samples` differences are shown of each group.
pub(crate) fn text(base: &Record, sorted: &Sorted<'_>, samples: usize) -> String {
    let mut text = String::new();
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for difference in &sorted.new {
        groups.entry(group(difference)).or_default().push(difference);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
    for (name, found) in groups {
        let _ = writeln!(text, "{} new: {name}", found.len());
        for difference in found.into_iter().take(samples) {
            add_sample(&mut text, difference);
        }
    }
    for (entry, found) in &sorted.explained {
        let (count, reviewed, reason) = (found.len(), entry.count, entry.reason.trim());
        if count > reviewed {
            let _ = writeln!(text, "{count} found, {reviewed} reviewed: {reason}");
            found.iter().take(samples).for_each(|difference| add_sample(&mut text, difference));
        } else if count == 0 {
            let _ = writeln!(text, "note: this entry matches nothing: {reason}");
        } else if count < reviewed {
            let _ = writeln!(text, "note: {count} found, {reviewed} reviewed: {reason}");
        }
    }
    let explained: usize = sorted.explained.iter().map(|(_, found)| found.len()).sum();
    let (lines, new) = (base.lines.len(), sorted.new.len());
    let _ = writeln!(text, "{lines} lines compared: {explained} differences reviewed, {new} new");
    text
}

/// What differences have in common that are shown together.
fn group(difference: &Difference) -> String {
    let Difference { way, field, code, keyword, right, .. } = difference;
    let mut name = format!("{} {}, {way}: {field}", difference.corpus(), difference.kind());
    if !code.is_empty() {
        let _ = write!(name, " of [{code}]");
    }
    if !keyword.is_empty() {
        let _ = write!(name, " at `{keyword}`");
    }
    match right {
        Some(true) => name += ", now right",
        Some(false) => name += ", now wrong",
        None => {}
    }
    name
}

fn add_sample(text: &mut String, difference: &Difference) {
    let [from, to] = [&difference.from, &difference.to].map(|value| short(value));
    let _ = writeln!(text, "  {}\n    - {from}\n    + {to}", difference.case());
}

/// A text on one line, cut where it is long.
fn short(text: &str) -> String {
    let shown = text.escape_debug().to_string();
    let mut start: String = shown.chars().take(LONGEST).collect();
    if start.len() < shown.len() {
        start.push('…');
    }
    start
}
