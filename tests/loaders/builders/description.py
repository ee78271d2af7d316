"""A document as a list of items, from which every format is built.

An item's text may hold `[^1]` where a footnote's marker stands and `**…**` around bold words.
"""

import re
from dataclasses import dataclass, field

Piece = tuple[str, str]
"""("text" | "bold" | "note", its text or key)."""


@dataclass(frozen=True)
class Item:
    """One paragraph: `kind` is plain, heading, number, letter, roman or bullet; `label` is printed before it."""

    kind: str
    text: str
    level: int = 0
    restart: bool = False
    notes: dict[str, str] = field(default_factory=dict)


_INLINE = re.compile(r"\[\^([^\]]+)\]|\*\*(.+?)\*\*")


def pieces(text: str) -> list[Piece]:
    """The text of an item cut at markers and bold words."""
    found: list[Piece] = []
    end = 0
    for match in _INLINE.finditer(text):
        found.append(("text", text[end : match.start()]))
        found.append(("note", match[1]) if match[1] else ("bold", match[2]))
        end = match.end()
    found.append(("text", text[end:]))
    return [piece for piece in found if piece[1]]


@dataclass
class Counter:
    """The printed numbers of items, counted as a typist would."""

    number: int = 0
    letter: int = 0
    roman: int = 0

    def label(self, item: Item) -> str:
        """`3.`, `(b)`, `(ii)`, or nothing."""
        if item.kind == "number":
            self.number = 1 if item.restart else self.number + 1
            self.letter = self.roman = 0
            return f"{self.number}."
        if item.kind == "letter":
            self.letter, self.roman = self.letter + 1, 0
            return f"({chr(ord('a') + self.letter - 1)})"
        if item.kind == "roman":
            self.roman += 1
            return f"({['i', 'ii', 'iii', 'iv', 'v'][self.roman - 1]})"
        return ""


def plain(text: str) -> Item:
    """A paragraph without a number."""
    return Item("plain", text)


def heading(level: int, text: str) -> Item:
    """A heading whose number, if any, is typed."""
    return Item("heading", text, level)


def number(text: str, restart: bool = False, **notes: str) -> Item:
    """An automatically numbered paragraph; `n1="…"` is the text of footnote 1."""
    return Item("number", text, 0, restart, {key[1:]: note for key, note in notes.items()})


def letter(text: str) -> Item:
    """A lettered point."""
    return Item("letter", text)


def roman(text: str) -> Item:
    """A point of the second level."""
    return Item("roman", text)


def bullet(text: str) -> Item:
    """A bullet."""
    return Item("bullet", text)


def starred(text: str, **notes: str) -> Item:
    """A paragraph with footnotes marked by one or two asterisks: `star1="…"`."""
    return Item("plain", text, 0, False, {"*" * int(key[4:]): note for key, note in notes.items()})
