"""Finding formal citations: provisions, decisions, goals.

Only finds; which treaty "article 14" belongs to is decided later. Patterns are data: `data/citations.yaml` for
provisions, the registry's series for decisions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from graph.registry import Registry
from graph.registry_records import DecisionSeries
from loaders.findings import Finding, Steps
from loaders.numbering import roman_value
from loaders.triggers import Regex, Regexes

DATA = Path(__file__).parent / "data"

_RANGE = re.compile(r"\s+to\s+|\s*[–-]\s*")
_LIST = Regex(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and/or|and|or)\s+")
_ITEM = Regex(r"(?P<head>[A-Za-z]+|\d+[A-K]?)(?:\.(?P<dot>\d+))?(?P<points>(?:\s?\(\w+\))*)")


@dataclass(frozen=True)
class Pattern:
    """One compiled pattern of the data file, with the examples it must match."""

    name: str
    regex: Regex
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    counter_examples: tuple[str, ...]


class Patterns(tuple[Pattern, ...]):
    """The patterns in the order of the file."""

    @cached_property
    def together(self) -> Regexes[str]:
        """All of them, with their names."""
        return Regexes((pattern.regex, pattern.name) for pattern in self)


@cache
def load_patterns(path: Path = DATA / "citations.yaml") -> Patterns:
    """The patterns of the file, their named parts filled in."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    parts: dict[str, str] = {}
    for name, part in data["parts"].items():
        parts[name] = _fill(part, parts)
    return Patterns(_pattern(row, parts) for row in data["patterns"])


def _fill(template: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        template = template.replace("{" + name + "}", part)
    return template


def _pattern(row: dict[str, Any], parts: dict[str, str]) -> Pattern:
    examples = tuple((example["text"], tuple(example["gives"])) for example in row["examples"])
    regex = Regex(r"(?<![\w/])" + _fill(row["pattern"], parts))
    return Pattern(row["name"], regex, examples, tuple(row.get("not", ())))


# "Articles 18 and 19 of the draft text": of no treaty yet.
_OF_DRAFT = Regex(r"\s+(?:of|in|to)\s+the\s+(?:draft|proposed|revised)\s+(?:\w+\s+)?(?:text|instrument|agreement)\b")


def find_provisions(text: str) -> Iterator[Finding]:
    """Articles, annexes and goals; one finding for each thing cited, the first with the words before it."""
    for regex, name in load_patterns().together.of(text):
        for match in regex.finditer(text):
            if not _OF_DRAFT.match(text, match.end()):
                yield from _expand(name, match)


def _expand(rule: str, match: re.Match[str]) -> Iterator[Finding]:
    groups = match.groupdict()
    if groups.get("goal"):
        first = match.start("goal")
        for item, (start, end) in _items(match, "goal"):
            yield Finding(match.start() if start == first else start, end, "sdg", rule, text=f"SDG {item}")
        return
    listed = _listed(groups)
    if listed is None:
        yield from (Finding(match.start(), match.end(), "provision", rule, steps) for steps in _all_steps(groups))
        return
    first = match.start(listed)
    for item, (start, end) in _items(match, listed):
        yield Finding(match.start() if start == first else start, end, "provision", rule, _simple_steps(listed, item))


def _listed(groups: dict[str, str | None]) -> str | None:
    """The only group that is filled, when its items can be told apart by place."""
    filled = [name for name, value in groups.items() if value]
    return filled[0] if filled in (["articles"], ["annexes"]) else None


def _items(match: re.Match[str], group: str) -> Iterator[tuple[str, tuple[int, int]]]:
    text, offset = match[group], match.start(group)
    for piece in _pieces(text):
        for item in _range(piece[0]):
            yield item, (offset + piece[1], offset + piece[2])


def _pieces(text: str) -> list[tuple[str, int, int]]:
    """The members of a list with their places: `4, 7 and 11` -> 4, 7, 11."""
    pieces, start = [], 0
    for gap in _LIST.finditer(text):
        pieces.append((text[start : gap.start()], start, gap.start()))
        start = gap.end()
    pieces.append((text[start:], start, len(text)))
    return pieces


def _range(piece: str) -> list[str]:
    """`1 to 3` -> 1, 2, 3; anything else as it is."""
    ends = _RANGE.split(piece)
    if len(ends) != 2 or not all(end.strip().isdigit() for end in ends):
        return [end for end in ends if end]
    first, last = int(ends[0]), int(ends[1])
    return [str(number) for number in range(first, last + 1)] if first < last <= first + 40 else ends


def _members(text: str | None) -> list[str]:
    return [item for piece, _, _ in _pieces(text or "") for item in _range(piece) if item.strip()]


def _simple_steps(group: str, item: str) -> Steps:
    match = _ITEM.match(item.strip())
    if match is None:
        raise ValueError(f"not an item of a list of {group}: {item!r}")
    if group == "annexes":
        return (("annex", match["head"]),)
    steps = [("art", _arabic(match["head"]))]
    if match["dot"]:
        steps.append(("para", match["dot"]))
    return (*steps, *_point_steps(match["points"], len(steps) > 1))


def _arabic(number: str) -> str:
    """The number of an article as the registry has it: `IV` -> 4, `4B` as it is."""
    return str(roman_value(number) or number)


def _point_steps(text: str, below_paragraph: bool) -> Steps:
    """`(2) (b)` -> para 2, point b."""
    steps = []
    for mark in re.findall(r"\((\w+)\)", text or ""):
        kind = "para" if mark.isdigit() and not below_paragraph else "point"
        below_paragraph = True
        steps.append((kind, mark))
    return tuple(steps)


def _all_steps(groups: dict[str, str | None]) -> Iterator[Steps]:
    """Every place that a phrase with an article and paragraphs, or an annex and parts, names."""
    if groups.get("annexes"):
        for part in _members(groups.get("parts")):
            yield (("annex", str(groups["annexes"])), ("part", part))
        return
    article = ("art", _arabic(str(groups["articles"])))
    for para in _members(groups.get("paras")):
        match = _ITEM.match(para.strip())
        if match is None:
            raise ValueError(f"not a paragraph number: {para!r}")
        base = (article, ("para", match["head"]), *_point_steps(match["points"], True))
        points = _members(groups.get("points"))
        if points:
            yield from ((*base, ("point", point.strip("()"))) for point in points)
        else:
            yield base


_BARE_PARAGRAPH = Regex(r"(?:(?<=[.;] )|^)Paragraph (\d{1,2})(?= (?:[a-z]+ )?[a-z]+s )")
_OF_THAT_ARTICLE = Regex(
    r"\b[Pp]aragraphs? (?P<numbers>\d{1,2}(?:(?:, | and | or | to )\d{1,2})*) (?:of|in) "
    r"(?:that|the|the same|this) article(?![\w-]| \d)"
)
_ITS_PARAGRAPHS = Regex(
    r"\b[Aa]rticle\s+(?:\d+[A-K]?|[IVX]+)\b[^.;]{0,80}?,\s+(?:in particular|especially|notably|including)\s+"
    r"(?:in\s+)?its\s+paragraphs?\s+(?P<numbers>\d{1,2}(?:(?:, and |, | and | or )\d{1,2})*)"
)
_NUMBERS = re.compile(r"\d+")
THAT_ARTICLE = "paragraph of that article"


def find_bare_paragraphs(text: str) -> Iterator[Finding]:
    """Paragraphs of the article last cited: "Paragraph 5 calls upon …", "paragraphs 5 and 6 of that article".

    Or of the one before them: "article 9 of the Agreement, in particular its paragraphs 1 and 3".
    """
    for match in _BARE_PARAGRAPH.finditer(text):
        yield Finding(match.start(), match.end(), "bare", "paragraph of the article before", (("para", match[1]),))
    for match in (*_OF_THAT_ARTICLE.finditer(text), *_ITS_PARAGRAPHS.finditer(text)):
        for number in _NUMBERS.finditer(text, match.start("numbers"), match.end("numbers")):
            yield Finding(number.start(), number.end(), "bare", THAT_ARTICLE, (("para", number[0]),))


# ---- decisions --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DecisionFinder:
    """Finds decision numbers of every series; bare numbers only behind "decision" or "resolution"."""

    plain: Regexes[DecisionSeries]
    contextual: Regexes[DecisionSeries]

    def find(self, text: str) -> Iterator[Finding]:
        """One finding per decision, with its series, groups and, in a list, the number alone."""
        announces = _ANNOUNCED.may_match(text)
        if "/" not in text and "Conf." not in text and not (announces and _ANNOUNCED.search(text)):
            return
        for regex, series in self.plain.of(text):
            for match in regex.finditer(text):
                yield _decision(series, match, match.start())
                yield from _following(series, regex, text, match)
        for announced in _ANNOUNCED.finditer(text) if announces else ():
            yield from self._bare(text, announced)

    def _bare(self, text: str, announced: re.Match[str]) -> Iterator[Finding]:
        """The bare numbers of a list, "decisions XII/19, XIII/3 and 14/5", by every series that each may be of."""
        start, at, gap = announced.start(), announced.end(), None
        last: dict[str, re.Match[str]] = {}
        while found := {s.slug: (s, m) for regex, s in self.contextual.rows if (m := regex.match(text, at))}:
            for slug, (series, match) in found.items():
                yield _decision(series, match, start)
                if gap and gap["range"] and slug in last:
                    yield from _between(series, last[slug], _place(last[slug]), _place(match), gap)
            last = {slug: match for slug, (_, match) in found.items()}
            gap = _GAP.match(text, max(match.end() for match in last.values()))
            if gap is None:
                return
            start = at = gap.end()


_ANNOUNCED = Regex(r"\b(?:[Dd]ecisions?|[Rr]esolutions?|DECISION|RESOLUTION)\s+")
_NEXT = Regex(
    r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+|(?P<range>\s+to\s+|\s*[–-]\s*))(?P<m>\d{1,3})/(?P<n>\d{1,3})(?![\w/])"
)
_TO = Regex(r"\s+to\s+|\s*[–-]\s*")
_GAP = Regex(
    r"(?:\s+of\s+\d{1,2}\s+\w+\s+\d{4}|,\s+on\s+[^,;.]{3,120}(?=,\s+and\s))?(?:,\s+(?:paragraphs?\s+\d[\d\s–-]*,\s+)?(?:and\s+)?|\s+(?:and|or)\s+|(?P<range>\s+to\s+|\s*[–-]\s*))"
)


def decision_finder(registry: Registry) -> DecisionFinder:
    """The finder for all series of the registry."""
    compiled = [(Regex(rf"(?<![\w/.-])(?:{s.pattern})(?![\w/]|\.\d|-\d)"), s) for s in registry.decision_series]
    return DecisionFinder(
        Regexes(pair for pair in compiled if not pair[1].contextual),
        Regexes(pair for pair in compiled if pair[1].contextual),
    )


def _decision(series: DecisionSeries, match: re.Match[str], start: int) -> Finding:
    groups = tuple((name, value or "") for name, value in match.groupdict().items())
    return Finding(start, match.end(), "decision", series.slug, groups, text=series.identifier(match.groupdict()))


def _following(series: DecisionSeries, regex: Regex, text: str, first: re.Match[str]) -> Iterator[Finding]:
    """What a list or range adds: "MC-4/11 and 5/14", "POPRC-14/1 to POPRC-14/3" with the numbers between."""
    last = _place(first)
    gap = _TO.match(text, first.end())
    if gap and (other := regex.match(text, gap.end())):
        yield from _between(series, first, last, _place(other), gap)
        return
    end = first.end()
    while (following := _NEXT.match(text, end)) is not None:
        item = following["m"], following["n"]
        if following["range"]:
            yield from _between(series, first, last, item, following)
        groups = {**first.groupdict(), "meeting": item[0], "number": item[1]}
        yield _listed_decision(series, groups, following.start("m"), following.end())
        last, end = item, following.end()


def _place(match: re.Match[str]) -> tuple[str | None, str | None]:
    """The meeting and the number of a decision, as far as its series has them."""
    return match.groupdict().get("meeting"), match.groupdict().get("number")


def _between(
    series: DecisionSeries,
    first: re.Match[str],
    low: tuple[str | None, str | None],
    high: tuple[str | None, str | None],
    gap: re.Match[str],
) -> Iterator[Finding]:
    """The decisions of one meeting between two numbers; each stands at the dash or "to" of the gap that spans them."""
    start, stop = next(m.span() for m in re.finditer(r"to|[–-]", gap.string[: gap.end()]) if m.start() >= gap.start())
    (meeting, begin), (same, end) = low, high
    if meeting == same and str(begin).isdigit() and str(end).isdigit():
        for number in range(int(str(begin)) + 1, min(int(str(end)), int(str(begin)) + 40)):
            yield _listed_decision(series, {**first.groupdict(), "number": str(number)}, start, stop)


def _listed_decision(series: DecisionSeries, groups: dict[str, str | None], start: int, end: int) -> Finding:
    values = tuple((name, value or "") for name, value in groups.items())
    return Finding(start, end, "decision", series.slug, values, text=series.identifier(groups))
