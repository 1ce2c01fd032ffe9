//! What the page and the command line are shown, and what the page says. Amounts are decimal strings with two places, times
//! RFC 3339 in UTC; `null` is what the server did not report. The page's TypeScript types are generated from these.

/// Makes structs that are sent to the page, each with its declaration in TypeScript.
macro_rules! view {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(rename_all = "camelCase")]
            #[ts(rename_all = "camelCase")]
            pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
        )*

        /// The TypeScript declarations of these views.
        pub(super) fn declarations(config: &ts_rs::Config) -> Vec<String> {
            vec![$(<$name as ts_rs::TS>::decl(config),)*]
        }
    };
}

/// The views by subject; all of them are named here.
macro_rules! subjects {
    ($($subject:ident)*) => {
        $(mod $subject; pub use $subject::*;)*

        /// The TypeScript declarations of every view.
        pub fn declarations() -> Vec<String> {
            let config = types();
            [$($subject::declarations(&config),)*].concat()
        }
    };
}

subjects! { session registers autonomous reports printing journal analytics schedule archive failure }

/// How Rust's types are written in TypeScript.
pub fn types() -> ts_rs::Config {
    ts_rs::Config::default().with_large_int("number")
}
