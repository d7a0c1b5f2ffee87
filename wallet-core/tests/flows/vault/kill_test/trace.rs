//! What a process did to its files, as `strace` tells it.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

/// One thing that a process did.
#[derive(Debug)]
pub enum Act {
    Write {
        file: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: String,
        length: usize,
    },
    Remove {
        file: String,
    },
    Sync {
        file: String,
    },
    /// A line for whoever started it.
    Say(String),
}

/// A command that runs the program it is given and tells what that does.
pub fn command(into: &Path) -> Command {
    let mut command = Command::new("strace");
    let calls = "trace=write,pwrite64,ftruncate,unlink,fsync,fdatasync";
    command.args(["-f", "-qq", "-xx", "-y", "-s", "200000", "-e", "signal=none", "-e", calls, "-o"]);
    command.arg(into).arg(std::env::current_exe().unwrap());
    command
}

/// Reads what such a command told. A call that another thread's interrupts stands in two lines: the first has the
/// arguments, the second is its end.
pub fn read(text: &str) -> Vec<Act> {
    let mut begun: HashMap<&str, String> = HashMap::new();
    let mut acts = Vec::new();
    for line in text.lines() {
        let Some((process, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(call) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(process, call.to_owned());
        } else if rest.starts_with("<...") {
            acts.extend(begun.remove(process).and_then(|call| act(&call)));
        } else {
            acts.extend(act(rest));
        }
    }
    acts
}

fn act(call: &str) -> Option<Act> {
    let (name, arguments) = call.split_once('(')?;
    let arguments = arguments.rsplit_once(") = ").map_or(arguments, |(arguments, _)| arguments);
    let mut arguments = arguments.split(", ");
    let first = arguments.next()?.trim_end_matches(')');
    // A descriptor, with the path it stands for; or a path.
    let (number, path) = first.split_once('<').map_or(("", first), |(number, path)| (number, path));
    let file = String::from_utf8(unhex(path)).ok()?;
    let number_of = |text: Option<&str>| text?.trim_end_matches(')').parse::<usize>().ok();
    match name {
        "write" if number == "1" => Some(Act::Say(String::from_utf8(unhex(arguments.next()?)).ok()?)),
        "pwrite64" => {
            let bytes = unhex(arguments.next()?);
            Some(Act::Write { file, at: number_of(arguments.nth(1))?, bytes })
        }
        "ftruncate" => Some(Act::Truncate { file, length: number_of(arguments.next())? }),
        "unlink" => Some(Act::Remove { file }),
        "fsync" | "fdatasync" => Some(Act::Sync { file }),
        _ => None,
    }
}

/// The bytes of `\x61\x62`, whatever stands around them.
fn unhex(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).filter_map(|two| u8::from_str_radix(two.get(..2)?, 16).ok()).collect()
}
