//! The power goes: what a process had written and not yet forced to the disk is there, or is not, or is there in part,
//! in any order. `strace` tells what a process wrote and when it waited for the disk; cut off at random instants, with a
//! random part of what was on its way, that is what the next start finds.
//!
//! `WALLET_POWER_CUTS` says how many instants, 60 where it is not set. Without `strace` the test says that it did nothing.

use std::collections::HashMap;
use std::io::Read;
use std::process::{Command, Stdio};

use super::chain::{Chain, start_under};
use super::trace::{Act, command, read};
use crate::world::{Random, VaultFile};

const USUAL: usize = 60;
/// What a disk writes in one piece.
const SECTOR: usize = 512;

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

/// What the next start finds when the power goes after these acts, what had been said by then, and whether anything was
/// on its way to the disk.
fn cut(acts: &[Act], vault: &str, before: &VaultFile, random: &mut Random) -> (VaultFile, String, bool) {
    let log = format!("{vault}-wal");
    let mut files: HashMap<&str, Slow<'_>> = HashMap::new();
    files.insert(vault, Slow { durable: before.database.clone(), ..Slow::default() });
    files.insert(&log, Slow { durable: before.log.clone(), ..Slow::default() });
    let mut said = String::new();
    for act in acts {
        match act {
            Act::Say(line) => said.push_str(line),
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

#[test]
fn what_was_promised_is_kept_when_the_power_goes() {
    let strace = Command::new("strace").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !strace.is_ok_and(|status| status.success()) {
        println!("NOT TESTED: strace is absent, and with it the record of what reached the disk");
        return;
    }
    let wanted: usize =
        std::env::var("WALLET_POWER_CUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    let recordings = wanted.div_ceil(100).max(2);
    let (mut random, mut lost) = (Random::new(9), 0);
    for recording in 0..recordings {
        let chain = Chain::begin(0);
        let (vault, before) = (chain.vault(), VaultFile::read(&chain.vault()));
        let told = vault.with_extension("trace");
        let mut child = start_under(command(&told), &vault, "some", recording as u64);
        drop(child.stdin.take());
        child.stdout.take().unwrap().read_to_string(&mut String::new()).unwrap();
        assert!(child.wait().unwrap().success());
        let acts = read(&std::fs::read_to_string(&told).unwrap());
        let written = acts.iter().filter(|act| matches!(act, Act::Write { .. })).count();
        let synced = acts.iter().filter(|act| matches!(act, Act::Sync { .. })).count();
        assert!(written > 200 && synced > 50, "{written} {synced}");
        let ready =
            acts.iter().position(|act| matches!(act, Act::Say(line) if line.contains("@ready"))).unwrap();
        for _ in 0..wanted.div_ceil(recordings) {
            let until = ready + random.index(acts.len() - ready);
            let path = vault.to_str().unwrap();
            let (file, said, unsynced) = cut(&acts[..=until], path, &before, &mut random);
            lost += usize::from(unsynced);
            Chain::begin(0).after_power_cut(&file, &said);
        }
    }
    println!("of {wanted} cuts {lost} fell when something was on its way to the disk");
    assert!(lost * 4 >= wanted, "{lost} of {wanted}");
}
