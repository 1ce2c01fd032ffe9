//! The paths of the API, and the faults in front of them.

use crate::{
    SandboxError, WorldHandle, access,
    drip::Drip,
    envelope::{self, Outcome, Refusal, response},
    faults::{Fault, How},
    ledger::Request,
    line::Line,
    shifts::{self, Asked},
    world::World,
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Path, RawQuery, Request as HttpRequest, State},
    http::{HeaderMap, HeaderValue, Response, header},
    middleware::{self, Next},
    routing::{get, post},
};

/// Longer bodies are refused.
const BODY_LIMIT: usize = 64 * 1024;

type Reply = Response<Body>;

/// All of the API on one world.
pub(crate) fn router(world: WorldHandle) -> Router {
    Router::new()
        .route("/auth", post(auth))
        .route("/kkms", get(kkms))
        .route("/kkms/{kkm}", get(kkm))
        .route("/kkms/{kkm}/sections", get(kkm_sections))
        .route("/uid/{kkm}", get(uid))
        .route("/shifts", post(open))
        .route("/shifts/{shift}", get(info))
        .route("/shifts/{shift}/x", get(x).post(x))
        .route("/shifts/{shift}/sections/reports", get(sections))
        .route("/shifts/{shift}/z", post(z))
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(middleware::from_fn_with_state(world.clone(), spoil))
        .with_state(world)
}

/// Performs something on the world, by one of the handle's two ways to it: where a file is to be waited for, away from the
/// threads that serve the network. It goes on even when the client leaves: that is how an outcome becomes unknown to it.
async fn perform(
    world: WorldHandle,
    act: impl FnOnce(&WorldHandle) -> Result<Outcome, SandboxError> + Send + 'static,
) -> Reply {
    let now = world.now();
    let outcome = if world.is_on_disk() {
        tokio::task::spawn_blocking(move || act(&world)).await
    } else {
        Ok(act(&world))
    };
    let outcome = match outcome {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => {
            tracing::error!(%error, "the world cannot be kept");
            Err(Refusal::of(500))
        }
        Err(error) => {
            tracing::error!(%error, "a request died");
            Err(Refusal::of(500))
        }
    };
    response(outcome, now)
}

/// Changes the world for a signed-in user.
async fn ask(
    world: WorldHandle,
    headers: &HeaderMap,
    act: impl FnOnce(&mut World, Asked) -> Outcome + Send + 'static,
) -> Reply {
    let bearer = bearer(headers);
    let (sales_on_open, one_shift_per_user) = world.rules();
    let act = move |world: &mut World, now| {
        let user = access::user(world, bearer.as_deref(), now)?;
        let asked = Asked {
            user,
            now,
            sales_on_open,
            one_shift_per_user,
        };
        act(world, asked)
    };
    perform(world, move |world| world.with(act)).await
}

/// Looks at the world for a signed-in user.
async fn look(
    world: WorldHandle,
    headers: &HeaderMap,
    act: impl FnOnce(&World) -> Outcome + Send + 'static,
) -> Reply {
    let bearer = bearer(headers);
    let act = move |world: &World, now| {
        access::user(world, bearer.as_deref(), now)?;
        act(world)
    };
    perform(world, move |world| world.look(act)).await
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = text(headers, header::AUTHORIZATION.as_str())?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

/// An id in a path; what is no number is no register and no shift.
fn id(text: &str) -> Result<i64, Refusal> {
    text.parse().map_err(|_| Refusal::no_access())
}

async fn auth(State(world): State<WorldHandle>, body: Bytes) -> Reply {
    let act = move |world: &mut World, now| access::sign_in(world, &body, now);
    perform(world, move |world| world.with(act)).await
}

async fn kkms(
    State(world): State<WorldHandle>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Reply {
    look(world, &headers, move |world| {
        let query = query.unwrap_or_default().replace("%2C", ",");
        let companies = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("companies="));
        shifts::kkms(world, companies)
    })
    .await
}

async fn kkm(
    State(world): State<WorldHandle>,
    Path(kkm): Path<String>,
    headers: HeaderMap,
) -> Reply {
    look(world, &headers, move |world| shifts::kkm(world, id(&kkm)?)).await
}

async fn kkm_sections(
    State(world): State<WorldHandle>,
    Path(kkm): Path<String>,
    headers: HeaderMap,
) -> Reply {
    look(world, &headers, move |world| {
        shifts::register_sections(world, id(&kkm)?)
    })
    .await
}

async fn uid(
    State(world): State<WorldHandle>,
    Path(kkm): Path<String>,
    headers: HeaderMap,
) -> Reply {
    look(world, &headers, move |world| shifts::uid(world, id(&kkm)?)).await
}

async fn open(State(world): State<WorldHandle>, headers: HeaderMap, body: Bytes) -> Reply {
    ask(world, &headers, move |world, asked| {
        shifts::open(world, asked, &body)
    })
    .await
}

async fn info(
    State(world): State<WorldHandle>,
    Path(shift): Path<String>,
    headers: HeaderMap,
) -> Reply {
    look(world, &headers, move |world| {
        shifts::info(world, id(&shift)?)
    })
    .await
}

async fn x(
    State(world): State<WorldHandle>,
    Path(shift): Path<String>,
    headers: HeaderMap,
) -> Reply {
    ask(world, &headers, move |world, asked| {
        shifts::x(world, asked, id(&shift)?)
    })
    .await
}

async fn sections(
    State(world): State<WorldHandle>,
    Path(shift): Path<String>,
    headers: HeaderMap,
) -> Reply {
    ask(world, &headers, move |world, asked| {
        shifts::sections(world, asked, id(&shift)?)
    })
    .await
}

async fn z(
    State(world): State<WorldHandle>,
    Path(shift): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let key = text(&headers, "uid").filter(|key| !key.is_empty());
    ask(world, &headers, move |world, asked| {
        shifts::z(world, asked, id(&shift)?, key.as_deref(), &body)
    })
    .await
}

async fn not_found(State(world): State<WorldHandle>) -> Reply {
    response(Err(Refusal::of(404)), world.now())
}

async fn not_allowed(State(world): State<WorldHandle>) -> Reply {
    response(Err(Refusal::of(405)), world.now())
}

/// Notes the request and lets a fault rule spoil it.
async fn spoil(
    State(world): State<WorldHandle>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: HttpRequest,
    next: Next,
) -> Reply {
    let now = world.now();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return response(Err(Refusal::of(400)), now);
    };
    let path = parts.uri.path().to_owned();
    let kept = if path == "/auth" {
        String::new()
    } else {
        String::from_utf8_lossy(&body).into_owned()
    };
    let fault = world.strike(Request {
        method: parts.method.to_string(),
        uid: text(&parts.headers, "uid"),
        body: kept,
        path,
    });
    let said = format!(
        "{} {}",
        text(&parts.headers, header::AUTHORIZATION.as_str()).unwrap_or_default(),
        String::from_utf8_lossy(&body)
    );
    let request = HttpRequest::from_parts(parts, Body::from(body));
    let Some(Fault { performed, how }) = fault else {
        return next.run(request).await;
    };
    if performed {
        let answer = next.run(request).await;
        spoilt(how, Some(answer), &said, &line, now).await
    } else if let How::Delay(pause) = how {
        tokio::time::sleep(pause).await;
        next.run(request).await
    } else {
        spoilt(how, None, &said, &line, now).await
    }
}

async fn spoilt(
    how: How,
    answer: Option<Reply>,
    said: &str,
    line: &Line,
    now: chrono::DateTime<chrono::Utc>,
) -> Reply {
    let answer = answer.unwrap_or_else(|| Response::new(Body::empty()));
    match how {
        How::Cut => {
            line.cut();
            answer
        }
        How::Hang => {
            line.close();
            answer
        }
        How::Delay(pause) => {
            tokio::time::sleep(pause).await;
            answer
        }
        How::Drip(pause) => {
            let (parts, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            Response::from_parts(parts, Body::from_stream(Drip::new(body, pause)))
        }
        How::Dialect(dialect) => {
            let (parts, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            let text = dialect.rewrite(&String::from_utf8_lossy(&body));
            Response::from_parts(parts, Body::from(text))
        }
        How::Status(code) => response(Err(Refusal::of(code)), now),
        How::Envelope(code) => {
            let refusal = Refusal::of(code);
            envelope::bare(200, envelope::refused(code, &refusal.message), now)
        }
        How::Html => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1>\
                        </center><hr><center>nginx</center></body></html>";
            let mut reply = envelope::bare(502, page, now);
            let html = HeaderValue::from_static("text/html");
            reply.headers_mut().insert(header::CONTENT_TYPE, html);
            reply
        }
        How::Truncate => {
            let (parts, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            line.cut_after_body_bytes(body.len() / 2);
            Response::from_parts(parts, Body::from(body))
        }
        How::Garbage => envelope::bare(200, &b"\x00\xff\xfe{\"Status\": 2"[..], now),
        How::Echo(Some(code)) => response(Err(Refusal::saying(code, format!("Echo: {said}"))), now),
        How::Echo(None) => envelope::bare(200, format!("<pre>Echo: {said}</pre>"), now),
    }
}
