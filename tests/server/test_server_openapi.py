"""What /openapi.json says, tried out by schemathesis: every route, every check, and things that are there."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import requests
from running import Server, publish, small_graph, start, stop

from graph.iri import graph_iri, thing
from graph.terms import SKOS, english
from server.examples import load_examples

OWN = [f"own-{number}" for number in range(60)]
HOOKS = Path(__file__).parent / "openapi_hooks.py"
INEXPRESSIBLE = "positive_data_acceptance"  # no schema tells Turtle and IRIs from other strings


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes writes with the token `secret`, over graphs that may be deleted, of things in one step."""
    graphs = dict(small_graph())
    for name in OWN:
        joint, graph = thing("joint"), graph_iri(name)
        graphs[name] = [ox.Quad(joint, SKOS.prefLabel, english("Joint work"), graph)]
    running = start(publish(tmp_path_factory.mktemp("openapi"), graphs), MEAGRAPH_TOKEN="secret")
    yield running
    stop(running)


def things_there(server: Server) -> dict[str, list[str]]:
    """Values of parameters that lead to something: half of the requests take these, half any others."""
    made = [requests.post(f"{server.url}/q", {"query": query}, timeout=30) for query in ("ASK {}", "DESCRIBE <x:y>")]
    return {
        "path.path": ["joint"],
        "path.name": list(load_examples())[:3],
        "path.key": [answer.headers["Location"].rpartition("/")[2] for answer in made],
        "path.version": ["1.2.3"],
        "path.identity": [server.store.current().id],
        "path.file": [f"{name}.{form}.gz" for name in ("meagraph", "one") for form in ("nq", "trig", "ttl")],
        "path.number": ["0", "1"],
        "query.graph": [graph_iri(name).value for name in ("one", *OWN)],
        "query.q": ["minamata", "joint workshop"],
        "body.query": ["ASK {}", "SELECT * { ?s ?p ?o }"],
    }


def configuration(values: dict[str, list[str]]) -> str:
    """schemathesis.toml with these values, the token and our check."""
    names = {name: re.sub(r"\W", "-", name) for name in values}
    lists = [f"[dictionaries.{names[name]}]\nvalues = {found!r}" for name, found in values.items()]
    uses = [f'"{name}" = {{ dictionary = "{dictionary}", probability = 0.5 }}' for name, dictionary in names.items()]
    warnings = 'fail-on = ["missing_auth", "missing_test_data"]'
    head = f'hooks = "{HOOKS}"\nheaders = {{ Authorization = "Bearer secret" }}\n[warnings]\n{warnings}'
    return "\n".join([head, *lists, "[parameters]", *uses])


@pytest.mark.slow
@pytest.mark.parametrize("routes", [("--exclude-path", "/store"), ("--include-path", "/store")], ids=["read", "write"])
def test_the_description_is_true(described: Server, routes: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(configuration(things_there(described)), encoding="utf-8")
    command = [Path(sys.executable).parent / "schemathesis", "run", f"{described.url}/openapi.json"]
    options = ["--checks", "all", "--exclude-checks", INEXPRESSIBLE, "--max-examples", "40", "--seed", "1", *routes]
    found = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert found.returncode == 0, found.stdout
    tested = re.search(r"Selected: (\d+)/\d+\n +Tested: (\d+)\n", found.stdout)
    assert tested and tested[1] == tested[2], found.stdout
