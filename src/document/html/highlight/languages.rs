//! The languages that postmortems quote, one row each: how comments and strings look, and which words are its own.
//! Six colours need no grammar; what a row does not say stays plain.

/// What a language is written like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Words, calls and definitions.
    Code,
    /// Statements that begin with a command's name.
    Commands,
    /// `key: value`, line by line.
    Yaml,
    /// `key = value` and `[section]`, line by line.
    Ini,
    /// Quoted keys in front of a colon.
    Json,
    /// `<tag attribute="value">`.
    Markup,
    /// Lines that begin with `+` or `-`.
    Diff,
}

/// A language as far as it is coloured.
#[derive(Debug)]
pub struct Language {
    /// What people write behind the fence.
    pub names: &'static [&'static str],
    pub style: Style,
    /// What begins a comment that goes to the end of the line.
    pub comments: &'static [&'static str],
    /// What begins and ends a comment of any length.
    pub blocks: &'static [(&'static str, &'static str)],
    /// What begins and ends a string; longer ones first.
    pub quotes: &'static [Quote],
    pub keywords: &'static [&'static str],
    pub types: &'static [&'static str],
    /// Whether case does not count in its words.
    pub any_case: bool,
}

/// How a string is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// The mark at either end.
    pub mark: &'static str,
    /// Whether a backslash takes the meaning from the character behind it.
    pub escapes: bool,
    /// Whether it may go on in the next line.
    pub lines: bool,
}

const fn quote(mark: &'static str) -> Quote {
    Quote { mark, escapes: true, lines: false }
}

const fn raw(mark: &'static str) -> Quote {
    Quote { mark, escapes: false, lines: false }
}

const fn long(mark: &'static str) -> Quote {
    Quote { mark, escapes: true, lines: true }
}

const DOUBLE: &[Quote] = &[quote("\"")];
const BOTH: &[Quote] = &[quote("\""), quote("'")];
const SHELL_QUOTES: &[Quote] = &[long("\""), Quote { mark: "'", escapes: false, lines: true }];
const SCRIPT_QUOTES: &[Quote] = &[quote("\""), quote("'"), long("`")];
const C_BLOCKS: &[(&str, &str)] = &[("/*", "*/")];
const NONE: &[&str] = &[];

/// Of rows with equal names the first one counts.
#[rustfmt::skip]
pub const LANGUAGES: &[Language] = &[
    Language { names: &["bash", "sh", "shell", "zsh", "fish", "ksh", "bats"], style: Style::Commands, comments: &["#"], blocks: &[],
        quotes: SHELL_QUOTES, any_case: false, types: NONE, keywords: &[
        "if", "then", "else", "elif", "fi", "for", "in", "do", "done", "while", "until", "case", "esac", "function", "return",
        "export", "local", "declare", "readonly", "set", "unset", "source", "exit", "break", "continue", "end", "select",
    ] },
    Language { names: &["powershell", "ps1", "pwsh"], style: Style::Commands, comments: &["#"], blocks: &[("<#", "#>")],
        quotes: BOTH, any_case: true, types: NONE, keywords: &[
        "if", "else", "elseif", "foreach", "for", "while", "do", "until", "switch", "function", "param", "return", "try", "catch",
        "finally", "throw", "in", "begin", "process", "end", "break", "continue",
    ] },
    Language { names: &["bat", "cmd", "batch"], style: Style::Commands, comments: &["rem ", "REM ", "::"], blocks: &[],
        quotes: DOUBLE, any_case: true, types: NONE, keywords: &["if", "else", "for", "in", "do", "goto", "call", "set", "exit", "not"] },
    Language { names: &["dockerfile", "docker", "containerfile"], style: Style::Commands, comments: &["#"], blocks: &[],
        quotes: BOTH, any_case: true, types: NONE, keywords: &[
        "from", "run", "cmd", "label", "expose", "env", "add", "copy", "entrypoint", "volume", "user", "workdir", "arg", "onbuild",
        "stopsignal", "healthcheck", "shell", "as",
    ] },
    Language { names: &["nginx", "nginxconf"], style: Style::Commands, comments: &["#"], blocks: &[], quotes: BOTH,
        any_case: false, types: NONE, keywords: &["http", "server", "location", "upstream", "if", "events", "map", "include", "stream"] },
    Language { names: &["makefile", "make", "mk"], style: Style::Commands, comments: &["#"], blocks: &[], quotes: BOTH,
        any_case: false, types: NONE, keywords: &["ifeq", "ifneq", "ifdef", "ifndef", "else", "endif", "include", "define", "endef", "export"] },
    Language { names: &["json", "jsonc", "json5", "jsonl", "ndjson"], style: Style::Json, comments: &["//"], blocks: C_BLOCKS,
        quotes: DOUBLE, any_case: false, types: NONE, keywords: &["true", "false", "null"] },
    Language { names: &["yaml", "yml", "helm", "ansible", "docker-compose"], style: Style::Yaml, comments: &["#"], blocks: &[],
        quotes: BOTH, any_case: false, types: NONE, keywords: &["true", "false", "null", "yes", "no", "on", "off"] },
    Language { names: &["toml"], style: Style::Ini, comments: &["#"], blocks: &[],
        quotes: &[long("\"\"\""), long("'''"), quote("\""), raw("'")], any_case: false, types: NONE, keywords: &["true", "false"] },
    Language { names: &["ini", "cfg", "conf", "config", "properties", "env", "dotenv", "systemd", "service", "editorconfig", "gitconfig"],
        style: Style::Ini, comments: &["#", ";"], blocks: &[], quotes: BOTH, any_case: true, types: NONE,
        keywords: &["true", "false", "yes", "no", "on", "off"] },
    Language { names: &["hcl", "terraform", "tf", "tfvars", "nomad"], style: Style::Code, comments: &["#", "//"], blocks: C_BLOCKS,
        quotes: DOUBLE, any_case: false, types: &["string", "number", "bool", "list", "map", "object", "set", "any"], keywords: &[
        "resource", "data", "variable", "output", "module", "provider", "terraform", "locals", "for", "in", "if", "true", "false",
        "null", "job", "group", "task", "moved", "import",
    ] },
    Language { names: &["sql", "postgresql", "postgres", "psql", "mysql", "plpgsql", "tsql", "sqlite", "mariadb", "clickhouse"],
        style: Style::Code, comments: &["--"], blocks: C_BLOCKS, quotes: &[raw("'"), raw("\""), raw("`")], any_case: true, types: &[
        "int", "integer", "bigint", "smallint", "text", "varchar", "char", "boolean", "timestamp", "timestamptz", "date", "numeric",
        "decimal", "float", "double", "real", "serial", "bigserial", "json", "jsonb", "uuid", "bytea", "blob",
    ], keywords: &[
        "select", "from", "where", "and", "or", "not", "in", "is", "null", "insert", "into", "values", "update", "set", "delete", "create",
        "table", "index", "view", "drop", "alter", "add", "column", "primary", "key", "foreign", "references", "join", "left", "right",
        "inner", "outer", "full", "cross", "on", "using", "group", "by", "order", "having", "limit", "offset", "union", "all", "distinct",
        "as", "case", "when", "then", "else", "end", "begin", "commit", "rollback", "transaction", "vacuum", "analyze", "analyse",
        "explain", "with", "recursive", "exists", "between", "like", "ilike", "asc", "desc", "default", "unique", "constraint", "check",
        "cascade", "truncate", "grant", "revoke", "show", "kill", "true", "false", "concurrently", "returning", "lock", "if", "for",
        "reindex", "trigger", "function", "procedure", "database", "schema", "user", "replace", "interval",
    ] },
    Language { names: &["python", "py", "python3", "pycon", "ipython", "starlark", "bzl"], style: Style::Code, comments: &["#"], blocks: &[],
        quotes: &[long("\"\"\""), long("'''"), quote("\""), quote("'")], any_case: false,
        types: &["int", "str", "float", "bool", "bytes", "list", "dict", "set", "tuple", "object", "Exception", "Optional", "Any"], keywords: &[
        "def", "class", "return", "if", "elif", "else", "for", "while", "in", "not", "and", "or", "is", "None", "True", "False", "import",
        "from", "as", "with", "try", "except", "finally", "raise", "lambda", "pass", "break", "continue", "yield", "global", "nonlocal",
        "assert", "del", "async", "await", "self", "match", "case",
    ] },
    Language { names: &["ruby", "rb", "rails", "erb", "gemfile", "crystal"], style: Style::Code, comments: &["#"], blocks: &[], quotes: SCRIPT_QUOTES,
        any_case: false, types: NONE, keywords: &[
        "def", "class", "module", "end", "if", "elsif", "else", "unless", "while", "until", "for", "in", "do", "return", "yield", "begin",
        "rescue", "ensure", "raise", "case", "when", "then", "and", "or", "not", "nil", "true", "false", "self", "require", "include",
        "attr_accessor", "attr_reader", "next", "break", "super", "private", "protected",
    ] },
    Language { names: &["javascript", "js", "jsx", "mjs", "cjs", "node", "typescript", "ts", "tsx", "vue", "svelte"], style: Style::Code,
        comments: &["//"], blocks: C_BLOCKS, quotes: SCRIPT_QUOTES, any_case: false,
        types: &["string", "number", "boolean", "any", "unknown", "never", "void", "object", "Promise", "Array", "Record", "Map", "Set", "Error"],
        keywords: &[
        "function", "const", "let", "var", "return", "if", "else", "for", "while", "do", "switch", "case", "default", "break", "continue",
        "new", "class", "extends", "implements", "interface", "type", "enum", "import", "export", "from", "as", "async", "await", "try",
        "catch", "finally", "throw", "typeof", "instanceof", "in", "of", "this", "super", "null", "undefined", "true", "false", "delete",
        "yield", "static", "public", "private", "protected", "readonly", "declare", "namespace",
    ] },
    Language { names: &["go", "golang"], style: Style::Code, comments: &["//"], blocks: C_BLOCKS,
        quotes: &[quote("\""), Quote { mark: "`", escapes: false, lines: true }, quote("'")], any_case: false, types: &[
        "string", "int", "int32", "int64", "uint", "uint32", "uint64", "byte", "rune", "bool", "float32", "float64", "error", "any",
    ], keywords: &[
        "func", "package", "import", "return", "if", "else", "for", "range", "switch", "case", "default", "break", "continue", "var", "const",
        "type", "struct", "interface", "map", "chan", "go", "defer", "select", "nil", "true", "false", "fallthrough", "goto",
    ] },
    Language { names: &["rust", "rs"], style: Style::Code, comments: &["//"], blocks: C_BLOCKS, quotes: &[long("\"")], any_case: false, types: &[
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool", "char", "str",
        "String", "Vec", "Option", "Result", "Box", "Self",
    ], keywords: &[
        "fn", "let", "mut", "pub", "struct", "enum", "impl", "trait", "for", "in", "while", "loop", "if", "else", "match", "return", "use",
        "mod", "crate", "self", "super", "const", "static", "ref", "move", "async", "await", "unsafe", "where", "as", "dyn", "type", "true",
        "false", "break", "continue",
    ] },
    Language { names: &["java", "kotlin", "kt", "scala", "groovy", "gradle", "csharp", "cs", "c#", "dart", "swift"], style: Style::Code,
        comments: &["//"], blocks: C_BLOCKS, quotes: &[long("\"\"\""), quote("\""), quote("'")], any_case: false, types: &[
        "int", "long", "short", "byte", "char", "float", "double", "boolean", "bool", "void", "string", "String", "Int", "Long", "Boolean",
        "Double", "Object", "List", "Map", "Unit", "Any",
    ], keywords: &[
        "class", "interface", "enum", "record", "extends", "implements", "public", "private", "protected", "internal", "static", "final",
        "abstract", "override", "return", "if", "else", "for", "while", "do", "switch", "case", "default", "break", "continue", "new", "this",
        "super", "null", "nil", "true", "false", "try", "catch", "finally", "throw", "throws", "import", "package", "namespace", "using", "fun",
        "func", "val", "var", "let", "def", "when", "in", "is", "as", "object", "trait", "async", "await", "synchronized", "guard", "struct",
    ] },
    Language { names: &["c", "h", "cpp", "c++", "cc", "hpp", "cxx", "objc", "solidity", "sol", "protobuf", "proto", "thrift"], style: Style::Code,
        comments: &["//"], blocks: C_BLOCKS, quotes: BOTH, any_case: false, types: &[
        "int", "long", "short", "char", "float", "double", "void", "bool", "unsigned", "signed", "size_t", "uint8_t", "uint32_t", "uint64_t",
        "int32_t", "int64_t", "uint", "uint256", "int256", "address", "bytes", "bytes32", "string", "mapping", "auto",
    ], keywords: &[
        "if", "else", "for", "while", "do", "switch", "case", "default", "break", "continue", "return", "struct", "union", "enum", "typedef",
        "static", "const", "extern", "sizeof", "goto", "class", "public", "private", "protected", "virtual", "namespace", "using", "template",
        "typename", "new", "delete", "try", "catch", "throw", "true", "false", "nullptr", "NULL", "this", "contract", "function", "modifier",
        "require", "emit", "event", "returns", "external", "internal", "view", "pure", "payable", "memory", "storage", "message", "service",
        "rpc", "repeated", "optional", "import", "syntax", "package",
    ] },
    Language { names: &["php", "perl", "pl"], style: Style::Code, comments: &["//", "#"], blocks: C_BLOCKS, quotes: BOTH, any_case: false, types: NONE,
        keywords: &[
        "function", "sub", "my", "our", "use", "return", "if", "elsif", "elseif", "else", "unless", "for", "foreach", "while", "do", "as",
        "class", "extends", "new", "public", "private", "protected", "static", "echo", "print", "try", "catch", "throw", "null", "undef",
        "true", "false", "array", "namespace", "require", "include", "package", "die",
    ] },
    Language { names: &["lua", "elixir", "ex", "exs", "erlang", "erl", "haskell", "hs", "r", "julia"], style: Style::Code, comments: &["--", "#", "%"],
        blocks: &[], quotes: DOUBLE, any_case: false, types: NONE, keywords: &[
        "function", "local", "end", "if", "then", "else", "elseif", "for", "while", "do", "repeat", "until", "return", "nil", "true", "false",
        "and", "or", "not", "in", "def", "defp", "defmodule", "case", "cond", "fn", "when", "with", "module", "import", "where", "let", "data",
    ] },
    Language { names: &["graphql", "gql", "promql", "logql", "rego", "cue", "jsonnet"], style: Style::Code, comments: &["#", "//"], blocks: &[],
        quotes: BOTH, any_case: false, types: &["Int", "String", "Boolean", "Float", "ID"], keywords: &[
        "query", "mutation", "subscription", "type", "input", "enum", "interface", "union", "fragment", "on", "true", "false", "null", "sum",
        "rate", "by", "without", "increase", "histogram_quantile", "avg", "max", "min", "count", "local", "function", "package", "default",
    ] },
    Language { names: &["html", "xml", "svg", "xhtml", "htm", "plist", "pom"], style: Style::Markup, comments: NONE, blocks: &[("<!--", "-->")],
        quotes: BOTH, any_case: false, types: NONE, keywords: NONE },
    Language { names: &["css", "scss", "less", "sass"], style: Style::Code, comments: &["//"], blocks: C_BLOCKS, quotes: BOTH, any_case: false,
        types: NONE, keywords: &["important", "media", "import", "font-face", "keyframes", "include", "mixin", "extend"] },
    Language { names: &["diff", "patch", "udiff"], style: Style::Diff, comments: NONE, blocks: &[], quotes: &[], any_case: false, types: NONE,
        keywords: NONE },
];

/// The language of a name in lower case.
pub fn language(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.names.contains(&name))
}
