//! The protocol of the one-time key `Uid`, without any IO: what to do after each answer (docs/API.md, "The key Uid").
//!
//! An operation that carries a `Uid` is performed once under it. A driver obeys each [`Step`] and tells what came of it
//! as an [`Event`]. Whatever the answers are, the steps end soon, and they end in one of four outcomes; a key is given
//! up for a newer one only after the shift was read and was seen not to have turned.

/// Requests repeated after 449, over the whole operation.
const REPEATS: u8 = 3;
/// Newer tokens tried, over the whole operation: another process's, then one of our own.
const TOKENS: u8 = 2;
/// Requests sent again under the same key after an answer got lost, over the whole operation.
const RESENDS: u8 = 1;
/// Keys taken after the first one turned out to be stale.
const KEYS: u8 = 1;

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Send the request under the key at hand.
    Send,
    /// Wait a moment, longer each time (0, 1, 2…), and send the same request again.
    SendAfterPause(u8),
    /// Get another token: one that somebody else got meanwhile, or a new one.
    SignIn,
    /// Read the shift.
    ReadShift,
    /// Ask for the current key, and send under it next.
    FetchUid,
    /// Nothing more.
    End(Outcome),
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// 200, or 208 with the result stored under this key.
    Done,
    /// 449: repeat the same request.
    Repeat,
    /// 452: this is not the current key.
    Stale,
    /// 401: the token has expired. Nothing was done.
    Expired,
    /// 200 or 208, but with a result that cannot be read.
    Garbled,
    /// 403 or 410, which a shift that has turned gives too. Nothing was done by this request.
    Refused,
    /// Refused for a reason that says nothing of the shift. Nothing was done by this request.
    Declined,
    /// The request never left, or came to nobody who could have performed it.
    NotSent,
    /// There is no usable answer: it may have been done.
    Lost,
    /// There is another token.
    SignedIn,
    /// There is none.
    NotSignedIn,
    /// The shift was read and has not turned: it is still open.
    Pending,
    /// The shift was read and has turned: it is closed.
    Turned,
    /// The shift could not be read.
    Unreadable,
    /// The current key is known; nothing was sent under it yet.
    Key,
    /// It could not be had.
    NoKey,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Done, and the server gave the result.
    Confirmed,
    /// The shift has turned, but the server does not give the result under our key.
    Turned,
    /// Definitely not done.
    Refused,
    /// Nobody knows yet.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Sending,
    SigningIn,
    /// Reading because an answer got lost.
    ReadingInDoubt,
    /// Reading because the result cannot be read: has the shift turned, as the server says?
    ReadingForGarbled,
    /// Reading because the key is stale.
    ReadingForStale,
    /// Reading because of a refusal, to see that the shift has not turned all the same.
    ReadingForRefusal,
    Fetching,
    Over,
}

/// One operation under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    stage: Stage,
    /// A request under the key at hand may have been performed without our knowing, or be still.
    doubt: bool,
    /// What was sent before this run is too old to be at work any more.
    old: bool,
    repeats: u8,
    tokens: u8,
    resends: u8,
    keys: u8,
}

impl Keyed {
    /// An operation that has not been sent yet; the first step is [`Step::Send`].
    pub const fn start() -> (Self, Step) {
        let keyed = Self {
            stage: Stage::Sending,
            doubt: false,
            old: false,
            repeats: REPEATS,
            tokens: TOKENS,
            resends: RESENDS,
            keys: KEYS,
        };
        (keyed, Step::Send)
    }

    /// An operation that was sent earlier and whose outcome is unknown; the first step is [`Step::ReadShift`]. It is
    /// sent again under its own key only: a new key would be a new operation, and that is a person's to start. With `old`
    /// what was sent then is not at work any more: what has not come of it never will.
    pub const fn resume(old: bool) -> (Self, Step) {
        let keyed = Self {
            stage: Stage::ReadingInDoubt,
            doubt: true,
            old,
            repeats: REPEATS,
            tokens: TOKENS,
            resends: RESENDS,
            keys: 0,
        };
        (keyed, Step::ReadShift)
    }

    /// What to do after `event`. An event that does not belong to the last step leaves the outcome unknown.
    pub const fn next(&mut self, event: Event) -> Step {
        match (self.stage, event) {
            (Stage::Sending, Event::Done) => self.end(Outcome::Confirmed),
            (Stage::Sending, Event::Repeat) => {
                // It may be at work on the request it had before.
                self.doubt = true;
                match self.repeats.checked_sub(1) {
                    Some(left) => {
                        self.repeats = left;
                        Step::SendAfterPause(REPEATS - 1 - left)
                    }
                    None => self.end(Outcome::Unknown),
                }
            }
            (Stage::Sending, Event::Expired) => match self.tokens.checked_sub(1) {
                Some(left) => {
                    self.tokens = left;
                    self.stage = Stage::SigningIn;
                    Step::SignIn
                }
                None => self.not_by_this_one(),
            },
            (Stage::SigningIn, Event::SignedIn) => {
                self.stage = Stage::Sending;
                Step::Send
            }
            (Stage::Sending, Event::NotSent) | (Stage::SigningIn, Event::NotSignedIn) => {
                self.not_by_this_one()
            }
            (Stage::Sending, Event::Declined) if self.doubt => self.read(Stage::ReadingForRefusal),
            (Stage::Sending, Event::Declined) => self.end(Outcome::Refused),
            (Stage::Sending, Event::Garbled) => {
                self.doubt = true;
                self.read(Stage::ReadingForGarbled)
            }
            // "Closed already" can be the answer to the second of two requests that somebody on the way made of ours.
            (Stage::Sending, Event::Refused) => self.read(Stage::ReadingForRefusal),
            (Stage::Sending, Event::Stale) => self.read(Stage::ReadingForStale),
            (Stage::Sending, Event::Lost) => {
                self.doubt = true;
                if self.resends == 0 {
                    self.end(Outcome::Unknown)
                } else {
                    self.read(Stage::ReadingInDoubt)
                }
            }
            // Not done so far, or done and its result to be had: the same request under the same key serves both.
            (Stage::ReadingInDoubt, Event::Pending | Event::Turned) => {
                if self.old && matches!(event, Event::Pending) {
                    self.doubt = false;
                }
                match self.resends.checked_sub(1) {
                    Some(left) => {
                        self.resends = left;
                        self.stage = Stage::Sending;
                        Step::Send
                    }
                    None => self.end(Outcome::Unknown),
                }
            }
            (Stage::ReadingForStale, Event::Pending) => match self.keys.checked_sub(1) {
                Some(left) => {
                    self.keys = left;
                    self.stage = Stage::Fetching;
                    Step::FetchUid
                }
                None => self.end(Outcome::Refused),
            },
            // What got lost before may still be at work, and do it yet.
            (Stage::ReadingForRefusal, Event::Pending) => self.not_by_this_one(),
            (
                Stage::ReadingForStale | Stage::ReadingForRefusal | Stage::ReadingForGarbled,
                Event::Turned,
            ) => self.end(Outcome::Turned),
            (Stage::Fetching, Event::Key) => {
                self.stage = Stage::Sending;
                self.doubt = false;
                Step::Send
            }
            (Stage::Fetching, Event::NoKey) => self.end(Outcome::Refused),
            _ => self.end(Outcome::Unknown),
        }
    }

    /// This request did nothing; an earlier one under the same key may have.
    const fn not_by_this_one(&mut self) -> Step {
        if self.doubt {
            self.end(Outcome::Unknown)
        } else {
            self.end(Outcome::Refused)
        }
    }

    const fn read(&mut self, why: Stage) -> Step {
        self.stage = why;
        Step::ReadShift
    }

    const fn end(&mut self, outcome: Outcome) -> Step {
        self.stage = Stage::Over;
        Step::End(outcome)
    }
}
