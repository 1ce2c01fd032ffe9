//! What the command line's parser has to say, and as JSON where JSON was asked for.

use std::error::Error as _;
use std::num::{IntErrorKind, ParseIntError};
use std::process::ExitCode;

use clap::ValueEnum as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use texts::{Key, Phrase};

use crate::args::Lang;
use crate::asked::Asked;
use crate::exit;
use crate::failure::Failure;
use crate::say::Say;

/// Every setting with its values, of which the first holds until another one is set.
pub(crate) const SETTINGS: &str = "\
Настройки; первое значение действует, пока не задано другое:
  proxy              system, none или http://ХОСТ:ПОРТ — через какой прокси идти в сеть
  root-certificates  файл PEM с корневыми сертификатами сверх системных; сначала пусто
  x-method           auto, get или post — каким запросом снимать X-отчёт
  paper              80, 58 или a4 — на какой бумаге отчёты
  report-language    ru, kk, en или kk+ru — на каком языке отчёты
  language           system, ru, kk или en — на каком языке окно и сообщения
  printer            system:ИМЯ, raw:ИМЯ или tcp:АДРЕС[:ПОРТ]; сначала пусто: не выбран
  auto-print         off, z или all — какие отчёты печатать без команды
  reminders          on или off — напоминать, что смене скоро 24 часа
  blind-count        off или on — пересчитывать наличные, не видя, сколько их должно быть
  close-to-tray      off или on — крестик окна оставляет программу в трее
  board              table или cards — как показаны кассы
  time-zone          system или имя (Asia/Almaty, Asia/Aqtau…) — часовой пояс магазина

Выбранный принтер нужен для auto-print. Пустое значение возвращает первое.";

/// Every action of a fault.
pub(crate) const FAULTS: &str = "\
Сбой портит ответы на выбранные запросы: 'METHOD PATH-REGEX NTH ACTION'.
METHOD — GET, POST… или *; PATH-REGEX — регулярное выражение на весь путь; NTH — который из таких запросов: 1, 2-4, 3+ или *.
ACTION:
  refuse           не выполнить и закрыть связь без ответа
  reset-before     не выполнить и оборвать связь
  reset-after      выполнить и оборвать связь: ответ потерян
  delay:MS         выполнить и ответить позже на столько миллисекунд
  delay-before:MS  выполнить через столько миллисекунд, если клиент ещё ждёт
  drip:MS          выполнить и отвечать по капле, раз в столько миллисекунд
  status:CODE      не выполнить, ошибка CODE (400–599) в HTTP и в ответе
  envelope:CODE    не выполнить, HTTP 200 и ошибка CODE в ответе
  401, 449, 452    не выполнить, эта ошибка с её текстом
  html             не выполнить, страница прокси вместо ответа
  truncate         выполнить и отдать половину ответа
  garbage          выполнить и ответить не JSON
  echo:CODE        не выполнить, ошибка CODE, в которой повторён запрос
  write:FORM       выполнить и ответить в непривычной записи: spelling, markup, amounts=quoted, sections=rows…

С «-after» за status, envelope, html, echo, 401, 449 и 452 запрос сначала выполняется: status-after:500.";

/// Help and version go to the standard output and are no failure; a mistake is exit 2.
pub(crate) fn end(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let as_json = std::env::args_os().any(|word| word == "--json");
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !as_json {
        let _ = error.print();
        return ExitCode::from(exit::USAGE);
    }
    let failure = Failure::usage(
        Phrase::of(Key::CliNotUnderstood).holding("what", what(error)),
        Key::CliUsageRemedy,
    );
    let say = Say {
        json: as_json,
        lang: lang(typed_lang()),
        asked: Asked::default(),
    };
    eprintln!("{}", failure.text(say));
    ExitCode::from(failure.exit())
}

/// The language of what is said before any settings are read: the one asked for, else the system's.
pub(crate) fn lang(asked: Option<Lang>) -> texts::Lang {
    asked.map_or_else(operations::system_lang, Lang::texts)
}

/// `--lang` of a command line that could not be parsed as a whole.
fn typed_lang() -> Option<Lang> {
    let words: Vec<String> = std::env::args().collect();
    let after = words.iter().position(|word| word == "--lang");
    let inline = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let named = inline.or_else(|| words.get(after? + 1).map(String::as_str))?;
    Lang::from_str(named, false).ok()
}

fn what(error: &clap::Error) -> Phrase {
    let named = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = named(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            Phrase::of(Key::CliNoCommand).with("name", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => Phrase::of(Key::CliNoOption).with("name", argument),
        ErrorKind::MissingRequiredArgument => {
            Phrase::of(Key::CliOptionMissing).with("name", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = named(ContextKind::InvalidValue);
            if value.is_empty() {
                Phrase::of(Key::CliValueMissing).with("name", argument)
            } else {
                let bad = Phrase::of(Key::CliValueBad).with("value", value);
                let bad = bad.with("name", argument);
                match fits(error) {
                    Some(fits) => Phrase::joined([bad, fits], ": "),
                    None => bad,
                }
            }
        }
        ErrorKind::ArgumentConflict => Phrase::of(Key::CliNotTogether)
            .with("name", argument)
            .with("other", named(ContextKind::PriorArg)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Phrase::of(Key::CliCommandMissing)
        }
        other => Phrase::given(other),
    }
}

/// What would fit instead.
fn fits(error: &clap::Error) -> Option<Phrase> {
    if let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue)
        && !values.is_empty()
    {
        let values = values.join(", ");
        return Some(Phrase::of(Key::CliFitsOneOf).with("values", values));
    }
    let cause = error.source()?;
    if cause.is::<chrono::ParseError>() {
        return Some(Key::CliFitsTime.into());
    }
    if let Some(number) = cause.downcast_ref::<ParseIntError>() {
        // A number that is too large is whole all the same.
        let is_too_large = matches!(
            number.kind(),
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow
        );
        return (!is_too_large).then(|| Key::CliFitsWhole.into());
    }
    // Of a range the parser says only this much, and in words.
    let cause = cause.to_string();
    let (_, range) = cause.split_once(" is not in ")?;
    let (from, to) = range.split_once("..")?;
    let to = to.trim_start_matches('=');
    let fits = Phrase::of(Key::CliFitsBetween).with("from", from);
    (!from.is_empty()).then(|| fits.with("to", to))
}
