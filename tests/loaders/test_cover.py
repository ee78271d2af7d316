"""What a cover says of a document that no manifest describes."""

import pytest

from graph.registry import Registry
from loaders import plaintext
from loaders.analysis import build_analyst
from loaders.cover import completed
from loaders.document import DocumentInfo
from loaders.finding import Finders
from loaders.structure import structure

TEXT = "\n\nNote by the Secretariat\n\n1. The Secretariat met.\n\n2. It met again.\n"


@pytest.fixture(scope="module")
def finders(registry: Registry) -> Finders:
    return build_analyst(registry).finders


@pytest.mark.parametrize(
    ("cover", "symbol", "meeting", "publisher"),
    [
        ("UNEP/MC/COP.4/12", "UNEP/MC/COP.4/12", "minamata-cop-4", "minamata-secretariat"),
        ("UNEP/CHW.15/INF/41", "UNEP/CHW.15/INF/41", "basel-cop-15", "basel-secretariat"),
        ("UNEP/CHW.15/INF/41–UNEP/POPS/COP.10/INF/43", "UNEP/CHW.15/INF/41", "", "brs-secretariat"),
        ("UNEP/MC/COP.99/12", "UNEP/MC/COP.99/12", "minamata-cop-99", "minamata-secretariat"),
        ("A note to a friend", "", "", ""),
        ("UNEP/EA.5/Res.7", "", "unea-5", ""),
        ("Follow-up to decision SC-9/4", "", "", ""),
        ("Conference of the Parties to the Minamata Convention on Mercury\nFourth meeting", "", "minamata-cop-4", ""),
        ("Open-ended Working Group of the Basel Convention\nThirteenth meeting\nGeneva", "", "basel-oewg-13", ""),
        ("Conference of the Parties to the Basel Convention\nNinety-ninth meeting", "", "basel-cop-99", ""),
    ],
)
def test_a_cover_tells_symbol_meeting_and_publisher(
    registry: Registry, finders: Finders, cover: str, symbol: str, meeting: str, publisher: str
) -> None:
    info = completed(structure(DocumentInfo("note.txt", "note"), plaintext.read(cover + TEXT)), registry, finders).info
    assert (info.symbol, info.meeting, info.publisher) == (symbol, meeting, publisher)


@pytest.mark.parametrize(
    ("cover", "kind", "publisher"),
    [
        ("Secretariat of the Minamata Convention\nGeneva", "Report", "minamata-secretariat"),
        ("Secretariat of the Minamata Convention\nGeneva", "MeetingDocument", ""),
        ("Secretariat of the Minamata Convention\nOzone Secretariat", "Report", ""),
        ("United Nations Environment Programme", "Report", ""),
    ],
)
def test_the_secretariat_on_the_cover_of_a_report_is_its_publisher(
    registry: Registry, finders: Finders, cover: str, kind: str, publisher: str
) -> None:
    text = f"{cover}\n\n# Foreword\n\n" + "It was a good year for all of us. " * 9
    document = structure(DocumentInfo("report.md", "report", kind=kind), plaintext.read(text))
    assert completed(document, registry, finders).info.publisher == publisher


def test_what_is_known_stays(registry: Registry, finders: Finders) -> None:
    known = DocumentInfo("note.txt", "note", reference="R-1", meeting="minamata-cop-5", publisher="unep")
    info = completed(structure(known, plaintext.read("UNEP/MC/COP.4/12" + TEXT)), registry, finders).info
    assert info == known


def test_a_decision_tells_its_meeting_by_its_number(registry: Registry, finders: Finders) -> None:
    text = "SC-10/14: Listing\n\nThe Conference of the Parties,\n\n1. Decides to meet;\n\n2. Decides to go.\n"
    document = structure(DocumentInfo("d.txt", "d"), plaintext.read(text))
    assert completed(document, registry, finders).info.meeting == "stockholm-cop-10"


def test_a_proposed_decision_begins_with_the_name_of_its_body(registry: Registry) -> None:
    text = (
        "UNEP/CHW.15/3" + TEXT + "3. The meeting may wish to adopt a decision along the following lines:\n\n"
        "The Conference of the Parties\n\n1. Requests the Secretariat to report;\n\n2. Decides to meet.\n"
    )
    document = structure(DocumentInfo("note.txt", "note"), plaintext.read(text))
    paths = [unit.path for unit in document.units if unit.instrument]
    assert paths == ["draft-decision_1/chapeau", "draft-decision_1/op_1", "draft-decision_1/op_2"]
    assert [instrument.draft for instrument in document.instruments] == [True]
