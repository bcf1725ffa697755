//! The words that speak for a cause, a trigger or a contributing factor, and the
//! words that say how a sentence means them. One row a phrase.
//!
//! A word that ends in `*` stands for every word that begins so; `~` lets up to
//! four other words stand between. Weights go from 1, a word that merely fits,
//! to 8, a phrase that leaves no doubt.

use crate::infer::context::vocabulary::Turn;

/// Phrase, cause, weight.
#[rustfmt::skip]
pub const CAUSES: &[(&str, &str, f32)] = &[
    // A wrong value was in force.
    ("misconfig*", "config", 6.0), ("mis configur*", "config", 6.0), ("misconfiguration", "config", 6.0),
    ("configuration error*", "config", 6.0), ("configuration issue*", "config", 5.0), ("configuration problem*", "config", 5.0),
    ("configuration mistake*", "config", 6.0), ("configuration change*", "config", 5.0), ("config change*", "config", 5.0),
    ("config error*", "config", 6.0), ("incorrect* configur*", "config", 6.0), ("improper* configur*", "config", 6.0),
    ("wrong* configur*", "config", 6.0), ("not configured", "config", 4.0), ("wasn t configured", "config", 6.0), ("weren t configured", "config", 6.0), ("was not configured", "config", 6.0), ("configuration bug*", "config", 6.0), ("root user", "config", 2.5), ("wrong user", "config", 5.0), ("syntax error ~ config*", "config", 6.5), ("not properly configured", "config", 6.0),
    ("poor* configur*", "config", 5.0), ("faulty configur*", "config", 6.0), ("bad config*", "config", 5.0),
    ("invalid config*", "config", 6.0), ("incorrect* ~ configuration", "config", 5.0), ("wrong ~ configuration", "config", 5.0),
    ("missing configuration", "config", 4.0), ("configuration ~ update*", "config", 3.0), ("update ~ configuration", "config", 4.0),
    ("configuration drift", "config", 5.0), ("default configuration", "config", 3.0), ("configured to", "config", 2.0),
    ("configuration file*", "config", 3.0), ("config file*", "config", 3.0), ("configuration", "config", 2.0), ("config", "config", 2.0),
    ("configured", "config", 1.5), ("setting*", "config", 1.5), ("incorrect* set*", "config", 3.0), ("incorrect* tuned", "config", 4.0),
    ("wrong value*", "config", 5.0), ("incorrect value*", "config", 5.0), ("wrong setting*", "config", 5.0), ("wrong port", "config", 5.0),
    ("incorrect port", "config", 5.0), ("wrong path", "config", 4.0), ("incorrect path", "config", 4.0), ("wrong file", "config", 3.0),
    ("environment variable*", "config", 4.0), ("feature flag*", "config", 4.0), ("firewall rule*", "config", 4.0), ("blocked port*", "config", 3.0),
    ("security group*", "config", 3.0), ("dns record*", "config", 3.0), ("wrong dns", "config", 4.0), ("ttl value*", "config", 3.0),
    ("file permission*", "config", 3.0), ("permission*", "config", 1.5), ("typo", "config", 3.0), ("typographical", "config", 3.0),
    ("misspel*", "config", 4.0), ("mistyped", "config", 4.0), ("incorrect rule*", "config", 4.0), ("ingress rule*", "config", 3.0), ("rule that", "config", 2.5),
    ("rate limit ~ low", "config", 4.0), ("low rate limit*", "config", 4.0), ("timeout ~ low", "config", 3.0), ("too low", "config", 2.0),
    ("symlink", "config", 1.5), ("wrong name*", "config", 3.0), ("invalid ~ configuration", "config", 6.0), ("incorrect ~ hostname", "config", 5.0), ("wrong hostname", "config", 5.0), ("invalid hostname", "config", 5.0), ("hard coded", "config", 2.0), ("allowlist", "config", 2.0), ("whitelist", "config", 2.0),

    // Our own code did the wrong thing.
    ("bug", "code", 5.0), ("bugs", "code", 4.0), ("buggy", "code", 5.0), ("software defect*", "code", 6.0), ("defect*", "code", 3.0),
    ("memory leak*", "code", 6.0), ("leak* memory", "code", 6.0), ("resource leak*", "code", 5.0), ("connection leak*", "code", 5.0),
    ("race condition*", "code", 6.0), ("null pointer", "code", 6.0), ("nullpointerexception", "code", 6.0), ("infinite loop*", "code", 6.0),
    ("logic error*", "code", 6.0), ("logical error*", "code", 6.0), ("flawed logic", "code", 6.0), ("unhandled exception*", "code", 6.0),
    ("unhandled error*", "code", 6.0), ("unhandled", "code", 3.0), ("error handling", "code", 3.0), ("exception handling", "code", 3.0),
    ("coding error*", "code", 6.0), ("programming error*", "code", 6.0), ("syntax error*", "code", 6.0), ("code error*", "code", 5.0),
    ("error in ~ code", "code", 5.0), ("issue in ~ code", "code", 4.0), ("flaw in ~ code", "code", 5.0), ("faulty code", "code", 6.0),
    ("bad code", "code", 5.0), ("code change*", "code", 3.0), ("code defect*", "code", 6.0), ("inefficient code", "code", 5.0),
    ("inefficient algorithm*", "code", 5.0), ("regression", "code", 4.0), ("off by one", "code", 6.0), ("wrong assumption*", "code", 2.0),
    ("stack overflow error*", "code", 4.0), ("stack overflows", "code", 4.0), ("a stack overflow", "code", 4.0), ("segfault*", "code", 4.0), ("segmentation fault*", "code", 4.0), ("infinite recursion", "code", 6.0),
    ("incorrect* calculat*", "code", 4.0), ("incorrect* handl*", "code", 4.0), ("mishandl*", "code", 4.0), ("misbehaving code", "code", 6.0),
    ("overlooked", "code", 2.0), ("reentrancy", "code", 4.0), ("leap day*", "time", 6.0), ("file descriptor leak*", "code", 6.0), ("typo in ~ code", "code", 5.0),
    ("smart contract*", "code", 1.0), ("algorithm*", "code", 1.5), ("caching logic", "code", 4.0), ("typeerror", "code", 4.0), ("exception*", "code", 2.0), ("regressions", "code", 4.0), ("bug was", "code", 5.0), ("integer overflow", "code", 4.0),
    ("auto increment*", "capacity", 3.0), ("available disk", "capacity", 5.0), ("disk usage", "capacity", 4.0), ("disk quota", "capacity", 6.0), ("full ~ filesystem", "capacity", 6.0), ("filesystem ~ full", "capacity", 6.0), ("full ~ disk", "capacity", 5.0),

    ("did not handle", "code", 5.0), ("didn t handle", "code", 5.0), ("not handled", "code", 4.0), ("missing ~ check", "code", 4.0), ("missing ~ validation", "code", 5.0), ("case sensitive", "code", 4.0), ("edge case*", "code", 4.0),
    ("not thread safe", "code", 6.0), ("script ~ error", "code", 2.0), ("unsaniti*", "code", 3.0), ("un saniti*", "code", 3.0),

    // The way a change went out failed.
    ("schema migration*", "release", 6.0), ("migration script*", "release", 5.0), ("database migration*", "release", 5.0), ("migration*", "release", 3.0),
    ("failed upgrade*", "release", 6.0), ("failed ~ upgrade*", "release", 6.0), ("failed deploy*", "release", 6.0), ("upgrade to", "release", 3.0),
    ("upgrade*", "release", 2.5), ("upgrading", "release", 2.5), ("deployment of", "release", 4.0), ("recent* deploy*", "release", 4.0),
    ("faulty deploy*", "release", 5.0), ("bad deploy*", "release", 5.0), ("code deploy*", "release", 3.5), ("new deploy*", "release", 4.0),
    ("deployment process", "release", 3.5), ("deploy*", "release", 2.0), ("newly deployed", "release", 4.0), ("newly released", "release", 4.0),
    ("new version", "release", 3.0), ("new release", "release", 4.0), ("recent release", "release", 4.0), ("recent update*", "release", 3.5),
    ("recent ~ update*", "release", 3.0), ("software update*", "release", 4.0), ("recent code change*", "release", 4.0), ("roll out", "release", 2.5), ("rolled out", "release", 2.5),
    ("rollout", "release", 3.0), ("incompatib*", "release", 5.0), ("compatib*", "release", 3.0), ("version mismatch*", "release", 5.0),
    ("breaking change*", "release", 5.0), ("backward* compat*", "release", 5.0), ("wrong version", "release", 5.0), ("premature version", "release", 4.0),
    ("released in the wrong order", "release", 6.0), ("wrong order", "release", 3.0),
    ("untested", "release", 3.0), ("without ~ test*", "release", 2.5), ("not ~ tested", "release", 2.5), ("merged", "release", 1.5),
    ("rolled back", "release", 1.0), ("rollback fail*", "release", 5.0), ("reindex*", "release", 2.5), ("removed support", "release", 5.0),
    ("pull request", "release", 1.5), ("pushed a change", "release", 3.0), ("change was pushed", "release", 4.0), ("library update*", "release", 3.0),

    ("release process", "release", 4.0), ("deployment script*", "release", 4.0), ("new kernel", "release", 3.0), ("without running", "release", 3.0),

    // A limit was hit.
    ("surge in traffic", "capacity", 6.0), ("surge ~ traffic", "capacity", 5.0), ("traffic surge*", "capacity", 6.0), ("surge*", "capacity", 3.0),
    ("spike in traffic", "capacity", 6.0), ("spike ~ traffic", "capacity", 5.0), ("traffic spike*", "capacity", 6.0), ("increase ~ traffic", "capacity", 5.0),
    ("increased traffic", "capacity", 5.0), ("increased load", "capacity", 5.0), ("increase ~ load", "capacity", 4.0), ("high traffic", "capacity", 5.0),
    ("heavy traffic", "capacity", 5.0), ("heavy load", "capacity", 5.0), ("high load", "capacity", 5.0), ("peak load", "capacity", 4.0),
    ("traffic volume*", "capacity", 4.0), ("volume of traffic", "capacity", 5.0), ("influx of", "capacity", 4.0), ("high volume", "capacity", 4.0),
    ("number of requests", "capacity", 2.0), ("unexpected traffic", "capacity", 5.0), ("sudden traffic", "capacity", 5.0), ("flash sale*", "capacity", 4.0),
    ("overload*", "capacity", 4.0), ("overwhelm*", "capacity", 3.5), ("insufficient capacity", "capacity", 6.0), ("lack of capacity", "capacity", 6.0),
    ("capacity", "capacity", 2.5), ("insufficient resource*", "capacity", 5.0), ("insufficient ~ memory", "capacity", 4.0), ("insufficient", "capacity", 2.0),
    ("ran out of", "capacity", 5.0), ("run out of", "capacity", 5.0), ("running out of", "capacity", 5.0), ("out of memory", "capacity", 5.0),
    ("oom", "capacity", 4.0), ("oomkill*", "capacity", 5.0), ("exhaust*", "capacity", 4.0), ("resource exhaustion", "capacity", 5.0), ("starvation", "capacity", 5.0),
    ("disk space", "capacity", 5.0), ("disk full", "capacity", 6.0), ("disk ~ full", "capacity", 5.0), ("disk ~ filled", "capacity", 6.0),
    ("no space left", "capacity", 6.0), ("filled up", "capacity", 5.0), ("full disk", "capacity", 6.0), ("storage ~ full", "capacity", 5.0),
    ("high cpu", "capacity", 4.0), ("cpu usage", "capacity", 3.0), ("cpu utilization", "capacity", 3.0), ("cpu spike*", "capacity", 3.0), ("used ~ cpu", "capacity", 4.0),
    ("memory usage", "capacity", 2.5), ("memory consumption", "capacity", 2.5), ("memory pressure", "capacity", 4.0), ("excessive memory", "capacity", 3.0),
    ("too many connection*", "capacity", 5.0), ("too many request*", "capacity", 4.0), ("too many", "capacity", 2.5), ("connection pool", "capacity", 2.0),
    ("connection limit*", "capacity", 4.0), ("quota*", "capacity", 4.0), ("limit* ~ reached", "capacity", 4.0), ("reached ~ limit*", "capacity", 4.0),
    ("pod limit", "capacity", 4.0), ("reach* ~ maximum", "capacity", 4.0), ("exceed* ~ limit*", "capacity", 4.0), ("exceed* ~ capacity", "capacity", 5.0), ("open files", "capacity", 4.0),
    ("file descriptor*", "capacity", 3.0), ("file handle*", "capacity", 4.0), ("file watches", "capacity", 4.0), ("ulimit", "capacity", 4.0), ("bottleneck*", "capacity", 3.0),
    ("resource consumption", "capacity", 3.0), ("resource contention", "capacity", 5.0), ("concurrent request*", "capacity", 3.0), ("concurrent user*", "capacity", 3.0), ("concurrent connection*", "capacity", 3.0), ("concurrency", "capacity", 2.0), ("high demand", "capacity", 4.0), ("hug of death", "capacity", 6.0),
    ("rate limit*", "capacity", 2.5), ("throttl*", "capacity", 2.5), ("scale", "capacity", 1.0), ("scaling", "capacity", 1.5), ("auto scaling", "capacity", 2.0), ("autoscal*", "capacity", 2.0),
    ("saturat*", "capacity", 4.0), ("traffic", "capacity", 1.0), ("load", "capacity", 0.7), ("slow ~ load", "capacity", 1.0), ("rescaling", "capacity", 3.0),
    ("ip addresses", "capacity", 1.5), ("rotated", "capacity", 2.0),

    ("keep up with", "capacity", 4.0), ("space left", "capacity", 4.0), ("maximum number", "capacity", 4.0), ("hit ~ limit", "capacity", 5.0), ("hit the maximum", "capacity", 5.0), ("not enough memory", "capacity", 5.0), ("not enough space", "capacity", 5.0),
    ("not enough capacity", "capacity", 5.0), ("more memory", "capacity", 3.0), ("100 cpu", "capacity", 5.0), ("limit* ~ too low", "capacity", 4.0),

    // Parts made each other worse.
    ("cascading failure*", "cascade", 5.0), ("cascading", "cascade", 3.5), ("cascade*", "cascade", 3.0), ("thundering herd", "cascade", 8.0), ("retry storm*", "cascade", 8.0),
    ("retry loop*", "cascade", 6.0), ("feedback loop", "cascade", 6.0), ("domino effect", "cascade", 5.0), ("failover loop", "cascade", 7.0), ("metastable", "cascade", 8.0),
    ("retries ~ load", "cascade", 5.0), ("death spiral", "cascade", 7.0), ("snowball*", "cascade", 4.0), ("lock service", "cascade", 3.0), ("crash loop*", "cascade", 1.5),

    // Somebody else's part failed.
    ("third party", "dependency", 4.5), ("3rd party", "dependency", 4.5), ("external service*", "dependency", 5.0), ("external api*", "dependency", 5.0),
    ("external dependenc*", "dependency", 5.0), ("external provider*", "dependency", 5.0), ("upstream provider*", "dependency", 6.0), ("upstream ~ outage", "dependency", 6.0), ("upstream service*", "dependency", 4.0), ("upstream api*", "dependency", 5.0), ("upstream dependenc*", "dependency", 6.0), ("upstream", "dependency", 1.5),
    ("aws ~ outage", "dependency", 6.0), ("amazon ~ outage", "dependency", 6.0), ("azure ~ outage", "dependency", 6.0), ("gcp ~ outage", "dependency", 6.0), ("google cloud ~ outage", "dependency", 6.0), ("cloudflare ~ outage", "dependency", 6.0),
    ("github ~ outage", "dependency", 6.0), ("heroku ~ outage", "dependency", 6.0), ("fastly ~ outage", "dependency", 6.0), ("digitalocean ~ outage", "dependency", 6.0), ("okta ~ outage", "dependency", 6.0), ("stripe ~ outage", "dependency", 6.0),
    ("hosting provider*", "dependency", 6.0), ("cloud provider*", "dependency", 5.0), ("service provider*", "dependency", 4.0), ("our provider", "dependency", 6.0),
    ("provider ~ outage", "dependency", 6.0), ("outage of ~ provider", "dependency", 6.0), ("provider*", "dependency", 2.0), ("vendor*", "dependency", 4.0),
    ("extended outage", "dependency", 4.0), ("outage at", "dependency", 4.0), ("outage in their", "dependency", 6.0), ("carrier", "dependency", 4.0), ("isp", "dependency", 4.0),
    ("certificate authority", "dependency", 1.5), ("payment gateway", "dependency", 2.5), ("cdn", "dependency", 1.5), ("package ~ removed", "dependency", 4.0),
    ("was discontinued", "dependency", 4.0), ("been discontinued", "dependency", 4.0), ("deprecated", "dependency", 2.0), ("partner", "dependency", 2.0),
    ("upstream bug", "dependency", 5.0), ("dependency", "dependency", 1.5), ("maintainer*", "dependency", 1.0), ("repository ~ expired", "dependency", 1.0),

    // Connectivity itself.
    ("network outage*", "network", 6.0), ("network failure*", "network", 6.0), ("network partition*", "network", 7.0), ("network connectivity", "network", 4.0),
    ("network issue*", "network", 4.0), ("network problem*", "network", 5.0), ("network congestion", "network", 6.0), ("network switch*", "network", 5.0),
    ("network latency", "network", 3.5), ("network", "network", 1.5), ("connectivity", "network", 1.5), ("dns resolution", "network", 4.0), ("dns server*", "network", 4.0), ("dns resolver*", "network", 5.0),
    ("dns outage", "network", 6.0), ("dns", "network", 2.5), ("bgp", "network", 7.0), ("routing", "network", 3.0), ("route*", "network", 1.5), ("routers", "network", 4.0), ("a router", "network", 4.0), ("the router", "network", 4.0), ("core router", "network", 6.0), ("edge router*", "network", 6.0), ("isp router", "network", 6.0), ("packet loss", "network", 6.0),
    ("load balancer*", "network", 2.0), ("fiber", "network", 5.0), ("fibre", "network", 5.0), ("firewall*", "network", 2.5), ("ingress", "network", 1.5), ("coredns", "network", 3.0), ("vpn", "network", 3.0),
    ("ndots", "network", 3.0), ("nat gateway", "network", 4.0), ("unreachable", "network", 1.0),

    ("faulty network", "network", 6.0), ("network equipment", "network", 5.0), ("default gateway", "network", 4.0), ("default route", "network", 4.0), ("mtu", "network", 4.0), ("uplink", "network", 4.0), ("networking issue*", "network", 5.0),

    // A machine, a building, the weather.
    ("hardware failure*", "hardware", 7.0), ("hardware fault*", "hardware", 7.0), ("hardware issue*", "hardware", 6.0), ("hardware malfunction*", "hardware", 7.0), ("hardware", "hardware", 3.5),
    ("power outage*", "hardware", 7.0), ("power failure*", "hardware", 7.0), ("power loss", "hardware", 7.0), ("lost power", "hardware", 7.0), ("loss of power", "hardware", 7.0), ("power supply", "hardware", 6.0),
    ("power cut", "hardware", 7.0), ("disk failure*", "hardware", 6.0), ("disk failed", "hardware", 6.0), ("hard drive*", "hardware", 5.0), ("hard disk*", "hardware", 4.0), ("failed disk*", "hardware", 6.0),
    ("cooling", "hardware", 6.0), ("overheat*", "hardware", 6.0), ("a fire", "hardware", 5.0), ("fire in", "hardware", 4.0), ("fire at", "hardware", 4.0), ("caught fire", "hardware", 6.0), ("flood*", "hardware", 2.0), ("lightning", "hardware", 6.0), ("power generator*", "hardware", 6.0), ("diesel generator*", "hardware", 7.0), ("backup generator*", "hardware", 7.0), ("emergency generator*", "hardware", 7.0), ("generators", "hardware", 3.0), ("raid", "hardware", 4.0),
    ("hypervisor*", "hardware", 3.0), ("motherboard", "hardware", 7.0), ("data center", "hardware", 1.5), ("datacenter", "hardware", 1.5), ("host failure", "hardware", 5.0), ("transfer switch", "hardware", 6.0),
    ("power", "hardware", 1.0), ("storage controller", "hardware", 5.0),

    ("storage array*", "hardware", 5.0), ("disk array*", "hardware", 5.0), ("controller* crash*", "hardware", 6.0), ("disk error*", "hardware", 5.0), ("i o error*", "hardware", 4.0), ("drive failed", "hardware", 6.0), ("power feed", "hardware", 6.0), ("feeder cable", "hardware", 7.0),
    ("chiller*", "hardware", 6.0), ("underlying hardware", "hardware", 6.0), ("storm*", "hardware", 2.0), ("gale", "hardware", 5.0),

    // A store failed, or what it held was wrong.
    ("slow quer*", "data", 5.0), ("unoptimized ~ quer*", "data", 6.0), ("unoptimised ~ quer*", "data", 6.0), ("inefficient ~ quer*", "data", 5.5), ("database quer*", "data", 4.0), ("sql quer*", "data", 4.0),
    ("long running quer*", "data", 6.0), ("quer*", "data", 1.5), ("missing index*", "data", 6.0), ("lack of index*", "data", 6.0), ("indexing", "data", 3.0), ("corrupt*", "data", 4.5), ("data loss", "data", 6.0),
    ("lost data", "data", 5.0), ("replication", "data", 3.5), ("replica*", "data", 1.5), ("deadlock*", "data", 4.0), ("database lock*", "data", 5.0), ("inconsistent ~ data", "data", 4.0), ("data inconsisten*", "data", 5.0),
    ("inconsistent state", "data", 3.0), ("database failure*", "data", 5.0), ("database crash*", "data", 5.0), ("database server", "data", 2.5), ("database outage", "data", 5.0), ("database connection*", "data", 2.5),
    ("database", "data", 2.0), ("databases", "data", 2.0), ("db", "data", 1.5), ("mysql", "data", 1.5), ("postgres*", "data", 1.5), ("mongodb", "data", 1.5), ("redis", "data", 1.0), ("stale data", "data", 5.0), ("stale", "data", 2.0),
    ("deleted ~ data", "data", 4.0), ("backup*", "data", 1.0), ("cache invalidation", "data", 3.0), ("bad data", "data", 5.0), ("malformed data", "data", 4.0), ("volume", "data", 0.7), ("persistent volume", "data", 3.0),

    // Somebody meant harm, or could have.
    ("ddos", "security", 7.0), ("denial of service", "security", 7.0), ("attack*", "security", 4.0), ("hacked", "security", 6.0), ("hacker*", "security", 6.0), ("security breach", "security", 7.0), ("breach*", "security", 4.0),
    ("vulnerab*", "security", 5.0), ("exploit*", "security", 5.0), ("malicious", "security", 5.0), ("malware", "security", 6.0), ("ransomware", "security", 7.0), ("brute force", "security", 6.0), ("credential stuffing", "security", 7.0),
    ("leaked ~ key*", "security", 6.0), ("leaked credential*", "security", 6.0), ("compromised", "security", 5.0), ("phishing", "security", 6.0), ("spam*", "security", 3.0), ("abuse*", "security", 4.0), ("fraud*", "security", 5.0),
    ("unauthorized access", "security", 6.0), ("unauthori*", "security", 3.0), ("replay attack*", "security", 7.0), ("sql injection", "security", 7.0), ("flash loan*", "security", 5.0), ("crawler*", "security", 2.0), ("bots", "security", 3.0),
    ("scraper*", "security", 3.0), ("xss", "security", 5.0), ("supply chain", "security", 5.0),

    ("token ~ leaked", "security", 6.0), ("leaked ~ token*", "security", 6.0), ("exposed ~ token*", "security", 6.0), ("exposed ~ key*", "security", 6.0), ("publicly exposed", "security", 5.0), ("sensitive information", "security", 4.0), ("committed ~ secret*", "security", 6.0), ("stolen", "security", 5.0),

    // Time ran out.
    ("certificate* ~ expir*", "time", 8.0), ("cert ~ expir*", "time", 8.0), ("expired certificate*", "time", 8.0), ("expired ~ certificate*", "time", 8.0), ("expiration of ~ certificate*", "time", 8.0), ("expired", "time", 5.0), ("expir*", "time", 4.0),
    ("not renewed", "time", 5.0), ("not been renewed", "time", 5.0), ("renewal", "time", 3.0), ("renew*", "time", 2.0), ("leap second", "time", 8.0), ("leap year", "time", 8.0), ("daylight saving*", "time", 7.0), ("clock skew", "time", 7.0),
    ("clock drift", "time", 7.0), ("clock* ~ drifted", "time", 7.0), ("ssl certificate*", "time", 2.5), ("tls certificate*", "time", 2.5), ("certificates", "time", 1.5), ("certificate", "time", 1.5), ("domain ~ lapsed", "time", 7.0),
    ("out of date ~ certificate*", "time", 4.0), ("licence expired", "time", 8.0), ("license expired", "time", 8.0), ("ntp", "time", 4.0), ("timezone*", "time", 3.0),

    // A hand did it.
    ("human error", "operation", 7.0), ("operator error", "operation", 7.0), ("accidental*", "operation", 4.5), ("accidentally deleted", "operation", 7.0), ("by mistake", "operation", 5.0), ("mistakenly", "operation", 4.5), ("by accident", "operation", 5.0),
    ("manual change*", "operation", 5.0), ("manual error*", "operation", 6.0), ("manual process*", "operation", 3.0), ("manually", "operation", 2.0), ("manual", "operation", 1.5), ("wrong command", "operation", 6.0), ("wrong server", "operation", 6.0),
    ("wrong cluster", "operation", 6.0), ("inadvertent*", "operation", 2.5), ("unintentional*", "operation", 3.0), ("unintended", "operation", 1.5), ("forgot*", "operation", 4.0), ("forgotten", "operation", 4.0), ("unplugged", "operation", 5.0),
    ("ran ~ script", "operation", 2.5), ("run ~ script", "operation", 1.5), ("ran ~ command", "operation", 4.0), ("executed ~ command", "operation", 4.0), ("prematurely", "operation", 2.0), ("maintenance", "operation", 1.5), ("same server", "operation", 1.0),
    ("terraform destroy", "operation", 4.0), ("lack of coordination", "operation", 5.0), ("didn t check", "operation", 4.0), ("did not check", "operation", 4.0), ("human mistake*", "operation", 6.0), ("wrong workspace", "operation", 5.0), ("was deleting", "operation", 3.0),
    ("run by hand", "operation", 5.0), ("by hand", "operation", 3.0), ("wrong prefix", "operation", 3.0), ("wrong database", "operation", 6.0), ("wrong environment", "operation", 6.0), ("wrong terminal", "operation", 6.0), ("wrong host", "operation", 5.0),
    ("without ~ approval", "operation", 5.0), ("without ~ consent", "operation", 6.0), ("without ~ permission", "operation", 4.0), ("without ~ confirmation", "operation", 5.0), ("destructive ~ command*", "operation", 5.0), ("executed ~ commands", "operation", 4.0),
    ("ran ~ against ~ production", "operation", 5.0), ("run against ~ production", "operation", 5.0), ("incorrect instructions", "operation", 6.0), ("misread*", "operation", 4.0), ("misunderst*", "operation", 4.0), ("misinterpret*", "operation", 4.0), ("overlooked", "operation", 3.0),
    ("decommission*", "operation", 3.0), ("deleted the", "operation", 2.5), ("miscommunication", "operation", 4.0), ("did not follow", "operation", 4.0), ("training", "operation", 0.5),
];

/// Phrase, and what it says of its sentence.
#[rustfmt::skip]
pub const TURNS: &[(&str, Turn)] = &[
    ("caused by", Turn::Cause), ("due to", Turn::Cause), ("because", Turn::Cause), ("result of", Turn::Cause), ("resulted from", Turn::Cause), ("resulting from", Turn::Cause), ("stem* from", Turn::Cause),
    ("trac* ~ to", Turn::Cause), ("attribut* to", Turn::Cause), ("triggered by", Turn::Cause), ("cause was", Turn::Cause), ("cause is", Turn::Cause), ("cause of", Turn::Cause), ("owing to", Turn::Cause), ("culprit", Turn::Cause),
    ("identified as", Turn::Cause), ("arose from", Turn::Cause), ("originat*", Turn::Cause), ("caused ~ by", Turn::Cause), ("connected with", Turn::Cause), ("responsible for", Turn::Cause),
    ("leading to", Turn::Effect), ("led to", Turn::Effect), ("lead to", Turn::Effect), ("leads to", Turn::Effect), ("resulting in", Turn::Effect), ("resulted in", Turn::Effect), ("causing", Turn::Effect), ("caused", Turn::Effect), ("causes", Turn::Effect),
    ("preventing", Turn::Effect), ("prevented", Turn::Effect), ("making", Turn::Effect), ("so that", Turn::Effect), ("which made", Turn::Effect), ("overwhelming", Turn::Effect), ("triggering", Turn::Effect), ("and subsequently", Turn::Effect),
    ("resolved by", Turn::Fix), ("fixed by", Turn::Fix), ("to resolve", Turn::Fix), ("was resolved", Turn::Fix), ("resolution", Turn::Fix), ("to fix", Turn::Fix), ("was fixed", Turn::Fix), ("mitigated by", Turn::Fix), ("to mitigate", Turn::Fix),
    ("solution", Turn::Fix), ("to address", Turn::Fix), ("we fixed", Turn::Fix), ("fix involved", Turn::Fix), ("addressed by", Turn::Fix), ("to prevent", Turn::Fix), ("in order to", Turn::Fix), ("restored by", Turn::Fix), ("solved by", Turn::Fix), ("was corrected", Turn::Fix),
    ("suspect*", Turn::Guess), ("assum*", Turn::Guess), ("hypothes*", Turn::Guess), ("mislead*", Turn::Guess), ("ruled out", Turn::Guess), ("ruling out", Turn::Guess), ("red herring", Turn::Guess), ("unrelated", Turn::Guess), ("initially thought", Turn::Guess),
    ("initial belief", Turn::Guess), ("might be", Turn::Guess), ("might have been", Turn::Guess), ("may have been", Turn::Guess), ("could be", Turn::Guess), ("possible", Turn::Guess), ("potential", Turn::Guess), ("possibility", Turn::Guess), ("speculat*", Turn::Guess),
    ("no issues found", Turn::Guess), ("discarded", Turn::Guess), ("believed", Turn::Guess), ("eliminated", Turn::Guess), ("theor*", Turn::Guess), ("wild goose", Turn::Guess), ("effectively", Turn::Guess), ("like a", Turn::Guess), ("as if", Turn::Guess), ("might", Turn::Guess), ("would have", Turn::Guess), ("fair chance", Turn::Guess), ("may occur", Turn::Guess), ("can occur", Turn::Guess), ("can cause", Turn::Guess), ("can result", Turn::Guess), ("can lead", Turn::Guess), ("should", Turn::Fix), ("to protect", Turn::Fix), ("we will", Turn::Fix), ("to ensure", Turn::Fix), ("to avoid", Turn::Fix), ("false lead*", Turn::Guess), ("wrong path", Turn::Guess), ("at first", Turn::Guess),
    ("root cause", Turn::Sure), ("confirmed", Turn::Sure), ("identified", Turn::Sure), ("discovered", Turn::Sure), ("pinpoint*", Turn::Sure), ("turned out to be", Turn::Sure), ("found that", Turn::Sure), ("determined", Turn::Sure), ("revealed", Turn::Sure),
    ("no", Turn::Not), ("not", Turn::Not), ("never", Turn::Not), ("without", Turn::Not), ("neither", Turn::Not), ("rather than", Turn::Not), ("instead of", Turn::Not), ("nor", Turn::Not), ("isn t", Turn::Not), ("wasn t", Turn::Not), ("weren t", Turn::Not),
];

/// Phrase, trigger, weight.
#[rustfmt::skip]
pub const TRIGGERS: &[(&str, &str, f32)] = &[
    ("deploy*", "deploy", 2.0), ("release*", "deploy", 1.5), ("rollout", "deploy", 3.0), ("rolled out", "deploy", 3.0), ("new version", "deploy", 3.0), ("upgrade*", "deploy", 3.0), ("migration*", "deploy", 3.0), ("recent update*", "deploy", 3.0),
    ("merged", "deploy", 2.0), ("code change*", "deploy", 3.0), ("recent* deploy*", "deploy", 4.0), ("newly deployed", "deploy", 4.0), ("software update*", "deploy", 3.0),
    ("configuration change*", "config-push", 5.0), ("config change*", "config-push", 5.0), ("configuration update*", "config-push", 5.0), ("configuration was changed", "config-push", 5.0), ("change* ~ configuration", "config-push", 4.0), ("changed ~ setting*", "config-push", 4.0),
    ("feature flag*", "config-push", 4.0), ("update ~ configuration", "config-push", 4.0), ("dns change*", "config-push", 4.0), ("config push", "config-push", 5.0), ("updating ~ rules", "config-push", 3.0),
    ("maintenance", "maintenance", 4.0), ("planned work", "maintenance", 4.0), ("scheduled work", "maintenance", 4.0), ("maintenance window", "maintenance", 5.0),
    ("surge*", "traffic", 3.0), ("traffic spike*", "traffic", 5.0), ("spike in traffic", "traffic", 5.0), ("spike ~ traffic", "traffic", 4.0), ("increase ~ traffic", "traffic", 4.0), ("increased traffic", "traffic", 4.0), ("flash sale*", "traffic", 5.0), ("influx", "traffic", 4.0),
    ("high traffic", "traffic", 4.0), ("heavy traffic", "traffic", 4.0), ("promotion", "traffic", 2.0), ("increased load", "traffic", 3.0), ("traffic surge*", "traffic", 5.0),
    ("third party", "dependency-change", 3.0), ("provider ~ outage", "dependency-change", 5.0), ("outage of ~ provider", "dependency-change", 5.0), ("outage in their", "dependency-change", 5.0), ("upstream ~ outage", "dependency-change", 5.0), ("upstream change*", "dependency-change", 4.0), ("discontinued", "dependency-change", 4.0), ("extended outage", "dependency-change", 4.0),
    ("hardware fail*", "hardware-event", 5.0), ("hardware fault*", "hardware-event", 5.0), ("power outage*", "hardware-event", 5.0), ("power failure*", "hardware-event", 5.0), ("lost power", "hardware-event", 5.0), ("disk failure*", "hardware-event", 5.0), ("overheat*", "hardware-event", 5.0),
    ("expired", "expiry", 5.0), ("expiration", "expiry", 4.0), ("not renewed", "expiry", 5.0),
    ("attack*", "attack", 4.0), ("ddos", "attack", 5.0), ("exploit*", "attack", 4.0), ("denial of service", "attack", 5.0), ("malicious", "attack", 4.0), ("hacker*", "attack", 4.0),
    ("no trigger", "none-seen", 6.0), ("no obvious trigger", "none-seen", 6.0), ("no apparent trigger", "none-seen", 6.0), ("no known trigger", "none-seen", 6.0),
];

/// Phrase, contributing factor, weight.
#[rustfmt::skip]
pub const FACTORS: &[(&str, &str, f32)] = &[
    ("no monitoring", "monitoring-gap", 5.0), ("lack of monitoring", "monitoring-gap", 5.0), ("insufficient monitoring", "monitoring-gap", 5.0), ("inadequate monitoring", "monitoring-gap", 5.0), ("no alert*", "monitoring-gap", 5.0), ("no test alert*", "monitoring-gap", 4.0),
    ("isn t ~ monitoring", "monitoring-gap", 5.0), ("not monitor*", "monitoring-gap", 5.0), ("monitoring ~ did not", "monitoring-gap", 5.0), ("went unnoticed", "monitoring-gap", 4.0), ("unmonitored", "monitoring-gap", 5.0), ("lack of alert*", "monitoring-gap", 5.0), ("not alerted", "monitoring-gap", 4.0), ("missing alert*", "monitoring-gap", 5.0),
    ("too noisy", "alert-noise", 5.0), ("alert fatigue", "alert-noise", 6.0), ("noisy alert*", "alert-noise", 6.0), ("alert ~ missed", "alert-noise", 4.0), ("notification was missed", "alert-noise", 5.0),
    ("insufficient testing", "test-gap", 5.0), ("lack of testing", "test-gap", 5.0), ("inadequate testing", "test-gap", 5.0), ("not ~ tested", "test-gap", 4.0), ("untested", "test-gap", 4.0), ("without ~ testing", "test-gap", 5.0), ("no test*", "test-gap", 4.0), ("test coverage", "test-gap", 3.0), ("lack of ~ load testing", "test-gap", 5.0), ("tests did not", "test-gap", 4.0),
    ("no staging", "staging-gap", 6.0), ("not ~ staging", "staging-gap", 4.0), ("lack of ~ staging", "staging-gap", 5.0), ("non prod environments", "staging-gap", 3.0), ("staging ~ did not", "staging-gap", 5.0),
    ("no rollback", "no-rollback", 6.0), ("could not roll back", "no-rollback", 6.0), ("rollback ~ failed", "no-rollback", 5.0), ("lack of ~ rollback", "no-rollback", 6.0), ("unable to roll back", "no-rollback", 6.0),
    ("no canary", "slow-rollout-missing", 6.0), ("all at once", "slow-rollout-missing", 4.0), ("all servers at once", "slow-rollout-missing", 6.0), ("without ~ canary", "slow-rollout-missing", 6.0),
    ("single point of failure", "spof", 7.0), ("no redundancy", "spof", 6.0), ("lack of redundancy", "spof", 6.0), ("no failover", "spof", 6.0), ("lack of ~ failover", "spof", 6.0), ("only one", "spof", 2.0), ("same physical", "spof", 4.0), ("one region", "spof", 3.0),
    ("tight* coupl*", "tight-coupling", 6.0), ("same server", "tight-coupling", 4.0), ("coupling", "tight-coupling", 4.0),
    ("without backoff", "retry-without-backoff", 7.0), ("no backoff", "retry-without-backoff", 7.0), ("aggressive retries", "retry-without-backoff", 6.0), ("retry storm*", "retry-without-backoff", 6.0),
    ("no runbook*", "runbook-missing", 7.0), ("lack of ~ runbook*", "runbook-missing", 6.0), ("outdated ~ procedures", "runbook-missing", 5.0), ("no documented procedure*", "runbook-missing", 6.0), ("no playbook", "runbook-missing", 6.0),
    ("no access", "access-blocked", 5.0), ("did not have access", "access-blocked", 6.0), ("unable to access the server", "access-blocked", 3.0), ("lack of access", "access-blocked", 5.0), ("locked out", "access-blocked", 6.0),
    ("unclear ownership", "ownership-unclear", 7.0), ("ownership ~ unclear", "ownership-unclear", 6.0), ("no owner", "ownership-unclear", 6.0), ("nobody owned", "ownership-unclear", 6.0), ("lack of ownership", "ownership-unclear", 6.0),
    ("automatically deleted", "automation-surprise", 5.0), ("unexpectedly ~ automat*", "automation-surprise", 5.0), ("automation ~ unexpected*", "automation-surprise", 5.0), ("automatically upgraded", "automation-surprise", 5.0), ("unintended upgrade", "automation-surprise", 5.0),
    ("outdated documentation", "documentation", 6.0), ("lack of documentation", "documentation", 6.0), ("no documentation", "documentation", 6.0), ("poor* document*", "documentation", 5.0), ("not documented", "documentation", 5.0), ("undocumented", "documentation", 5.0),
];
