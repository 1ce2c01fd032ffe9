//! The page's files, as the window would serve them, but for what a browser needs.

use std::path::{Component, Path, PathBuf};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Stands in for what the window puts into the page.
const SHIM: &str = include_str!("shim.js");
/// The window's policy (`tauri.conf.json`); fonts and commands come from the bridge.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// Where the window has the paper's typeface, by system.
const FACES: [&str; 2] = ["paper://localhost/", "http://paper.localhost/"];

/// A file of the page; what is not there is 404.
pub(crate) fn file(folder: &Path, name: &str) -> Response {
    let name = if name.is_empty() { "index.html" } else { name };
    if name == "shim.js" {
        return served("text/javascript", SHIM.as_bytes().to_vec());
    }
    if let Some(face) = name.strip_prefix("paper/") {
        return match operations::typeface(face) {
            Some(face) => served("font/ttf", face.to_vec()),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let Some(path) = inside(folder, name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(bytes) = std::fs::read(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let ending = path
        .extension()
        .and_then(|it| it.to_str())
        .unwrap_or_default();
    match ending {
        "html" => {
            let text = String::from_utf8_lossy(&bytes);
            let first = "<script type=\"module\"";
            let with = format!("<script src=\"shim.js\"></script>\n    {first}");
            served("text/html", text.replacen(first, &with, 1).into_bytes())
        }
        "css" => {
            let text = String::from_utf8_lossy(&bytes);
            let text = FACES
                .iter()
                .fold(text.into_owned(), |text, at| text.replace(at, "../paper/"));
            served("text/css", text.into_bytes())
        }
        "js" => served("text/javascript", bytes),
        "svg" => served("image/svg+xml", bytes),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A path that does not leave the folder.
fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let name = Path::new(name);
    let plain = name
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    plain.then(|| folder.join(name))
}

fn served(kind: &'static str, bytes: Vec<u8>) -> Response {
    let head = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (head, bytes).into_response()
}
