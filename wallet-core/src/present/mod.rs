//! What every channel shares: request -> candidates -> consent -> response -> log entry.

pub mod dcql;
