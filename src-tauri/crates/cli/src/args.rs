//! The command line as people and scripts type it.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use operations::{Language, Paper};

use crate::output::{Output, paper, report_lang};
use crate::print::Print;
use crate::server::SandboxArgs;
use crate::usage;

/// Everything before and including the command.
#[derive(Debug, Parser)]
#[command(
    name = "smenactl",
    version,
    about = "Смена: смены касс из командной строки",
    after_help = "Коды выхода: 0 готово, 1 сервер отказал, 2 неверный ввод, 3 исход неизвестен (recover), 4 нет входа,\n5 нет связи, 6 ошибка на этом компьютере, 7 готово, но файл не записан, 8 в очереди без связи.\n\nПеременные: SMENA_DATA_DIR — папка данных, SMENA_PASSPHRASE — парольная фраза вместо хранилища паролей системы."
)]
pub(crate) struct Cli {
    /// Where and how.
    #[command(flatten)]
    pub(crate) globals: Globals,
    /// What.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub(crate) struct Globals {
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "SMENA_DATA_DIR",
        help = "Папка данных"
    )]
    pub(crate) data_dir: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = "Сервер: адрес, production или test"
    )]
    pub(crate) server: Option<String>,
    #[arg(
        long,
        global = true,
        value_name = "PHONE",
        help = "Работать только под этим пользователем"
    )]
    pub(crate) account: Option<String>,
    #[arg(
        long,
        global = true,
        help = "Учебный режим: учебный сервер и отдельная папка данных"
    )]
    pub(crate) training: bool,
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "LANG",
        help = "Язык сообщений: ru, kk или en; иначе как в настройке language"
    )]
    pub(crate) lang: Option<Lang>,
    #[arg(long, global = true, help = "Результат и ошибки в JSON")]
    pub(crate) json: bool,
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help = "Подробный журнал на stderr; -vv ещё подробнее")]
    pub(crate) verbose: u8,
}

/// Languages of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    Ru,
    Kk,
    En,
}

impl Lang {
    /// The language of the catalogue.
    pub(crate) const fn texts(self) -> texts::Lang {
        match self {
            Self::Ru => texts::Lang::Ru,
            Self::Kk => texts::Lang::Kk,
            Self::En => texts::Lang::En,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = "Войти на сервер и запомнить вход")]
    Login(Login),
    #[command(about = "Выйти: забыть пароль и токен")]
    Logout,
    #[command(about = "Кто вошёл")]
    Accounts,
    #[command(about = "Кассы, их состояние и возраст смены")]
    Registers {
        #[arg(long, help = "Прочитать заново (и так всегда читается с сервера)")]
        refresh: bool,
    },
    #[command(subcommand, about = "Смена: открыть, посмотреть, закрыть")]
    Shift(Shift),
    #[command(subcommand, about = "X-отчёт и отчёт по секциям")]
    Report(Report),
    #[command(subcommand, about = "Автономные операции, которые ждут связи")]
    Outbox(Outbox),
    #[command(subcommand, about = "Автономный режим касс")]
    Autonomous(Autonomous),
    #[command(subcommand, about = "Архив отчётов")]
    Archive(Archive),
    #[command(subcommand, about = "Журнал операций")]
    Journal(Journal),
    #[command(
        about = "Выяснить исход операций, который остался неизвестен; закрытие, которое не дошло, будет завершено"
    )]
    Recover {
        #[arg(long, value_name = "ID", help = "Только эта касса")]
        kkm: Option<i64>,
    },
    #[command(
        subcommand,
        about = "Настройки: сеть, бумага и печать, языки, окно, часовой пояс",
        after_help = usage::SETTINGS
    )]
    Settings(Settings),
    #[command(about = "Собрать сведения для поддержки в один файл; паролей и ключей в нём нет")]
    SupportBundle(SupportBundle),
    #[command(about = "Принтеры этого компьютера")]
    Printers,
    #[command(subcommand, about = "Очередь печати")]
    Print(Print),
    #[command(about = "Резервная копия всех данных одним файлом")]
    Backup(Copy),
    #[command(
        about = "Восстановить данные из резервной копии; нынешние сохраняются рядом, в папке copies"
    )]
    Restore(Copy),
    #[command(
        about = "Учебный сервер сам по себе; работает до Ctrl+C",
        after_help = usage::FAULTS
    )]
    Sandbox(SandboxArgs),
}

/// `login`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("password").required(true))]
pub(crate) struct Login {
    #[arg(long, value_name = "PHONE", help = "Номер телефона для входа")]
    pub(crate) login: String,
    #[arg(long, group = "password", help = "Пароль с stdin, одной строкой")]
    pub(crate) password_stdin: bool,
    #[arg(
        long,
        group = "password",
        value_name = "VAR",
        help = "Пароль из этой переменной окружения"
    )]
    pub(crate) password_env: Option<String>,
    #[arg(
        long,
        value_enum,
        value_name = "STORE",
        help = "Где хранить: keyring (хранилище системы) или passphrase (SMENA_PASSPHRASE)"
    )]
    pub(crate) store: Option<StoreKind>,
}

/// Where the key to the credentials is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StoreKind {
    Keyring,
    Passphrase,
}

/// `shift …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Shift {
    #[command(about = "Открыть смену")]
    Open {
        #[arg(long, value_name = "ID", help = "Касса (IdKkm)")]
        kkm: i64,
        #[command(flatten)]
        without_link: WithoutLink,
    },
    #[command(about = "Сведения о смене", group = ArgGroup::new("which").required(true))]
    Show {
        #[arg(
            long,
            value_name = "ID",
            group = "which",
            help = "Открытая или последняя смена этой кассы"
        )]
        kkm: Option<i64>,
        #[arg(
            long,
            value_name = "ID",
            group = "which",
            help = "Смена по её номеру (IdShift)"
        )]
        shift: Option<i64>,
        #[command(flatten)]
        output: Output,
    },
    #[command(about = "Закрыть смену: Z-отчёт")]
    Close(Close),
}

/// `shift close`.
#[derive(Debug, Args)]
pub(crate) struct Close {
    #[arg(long, value_name = "ID", help = "Касса (IdKkm)")]
    pub(crate) kkm: i64,
    #[command(flatten)]
    pub(crate) without_link: WithoutLink,
    #[arg(long, help = "Сначала снять X-отчёт и отчёт по секциям")]
    pub(crate) x_first: bool,
    #[arg(long, value_name = "SUM", allow_hyphen_values = true, value_parser = clap::builder::NonEmptyStringValueParser::new(), help = "Сколько денег в кассе по пересчёту")]
    pub(crate) counted: Option<String>,
    #[arg(
        long,
        value_name = "TEXT",
        requires = "counted",
        help = "Почему пересчёт расходится"
    )]
    pub(crate) reason: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What an opening or a closing does without a link.
#[derive(Debug, Args)]
pub(crate) struct WithoutLink {
    #[arg(
        long,
        help = "Без связи — автономно: операция встанет в очередь и уйдёт, когда связь появится"
    )]
    pub(crate) autonomous: bool,
    #[arg(
        long,
        value_name = "RFC3339",
        requires = "autonomous",
        help = "Когда это было сделано"
    )]
    pub(crate) date: Option<DateTime<Utc>>,
}

/// `outbox …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Outbox {
    #[command(about = "Что ждёт связи")]
    List {
        #[arg(long, help = "И то, что уже отправлено или снято")]
        all: bool,
    },
    #[command(about = "Отправить очередь")]
    Replay {
        #[arg(
            long,
            value_name = "ID",
            help = "Только эта касса; её очередь, остановленная отказом, пойдёт снова"
        )]
        kkm: Option<i64>,
    },
    #[command(about = "Снять операцию с очереди: на сервере она не будет сделана")]
    Withdraw {
        #[arg(value_name = "NUMBER", help = "Номер в очереди")]
        number: i64,
    },
}

/// `autonomous …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Autonomous {
    #[command(about = "Кассы с автономным режимом")]
    List,
    #[command(about = "Включить; кассу надо прочитать с сервера, поэтому нужна связь")]
    On {
        #[arg(long, value_name = "ID", help = "Касса (IdKkm)")]
        kkm: i64,
        #[arg(
            long,
            help = "На эту кассу есть разрешение Национального банка на автономную работу"
        )]
        i_have_a_licence: bool,
    },
    #[command(about = "Выключить; то, что уже в очереди, будет отправлено")]
    Off {
        #[arg(long, value_name = "ID", help = "Касса (IdKkm)")]
        kkm: i64,
    },
}

/// `report …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Report {
    #[command(about = "X-отчёт (на сервере это фискальный документ)")]
    X {
        #[arg(long, value_name = "ID", help = "Касса (IdKkm)")]
        kkm: i64,
        #[command(flatten)]
        output: Output,
    },
    #[command(about = "Отчёт по секциям")]
    Sections {
        #[arg(long, value_name = "ID", help = "Касса (IdKkm)")]
        kkm: i64,
        #[command(flatten)]
        output: Output,
    },
}

/// `archive …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Archive {
    #[command(about = "Отчёты, новые сверху")]
    List {
        #[command(flatten)]
        filters: Filters,
        #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000), help = "Не больше стольких")]
        limit: u32,
    },
    #[command(about = "Отчёты в одном файле: книга Excel, таблица CSV, JSON или PDF")]
    Export {
        #[arg(
            value_name = "FILE",
            help = "Куда записать; вид файла — по окончанию: .xlsx, .csv, .json или .pdf"
        )]
        file: PathBuf,
        #[command(flatten)]
        filters: Filters,
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help = "Не больше стольких, новые первыми; без этого все")]
        limit: Option<u32>,
        #[arg(
            long,
            value_parser = paper(),
            ignore_case = true,
            value_name = "PAPER",
            help = "Бумага для PDF: 80, 58 или a4; иначе как в настройке paper"
        )]
        paper: Option<Paper>,
        #[arg(
            long,
            value_parser = report_lang(),
            ignore_case = true,
            value_name = "LANG",
            help = "Язык: ru, kk, en, в PDF и kk+ru; без этого язык сообщений, в PDF — как в настройке report-language"
        )]
        report_lang: Option<Language>,
        #[arg(long, help = "Заменить файл, если он есть")]
        force: bool,
    },
    #[command(about = "Отчёт из архива")]
    Show {
        #[arg(value_name = "NUMBER", help = "Номер в архиве")]
        number: i64,
        #[command(flatten)]
        output: Output,
    },
    #[command(about = "Сводка за период: Z-отчёты, сложенные по дням, кассам и сменам")]
    Summary {
        #[arg(long, value_name = "ID", help = "Только эта касса")]
        kkm: Option<i64>,
        #[arg(
            long,
            value_name = "DATE",
            help = "С этого дня по часам этого компьютера: ГГГГ-ММ-ДД"
        )]
        from: Option<String>,
        #[arg(long, value_name = "DATE", help = "По этот день включительно")]
        to: Option<String>,
        #[command(flatten)]
        output: Output,
    },
    #[command(about = "Проверить, что ни один отчёт не изменён")]
    Verify,
    #[command(
        about = "Проверить, что Z-отчёты идут подряд: смены без пропусков, начало каждой равно концу прошлой"
    )]
    Continuity {
        #[arg(long, value_name = "ID", help = "Только эта касса")]
        kkm: Option<i64>,
    },
}

/// Which reports of the archive.
#[derive(Debug, Args)]
pub(crate) struct Filters {
    #[arg(long, value_name = "ID", help = "Только эта касса")]
    pub(crate) kkm: Option<i64>,
    #[arg(
        long = "type",
        value_enum,
        value_name = "TYPE",
        help = "x, z или sections"
    )]
    pub(crate) kind: Option<Kind>,
    #[arg(
        long,
        value_name = "DATE",
        help = "С этого дня по часам этого компьютера: ГГГГ-ММ-ДД"
    )]
    pub(crate) from: Option<String>,
    #[arg(long, value_name = "DATE", help = "По этот день включительно")]
    pub(crate) to: Option<String>,
    #[arg(long, value_name = "N", help = "Только смена с этим номером")]
    pub(crate) shift: Option<i64>,
}

/// A kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    X,
    Z,
    Sections,
}

/// `journal …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Journal {
    #[command(about = "Операции, новые сверху")]
    List {
        #[arg(long, help = "Только те, чей исход неизвестен")]
        unresolved: bool,
        #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000), help = "Не больше стольких")]
        limit: u32,
    },
    #[command(about = "Одна операция целиком: ключ, запрос, времена, ответ сервера")]
    Show {
        #[arg(value_name = "NUMBER", help = "Номер в журнале")]
        number: i64,
    },
}

/// `settings …`.
#[derive(Debug, Subcommand)]
pub(crate) enum Settings {
    #[command(about = "Все настройки")]
    List,
    #[command(
        about = "Задать настройку",
        after_help = usage::SETTINGS
    )]
    Set {
        #[arg(value_name = "NAME", help = "Имя")]
        name: String,
        #[arg(value_name = "VALUE", help = "Значение; пустое возвращает исходное")]
        value: String,
    },
}

/// `support-bundle`.
#[derive(Debug, Args)]
pub(crate) struct SupportBundle {
    #[arg(value_name = "FILE.zip", help = "Куда записать")]
    pub(crate) file: PathBuf,
    #[arg(long, help = "Заменить файл, если он есть")]
    pub(crate) force: bool,
}

/// `backup` and `restore`.
#[derive(Debug, Args)]
pub(crate) struct Copy {
    #[arg(value_name = "FILE", help = "Файл резервной копии")]
    pub(crate) file: PathBuf,
    #[arg(
        long,
        help = "backup: заменить файл, если он есть; restore: восстановить, даже если в копии есть не всё"
    )]
    pub(crate) force: bool,
}
