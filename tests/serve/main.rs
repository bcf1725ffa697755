//! The preview as a process of its own, over real sockets, on real files.

#[cfg(feature = "browser")]
#[path = "../browser/mod.rs"]
mod browser;
#[cfg(feature = "browser")]
mod browsing;
mod equal;
mod forms;
mod http;
mod new;
mod server;
mod watch;
