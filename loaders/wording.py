"""The words of a text, taken out of it once for everybody who has to know whether one is there."""

from functools import lru_cache

_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else ord(" ") for code in range(256))


@lru_cache(maxsize=4096)  # those of one document are asked for at every stage
def words_of(text: str) -> frozenset[str]:
    """What stands in a text between others than the letters a to z, small; what may match i in any case is an i."""
    small = text.casefold()
    if not small.isascii():
        small = small.replace("i̇", "i").replace("ı", "i")
    return frozenset(small.encode("utf-8", "replace").translate(_LETTERS).decode("ascii").split())
