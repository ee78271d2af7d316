"""Units under construction: what every style of document has in common."""

import hashlib
import re
from dataclasses import dataclass, field

from graph.iri import key_of
from loaders import numbering
from loaders.document import Block, Instrument, Marker, Unit

STAR_NAMES = {"*": "star", "**": "star2", "***": "star3"}


@dataclass
class UnitBuilder:
    """Collects units in reading order; paths stay unique, bullets and footnotes are counted.

    `region` is the path of the annex being read (empty in the body) and `place` its printed prefix: `annex ` or
    `annex II `.
    """

    units: list[Unit] = field(default_factory=list)
    instruments: list[Instrument] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    region: str = ""
    place: str = ""
    section: str = ""
    bullets: int = 0
    plain: int = 0
    headings: int = 0
    points: numbering.Points = field(default_factory=numbering.Points)
    _paths: set[str] = field(default_factory=set)
    _open_stars: set[str] = field(default_factory=set)

    def add(self, path: str, kind: str, label: str, block: Block, text: str | None = None, parent: str = "") -> Unit:
        """A new unit with the text of a block; a path that is taken gets a number behind it."""
        unique, number = path, 2
        while unique in self._paths:
            unique, number = f"{path}_{number}", number + 1
        if unique != path:
            self.notes.append(f"line {block.line}: a second {label!r}")
        self._paths.add(unique)
        own = block.text if text is None else text
        cut = len(block.text) - len(own)
        markers = [Marker(max(0, marker.offset - cut), marker.key) for marker in block.markers]
        unit = Unit(unique, kind, label, own, parent, block.line, region=self.region, markers=markers)
        self._open_stars |= {marker.key for marker in markers if marker.key.startswith("*")}
        self.units.append(unit)
        return unit

    def extend(self, unit: Unit, block: Block, glue: str = "\n") -> None:
        """Append a block's text to a unit."""
        shift = len(unit.text) + len(glue)
        unit.text += glue + block.text
        unit.markers += [Marker(marker.offset + shift, marker.key) for marker in block.markers]
        self._open_stars |= {marker.key for marker in block.markers if marker.key.startswith("*")}

    def joined(self, name: str, blocks: list[Block]) -> None:
        """One heading of several blocks, `header` or `signature`; nothing of none."""
        unit: Unit | None = None
        for block in blocks:
            if unit is None:
                unit = self.add(name, "Heading", name, block)
            else:
                self.extend(unit, block)

    def is_star_note(self, block: Block) -> bool:
        """Whether an asterisk stands before a footnote: a marker as long, or longer, waits for its explanation.

        ("*" before an open "**" explains the reissue of a whole document: its own marker stands by the symbol, which
        a plain text often lacks.)
        """
        return block.kind == "starred" and any(len(star) >= len(block.key) for star in self._open_stars)

    def footnote(self, block: Block) -> Unit:
        """A footnote; the unit that holds its marker is found when all units are known."""
        self._open_stars.discard(block.key)
        name = STAR_NAMES.get(block.key, block.key)
        path = f"{self.region}/fn_{name}" if self.region else f"fn_{name}"
        place = self.place if self.region else ""
        return self.add(path, "Footnote", f"{place}footnote {block.key}", block, parent=self.region)

    def bullet(self, block: Block, parent: str) -> Unit:
        """A bullet, counted through the document."""
        self.bullets += 1
        return self.add(f"bullet_{self.bullets}", "ListItem", f"bullet {self.bullets}", block, parent=parent)

    def point(self, block: Block, host: Unit, match: re.Match[str]) -> Unit:
        """A lettered point of a paragraph, or a point below the point before: `12(a)`, `12(a)(ii)`."""
        steps = self.points.place(match[1])
        path = host.path + "".join(f"/point_{step}" for step in steps)
        label = host.label + "".join(f"({step})" for step in steps)
        parent = path.rpartition("/")[0] if len(steps) > 1 else host.path
        unit = self.add(path, "ListItem", label, block, match[2], parent)
        unit.instrument = host.instrument
        return unit

    def announced_point(self, block: Block) -> bool:
        """Add a block as a lettered point of the paragraph that ends in a colon above it; False when it is none."""
        match = numbering.POINT.fullmatch(block.text)
        last = self.units[-1] if self.units else None
        if not match or not last:
            return False
        if last.kind == "ListItem" and "/point_" in last.path:
            host = next(unit for unit in self.units if unit.path == last.path.partition("/point_")[0])
        elif last.kind == "Paragraph" and last.text.endswith(":"):
            host, self.points = last, numbering.Points()
        else:
            return False
        self.point(block, host, match)
        return True

    def unnumbered(self, label: str, block: Block, parent: str) -> Unit:
        """A paragraph without a number, counted through the document in its path."""
        self.plain += 1
        return self.add(f"p_{self.plain}", "Paragraph", label, block, parent=parent)

    def heading(self, block: Block, parent: str) -> Unit:
        """A heading without a number."""
        self.headings += 1
        return self.add(f"heading_{self.headings}", "Heading", f"heading {block.text}", block, parent=parent)


def slug(words: str, longest: int = 40) -> str:
    """The words of a heading as a part of a path; a short hash of words in another script."""
    if not re.search(r"[A-Za-z0-9]", words):
        return hashlib.sha256(words.encode()).hexdigest()[:8]
    return key_of(words)[:longest].strip("-.")


_FLAT = (
    r"(?<!\b\d\.)(?<!\b\d\d\.)(?<!Add\.)(?<!Rev\.)(?<!Corr\.)(?<!No\.)(?<!COP\.)(?<=[a-z.,;:)”’\"])KEY(?=[\s.,;:)]|$)"
)


def host_footnotes(units: list[Unit]) -> None:
    """Give every footnote the unit that holds its marker.

    A marker belongs to the footnote of the same key in the same annex. A marker that was flattened into a word
    ("practices1") counts when there is no other, and stays in the text.
    """
    last_host: dict[str, int] = {}
    for index, note in enumerate(units):
        if note.kind != "Footnote":
            continue
        key = note.label.rpartition(" ")[2]
        candidates = [
            (i, unit)
            for i, unit in enumerate(units)
            if unit.kind != "Footnote" and unit.region == note.region and i >= last_host.get(note.region, 0)
        ]
        host = next((pair for pair in candidates if any(m.key == key for m in pair[1].markers)), None)
        if host is None and key.isdigit():
            flat = re.compile(_FLAT.replace("KEY", key))
            host = next((pair for pair in candidates if pair[0] < index and flat.search(pair[1].text)), None)
        if host is None and key.startswith("*") and not note.region:
            host = next(((i, unit) for i, unit in candidates if unit.path == "header"), None)
        if host is not None:
            last_host[note.region] = host[0]
            note.note_of = host[1].path
            note.parent = note.parent or _section_of(host[1], units)


def _section_of(unit: Unit, units: list[Unit]) -> str:
    """The section that a unit stands in, at any depth; empty when it stands in none."""
    parents = {other.path: other for other in units}
    while unit.parent:
        unit = parents.get(unit.parent, Unit(unit.parent, "", "", ""))
        if unit.kind == "Section":
            return unit.path
    return ""
