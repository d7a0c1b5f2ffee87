use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use wallet_core::platform::{PortError, RollbackAnchor};

/// A place outside the vault's file that remembers how far each vault has come.
#[derive(Default)]
pub struct FakeAnchor {
    generations: Mutex<HashMap<Vec<u8>, u64>>,
    /// It can be asked, and not be set: as if the process ended between commit and set.
    unreachable: AtomicBool,
}

impl FakeAnchor {
    /// Of one vault, whichever it is asked for.
    pub fn generation(&self) -> u64 {
        *self.generations.lock().unwrap().values().next().unwrap()
    }

    /// One that remembers the same.
    pub fn copy(&self) -> Self {
        Self { generations: Mutex::new(self.generations.lock().unwrap().clone()), ..Self::default() }
    }

    /// Another process has lifted it.
    pub fn become_like(&self, other: &Self) {
        *self.generations.lock().unwrap() = other.generations.lock().unwrap().clone();
    }

    pub fn cut_off(&self, unreachable: bool) {
        self.unreachable.store(unreachable, Ordering::SeqCst);
    }
}

#[async_trait]
impl RollbackAnchor for FakeAnchor {
    async fn get(&self, vault_id: Vec<u8>) -> Result<Option<u64>, PortError> {
        Ok(self.generations.lock().unwrap().get(&vault_id).copied())
    }

    async fn compare_and_set(
        &self,
        vault_id: Vec<u8>,
        expected: Option<u64>,
        new: u64,
    ) -> Result<bool, PortError> {
        if self.unreachable.load(Ordering::SeqCst) {
            return Err(PortError::Interrupted);
        }
        let mut generations = self.generations.lock().unwrap();
        let unchanged = generations.get(&vault_id).copied() == expected;
        if unchanged {
            generations.insert(vault_id, new);
        }
        Ok(unchanged)
    }
}
