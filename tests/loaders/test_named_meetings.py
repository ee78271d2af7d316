"""Meetings that a text tells of in a phrase: a body that sits, several at once, dates in brackets, others attended."""

import pytest
from places import Paragraph

from loaders.activity_clauses import Activity

Told = tuple[str, str, str]


def meeting(activity: Activity) -> Told:
    organizers = [thing.path.removeprefix("org/") for role, thing in activity.roles if role == "hasOrganizer"]
    name = activity.slug.removeprefix("meeting/") or ", ".join(organizers)
    return name, activity.begins, activity.ends


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The GEF Council, meeting in Lima from 3 to 5 May 2024, was new.",
         [("gef-council", "2024-05-03", "2024-05-05")]),
        ("Meeting in Lima in May 2024, the GEF Council was new.", [("gef-council", "2024-05", "2024-05")]),
        ("The board, meeting online on 3 May 2024, was new.", [("", "2024-05-03", "2024-05-03")]),
        ("The GEF Council meeting in June 2020 was new.", [("gef-council-58", "", "")]),
        (
            "UNEP was represented at the sixty-first meeting of the GEF Council (Lima, 3–5 May 2024).",
            [("gef-council-61", "", "")],
        ),
        (
            "UNEP was represented at the thirtieth and thirty-first meetings of the Partnership Advisory Group, held "
            "in Lima on 3 May 2031 and in Rome on 4 May 2032, respectively.",
            [
                ("gmp-advisory-group-30", "2031-05-03", "2031-05-03"),
                ("gmp-advisory-group-31", "2032-05-04", "2032-05-04"),
            ],
        ),
    ],
)  # fmt: skip
def test_a_meeting_with_its_date(paragraph: Paragraph, text: str, found: list[Told]) -> None:
    assert [meeting(activity) for activity in paragraph(text).activities] == found


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("UNEP participated in a meeting of WHO and the annual workshop of FAO.", ["Meeting", "Workshop"]),
        ("UNEP took part in a webinar on trade, two seminars on waste and the regional forum.",
         ["Webinar", "Workshop", "Meeting"]),
        ("UNEP organized a meeting of WHO and the annual workshop of FAO.", ["Meeting"]),
    ],
)  # fmt: skip
def test_what_else_somebody_took_part_in(paragraph: Paragraph, text: str, classes: list[str]) -> None:
    found = paragraph(text).activities
    assert [activity.cls for activity in found] == classes
    assert all("org/unep" in [thing.path for _, thing in activity.roles] for activity in found)


def test_a_meeting_of_a_body_that_is_not_known_is_nobody_elses(paragraph: Paragraph) -> None:
    place = paragraph("The Open-ended Working Group of the Basel Convention spoke at the first session of the Plenary.")
    assert place.paths("meeting/") == []
