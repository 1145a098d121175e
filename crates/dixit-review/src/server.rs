//! The server of the page: HTTP on the loopback address around a session.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::Notify;

use crate::guard::{Guard, Route};
use crate::page::Page;
use crate::session::SessionError;
use crate::{ArticleState, Session};

/// The most bytes of a request's body.
const LONGEST: usize = 1 << 20;
/// What the page may do: load its own scripts and styles and talk to its own server, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Why the page cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The port cannot be taken.
    #[error("could not listen on port {port} of this machine")]
    Bind {
        /// The port; 0 for any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no random bytes for the token.
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
    /// The system refuses connections.
    #[error("could not serve the page")]
    Serve(#[source] io::Error),
}

/// A page that is ready to be opened.
pub struct Server {
    listener: TcpListener,
    address: String,
    shared: Arc<Shared>,
}

struct Shared {
    guard: Guard,
    page: Page,
    session: Mutex<Session>,
    stop: Notify,
}

/// Ends a server from elsewhere.
#[derive(Clone)]
pub struct Stopper(Arc<Shared>);

impl Stopper {
    /// Lets [`Server::run`] return.
    pub fn stop(&self) {
        self.0.stop.notify_one();
    }
}

impl Server {
    /// Takes a port of the loopback address; 0 for any that is free. The address has a token that only who is told it knows.
    ///
    /// # Errors
    /// [`ServerError`].
    pub fn bind(port: u16, session: Session, page: Page) -> Result<Self, ServerError> {
        let refused = |source| ServerError::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(ServerError::Random)?;
        let token = format!("{:032x}", u128::from_le_bytes(bytes));
        let address = format!("http://127.0.0.1:{port}/{token}/");
        let guard = Guard::new(token, port);
        Ok(Self {
            listener,
            address,
            shared: Arc::new(Shared { guard, page, session: Mutex::new(session), stop: Notify::new() }),
        })
    }

    /// The address to open, with the token.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What ends it.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.shared))
    }

    /// Serves the page until it is stopped, or ended by the reviewer.
    ///
    /// # Errors
    /// [`ServerError::Serve`].
    pub fn run(self) -> Result<(), ServerError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(ServerError::Serve)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(ServerError::Serve)?;
            loop {
                tokio::select! {
                    () = self.shared.stop.notified() => return Ok(()),
                    accepted = listener.accept() => {
                        // A connection that fails before it is there is its client's affair.
                        let Ok((stream, _)) = accepted else { continue };
                        let shared = Arc::clone(&self.shared);
                        let service = service_fn(move |request| answer(Arc::clone(&shared), request));
                        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
                    }
                }
            }
        })
    }
}

type Answer = Response<Full<Bytes>>;

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Answer, Infallible> {
    let target = (request.uri().path(), request.uri().query());
    let answer = match shared.guard.admit(request.method(), target, request.headers()) {
        Ok(Route::Act) => match Limited::new(request.into_body(), LONGEST).collect().await {
            Ok(body) => shared.act(&body.to_bytes()),
            Err(_) => text(StatusCode::PAYLOAD_TOO_LARGE, "the request is too long"),
        },
        Ok(route) => shared.answer(route),
        Err(status) => text(status, status.canonical_reason().unwrap_or("refused")),
    };
    Ok(answer)
}

impl Shared {
    fn answer(&self, route: Route) -> Answer {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        match route {
            Route::Page => typed(StatusCode::OK, "text/html; charset=utf-8", self.page.html(&session)),
            Route::Asset(asset) => typed(StatusCode::OK, asset.kind, asset.text),
            Route::Article(place) => article(session.article(place)),
            Route::Undo(place) => article(session.undo(place)),
            Route::Redo(place) => article(session.redo(place)),
            Route::Finish => {
                self.stop.notify_one();
                typed(StatusCode::OK, "application/json", "{}")
            }
            Route::Act => text(StatusCode::BAD_REQUEST, "a request is wanted"),
        }
    }

    fn act(&self, body: &[u8]) -> Answer {
        match serde_json::from_slice(body) {
            Ok(request) => {
                let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
                article(session.act(&request))
            }
            Err(error) => text(StatusCode::BAD_REQUEST, &format!("not a request: {error}")),
        }
    }
}

/// An article as JSON, or why there is none. What the reviewer can mend has another status than what the system refuses.
fn article(state: Result<ArticleState, SessionError>) -> Answer {
    let json = |state: &ArticleState| serde_json::to_vec(state);
    match state {
        Ok(state) => match json(&state) {
            Ok(body) => typed(StatusCode::OK, "application/json", body),
            Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        },
        Err(error) => {
            let status = match error {
                SessionError::Edit(_) | SessionError::Overlap { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                SessionError::NoPlace { .. } => StatusCode::NOT_FOUND,
                SessionError::OtherArticle { .. } | SessionError::NoItem => StatusCode::CONFLICT,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            text(status, &format!("{error}{cause}"))
        }
    }
}

fn text(status: StatusCode, message: &str) -> Answer {
    typed(status, "text/plain; charset=utf-8", message.to_owned())
}

fn typed(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("content-security-policy"), POLICY),
        (HeaderName::from_static("x-content-type-options"), "nosniff"),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, hyper::header::HeaderValue::from_static(value));
    }
    answer
}
