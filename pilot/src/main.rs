//! The rest of the world for pilots and tests, as one program. Everything is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    pilot::cli::main()
}
