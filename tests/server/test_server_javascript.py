"""SPARQL clients that people use in JavaScript, against the real server. They are installed for these tests only."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import Server, publish, small_graph, start, stop

from graph.iri import graph_iri

SCRIPTS = Path(__file__).parent / "javascript"
WAYS = {
    "light": [
        "fetch-sparql-endpoint by form",
        "fetch-sparql-endpoint by direct POST",
        "fetch-sparql-endpoint by GET",
        "sparql-http-client by GET",
        "sparql-http-client by form",
        "sparql-http-client by direct POST",
    ],
    "comunica": ["Comunica", "Comunica, told"],
}
RECEIVED = {
    "rows": [["1 integer", "one, two string"], [None, "été fr"]],
    "ask": True,
    "graph": ["1 integer", "blank", 'é\n" string'],
    "many": 2000,
}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes writes with the token `secret`."""
    running = start(publish(tmp_path_factory.mktemp("javascript"), dict(small_graph())), MEAGRAPH_TOKEN="secret")
    yield running
    stop(running)


def run_client(server: Server, name: str, folder: Path) -> dict[str, Any]:
    """What the clients of this name received, by way of asking; they are installed in the folder."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("there is no Node.js here")
    shutil.copytree(SCRIPTS / name, folder, dirs_exist_ok=True)
    shutil.copy(SCRIPTS / "questions.js", folder)
    install = "ci" if (folder / "package-lock.json").exists() else "install"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run([npm, install, *options], cwd=folder, check=True, timeout=300)
    command = [node, "client.js", server.url, graph_iri("own-notes").value]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", WAYS)
def test_clients_receive_what_they_asked_for(writable: Server, name: str, tmp_path: Path) -> None:
    found = run_client(writable, name, tmp_path)
    written = found.pop("written", None)
    failures = {way: answer.pop("failure") for way, answer in found.items()}
    assert found == dict.fromkeys(WAYS[name], RECEIVED)
    assert all('"limit": {"max_rows": 5000}' in message for message in failures.values()), failures
    assert written == (["two string", "été fr"] if name == "light" else None)
