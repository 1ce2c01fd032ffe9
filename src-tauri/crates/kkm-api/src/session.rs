//! Calls in the name of a signed-in user: the token is renewed once when it has expired.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use chrono::{DateTime, Utc};
use domain::{ErrorCode, Kkm, KkmId, SectionLine, Shift, ShiftId, Uid};
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::client::Request;
use crate::wire::request::{open_body, z_body};
use crate::wire::{register, report, shift};
use crate::{Answer, ApiError, Call, Client, Failure, Timeouts, XMethod, XZ};

/// So often a reading is tried again.
const REPEATS: usize = 3;
/// So many sign-ins after a token was voided, within [`WAR`], are a quarrel with somebody else.
const SIGN_INS: usize = 3;
/// See [`SIGN_INS`].
const WAR: Duration = Duration::from_secs(600);

/// So many tokens are tried for one call when others keep voiding them.
const TOKENS: u32 = 3;

/// Where a token is kept between runs, in common with other processes that sign in as the same user: a sign-in of one
/// may void the token of the other, and then the newer one is to be taken, not a third one made.
///
/// Both methods may wait for the disk or for a person; they are called away from the threads that serve the network.
pub trait TokenShelf: Send + Sync + 'static {
    /// The token that is kept now.
    fn token(&self) -> Option<SecretString>;

    /// Keeps a token that was just given out.
    fn keep(&self, token: &SecretString);
}

/// A user on a server. Cheap to clone; clones share the token.
#[derive(Clone)]
pub struct Session {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    login: String,
    password: SecretString,
    shelf: Option<Arc<dyn TokenShelf>>,
    /// Held during a sign-in, so that concurrent calls wait for it and share its outcome.
    access: Mutex<Access>,
}

/// A token to call with.
#[derive(Clone)]
pub struct Pass {
    token: SecretString,
    /// Signed in for this very call: should the server refuse even this one, nothing is left to try.
    fresh: bool,
}

impl fmt::Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pass(…)")
    }
}

#[derive(Default)]
struct Access {
    token: Option<SecretString>,
    failed: Option<(Instant, ApiError)>,
    /// When a voided token made a sign-in necessary.
    renewed: Vec<Instant>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("server", self.inner.client.server())
            .field("login", &self.inner.login)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// A session; without a token the first call signs in. Without a `shelf` its tokens are its own.
    pub fn new(
        client: Client,
        login: String,
        password: SecretString,
        token: Option<SecretString>,
        shelf: Option<Arc<dyn TokenShelf>>,
    ) -> Self {
        let access = Mutex::new(Access {
            token,
            failed: None,
            renewed: Vec::new(),
        });
        Self {
            inner: Arc::new(Inner {
                client,
                login,
                password,
                shelf,
                access,
            }),
        }
    }

    /// The client this session calls through.
    pub fn client(&self) -> &Client {
        &self.inner.client
    }

    /// The token in use now, to be kept for the next start.
    pub async fn token(&self) -> Option<SecretString> {
        self.inner.access.lock().await.token.clone()
    }

    /// All registers of this user.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`].
    pub async fn kkms(&self) -> Result<Answer<Vec<Kkm>>, ApiError> {
        let request = Request::get(Call::Kkms, "/kkms".to_owned(), register::list);
        self.call(&request).await
    }

    /// One register.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`].
    pub async fn kkm(&self, kkm: KkmId) -> Result<Answer<Kkm>, ApiError> {
        let request = Request::get(Call::Kkm, format!("/kkms/{kkm}"), register::nested);
        self.call(&request).await
    }

    /// The key of the next operation on a register.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`].
    pub async fn uid(&self, kkm: KkmId) -> Result<Answer<Uid>, ApiError> {
        let request = Request::get(Call::Uid, format!("/uid/{kkm}"), register::uid);
        self.call(&request).await
    }

    /// Opens a shift; a `date` makes the operation autonomous.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`]; after [`Failure::MaybeDone`] read the register before anything else.
    pub async fn open_shift(
        &self,
        kkm: KkmId,
        date: Option<DateTime<Utc>>,
    ) -> Result<Answer<Shift>, ApiError> {
        let body = open_body(kkm, date);
        let request = Request {
            call: Call::Open,
            method: Method::POST,
            path: "/shifts".to_owned(),
            body: Some(&body),
            uid: None,
            read: shift::shift,
        };
        self.call(&request).await
    }

    /// Reads a shift.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`].
    pub async fn shift(&self, id: ShiftId) -> Result<Answer<Shift>, ApiError> {
        let request = Request::get(Call::Shift, format!("/shifts/{id}"), shift::shift);
        self.call(&request).await
    }

    /// Takes an X-report, a document that the server records: never to be polled.
    ///
    /// The specification names neither method nor path: `GET …/x` is tried first and `POST …/x` where the server knows
    /// no such thing (404, 405); what worked is remembered.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`].
    pub async fn x_report(&self, id: ShiftId) -> Result<Answer<XZ>, ApiError> {
        let client = &self.inner.client;
        let method = client.x_method();
        let unknown = |outcome: &Result<Answer<XZ>, ApiError>| matches!(outcome, Err(error) if matches!(error.status, Some(404 | 405)));
        let mut outcome = self.x_once(id, method).await;
        if unknown(&outcome) && !client.x_is_pinned() {
            outcome = self.x_once(id, method.other()).await;
            if outcome.is_ok() {
                client.remember_x(method.other());
            }
        }
        outcome
    }

    async fn x_once(&self, id: ShiftId, method: XMethod) -> Result<Answer<XZ>, ApiError> {
        let mut request = Request::get(Call::X, format!("/shifts/{id}/x"), report::xz);
        if method == XMethod::Post {
            request.method = Method::POST;
        }
        self.call(&request).await
    }

    /// Sums by section.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`].
    pub async fn section_report(&self, id: ShiftId) -> Result<Answer<Vec<SectionLine>>, ApiError> {
        let request = Request::get(
            Call::Sections,
            format!("/shifts/{id}/sections/reports"),
            report::section_report,
        );
        self.call(&request).await
    }

    /// A token for [`Session::z_report`]; signs in where there is none yet.
    ///
    /// # Errors
    /// As for a sign-in; nothing was sent but that.
    pub async fn pass(&self) -> Result<Pass, ApiError> {
        self.access(Call::Z, None).await
    }

    /// Another token than this one, which the server did not accept.
    ///
    /// # Errors
    /// As for a sign-in; and where the refused token had been signed in for this very call.
    pub async fn another_pass(&self, refused: &Pass) -> Result<Pass, ApiError> {
        if refused.fresh {
            return Err(ApiError::new(
                Call::Z,
                Failure::Refused,
                ErrorCode::TokenExpired,
            ));
        }
        self.access(Call::Z, Some(&refused.token)).await
    }

    /// How long to wait before a request is sent again after 449, for the `n`th time.
    pub fn pause(&self, n: u8) -> Duration {
        let first = self.inner.client.timeouts().pause;
        first.saturating_mul(2u32.saturating_pow(n.into()))
    }

    /// Takes the Z-report, which closes the shift; a `date` makes the operation autonomous. It is sent once, whatever
    /// comes of it: what follows is for [`crate::keyed::Keyed`] to say.
    ///
    /// # Errors
    /// As for every call, see [`ApiError`] and [`ApiError::event`].
    pub async fn z_report(
        &self,
        pass: &Pass,
        id: ShiftId,
        kkm: KkmId,
        uid: &Uid,
        date: Option<DateTime<Utc>>,
    ) -> Result<Answer<XZ>, ApiError> {
        let body = z_body(kkm, date);
        let request = Request {
            call: Call::Z,
            method: Method::POST,
            path: format!("/shifts/{id}/z"),
            body: Some(&body),
            uid: Some(uid),
            read: report::xz,
        };
        self.inner.client.send(&request, Some(&pass.token)).await
    }

    /// Sends. A reading that fails for a passing reason is tried again after a while, with some chance in it so that a
    /// thousand registers do not come back at the same moment; a state-changing request never is.
    async fn call<T>(&self, request: &Request<'_, T>) -> Result<Answer<T>, ApiError> {
        if request.call.writes() {
            return self.once(request).await;
        }
        let Timeouts {
            pause, patience, ..
        } = *self.inner.client.timeouts();
        let mut pauses = ExponentialBuilder::new()
            .with_min_delay(pause)
            .with_max_times(REPEATS)
            .with_jitter()
            .build();
        let began = Instant::now();
        loop {
            let error = match self.once(request).await {
                Err(error) if error.passes() => error,
                outcome => return outcome,
            };
            let Some(pause) = pauses.next() else {
                return Err(error);
            };
            // The server's own word about when to come back is kept.
            let asked = error.retry_after.unwrap_or_default();
            let pause = pause.max(Duration::from_secs(asked.into()));
            if began.elapsed().saturating_add(pause) > patience {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Sends with the token at hand; after 401, which says that nothing was done, sends the same with a newer token. A
    /// sign-in is made once for a call at the most.
    async fn once<T>(&self, request: &Request<'_, T>) -> Result<Answer<T>, ApiError> {
        let mut pass = self.access(request.call, None).await?;
        let mut tried = 1;
        loop {
            match self.inner.client.send(request, Some(&pass.token)).await {
                Err(error)
                    if error.code == ErrorCode::TokenExpired && !pass.fresh && tried < TOKENS =>
                {
                    tried += 1;
                    pass = self.access(request.call, Some(&pass.token)).await?;
                }
                outcome => return outcome,
            }
        }
    }

    /// A token other than `expired`: one that another call or process got meanwhile, else a new one. Whoever finds it
    /// expired first signs in; the others wait and share the outcome.
    async fn access(&self, call: Call, expired: Option<&SecretString>) -> Result<Pass, ApiError> {
        let asked = Instant::now();
        let mut access = self.inner.access.lock().await;
        let is_other = |token: &SecretString| {
            expired.is_none_or(|expired| expired.expose_secret() != token.expose_secret())
        };
        if let Some(token) = access.token.as_ref().filter(|token| is_other(token)) {
            return Ok(Pass {
                token: token.clone(),
                fresh: false,
            });
        }
        if let Some(token) = self.kept().await.filter(is_other) {
            access.token = Some(token.clone());
            return Ok(Pass {
                token,
                fresh: false,
            });
        }
        if let Some((_, error)) = access.failed.as_ref().filter(|(at, _)| *at >= asked) {
            return Err(for_call(error.clone(), call));
        }
        if expired.is_some() {
            access.renewed.retain(|at| at.elapsed() < WAR);
            if access.renewed.len() >= SIGN_INS {
                let code = ErrorCode::SignedInElsewhere;
                return Err(ApiError::new(call, Failure::NotSent, code));
            }
        }
        match self
            .inner
            .client
            .sign_in(&self.inner.login, &self.inner.password)
            .await
        {
            Ok(signed_in) => {
                access.token = Some(signed_in.token.clone());
                access.failed = None;
                if expired.is_some() {
                    access.renewed.push(asked);
                }
                self.keep(&signed_in.token);
                Ok(Pass {
                    token: signed_in.token,
                    fresh: true,
                })
            }
            Err(error) => {
                access.failed = Some((Instant::now(), error.clone()));
                Err(for_call(error, call))
            }
        }
    }

    async fn kept(&self) -> Option<SecretString> {
        let shelf = Arc::clone(self.inner.shelf.as_ref()?);
        let read = tokio::task::spawn_blocking(move || shelf.token());
        read.await.unwrap_or_default()
    }

    /// Nobody waits for it: what is not kept costs a sign-in later and nothing else.
    fn keep(&self, token: &SecretString) {
        if let Some(shelf) = self.inner.shelf.clone() {
            let token = token.clone();
            tokio::task::spawn_blocking(move || shelf.keep(&token));
        }
    }
}

/// A failed sign-in as the failure of the call that needed it. That call was not carried out, whatever became of the
/// sign-in.
fn for_call(mut error: ApiError, call: Call) -> ApiError {
    error.call = call;
    error.status = None;
    if error.failure == Failure::MaybeDone {
        error.failure = Failure::NotSent;
    }
    error
}
