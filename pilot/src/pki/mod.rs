//! The test PKI: a folder of PEM files whose names say what they are, made when missing and used again by whoever is
//! given the same folder.
//!
//! - [`Pki`]: the folder; gives issuers and verifiers what they sign with, and wallets what to trust
//! - [`Signer`]: a certificate chain with its key
//! - [`PkiError`]: what is wrong with which file
//!
//! | file | list | what |
//! | --- | --- | --- |
//! | `eu-issuer-ca.pem` | `eu-issuers` | stands behind the EU issuer, in both formats |
//! | `eu-verifier-ca.pem` | `eu-verifiers` | stands behind the EU verifier's requests |
//! | `eu-registrar-ca.pem` | `eu-registrars` | stands behind what the EU verifier is registered to ask for |
//! | `ca-iaca.pem` | `ca-issuers` | stands behind the Canadian issuer's mobile documents (ISO 18013-5 Annex B) |
//! | `ca-issuer-ca.pem` | `ca-issuers` | stands behind the Canadian issuer's SD-JWT VCs |
//! | `ca-verifier-ca.pem` | `ca-verifiers` | stands behind the Canadian verifier's requests |
//! | `tls-ca.pem` | `tls` | stands behind HTTPS of all of them |
//!
//! Beside each stands its private key, `….key.pem`, readable by its owner only. The certificates that sign day to day
//! are in the folder too, and are made anew before they expire.

mod authorities;
mod error;
mod files;
mod signers;
mod store;

pub use authorities::Issued;
pub use error::PkiError;
pub use signers::Signer;
pub use store::Pki;
