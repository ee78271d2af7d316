"""What Word saves: automatic numbers, tracked changes, notes, symbols, tables, text boxes."""

import pytest
from builders.word import package, paragraph, run

from loaders.docx import read_bytes
from loaders.docx.numbering import formatted

LEVELS = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlRestart w:val="0"/><w:lvlText w:val="(%3)"/>
</w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>
</w:num>"""
MARK = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
BOX = "<w:drawing><w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent></w:drawing>"


def note(identifier: int, text: str) -> str:
    return f'<w:footnote w:id="{identifier}">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(f" {text}"))}</w:footnote>'


def listed(text: str, list_id: int, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(run(text), properties)


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in read_bytes(package(body, **parts), "a.docx")]


NUMBERS = [
    ([(1, 0), (1, 0), (1, 1), (1, 1)], ["I. x", "II. x", "2.3 x", "2.4 x"]),
    ([(1, 0), (1, 1), (1, 0), (1, 1)], ["I. x", "1.3 x", "II. x", "2.3 x"]),
    ([(1, 0), (1, 2), (1, 0), (1, 2)], ["I. x", "(a) x", "II. x", "(b) x"]),
    ([(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)], ["I. x", "II. x", "VII. x", "VIII. x", "IX. x"]),
    ([(1, 1), (0, 0), (77, 0), (1, 5)], ["1.3 x", "x", "x", "x"]),
]


@pytest.mark.parametrize(("lists", "expected"), NUMBERS)
def test_automatic_numbers(lists: list[tuple[int, int]], expected: list[str]) -> None:
    assert texts("".join(listed("x", number, level) for number, level in lists), numbering=LEVELS) == expected


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        (4, "lowerRoman", "iv"),
        (49, "upperRoman", "XLIX"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (3, "ordinal", "3rd"),
        (5, "chicago", "**"),
        (3, "decimalZero", "03"),
        (0, "lowerLetter", ""),
        (9, "unheardOf", "9"),
    ],
)
def test_formats_of_numbers(value: int, style: str, expected: str) -> None:
    assert formatted(value, style) == expected


BODIES = {
    "deleted": (paragraph(run("kept ") + f"<w:del>{run('gone')}</w:del>" + run("text")), ["kept text"]),
    "inserted": (paragraph(f"<w:ins>{run('new')}</w:ins>"), ["new"]),
    "moved": (
        paragraph(f"<w:moveFrom>{run('old place')}</w:moveFrom>")
        + paragraph(f"<w:moveTo>{run('new place')}</w:moveTo>"),
        ["new place"],
    ),
    "deleted mark joins": (
        paragraph(run("one "), "<w:rPr><w:del/></w:rPr>") + paragraph(run("paragraph")),
        ["one paragraph"],
    ),
    "deleted row": (
        f"{paragraph(run('before'))}<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph(run('gone'))}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph(run('a'))}</w:tc><w:tc>{paragraph(run('b'))}</w:tc></w:tr></w:tbl>",
        ["before", "a | b"],
    ),
    "number in a cell": (
        f"{paragraph(run('before'))}<w:tbl><w:tr><w:tc>{paragraph(run('1.'))}</w:tc>"
        f"<w:tc>{paragraph(run('Requests'))}</w:tc></w:tr></w:tbl>",
        ["before", "1. Requests"],
    ),
    "first page's table": (
        f"<w:tbl><w:tr><w:tc>{paragraph(run('UNITED NATIONS'))}</w:tc>"
        f"<w:tc>{paragraph(run('XX/COP.9/4'))}</w:tc></w:tr></w:tbl>",
        ["UNITED NATIONS", "XX/COP.9/4"],
    ),
    "tab and break": (paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), ["a b c"]),
    "break before a point": (paragraph("<w:r><w:t>to:</w:t><w:br/><w:t>(a) Act;</w:t></w:r>"), ["to:", "(a) Act;"]),
    "hyphens": (
        paragraph("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>ex</w:t><w:softHyphen/><w:t>act</w:t></w:r>"),
        ["non-exact"],
    ),
    "symbol": (paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t>point</w:t></w:r>'), ["point"]),
    "hidden": (paragraph(run("shown") + run("secret", "<w:vanish/>")), ["shown"]),
    "field": (
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        ["12"],
    ),
    "link and control": (
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>www.example.org</w:t></w:r></w:hyperlink></w:p>"
        "</w:sdtContent></w:sdt>",
        ["www.example.org"],
    ),
    "text box once": (
        paragraph(
            run("host")
            + '<w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>'
            + BOX
            + "</mc:Choice><mc:Fallback><w:pict>"
            + BOX
            + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["host", "in the box"],
    ),
    "exponent": (paragraph(run("40 km") + run("2", '<w:vertAlign w:val="superscript"/>')), ["40 km²"]),
}


@pytest.mark.parametrize("case", BODIES)
def test_text_of_a_body(case: str) -> None:
    body, expected = BODIES[case]
    assert texts(body) == expected


def test_bold_is_taken_from_styles_and_switched_off_by_runs() -> None:
    body = (
        paragraph(run("all"), '<w:pStyle w:val="Heading2"/>')
        + paragraph(run("none", '<w:b w:val="0"/>'), '<w:pStyle w:val="Heading2"/>')
        + paragraph(run("words ", "<w:b/>") + run("2", "<w:b/>"))
        + paragraph(run("some ", "<w:b/>") + run("words"))
    )
    blocks = read_bytes(package(body), "a.docx")
    assert [(block.kind, block.level, block.bold) for block in blocks] == [
        ("heading", 2, True),
        ("heading", 2, False),
        ("paragraph", 0, True),
        ("paragraph", 0, False),
    ]


def test_footnotes_follow_their_paragraph_with_the_number_that_is_printed() -> None:
    body = (
        paragraph(run("One") + MARK.format(5) + run(" and two") + MARK.format(3))
        + paragraph(run("Three") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="8"/><w:t>*</w:t></w:r>')
        + paragraph(run("Four") + MARK.format(9))
    )
    notes = (
        note(3, "second")
        + note(5, "first")
        + note(8, "* starred").replace("<w:r><w:footnoteRef/></w:r>", "")
        + note(9, "third")
    )
    blocks = read_bytes(package(body, notes=notes), "a.docx")
    assert [(block.text, block.key, [(mark.offset, mark.key) for mark in block.markers]) for block in blocks] == [
        ("One and two", "", [(3, "1"), (11, "2")]),
        ("first", "1", []),
        ("second", "2", []),
        ("Three", "", [(5, "*")]),
        ("starred", "*", []),
        ("Four", "", [(4, "3")]),
        ("third", "3", []),
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [("", ["1", "2"]), ('<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr>', ["a", "b"]),
     ('<w:footnotePr><w:numStart w:val="5"/></w:footnotePr>', ["5", "6"]),
     ('<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>', ["1", "1"])],
)  # fmt: skip
def test_footnote_numbers_as_settings_say(settings: str, expected: list[str]) -> None:
    section = "<w:sectPr/>"
    body = paragraph(run("One") + MARK.format(1), section) + paragraph(run("Two") + MARK.format(2)) + section
    blocks = read_bytes(package(body, notes=note(1, "x") + note(2, "y"), settings=settings), "a.docx")
    assert [block.key for block in blocks if block.kind == "footnote"] == expected
