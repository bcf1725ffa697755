use super::*;

fn text(html: &str) -> String {
    markdown(html).text
}

#[test]
fn what_people_write_stays() {
    for (html, wanted) in [
        ("<h1>Ramp <b>stuck</b></h1><p>It\n  did not move.</p>", "# Ramp **stuck**\n\nIt did not move.\n"),
        ("<p>a</p><p></p><p>b</p>", "a\n\nb\n"),
        ("one<br>two<br/>\nthree", "one  \ntwo  \nthree\n"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul><p>d", "- a\n- b\n  - c\n\nd\n"),
        ("<ol start=3><li><p>a</p><p>b</p></li><li>c</li></ol>", "3. a\n\n   b\n4. c\n"),
        ("<ul class=inline-task-list><li class=checked>a</li><li>b</li></ul>", "- [x] a\n- [ ] b\n"),
        ("<ul><li><input type=checkbox checked> a</li><li><input type=checkbox></li></ul>", "- [x] a\n"),
        ("<blockquote><p>a</p><ul><li>b</li></ul></blockquote>c", "> a\n>\n> - b\n\nc\n"),
        ("<pre><code class=\"language-toml\">a = 1\n```\n</code></pre>", "````toml\na = 1\n```\n````\n"),
        ("<p>run <code>a `b`</code> now</p>", "run `` a `b` `` now\n"),
        (
            "<p>see <a href='x (1).md'>this</a>, <a href=https://e.example/>https://e.example/</a>",
            "see [this](<x (1).md>), <https://e.example/>\n",
        ),
        ("<p><strong> bold </strong>text<em></em></p>", "**bold** text\n"),
        ("<img src=a.png alt='a [b]'>", "![a  b](a.png)\n"),
        ("a<hr>b", "a\n\n***\n\nb\n"),
        ("<dl><dt>Start</dt><dd>10:00</dd></dl>", "**Start**\n\n10:00\n"),
        (
            "<table><tr><th>Time<th>What<tr><td>10:00<td>a|b<br>c</table>",
            "| Time | What |\n|---|---|\n| 10:00 | a\\|b c |\n",
        ),
        (
            "<table><tbody><tr><th>Severity</th><td>2</td></tr><tr><th>Owner</th><td><p>Ines</p></td></tr></table>",
            "|  |  |\n|---|---|\n| Severity | 2 |\n| Owner | Ines |\n",
        ),
        ("<table><tr><td>a<table><tr><td>b</table></td><td>c</table>", "|  |  |\n|---|---|\n| a b | c |\n"),
        (
            "<head><title>T</title><style>p{}</style></head><body><script>x()</script><nav>n</nav><p>a",
            "# T\n\na\n",
        ),
        (
            "<p>a<!-- internal -->b<!-- /internal --><!-- note --></p>",
            "a<!-- internal -->b<!-- /internal -->\n",
        ),
        (
            "<p>a</p><!--internal--><p>b</p><!-- / internal -->",
            "a\n\n<!-- internal -->\n\nb\n\n<!-- /internal -->\n",
        ),
        (
            "<table><tr><td>a</td></tr><!-- internal --><tr><td>b</td></tr><!-- /internal --></table>",
            "<!-- internal -->\n\n|  |\n|---|\n| a |\n| b |\n\n<!-- /internal -->\n",
        ),
        ("<pre>a<!-- internal -->b</pre>", "<!-- internal -->\n\n```\nab\n```\n"),
        ("a &lt;b&gt; &amp;amp; 2*3 snake_case _x_ # y", "a \\<b> \\&amp; 2\\*3 snake_case \\_x\\_ # y\n"),
        ("<p># no heading</p><p>---</p>", "\\# no heading\n\n\\---\n"),
        ("&nbsp;", ""),
    ] {
        assert_eq!(text(html), wanted, "{html}");
    }
}

#[test]
fn every_line_knows_where_it_came_from() {
    let html =
        "<html>\n<body>\n<h1>A</h1>\n\n<p>b<br>\nc</p>\n<ul>\n<li>d</li>\n<li>e</li>\n</ul>\n<p>f\n</p>";
    let page = markdown(html);
    let at = |line: &str| page.text.lines().position(|found| found.trim() == line).map(|at| page.lines[at]);
    assert_eq!(["# A", "b", "c", "- d", "- e", "f"].map(at), [3, 5, 5, 8, 9, 11].map(Some), "{}", page.text);
    assert_eq!(page.text.lines().count(), page.lines.len());
    let table =
        "<title>T</title>\n\n<table>\n<tr><th>a</th><td>b</td></tr>\n<tr><th>c</th><td>d</td></tr>\n</table>";
    assert_eq!(markdown(table).lines, [1, 1, 3, 3, 4, 5]);
}

#[test]
fn an_element_is_found_by_its_id() {
    let html = "<div id=a><div id=main>x<div>y</div></div>z</div>";
    assert_eq!(element(html, "main"), Some("x<div>y</div>"));
    assert_eq!(element("<p id=main>open", "main"), Some("open"));
    assert_eq!(element(html, "none"), None);
    assert_eq!(title("<title> A\n b </title>").as_deref(), Some("A b"));
}

#[test]
fn what_is_never_closed_still_becomes_lines() {
    for pattern in [
        "<div>",
        "<blockquote>",
        "<ul><li>",
        "<b>",
        "<a href=x>",
        "<table><tr><td>",
        "</li>",
        "<br>",
        "<h1>",
        "<pre>",
        "<!--",
        "<p>a</p>",
        "`",
        "<",
    ] {
        let page = markdown(&pattern.repeat(20_000));
        assert_eq!(page.text.lines().count(), page.lines.len(), "{pattern}");
    }
}
