//! Days of the calendar, as far as birthdays and expiry dates need them.

use std::fmt;

use serde::Deserialize;
use wallet_core::time::{UnixTime, is_full_date};

/// A day: `1990-02-14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Day {
    year: i64,
    month: u8,
    day: u8,
}

impl Day {
    /// The day in UTC. After the year 9999 there is none.
    pub(super) fn of(time: UnixTime) -> Option<Self> {
        Self::try_from(time.to_date()).ok()
    }

    pub(super) fn year(self) -> i64 {
        self.year
    }

    /// The same day so many years later (earlier, when negative); the last of February stays in February.
    pub(super) fn years_later(self, years: i64) -> Self {
        let later = Self { year: self.year + years, ..self };
        if is_full_date(&later.to_string()) { later } else { Self { day: 28, ..later } }
    }

    /// Whole years from this day to another: how old somebody is on it.
    pub(super) fn years_until(self, other: Self) -> i64 {
        let birthday_is_past = (other.month, other.day) >= (self.month, self.day);
        other.year - self.year - i64::from(!birthday_is_past)
    }

    /// `19900214`: the number that Canadian credentials write.
    pub(super) fn as_number(self) -> i64 {
        (self.year * 100 + i64::from(self.month)) * 100 + i64::from(self.day)
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "not a day of the calendar";
        let mut parts = text.split('-');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(year), Some(month), Some(day)) if is_full_date(&text) => Ok(Self {
                year: year.parse().map_err(|_| WRONG)?,
                month: month.parse().map_err(|_| WRONG)?,
                day: day.parse().map_err(|_| WRONG)?,
            }),
            _ => Err(WRONG),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn ages_change_on_the_birthday() {
        let born = day("1990-02-14");
        assert_eq!(born.years_until(day("2009-02-13")), 18);
        assert_eq!(born.years_until(day("2009-02-14")), 19);
        assert_eq!(born.years_until(day("2009-12-31")), 19);
    }

    #[test]
    fn leap_days_have_a_place_in_every_year() {
        assert_eq!(day("2024-02-29").years_later(1), day("2025-02-28"));
        assert_eq!(day("2024-02-29").years_later(4), day("2028-02-29"));
        assert_eq!(day("2024-01-31").years_later(-2), day("2022-01-31"));
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for bad in ["2023-02-29", "2023-2-1", "", "2023-02-01-", "x"] {
            assert!(Day::try_from(bad.to_owned()).is_err(), "{bad}");
        }
        assert_eq!(day("1990-02-14").as_number(), 19_900_214);
    }
}
