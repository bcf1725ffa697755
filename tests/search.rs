//! Search: the tokenizer's vectors, and the written index against a scan of the texts.

#[path = "search/decode.rs"]
mod decode;

use casebook::search::{Incidents, Index, Part, SearchDocument, Value, tier, token};
use decode::Decoded;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// `tests/search/tokens.json`: a text and its units; a whole is marked by `=`.
#[test]
fn the_tokenizer_agrees_with_its_vectors() {
    let vectors: Vec<(String, Vec<Vec<String>>)> =
        serde_json::from_str(include_str!("search/tokens.json")).expect("the vectors are JSON");
    for (text, expected) in vectors {
        let mut units: Vec<Vec<String>> = Vec::new();
        token::terms(&text, |term| {
            units.resize(term.unit as usize + 1, Vec::new());
            units[term.unit as usize].push(format!("{}{}", if term.whole { "=" } else { "" }, term.text));
        });
        assert_eq!(units, expected, "{text}");
    }
}

/// Incidents made up for a test, newest first.
struct Made(Vec<SearchDocument<'static>>);

impl Incidents for Made {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn document(&self, number: usize) -> SearchDocument<'_> {
        self.0[number].clone()
    }
}

fn incident(title: &str, texts: &[(Part, &str)]) -> SearchDocument<'static> {
    SearchDocument {
        url: format!("incidents/{}.html", casebook::address::slugify(title)).into(),
        title: title.to_owned().into(),
        texts: texts.iter().map(|(part, text)| (*part, text.to_string().into())).collect(),
        ..SearchDocument::default()
    }
}

/// A few words, so that incidents share some; and some that are hard to read.
fn word() -> impl Strategy<Value = String> {
    let common = prop::sample::select(vec![
        "queue",
        "Queues",
        "full",
        "us-east-1",
        "INC-1234",
        "障害が発生",
        "café",
        "OutOfMemoryError",
        "the",
    ]);
    prop_oneof![4 => common.prop_map(str::to_owned), 2 => "[a-e]{1,4}", 1 => "\\PC{0,6}"]
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..most).prop_map(|words| words.join(" "))
}

fn made_incident() -> impl Strategy<Value = SearchDocument<'static>> {
    let part =
        prop::sample::select(vec![Part::Summary, Part::Cause, Part::Resolution, Part::Body, Part::Timeline]);
    let texts = prop::collection::vec((part, words(12)), 0..4);
    let service = prop::collection::vec(prop::sample::select(vec!["checkout", "login", "us-east-1"]), 0..3);
    (words(5), texts, service, prop::option::of(0u16..900)).prop_map(|(title, texts, services, minutes)| {
        SearchDocument {
            url: "incidents/x.html".into(),
            title: title.into(),
            duration: minutes.map(f64::from),
            facets: vec![
                vec![],
                services.iter().map(|name| Value((*name).into(), (*name).into())).collect(),
                vec![],
                vec![],
                vec![],
            ],
            texts: texts.into_iter().map(|(part, text)| (part, text.into())).collect(),
            ..SearchDocument::default()
        }
    })
}

fn terms_of(text: &str, into: &mut BTreeSet<String>) {
    token::terms(text, |term| {
        into.insert(term.text.to_owned());
    });
}

/// Term to the incidents that have it in text or names, and to those that have it in their titles: by reading everything.
fn scan(incidents: &Made) -> BTreeMap<String, [Vec<u32>; 2]> {
    let mut found: BTreeMap<String, [Vec<u32>; 2]> = BTreeMap::new();
    for (number, document) in incidents.0.iter().enumerate() {
        let [mut text, mut title] = [BTreeSet::new(), BTreeSet::new()];
        document.texts.iter().for_each(|(_, paragraph)| terms_of(paragraph, &mut text));
        document.facets.iter().flatten().for_each(|value| terms_of(&value.1, &mut text));
        terms_of(&document.title, &mut title);
        for (kind, terms) in [text, title].into_iter().enumerate() {
            terms.into_iter().for_each(|term| found.entry(term).or_default()[kind].push(number as u32));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_says_what_a_scan_of_the_texts_says(documents in prop::collection::vec(made_incident(), 0..80)) {
        let incidents = Made(documents);
        let decoded = Decoded::read(&Index::build(&incidents), &incidents);
        let indexed: BTreeMap<String, [Vec<u32>; 2]> = decoded.terms.iter().map(|(term, lists)| {
            let numbers = |list: &Vec<(u32, u8)>| list.iter().map(|(number, _)| *number).collect::<Vec<u32>>();
            (term.clone(), [numbers(&lists[0]), numbers(&lists[1])])
        }).collect();
        prop_assert_eq!(indexed, scan(&incidents));
        for (number, document) in incidents.0.iter().enumerate() {
            prop_assert_eq!(&decoded.documents[number]["t"], document.title.as_ref());
            prop_assert_eq!(decoded.services(number), document.facets[1].iter().map(|value| value.0.to_string()).collect::<Vec<_>>());
            prop_assert_eq!(decoded.durations.get(number).copied().flatten(), document.duration);
        }
    }
}

#[test]
fn every_separator_parts_its_blocks() {
    let texts: Vec<String> =
        (0..400).map(|n| format!("alpha{n} beta{} gamma{}x queue", n * 7, n * 13)).collect();
    let incidents = Made(texts.iter().map(|text| incident(text, &[(Part::Body, text)])).collect());
    let decoded = Decoded::read(&Index::build(&incidents), &incidents);
    assert!(decoded.blocks.len() > 3, "{} blocks", decoded.blocks.len());
    for (separator, pair) in decoded.separators.iter().zip(decoded.blocks.windows(2)) {
        assert!(
            pair[0].last() < Some(separator) && Some(separator) <= pair[1].first(),
            "{separator}: {pair:?}"
        );
    }
}

#[test]
fn title_cause_and_resolution_weigh_more_than_the_timeline() {
    let filler = "so then we looked at many other things that had nothing to do with it";
    let texts = |part| [(part, "lease"), (Part::Body, filler)];
    let parts = [Part::Summary, Part::Cause, Part::Resolution, Part::Body, Part::Timeline];
    let incidents = Made(parts.iter().map(|part| incident("x", &texts(*part))).collect());
    let decoded = Decoded::read(&Index::build(&incidents), &incidents);
    let impacts: Vec<u8> = decoded.terms["lease"][0].iter().map(|(_, impact)| *impact).collect();
    assert!(
        impacts.windows(2).all(|pair| pair[0] >= pair[1])
            && impacts[1] > impacts[3]
            && impacts[3] > impacts[4],
        "{impacts:?}"
    );
}

#[test]
fn a_small_archive_has_few_files() {
    let incidents = Made(
        (0..40).map(|n| incident(&format!("Incident {n}"), &[(Part::Body, "The queue was full.")])).collect(),
    );
    assert!(Index::build(&incidents).paths().count() <= 8);
}

#[test]
fn the_largest_archives_stay_under_the_limits_of_hosts() {
    for count in [8_000, 10_000, 12_000] {
        let texts = count / tier(count).texts;
        assert!(count + texts <= 18_000, "{count} pages and {texts} text files leave no room for lists");
    }
}

#[test]
fn a_new_incident_leaves_the_files_of_old_ones_alone() {
    let make = |count: usize| {
        Made((0..count).rev().map(|n| incident(&format!("Incident {n}"), &[(Part::Body, "full")])).collect())
    };
    let [before, after] = [Index::build(&make(400)), Index::build(&make(401))];
    let texts = |index: &Index| {
        index.paths().filter(|path| path.starts_with("search/x")).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let renamed = texts(&before).difference(&texts(&after)).count();
    assert!(renamed <= casebook::search::GROUP, "{renamed} of 400");
}

#[test]
fn files_hold_nothing_but_an_id_and_base64() {
    let hostile = "\"); alert(1); (\"</script><img src=x onerror=alert(1)>";
    let incidents = Made(vec![incident(hostile, &[(Part::Body, hostile)])]);
    let index = Index::build(&incidents);
    for path in index.paths().filter(|path| !path.contains("engine")) {
        let text = String::from_utf8(index.render(path, &incidents).expect("it is one of the index"))
            .expect("files are text");
        let inner = text.strip_prefix("casebook(\"").and_then(|rest| rest.strip_suffix("\")\n")).expect(path);
        let (id, data) = inner.split_once("\",\"").expect(path);
        assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{id}");
        assert!(data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)), "{path}");
    }
}

#[test]
fn the_same_incidents_give_the_same_bytes_on_any_number_of_threads() {
    let incidents = Made(
        (0..700)
            .map(|n| incident(&format!("Incident {n}"), &[(Part::Body, "The queue was full at us-east-1.")]))
            .collect(),
    );
    let all = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        pool.install(|| {
            let index = Index::build(&incidents);
            let files: Vec<_> =
                index.paths().map(|path| (path.to_owned(), index.render(path, &incidents))).collect();
            (index.root, files)
        })
    };
    assert_eq!(all(1), all(3));
}
