//! From the start of a process to a painted window, and what its processes then hold.
//!
//! A window is there when the display shows what it goes on showing: the program's board with its registers, the empty
//! window's word. So both are timed by the same eye, without a driver and without a word from the page.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use window_tests::leash::Leash;
use window_tests::{Engine, Failure, Played, Stage, memory, program};

use super::{middle_and_most, times};

/// Rounds in which each takes its turn, so that a busy moment is everybody's. The first warms the disk and does not count.
const ROUNDS: usize = 8;
/// How often the display is looked at.
const GLANCE: Duration = Duration::from_millis(4);
/// So long nothing changes: it is painted.
const STILL: Duration = Duration::from_millis(1_500);
/// It must be there by then.
const PATIENCE: Duration = Duration::from_secs(60);

struct Shot {
    millis: u64,
    kib: u64,
}

/// Starts both in turns and prints a table.
pub(super) async fn side_by_side(empty: &Path, out: &mut impl Write) -> Played<()> {
    let ours = program::under_test()?;
    let (mut shots, mut beside) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let one = start(&ours, &["--training"]).await?;
        let other = start(empty, &[]).await?;
        if round > 0 {
            shots.push(one);
            beside.push(other);
        }
    }
    writeln!(
        out,
        "{} starts each, in turns; the middle one, and the longest",
        ROUNDS - 1
    )?;
    writeln!(out, "{:<34}{:>16}{:>16}{:>8}", "", "ours", "empty", "ratio")?;
    type Figure = fn(&Shot) -> u64;
    let rows: [(&str, Figure); 2] = [
        ("start to a usable board, ms", |shot| shot.millis),
        ("memory (PSS of all processes), MiB", |shot| shot.kib / 1024),
    ];
    for (what, figure) in rows {
        let (one, most) = middle_and_most(shots.iter().map(figure).collect());
        let (other, longest) = middle_and_most(beside.iter().map(figure).collect());
        let (ours, empty) = (format!("{one} ({most})"), format!("{other} ({longest})"));
        writeln!(
            out,
            "{what:<34}{ours:>16}{empty:>16}{:>8}",
            times(one, other)
        )?;
    }
    Ok(())
}

/// One start on a stage of its own.
async fn start(program: &Path, arguments: &[&str]) -> Played<Shot> {
    let stage = Stage::set(Engine::WebKit, None).await?;
    let screen = stage.screen()?;
    let mut command = stage.command(program);
    command.args(arguments);
    // Nobody drives it here.
    for variable in ["TAURI_AUTOMATION", "TAURI_WEBVIEW_AUTOMATION"] {
        command.env_remove(variable);
    }
    let before = screen.bytes()?;
    let began = Instant::now();
    let _process = Leash::start(&command, &stage.folder().join("program.log"))?;
    let mut seen = before.clone();
    let mut changed = began;
    let mut glance = tokio::time::interval(GLANCE);
    loop {
        glance.tick().await;
        let now = screen.bytes()?;
        if now != seen {
            seen = now;
            changed = Instant::now();
        } else if seen != before && changed.elapsed() > STILL {
            break;
        }
        if began.elapsed() > PATIENCE {
            let told = format!("{} is not painted; {}", program.display(), stage.log());
            return Err(Failure::Bench(told));
        }
    }
    let millis = (changed - began).as_millis();
    Ok(Shot {
        millis: u64::try_from(millis).unwrap_or(u64::MAX),
        kib: memory::held(&stage.data(), program)?,
    })
}
