//! Demo verifiers by OpenID4VP 1.0: one by the EU's profile (HAIP 1.0), one by Canada's (CA-1).
//!
//! - [`Verifier`]: a verifier that runs; makes requests and gives verdicts, to a program and on its web page
//! - [`VerifierOptions`]: which side, where, with which certificates
//! - [`RequestOptions`], [`Request`]: what to ask one wallet, and the link that asks it
//! - [`Registration`]: what it says it is registered to ask for
//! - [`BuiltIn`]: queries that come with pilot
//! - [`Verdict`], [`PresentedCredential`], [`VerdictError`]: what came of it
//! - [`VerifierEvent`]: what happened to it
//!
//! Inside: `request_object` is the request, `check` the judgement of the answer, `endpoints` the protocol and the JSON
//! API, `page` what people see, `session` what is remembered of each request.

mod check;
mod endpoints;
mod event;
mod options;
mod page;
mod queries;
mod registration;
mod request;
mod request_object;
mod running;
mod session;
mod verdict;

pub use event::VerifierEvent;
pub use options::VerifierOptions;
pub use queries::BuiltIn;
pub use registration::Registration;
pub use request::{Request, RequestId, RequestOptions};
pub use running::Verifier;
pub use verdict::{PresentedCredential, Verdict, VerdictError};
