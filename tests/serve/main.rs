//! The preview as a process of its own, over real sockets, on real files.

mod edition;
mod equal;
mod forms;
mod http;
mod new;
mod server;
mod watch;
