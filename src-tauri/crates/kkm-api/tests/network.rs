//! The network as it is: each failure told apart by what it means for an operation, over real sockets and real TLS.
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used
)]

mod server;

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{ErrorCode, ServerUrl, ShiftId};
use kkm_api::{ApiError, Client, Failure, Network, Proxy, Session, Timeouts, XMethod};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use server::{PASSWORD, Server, envelope, z};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

const REGISTERS: &str = r#"{"Status":200,"Message":"OK","Data":{"Kkms":[]}}"#;

fn session(address: &str, network: &Network) -> Session {
    let timeouts = Timeouts {
        connect: Duration::from_secs(2),
        answer: Duration::from_millis(600),
        z: Duration::from_millis(600),
        pause: Duration::from_millis(2),
        ..Timeouts::default()
    };
    let server = ServerUrl::parse(address).unwrap();
    let client = Client::new(server, timeouts, network).unwrap();
    let token = Some("hidden-old-token".into());
    Session::new(client, "7".into(), PASSWORD.into(), token, None)
}

fn means(error: &ApiError, failure: Failure, code: ErrorCode) {
    assert_eq!((error.failure, error.code), (failure, code), "{error}");
}

/// Listens, and does with each connection what it is told; gives its address.
async fn listen<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(serve(socket));
        }
    });
    address
}

/// Reads the request and answers with these bytes.
async fn answering(bytes: impl Into<Vec<u8>>) -> String {
    let bytes: Arc<Vec<u8>> = Arc::new(bytes.into());
    listen(move |mut socket| {
        let bytes = Arc::clone(&bytes);
        async move {
            let _ = socket.read(&mut [0; 8192]).await;
            let _ = socket.write_all(&bytes).await;
        }
    })
    .await
}

fn http(head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{head}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

#[tokio::test]
async fn a_reset_before_the_request_was_read_and_one_after_leave_it_open() {
    let before = listen(|socket| async move {
        socket.set_zero_linger().unwrap();
    })
    .await;
    let after = listen(|mut socket| async move {
        let _ = socket.read(&mut [0; 8192]).await;
        socket.set_zero_linger().unwrap();
    })
    .await;
    for address in [before, after] {
        let error = z(&session(&address, &Network::default()), "u", None)
            .await
            .unwrap_err();
        means(&error, Failure::MaybeDone, ErrorCode::LinkBroken);
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_means_that_nothing_was_sent() {
    let network = Network {
        proxy: Proxy::None,
        ..Network::default()
    };
    let error = z(
        &session("https://nobody.smena.invalid", &network),
        "u",
        None,
    )
    .await
    .unwrap_err();
    means(&error, Failure::NotSent, ErrorCode::NoLink);
}

#[tokio::test]
async fn a_slow_drip_runs_out_of_time_and_leaves_it_open() {
    let address = listen(|mut socket| async move {
        let _ = socket.read(&mut [0; 8192]).await;
        let answer = http("", include_bytes!("samples/z.json"));
        for byte in answer {
            if socket.write_all(&[byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    let error = z(&session(&address, &Network::default()), "u", None)
        .await
        .unwrap_err();
    means(&error, Failure::MaybeDone, ErrorCode::TimedOut);
}

#[tokio::test]
async fn a_wrong_length_is_never_success() {
    let body = include_str!("samples/z.json");
    // More is announced than comes, and less than there is.
    let long = format!("HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n{body}");
    let short = format!("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{body}");
    for (answer, code) in [(long, ErrorCode::LinkBroken), (short, ErrorCode::NotTheApi)] {
        let address = answering(answer).await;
        let error = z(&session(&address, &Network::default()), "u", None)
            .await
            .unwrap_err();
        means(&error, Failure::MaybeDone, code);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_goes_nowhere_else() {
    let elsewhere = Server::start().await;
    let target = elsewhere.client().server().to_string();
    for status in [301, 302, 307, 308] {
        let answer =
            format!("HTTP/1.1 {status} Moved\r\nLocation: {target}/x\r\nContent-Length: 0\r\n\r\n");
        let address = answering(answer).await;
        let session = session(&address, &Network::default());
        let error = z(&session, "u", None).await.unwrap_err();
        means(&error, Failure::MaybeDone, ErrorCode::NotTheApi);
        let error = session.kkms().await.unwrap_err();
        means(&error, Failure::Refused, ErrorCode::NotTheApi);
    }
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_hundred_megabytes_are_cut_off_packed_or_not() {
    let zeros = vec![b' '; 1 << 20];
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..100 {
        packed.write_all(&zeros).unwrap();
    }
    let packed = packed.finish().unwrap();
    let small = answering(http("Content-Encoding: gzip\r\n", &packed)).await;
    let big = listen(|mut socket| async move {
        let _ = socket.read(&mut [0; 8192]).await;
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n";
        let _ = socket.write_all(head.as_bytes()).await;
        let piece = vec![b' '; 1 << 20];
        for _ in 0..100 {
            if socket.write_all(&piece).await.is_err() {
                return;
            }
        }
    })
    .await;
    for address in [small, big] {
        let server = ServerUrl::parse(&address).unwrap();
        let client = Client::new(server, Timeouts::default(), &Network::default()).unwrap();
        let token = Some("hidden-old-token".into());
        let session = Session::new(client, "7".into(), PASSWORD.into(), token, None);
        let error = session.kkms().await.unwrap_err();
        assert_eq!(error.code, ErrorCode::NotTheApi, "{error}");
        assert_eq!(error.body.unwrap().len(), 2048);
    }
}

#[tokio::test]
async fn bad_gzip_is_a_broken_answer_and_good_gzip_is_read() {
    let address = answering(http("Content-Encoding: gzip\r\n", b"\x1f\x8b not really")).await;
    let error = z(&session(&address, &Network::default()), "u", None)
        .await
        .unwrap_err();
    assert_eq!(error.failure, Failure::MaybeDone, "{error}");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(REGISTERS.as_bytes()).unwrap();
    let address = answering(http(
        "Content-Encoding: gzip\r\n",
        &packed.finish().unwrap(),
    ))
    .await;
    let session = session(&address, &Network::default());
    assert_eq!(session.kkms().await.unwrap().value, []);
}

/// A company's own authority.
struct Authority {
    pem: Vec<u8>,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        Self {
            pem: issuer.pem().into_bytes(),
            issuer,
        }
    }

    fn trusted(&self) -> Network {
        Network {
            proxy: Proxy::None,
            roots: Some(self.pem.clone()),
            ..Network::default()
        }
    }

    /// A TLS server for this name; gives its port.
    async fn serve(&self, name: &str, expired: bool) -> u16 {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        if expired {
            params.not_before = rcgen::date_time_ymd(2019, 1, 1);
            params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        serve_tls(certificate.der().clone(), &key).await
    }
}

async fn serve_tls(
    certificate: tokio_rustls::rustls::pki_types::CertificateDer<'static>,
    key: &KeyPair,
) -> u16 {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(mut tls) = acceptor.accept(socket).await {
                    let _ = tls.read(&mut [0; 8192]).await;
                    let _ = tls.write_all(&http("", REGISTERS.as_bytes())).await;
                    let _ = tls.shutdown().await;
                }
            });
        }
    });
    port
}

#[tokio::test]
async fn an_extra_root_is_trusted_and_nothing_else_is() {
    let authority = Authority::new();
    let good = authority.serve("localhost", false).await;
    let address = |port: u16| format!("https://localhost:{port}");
    let trusted = session(&address(good), &authority.trusted());
    assert_eq!(trusted.kkms().await.unwrap().value, []);

    let wrong_name = authority.serve("kassa.example.kz", false).await;
    let expired = authority.serve("localhost", true).await;
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let self_signed = serve_tls(own.cert.der().clone(), &own.signing_key).await;
    let direct = Network {
        proxy: Proxy::None,
        ..Network::default()
    };
    for (port, network) in [
        (wrong_name, authority.trusted()),
        (expired, authority.trusted()),
        (self_signed, authority.trusted()),
        // The good one, by whoever does not know the authority.
        (good, direct),
    ] {
        let error = z(&session(&address(port), &network), "u", None)
            .await
            .unwrap_err();
        means(&error, Failure::NotSent, ErrorCode::NoLink);
    }
}

#[tokio::test]
async fn a_proxy_of_the_settings_is_asked_and_its_refusal_sends_nothing() {
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let proxy = listen(move |mut socket| {
        let told = told.clone();
        async move {
            let mut request = [0; 1024];
            let length = socket.read(&mut request).await.unwrap_or(0);
            let line = String::from_utf8_lossy(&request[..length]).into_owned();
            let _ = told.send(line);
            let _ = socket
                .write_all(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
                )
                .await;
        }
    })
    .await;
    let network = Network {
        proxy: Proxy::Url(proxy),
        ..Network::default()
    };
    let error = z(&session("https://kassa.example.kz", &network), "u", None)
        .await
        .unwrap_err();
    means(&error, Failure::NotSent, ErrorCode::NoLink);
    let asked = heard.recv().await.unwrap();
    assert!(asked.starts_with("CONNECT kassa.example.kz:443"), "{asked}");
    assert!(!asked.contains("hidden"), "the token is not the proxy's");
    // Nothing stands before this very computer.
    let server = Server::start().await;
    server.then(200, REGISTERS);
    let address = server.client().server().to_string();
    session(&address, &network).kkms().await.unwrap();
}

#[tokio::test]
async fn readings_wait_as_long_as_the_server_asks_and_give_up_where_that_is_too_long() {
    let busy = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n";
    let first = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let address = listen(move |mut socket| {
        let first = Arc::clone(&first);
        async move {
            while socket.read(&mut [0; 8192]).await.is_ok_and(|read| read > 0) {
                let answer = if first.swap(false, std::sync::atomic::Ordering::SeqCst) {
                    busy.as_bytes().to_vec()
                } else {
                    http("", REGISTERS.as_bytes())
                };
                let _ = socket.write_all(&answer).await;
            }
        }
    })
    .await;
    let began = Instant::now();
    session(&address, &Network::default()).kkms().await.unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));

    let address =
        answering("HTTP/1.1 429 Slow\r\nContent-Length: 0\r\nRetry-After: 3600\r\n\r\n").await;
    let began = Instant::now();
    let error = session(&address, &Network::default())
        .kkms()
        .await
        .unwrap_err();
    assert_eq!(error.retry_after, Some(3600));
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn how_x_is_taken_is_found_out_once_and_can_be_pinned() {
    let server = Server::start().await;
    let x = include_str!("samples/x.json");
    server
        .then(405, envelope(405, "Method Not Allowed", "null"))
        .then(200, x)
        .then(200, x);
    let session = server.session();
    session.x_report(ShiftId::new(5)).await.unwrap();
    session.x_report(ShiftId::new(5)).await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /shifts/5/x", "POST /shifts/5/x", "POST /shifts/5/x"]
    );
    assert_eq!(session.client().x_method(), XMethod::Post);
    // What somebody pinned stays, whatever the server says.
    let server = Server::start().await;
    server.then(404, envelope(404, "Not Found", "null"));
    let pinned = Network {
        x_method: XMethod::Post,
        x_pinned: true,
        ..Network::default()
    };
    let address = server.client().server().to_string();
    let pinned = self::session(&address, &pinned);
    assert!(pinned.x_report(ShiftId::new(5)).await.is_err());
    assert_eq!(server.lines(), ["POST /shifts/5/x"]);
}
