//! The name that was probably meant on the command line.

use offhook_runtime::text::visible;
use rapidfuzz::distance::osa;

/// The candidate that is a slip away from `word`: at most a third of its letters, and no less than one.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let distance = |candidate: &str| osa::distance(word.chars(), candidate.chars());
    let near = candidates.into_iter().map(|candidate| (distance(candidate), candidate));
    let near = near.filter(|(far, candidate)| *far <= (candidate.chars().count() / 3).max(1));
    near.min().map(|(_, candidate)| candidate)
}

/// The name that was probably meant, as clap tells it, to stand after a message; empty without any.
pub(crate) fn tip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let near = nearest(word, candidates);
    near.map(|near| format!("\n\n  tip: did you mean '{}'?", visible(near))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["call.end", "call.ringing", "voicemail.new"];
        assert_eq!(nearest("call.ended", names), Some("call.end"));
        assert_eq!(nearest("voicemail.mew", names), Some("voicemail.new"));
        assert_eq!(nearest("fax", names), None);
    }
}
