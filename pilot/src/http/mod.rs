//! HTTP in both directions, with one TLS library and one crypto provider (rustls with ring).
//!
//! - [`UreqClient`]: the port [`HttpClient`](wallet_core::platform::HttpClient) of the core
//! - [`Bound`], [`Server`], [`Transport`], [`TlsIdentity`]: an HTTPS server that can be stopped

mod client;
mod listener;
mod server;
mod tls;

pub use client::{ClientError, UreqClient};
pub use server::{Bound, Server, Transport};
pub use tls::TlsIdentity;
