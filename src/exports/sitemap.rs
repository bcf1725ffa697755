//! `sitemap.xml` and `robots.txt`.

use super::xml::escaped;
use crate::address;
use crate::archive::links::percent_encoded;

/// A sitemap of `pages`, paths inside the archive (sitemaps.org 0.9). A folder's index is named by the folder.
pub fn sitemap<'a>(base_url: &str, pages: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        out.push_str(&format!(
            "<url><loc>{}</loc></url>\n",
            escaped(&format!("{base_url}{}", percent_encoded(page)))
        ));
    }
    out.push_str("</urlset>\n");
    out
}

/// Everything may be read; the sitemap is named when the archive knows its address.
pub fn robots(base_url: Option<&str>) -> String {
    let sitemap = base_url.map(|url| format!("Sitemap: {url}{}\n", address::SITEMAP)).unwrap_or_default();
    format!("User-agent: *\nDisallow:\n{sitemap}")
}
