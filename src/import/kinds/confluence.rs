//! Pages of Confluence: the [HTML export of a space](https://support.atlassian.com/confluence-cloud/docs/export-content-to-word-pdf-html-and-xml/),
//! or one page as its [API](https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/) gives it with
//! `body-format=view` or `body-format=atlas_doc_format`.
//!
//! The title is in front matter; what else a page states stands in its text, such as its table of page properties.

use crate::import::content::Content;
use crate::import::convert::{adf, files, markup};
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, moment, text};
use crate::import::record::Record;
use crate::source::html;
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "confluence",
    tool: "Confluence",
    reads_as: "Confluence pages",
    shapes: &[
        Shape::Html(&["id=\"main-content\"", "wiki-content", "id=\"title-text\""]),
        Shape::Json(&["id", "title", "body.view.value"]),
        Shape::Json(&["id", "title", "body.export_view.value"]),
        Shape::Json(&["id", "title", "body.atlas_doc_format.value"]),
    ],
    read,
};

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    if let Content::Html(html) = file.content {
        records.push(page(file, html));
    }
    records.extend(file.records().into_iter().map(answer));
}

fn page(file: &File<'_>, page: &str) -> Record {
    let name = file.item.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // `Name-of-the-page_98765.html`, or `98765.html`.
    let mut record = Record::new(stem.rsplit('_').next().map(str::to_owned));
    let title = html::element(page, "title-text").map(|title| words(&markup::html(title)));
    // The name of the space stands before it.
    record.text(
        "title",
        title.map(|title| title.split_once(" : ").map_or(title.clone(), |(_, title)| title.to_owned())),
    );
    let main = html::element(page, "main-content").unwrap_or_default();
    let text = html::markdown_with(main, &mut |_, address| files::address(file, &mut record, address)).text;
    record.body(Some(text));
    record
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn answer(page: &Value) -> Record {
    let mut record = Record::new(text(page, "id"));
    record.updated = moment(page, "version.createdAt").unwrap_or_default();
    record.text("title", text(page, "title"));
    let base = text(page, "_links.base").unwrap_or_default();
    record.url = text(page, "_links.webui").map(|path| base + &path).filter(|url| url.contains("://"));
    let view = ["body.view.value", "body.export_view.value"].iter().find_map(|path| text(page, path));
    let document = || at(page, "body.atlas_doc_format.value").and_then(adf::markdown);
    record.body(view.map(|html| markup::html(&html)).or_else(document));
    record
}
