"""Who said or signed it: names with an office and a house, in lines of their own and behind quotations."""

import pytest
from places import Analyse, Paragraph

from loaders.attributions import said_by


def houses(paragraph: Paragraph, text: str) -> list[tuple[str, str]]:
    return [(words, path) for words, path, _ in paragraph(text).named("org/")]


@pytest.mark.parametrize(
    ("text", "name", "house"),
    [
        ("Jane Doe, Director, Example Centre", "Jane Doe", "Example Centre"),
        ("Dr. Jane Doe, Area lead, Example Centre, Peru", "Jane Doe", "Example Centre, Peru"),
        ("“Come and see.” Jane Doe, Head of Research, Example Centre", "Jane Doe", "Example Centre"),
        ("— Jane Doe, President", "Jane Doe", None),
        ("Jane Doe, Director, spoke.", None, None),
        ("Jane Doe, Peru, Ghana", None, None),
        ("He met Jane Doe, Director, Example Centre", None, None),
    ],
)
def test_a_name_an_office_and_a_house(text: str, name: str | None, house: str | None) -> None:
    said = said_by(text)
    assert (said and said["name"], said and said["house"]) == (name, house)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane Doe, Director, Example Centre, Peru", [("Example Centre", "org/example-centre"), ("Peru", "org/peru")]),
        ("Jane Doe, Director, UNEP", [("UNEP", "org/unep")]),
        ("Jane Doe, Area lead, Ministry of the Environment, Japan",
         [("Ministry of the Environment, Japan", "org/japan-ministry-environment")]),
        ("Jane Doe, Director, Federal Ministry of Health, Ghana",
         [("Federal Ministry of Health, Ghana", "org/federal-ministry-of-health-ghana")]),
    ],
)  # fmt: skip
def test_the_house_of_an_attribution(paragraph: Paragraph, text: str, found: list[tuple[str, str]]) -> None:
    assert houses(paragraph, text) == found


def test_who_is_quoted_is_of_the_house(paragraph: Paragraph) -> None:
    place = paragraph("“Come and see.” Jane Doe, Director, Example Centre, Peru")
    [membership] = place.analysis.memberships
    assert (membership.person.path, membership.organization, membership.role) == (
        "person/jane-doe", "org/example-centre", "Director"
    )  # fmt: skip


def test_quotations_of_a_report_in_markdown(analyse: Analyse) -> None:
    text = (
        "# Foreword\n\n"
        + "It was a good year for all of us. " * 9
        + "\n\n> “Come and see.”\n>\n> **Jane Doe**, Director, UNEP\n"
    )
    analysis = analyse(text, kind="Report", title="Annual Report 2022")
    assert [unit.text for unit in analysis.document.units[-2:]] == ["“Come and see.”", "Jane Doe, Director, UNEP"]


# ---- yearly reports ----------------------------------------------------------------------------------------------

FOREWORD = "# Foreword\n\n" + "It was a good year for all of us, and for all of you, too. " * 5 + "\n\n"


@pytest.mark.parametrize(
    ("title", "text", "begins"),
    [
        ("Annual Report 2022", "UNEP held a workshop on 3 May.", "2022-05-03"),
        ("Annual Report 2022", "UNEP held a workshop from 3 to 5 May.", "2022-05-03"),
        ("Annual Report 2022", "UNEP held a workshop in May.", "2022-05"),
        ("Annual Report 2022", "In 2021, UNEP held a workshop on 3 May.", "2021-05-03"),
        ("Annual Report 2022", "UNEP will hold a workshop on 3 May.", ""),
        ("Report for 2021 and 2022", "UNEP held a workshop on 3 May.", ""),
        ("Notes on 2022", "UNEP held a workshop on 3 May.", ""),
    ],
)
def test_the_year_of_a_yearly_report(analyse: Analyse, title: str, text: str, begins: str) -> None:
    [activity] = analyse(FOREWORD + text, kind="Report", title=title).activities
    assert activity.begins == begins
