"""Meeting documents and decisions: numbered paragraphs under an outline of headings, with annexes and decisions.

I. Introduction            -> sec_I           heading I
12. The secretariat …      -> para_12         12
(a) To render …            -> para_12/point_a 12(a)
Annex                      -> annex_1         annex
Draft decision MC-5/[--]: …-> draft-decision_1
1. Requests the …          -> draft-decision_1/op_1   annex op. 1
"""

import re
from dataclasses import replace

from loaders import numbering
from loaders.acts import begins_act
from loaders.dates import MONTH
from loaders.document import Block, DocumentInfo, Instrument, Marker, Unit
from loaders.triggers import Regex
from loaders.units import UnitBuilder

_ANNEX = Regex(r"(?:Annex|ANNEX|Appendix|APPENDIX)(?:\s+([IVX]{1,5}|[A-Z]|\d{1,2}))?(?:[*\s:.–-].*)?", re.DOTALL)
_OPEN = r"\[[-–—_ .X]*\]"  # the number that a draft does not have yet
_NUMBER = (
    rf"[A-Z][A-Za-z]*(?:\.Ex)?-?(?:[IVX]+|\d+)?/(?:{_OPEN}|-+|\[?\d+\]?)"
    rf"|(?:\d+|[-–])/C(?:P|MP|MA)\.\d+|\d+/(?:\d+|{_OPEN})|{_OPEN}"
)
_NUMBERS = rf"(?:{_NUMBER})(?:(?:,\s*|\s+and\s+)(?:{_NUMBER}))*"  # of a decision that several conferences adopted
_INSTRUMENT = Regex(
    rf"(?P<kind>Draft\s+decisions?|Draft\s+resolution|Decisions?|Resolution"
    rf"|(?=[A-Z]{{2,5}}(?:\.Ex)?-\d+/\d|(?-i:[IVXL]+)/\d+:))\s*"
    rf"(?P<number>{_NUMBERS})?\s*(?:[:.–—]\s*(?P<title>\S.*))?",
    re.DOTALL | re.IGNORECASE,
)
_CHAPEAU = Regex(r"The [A-Z][^.;]{3,140},?|THE [A-Z ]{3,140},?")
_BODY = Regex(
    r"The (?:[\w-]+ ){0,4}(?:Conference of the Parties|Meeting of the Parties|Assembly|Council|Committee|Working Group"
    r"|Subsidiary Body (?:on|for) [A-Z][\w ,]+?)"
    r"(?: (?:of|to|serving)[^.;]{3,110})?(?P<comma>,?)"
)
_PROPOSES = Regex(r"(?:along the following lines|(?:decision|resolution) (?:that )?reads as follows):$")
_CAPITAL_PREAMBLE = Regex(r"(?:[A-Z]{3,}ING|AWARE|CONSCIOUS|CONVINCED|CONCERNED|MINDFUL) .*[;,]", re.DOTALL)
_NUMBERED_TITLE = Regex(
    r"(?P<number>(?:[IVXL]+|\d{1,3})/(?:\d{1,3}|C[MP][AP]?\.\d+))\.?\s+(?P<title>[A-Z]\S.*)"
    r"|(?:Resolution )?(?P<conf>Conf\. ?\d+\.\d+)(?: \(Rev\. CoP\d+\))?",
    re.DOTALL,
)
_TITLE_LINE = Regex(r"Note by the |Report (?:of|by) the |Submission by |Addendum|Corrigendum|Revised ", re.IGNORECASE)
_ANNEX_TITLE = Regex(r"[A-Z][^\n]{3,240}[^.,;:\s]")
_IN_BODY = "draft decision "  # how the places of a draft begin that paragraphs propose, not an annex
_MAX_HEADING = 160
_TITLED = Regex(rf"\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.?\s+(?!{MONTH}\s+\d)[A-Z“\"][^\n]*[^.,;:?!\s]")  # no date


def looks_numbered(blocks: list[Block]) -> bool:
    """Whether paragraphs carry numbers that follow on, 1, 2, 3 … or 1 before an annex, or the text is a decision.

    An extract may begin at any number. Where most numbers stand before titles, "2. National reporting", it is a report.
    """
    numbers = _numbers(blocks)
    if 2 * sum(block.kind == "paragraph" and is_numbered_title(block) for block in blocks) > len(numbers):
        numbers = []
    annex = next((i for i, b in enumerate(blocks) if len(b.text) < _MAX_HEADING and _ANNEX.fullmatch(b.text)), 0)
    lone = annex and numbers[:2] == [1, 1] and _numbers(blocks[:annex]) == [1]
    extract = len(numbers) > 2 and numbers[:3] == list(range(numbers[0], numbers[0] + 3))
    if numbers[:2] == [1, 2] or lone or extract:
        return True
    return any(opens_instrument(b) or _begins_resolution(b.text) for b in blocks[:20])


def is_numbered_title(block: Block) -> bool:
    """Whether a block is no more than a number and a title: "5.1 Global Environment Facility"."""
    return len(block.text) < _MAX_HEADING and _TITLED.fullmatch(block.text) is not None


def _numbers(blocks: list[Block]) -> list[int]:
    """The numbers that paragraphs begin with."""
    return [int(m[1]) for b in blocks if b.kind == "paragraph" and (m := numbering.PARAGRAPH.match(b.text))]


def _begins_resolution(text: str) -> bool:
    """Whether a resolution begins here: with its body's name and a comma, or a preamble that shouts its verb."""
    match = _BODY.fullmatch(text)
    return (match is not None and match["comma"] == ",") or bool(_CAPITAL_PREAMBLE.fullmatch(text))


def opens_instrument(block: Block) -> re.Match[str] | None:
    """The match of a (draft) decision's heading: its kind, number and title."""
    if block.kind not in ("paragraph", "heading") or len(block.text) > 2 * _MAX_HEADING:
        return None
    match = _INSTRUMENT.fullmatch(block.text)
    if match is None or not (match["number"] or match["kind"].lower().startswith("draft")):
        return None
    return None if block.text.endswith((".", ";", ",")) else match


def _parted(block: Block, title: str) -> list[Block]:
    """A block of a cover, in two if the title begins within it."""
    at = block.text.casefold().find(title) if title else -1
    if at <= 0 or len(block.text.casefold()) != len(block.text):
        return [block]
    above = tuple(marker for marker in block.markers if marker.offset <= at)
    below = tuple(Marker(marker.offset - at, marker.key) for marker in block.markers if marker.offset > at)
    return [
        replace(block, text=block.text[:at].rstrip(), markers=above),
        replace(block, text=block.text[at:], markers=below),
    ]


class NumberedBuilder(UnitBuilder):
    """Reads the blocks of one document with numbered paragraphs."""

    def __init__(self, info: DocumentInfo) -> None:
        super().__init__()
        self.info = info
        self.outline = numbering.Outline()
        self.annexes = 0
        self.instrument: Instrument | None = None
        self.numbered: Unit | None = None
        self.preambles = 0
        self.since_heading = 0
        self._stood_in_body = False  # whether a decision under a heading of its own did, so that annexes are its own

    def read(self, blocks: list[Block]) -> None:
        """Build all units from the blocks."""
        start = self._end_of_cover(blocks)
        self._cover(blocks[:start])
        for block in blocks[start:]:
            self._place(block)

    def _end_of_cover(self, blocks: list[Block]) -> int:
        first = next((i for i, b in enumerate(blocks) if self._opens_body(b)), len(blocks))
        previous = blocks[first - 1] if 0 < first < len(blocks) else None
        if previous and numbering.PARAGRAPH.match(blocks[first].text) and self._is_bare_heading(previous):
            return first - 1
        return first

    def _opens_body(self, block: Block) -> bool:
        if block.kind == "contents":
            return False
        outline = numbering.OUTLINE.fullmatch(block.text) and len(block.text) < _MAX_HEADING
        instrument = opens_instrument(block) or _begins_resolution(block.text)
        return bool(outline or numbering.PARAGRAPH.match(block.text) or instrument)

    def _is_bare_heading(self, block: Block) -> bool:
        title = self.info.title.casefold()
        return (
            block.kind in ("paragraph", "heading")
            and len(block.text) < 60
            and block.text[:1].isupper()
            and not block.text.endswith((".", ",", ";", ":"))
            and block.text.casefold() != title
            and not _TITLE_LINE.match(block.text)
        )

    def _cover(self, blocks: list[Block]) -> None:
        header: Unit | None = None
        title: Unit | None = None
        wanted = self.info.title.casefold()
        for block in (part for whole in blocks for part in _parted(whole, wanted)):
            if block.kind in ("footnote", "starred"):
                self.footnote(block)
            elif title is not None:
                self.extend(title, block)
            elif wanted and wanted in block.text.casefold():
                title = self.add("title", "Heading", "title", block)
            elif header is not None:
                self.extend(header, block)
            else:
                header = self.add("header", "Heading", "header", block)

    def _place(self, block: Block) -> None:
        if block.kind == "contents":
            return
        if block.kind == "footnote" or self.is_star_note(block):
            self.footnote(block)
        elif block.kind in ("bullet", "starred"):
            self.bullet(block, self._container())
        elif match := opens_instrument(block):
            self._open_instrument(block, match)
        elif self._is_proposal(block):
            self.place = _IN_BODY
            self._begin(block, Instrument("draft-decision_1", "", "", True))
        elif self.instrument is None and _begins_resolution(block.text):
            self._open_by_chapeau(block)
        elif (match := _ANNEX.fullmatch(block.text)) and len(block.text) < _MAX_HEADING:
            self._open_annex(block, match)
        elif match := numbering.PARAGRAPH.fullmatch(block.text) or numbering.CITES_DECISION.fullmatch(block.text):
            self._numbered(block, match[1], match[2])
        elif self.numbered is not None and (match := numbering.POINT.fullmatch(block.text)):
            self.point(block, self.numbered, match)
        elif (match := numbering.OUTLINE.fullmatch(block.text)) and len(block.text) < _MAX_HEADING:
            self._open_section(block, match)
        else:
            self._other(block)

    def _container(self) -> str:
        if self.instrument:
            return self.instrument.path
        return self.section or self.region

    def _open_section(self, block: Block, match: re.Match[str]) -> None:
        number = self.outline.place(match[1])
        parent = ""
        if "." in number and f"{self.region}/" * bool(self.region) + f"sec_{self.outline.roman}" in self._paths:
            parent = f"{self.region}/" * bool(self.region) + f"sec_{self.outline.roman}"
        path = f"{self.region}/" * bool(self.region) + f"sec_{number}"
        unit = self.add(path, "Section", f"{self.place}heading {number}", block, match[2], parent or self.region)
        self.section, self.numbered, self.since_heading = unit.path, None, 0

    def _open_annex(self, block: Block, match: re.Match[str]) -> None:
        self.annexes += 1
        self.region, self.section, self.instrument, self.numbered = f"annex_{self.annexes}", "", None, None
        self.outline = numbering.Outline()
        self.place = f"annex {match[1]} " if match[1] else "annex "
        self.add(self.region, "Section", self.place.strip(), block)

    def _open_instrument(self, block: Block, match: re.Match[str]) -> None:
        draft = match["kind"].lower().startswith("draft")
        kind = "draft-decision" if draft else "decision"
        count = sum(instrument.draft == draft for instrument in self.instruments) + 1
        title = " ".join((match["title"] or "").split())
        instrument = Instrument(f"{kind}_{count}", match["number"] or "", title, draft)
        if self.region and self._stood_in_body:
            self.region = ""
        if not self.region:
            proposed = draft and any(unit.kind == "Paragraph" and not unit.region for unit in self.units)
            self.place = _IN_BODY if proposed else ""
            self._stood_in_body = True
        self.instruments.append(instrument)
        self.instrument, self.numbered, self.section, self.preambles = instrument, None, "", 0
        heading = self.add(
            f"{instrument.path}/title",
            "Heading",
            f"{self.place.removeprefix(_IN_BODY)}title",
            block,
            parent=self.region,
        )
        heading.instrument = instrument.path

    def _open_by_chapeau(self, block: Block) -> None:
        """A resolution whose cover held its number and title: it begins with the body's name."""
        title = next((m for line in self._cover_lines() if (m := _NUMBERED_TITLE.fullmatch(line))), None)
        number = (title["number"] or title["conf"]) if title else ""
        name = (title["title"] if title else None) or self.info.title
        self._begin(block, Instrument(f"decision_{len(self.instruments) + 1}", number, " ".join(name.split()), False))

    def _is_proposal(self, block: Block) -> bool:
        """Whether this is the body's name under "may wish to adopt a decision along the following lines:"."""
        proposed = bool(self.units) and _PROPOSES.search(self.units[-1].text)
        return bool(proposed) and self.instrument is None and _BODY.fullmatch(block.text) is not None

    def _begin(self, block: Block, instrument: Instrument) -> None:
        """Open a decision that has no heading of its own with its chapeau."""
        self.instrument = instrument
        self.instruments.append(instrument)
        self.numbered, self.section, self.preambles = None, "", 0
        self._preamble(block)

    def _cover_lines(self) -> list[str]:
        return [line for unit in self.units if unit.path in ("header", "title") for line in unit.text.split("\n")]

    def _next_number(self) -> str:
        """The number of the next operative paragraph of a decision that prints none."""
        own = [
            unit for unit in self.units if unit.kind == "OperativeParagraph" and unit.instrument == self._container()
        ]
        return str(len(own) + 1)

    def _numbered(self, block: Block, number: str, text: str) -> None:
        self.points = numbering.Points()
        if self.instrument:
            unit = self.add(
                f"{self.instrument.path}/op_{number}",
                "OperativeParagraph",
                f"{self.place}op. {number}",
                block,
                text,
                self.instrument.path,
            )
            unit.instrument = self.instrument.path
        else:
            path = f"{self.region}/para_{number}" if self.region else f"para_{number}"
            unit = self.add(path, "Paragraph", f"{self.place}{number}", block, text, self._container())
        self.numbered, self.since_heading = unit, 0

    def _other(self, block: Block) -> None:
        if self.instrument and (self.numbered is None or begins_act(block.text)):
            self._preamble(block)
        elif self.region and self.units[-1].path == self.region and _ANNEX_TITLE.fullmatch(block.text):
            self.add(f"{self.region}/title", "Heading", f"{self.place}title", block, parent=self.region)
        elif block.kind == "heading" or self._is_bare_heading(block):
            self.heading(block, self._container())
            self.since_heading = 0
        else:
            self.since_heading += 1
            section = self.section.rpartition("sec_")[2]
            label = f"section {section} para {self.since_heading}" if section else self._place_outside()
            unit = self.unnumbered(label, block, self._container())
            unit.instrument = self.instrument.path if self.instrument else ""
            if self.region and not self.instrument and block.text.endswith(":"):
                self.numbered, self.points = unit, numbering.Points()

    def _place_outside(self) -> str:
        """The place of a paragraph without a number that no numbered section holds: it is counted in its annex."""
        here = [unit for unit in self.units if unit.region == self.region and unit.path.startswith("p_")]
        points = [unit for unit in here if unit.kind == "ListItem"]
        return f"{self.place}para {len(here) - len(points) + 1}" if self.region else f"after {len(self.units)}"

    def _preamble(self, block: Block) -> None:
        instrument = self.instrument
        if instrument is None:
            raise AssertionError("a preamble needs an instrument")
        title = self.units[-1] if self.units and self.units[-1].path == f"{instrument.path}/title" else None
        if (self.preambles == 0 or block.text.isupper()) and _CHAPEAU.fullmatch(block.text):
            path, kind, label = f"{instrument.path}/chapeau", "Heading", f"{self.place.removeprefix(_IN_BODY)}chapeau"
        elif title and block.text[-1] not in ",;:.]":
            self.extend(title, block)
            return
        elif begins_act(block.text):
            self._numbered(block, self._next_number(), block.text)
            return
        else:
            self.preambles += 1
            path, kind = f"{instrument.path}/pre_{self.preambles}", "PreambularParagraph"
            label = f"{self.place}preamble {self.preambles}"
        self.add(path, kind, label, block, parent=instrument.path).instrument = instrument.path
