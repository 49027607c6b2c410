//! What Daily's types can say beyond their schemas.

use crate::daily::EpochSeconds;

impl EpochSeconds {
    /// The seconds, whichever way they came; `None` if they are no integer within `i64`.
    ///
    /// ```
    /// use offhook::daily::EpochSeconds;
    ///
    /// let number: EpochSeconds = serde_json::from_str("1728036616")?;
    /// let text: EpochSeconds = serde_json::from_str(r#""1728036616""#)?;
    /// assert_eq!(number.seconds(), Some(1_728_036_616));
    /// assert_eq!(text.seconds(), number.seconds());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn seconds(&self) -> Option<i64> {
        match self {
            Self::Integer(seconds) => seconds.as_i64(),
            Self::String(digits) => {
                let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
                all_digits.then(|| digits.parse().ok()).flatten()
            }
        }
    }
}
