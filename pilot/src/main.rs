//! The rest of the world for pilots and tests.
fn main() {}
