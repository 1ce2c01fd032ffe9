//! The protocol of the key `Uid`, by exhaustion: a server that keeps its rules but may do anything within them, and a
//! server that keeps none.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use kkm_api::keyed::{Event, Keyed, Outcome, Step};

/// Answers that are chosen freely; afterwards the link is gone.
const DEPTH: usize = 6;
/// No operation takes more steps than this.
const MOST_STEPS: usize = 24;

/// A server that performs an operation once under a key, and one shift on it. `current` is its key, `client` the one the
/// client sends under; a request whose answer got lost may still be on its way under the key `late`.
#[derive(Clone)]
struct World {
    current: u8,
    performed: Vec<u8>,
    client: u8,
    late: Option<u8>,
}

impl World {
    fn closed(&self) -> bool {
        !self.performed.is_empty()
    }

    /// The request that is still on its way arrives.
    fn arrived(&self) -> Self {
        let mut world = self.clone();
        if let Some(key) = world.late.take()
            && key == world.current
            && !world.closed()
        {
            world.performed.push(key);
            world.current += 1;
        }
        world
    }

    /// Everything that can come of a step, each with the world after it.
    fn outcomes(&self, step: Step) -> Vec<(Event, Self)> {
        let mut all = self.outcomes_now(step);
        if self.late.is_some() {
            all.extend(self.arrived().outcomes_now(step));
        }
        all
    }

    fn outcomes_now(&self, step: Step) -> Vec<(Event, Self)> {
        let same = |event| (event, self.clone());
        match step {
            Step::Send | Step::SendAfterPause(_) => self.sent(),
            Step::SignIn => vec![same(Event::SignedIn), same(Event::NotSignedIn)],
            Step::ReadShift => {
                let told = if self.closed() {
                    Event::Turned
                } else {
                    Event::Pending
                };
                vec![same(told), same(Event::Unreadable)]
            }
            Step::FetchUid => {
                let mut fetched = self.clone();
                fetched.client = self.current;
                vec![(Event::Key, fetched), same(Event::NoKey)]
            }
            Step::End(_) => Vec::new(),
        }
    }

    fn sent(&self) -> Vec<(Event, Self)> {
        // Before it acts, the server or the link may fail in every way; the till may use a key up at any time.
        let mut used = self.clone();
        used.current += 1;
        let mut all = Vec::new();
        for world in [self.clone(), used] {
            for event in [Event::Repeat, Event::Expired, Event::NotSent, Event::Lost] {
                all.push((event, world.clone()));
            }
            let mut late = world.clone();
            late.late = Some(world.client);
            all.push((Event::Lost, late));
            if world.performed.contains(&world.client) {
                // Done under this key before: its result, or an old-fashioned refusal; never done again.
                all.push((Event::Done, world.clone()));
                all.push((Event::Garbled, world.clone()));
                all.push((Event::Refused, world.clone()));
            } else if world.closed() {
                all.push((Event::Refused, world.clone()));
                all.push((Event::Stale, world.clone()));
            } else if world.current != world.client {
                all.push((Event::Stale, world.clone()));
            } else {
                all.push((Event::Refused, world.clone()));
                all.push((Event::Declined, world.clone()));
                let mut done = world.clone();
                done.performed.push(world.client);
                done.current += 1;
                // Performed: told, or the answer lost, or told so badly that it looks like "repeat".
                all.push((Event::Done, done.clone()));
                all.push((Event::Garbled, done.clone()));
                all.push((Event::Lost, done.clone()));
                all.push((Event::Repeat, done));
            }
        }
        all
    }
}

struct Walked {
    paths: u64,
    ended: [u64; 4],
}

fn walk(keyed: &Keyed, step: Step, world: &World, depth: usize, steps: usize, out: &mut Walked) {
    assert!(steps < MOST_STEPS, "no end in sight");
    assert!(world.performed.len() <= 1, "performed twice");
    if let Step::End(outcome) = step {
        out.paths += 1;
        let done = world.performed.len() == 1;
        match outcome {
            Outcome::Confirmed | Outcome::Turned => assert!(done, "{outcome:?} but not done"),
            Outcome::Refused => assert!(!done, "refused but done"),
            Outcome::Unknown => {}
        }
        assert!(world.arrived().performed.len() <= 1, "performed twice");
        let place = [
            Outcome::Confirmed,
            Outcome::Turned,
            Outcome::Refused,
            Outcome::Unknown,
        ]
        .iter()
        .position(|it| *it == outcome)
        .unwrap();
        out.ended[place] += 1;
        return;
    }
    let mut outcomes = world.outcomes(step);
    if depth == 0 {
        // The link is gone for good.
        let gone = match step {
            Step::Send | Step::SendAfterPause(_) => Event::NotSent,
            Step::SignIn => Event::NotSignedIn,
            Step::ReadShift => Event::Unreadable,
            _ => Event::NoKey,
        };
        outcomes = vec![(gone, world.clone())];
    }
    for (event, world) in outcomes {
        let mut keyed = keyed.clone();
        let step = keyed.next(event);
        walk(
            &keyed,
            step,
            &world,
            depth.saturating_sub(1),
            steps + 1,
            out,
        );
    }
}

#[test]
fn no_sequence_of_answers_performs_it_twice_or_ends_in_an_untruth() {
    let mut out = Walked {
        paths: 0,
        ended: [0; 4],
    };
    let fresh = World {
        current: 1,
        performed: Vec::new(),
        client: 1,
        late: None,
    };
    let (keyed, step) = Keyed::start();
    walk(&keyed, step, &fresh, DEPTH, 0, &mut out);
    // Resumed after any of the ways in which it can have become unknown.
    let mut performed = fresh.clone();
    performed.performed.push(1);
    performed.current = 2;
    let mut stale = fresh.clone();
    stale.current = 2;
    let mut late = fresh.clone();
    late.late = Some(1);
    for world in [fresh, performed, stale, late] {
        let (keyed, step) = Keyed::resume(false);
        walk(&keyed, step, &world, DEPTH, 0, &mut out);
    }
    assert!(out.paths > 10_000, "only {} paths", out.paths);
    assert!(out.ended.iter().all(|count| *count > 0), "{:?}", out.ended);
}

const ALL: [Event; 16] = [
    Event::Done,
    Event::Repeat,
    Event::Stale,
    Event::Expired,
    Event::Garbled,
    Event::Refused,
    Event::Declined,
    Event::NotSent,
    Event::Lost,
    Event::SignedIn,
    Event::NotSignedIn,
    Event::Pending,
    Event::Turned,
    Event::Unreadable,
    Event::Key,
    Event::NoKey,
];

/// Feeds every sequence of any events whatever, fitting or not.
fn flood(keyed: &Keyed, step: Step, fed: &mut Vec<Event>, sent_in_doubt: bool) {
    if let Step::End(_) = step {
        return;
    }
    if fed.len() == DEPTH {
        return;
    }
    for event in ALL {
        let mut keyed = keyed.clone();
        let next = keyed.next(event);
        let doubt = match event {
            Event::Lost | Event::Repeat | Event::Garbled => true,
            // Only a reading that saw the shift still open takes the doubt away.
            Event::Pending => false,
            _ => sent_in_doubt,
        };
        assert!(
            next != Step::FetchUid || !doubt,
            "a new key in doubt after {fed:?}"
        );
        fed.push(event);
        flood(&keyed, next, fed, doubt);
        fed.pop();
    }
}

#[test]
fn a_new_key_is_never_taken_before_the_shift_was_seen_open() {
    let (keyed, step) = Keyed::start();
    flood(&keyed, step, &mut Vec::new(), false);
    let (keyed, step) = Keyed::resume(false);
    flood(&keyed, step, &mut Vec::new(), true);
}

#[test]
fn an_endless_stream_of_the_same_answer_ends() {
    for event in ALL {
        for (mut keyed, mut step) in [Keyed::start(), Keyed::resume(false)] {
            let mut steps = 0;
            while !matches!(step, Step::End(_)) {
                let fitting = match step {
                    Step::SignIn => Event::SignedIn,
                    Step::ReadShift => Event::Pending,
                    Step::FetchUid => Event::Key,
                    _ => event,
                };
                step = keyed.next(fitting);
                steps += 1;
                assert!(steps < MOST_STEPS, "{event:?}");
            }
        }
    }
}

#[test]
fn the_plain_ways_end_as_they_should() {
    use Event as E;
    for (events, outcome) in [
        (&[E::Done][..], Outcome::Confirmed),
        (&[E::Repeat, E::Done], Outcome::Confirmed),
        (&[E::Expired, E::SignedIn, E::Done], Outcome::Confirmed),
        (&[E::Lost, E::Turned, E::Done], Outcome::Confirmed),
        (&[E::Lost, E::Pending, E::Done], Outcome::Confirmed),
        (
            &[E::Lost, E::Turned, E::Refused, E::Turned],
            Outcome::Turned,
        ),
        (&[E::Stale, E::Pending, E::Key, E::Done], Outcome::Confirmed),
        (&[E::Stale, E::Turned], Outcome::Turned),
        (
            &[E::Stale, E::Pending, E::Key, E::Stale, E::Pending],
            Outcome::Refused,
        ),
        (&[E::Refused, E::Pending], Outcome::Refused),
        (&[E::Refused, E::Unreadable], Outcome::Unknown),
        (&[E::Refused, E::Turned], Outcome::Turned),
        (
            &[E::Lost, E::Turned, E::Refused, E::Unreadable],
            Outcome::Unknown,
        ),
        (&[E::NotSent], Outcome::Refused),
        (&[E::Declined], Outcome::Refused),
        (&[E::Lost, E::Turned, E::NotSent], Outcome::Unknown),
        (
            &[E::Lost, E::Turned, E::Declined, E::Turned],
            Outcome::Turned,
        ),
        (
            &[E::Lost, E::Pending, E::Declined, E::Pending],
            Outcome::Unknown,
        ),
        (&[E::Garbled, E::Turned], Outcome::Turned),
        (&[E::Garbled, E::Pending], Outcome::Unknown),
        (&[E::Lost, E::Unreadable], Outcome::Unknown),
        (&[E::Lost, E::Pending, E::Lost], Outcome::Unknown),
        (
            &[E::Repeat, E::Repeat, E::Repeat, E::Repeat],
            Outcome::Unknown,
        ),
    ] {
        let (mut keyed, mut step) = Keyed::start();
        for event in events {
            assert!(!matches!(step, Step::End(_)), "{events:?} ended early");
            step = keyed.next(*event);
        }
        assert_eq!(step, Step::End(outcome), "{events:?}");
    }
}

#[test]
fn what_may_still_be_at_work_is_not_called_undone_and_what_is_too_old_is() {
    use Event as E;
    for (old, events, outcome) in [
        // The first request may come through yet: that the second one was refused says nothing of it.
        (
            false,
            &[E::Pending, E::Refused, E::Pending][..],
            Outcome::Unknown,
        ),
        (false, &[E::Pending, E::NotSent], Outcome::Unknown),
        (
            true,
            &[E::Pending, E::Refused, E::Pending],
            Outcome::Refused,
        ),
        (true, &[E::Pending, E::Declined], Outcome::Refused),
        (true, &[E::Pending, E::NotSent], Outcome::Refused),
        (true, &[E::Pending, E::Lost], Outcome::Unknown),
        // It was done: nothing makes that undone.
        (true, &[E::Turned, E::NotSent], Outcome::Unknown),
        (true, &[E::Turned, E::Refused, E::Turned], Outcome::Turned),
        (true, &[E::Unreadable], Outcome::Unknown),
    ] {
        let (mut keyed, mut step) = Keyed::resume(old);
        for event in events {
            assert!(!matches!(step, Step::End(_)), "{events:?} ended early");
            step = keyed.next(*event);
        }
        assert_eq!(step, Step::End(outcome), "{old} {events:?}");
    }
}
