//! Turns a panic inside a closure into a value, without the noise on standard error.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread runs inside [`caught`], and where the panic happened that it caught.
    static CATCHING: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic inside becomes its message and place.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let default = take_hook();
        set_hook(Box::new(move |info| {
            let quiet = CATCHING.with_borrow_mut(|place| match place {
                Some(place) => {
                    *place = info.location().map(ToString::to_string).unwrap_or_default();
                    true
                }
                None => false,
            });
            if !quiet {
                default(info);
            }
        }));
    });
    CATCHING.set(Some(String::new()));
    let result = catch_unwind(AssertUnwindSafe(work));
    let place = CATCHING.take().unwrap_or_default();
    result.map_err(|payload| format!("panicked at {place}: {}", message(&*payload)))
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message_and_place() {
        let error = caught(|| panic!("no {}", "words")).expect_err("it panics");
        assert!(error.starts_with("panicked at crates/dixit-runner/src/panics.rs:"), "{error}");
        assert!(error.ends_with(": no words"), "{error}");
        assert_eq!(caught(|| 7), Ok(7));
    }
}
