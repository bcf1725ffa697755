//! casebook turns a folder of incident postmortems into a searchable static archive.
//!
//! It is one pure function between thin edges: files in, a [`site::Site`] out,
//! where a `Site` is a list of addresses and a function from an address to bytes.
//! [`source`] reads, [`publish`] writes, and nothing between them touches the
//! disk, the clock, the locale or the environment.
//!
//! The rooms stand in order: each may use only the rooms above it.

#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod address;
pub mod config;
pub mod source;
pub mod secrets;
pub mod language;
pub mod document;
pub mod incident;
pub mod project;
pub mod infer;
pub mod archive;
pub mod pages;
pub mod theme;
pub mod search;
pub mod exports;
pub mod site;
pub mod publish;
pub mod serve;
pub mod cli;
