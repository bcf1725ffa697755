//! The zone of the incident's times where it stands apart from them: a field,
//! `All times in CET`, the head of a table, or the events themselves.

use crate::document::{Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::mail::is_header_of_a_response;
use crate::infer::context::role::{about, is_aside};
use crate::infer::context::text::Text;
use crate::infer::context::text::is_placeholder;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::{Found, Rule, Zone};

pub const EXTRACTOR: Extractor = Extractor { name: "zone", seeks: &["zone"], phrases: no_phrases, read };

/// Zones that stand apart from the times they are for: a field, `All times in CET`, a table's head.
fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for passage in text.fields(Label::Zone) {
        let value = text.words(&passage).trim();
        if !is_placeholder(value) {
            let fact = Fact::Zone(value.to_owned());
            claims.add(fact, Origin::Field, "zone-field", passage.block, passage.range);
        }
    }
    for (n, block) in text.blocks().filter(|(n, _)| !is_aside(text, *n)) {
        if block.field.is_some() && is_header_of_a_response(&block.text()[block.value()]) {
            continue;
        }
        let times = text.times(n);
        if times.zones.is_empty() && times.clocks.iter().all(|clock| clock.value.zone.is_none()) {
            continue;
        }
        let head = matches!(block.kind, Kind::Row { head: true } | Kind::Heading(_));
        let all = speaks_of_times(block.text());
        let timeline = head || about(text, n) == Label::Timeline;
        // "Coordinated Universal Time (UTC)" is called UTC.
        let is_spelled_out = |zone: &Found<Zone>| {
            let close =
                |next: &&Found<Zone>| (1..=3).contains(&(next.range.start.saturating_sub(zone.range.end)));
            times.zones.iter().any(|next| {
                close(&next) && next.value.name.len() <= 5 && block.text()[..next.range.start].ends_with('(')
            })
        };
        let zones =
            times.zones.iter().filter(|zone| zone.value.rule != Rule::Impossible && !is_spelled_out(zone));
        for zone in zones {
            let (rule, strength) = match (all, timeline) {
                (true, _) => ("all-times", rank::ALL_TIMES),
                (_, true) => ("timeline-zone", rank::TIMELINE_ZONE),
                _ => ("any-zone", rank::ANY_ZONE),
            };
            claims.weighed(
                Fact::Zone(zone.value.name.clone()),
                Origin::Prose,
                rule,
                n,
                zone.range.clone(),
                strength,
            );
        }
        for zone in times.clocks.iter().filter_map(|clock| clock.value.zone.as_ref()).filter(|_| timeline) {
            let fact = Fact::Zone(zone.value.name.clone());
            claims.weighed(fact, Origin::Prose, "event-zone", n, zone.range.clone(), rank::EVENT_ZONE);
        }
    }
}

fn speaks_of_times(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["times", "timezone", "time zone", "heures"].iter().any(|word| lower.contains(word))
}
