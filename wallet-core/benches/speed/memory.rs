//! How much memory a job takes at most: the peak of what the process has resident, above what it had before. Memory that
//! the process had freed and not given back counts as had before, so the real peak may be a little higher.

use std::fs;

/// Runs a job; its peak in KiB, where the kernel tells (Linux).
pub fn peak_kib<T>(work: impl FnOnce() -> T) -> Option<u64> {
    // "5" sets the peak back to what is resident now (proc_pid_clear_refs(5)).
    fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status("VmRSS:")?;
    drop(work());
    Some(status("VmHWM:")?.saturating_sub(before))
}

fn status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
