//! The name that was probably meant.

use std::borrow::Cow;

use rapidfuzz::distance::osa;

/// Names longer than this are not compared: the time to do so grows with the square of the length.
const LONGEST: usize = 64;

/// The candidate that `text` is a slip of, if there is one.
pub(crate) fn nearest<'a>(
    text: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut slip = Slip::of(text)?;
    candidates.filter(|candidate| slip.is_nearer(candidate)).last()
}

/// A text that may be a slip of others.
pub(crate) struct Slip<'a> {
    text: &'a str,
    folded: Cow<'a, str>,
    size: Size,
    /// How far away it is from the nearest one so far.
    nearest: usize,
}

impl<'a> Slip<'a> {
    /// None if it is too long.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let folded = (text.len() <= LONGEST).then(|| folded(text))?;
        Some(Self { text, size: Size::of(&folded), folded, nearest: usize::MAX })
    }

    /// Whether it is a slip of `candidate`, and of no other so far with as few changes.
    pub(crate) fn is_nearer(&mut self, candidate: &str) -> bool {
        let Some(most) = self.nearest.checked_sub(1) else {
            return false;
        };
        let distance = self.distance(candidate, most);
        self.nearest = distance.unwrap_or(self.nearest);
        distance.is_some()
    }

    /// How many changes it takes to get `candidate`, if it is a slip of that and it takes no more than
    /// `most`.
    pub(crate) fn distance(&self, candidate: &str, most: usize) -> Option<usize> {
        if candidate.len() > LONGEST {
            return None;
        }
        let other = Size::of(candidate);
        let most = (other.length / 3).max(1).min(most);
        // To tell so is quick, and most candidates are farther away.
        if self.size.changes(&other) > most || candidate == self.text {
            return None;
        }
        let within = osa::Args::default().score_cutoff(most);
        let candidate = folded(candidate);
        if self.size.letters.is_some() && other.letters.is_some() {
            return osa::distance_with_args(self.folded.bytes(), candidate.bytes(), &within);
        }
        osa::distance_with_args(self.folded.chars(), candidate.chars(), &within)
    }
}

/// What a text is made of.
struct Size {
    /// How many characters it has.
    length: usize,
    /// Which letters there are, of whatever case, and above those which of them more than once: a bit
    /// each, which some letters share. None if they are not all ASCII.
    letters: Option<u64>,
}

impl Size {
    fn of(text: &str) -> Self {
        let (mut all, mut once, mut more) = (0, 0_u32, 0);
        for byte in text.bytes() {
            let letter = 1 << (byte % 32);
            all |= byte;
            more |= once & letter;
            once |= letter;
        }
        if all.is_ascii() {
            Self { length: text.len(), letters: Some(u64::from(more) << 32 | u64::from(once)) }
        } else {
            Self { length: text.chars().count(), letters: None }
        }
    }

    /// How many changes it takes at least to get one out of the other: each makes at most one letter go
    /// and one come.
    fn changes(&self, other: &Self) -> usize {
        let longer = self.length.abs_diff(other.length);
        let (Some(own), Some(others)) = (self.letters, other.letters) else {
            return longer;
        };
        let (gone, come) = ((others & !own).count_ones(), (own & !others).count_ones());
        longer.max(gone.max(come) as usize)
    }
}

/// The text in lower case.
fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["call.end", "call.ringing", "voicemail.new"];
        let find = |text| nearest(text, names.into_iter());
        assert_eq!(find("call.ended"), Some("call.end"));
        assert_eq!(find("Call.End"), Some("call.end"));
        assert_eq!(find("call.rining"), Some("call.ringing"));
        assert_eq!(find("fax.received"), None);
        assert_eq!(find(""), None);
        assert_eq!(find(&"call.end".repeat(1000)), None);
    }
}
