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
    "config", "Configuration", "cfg", "A wrong value was in force: a setting, flag, route, DNS record, limit, policy or generated file.", "The value was right and its rollout broke: then it is release.";
    "code", "Software defect", "code", "Our own code did the wrong thing: logic, error handling, a race, a leak, an assumption about data.", "The defect is in a service that someone else runs.";
    "release", "Release and migration", "rel", "The way a change went out failed: incompatible versions, a schema migration, ordering, a missing canary, a failed rollback.", "A plain bug that happened to ship.";
    "capacity", "Capacity and load", "cap", "A limit was hit: processor, memory, disk, connections, addresses, quota, threads, or traffic beyond what was built for.", "The load came from a retry loop: then it is a cascade.";
    "cascade", "Cascading failure", "casc", "Parts made each other worse: a retry storm, a thundering herd, a failover loop, a system that stayed down by itself.", "Several unrelated faults met.";
    "dependency", "External dependency", "dep", "A provider, a vendor, an outside interface, a package or a certificate authority failed.", "Their name merely appears.";
    "network", "Network and DNS", "net", "Connectivity itself: routing, name service, a load balancer, a partition, a cable.", "A wrong DNS record: then it is configuration.";
    "hardware", "Hardware and facility", "hw", "A disk, a host, a rack, power, cooling, fire or weather.", "Redundancy should have hidden it and did not: keep it, and name the single point of failure.";
    "data", "Data and storage", "data", "A database or store failed, or data was lost, corrupted, stale or without a backup.", "The store only ran out of room: then it is capacity.";
    "security", "Security and abuse", "sec", "An attack, a flood, a leaked key, a vulnerability, fraud.", "A security fix that broke things: then it is release.";
    "time", "Time and expiry", "time", "A certificate, token, domain or licence ran out; a leap second, a clock change, clock drift, a counter that rolled over.", "";
    "operation", "Manual operation", "op", "A step done by hand had an effect that its safeguards did not stop.", "The change came through the pipeline.";
    "unknown", "Not established", "?", "The text says so, or the evidence is too thin.", "";
}

/// The row of a slug.
pub fn cause(slug: &str) -> Option<&'static CauseRow> {
    CAUSES.iter().find(|row| row.slug == slug)
}
