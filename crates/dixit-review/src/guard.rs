//! Which requests the page's server answers: its own page's, and nobody else's.

use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, StatusCode};

/// What a request is for. The only things that a client can name are these and places in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Page,
    Asset(&'static Asset),
    Article(usize),
    Act,
    Undo(usize),
    Redo(usize),
    Finish,
}

/// A file that is part of the program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asset {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) text: &'static str,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The files that the page loads.
pub(crate) static ASSETS: [Asset; 3] = [
    Asset { name: "review.js", kind: SCRIPT, text: include_str!("../assets/review.js") },
    Asset { name: "show.js", kind: SCRIPT, text: include_str!("../assets/show.js") },
    Asset {
        name: "review.css",
        kind: "text/css; charset=utf-8",
        text: concat!(include_str!("../assets/marks.css"), include_str!("../assets/review.css")),
    },
];

/// Who may ask: whoever knows the token, through the address that the program printed.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    token: String,
    /// The hosts by which a browser on this machine names the server, with the port.
    hosts: [String; 2],
}

impl Guard {
    pub(crate) fn new(token: String, port: u16) -> Self {
        Self { token, hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")] }
    }

    /// The route of a request, or the status that refuses it.
    ///
    /// The host must be ours (else a foreign name was made to point here); what changes something must come from our own page,
    /// as JSON; the token must be right, and without it nothing is told apart.
    pub(crate) fn admit(
        &self,
        method: &Method,
        (path, query): (&str, Option<&str>),
        headers: &HeaderMap,
    ) -> Result<Route, StatusCode> {
        let header = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = header(HOST).ok_or(StatusCode::BAD_REQUEST)?;
        if !self.hosts.iter().any(|own| own == host) {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        let foreign_origin = header(ORIGIN).is_some_and(|origin| origin.strip_prefix("http://") != Some(host));
        let foreign_site = header(HeaderName::from_static("sec-fetch-site"))
            .is_some_and(|site| site != "same-origin" && site != "none");
        let changes = *method == Method::POST;
        if foreign_origin
            || (foreign_site && (changes || header(ORIGIN).is_some()))
            || (changes && header(ORIGIN).is_none())
        {
            return Err(StatusCode::FORBIDDEN);
        }
        let (token, name) =
            path.strip_prefix('/').and_then(|path| path.split_once('/')).ok_or(StatusCode::NOT_FOUND)?;
        if !same(token.as_bytes(), self.token.as_bytes()) {
            return Err(StatusCode::NOT_FOUND);
        }
        if changes && header(CONTENT_TYPE).is_none_or(|kind| !kind.starts_with("application/json")) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        route(method, name, query)
    }
}

fn route(method: &Method, name: &str, query: Option<&str>) -> Result<Route, StatusCode> {
    let place = || {
        let place = query.and_then(|query| query.strip_prefix("place="));
        place.and_then(|place| place.parse().ok()).ok_or(StatusCode::BAD_REQUEST)
    };
    match (method, name) {
        (&Method::GET, "") => Ok(Route::Page),
        (&Method::GET, "article") => Ok(Route::Article(place()?)),
        (&Method::POST, "act") => Ok(Route::Act),
        (&Method::POST, "undo") => Ok(Route::Undo(place()?)),
        (&Method::POST, "redo") => Ok(Route::Redo(place()?)),
        (&Method::POST, "finish") => Ok(Route::Finish),
        (&Method::GET, name) => {
            ASSETS.iter().find(|asset| asset.name == name).map(Route::Asset).ok_or(StatusCode::NOT_FOUND)
        }
        _ => Err(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// Whether two tokens are the same, in a time that does not tell where they differ.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |all, (left, right)| all | (left ^ right)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admit(method: &Method, path: &str, headers: &[(&'static str, &'static str)]) -> Result<Route, StatusCode> {
        let mut map = HeaderMap::new();
        for &(name, value) in headers {
            map.insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        Guard::new("secret".to_owned(), 4321).admit(method, (path, query), &map)
    }

    const HOST: (&str, &str) = ("host", "127.0.0.1:4321");
    const ORIGIN: (&str, &str) = ("origin", "http://127.0.0.1:4321");
    const JSON: (&str, &str) = ("content-type", "application/json");

    #[test]
    fn answers_its_own_page() {
        assert_eq!(admit(&Method::GET, "/secret/", &[HOST]), Ok(Route::Page));
        assert_eq!(admit(&Method::GET, "/secret/article?place=7", &[HOST]), Ok(Route::Article(7)));
        assert_eq!(admit(&Method::GET, "/secret/review.css", &[HOST]).map(|_| ()), Ok(()));
        assert_eq!(admit(&Method::POST, "/secret/act", &[HOST, ORIGIN, JSON]), Ok(Route::Act));
        assert_eq!(admit(&Method::GET, "/secret/", &[("host", "localhost:4321")]), Ok(Route::Page));
    }

    #[test]
    fn without_the_token_there_is_nothing() {
        for path in ["/", "/secret", "/secre/", "/secrets/", "//", "/wrong!/", "/wrong!/review.js", "/favicon.ico"] {
            assert_eq!(admit(&Method::GET, path, &[HOST]), Err(StatusCode::NOT_FOUND), "{path}");
        }
    }

    #[test]
    fn a_foreign_host_or_origin_is_refused() {
        let rebound = [("host", "evil.example:4321")];
        assert_eq!(admit(&Method::GET, "/secret/", &rebound), Err(StatusCode::MISDIRECTED_REQUEST));
        assert_eq!(admit(&Method::GET, "/secret/", &[]), Err(StatusCode::BAD_REQUEST));
        for origin in
            ["http://evil.example", "null", "https://127.0.0.1:4321", "http://127.0.0.1:80", "http://127.0.0.1:43210"]
        {
            let headers = [HOST, ("origin", origin), JSON];
            assert_eq!(admit(&Method::POST, "/secret/act", &headers), Err(StatusCode::FORBIDDEN), "{origin}");
        }
        assert_eq!(admit(&Method::POST, "/secret/act", &[HOST, JSON]), Err(StatusCode::FORBIDDEN));
        let cross = [HOST, ORIGIN, JSON, ("sec-fetch-site", "cross-site")];
        assert_eq!(admit(&Method::POST, "/secret/act", &cross), Err(StatusCode::FORBIDDEN));
    }

    #[test]
    fn no_path_of_a_client_reaches_the_file_system() {
        for path in ["/secret/../Cargo.toml", "/secret//etc/passwd", "/secret/%2e%2e/x", "/secret/article/../../x"] {
            assert_eq!(admit(&Method::GET, path, &[HOST]), Err(StatusCode::NOT_FOUND), "{path}");
        }
        assert_eq!(admit(&Method::GET, "/secret/article?place=-1", &[HOST]), Err(StatusCode::BAD_REQUEST));
        assert_eq!(admit(&Method::PUT, "/secret/act", &[HOST]), Err(StatusCode::METHOD_NOT_ALLOWED));
        let form = [HOST, ORIGIN, ("content-type", "text/plain")];
        assert_eq!(admit(&Method::POST, "/secret/act", &form), Err(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
}
