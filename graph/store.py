"""The versioned store: a directory of published versions, of which one is current.

    STORE_DIR/versions/{id}/graphs/{name}.nq   one sorted file per named graph
    STORE_DIR/versions/{id}/union.nt           their union, each statement once
    STORE_DIR/versions/{id}/report.json        what the build said
    STORE_DIR/current -> versions/{id}         replaced in one step

A version never changes once it is there. A build that fails leaves `current` where it was, so that what is served
stays served.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

from graph import nquads
from graph.errors import StaleError, StoreError

KEPT_VERSIONS = 3


@dataclass(frozen=True)
class Version:
    """One published state of the graph; `id` is a hash of its content."""

    path: Path

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def report(self) -> dict[str, Any]:
        """What the build said of this version, as it was published."""
        try:
            report: dict[str, Any] = json.loads((self.path / "report.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise self._damage(error) from error
        return report

    def graph_files(self) -> list[Path]:
        """The N-Quads files, one per named graph, sorted by name."""
        return sorted((self.path / "graphs").glob("*.nq"))

    def is_whole(self) -> bool:
        """Whether the files are there as they were published: the id is their hash."""
        try:
            return self.id == nquads.digest([*self.graph_files(), self.path / "union.nt"])
        except OSError:
            return False

    def quads(self) -> Iterator[pyoxigraph.Quad]:
        """Every statement of every graph; StoreError when a file is not as it was published."""
        self._require_whole()
        for path in self.graph_files():
            yield from nquads.read(path)

    def open(self) -> pyoxigraph.Store:
        """A new in-memory store with all named graphs, and their union as its default graph.

        A statement that several graphs make stands once in the default graph, so that counts are right; the
        engine's own union of graphs would repeat it. Raises StoreError when a file is not as it was published.
        """
        self._require_whole()
        store = pyoxigraph.Store()
        for path in self.graph_files():
            store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
        store.bulk_load(path=str(self.path / "union.nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)
        return store

    def _require_whole(self) -> None:
        if not self.is_whole():
            raise self._damage("its files are not those that were published")

    def _damage(self, why: object) -> StoreError:
        return StoreError(f"{self.path}: this version is damaged, build or load it anew: {why}")


@dataclass(frozen=True)
class Store:
    """A store directory; it need not exist before the first version is published."""

    path: Path

    def current(self) -> Version:
        """The version that is served; StoreError when nothing was published yet."""
        link = self.path / "current"
        try:
            target = link.resolve(strict=True)
        except OSError as error:
            raise StoreError(f"{self.path}: no published version here; run `meagraph build` or `load`") from error
        return Version(target)

    def current_id(self) -> str:
        """The id of the version that is served, empty when nothing was published yet."""
        return self.current().id if (self.path / "current").exists() else ""

    def publish(
        self,
        graphs: Mapping[str, Iterable[pyoxigraph.Quad]],
        report: Mapping[str, Any],
        *,
        base: str | None = None,
    ) -> Version:
        """Write the graphs as a new version and make it current, in one step.

        `base` is the id of the version that the graphs were made from: when it is given and another one is current,
        StaleError is raised. Raises StoreError when another process is publishing, or when the directory cannot be
        written.
        """
        try:
            (self.path / "versions").mkdir(parents=True, exist_ok=True)
            with self._sole_writer():
                if base is not None and self.current_id() != base:
                    raise StaleError(f"{self.path}: another version was published meanwhile; run this again")
                self._drop_leftovers()
                version = self._write(graphs, report)
                self._make_current(version)
                self._drop_old(version)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot publish: {error}") from error
        return version

    @contextmanager
    def _sole_writer(self) -> Iterator[None]:
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreError(f"{self.path}: another process is publishing here") from error
            yield

    def _write(self, graphs: Mapping[str, Iterable[pyoxigraph.Quad]], report: Mapping[str, Any]) -> Version:
        scratch = Path(tempfile.mkdtemp(prefix="new-", dir=self.path))
        try:
            (scratch / "graphs").mkdir()
            graphs = {name: list(quads) for name, quads in graphs.items()}
            sizes = {name: nquads.write(scratch / "graphs" / f"{name}.nq", quads) for name, quads in graphs.items()}
            nquads.write_union(scratch / "union.nt", graphs.values())
            identity = nquads.digest([*(scratch / "graphs").glob("*.nq"), scratch / "union.nt"])
            content = {"version": identity, "quads": sum(sizes.values()), "graphs": sizes, **report}
            text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
            (scratch / "report.json").write_text(text, encoding="utf-8")
            scratch.chmod(0o755)
            target = self.path / "versions" / identity
            if Version(target).is_whole():
                (scratch / "report.json").replace(target / "report.json")
            else:
                shutil.rmtree(target, ignore_errors=True)
                scratch.replace(target)
            return Version(target.resolve())
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _drop_leftovers(self) -> None:
        """What a build that was killed left behind."""
        for path in self.path.glob("new-*"):
            shutil.rmtree(path)

    def _make_current(self, version: Version) -> None:
        link = self.path / f"current.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("versions") / version.id)
        link.replace(self.path / "current")

    def _drop_old(self, current: Version) -> None:
        versions = sorted((self.path / "versions").iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [path for path in versions if path.name != current.id][KEPT_VERSIONS - 1 :]:
            shutil.rmtree(path)
