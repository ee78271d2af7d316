"""Who takes part in an activity, and in which role; what is told in passing, with those who take part and when."""

import pytest
from places import Paragraph, only


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The secretariat organized a workshop.", {("hasOrganizer", "org/minamata-secretariat")}),
        (
            "The secretariat organized a workshop with UNEP.",
            {("hasOrganizer", "org/minamata-secretariat"), ("hasPartner", "org/unep")},
        ),
        (
            "The secretariat organized a workshop funded by the European Union.",
            {("hasOrganizer", "org/minamata-secretariat"), ("hasFunder", "org/eu")},
        ),
        ("A workshop was organized by UNEP.", {("hasOrganizer", "org/unep")}),
        ("WHO is executing the GEF-funded project.", {("hasOrganizer", "org/who"), ("hasFunder", "org/gef")}),
        ("Senior staff of UNEP attended a workshop.", {("hasParticipant", "org/unep")}),
        ("The joint task force, which met in May 2024, was useful.", {("hasParticipant", "org/joint-task-force")}),
        (
            "Two representatives of WHO and UNEP attended a workshop.",
            {("hasParticipant", "org/who"), ("hasParticipant", "org/unep")},
        ),
        ("The Executive Secretary attended a workshop.", {("hasParticipant", "org/minamata-secretariat")}),
        (
            "The Executive Secretary of the Rotterdam Convention attended a workshop.",
            {("hasParticipant", "org/rotterdam-secretariat")},
        ),
        (
            "The secretariat, in close collaboration with WHO, organized a workshop.",
            {("hasOrganizer", "org/minamata-secretariat"), ("hasPartner", "org/who")},
        ),
        (
            "In partnership with WHO and UNEP, the secretariat organized a workshop.",
            {("hasOrganizer", "org/minamata-secretariat"), ("hasPartner", "org/who"), ("hasPartner", "org/unep")},
        ),
        (
            "The secretariat cooperated with other bodies, most notably WHO.",
            {("hasPartner", "org/minamata-secretariat"), ("hasPartner", "org/who")},
        ),
        (
            "The secretariat organized a workshop on the creation of UNEP by the General Assembly.",
            {("hasOrganizer", "org/minamata-secretariat")},
        ),
        (
            "With WHO and FAO, UNEP held a workshop.",
            {("hasOrganizer", "org/unep"), ("hasPartner", "org/who"), ("hasPartner", "org/fao")},
        ),
        (
            "Together with WHO, we held a workshop.",
            {("hasOrganizer", "org/minamata-secretariat"), ("hasPartner", "org/who")},
        ),
        (
            "With a contribution of 3.2 million Swedish kronor from Sweden, UNEP held a workshop.",
            {("hasOrganizer", "org/unep"), ("hasFunder", "org/sweden")},
        ),
        (
            "UNEP held a workshop, paid for by Norway.",
            {("hasOrganizer", "org/unep"), ("hasFunder", "org/norway")},
        ),
        ("GEF is financing a project.", {("hasFunder", "org/gef")}),
        (
            "UNEP prepared a study with the COP-4 Bureau.",
            {("hasOrganizer", "org/unep"), ("hasPartner", "org/minamata-bureau")},
        ),
        ("The secretariat participated in a workshop.", {("hasParticipant", "org/minamata-secretariat")}),
        (
            "UNEP cooperated with WHO on waste.",
            {("hasPartner", "org/unep"), ("hasPartner", "org/who")},
        ),
        (
            "With financial support from Norway and Sweden, the secretariat held a workshop.",
            {("hasOrganizer", "org/minamata-secretariat"), ("hasFunder", "org/norway"), ("hasFunder", "org/sweden")},
        ),
        (
            "A workshop was held in Lima on 5 May 2020 for experts, hosted by the Government of Norway.",
            {("hasHost", "org/norway")},
        ),
        (
            "In preparation with WHO, the secretariat plans to hold a workshop.",
            {("hasOrganizer", "org/minamata-secretariat")},
        ),
        (
            "The secretariat organized a workshop with UNEP, WHO and other partners.",
            {("hasOrganizer", "org/minamata-secretariat"), ("hasPartner", "org/unep"), ("hasPartner", "org/who")},
        ),
        ("UNEP reviewed the notes submitted by WHO.", {("hasOrganizer", "org/unep")}),
        (
            "UNEP commissioned a study on trade from WHO.",
            {("hasOrganizer", "org/unep"), ("hasOrganizer", "org/who")},
        ),
        (
            "UNEP held a workshop, for which Norway has contributed the money.",
            {("hasOrganizer", "org/unep"), ("hasFunder", "org/norway")},
        ),
        (
            "I thank Norway and Sweden, whose contributions paid for the workshop held in Lima in May 2020.",
            {("hasFunder", "org/norway"), ("hasFunder", "org/sweden")},
        ),
        (
            "With funds from Norway, UNEP held a workshop.",
            {("hasOrganizer", "org/unep"), ("hasFunder", "org/norway")},
        ),
        (
            "UNEP is a large body; with WHO, it held a workshop.",
            {("hasOrganizer", "org/unep"), ("hasPartner", "org/who")},
        ),
        ("UNEP published a report prepared by WHO.", {("hasOrganizer", "org/unep")}),
        (
            "UNEP attended a workshop organized by WHO.",
            {("hasParticipant", "org/unep"), ("hasOrganizer", "org/who")},
        ),
        (
            "A memorandum of understanding between UNEP and WHO was signed on 5 May 2020.",
            {("hasPartner", "org/unep"), ("hasPartner", "org/who")},
        ),
    ],
)
def test_who_takes_part_in_which_role(paragraph: Paragraph, text: str, roles: set[tuple[str, str]]) -> None:
    assert {(role, thing.path) for role, thing in only(paragraph(text).activities).roles} == roles


@pytest.mark.parametrize(
    "lead",
    [
        "funded by", "with funding from", "with financial support of", "thanks to a grant by", "with",
        "using contributions to", "with both the", "involving", "with the support of", "with the multi-stakeholder",
        "with experts from", "with many others, most notably", "with many others, in particular",
        "with many others, such as", "with many others, especially", "with many others, including",
        "on cooperation between", "to support", "to assist", "to help", "for", "implemented in", "namely",
        "hosted by the Government of", "led by", "for submission of data to", "on participation in",
    ],
)  # fmt: skip
def test_what_leads_to_one_who_takes_part(paragraph: Paragraph, lead: str) -> None:
    found = paragraph(f"WHO organized a workshop {lead} UNEP.").activities
    assert "org/unep" in {thing.path for activity in found for _, thing in activity.roles}


@pytest.mark.parametrize(
    ("text", "cls", "begins", "roles"),
    [
        ("A training, planned for 3 and 4 June 2025, was hosted by Norway.", "Training", "2025-06-03", {"norway"}),
        ("A workshop convened by UNEP in Paris on 3 May 2024 was useful.", "Workshop", "2024-05-03", {"unep"}),
        ("The review of the project, conducted by WHO in May 2024, was useful.", "Review", "2024-05", {"who"}),
        ("The project in Peru, executed by UNEP and co-funded by Norway, goes on.", "Project", "", {"unep", "norway"}),
        ("Two such webinars took place in the period, the last on 3 May 2024.", "Webinar", "2024-05-03", set()),
        ("An agreement between UNEP and WHO, signed on 3 May 2024, covers it.", "PartnershipActivity", "2024-05-03",
         {"unep", "who"}),
        ("Under decision MC-4/7, the second review of the fund was carried out in 2024.", "Review", "2024", set()),
        ("The sixth round was launched on 3 March 2025.", "Activity", "2025-03-03", set()),
        ("The co-chairs met in Lima on 5 May 2024.", "Meeting", "2024-05-05", set()),
        ("The Director, Ms. Jane Doe, met with the President in Lima on 5 May 2024.", "Meeting", "2024-05-05", set()),
        ("Together with WHO, the secretariat held a webinar.", "Webinar", "", {"minamata-secretariat", "who"}),
        ("World Health Organization: the secretariat held a webinar.", "Webinar", "", {"minamata-secretariat"}),
        ("The Government of Norway held a webinar.", "Webinar", "", {"norway"}),
        ("The Executive Director of UNEP held a webinar.", "Webinar", "", {"unep"}),
        ("With funding from Norway, WHO and UNEP held a webinar.", "Webinar", "", {"norway", "who", "unep"}),
        ("With the generous support of Norway, UNEP held a webinar.", "Webinar", "", {"norway", "unep"}),
        ("In 2024, the Bureau met online: on 5 May 2024.", "Meeting", "2024-05-05",
         {"minamata-bureau"}),
        ("The secretariat and the Government of Norway held a webinar.", "Webinar", "",
         {"minamata-secretariat", "norway"}),
    ],
)  # fmt: skip
def test_what_is_told_in_passing(paragraph: Paragraph, text: str, cls: str, begins: str, roles: set[str]) -> None:
    activity = only(paragraph(text).activities)
    assert (activity.cls, activity.begins) == (cls, begins)
    assert {thing.path.removeprefix("org/") for _, thing in activity.roles} == roles


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The deadline for the submission of reports was 31 December 2025.", "2025-12-31"),
        ("The deadline for comments, set by the group, has been extended to 30 June 2024.", "2024-06-30"),
        ("The guidance is being updated by UNEP and should be completed before the end of 2026.", "2026"),
        ("The plan would be submitted to UNEP by the end of September 2025.", "2025-09"),
        ("The secretariat will prepare a survey no later than 3 May 2026.", "2026-05-03"),
    ],
)
def test_by_when_it_is_to_be_done(paragraph: Paragraph, text: str, ends: str) -> None:
    assert [(activity.begins, activity.ends) for activity in paragraph(text).activities] == [("", ends)]


@pytest.mark.parametrize(
    "text",
    [
        "The needs of the least developed countries were great in May 2024.",
        "The report, issued in May 2024, names UNEP.",
        "UNEP spoke of agreements.",
    ],
)
def test_words_in_names_and_behind_commas_tell_nothing(paragraph: Paragraph, text: str) -> None:
    assert paragraph(text).activities == []


def test_partners_named_first_belong_to_the_verb_behind_them(paragraph: Paragraph) -> None:
    first, second = paragraph("The secretariat attended the session and, with WHO, held a webinar.").activities
    assert [thing.path for _, thing in first.roles] == ["org/minamata-secretariat"]
    assert [thing.path for _, thing in second.roles] == ["org/minamata-secretariat", "org/who"]
