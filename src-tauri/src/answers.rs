//! The way from the page to the commands. Tauri has checked by then that the capability grants the command.

use std::sync::Arc;

use commands::House;
use serde_json::Value;
use tauri::ipc::{Invoke, InvokeBody, InvokeError};
use tauri::{Manager as _, Wry};

/// Answers what the page asks; whatever it is, it is one of our commands or an error.
pub(crate) fn answer(invoke: Invoke<Wry>) -> bool {
    let Invoke {
        message, resolver, ..
    } = invoke;
    let command = message.command().to_owned();
    let arguments = match message.payload() {
        InvokeBody::Json(arguments) => arguments.clone(),
        InvokeBody::Raw(_) => Value::Null,
    };
    let house = Arc::clone(message.webview_ref().state::<Arc<House>>().inner());
    resolver.respond_async(async move {
        let answer = house.answer(&command, arguments).await;
        answer.map_err(InvokeError::from)
    });
    true
}
