"""The runs of lines put together, words divided at the end of a line, too."""

import re

from loaders.hyphens import Vocabulary
from loaders.runs import Run

_NO_SPACE = re.compile(r"(?:/|[\d ][–]|https?:\S*|www\.\S*[-_.?=&])$")


def join_lines(first: list[Run], second: list[Run], vocabulary: Vocabulary) -> list[Run]:
    """The runs of two lines as one text: with a space between, or a word put together again."""
    before, after = _text(first).rstrip(), _text(second).lstrip()
    between = vocabulary.between(before, after)
    if between == " " and not _NO_SPACE.search(before):
        return [*first, Run(between), *second]
    return [*_stripped(first, hyphen=not between), *second]


def _text(runs: list[Run]) -> str:
    return "".join(run.text for run in runs if not run.note)


def _stripped(runs: list[Run], hyphen: bool = False) -> list[Run]:
    """The runs without white space at their end, and without the hyphen there."""
    kept = list(runs)
    while kept and not kept[-1].note and not kept[-1].text.strip():
        kept.pop()
    if not kept or kept[-1].note:
        return kept
    last = kept[-1]
    text = last.text.rstrip()
    return [*kept[:-1], Run(text[:-1] if hyphen else text, last.bold, last.raised)]
