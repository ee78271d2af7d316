"""The store: a version is published in one step or not at all, never changes, and is refused when damaged."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad

from graph import nquads
from graph.errors import DataError, StaleError, StoreError
from graph.iri import graph_iri, thing
from graph.store import KEPT_VERSIONS, Store, Version
from graph.terms import MEA

Graphs = dict[str, list[Quad]]


def quad(value: str, graph: str = "one") -> Quad:
    return Quad(thing("org", "a"), MEA.label, Literal(value), graph_iri(graph))


def graphs(*values: str) -> Graphs:
    return {"one": [quad(value) for value in values], "two": [quad("shared", "two")]}


def labels(version: Version) -> set[str]:
    """What the union of the graphs says."""
    found = version.open().quads_for_pattern(None, MEA.label, None, DefaultGraph())
    return {q.object.value for q in found if isinstance(q.object, Literal)}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


# ---- what is published --------------------------------------------------------------------------------------------


def test_a_version_holds_its_graphs_their_union_and_the_report(store: Store) -> None:
    version = store.publish(graphs("x"), {"source": "folder"})
    assert version == store.current()
    assert [path.name for path in version.graph_files()] == ["one.nq", "two.nq"]
    assert labels(version) == {"x", "shared"}
    assert version.report == {"version": version.id, "quads": 2, "graphs": {"one": 1, "two": 1}, "source": "folder"}


def test_the_union_has_each_triple_once(store: Store) -> None:
    version = store.publish({"one": [quad("x"), quad("x"), quad("y")], "two": [quad("x", "two")]}, {})
    assert len((version.path / "union.nt").read_text(encoding="utf-8").splitlines()) == 2
    opened = version.open()
    assert len(list(opened.quads_for_pattern(None, None, None, DefaultGraph()))) == 2
    assert len(list(opened.quads_for_pattern(None, None, None, graph_iri("two")))) == 1


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"two": [quad("shared", "two")], "one": [quad("y"), quad("x"), quad("y")]}, True),
        ({"one": [quad("x"), quad("z")], "two": [quad("shared", "two")]}, False),
        ({"one": [quad("x"), quad("y")]}, False),
        ({"one": [quad("x"), quad("y")], "three": [quad("shared", "three")]}, False),
    ],
    ids=["other order", "another value", "a graph less", "another name"],
)
def test_the_id_is_the_content(store: Store, other: Graphs, same: bool) -> None:
    assert (store.publish(graphs("x", "y"), {}).id == store.publish(other, {}).id) is same


def test_the_same_content_again_takes_the_new_report(store: Store) -> None:
    first, second = store.publish(graphs("x"), {"run": 1}), store.publish(graphs("x"), {"run": 2})
    assert (first.id, first.report["run"]) == (second.id, 2)
    assert len(list((store.path / "versions").iterdir())) == 1


# ---- in one step --------------------------------------------------------------------------------------------------


def test_readers_of_the_version_before_keep_reading_it(store: Store) -> None:
    before = store.publish(graphs("old"), {})
    opened = before.open()
    after = store.publish(graphs("new"), {})
    assert store.current() == after
    assert labels(before) == {"old", "shared"}
    assert labels(after) == {"new", "shared"}
    assert len(opened) == 4


def fails_while_reading() -> Iterator[Quad]:
    yield quad("x")
    raise OSError("the disk is full")


@pytest.mark.parametrize(
    ("broken", "error", "words"),
    [
        (lambda: [Quad(BlankNode(), MEA.label, Literal("x"), graph_iri("one"))], DataError, "blank node"),
        (fails_while_reading, StoreError, "cannot publish: the disk is full"),
    ],
    ids=["blank node", "full disk"],
)
def test_a_failed_publication_changes_nothing(
    store: Store, broken: Callable[[], list[Quad]], error: type[DataError], words: str
) -> None:
    before = store.publish(graphs("x"), {})
    with pytest.raises(error, match=words):
        store.publish({"one": broken()}, {})
    assert store.current() == before
    assert sorted(path.name for path in store.path.iterdir()) == ["current", "lock", "versions"]
    assert [path.name for path in (store.path / "versions").iterdir()] == [before.id]


def test_current_is_there_at_every_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The link is replaced, never removed: whoever looks just before the last step sees the version before."""
    before = store.publish(graphs("old"), {})
    seen = []

    def replace(self: Path, target: Path) -> None:
        seen.append((target.name, store.current().id))
        os.replace(self, target)  # noqa: PTH105 - Path.replace is what is watched

    monkeypatch.setattr(Path, "replace", replace)
    after = store.publish(graphs("new"), {})
    assert seen == [(after.id, before.id), ("current", before.id)]


def test_a_second_writer_is_refused(store: Store) -> None:
    before = store.publish(graphs("x"), {})
    with (store.path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another process is publishing here"):
            store.publish(graphs("y"), {})
    assert store.current() == before
    assert store.publish(graphs("y"), {}) != before


def test_what_was_made_from_an_older_version_is_refused(store: Store) -> None:
    first = store.publish(graphs("x"), {}, base="")
    second = store.publish(graphs("y"), {}, base=first.id)
    with pytest.raises(StaleError, match="another version was published meanwhile"):
        store.publish(graphs("z"), {}, base=first.id)
    assert store.current() == second


def test_old_versions_are_dropped_and_the_current_one_never(store: Store) -> None:
    versions = [store.publish(graphs(str(number)), {}) for number in range(KEPT_VERSIONS + 2)]
    kept = {path.name for path in (store.path / "versions").iterdir()}
    assert len(kept) == KEPT_VERSIONS
    assert versions[-1].id in kept
    assert versions[0].id not in kept
    assert labels(store.current()) == {str(KEPT_VERSIONS + 1), "shared"}


def test_what_a_killed_build_left_is_removed(store: Store) -> None:
    store.publish(graphs("x"), {})
    (store.path / "new-abc" / "graphs").mkdir(parents=True)
    store.publish(graphs("y"), {})
    assert not (store.path / "new-abc").exists()


# ---- nothing there, and damage ------------------------------------------------------------------------------------


def test_before_the_first_version_there_is_none(store: Store) -> None:
    with pytest.raises(StoreError, match="no published version here"):
        store.current()


def test_a_store_cannot_be_made_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot publish"):
        Store(tmp_path / "file").publish(graphs("x"), {})


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def lose_a_line(path: Path) -> None:
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (cut, "graphs/one.nq"),
        (lose_a_line, "graphs/one.nq"),
        (lose_a_line, "union.nt"),
        (Path.unlink, "graphs/one.nq"),
        (Path.unlink, "union.nt"),
    ],
)
def test_a_damaged_version_is_refused_and_building_it_anew_repairs_it(
    store: Store, damage: Callable[[Path], None], name: str
) -> None:
    version = store.publish(graphs("x", "y"), {})
    damage(version.path / name)
    for read in (version.open, lambda: list(version.quads())):
        with pytest.raises(StoreError, match=f"{version.id}: this version is damaged, build or load it anew"):
            read()
    assert store.publish(graphs("x", "y"), {}) == version
    assert labels(version) == {"x", "y", "shared"}


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("{", encoding="utf-8")])
def test_a_damaged_report_is_refused(store: Store, damage: Callable[[Path], object]) -> None:
    version = store.publish(graphs("x"), {})
    damage(version.path / "report.json")
    with pytest.raises(StoreError, match="this version is damaged"):
        _ = version.report


def test_the_quads_of_a_version_are_those_published(store: Store) -> None:
    content = graphs("x", "y")
    assert nquads.by_graph(store.publish(content, {}).quads()) == content
