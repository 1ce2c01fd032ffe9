//! What each error code tells a manager: what happened, and what to do now. The compiler keeps the list whole.

use domain::ErrorCode;
use texts::Key;

/// Message and remedy.
pub(crate) const fn of(code: ErrorCode) -> (Key, Key) {
    use ErrorCode as E;
    match code {
        E::TokenExpired => (Key::ErrorTokenExpired, Key::ErrorTokenExpiredRemedy),
        E::SignedInElsewhere => (
            Key::ErrorSignedInElsewhere,
            Key::ErrorSignedInElsewhereRemedy,
        ),
        E::WrongCredentials => (Key::ErrorWrongCredentials, Key::ErrorWrongCredentialsRemedy),
        E::WrongRegister => (Key::ErrorWrongRegister, Key::ErrorWrongRegisterRemedy),
        E::ShiftAlreadyOpen => (Key::ErrorShiftAlreadyOpen, Key::ErrorShiftAlreadyOpenRemedy),
        E::RegisterBlocked => (Key::ErrorRegisterBlocked, Key::ErrorRegisterBlockedRemedy),
        E::UserHasOpenShift => (Key::ErrorUserHasOpenShift, Key::ErrorUserHasOpenShiftRemedy),
        E::WrongShift => (Key::ErrorWrongShift, Key::ErrorWrongShiftRemedy),
        E::NotShiftOwner => (Key::ErrorNotShiftOwner, Key::ErrorNotShiftOwnerRemedy),
        E::ShiftClosed => (Key::ErrorShiftClosed, Key::ErrorShiftClosedRemedy),
        E::OrderBroken => (Key::ErrorOrderBroken, Key::ErrorOrderBrokenRemedy),
        E::UidStale => (Key::ErrorUidStale, Key::ErrorUidStaleRemedy),
        E::RepeatLater => (Key::ErrorRepeatLater, Key::ErrorRepeatLaterRemedy),
        E::ServerFailed => (Key::ErrorServerFailed, Key::ErrorServerFailedRemedy),
        E::NoLink => (Key::ErrorNoLink, Key::ErrorNoLinkRemedy),
        E::LinkBroken => (Key::ErrorLinkBroken, Key::ErrorLinkBrokenRemedy),
        E::TimedOut => (Key::ErrorTimedOut, Key::ErrorTimedOutRemedy),
        E::NotTheApi => (Key::ErrorNotTheApi, Key::ErrorNotTheApiRemedy),
        E::CannotRenderAmount => (
            Key::ErrorCannotRenderAmount,
            Key::ErrorCannotRenderAmountRemedy,
        ),
        E::Refused => (Key::ErrorRefused, Key::ErrorRefusedRemedy),
        E::AccountMissing => (Key::ErrorAccountMissing, Key::ErrorAccountMissingRemedy),
        E::NotSignedIn => (Key::ErrorNotSignedIn, Key::ErrorNotSignedInRemedy),
        E::BadInput => (Key::ErrorBadInput, Key::ErrorBadInputRemedy),
        E::ReasonMissing => (Key::ErrorReasonMissing, Key::ErrorReasonMissingRemedy),
        E::PortUnusable => (Key::ErrorPortUnusable, Key::ErrorPortUnusableRemedy),
        E::Busy => (Key::ErrorBusy, Key::ErrorBusyRemedy),
        E::Unresolved => (Key::ErrorUnresolved, Key::ErrorUnresolvedRemedy),
        E::DataFolder => (Key::ErrorDataFolder, Key::ErrorDataFolderRemedy),
        E::DiskFull => (Key::ErrorDiskFull, Key::ErrorDiskFullRemedy),
        E::DatabaseNewer => (Key::ErrorDatabaseNewer, Key::ErrorDatabaseNewerRemedy),
        E::Damaged => (Key::ErrorDamaged, Key::ErrorDamagedRemedy),
        E::BackupUnusable => (Key::ErrorBackupUnusable, Key::ErrorBackupUnusableRemedy),
        E::Restored => (Key::ErrorRestored, Key::ErrorRestoredRemedy),
        E::OutboxWaiting => (Key::ErrorOutboxWaiting, Key::ErrorOutboxWaitingRemedy),
        E::LicenceMissing => (Key::ErrorLicenceMissing, Key::ErrorLicenceMissingRemedy),
        E::AutonomyOver => (Key::ErrorAutonomyOver, Key::ErrorAutonomyOverRemedy),
        E::Keystore => (Key::ErrorKeystore, Key::ErrorKeystoreRemedy),
        E::KeystoreLocked => (Key::ErrorKeystoreLocked, Key::ErrorKeystoreLockedRemedy),
        E::OutputFailed => (Key::ErrorOutputFailed, Key::ErrorOutputFailedRemedy),
        E::NotPrinted => (Key::ErrorNotPrinted, Key::ErrorNotPrintedRemedy),
        E::NoOpenShift => (Key::ErrorNoOpenShift, Key::ErrorNoOpenShiftRemedy),
        E::ShiftOverdue => (Key::ErrorShiftOverdue, Key::ErrorShiftOverdueRemedy),
        E::UnknownOutcome => (Key::ErrorUnknownOutcome, Key::ErrorUnknownOutcomeRemedy),
        E::Internal => (Key::ErrorInternal, Key::ErrorInternalRemedy),
    }
}
