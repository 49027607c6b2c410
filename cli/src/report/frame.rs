//! Records of fields, as they go from the workers to where they are brought in order.

use std::str;

/// Neither is in any text that is shown: they are controls.
const END_OF_FIELD: char = '\u{1f}';
const END_OF_RECORD: char = '\u{1e}';

/// Adds a record.
pub(crate) fn push(out: &mut Vec<u8>, fields: &[&str]) {
    for (number, field) in fields.iter().enumerate() {
        debug_assert!(!field.contains([END_OF_FIELD, END_OF_RECORD]), "{field:?}");
        out.extend_from_slice(field.as_bytes());
        out.push(if number + 1 < fields.len() { END_OF_FIELD } else { END_OF_RECORD } as u8);
    }
}

/// The records of `N` fields that were added.
pub(crate) fn records<const N: usize>(rendered: &[u8]) -> impl Iterator<Item = [&str; N]> {
    let text = str::from_utf8(rendered).unwrap_or_default();
    text.split_terminator(END_OF_RECORD).filter_map(|record| {
        let mut fields = record.split(END_OF_FIELD);
        let found = [(); N].map(|()| fields.next());
        found.iter().all(Option::is_some).then(|| found.map(Option::unwrap_or_default))
    })
}

#[cfg(test)]
mod tests {
    use super::{push, records};

    #[test]
    fn what_is_pushed_is_there() {
        let mut out = Vec::new();
        push(&mut out, &["a", "", "c\nd"]);
        push(&mut out, &["", "", ""]);
        let all: Vec<[&str; 3]> = records(&out).collect();
        assert_eq!(all, [["a", "", "c\nd"], ["", "", ""]]);
        assert_eq!(records::<3>(b"").count(), 0);
    }
}
