"""The styles of a DOCX file: what a paragraph or a run takes over from its style and those the style is based on."""

import re
from dataclasses import dataclass

from lxml import etree

from loaders.docx.package import attribute, child, local_name, number

_OFF = {"0", "false", "off", "none"}
_HEADING_NAME = re.compile(r"heading (\d)", re.IGNORECASE)
_BODY_LEVEL = 9


@dataclass(frozen=True)
class Numbered:
    """The list a paragraph belongs to; `level` is -1 where it is not said."""

    list_id: str = ""
    level: int = -1
    style: str = ""


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Whether a property is switched on or off; None when it is not said."""
    found = child(properties, name)
    return None if found is None else attribute(found).lower() not in _OFF


class Styles:
    """Styles by their identifier; unknown styles have no properties."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._chains: dict[str, list[etree._Element]] = {}
        self.default = ""
        for element in root if root is not None else ():
            if local_name(element) != "style":
                continue
            identifier = attribute(element, "styleId")
            self._styles[identifier] = element
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                self.default = identifier

    def chain(self, identifier: str) -> list[etree._Element]:
        """A style and those it is based on, the nearest first."""
        if identifier not in self._chains:
            chain: list[etree._Element] = []
            current = identifier
            while (style := self._styles.get(current)) is not None and style not in chain:
                chain.append(style)
                current = attribute(child(style, "basedOn"))
            self._chains[identifier] = chain
        return self._chains[identifier]

    def is_on(self, identifier: str, name: str) -> bool | None:
        """Whether a style switches a run property (bold, hidden) on or off; None when it does not say."""
        values = (is_on(child(style, "rPr"), name) for style in self.chain(identifier))
        return next((value for value in values if value is not None), None)

    def is_raised(self, identifier: str) -> bool:
        """Whether a style sets text as superscript."""
        return any(attribute(child(style, "rPr", "vertAlign")) == "superscript" for style in self.chain(identifier))

    def is_contents(self, identifier: str) -> bool:
        """Whether a style is that of a line of a table of contents."""
        return any(attribute(child(style, "name")).lower().startswith("toc ") for style in self.chain(identifier))

    def heading_level(self, identifier: str) -> int:
        """1 to 9 for a heading's style, else 0."""
        for style in self.chain(identifier):
            outline = child(style, "pPr", "outlineLvl")
            if outline is not None:
                level = number(attribute(outline), _BODY_LEVEL)
                return level + 1 if 0 <= level < _BODY_LEVEL else 0
            if match := _HEADING_NAME.fullmatch(attribute(child(style, "name"))):
                return int(match[1])
        return 0

    def numbered(self, identifier: str) -> Numbered:
        """The list that a style puts its paragraphs in; a Numbered without list_id when there is none."""
        level = -1
        for style in self.chain(identifier):
            properties = child(style, "pPr", "numPr")
            if properties is None:
                continue
            said = child(properties, "ilvl")
            level = number(attribute(said), -1) if said is not None and level < 0 else level
            if child(properties, "numId") is not None:
                return Numbered(attribute(child(properties, "numId")), level, attribute(style, "styleId"))
        return Numbered("", level)
