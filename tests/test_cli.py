"""The command line: what each command does, says and leaves behind, and with which exit status."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from folders import KEY, write_folder

import meagraph
from graph import nquads
from graph.iri import graph_iri
from graph.registry import Registry
from graph.store import Store
from graph.terms import MEA
from loaders.loading import load_folder

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FLAG = re.compile(r"--[a-z-]+")
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(registry: Registry) -> Run:
    """Runs a command in this process; the registry is read once for all."""

    def call(*arguments: object, text: str | None = None) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(meagraph, "load_registry", lambda: registry)
            result = CliRunner().invoke(meagraph.main, [str(argument) for argument in arguments], input=text)
        if not isinstance(result.exception, SystemExit | None):
            raise result.exception
        return result

    return call


def published_id(result: Result) -> str:
    """The version that a command says it published."""
    found = re.search(r"^published version (\w+): ", result.stdout, re.MULTILINE)
    assert found, result.output
    return found[1]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A note, a file without its row, a row without its file, and four files at fault."""
    return write_folder(
        tmp_path_factory.mktemp("documents"),
        "gone.txt,,,,,,",
        "lost.txt,,,,last week,no-such-meeting,",
        "twin.txt,UNEP/MC/COP.5/99,,,,,",
        empty="",
        latin=b"Gen\xe8ve",
        lost="1. One.\n",
        twin="1. Two.\n",
        unlisted="1. Three.\n",
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that all tests read."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def built(run: Run, documents: Path, data: Path) -> Result:
    """What the build of the documents said."""
    return run("build", documents, "--data", data)


@pytest.fixture
def served(run: Run, tmp_path: Path) -> Store:
    """A store that serves one statement."""
    (tmp_path / "one.nq").write_text(f"<a:s> <a:p> <a:o> {graph_iri('one')} .\n", encoding="utf-8")
    assert run("load", tmp_path / "one.nq", "--data", tmp_path / "store", "--no-check").exit_code == 0
    return Store(tmp_path / "store")


# ---- help ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", meagraph.main.commands.values(), ids=meagraph.main.commands)
def test_every_command_is_in_the_readme_and_has_help(run: Run, command: click.Command) -> None:
    assert f"| `meagraph {command.name} " in README
    assert command.help
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help and option.name != "form"] == []
    for flag in ("--help", "-h"):
        assert run(command.name, flag).stdout.startswith(f"Usage: main {command.name} ")


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `meagraph (\w+)", README, re.MULTILINE)) == set(meagraph.main.commands)


def test_the_options_in_the_readme_are_there() -> None:
    known = {flag for command in meagraph.main.commands.values() for p in command.params for flag in all_flags(p)}
    named = {flag for row in re.findall(r"^\| `meagraph .*", README, re.MULTILINE) for flag in FLAG.findall(row)}
    assert named <= known


def all_flags(parameter: click.Parameter) -> list[str]:
    return [*parameter.opts, *parameter.secondary_opts]


def test_the_command_runs_by_its_module(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "meagraph", "build", str(tmp_path / "missing")]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: meagraph build ")


# ---- exit status --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--version"], 0, ", version "),
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["info", "--nonsense"], 2, "No such option"),
        (["build", "no-such-folder"], 2, "does not exist"),
        (["load", "no-such-file.nq"], 2, "does not exist"),
        (["load", "README.md"], 1, "README.md: unknown RDF format"),
        (["load", "tests/corpus"], 2, "tests/corpus: no RDF files in this folder"),
        (["load", "ontology/align.ttl"], 1, "a statement outside every named graph"),
        (["info", "--data", "no-such-store"], 1, "no published version here; run `meagraph build` or `load`"),
        (["query", "ASK {}", "--data", "no-such-store"], 1, "no published version here"),
        (["validate", "--data", "no-such-store"], 1, "no published version here"),
        (["export", "--data", "no-such-store", "-o", "-"], 1, "no published version here"),
        (["serve", "--data", "no-such-store"], 1, "no published version here"),
        (["serve", "--port", "0"], 2, "0 is not in the range"),
        (["export", "--data", "no-such-store"], 2, "Missing option '-o'"),
    ],
)
def test_the_exit_status_tells_data_from_call(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, words: str
) -> None:
    monkeypatch.chdir(ROOT)
    result = run(*arguments)
    assert (result.exit_code, words in result.output) == (status, True), result.output
    assert "Traceback" not in result.output
    assert status == 0 or result.stdout == ""


# ---- build --------------------------------------------------------------------------------------------------------


def test_documents_at_fault_are_reported_and_the_others_load(built: Result, data: Path) -> None:
    assert built.exit_code == 1
    assert [line for line in built.stdout.splitlines() if line.startswith("not loaded: ")] == [
        "not loaded: manifest.csv line 3: there is no file gone.txt",
        "not loaded: lost.txt: 'last week' is no date of issue such as 2021, 2021-06 or 2021-06-17",
        "not loaded: twin.txt: has the same symbol or key as note.txt: UNEP/MC/COP.5/99",
        "not loaded: empty.txt: the file is empty",
        "not loaded: latin.txt: not UTF-8: byte 0xE8 in line 1; save the file as UTF-8",
    ]
    assert "note: unlisted.txt: not in manifest.csv, loaded by its name alone\n" in built.stdout
    assert "2 documents loaded, 5 faults\n" in built.stdout
    report = Store(data).current().report
    assert [document["key"] for document in report["documents"]] == [KEY, "unlisted"]
    assert len(report["faults"]) == 5
    assert published_id(built) == Store(data).current().id


def test_progress_goes_to_standard_error(built: Result) -> None:
    assert "[1/4] note.txt\n" in built.stderr
    assert built.stderr.splitlines()[-2:] == ["inferring", "validating"]
    assert "validating" not in built.stdout


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (b"name,title\na.txt,One\n", "no column named 'file' in line 1"),
        (b"file,title\na.txt,Gen\xe8ve\n", "manifest.csv: cannot be read as UTF-8"),
        (b"file,title\na.txt," + b"x" * 140_000, "cannot be read as CSV"),
        (b"file,issued\na.txt,last week\n", "a.txt: 'last week' is no date of issue such as 2021, "),
        (b"file,issued\na.txt,2021-13-01\n", "a.txt: '2021-13-01' is no date of issue such as 2021, "),
        (b"file,language\na.txt,British English\n", "a.txt: 'British English' is no language code"),
        (b"file,key\na.txt,a b/c\n", "a.txt: 'a b/c' is no key of letters, digits, dots and hyphens"),
        (b"file,key\na.txt,authority\n", "a.txt: 'authority' is the name of another graph"),
        (b"file,key\nb.txt,b\n", "manifest.csv line 2: there is no file b.txt"),
    ],
)
def test_when_nothing_can_be_loaded_what_was_served_stays(
    run: Run, served: Store, tmp_path: Path, manifest: bytes, words: str
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "manifest.csv").write_bytes(manifest)
    if b"b.txt" not in manifest:
        (folder / "a.txt").write_text("1. One.\n", encoding="utf-8")
    before = served.current()
    result = run("build", folder, "--data", served.path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr
    assert served.current() == before


@pytest.mark.parametrize("name", ["报告", "authority", "provenance"])
def test_a_file_whose_name_gives_no_key_is_a_fault(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.txt").write_text("1. One.\n", encoding="utf-8")
    result = run("build", tmp_path, "--data", tmp_path / "store")
    assert result.exit_code == 1
    assert f"{name}.txt: '{name}' is " in result.stderr
    assert "give" in result.stderr and "in manifest.csv" in result.stderr


def test_a_file_with_two_rows_is_loaded_once(registry: Registry, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "documents", "note.txt,,,,,,")
    loaded = load_folder(folder, registry, lambda _: None)
    assert loaded.faults == ["manifest.csv line 3: note.txt has a row already"]
    assert [document["key"] for document in loaded.documents] == [KEY]


# ---- a build that violates a shape --------------------------------------------------------------------------------

MISFIT = "Violation document-symbol-fits-meeting: doc/UNEP-MC-COP.4-8 (UNEP-MC-COP.4-8): "


@pytest.fixture(scope="module")
def misfit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document whose symbol belongs to another meeting than its row says."""
    folder = tmp_path_factory.mktemp("misfit")
    (folder / "a.txt").write_text("1. One.\n", encoding="utf-8")
    row = "a.txt,UNEP/MC/COP.4/8,minamata-cop-5"
    (folder / "manifest.csv").write_text(f"file,symbol,meeting\n{row}\n", encoding="utf-8")
    return folder


def test_what_violates_a_shape_is_not_published(run: Run, served: Store, misfit: Path) -> None:
    before = served.current()
    result = run("build", misfit, "--data", served.path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "meagraph: not published: 1 violations\n" + MISFIT in result.stderr
    assert served.current() == before


def test_violations_are_published_when_asked_and_told(run: Run, served: Store, misfit: Path) -> None:
    result = run("build", misfit, "--data", served.path, "--allow-violations")
    assert result.exit_code == 0
    assert f"published with 1 violations, as --allow-violations asks:\n{MISFIT}" in result.stdout
    assert served.current().id == published_id(result)
    assert "1 violations, " in run("info", "--data", served.path).stdout


def test_a_dry_run_publishes_nothing_and_tells_all(run: Run, misfit: Path, tmp_path: Path) -> None:
    result = run("build", misfit, "--data", tmp_path / "store", "--dry-run", "--json")
    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [document["key"] for document in said["documents"]] == ["UNEP-MC-COP.4-8"]
    assert [line.startswith(MISFIT) for line in said["violations"]] == [True]
    assert not (tmp_path / "store").exists()


@pytest.fixture
def bad_graph(tmp_path: Path) -> Path:
    """A graph file with a topic that has no name."""
    path = tmp_path / "bad.trig"
    path.write_text(f"{graph_iri('bad')} {{ <a:topic> a {MEA.Topic} }}", encoding="utf-8")
    return path


def test_a_graph_that_violates_a_shape_is_not_loaded_unless_asked(run: Run, served: Store, bad_graph: Path) -> None:
    before = served.current()
    refused = run("load", bad_graph, "--data", served.path)
    assert refused.exit_code == 1
    assert "Violation resource-label: a:topic (bad): " in refused.stderr
    assert served.current() == before
    allowed = run("load", bad_graph, "--data", served.path, "--allow-violations")
    assert allowed.exit_code == 0
    assert "published with 1 violations, as --allow-violations asks:\nViolation resource-label" in allowed.stdout
    unchecked = run("load", bad_graph, "--data", served.path, "--no-check", "--json")
    assert json.loads(unchecked.stdout)["violations"] == []


def test_a_violation_in_the_store_is_found(run: Run, served: Store, bad_graph: Path) -> None:
    run("load", bad_graph, "--data", served.path, "--no-check")
    result = run("validate", "--data", served.path)
    assert result.exit_code == 1
    assert "Violation resource-label: a:topic (bad): " in result.stdout
    assert "1 violations, 0 warnings\n" in result.stdout


# ---- graphs that callers of the endpoint wrote --------------------------------------------------------------------


@pytest.mark.parametrize("command", ["build", "load"])
def test_graphs_that_callers_wrote_are_kept(run: Run, tmp_path: Path, command: str) -> None:
    own, store = quad_file(tmp_path, "own-notes"), Store(tmp_path / "store")
    run("load", own, "--data", store.path, "--no-check")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "note.txt").write_text("1. One.\n", encoding="utf-8")
    source = tmp_path / "documents" if command == "build" else quad_file(tmp_path, "other")
    assert run(command, source, "--data", store.path).exit_code == 0
    assert store.current().report["graphs"]["own-notes"] == 1


def quad_file(folder: Path, graph: str) -> Path:
    """A file with one statement in a graph."""
    path = folder / f"{graph}.nq"
    path.write_text(f"<a:s> <a:p> <a:o> {graph_iri(graph)} .\n", encoding="utf-8")
    return path


# ---- query --------------------------------------------------------------------------------------------------------

DOCUMENT = "SELECT ?label WHERE { ?d mea:key ?key ; skos:prefLabel ?label FILTER (?key = 'unlisted') }"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([DOCUMENT], "label\r\nunlisted\r\n"),
        ([DOCUMENT, "--format", "csv"], "label\r\nunlisted\r\n"),
        ([DOCUMENT, "--format", "tsv"], '?label\n"unlisted"@en\n'),
        (["ASK { <doc/unlisted> a mea:Document }"], "true\n"),
        (["ASK { id:nothing a mea:Document }", "--format", "tsv"], "false\n"),
        (["PREFIX mea: <a:> ASK { ?s a mea:Document }"], "false\n"),
        (["CONSTRUCT { <a:s> <a:p> ?key } WHERE { <doc/unlisted> mea:key ?key }"], '<a:s> <a:p> "unlisted" .\n'),
    ],
)
def test_a_query_is_answered(run: Run, built: Result, data: Path, arguments: list[str], expected: str) -> None:
    result = run("query", *arguments, "--data", data)
    assert (result.exit_code, result.stdout_bytes.decode()) == (0, expected)


def test_a_query_comes_as_a_text_a_file_or_standard_input(run: Run, built: Result, data: Path, tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_text(DOCUMENT, encoding="utf-8")
    answers = {
        run("query", given, "--data", data, text=DOCUMENT).stdout for given in (DOCUMENT, "-", tmp_path / "query.rq")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELEKT", "the query cannot be run: error at 1:"),
        ("SELECT * {\n  ?s ?p\n}", "the query cannot be run: error at 3:"),
        ("SELECT * { nobody:a ?p ?o }", "the query cannot be run: error at 1:"),
        ("INSERT DATA { <a:s> <a:p> <a:o> }", "the query cannot be run: error at 1:"),
        ("SELECT * { SERVICE <file:///etc> { ?s ?p ?o } }", "the query cannot be run: "),
        ("missing.rq", "missing.rq: cannot be read: No such file or directory"),
        ("", "the query cannot be run: error at 1:"),
    ],
)
def test_a_query_at_fault_is_told_with_its_line(run: Run, built: Result, data: Path, text: str, words: str) -> None:
    result = run("query", text, "--data", data)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["info"],
        ["validate"],
        ["query", DOCUMENT],
        ["query", "ASK {}"],
        ["query", "CONSTRUCT WHERE { <doc/unlisted> mea:key ?key }"],
    ],
)
def test_json_is_for_machines(run: Run, built: Result, data: Path, arguments: list[str]) -> None:
    result = run(*arguments, "--data", data, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)


def test_info_is_the_report_of_the_version(run: Run, built: Result, data: Path) -> None:
    report = Store(data).current().report
    assert json.loads(run("info", "--data", data, "--json").stdout) == report
    text = run("info", "--data", data).stdout
    assert text.startswith(f"version {published_id(built)}: {report['quads']:,} statements\n")
    assert all(
        re.search(rf"^  {re.escape(name)} +{size:,}$", text, re.MULTILINE) for name, size in report["graphs"].items()
    )


# ---- export -------------------------------------------------------------------------------------------------------


def export(run: Run, data: Path, output: Path, *options: str) -> Path:
    assert run("export", "--data", data, "-o", output, *options).exit_code == 0
    return output


def test_an_export_is_sorted_and_the_same_each_time(run: Run, built: Result, data: Path, tmp_path: Path) -> None:
    first, second = (export(run, data, tmp_path / name).read_text(encoding="utf-8") for name in ("a.nq", "b.nq"))
    lines = first.splitlines()
    assert lines == sorted(set(lines))
    assert first == second == run("export", "--data", data, "-o", "-").stdout


@pytest.mark.parametrize("options", [(), ("--folder",)], ids=["file", "folder"])
def test_what_is_exported_and_loaded_is_the_same_version(
    run: Run, built: Result, data: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    output = export(run, data, tmp_path / "out.nq", *options)
    assert published_id(run("load", output, "--data", tmp_path / "store", "--no-check")) == published_id(built)


def test_a_folder_has_one_file_for_each_graph(run: Run, built: Result, data: Path, tmp_path: Path) -> None:
    (tmp_path / "of-a-graph-that-is-no-more.nq").write_text("", encoding="utf-8")
    (tmp_path / "README").write_text("stays", encoding="utf-8")
    export(run, data, tmp_path, "--folder")
    names = ["README", "authority.nq", "inferred.nq", "ontology.nq", "provenance.nq", f"{KEY}.nq", "unlisted.nq"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize("options", [(), ("--folder",)], ids=["file", "folder"])
def test_running_text_can_be_left_out(
    run: Run, built: Result, data: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    output = export(run, data, tmp_path / "out.nq", "--no-text", *options)
    files = list(output.glob("*.nq")) if options else [output]
    quads = [quad for path in files for quad in nquads.read(path)]
    assert len(quads) > 1000
    assert MEA.text not in {quad.predicate for quad in quads}
    assert Store(data).current().report["quads"] - len(quads) == 11


@pytest.mark.parametrize(
    ("name", "options"), [("no/such/a.nq", ()), ("file", ("--folder",)), ("file/in", ("--folder",))]
)
def test_where_nothing_can_be_written_the_call_is_at_fault(
    run: Run, built: Result, data: Path, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    result = run("export", "--data", data, "-o", tmp_path / name, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{name}: cannot be written: " in result.stderr
