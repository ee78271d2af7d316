"""Programmes, work that is under way, what is due, and what one sentence adds to the one before it."""

import pytest
from places import Analyse, Paragraph, only

from loaders.activity_clauses import Activity


def told(activity: Activity) -> tuple[str, str, str, str]:
    return activity.cls, activity.status, activity.begins, activity.ends


def taking_part(activity: Activity) -> set[tuple[str, str]]:
    return {(role.removeprefix("has"), thing.path) for role, thing in activity.roles}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Work to update the guidelines is currently under way.", ("GuidanceDevelopment", "ongoing", "", "")),
        ("Translation of the course into Arabic is under way.", ("Training", "ongoing", "", "")),
        ("A second edition is in preparation.", ("Activity", "ongoing", "", "")),
        ("There is an effort under way to build capacity.", ("Activity", "ongoing", "", "")),
        ("Further activities are envisaged in Asia.", ("Activity", "planned", "", "")),
        ("A global forum is planned with UNEP.", ("Meeting", "planned", "", "")),
    ],
)
def test_what_is_under_way_or_planned(paragraph: Paragraph, text: str, found: tuple[str, str, str, str]) -> None:
    assert found in [told(activity) for activity in paragraph(text).activities]


@pytest.mark.parametrize(
    "text", ["The hall is in preparation.", "As planned, the room was painted.", "He is under way."]
)
def test_what_is_under_way_but_no_activity(paragraph: Paragraph, text: str) -> None:
    assert paragraph(text).activities == []


@pytest.mark.parametrize(
    ("text", "label", "dates", "roles"),
    [
        ("The technical assistance plan for the period 2022–2025 is long.",
         "The technical assistance plan for the period 2022–2025", ("2022", "2025"), set()),
        ("The work programme of WHO is long.", "The work programme of WHO", ("", ""), {("Organizer", "org/who")}),
        ("The technical assistance programme of the Stockholm Convention is long.",
         "The technical assistance programme of the Stockholm Convention", ("", ""), set()),
        ("They read of the Clean Rivers Programme of old.", "Clean Rivers Programme", ("", ""), set()),
    ],
)  # fmt: skip
def test_programmes_with_a_period_an_owner_or_a_name(
    paragraph: Paragraph, text: str, label: str, dates: tuple[str, str], roles: set[tuple[str, str]]
) -> None:
    programme = only(paragraph(text).activities)
    assert (programme.cls, programme.label, (programme.begins, programme.ends)) == ("Programme", label, dates)
    assert taking_part(programme) == roles


@pytest.mark.parametrize(
    "text", ["A programme of work is long.", "The Senior Programme Officer left.", "The programmes of work are long."]
)
def test_programmes_of_nobody(paragraph: Paragraph, text: str) -> None:
    assert paragraph(text).activities == []


@pytest.mark.parametrize(
    ("text", "cls", "ends"),
    [
        ("The reports, which had been due on 31 August 2022, were read.", "Reporting", "2022-08-31"),
        ("On 31 May 2025 it was said that national reports fall due on 3 June 2025.", "Reporting", "2025-06-03"),
        ("Help with the submission of comments by 3 May 2024 was good.", "InformationSharing", "2024-05-03"),
        ("Discussions on the fund, to be concluded by April 2022, were long.", "Activity", "2022-04"),
    ],
)
def test_what_is_due(paragraph: Paragraph, text: str, cls: str, ends: str) -> None:
    assert (cls, ends) in [(activity.cls, activity.ends) for activity in paragraph(text).activities]


@pytest.mark.parametrize(
    ("text", "cls", "roles"),
    [
        ("Norway provided some 240,000 euros for them.", "FundingActivity", {("Funder", "org/norway")}),
        ("UNEP made available $3 million.", "FundingActivity", {("Funder", "org/unep")}),
        ("UNEP provided 240 books.", "Activity", {("Organizer", "org/unep")}),
        ("Contributions were received from Norway and Sweden.", "FundingActivity",
         {("Funder", "org/norway"), ("Funder", "org/sweden")}),
        ("Cooperation with WHO continued.", "PartnershipActivity", {("Partner", "org/who")}),
        ("A synthesis was handed to WHO.", "InformationSharing", {("Beneficiary", "org/who")}),
        ("The study was presented to WHO.", "InformationSharing", {("Beneficiary", "org/who")}),
    ],
)  # fmt: skip
def test_who_gives_and_who_receives(paragraph: Paragraph, text: str, cls: str, roles: set[tuple[str, str]]) -> None:
    activity = only(paragraph(text).activities)
    assert (activity.cls, taking_part(activity)) == (cls, roles)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The report of it appeared in May 2024.", ("PublicationActivity", "", "2024-05", "2024-05")),
        ("A study of trade will start in May 2024.", ("Study", "", "2024-05", "2024-05")),
        ("Scientists from Peru met online in July 2024.", ("Meeting", "completed", "2024-07", "2024-07")),
        ("The centre in Lima trained officers in July 2024.", ("Training", "completed", "2024-07", "2024-07")),
        ("A regional training in Lima from 3 to 5 May 2024 was full.", ("Training", "", "2024-05-03", "2024-05-05")),
        ("Samplers were installed in May 2024.", ("Activity", "completed", "2024-05", "2024-05")),
    ],
)
def test_dated_events_of_nobody_known(paragraph: Paragraph, text: str, found: tuple[str, str, str, str]) -> None:
    assert told(only(paragraph(text).activities)) == found


def test_points_tell_what_somebody_does_now(analyse: Analyse) -> None:
    analysis = analyse("1. They chose eight centres, which now:\n\n(a) Train officials;\n\n(b) Publish guides.\n")
    assert [activity.cls for activity in analysis.activities] == ["Activity", "PublicationActivity"]


def test_points_are_in_the_period_of_the_text_above(analyse: Analyse) -> None:
    analysis = analyse("1. In 2025, UNEP would:\n\n(a) Publish a guide;\n\n(b) Hold a workshop in 2026.\n")
    assert [activity.begins for activity in analysis.activities] == ["2025", "2026"]


# ---- several occasions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("UNEP held workshops in Accra in May 2024 and in Lima in June 2024.", ["2024-05", "2024-06"]),
        ("The Bureau met online on 6 March and 19 June 2024.", ["2024-03-06", "2024-06-19"]),
        ("The Bureau met in Paris on 28 February and 1 March 2024.", ["2024-02-28"]),
        ("UNEP held a webinar on 3 May 2024 and issued a guide on 5 June 2024.", ["2024-05-03", "2024-06-05"]),
    ],
)
def test_events_on_several_occasions(paragraph: Paragraph, text: str, dates: list[str]) -> None:
    assert [activity.begins for activity in paragraph(text).activities] == dates


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("The project began in 2022 and is due to end in December 2025.", "2022", "2025-12"),
        ("The project began in May 2022 and ended in May 2024.", "2022-05", "2024-05"),
        ("In March 2024, UNEP commissioned a study, which is to appear in April 2026.", "2024-03", "2024-03"),
        ("In 2024, UNEP held a workshop on 3 May 2024.", "2024-05-03", "2024-05-03"),
    ],
)
def test_from_when_to_when(paragraph: Paragraph, text: str, begins: str, ends: str) -> None:
    activity = only(paragraph(text).activities)
    assert (activity.begins, activity.ends) == (begins, ends)


# ---- the next sentence -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("follow_up", "added"),
    [
        ("It was hosted by UNEP.", ("Host", "org/unep")),
        ("The workshop had been financed by the Government of Norway.", ("Funder", "org/norway")),
        ("Norway financed it.", ("Funder", "org/norway")),
        ("UNEP hosted the workshop.", ("Host", "org/unep")),
        ("It was organized by UNEP.", ("Partner", "org/unep")),
        ("It was prepared with UNEP.", ("Partner", "org/unep")),
        ("Norway met the costs.", ("Funder", "org/norway")),
        ("Norway is paying for it with a grant.", ("Funder", "org/norway")),
        ("The costs were met by Norway.", ("Funder", "org/norway")),
    ],
)
def test_a_sentence_adds_who_takes_part(paragraph: Paragraph, follow_up: str, added: tuple[str, str]) -> None:
    workshop = only(paragraph(f"WHO held a workshop in Lima. {follow_up}").activities)
    assert taking_part(workshop) == {("Organizer", "org/who"), added}


def test_a_gift_is_told_of_beside_what_it_pays_for(paragraph: Paragraph) -> None:
    workshop, gift = paragraph("WHO held a workshop in Lima. Norway contributed $5,000 to its cost.").activities
    assert taking_part(workshop) == {("Organizer", "org/who"), ("Funder", "org/norway")}
    assert (gift.cls, taking_part(gift)) == ("FundingActivity", {("Funder", "org/norway")})


def test_who_gives_money_for_it_pays_for_it(paragraph: Paragraph) -> None:
    workshop, money = paragraph("WHO held a workshop in Lima. Norway gave 180,000 euros for the workshop.").activities
    assert taking_part(workshop) == {("Organizer", "org/who"), ("Funder", "org/norway")}
    assert money.cls == "FundingActivity"


def test_a_sentence_adds_all_who_take_part(paragraph: Paragraph) -> None:
    text = "WHO held a workshop in Lima. It was financed by Norway, hosted by Peru and led by UNEP."
    added = {("Funder", "org/norway"), ("Host", "org/peru"), ("Partner", "org/unep")}
    assert taking_part(only(paragraph(text).activities)) == {("Organizer", "org/who"), *added}


def test_its_meeting_is_that_of_whom_the_sentence_before_is_about(paragraph: Paragraph) -> None:
    text = "The Bureau is small. Its first online meeting took place on 3 May 2024."
    assert taking_part(only(paragraph(text).activities)) == {("Organizer", "org/minamata-bureau")}


def test_a_sentence_about_something_else_adds_nothing(paragraph: Paragraph) -> None:
    workshop, *_ = paragraph("WHO held a workshop in Lima. Norway financed the study.").activities
    assert taking_part(workshop) == {("Organizer", "org/who")}


# ---- who takes part in meetings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "organizer"),
    [
        ("UNEP attended the meetings of the World Health Organization.", "org/who"),
        ("The WHO meeting in June 2020 was long.", "org/who"),
        ("The first part of the fifth session of the United Nations Environment Assembly was held on 22 February 2021.",
         "org/unea"),
    ],
)  # fmt: skip
def test_whose_meeting_it_is(paragraph: Paragraph, text: str, organizer: str) -> None:
    assert ("Organizer", organizer) in taking_part(only(paragraph(text).activities))


def test_titled_events_have_those_who_are_told_of_before_them(paragraph: Paragraph) -> None:
    text = "UNEP took part in webinars. These included “Mercury in small mines” on 3 May 2024."
    events = [activity for activity in paragraph(text).activities if activity.begins]
    assert taking_part(only(events)) == {("Participant", "org/unep")}


def test_a_meeting_in_segments_is_the_segment_with_these_dates(paragraph: Paragraph) -> None:
    text = "The fourth meeting of the Conference of the Parties was held from 1 to 5 November 2021."
    assert only(paragraph(text).activities).slug == "meeting/minamata-cop-4/segment_1"


# ---- points ------------------------------------------------------------------------------------------------------


def test_points_say_what_somebody_intends_to_do(analyse: Analyse) -> None:
    analysis = analyse("1. Later, UNEP would:\n\n(a) Publish a guide in 2026;\n\n(b) Convene a workshop with WHO.\n")
    found = [(a.cls, a.status, a.begins, taking_part(a)) for a in analysis.activities]
    assert found == [
        ("PublicationActivity", "planned", "2026", {("Organizer", "org/unep")}),
        ("Workshop", "planned", "", {("Organizer", "org/unep"), ("Partner", "org/who")}),
    ]


def test_a_programme_spelled_out_in_a_sentence(paragraph: Paragraph) -> None:
    text = (
        "The 2024–2025 programme of work of WHO includes the development of guidance; consideration of sources of"
        " money; and developing a regional training."
    )
    listed = [activity for activity in paragraph(text).activities if activity.rule == "list item"]
    assert [activity.cls for activity in listed] == ["GuidanceDevelopment", "Activity", "Training"]
    assert {(a.begins, a.ends) for a in listed} == {("2024", "2025")}
    assert all(("Organizer", "org/who") in taking_part(activity) for activity in listed)
