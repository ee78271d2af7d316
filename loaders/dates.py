"""Dates in prose: to the precision the text gives and no further."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from loaders.document import Unit
from loaders.triggers import Regex

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
MONTH_NAMES = "|".join(MONTHS)
MONTH = rf"(?:{MONTH_NAMES})\b"
_DASH = r"\s*[–—-]\s*"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"

# Longest first: "30 October to 3 November 2023", "22 and 23 February 2021", "June 2020", "2024–2025", "2021".
_DATE = Regex(
    rf"""(?:(?P<d1>{_DAY})\s+(?P<m1>{MONTH_NAMES})(?:,?\s+(?P<y1>{_YEAR}))?(?:\s+(?:to|until|till|through|and)\s+|{_DASH})(?P<d2>{_DAY})\s+(?P<m2>{MONTH_NAMES})\s+(?P<y2>{_YEAR})
  | (?P<e1>{_DAY})(?:\s+to\s+|{_DASH}){_DAY}\s+(?P<em>{MONTH_NAMES})\s+and\s+
    (?:{_DAY}(?:\s+to\s+|{_DASH}))?(?P<e2>{_DAY})\s+(?P<en>{MONTH_NAMES})\s+(?P<ey>{_YEAR})
  | (?P<da>{_DAY})(?:,\s+{_DAY}){{0,9}},?(?:\s+(?:to|through|and)\s+|{_DASH})(?P<db>{_DAY})
    \s+(?P<mab>{MONTH_NAMES})(?:,?\s+(?P<yab>{_YEAR}))?(?!\w)
  | (?P<d>{_DAY})\s+(?P<m>{MONTH_NAMES})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)
  | (?P<mu>{MONTH_NAMES})\s+(?P<du>{_DAY})
    (?:(?:\s+(?:to|and)\s+|{_DASH})(?:(?P<mv>{MONTH_NAMES})\s+)?(?P<dv>{_DAY}))?,\s+(?P<yu>{_YEAR})
  | (?P<ma>{MONTH_NAMES})(?:\s+(?P<ya>{_YEAR}))?(?:,\s+(?:{MONTH_NAMES})){{0,9}},?
    (?:\s+(?:to|and|until|through)\s+|{_DASH})(?P<mb>{MONTH_NAMES})\s+(?P<yb>{_YEAR})
  | (?P<mm>{MONTH_NAMES})\s+(?P<my>{_YEAR})
  | (?:(?<=[Ii]n\s)|(?<=[Ff]rom\s)|(?<=since\s)|(?<=until\s)|(?<=by\s))(?P<mo>{MONTH_NAMES})
    (?:\s+(?:to|until|through)\s+(?P<mp>{MONTH_NAMES}))?(?!\w|,?\s+(?:\d|and\s+\d))
  | (?<![\w/.–-])(?P<ys>{_YEAR})(?:\s+(?:to|and)\s+|{_DASH})(?P<ye>{_YEAR})(?![\w/]|\.\d)
  | (?:(?<![\w/.–-])|(?<=mid-)|(?<=early-)|(?<=late-))(?P<yy>{_YEAR})(?!\s+Agenda|[\w/%–-]|\.\d|,\d))
    """,
    re.VERBOSE,
)

_BEGINS = re.compile(rf"[0-9]|(?:{MONTH_NAMES})")

_DIGIT = Regex(r"\d")
_AND = Regex(r"\band\b")
_FULL_STOP = Regex(r"[a-z)”]\.\s+[A-Z]")
_TO_COME = Regex(r"\b(?:will|is to|are to|plans? to|next|coming)\b[^.]*$")  # not in the year that is reported on


@dataclass(frozen=True)
class DateSpan:
    """A date or period at a place of a text; ISO strings of 4, 7 or 10 characters, the same twice for a single date."""

    begin: int
    stop: int
    start: str
    end: str

    @property
    def precise(self) -> bool:
        """Whether it is exact to the month at least."""
        return len(self.start) > 4


@lru_cache(maxsize=4096)
def find_dates(text: str, year: str = "") -> tuple[DateSpan, ...]:
    """All dates of a text.

    A day or month without a year takes that of the date before it, in the same sentence where there is a `year`, or
    else that; without either it is passed over.
    """
    if not year and not _DIGIT.search(text):
        return ()
    found: list[DateSpan] = []
    for match in _DATE.tried_at(text, [match.start() for match in _BEGINS.finditer(text)]):
        own = "" if year and _TO_COME.search(text, max(0, match.start() - 120), match.start()) else year
        near = [span for span in found[-1:] if not (year and _FULL_STOP.search(text, span.stop, match.start()))]
        known = next((span.end[:4] for span in near if span.start[:4] == span.end[:4]), own)
        ends = _ends({name: value for name, value in match.groupdict().items() if value}, known)
        if not ends or not all(map(_exists, ends)):
            continue
        second = match.start("d2") if match["d1"] else -1
        if second >= 0 and _AND.search(text, match.end("m1"), second) and not _in_one_week(*ends):
            found.append(DateSpan(match.start(), match.end("m1"), ends[0], ends[0]))
            found.append(DateSpan(second, match.end(), ends[1], ends[1]))
        else:
            found.append(DateSpan(match.start(), match.end(), *ends))
    return tuple(found)


def dates_of(unit: Unit) -> tuple[DateSpan, ...]:
    """All dates of a unit, those without a year in the year that its document reports on."""
    return find_dates(unit.text, unit.year)


def _in_one_week(first: str, last: str) -> bool:
    """Whether two days are near enough for one event: "28 February and 1 March 2024"."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days < 7


def _exists(iso: str) -> bool:
    """Whether a day is in the calendar."""
    try:
        date.fromisoformat((iso + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _ends(g: dict[str, str], year: str) -> tuple[str, str] | None:
    if "d1" in g:
        return _iso(g.get("y1", g["y2"]), g["m1"], g["d1"]), _iso(g["y2"], g["m2"], g["d2"])
    if "da" in g:
        own = g.get("yab", year)
        return (_iso(own, g["mab"], g["da"]), _iso(own, g["mab"], g["db"])) if own else None
    if "d" in g:
        own = g.get("y", year)
        return (_iso(own, g["m"], g["d"]),) * 2 if own else None
    if "e1" in g:
        return _iso(g["ey"], g["em"], g["e1"]), _iso(g["ey"], g["en"], g["e2"])
    if "mu" in g:
        return _iso(g["yu"], g["mu"], g["du"]), _iso(g["yu"], g.get("mv", g["mu"]), g.get("dv", g["du"]))
    if "ma" in g:
        return _iso(g.get("ya", g["yb"]), g["ma"]), _iso(g["yb"], g["mb"])
    if "mm" in g:
        return (_iso(g["my"], g["mm"]),) * 2
    if "mo" in g:
        return (_iso(year, g["mo"]), _iso(year, g.get("mp", g["mo"]))) if year else None
    if "ys" in g:
        return g["ys"], g["ye"]
    return (g["yy"],) * 2


def _iso(year: str, month: str, day: str = "") -> str:
    """`2021`, `June`, `17th` -> 2021-06-17."""
    parts = [year, f"{MONTHS[month]:02d}"]
    if day:
        parts.append(f"{int(re.sub(r'[a-z]', '', day)):02d}")
    return "-".join(parts)
