//! The page is untrusted: it runs nothing but its own modules, reaches nobody, and may ask for our commands only.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use window_tests::{Engine, Stage, Till};

/// A try that the policy stops says so by an event; without one, whatever comes of it is a breach.
const VIOLATED: &str = "const violated = (done, outcome) => {
    document.addEventListener('securitypolicyviolation', () => done('refused'), { once: true });
    outcome.catch(() => {}).then(() => setTimeout(() => done('let through'), 500));
};";

/// Tries a thing in the page; `done` takes what came of it.
const TRIES: &[(&str, &str)] = &[
    (
        "an inline script",
        "const script = document.createElement('script');
         script.textContent = 'window.ran = true';
         document.head.append(script);
         done(window.ran === undefined ? 'refused' : 'ran');",
    ),
    (
        "an inline style",
        "const style = document.createElement('style');
         style.textContent = 'body { outline: 7px solid rgb(1, 2, 3) }';
         document.head.append(style);
         done(getComputedStyle(document.body).outlineWidth === '7px' ? 'applied' : 'refused');",
    ),
    (
        "a request to a server",
        "violated(done, fetch(SERVER + '/kkms'));",
    ),
    (
        "a picture from a server",
        "const picture = new Image();
         violated(done, new Promise((loaded) => { picture.onload = picture.onerror = loaded; }));
         picture.src = SERVER + '/picture.png';",
    ),
    (
        "a page in a frame",
        "const frame = document.createElement('iframe');
         frame.src = SERVER + '/kkms';
         violated(done, new Promise((loaded) => { frame.onload = loaded; }));
         document.body.append(frame);",
    ),
    (
        "the framework's own commands",
        "const asked = ['plugin:event|listen', 'plugin:window|close', 'plugin:webview|create_webview', 'plugin:path|resolve_directory']
             .map((command) => window.__TAURI__.core.invoke(command, {}).then(() => command, () => null));
         Promise.all(asked).then((answers) => done(answers.find(Boolean) ?? 'refused'));",
    ),
    (
        "an argument of a wrong kind",
        "window.__TAURI__.core.invoke('register', { server: 'no address', kkm: 'one' }).then(() => done('taken'), () => done('refused'));",
    ),
];

async fn nothing_foreign_runs_and_nobody_is_reached_from_the_page(engine: Engine) {
    let stage = Stage::set(engine, None).await.unwrap();
    let till = Till::start(stage.folder(), &[]).unwrap();
    let window = stage.open(&[]).await.unwrap();
    window.see("sign-in").await.unwrap();
    for (what, script) in TRIES {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const SERVER = '{}'; {VIOLATED} {script}",
            till.url()
        );
        let outcome = window.try_out(what, &script).await.unwrap();
        assert_eq!(outcome, "refused", "{what}");
    }
    window.close().await.unwrap();
}

window_tests::in_both_engines!(nothing_foreign_runs_and_nobody_is_reached_from_the_page,);
