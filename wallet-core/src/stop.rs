//! Stopping what is under way, for callers whose language does not drop a future: Swift runs it to its end.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use crate::error::{Code, Result};

/// The stop of one flow.
#[derive(Clone, Default)]
pub(crate) struct Stop(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// How often it was stopped.
    count: u64,
    waiting: Vec<Waker>,
}

impl Stop {
    /// Stops what is under way; what begins later is not stopped.
    pub(crate) fn stop(&self) {
        let waiting = {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.count += 1;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Does some work, or drops it where it stands when it is stopped.
    ///
    /// # Errors
    /// [`Code::Stopped`], and those of `work`.
    pub(crate) async fn unless<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).count;
        let mut work = pin!(work);
        poll_fn(|context| {
            {
                let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                if state.count != begun {
                    return Poll::Ready(Err(Code::Stopped.error()));
                }
                if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                    state.waiting.push(context.waker().clone());
                }
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
}
