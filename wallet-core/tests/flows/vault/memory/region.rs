//! The memory of another process, as Linux shows it to whoever started it.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

/// A piece of memory that the process can write to, with what is in it.
pub struct Region {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Everything that a process can read and write: heaps, stacks, variables, and what it mapped for itself. Not the
/// program's own text and constants, nor files that it only reads. Pages that it never touched read as zeros.
pub fn writable(process: u32) -> Vec<Region> {
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let writable = maps.lines().filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (range, how) = (fields[0], fields[1]);
        if !how.starts_with("rw") {
            return None;
        }
        let (from, to) = range.split_once('-').unwrap();
        let number = |hex: &str| u64::from_str_radix(hex, 16).unwrap();
        let (from, to) = (number(from), number(to));
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        memory.read_exact_at(&mut bytes, from).unwrap_or_else(|error| panic!("{line}: {error}"));
        let name = fields.get(5).copied().unwrap_or("mapped by itself");
        Some(Region { name: format!("{name} at {range}"), bytes })
    });
    writable.collect()
}
