//! Stopping what is under way, for callers whose language does not drop a future: Swift runs it to its end.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use crate::error::{Code, Result};

/// The stop of one flow.
#[derive(Clone, Default)]
pub(crate) struct Stop(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// How often it was stopped.
    count: u64,
    /// Whom to wake, by a number for each work that is under way.
    waiting: HashMap<u64, Waker>,
    next: u64,
}

/// A work that is under way. Nothing of it stays when it has ended or was dropped.
struct UnderWay<'s> {
    stop: &'s Stop,
    number: u64,
    /// How often it had been stopped when the work began.
    begun: u64,
}

impl<'s> UnderWay<'s> {
    fn begin(stop: &'s Stop) -> Self {
        let mut state = stop.state();
        state.next += 1;
        Self { stop, number: state.next, begun: state.count }
    }

    /// Whether it was stopped; if not, the caller is woken when it is.
    fn is_stopped(&self, waker: &Waker) -> bool {
        let mut state = self.stop.state();
        if state.count != self.begun {
            return true;
        }
        state.waiting.entry(self.number).or_insert_with(|| waker.clone()).clone_from(waker);
        false
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.stop.state().waiting.remove(&self.number);
    }
}

impl Stop {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops what is under way; what begins later is not stopped.
    pub(crate) fn stop(&self) {
        let waiting = {
            let mut state = self.state();
            state.count += 1;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_values().for_each(Waker::wake);
    }

    /// Does some work, or drops it where it stands when it is stopped.
    ///
    /// # Errors
    /// [`Code::Stopped`], and those of `work`.
    pub(crate) async fn unless<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let under_way = UnderWay::begin(self);
        let mut work = pin!(work);
        poll_fn(|context| {
            if under_way.is_stopped(context.waker()) {
                return Poll::Ready(Err(Code::Stopped.error()));
            }
            work.as_mut().poll(context)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::task::Context;

    use super::*;

    #[test]
    fn what_is_under_way_stops_and_what_begins_later_does_not() {
        let stop = Stop::default();
        let mut context = Context::from_waker(Waker::noop());
        let mut work = pin!(stop.unless(pending::<Result<()>>()));
        assert!(work.as_mut().poll(&mut context).is_pending());
        stop.stop();
        assert_eq!(work.as_mut().poll(&mut context), Poll::Ready(Err(Code::Stopped.error())));
        let mut later = pin!(stop.unless(async { Ok(7) }));
        assert_eq!(later.as_mut().poll(&mut context), Poll::Ready(Ok(7)));
    }

    /// A wallet opens links for as long as the app runs.
    #[test]
    fn nothing_is_kept_of_what_ended_or_was_dropped() {
        let stop = Stop::default();
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..3 {
            let mut ends = Box::pin(stop.unless(async { Ok(7) }));
            assert_eq!(ends.as_mut().poll(&mut context), Poll::Ready(Ok(7)));
            let mut waits = Box::pin(stop.unless(pending::<Result<()>>()));
            assert!(waits.as_mut().poll(&mut context).is_pending());
            assert_eq!(stop.state().waiting.len(), 1);
            drop(waits);
        }
        assert!(stop.state().waiting.is_empty());
    }
}
