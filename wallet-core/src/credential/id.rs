//! The name of one stored credential inside this wallet.

use std::fmt;

use minicbor::{Decode, Encode};

/// One issuance in one format: one entry of the citizen's list. Random, so that it says nothing about its content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct CredentialId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CredentialId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_sixteen_bytes_in_cbor_and_hex_in_print() {
        let id = CredentialId([0xab; 16]);
        assert_eq!(id.to_string(), "ab".repeat(16));
        let bytes = minicbor::to_vec(id).unwrap();
        assert_eq!((bytes.len(), bytes[0]), (17, 0x50));
        assert_eq!(minicbor::decode::<CredentialId>(&bytes).unwrap(), id);
        assert!(minicbor::decode::<CredentialId>(&[0x41, 0]).is_err());
    }
}
