//! What a process said before it was killed, and what the vault must hold because of it.

use std::collections::BTreeSet;

/// What was promised to the citizen or seen by a verifier, over all lives of one vault.
#[derive(Default)]
pub struct Promises {
    /// The credentials that were kept.
    pub received: BTreeSet<String>,
    /// The copies that the verifier saw.
    pub shown: BTreeSet<String>,
    /// Answers whose sending was reported to the citizen.
    pub sent: usize,
    pub declined: usize,
    pub refused: usize,
    /// What was begun and never reported: it happened wholly or not at all.
    pub receiving: usize,
    pub sending: usize,
    pub declining: usize,
    pub refusing: usize,
}

impl Promises {
    /// Notes what a process said in its life.
    pub fn note(&mut self, said: &str) {
        let mut begun = None;
        // A line that was cut off was not said.
        let whole = said.rfind('\n').map_or("", |end| &said[..end]);
        for line in whole.lines().filter_map(|line| line.strip_prefix('@')) {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["begin", what] => begun = Some(what.to_owned()),
                ["shown", copy] => assert!(self.shown.insert(copy.to_owned()), "shown twice: {copy}"),
                ["done", "received", id] => {
                    assert!(self.received.insert(id.to_owned()), "an id twice");
                    begun = None;
                }
                ["done", what] => {
                    *match what {
                        "sent" => &mut self.sent,
                        "declined" => &mut self.declined,
                        "refused" => &mut self.refused,
                        other => panic!("{other}"),
                    } += 1;
                    begun = None;
                }
                ["ready" | "armed"] => {}
                _ => panic!("{line}"),
            }
        }
        match begun.as_deref() {
            None => {}
            Some("received") => self.receiving += 1,
            Some("sent") => self.sending += 1,
            Some("declined") => self.declining += 1,
            Some("refused") => self.refusing += 1,
            Some(other) => panic!("{other}"),
        }
    }
}
