//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use wallet_core::time::UnixTime;

/// The wall clock, in whole seconds. A clock before 1970 counts as 1970: nothing is valid then, and that is told.
#[must_use]
pub fn now() -> UnixTime {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    UnixTime(i64::try_from(seconds).unwrap_or(i64::MAX))
}
