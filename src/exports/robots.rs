//! `robots.txt`.

use super::{Export, Input, Offer, sitemap};
use std::io::{self, Write};

pub const EXPORT: Export =
    Export { path: "robots.txt", offer: Offer::Nowhere, when: super::always, write: robots };

/// Everything may be read; the sitemap is named when the archive knows its address.
fn robots(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"User-agent: *\nDisallow:\n")?;
    match &input.config.base_url {
        Some(base_url) => writeln!(out, "Sitemap: {base_url}{}", sitemap::EXPORT.path),
        None => Ok(()),
    }
}
