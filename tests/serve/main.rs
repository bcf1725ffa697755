//! The preview as a process of its own, over real sockets, on real files.

mod equal;
mod http;
mod new;
mod server;
mod watch;
