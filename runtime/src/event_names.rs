//! The names of a vendor's events, to be found among each other at once.

/// `N` names in a table of `M` places, which is a power of two and more than `N`.
#[derive(Debug)]
pub struct Names<const N: usize, const M: usize> {
    names: [&'static str; N],
    /// One more than the number of the name that is to be looked at first; zero after the last one.
    table: [u16; M],
}

impl<const N: usize, const M: usize> Names<N, M> {
    /// Names by their number.
    ///
    /// # Panics
    ///
    /// `M` is not as it must be.
    pub const fn new(names: [&'static str; N]) -> Self {
        assert!(M.is_power_of_two() && M > N && N < u16::MAX as usize);
        let mut table = [0; M];
        let mut number = 0;
        while number < N {
            let mut place = hash(names[number]) % M;
            while table[place] != 0 {
                place = (place + 1) % M;
            }
            number += 1;
            #[expect(clippy::cast_possible_truncation, reason = "asserted above")]
            {
                table[place] = number as u16;
            }
        }
        Self { names, table }
    }

    /// The name that has a number.
    pub const fn get(&self, number: usize) -> &'static str {
        self.names[number]
    }

    /// The number of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        let mut place = hash(name) % M;
        loop {
            let number = usize::from(self.table[place]).checked_sub(1)?;
            if self.names[number] == name {
                return Some(number);
            }
            place = (place + 1) % M;
        }
    }
}

/// A number that depends on how a name begins and ends, and how long it is.
#[inline]
const fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let (first, last) = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk())
    {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else {
        let mut word = 0;
        let mut at = 0;
        while at < bytes.len() {
            word = word << 8 | bytes[at] as u64;
            at += 1;
        }
        (word, word)
    };
    let mixed = first.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ last.wrapping_mul(0xc2b2_ae3d_27d4_eb4f).rotate_left(29)
        ^ bytes.len() as u64;
    #[expect(clippy::cast_possible_truncation, reason = "any of its bits will do")]
    {
        (mixed ^ mixed >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn every_name_is_found_and_no_other() {
        const ALL: [&str; 6] =
            ["", "a", "call.end", "call.ended", "call.aaaa.ended", "call.bbbb.ended"];
        const NAMES: Names<6, 8> = Names::new(ALL);
        for (number, name) in ALL.iter().enumerate() {
            assert_eq!(NAMES.find(name), Some(number));
            assert_eq!(NAMES.get(number), *name);
        }
        for name in ["b", "call.en", "call.cccc.ended", "call.end ", "é"] {
            assert_eq!(NAMES.find(name), None, "{name}");
        }
    }
}
