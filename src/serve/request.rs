//! What a request asks for, and whether it is one that we answer. Pure: it sees
//! the head of a request and knows no socket.
//!
//! A preview on a developer's machine is reached by every page that the
//! developer's browser has open. What keeps them out: only GET and HEAD, no
//! bodies; a `Host` that no foreign name can have (DNS rebinding), with any port, since
//! ports are forwarded; an `Origin` that is our own; and names that come from the site's list of addresses and
//! never from a disk.

use crate::address::percent_encoded;
use std::net::IpAddr;

/// The folder of addresses that belong to the preview itself. No page of an
/// archive begins with a dot folder, so nothing can clash with it.
const LIVE: &str = "/.casebook/";

/// The head of a request.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    pub method: &'a str,
    /// As it stood in the request line.
    pub target: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
}

/// Where we can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// The address of the network interface.
    pub interface: IpAddr,
    /// The port, never 0.
    pub port: u16,
    /// Further hosts that are ours, as [`host_name`] makes them.
    pub hosts: Vec<String>,
}

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Something below the base path; a folder is asked for by its `index.html`.
    Page(String),
    /// The stream of events about a page.
    Events { page: String },
    /// A file of the preview itself, by its name.
    Own(String),
    /// The archive's top, which is elsewhere.
    Top,
    /// Nothing that could be an address of ours.
    Nothing,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    BadRequest(&'static str),
    Forbidden(&'static str),
    Method,
}

impl Head<'_> {
    /// Refuses what no browser that shows our pages would send.
    pub fn check(&self, listening: &Listening) -> Result<(), Refusal> {
        if self.has("Transfer-Encoding") || self.all("Content-Length").any(|length| length != "0") {
            return Err(Refusal::BadRequest("a request has no body here"));
        }
        if !matches!(self.method, "GET" | "HEAD") {
            return Err(Refusal::Method);
        }
        let mut hosts = self.all("Host");
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Refusal::BadRequest("expected one Host"));
        };
        if !listening.is_named(host) {
            return Err(Refusal::Forbidden("this Host is not ours; `--allow-host NAME` adds one"));
        }
        let own_origin = |origin: &str| origin.strip_prefix("http://") == Some(host);
        if !self.all("Origin").all(own_origin) {
            return Err(Refusal::Forbidden("this Origin is not ours"));
        }
        Ok(())
    }

    /// What the target names. The query and the fragment never change which page is meant,
    /// and escapes are decoded once.
    pub fn wanted(&self, base_path: &str) -> Wanted {
        let path = self.target.split(['?', '#']).next().unwrap_or_default();
        let Some(path) = decoded(path).filter(|path| path.starts_with('/')) else { return Wanted::Nothing };
        if let Some(name) = path.strip_prefix(LIVE) {
            return self.live(name);
        }
        match path.strip_prefix(base_path) {
            Some(rest) if rest.is_empty() || rest.ends_with('/') => Wanted::Page(format!("{rest}index.html")),
            Some(rest) => Wanted::Page(rest.to_owned()),
            None if path == "/" || base_path.strip_suffix('/') == Some(path.as_str()) => Wanted::Top,
            None => Wanted::Nothing,
        }
    }

    /// Whether a browser says that another origin's page asks.
    pub fn is_from_elsewhere(&self) -> bool {
        self.all("Sec-Fetch-Site").any(|site| site != "same-origin")
    }

    fn live(&self, name: &str) -> Wanted {
        match name {
            "events" => Wanted::Events { page: self.query("page") },
            _ => Wanted::Own(name.to_owned()),
        }
    }

    /// The value of a key of the query; empty when there is none.
    fn query(&self, key: &str) -> String {
        let query = self
            .target
            .split('#')
            .next()
            .and_then(|target| target.split_once('?'))
            .map_or("", |(_, query)| query);
        let value = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == key);
        value.and_then(|(_, value)| decoded(value)).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.headers
            .iter()
            .filter(move |(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    }
}

impl Listening {
    /// Whether `host`, as in a `Host` header, can only be us: a loopback name, the interface
    /// that was asked for, or a name that was allowed. When all interfaces were asked for, any
    /// literal address will do: a name that is rebound is never a literal.
    fn is_named(&self, host: &str) -> bool {
        let name = without_port(host);
        let literal =
            name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name).parse::<IpAddr>();
        let is_ours = match literal {
            Ok(address) => {
                matches!(name, "127.0.0.1" | "[::1]")
                    || address == self.interface
                    || self.interface.is_unspecified()
            }
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        };
        is_ours || self.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
    }
}

/// A `Host` but for a port that is one.
fn without_port(host: &str) -> &str {
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|number| number.to_string() == port);
    host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(name, _)| name)
}

/// A host as browsers write it in `Host`, without its port; else what was expected.
pub fn host_name(text: &str) -> Result<String, String> {
    let plain = |host: &String| !host.contains(|c: char| !c.is_ascii_alphanumeric() && !"-._[]:".contains(c));
    let host = url::Host::parse(text).map(|host| host.to_string()).ok().filter(plain);
    host.ok_or_else(|| "expected a name such as `preview.example.org`, without scheme and port".to_owned())
}

/// The address of a page as it stands in a `Location` header.
pub fn location(base_path: &str, path: &str) -> String {
    percent_encoded(&format!("{base_path}{path}"))
}

/// Percent-escapes decoded, once. `None` when one is broken, or the result is no
/// UTF-8 or holds a control character.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => hex(bytes.next()?)? * 16 + hex(bytes.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(out).ok().filter(|text| !text.contains(char::is_control))
}

fn hex(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    fn listening(interface: impl Into<IpAddr>, hosts: &[&str]) -> Listening {
        let hosts = hosts.iter().map(|host| host_name(host).expect("a host")).collect();
        Listening { interface: interface.into(), port: 1234, hosts }
    }

    fn local() -> Listening {
        listening(Ipv4Addr::LOCALHOST, &[])
    }

    fn check(listening: &Listening, method: &str, headers: &[(&str, &str)]) -> Result<(), u16> {
        Head { method, target: "/", headers }.check(listening).map_err(|refusal| match refusal {
            Refusal::BadRequest(_) => 400,
            Refusal::Forbidden(_) => 403,
            Refusal::Method => 405,
        })
    }

    fn has(listening: &Listening, host: &str) -> bool {
        check(listening, "GET", &[("Host", host)]) == Ok(())
    }

    #[test]
    fn only_our_own_names_are_hosts_with_any_port() {
        for host in ["localhost", "LocalHost", "127.0.0.1", "[::1]"] {
            for port in ["", ":1234", ":80", ":8080", ":65535"] {
                assert!(has(&local(), &format!("{host}{port}")), "{host}{port}");
            }
        }
        for host in [
            "evil.example",
            "evil.example:1234",
            "localhost:01234",
            "localhost:+1234",
            "localhost:",
            "localhost:65536",
            "localhost:1:2",
            "localhost.",
            "127.0.0.1.evil.example:1234",
            "localhost.evil.example:1234",
            "127.0.0.2:1234",
            "2130706433:1234",
            "0:1234",
            "::1",
            "::1:1234",
            "[::1]x",
            ":1234",
            "",
            "localhost:1234@evil.example",
        ] {
            assert_eq!(check(&local(), "GET", &[("Host", host)]), Err(403), "{host}");
        }
        assert_eq!(check(&local(), "GET", &[]), Err(400));
        let twice = [("Host", "localhost:1234"), ("hOST", "localhost:1234")];
        assert_eq!(check(&local(), "GET", &twice), Err(400));
    }

    #[test]
    fn the_interface_asked_for_is_a_host() {
        let lan = listening(Ipv4Addr::new(192, 168, 1, 5), &[]);
        assert!(has(&lan, "192.168.1.5") && has(&lan, "192.168.1.5:8080"));
        assert!(!has(&lan, "192.168.1.6"));
        let all = listening(Ipv6Addr::UNSPECIFIED, &[]);
        assert!(has(&all, "192.168.1.6:80") && has(&all, "[fe80::1]"));
        assert!(!has(&all, "rebound.example"));
    }

    #[test]
    fn a_host_that_was_allowed_is_ours() {
        let more = listening(
            Ipv4Addr::LOCALHOST,
            &["Preview.Example.org", "bücher.example", "10.0.0.7", "[fe80::1]"],
        );
        for host in [
            "preview.example.org",
            "PREVIEW.example.org:8443",
            "xn--bcher-kva.example",
            "10.0.0.7:80",
            "[fe80::1]",
        ] {
            assert!(has(&more, host), "{host}");
        }
        for host in ["example.org", "a.preview.example.org", "preview.example.org.evil.example", "10.0.0.8"] {
            assert!(!has(&more, host), "{host}");
        }
        for host in
            ["", "*", "*.example.org", "http://example.org", "example.org:80", "example.org/x", "a b", "::1"]
        {
            assert!(host_name(host).is_err(), "{host}");
        }
    }

    #[test]
    fn bodies_methods_and_origins_are_refused() {
        let host = ("Host", "localhost:1234");
        for (method, header, answer) in [
            ("GET", ("Origin", "http://localhost:1234"), Ok(())),
            ("HEAD", ("Content-Length", "0"), Ok(())),
            ("GET", ("Content-Length", "1"), Err(400)),
            ("GET", ("Content-Length", "x"), Err(400)),
            ("GET", ("Transfer-Encoding", "xchunked"), Err(400)),
            ("POST", ("Accept", "*/*"), Err(405)),
            ("POST", ("Content-Length", "0"), Err(405)),
            ("get", ("Accept", "*/*"), Err(405)),
            ("GET", ("Origin", "http://evil.example"), Err(403)),
            ("GET", ("Origin", "http://1.2.3.4"), Err(403)),
            ("GET", ("Origin", "http://localhost"), Err(403)),
            ("GET", ("Origin", "https://localhost:1234"), Err(403)),
            ("GET", ("Origin", "null"), Err(403)),
        ] {
            assert_eq!(check(&local(), method, &[host, header]), answer, "{method} {header:?}");
        }
    }

    #[test]
    fn the_path_alone_chooses_the_page() {
        let wanted = |target, base| Head { method: "GET", target, headers: &[] }.wanted(base);
        let page = |path: &str| Wanted::Page(path.to_owned());
        assert_eq!(wanted("/", "/"), page("index.html"));
        assert_eq!(wanted("/causes/?raw??", "/"), page("causes/index.html"));
        assert_eq!(wanted("/feed.xml#/../x", "/"), page("feed.xml"));
        assert_eq!(wanted("/a%20b/%C3%A9.html", "/"), page("a b/é.html"));
        assert_eq!(wanted("/%252e", "/"), page("%2e"));
        assert_eq!(wanted("/x/causes/dns.html", "/x/"), page("causes/dns.html"));
        assert_eq!(wanted("/", "/x/y/"), Wanted::Top);
        assert_eq!(wanted("/x/y", "/x/y/"), Wanted::Top);
        for nothing in ["", "*", "http://localhost/", "/%", "/%2", "/%zz", "/%ff", "/%00", "/a%0d%0ab", "x"] {
            assert_eq!(wanted(nothing, "/"), Wanted::Nothing, "{nothing}");
        }
        assert_eq!(wanted("/other/", "/x/"), Wanted::Nothing);
    }

    #[test]
    fn live_addresses_have_their_own_folder() {
        let head = Head { method: "GET", target: "/.casebook/events?x=1&page=a%26b.html#x", headers: &[] };
        assert_eq!(head.wanted("/x/"), Wanted::Events { page: "a&b.html".to_owned() });
    }
}
