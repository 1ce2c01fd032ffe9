//! The window as the surroundings of the commands, by Tauri's own plugins.

use std::io;
use std::path::{Path, PathBuf};

use commands::{FileQuestion, Said, Stand, Surroundings};
use operations::{Lang, Trouble};
use tauri::{AppHandle, Emitter as _};
use tauri_plugin_autostart::ManagerExt as _;
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};
use tauri_plugin_notification::NotificationExt as _;
use tauri_plugin_opener::OpenerExt as _;

#[cfg(target_os = "linux")]
use crate::window;
use crate::{folders, tray};

/// The running program.
pub(crate) struct Around(pub(crate) AppHandle);

impl Surroundings for Around {
    fn data(&self) -> Result<PathBuf, Trouble> {
        folders::data(&self.0)
    }

    fn documents(&self) -> Result<PathBuf, Trouble> {
        folders::documents(&self.0)
    }

    fn say(&self, said: Said) {
        if let Err(error) = self.0.emit(said.name(), ()) {
            tracing::warn!(%error, "the page is not told");
        }
    }

    fn notify(&self, title: &str, text: &str) {
        let shown = self
            .0
            .notification()
            .builder()
            .title(title)
            .body(body(text))
            .show();
        if let Err(error) = shown {
            tracing::warn!(%error, "a notification cannot be shown");
        }
    }

    fn stand(&self, stand: &Stand) {
        if let Err(error) = tray::show(&self.0, stand) {
            tracing::warn!(%error, "the tray does not show how the registers stand");
        }
    }

    fn speak(&self, lang: Lang) {
        #[cfg(target_os = "linux")]
        window::speak(&self.0, lang);
        if let Err(error) = tray::speak(&self.0, lang) {
            tracing::warn!(%error, "the tray does not change its language");
        }
    }

    fn ask(&self, question: &FileQuestion) -> Option<PathBuf> {
        let (kind, extension) = &question.kind;
        let dialog = self.0.dialog().file().set_title(&question.title);
        let dialog = dialog.add_filter(kind, &[extension]);
        let named = match &question.name {
            Some(name) => dialog.set_file_name(name).blocking_save_file(),
            None => dialog.blocking_pick_file(),
        };
        named?.into_path().ok()
    }

    fn confirm(&self, question: &str) -> bool {
        let dialog = self.0.dialog().message(question).title("Smena");
        dialog
            .kind(MessageDialogKind::Warning)
            .buttons(MessageDialogButtons::OkCancel)
            .blocking_show()
    }

    fn open(&self, path: &Path, folder: bool) -> io::Result<()> {
        let opener = self.0.opener();
        let opened = if folder {
            opener.reveal_item_in_dir(path)
        } else {
            opener.open_path(path.to_string_lossy(), None::<&str>)
        };
        opened.map_err(io::Error::other)
    }

    fn starts_with_computer(&self) -> Option<bool> {
        self.0.autolaunch().is_enabled().ok()
    }

    fn start_with_computer(&self, on: bool) -> io::Result<()> {
        let launch = self.0.autolaunch();
        let done = if on {
            launch.enable()
        } else {
            launch.disable()
        };
        done.map_err(io::Error::other)
    }

    fn quit(&self) {
        self.0.exit(0);
    }
}

/// A notification's text as the system takes it: on Linux it is markup, and names in it are the server's.
fn body(text: &str) -> String {
    if cfg!(target_os = "linux") {
        escaped(text)
    } else {
        text.to_owned()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_notification_is_no_markup() {
        let text = r#"<a href="https://a.kz">R&D</a> &lt;"#;
        let shown = "&lt;a href=\"https://a.kz\"&gt;R&amp;D&lt;/a&gt; &amp;lt;";
        assert_eq!(escaped(text), shown);
        let linux = cfg!(target_os = "linux");
        assert_eq!(body(text), if linux { shown } else { text });
    }
}
