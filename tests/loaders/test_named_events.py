"""Events that a text names with their date, and what the points of a list are by what stands above them."""

import pytest
from places import Analyse, Paragraph, only

from loaders.activity_clauses import Activity

MEETING = {"meeting": "minamata-cop-5", "publisher": "minamata-secretariat"}


def told(activity: Activity) -> tuple[str, str, str]:
    return activity.cls, activity.begins, activity.ends


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two online consultations took place in October 2024.", ("Meeting", "2024-10", "2024-10")),
        ("Regional consultations on it took place in Accra in May 2024.", ("Meeting", "2024-05", "2024-05")),
        ("A study tour was held in Lima from 2 to 5 July 2024.", ("Study", "2024-07-02", "2024-07-05")),
        ("A second workshop followed in Dakar on 8 October 2024.", ("Workshop", "2024-10-08", "2024-10-08")),
        ("The session was resumed in Lima on 15 June 2025.", ("Meeting", "2025-06-15", "2025-06-15")),
        ("A webinar on 7 March 2024 drew many.", ("Webinar", "2024-03-07", "2024-03-07")),
        ("In November 2023 a workshop in Accra drew many.", ("Workshop", "2023-11", "2023-11")),
        ("A second group of nine projects began in May 2024.", ("Project", "2024-05", "2024-05")),
        ("Training for customs officers continued until May 2025.", ("Training", "", "2025-05")),
        ("The panel met for the first time in Geneva on 3 May 2024.", ("Meeting", "2024-05-03", "2024-05-03")),
        ("The board, which met in Lima on 3 May 2024, was new.", ("Meeting", "2024-05-03", "2024-05-03")),
        ("A draft was tested in Dakar on 24 May 2024.", ("Activity", "2024-05-24", "2024-05-24")),
        ("Nominations should reach the secretariat by 3 May 2024.", ("Activity", "", "2024-05-03")),
        ("National reports for 2023 are due by 3 May 2024.", ("Reporting", "", "2024-05-03")),
        ("A questionnaire is enclosed, and should be returned by 3 May 2024.", ("Activity", "", "2024-05-03")),
        ("UNEP would convene a workshop in May 2024.", ("Workshop", "2024-05", "2024-05")),
        ("A three-year project on litter started in Ghana and Togo in May 2024.", ("Project", "2024-05", "2024-05")),
        ("The ninth replenishment runs from May 2024 to June 2026.", ("FundingActivity", "2024-05", "2026-06")),
        ("A third season opens on 3 May 2024.", ("Activity", "2024-05-03", "2024-05-03")),
        ("A new dashboard went live in May 2024.", ("PublicationActivity", "2024-05", "2024-05")),
        ("A meeting of experts, convened by the secretariat in May 2024, was new.", ("Meeting", "2024-05", "2024-05")),
    ],
)
def test_an_event_with_its_date(paragraph: Paragraph, text: str, found: tuple[str, str, str]) -> None:
    assert told(only(paragraph(text).activities)) == found


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Workshops were held in Lima from 3 to 5 May 2024, in Rome on 6 June 2024 and in Accra in July 2024.",
         ["2024-05-03", "2024-06-06", "2024-07"]),
        ("UNEP organized webinars on trade on 3 May 2024, on waste on 4 June 2024 and on air on 5 July 2024.",
         ["2024-05-03", "2024-06-04", "2024-07-05"]),
        ("The group met in Lima on 3 May 2024 and, online, on 4 June 2024.", ["2024-05-03", "2024-06-04"]),
    ],
)  # fmt: skip
def test_an_event_on_several_occasions(paragraph: Paragraph, text: str, begins: list[str]) -> None:
    assert [activity.begins for activity in paragraph(text).activities] == begins


@pytest.mark.parametrize(
    "text",
    ["A webinar would be useful.", "The workshop in Accra was useful.", "The phase will be followed by another."],
)
def test_no_event_without_a_date(paragraph: Paragraph, text: str) -> None:
    assert paragraph(text).activities == []


@pytest.mark.parametrize(
    ("preamble", "found"),
    [
        ("Noting the survey carried out in 2024 by UNEP,", [("Study", "2024", "2024")]),
        ("Welcoming the consultation hosted by Peru in Lima on 3 May 2024,", [("Meeting", "2024-05-03", "2024-05-03")]),
        ("Noting the survey carried out by UNEP,", []),
    ],
)
def test_a_preamble_tells_what_has_a_date(analyse: Analyse, preamble: str, found: list[tuple[str, str, str]]) -> None:
    analysis = analyse(f"MC-5/99: Test\n\nThe Conference of the Parties,\n\n{preamble}\n\n1. Agrees.\n", **MEETING)
    assert [told(activity) for activity in analysis.activities] == found


def test_a_decision_notes_an_event(operative: Paragraph) -> None:
    place = operative("Welcomes the workshop on trade held in Rome in March 2024.")
    assert told(only(place.activities)) == ("Workshop", "2024-03", "2024-03")


@pytest.mark.parametrize("verb", ["review", "evaluate"])
def test_what_a_body_decides_to_review(operative: Paragraph, verb: str) -> None:
    activity = only(operative(f"Decides to {verb} the threshold at its next meeting.").activities)
    assert activity.cls == "Review"
    assert [(role, thing.path) for role, thing in activity.roles] == [("hasOrganizer", "org/minamata-cop")]


# ---- points and what stands above them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "doers"),
    [
        ("Among other things, UNEP:", {"org/unep"}),
        ("To that end the secretariat has:", {"org/minamata-secretariat"}),
        ("UNEP and WHO have also:", {"org/unep", "org/who"}),
        ("WHO told the secretariat that, last year, it had:", {"org/who"}),
    ],
)
@pytest.mark.parametrize(
    ("point", "cls"),
    [
        ("Trained 212 officials in May 2024;", "Training"),
        ("Issued, in October 2024, a guide to inventories;", "GuidanceDevelopment"),
        ("Begun a study on trade, which is to be completed in May 2025;", "Study"),
        ("Concluded a memorandum of understanding with FAO;", "PartnershipActivity"),
    ],
)
def test_points_begin_with_what_those_above_did(
    analyse: Analyse, above: str, doers: set[str], point: str, cls: str
) -> None:
    text = f"1. One.\n\n2. {above}\n\n(a) {point}\n\n(b) Another thing.\n"
    activity = only([a for a in analyse(text, **MEETING).activities if a.unit == "para_2/point_a"])
    assert activity.cls == cls
    assert doers <= {thing.path for role, thing in activity.roles if role == "hasOrganizer"}


def test_who_announces_the_listed_events_holds_them(analyse: Analyse) -> None:
    above = "UNEP will hold the webinars listed below. All are in English:"
    points = "(a) 10 July 2025: webinar on batteries;\n\n(b) 16 July 2025: webinar on trade.\n"
    text = f"1. One.\n\n2. {above}\n\n{points}"
    found = [a for a in analyse(text, **MEETING).activities if a.unit == "para_2/point_a"]
    assert [(a.begins, [(role, thing.path) for role, thing in a.roles]) for a in found] == [
        ("2025-07-10", [("hasOrganizer", "org/unep")])
    ]


@pytest.mark.parametrize(
    ("above", "doers"),
    [
        ("UNEP shall assess progress. To that end it shall, in particular:", ["org/unep"]),
        ("WHO leads this area. In 2027 it will:", ["org/who"]),
        ("Progress in Ghana was slow. It will:", []),
        ("The figures were sent to UNEP. It will:", []),
    ],
)
def test_points_are_planned_by_the_subject_of_the_sentence_before(
    analyse: Analyse, above: str, doers: list[str]
) -> None:
    text = f"1. One.\n\n2. {above}\n\n(a) Prepare a report for consideration at the sixth meeting;\n\n(b) Two.\n"
    activity = only([a for a in analyse(text, **MEETING).activities if a.unit == "para_2/point_a"])
    assert (activity.cls, activity.status) == ("Reporting", "planned")
    assert [thing.path for role, thing in activity.roles if role == "hasOrganizer"] == doers


@pytest.mark.parametrize("above", ["Activities in this area will include:", "It plans the following activities:"])
@pytest.mark.parametrize(
    ("point", "cls", "ends"),
    [
        ("A global assessment of trade, to be completed by May 2027;", "Study", "2027-05"),
        ("A pilot project on fish, with FAO as partner;", "Project", ""),
        ("Joint communication on waste.", "Activity", ""),
        ("UNEP organized a workshop in May 2027.", "Workshop", "2027-05"),
    ],
)
def test_points_are_what_the_text_above_says(analyse: Analyse, above: str, point: str, cls: str, ends: str) -> None:
    text = f"1. One.\n\n2. {above}\n\n(a) {point}\n"
    activity = only([a for a in analyse(text, **MEETING).activities if a.unit == "para_2/point_a"])
    assert (activity.cls, activity.ends) == (cls, ends)


def test_dated_points_are_the_events_listed_above(analyse: Analyse) -> None:
    text = (
        "1. One.\n\n2. To help with submissions, the secretariat will hold the webinars listed below:\n\n"
        "(a) 10 July 2025: Waste, with UNEP;\n\n(b) 16 September 2025: Trade.\n"
    )
    found = [a for a in analyse(text, **MEETING).activities if "/point_" in a.unit]
    assert [(*told(a), a.label) for a in found] == [
        ("Webinar", "2025-07-10", "2025-07-10", "Waste"),
        ("Webinar", "2025-09-16", "2025-09-16", "Trade"),
    ]


def test_an_item_that_is_an_event_is_nothing_else(analyse: Analyse) -> None:
    text = "1. One.\n\n2. Planned are:\n\n(a) Workshop on inventories, Lima, 3 May 2025, conducted by UNITAR.\n"
    activity = only([a for a in analyse(text, **MEETING).activities if "/point_" in a.unit])
    assert (activity.cls, [thing.path for _, thing in activity.roles]) == ("Workshop", ["org/unitar"])


def test_who_pays_for_a_list_does_not_pay_for_what_follows_it(analyse: Analyse) -> None:
    text = (
        "1. One.\n\n2. Thanks to funding from Norway, UNEP held two webinars:\n\n(a) A webinar on 3 May 2024;\n\n"
        "3. UNEP held a workshop on 5 May 2024.\n"
    )
    found = {a.unit: [role for role, _ in a.roles] for a in analyse(text, **MEETING).activities}
    assert "hasFunder" in found["para_2/point_a"]
    assert "hasFunder" not in found["para_3"]
