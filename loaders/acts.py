"""Operative acts: who asks whom to do what, by when and on what condition.

In decisions every performative verb of a paragraph is an act; in prose a verb in the past counts when a governing body,
a meeting of one or a decision is its subject ("COP-3 requested the Secretariat to …"), or in the passive of a request
("the Partnership is invited to …").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.registry import Registry
from loaders.dates import find_dates
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.units import slug

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Verb:
    """A verb of the data file; `addressee` when whom it addresses follows it."""

    type: str
    present: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    gerund: tuple[str, ...] = ()
    addressee: bool = False


@dataclass(frozen=True)
class Act:
    """One speech act; `start` and `end` bound its clause in the unit's text.

    `due_meetings` are paths of meetings, `instrument` is the path of a draft decision or the IRI path of a decision.
    """

    start: int
    end: int
    type: str
    verb_phrase: str
    issuer: str = ""
    addressee: Thing | None = None
    condition: str = ""
    due_date: str = ""
    due_meeting: str = ""
    due_text: str = ""
    decision: str = ""


@cache
def load_verbs(path: Path = DATA / "verbs.yaml") -> tuple[Verb, ...]:
    """The verbs of the file."""
    return tuple(_verb(row) for row in yaml.safe_load(path.read_text(encoding="utf-8")))


def _verb(row: dict[str, Any]) -> Verb:
    forms = {name: tuple(row.get(name, ())) for name in ("present", "past", "gerund")}
    return Verb(row["type"], addressee=row.get("addressee", False), **forms)


_ADVERB = r"(?:Also|Further|Further\s+also|Again|Once\s+again|Strongly|Strongly\s+also|Also\s+further|Additionally)"


@cache
def _present() -> tuple[re.Pattern[str], dict[str, Verb]]:
    forms = {form.casefold(): verb for verb in load_verbs() for form in verb.present}
    words = "|".join(sorted((re.escape(form).replace(r"\ ", r"\s+") for form in forms), key=len, reverse=True))
    regex = re.compile(
        rf"(?:^[“\"\[\s]*|[,;]\s+(?:and\s+)?|\s+and\s+(?=\S+s\s)|\]\s*\[|\[)(?P<phrase>(?:(?:{_ADVERB})\s+)?(?P<verb>{words}))(?=[\s,:\]])",
        re.IGNORECASE,
    )
    return regex, forms


@cache
def _gerund() -> tuple[re.Pattern[str], dict[str, Verb]]:
    forms = {form.casefold(): verb for verb in load_verbs() for form in verb.gerund}
    words = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    adverb = r"(?:Also|Further|Deeply|Fully|Again|Having)"
    return re.compile(
        rf"[“\"\[\s]*(?P<phrase>(?:{adverb}\s+)?(?P<verb>{words})(?:\s+also|\s+further)?)\b", re.IGNORECASE
    ), forms


@cache
def _past() -> tuple[re.Pattern[str], dict[str, Verb]]:
    forms = {form.casefold(): verb for verb in load_verbs() for form in verb.past}
    words = "|".join(sorted((re.escape(form).replace(r"\ ", r"\s+") for form in forms), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<phrase>(?:also\s+|further\s+|already\s+)?(?P<verb>{words}))(?![\w-])"), forms


# ---- decisions --------------------------------------------------------------------------------------------------


def acts_of_paragraph(unit: Unit, mentions: list[Mention], issuer: str, registry: Registry) -> list[Act]:
    """The acts of an operative or preambular paragraph of a decision whose body is `issuer`."""
    if unit.kind == "PreambularParagraph":
        regex, forms = _gerund()
        match = regex.match(unit.text)
        return (
            [Act(match.start("phrase"), len(unit.text), forms[match["verb"].casefold()].type, match["phrase"], issuer)]
            if match
            else []
        )
    regex, forms = _present()
    matches = [m for m in regex.finditer(unit.text) if m.start() == 0 or _performs(unit.text, m)]
    acts = []
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(unit.text)
        verb = forms[" ".join(match["verb"].casefold().split())]
        acts.append(
            _act(unit, mentions, verb, match["phrase"], match.start("phrase"), match.end(), end, issuer, registry)
        )
    return acts


def _performs(text: str, match: re.Match[str]) -> bool:
    """Whether a later verb of a paragraph performs an act of its own and is not that of a relative clause."""
    before = text[: match.start("phrase")][-40:]
    third_person = match["verb"].split()[0].endswith("s") and not _RELATIVE.search(before)
    return third_person or match["phrase"][0].isupper()


_RELATIVE = re.compile(r"\b(?:that|which|who|it)\b[^,;]*$")


def _act(
    unit: Unit,
    mentions: list[Mention],
    verb: Verb,
    phrase: str,
    start: int,
    after: int,
    end: int,
    issuer: str,
    registry: Registry,
) -> Act:
    due = find_due(unit.text, after, end, mentions)
    return Act(
        start,
        end,
        verb.type,
        " ".join(phrase.split()),
        issuer,
        find_addressee(unit.text, after, end, mentions, issuer, registry) if verb.addressee else None,
        find_condition(unit.text, after, end),
        *due,
    )


# ---- addressee, condition, due ----------------------------------------------------------------------------------

_TO_DO_SO = re.compile(r"in a position to (?:do so|contribute)|able to do so|invited to do so")
_NOUN_END = re.compile(
    r"\s+to\s+(?!the\b|do so\b)(?=(?:\w+ly\s+)?[a-z]+\b)|,|;|\s+that\s+|\s+for\s+(?:their|its)\b|\.$"
)
_LEAD = re.compile(r"\s*(?:that\s+|the\s+)?")
_GROUPS = re.compile(r"part(?:y|ies)|states|countries|governments", re.IGNORECASE)


def find_addressee(
    text: str, after: int, end: int, mentions: list[Mention], issuer: str, registry: Registry
) -> Thing | None:
    """Whom a verb addresses: the organization named right behind it, else the group in the words behind it."""
    lead = _LEAD.match(text, after, end)
    at = lead.end() if lead else after
    for mention in mentions:
        if (
            mention.start <= at + 2
            and mention.end > at
            and mention.things[0].path.startswith("org/")
            and mention.start >= after
        ):
            return mention.things[0]
    guarded = _TO_DO_SO.sub(lambda m: m[0].replace(" to ", " to\u2060 ").replace(" ", "\u00a0"), text[at:end])
    match = _NOUN_END.search(guarded)
    words = guarded[: match.start() if match else len(guarded)].replace("\u00a0", " ").replace("\u2060", "").strip()
    if not words or len(words) > 150 or not re.match(r"[A-Za-z]", words):
        return None
    return _group(words, issuer, registry)


def _group(words: str, issuer: str, registry: Registry) -> Thing:
    """A group without a name, such as "parties in a position to do so"; "parties" alone are the treaty's own."""
    if words.casefold() in ("parties", "all parties") and issuer:
        own = issuer.removeprefix("org/").removesuffix("-cop") + "-parties"
        if registry.knows("organizations", own):
            return Thing(f"org/{own}")
    short = " ".join(words.split()[:12])
    cls = "PartyGroup" if _GROUPS.match(short) else "Organization"
    return Thing(f"org/{slug(short.lower(), 80)}", cls, "", short)


_CONDITION = re.compile(
    r"subject to (?:the )?(?:availability|provision|receipt)[^,;.]{3,60}"
    r"|within (?:the )?(?:scope of )?(?:available|existing|their (?:respective )?capabilit)[^,;.]{0,50}"
    r"|once adopted|upon request|on request|where (?:feasible|possible|appropriate)|as appropriate|if necessary"
    r"|in a position to do so"
)


def find_condition(text: str, start: int, end: int) -> str:
    """The condition set in a clause, as printed; empty when there is none."""
    return "; ".join(dict.fromkeys(match[0].strip() for match in _CONDITION.finditer(text, start, end)))


_BY = re.compile(
    r"(?:\bby|no later than|not later than|before|\buntil|\bdue(?: on| by)?|prior to|deadline of)"
    r"\s+(?:the\s+(?:end\s+of\s+)?)?$"
)
_DUE_MEETING = re.compile(
    r"(?:\bat|\bby|\bbefore|\bto|prior to|in time for|no later than)\s+(?:its\s+|their\s+|the\s+)?(?:next\s+)?$",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"at (?:its|their) (?:next|future|subsequent|forthcoming) (?:meetings?|sessions?)[^,;.]{0,20}")


def find_due(text: str, start: int, end: int, mentions: list[Mention]) -> tuple[str, str, str]:
    """Due date, path of the due meeting and the words for both; empty strings where nothing is said."""
    for date in find_dates(text):
        if start <= date.begin < end and date.precise and (by := _BY.search(text[start : date.begin])):
            return date.end, "", text[start + by.start() : date.stop].strip()
    for mention in mentions:
        meets = start <= mention.start < end and mention.things[0].path.startswith("meeting/")
        if meets and (before := _DUE_MEETING.search(text[start : mention.start])):
            return "", mention.things[0].path, text[start + before.start() : mention.end].strip()
    if future := _FUTURE.search(text, start, end):
        return "", "", future[0]
    return "", "", ""


# ---- prose ------------------------------------------------------------------------------------------------------

_PASSIVE = re.compile(
    r"(?<![\w-])(?:is|are|was|were|has been|have been)\s+(?:also\s+|further\s+)?"
    r"(?P<verb>requested|invited|encouraged|urged|called upon)\s+to\s+[a-z]"
)
_AS_ASKED = re.compile(r"(?<![\w-])[Aa]s\s+(?P<verb>requested|mandated|agreed|decided)\s+(?:by|at)\s+(?:the\s+)?")
_CLAUSE_BREAK = re.compile(r"[.;]\s+(?=[A-Z“])")


@dataclass(frozen=True)
class ProseActs:
    """Finds the acts that a report tells of. `bodies` are the classes of agents whose verbs count."""

    registry: Registry

    def find(self, unit: Unit, mentions: list[Mention], home_body: str) -> list[Act]:
        """The acts told in a unit, in order."""
        told = [*self._active(unit, mentions, home_body), *self._passive(unit, mentions), *self._asked(unit, mentions)]
        if not told and unit.kind == "ListItem":
            told = list(self._due_item(unit, mentions))
        return sorted(told, key=lambda act: act.start)

    def _active(self, unit: Unit, mentions: list[Mention], home_body: str) -> Iterator[Act]:
        regex, forms = _past()
        issuer, decision, last_end = "", "", -1
        for match in regex.finditer(unit.text):
            begin = _clause_start(unit.text, match.start())
            if begin > last_end:
                issuer, decision = "", ""
            if _REDUCED.match(unit.text, match.end()):
                continue
            subject = self._subject(unit.text, begin, match.start(), mentions, home_body)
            coordinated = bool(issuer) and re.search(r"\b(?:and|,)\s*$", unit.text[: match.start()]) is not None
            if subject is None and not coordinated:
                continue
            issuer, decision = subject or (issuer, decision)
            end = _clause_end(unit.text, match.end())
            last_end = end
            verb = forms[" ".join(match["verb"].split())]
            act = _act(unit, mentions, verb, match["phrase"], match.start(), match.end(), end, issuer, self.registry)
            yield replace(act, decision=decision)

    def _subject(
        self, text: str, begin: int, verb: int, mentions: list[Mention], home_body: str
    ) -> tuple[str, str] | None:
        """The body, and the decision if one is named, whose verb stands at `verb`."""
        body, decision, nearest = "", "", begin
        for mention in mentions:
            if not begin <= mention.start < verb or len(mention.things) > 1:
                continue
            path = mention.things[0].path
            if path.startswith("decision/"):
                decision = path
                nearest, body = mention.end, body or self._body_of(mention.things[0])
            elif path.startswith("meeting/"):
                continue
            elif self._is_body(path):
                body, nearest = path, mention.end
            elif path.startswith("org/"):
                body, nearest = "", mention.end
        gap = text[nearest:verb]
        if not body and re.search(r"(?:^|\s)the Parties\s+(?:also\s+)?$", text[begin:verb]):
            body, gap = home_body, ""
        return (body, decision) if body and _SUBJECT_GAP.fullmatch(gap) else None

    def _is_body(self, path: str) -> bool:
        slug_ = path.removeprefix("org/")
        known = path.startswith("org/") and self.registry.knows("organizations", slug_)
        return known and self.registry.organization(slug_).cls in ("GoverningBody", "SubsidiaryBody")

    def _body_of(self, decision: Thing) -> str:
        return dict(decision.facts).get("adoptedBy", "")

    def _passive(self, unit: Unit, mentions: list[Mention]) -> Iterator[Act]:
        forms = _past()[1]
        for match in _PASSIVE.finditer(unit.text):
            subject = next(
                (m for m in reversed(mentions) if m.end <= match.start() and m.things[0].path.startswith("org/")), None
            )
            if subject is None or not _NEAR.fullmatch(unit.text[subject.end : match.start()]):
                continue
            end = _clause_end(unit.text, match.end())
            due = find_due(unit.text, match.end(), end, mentions)
            phrase = unit.text[match.start("verb") : match.end("verb")]
            yield Act(match.start(), end, forms[match["verb"]].type, phrase, "", subject.things[0], "", *due)

    def _due_item(self, unit: Unit, mentions: list[Mention]) -> Iterator[Act]:
        """A list item that says by when something is due under one decision reports a request of that decision."""
        decisions = [m.things[0] for m in mentions if m.things[0].path.startswith("decision/")]
        due = find_due(unit.text, 0, len(unit.text), mentions)
        if len(decisions) == 1 and (due[0] or due[1]):
            yield Act(0, len(unit.text), "request", "", self._body_of(decisions[0]), None, "", *due, decisions[0].path)

    def _asked(self, unit: Unit, mentions: list[Mention]) -> Iterator[Act]:
        forms = _past()[1]
        for match in _AS_ASKED.finditer(unit.text):
            body = next(
                (m for m in mentions if match.end() - 5 <= m.start <= match.end() and self._is_body(m.things[0].path)),
                None,
            )
            if body is None:
                continue
            end = _clause_end(unit.text, match.end())
            doer = next((m for m in mentions if body.end < m.start < end and m.things[0].path.startswith("org/")), None)
            verb = forms[match["verb"]]
            addressee = doer.things[0] if doer and verb.addressee else None
            due = find_due(unit.text, body.end, end, mentions)
            yield Act(match.start(), end, verb.type, match["verb"], body.things[0].path, addressee, "", *due)


# What follows a participle that is no verb of its own: "a group established pursuant to …".
_REDUCED = re.compile(r"\s+(?:by|pursuant|under|in accordance)\b")
_SUBJECT_GAP = re.compile(
    r"(?:\s*\([^)]*\))*(?:,[^.;]{0,160},)?\s*(?:has|have|had|also|already|further|then|jointly|\s)*"
)
_NEAR = re.compile(r"(?:\s*\([^)]*\))?[^.;,]{0,30}(?:,[^.;]{0,120},)?\s*")


def _clause_start(text: str, at: int) -> int:
    return max((m.end() for m in _CLAUSE_BREAK.finditer(text, 0, at)), default=0)


def _clause_end(text: str, at: int) -> int:
    match = _CLAUSE_BREAK.search(text, at)
    return match.start() if match else len(text)
