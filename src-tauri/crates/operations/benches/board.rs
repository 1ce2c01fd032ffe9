//! A board of a thousand registers, beside a bare HTTP loop that asks the same questions of the same server.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use operations::{AT_ONCE, Desk, DeskConfig, Keeping, Outside, Scope, Timeouts};
use sandbox::{Clock, Config, Sandbox};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const REGISTERS: u16 = 1_000;

/// Nothing but the requests and the bytes of their answers.
async fn bare(http: &reqwest::Client, base: &str, token: &str, shifts: &[i64]) -> usize {
    let get = |path: String| {
        let request = http.get(format!("{base}{path}")).bearer_auth(token);
        async move { request.send().await.unwrap().bytes().await.unwrap().len() }
    };
    let mut bytes = get("/kkms".to_owned()).await;
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut reads = JoinSet::new();
    for shift in shifts {
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        let read = get(format!("/shifts/{shift}"));
        reads.spawn(async move {
            let read = read.await;
            drop(place);
            read
        });
    }
    while let Some(read) = reads.join_next().await {
        bytes += read.unwrap();
    }
    bytes
}

fn boards(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let config = Config {
        more_registers: REGISTERS - 3,
        // A clock that stands: the server has nothing to do but to answer.
        clock: Clock::Fixed("2026-11-24T12:00:00Z".parse().unwrap()),
        ..Config::default()
    };
    let server = runtime.block_on(Sandbox::start(config)).unwrap();
    let base = server.base_url();
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(DeskConfig {
        data_dir: folder.path().to_owned(),
        training: true,
        keeping: Keeping::Session,
        scope: Scope::default(),
        timeouts: Timeouts::default(),
        outside: Outside::default(),
        lang: None,
    })
    .unwrap();
    let sign_in = desk.sign_in(&base, sandbox::FIRST_LOGIN, sandbox::PASSWORD.into(), false);
    runtime.block_on(sign_in).unwrap();

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let (token, shifts) = runtime.block_on(async {
        let body = json!({"Login": sandbox::FIRST_LOGIN, "Password": sandbox::PASSWORD});
        let auth = http.post(format!("{base}/auth")).body(body.to_string());
        let answer: Value =
            serde_json::from_str(&auth.send().await.unwrap().text().await.unwrap()).unwrap();
        let token = answer["Data"]["Token"].as_str().unwrap().to_owned();
        let list = http.get(format!("{base}/kkms")).bearer_auth(&token);
        let list: Value =
            serde_json::from_str(&list.send().await.unwrap().text().await.unwrap()).unwrap();
        let shifts: Vec<i64> = list["Data"]["Kkms"]
            .as_array()
            .unwrap()
            .iter()
            .map(|kkm| kkm["IdShift"].as_i64().unwrap())
            .collect();
        (token, shifts)
    });
    assert_eq!(shifts.len(), usize::from(REGISTERS));

    let mut group = criterion.benchmark_group("board of 1000");
    group.sample_size(20);
    group.bench_function("bare loop", |bencher| {
        bencher.iter(|| runtime.block_on(bare(&http, &base, &token, &shifts)));
    });
    group.bench_function("board", |bencher| {
        bencher.iter(|| runtime.block_on(desk.board()).unwrap().registers.len());
    });
    group.finish();
}

criterion_group!(benches, boards);
criterion_main!(benches);
