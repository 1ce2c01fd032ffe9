//! Bodies of the state-changing requests, exactly as they are sent and journalled.

use chrono::{DateTime, Utc};
use domain::KkmId;

/// The body of `POST /shifts`. A `date` makes the operation autonomous.
pub fn open_body(kkm: KkmId, date: Option<DateTime<Utc>>) -> String {
    operation(kkm, date)
}

/// The body of `POST /shifts/:IdShift/z`. A `date` makes the operation autonomous.
pub fn z_body(kkm: KkmId, date: Option<DateTime<Utc>>) -> String {
    operation(kkm, date)
}

fn operation(kkm: KkmId, date: Option<DateTime<Utc>>) -> String {
    date.map_or_else(
        || format!(r#"{{"IdKkm":{kkm}}}"#),
        |date| {
            let date = date.format("%Y-%m-%dT%H:%M:%S+00:00");
            format!(r#"{{"IdKkm":{kkm},"Date":"{date}"}}"#)
        },
    )
}

/// The body of `POST /auth`.
pub(crate) fn sign_in_body(login: &str, password: &str) -> Result<String, serde_json::Error> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Body<'a> {
        login: &'a str,
        password: &'a str,
    }
    serde_json::to_string(&Body { login, password })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_in_the_specification() {
        let kkm = KkmId::new(77505);
        let date = "2020-12-20T12:34:46.789+06:00".parse().ok();
        assert_eq!(open_body(kkm, None), r#"{"IdKkm":77505}"#);
        assert_eq!(
            z_body(kkm, date),
            r#"{"IdKkm":77505,"Date":"2020-12-20T06:34:46+00:00"}"#
        );
    }
}
