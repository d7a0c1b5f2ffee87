//! What the wallet keeps at hand of each credential.

pub use crate::present::dcql::{Kind, Outline, Summary, extended_types};
