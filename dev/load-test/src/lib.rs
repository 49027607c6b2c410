//! What the sender and the load test, two processes, both know: the kinds of delivery.
//!
//! The receiver to copy from is `src/bin/receive_axum.rs`.

/// What a delivery is like, and with it how it must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// As the vendor sends it.
    Genuine,
    /// Of an event that the document lacks.
    Unknown,
    /// Genuine, in small parts with pauses.
    InParts,
    /// Genuine, and sent again after it was acknowledged.
    Repeated,
    /// Genuine, and sent by several connections at once.
    AtOnce,
    /// With a bit of the body turned.
    TamperedBody,
    /// With a digit of the signature changed.
    TamperedHeader,
    /// Signed with a secret that is not the receiver's.
    OtherSecret,
    /// Without a signature.
    Unsigned,
    /// Signed too long ago.
    Stale,
    /// Signed by the vendor, with a body that is not of its document.
    Invalid,
    /// A genuine one whose connection closes in the middle of the body.
    Truncated,
    /// With a body beyond the limit, and a header that says so.
    Oversized,
    /// With a body beyond the limit, in chunks.
    OversizedInChunks,
    /// With a body that comes byte by byte, and never to an end.
    Dribbling,
    /// No HTTP that could be understood.
    Malformed,
}

impl Kind {
    /// All kinds, each with its share of a thousand deliveries.
    pub const SHARES: &[(Self, u32)] = &[
        (Self::Genuine, 420),
        (Self::Unknown, 30),
        (Self::InParts, 10),
        (Self::Repeated, 100),
        (Self::AtOnce, 50),
        (Self::TamperedBody, 90),
        (Self::TamperedHeader, 80),
        (Self::OtherSecret, 50),
        (Self::Unsigned, 40),
        (Self::Stale, 30),
        (Self::Invalid, 30),
        (Self::Truncated, 30),
        (Self::Oversized, 10),
        (Self::OversizedInChunks, 10),
        (Self::Dribbling, 5),
        (Self::Malformed, 15),
    ];

    /// The kind whose share of a thousand has this number in it, from 0.
    ///
    /// # Panics
    ///
    /// The number is not below 1,000.
    pub fn of_share(number: u32) -> Self {
        let mut upto = 0;
        let mut shares = Self::SHARES.iter();
        let found = shares.find(|(_, share)| {
            upto += share;
            number < upto
        });
        found.expect("the shares add up to a thousand").0
    }

    /// The kind's name.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// Whether the event must be handled, exactly once.
    pub fn is_handled(self) -> bool {
        self <= Self::AtOnce
    }

    /// Whether `status` is a right answer; 0 stands for none, as when the connection is closed.
    pub fn allows(self, status: u16) -> bool {
        match self {
            _ if self.is_handled() => status == 204,
            Self::TamperedBody
            | Self::TamperedHeader
            | Self::OtherSecret
            | Self::Unsigned
            | Self::Stale => status == 401,
            Self::Invalid => status == 422,
            // Nobody was there to hear it.
            Self::Truncated => status == 0,
            // The server closes while the sender still sends: what it answered may be lost on the way.
            Self::Oversized | Self::OversizedInChunks => [0, 413].contains(&status),
            Self::Dribbling => status == 408,
            _ => status == 0 || (400..500).contains(&status),
        }
    }
}
