"""The OData client that people use in JavaScript, against the real server. It is installed for this test only."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from informea.feeds import DECISIONS, Server

PACKAGE = "@odata/client@2.21.10"
SCRIPT = Path(__file__).parent / "odata_client.js"


@pytest.mark.slow
def test_odata_client(feed_server: Server, tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("there is no Node.js here")
    subprocess.run([npm, "install", "--silent", "--no-save", PACKAGE], cwd=tmp_path, check=True, timeout=300)
    environment = os.environ | {"NODE_PATH": str(tmp_path / "node_modules")}
    command = [node, str(SCRIPT), feed_server.feed]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(said.stdout) == {
        "number": "MC-5/3",
        "languages": ["en"],
        "page": ["BC-"] * 5,
        "members": ["__metadata", "id", "number"],
        "count": DECISIONS + 1,
        "missing": "There is no Decision with the key 'nothing'.",
    }
