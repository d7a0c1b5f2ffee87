//! One module for each target: `run` takes an input and panics when a property does not hold, `seeds` gives inputs to
//! begin with.

pub mod backup_file;
pub mod base64url;
pub mod cbor;
pub mod certificate;
pub mod claim;
pub mod cose;
pub mod dcql;
pub mod device_response;
pub mod issuance;
pub mod issued_mdoc;
pub mod issued_sd_jwt;
pub mod json;
pub mod jwe;
pub mod jwk;
pub mod jws;
pub mod key_binding;
pub mod link;
pub mod mdoc;
pub mod migration;
pub mod pbes2;
pub mod pem;
pub mod registration;
pub mod request;
pub mod sd_jwt;
pub mod status_list;
pub mod stored;
pub mod trust_anchor;
pub mod vault_file;

use crate::vectors::Vectors;

/// Makes the inputs that a target begins with.
pub type Seeds = fn(&Vectors) -> Vec<Vec<u8>>;

/// The seeds of each target, by its name.
pub const SEEDS: [(&str, Seeds); 28] = [
    ("backup_file", backup_file::seeds),
    ("base64url", base64url::seeds),
    ("cbor", cbor::seeds),
    ("certificate", certificate::seeds),
    ("claim", claim::seeds),
    ("cose", cose::seeds),
    ("dcql", dcql::seeds),
    ("device_response", device_response::seeds),
    ("issuance", issuance::seeds),
    ("issued_mdoc", issued_mdoc::seeds),
    ("issued_sd_jwt", issued_sd_jwt::seeds),
    ("json", json::seeds),
    ("jwe", jwe::seeds),
    ("jwk", jwk::seeds),
    ("jws", jws::seeds),
    ("key_binding", key_binding::seeds),
    ("link", link::seeds),
    ("mdoc", mdoc::seeds),
    ("migration", migration::seeds),
    ("pbes2", pbes2::seeds),
    ("pem", pem::seeds),
    ("registration", registration::seeds),
    ("request", request::seeds),
    ("sd_jwt", sd_jwt::seeds),
    ("status_list", status_list::seeds),
    ("stored", stored::seeds),
    ("trust_anchor", trust_anchor::seeds),
    ("vault_file", vault_file::seeds),
];
