//! A browser without a window, driven by the W3C `WebDriver` protocol: JSON over HTTP to `chromedriver`.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long is waited for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    /// The folder of its own files, which goes with it.
    profile: tempfile::TempDir,
}

impl Browser {
    pub(crate) fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("`chromedriver` must be installed (Debian: chromium, chromium-driver)");
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Self { driver, port, session: String::new(), profile };
        wait("chromedriver answers", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        let user_data = format!("--user-data-dir={}", browser.profile.path().display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &user_data,
        ];
        let options = json!({"goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}});
        let session = browser.ask("POST", "/session", &json!({"capabilities": {"alwaysMatch": options}}));
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        browser
    }

    pub(crate) fn open(&self, address: &str) {
        self.post("url", &json!({ "url": address }));
    }

    /// What a script gives.
    pub(crate) fn script(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// Hits keys one after the other, as a person does.
    pub(crate) fn press(&self, keys: &[&str]) {
        let actions = keys.iter().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key})));
        let actions: Vec<Value> = actions.collect();
        self.post("actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// Hits a key while Shift is held.
    pub(crate) fn press_with_shift(&self, key: &str) {
        let action = |kind: &str, value: &str| json!({"type": kind, "value": value});
        let shift = "\u{e008}";
        let actions = [action("keyDown", shift), action("keyDown", key), action("keyUp", key), action("keyUp", shift)];
        self.post("actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// Waits until a condition in JavaScript holds.
    pub(crate) fn wait_for(&self, condition: &str) {
        let holds = || self.script(&format!("return Boolean({condition})")) == json!(true);
        wait_or(PATIENCE, holds, || {
            self.picture("failed");
            format!("{condition} does not come about; the page says: {}", self.script("return document.body.innerText"))
        });
    }

    /// A picture of the page in a window of this size, light or dark, for people to look at.
    pub(crate) fn picture_of(&self, name: &str, (width, height): (u32, u32), scheme: &str) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.command("Emulation.setDeviceMetricsOverride", &size);
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.command("Emulation.setEmulatedMedia", &media);
        self.picture(name);
    }

    /// What the browser complained of since it was asked last.
    pub(crate) fn complaints(&self) -> Value {
        self.post("se/log", &json!({"type": "browser"}))
    }

    fn picture(&self, name: &str) {
        let encoded = self.ask("GET", &format!("{}/screenshot", self.session), &Value::Null);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser");
        fs::create_dir_all(&folder).unwrap();
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).open(folder.join(format!("{name}.png")));
        let bytes =
            base64::Engine::decode(&base64::engine::general_purpose::STANDARD, encoded.as_str().unwrap()).unwrap();
        file.as_mut().unwrap().write_all(&bytes).unwrap();
    }

    fn command(&self, name: &str, parameters: &Value) -> Value {
        self.post("goog/cdp/execute", &json!({"cmd": name, "params": parameters}))
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", &format!("{}/{path}", self.session), body)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let mut answer: Value = serde_json::from_slice(&answer).unwrap();
        assert!(answer["value"]["error"].is_null(), "{method} {path}: {}", answer["value"]);
        answer["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.ask("DELETE", &self.session, &Value::Null);
        }
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// Waits until something holds.
pub(crate) fn wait(what: &str, holds: impl Fn() -> bool) {
    wait_or(PATIENCE, holds, || format!("{what}: it does not come about"));
}

fn wait_or(patience: Duration, holds: impl Fn() -> bool, message: impl Fn() -> String) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < patience, "{}", message());
        std::thread::sleep(Duration::from_millis(30));
    }
}
