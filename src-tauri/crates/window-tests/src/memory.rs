//! What stands in the memory of the processes that show the page.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use aho_corasick::AhoCorasick;

use crate::failure::{Failure, Played};

/// The processes of the page: their names begin so.
const PAGE: &str = "WebKit";
/// It is called alike and shows nothing.
const DRIVER: &str = "WebKitWebDriver";
/// So much is read at a time.
const CHUNK: usize = 1 << 20;

/// The processes of the page of the program that works on this data folder: they inherit its environment.
pub fn page_processes(data: &Path) -> Played<Vec<PathBuf>> {
    processes(data, shows_page)
}

/// What the program that works on this data folder and the processes of its page hold, KiB: of what several share each counts
/// its part (proportional set size).
pub fn held(data: &Path, program: &Path) -> Played<u64> {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    // The kernel keeps so many letters of a name.
    let name: String = name.chars().take(15).collect();
    let mut sum = 0;
    for process in processes(data, |called| called == name || shows_page(called))? {
        let told = fs::read_to_string(process.join("smaps_rollup"))?;
        let part = told.lines().find_map(|line| line.strip_prefix("Pss:"));
        let part = part.and_then(|rest| rest.trim().strip_suffix(" kB"));
        let odd = || Failure::Bench(format!("{} tells no Pss", process.display()));
        sum += part
            .and_then(|part| part.parse::<u64>().ok())
            .ok_or_else(odd)?;
    }
    Ok(sum)
}

fn shows_page(name: &str) -> bool {
    name.starts_with(PAGE) && !name.starts_with(DRIVER)
}

/// The processes on this data folder whose name fits.
pub(crate) fn processes(data: &Path, fits: impl Fn(&str) -> bool) -> Played<Vec<PathBuf>> {
    let mark = format!("SMENA_DATA_DIR={}", data.display());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let process = entry?.path();
        let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
        let environment = fs::read(process.join("environ")).unwrap_or_default();
        let mut variables = environment.split(|byte| *byte == 0);
        if fits(name.trim()) && variables.any(|it| it == mark.as_bytes()) {
            found.push(process);
        }
    }
    Ok(found)
}

/// Which of these texts stand in a process's readable memory, in UTF-8 or UTF-16LE.
pub fn texts_in(process: &Path, texts: &[&str]) -> Played<Vec<String>> {
    let patterns: Vec<Vec<u8>> = texts
        .iter()
        .flat_map(|text| {
            let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [text.as_bytes().to_vec(), wide]
        })
        .collect();
    let odd = |error| Failure::Bench(format!("the search: {error}"));
    let search = AhoCorasick::new(&patterns).map_err(odd)?;
    let overlap = patterns.iter().map(Vec::len).max().unwrap_or(0);
    let memory = File::open(process.join("mem"))?;
    let mut found = vec![false; texts.len()];
    let mut buffer = vec![0; CHUNK + overlap];
    for (start, end) in present(process)? {
        let mut at = start;
        while at < end {
            let left = usize::try_from(end - at).unwrap_or(usize::MAX);
            let wanted = left.min(buffer.len());
            let Some(chunk) = buffer.get_mut(..wanted) else {
                break;
            };
            // A region may be gone meanwhile, or be no memory at all.
            let read = match memory.read_at(chunk, at) {
                Ok(0) | Err(_) => break,
                Ok(read) => read,
            };
            for hit in search.find_iter(chunk.get(..read).unwrap_or_default()) {
                if let Some(found) = found.get_mut(hit.pattern().as_usize() / 2) {
                    *found = true;
                }
            }
            at += u64::try_from(read.min(CHUNK)).unwrap_or(u64::MAX);
        }
    }
    let hits = texts.iter().zip(found).filter(|(_, found)| *found);
    Ok(hits.map(|(text, _)| (*text).to_owned()).collect())
}

/// The readable regions of a process, as `maps` lists them.
fn readable(process: &Path) -> io::Result<Vec<(u64, u64)>> {
    let maps = fs::read_to_string(process.join("maps"))?;
    let region = |line: &str| {
        let (range, rest) = line.split_once(' ')?;
        let (start, end) = range.split_once('-')?;
        let hex = |text| u64::from_str_radix(text, 16).ok();
        rest.starts_with('r').then_some((hex(start)?, hex(end)?))
    };
    Ok(maps.lines().filter_map(region).collect())
}

/// What of them is there: WebKit sets aside 64 GB of addresses and uses few. `pagemap` has 8 bytes for each page; their
/// highest bits say that it is in memory or swapped out.
fn present(process: &Path) -> Played<Vec<(u64, u64)>> {
    const ENTRY: u64 = 8;
    const THERE: u64 = 0b11 << 62;
    let page = page_size()?;
    let pagemap = File::open(process.join("pagemap"))?;
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut buffer = vec![0; CHUNK];
    for (start, end) in readable(process)? {
        let mut at = start;
        while at < end {
            let left = usize::try_from((end - at) / page * ENTRY).unwrap_or(usize::MAX);
            let wanted = left.min(buffer.len());
            let Some(entries) = buffer.get_mut(..wanted) else {
                break;
            };
            // The kernel's own pages have none.
            if pagemap.read_exact_at(entries, at / page * ENTRY).is_err() {
                break;
            }
            for entry in entries.as_chunks::<8>().0 {
                if u64::from_ne_bytes(*entry) & THERE != 0 {
                    match runs.last_mut().filter(|(_, end)| *end == at) {
                        Some((_, end)) => *end += page,
                        None => runs.push((at, at + page)),
                    }
                }
                at += page;
            }
        }
    }
    Ok(runs)
}

/// In bytes.
fn page_size() -> Played<u64> {
    let told = Command::new("getconf").arg("PAGESIZE").output()?.stdout;
    let size = String::from_utf8_lossy(&told).trim().parse();
    size.map_err(|error| Failure::Bench(format!("getconf PAGESIZE: {error}")))
}
