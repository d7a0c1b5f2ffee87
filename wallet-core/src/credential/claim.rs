//! A claim with its value, for a screen.

use serde_json::Value;

use super::image;
use super::path::ClaimLocation;
use crate::error::Result;
use crate::json::SecretJson;
use crate::words;

/// One claim of a credential with its value. It is wiped when it is dropped and has no printable form, in Kotlin and Swift
/// neither: an object, not a record.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Claim {
    /// Where it is in the credential.
    pub location: ClaimLocation,
    type_id: String,
    value: SecretJson,
}

impl Claim {
    /// A claim of a credential of this type.
    #[must_use]
    pub fn new(type_id: &str, location: ClaimLocation, value: Value) -> Self {
        Self { location, type_id: type_id.to_owned(), value: SecretJson(value) }
    }

    /// The value as it was issued.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value.0
    }
}

/// What crosses to Kotlin and Swift. Each gives a result, since a fault of the core arrives in one.
#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Claim {
    /// Where it is in the credential.
    ///
    /// # Errors
    /// None today.
    pub fn location(&self) -> Result<ClaimLocation> {
        Ok(self.location.clone())
    }

    /// What it is called, in the language of a BCP 47 tag.
    ///
    /// # Errors
    /// None today.
    pub fn label(&self, locale: &str) -> Result<String> {
        Ok(words::claim_label(&self.type_id, &self.location, locale))
    }

    /// The value in words, in the language of a BCP 47 tag. A picture is named, not printed.
    ///
    /// # Errors
    /// None today.
    pub fn reveal(&self, locale: &str) -> Result<String> {
        Ok(words::value_text(&self.value.0, &self.type_id, &self.location, locale))
    }

    /// The picture that the value is, a JPEG or PNG file; `None` when it is none, or has more pixels than that.
    ///
    /// # Errors
    /// None today.
    pub fn image(&self, max_pixels: u64) -> Result<Option<Vec<u8>>> {
        Ok(image::file(&self.value.0, max_pixels))
    }
}
