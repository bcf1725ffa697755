//! Reads a written index back, as the browser does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use casebook::search::{FORMAT, GROUP, Incidents, Index};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;

/// An index as its files say it.
pub struct Decoded {
    /// Term to its incidents with impacts, and to its titles with their lengths.
    pub terms: BTreeMap<String, [Vec<(u32, u8)>; 2]>,
    /// The terms of each block.
    pub blocks: Vec<Vec<String>>,
    pub separators: Vec<String>,
    /// By number.
    pub documents: Vec<Value>,
    pub durations: Vec<Option<f64>>,
    services: Value,
}

impl Decoded {
    pub fn read(index: &Index, incidents: &dyn Incidents) -> Decoded {
        let root: Value = serde_json::from_slice(&unpack("", &index.root)).expect("the root is JSON");
        let opening = root["d"].as_str().expect("an opening");
        let files: BTreeMap<String, Vec<u8>> = index
            .paths()
            .filter_map(|path| {
                let text = String::from_utf8(index.render(path, incidents)?).ok()?;
                let (id, data) =
                    text.strip_prefix("casebook(\"")?.strip_suffix("\")\n")?.split_once("\",\"")?;
                assert!(path.starts_with(&format!("search/{id}.")), "{path} says it is {id}");
                let opening = if id.starts_with('x') { opening } else { "" };
                Some((id.to_owned(), unpack(opening, data)))
            })
            .collect();
        assert_eq!(root["f"], FORMAT);
        assert_eq!(root["n"], incidents.count());
        let separators: Vec<String> = serde_json::from_value(root["t"].clone()).expect("separators");
        let blocks: Vec<_> =
            (0..=separators.len()).map(|number| block(&files[&format!("t{number}")])).collect();
        let column = |name: &str| {
            let Some(file) = root["c"][name].as_str() else { return Value::Null };
            serde_json::from_slice::<Value>(&files[file]).expect("columns are JSON")[name].take()
        };
        Decoded {
            blocks: blocks.iter().map(|block| block.iter().map(|(term, _)| term.clone()).collect()).collect(),
            terms: blocks.into_iter().flatten().collect(),
            separators,
            documents: documents(&files, &root),
            durations: numbers(&column("duration")),
            services: column("service"),
        }
    }

    /// The slugs of an incident's services.
    pub fn services(&self, number: usize) -> Vec<String> {
        let flat: Vec<usize> = serde_json::from_value(self.services["of"].clone()).unwrap_or_default();
        let mut at = 0;
        for _ in 0..number.min(flat.len()) {
            at += flat[at] + 1;
        }
        let own = flat.get(at).map_or(&[][..], |count| &flat[at + 1..=at + count]);
        own.iter()
            .map(|place| self.services["values"][place][0].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

/// What is packed behind an opening.
fn unpack(opening: &str, data: &str) -> Vec<u8> {
    let length = u16::try_from(opening.len()).expect("an opening fits into a stored block");
    let stored = [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes(), opening.as_bytes()].concat();
    let packed = [stored, BASE64.decode(data).expect("base64")].concat();
    let mut bytes = Vec::new();
    flate2::read::DeflateDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("deflate");
    bytes.split_off(opening.len())
}

fn documents(files: &BTreeMap<String, Vec<u8>>, root: &Value) -> Vec<Value> {
    let count = files.keys().filter(|id| id.starts_with('x')).count();
    assert_eq!(root["g"].as_str().map(str::len), Some(count.div_ceil(GROUP) * 8));
    let list = |number| {
        serde_json::from_slice::<Vec<Value>>(&files[&format!("x{number}")]).expect("a list of incidents")
    };
    let mut all: Vec<Value> = (0..count).flat_map(list).collect();
    all.reverse();
    all
}

fn numbers(column: &Value) -> Vec<Option<f64>> {
    column.as_str().map_or(Vec::new(), |text| text.split(',').map(|number| number.parse().ok()).collect())
}

type Entry = (String, [Vec<(u32, u8)>; 2]);

fn block(bytes: &[u8]) -> Vec<Entry> {
    let mut reader = Reader { bytes, at: 0 };
    let mut before = String::new();
    let count = reader.number();
    let heads: Vec<(String, [u32; 2], u32)> = (0..count)
        .map(|_| {
            let (shared, rest) = (reader.number() as usize, reader.number() as usize);
            let known: Vec<u16> = before.encode_utf16().take(shared).collect();
            before = String::from_utf16(&known).expect("what is shared ends between characters");
            before.push_str(std::str::from_utf8(reader.take(rest)).expect("terms are text"));
            (before.clone(), [reader.number(), reader.number()], reader.number())
        })
        .collect();
    heads
        .into_iter()
        .map(|(term, counts, size)| {
            let start = reader.at;
            let lists = counts.map(|count| reader.list(count));
            assert_eq!(reader.at - start, size as usize, "{term}");
            (term, lists)
        })
        .collect()
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn take(&mut self, count: usize) -> &[u8] {
        self.at += count;
        &self.bytes[self.at - count..self.at]
    }

    fn number(&mut self) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)[0];
            value |= u32::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                return value;
            }
        }
    }

    fn list(&mut self, count: u32) -> Vec<(u32, u8)> {
        let mut number = 0;
        let numbers: Vec<u32> = (0..count)
            .map(|_| {
                number += self.number();
                number
            })
            .collect();
        let steps = self.take((count as usize).div_ceil(2)).to_vec();
        let step = |(at, number): (usize, u32)| {
            (number, if at % 2 == 0 { steps[at / 2] >> 4 } else { steps[at / 2] & 15 })
        };
        numbers.into_iter().enumerate().map(step).collect()
    }
}
