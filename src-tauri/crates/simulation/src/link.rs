//! The way from a desk to the server and back, as a transport of the client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use operations::{Broken, Parcel, Reply, Transport, Underway};

use crate::fate::Fate;
use crate::judge::departure::{self, Departure};
use crate::judge::performed;
use crate::universe::Universe;

/// The link of one desk.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    universe: Universe,
    computer: usize,
    /// The number of the use case that its desk is at.
    call: Arc<AtomicUsize>,
}

/// So many milliseconds a request is under way, at least and at most, and its answer too.
const UNDER_WAY: (u64, u64) = (3, 700);

impl Link {
    pub(crate) fn new(universe: Universe, computer: usize) -> Self {
        Self {
            universe,
            computer,
            call: Arc::default(),
        }
    }

    /// From now on its requests belong to this use case.
    pub(crate) fn begin(&self, call: usize) {
        self.call.store(call, Ordering::Relaxed);
    }

    async fn carried(&self, parcel: Parcel) -> Result<Reply, Broken> {
        let call = self.call.load(Ordering::Relaxed);
        let departure = Departure::of(&parcel);
        let _held = departure::judge(&self.universe, self.computer, &departure);
        let (fate, there, back) = {
            let mut state = self.universe.state();
            state.requests += 1;
            let weather = state.weather;
            let is_z = matches!(departure, Departure::Z { .. });
            let signs_in = parcel.path == "/auth";
            let random = &mut state.random;
            let fate = Fate::draw(random, weather, is_z, signs_in);
            let (low, high) = UNDER_WAY;
            (fate, random.between(low, high), random.between(low, high))
        };
        let computer = self.computer;
        self.universe
            .note(|| format!("  {computer} {} {} {fate:?}", parcel.method, parcel.path));
        if self.power_is_cut()? {
            let arrives = self.universe.state().random.chance(50);
            if arrives && fate != Fate::NotSent {
                self.perform(parcel, call, there);
            }
            self.universe.power().notify_one();
            return std::future::pending().await;
        }
        match fate {
            Fate::NotSent => {
                self.universe.wait(there).await;
                return Err(Broken::NotSent);
            }
            Fate::LostBefore => {
                self.universe.wait(there + back).await;
                return Err(Broken::Lost);
            }
            Fate::Late(after) => {
                self.perform(parcel, call, after);
                self.universe.wait(there).await;
                return Err(Broken::Lost);
            }
            Fate::Instead(status) => {
                self.universe.wait(there + back).await;
                return Ok(bare(status));
            }
            Fate::Expired => {
                if let Err(error) = self.universe.server().world().expire_tokens() {
                    self.universe.broken(error.to_string());
                }
            }
            Fate::Overtaken => {
                for kkm in self.universe.registers() {
                    // Where no shift is open, there is no till to overtake it.
                    let _ = self.universe.server().world().sell(*kkm, 10_000);
                }
            }
            Fate::Delivered | Fate::LostAfter | Fate::Spoilt(_) | Fate::Garbage => {}
        }
        // It goes on even when whoever asked goes away.
        let reply = self.perform(parcel, call, there).await;
        self.universe.wait(back).await;
        let reply = reply.map_err(|_| Broken::Lost)?;
        match fate {
            Fate::LostAfter => Err(Broken::Lost),
            Fate::Spoilt(status) => Ok(bare(status)),
            Fate::Garbage => Ok(Reply {
                body: b"\x00\xff{\"Status\": 2".to_vec(),
                status: 200,
                ..reply
            }),
            _ => Ok(reply),
        }
    }

    /// Has the server perform the request so many milliseconds later, whoever waits for it.
    fn perform(&self, parcel: Parcel, call: usize, after: u64) -> tokio::task::JoinHandle<Reply> {
        let (universe, computer) = (self.universe.clone(), self.computer);
        tokio::spawn(async move {
            universe.wait(after).await;
            performed::judge(&universe, computer, call, parcel).await
        })
    }

    /// Whether the power of this computer is cut at this very request: what is on its disk is then as it is now.
    fn power_is_cut(&self) -> Result<bool, Broken> {
        let mut state = self.universe.state();
        let Some(cut) = &mut state.cut else {
            return Ok(false);
        };
        if cut.computer != self.computer {
            return Ok(false);
        }
        if cut.after > 0 {
            cut.after -= 1;
            return Ok(false);
        }
        let Some(cut) = state.cut.take() else {
            return Ok(false);
        };
        drop(state);
        if let Err(error) = crate::computer::copy_disk(&cut.from, &cut.to) {
            self.universe.broken(error.to_string());
        }
        Ok(true)
    }
}

impl Transport for Link {
    fn carry(&self, parcel: Parcel) -> Underway<'_> {
        Box::pin(self.carried(parcel))
    }
}

/// An answer in the server's envelope that says a status and nothing else.
fn bare(status: u16) -> Reply {
    Reply {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: format!(r#"{{"Status":{status},"Message":"","Data":{{}}}}"#).into_bytes(),
    }
}
