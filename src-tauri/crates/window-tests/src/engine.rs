//! The engines that show the page.

/// What shows the page in a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The real program in its own window: WebKitGTK.
    WebKit,
    /// The page in headless Chromium, its commands answered by the program `bridge`.
    Chromium,
}

/// Makes two tests of each walk, a function of an [`Engine`]: one in the program's own window, one in Chromium.
#[macro_export]
macro_rules! in_both_engines {
    ($($walk:ident),+ $(,)?) => {
        mod webkit {
            $(#[tokio::test(flavor = "multi_thread")]
            #[ignore = "needs Xvfb and tauri-driver: cargo xtask test"]
            async fn $walk() { super::$walk($crate::Engine::WebKit).await; })+
        }
        $crate::in_chromium!($($walk),+);
    };
}

/// Makes a test in Chromium of each walk, a function of an [`Engine`].
#[macro_export]
macro_rules! in_chromium {
    ($($walk:ident),+ $(,)?) => {
        mod chromium {
            $(#[tokio::test(flavor = "multi_thread")]
            #[ignore = "needs Chromium and its driver: cargo xtask test"]
            async fn $walk() { super::$walk($crate::Engine::Chromium).await; })+
        }
    };
}
