//! `sitemap.xml` (sitemaps.org 0.9).

use super::xml::escaped;
use super::{Export, Input, Offer};
use crate::address::percent_encoded;
use std::io::{self, Write};

pub const EXPORT: Export =
    Export { path: "sitemap.xml", offer: Offer::Nowhere, when: super::has_base_url, write: sitemap };

/// Every page that is listed, by its absolute address.
fn sitemap(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(base_url) = &input.config.base_url else { return Ok(()) };
    out.write_all(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")?;
    out.write_all(b"<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")?;
    for page in input.pages {
        let url = format!("{base_url}{}", percent_encoded(page));
        writeln!(out, "<url><loc>{}</loc></url>", escaped(&url))?;
    }
    out.write_all(b"</urlset>\n")
}
