"""Persons, and the role, body and country in which a text names them."""

import pytest
from places import Analyse, Paragraph, Place

from loaders.memberships import Membership


def persons(place: Place) -> list[str]:
    return [words for words, _, _ in place.named("person/")]


def memberships(place: Place) -> list[Membership]:
    return [m for m in place.analysis.memberships if m.unit == place.unit.path]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The session was opened by Mr. Peter Example.", ["Peter Example"]),
        ("Ms. Anna Maria de la Cruz spoke.", ["Anna Maria de la Cruz"]),
        ("Ms. Claudia ten Have and Mr. Otto zu Berg spoke.", ["Claudia ten Have", "Otto zu Berg"]),
        ("H.E. Mr. José Ñáñez spoke.", ["José Ñáñez"]),
        ("It was led by Peter Example (Norway).", ["Peter Example"]),
        ("Write to Peter Example (peter.example@example.org).", ["Peter Example"]),
        ("Monika Stankiewicz opened the meeting.", ["Monika Stankiewicz"]),
        ("The Global Mercury Partnership (UNEP) met.", []),
        pytest.param(
            "Lake Victoria (Kenya) is wide.",
            [],
            marks=pytest.mark.xfail(strict=True, reason="a place with its State looks like a person with his"),
        ),
        ("Nobody came.", []),
    ],
)
def test_persons_of_a_text(paragraph: Paragraph, text: str, names: list[str]) -> None:
    assert persons(paragraph(text)) == names


BOARD = "org/gef-council"
GROUP = "org/gmp-advisory-group"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The GEF Council, co-chaired by Ms. Ann Doe (Peru) and Mr. Bo Roe (Togo), met.",
         [("ann-doe", BOARD, "Co-chair"), ("bo-roe", BOARD, "Co-chair")]),
        ("The co-chairs of the GEF Council, Ms. Ann Doe (Peru) and Mr. Bo Roe, of UNEP, met.",
         [("ann-doe", BOARD, "Co-chair"), ("bo-roe", BOARD, "Co-chair"), ("bo-roe", "org/unep", "")]),
        ("Ms. Ann Doe, of the Ministry of Health of Peru, was elected Chair of the Partnership Advisory Group.",
         [("ann-doe", GROUP, "Chair"), ("ann-doe", "org/ministry-of-health-of-peru", "")]),
        ("Ms. Ann Doe (Peru) and Mr. Bo Roe (Togo) served as co-chairs of the Partnership Advisory Group.",
         [("ann-doe", GROUP, "Co-chair"), ("bo-roe", GROUP, "Co-chair")]),
        ("UNEP was advised by a group of ten experts, with Ms. Ann Doe (Peru) as Chair.", []),
        ("The Executive Secretary of the Basel, Rotterdam and Stockholm conventions, Ms. Ann Doe, spoke.",
         [("ann-doe", "org/brs-secretariat", "Executive Secretary")]),
    ],
)  # fmt: skip
def test_who_presides_over_what(paragraph: Paragraph, text: str, found: list[tuple[str, str, str]]) -> None:
    told = [(m.person.path.removeprefix("person/"), m.organization, m.role) for m in memberships(paragraph(text))]
    assert told == found


@pytest.mark.parametrize(
    "text",
    [
        "The Executive Secretary, Ms. Anna Example, spoke.",
        "The Executive Secretary of the Minamata Convention, Ms. Anna Example, and Mr. Bo Other of WHO spoke.",
    ],
)
def test_an_executive_secretary_is_of_the_secretariat(paragraph: Paragraph, text: str) -> None:
    assert memberships(paragraph(text))[0].organization == "org/minamata-secretariat"


def test_a_known_person_is_the_one_of_the_registry(paragraph: Paragraph) -> None:
    assert paragraph("Monika Stankiewicz spoke.").paths("person/") == ["person/monika-stankiewicz"]


def test_an_unknown_person_is_described(paragraph: Paragraph) -> None:
    (mention,) = [m for m in paragraph("Ms. Zoë Ünknown spoke.").mentions if m.things[0].path.startswith("person/")]
    thing = mention.things[0]
    assert (thing.path, thing.cls, thing.label) == ("person/zoe-unknown", "Person", "Zoë Ünknown")


@pytest.mark.parametrize(
    ("text", "organization", "role", "country"),
    [
        (
            "Mr. Peter Example, Chair of the Implementation and Compliance Committee, spoke.",
            "org/minamata-icc",
            "Chair",
            "",
        ),
        (
            "The Bureau of the Conference of the Parties was led by its President, Ms. Anna Example.",
            "org/minamata-bureau",
            "President",
            "",
        ),
        (
            "UNEP wrote to the Chair of the Implementation and Compliance Committee, Ms. Anna Example, in May.",
            "org/minamata-icc",
            "Chair",
            "",
        ),
        (
            "The members of the Implementation and Compliance Committee are Peter Example (Norway).",
            "org/minamata-icc",
            "Member",
            "org/norway",
        ),
    ],
)
def test_the_membership_of_a_person(
    paragraph: Paragraph, text: str, organization: str, role: str, country: str
) -> None:
    (membership,) = memberships(paragraph(text))
    assert (membership.organization, membership.role, membership.country) == (organization, role, country)


@pytest.mark.parametrize(
    "text",
    [
        "The Global Mercury Partnership Advisory Group met. Ms. Anna Example (World Bank) was elected Co-Chair.",
        "The Global Mercury Partnership Advisory Group met with WHO. It was attended by UNIDO. Ms. Anna Example (World "
        "Bank) was elected Co-Chair.",
        "The Global Mercury Partnership Advisory Group, co-chaired by Ms. Anna Example (World Bank), met in May.",
        "The Global Mercury Partnership Advisory Group met. It was co-chaired by Ms. Anna Example (World Bank).",
        "The Global Mercury Partnership Advisory Group met in May. The group, co-chaired by Ms. Anna Example (World "
        "Bank), adopted its programme.",
    ],
)
def test_who_presides_is_of_two_bodies(paragraph: Paragraph, text: str) -> None:
    found = [(m.organization, m.role) for m in memberships(paragraph(text))]
    assert found == [("org/gmp-advisory-group", "Co-chair"), ("org/world-bank", "")]


@pytest.mark.parametrize(
    "text",
    [
        "The secretariat set up a drafting group, chaired by Ms. Anna Example.",
        "The secretariat opened the meeting with Ms. Anna Example, gender focal point of Peru.",
        "Ms. Anna Example (Peru) was prevented from attending and had so informed the secretariat.",
        "From African States: Ms. Anna Example (Ghana).",
    ],
)
def test_who_is_not_of_the_body_named_beside(paragraph: Paragraph, text: str) -> None:
    assert memberships(paragraph(text)) == []


def test_each_person_has_the_title_that_follows_the_name(paragraph: Paragraph) -> None:
    place = paragraph(
        "Remarks were made by Ms. Anna Example, Senior Officer of the World Health Organization, Mr. Peter Example "
        "(Norway), Chair of the Implementation and Compliance Committee, and Ms. Jane Example, Head of UNEP."
    )
    said = {m.person.path: (m.organization, m.role) for m in memberships(place)}
    assert said == {
        "person/anna-example": ("org/who", "Officer"),
        "person/peter-example": ("org/minamata-icc", "Chair"),
        "person/jane-example": ("org/unep", "Head"),
    }


def test_the_title_of_one_person_is_not_that_of_the_next(paragraph: Paragraph) -> None:
    place = paragraph(
        "Mr. Peter Example, Executive Director of UNEP, thanked WHO, and paid tribute to Ms. Anna Example, who had "
        "chaired the Implementation and Compliance Committee."
    )
    said = {m.person.path: (m.organization, m.role) for m in memberships(place)}
    assert said["person/anna-example"] == ("org/minamata-icc", "Chair")


def test_each_person_has_the_title_that_leads_to_the_name(paragraph: Paragraph) -> None:
    place = paragraph(
        "Messages came from the Executive Director of UNEP, Ms. Anna Example, and from the President of the Conference "
        "of the Parties to the Minamata Convention, Mr. Peter Example."
    )
    said = {m.person.path: (m.organization, m.role) for m in memberships(place)}
    assert said == {
        "person/anna-example": ("org/unep", "Executive Director"),
        "person/peter-example": ("org/minamata-cop", "President"),
    }


def test_a_conference_of_the_parties_has_no_co_chairs(paragraph: Paragraph) -> None:
    text = "The board was confirmed by the Conference of the Parties. Mr. Peter Example was elected Co-Chair."
    assert memberships(paragraph(text)) == []


def test_each_person_of_a_list_is_a_member(paragraph: Paragraph) -> None:
    place = paragraph(
        "The members of the Implementation and Compliance Committee were Anna Example (Peru), Ben Example (Ghana) and "
        "Carla Example (Japan)."
    )
    found = [(m.person.label, m.organization, m.country) for m in memberships(place)]
    assert found == [
        ("Anna Example", "org/minamata-icc", "org/peru"),
        ("Ben Example", "org/minamata-icc", "org/ghana"),
        ("Carla Example", "org/minamata-icc", "org/japan"),
    ]


def test_who_signs_a_letter_belongs_to_its_publisher(analyse: Analyse) -> None:
    letter = "Geneva\n\nDear Chair,\n\nThank you.\n\nYours sincerely,\n\nJane Example\n\nExecutive Secretary\n"
    (membership,) = analyse(letter, publisher="minamata-secretariat").memberships
    assert membership.person.label == "Jane Example"
    assert (membership.organization, membership.role) == ("org/minamata-secretariat", "Executive Secretary")


def test_whom_a_letter_gives_as_contact_is_of_its_sender_unless_said(analyse: Analyse) -> None:
    letter = (
        "Geneva\n\nDear Chair,\n\nFor WHO, contact Ms. Anna Example (anna@example.org). Nominations go to Mr. Bo "
        "Example of UNIDO (bo@example.org).\n\nYours sincerely,\n\nJane Example\nExecutive Secretary\nTo: UNEP\n"
    )
    found = analyse(letter, publisher="minamata-secretariat", kind="Letter").memberships
    assert {m.person.label: m.organization for m in found} == {
        "Anna Example": "org/minamata-secretariat",
        "Bo Example": "org/unido",
        "Jane Example": "org/minamata-secretariat",
    }


def test_an_office_before_an_address_is_no_person(paragraph: Paragraph) -> None:
    assert paragraph("Write to the Scientific Officer (science@example.org).").paths("person/") == []


def test_who_is_named_again_by_the_end_of_a_name_is_the_same(analyse: Analyse) -> None:
    analysis = analyse("1. Ms. Anna Maria Example Doe spoke.\n\n2. Ms. Example Doe thanked Mr. Bo Other.\n")
    found = [m.things[0].path for m in analysis.mentions["para_2"] if m.things[0].path.startswith("person/")]
    assert found == ["person/anna-maria-example-doe", "person/bo-other"]


def test_the_members_announced_above_are_of_the_body_and_not_of_their_group(analyse: Analyse) -> None:
    text = (
        "1. The following are members of the Implementation and Compliance Committee:\n\n"
        "(a) From African States: Ms. Anna Example (Ghana);\n"
    )
    (membership,) = analyse(text, meeting="minamata-cop-5", publisher="minamata-secretariat").memberships
    assert (membership.organization, membership.country) == ("org/minamata-icc", "org/ghana")
