"""What pages of a PDF hold: paragraphs by their place, running lines, columns, divided words, footnotes over pages."""

import pytest
from builders.description import number, plain
from builders.paper import as_pdf
from fpdf import FPDF

from loaders.document import Block
from loaders.pdf import read_bytes
from loaders.pdf.words import Vocabulary, join_lines
from loaders.runs import Run

Placed = tuple[float, float, str] | tuple[float, float, str, str, float]
PROSE = "Water samples are taken from the middle of the river and are cooled at once, since warmth spoils them"


def written(*pages: list[Placed], size: float = 11.0) -> list[Block]:
    """The blocks of pages on which each text stands at (x, y from the top) in a style and size."""
    document = FPDF(unit="pt", format="A4")
    document.set_auto_page_break(False)
    for page in pages:
        document.add_page()
        for x, y, text, *style in page:
            document.set_font("Times", *(style or ("", size)))
            document.text(x, y, text)
    return read_bytes(bytes(document.output()), "a.pdf")


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


def prose(x: float, y: float, lines: int, step: float = 13.2) -> list[Placed]:
    return [(x, y + place * step, f"{place} {PROSE}") for place in range(lines)]


LAYOUTS = {
    "spacing": ([(72, 100, PROSE), (72, 113, PROSE), (72, 126, "Short."), (72, 146, "Next")], 2),
    "short line": ([(72, 100, PROSE), (72, 113, "Short."), (72, 126, PROSE)], 2),
    "indent": ([(72, 100, PROSE), (72, 113, PROSE[:90]), (90, 126, PROSE[:98]), (72, 139, PROSE[:80])], 2),
    "first line indented": ([(108, 100, PROSE[:90]), (72, 113, PROSE), (72, 126, PROSE)], 1),
    "hanging": ([(72, 100, "(a)"), (108, 100, PROSE[:90]), (108, 113, PROSE[:80])], 1),
    "bold over plain": ([(72, 100, PROSE[:90], "B", 11), (72, 113, PROSE)], 2),
    "larger over plain": ([(72, 100, PROSE[:60], "", 14), (72, 116, PROSE)], 2),
    "centred title": ([(180, 100, "A title set in the middle", "B", 14), (217, 117, "of two lines", "B", 14)], 1),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_paragraphs(case: str) -> None:
    lines, count = LAYOUTS[case]
    assert len(written([*lines, *prose(72, 300, 6)])) == count + 1


def test_running_lines_are_left_out_and_the_text_goes_on_over_the_page() -> None:
    def page(place: int, text: list[Placed]) -> list[Placed]:
        return [(72, 40, "XX/COP.9/4"), *text, (300, 810, str(place))]

    first = [(72, 40, "UNITED NATIONS"), (400, 60, "XX/COP.9/4"), *prose(72, 600, 10), (72, 805, "K2316312     010923")]
    blocks = written(first, page(2, prose(72, 90, 5)), page(3, [(72, 90, "1. Annex"), *prose(72, 130, 3)]))
    assert texts(blocks)[0].startswith("UNITED NATIONS")
    assert texts(blocks)[-2:][0] == "1. Annex"
    assert not any("K2316312" in text or text in ("2", "3") for text in texts(blocks))
    assert len(blocks) == 5


def test_a_running_head_of_one_page_is_known_as_a_symbol() -> None:
    blocks = written(prose(72, 90, 4), [(72, 40, "UNEP/XX/COP.9/4"), (72, 90, "Text that follows.")])
    assert "UNEP/XX/COP.9/4" not in texts(blocks)


def test_the_same_footnote_on_two_pages_is_no_running_foot() -> None:
    def page(name: str) -> list[Placed]:
        return [
            *prose(72, 100, 3),
            (72, 200, f"The {name} point"),
            (72 + 70, 196, "1", "", 6.5),
            (72, 760, "1", "", 6),
            (76, 763, "Prepared by the secretariat.", "", 9),
        ]

    notes = [block for block in written(page("first"), page("second")) if block.kind == "footnote"]
    assert [(block.key, block.text) for block in notes] == [("1", "Prepared by the secretariat.")] * 2


def test_a_footnote_goes_on_at_the_foot_of_the_next_page() -> None:
    long = "The stations are listed by river and by country, with the year in which each was opened. " * 12
    items = [number("A point.[^1]", n1=long.strip()), *(plain(PROSE + ".") for _ in range(60))]
    blocks = read_bytes(as_pdf(items), "a.pdf")
    assert [block.text for block in blocks if block.kind == "footnote"] == [long.strip()]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [(50, 120 + 13 * row, f"left {row} {PROSE[:40]}") for row in range(20)]
    right = [(310, 120 + 13 * row, f"right {row} {PROSE[:40]}") for row in range(20)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    text = " ".join(texts(written([(50, 90, f"{PROSE[:80]} across", "B", 14), *mixed])))
    assert text.index("across") < text.index("left 19") < text.index("right 0")


def test_a_table_is_no_text_in_columns() -> None:
    rows = [(50, 120 + 13 * row, f"River {row}") for row in range(30)]
    rows += [(310, 120 + 13 * row, f"{row} tonnes a year or somewhat more") for row in range(30)]
    text = " ".join(texts(written([*rows, *prose(50, 560, 3)])))
    assert "River 3 3 tonnes" in text


def test_headings_by_size_and_bold_by_font() -> None:
    blocks = written(
        [
            (72, 80, "Part one", "B", 18),
            (72, 110, "Chapter", "", 14),
            (72, 140, "Bold words", "B", 11),
            *prose(72, 170, 4),
        ]
    )
    assert [(block.kind, block.level, block.bold) for block in blocks] == [
        ("heading", 1, True),
        ("heading", 2, False),
        ("paragraph", 0, True),
        ("paragraph", 0, False),
    ]


def test_raised_figures_are_markers_and_exponents() -> None:
    line = [(72, 100, "An area"), (109, 96, "3", "", 6.5), (115, 100, "of 40 km"), (157, 96, "2", "", 6.5)]
    block = written([*line, *prose(72, 200, 4)])[0]
    assert (block.text, [(mark.offset, mark.key) for mark in block.markers]) == ("An area of 40 km²", [(7, "3")])


def test_text_that_runs_up_the_page_is_turned() -> None:
    document = FPDF(unit="pt", format="A4")
    document.add_page()
    document.set_font("Times", size=11)
    with document.rotation(90, 300, 400):
        for place in range(4):
            document.text(100, 400 + 13.2 * place, f"{PROSE} {place}")
    assert texts(read_bytes(bytes(document.output()), "a.pdf")) == [" ".join(f"{PROSE} {place}" for place in range(4))]


WORDS = Vocabulary(["capacity-building for the development", "of mercury and added products", "a re-", "of well-known"])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("for capacity-", "building in", "for capacity-building in"),
        ("the develop-", "ment of", "the development of"),
        ("with mercury-", "added products", "with mercury-added products"),
        ("their obli-", "gations", "their obligations"),
        ("the 2024–", "2025 period", "the 2024–2025 period"),
        ("see UNEP/XX/", "COP.9/4", "see UNEP/XX/COP.9/4"),
        ("of COVID-", "19", "of COVID-19"),
        ("the UNEP-", "GEF project", "the UNEP-GEF project"),
        ("from 1 May -", "a holiday", "from 1 May - a holiday"),
        ("at www.example.org/a-", "b", "at www.example.org/a-b"),
        ("one", "two", "one two"),
    ],
)
def test_words_over_the_end_of_a_line(first: str, second: str, expected: str) -> None:
    assert "".join(run.text for run in join_lines([Run(first)], [Run(second)], WORDS)) == expected
