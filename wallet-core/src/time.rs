//! Points in time as credentials, tokens and certificates write them.

use jiff::{Timestamp, civil};

use crate::error::{Code, Result};

/// Seconds since 1970-01-01T00:00:00Z: a JWT `NumericDate`, and what every check in the core compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// A `tdate` of ISO 18013-5 (7.2.1): RFC 3339 in UTC, `Z`, no fraction of a second.
    ///
    /// # Errors
    /// [`Code::DateInvalid`] at `place`.
    pub fn from_tdate(text: &str, place: &'static str) -> Result<Self> {
        let invalid = || Code::DateInvalid.at(place);
        let timestamp: Timestamp = text.parse().map_err(|_| invalid())?;
        let time = Self(timestamp.as_second());
        // One way to write each time: no offset, no fraction, no leap second, no blank for the T.
        if time.to_tdate() == text { Ok(time) } else { Err(invalid()) }
    }

    /// The `tdate` form: `2026-11-22T10:00:00Z`.
    #[must_use]
    pub fn to_tdate(self) -> String {
        Timestamp::from_second(self.0)
            .map_or_else(|_| String::from("0000-00-00T00:00:00Z"), |t| t.to_string())
    }

    /// The day in UTC, as `2026-11-22`.
    #[must_use]
    pub fn to_date(self) -> String {
        self.to_tdate().chars().take(10).collect()
    }

    /// This time and `seconds` more; stays at the end of time rather than wrapping.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// Whether `text` is a full-date of RFC 3339 that exists in the calendar: `2000-02-29`.
#[must_use]
pub fn is_full_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tdate_is_utc_seconds_only() {
        let time = UnixTime::from_tdate("2026-11-22T10:00:00Z", "t").unwrap();
        assert_eq!(time, UnixTime(1_795_341_600));
        assert_eq!(time.to_tdate(), "2026-11-22T10:00:00Z");
        assert_eq!(time.to_date(), "2026-11-22");
        for bad in [
            "2026-11-22T10:00:00.5Z",
            "2026-11-22T10:00:00+00:00",
            "2026-11-22T25:00:00Z",
            "2026-02-30T10:00:00Z",
            "2026-11-22 10:00:00Z",
            "",
        ] {
            assert!(UnixTime::from_tdate(bad, "t").is_err(), "{bad}");
        }
    }

    #[test]
    fn full_dates_exist_in_the_calendar() {
        assert!(is_full_date("2000-02-29"));
        assert!(!is_full_date("2001-02-29"));
        assert!(!is_full_date("2000-2-9"));
    }
}
