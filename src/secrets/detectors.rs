//! What looks like a secret or like personal data: one row each. A row is looked for only in
//! texts that hold one of its anchors, and where two rows find the same words the earlier counts.

use super::real::{self, Found};
use crate::diagnostic::Code;

/// One kind of find.
#[derive(Debug)]
pub struct Detector {
    /// With its article, for messages.
    pub name: &'static str,
    pub code: Code,
    /// Words of which every find holds one, in any case.
    pub anchors: &'static [&'static str],
    /// Whether a text with an anchor can hold a find at all: cheaper than the pattern.
    pub may_hold: fn(&str) -> bool,
    /// ASCII, such that each search is linear. The group `it` is what is hidden.
    pub pattern: &'static str,
    /// Whether what the pattern found is no example and nothing harmless of the same shape.
    pub is_real: fn(&Found<'_>) -> bool,
}

/// Words before a value that should not be read by all.
const KEYS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "api key",
    "api_key",
    "api-key",
    "accesskey",
    "access key",
    "access_key",
    "access-key",
    "accountkey",
    "privatekey",
    "private key",
    "private_key",
    "private-key",
    "credential",
];

#[rustfmt::skip]
pub const DETECTORS: &[Detector] = &[
    Detector {
        name: "an AWS access key", code: Code::Secret, anchors: &["AKIA", "ASIA"],
        pattern: r"\b(?P<it>(?:AKIA|ASIA)[A-Z2-7]{16})\b", is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a Google key", code: Code::Secret, anchors: &["AIza", "GOCSPX-", "ya29."],
        pattern: r"\b(?P<it>AIza[0-9A-Za-z_-]{35}|GOCSPX-[0-9A-Za-z_-]{28}|ya29\.[0-9A-Za-z_-]{30,})", is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a GitHub token", code: Code::Secret, anchors: &["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
        pattern: r"\b(?P<it>gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,})", is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a GitLab token", code: Code::Secret, anchors: &["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-"],
        pattern: r"\b(?P<it>gl(?:pat|dt|rt|ptt|cbt)-[0-9A-Za-z_.-]{20,})", is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a Slack token", code: Code::Secret, anchors: &["xox", "xapp-", "hooks.slack.com"],
        pattern: r"\b(?P<it>(?:xox[a-z]-|xapp-[0-9]-)[0-9A-Za-z-]{10,})|hooks\.slack\.com/(?:services|workflows)/(?P<hook>T[0-9A-Z]{8,12}/[0-9A-Za-z/]{20,100})",
        is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a Stripe key", code: Code::Secret, anchors: &["sk_live_", "rk_live_", "sk_test_", "rk_test_", "whsec_"],
        pattern: r"\b(?P<it>(?:[sr]k_(?:live|test)_[0-9A-Za-z]{16,}|whsec_[0-9A-Za-z+/]{24,100}))", is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "an npm token", code: Code::Secret, anchors: &["npm_"],
        pattern: r"\b(?P<it>npm_[0-9A-Za-z]{36})\b", is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a PyPI token", code: Code::Secret, anchors: &["pypi-AgE"],
        pattern: r"\b(?P<it>pypi-AgE[0-9A-Za-z_-]{50,})", is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a JSON Web Token", code: Code::Secret, anchors: &["eyJ"],
        pattern: r"\b(?P<it>eyJ[0-9A-Za-z_-]{10,}={0,2}\.eyJ[0-9A-Za-z_-]{10,}={0,2}\.[0-9A-Za-z_-]{10,})",
        is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "a private key", code: Code::Secret, anchors: &["PRIVATE KEY"],
        pattern: r"-----BEGIN (?:[A-Z0-9]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[\s\\nr>|]{0,40}(?:Proc-Type|DEK-Info|Version|Comment): [ -~]{1,100}){0,4}[\s\\>|]{0,40}(?P<it>[0-9A-Za-z+/=\s\\>|]{40}[0-9A-Za-z+/=\s\\>|]*)",
        is_real: real::is_random, may_hold: |_| true,
    },
    Detector {
        name: "an address with a password", code: Code::Secret, anchors: &["://"],
        pattern: r##"://[0-9A-Za-z._%+~-]{0,64}:(?P<it>[!$%(-.0-9;=A-Z\\\[\]^_a-z{|}~*&]{3,128})@[0-9A-Za-z.-]{1,100}"##,
        is_real: real::is_password_of_an_address, may_hold: |_| true,
    },
    Detector {
        name: "a bearer token", code: Code::Secret, anchors: &["bearer"],
        pattern: r"(?i)\bbearer[ \t]{1,3}(?P<it>[0-9a-z._~+/-]{16,}={0,2})", is_real: real::is_value, may_hold: |_| true,
    },
    Detector {
        name: "a password or token", code: Code::Secret, anchors: KEYS,
        pattern: r##"(?i)(?:passw(?:or)?d|passphrase|pwd|secret|token|(?:api|access|account|private)[ _-]?key|credentials?)["'`\]*]{0,3}[ \t]{0,3}(?:=>|:=|==?|:)[*]{0,2}[ \t]{0,3}["'`*]{0,3}(?P<it>[!#-%(-+./0-9:=?@A-Z\[\]^_a-z{}~-]{6,})"##,
        is_real: real::is_value, may_hold: |_| true,
    },
    Detector {
        name: "a key or token", code: Code::Secret, anchors: KEYS,
        pattern: r"(?i)(?:passw(?:or)?d|passphrase|pwd|secret|token|(?:api|access|account|private)[ _-]?key|credentials?)\b[ -~]{0,40}?\b(?P<it>[0-9a-z+/_-]{32,}={0,2})",
        is_real: real::is_of_high_entropy, may_hold: |_| true,
    },
    Detector {
        name: "an e-mail address", code: Code::Personal, anchors: &["@"],
        pattern: r"/?(?P<it>[0-9A-Za-z][0-9A-Za-z._%+-]{0,63}@(?:[0-9A-Za-z-]{1,63}\.){1,6}[A-Za-z]{2,24})\b", is_real: real::is_mailbox, may_hold: |_| true,
    },
    Detector {
        name: "a phone number", code: Code::Personal, anchors: &["+", "(", "-"],
        pattern: r"[0-9A-Za-z.)+=/_-]?(?P<it>\+[1-9][0-9]{0,2}(?:[ .-]?(?:[0-9]{1,4}|\([0-9]{1,4}\))){2,5}|\([2-9][0-9]{2}\) ?[0-9]{3}[-. ][0-9]{4}|\b[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4})[0-9A-Za-z:_-]?",
        is_real: real::is_phone_number, may_hold: real::may_hold_phone_number,
    },
    Detector {
        name: "an address of a private network", code: Code::Personal, anchors: &["10.", "172.", "192.168."],
        pattern: r"(?i)(?:version |[0-9a-z._-])?(?P<it>\b(?:10|192|172)(?:\.[0-9]{1,3}){3})(?:/[0-9]{1,2}|\.[0-9]|[0-9a-z_-])?",
        is_real: real::is_private_v4, may_hold: |_| true,
    },
    Detector {
        name: "an address of a private network", code: Code::Personal, anchors: &["fc", "fd"],
        pattern: r"(?i)[0-9a-z:]?(?P<it>\bf[cd][0-9a-f]{2}(?::[0-9a-f]{0,4}){2,7})\b", is_real: real::is_private_v6, may_hold: |_| true,
    },
];
