//! The cause vocabulary: twelve and unknown, one row each. Slugs are stable.

/// One cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseRow {
    pub slug: &'static str,
    pub name: &'static str,
    /// Two to four letters for charts.
    pub letters: &'static str,
    /// When to use it.
    pub definition: &'static str,
    /// When another one fits better.
    pub not_when: &'static str,
}

/// The slug of causes that are not established.
pub const UNKNOWN: &str = "unknown";

macro_rules! causes {
    ($($slug:literal, $name:literal, $letters:literal, $definition:literal, $not_when:literal;)*) => {
        /// The twelve causes in their fixed order, and unknown last.
        pub const CAUSES: &[CauseRow] = &[$(CauseRow {
            slug: $slug, name: $name, letters: $letters, definition: $definition, not_when: $not_when,
        }),*];
    };
}

causes! {
    "config", "Configuration", "cfg", "A wrong value was in force: a setting, flag, route, DNS record, limit, policy or generated file.", "If the value was right and its rollout broke, it is release and migration.";
    "code", "Software defect", "code", "Our own code did the wrong thing: logic, error handling, a race, a leak, an assumption about data.", "A defect in a service that someone else runs is an external dependency.";
    "release", "Release and migration", "rel", "The way a change went out failed: incompatible versions, a schema migration, ordering, a missing canary, a failed rollback.", "A plain bug that happened to ship is a software defect.";
    "capacity", "Capacity and load", "cap", "A limit was hit: processor, memory, disk, connections, addresses, quota, threads, or traffic beyond what was built for.", "Load that came from a retry loop is a cascading failure.";
    "cascade", "Cascading failure", "casc", "Parts made each other worse: a retry storm, a thundering herd, a failover loop, a system that stayed down by itself.", "Several unrelated faults that met are no cascade.";
    "dependency", "External dependency", "dep", "A provider, a vendor, an outside interface, a package or a certificate authority failed.", "That their name appears is not enough.";
    "network", "Network and DNS", "net", "Connectivity itself: routing, name service, a load balancer, a partition, a cable.", "A wrong DNS record is configuration.";
    "hardware", "Hardware and facility", "hw", "A disk, a host, a rack, power, cooling, fire or weather.", "Where redundancy should have hidden it, the single point of failure is a further factor.";
    "data", "Data and storage", "data", "A database or store failed, or data was lost, corrupted, stale or without a backup.", "A store that only ran out of room is capacity and load.";
    "security", "Security and abuse", "sec", "An attack, a flood, a leaked key, a vulnerability, fraud.", "A security fix that broke things is release and migration.";
    "time", "Time and expiry", "time", "A certificate, token, domain or licence ran out; a leap second, a clock change, clock drift, a counter that rolled over.", "";
    "operation", "Manual operation", "op", "A step done by hand had an effect that its safeguards did not stop.", "A change that came through the pipeline is not counted here.";
    "unknown", "Not established", "?", "The text says so, or the evidence is too thin.", "";
}

/// The row of a slug.
pub fn cause(slug: &str) -> Option<&'static CauseRow> {
    CAUSES.iter().find(|row| row.slug == slug)
}

macro_rules! synonyms {
    ($($slug:literal: $($name:literal)*;)*) => {
        /// What other taxonomies call each cause: one name may stand for only one.
        const SYNONYMS: &[(&str, &[&str])] = &[$(($slug, &[$($name),*])),*];
    };
}

// Gathered from public taxonomies and from categories as teams type them.
synonyms! {
    "config": "config" "configuration" "config change" "configuration change" "config push" "config bug" "configuration error" "misconfiguration"
        "misconfig" "feature flag" "feature flags" "settings" "constants" "wrong configuration" "dns record" "permissions" "policy";
    "code": "code" "software" "software bug" "bug" "bugs" "code bug" "software defect" "software change" "defect" "logic error" "coding error" "race condition"
        "memory leak" "application error" "application bug" "software error" "regression" "code error";
    "release": "release" "deploy" "deployment" "deployments" "deploy code change" "code change" "deployment planning" "binary push" "upgrade" "rollout" "migration"
        "release compatibility" "flaky test" "schema migration" "code deployment" "change" "change management" "release and migration" "rollback" "software update";
    "capacity": "capacity" "load" "capacity traffic" "traffic" "performance" "performance resource exhaustion" "resource exhaustion" "saturation" "overload" "user behaviour"
        "user behavior" "insufficient resource" "insufficient resources" "excessive flow" "scaling" "out of memory" "disk full" "quota" "capacity and load" "resources" "scalability";
    "cascade": "cascade" "cascading failure" "cascading failures" "cascading" "complex system behaviours" "complex system behaviors" "conflicts" "retry storm"
        "thundering herd" "metastable failure" "feedback loop";
    "dependency": "dependency" "external dependency" "dependencies" "third party" "dependency third party" "3rd party" "vendor" "provider" "upstream" "cross" "provider change"
        "external" "external service" "cloud provider" "supplier" "third party service" "isp";
    "network": "network" "networking" "dns" "network dns" "connectivity" "routing" "bgp" "load balancer" "network issue" "network failure" "network and dns";
    "hardware": "hardware" "power" "hardware power" "hardware failure" "facility" "server" "natural disaster" "natdis" "cooling" "power outage" "datacenter" "data center"
        "disk failure" "hardware and facility" "weather";
    "data": "data" "database" "storage" "data loss" "data corruption" "db" "database failure" "corruption" "data and storage" "datastore" "replication" "backup";
    "security": "security" "attack" "ddos" "malicious traffic" "abuse" "vulnerability" "breach" "security incident" "security and abuse" "fraud" "hack" "exploit" "data breach";
    "time": "time" "certificate" "certificate expiry" "expiry" "expiration" "expired certificate" "certificates" "ssl" "tls" "ssl certificate" "leap second" "clock" "dst"
        "time and expiry" "domain expiry";
    "operation": "operation" "operations" "human" "human error" "human error process" "process" "process failure" "operator error" "manual change" "manual operation" "procedure"
        "maintenance" "operational error" "user error";
    "unknown": "unknown" "not established" "indeterminate" "undescriptive" "undetermined" "monitoring" "unclear" "other" "under investigation";
}

/// The cause that a typed category names: by slug, name or synonym, whatever the
/// case and whatever stands between the words. `None` when no table knows it.
pub fn cause_named(typed: &str) -> Option<&'static CauseRow> {
    let folded = fold(typed);
    let named = CAUSES.iter().find(|row| row.slug == folded || fold(row.name) == folded);
    let synonym = || {
        SYNONYMS.iter().find(|(_, names)| names.contains(&folded.as_str())).and_then(|(slug, _)| cause(slug))
    };
    named.or_else(synonym)
}

/// Lower case, with every run of other characters one space.
fn fold(text: &str) -> String {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

macro_rules! rows {
    ($(#[$meta:meta])* $list:ident: $($slug:literal, $name:literal, $definition:literal;)*) => {
        $(#[$meta])*
        pub const $list: &[Term] = &[$(Term { slug: $slug, name: $name, definition: $definition }),*];
    };
}

/// A word of one of the smaller vocabularies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub slug: &'static str,
    pub name: &'static str,
    pub definition: &'static str,
}

rows! {
    /// What set an incident off, as far as the text says.
    TRIGGERS:
    "deploy", "Deployment", "A new version went out.";
    "config-push", "Configuration push", "A changed setting took effect.";
    "maintenance", "Maintenance", "Planned work was under way.";
    "traffic", "Traffic", "More requests came than usual.";
    "dependency-change", "Dependency change", "Something outside changed or failed.";
    "hardware-event", "Hardware event", "A machine, a disk or the power failed.";
    "expiry", "Expiry", "A certificate, token, domain or licence ran out.";
    "attack", "Attack", "Somebody meant harm.";
    "none-seen", "None seen", "The text says that nothing set it off.";
}

rows! {
    /// What made an incident possible, longer or worse. A list to start from.
    FACTORS:
    "monitoring-gap", "Monitoring gap", "Nothing watched what failed, or no alert came.";
    "alert-noise", "Alert noise", "Alerts came and were lost among others.";
    "test-gap", "Test gap", "No test would have caught it.";
    "staging-gap", "Staging gap", "No environment like production came first.";
    "no-rollback", "No rollback", "There was no quick way back.";
    "slow-rollout-missing", "No gradual rollout", "The change reached everything at once.";
    "spof", "Single point of failure", "One part failed and nothing took over.";
    "tight-coupling", "Tight coupling", "A failure spread to parts that could have lived without.";
    "retry-without-backoff", "Retry without backoff", "Clients asked again at once and added load.";
    "runbook-missing", "Runbook missing", "Nobody had written down what to do.";
    "access-blocked", "Access blocked", "Those who could help could not get in.";
    "ownership-unclear", "Ownership unclear", "Nobody knew whose it was.";
    "automation-surprise", "Automation surprise", "A machine did what nobody expected of it.";
    "documentation", "Documentation", "What was written was missing, old or wrong.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_of_other_taxonomies_are_known() {
        for (typed, slug) in [
            ("Config-Change", "config"),
            ("performance/resource-exhaustion", "capacity"),
            ("Software defect", "code"),
            ("certificate/expiry", "time"),
            ("Third-party", "dependency"),
            ("HUMAN", "operation"),
            ("indeterminate", "unknown"),
        ] {
            assert_eq!(cause_named(typed).map(|row| row.slug), Some(slug), "{typed}");
        }
        assert_eq!(cause_named("gremlins"), None);
    }

    #[test]
    fn every_synonym_is_folded_and_stands_for_one_cause() {
        let all: Vec<(&str, &str)> =
            SYNONYMS.iter().flat_map(|(slug, names)| names.iter().map(move |name| (*name, *slug))).collect();
        for (name, slug) in &all {
            assert_eq!(fold(name), *name);
            assert!(
                cause(slug).is_some() && all.iter().filter(|(other, _)| other == name).count() == 1,
                "{name}"
            );
        }
    }
}
