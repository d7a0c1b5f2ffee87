//! The issuer's side: builds credentials and the certificates that sign them. For pilot and tests (feature `issuer`);
//! a phone's build has none of it.

pub mod certificate;
pub mod mdoc;
pub mod sd_jwt;
pub mod status_list;
