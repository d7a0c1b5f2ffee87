//! The test of a secure area, for whoever writes one in Kotlin or Swift. It has to run where the secure hardware is: on a
//! phone, in an app.

use std::sync::Arc;

use crate::error::Result;
use crate::platform::SecureArea;
use crate::platform::conformance::{Abilities, secure_area};

/// Tries what every [`SecureArea`] must do, with keys of its own that it deletes again. Where the area asks the citizen,
/// somebody must say yes: once for each of the three sessions. Gives the first rule that does not hold, as a sentence in
/// English for the developer; nothing when all hold.
///
/// # Errors
/// None of its own.
#[uniffi::export]
pub async fn check_secure_area(area: Arc<dyn SecureArea>, abilities: Abilities) -> Result<Option<String>> {
    Ok(secure_area(&*area, abilities).await.err().map(|broken| broken.rule.to_owned()))
}
