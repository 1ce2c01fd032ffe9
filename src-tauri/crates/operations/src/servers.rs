//! The servers whose addresses are known: seen in public clients of the API (docs/API.md, evidence C).

/// The production server.
pub const PRODUCTION: &str = "https://fiscal2.kassa24.kz";

/// The test server.
pub const TEST: &str = "https://api.fiscalv2.stage.tech24.kz";
