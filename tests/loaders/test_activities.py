"""Every way of telling of an activity that the data lists: class, status and dates; what is asked for and listed."""

from typing import Any

import pytest
import yaml
from places import Analyse, Paragraph, only

from loaders.activity_clauses import label_of
from loaders.citations import DATA as DATA_FOLDER
from loaders.noun_phrases import subject_of_passive

DATA: dict[str, Any] = yaml.safe_load((DATA_FOLDER / "activities.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", DATA["verbs"], ids=lambda row: row["form"])
def test_every_verb_tells_of_the_activity_of_its_example(paragraph: Paragraph, row: dict[str, str]) -> None:
    found = paragraph(row["example"]).activities
    assert found
    if "type" in row:
        assert row["type"] in {activity.cls for activity in found}
    if "role" in row:
        assert row["role"] in {role for activity in found for role, _ in activity.roles}


@pytest.mark.parametrize("row", DATA["nominal"], ids=lambda row: row["form"])
def test_every_nominal_form_names_an_activity_in_a_list(analyse: Analyse, row: dict[str, str]) -> None:
    opening = "Geneva\n\nDear Chair,\n\nThe Partnership is invited to take part in:"
    letter = f"{opening}\n\n- {row['example']};\n\nSincerely,\n\nJane Doe"
    analysis = analyse(letter, publisher="minamata-secretariat")
    found = [activity for activity in analysis.activities if activity.unit == "bullet_1"]
    assert found
    assert row.get("type", found[0].cls) == found[0].cls


@pytest.mark.parametrize("row", DATA["strong"], ids=lambda row: row["form"])
def test_every_strong_noun_names_an_activity(paragraph: Paragraph, row: dict[str, str]) -> None:
    sentence = row["example"][0].upper() + row["example"][1:]
    assert row["type"] in {activity.cls for activity in paragraph(f"{sentence} into the matter.").activities}


# ---- class, status, dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("The secretariat organized a workshop on trade.", "Workshop"),
        ("The secretariat organized a webinar on trade.", "Webinar"),
        ("The secretariat conducted a desk study on trade.", "Study"),
        ("The secretariat developed guidance on trade.", "GuidanceDevelopment"),
        ("The secretariat organized a training on trade.", "Training"),
        ("The secretariat prepared a report on trade.", "Reporting"),
        ("The secretariat carried out a review of trade.", "Review"),
        ("The secretariat implemented a project on trade.", "Project"),
        ("The secretariat published a handbook on trade.", "PublicationActivity"),
        ("The secretariat cooperated with UNEP on trade.", "PartnershipActivity"),
        ("The secretariat contributed, through consultations, to the process of drafting a plan.", "Activity"),
        ("The secretariat provided support to work in preparation for the fourth meeting.", "Activity"),
        ("The secretariat coordinated, in several ways, with UNEP.", "PartnershipActivity"),
        ("UNEP held meetings with a view to identifying and carrying out projects.", "Meeting"),
        ("UNEP produced a report, which was drafted by its staff and issued in May 2024.", "Reporting"),
        ("UNEP participated in the Green Customs Initiative.", "PartnershipActivity"),
        ("UNEP conducted reviews.", "Review"),
        ("The study, which is being conducted by WHO, will be completed in March 2026.", "Study"),
        ("UNEP signed a letter of agreement for a study.", "PartnershipActivity"),
        ("UNEP updated the plan in consultation with WHO.", "Activity"),
    ],
)
def test_the_class_of_what_was_done(paragraph: Paragraph, text: str, cls: str) -> None:
    assert only(paragraph(text).activities).cls == cls


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The secretariat organized a workshop.", "completed"),
        ("The secretariat is organizing a workshop.", "ongoing"),
        ("The secretariat will organize a workshop.", "planned"),
        ("The secretariat plans to organize a workshop.", "planned"),
    ],
)
def test_how_far_it_has_come(paragraph: Paragraph, text: str, status: str) -> None:
    assert only(paragraph(text).activities).status == status


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("In June 2023 the secretariat organized a workshop.", ("2023-06", "2023-06")),
        ("The secretariat organized a workshop from 14 to 16 June 2022.", ("2022-06-14", "2022-06-16")),
        ("UNEP developed a plan pursuant to resolution 72/277 of 10 May 2018.", ("", "")),
        ("UNEP organized a workshop, which was held in Rome on 3 May 2022.", ("2022-05-03", "2022-05-03")),
        ("Since 2020 the secretariat has organized workshops.", ("2020", "")),
        ("The secretariat organized a workshop.", ("", "")),
        ("The GEF Council, co-chaired by Ms. Doe (Peru), met in Lima on 3 May 2022.", ("2022-05-03", "2022-05-03")),
    ],
)
def test_when_it_was(paragraph: Paragraph, text: str, dates: tuple[str, str]) -> None:
    activity = only(paragraph(text).activities)
    assert (activity.begins, activity.ends) == dates


@pytest.mark.parametrize(
    "text",
    [
        "The Conference of the Parties may wish to organize a workshop.",
        "The workshop was good.",
        "Many works were built near the river.",
    ],
)
def test_what_is_no_activity(paragraph: Paragraph, text: str) -> None:
    assert paragraph(text).activities == []


# ---- what decisions ask for ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Requests the secretariat to undertake a desk study.", ["Study"]),
        ("Requests the secretariat to organize webinars and to prepare guidance.", ["Webinar", "GuidanceDevelopment"]),
        ("Invites parties to submit information by 30 June 2024.", ["InformationSharing"]),
        ("Requests the secretariat to cooperate with the Global Mercury Partnership.", ["PartnershipActivity"]),
        ("Requests the secretariat to organize, in cooperation with UNEP and WHO, two webinars.", ["Webinar"]),
        ("Requests the Basel Convention Implementation and Compliance Committee to meet UNEP.", []),
        ("To request the secretariat to organize a workshop.", ["Workshop"]),
        ("Requests the secretariat to assist the United Nations Environment Programme.", ["Activity"]),
        ("Requests the bureau to consider it at its next meeting.", ["Activity"]),
        ("Requests the secretariat to provide, by 1 May 2024, guidance on trade.", ["GuidanceDevelopment"]),
        ("Requests that the secretariat publish a handbook and report on it.", ["PublicationActivity"]),
        ("Requests that the secretariat should organize a workshop.", ["Workshop"]),
        ("Requests that the work be done.", []),
        ("Decides to return to the matter.", []),
        ("Welcomes the workshop.", []),
    ],
)
def test_every_thing_to_be_done_is_an_activity(operative: Paragraph, text: str, classes: list[str]) -> None:
    assert [activity.cls for activity in operative(text).activities] == classes


def test_what_is_asked_for_implements_what_is_cited(operative: Paragraph) -> None:
    activity = only(operative("Requests the secretariat to organize webinars under article 14.").activities)
    assert [thing.path for thing in activity.implements] == ["treaty/minamata/art_14"]
    assert [(role, thing.path) for role, thing in activity.roles] == [("hasOrganizer", "org/minamata-secretariat")]


def test_points_say_what_is_to_be_continued(analyse: Analyse) -> None:
    text = (
        "MC-5/99: Test\n\nThe Conference of the Parties\n\n1. Requests the secretariat to continue:\n\n"
        "(a) Supporting parties;\n\n(b) Its cooperation with WHO.\n"
    )
    found = analyse(text, meeting="minamata-cop-5").activities
    assert [(a.cls, a.label, a.act) for a in found] == [
        ("Activity", "Supporting parties", "decision_1/op_1/act_1"),
        ("PartnershipActivity", "Its cooperation with WHO", "decision_1/op_1/act_1"),
    ]


def test_a_draft_proposes_and_a_decision_requests(analyse: Analyse, operative: Paragraph) -> None:
    draft = "Draft decision MC-5/[--]: Test\n\n1. Requests the secretariat to undertake a study.\n"
    assert only(analyse(draft, meeting="minamata-cop-5").activities).status == "proposed"
    assert only(operative("Requests the secretariat to undertake a study.").activities).status == "requested"


# ---- titled events and the registry -------------------------------------------------------------------------------


def test_titled_events_are_one_activity_each(paragraph: Paragraph) -> None:
    place = paragraph("Webinars: “Gold and women” on 5 May 2020; “Gold and children” on 7 June 2020.")
    assert [(a.cls, a.label, a.begins) for a in place.activities] == [
        ("Webinar", "Gold and women", "2020-05-05"),
        ("Webinar", "Gold and children", "2020-06-07"),
    ]


def test_a_registered_activity_has_its_slug(paragraph: Paragraph) -> None:
    place = paragraph("In 2020 the secretariat kickstarted a series of sessions called Minamata Online.")
    assert "minamata-online" in [activity.slug for activity in place.activities]


# ---- points and bullets -------------------------------------------------------------------------------------------

POINTS = """\
MC-5/99: Test

The Conference of the Parties,

1. Requests the secretariat:

(a) To translate the guidance by 31 December 2024;

(b) To organize, with the Global Mercury Partnership, a series of webinars;
"""


def test_the_points_of_a_request_are_activities_of_whom_it_addresses(analyse: Analyse) -> None:
    analysis = analyse(POINTS, meeting="minamata-cop-5")
    first, second = analysis.activities
    assert (first.unit, first.ends) == ("decision_1/op_1/point_a", "2024-12-31")
    assert second.cls == "Webinar"
    assert [(role, thing.path) for role, thing in second.roles] == [
        ("hasOrganizer", "org/minamata-secretariat"),
        ("hasPartner", "org/gmp"),
    ]


@pytest.mark.parametrize(
    ("point", "classes"),
    [
        ("(a) Organize two meetings of the group;", ["Meeting"]),
        ("(a) Commission a survey, and to report on it;", ["Study", "Reporting"]),
        ("(a) Also prepare guidance on trade;", ["GuidanceDevelopment"]),
        ("(a) Guidance on trade;", []),
    ],
)
def test_the_points_of_a_request_may_leave_out_its_to(analyse: Analyse, point: str, classes: list[str]) -> None:
    text = f"MC-5/99: Test\n\nThe Conference of the Parties\n\n1. Requests the secretariat to:\n\n{point}\n"
    assert [activity.cls for activity in analyse(text, meeting="minamata-cop-5").activities] == classes


def test_the_points_below_a_verb_are_of_its_subjects(analyse: Analyse) -> None:
    text = "1. One.\n\n2. The secretariat and WHO organized:\n\n(a) A side event;\n\n(b) Two webinars in May 2024.\n"
    found = analyse(text, meeting="minamata-cop-5").activities
    assert [activity.cls for activity in found] == ["Meeting", "Webinar"]
    doers = {("hasOrganizer", "org/minamata-secretariat"), ("hasOrganizer", "org/who")}
    assert [{(role, thing.path) for role, thing in activity.roles} for activity in found] == [doers, doers]


TOLD = """\
1. One.

2. The secretariat undertook the following activities:

(a) It carried out a survey of ports between March and July 2016;

(b) A workshop for African ports, held in Dakar on 4 October 2016 and funded by Norway.
"""


@pytest.mark.parametrize(
    ("point", "cls", "dates", "role"),
    [
        ("a", "Study", ("2016-03", "2016-07"), ("hasOrganizer", "org/minamata-secretariat")),
        ("b", "Workshop", ("2016-10-04", "2016-10-04"), ("hasFunder", "org/norway")),
    ],
)
def test_the_points_of_a_report_are_activities(
    analyse: Analyse, point: str, cls: str, dates: tuple[str, str], role: tuple[str, str]
) -> None:
    analysis = analyse(TOLD, meeting="minamata-cop-5")
    activity = only([a for a in analysis.activities if a.unit == f"para_2/point_{point}"])
    assert (activity.cls, (activity.begins, activity.ends)) == (cls, dates)
    assert role in [(name, thing.path) for name, thing in activity.roles]


EVENTS = """\
1. One.

2. Among the events were:

(a) Regional workshop on plastics, Dakar, 30 November–2 December 2023, hosted by UNEP;

(b) "Finance for small mines" (4 March 2025), organized with WHO;

(c) Report on the workshop of 4 March 2025, which is available;
"""


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ("a", [("Workshop", "2023-11-30", ["org/unep"])]),
        ("b", [("Webinar", "2025-03-04", ["org/who"])]),
        ("c", []),
    ],
)
def test_points_that_begin_with_an_event(analyse: Analyse, point: str, found: list[tuple[str, str, list[str]]]) -> None:
    told = [a for a in analyse(EVENTS, meeting="minamata-cop-5").activities if a.unit == f"para_2/point_{point}"]
    assert [(a.cls, a.begins, [thing.path for _, thing in a.roles]) for a in told] == found


LETTER = """\
Geneva

Dear Chair,

The secretariat is planning the following:

- A webinar on trade, with WHO, on 20 March 2024;
- A workshop in Dakar from 3 to 5 September 2024, funded by the European Union;

Sincerely,

Jane Doe
"""


@pytest.mark.parametrize(
    ("bullet", "cls", "begins", "role"),
    [
        ("bullet_1", "Webinar", "2024-03-20", ("hasPartner", "org/who")),
        ("bullet_2", "Workshop", "2024-09-03", ("hasFunder", "org/eu")),
    ],
)
def test_the_bullets_of_a_letter_are_activities(
    analyse: Analyse, bullet: str, cls: str, begins: str, role: tuple[str, str]
) -> None:
    analysis = analyse(LETTER, publisher="minamata-secretariat")
    activity = only([a for a in analysis.activities if a.unit == bullet])
    assert (activity.cls, activity.begins) == (cls, begins)
    assert role in [(name, thing.path) for name, thing in activity.roles]


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("prepare a note, in English, for COP-6", "prepare a note"),
        ("prepare, in English, a note on waste; and more", "prepare a note on waste"),
        ("take into account, in its work, the time left", "take into account, in its work, the time left"),
        ("Minamata Online, a series", "Minamata Online"),
    ],
)
def test_a_label_says_what_is_done_to_what(phrase: str, label: str) -> None:
    assert label_of(phrase) == label


@pytest.mark.parametrize(
    ("before", "subject"),
    [
        ("In May, a webinar for States was ", "a webinar for States"),
        ("Two of them, in Peru and in Ghana, are ", "Two of them"),
        ("A paper on tailings, written by WHO with $45 from Peru, is ", "A paper on tailings"),
    ],
)
def test_the_subject_of_a_passive_is_what_it_tells_of(before: str, subject: str) -> None:
    assert subject_of_passive(before) == subject
