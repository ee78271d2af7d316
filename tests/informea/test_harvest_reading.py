"""What providers send, read; and rows as statements."""

from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from graph.iri import BASE
from graph.registry import Registry
from loaders.informea import reading as reading
from loaders.informea.mapping import RowMapping, SkipError


@pytest.mark.parametrize(
    ("body", "ids", "count"),
    [
        ('{"d":{"results":[{"id":"a"}],"__count":"7"}}', "a", 7),
        ('{"d":[{"id":"a"},{"id":"b"}]}', "ab", None),
        ('{"value":[{"id":"a"}],"odata.count":"3"}', "a", 3),
        ('\ufeff{"d":{"results":[]}}', "", None),
    ],
)
def test_envelopes(body: str, ids: str, count: int | None) -> None:
    rows, number = reading.read_page(body.encode())
    assert ("".join(row["id"] for row in rows), number) == (ids, count)


@pytest.mark.parametrize(
    "body", [b"<html>", b"", b'{"d":{"results":[{"id":"a"', b'{"d":{}}', b"[1]", b'{"error":{}}', b"\xff", b"null"]
)
def test_no_page(body: bytes) -> None:
    with pytest.raises(ValueError):
        reading.read_page(body)


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ({"results": [{"language": "en", "value": "Waste"}]}, {"en": "Waste"}),
        (
            [{"language": "English", "value": "Waste"}, {"language": "FR", "value": "Déchets"}],
            {"en": "Waste", "fr": "Déchets"},
        ),
        (["Waste"], {"en": "Waste"}),
        ("Waste", {"en": "Waste"}),
        ({"__deferred": {"uri": "x"}}, {}),
        ({"results": []}, {}),
        ([{"id": "x-en"}, {"__metadata": {}}], {}),
        ([{"value": "Waste"}], {"en": "Waste"}),
        ([{"language": "en", "value": None}], {}),
        ([{"language": "en", "value": "a"}, {"language": "en", "value": "b"}], {"en": "a"}),
        ([{"language": "klingon!", "value": "a"}], {"en": "a"}),
        ([{"language": "pt-BR", "value": "a"}], {"pt-br": "a"}),
        (None, {}),
    ],
)
def test_navigations(held: object, found: dict[str, str]) -> None:
    assert reading.texts({"title": held}, "title", "titles") == found
    assert reading.texts({"titles": held}, "title", "titles") == found


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("&amp;lt;p&gt; &eacute;&nbsp;x", "<p> é x"),
        (" a\r\n\r\n\r\n\r\n b \n c", "a\n\nb\nc"),
        ("a\x00\x0bb\ud800", "ab"),
        (7, "7"),
        (None, ""),
        ({"x": 1}, ""),
    ],
)
def test_debris(value: object, clean: str) -> None:
    assert reading.text({"value": value}, "value") == clean


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("/Date(1384878704000)/", "2013-11-19"),
        ("/Date(1384878704000+0000)/", "2013-11-19"),
        ("/Date(-86400000)/", "1969-12-31"),
        ("2013-11-19T16:31:44Z", "2013-11-19"),
        ("2013-11-19", "2013-11-19"),
        ("2013-13-19", ""),
        ("/Date(99999999999999999)/", ""),
        ("soon", ""),
        (None, ""),
    ],
)
def test_dates(value: object, day: str) -> None:
    assert reading.day(value) == day


def test_files() -> None:
    row = {
        "files": [
            {"url": "http://x/a.pdf", "mimeType": "pdf", "language": "English", "filename": "a.pdf"},
            {"url": "http://x/b", "filename": "b.docx"},
            {"url": "ftp://x/c"},
            "http://x/d",
        ]
    }
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert list(reading.files(row)) == [
        ("http://x/a.pdf", "application/pdf", "en", "a.pdf"),
        ("http://x/b", word, "en", "b.docx"),
        ("http://x/d", "", "en", ""),
    ]


# ---- rows as statements -----------------------------------------------------------------------------------------


@pytest.fixture
def mapping(registry: Registry) -> RowMapping:
    """A mapping that knows the registry."""
    return RowMapping(registry, lambda note: None)


def said(statements: Any) -> dict[str, list[str]]:
    """Values by the last part of the property's IRI, things by their path."""
    found: dict[str, list[str]] = {}
    for _, predicate, value in statements:
        name = predicate.value.replace("#", "/").rpartition("/")[2]
        assert isinstance(value, Literal | NamedNode)
        found.setdefault(name, []).append(value.value.removeprefix(BASE))
    return found


def row(**values: object) -> dict[str, object]:
    """A decision of the Minamata Convention unless the values say otherwise."""
    title = {"results": [{"language": "en", "value": "Waste"}]}
    return {"id": "x", "treaty": "minamataunep", "number": "MC-5/3", "status": "active", "title": title} | values


@pytest.mark.parametrize(
    ("values", "identifier", "meeting", "body"),
    [
        ({"number": "MC-5/3"}, "MC-5/3", "meeting/minamata-cop-5", "org/minamata-cop"),
        ({"number": "MC-5/3", "treaty": "minamata"}, "MC-5/3", "meeting/minamata-cop-5", "org/minamata-cop"),
        ({"number": "Decision MC-5/3"}, "MC-5/3", "meeting/minamata-cop-5", "org/minamata-cop"),
        ({"number": "BC-10/3", "treaty": "BASEL"}, "BC-10/3", "meeting/basel-cop-10", "org/basel-cop"),
        ({"number": "XIV/26", "treaty": "cbd"}, "CBD XIV/26", "meeting/cbd-cop-14", "org/cbd-cop"),
        ({"number": "Special (2)"}, "Minamata Special 2", None, None),
    ],
)
def test_decision(
    mapping: RowMapping, values: dict[str, object], identifier: str, meeting: str | None, body: str | None
) -> None:
    slug, statements = mapping.decision(row(**values))
    facts = said(statements)
    assert facts["identifier"] == [identifier]
    assert facts["prefLabel"] == [f"Decision {identifier}"]
    assert (facts.get("adoptedAt"), facts.get("adoptedBy")) == (meeting and [meeting], body and [body])
    assert facts["title"] == ["Waste"]
    assert slug in ("minamata", "basel", "cbd")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"treaty": "atlantis"}, "the treaty 'atlantis' is not in the registry"),
        ({"treaty": None}, "it names no treaty"),
        ({"number": ""}, "it has no number"),
        ({"number": "…"}, "no identifier can be made of the number '…'"),
        ({"number": "BC-10/3"}, "the number 'BC-10/3' belongs to another treaty than Minamata Convention"),
    ],
)
def test_skipped(mapping: RowMapping, values: dict[str, object], reason: str) -> None:
    with pytest.raises(SkipError, match=reason.replace("(", r"\(")):
        mapping.decision(row(**values))


def test_everything_of_a_decision(mapping: RowMapping) -> None:
    keywords = [{"term": "Mercury waste"}, {"term": "Unheard of"}]
    more = {"type": "resolution", "status": "retired", "updated": "2020-01-02T00:00:00", "published": "2019-01-02"}
    files = [{"url": "http://x/a b.pdf", "mimeType": "pdf", "language": "fr"}]
    _, statements = mapping.decision(row(keywords=keywords, summary=["Short"], link="http://x/d", files=files, **more))
    facts = said(statements)
    assert facts["prefLabel"] == ["Resolution MC-5/3"]
    assert (facts["creativeWorkStatus"], facts["subject"]) == (["retired"], ["topic/mercury-waste"])
    assert (facts["modified"], facts["issued"]) == (["2020-01-02"], ["2019-01-02"])
    assert (facts["abstract"], facts["seeAlso"], facts["hasFormat"]) == (
        ["Short"],
        ["http://x/d"],
        ["http://x/a%20b.pdf"],
    )
    assert (facts["format"], facts["language"]) == (["application/pdf"], ["fr"])


def test_draft(mapping: RowMapping) -> None:
    _, statements = mapping.decision(row(id="UNEP-MC-COP.5-99:draft-decision_1", status="draft", number="MC-5/[--]"))
    facts = said(statements)
    assert facts["containsInstrument"] == ["doc/UNEP-MC-COP.5-99/draft-decision_1"]
    assert facts["provisionalNumber"] == ["MC-5/[--]"]
    assert "identifier" not in facts


FIFTH = "Fifth meeting of the Conference of the Parties to the Minamata Convention on Mercury"


@pytest.mark.parametrize(
    ("values", "node"),
    [
        ({"id": "minamata-cop-5"}, "minamata-cop-5"),
        (
            {
                "id": "7",
                "title": [FIFTH],
            },
            "minamata-cop-5",
        ),
        ({"id": "{3F-2a}", "title": ["An expert meeting"]}, "informea-minamata-3F-2a"),
        ({"id": "minamata-cop-5", "treaty": "basel"}, "informea-basel-minamata-cop-5"),
    ],
)
def test_meeting(mapping: RowMapping, values: dict[str, object], node: str) -> None:
    given = {"start": "2023-10-30", "city": "Bali", "country": "id", "virtual": "true", "latitude": "1.5"}
    facts = list(mapping.meeting(row(**given | values))[1])
    assert facts[0][0].value == f"{BASE}meeting/{node}"
    assert said(facts)["place"] == ["Bali, Indonesia", "online"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"start": None}, "it has no start"), ({"start": "2023-10-30", "title": []}, "it has no title")],
)
def test_meeting_skipped(mapping: RowMapping, values: dict[str, object], reason: str) -> None:
    with pytest.raises(SkipError, match=reason):
        mapping.meeting(row(**values))


@pytest.mark.parametrize(
    ("identifiers", "node"),
    [
        ([{"name": "symbol", "value": "UNEP/MC/COP.5/7"}], "UNEP-MC-COP.5-7"),
        ([{"name": "UN symbol", "value": "UNEP/MC/COP.5/7"}], "UNEP-MC-COP.5-7"),
        ([{"name": "uri", "value": f"{BASE}doc/my-key"}], "my-key"),
        ([{"name": "uri", "value": f"{BASE}doc/../x"}], "informea-minamata-x"),
        ([{"name": "symbol", "value": "not a symbol"}], "informea-minamata-x"),
        ([], "informea-minamata-x"),
    ],
)
def test_document(mapping: RowMapping, identifiers: list[dict[str, str]], node: str) -> None:
    authors = [{"name": "secretariat of the minamata convention on mercury"}, {"name": "Nobody"}]
    slug, statements = mapping.document(row(identifiers=identifiers, authors=authors))
    facts = list(statements)
    assert (slug, facts[0][0].value) == ("minamata", f"{BASE}doc/{node}")
    assert said(facts)["creator"] == ["org/minamata-secretariat"]
