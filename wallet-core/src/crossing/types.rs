//! Types that are another language's own.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::credential::CredentialId;
use crate::credential::path::{ClaimLocation, Step};
use crate::crypto::secret::SecretBytes;
use crate::error::Place;
use crate::time::UnixTime;

// 32 hexadecimal digits.
uniffi::custom_type!(CredentialId, String, {
    lower: |id| id.to_string(),
    try_lift: |text| Ok(id(&text).ok_or_else(|| uniffi::deps::anyhow::anyhow!("credential id"))?),
});
// Seconds since 1970.
uniffi::custom_newtype!(UnixTime, i64);
// The steps, outermost first.
uniffi::custom_newtype!(ClaimLocation, Vec<Step>);
// Only ever goes out.
uniffi::custom_type!(Place, String, {
    lower: |place| place.as_str().to_owned(),
    try_lift: |_text| Err(uniffi::deps::anyhow::anyhow!("a place is never read")),
});
uniffi::custom_type!(PathBuf, String, {
    remote,
    // Never done: a path only comes in.
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});
// Wiped in Rust when it is dropped. The buffer that carries it across is UniFFI's, which wipes nothing: docs/threat-model.md
// names each copy.
uniffi::custom_type!(SecretBytes, Vec<u8>, {
    remote,
    lower: |bytes| {
        let mut bytes = bytes;
        std::mem::take(&mut *bytes)
    },
    try_lift: |bytes| Ok(Zeroizing::new(bytes)),
});

fn id(text: &str) -> Option<CredentialId> {
    let digits = text.as_bytes();
    if digits.len() != 32 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u128::from_str_radix(text, 16).ok().map(|number| CredentialId(number.to_be_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written_and_nothing_else_is() {
        for bytes in [[0; 16], [0xab; 16], [255; 16]] {
            assert_eq!(id(&CredentialId(bytes).to_string()), Some(CredentialId(bytes)));
        }
        for bad in
            ["", "ab", &"a".repeat(31), &"a".repeat(33), &"g".repeat(32), &format!("+{}", "1".repeat(31))]
        {
            assert_eq!(id(bad), None, "{bad}");
        }
    }
}
