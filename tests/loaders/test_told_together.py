"""What several clauses tell of one activity, and what one clause tells of several."""

import pytest
from places import MINAMATA, Analyse, Paragraph, only

from loaders.activity_clauses import Activity


def taking_part(activity: Activity) -> set[str]:
    return {f"{role.removeprefix('has')} {thing.path.removeprefix('org/')}" for role, thing in activity.roles}


@pytest.mark.parametrize(
    ("text", "cls", "label", "roles"),
    [
        ("A project on waste, which UNIDO will carry out with WHO, was approved.", "Project", "A project on waste",
         {"Organizer unido", "Partner who"}),
        ("It is to be read at a workshop for parties that UNEP will organize in Lima.", "Workshop",
         "a workshop for parties", {"Organizer unep"}),
        ("It is to be read at a workshop that UNEP will organize in Lima and that WHO has offered to host.", "Workshop",
         "a workshop", {"Organizer unep", "Host who"}),
        ("UNIDO completed a study of lamps, for which Japan made 3 million yen available.", "Study",
         "completed a study of lamps", {"Organizer unido", "Funder japan"}),
        ("UNIDO held a webinar on lamps, for which WHO supplied the speakers.", "Webinar",
         "held a webinar on lamps", {"Organizer unido", "Partner who"}),
    ],
)  # fmt: skip
def test_a_relative_clause_tells_of_what_is_before_it(
    paragraph: Paragraph, text: str, cls: str, label: str, roles: set[str]
) -> None:
    activity = only(paragraph(text).activities)
    assert (activity.cls, activity.label, taking_part(activity)) == (cls, label, roles)


def test_a_project_that_something_is_done_under_is_not_what_is_done(paragraph: Paragraph) -> None:
    text = "The European Union supports a project on lamps, under which UNEP organized a workshop in May 2024."
    assert "Workshop" in [activity.cls for activity in paragraph(text).activities]


SERIES = "UNEP and WHO held {several}. The first, on 16 April 2026, dealt with trade; the {second}, looked at waste."


@pytest.mark.parametrize(
    ("several", "second", "cls"),
    [
        ("two webinars", "second, held on 11 June 2026", "Webinar"),
        ("a series of regional workshops", "last of them, in Lima on 11 June 2026", "Workshop"),
        ("three training courses", "third took place on 11 June 2026 and", "Training"),
    ],
)
def test_the_events_of_a_series_one_by_one(paragraph: Paragraph, several: str, second: str, cls: str) -> None:
    activities = [a for a in paragraph(SERIES.format(several=several, second=second)).activities if a.begins]
    assert [(a.cls, a.begins) for a in activities] == [(cls, "2026-04-16"), (cls, "2026-06-11")]
    assert all(taking_part(a) == {"Organizer unep", "Organizer who"} for a in activities)


def test_a_first_without_a_series_is_nothing(paragraph: Paragraph) -> None:
    assert paragraph("The first, on 16 April 2026, dealt with trade.").activities == []


@pytest.mark.parametrize(
    ("later", "dates", "roles"),
    [
        ("The project began in July 2026.", ("2026-07", "2026-07"), {"Organizer unep"}),
        ("The project was carried out by WHO.", ("", ""), {"Organizer unep", "Partner who"}),
        ("GEF provides $5.4 million, and Australia has pledged $750,000.", ("", ""),
         {"Organizer unep", "Funder gef", "Funder australia"}),
        ("WHO provided two of the trainers and Japan met the costs.", ("", ""),
         {"Organizer unep", "Partner who", "Funder japan"}),
        ("Peru acted as host, and Norway covered the travel of experts.", ("", ""),
         {"Organizer unep", "Host peru", "Funder norway"}),
        ("UNITAR provided the platform; Switzerland paid for interpretation.", ("", ""),
         {"Organizer unep", "Partner unitar", "Funder switzerland"}),
        ("The project draws on a grant of $75,000 from the Global Environment Facility.", ("", ""),
         {"Organizer unep", "Funder gef"}),
    ],
)  # fmt: skip
def test_later_sentences_tell_more_of_it(
    paragraph: Paragraph, later: str, dates: tuple[str, str], roles: set[str]
) -> None:
    project = next(a for a in paragraph(f"UNEP is carrying out a project on lamps. {later}").activities)
    assert ((project.begins, project.ends), taking_part(project)) == (dates, roles)


@pytest.mark.parametrize(
    "later",
    [
        "The report of the study was read. Much was said. GEF provides $5.4 million.",
        "For the next year, Australia has pledged $750,000.",
        "The project on waste began in July 2026.",
    ],
)
def test_what_later_sentences_do_not_tell_of_it(paragraph: Paragraph, later: str) -> None:
    project = paragraph(f"UNEP is carrying out a project on lamps. {later}").activities[0]
    assert (project.begins, taking_part(project)) == ("", {"Organizer unep"})


def test_two_workshops_with_days_of_their_own_stay_apart(paragraph: Paragraph) -> None:
    text = "UNEP held a workshop in Lima on 3 May 2024. The workshop was held again by WHO on 6 June 2024."
    assert [a.begins for a in paragraph(text).activities] == ["2024-05-03", "2024-06-06"]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("UNEP held a workshop in Lima in May 2024, jointly with WHO, and another in Quito from 3 to 5 June 2025.",
         ["2024-05", "2025-06-03"]),
        ("Consultations will be held in Lima in February 2026, at the seat of WHO, and in Quito in April 2026.",
         ["2026-02", "2026-04"]),
    ],
)  # fmt: skip
def test_another_one_elsewhere(paragraph: Paragraph, text: str, begins: list[str]) -> None:
    assert [activity.begins for activity in paragraph(text).activities] == begins


@pytest.mark.parametrize(
    ("above", "doer"),
    [
        ("The Basel Convention Regional Centre for South-East Asia, in Jakarta:", "bcrc-sea"),
        ("The World Health Organization shall, subject to external funding:", "who"),
        ("In cooperation with FAO, UNEP also intends to offer:", "unep"),
    ],
)
def test_who_does_what_the_points_below_tell(analyse: Analyse, above: str, doer: str) -> None:
    analysis = analyse(
        f"1. {above}\n\n(a) Training courses for farmers in the Caribbean, in 2026;\n\n(b) Rest.\n\n2. End.\n"
    )
    course = next(a for a in analysis.activities if a.cls == "Training")
    assert f"Organizer {doer}" in taking_part(course)


def test_what_is_given_out_is_what_was_asked_for(analyse: Analyse) -> None:
    text = "MC-5/3: Waste\n\nThe Conference of the Parties\n\n1. Requests the secretariat:\n\n"
    analysis = analyse(
        f"{text}(a) To revise the kit and to issue it in six languages by 31 March 2028;\n\n(b) To rest.\n"
    )
    kit = only([a for a in analysis.activities if "kit" in a.label])
    assert (kit.ends, [a.label for a in analysis.activities if "issue it" in a.label]) == ("2028-03-31", [])


@pytest.mark.parametrize(
    ("text", "cls", "roles"),
    [
        ("The representative of WHO spoke of a project that his organization was carrying out in Peru.", "Project",
         {"Organizer who"}),
        ("The observer from UNITAR said that her organization would hold a webinar.", "Webinar", {"Organizer unitar"}),
        ("UNEP said that it would publish a guide.", "PublicationActivity", {"Organizer unep"}),
        ("The European Union made available €640,000 for a project on lamps.", "Project", {"Funder eu"}),
        ("The workshop was held with Peru as host and UNEP as partner.", "Workshop", {"Host peru"}),
        ("The translation, for which France has contributed €5,000, is to be finished by 3 May 2025.", "Activity",
         {"Funder france"}),
    ],
)  # fmt: skip
def test_who_does_it_and_who_pays(paragraph: Paragraph, text: str, cls: str, roles: set[str]) -> None:
    found = [(activity.cls, taking_part(activity)) for activity in paragraph(text).activities]
    assert any(cls == told and roles <= parts for told, parts in found), found


ASKED = "MC-5/3: Waste\n\nThe Conference of the Parties\n\n1. {above}\n\n(a) {point};\n\n(b) Rest.\n"


def test_partners_of_a_request_take_part_in_its_points(analyse: Analyse) -> None:
    text = ASKED.format(above="Requests the secretariat, jointly with WHO:", point="To organize a workshop on lamps")
    workshop = next(a for a in analyse(text).activities if a.cls == "Workshop")
    assert taking_part(workshop) == {"Organizer minamata-secretariat", "Partner who"}


def test_points_are_the_objects_of_the_verb_above_them(analyse: Analyse) -> None:
    text = ASKED.format(above="Invites parties to nominate:", point="By 31 March 2027, one expert on lamps")
    nomination = next(a for a in analyse(text).activities if "nominate" in a.label)
    assert (nomination.label, nomination.ends) == ("nominate one expert on lamps", "2027-03-31")


def test_points_below_a_welcome_are_the_events_welcomed(analyse: Analyse) -> None:
    point = "The training of officers in Lima from 6 to 10 October 2025, organized by WHO"
    training = only(analyse(ASKED.format(above="Welcomes the activities carried out:", point=point)).activities)
    assert (training.cls, training.begins, taking_part(training)) == ("Training", "2025-10-06", {"Organizer who"})


def test_items_that_begin_with_a_country(analyse: Analyse) -> None:
    above = "Nine projects were approved at the meeting, including the following:"
    item = "Benin and Togo: a unit for mercury ($249,000), executed by WHO"
    text = f"1. {above}\n\n(a) {item};\n\n(b) Rest: more.\n\n2. End.\n"
    project = next(a for a in analyse(text).activities if a.unit.endswith("point_a"))
    assert (project.cls, project.label) == ("Project", "Benin and Togo: a unit for mercury")
    assert taking_part(project) == {"Organizer who", "Beneficiary benin", "Beneficiary togo"}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("UNEP organized a project on lamps. Funded by Sweden and carried out jointly with WHO, it was long.",
         {"Organizer unep", "Funder sweden", "Partner who"}),
        ("UNEP trained officers in Lima at the request of the Government of Peru, which provided the premises.",
         {"Organizer unep", "Host peru"}),
        ("UNEP organized a project on lamps. WHO supports the project with 6,000 euros.",
         {"Organizer unep", "Partner who"}),
        ("WHO spoke of a course on lamps that UNEP had run in May 2024.", {"Organizer unep"}),
    ],
)  # fmt: skip
def test_what_else_tells_who_takes_part(paragraph: Paragraph, text: str, roles: set[str]) -> None:
    assert any(roles <= taking_part(activity) for activity in paragraph(text).activities)


def test_a_postponed_event_is_what_the_sentence_before_is_about(paragraph: Paragraph) -> None:
    text = "The workshop on lamps had been postponed. It eventually took place in Lima in June 2024, with Peru as host."
    workshop = only(paragraph(text).activities)
    assert (workshop.label, workshop.begins, taking_part(workshop)) == (
        "The workshop on lamps had been postponed", "2024-06", {"Host peru"},
    )  # fmt: skip


def test_it_is_what_was_told_last(paragraph: Paragraph) -> None:
    project = only(paragraph("UNEP organized a project on lamps. It was completed on 30 June 2026.").activities)
    assert (project.cls, project.ends) == ("Project", "2026-06-30")


@pytest.mark.parametrize(
    ("text", "label", "roles"),
    [
        ("The evaluation of the workshop, which UNIDO completed in May 2025, is long.",
         "The evaluation of the workshop", {"Organizer unido"}),
        ("UNDP completed a survey of stocks; a study by UNIDO in Ecuador is long.", "completed a survey of stocks",
         {"Organizer undp"}),
        ("The Secretariat reported that it continued to cooperate with WHO.", "cooperate with WHO",
         {"Partner minamata-secretariat", "Partner who"}),
        ("The member from UNIDO said that the area had concluded a study of plants in June 2025.",
         "concluded a study of plants in June 2025", set()),
        ("The representative of Uruguay announced that her Government, as host, would hold a meeting in May 2025.",
         "hold a meeting in May 2025", {"Organizer uruguay"}),
        ("UNDP collected 640 kilograms of lamps.", "collected 640 kilograms of lamps", {"Organizer undp"}),
    ],
)  # fmt: skip
def test_who_does_what_in_a_clause(paragraph: Paragraph, text: str, label: str, roles: set[str]) -> None:
    activity = next(a for a in paragraph(text).activities if a.label == label)
    assert taking_part(activity) == roles


def test_its_meeting_is_that_of_whom_the_sentence_is_about(paragraph: Paragraph) -> None:
    meeting = only(paragraph("The Bureau, at its meeting on 3 December 2026, welcomed the plan.").activities)
    assert taking_part(meeting) == {"Organizer minamata-bureau"}


def test_a_hosted_meeting_is_the_meeting(paragraph: Paragraph) -> None:
    text = "The seventh meeting of the Conference of the Parties was hosted by Peru in Lima from 3 to 5 May 2027."
    meeting = next(a for a in paragraph(text).activities if a.slug)
    assert (meeting.slug, meeting.begins) == ("meeting/minamata-cop-7", "2027-05-03")


@pytest.mark.parametrize("above", ["The secretariat intends:", "Resources permitting, the secretariat intends to:"])
def test_what_somebody_intends(analyse: Analyse, above: str) -> None:
    point = "To hold with WHO, in May 2028, a workshop on lamps"
    point = point if above.endswith("intends:") else point.replace("To hold", "Hold")
    analysis = analyse(f"1. {above}\n\n(a) {point};\n\n(b) Rest.\n\n2. End.\n", **MINAMATA)
    workshop = next(a for a in analysis.activities if a.cls == "Workshop")
    assert taking_part(workshop) == {"Organizer minamata-secretariat", "Partner who"}
    assert workshop.begins == "2028-05"


def test_what_is_organized_jointly_is_organized_by_the_author_too(analyse: Analyse) -> None:
    text = "1. Activities organized jointly with WHO in 2026 included:\n\n(a) A workshop in May 2026;\n\n(b) Rest.\n"
    workshop = next(a for a in analyse(f"{text}\n2. End.\n", publisher="unitar").activities if a.cls == "Workshop")
    assert taking_part(workshop) == {"Partner who"}
    workshop = next(a for a in analyse(f"{text}\n2. End.\n", **MINAMATA).activities if a.cls == "Workshop")
    assert taking_part(workshop) == {"Organizer minamata-secretariat", "Partner who"}


def test_objects_of_a_verb_with_an_aside(analyse: Analyse) -> None:
    text = ASKED.format(
        above="Requests the secretariat to prepare, in consultation with WHO:", point="A joint plan of work"
    )
    plan = next(a for a in analyse(text).activities if "joint plan" in a.label)
    assert (plan.label, taking_part(plan)) == (
        "prepare A joint plan of work", {"Organizer minamata-secretariat", "Partner who"},
    )  # fmt: skip
