//! The table of commands: from one list their names, their declarations for the page, and the way to each.

/// Makes of a list `name(argument: Type, …) -> Answer;` the names, the TypeScript declarations, and [`House::answer`], which
/// reads the arguments and calls the house's method of that name.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($($argument:ident: $kind:ty),* $(,)?) -> $answer:ty;)+) => {
        /// Every command; a capability grants each by name.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// The commands as TypeScript sees them.
        pub fn declarations() -> Vec<String> {
            vec![$($crate::table::declaration(
                stringify!($name),
                &[$($doc),+],
                &[$((stringify!($argument), $crate::table::in_typescript::<$kind>())),*],
                &$crate::table::in_typescript::<$answer>(),
            )),+]
        }

        impl House {
            /// Answers the page. What is asked for and what is answered is JSON.
            ///
            /// # Errors
            /// As the command says; when there is no such command, or its arguments are not what it takes.
            pub async fn answer(
                &self,
                command: &str,
                arguments: serde_json::Value,
            ) -> Result<serde_json::Value, operations::view::ErrorView> {
                let done = match command {
                    $(stringify!($name) => {
                        #[derive(serde::Deserialize)]
                        #[serde(rename_all = "camelCase", deny_unknown_fields)]
                        struct Arguments { $($argument: $kind),* }
                        match $crate::table::arguments(command, arguments) {
                            Ok(Arguments { $($argument),* }) => {
                                let answer: Result<$answer, operations::Trouble> = self.$name($($argument),*).await;
                                answer.and_then(|answer| $crate::table::json(&answer))
                            }
                            Err(trouble) => Err(trouble),
                        }
                    })+
                    _ => Err($crate::table::misunderstood(command, "no such command")),
                };
                done.map_err(|trouble| self.told(&trouble))
            }
        }
    };
}
pub(crate) use commands;

use domain::ErrorCode;
use operations::{Effect, Trouble};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::TS;

/// A type's name in TypeScript.
pub(crate) fn in_typescript<T: TS>() -> String {
    T::name(&operations::view::types())
}

/// One command's line. An argument that may be `null` may also be left out.
pub(crate) fn declaration(
    name: &str,
    doc: &[&str],
    arguments: &[(&str, String)],
    answer: &str,
) -> String {
    let doc = doc.iter().map(|line| line.trim()).collect::<Vec<_>>();
    let one = |(name, kind): &(&str, String)| {
        let may_lack = if kind.ends_with("| null") { "?" } else { "" };
        format!("{name}{may_lack}: {kind}")
    };
    let arguments = match arguments {
        [] => "undefined".to_owned(),
        some => format!(
            "{{ {} }}",
            some.iter().map(one).collect::<Vec<_>>().join("; ")
        ),
    };
    format!(
        "  /** {} */\n  {name}: {{ args: {arguments}; answer: {answer} }};",
        doc.join(" ")
    )
}

pub(crate) fn arguments<T: DeserializeOwned>(command: &str, given: Value) -> Result<T, Trouble> {
    let given = match given {
        Value::Null => Value::Object(serde_json::Map::new()),
        given => given,
    };
    serde_json::from_value(given).map_err(|error| misunderstood(command, &error.to_string()))
}

pub(crate) fn json(answer: &impl Serialize) -> Result<Value, Trouble> {
    serde_json::to_value(answer)
        .map_err(|error| Trouble::new(ErrorCode::Internal, Effect::Local).with("detail", error))
}

/// The page asked for something that there is not.
pub(crate) fn misunderstood(command: &str, why: &str) -> Trouble {
    Trouble::new(ErrorCode::Internal, Effect::Nothing)
        .with("command", command)
        .with("detail", why)
}
