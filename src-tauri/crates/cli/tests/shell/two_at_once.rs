//! Two programs close the same register at the same moment, again and again, while a third reads.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use sandbox::Config;

use crate::shop::{KKM, Shop, program};

const ROUNDS: usize = 200;

/// How a program ended, without `--json`.
fn close(folder: &std::path::Path, gate: &Barrier) -> (i32, String) {
    let mut command = program(folder, &["--json", "shift", "close", "--kkm", KKM]);
    gate.wait();
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(said).unwrap(),
    )
}

#[test]
fn of_two_programs_that_close_a_register_at_once_one_does_and_readers_never_wait() {
    let config = Config {
        sales_on_open: false,
        ..Config::default()
    };
    let shop = Shop::with_a_quick_key(config);
    let data = shop.path("data");
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut lists = 0_u32;
            while !over.load(Ordering::Relaxed) {
                // It would end with 6 had it waited for a writer until its patience was over.
                let run = shop.json(&["archive", "list", "--limit", "5"]);
                assert_eq!(run.code, 0, "{run:?}");
                lists += 1;
            }
            lists
        });
        let mut together = 0;
        for round in 0..ROUNDS {
            let run = shop.json(&["shift", "open", "--kkm", KKM]);
            assert_eq!(run.code, 0, "round {round}: {run:?}");
            let shift = shop.world.open_shift(77505).unwrap().unwrap();
            let gate = Barrier::new(2);
            let (one, other) = thread::scope(|pair| {
                let one = pair.spawn(|| close(&data, &gate));
                let other = pair.spawn(|| close(&data, &gate));
                (one.join().unwrap(), other.join().unwrap())
            });
            assert_eq!(
                shop.world.times_closed(shift).unwrap(),
                1,
                "round {round}: {one:?} {other:?}"
            );
            let done = [&one, &other].iter().filter(|(code, _)| *code == 0).count();
            assert_eq!(done, 1, "round {round}: {one:?} {other:?}");
            let (code, said) = if one.0 == 0 { other } else { one };
            // It came while the first was at it, or after.
            match code {
                1 => assert!(
                    said.contains("no-open-shift") || said.contains("shift-closed"),
                    "{said}"
                ),
                6 => {
                    assert!(said.contains("\"busy\""), "{said}");
                    together += 1;
                }
                _ => panic!("round {round}: {code} {said}"),
            }
        }
        over.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
        assert!(together > 0, "they never met");
    });
    let z = shop
        .json(&["archive", "list", "--type", "z", "--limit", "1000"])
        .value();
    assert_eq!(z.as_array().unwrap().len(), ROUNDS);
    assert_eq!(shop.json(&["archive", "verify"]).code, 0);
}
