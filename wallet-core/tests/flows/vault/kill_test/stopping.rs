//! Stops a process, and tells whether it is inside a write transaction of a vault at that instant.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};

/// Where SQLite's write lock lies in the file of shared memory: the first of the locks of a log (`walformat.html` 2.2.1).
const WRITE_LOCK: &str = "120";

pub struct Stopping {
    pid: Pid,
    id: u32,
}

impl Stopping {
    pub fn of(child: &Child) -> Self {
        Self { pid: Pid::from_child(child), id: child.id() }
    }

    /// Holds the process where it is; returns once all its threads stand.
    pub fn stop(&self) {
        kill_process(self.pid, Signal::STOP).unwrap();
        let stands = |task: fs::DirEntry| {
            let stat = fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T') || rest.starts_with('Z'))
        };
        while !fs::read_dir(format!("/proc/{}/task", self.id)).unwrap().flatten().all(stands) {
            std::thread::yield_now();
        }
    }

    pub fn go_on(&self) {
        kill_process(self.pid, Signal::CONT).unwrap();
    }

    /// Whether it holds the write lock of this vault, which it does from `BEGIN IMMEDIATE` to the end of the commit.
    pub fn writes(&self, vault: &Path) -> bool {
        let Ok(shared) = fs::metadata(vault.with_extension("db-shm")) else { return false };
        let inode = format!(":{}", shared.ino());
        let pid = self.id.to_string();
        fs::read_to_string("/proc/locks").unwrap().lines().any(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            matches!(fields[..], [_, "POSIX", _, "WRITE", holder, file, from, _]
                if holder == pid && file.ends_with(&inode) && from == WRITE_LOCK)
        })
    }
}
