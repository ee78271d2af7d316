"""The graph to take away: gzipped dumps of each version and of each of its named graphs, at /dumps/.

A dump is made when it is first asked for, from the files of the version, which never change; then it is a file with
an entity tag, a date, ranges and a checksum.
"""

import base64
import gzip
import hashlib
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, send_file, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from graph.terms import PREFIXES
from server.context import services

if TYPE_CHECKING:
    from graph.store import Version

bp = Blueprint("dumps", __name__)

WHOLE = "meagraph"  # the name of the dump of everything
GZIP_LEVEL = 6
KEPT = 3  # versions whose dumps stay on disk
Write = Callable[["Version", str, IO[bytes]], None]
TURTLE_PREFIXES = {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"}


@dataclass(frozen=True)
class Dump:
    """A finished dump."""

    path: Path
    sha256: str
    published: datetime

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size


@dataclass(frozen=True)
class Form:
    """A format that dumps come in."""

    suffix: str
    name: str
    media: str
    iri: str
    write: Write


def sources(version: "Version", name: str) -> list[Path]:
    """The files of the store behind a dump."""
    return [path for path in version.graph_files() if name in (WHOLE, path.stem)]


def write_quads(version: "Version", name: str, output: IO[bytes]) -> None:
    """The N-Quads files as they are, one after the other."""
    for path in sources(version, name):
        with path.open("rb") as source:
            shutil.copyfileobj(source, output)


def write_trig(version: "Version", name: str, output: IO[bytes]) -> None:
    """The same as TriG, graph after graph."""
    for path in sources(version, name):
        quads = ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
        ox.serialize(quads, output, format=ox.RdfFormat.TRIG, prefixes=TURTLE_PREFIXES)


def write_turtle(version: "Version", name: str, output: IO[bytes]) -> None:
    """The triples without their graphs; the whole has each once."""
    if name == WHOLE:
        triples = ox.parse(path=str(version.path / "union.nt"), format=ox.RdfFormat.N_TRIPLES)
    else:
        triples = ox.parse(path=str(sources(version, name)[0]), format=ox.RdfFormat.N_QUADS)
    ox.serialize((q.triple for q in triples), output, format=ox.RdfFormat.TURTLE, prefixes=TURTLE_PREFIXES)


FORMS = {
    form.suffix: form
    for form in (
        Form("nq", "N-Quads", "application/n-quads", "http://www.w3.org/ns/formats/N-Quads", write_quads),
        Form("trig", "TriG", "application/trig", "http://www.w3.org/ns/formats/TriG", write_trig),
        Form("ttl", "Turtle", "text/turtle", "http://www.w3.org/ns/formats/Turtle", write_turtle),
    )
}


class Dumps:
    """Makes dumps and keeps them in a folder of this process, which goes with it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.made: dict[tuple[str, str, str], Dump] = {}

    def get(self, version: "Version", name: str, form: Form) -> Dump:
        """The dump of this name, made now when it is not there; NotFound when the version is gone."""
        key = (version.id, name, form.suffix)
        with self.lock:
            if key not in self.made:
                try:
                    self.made[key] = self.make(version, name, form)
                except OSError as error:
                    raise NotFound(f"Version {version.id} is no longer here.") from error
                self.forget_old(version.id)
            return self.made[key]

    def make(self, version: "Version", name: str, form: Form) -> Dump:
        """Write it: the same version gives the same bytes."""
        self.folder = self.folder or tempfile.TemporaryDirectory(prefix="meagraph-dumps-")
        target = Path(self.folder.name) / version.id / f"{name}.{form.suffix}.gz"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file, gzip.GzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as packed:
            form.write(version, name, packed)  # type: ignore[arg-type]
        with target.open("rb") as finished:
            digest = hashlib.file_digest(finished, "sha256").hexdigest()
        return Dump(target, digest, published(version))

    def forget_old(self, latest: str) -> None:
        """Remove the dumps of all but the versions asked for last."""
        versions = list(dict.fromkeys([latest, *(key[0] for key in reversed(self.made))]))
        for version in versions[KEPT:]:
            self.made = {key: dump for key, dump in self.made.items() if key[0] != version}
            if self.folder:
                shutil.rmtree(Path(self.folder.name) / version, ignore_errors=True)


DUMPS = Dumps()


def published(version: "Version") -> datetime:
    """When its files were written."""
    seconds = int((version.path / "union.nt").stat().st_mtime)
    return datetime.fromtimestamp(seconds, UTC)


def find_version(identity: str) -> "Version":
    """A version that the store still has; NotFound for any other."""
    store = services().store
    current = store.current()
    if identity == current.id:
        return current
    names = {path.name for path in current.path.parent.iterdir()}
    if identity not in names:
        raise NotFound(f"There is no version {identity!r}; /dumps/ lists what there is.")
    return type(current)(current.path.parent / identity)


def served_version() -> "Version":
    """The one that queries are answered from; a newer one may be there already, or not be loadable."""
    try:
        return find_version(services().pool.version)
    except NotFound:
        return services().store.current()


def find_dump(identity: str, file: str) -> tuple[Dump, Form]:
    """The dump that a file's name stands for: `authority.nq.gz`."""
    version = find_version(identity)
    name, _, suffix = file.removesuffix(".gz").rpartition(".")
    names = {WHOLE, *(path.stem for path in version.graph_files())}
    if not file.endswith(".gz") or suffix not in FORMS or name not in names:
        raise NotFound(f"There is no dump {file!r}; /dumps/ lists what there is.")
    return DUMPS.get(version, name, FORMS[suffix]), FORMS[suffix]


@bp.route("/dumps/")
def index() -> str:
    """What there is of the current version."""
    version = served_version()
    names = [path.stem for path in version.graph_files()]
    return render_template("dumps.html", version=version.id, names=[WHOLE, *names], forms=FORMS, whole=WHOLE)


@bp.route("/dumps/current/<file>")
def latest(file: str) -> AnyResponse:
    """The dump of the current version, which has an address of its own."""
    return redirect(url_for("dumps.download", identity=served_version().id, file=file), 307)


@bp.route("/dumps/<identity>/<file>")
def download(identity: str, file: str) -> Response:
    """A dump, or with `.sha256` behind it its checksum as `sha256sum --check` reads it."""
    if file.endswith(".sha256"):
        dump, _ = find_dump(identity, file.removesuffix(".sha256"))
        return Response(f"{dump.sha256}  {dump.path.name}\n", content_type="text/plain; charset=utf-8")
    dump, _ = find_dump(identity, file)
    response = send_file(
        dump.path,
        mimetype="application/gzip",
        as_attachment=True,
        download_name=file,
        conditional=True,
        etag=dump.sha256,
        last_modified=dump.published,
        max_age=31_536_000,
    )
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(dump.sha256)).decode()}:"
    response.accept_ranges = "bytes"
    return response
