"""How fast the loaders read text: megabytes a second and peak memory over a growing number of documents.

    python bench/loading.py --megabytes 25 [--profile]

The text is the invented corpus of tests/corpus, repeated with other paragraph numbers until the size is reached. Prints
one line per step: documents, megabytes, processor seconds of each stage, MB/s on one core, resident memory.
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


def sources() -> list[str]:
    """The texts of the corpus."""
    return [path.read_text(encoding="utf-8") for path in sorted(CORPUS.iterdir()) if path.suffix in (".txt", ".md")]


def memory() -> float:
    """Peak resident memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(megabytes: float) -> None:
    """Load documents one after the other, dropping each, and report every tenth of the way."""
    analyst = build_analyst(load_registry())
    texts, size, count, stages = sources(), 0, 0, [0.0, 0.0, 0.0]
    step = megabytes * 1e6 / 10
    reached = step
    while size < megabytes * 1e6:
        text = texts[count % len(texts)].replace("secretariat ", f"secretariat in round {count} ", 1)
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
            seconds = sum(stages)
            parts = ", ".join(f"{n} {s:.1f}" for n, s in zip(("read", "find", "write"), stages, strict=True))
            rate = size / 1e6 / seconds
            sys.stdout.write(f"{count} documents, {size / 1e6:.1f} MB: {parts} s; {rate:.2f} MB/s; {memory():.0f} MB\n")
            reached += step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=25)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    if not arguments.profile:
        run(arguments.megabytes)
        return
    profile = cProfile.Profile()
    profile.runcall(run, arguments.megabytes)
    pstats.Stats(profile).sort_stats("tottime").print_stats(20)


if __name__ == "__main__":
    main()
