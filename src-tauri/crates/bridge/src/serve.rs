//! The paths of the bridge, all below its token.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use commands::{House, Said, Surroundings as _};
use serde_json::Value;

use crate::around::{Around, Record};
use crate::page;

/// What every path works with.
#[derive(Clone)]
struct Bridge {
    house: Arc<House>,
    around: Arc<Around>,
    ui: PathBuf,
}

pub(crate) fn router(token: &str, house: Arc<House>, around: Arc<Around>, ui: PathBuf) -> Router {
    let below = |path: &str| format!("/{token}/{path}");
    Router::new()
        .route(&below("command/{name}"), post(command))
        .route(&below("events"), get(events))
        .route(&below("around"), get(record))
        .route(&below("around/clock"), post(clock))
        .route(&below("around/answer"), post(answer))
        .route(&below("around/refuses"), post(refuses))
        .route(&below("around/close"), post(close))
        .route(&below(""), get(index))
        .route(&below("{*name}"), get(file))
        .with_state(Bridge { house, around, ui })
}

async fn index(State(bridge): State<Bridge>) -> Response {
    page::file(&bridge.ui, "")
}

async fn file(State(bridge): State<Bridge>, Path(name): Path<String>) -> Response {
    page::file(&bridge.ui, &name)
}

/// What the page asks for, as the window's commands answer it. A body of any type is taken, so that no preflight is needed.
async fn command(State(bridge): State<Bridge>, Path(name): Path<String>, body: String) -> Response {
    let Ok(arguments) = serde_json::from_str::<Value>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    // As in the window, what was begun is ended whether the page is still there or not.
    let house = Arc::clone(&bridge.house);
    match tokio::spawn(async move { house.answer(&name, arguments).await }).await {
        Ok(Ok(answer)) => Json(answer).into_response(),
        Ok(Err(error)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn events(State(bridge): State<Bridge>) -> impl IntoResponse {
    let heard = futures_util::stream::unfold(bridge.around.events(), |mut events| async move {
        loop {
            match events.recv().await {
                Ok(name) => {
                    let event = Event::default().event(name).data("1");
                    return Some((Ok::<_, Infallible>(event), events));
                }
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(heard).keep_alive(KeepAlive::default())
}

async fn record(State(bridge): State<Bridge>) -> Json<Record> {
    Json(bridge.around.record())
}

/// Sets the clock ahead by so many seconds.
async fn clock(State(bridge): State<Bridge>, Json(ahead): Json<i64>) {
    bridge.around.set_ahead(ahead);
}

/// Names the file that a person will choose next; `null`: the person will not.
async fn answer(State(bridge): State<Bridge>, Json(path): Json<Option<PathBuf>>) {
    bridge.around.set_answer(path);
}

/// Whether a person says no to the system's questions from now on.
async fn refuses(State(bridge): State<Bridge>, Json(refuses): Json<bool>) {
    bridge.around.set_refuses(refuses);
}

/// Somebody closes the window: as there, the page asks while something is under way.
async fn close(State(bridge): State<Bridge>) {
    if bridge.house.is_busy() {
        bridge.around.say(Said::Closing);
    } else {
        bridge.around.quit();
    }
}
