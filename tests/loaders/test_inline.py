"""Markup out, footnote markers kept with their place."""

import pytest

from loaders import inline
from loaders.document import Marker


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain words", "plain words"),
        ("**Note by the secretariat**", "Note by the secretariat"),
        ("*Recalling* article 12", "Recalling article 12"),
        ("_Recalling_ article 12", "Recalling article 12"),
        ("***Bold and slanted***", "Bold and slanted"),
        ("see [the agenda](http://example.org/a_(b))", "see the agenda"),
        ("![a map](map.png)Figure 1", "Figure 1"),
        ("write to <mailto:a@example.org>", "write to mailto:a@example.org"),
        ("CO<sub>2</sub> <b>emissions</b>", "CO2 emissions"),
        ("first<br>second<br/>third", "first second third"),
        ("R&amp;D in the EU", "R&D in the EU"),
        (r"escaped \$5 and \[--\]", "escaped $5 and [--]"),
        ("co\u00adoperation", "cooperation"),
        ("many   blanks\tand tabs", "many blanks and tabs"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_markup_goes_and_words_stay(raw: str, text: str) -> None:
    assert inline.clean(raw) == (text, ())


@pytest.mark.parametrize(
    ("raw", "text", "markers"),
    [
        ("the report.<sup>2</sup>", "the report.", [(11, "2")]),
        ("the report² and the note³", "the report and the note", [(10, "2"), (23, "3")]),
        ("the report<sup>12</sup>, adopted", "the report, adopted", [(10, "12")]),
        (r"provisional agenda\*\*", "provisional agenda", [(18, "**")]),
        ("provisional agenda*", "provisional agenda", [(18, "*")]),
        ("m² of land", "m of land", [(1, "2")]),
    ],
)
def test_markers_leave_the_text_and_keep_their_place(raw: str, text: str, markers: list[tuple[int, str]]) -> None:
    assert inline.clean(raw) == (text, tuple(Marker(offset, key) for offset, key in markers))


@pytest.mark.parametrize(
    ("raw", "bold"),
    [
        ("**Annex**", True),
        ("<b>Annex</b>", True),
        (" **Annex** ", True),
        ("**Annex** I", False),
        ("**A** and **B**", False),
        ("Annex", False),
    ],
)
def test_a_line_is_bold_when_all_of_it_is(raw: str, bold: bool) -> None:
    assert inline.is_bold(raw) is bold


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("**I. Introduction****A. Mandate**", ["**I. Introduction**", "**A. Mandate**"]),
        ("II. Implementation**A. Programme**", ["II. Implementation", "**A. Programme**"]),
        ("**Note****Second****Third**", ["**Note**", "**Second**", "**Third**"]),
        ("**Note** by the secretariat", ["**Note** by the secretariat"]),
        ("no markup here", ["no markup here"]),
    ],
)
def test_headings_printed_without_a_line_break_are_parted(raw: str, parts: list[str]) -> None:
    assert inline.split_glued(raw) == parts
