//! What the tests share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod folder;
pub(crate) mod holder;
pub(crate) mod http;
pub(crate) mod presenter;

pub(crate) use folder::Folder;
