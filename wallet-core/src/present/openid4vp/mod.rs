//! OpenID4VP 1.0 over redirects: fetch -> authenticate -> check under a profile -> match; and the two ways to answer.
//!
//! | file | concept |
//! | --- | --- |
//! | `link` | what a link or code holds |
//! | `fetch` | the Request Object, fetched once |
//! | `authenticate` | who asks |
//! | `request` | every parameter, under one profile |
//! | `verifier_info` | what others say about the verifier |
//! | `client_metadata` | what the verifier can take |
//! | `exchange` | where and how to answer |
//! | `response` | the answer itself |
//! | `open` | the stages in their order |

mod authenticate;
mod client_metadata;
mod exchange;
mod fetch;
mod link;
mod open;
mod request;
mod response;
mod verifier_info;

pub(super) use exchange::Exchange;
pub(crate) use link::is_request;
pub(crate) use open::{decline, open};
pub use response::AuthorizationResponse;
pub(super) use response::Posted;
