"""The words of a text, taken out of it once for everybody who has to know whether one is there."""

import re
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else ord(" ") for code in range(256))
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=4096)  # those of one document are asked for at every stage
def words_of(text: str) -> frozenset[str]:
    """What stands in a text between others than the letters a to z, small; what may match i in any case is an i."""
    small = text.casefold()
    if not small.isascii():
        small = small.replace("i̇", "i").replace("ı", "i")
    return frozenset(small.encode("utf-8", "replace").translate(_LETTERS).decode("ascii").split())


def certain(words: Iterable[str]) -> frozenset[str]:
    """Those of some words that a text surely has among its own when they stand in it."""
    return frozenset(word for word in map(str.casefold, words) if _WORD.fullmatch(word))


def longest(words: Iterable[str]) -> str:
    """The longest of some words, of several the last by letters; empty when there is none."""
    return max(words, key=lambda word: (len(word), word), default="")
