"""The command line: `meagraph build`, `load`, `harvest`, `serve`, `query`, `validate`, `check`, `export`, `info`.

Exit status: 0 fine, 1 the data is at fault, 2 the call is at fault.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import click

from graph import asking, building, nquads
from graph.checks import check
from graph.comparison import compare, read_build
from graph.errors import DataError, MeagraphError, UsageError
from graph.registry import load_registry
from graph.reports import REPORTS, read_baseline
from graph.store import Store
from loaders import informea
from loaders.explaining import explain
from loaders.informea.fetching import Limits
from loaders.loading import Loaded, analyse_file, load_folder

DATA_OPTION = click.option(
    "--data",
    "data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".data/store"),
    show_default=True,
    help="The store directory.",
)
JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Write JSON, for machines.")
ALLOW_OPTION = click.option(
    "--allow-violations", is_flag=True, help="Publish although shapes are violated, and say so."
)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


class Command(click.Group):
    """Turns the project's own errors into a line on standard error and an exit status."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except UsageError as error:
            fail(error, 2)
        except MeagraphError as error:
            fail(error, 1)


def fail(error: MeagraphError, status: int) -> NoReturn:
    """Say what went wrong and leave."""
    click.echo(f"meagraph: {error}", err=True)
    sys.exit(status)


def progress(message: str) -> None:
    """Progress goes to standard error, so that results can be piped."""
    click.echo(message, err=True)


def show(data: dict[str, Any], as_json: bool, text: list[str]) -> None:
    """Write a result as JSON or as lines."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(text))


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="meagraph")
def main() -> None:
    """A knowledge graph of multilateral environmental agreements: build it, check it, ask it, serve it."""


@main.command()
@click.argument("folder", type=FOLDER)
@DATA_OPTION
@click.option("--dry-run", is_flag=True, help="Load and check everything, publish nothing.")
@ALLOW_OPTION
@JSON_OPTION
def build(folder: Path, data: Path, dry_run: bool, allow_violations: bool, as_json: bool) -> None:
    """Load the documents of FOLDER, with its manifest.csv when there is one, and publish them as a new version.

    A document that cannot be read is reported and the others still load; the exit status is then 1. A graph that
    violates a shape is not published, and what was served before stays.
    """
    started = time.monotonic()
    store, registry = Store(data), load_registry()
    base = store.current_id()
    loaded = load_folder(folder, registry, progress)
    if len(loaded.graphs) == 1:
        raise DataError("\n".join(["nothing could be loaded; nothing was published", *loaded.faults]))
    candidate = building.complete({**building.own_graphs(store), **loaded.graphs}, registry, progress)
    report = {**loaded.report(), "source": folder.name}
    if dry_run:
        finish_dry_run(candidate, loaded, as_json, allow_violations=allow_violations)
        return
    version = building.publish(store, candidate, report, base=base, allow_violations=allow_violations)
    seconds = time.monotonic() - started
    content = version.report
    lines = [*loaded.lines(), *published_lines(content, f"({seconds:.1f} s)")]
    show(content, as_json, lines)
    if loaded.faults:
        sys.exit(1)


def finish_dry_run(candidate: building.Candidate, loaded: Loaded, as_json: bool, *, allow_violations: bool) -> None:
    """Report what a build would publish; exit status 1 when it would not."""
    faults = candidate.faults()
    quads = sum(map(len, candidate.graphs.values()))
    said = f"dry run: {quads:,} statements, {len(faults)} violations; nothing was published"
    show({**loaded.report(), "quads": quads, "violations": faults}, as_json, [*loaded.lines(), *faults, said])
    if loaded.faults or (faults and not allow_violations):
        sys.exit(1)


def published_lines(content: dict[str, Any], how: str) -> list[str]:
    """One line for a published version, then the violations that were allowed."""
    lines = [f"published version {content['version']}: {content['quads']:,} statements {how}"]
    if content["violations"]:
        lines.append(f"published with {len(content['violations'])} violations, as --allow-violations asks:")
    return [*lines, *content["violations"]]


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@DATA_OPTION
@click.option("--check/--no-check", default=True, help="Validate before publishing.", show_default=True)
@ALLOW_OPTION
@JSON_OPTION
def load(paths: tuple[Path, ...], data: Path, check: bool, allow_violations: bool, as_json: bool) -> None:
    """Publish graphs that exist already: N-Quads or TriG files, or folders of them."""
    files = list(nquads.files(paths))
    store = Store(data)
    base = store.current_id()
    given = nquads.by_graph(quad for path in files for quad in nquads.read(path))
    graphs = {**building.own_graphs(store), **given}
    report = {"documents": [{"key": name} for name in building.document_names(graphs)], "faults": [], "notes": []}
    candidate = building.check(graphs, progress) if check else building.unchecked(graphs)
    version = building.publish(store, candidate, report, base=base, allow_violations=allow_violations)
    content = version.report
    show(content, as_json, published_lines(content, f"of {len(files)} files"))


@main.command()
@DATA_OPTION
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def serve(data: Path, host: str, port: int) -> None:
    """Serve the current version: SPARQL endpoint, pages and linked data on one port."""
    from server.serve import run

    run(Store(data), host, port)


@main.command()
@click.argument("query")
@DATA_OPTION
@click.option("--format", "form", type=click.Choice(sorted(asking.FORMATS)), default="csv", show_default=True)
@JSON_OPTION
def query(query: str, data: Path, form: str, as_json: bool) -> None:
    """Run a SPARQL query on the current version: the query itself, a file with one, or - for standard input.

    The usual prefixes (mea:, id:, skos:, dcterms: …) are known. CONSTRUCT and DESCRIBE give N-Triples, with --json
    JSON-LD.
    """
    text = sys.stdin.read() if query == "-" else asking.query_text(query)
    sys.stdout.buffer.write(asking.ask(Store(data).current(), text, "json" if as_json else form))


@main.command()
@DATA_OPTION
@JSON_OPTION
def validate(data: Path, as_json: bool) -> None:
    """Check the current version against all shapes; exit status 1 when one is violated."""
    version = Store(data).current()
    candidate = building.check(nquads.by_graph(version.quads()), progress)
    faults = candidate.faults()
    warnings = [str(warning) for warning in candidate.validation.warnings]
    lines = [*faults, *warnings, f"version {version.id}: {len(faults)} violations, {len(warnings)} warnings"]
    show({"version": version.id, "conforms": not faults, "violations": faults, "warnings": warnings}, as_json, lines)
    if faults:
        sys.exit(1)


@main.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(sorted(REPORTS)), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning"]),
    default="violation",
    show_default=True,
    help="The least severity that gives exit status 1.",
)
@click.option("--baseline", type=click.Path(path_type=Path, dir_okay=False), help="A JSON report of known findings.")
@click.option("--shapes", type=FOLDER, help="A folder with shapes of your own (*.ttl), besides ours.")
@click.option("--query", "queries", type=FOLDER, help="A folder with queries (*.rq) that say what they must return.")
def check_files(
    paths: tuple[Path, ...], form: str, fail_on: str, baseline: Path | None, shapes: Path | None, queries: Path | None
) -> None:
    """Check RDF files of your own, or folders of them, against shapes, ontology and authority data.

    Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML. Nothing is published. Exit status 1 when something is found
    that is as grave as --fail-on.
    """
    known = read_baseline(baseline) if baseline else []
    report = check(paths, load_registry(), shapes=shapes, queries=queries).less(known)
    click.echo(REPORTS[form](report), nl=False)
    if report.fails(fail_on):
        sys.exit(1)


@main.command()
@DATA_OPTION
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="N-Quads file, or - for stdout.")
@click.option("--folder", is_flag=True, help="Take OUTPUT as a folder and write one sorted file per named graph.")
@click.option("--text/--no-text", default=True, show_default=True, help="With the running text of the documents.")
def export(data: Path, output: Path, folder: bool, text: bool) -> None:
    """Write the current version as N-Quads, sorted: the same version gives the same bytes."""
    graphs = nquads.by_graph(Store(data).current().quads())
    graphs = graphs if text else dict(building.without_text(graphs))
    if str(output) == "-" and not folder:
        click.echo(nquads.text(graphs), nl=False)
        return
    try:
        if folder:
            nquads.write_folder(output, graphs)
        else:
            output.write_text(nquads.text(graphs), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from error


@main.command()
@DATA_OPTION
@JSON_OPTION
def info(data: Path, as_json: bool) -> None:
    """What the current version holds: statements per named graph and findings per document."""
    content = Store(data).current().report
    lines = [f"version {content['version']}: {content['quads']:,} statements"]
    lines += [f"  {name:45} {size:>9,}" for name, size in sorted(content["graphs"].items())]
    lines.append(f"{len(content.get('violations', []))} violations, {len(content.get('warnings', []))} warnings")
    show(content, as_json, lines)


@main.command("explain")
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--unit", "place", help="Only the place with this printed label, such as 26 or 'annex op. 1'.")
@JSON_OPTION
def explain_command(document: Path, place: str | None, as_json: bool) -> None:
    """Print the paragraphs of DOCUMENT with their findings marked and the rule that made each.

    What a manifest.csv beside the document says of it is taken into account.
    """
    analysis = analyse_file(document, load_registry())
    explained = explain(analysis, place)
    show({"units": [unit.data() for unit in explained]}, as_json, [line for unit in explained for line in unit.lines()])


@main.command("compare")
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.argument("new", type=click.Path(path_type=Path, exists=True))
@JSON_OPTION
def compare_command(old: Path, new: Path, as_json: bool) -> None:
    """Print the findings gained (+) and lost (-) between two builds: store directories, graph folders or RDF files."""
    result = compare(read_build(old), read_build(new))
    lines = [*(f"+ {line}" for line in result.gained), *(f"- {line}" for line in result.lost)]
    said = f"{len(result.gained)} findings gained, {len(result.lost)} lost"
    show({"gained": list(result.gained), "lost": list(result.lost)}, as_json, [*lines, said])


@main.command("harvest")
@click.argument("url")
@DATA_OPTION
@click.option("--dry-run", is_flag=True, help="Read and check everything, publish nothing.")
@click.option(
    "--state", type=click.Path(path_type=Path, dir_okay=False), help="Keeps the pages read; else in the store."
)
@click.option("--pause", default=1.0, show_default=True, type=click.FloatRange(0), help="Seconds between requests.")
@ALLOW_OPTION
@JSON_OPTION
def harvest_command(
    url: str, data: Path, dry_run: bool, state: Path | None, pause: float, allow_violations: bool, as_json: bool
) -> None:
    """Read another provider's InforMEA feed at URL into one graph for each treaty, and publish a new version.

    What the store holds stays. A harvest that was interrupted goes on where it stopped; a repeated one asks only for
    what has changed.
    """
    store, registry = Store(data), load_registry()
    before = store.current() if store.current_id() else None
    known = nquads.by_graph(before.quads()) if before else {}
    state = state or data / "harvest" / informea.state_name(url)
    found = informea.harvest(url, known, registry, state, Limits(pause=pause), progress)
    candidate = informea.complete(found.graphs, registry, progress)
    if dry_run:
        faults = candidate.faults()
        said = f"dry run: {len(faults)} violations; nothing was published"
        show({**found.report(), "violations": faults}, as_json, [*found.lines(), *faults, said])
        sys.exit(1 if faults else 0)
    report = found.onto(before.report if before else {}, url)
    version = building.publish(store, candidate, report, allow_violations=allow_violations)
    quads = version.report["quads"]
    lines = [*found.lines(), f"published version {version.id}: {quads:,} statements"]
    show({**found.report(), "version": version.id, "quads": quads}, as_json, lines)


if __name__ == "__main__":
    main(prog_name="meagraph")
