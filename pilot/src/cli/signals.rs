//! Being told to end.

use std::io;

/// Hears of Ctrl-C, and of the system asking the process to end, from the moment when it is made.
pub(super) struct Signals {
    #[cfg(unix)]
    interrupted: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminated: tokio::signal::unix::Signal,
}

impl Signals {
    /// Begins to listen.
    ///
    /// # Errors
    /// Those of the operating system.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
        })
    }

    /// Waits until one comes.
    #[cfg(unix)]
    pub(super) async fn told_to_end(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }

    /// Begins to listen.
    ///
    /// # Errors
    /// None here.
    #[cfg(not(unix))]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits until one comes.
    #[cfg(not(unix))]
    pub(super) async fn told_to_end(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            // No signals here: then only an end by force is left.
            std::future::pending::<()>().await;
        }
    }
}
