"""How fast the loaders read text: megabytes a second and peak memory over a growing number of documents.

    python bench/loading.py --megabytes 25 [--documents FOLDER] [--profile]

The text is that of a folder's text files, or else the invented corpus of tests/corpus, repeated until the size is
reached, each time with some small change. Prints one line per step: documents, megabytes, processor seconds of each
stage, MB/s on one core of reading and finding and of all stages, resident memory.
"""

import argparse
import cProfile
import pstats
import resource
import sys
import time
from pathlib import Path

from graph.registry import load_registry
from loaders import plaintext
from loaders.analysis import build_analyst
from loaders.document import DocumentInfo
from loaders.structure import structure
from loaders.triples import document_quads

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"


def sources(folder: Path) -> list[str]:
    """The texts of a folder."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]


def changed(text: str, number: int) -> str:
    """The text as no round before had it."""
    told = text.replace("secretariat ", f"secretariat in round {number} ", 1)
    return told if told != text else f"{text}\n\nRound {number}\n"


def memory() -> float:
    """Peak resident memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(megabytes: float, folder: Path) -> None:
    """Load documents one after the other, dropping each, and report every tenth of the way."""
    analyst = build_analyst(load_registry())
    texts, size, count, stages = sources(folder), 0, 0, [0.0, 0.0, 0.0]
    step = megabytes * 1e6 / 10
    reached = step
    while size < megabytes * 1e6:
        text = changed(texts[count % len(texts)], count)
        info = DocumentInfo(f"d{count}.txt", f"d{count}", meeting="minamata-cop-5", publisher="minamata-secretariat")
        begin = time.process_time()
        document = structure(info, plaintext.read(text))
        read = time.process_time()
        analysis = analyst.analyse(document)
        analysed = time.process_time()
        document_quads(analysis, analyst.registry)
        done = time.process_time()
        stages = [a + b for a, b in zip(stages, (read - begin, analysed - read, done - analysed), strict=True)]
        size, count = size + len(text.encode()), count + 1
        if size >= reached:
            parts = ", ".join(f"{n} {s:.1f}" for n, s in zip(("read", "find", "write"), stages, strict=True))
            both, all_ = (size / 1e6 / seconds for seconds in (sum(stages[:2]), sum(stages)))
            rates = f"reading and finding {both:.2f} MB/s, all {all_:.2f} MB/s"
            sys.stdout.write(f"{count} documents, {size / 1e6:.1f} MB: {parts} s; {rates}; {memory():.0f} MB\n")
            reached += step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=25)
    parser.add_argument("--documents", type=Path, default=CORPUS, metavar="FOLDER", help="whose text is repeated")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    if not arguments.profile:
        run(arguments.megabytes, arguments.documents)
        return
    profile = cProfile.Profile()
    profile.runcall(run, arguments.megabytes, arguments.documents)
    pstats.Stats(profile).sort_stats("tottime").print_stats(20)


if __name__ == "__main__":
    main()
