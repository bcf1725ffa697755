//! The assets of a theme: layered like templates, fingerprinted, one stylesheet.

use super::{ASSETS, Asset, builtin};
use crate::address;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The stylesheet of every page.
const STYLE: &str = "style.css";
/// Rules of a theme that stand behind the stylesheet's, in the same file: a site
/// changes a colour without a copy of everything else, and pages load one file.
const CUSTOM: &str = "custom.css";

/// The assets of a theme by name, each with its address.
pub fn assets(own: &BTreeMap<String, Vec<u8>>, layers: &[&'static str]) -> BTreeMap<String, Asset> {
    let built_in = layers
        .iter()
        .rev()
        .flat_map(|layer| builtin::files(layer))
        .map(|(path, bytes)| (path.clone(), lean(&path, bytes)));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (path, bytes) in built_in.chain(own.iter().map(|(path, bytes)| (path.clone(), bytes.clone()))) {
        if let Some(name) = path.strip_prefix(ASSETS) {
            files.insert(name.to_owned(), bytes);
        }
    }
    if let Some(custom) = files.remove(CUSTOM) {
        let style = files.entry(STYLE.to_owned()).or_default();
        style.push(b'\n');
        style.extend(custom);
    }
    let is_style = |name: &str| name.ends_with(".css");
    let asset = |name: &String, bytes: Vec<u8>| {
        (name.clone(), Asset { path: address::theme_asset(name, &bytes), bytes })
    };
    let (styles, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| is_style(name));
    let mut assets: BTreeMap<String, Asset> =
        others.into_iter().map(|(name, bytes)| asset(&name, bytes)).collect();
    // Styles name other assets, so their fingerprints come after those.
    let with_urls: Vec<_> =
        styles.into_iter().map(|(name, bytes)| (name, addressed(bytes, &assets))).collect();
    assets.extend(with_urls.into_iter().map(|(name, bytes)| asset(&name, bytes)));
    assets
}

/// A built-in file as browsers get it: scripts without comments and indentation, a tenth of them on the wire.
fn lean(path: &str, bytes: &[u8]) -> Vec<u8> {
    let Some(script) = std::str::from_utf8(bytes).ok().filter(|_| path.ends_with(".js")) else {
        return bytes.to_vec();
    };
    let lines =
        script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

/// Addresses by name.
pub fn urls(assets: &BTreeMap<String, Asset>) -> Arc<BTreeMap<String, String>> {
    Arc::new(assets.iter().map(|(name, asset)| (name.clone(), asset.path.clone())).collect())
}

/// `url(font.woff2)` becomes the address of that asset, as seen from the stylesheet beside it.
fn addressed(bytes: Vec<u8>, assets: &BTreeMap<String, Asset>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(bytes.clone()) else { return bytes };
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + 4);
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let name = after[..end].trim().trim_matches(['"', '\'']);
        match assets.get(name).and_then(|asset| asset.path.strip_prefix(ASSETS)) {
            Some(path) => out.push_str(&format!("\"{path}\"")),
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_adds_rules_and_fonts_to_the_one_stylesheet() {
        let own = BTreeMap::from([
            (
                "assets/custom.css".to_owned(),
                b"@font-face{src:url(own.woff2)} a{background:url(data:x)}".to_vec(),
            ),
            ("assets/own.woff2".to_owned(), b"font".to_vec()),
        ]);
        let assets = assets(&own, &["casebook"]);
        assert!(!assets.contains_key(CUSTOM));
        let style = String::from_utf8(assets[STYLE].bytes.clone()).expect("CSS");
        let font = assets["own.woff2"].path.trim_start_matches(ASSETS);
        assert!(style.contains(&format!("url(\"{font}\")")) && style.contains("url(data:x)"), "{style}");
        assert!(style.len() > 1_000, "behind the built-in rules");
    }
}
