"""The noun phrases around a verb: what a passive is said of, and the noun that says what that is."""

import re

from loaders.triggers import Regex

_AUXILIARIES = Regex(r"\s*\b(?:was|were|is|are|has|have|had|been|being|be|will|also|currently)\b\s*")
_BY_CLAUSE = re.compile(r",\s+(?:which|that|who|held|led|[a-z-]+ed)\b.*$", re.DOTALL)
_NOUN_PHRASE = re.compile(
    r";\s+|,\s+(?=(?:and\s+)?(?:the|an?|one|two|three|four|five|six|several|further|another|whose)\s)"
)
_PREPOSITION = re.compile(r"\s(?:of|on|for|to|in|at|by|with|between|among|from|entitled|concerning|regarding|under)\s")


SAID_THAT = Regex(  # "The representative of WHO said that three webinars had been held"
    r"[^.;]*?\b(?:said|stated|announced|reported|recalled|explained|informed\s[^;.]{3,60}|noted|added)\s+that\s+"
    r"(?:,?\s*in\s+[^,]{3,30},\s+)?"
)
_AND = Regex(r"(?:and|but|while)\s+(?:that\s+)?")  # "and the work is carried out"


def noun_before(before: str) -> str:
    """The subject of a passive: "In May, a webinar for States, funded by UNEP, was" -> "a webinar for States"."""
    said = SAID_THAT.match(before) or _AND.match(before)
    subject = _BY_CLAUSE.sub("", _AUXILIARIES.sub(" ", before[said.end() :] if said else before).rstrip(" ,"))
    return _NOUN_PHRASE.split(subject)[-1].strip(" ,")


def subject_of_passive(before: str) -> str:
    """The last words of a subject that are no place or time put behind it: "Two of them, in Peru," -> "Two of them"."""
    parts = noun_before(before).split(", ")
    return next((part for part in reversed(parts) if not _PLACED.match(part)), parts[-1])


_PLACED = re.compile(r"(?:in|on|at|for|with|by|from|under|during|including|[a-z]+(?:ed|en) by)\s")


def head_of(noun: str) -> str:
    """What a subject is, without what it is about: "a report on the workshop" -> "a report"."""
    return _PREPOSITION.split(noun, 1)[0]
