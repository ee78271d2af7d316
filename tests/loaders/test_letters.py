"""The units of letters: paragraphs, bullets and points between salutation and signature."""

import pytest
from places import by_label, labels, read

LETTER = """\
Ref: MC/COP5/2023/190

Geneva, 15 December 2023

Subject: Cooperation

Dear Chair,

I am writing to you about our cooperation.

The following is planned:

- One;
- Two.

Afterwards:

- Three.

Sincerely,

Jane Doe
Executive Secretary
"""


def test_a_letter_counts_its_paragraphs_and_bullets() -> None:
    wanted = ["header", "title", "para 1", "para 2", "bullet 1", "bullet 2", "para 3", "bullet 3", "signature"]
    assert sorted(labels(read(LETTER))) == sorted(wanted)


def test_the_bullets_of_a_letter_belong_to_the_paragraph_above() -> None:
    document = read(LETTER)
    assert by_label(document, "bullet 3").parent == by_label(document, "para 3").path


LETTERED = """\
Dear Focal Point,

I write to you.

B. Nominations of experts

Parties are invited to nominate experts for:

(a) The group on releases;

(b) The group on trade:

(i) Customs;

Workshops

They follow.

Yours sincerely,

Jane Doe
"""


@pytest.mark.parametrize(
    ("label", "parent"),
    [
        ("para 1", None),
        ("heading B. Nominations of experts", None),
        ("para 2", None),
        ("para 2(a)", "para 2"),
        ("para 2(b)", "para 2"),
        ("para 2(b)(i)", "para 2(b)"),
        ("heading Workshops", None),
        ("para 3", None),
    ],
)
def test_headings_and_lettered_points_of_a_letter_are_no_paragraphs(label: str, parent: str | None) -> None:
    document = read(LETTERED)
    assert by_label(document, label).parent == (by_label(document, parent).path if parent else "")


@pytest.mark.parametrize(
    "salutation",
    [
        "Dear Ms. Chair,",
        "Dear Ms. Larsen,",
        "Dear Prof. J. Doe,",
        "Excellencies,",
        "Dear Madam/Sir:",
        "To whom it may concern",
    ],
)
def test_salutations_that_make_a_letter(salutation: str) -> None:
    assert "para 1" in labels(read(f"Geneva\n\n{salutation}\n\nI am writing to you.\n\nYours sincerely,\n\nJane Doe"))
