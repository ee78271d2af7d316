"""Printed numbers of headings and paragraphs: `II.`, `G.`, `5.1`, `12.`, `(a)`, `(ii)`."""

import re
from dataclasses import dataclass

ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

OUTLINE = re.compile(r"([IVX]{1,6}|[A-Z])\.\s+(\S.*)", re.DOTALL)
DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?(?:\s+(\S.*))?", re.DOTALL)
PARAGRAPH = re.compile(r"\[?(\d{1,3})\.\s+(\S.*)", re.DOTALL)  # a bracket opens an option of a draft
CITES_DECISION = re.compile(r"(\d{1,2}\.(?:[A-Z]{2}|\d{1,3}))\s+((?:The|Parties|Range States|Subject)\b.*)", re.DOTALL)
POINT = re.compile(r"\[?\(?([a-z]{1,2}|[ivx]{1,5})\)\s+(\S.*)", re.DOTALL)


def roman_value(text: str) -> int:
    """`IX` -> 9; 0 when the text is no roman number."""
    total, previous = 0, 0
    for character in reversed(text.upper()):
        value = ROMAN_VALUES.get(character, 0)
        if not value:
            return 0
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total


@dataclass
class Outline:
    """Where an outline of roman and lettered headings stands, so that "I." after "H." is read as a letter."""

    roman: str = ""
    letter: str = ""

    def place(self, number: str) -> str:
        """The section of the next heading, such as `II` or `II.G`; moves the outline there."""
        if self._is_letter(number):
            self.letter = number
        else:
            self.roman, self.letter = number, ""
        return ".".join(part for part in (self.roman, self.letter) if part)

    def _is_letter(self, number: str) -> bool:
        if len(number) > 1:
            return False
        follows_letter = bool(self.letter) and ord(number) == ord(self.letter) + 1
        follows_roman = roman_value(number) == roman_value(self.roman) + 1
        if follows_letter:
            return True
        return not roman_value(number) or (number == "A") or not follows_roman


@dataclass
class Points:
    """Where a list of lettered points stands, so that "(i)" after "(h)" is read as a letter and not as a number."""

    letter: str = ""
    number: str = ""

    def place(self, mark: str) -> tuple[str, ...]:
        """The path of the next point: `("a",)` or `("a", "ii")`; moves the list there."""
        if self._is_nested(mark):
            self.number = mark
            return self.letter, mark
        self.letter, self.number = mark, ""
        return (mark,)

    def _is_nested(self, mark: str) -> bool:
        value = roman_value(mark)
        if not self.letter or not value:
            return False
        if len(mark) == 1 == len(self.letter) and ord(mark) == ord(self.letter) + 1 and mark != "i":
            return value == roman_value(self.number) + 1 and bool(self.number)
        if mark == "i" and self.letter == "h" and not self.number:
            return False
        return value == roman_value(self.number) + 1
