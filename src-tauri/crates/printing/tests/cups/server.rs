//! A CUPS server of its own: it knows nothing of the system's, and ends with the test.

use std::fs::{self, Permissions};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const SETTINGS: &str = "\
LogLevel debug
MaxLogSize 0
Browsing No
WebInterface No
DefaultAuthType None
ErrorPolicy retry-job
JobRetryInterval 1
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
";

const DRIVER: &str = r#"*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "SMENA.PPD"
*Manufacturer: "Smena"
*Product: "(Smena)"
*ModelName: "Smena"
*ShortNickName: "Smena"
*NickName: "Smena"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*FileSystem: False
*cupsVersion: 2.2
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
"#;

/// The server; it ends when this is dropped.
pub(crate) struct Cups {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Cups {
    /// Starts it and waits until it answers.
    pub(crate) fn start() -> Self {
        // Not below a folder that the server's own user may not enter.
        let folder = tempfile::Builder::new()
            .prefix("cups-")
            .tempdir_in("/tmp")
            .unwrap();
        let port = {
            let free = TcpListener::bind("127.0.0.1:0").unwrap();
            free.local_addr().unwrap().port()
        };
        make_folders(folder.path());
        let root = folder.path().display();
        let files = format!(
            "ServerRoot {root}\nRequestRoot {root}/spool\nTempDir {root}/spool/tmp\nCacheDir {root}/cache\nStateDir {root}/state\n\
             AccessLog {root}/access_log\nErrorLog {root}/error_log\nPageLog {root}/page_log\n"
        );
        let (conf, files_conf) = (
            folder.path().join("cupsd.conf"),
            folder.path().join("cups-files.conf"),
        );
        fs::write(&conf, format!("Listen 127.0.0.1:{port}\n{SETTINGS}")).unwrap();
        fs::write(&files_conf, files).unwrap();
        let child = Command::new(program("cupsd"))
            .arg("-f")
            .arg("-c")
            .arg(&conf)
            .arg("-s")
            .arg(&files_conf)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("cupsd (package cups-daemon) is needed");
        let mut cups = Self {
            child,
            port,
            folder,
        };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = cups.child.try_wait().unwrap();
            assert!(
                ended.is_none() && begun.elapsed() < Duration::from_secs(30),
                "{ended:?}\n{}",
                cups.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        cups
    }

    /// What `CUPS_SERVER` is for its clients.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Makes a queue that hands bytes on to this port as they are.
    pub(crate) fn queue(&self, name: &str, port: u16) {
        let device = format!("socket://127.0.0.1:{port}");
        self.admin("lpadmin", &["-p", name, "-E", "-v", &device, "-m", "raw"]);
    }

    /// Makes a queue with the driver of a printer that understands PDF and nothing else, at this port.
    pub(crate) fn queue_of_a_pdf_printer(&self, name: &str, port: u16) {
        let device = format!("socket://127.0.0.1:{port}");
        let driver = self.folder.path().join("driver.ppd");
        fs::write(&driver, DRIVER).unwrap();
        let driver = driver.to_str().unwrap();
        self.admin("lpadmin", &["-p", name, "-E", "-v", &device, "-P", driver]);
    }

    /// Runs one of the administrator's programs.
    pub(crate) fn admin(&self, tool: &str, args: &[&str]) {
        let mut command = Command::new(program(tool));
        let output = command
            .args(args)
            .env("CUPS_SERVER", self.address())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{tool} {args:?}: {output:?}\n{}",
            self.log()
        );
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("error_log")).unwrap_or_default()
    }
}

impl Drop for Cups {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An administrator's program may not be on everybody's path.
fn program(name: &str) -> String {
    let path = format!("/usr/sbin/{name}");
    if Path::new(&path).exists() {
        path
    } else {
        name.to_owned()
    }
}

/// It starts in folders of its own group only, where it is started by root.
fn make_folders(root: &Path) {
    let groups = fs::read_to_string("/etc/group").unwrap();
    let its = groups.lines().find_map(|line| line.strip_prefix("lp:x:"));
    let its = its.and_then(|rest| rest.split(':').next()?.parse::<u32>().ok());
    for (name, mode) in [
        ("", 0o755),
        ("spool", 0o710),
        ("spool/tmp", 0o1770),
        ("cache", 0o770),
        ("state", 0o755),
    ] {
        let folder = root.join(name);
        fs::create_dir_all(&folder).unwrap();
        // Another than root owns them and is the server.
        let _ = std::os::unix::fs::chown(&folder, None, its);
        fs::set_permissions(&folder, Permissions::from_mode(mode)).unwrap();
    }
}
