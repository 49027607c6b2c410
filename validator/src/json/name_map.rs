//! Names of members, told apart by a number first: most comparisons end there.

use super::to_u32;

/// A number that equal names share, and few others do: it is made of a name's ends and its length.
/// Names made to share one only take more time.
#[inline]
pub(crate) fn hash(name: &str) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = name.as_bytes();
    let word = |chunk: Option<&[u8; 8]>| chunk.map(|chunk| u64::from_le_bytes(*chunk));
    let short = || bytes.iter().fold(1, |word, byte| word << 8 | u64::from(*byte));
    let first = word(bytes.first_chunk()).unwrap_or_else(short);
    let last = word(bytes.last_chunk()).unwrap_or_default();
    let mixed = (first.wrapping_mul(FACTOR) ^ last ^ bytes.len() as u64).wrapping_mul(FACTOR);
    u32::try_from(mixed >> 32).unwrap_or_default()
}

/// A name with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) hash: u32,
}

impl Name {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), hash: hash(text) }
    }
}

/// Things by name.
pub(crate) struct ByName<T> {
    /// By the highest bits of a number, where such numbers begin: most are found at once, and a search
    /// by halves would be led astray at every turn.
    starts: Vec<u32>,
    /// How many bits the others are.
    lower_bits: u32,
    /// The names' numbers, in order.
    hashes: Vec<u32>,
    /// In the same order.
    all: Vec<(String, T)>,
}

impl<T> ByName<T> {
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.get_hashed(hash(name), name)
    }

    /// The thing of this name, or of another one that has the same number.
    pub(crate) fn likely(&self, name: &str) -> Option<&T> {
        let hash = hash(name);
        let found = self.start(hash);
        let is_it = self.hashes.get(found) == Some(&hash);
        is_it.then(|| &self.all[found].1)
    }

    /// The thing of this name, of which `hash` is the number.
    pub(crate) fn get_hashed(&self, hash: u32, name: &str) -> Option<&T> {
        let start = self.start(hash);
        let alike = self.hashes[start..].iter().take_while(|other| **other == hash);
        let mut found = alike.zip(&self.all[start..]).map(|(_, found)| found);
        found.find(|(other, _)| other == name).map(|(_, thing)| thing)
    }

    /// Where the names stand whose number is `hash`, if there are such.
    #[inline]
    fn start(&self, hash: u32) -> usize {
        let start = self.starts.get((hash >> self.lower_bits) as usize).copied();
        let start = start.unwrap_or_default() as usize;
        let rest = self.hashes.get(start..).unwrap_or_default();
        start + rest.iter().take_while(|other| **other < hash).count()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All things, in an order that says nothing.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.all.iter().map(|(_, thing)| thing)
    }

    /// All, in an order that says nothing.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.all.iter().map(|(name, thing)| (name.as_str(), thing))
    }
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), lower_bits: 0, hashes: Vec::new(), all: Vec::new() }
    }
}

impl<T> FromIterator<(String, T)> for ByName<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(all: I) -> Self {
        let mut all: Vec<_> = all.into_iter().collect();
        if all.is_empty() {
            return Self::default();
        }
        all.sort_by_cached_key(|(name, _)| hash(name));
        let hashes: Vec<u32> = all.iter().map(|(name, _)| hash(name)).collect();
        // So many that few numbers share one.
        let bits = (all.len() * 4 + 1).ilog2() + 1;
        let lower_bits = u32::BITS - bits;
        let before = |start: u32| hashes.partition_point(|hash| hash >> lower_bits < start);
        let starts = (0..1 << bits).map(|start| to_u32(before(start))).collect();
        Self { starts, lower_bits, hashes, all }
    }
}

#[cfg(test)]
mod tests {
    use super::{ByName, hash};

    #[test]
    fn things_are_found_by_their_names_and_no_others() {
        let names = ["", "a", "b", "ab", "ba", "call_id", "from_number", "from_name", "12345678"];
        let all: ByName<usize> = names.iter().map(|name| (*name).to_owned()).zip(0..).collect();
        for (number, name) in names.iter().enumerate() {
            assert_eq!(all.get(name), Some(&number));
            assert_eq!(all.get(&format!("{name}\0")), None);
            // Even where the numbers are the same.
            assert_eq!(all.get_hashed(hash(name), "other"), None);
            assert_eq!(all.likely(name), Some(&number));
            assert_eq!(all.likely(&format!("{name}\0")), None);
        }
        let many: ByName<usize> =
            (0..1000).map(|number| (format!("name_{number}"), number)).collect();
        for number in 0..2000 {
            let found = many.get(&format!("name_{number}")).copied();
            assert_eq!(found, Some(number).filter(|number| *number < 1000));
        }
        assert_eq!(ByName::<()>::from_iter([]).get("a"), None);
        assert_eq!(all.iter().count(), names.len());
    }
}
