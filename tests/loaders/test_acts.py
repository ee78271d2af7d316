"""Every verb of the data, addressees, conditions and deadlines; acts that a report tells of."""

import pytest
from places import Analyse, Paragraph, Place

from loaders.acts import Verb, load_verbs

VERBS = load_verbs()


def acts(place: Place) -> list[tuple[str, str]]:
    return [(act.type, act.verb_phrase) for act in place.acts]


# ---- forms --------------------------------------------------------------------------------------------------------


def test_every_verb_has_a_form() -> None:
    assert all(verb.present or verb.past or verb.gerund for verb in VERBS)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.present], ids=lambda verb: verb.type)
def test_the_present_forms_open_an_operative_paragraph(operative: Paragraph, verb: Verb) -> None:
    for form in verb.present:
        rest = "the secretariat to tell it" if verb.addressee else "the matter"
        for adverb in ("", "Also ", "Further "):
            phrase = adverb + (form if not adverb else form[0].lower() + form[1:])
            assert acts(operative(f"{phrase} {rest}.")) == [(verb.type, phrase)]


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.gerund], ids=lambda verb: verb.type)
def test_the_gerunds_open_a_preambular_paragraph(analyse: Analyse, verb: Verb) -> None:
    for form in verb.gerund:
        text = f"MC-5/99: Test\n\nThe Conference of the Parties,\n\n{form} the matter,\n\n1. Agrees.\n"
        analysis = analyse(text, meeting="minamata-cop-5")
        found = analysis.acts["decision_1/pre_1"]
        assert [(act.type, act.verb_phrase, act.issuer) for act in found] == [(verb.type, form, "org/minamata-cop")]


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.past], ids=lambda verb: verb.type)
def test_the_past_forms_tell_of_an_act(paragraph: Paragraph, verb: Verb) -> None:
    for form in verb.past:
        rest = "the secretariat to tell it" if verb.addressee else "the matter"
        place = paragraph(f"At its third meeting, the Conference of the Parties {form} {rest}.")
        assert [(a.type, a.issuer) for a in place.acts] == [(verb.type, "org/minamata-cop")]


# ---- several verbs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Requests the secretariat to collect, compile and publish data.", ["request"]),
        (
            "Takes note of the report, welcomes the progress and requests the secretariat to continue.",
            ["take-note", "welcome", "request"],
        ),
        ("[Invites] [Requests] parties to report.", ["invite", "request"]),
        ("To request the secretariat to report.", ["request"]),
        ("URGES parties to report.", ["urge"]),
        ("Encourages parties to report, and invites others to do so.", ["encourage", "invite"]),
        ("Requests the body that welcomes guests to report.", ["request"]),
        ("The group meets twice a year.", []),
    ],
)
def test_one_act_for_every_performative_verb(operative: Paragraph, text: str, types: list[str]) -> None:
    assert [act.type for act in operative(text).acts] == types


# ---- whom ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Requests the secretariat to report.", "org/minamata-secretariat"),
        ("Invites the Global Environment Facility to report.", "org/gef"),
        ("Requests parties to report.", "org/minamata-parties"),
        ("Urges all parties to report.", "org/minamata-parties"),
        ("Calls upon parties in a position to do so to contribute.", "org/parties-in-a-position-to-do-so"),
        ("Encourages parties and other stakeholders to report.", "org/parties-and-other-stakeholders"),
        ("Invites Governments to report.", "org/governments"),
        ("Invites developing-country parties to report.", "org/developing-country-parties"),
        ("Requests the Executive Secretary to report.", "org/minamata-secretariat"),
        ("Invites the Secretary-General to report.", "org/un-secretariat"),
        ("Requests the Director-General of the World Health Organization to report.", "org/who"),
        ("Requests that the work be done, subject to funding.", "org/those-whom-it-concerns"),
        ("Requests that the actions of the secretariat be undertaken.", "org/minamata-secretariat"),
        ("Decides to return to the matter.", None),
        ("Welcomes the work of the secretariat.", None),
    ],
)
def test_whom_a_verb_addresses(operative: Paragraph, text: str, path: str | None) -> None:
    (act,) = operative(text).acts
    assert (act.addressees[0].path if act.addressees else None) == path


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("Invites parties and the Global Environment Facility to report.", ["org/minamata-parties", "org/gef"]),
        ("Encourages industry, as well as WHO and UNDP, to report.", ["org/industry", "org/who", "org/undp"]),
        (
            "Invites parties in a position to do so, and WHO, to report.",
            ["org/parties-in-a-position-to-do-so", "org/who"],
        ),
    ],
)
def test_a_group_and_organizations_are_addressed_together(
    operative: Paragraph, text: str, addressees: list[str]
) -> None:
    (act,) = operative(text).acts
    assert [thing.path for thing in act.addressees] == addressees


def test_those_invited_in_the_passive_are_a_list(paragraph: Paragraph) -> None:
    (act,) = paragraph("UNEP and the World Health Organization are invited to report.").acts
    assert [thing.path for thing in act.addressees] == ["org/unep", "org/who"]


def test_what_is_due_behind_a_date_and_at_a_meeting(operative: Paragraph) -> None:
    text = "Requests the secretariat to assess needs by 30 June 2026, and to report on it at its sixth meeting."
    (act,) = operative(text).acts
    assert (act.due_date, [meeting for _, meeting, _ in act.also_due]) == (
        "2026-06-30",
        ["meeting/minamata-cop-6"],
    )


def test_they_are_those_addressed_before(operative: Paragraph) -> None:
    acts = operative("Encourages parties to report and invites them to share data.").acts
    assert [[thing.path for thing in act.addressees] for act in acts] == [["org/minamata-parties"]] * 2


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (
            "The Conference of the Parties invited UNEP to report and requested it to share data.",
            ["org/unep", "org/unep"],
        ),
        ("Parties are therefore invited:", ["org/minamata-parties"]),
        ("Parties are accordingly invited to report.", ["org/minamata-parties"]),
        ("In decision MC-5/12 it requested the secretariat to report.", ["org/minamata-secretariat"]),
        (
            "The Conference of the Parties to the Rotterdam Convention requested its secretariat to report.",
            ["org/rotterdam-secretariat"],
        ),
    ],
)
def test_whom_a_report_says_was_asked(paragraph: Paragraph, text: str, paths: list[str]) -> None:
    assert [thing.path for act in paragraph(text).acts for thing in act.addressees] == paths


def test_options_in_brackets_address_the_same(operative: Paragraph) -> None:
    acts = operative("[Encourages][Urges] parties to report.").acts
    assert [[thing.path for thing in act.addressees] for act in acts] == [["org/minamata-parties"]] * 2


@pytest.mark.parametrize(
    "group", ["parties in a position to do so", "parties that have not yet done so", "parties that have sent no report"]
)
def test_a_group_of_parties_is_a_party_group(operative: Paragraph, group: str) -> None:
    (act,) = operative(f"Calls upon {group} to contribute.").acts
    assert (act.addressees[0].cls, act.addressees[0].label) == ("PartyGroup", group)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (
            "Expresses its appreciation to the Governments of Norway and Peru for their support.",
            ["org/norway", "org/peru"],
        ),
        ("Thanks Norway for its support;", ["org/norway"]),
        ("Expresses its appreciation of the work done by UNEP.", []),
    ],
)
def test_who_is_thanked_is_asked_for_nothing(operative: Paragraph, text: str, paths: list[str]) -> None:
    place = operative(text)
    (act,) = place.acts
    assert [thing.path for thing in act.addressees] == paths
    assert [activity.rule for activity in place.activities if activity.rule == "asked for"] == []


# ---- condition and deadline ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Requests the secretariat, subject to the availability of resources, to report.",
            "subject to the availability of resources",
        ),
        ("Requests the secretariat, within available resources, to report.", "within available resources"),
        ("Requests the secretariat to assist parties upon request.", "upon request"),
        ("Invites parties, as appropriate, to report.", "as appropriate"),
        (
            "Requests the secretariat, subject to the availability of resources:",
            "subject to the availability of resources",
        ),
        ("Requests the secretariat to report.", ""),
    ],
)
def test_the_condition_of_an_act(operative: Paragraph, text: str, condition: str) -> None:
    assert operative(text).acts[0].condition == condition


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Invites parties to report by 30 June 2024.", ("2024-06-30", "")),
        ("Invites parties to report, no later than 1 March 2025, on waste.", ("2025-03-01", "")),
        ("Requests the secretariat to report by the end of June 2024.", ("2024-06", "")),
        (
            "Requests the secretariat to report to the Conference of the Parties at its sixth meeting.",
            ("", "meeting/minamata-cop-6"),
        ),
        ("Requests the secretariat to report by COP-6.", ("", "meeting/minamata-cop-6")),
        ("Welcomes the meeting held on 30 June 2024.", ("", "")),
        ("Recalls the third meeting of the Conference of the Parties.", ("", "")),
    ],
)
def test_when_it_is_due(operative: Paragraph, text: str, due: tuple[str, str]) -> None:
    act = operative(text).acts[0]
    assert (act.due_date, act.due_meeting) == due


def test_the_meeting_that_a_point_names_is_that_of_what_it_asks_for(analyse: Analyse) -> None:
    text = (
        "MC-5/99: Test\n\nThe Conference of the Parties\n\n1. Requests the secretariat:\n\n"
        "(a) To write by 1 May 2024;\n\n(b) To report to the Conference of the Parties at its sixth meeting.\n"
    )
    analysis = analyse(text, meeting="minamata-cop-5")
    assert [act.due_meeting for act in analysis.acts["decision_1/op_1"]] == [""]
    assert [(activity.ends, activity.due[1:]) for activity in analysis.activities] == [
        ("2024-05-01", ("", "")),
        ("", ("meeting/minamata-cop-6", "at its sixth meeting")),
    ]


def test_a_meeting_that_is_prepared(operative: Paragraph) -> None:
    act = operative("Requests the secretariat to report in preparation for its sixth meeting.").acts[0]
    assert act.due_meeting == "meeting/minamata-cop-6"


def test_a_meeting_without_a_number_keeps_its_words(operative: Paragraph) -> None:
    act = operative("Requests the secretariat to report at its next meeting.").acts[0]
    assert (act.due_date, act.due_meeting, act.due_text) == ("", "", "at its next meeting")


# ---- reported acts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("COP-3 requested the secretariat to report.", [("request", "org/minamata-cop", "org/minamata-secretariat")]),
        (
            "In decision MC-3/11, the Conference of the Parties requested the secretariat to report.",
            [("request", "org/minamata-cop", "org/minamata-secretariat")],
        ),
        (
            "The Conference of the Parties emphasized its value and requested the secretariat to report.",
            [("emphasize", "org/minamata-cop", None), ("request", "org/minamata-cop", "org/minamata-secretariat")],
        ),
        (
            "At its fifth meeting, the Conference of the Parties extended it and requested the secretariat to go.",
            [("request", "org/minamata-cop", "org/minamata-secretariat")],
        ),
        ("COP-3 asked the secretariat to report.", [("request", "org/minamata-cop", "org/minamata-secretariat")]),
        (
            "In May, the Conference of the Parties met to review the plan and agreed to go.",
            [("agree", "org/minamata-cop", None)],
        ),
        ("UNEP was thanked by the Conference of the Parties for its work and requested a pause.", []),
        ("In decision MC-3/11, the Parties called for cooperation.", [("call-for", "org/minamata-cop", None)]),
        ("The Global Mercury Partnership is invited to share data.", [("invite", "", "org/gmp")]),
        ("The secretariat was also requested to share data.", [("request", "", "org/minamata-secretariat")]),
        ("Parties and observers are invited to share data.", [("invite", "", "org/parties-and-observers")]),
        (
            "The Conference of the Parties met. In decision MC-4/8, it requested the secretariat to report.",
            [("request", "org/minamata-cop", "org/minamata-secretariat")],
        ),
        (
            "The World Health Assembly, in its resolution WHA67.11, urged countries to report.",
            [("urge", "org/wha", "org/countries")],
        ),
        (
            "COP-4 considered the note and, by its decision MC-4/8, requested the secretariat to report.",
            [("request", "org/minamata-cop", "org/minamata-secretariat")],
        ),
        (
            "The United Nations Environment Assembly at its sixth session requested the secretariat to report.",
            [("request", "org/unea", "org/minamata-secretariat")],
        ),
        (
            "The President of the fourth meeting of the Conference of the Parties to the Minamata Convention "
            "was invited to report.",
            [],
        ),
        (
            "By decision BC-15/4, Parties requested the Global Environment Facility to report.",
            [("request", "org/basel-cop", "org/gef")],
        ),
        (
            "We request the Executive Director to report, and invite the Global Environment Facility to help.",
            [("request", "org/minamata-cop", "org/unep"), ("invite", "org/minamata-cop", "org/gef")],
        ),
        (
            "The General Assembly, in its resolution 77/161 of 14 December 2022, invited States to report.",
            [("invite", "org/general-assembly", "org/states")],
        ),
        (
            "The United Nations Environment Assembly met. In its decision 5/3, that Assembly requested UNEP to report.",
            [("request", "org/unea", "org/unep")],
        ),
        (
            "Parties that have not replied to the secretariat are invited to report.",
            [("invite", "", "org/minamata-parties")],
        ),
        (
            "Decision MC-4/3 requests the secretariat to report.",
            [("request", "org/minamata-cop", "org/minamata-secretariat")],
        ),
        (
            "Decision MC-4/3, on trade, also invites the Global Environment Facility to report.",
            [("invite", "org/minamata-cop", "org/gef")],
        ),
        ("Decision MC-4/3 is old. The same decision urges UNEP to report.", [("urge", "org/minamata-cop", "org/unep")]),
        ("I therefore invite UNEP to report.", [("invite", "", "org/unep")]),
        ("I would ask you to report.", [("request", "", None)]),
        ("The secretariat asked UNEP to report by May.", [("request", "org/minamata-secretariat", "org/unep")]),
        ("The secretariat welcomed the visitors.", []),
        ("The project requested more time.", []),
        ("The Conference of the Parties may wish to adopt a decision.", []),
    ],
)
def test_acts_that_a_report_tells(paragraph: Paragraph, text: str, told: list[tuple[str, str, str | None]]) -> None:
    found = [(a.type, a.issuer, a.addressees[0].path if a.addressees else None) for a in paragraph(text).acts]
    assert found == told


def test_a_reported_act_knows_its_decision(paragraph: Paragraph) -> None:
    (act,) = paragraph("In decision MC-3/11, the Conference of the Parties requested the secretariat to report.").acts
    assert act.decision == "decision/MC-3-11"
    assert act.verb_phrase == "requested"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The study called for in decision MC-5/12 was new.", ("call-for", "decision/MC-5-12")),
        ("A survey requested by the Conference of the Parties in paragraph 3 of decision MC-5/12 was new.",
         ("request", "decision/MC-5-12")),
    ],
)  # fmt: skip
def test_what_a_decision_wants_is_told_beside_the_thing(paragraph: Paragraph, text: str, act: tuple[str, str]) -> None:
    (told,) = paragraph(text).acts
    assert (told.type, told.decision) == act
    assert (told.issuer, told.addressees) == ("org/minamata-cop", ())


def test_the_head_of_a_secretariat_asks_for_it(paragraph: Paragraph) -> None:
    (act,) = paragraph("In May, the Executive Secretary invited parties to nominate experts.").acts
    assert (act.type, act.issuer) == ("invite", "org/minamata-secretariat")


def test_a_second_verb_may_have_its_own_auxiliary(paragraph: Paragraph) -> None:
    text = "The Conference of the Parties had called upon parties to report and had invited UNEP to study trade."
    assert [act.type for act in paragraph(text).acts] == ["call-upon", "invite"]


def test_it_stands_for_the_body_before(paragraph: Paragraph) -> None:
    place = paragraph(
        "The Conference of the Parties adopted decision MC-3/9, in which it requested the secretariat to report."
    )
    assert [act.type for act in place.acts] == ["adopt", "request"]


COMMITTEE = """\
1. The Committee met.

2. Following the discussion, {head}

(a) Took note of the report;

(b) Requested the secretariat to send reminders by 31 May 2025, and agreed to return to the matter;

(c) The secretariat requested time.
"""


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("the Conference of the Parties:", ["take-note"], ["request", "agree"]),
        ("the Conference of the Parties also:", ["take-note"], ["request", "agree"]),
        ("the Conference of the Parties, on the proposal of the President:", ["take-note"], ["request", "agree"]),
        ("the secretariat:", [], []),
        ("the Conference of the Parties heard speakers, who:", [], []),
    ],
)
def test_points_tell_the_acts_of_the_body_above_them(
    analyse: Analyse, head: str, first: list[str], second: list[str]
) -> None:
    acts = analyse(COMMITTEE.replace("{head}", head), meeting="minamata-cop-5").acts
    told = {path: [act.type for act in found] for path, found in acts.items()}
    assert [told.get(f"para_2/point_{letter}", []) for letter in "abc"] == [first, second, []]
    assert all(act.issuer == "org/minamata-cop" for found in acts.values() for act in found)
