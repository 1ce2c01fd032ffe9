//! A whole day at the register, as a shop's manager plays it.

use crate::failure::{Failure, Played};
use crate::paper::Paper;
use crate::till::LOGIN;
use crate::window::Window;

/// The register the day is played at.
const REGISTER: &str = "register-77505";

/// What the day left.
#[derive(Debug)]
pub struct Day {
    /// The X-report.
    pub x: Paper,
    /// The section report.
    pub sections: Paper,
    /// The Z-report.
    pub z: Paper,
}

/// Plays the day from the first start to the Z-report; every step is checked on the page.
pub async fn play_day(window: &Window) -> Played<Day> {
    enter_training(window).await?;
    open_shift(window).await?;

    window.click("x-report").await?;
    let x = report(window, "04-x-report").await?;
    window.click("section-report").await?;
    let sections = report(window, "05-section-report").await?;

    let z = close_shift(window).await?;
    window.reads("state", "закрыта").await?;
    let kept = window
        .ask("return document.querySelectorAll(\"[data-test='report-line']\").length")
        .await?;
    if kept.as_u64() < Some(3) {
        return Err(Failure::Page(format!("the register's history has {kept}")));
    }
    window.picture("08-closed").await?;
    window.click("back").await?;
    window.see(REGISTER).await?;
    window.picture("09-registers").await?;
    Ok(Day { x, sections, z })
}

/// From the first start's sign-in page into training, which marks the window and has its cashier signed in already.
pub async fn enter_training(window: &Window) -> Played<()> {
    window.see("sign-in").await?;
    window.picture("01-sign-in").await?;
    window.click("enter-training").await?;
    window.reads("training-mark", "УЧЕБНЫЙ").await?;
    window.see("board").await?;
    window.reads(REGISTER, "закрыта").await?;
    window.picture("02-registers").await
}

/// Signs the training world's manager in on a server that is not one of the known ones; what comes of it is for the
/// walk to see.
pub async fn sign_in(window: &Window, address: &str, password: &str) -> Played<()> {
    window.see("sign-in").await?;
    window.choose("select[name='server']", "other").await?;
    window.fill("[name='address']", address).await?;
    window.fill("[name='login']", LOGIN).await?;
    window.fill("[name='password']", password).await?;
    window.click("sign-in-submit").await
}

/// Opens the register's shift and sees it open, on its own page and among the others.
pub async fn open_shift(window: &Window) -> Played<()> {
    window.click(REGISTER).await?;
    window.see("register").await?;
    window.reads("state", "закрыта").await?;
    window.click("open-shift").await?;
    window.see("confirm").await?;
    window.click("confirm-yes").await?;
    window.reads("state", "открыта").await?;
    window.see("close-shift").await?;
    window.picture("03-open-shift").await?;
    window.click("back").await?;
    window.reads(REGISTER, "открыта").await?;
    window.picture("03-registers-open").await?;
    window.click(REGISTER).await?;
    window.reads("state", "открыта").await?;
    Ok(())
}

/// Takes the report on the screen as a paper and goes back to the register.
async fn report(window: &Window, picture: &str) -> Played<Paper> {
    let paper = Paper::take(window).await?;
    window.picture(picture).await?;
    window.click("back").await?;
    window.see("register").await?;
    Ok(paper)
}

/// Counts the drawer 500 ₸ short, says why, closes the shift, takes the Z-report.
async fn close_shift(window: &Window) -> Played<Paper> {
    window.click("close-shift").await?;
    window.see("checklist").await?;
    window.picture("06-close-1-check").await?;
    window.click("close-next").await?;
    let counted = short_by_500(&window.text("expected").await?)?;
    window.fill("[data-test='counted']", &counted).await?;
    window.see("close-difference").await?;
    window.fill("[data-test='reason']", REASON).await?;
    window.picture("06-close-2-count").await?;
    window.click("close-next").await?;
    window.see("close-confirm").await?;
    window.picture("06-close-3-confirm").await?;
    window.click("close-confirm").await?;
    window.see("show-report").await?;
    window.picture("06-close-4-closed").await?;
    window.click("show-report").await?;
    report(window, "07-z-report").await
}

/// Closes the shift of the register that is shown, without counting; ends where its outcome is told.
pub async fn close_uncounted(window: &Window) -> Played<()> {
    window.click("close-shift").await?;
    window.see("checklist").await?;
    window.click("close-next").await?;
    window.see("expected").await?;
    window.click("close-next").await?;
    window.click("close-confirm").await
}

/// `306 835,73 ₸` as `306335,73`: what a drawer holds, 500 ₸ short.
pub fn short_by_500(expected: &str) -> Played<String> {
    let digits: String = expected.chars().filter(char::is_ascii_digit).collect();
    let tiyn: Option<i64> = digits.parse().ok().map(|tiyn: i64| tiyn - SHORT_TIYN);
    let tiyn = tiyn.filter(|tiyn| *tiyn > 0);
    let tiyn = tiyn.ok_or_else(|| Failure::Page(format!("the drawer should hold {expected:?}")))?;
    Ok(format!("{},{:02}", tiyn / 100, tiyn % 100))
}

const SHORT_TIYN: i64 = 50_000;
/// What the papers say of it.
pub const SHORT: &str = "500,00";
/// Why it is not what the register says.
pub const REASON: &str = "Размен в сейфе";
