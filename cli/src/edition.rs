//! A vendor and a document's date, as one word: `voiceblender@2026-08`.

/// Returns what names a vendor's document: `voiceblender@2026-08`, or the vendor where no date is
/// known.
pub(crate) fn edition(vendor: &str, date: Option<&str>) -> String {
    match date {
        Some(date) => [vendor, "@", date].concat(),
        None => vendor.to_owned(),
    }
}

/// The part of a name before the date, and the date or its beginning.
pub(crate) fn parts(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('@') {
        Some((vendor, date)) => (vendor, Some(date)),
        None => (name, None),
    }
}

/// Whether a document of that date is meant. `2026-08` means every document of that month.
pub(crate) fn is_meant(wanted: &str, date: Option<&str>) -> bool {
    let rest = date.and_then(|date| date.strip_prefix(wanted));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::{edition, is_meant, parts};

    #[test]
    fn an_edition_has_two_parts() {
        assert_eq!(parts(&edition("acme", Some("2026-08"))), ("acme", Some("2026-08")));
        assert_eq!(parts(&edition("acme", None)), ("acme", None));
    }

    #[test]
    fn a_date_means_all_that_begin_with_it() {
        assert!(is_meant("2026-08", Some("2026-08")) && is_meant("2026", Some("2026-08-01")));
        assert!(!is_meant("2026-0", Some("2026-08")) && !is_meant("2026-08-01", Some("2026-08")));
        assert!(!is_meant("2026", None));
    }
}
