"""Words divided at the end of a line: whether their hyphen belongs to the word."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT = re.compile(r"([\w-]*\w)[-‐]$")
_RIGHT = re.compile(r"\w[\w-]*")
_ADDRESS = re.compile(r"(?:www\.|[/@_])\S*$")


class Vocabulary:
    """The words and compounds that a document prints within its lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        for line in lines:
            words = _WORD.findall(line.casefold())
            self._words.update(words[:-1] if line.rstrip().endswith(("-", "‐")) else words)

    def joined(self, lines: Sequence[str]) -> str:
        """The lines as one: with spaces between them, words that they divide put together again."""
        parts = [lines[0]]
        for line in lines[1:]:
            between = self.between(parts[-1], line)
            if between == " ":
                parts.append(between)
            elif not between:
                parts[-1] = parts[-1][:-1]
            parts.append(line)
        return "".join(parts)

    def between(self, above: str, below: str) -> str:
        """What is left of a line's end: a space, the hyphen that ends the line above, or nothing of either."""
        left = _LEFT.search(above) if above.endswith(("-", "‐")) and not above.endswith((" -", " ‐")) else None
        right = _RIGHT.match(below)
        if not (left and right):
            return " "
        return "-" if _ADDRESS.search(above) or self.keeps_hyphen(left[1], right[0]) else ""

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether two parts around a line's end are a compound: printed so elsewhere, or of two words of the text."""
        if not (left[-1:].isalpha() and right[:1].islower()):
            return True
        whole, compound = f"{left}{right}".casefold(), f"{left}-{right}".casefold()
        if self._words[compound] or self._words[whole]:
            return self._words[compound] >= self._words[whole]
        parts = [*left.casefold().split("-"), *right.casefold().split("-")]
        return "-" in left or all(self._words[part] for part in parts)
