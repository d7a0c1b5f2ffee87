//! The power goes: what a process had written and not yet forced to the disk is there, or is not, or is there in part,
//! in any order. `strace` tells what a process wrote and when it waited for the disk; cut off at random instants, with a
//! random part of what was on its way, that is what the next start finds.
//!
//! `WALLET_POWER_CUTS` says how many instants, 60 where it is not set. Without `strace` the test says that it did nothing.

use std::collections::HashMap;
use std::io::Read;
use std::process::{Command, Stdio};

use super::chain::{Chain, start_under, stock};
use super::trace::{Act, command, read};
use crate::world::{Random, VaultFile};

const USUAL: usize = 60;
/// How many of them are of one recorded life.
const CUTS_OF_ONE: usize = 50;
/// What a disk writes in one piece.
const SECTOR: usize = 512;

/// Whether what a process waited for is on the disk.
#[derive(Clone, Copy, PartialEq)]
enum Disk {
    Honest,
    Lying,
}

/// A file on a disk that has not written everything yet.
#[derive(Default, Clone)]
struct Slow<'a> {
    durable: Vec<u8>,
    on_its_way: Vec<&'a Act>,
}

impl<'a> Slow<'a> {
    fn sync(&mut self) {
        for act in std::mem::take(&mut self.on_its_way) {
            apply(&mut self.durable, act, None);
        }
    }

    /// What is there after the cut.
    fn cut(mut self, random: &mut Random) -> Vec<u8> {
        for act in self.on_its_way {
            match random.below(3) {
                0 => {}
                1 => apply(&mut self.durable, act, None),
                _ => apply(&mut self.durable, act, Some(random)),
            }
        }
        self.durable
    }
}

/// Does to a file what was done; with random numbers, only the sectors that they choose.
fn apply(file: &mut Vec<u8>, act: &Act, torn: Option<&mut Random>) {
    match act {
        Act::Write { at, bytes, .. } => {
            file.resize(file.len().max(at + bytes.len()), 0);
            let mut torn = torn;
            for (number, sector) in bytes.chunks(SECTOR).enumerate() {
                if torn.as_mut().is_none_or(|random| random.below(2) == 0) {
                    let from = at + number * SECTOR;
                    file[from..from + sector.len()].copy_from_slice(sector);
                }
            }
        }
        Act::Truncate { length, .. } => file.resize(*length, 0),
        Act::Remove { .. } => file.clear(),
        Act::Sync { .. } | Act::Say(_) => {}
    }
}

/// A life that was recorded, and how the vault lay there before.
struct Recording {
    acts: Vec<Act>,
    /// After how many acts it was ready to write.
    ready: usize,
    vault: String,
    before: VaultFile,
}

impl Recording {
    fn of(seed: u64) -> Self {
        let chain = Chain::begin(0);
        let (vault, before) = (chain.vault(), VaultFile::read(&chain.vault()));
        let told = vault.with_extension("trace");
        let mut child = start_under(command(&told), &vault, &stock().1, "some", seed);
        drop(child.stdin.take());
        child.stdout.take().unwrap().read_to_string(&mut String::new()).unwrap();
        assert!(child.wait().unwrap().success());
        let acts = read(&std::fs::read_to_string(&told).unwrap());
        let count = |is: fn(&Act) -> bool| acts.iter().filter(|act| is(act)).count();
        assert!(count(|act| matches!(act, Act::Write { .. })) > 100);
        assert!(count(|act| matches!(act, Act::Sync { .. })) > 20);
        let ready =
            acts.iter().position(|act| matches!(act, Act::Say(line) if line.contains("@ready"))).unwrap();
        Self { acts, ready, vault: vault.to_str().unwrap().to_owned(), before }
    }

    /// What the next start finds when the power goes after so many acts, what had been said by then, and whether anything
    /// was on its way to the disk.
    fn left(&self, acts: usize, disk: Disk, random: &mut Random) -> (VaultFile, String, bool) {
        let (vault, log) = (self.vault.as_str(), format!("{}-wal", self.vault));
        let mut files: HashMap<&str, Slow<'_>> = HashMap::new();
        files.insert(vault, Slow { durable: self.before.database.clone(), ..Slow::default() });
        files.insert(&log, Slow { durable: self.before.log.clone(), ..Slow::default() });
        let mut said = String::new();
        for act in &self.acts[..acts] {
            match act {
                Act::Say(line) => said.push_str(line),
                Act::Sync { .. } if disk == Disk::Lying => {}
                Act::Sync { file } => files.get_mut(file.as_str()).into_iter().for_each(Slow::sync),
                Act::Write { file, .. } | Act::Truncate { file, .. } | Act::Remove { file } => {
                    files.get_mut(file.as_str()).into_iter().for_each(|slow| slow.on_its_way.push(act));
                }
            }
        }
        let unsynced = files.values().any(|slow| !slow.on_its_way.is_empty());
        let mut left = |file: &str| files.remove(file).unwrap().cut(random);
        (VaultFile { database: left(vault), log: left(&log) }, said, unsynced)
    }

    /// Cuts the power at a random instant and looks at what is left. Returns whether anything was on its way.
    fn cut(&self, disk: Disk, random: &mut Random) -> bool {
        let until = self.ready + random.index(self.acts.len() - self.ready);
        let (file, said, unsynced) = self.left(until + 1, disk, random);
        Chain::begin(0).after_power_cut(&file, &said);
        unsynced
    }
}

/// Without `strace` there is no record of what reached the disk.
fn can_record() -> bool {
    let strace = Command::new("strace").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let present = strace.is_ok_and(|status| status.success());
    if !present {
        println!("NOT TESTED: strace is absent, and with it the record of what reached the disk");
    }
    present
}

#[test]
fn what_was_promised_is_kept_when_the_power_goes() {
    if !can_record() {
        return;
    }
    let wanted: usize =
        std::env::var("WALLET_POWER_CUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    let (mut random, mut unsynced) = (Random::new(9), 0);
    for (seed, first) in (0..).zip((0..wanted).step_by(CUTS_OF_ONE)) {
        let recording = Recording::of(seed);
        for _ in first..wanted.min(first + CUTS_OF_ONE) {
            unsynced += usize::from(recording.cut(Disk::Honest, &mut random));
        }
    }
    println!("of {wanted} cuts {unsynced} fell when something was on its way to the disk");
    assert!(unsynced * 4 >= wanted, "{unsynced} of {wanted}");
}

/// Were nothing forced to the disk, or did the disk lie, this test would see promises broken.
#[test]
fn a_disk_that_lies_is_found_out() {
    if !can_record() {
        return;
    }
    let recording = Recording::of(0);
    let mut random = Random::new(9);
    assert!(panics_in_silence(|| (0..20).for_each(|_| _ = recording.cut(Disk::Lying, &mut random))));
}

/// Whether it panics, as is hoped for; so nothing is said of it.
fn panics_in_silence(work: impl FnOnce() + Send) -> bool {
    const SILENT: &str = "panics in silence";
    let aloud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(SILENT) {
            aloud(panic);
        }
    }));
    std::thread::scope(|scope| {
        let silent = std::thread::Builder::new().name(SILENT.to_owned());
        silent.spawn_scoped(scope, work).unwrap().join().is_err()
    })
}
