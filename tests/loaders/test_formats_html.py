"""What pages hold: lists that number themselves, linked footnotes, and the furniture of portals."""

import pytest

from loaders.document import Block, DocumentInfo
from loaders.errors import LoadError
from loaders.html import read_bytes
from loaders.structure import structure


def blocks(body: str) -> list[Block]:
    return read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "a.html")


LISTS = [
    ("<ol><li>A<li>B</ol>", ["1. A", "2. B"]),
    ('<ol start="4"><li>A</li><li value="9">B</li><li>C</li></ol>', ["4. A", "9. B", "10. C"]),
    ("<ol><li>A<ol type=a><li>B<ol type=i><li>C</ol></ol></li><li>D</ol>", ["1. A", "(a) B", "(i) C", "2. D"]),
    ('<ol style="list-style-type: upper-roman"><li>A</ol>', ["I. A"]),
    ('<ol class="lower-alpha"><li><p>A</p><p>B</p></ol>', ["(a) A", "B"]),
    ('<ol style="list-style:none"><li>(a) A</li></ol>', ["(a) A"]),
    ("<ol><li>1. A</li></ol>", ["1. A"]),
    ("<ol reversed><li>A<li>B</ol>", ["2. A", "1. B"]),
    ("<p>to:<br>(a) A;<br/>(b) B</p>", ["to:", "(a) A;", "(b) B"]),
    ("<p>one<br>line</p>", ["one line"]),
    ("one<br><br>two", ["one", "two"]),
    ("<p>a</p>loose <b>text</b><p>b</p>", ["a", "loose text", "b"]),
    (
        "<table><tr><th>River</th><td>Glomma</td></tr><tr><td>2.</td><td>Act</td></tr></table>",
        ["River | Glomma", "2. Act"],
    ),
    ("<table><tr><td><p>a</p></td></tr></table>", ["a"]),
    ("<p>H<sub>2</sub>O, 4 km<sup>2</sup></p>", ["H2O, 4 km²"]),
    ("<p>a&nbsp;b&shy;c&#8203;d</p>", ["a bcd"]),
]


@pytest.mark.parametrize(("body", "expected"), LISTS)
def test_text_of_a_body(body: str, expected: list[str]) -> None:
    assert [block.text for block in blocks(body)] == expected


def test_bullets_and_headings() -> None:
    found = blocks("<h3>Title</h3><ul><li>A</li><li><p>B</p></li></ul><p>• C</p><p><strong>Bold</strong></p>")
    assert [(block.text, block.kind, block.level, block.bold) for block in found] == [
        ("Title", "heading", 3, False),
        ("A", "bullet", 0, False),
        ("B", "bullet", 0, False),
        ("C", "bullet", 0, False),
        ("Bold", "paragraph", 0, True),
    ]


NOTES = {
    "list": '<p>Text<sup id="r1"><a href="#fn1">1</a></sup> on.</p><p>More.</p><hr><ol class="footnotes">'
    '<li id="fn1"><p>Note. <a href="#r1">↩</a></p></li></ol>',
    "paragraph": '<p>Text<a href="#_ftn1" name="_ftnref1">[1]</a> on.</p><p>More.</p>'
    '<div><p><a href="#_ftnref1" name="_ftn1">[1]</a> Note.</p></div>',
    "without links": "<p>Text<sup>1</sup> on.</p><p>More.</p><p><sup>1</sup> Note.</p>",
    "section": '<p>Text<a href="#f" role="doc-noteref">1</a> on.</p><p>More.</p>'
    '<section role="doc-endnotes"><ol><li id="f">Note.</li></ol></section>',
    "aside": '<p>Text<sup><a href="#fn-x">1</a></sup> on.</p>'
    '<aside role="doc-footnote" id="fn-x"><sup>1</sup> Note.</aside><p>More.</p>',
}


@pytest.mark.parametrize("case", NOTES)
def test_footnotes_follow_the_paragraph_with_their_marker(case: str) -> None:
    found = blocks(NOTES[case])
    assert [(block.text, block.kind, block.key) for block in found] == [
        ("Text on.", "paragraph", ""),
        ("Note.", "footnote", "1"),
        ("More.", "paragraph", ""),
    ]
    assert [(mark.offset, mark.key) for mark in found[0].markers] == [(4, "1")]


PORTAL = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>XX-9/2 | Riverbank Convention</title>
<style>p{{}}</style><script>var menu = "<p>no</p>";</script></head><body class="has-sidebar menu-closed">
<div id="cookie-consent"><p>We use cookies to improve this site.</p><button>Accept</button></div>
<a class="skip-link" href="#main">Skip to content</a>
<header role="banner"><h1><a href="/">Riverbank Convention</a></h1><form action="/search"><input></form></header>
<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Decisions</a></li></ul></nav>
{before}
<div class="breadcrumb"><a href="/">Home</a> › <a href="/d">Decisions</a> › XX-9/2</div>
<div class="content"><h1 class="page-title">XX-9/2: Sediments of large rivers</h1>
<div class="share">Share: <a href="#">Post</a></div><p><a href="/x.pdf">Download PDF</a></p>
<div class="field field--name-body"><p><em>The Conference of the Parties,</em></p>
<p><em>Recalling</em> its decision <a href="/d/XX-8-3">XX-8/3</a>,</p>
<ol><li><em>Requests</em> the secretariat to collect:<ol type="a"><li>Samples of sediments;</li>
<li>The methods used;</li>
</ol></li><li><em>Invites</em> parties to send <a href="/s">samples</a>.</li></ol></div>
<ul class="list"><li><a href="/1">XX-9/1</a></li><li><a href="/3">XX-9/3</a></li>
<li><a href="/4">XX-9/4</a></li></ul></div>
{after}
<aside><h2>Related news</h2><p>A new station was opened.</p></aside>
<footer><p>© Secretariat of the Riverbank Convention</p></footer></body></html>"""


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("<main>", "</main>"), ("<div role=main><article>", "</article></div>"), ("<form>", "</form>")],
)
def test_the_page_of_a_decision_gives_the_decision_alone(before: str, after: str) -> None:
    found = read_bytes(PORTAL.format(before=before, after=after).encode(), "XX-9-2.html")
    document = structure(DocumentInfo("XX-9-2.html", "XX-9-2"), found)
    assert [(unit.path, unit.text) for unit in document.units] == [
        ("decision_1/title", "XX-9/2: Sediments of large rivers"),
        ("decision_1/chapeau", "The Conference of the Parties,"),
        ("decision_1/pre_1", "Recalling its decision XX-8/3,"),
        ("decision_1/op_1", "Requests the secretariat to collect:"),
        ("decision_1/op_1/point_a", "Samples of sediments;"),
        ("decision_1/op_1/point_b", "The methods used;"),
        ("decision_1/op_2", "Invites parties to send samples."),
    ]


ENCODINGS = [
    ("<p>café – “x”</p>".encode(), "café – “x”"),
    ("\ufeff<p>café</p>".encode(), "café"),
    ("\ufeff<p>café</p>".encode("utf-16-le"), "café"),
    (b'<meta charset="windows-1252"><p>caf\xe9 \x96 \x93x\x94</p>', "café – “x”"),
    (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>caf\xe9 \x96</p>', "café –"),
    (b'<?xml version="1.0" encoding="utf-8"?><html><body><p>caf\xc3\xa9</p></body></html>', "café"),
]


@pytest.mark.parametrize(("content", "expected"), ENCODINGS)
def test_encodings(content: bytes, expected: str) -> None:
    assert [block.text for block in read_bytes(content, "a.html")] == [expected]


REFUSED = [
    (b"", "a.html: the file is empty"),
    (b"<p>caf\xe9</p>", "a.html: not UTF-8: byte 0xE9 in line 1; save the file as UTF-8"),
    (b'<meta charset="klingon"><p>x', "a.html: declares an unknown character set 'klingon'"),
    (b'<meta charset="base64"><p>x', "a.html: declares an unknown character set 'base64'"),
    (b"<p>a\x00b", "a.html: not a text file: it holds a NUL character"),
    (b"<html><body><script>x</script></body></html>", "a.html: no text in this file"),
    (b"<div>" * 100_000 + b"x", "a.html: elements nested too deep in line 1"),
    (b'<!DOCTYPE x [<!ENTITY a "b">]><p>&a;', "a.html: declares entities, which no HTML file does"),
    (b"<p>x</p>" * 2_000_000, "a.html: 16,000,000 bytes, more than the limit of 10,000,000"),
]


@pytest.mark.parametrize(("content", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(LoadError) as caught:
        read_bytes(content, "a.html")
    assert str(caught.value) == message
