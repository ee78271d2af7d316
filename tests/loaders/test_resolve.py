"""What bare forms mean: by the document, its section, its sentence; and what stays open."""

import pytest
from places import Analyse, Paragraph

BASEL = {"meeting": "basel-cop-13", "publisher": "basel-secretariat"}
UNEP = {"publisher": "unep"}
OZONE = {"meeting": "ozone-mop-34", "publisher": "ozone-secretariat"}


# ---- the document's own treaty, secretariat and COP ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("meeting", "words", "path"),
    [
        ("minamata-cop-5", "the Convention", "treaty/minamata"),
        ("minamata-cop-5", "the secretariat", "org/minamata-secretariat"),
        ("minamata-cop-5", "the Conference of the Parties", "org/minamata-cop"),
        ("minamata-cop-5", "article 14", "treaty/minamata/art_14"),
        ("basel-cop-13", "the Convention", "treaty/basel"),
        ("basel-cop-13", "the Secretariat", "org/basel-secretariat"),
        ("basel-cop-13", "the Open-ended Working Group", "org/basel-oewg"),
        ("basel-cop-13", "article 14", "treaty/basel/art_14"),
        ("basel-cop-13", "Annex VIII", "treaty/basel/annex_VIII"),
        ("stockholm-cop-9", "the Convention", "treaty/stockholm"),
        ("stockholm-cop-9", "Annex A", "treaty/stockholm/annex_A"),
        ("rotterdam-cop-9", "Annex III", "treaty/rotterdam/annex_III"),
        ("cbd-cop-15", "the Conference of the Parties", "org/cbd-cop"),
        ("ozone-mop-35", "the Protocol", "treaty/montreal"),
        ("ozone-mop-35", "article 7", "treaty/montreal/art_7"),
    ],
)
def test_a_bare_form_belongs_to_the_document(paragraph: Paragraph, meeting: str, words: str, path: str) -> None:
    place = paragraph(f"Much was said about {words} last year.", meeting=meeting)
    assert (words, path, "Implicit") in place.named()


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("article 14 of the Minamata Convention", ["treaty/minamata/art_14", "treaty/minamata"]),
        ("article 4 of the Stockholm Convention", ["treaty/stockholm/art_4", "treaty/stockholm"]),
        (
            "articles 4 and 5 of the Stockholm Convention",
            ["treaty/stockholm/art_4", "treaty/stockholm/art_5", "treaty/stockholm"],
        ),
        ("Annex III to the Rotterdam Convention", ["treaty/rotterdam/annex_III", "treaty/rotterdam"]),
    ],
)
def test_a_provision_belongs_to_the_treaty_named_behind_it(paragraph: Paragraph, words: str, paths: list[str]) -> None:
    place = paragraph(f"It was done under {words}.", **BASEL)
    assert place.paths("treaty/") == paths
    assert {resolution for _, path, resolution in place.named("treaty/") if path == paths[0]} == {"Explicit"}


def test_a_provision_that_the_own_treaty_lacks_is_of_the_one_named_before(paragraph: Paragraph) -> None:
    assert paragraph("The Stockholm Convention has criteria in Annex F.").paths("treaty/") == [
        "treaty/stockholm",
        "treaty/stockholm/annex_F",
    ]


def test_a_provision_that_the_treaty_lacks_is_not_cited(paragraph: Paragraph) -> None:
    place = paragraph("It was done under article 99.")
    assert place.paths("treaty/") == []
    assert ("2", "article 99") in place.analysis.unresolved


def test_a_bare_paragraph_is_of_the_article_cited_before(paragraph: Paragraph) -> None:
    place = paragraph("Paragraph 4 of article 14 speaks of needs. Paragraph 5 calls upon the body to recommend more.")
    assert place.paths("treaty/") == ["treaty/minamata/art_14/para_4", "treaty/minamata/art_14/para_5"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Article 13 defines a mechanism. Paragraph 6 of the article names two.", ["art_13", "art_13/para_6"]),
        ("Under article 21, as paragraphs 1 and 2 of that article say,", ["art_21", "art_21/para_1", "art_21/para_2"]),
        ("Recalling article 21, in particular its paragraphs 1 and 2,", ["art_21", "art_21/para_1", "art_21/para_2"]),
        ("Paragraph 6 of the article names two entities.", []),
        ("Article 13 and paragraph 6 of the decision", ["art_13"]),
    ],
)
def test_paragraphs_of_that_article_are_of_the_one_cited_before(
    paragraph: Paragraph, text: str, paths: list[str]
) -> None:
    assert paragraph(text).paths("treaty/") == [f"treaty/minamata/{path}" for path in paths]


# ---- secretariats -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("the secretariat of the Basel Convention met", ["org/basel-secretariat"]),
        ("the Basel Convention secretariat met", ["org/basel-secretariat"]),
        ("the BRS Secretariat met", ["org/brs-secretariat"]),
        ("the secretariat of the Basel, Rotterdam and Stockholm conventions met", ["org/brs-secretariat"]),
        ("Secretariat staff met", ["org/minamata-secretariat"]),
        ("the Global Mercury Partnership and its members agreed. The Partnership met", ["org/gmp"]),
        (
            "the secretariat and the BRS Secretariat agreed. Both secretariats met",
            ["org/minamata-secretariat", "org/brs-secretariat"],
        ),
    ],
)
def test_which_secretariat(paragraph: Paragraph, text: str, paths: list[str]) -> None:
    assert paragraph(f"In May {text}.").paths("org/") == paths


def test_both_secretariats_are_two_mentions_of_one_place(paragraph: Paragraph) -> None:
    place = paragraph("Both secretariats met.", before="The secretariat wrote to the BRS Secretariat.")
    assert place.named("org/") == [
        ("Both secretariats", "org/minamata-secretariat", "Implicit"),
        ("Both secretariats", "org/brs-secretariat", "Implicit"),
    ]


# ---- meetings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("At its second meeting, the Conference of the Parties agreed.", ["meeting/minamata-cop-2"]),
        ("The Conference of the Parties agreed at its second meeting.", ["meeting/minamata-cop-2"]),
        ("It goes back to the second meeting of the Conference of the Parties.", ["meeting/minamata-cop-2"]),
        (
            "The third and fourth meetings of the Conference of the Parties were long.",
            ["meeting/minamata-cop-3", "meeting/minamata-cop-4"],
        ),
        ("It goes back to the fourteenth meeting of the Chemical Review Committee.", ["meeting/crc-14"]),
        ("The Persistent Organic Pollutants Review Committee met for its fourteenth meeting.", ["meeting/poprc-14"]),
        ("It goes back to the fifth session of the United Nations Environment Assembly.", ["meeting/unea-5"]),
        ("It goes back to COP-4.", ["meeting/minamata-cop-4"]),
        ("It goes back to COP 4.", ["meeting/minamata-cop-4"]),
        ("It goes back to Basel Convention COP-15.", ["meeting/basel-cop-15"]),
        ("It goes back to UNEA-5.", ["meeting/unea-5"]),
        ("It goes back to PAG-13.", ["meeting/gmp-advisory-group-13"]),
        ("It goes back to POPRC-14.", ["meeting/poprc-14"]),
        ("It goes back to the sixtieth session of the Subsidiary Body for Implementation.", ["meeting/unfccc-sbi-60"]),
        ("It goes back to CITES CoP18.", ["meeting/cites-cop-18"]),
        (
            "The Chemical Review Committee, in cooperation with the Implementation and Compliance Committee, agreed at "
            "its fourteenth meeting.",
            ["meeting/crc-14"],
        ),
        (
            "The Meeting of the Parties to the Montreal Protocol met for its third extraordinary meeting.",
            ["meeting/ozone-mop-ex-3"],
        ),
    ],
)
def test_meetings_by_their_number(paragraph: Paragraph, text: str, paths: list[str]) -> None:
    assert paragraph(text).paths("meeting/") == paths


@pytest.mark.parametrize(
    ("short", "body"), [("COP-4", "org/minamata-cop"), ("PAG-13", "org/gmp-advisory-group"), ("UNEA-5", "org/unea")]
)
def test_a_short_meeting_names_its_body_too(paragraph: Paragraph, short: str, body: str) -> None:
    assert (short, body) in [(words, path) for words, path, _ in paragraph(f"It goes back to {short}.").named("org/")]


def test_the_meeting_of_the_parties_is_that_of_the_protocol(paragraph: Paragraph) -> None:
    place = paragraph("The Thirty-First Meeting of the Parties agreed.", **OZONE)
    assert place.paths("meeting/") == ["meeting/ozone-mop-31"]


def test_a_meeting_by_its_full_name_names_its_body_too(paragraph: Paragraph) -> None:
    place = paragraph("It goes back to the Thirty-fifth Meeting of the Parties to the Montreal Protocol.")
    assert place.paths() == ["meeting/ozone-mop-35", "org/ozone-mop"]


def test_a_symbol_tells_the_body_of_a_meeting_that_nobody_knows(paragraph: Paragraph) -> None:
    facts = {"symbol": "UNEP/POPS/POPRC.99/3", "publisher": "stockholm-secretariat"}
    place = paragraph("The Committee agreed at its ninety-ninth meeting.", **facts)
    assert place.paths() == ["org/poprc", "meeting/poprc-99"]


@pytest.mark.parametrize(
    "text",
    [
        "A session was organized by the WTO secretariat.",
        "UNEP provides secretariat support.",
        "It was sent through the secretariat of that organization.",
    ],
)
def test_the_secretariat_of_others_is_not_the_own(paragraph: Paragraph, text: str) -> None:
    assert "org/minamata-secretariat" not in paragraph(text).paths("org/")


def test_the_meeting_of_a_body_that_nobody_knows_is_not_of_the_conference(paragraph: Paragraph) -> None:
    assert paragraph("The task force on ponds held its sixth meeting.").paths("meeting/") == []


def test_a_foreign_organ_is_that_of_the_regime_beside_it(paragraph: Paragraph) -> None:
    text = "The Technology and Economic Assessment Panel will report to the Open-ended Working Group."
    assert paragraph(text).paths("org/") == ["org/montreal-teap", "org/montreal-oewg"]


def test_its_meeting_is_that_of_the_body_that_it_is(paragraph: Paragraph) -> None:
    place = paragraph("The Implementation and Compliance Committee met. It agreed on a report for its seventh meeting.")
    assert place.paths("meeting/") == ["meeting/minamata-icc-7"]


def test_its_meeting_in_a_decision_is_that_of_the_body(operative: Paragraph) -> None:
    assert operative("Decides to review the matter at its sixth meeting.").paths("meeting/") == [
        "meeting/minamata-cop-6"
    ]


# ---- decisions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "facts", "paths"),
    [
        ("its decision MC-5/12", {}, ["decision/MC-5-12"]),
        ("decision IX/10 of the Basel Convention", {}, ["decision/BC-IX-10"]),
        ("decision IX/10", BASEL, ["decision/BC-IX-10"]),
        ("resolution 5/7 of the United Nations Environment Assembly", {}, ["decision/UNEA-5-7"]),
        ("General Assembly resolution 73/333", {}, ["decision/UNGA-73-333"]),
        ("General Assembly resolution 2997 (XXVII)", {}, ["decision/UNGA-2997-XXVII"]),
        ("Governing Council decision 25/5", {}, ["decision/UNEP-GC-25-5"]),
        ("decision XIV/26 of the Convention on Biological Diversity", {}, ["decision/CBD-XIV-26"]),
        ("decision 1/CP.21", {}, ["decision/UNFCCC-1-CP.21"]),
        (
            "decisions XII/19, XIII/3 and 14/5 of the Convention on Biological Diversity",
            {},
            ["decision/CBD-XII-19", "decision/CBD-XIII-3", "decision/CBD-14-5"],
        ),
        (
            "resolutions 2997 (XXVII) of 15 December 1972 and 67/213 of the General Assembly",
            {},
            ["decision/UNGA-2997-XXVII", "decision/UNGA-67-213"],
        ),
        (
            "Decisions 17.190 to 17.192 of CITES",
            {},
            ["decision/CITES-17.190", "decision/CITES-17.191", "decision/CITES-17.192"],
        ),
        ("CMS Resolution 11.15 (Rev.COP13)", {}, ["decision/CMS-11.15"]),
        ("decision 84/53 of the Executive Committee of the Multilateral Fund", {}, ["decision/ExCom-84-53"]),
        (
            "the ad hoc open-ended working group established pursuant to General Assembly resolution 72/277",
            {},
            ["decision/UNGA-72-277"],
        ),
        ("decision XXXI/1 of the Meeting of the Parties to the Montreal Protocol", {}, ["decision/MP-XXXI-1"]),
    ],
)
def test_a_number_belongs_to_the_body_of_its_sentence(
    paragraph: Paragraph, text: str, facts: dict[str, str], paths: list[str]
) -> None:
    assert paragraph(f"It was asked for in {text}.", **facts).paths("decision/") == paths


def test_a_number_that_several_bodies_may_have_stays_open(paragraph: Paragraph) -> None:
    place = paragraph("It was asked for in decision III/1.", **UNEP)
    mention = next(m for m in place.mentions if place.surface(m) == "decision III/1")
    assert mention.resolution == "Ambiguous"
    assert len(mention.things) > 1
    assert not mention.cites


# ---- sections that set the regime ---------------------------------------------------------------------------------

SECTIONS = """\
A. Convention on Biological Diversity

1. Article 6 of the Convention speaks of plans.

2. The secretariat wrote to its Parties.

B. Stockholm Convention on Persistent Organic Pollutants

3. Article 12 is about assistance.

4. The Conference of the Parties adopted guidance under the Convention.

C. Montreal Protocol on Substances that Deplete the Ozone Layer

5. The Montreal Protocol helps those that operate under paragraph 1 of article 5.
"""


@pytest.mark.parametrize(
    ("unit", "path"),
    [
        ("para_1", "treaty/cbd/art_6"),
        ("para_2", "org/cbd-secretariat"),
        ("para_3", "treaty/stockholm/art_12"),
        ("para_4", "org/stockholm-cop"),
        ("para_4", "treaty/stockholm"),
        ("para_5", "treaty/montreal/art_5/para_1"),
    ],
)
def test_a_heading_sets_the_treaty_of_its_section(analyse: Analyse, unit: str, path: str) -> None:
    analysis = analyse(SECTIONS, **UNEP)
    assert path in [thing.path for mention in analysis.mentions[unit] for thing in mention.things]


# ---- places and lists ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("A workshop was held in Peru.", []),
        ("It met in Geneva, Switzerland.", []),
        ("Much came from Peru ($400,000) and Ghana.", ["org/peru", "org/ghana"]),
        ("The Government of Peru reported.", ["org/peru"]),
        ("Peru reported.", ["org/peru"]),
        ("The secretaries of Port of Spain and Panama City reported.", []),
        ("Shops in Colombia and Indonesia were visited.", []),
        ("Centres in Brazil, China and Kenya were visited.", []),
        ("Comments were received from Canada and Norway.", ["org/canada", "org/norway"]),
        ("It was attended by officials from Peru and Norway.", ["org/peru", "org/norway"]),
        ("It cost 21 million United States dollars.", []),
        ("See https://www.unep.org/UNEP/who or write to who@who.int.", []),
    ],
)
def test_a_state_that_only_says_where_is_no_organization(paragraph: Paragraph, text: str, paths: list[str]) -> None:
    assert paragraph(text).paths("org/") == paths


def test_the_treaties_of_a_list(paragraph: Paragraph) -> None:
    place = paragraph("It serves the Basel, Rotterdam and Stockholm conventions.")
    assert place.paths("treaty/") == ["treaty/basel", "treaty/rotterdam", "treaty/stockholm"]


def test_the_cops_of_a_list(paragraph: Paragraph) -> None:
    place = paragraph("The conferences of the Parties to the Basel, Rotterdam and Stockholm conventions met.")
    assert place.paths("org/") == ["org/basel-cop", "org/rotterdam-cop", "org/stockholm-cop"]


def test_the_conferences_are_each_of_them(paragraph: Paragraph) -> None:
    place = paragraph("The conferences of the Parties met.", publisher="brs-secretariat")
    assert place.paths("org/") == ["org/basel-cop", "org/rotterdam-cop", "org/stockholm-cop"]


def test_the_committee_of_a_report_is_the_one_it_reports_on(paragraph: Paragraph) -> None:
    facts = {"symbol": "UNEP/FAO/RC/CRC.42/8", "meeting": "rotterdam-crc-42", "publisher": "brs-secretariat"}
    place = paragraph("The Committee agreed, under article 5.", **facts)
    assert place.paths() == ["org/crc", "treaty/rotterdam/art_5"]


def test_a_paragraph_with_a_heading_of_its_own_is_about_its_convention(analyse: Analyse) -> None:
    text = (
        "1. One.\n\n2. Basel Convention – Parties are therefore invited:\n\n"
        "(a) To report under article 13 of the Convention;\n\n"
        "3. Stockholm Convention – The following is due:\n\n(a) Reports under article 15.\n"
    )
    mentions = analyse(text, publisher="brs-secretariat").mentions
    found = [m.things[0].path for path in ("para_2/point_a", "para_3/point_a") for m in mentions[path]]
    assert found == ["treaty/basel/art_13", "treaty/basel", "treaty/stockholm/art_15"]


def test_an_organ_tells_which_convention_is_meant(paragraph: Paragraph) -> None:
    place = paragraph(
        "The Conference of the Parties to the Basel Convention met under article 4 of the Convention.", **UNEP
    )
    assert "treaty/basel/art_4" in place.paths()


# ---- the document itself ------------------------------------------------------------------------------------------

ANNEXES = """\
1. The terms are set out in annex II and in annex I to the present note.

2. Annex VIII to the Convention lists the wastes; Annexes I, VIII and IX were amended.

Annex I

1. As agreed.

Annex II

1. As agreed too.
"""


def test_annexes_of_the_document_are_no_annexes_of_the_treaty(analyse: Analyse) -> None:
    analysis = analyse(ANNEXES, **BASEL)
    cited = {
        path: [m.things[0].path for m in mentions if m.things[0].path.startswith("treaty/basel/")]
        for path, mentions in analysis.mentions.items()
    }
    assert cited["para_1"] == cited["annex_1"] == cited["annex_2"] == []
    assert set(cited["para_2"]) == {f"treaty/basel/annex_{label}" for label in ("I", "VIII", "IX")}


def test_the_own_symbol_is_cited_by_a_draft_decision_and_not_by_the_cover(analyse: Analyse) -> None:
    text = "UNEP/CHW.13/29\n\nNote\n\n1. One.\n\n2. See document UNEP/CHW.13/29 and document UNEP/CHW.13/1.\n"
    analysis = analyse(text, symbol="UNEP/CHW.13/29", **BASEL)
    assert [m.things[0].path for m in analysis.mentions["para_2"]] == ["doc/UNEP-CHW.13-29", "doc/UNEP-CHW.13-1"]
    assert analysis.mentions["header"] == []


def test_the_convention_in_a_document_of_a_protocol_is_that_of_its_section(analyse: Analyse) -> None:
    text = "I. CITES\n\n1. Article VIII of the Convention speaks of trade.\n\n2. It is short.\n"
    analysis = analyse(text, **OZONE)
    paths = [mention.things[0].path for mention in analysis.mentions["para_1"]]
    assert paths == ["treaty/cites/art_8", "treaty/cites"]


def test_an_organ_of_another_regime_is_not_meant(paragraph: Paragraph) -> None:
    place = paragraph("Much was said about the financial mechanism.", meeting="ozone-mop-35")
    assert place.paths("org/") == []
    assert ("2", "the financial mechanism") in place.analysis.unresolved
