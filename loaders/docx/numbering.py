"""The automatic numbers of a DOCX file, as Word prints them: `12.`, `(a)`, `II.`, `5.1`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from loaders.docx.package import attribute, child, local_name, number
from loaders.docx.styles import Numbered, Styles

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHICAGO = "*†‡§"
_PLACEHOLDER = re.compile(r"%(\d)")
_MAX_REPEATED = 30


def roman(value: int) -> str:
    """`ix` for 9."""
    text = ""
    for size, letters in (*_ROMAN, *_ROMAN_ONES):
        while value >= size and len(text) < _MAX_REPEATED:
            text, value = text + letters, value - size
    return text


def letters(value: int) -> str:
    """`a` for 1, `aa` for 27, `bb` for 28."""
    if value < 1:
        return ""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, _MAX_REPEATED)


def _chicago(value: int) -> str:
    return _CHICAGO[(value - 1) % 4] * min((value - 1) // 4 + 1, _MAX_REPEATED)


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": letters,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "decimalZero": lambda value: f"{value:02d}",
    "ordinal": _ordinal,
    "chicago": _chicago,
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda value: "",
    "bullet": lambda value: "",
}


def formatted(value: int, style: str) -> str:
    """A number in one of Word's formats; those not known here are decimal.

    >>> formatted(4, "lowerRoman"), formatted(28, "upperLetter"), formatted(3, "decimal")
    ('iv', 'BB', '3')
    """
    return _FORMATS.get(style, str)(value)


@dataclass(frozen=True)
class Level:
    """One level of a list: its pattern is such as `(%1)` or `%1.%2`."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""


@dataclass
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Label:
    """What is printed before a paragraph: a number, or a bullet."""

    text: str = ""
    bullet: bool = False


class Numbering:
    """The lists of a document and where each of them stands."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._resolved: dict[str, _List | None] = {}
        self._values: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if local_name(element) == "abstractNum":
                self._abstract[attribute(element, "abstractNumId")] = element
            elif local_name(element) == "num":
                self._lists[attribute(element, "numId")] = element

    def label(self, properties: etree._Element | None, style: str) -> Label:
        """What is printed before the next paragraph with these properties and style; moves its list on."""
        wanted = self._wanted(properties, style)
        found = self._list(wanted.list_id)
        if found is None:
            return Label()
        depth = self._depth(wanted, found, style)
        level = found.levels.get(depth)
        if level is None:
            return Label()
        values = self._advance(wanted.list_id, found, depth)
        if level.style == "bullet":
            return Label(bullet=True)
        return Label(_PLACEHOLDER.sub(lambda match: self._shown(match, found, level, values), level.pattern).strip())

    def _wanted(self, properties: etree._Element | None, style: str) -> Numbered:
        own = child(properties, "numPr")
        inherited = self._styles.numbered(style)
        if own is None:
            return inherited
        list_id, level = child(own, "numId"), child(own, "ilvl")
        depth = inherited.level if level is None else number(attribute(level))
        if list_id is None:
            return Numbered(inherited.list_id, depth, inherited.style)
        return Numbered(attribute(list_id), depth)

    def _depth(self, wanted: Numbered, found: _List, style: str) -> int:
        """The level that is said, else the one that is bound to the paragraph's style."""
        if wanted.style and wanted.level < 0:
            names = [attribute(item, "styleId") for item in self._styles.chain(style)]
            bound = {level.paragraph_style: depth for depth, level in found.levels.items() if level.paragraph_style}
            return next((bound[name] for name in names if name in bound), 0)
        return max(0, wanted.level)

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._resolved:
            element = self._lists.get(list_id)
            self._resolved[list_id] = None if element is None or list_id == "0" else self._resolve(element)
        return self._resolved[list_id]

    def _resolve(self, element: etree._Element) -> _List | None:
        abstract = self._abstract_of(element)
        if abstract is None:
            return None
        levels = {number(attribute(item, "ilvl")): _level(item) for item in abstract if local_name(item) == "lvl"}
        resolved = _List(attribute(abstract, "abstractNumId"), levels)
        for override in element:
            if local_name(override) != "lvlOverride":
                continue
            depth, start, level = (
                number(attribute(override, "ilvl")),
                child(override, "startOverride"),
                child(override, "lvl"),
            )
            if level is not None:
                levels[depth] = _level(level)
            if start is not None:
                resolved.starts[depth] = number(attribute(start), 1)
        return resolved

    def _abstract_of(self, element: etree._Element) -> etree._Element | None:
        """The definition of a list; a definition that only links to a list style is followed, once."""
        abstract = self._abstract.get(attribute(child(element, "abstractNumId")))
        link = attribute(child(abstract, "numStyleLink"))
        if not link:
            return abstract
        target = self._lists.get(self._styles.numbered(link).list_id)
        return self._abstract.get(attribute(child(target, "abstractNumId"))) if target is not None else abstract

    def _advance(self, list_id: str, found: _List, depth: int) -> dict[int, int]:
        values = self._values.setdefault(found.abstract, {})
        start = found.starts.get(depth, found.levels[depth].start)
        restarted = depth in found.starts and (list_id, depth) not in self._used
        values[depth] = start if restarted or depth not in values else values[depth] + 1
        self._used.add((list_id, depth))
        for deeper in [other for other in values if other > depth]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or depth < restart:
                del values[deeper]
        return values

    def _shown(self, match: re.Match[str], found: _List, level: Level, values: dict[int, int]) -> str:
        depth = int(match[1]) - 1
        other = found.levels.get(depth, Level())
        return formatted(values.get(depth, other.start), "decimal" if level.legal else other.style)


def _level(element: etree._Element) -> Level:
    restart, legal = child(element, "lvlRestart"), child(element, "isLgl")
    return Level(
        start=number(attribute(child(element, "start"))),
        style=attribute(child(element, "numFmt")) or "decimal",
        pattern=attribute(child(element, "lvlText")),
        restart=None if restart is None else number(attribute(restart)),
        legal=legal is not None and attribute(legal) not in ("0", "false"),
        paragraph_style=attribute(child(element, "pStyle")),
    )
