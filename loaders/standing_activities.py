"""What a noun alone tells of: programmes and plans, and work that a sentence says is under way or planned."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.activity_clauses import Activity, label_of, when
from loaders.activity_words import Words
from loaders.document import Unit
from loaders.findings import Mention
from loaders.named_activities import part
from loaders.noun_phrases import head_of
from loaders.participants import Role, is_organization
from loaders.sentences import sentences
from loaders.triggers import Regex

# "the technical assistance programme of the Stockholm Convention", "their joint work programme for 2023–2027".
_PLAN = Regex(
    r"\b(?:technical assistance (?:plan|programme)|programme of (?:work|technical assistance)|work programme"
    r"|subprogramme)\b(?! and budget)"
)
_BEFORE_PLAN = Regex(r"(?:[\w-]+(?:’s)?\s+)?(?:(?:proposed|draft|joint|overall|biennial|\d{4}[–-]\d{4})\s+){0,2}$")
_LONGEST_BEFORE = 60
_NO_KIND = Regex(r"(?:the|this|that|its|their|an?|each|our)?\s*", re.IGNORECASE)
_PERIOD = Regex(r"\s+(?:[^,.;()]{0,90}?\s)?for\s+(?:the\s+)?(?:(?:period|biennium|years?)\s+)?(?=(?:19|20)\d\d)")
_OWNER = Regex(r"\s+(?:[\w-]+\s+){0,3}?(?:of|for)\s+(?:the\s+)?")
_NAMED = Regex(
    r"\b(?!(?:The|This|That|Its|Their|Each|Under|In|A|An|International|Senior)\s)(?:[A-Z][\w’'-]+\s+)"
    r"(?:(?:and\s+)?[A-Z][\w’'-]+\s+){0,4}[Pp]rogramme\b(?!’|s\b| [A-Z]| of work\b)"
)
_LONGEST_OWNER = 60

_STATE = Regex(
    r"\b(?:under ?way|in (?:preparation|progress)|under (?:preparation|development|discussion|negotiation|revision)"
    r"|ongoing|planned|envisaged|foreseen)\b"
)
_UNDER_WAY = Regex(
    r"(?:(?:\A|(?<=[.;] ))(?:[A-Z][^.;:,]{3,80},\s+)?|(?<=, and )|(?<=, while ))(?P<there>[Tt]here (?:is|are) )?"
    r"(?P<noun>[A-Za-z][^.;:,()]{3,150}?(?:,[^.;:,]{3,60},)?)\s+(?:(?:is|are|was|were|has been|have been)\s+)?"
    r"(?:(?:currently|also|now|still|already|being)\s+)*"
    r"(?P<state>under ?way|in (?:preparation|progress)"
    r"|under (?:way|preparation|development|discussion|negotiation|revision)"
    r"|ongoing|(?<!as )planned|envisaged|foreseen)(?=[\s.,;])"
)
_IS = Regex(r"\b(?:is|are|was|were|been)\b")
_WORKS = Regex(
    r"\b(?:work|works|process(?:es)?|efforts?|activit(?:y|ies)|preparations?|translations?|revisions?|updates?|updating"
    r"|editions?|phases?|drafting|development|discussions|versions?|second course|third course|recruitment)\b",
    re.IGNORECASE,
)
_PLANNED = ("planned", "envisaged", "foreseen", "under discussion")


def standing(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """All of them in a unit."""
    yield from programmes(unit, mentions)
    for begin, end in sentences(unit.text) if _STATE.search(unit.text) else ():
        for match in _UNDER_WAY.finditer(unit.text, begin, end) if _STATE.search(unit.text, begin, end) else ():
            noun = match["noun"]
            is_said = match["there"] or _IS.search(unit.text, match.end("noun"), match.start("state"))
            head = head_of(noun)
            cls = words.last_type(head)
            if not is_said or _IS.search(noun) or (cls == "Activity" and not _WORKS.search(head)):
                continue
            cls = words.type_of(noun) if cls == "Activity" else cls
            status = "planned" if match["state"] in _PLANNED else "ongoing"
            for told in part(unit, mentions, (match.start("noun"), end), cls, "under way"):
                yield replace(told, status=status)


def programmes(unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
    """The programmes and plans that have a period, an owner or a name of their own."""
    for match in _PLAN.finditer(unit.text) if _PLAN.may_match(unit.text) else ():
        before = _BEFORE_PLAN.search(unit.text, max(0, match.start() - _LONGEST_BEFORE), match.start())
        begin = before.start() if before else match.start()
        if match[0] == "subprogramme" and _NO_KIND.fullmatch(unit.text, begin, match.start()):
            continue
        period = _PERIOD.match(unit.text, match.end())
        dated = (period.end(), period.end() + 10) if period else (begin, match.end())
        begins, ends = when(unit, *dated)
        owner = _owner(unit.text, match.end(), mentions)
        if begins or owner or match[0].endswith("subprogramme"):
            roles = (("hasOrganizer", owner.things[0]),) if owner and is_organization(owner) else ()
            stop = owner.end if owner else period.end() + 9 if period else match.end()
            yield _programme(unit, begin, stop, begins, ends, roles)
    for match in _NAMED.finditer(unit.text) if "rogramme" in unit.text else ():
        if not any(m.start < match.end() and match.start() < m.end for m in mentions):
            yield _programme(unit, match.start(), match.end(), "", "", ())


def _owner(text: str, at: int, mentions: list[Mention]) -> Mention | None:
    """The organization or treaty whose programme is named before a place."""
    for mention in mentions:
        near = at <= mention.start < at + _LONGEST_OWNER
        owns = is_organization(mention) or mention.things[0].path.startswith("treaty/")
        if near and owns and _OWNER.fullmatch(text, at, mention.start):
            return mention
    return None


def _programme(unit: Unit, start: int, end: int, begins: str, ends: str, roles: tuple[Role, ...]) -> Activity:
    label = label_of(unit.text[start:end])
    return Activity(unit.path, start, end, "Programme", label, "", "programme", "", begins, ends, roles)
