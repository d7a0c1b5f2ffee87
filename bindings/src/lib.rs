//! The wallet core as a C library that Kotlin and Swift load. What it exports is defined in `wallet-core`.
wallet_core::uniffi_reexport_scaffolding!();
