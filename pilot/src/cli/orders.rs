//! What is typed while an issuer runs: whether what it issued still counts.

use std::io::{self, BufRead};
use std::str::FromStr;

use tokio::sync::mpsc;

use crate::issuer::{OfferId, Status};

/// Lines that may wait to be obeyed.
const WAITING: usize = 16;

/// The lines of standard input.
pub(super) struct Lines(mpsc::Receiver<String>);

impl Lines {
    /// Begins to read.
    ///
    /// # Errors
    /// Those of the operating system.
    pub(super) fn of_standard_input() -> io::Result<Self> {
        let (sender, lines) = mpsc::channel(WAITING);
        // A thread of its own, since one of tokio's would keep the program from ending until another line is typed.
        std::thread::Builder::new().spawn(move || {
            for line in io::stdin().lock().split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).trim().to_owned();
                if !line.is_empty() && sender.blocking_send(line).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self(lines))
    }

    /// Waits for the next that is not empty; for ever when the input has ended, which it does at once where nobody types.
    pub(super) async fn next(&mut self) -> String {
        match self.0.recv().await {
            Some(line) => line,
            None => std::future::pending().await,
        }
    }
}

/// What to say of which offer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) status: Status,
    /// `None` for the one under which something was issued last.
    pub(super) offer: Option<OfferId>,
}

impl FromStr for Order {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let mut words = line.split_whitespace();
        let status = match words.next() {
            Some("revoke") => Some(Status::Revoked),
            Some("suspend") => Some(Status::Suspended),
            Some("reinstate") => Some(Status::Valid),
            _ => None,
        };
        match (status, words.next(), words.next()) {
            (Some(status), offer, None) => Ok(Self { status, offer: offer.map(OfferId::from) }),
            _ => Err(format!(
                "{line:?} is not understood: type revoke, suspend or reinstate, and behind it the id of an offer, or nothing for the one that was taken last"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_one_word_and_perhaps_an_offer() {
        let order = |line: &str| line.parse::<Order>().ok().map(|order| (order.status, order.offer));
        assert_eq!(order("revoke"), Some((Status::Revoked, None)));
        assert_eq!(order(" suspend  a-1 "), Some((Status::Suspended, Some(OfferId::from("a-1")))));
        assert_eq!(order("reinstate"), Some((Status::Valid, None)));
        for line in ["", "Revoke", "unrevoke", "revoke a b"] {
            assert_eq!(order(line), None, "{line}");
        }
    }
}
