//! What VoiceBlender's types can say beyond their schemas.

use crate::voiceblender::DisconnectReason;

impl DisconnectReason {
    /// The SIP status of a reason such as `sip_486`, which stands for every status from 400 to 699
    /// that has no name of its own.
    ///
    /// ```
    /// use offhook::voiceblender::DisconnectReason;
    ///
    /// assert_eq!(DisconnectReason::from("sip_486").sip_status(), Some(486));
    /// assert_eq!(DisconnectReason::Busy.sip_status(), None);
    /// assert_eq!(DisconnectReason::from("sip_200").sip_status(), None);
    /// ```
    #[inline]
    pub fn sip_status(&self) -> Option<u16> {
        let digits = self.as_str().strip_prefix("sip_")?;
        let status: u16 = match digits.as_bytes() {
            [b'4'..=b'6', b'0'..=b'9', b'0'..=b'9'] => digits.parse().ok()?,
            _ => return None,
        };
        Some(status)
    }
}
