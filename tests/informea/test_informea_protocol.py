"""What goes over the wire, as informea.svc promises it."""

import re
from typing import Any

import pytest
import requests
from lxml import etree

from informea.feeds import DECISIONS, DRAFT_OF, JSON, Server
from server.informea.schema import MAIN, SETS

DRAFT = f"{DRAFT_OF}:draft-decision_1"
SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "m": "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata",
    "d": "http://schemas.microsoft.com/ado/2007/08/dataservices",
}
FEED, ENTRY = "application/atom+xml;type=feed;charset=utf-8", "application/atom+xml;type=entry;charset=utf-8"
JSON_TYPE = "application/json;charset=utf-8"


@pytest.mark.parametrize(
    ("path", "accept", "status", "content_type"),
    [
        ("", None, 200, "application/atomsvc+xml;charset=utf-8"),
        ("", "application/json", 200, JSON_TYPE),
        ("$metadata", None, 200, "application/xml;charset=utf-8"),
        ("Decisions?$top=2", None, 200, FEED),
        ("Decisions?$top=2", "*/*", 200, FEED),
        ("Decisions?$top=2", "application/json;odata=verbose", 200, JSON_TYPE),
        ("Decisions?$top=2", "application/json, text/plain, */*", 200, JSON_TYPE),
        ("Decisions?$top=2", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200, FEED),
        ("Decisions?$top=2&$format=json", "application/atom+xml", 200, JSON_TYPE),
        ("Decisions?$top=2&$format=atom", "application/json", 200, FEED),
        ("Decisions?$top=2", "text/csv", 406, "application/xml;charset=utf-8"),
        ("Decisions?$format=csv", None, 406, "application/xml;charset=utf-8"),
        ("Decisions/$count", None, 200, "text/plain;charset=utf-8"),
        ("Decisions('MC-5-3')", None, 200, ENTRY),
        ("Decisions(guid'MC-5-3')", "application/json", 200, JSON_TYPE),
        ("Decisions(id='MC-5-3')", "application/json", 200, JSON_TYPE),
        ("Decisions('MC-5-3')/title", None, 200, FEED),
        ("Decisions('MC-5-3')/title/$count", None, 200, "text/plain;charset=utf-8"),
        ("Decisions('MC-5-3')/title('MC-5-3-en')", "application/json", 200, JSON_TYPE),
        ("DecisionTitles('MC-5-3-en')", "application/json", 200, JSON_TYPE),
        (f"Decisions('{DRAFT}')", "application/json", 200, JSON_TYPE),
        ("Decisions('MC-5-3000')", "application/json", 404, JSON_TYPE),
        ("Decisions('o''neill//x')", "application/json", 404, JSON_TYPE),
        ("Contacts", "application/json", 404, JSON_TYPE),
        ("Decisions/title", "application/json", 404, JSON_TYPE),
        ("Decisions('MC-5-3')/$count", "application/json", 404, JSON_TYPE),
        ("Decisions('MC-5-3", "application/json", 404, JSON_TYPE),
        ("Decisions?$top=-1", "application/json", 400, JSON_TYPE),
        ("Decisions?$skip=many", "application/json", 400, JSON_TYPE),
        ("Decisions?$orderby=shoesize", "application/json", 400, JSON_TYPE),
        ("Decisions?$expand=title/value", "application/json", 400, JSON_TYPE),
        ("Decisions?$select=title/colour", "application/json", 400, JSON_TYPE),
        ("Decisions?$inlinecount=some", "application/json", 400, JSON_TYPE),
        ("Decisions?$apply=x", "application/json", 400, JSON_TYPE),
        ("Decisions?$filter=number", "application/json", 400, JSON_TYPE),
    ],
)
def test_answers(feed_server: Server, path: str, accept: str | None, status: int, content_type: str) -> None:
    answer = feed_server.get(path, {"Accept": accept} if accept else None)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, content_type), answer.text
    assert answer.headers["DataServiceVersion"] == "2.0"
    if status >= 400 and content_type == JSON_TYPE:
        error = answer.json()["error"]
        assert error["code"] == str(status)
        assert error["message"]["value"]
    elif status >= 400:
        assert etree.fromstring(answer.content).findtext("m:message", None, SPACES)


def test_root_without_slash_is_no_redirect(feed_server: Server) -> None:
    answer = requests.get(feed_server.feed.rstrip("/"), timeout=30, allow_redirects=False)
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_it_is_for_reading(feed_server: Server, method: str) -> None:
    answer = requests.request(method, feed_server.feed + "Decisions", headers=JSON, timeout=30)
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "405"
    assert "GET" in answer.headers["Allow"]


def test_same_version_same_bytes(feed_server: Server) -> None:
    first, second = (feed_server.get("Decisions", JSON, top=50) for _ in range(2))
    assert first.content == second.content
    again = feed_server.get("Decisions", JSON | {"If-None-Match": first.headers["ETag"]}, top=50)
    assert (again.status_code, again.content) == (304, b"")


def test_entity_as_json(feed_server: Server) -> None:
    (row,) = feed_server.rows("Decisions", filter="number eq 'MC-5/3'", expand="title,keywords,files,content,summary")
    uri = f"{feed_server.feed}Decisions('MC-5-3')"
    assert row["__metadata"] == {"id": uri, "uri": uri, "type": "informea.Decision"}
    assert row["link"] == f"{feed_server.url}/id/decision/MC-5-3"
    assert row["published"] == row["updated"] == "/Date(1698969600000)/"  # the last day of COP-5
    assert (row["status"], row["type"], row["treaty"]) == ("active", "decision", "minamataunep")
    assert (row["meetingId"], row["meetingTitle"], row["displayOrder"]) == ("minamata-cop-5", None, 3)
    assert row["keywords"] == row["files"] == row["content"] == {"results": []}
    assert row["longTitle"] == {"__deferred": {"uri": f"{uri}/longTitle"}}
    english = row["title"]["results"][0]
    assert (english["id"], english["language"]) == ("MC-5-3-en", "en")
    assert re.fullmatch(r"Matter \d+ & <others>'", english["value"])  # the control character is gone
    assert row["summary"]["results"][0]["value"].startswith("MC-5/3. Adopted at: Fifth meeting")


def test_entity_as_atom(feed_server: Server) -> None:
    answer = feed_server.get("Decisions('MC-5-3')", expand="title,files")
    entry = etree.fromstring(answer.content)
    assert entry.findtext("a:content/m:properties/d:updated", None, SPACES) == "2023-11-03T00:00:00"
    assert entry.find("a:content/m:properties/d:displayOrder", SPACES).get(f"{{{SPACES['m']}}}type") == "Edm.Int32"
    assert entry.find("a:content/m:properties/d:meetingTitle", SPACES).get(f"{{{SPACES['m']}}}null") == "true"
    title, files, summary = (entry.find(f"a:link[@title='{name}']", SPACES) for name in ("title", "files", "summary"))
    assert title.findtext("m:inline/a:feed/a:entry//d:language", None, SPACES) == "en"
    assert files.find("m:inline/a:feed", SPACES) is not None
    assert files.find("m:inline/a:feed/a:entry", SPACES) is None
    assert summary.find("m:inline", SPACES) is None
    assert summary.get("href") == "Decisions('MC-5-3')/summary"


def test_draft(feed_server: Server) -> None:
    (row,) = feed_server.rows("Decisions", filter="status eq 'draft'", expand="title,content,keywords,summary")
    assert (row["id"], row["number"], row["meetingId"]) == (DRAFT, "MC-5/[--]", "minamata-cop-5")
    assert row["title"]["results"][0]["value"] == "Mercury"
    assert row["content"]["results"][0]["value"] == "Requests the secretariat to report;\n\nDecides to meet again."
    assert [keyword["term"] for keyword in row["keywords"]["results"]] == ["Mercury waste"]
    assert "Draft submitted to" in row["summary"]["results"][0]["value"]


def test_treaties(feed_server: Server) -> None:
    rows = {row["id"]: row for row in feed_server.rows("Treaties", expand="title")}
    assert {code: row["UUID"] for code, row in rows.items()} == {
        "minamataunep": "fb7708d6-7a42-4f8e-9e5a-f03da26db46f",
        "basel": "62511e00-8869-4455-bfab-c7c17cca68fe",
        "rotterdam": "f278e708-bf62-4512-9c4b-0ebb6605cc42",
        "stockholm": "449a478b-fcdb-4981-afee-a7ca2e7fc107",
    }
    minamata = rows["minamataunep"]
    assert minamata["titleEnglish"] == "Minamata Convention"
    assert minamata["officialNameEnglish"] == "Minamata Convention on Mercury"
    assert minamata["url"] == "https://www.informea.org/treaties/minamataunep"
    assert minamata["treatyWebsiteURL"] == "https://minamataconvention.org/"


def test_meetings(feed_server: Server) -> None:
    rows = {row["id"]: row for row in feed_server.rows("Meetings", expand="title,description")}
    cop = rows["minamata-cop-4"]
    assert (cop["type"], cop["kind"], cop["status"]) == ("cop", "official", "over")
    assert (cop["city"], cop["country"], cop["virtual"]) == ("Bali", "ID", True)
    assert (cop["start"], cop["end"]) == ("/Date(1635724800000)/", "/Date(1648166400000)/")
    assert cop["description"] == {"results": []}
    assert (rows["poprc-16"]["country"], rows["poprc-16"]["type"]) == ("CH", "subsidiary")  # online only


def test_documents(feed_server: Server) -> None:
    spelled = feed_server.rows("Documents", filter=f"id eq '{DRAFT_OF}'", expand="titles,identifiers,authors,types")[0]
    assert spelled["titles"]["results"][0]["value"] == "Paper 39"
    assert "__deferred" in spelled["title"]
    assert {i["name"]: i["value"] for i in spelled["identifiers"]["results"]}["symbol"] == "UNEP/MC/COP.5/99"
    assert spelled["authors"]["results"][0]["name"] == "Secretariat of the Minamata Convention on Mercury"
    assert [t["value"] for t in spelled["types"]["results"]] == ["MeetingDocument"]
    path = f"Documents('{DRAFT_OF}')/referenceToEntities"
    assert {(r["type"], r["refId"]) for r in feed_server.rows(path)} == {
        ("meeting", "minamata-cop-5"),
        ("decision", "MC-1-1"),
    }


@pytest.mark.parametrize(
    ("name", "number"), [("Decisions", DECISIONS + 1), ("Treaties", 4), ("CountryReports", 0), ("NationalPlans", 0)]
)
def test_counts(feed_server: Server, name: str, number: int) -> None:
    assert feed_server.get(f"{name}/$count").text == str(number)
    answer = etree.fromstring(feed_server.get(name, inlinecount="allpages", top=1).content)
    assert answer.findtext("m:count", None, SPACES) == str(number)
    body = feed_server.get(name, JSON, inlinecount="allpages", top=1).json()["d"]
    assert (body["__count"], len(body["results"])) == (str(number), min(number, 1))


def test_no_page_is_cut(feed_server: Server) -> None:
    assert len(feed_server.rows("Decisions")) == DECISIONS + 1
    assert len(feed_server.rows("Decisions", top=1200)) == 1200


@pytest.mark.parametrize("name", MAIN)
def test_nothing_required_is_missing(feed_server: Server, name: str) -> None:
    entity_set = SETS[name]
    rows = feed_server.rows(name, expand=",".join(entity_set.navigations))
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    for row in rows:
        check_row(name, row)
        for navigation, target in entity_set.navigations.items():
            for child in row[navigation]["results"]:
                assert child["id"].startswith(f"{row['id']}-")
                check_row(target, child)


def check_row(name: str, row: dict[str, Any]) -> None:
    """Every property is there, and none that is required is null."""
    for prop in SETS[name].properties.values():
        assert prop.name in row
        assert row[prop.name] is not None or not prop.required, f"{name} {row['id']}: {prop.name}"
    assert len(row["id"]) <= 255


def test_meetings_of_decisions_are_served(feed_server: Server) -> None:
    meetings = {(row["id"], row["treaty"]) for row in feed_server.rows("Meetings")}
    for row in feed_server.rows("Decisions"):
        assert (row["meetingId"] is None) != (row["meetingTitle"] is None)
        assert row["meetingId"] is None or (row["meetingId"], row["treaty"]) in meetings


@pytest.mark.parametrize(
    ("select", "expand", "members"),
    [
        ("id,number", "", {"id", "number"}),
        ("titles/value", "", {"titles"}),
        ("id,title", "title", {"id", "title"}),
        ("id,title", "", {"id", "title"}),
        ("*", "title", set(SETS["Documents"].properties)),
    ],
)
def test_select(feed_server: Server, select: str, expand: str, members: set[str]) -> None:
    name = "Decisions" if "number" in select else "Documents"
    (row,) = feed_server.rows(name, top=1, select=select, expand=expand)
    assert set(row) - {"__metadata"} == members
    if select == "titles/value":
        assert set(row["titles"]["results"][0]) == {"__metadata", "value"}
