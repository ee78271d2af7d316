"""The shape of the repository: imports run one way, the base is spelled once, nothing lies about unused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from graph.iri import BASE
from graph.registry import KINDS

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "loaders", "server")
MAY_IMPORT = {"graph": {"graph"}, "loaders": {"graph", "loaders"}, "server": {"graph", "server"}}
LONGEST_FUNCTION = 60
LONGEST_MODULE = 350
LONGEST_TEST_MODULE = 450
CODE = (".py", ".html", ".js", ".css", ".ttl", ".rq", ".yaml", ".json", ".toml")


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


CODE_MODULES = [*modules(*PACKAGES), ROOT / "meagraph.py"]
TEST_MODULES = modules("tests", "bench")
SPELLED_BY_HAND = sorted(
    path
    for folder in (*PACKAGES, "ontology", "shapes", "bench")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in CODE
)


# ---- imports ------------------------------------------------------------------------------------------------------


def imports(path: Path, *, for_types: bool = True) -> Iterator[str]:
    """The full names of what a module imports, wherever in it: `from graph import iri` gives graph and graph.iri."""
    for node in statements(ast.parse(path.read_text(encoding="utf-8")), for_types):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def statements(tree: ast.AST, for_types: bool) -> Iterator[ast.AST]:
    """All nodes; those below `if TYPE_CHECKING`, which never run, only when asked."""
    if (
        isinstance(tree, ast.If)
        and isinstance(tree.test, ast.Name)
        and tree.test.id == "TYPE_CHECKING"
        and not for_types
    ):
        return
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from statements(child, for_types)


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {name.partition(".")[0] for name in imports(path)} & {*PACKAGES, "meagraph", "tests"}
    assert ours <= MAY_IMPORT[package]


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_of_a_package_do_not_import_each_other_in_a_circle(package: str) -> None:
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in modules(package)}
    waiting = {name: {*imports(path, for_types=False)} & paths.keys() - {name} for name, path in paths.items()}
    while ready := {name for name, others in waiting.items() if not others}:
        waiting = {name: others - ready for name, others in waiting.items() if name not in ready}
    assert waiting == {}


def test_ontology_and_shapes_are_data() -> None:
    assert modules("ontology", "shapes") == []


# ---- one place for each thing -------------------------------------------------------------------------------------


def test_the_base_is_spelled_in_one_place() -> None:
    spelled = [
        name_of(path) for path in [*SPELLED_BY_HAND, ROOT / "meagraph.py"] if BASE in path.read_text(encoding="utf-8")
    ]
    assert spelled == ["graph/iri.py"]


def test_every_authority_file_is_read() -> None:
    folder = ROOT / "graph" / "authority"
    assert {path.stem for path in folder.glob("*.yaml")} == set(KINDS)
    assert {path.stem for path in (folder / "schema").iterdir()} == set(KINDS)
    assert {path.suffix for path in folder.iterdir()} == {".yaml", ""}


@pytest.mark.parametrize("path", sorted((ROOT / "loaders" / "data").iterdir()), ids=name_of)
def test_every_file_of_words_is_read(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))
    assert any(f'"{path.name}"' in module.read_text(encoding="utf-8") for module in modules("loaders"))


@pytest.mark.parametrize("path", sorted((ROOT / "server" / "templates").iterdir()), ids=name_of)
def test_every_template_is_used(path: Path) -> None:
    users = [*modules("server"), *(other for other in path.parent.iterdir() if other != path)]
    assert any(path.name in user.read_text(encoding="utf-8") for user in users)


# ---- sizes --------------------------------------------------------------------------------------------------------


def lengths(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with its number of lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield f"{name_of(path)}: {node.name}", node.end_lineno - node.lineno + 1


def test_functions_are_short() -> None:
    found = [item for path in [*CODE_MODULES, *TEST_MODULES] for item in lengths(path)]
    assert [item for item in found if item[1] > LONGEST_FUNCTION] == []
    assert sum(size <= 25 for _, size in found) > 0.95 * len(found)


@pytest.mark.parametrize(("paths", "longest"), [(CODE_MODULES, LONGEST_MODULE), (TEST_MODULES, LONGEST_TEST_MODULE)])
def test_modules_are_short(paths: list[Path], longest: int) -> None:
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {name: size for name, size in sizes.items() if size > longest} == {}


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "base"}
    assert [name_of(path) for path in CODE_MODULES if path.stem in drawers] == []


@pytest.mark.parametrize("path", CODE_MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


# ---- what is around the code --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pins_have_hashes_and_no_index_address(name: str) -> None:
    content = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"index-url|://|^-", content, re.MULTILINE)
    pins = re.findall(r"^\S+==\S+(.*)$", content, re.MULTILINE)
    assert pins
    assert all(rest.endswith("\\") for rest in pins)


def test_the_pins_for_development_include_all_others() -> None:
    names = ("requirements.txt", "requirements-dev.txt")
    served, all_pins = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in names)
    assert served < all_pins


def test_what_runs_before_a_merge_is_make_test() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == "make test"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_every_target_of_the_makefile_is_declared() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert declared
    assert set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)) == set(declared[1].split())


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA"])
def test_a_reader_finds(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_paths_that_a_page_names_are_there(name: str) -> None:
    named = re.findall(r"`((?:graph|loaders|server|ontology|shapes|tests|\.ci)/[\w./-]*)`", (ROOT / name).read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_targets_that_a_page_names_are_there(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)\b", (ROOT / name).read_text(encoding="utf-8")))
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)} <= {"sure"}
