"""Activities as values, and what every way of telling reads off a clause: label, dates, status, what is cited."""

import re
from dataclasses import dataclass

from loaders.dates import dates_of
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.participants import Role
from loaders.triggers import Regex

LONGEST_LABEL = 11


@dataclass(frozen=True)
class Activity:
    """One activity as one place tells it; `slug` (or a meeting's path) when it is known. Paths are below the base.

    `due` has no date, the path and the words of the meeting that a point of a request wants it for.
    """

    unit: str
    start: int
    end: int
    cls: str
    label: str
    status: str
    rule: str
    slug: str = ""
    begins: str = ""
    ends: str = ""
    roles: tuple[Role, ...] = ()
    implements: tuple[Thing, ...] = ()
    outputs: tuple[Thing, ...] = ()
    decision: str = ""
    act: str = ""
    due: tuple[str, str, str] = ("", "", "")
    also_told: tuple[str, ...] = ()


_CLAUSE_END = re.compile(r"[;:(“]|\.(?!\d)|,\s|\s+and(?:\s+to)?\s*$")
_FULL_END = re.compile(r"[;:(“]|\.(?!\d)")
# "take into account, in its work, the time left": the object comes behind an aside.
_NO_OBJECT = re.compile(r"[a-z-]+(?:\s+(?:up|out|into|on|over)(?:\s+\w+)?)?")
_SINCE = Regex(r"\bsince\s+(?:\w+\s+)?$")
_ADOPTED = Regex(r"\d/\d+(?:\s[a-z]+)?\s+of\s+$|\b(?:in force|valid)\s+until\s+$")  # "73/9 of 10 May 2018"
_WHEN = Regex(
    r"\b(?:in|since|by|until|before|after|during|between|from|throughout|over|early|mid|late|end|course|half|quarter"
    r"|beginning|of|to|and)[\s-]+(?:of\s+|the\s+)*$"
)
_UNTIL = Regex(
    r"\b(?:by|until|before|due on|(?:no|not) later than|prior to)\s+(?:the\s+end\s+of\s+|(?:early|mid|late)[ -])?$"
)
_GOES_ON = Regex(r"\b(?:is|are|continue[sd]?)\s+\w*\s*$")
_ADJUNCTS = (
    Regex(
        r"^(?P<verb>\w+(?:\s[\w-]+){0,6}),\s(?:in (?:co-?operation|collaboration|consultation|coordination|partnership)"
        r"|for (?:its |their )?(?:consideration|adoption|approval)"
        r"|jointly|together|with|subject to|upon|within|by|before|no later|as (?:appropriate|necessary)|where)\b[^,;]*"
        r"(?:,\s(?:(?:and|as well as)\s)?(?:the\s)?(?:[A-Z]|secretariats?\b|relevant\b|other\b)[^,;]*)*,\s(?=[a-z])"
    ),
    Regex(r"^(?P<verb>\w+(?: and \w+)?),\s[^;]*?,\s(?=an?\s)"),
    Regex(r"^(?P<verb>\w+),\s[^,;]{3,90},\s(?=(?:to|in|with|at|for|from)\s)"),
    Regex(r"^(?P<verb>\w+(?: and \w+)?),\s[^;]*?,\s(?=the\s)"),
)
_OCCASION = re.compile(
    r"\b(?:at (?:its|their)|(?:in )?preparation (?:for|of)|ahead of|prior to|in advance of|in the run-up to)\b"
    r"|,\s+which\b"
)
_STATUS = (
    (Regex(r"\b(?:will|(?:plan|intend|expect|hope)s? to|is to|are to|to be|scheduled|envisaged)\b[^.]*$"), "planned"),
    (Regex(r"\b(?:would|could|might|considering|proposed)\b[^.]*$"), "proposed"),
)


def without_adjunct(phrase: str) -> str:
    """A phrase without what is put between verb and object: "undertake, using …, a desk study"."""
    if "," not in phrase:
        return phrase
    for adjunct in _ADJUNCTS:
        if adjunct.match(phrase):
            return adjunct.sub(r"\g<verb> ", phrase)
    return phrase


def object_of(phrase: str) -> str:
    """A phrase up to where it says for which meeting, or at which, a thing is done: that is no part of it."""
    return _OCCASION.split(without_adjunct(phrase), 1)[0]


def label_of(phrase: str) -> str:
    """A short name in the text's own words: its first words up to the end of the clause."""
    whole = without_adjunct(phrase.strip())
    words = _CLAUSE_END.split(whole, 1)[0].split()
    if _NO_OBJECT.fullmatch(" ".join(words)):
        words = _FULL_END.split(whole, 1)[0].split()
    return " ".join(words[:LONGEST_LABEL]).rstrip(",") or " ".join(phrase.split()[:3])


def cited(mentions: list[Mention], start: int, end: int) -> tuple[Thing, ...]:
    """The provisions and decisions cited in a span."""
    found = {m.things[0].path: m.things[0] for m in mentions if m.cites and start <= m.start < end}
    return tuple(
        thing
        for path, thing in found.items()
        if path.startswith("decision/") or (path.startswith("treaty/") and path.count("/") > 1)
    )


def documents(mentions: list[Mention], start: int, end: int) -> tuple[Thing, ...]:
    """The documents cited in a span: what a study or report came to."""
    found = {m.things[0].path: m.things[0] for m in mentions if m.cites and start <= m.start < end}
    return tuple(thing for path, thing in found.items() if path.startswith("doc/"))


def when(unit: Unit, start: int, end: int) -> tuple[str, str]:
    """Begin and end of the first date in a span; "Since 2020" has no end, "by 30 June" no begin.

    What a thing is about is no date of it while there is another: "the report for 2024, by 31 May 2025".
    """
    here = [date for date in dates_of(unit) if start <= date.begin < end]
    for date in here:
        before = unit.text[max(start, date.begin - 32) : date.begin].casefold()
        about = not date.precise and date != here[-1] and not _WHEN.search(before)
        if about or _ADOPTED.search(before):
            continue
        if _SINCE.search(before):
            return date.start, ""
        if _UNTIL.search(before):
            return "", date.end
        if before.endswith("week of "):
            return date.start[:7], date.end[:7]
        return date.start, date.end
    return "", ""


def status_of(before: str, verb: str) -> str:
    """How far an activity has come, by the words before its verb and the verb's form."""
    for regex, status in _STATUS:
        if regex.search(before):
            return status
    ongoing = verb.endswith(("ing", "es")) or _GOES_ON.search(before)
    return "ongoing" if ongoing else "completed"
