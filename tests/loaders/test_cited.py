"""Which treaty, group or meeting is meant by what stands beside it or was named before."""

import pytest
from places import Analyse, Paragraph


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (
            "The secretariat of the Rotterdam Convention wrote, in line with article 11 of that Convention.",
            ["treaty/rotterdam/art_11", "treaty/rotterdam"],
        ),
        (
            "It has to do with the Stockholm Convention under article 16 and the Minamata Convention under article 22.",
            ["treaty/stockholm", "treaty/stockholm/art_16", "treaty/minamata", "treaty/minamata/art_22"],
        ),
        ("It has to do with article 22.", ["treaty/minamata/art_22"]),
    ],
)
def test_the_treaty_of_a_provision_stands_beside_it(paragraph: Paragraph, text: str, paths: list[str]) -> None:
    assert sorted(paragraph(text).paths("treaty/")) == sorted(paths)


MINAMATA = {"meeting": "minamata-cop-5", "publisher": "minamata-secretariat"}
SMALL = "org/small-intersessional-working-group-on-used-tyres"


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("The small intersessional working group met.", [SMALL]),
        (
            "The Open-ended Working Group of the Basel Convention met, and the working group met.",
            ["org/basel-oewg", SMALL],
        ),
        ("The ad hoc working group met.", []),
    ],
)
def test_a_group_that_a_decision_established(analyse: Analyse, words: str, paths: list[str]) -> None:
    first = "The Conference of the Parties established a small intersessional working group on used tyres."
    analysis = analyse(f"1. {first}\n\n2. It was new.\n\n3. {words}\n", **MINAMATA)
    assert [m.things[0].path for m in analysis.mentions["para_3"]] == paths


def test_a_meeting_in_a_document_of_no_regime_is_of_the_treaty_named_last(analyse: Analyse) -> None:
    analysis = analyse("1. It serves the Minamata Convention.\n\n2. In May, COP-5 met.\n", publisher="gmp")
    assert "meeting/minamata-cop-5" in [m.things[0].path for m in analysis.mentions["para_2"]]
