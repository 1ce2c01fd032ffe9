//! The closed set of error codes. A code is added only when somebody acts on it; its text stands in the catalogue.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What went wrong, in a form that programs can act on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl ErrorCode {
            /// Every code, for tests that walk them all.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it is written in JSON and in the catalogue.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// 401 that a new sign-in did not cure.
    TokenExpired = "token-expired",
    /// Somebody signs in under the same phone again and again and voids our token each time.
    SignedInElsewhere = "signed-in-elsewhere",
    /// The server refuses phone or password.
    WrongCredentials = "wrong-credentials",
    /// 403: no such register, or not this account's.
    WrongRegister = "wrong-register",
    /// 403: a shift is open on this register.
    ShiftAlreadyOpen = "shift-already-open",
    /// 403: the register is blocked.
    RegisterBlocked = "register-blocked",
    /// 424: this user has an open shift elsewhere.
    UserHasOpenShift = "user-has-open-shift",
    /// 403: no such shift, or not this account's.
    WrongShift = "wrong-shift",
    /// 403: only the one who opened the shift may ask.
    NotShiftOwner = "not-shift-owner",
    /// 410: the shift is closed.
    ShiftClosed = "shift-closed",
    /// 400: an autonomous operation's Date is earlier than the one before it.
    OrderBroken = "order-broken",
    /// 452: the Uid is not the current one.
    UidStale = "uid-stale",
    /// 449 again and again.
    RepeatLater = "repeat-later",
    /// 5xx.
    ServerFailed = "server-failed",
    /// Nothing was sent: no name, no connection, no TLS.
    NoLink = "no-link",
    /// The connection broke after the request left.
    LinkBroken = "link-broken",
    /// No answer in time.
    TimedOut = "timed-out",
    /// The answer is not this API's: a proxy's page, half a JSON.
    NotTheApi = "not-the-api",
    /// The server cannot render an amount exactly.
    CannotRenderAmount = "cannot-render-amount",
    /// A refusal that the table does not name.
    Refused = "refused",
    /// No account here belongs to the shift's owner.
    AccountMissing = "account-missing",
    /// Nobody is signed in.
    NotSignedIn = "not-signed-in",
    /// What was typed cannot be used.
    BadInput = "bad-input",
    /// The cash that was counted differs from what the register says, and nobody said why.
    ReasonMissing = "reason-missing",
    /// The training server cannot listen on its port.
    PortUnusable = "port-unusable",
    /// Another operation on this register is under way.
    Busy = "busy",
    /// An earlier operation on this register has an unknown outcome.
    Unresolved = "unresolved",
    /// The data folder cannot be used.
    DataFolder = "data-folder",
    /// The disk is full, or will be soon.
    DiskFull = "disk-full",
    /// The database was made by a newer version.
    DatabaseNewer = "database-newer",
    /// The database or a sealed value is damaged.
    Damaged = "damaged",
    /// A file that was to be restored from is no whole copy of a database.
    BackupUnusable = "backup-unusable",
    /// The database was restored from a copy since: what waited then may have been sent already.
    Restored = "restored",
    /// Operations made without a link wait for this register's turn; nothing may overtake them.
    OutboxWaiting = "outbox-waiting",
    /// Nobody said that this register has a licence for autonomous work.
    LicenceMissing = "licence-missing",
    /// The 72 hours that the law allows for autonomous work are over.
    AutonomyOver = "autonomy-over",
    /// The operating system's key store cannot be used.
    Keystore = "keystore",
    /// What an account signs in with is kept, and the key store does not give its key now.
    KeystoreLocked = "keystore-locked",
    /// The result stands, but its PDF or print does not.
    OutputFailed = "output-failed",
    /// The result stands, but it is not on paper yet.
    NotPrinted = "not-printed",
    /// No shift is open on this register.
    NoOpenShift = "no-open-shift",
    /// The shift is older than 24 hours: only closing it helps.
    ShiftOverdue = "shift-overdue",
    /// It is not known whether the server did it.
    UnknownOutcome = "unknown-outcome",
    /// A fault of this program.
    Internal = "internal",
}

impl ErrorCode {
    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|code| code.as_str() == name).copied()
    }

    /// Whether the server, asked to do something, looked at it and refused: to ask again changes nothing by itself.
    pub const fn is_verdict(self) -> bool {
        matches!(
            self,
            Self::WrongRegister
                | Self::ShiftAlreadyOpen
                | Self::RegisterBlocked
                | Self::UserHasOpenShift
                | Self::WrongShift
                | Self::NotShiftOwner
                | Self::ShiftClosed
                | Self::NoOpenShift
                | Self::OrderBroken
                | Self::Refused
        )
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
