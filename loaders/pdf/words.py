"""Words divided at the end of a line: whether their hyphen belongs to the word."""

import re
from collections import Counter
from collections.abc import Iterable

from loaders.runs import Run

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT = re.compile(r"([\w-]*\w)[-‐]$")
_RIGHT = re.compile(r"\w[\w-]*")
_ADDRESS = re.compile(r"(?:www\.|[/@_])\S*$")
_NO_SPACE = re.compile(r"(?:/|[\d ][–]|https?:\S*|www\.\S*[-_.?=&])$")


class Vocabulary:
    """The words and compounds that a document prints within its lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        for line in lines:
            words = _WORD.findall(line.casefold())
            self._words.update(words[:-1] if line.rstrip().endswith(("-", "‐")) else words)

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether two parts around a line's end are a compound: printed so elsewhere, or of two words of the text."""
        if not (left[-1:].isalpha() and right[:1].islower()):
            return True
        whole, compound = f"{left}{right}".casefold(), f"{left}-{right}".casefold()
        if self._words[compound] or self._words[whole]:
            return self._words[compound] >= self._words[whole]
        parts = [*left.casefold().split("-"), *right.casefold().split("-")]
        return "-" in left or all(self._words[part] for part in parts)


def join_lines(first: list[Run], second: list[Run], vocabulary: Vocabulary) -> list[Run]:
    """The runs of two lines as one text: with a space between, or a word put together again."""
    before, after = _text(first).rstrip(), _text(second).lstrip()
    left, right = _LEFT.search(before), _RIGHT.match(after)
    if left and right and not before.endswith((" -", " ‐")):
        if _ADDRESS.search(before) or vocabulary.keeps_hyphen(left[1], right[0]):
            return [*_stripped(first), *second]
        return [*_stripped(first, hyphen=True), *second]
    return [*_stripped(first), *second] if _NO_SPACE.search(before) else [*first, Run(" "), *second]


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
