"""Lines that only tell the page are left out of a plain text, and nothing else is."""

import pytest

from loaders.page_furniture import without_furniture

GONE = [
    ["Work goes", "", "2", "", "on.", "", "3", "", "It ends."],
    ["Work goes", "", "- 1 -", "", "on.", "", "- 2 -", "", "It ends."],
    ["Work goes", "", "Report 2025 | 3", "", "on.", "", "Report 2025 | 4", "", "It ends."],
    ["Work goes", "", "4  Report", "", "on.", "", "6  Report", "", "Here.", "", "8  Report"],
    ["Work goes", "", "Page 7 of 30", "", "on.", "", "Page 8 of 30", "", "Here.", "", "Page 9 of 30"],
    ["Work goes", "", "2", "UNEP/MC/COP.6/9", "", "on.", "", "3"],
    ["UNEP/EA.7/5", "A note.", "UNEP/EA.7/5", "Work goes", "2", "UNEP/EA.7/5", "on.", "", "3"],
    [
        "UN     A/RES/81/2",
        "Work goes",
        "26-20417 (E)       1/2",
        "",
        "A/RES/81/2        Chemicals",
        "",
        "on.",
        "2/2 26-20417",
    ],
    ["UNEP/EA.7/5", "Work goes", "", "K2530114", "", "171225", "", "UNEP/EA.7/5", "on."],
    ["CoP20 Doc. 21", "Work goes", "", "CoP20 Doc. 21 – p. 1", "", "CoP20 Doc. 21", "on.", "", "CoP20 Doc. 21 – p. 2"],
    ["A note.", "", "K2714382", "", "On the second page."],
    ["A note.", "", "K27-14382 (E)   160827", "", "On the second page."],
]


@pytest.mark.parametrize("lines", GONE, ids=lambda lines: lines[2])
def test_lines_that_tell_the_page_are_empty(lines: list[str]) -> None:
    said = ("Work goes", "on.", "It ends.", "Here.", "A note.", "On the second page.", "UNEP/MC/COP.6/9")
    left = without_furniture(lines)
    assert left[1:] == [line if line in said else "" for line in lines[1:]]
    assert left[0] == lines[0]


KEPT = [
    ["Total", "", "12", "", "45", "", "7"],
    ["Annex 1", "", "One.", "", "Annex 2", "", "Two.", "", "Annex 3"],
    ["It met in", "3", "places."],
    ["UNEP/EA.7/5", "", "UNEP/EA.7/6", "", "See UNEP/EA.7/5."],
    ["", "1  See document UNEP/MC/COP.6/9.", ""],
    ["", "Introduction          3", ""],
    ["", "1. Work", "", "2. Outlook", ""],
]


@pytest.mark.parametrize("lines", KEPT, ids=lambda lines: lines[0] or lines[1])
def test_other_lines_stay(lines: list[str]) -> None:
    assert without_furniture(lines) == lines
