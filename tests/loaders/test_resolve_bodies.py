"""Which bodies and meetings bare forms mean where no convention says it: of the document's own body, or just named."""

import pytest
from places import Paragraph


def test_a_meeting_to_come_is_that_of_its_body(paragraph: Paragraph) -> None:
    place = paragraph("Much was said about the Convention.", meeting="rotterdam-cop-99", publisher="brs-secretariat")
    assert ("the Convention", "treaty/rotterdam", "Implicit") in place.named()


ADVISORY = {"meeting": "gmp-advisory-group-99", "publisher": "unep"}


@pytest.mark.parametrize(
    ("words", "path"), [("The Group", "org/gmp-advisory-group"), ("the secretariat", "org/gmp-secretariat")]
)
def test_bare_forms_of_a_body_without_a_convention(paragraph: Paragraph, words: str, path: str) -> None:
    assert (words, path, "Implicit") in paragraph(f"{words} will come.", **ADVISORY).named()


def test_the_group_that_meets_is_no_other_group(paragraph: Paragraph) -> None:
    text = "It heard the small working group on waste. The Group thanked it."
    assert ("The Group", "org/gmp-advisory-group", "Implicit") in paragraph(text, **ADVISORY).named()


def test_the_secretariat_just_named_comes_before_the_publisher(paragraph: Paragraph) -> None:
    text = "It asked the Secretariat of the Global Framework on Chemicals. Then the secretariat met."
    assert ("the secretariat", "org/gfc-secretariat", "Implicit") in paragraph(text, publisher="unep").named()


def test_the_centre_is_the_one_named_last(paragraph: Paragraph) -> None:
    text = "RECETOX met the Basel Convention Regional Centre in Egypt. The centre agreed."
    assert ("The centre", "org/bcrc-egypt", "Implicit") in paragraph(text).named()


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (
            "the twelfth meeting of the Conference of the Parties to the Stockholm Convention (COP-12)",
            "stockholm-cop-12",
        ),
        ("the Conference of the Parties to the Basel Convention, at its twelfth meeting (COP-12)", "basel-cop-12"),
    ],
)
def test_a_short_form_is_what_it_was_said_to_be(paragraph: Paragraph, words: str, path: str) -> None:
    place = paragraph(f"Much was said at {words}. COP-12 was short, and so was COP-6.")
    assert [p for name, p, _ in place.named() if name == "COP-12" and p.startswith("meeting/")] == [
        f"meeting/{path}"
    ] * 2
    assert ("COP-6", "meeting/minamata-cop-6", "Implicit") in place.named()
