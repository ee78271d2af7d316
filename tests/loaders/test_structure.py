"""The units of notes, decisions and reports: label, path, class, parent, host of a footnote."""

import pytest
from places import by_label, labels, read

from loaders.document import Document, DocumentInfo
from loaders.errors import LoadError
from loaders.structure import structure

FILLER = "The secretariat has prepared the present note for the information of the members of the group."


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(LoadError, match=r"note\.txt: no text"):
        structure(DocumentInfo("note.txt", "note"), [])


# ---- notes --------------------------------------------------------------------------------------------------------

NOTE = """\
Conference of the Parties
Fifth meeting

Survey of works

Note by the secretariat

I. Introduction

1. The first paragraph.

2. The second has points:

(a) One;

(b) Two:

(i) Nested;

(ii) Nested too;

(c) Three.

II. Work

A. Past

3. The third.

B. Future

4. The fourth.
"""


@pytest.fixture(scope="module")
def note() -> Document:
    return read(NOTE, title="Survey of works")


def test_a_note_has_numbered_paragraphs_and_points(note: Document) -> None:
    wanted = ["1", "2", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)", "2(c)", "3", "4"]
    assert labels(note, "Paragraph", "ListItem") == wanted


def test_its_headings_carry_their_place(note: Document) -> None:
    assert labels(note, "Section") == ["heading I", "heading II", "heading II.A", "heading II.B"]


def test_its_cover_is_header_and_title(note: Document) -> None:
    assert labels(note, "Heading") == ["header", "title"]
    assert by_label(note, "title").text == "Survey of works\nNote by the secretariat"


@pytest.mark.parametrize(
    ("label", "path", "parent"),
    [
        ("1", "para_1", "sec_I"),
        ("2(b)", "para_2/point_b", "para_2"),
        ("2(b)(ii)", "para_2/point_b/point_ii", "para_2/point_b"),
        ("heading II.A", "sec_II.A", "sec_II"),
        ("4", "para_4", "sec_II.B"),
    ],
)
def test_every_unit_has_its_path_and_parent(note: Document, label: str, path: str, parent: str) -> None:
    assert (by_label(note, label).path, by_label(note, label).parent) == (path, parent)


def test_the_number_is_not_part_of_the_text(note: Document) -> None:
    assert by_label(note, "2(b)(ii)").text == "Nested too;"
    assert by_label(note, "heading II.A").text == "Past"


def test_paths_stay_unique_and_a_second_number_is_noted() -> None:
    document = read("1. One.\n\n2. Two.\n\n2. Two again.\n")
    assert [unit.path for unit in document.units] == ["para_1", "para_2", "para_2_2"]
    assert document.notes == ["line 5: a second '2'"]


# ---- footnotes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        pytest.param(
            "1. One.<sup>1</sup>\n\n2. Two.<sup>2</sup>\n\n<sup>1</sup> First.\n\n<sup>2</sup> Second.\n",
            {"footnote 1": "para_1", "footnote 2": "para_2"},
            id="at the end",
        ),
        pytest.param(
            "1. One.<sup>1</sup>\n\n---\n\n<sup>1</sup> First.\n\n2. Two.<sup>2</sup>\n\n---\n\n<sup>2</sup> Second.\n",
            {"footnote 1": "para_1", "footnote 2": "para_2"},
            id="at the end of each page",
        ),
        pytest.param(
            "1. One.¹\n\n2. Two.\n\nAnnex\n\n1. Three.¹\n\n¹ Of the annex.\n",
            {"annex footnote 1": "annex_1/para_1"},
            id="a marker of the body is no marker of the annex",
        ),
        pytest.param(
            "1. One.¹\n\n2. Two.\n\n¹ Of the body.\n\nAnnex\n\n1. Three.¹\n\n¹ Of the annex.\n",
            {"footnote 1": "para_1", "annex footnote 1": "annex_1/para_1"},
            id="restarting in the annex",
        ),
        pytest.param(
            "1. Good practices1 were shared.\n\n2. Two.\n\n¹ First.\n", {"footnote 1": "para_1"}, id="flattened marker"
        ),
        pytest.param(
            "1. Good practices.1\n\n2. Two.\n\n____\n\n1 The first.\n", {"footnote 1": "para_1"}, id="no number raised"
        ),
        pytest.param(
            "1. Good practices.[1]\n\n2. Two.[2]\n\n[1] First.\n\n[2] Second.\n",
            {"footnote 1": "para_1", "footnote 2": "para_2"},
            id="numbers in brackets",
        ),
        pytest.param(
            "Item of the agenda\\*\n\nSurvey\n\n1. Good practices.1\n\n2. Two.\n\n\\* UNEP/MC/COP.5/1.\n1 The first.\n",
            {"footnote *": "header", "footnote 1": "para_1"},
            id="a number below an asterisk",
        ),
        pytest.param("1. See Add.1.\n\n2. Two.\n\n1 January was a Monday.\n", {}, id="a number that no marker has"),
        pytest.param("1. Good practices.1\n\n2. Two.\n\n1 Africa     20     30\n", {}, id="the row of a table"),
        pytest.param(
            "Item 4 of the agenda\\*\n\nSurvey\n\n1. One.\n\n2. Two.\n\n\\* UNEP/MC/COP.5/1.\n",
            {"footnote *": "header"},
            id="an asterisk of the front page",
        ),
        pytest.param(
            "Geneva\\*\\*\n\nSurvey\n\n1. One.\n\n2. Two.\n\n\\* Reissued.\n\n\\*\\* UNEP/MC/COP.5/1.\n",
            {"footnote *": "header", "footnote **": "header"},
            id="two asterisks",
        ),
    ],
)
def test_a_footnote_finds_the_unit_of_its_marker(text: str, hosts: dict[str, str]) -> None:
    notes = [unit for unit in read(text).units if unit.kind == "Footnote"]
    assert {unit.label: unit.note_of for unit in notes} == hosts


# ---- annexes and decisions ----------------------------------------------------------------------------------------

DRAFT = """\
1. One.

2. Two.

Annex

Draft decision MC-5/[--]: Survey of works

The Conference of the Parties,

Recalling article 14,

Noting the survey,

1. Requests the secretariat:

(a) To hold a meeting;

(b) To report;

2. Decides to return to the matter.
"""


def test_the_draft_decision_of_an_annex() -> None:
    document = read(DRAFT)
    assert labels(document)[2:] == [
        "annex",
        "annex title",
        "annex chapeau",
        "annex preamble 1",
        "annex preamble 2",
        "annex op. 1",
        "annex op. 1(a)",
        "annex op. 1(b)",
        "annex op. 2",
    ]
    assert [(i.path, i.number, i.title, i.draft) for i in document.instruments] == [
        ("draft-decision_1", "MC-5/[--]", "Survey of works", True)
    ]
    assert by_label(document, "annex op. 1(b)").path == "draft-decision_1/op_1/point_b"
    assert by_label(document, "annex op. 1(b)").instrument == "draft-decision_1"
    assert by_label(document, "annex preamble 2").path == "draft-decision_1/pre_2"


def test_several_annexes_are_told_apart() -> None:
    document = read("1. One.\n\n2. Two.\n\nAnnex I\n\n1. Three.\n\n(a) A point;\n\nAnnex II\n\n1. Four.\n\n2. Five.\n")
    wanted = ["1", "2", "annex I 1", "annex I 1(a)", "annex II 1", "annex II 2"]
    assert labels(document, "Paragraph", "ListItem") == wanted
    assert by_label(document, "annex II 2").path == "annex_2/para_2"


def test_a_note_of_one_paragraph_has_annexes_with_numbers_of_their_own() -> None:
    document = read("1. The annex is new.\n\nAnnex\n\nSubmission by WHO\n\n1. It met.\n\n2. It met again.\n")
    assert [unit.label for unit in document.units] == ["1", "annex", "annex title", "annex 1", "annex 2"]


def test_an_annex_without_numbers_counts_its_paragraphs() -> None:
    text = (
        "1. One.\n\n2. Two.\n\nAnnex\n\nRecommendations of the Committee to the Conference of the Parties on trade\n\n"
    )
    document = read(f"{text}The Committee recommends that the Conference:\n\n(a) Urge parties;\n\n(b) Decide.\n")
    assert labels(document)[2:] == ["annex", "annex title", "annex para 1", "annex para 1(a)", "annex para 1(b)"]


def test_an_extract_begins_at_any_number() -> None:
    document = read("Report\n\nIV. Emissions\n\n31. One.\n\n32. Two.\n\n33. Three:\n\n(a) A point.\n")
    assert labels(document, "Paragraph", "ListItem") == ["31", "32", "33", "33(a)"]


@pytest.mark.parametrize("heading", ["", "Draft decision MC-6/[--]: Test\n\n"])
def test_a_draft_that_paragraphs_propose_is_told_apart(heading: str) -> None:
    proposes = "1. One.\n\n2. The Conference may wish to adopt a decision along the following lines:\n\n"
    document = read(f"{proposes}{heading}The Conference of the Parties,\n\nRecalling article 4,\n\n1. Takes note.\n")
    assert labels(document, "PreambularParagraph", "OperativeParagraph") == [
        "draft decision preamble 1",
        "draft decision op. 1",
    ]


def test_a_decision_behind_the_annexes_of_another_is_in_no_annex() -> None:
    first = "Draft decision MC-6/[--]: One\n\nThe Conference of the Parties\n\n1. Adopts the terms;\n\n"
    annex = "Annex to draft decision MC-6/[--]\n\nTerms of reference\n\n1. The group meets.\n\n"
    document = read(f"{first}{annex}Draft decision MC-6/[--]: Two\n\nThe Conference of the Parties\n\n1. Notes it.\n")
    assert [unit.label for unit in document.units if unit.kind in ("OperativeParagraph", "Paragraph")] == [
        "op. 1",
        "annex 1",
        "op. 1",
    ]


def test_a_decision_that_stands_alone() -> None:
    document = read(
        "MC-4/11: Effectiveness evaluation\n\nThe Conference of the Parties,\n\nRecalling article 22,\n\n"
        "1. Welcomes the report;\n\n2. Requests the secretariat:\n\n(a) To tell;\n\n(b) To ask."
    )
    assert labels(document) == ["title", "chapeau", "preamble 1", "op. 1", "op. 2", "op. 2(a)", "op. 2(b)"]
    assert [(i.path, i.number, i.draft) for i in document.instruments] == [("decision_1", "MC-4/11", False)]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Decision BC-12/5: Ships", "BC-12/5"),
        ("Draft decision BC-13/[ ]: Ships", "BC-13/[ ]"),
        ("Draft decision MC-6/[XX]: Ships", "MC-6/[XX]"),
        ("Draft decision: Ships", ""),
        ("MC-4/11: Ships", "MC-4/11"),
        ("SC-9/10: Ships", "SC-9/10"),
        ("POPRC-17/4: Ships", "POPRC-17/4"),
        ("XXXI/11: Ships", "XXXI/11"),
        ("Decision 19/CP.27\n\nShips", "19/CP.27"),
        ("Decision -/CMA.6\n\nShips", "-/CMA.6"),
        ("Decisions BC.Ex-2/1, RC.Ex-2/1 and SC.Ex-2/1: Ships", "BC.Ex-2/1, RC.Ex-2/1 and SC.Ex-2/1"),
        ("Resolution 5/7. Sound management of chemicals", "5/7"),
        ("5/7. Sound management of chemicals", "5/7"),
        ("78/155. Clean air in cities", "78/155"),
    ],
)
def test_headings_that_open_a_decision(title: str, number: str) -> None:
    document = read(f"{title}\n\nThe Conference of the Parties,\n\nRecalling article 22,\n\n1. Welcomes the report.\n")
    assert [instrument.number for instrument in document.instruments] == [number]


def test_lines_between_title_and_chapeau_belong_to_the_title() -> None:
    document = read(
        "Draft decision MC-6/[XX]: Ships\n\nSubmitted by the co-chairs\n\nThe Conference of the Parties,\n\n"
        "Recalling article 22,\n\n1. Requests the secretariat:\n\n(a) To tell;\n\n[(b) To ask;]\n\n[2. Agrees.]"
    )
    assert labels(document) == ["title", "chapeau", "preamble 1", "op. 1", "op. 1(a)", "op. 1(b)", "op. 2"]


def test_the_single_paragraph_of_a_decision_needs_no_number() -> None:
    document = read("SC-9/10: Ships\n\nThe Conference of the Parties\n\nRequests the secretariat to report.\n")
    assert labels(document) == ["title", "chapeau", "op. 1"]


def test_a_resolution_that_shouts_its_verbs() -> None:
    document = read(
        "Conf. 8.17 (Rev. CoP18)\n\nTrade in ponds\n\nRECALLING Resolution Conf. 5.10;\n\n"
        "THE CONFERENCE OF THE PARTIES TO THE CONVENTION\n\n1. URGES Parties:\n\na) to look; and\n\nb) to tell."
    )
    assert labels(document) == ["header", "preamble 1", "chapeau", "op. 1", "op. 1(a)", "op. 1(b)"]
    assert [i.number for i in document.instruments] == ["Conf. 8.17"]


def test_several_decisions_of_one_document() -> None:
    text = "MC-4/1: One\n\nThe Conference of the Parties\n\n1. Agrees.\n\nMC-4/2: Two\n\n1. Agrees too.\n"
    document = read(text)
    assert [i.path for i in document.instruments] == ["decision_1", "decision_2"]
    assert labels(document, "OperativeParagraph") == ["op. 1", "op. 1"]
    assert len({unit.path for unit in document.units}) == len(document.units)


# ---- reports ------------------------------------------------------------------------------------------------------

REPORT = f"""\
# Annual report

# Foreword

{FILLER} It opens the report, and it is long enough to be a paragraph of its own, with all that one expects.

**Jane Doe**

Executive Secretary

# 1. Work

## 1.1 Past

{FILLER}

{FILLER}

## 1.2 Future

{FILLER}

- A bullet.
"""


def test_a_report_counts_its_paragraphs_by_section() -> None:
    document = read(REPORT, title="Annual report")
    wanted = ["Foreword para 1", "section 1.1 para 1", "section 1.1 para 2", "section 1.2 para 1"]
    assert labels(document, "Paragraph") == wanted
    assert "Foreword signature" in labels(document)
    assert labels(document, "ListItem") == ["bullet 1"]


def test_the_sections_of_a_report_are_nested() -> None:
    document = read(REPORT, title="Annual report")
    assert by_label(document, "heading 1.1").parent == "sec_1"
    assert by_label(document, "section 1.1 para 2").parent == "sec_1.1"


def test_a_decision_of_cites_has_its_own_number() -> None:
    annex = "20.AA The Secretariat shall:\n\na) look; and\n\n20.BB The Committee shall go."
    document = read(f"1. {FILLER}\n\n2. {FILLER}\n\nAnnex\n\n{annex}")
    assert labels(document, "Paragraph", "ListItem") == ["1", "2", "annex 20.AA", "annex 20.AA(a)", "annex 20.BB"]


def test_a_list_of_contents_is_left_out() -> None:
    document = read(
        f"# Report\n\n# Contents\n\nForeword ........ 1\n\n1. Work ........ 2\n\n# Foreword\n\n{FILLER * 3}"
    )
    assert not any("...." in unit.text for unit in document.units)


UNMARKED = f"""\
ANNUAL REPORT

Contents

Foreword ........ 2
1. Work ......... 3
1.1 Past ........ 3
2. Outlook ...... 4

Foreword

{FILLER * 3}

Annual report | 2

1. Work

1.1 Past

{FILLER * 3}

Annual report | 3

2. Outlook

{FILLER * 3}
"""
SECTIONS = ["heading Foreword", "heading 1", "heading 1.1", "heading 2"]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (UNMARKED, SECTIONS),
        (UNMARKED[: UNMARKED.index("Contents")] + UNMARKED[UNMARKED.index("Annual report | 2") :], SECTIONS[1:]),
        (f"ANNUAL REPORT\n\nGold mining\n\n{FILLER * 3}\n\nDental care\n\n{FILLER * 3}",
         ["heading Gold mining", "heading Dental care"]),
        (f"ANNUAL REPORT\n\n20 January 2026\n\nGold mining\n\n{FILLER * 3}\n\nEvents\n\n• One.\n\n• Two.\n",
         ["heading Gold mining", "heading Events"]),
    ],
    ids=["contents", "numbers", "lone lines", "lone lines below a date"],
)  # fmt: skip
def test_a_report_without_marked_headings_has_sections(text: str, sections: list[str]) -> None:
    document = read(text, title="Annual report")
    assert labels(document, "Section") == sections
    assert not any("|" in unit.text for unit in document.units)


def test_a_contents_list_of_bullets_is_left_out() -> None:
    document = read(
        f"# Annual report\n\n## Contents\n\n- Work 3\n- Outlook 4\n\n## Work\n\n{FILLER * 3}\n\n## Outlook\n\n{FILLER}"
    )
    assert labels(document, "ListItem") == []


def test_titles_of_a_note_do_not_make_it_a_report() -> None:
    document = read(f"1. {FILLER}\n\n2. {FILLER}\n\n3. Outlook\n\n4. {FILLER}")
    assert labels(document, "Paragraph") == ["1", "2", "3", "4"]
