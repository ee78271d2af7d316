"""The numbers that a browser prints before the items of an HTML list."""

import re
from dataclasses import dataclass

from lxml import etree

from loaders.docx.numbering import formatted

_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
    "none": "none",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_PATTERNS = {"lowerLetter": "({})", "lowerRoman": "({})", "none": ""}
_WHOLE = re.compile(r"\s*-?\d{1,6}\s*")


@dataclass
class ListPlace:
    """Where a list stands; `style` is the format of its numbers, as DOCX calls it."""

    bullets: bool = False
    style: str = "decimal"
    value: int = 0
    step: int = 1

    def next_value(self, item: etree._Element) -> int:
        """The number of the next item, which may set it itself; moves the list on."""
        said = item.get("value") or ""
        self.value = int(said) if _WHOLE.fullmatch(said) else self.value + self.step
        return self.value

    def next_label(self, item: etree._Element) -> str:
        """What is printed before the next item: `1.`, `(a)`, `(ii)`, `A.`; empty for a bullet."""
        value = self.next_value(item)
        return "" if self.bullets else _PATTERNS.get(self.style, "{}.").format(formatted(value, self.style))


def list_place(element: etree._Element) -> ListPlace:
    """A list before its first item."""
    if element.tag != "ol":
        return ListPlace(not _said_style(element), _said_style(element) or "none")
    said = element.get("start") or ""
    size = sum(1 for _ in element.iterchildren("li"))
    backwards = element.get("reversed") is not None
    start = int(said) if _WHOLE.fullmatch(said) else (size if backwards else 1)
    step = -1 if backwards else 1
    return ListPlace(False, _said_style(element) or "decimal", start - step, step)


def _said_style(element: etree._Element) -> str:
    """The format that a list's type, style or class asks for; empty when none does."""
    match = _STYLE.search(element.get("style") or "")
    names = [match[1]] if match else []
    names += (element.get("class") or "").split()
    styled = next((_STYLES[name] for name in names if name in _STYLES), "")
    return styled or _TYPES.get(element.get("type") or "", "")
