"""The words by which activities are told: nouns that name a class, verbs and nominal beginnings, as data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from loaders.noun_phrases import head_of, noun_before
from loaders.triggers import Regex, Regexes

DATA = Path(__file__).parent / "data"
Row = dict[str, str]
Rows = Sequence[tuple[Regex, Row]]


EVENTS = ("Meeting", "Training", "Webinar", "Workshop")  # what takes place on days, besides being due
_HEADS = ("Workshop", "Webinar", "Reporting")  # what "training webinars" and "assessment reports" are


@dataclass(frozen=True)
class Words:
    """The compiled data file."""

    types: Regexes[str]
    verbs: Regexes[Row]
    nominal: Regexes[Row]
    strong: Regexes[Row]

    def type_of(self, phrase: str) -> str:
        """The class of the first noun that names an activity, of "training webinars" the second; else `Activity`."""
        found = [(m.start(), -m.end(), name) for regex, name in self.types.of(phrase) if (m := regex.search(phrase))]
        if not found:
            return "Activity"
        end = -min(found)[1]
        heads = _HEADS if min(found)[2] == "Training" else (*_HEADS, "Meeting")
        compound = [name for start, _, name in found if start == end + 1 and name in heads]
        return compound[0] if compound else min(found)[2]

    def last_type(self, phrase: str, among: Sequence[str] = ()) -> str:
        """The class of the last such noun: what a passive verb or a list of titles is about; empty if not `among`."""
        rows = [(regex, name) for regex, name in self.types.of(phrase) if not among or name in among]
        found = [(m.end(), name) for regex, name in rows for m in regex.finditer(phrase)]
        return max(found)[1] if found else "" if among else "Activity"

    def verbs_in(self, text: str) -> list[tuple[re.Match[str], Row]]:
        """The forms of verbs of activities in a text, in order; not all of them stand there as verbs."""
        found = [(match, row) for regex, row in self.verbs.of(text) for match in regex.finditer(text)]
        return sorted(found, key=lambda pair: pair[0].start())


def stands_as_verb(match: re.Match[str], row: Row, begin: int, end: int) -> bool:
    """Whether a form is the finite verb of its sentence, and what it needs follows it there."""
    needs = row.get("needs")
    shared = row.get("type") == "InformationSharing"
    if needs and not _needed_behind(needs).match(match.string, match.end(), end):
        done = _WAS_DONE.search(match.string, max(begin, match.start() - 40), match.start())
        before = match.string[begin : match.start()]
        subject = head_of(noun_before(before)) if done else before if _IN_RELATIVE.search(before) else ""
        if shared or not _needed(needs).search(subject):
            return False
    return is_finite(match.string, begin, match)


@cache
def _needed_behind(words: str) -> re.Pattern[str]:
    """What has to follow a verb, soon or behind an aside."""
    return re.compile(rf"(?:,[^,;]{{3,140}},)?\s+(?:[\w$€£.,-]+\s+){{0,5}}?(?:{words})\b")


# "a course that UNEP had run", but not "says that such a course shall be run".
_IN_RELATIVE = Regex(
    r"\b(?:[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal)\s[^,;.]{3,90}?,?\s+(?:which|that)\s+[^,;.]{2,90}$"
)
_WAS_DONE = Regex(
    r"(?<!\bto )\b(?:was|were|(?:has|have|had|will|would)\s+(?:also\s+)?be(?:en)?)\s+(?:\w+ly\s+|also\s+)?$"
)


@cache
def _needed(words: str) -> re.Pattern[str]:
    """The nouns that a verb in the passive may have as its subject."""
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def load_words(path: Path = DATA / "activities.yaml") -> Words:
    """The nouns, verbs and nominal forms of the file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    types = Regexes((_compiled("|".join(row["nouns"])), row["type"]) for row in data["types"])
    return Words(types, *(_rows(data[name]) for name in ("verbs", "nominal", "strong")))


def _rows(rows: list[dict[str, Any]]) -> Regexes[Row]:
    return Regexes((_compiled(row["form"]), row) for row in rows)


def _compiled(form: str) -> Regex:
    return Regex(rf"(?<![\w-])(?:{form})(?![\w-])", re.IGNORECASE)


_INFLECTED = Regex(
    r"(?:ed|ing|s)\b|^(?:held|met|undertook|undertaken|took|taking|takes|joined|teamed|made|gave|spoke|began|begun|ran|brought|sought|sent|taught|rebuilt|wrote|written|drew|drawn)\b",
    re.IGNORECASE,
)
_MODAL = Regex(
    r"\b(?:will|shall|should|must"
    r"|(?:plans?|intends?|is|are|[Cc]ontinue[sd]?|began|agreed|offer(?:s|ed)?) to)"
    r"\s+(?:also\s+|further\s+|continue\s+to\s+|\w+ly\s+)*$"
    r"|\b(?:plan(?:s|ned|ning)?|intends?) to\b[^.;:]*\band(?:,[^,;]{3,60},)?\s+to\s+(?:also\s+)?$"
)
_ADVERBS = r"(?:(?:\w+ly|also|since|now|then|already|later|again|once|twice)\s+)*"
_WOULD = Regex(r"\bwould\s+(?:also\s+|then\s+|soon\s+)?$")
_LIKE_PAST = ("run", "set up")  # participles that look like what follows "to"
_HAS = Regex(rf"\b(?:has|have|had)\s+{_ADVERBS}$")
_REPORTED = Regex(r"\b(?:said|announced|informed|reported|stated|explained|indicated)\b")
_ANNOUNCED = ("hold", "host", "convene", "organize", "organise", "launch", "issue", "publish", "circulate")
_TO_BE = Regex(r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bto be\s+$")
_PURPOSE = Regex(
    r"\b(?:with (?:a view|the aim|the objective|the intention)|aim(?:ed|ing|s)?|for the purpose) (?:to|at|of) [^,;]*$"
)
_PLACED = Regex(r"\s+(?:online|virtually|in|from|on|at)\b")
_AUXILIARY = Regex(rf"\b(?:is|are|was|were|be|been|being|has|have|had)\s+{_ADVERBS}$")
_BEFORE_GERUND = Regex(
    r"(?:\b(?:is|are|was|were|been|be|by|continue[sd]?|started|began|which (?:includ|involv|encompass)e[sd]?)\s+"
    r"(?:\w+ly\s+|also\s+|currently\s+)*|,\s+(?:and\s+)?|\band\s+)$"
)
_BEFORE_NOUN = Regex(
    r"\b(?:the|an?|its|their|this|these|of|keeping|as|or|such|other|draft|new|on|for|with|from|about|under|any|all|several"
    r"|some|various)\s+$"
)
_REDUCED = Regex(
    r"\s+(?:jointly\s+)?(?:by|for in|since|pursuant|under|in accordance|in the (?:annex|context|areas?|form|course)"
    r"|on the basis)\b"
)
_REDUCED_BEHIND_COMMA = Regex(rf"{_REDUCED.regex.pattern}|\s+(?:on|in|at|from)\s+(?:\d|[A-Z])")


def is_finite(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a form stands as the verb of a clause, and not as an adjective, a noun or a shortened relative clause.

    "a report prepared by UNEP" and "the proposed programme" tell of no act; "was prepared by UNEP" does.
    """
    before = text[begin : match.start()]
    if _TO_BE.search(before) or _PURPOSE.search(before):
        return False
    if match[0].endswith("ing") and " " not in match[0]:
        return bool(_BEFORE_GERUND.search(before))
    if not _INFLECTED.search(match[0].split()[0]):
        would = (match[0] in _ANNOUNCED or _REPORTED.search(text, 0, begin + len(before))) and _WOULD.search(before)
        return bool(_MODAL.search(before) or would or (match[0] in _LIKE_PAST and _HAS.search(before)))
    if match[0].lower() in ("held", "convened", "hosted") and _PLACED.match(text, match.end()):
        return bool(_AUXILIARY.search(before))
    if _BEFORE_NOUN.search(before[-20:]):
        return False
    if match[0].lower() in _PAST_ONLY or _BEHIND_ASIDE.search(before):
        return True
    reduced = _REDUCED if not before.endswith(", ") else _REDUCED_BEHIND_COMMA
    return not reduced.match(text, match.end()) or bool(_AUXILIARY.search(before))


_PAST_ONLY = ("met", "took", "gave", "ran", "wrote", "began", "spoke")  # never short for "which was met"
# "The Board, co-chaired by Ms. Doe (Peru), organized in Lima …": behind an aside that says who leads the subject.
_BEHIND_ASIDE = Regex(
    r",\s+(?:co-)?(?:chaired|led|hosted|administered|managed|headed|represented|presided over) by\b[^;]{3,200},\s*$"
)


_GERUND = Regex(r"[\w-]+ing\b")
_TO_BE_BEFORE = Regex(r"\b(?:was|were|is|are|be|been|being)\s+(?:\w+ed\s+and\s+)?(?:\w+\s+)?$")


def is_passive(text: str, begin: int, verb: int) -> bool:
    """Whether the verb at a place is in the passive: "was developed", but not "was developing"."""
    if _GERUND.match(text, verb):
        return False
    return bool(_TO_BE_BEFORE.search(text[max(begin, verb - 30) : verb]))
