//! The paper's typeface for the page's preview: the letters on the screen are those of the PDF, whatever fonts the computer
//! has.

use std::borrow::Cow;

use tauri::http::{Request, Response, StatusCode, header};

/// The scheme under which the page asks: `paper://localhost/bold`, on Windows `http://paper.localhost/bold`.
pub(crate) const SCHEME: &str = "paper";

/// A face of the typeface, or that there is none of this name.
pub(crate) fn answer(request: &Request<Vec<u8>>) -> Response<Cow<'static, [u8]>> {
    let name = request.uri().path().trim_start_matches('/');
    let (status, body) = match operations::typeface(name) {
        Some(file) => (StatusCode::OK, file),
        None => (StatusCode::NOT_FOUND, &b""[..]),
    };
    let mut response = Response::new(Cow::Borrowed(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("font/ttf"),
    );
    // A font of another origin needs its leave; there is nothing secret in it.
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::HeaderValue::from_static("*"),
    );
    response
}
