//! HTTP in both directions, with one TLS library and one crypto provider (rustls with ring).
//!
//! - [`UreqClient`]: the port [`HttpClient`](wallet_core::platform::HttpClient) of the core
//! - [`Refusal`]: an OAuth error as an answer
//! - [`Bound`], [`Server`], [`Transport`], [`TlsIdentity`]: an HTTPS server that can be stopped

mod client;
mod listener;
mod refusal;
mod server;
mod tls;

pub use client::{ClientError, UreqClient};
pub use refusal::Refusal;
pub use server::{Bound, Server, Transport};
pub use tls::TlsIdentity;
