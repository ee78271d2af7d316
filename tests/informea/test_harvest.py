"""The harvester against providers that behave, and that do not."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import meagraph
from graph.building import Candidate, unchecked
from graph.registry import Registry
from graph.store import Store
from graph.terms import DCTERMS, PROV
from informea.feeds import Server, publish, running
from informea.providers import Behaviour, Handler, Provider, decisions, dripping, provider, send, well
from loaders import informea
from loaders.informea import fetching
from loaders.informea.fetching import FeedError, Fetcher, Limits
from server.informea.schema import SETS

FAST = Limits(seconds=1.0, max_bytes=300_000, tries=3, pause=0, backoff=0, longest_wait=0, pages=50)


def harvest(url: str, registry: Registry, folder: Path, known: informea.Graphs | None = None) -> informea.Harvest:
    """A harvest into these graphs."""
    return informea.harvest(url, known or {}, registry, folder / "state.sqlite", FAST, lambda line: None)


# ---- what goes wrong --------------------------------------------------------------------------------------------


def failing(times: int, status: int = 500) -> Behaviour:
    """Fails so many times, then answers well."""

    def behave(told: Provider, handler: Handler, name: str, options: dict[str, str]) -> None:
        if len(told.log) <= times:
            send(handler, b"oops", status, Retry_After="3600")
        else:
            well(told, handler, name, options)

    return behave


def saying(body: bytes, media: str = "application/json", status: int = 200, **headers: str) -> Behaviour:
    """Always the same."""
    return lambda told, handler, name, options: send(handler, body, status, media, **headers)


def unpaged(told: Provider, handler: Handler, name: str, options: dict[str, str]) -> None:
    """Ignores $skip and $top."""
    well(told, handler, name, {})


def looping(told: Provider, handler: Handler, name: str, options: dict[str, str]) -> None:
    """Redirects to a new address, for ever."""
    send(handler, b"", 302, Location=f"/informea.svc/{len(told.log)}")


def endless(told: Provider, handler: Handler, name: str, options: dict[str, str]) -> None:
    """A new row on every page, for ever."""
    send(handler, json.dumps({"d": [{"id": str(len(told.log))}]}).encode())


@pytest.mark.parametrize(
    ("behave", "message"),
    [
        (failing(99), r"the server answers 500 Internal Server Error \(3 tries\)"),
        (failing(99, 503), r"the server answers 503 Service Unavailable \(3 tries\)"),
        (saying(b"no", status=403), "the server answers 403 Forbidden"),
        (saying(b"{}", status=404), "there is nothing to read; Meetings: not offered there"),
        (
            saying(b"<html><body>Maintenance", "text/html"),
            "not a page of a feed but text/html '<html><body>Maintenance'",
        ),
        (saying(b'{"d":{"results":[{"id":'), "not a page of a feed"),
        (saying(b'{"error":{"code":"1"}}'), "there is no list of rows in it"),
        (saying(b"[" * 100_000), "not a page of a feed"),
        (saying(b'{"d":[', Content_Length="5000"), "the connection failed"),
        (saying(b" " * 400_000), "the answer is longer than 300,000 bytes"),
        (saying(b"", status=302, Location="file:///etc/passwd"), "redirects to 'file:///etc/passwd'"),
        (looping, "more than 5 redirects"),
        (endless, "Meetings has more than 50 pages"),
        (unpaged, "the page repeats rows that came before"),
        (dripping(0.1), "took more than 1 seconds"),
    ],
    ids=lambda value: "" if callable(value) else str(value)[:30],
)
def test_bad_providers_cost_a_clear_error(registry: Registry, tmp_path: Path, behave: Behaviour, message: str) -> None:
    start = time.monotonic()
    with (
        provider(behave, Meetings=[], Decisions=decisions(3)) as told,
        pytest.raises(FeedError, match=message) as said,
    ):
        harvest(told.url, registry, tmp_path)
    assert time.monotonic() - start < 4
    assert told.url in str(said.value)


def test_nobody_listens(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"Connection refused.*\(3 tries\)"):
        harvest("http://127.0.0.1:9/informea.svc", registry, tmp_path)


@pytest.mark.parametrize("times", [1, 2])
def test_a_failure_that_passes(registry: Registry, tmp_path: Path, times: int) -> None:
    with provider(failing(times), Meetings=[], Decisions=decisions(3)) as told:
        assert harvest(told.url, registry, tmp_path).taken == {"Decisions": 3}


def test_waits_are_polite() -> None:
    waits: list[float] = []
    limits = Limits(tries=4, pause=1.0, backoff=2.0, longest_wait=60.0)
    with provider(failing(2, 429), Decisions=[]) as told:
        Fetcher(limits, waits.append).get(told.url + "/Decisions")
    assert waits == [60.0, 1.0, 60.0, 1.0]  # an hour was asked for
    waits.clear()
    with provider(lambda told, handler, *_: send(handler, b"", 500)) as told, pytest.raises(FeedError):
        Fetcher(limits, waits.append).get(told.url + "/Decisions")
    assert waits == [2.0, 1.0, 4.0, 1.0, 8.0, 1.0]


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7.0), ("", 0.0), ("soon", 0.0), ("Sat, 01 Jan 2000 00:00:00 GMT", 0.0)]
)
def test_retry_after(text: str, seconds: float) -> None:
    assert fetching.retry_after(text) == seconds


# ---- what goes right --------------------------------------------------------------------------------------------


def test_duplicates_and_broken_rows_are_reported(registry: Registry, tmp_path: Path) -> None:
    rows = decisions(3)
    rows += [rows[0], rows[1] | {"id": "again"}, rows[2] | {"id": None}, rows[2] | {"id": "z", "treaty": "atlantis"}]
    with provider(Decisions=rows) as told:
        found = harvest(told.url, registry, tmp_path)
    assert found.taken == {"Decisions": 3}
    assert [(row["id"], row["reason"].split("/")[0]) for row in found.skipped] == [
        ("d0000", "a row with this id came before"),
        ("None", "it has no id"),
        ("again", "another row is about https:"),
        ("z", "the treaty 'atlantis' is not in the registry"),
    ]
    assert "Meetings: not offered there" in found.notes


@pytest.mark.parametrize("refused", ["longTitle", "title"])
def test_an_expansion_that_is_refused(registry: Registry, tmp_path: Path, refused: str) -> None:
    def behave(told: Provider, handler: Handler, name: str, options: dict[str, str]) -> None:
        if refused in options.get("$expand", ""):
            send(handler, b"", 400)
        else:
            well(told, handler, name, options)

    with provider(behave, Decisions=decisions(3)) as told:
        found = harvest(told.url, registry, tmp_path)
    assert found.taken == {"Decisions": 3}
    assert any(note.startswith("Decisions: read with $expand=") for note in found.notes)


def test_it_goes_on_where_it_stopped(registry: Registry, tmp_path: Path) -> None:
    def breaking(told: Provider, handler: Handler, name: str, options: dict[str, str]) -> None:
        if options.get("$skip") == "200":
            send(handler, b"", 403)
        else:
            well(told, handler, name, options)

    with provider(breaking, Decisions=decisions(250)) as told:
        with pytest.raises(FeedError, match="403"):
            harvest(told.url, registry, tmp_path)
        told.behave, told.log = well, []
        found = harvest(told.url, registry, tmp_path)
        assert [re.findall(r"\$skip=(\d+)", path) for path in told.log if "/Decisions" in path] == [["200"], ["250"]]
        assert found.taken == {"Decisions": 250}
        told.log = []
        again = harvest(told.url, registry, tmp_path)  # now each page is asked for again, on condition
        assert told.unchanged == 4
        assert again.graphs == found.graphs


def test_what_was_there_stays(registry: Registry, tmp_path: Path) -> None:
    first, second = decisions(3), decisions(2)
    first[0]["summary"] = second[1]["content"] = [{"language": "fr", "value": "Texte"}]
    second[0]["title"] = [{"language": "en", "value": "Another title"}, {"language": "fr", "value": "Titre"}]
    with provider(Decisions=first) as told:
        before = harvest(told.url, registry, tmp_path / "a").graphs
    with provider(Decisions=second) as told:
        after = harvest(told.url, registry, tmp_path / "b", before).graphs
    lost = set(before["informea-minamata"]) - set(after["informea-minamata"])
    assert [(quad.predicate, quad.object.value) for quad in lost] == [(DCTERMS.title, "Matter 0")]
    assert set(before["provenance"]) < set(after["provenance"])


def test_documents_go_before_feeds(registry: Registry, tmp_path: Path) -> None:
    with provider(Decisions=decisions(2)) as told:
        known = harvest(told.url, registry, tmp_path / "a").graphs["informea-minamata"]
        found = harvest(told.url, registry, tmp_path / "b", {"some-document": known}).graphs
    added = {quad.predicate for quad in found["informea-minamata"]}
    assert DCTERMS.title not in added
    assert found["some-document"] == known


def test_provenance(registry: Registry, tmp_path: Path) -> None:
    with provider(Decisions=decisions(2)) as told:
        quads = harvest(told.url, registry, tmp_path).graphs["provenance"]
    sources = {quad.object for quad in quads if quad.predicate == PROV.wasDerivedFrom}
    assert len(sources) == 1
    assert [quad.object.value for quad in quads if quad.predicate == DCTERMS.source] == [told.url]


# ---- the command ------------------------------------------------------------------------------------------------


def command(*arguments: object) -> Result:
    """`meagraph harvest` in this process."""
    return CliRunner().invoke(meagraph.main, ["harvest", *map(str, arguments)])


@pytest.mark.parametrize("url", ["feed", "ftp://example.org/", "file:///etc/passwd", "http://"])
def test_no_address(tmp_path: Path, url: str) -> None:
    result = command(url, "--data", tmp_path)
    assert result.exit_code == 2
    assert "is not an address" in result.stderr


def test_dry_run_publishes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(informea, "complete", without_inference)
    with provider(Decisions=decisions(2)) as told:
        result = command(told.url, "--data", tmp_path, "--dry-run", "--json", "--pause", 0)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["taken"] == {"Decisions": 2}
    assert not (tmp_path / "current").exists()


def without_inference(graphs: informea.Graphs, *_: object) -> Candidate:
    """The graphs as they are: inference has its own tests."""
    return unchecked(graphs)


def test_errors_leave_the_store_alone(tmp_path: Path) -> None:
    with provider(saying(b"<html>", "text/html")) as told:
        result = command(told.url, "--data", tmp_path, "--pause", 0)
    assert result.exit_code == 1
    assert "not a page of a feed" in result.stderr
    assert not (tmp_path / "current").exists()


# ---- the round trip ---------------------------------------------------------------------------------------------


def content(server: Server, name: str) -> dict[str, Any]:
    """The rows of a set by id, expanded, as if every server had the same address."""
    rows = server.rows(name, expand=",".join(SETS[name].navigations))
    return {row["id"]: row for row in json.loads(json.dumps(rows).replace(server.url, "http://server"))}


def test_our_feed_into_an_empty_store(tmp_path: Path) -> None:
    with running(publish(tmp_path / "ours", decisions=120)) as ours:
        result = command(ours.feed, "--data", tmp_path / "theirs", "--pause", 0, "--json")
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["skipped"] == []
        assert Store(tmp_path / "theirs").current().report["harvests"].keys() == {ours.feed}
        with running(Store(tmp_path / "theirs")) as theirs:
            for name in ("Treaties", "Meetings", "Decisions", "Documents"):
                check_same(content(ours, name), content(theirs, name))


def check_same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """The same rows, but that a decision whose meeting nobody knew has got that of its number."""
    assert theirs.keys() == ours.keys()
    for key, row in ours.items():
        found = differing(row, theirs[key])
        if row.get("meetingTitle"):
            found = {
                name: pair for name, pair in found.items() if not name.startswith("meeting") and name != "published"
            }
        assert found == {}, key


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The members that are not equal."""
    return {name: (one[name], other.get(name)) for name in one if one[name] != other.get(name)}
