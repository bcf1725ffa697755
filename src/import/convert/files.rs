//! Files that a document shows or leads to, such as pictures: they stand beside it, under names that hold the hash of
//! what is in them.

use crate::address::slugify;
use crate::import::document::BESIDE;
use crate::import::importer::File;
use crate::import::record::Record;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Pictures that a text itself holds as data, and the ending of each.
const PICTURES: &[(&str, &str)] =
    &[("image/png", "png"), ("image/jpeg", "jpg"), ("image/gif", "gif"), ("image/webp", "webp")];

/// Endings of files that are documents or run in browsers: they are led to by nobody.
const NEVER: &[&str] = &["html", "htm", "xhtml", "svg", "xml", "js", "md", "csv", "zip"];

/// No address is longer, in bytes, but those that are data.
const LONGEST: usize = 2000;

/// Where an address of a file of an export leads from its document; nothing when it leads nowhere any more.
pub fn address(file: &File<'_>, record: &mut Record, address: &str) -> Option<String> {
    let scheme = address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    if scheme || address.starts_with(['#']) || address.starts_with("//") {
        return Some(address.to_owned());
    }
    let item = file.package.linked(file.item, address)?;
    let (stem, ending) = item.path.rsplit('/').next()?.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    if NEVER.contains(&ending.as_str()) || !ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let bytes = file.package.bytes(item).ok()?;
    Some(put(record, &slugify(stem), &ending, bytes))
}

fn put(record: &mut Record, stem: &str, ending: &str, bytes: Vec<u8>) -> String {
    let hash = &blake3::hash(&bytes).to_hex()[..12];
    let stem = if stem.is_empty() { "file" } else { stem };
    let name = format!("{stem}-{hash}.{ending}");
    if !record.files.iter().any(|(known, _)| *known == name) {
        record.files.push((name.clone(), bytes));
    }
    format!("{BESIDE}{name}")
}

/// Markdown with its addresses put where they lead now. A link that leads nowhere is its words.
pub fn markdown(file: &File<'_>, record: &mut Record, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let near = &after[..after.floor_char_boundary(LONGEST)];
        let Some(end) = near.find([')', '\n']).filter(|end| after[*end..].starts_with(')')) else {
            out += &rest[..at + 2];
            rest = after;
            continue;
        };
        match address(file, record, &after[..end]) {
            Some(address) => out += &format!("{before}]({address})"),
            None => match before.rfind('[') {
                Some(open) => {
                    out += before[..open].strip_suffix('!').unwrap_or(&before[..open]);
                    out += &before[open + 1..];
                }
                None => out += before,
            },
        }
        rest = &after[end + 1..];
    }
    out + rest
}

/// Puts pictures that the texts of a record hold as data beside its document.
pub fn extract(record: &mut Record) {
    let mut sections = std::mem::take(&mut record.sections);
    for (_, text) in &mut sections {
        if text.contains("data:image/") {
            *text = extracted(record, text);
        }
    }
    record.sections = sections;
}

fn extracted(record: &mut Record, text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("data:image/") {
        let (before, data) = rest.split_at(at);
        let end = data.find([')', '>', '"', '\'', ' ', '\n']).unwrap_or(data.len());
        out += before;
        out += &picture(record, &data[..end]).unwrap_or_else(|| data[..end].to_owned());
        rest = &data[end..];
    }
    out + rest
}

fn picture(record: &mut Record, address: &str) -> Option<String> {
    let (kind, data) = address.strip_prefix("data:")?.split_once(";base64,")?;
    let (_, ending) = PICTURES.iter().find(|(known, _)| *known == kind)?;
    Some(put(record, "picture", ending, STANDARD.decode(data).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_in_a_text_stand_beside_it() {
        let mut record = Record::default();
        record.body(Some("![a](data:image/png;base64,Zm9v) ![b](data:image/png;base64,Zm9v) ![c](data:text/html,x) data:image/png".to_owned()));
        extract(&mut record);
        let name = record.files[0].0.clone();
        assert_eq!(record.files, [(name.clone(), b"foo".to_vec())]);
        let wanted =
            format!("![a]({BESIDE}{name}) ![b]({BESIDE}{name}) ![c](data:text/html,x) data:image/png");
        assert_eq!(record.sections[0].1, wanted);
    }
}
