"""How long a check of the published graph takes: ours (shapes, ontology, authority data), and pyshacl (shapes alone).

    python bench/checking.py

Prints one line each: seconds of a whole run in a process of its own, start included.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rdflib import Dataset, Graph

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "graph" / "published"


def seconds(command: list[str]) -> float:
    """The time that a command takes; its status is its own affair."""
    begin = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - begin


def main() -> None:
    """Time both."""
    scripts = Path(sys.executable).parent
    ours = seconds([str(scripts / "meagraph"), "check", str(PUBLISHED)])
    sys.stdout.write(f"meagraph check  {ours:6.1f} s\n")
    with tempfile.TemporaryDirectory() as folder:
        data, shapes = Path(folder, "data.nt"), Path(folder, "shapes.ttl")
        whole = Dataset(default_union=True)
        for path in PUBLISHED.glob("*.nq"):
            if path.stem != "ontology":
                whole.parse(path, format="nquads")
        union = Graph()
        for triple in whole.triples((None, None, None)):
            union.add(triple)
        union.serialize(data, format="nt", encoding="utf-8")
        all_shapes = Graph()
        for path in (ROOT / "shapes").glob("*.ttl"):
            all_shapes.parse(path)
        all_shapes.serialize(shapes)
        plain = seconds([str(scripts / "pyshacl"), "--shapes", str(shapes), str(data)])
    sys.stdout.write(f"pyshacl         {plain:6.1f} s\n")


if __name__ == "__main__":
    main()
