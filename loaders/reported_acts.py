"""Acts that a report tells of: "COP-3 requested the Secretariat to …", "the Partnership is invited to …"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.registry import Registry
from loaders.act_terms import find_due, group_of, says_them
from loaders.acts import Act, one_act, past_forms, plural_forms
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.participants import enumerated
from loaders.spoken_acts import spoken
from loaders.triggers import Regex

_PASSIVE = Regex(
    r"(?<![\w-])(?:is|are|was|were|has been|have been)\s+(?:(?:also|further|therefore|hereby|thus|\w+ly)\s+)?"
    r"(?P<verb>requested|invited|encouraged|urged|called upon)(?:\s+to\s+[a-z]|\s*:\s*$)"
)
_ASKED = ("asked", "called upon", "encouraged", "invited", "requested", "urged")
_TO_DO = Regex(r"(?:called )?\w+\s[^.;:]{2,200}?\sto\s+[a-z]")
_HEAD = Regex(r"[Tt]he (?:Deputy )?Executive Secretary\s+(?:has\s+|had\s+|also\s+)*$")
_RIGHT_BEFORE = Regex(r"\s+(?:has\s+|had\s+|also\s+|then\s+|therefore\s+|further\s+|subsequently\s+)*")
_AS_ASKED = Regex(r"(?<![\w-])[Aa]s\s+(?P<verb>requested|mandated|agreed|decided)\s+(?:by|at)\s+(?:the\s+)?")
WANTED_IN = Regex(
    r"(?<![Aa]s )(?<!was )(?<!were )(?<!had )(?<!has )\b(?P<verb>requested|called\s+for|mandated)\s+"
    r"(?:by\s+(?:the\s+)?[A-Z][^,;.]{3,90}?\s+)?in\s+(?:its\s+)?(?:paragraph\s+\d+(?:\s*\([a-z]\))?\s+of\s+)?"
    r"(?=(?:decisions?|resolutions?)\s)"
)
_CLAUSE_BREAK = Regex(r"[.;](?<!\bMr.)(?<!\bMs.)(?<!\bDr.)(?<!\bMrs.)(?<!\bProf.)\s+(?=[A-Z“])")


@dataclass(frozen=True)
class ProseActs:
    """Finds the acts that a report tells of. `bodies` are the classes of agents whose verbs count."""

    registry: Registry

    def find(self, unit: Unit, mentions: list[Mention], home_body: str, declares: bool = True) -> list[Act]:
        """The acts told in a unit, in order; in a document that `declares`, "we" are its body; a letter does not."""
        told = [
            *(self._declared(unit, mentions, home_body) if declares else ()),
            *self._active(unit, mentions, home_body),
            *self._passive(unit, mentions, home_body),
            *self._asked(unit, mentions),
            *self._wanted(unit, mentions),
            *spoken(unit, mentions, home_body, self.registry),
        ]
        if not told and unit.kind == "ListItem" and not declares:
            told = list(self._due_item(unit, mentions))
        return sorted(told, key=lambda act: act.start)

    def _active(self, unit: Unit, mentions: list[Mention], home_body: str) -> Iterator[Act]:
        regex, forms = past_forms()
        issuer, decision, last_begin = "", "", -1
        asked: tuple[Thing, ...] = ()
        for match in regex.finditer(unit.text) if regex.may_match(unit.text) else ():
            if _REDUCED.match(unit.text, match.end()):
                continue
            begin = _clause_start(unit.text, match.start())
            before = unit.text[begin : match.start()]
            subject = self._subject(unit.text, begin, match.start(), mentions, home_body)
            if subject is None:
                coordinated = begin == last_begin and _COORDINATED.search(before)
                pronoun = _PRONOUN.search(before) or _PRONOUN_AND.match(before)
                body = issuer if coordinated or (pronoun and issuer) else ""
                body = body or (self._last_body(mentions, begin) if pronoun else "")
                subject = (body, self._decision_in(mentions, begin, match.start()) or decision) if body else None
            if subject is None and _COORDINATED.search(before):
                subject = self._opener(unit.text, begin, match.start(), mentions)
            if subject is None and match["verb"] in _ASKED:
                secretariat = self._secretariat(unit.text, begin, match.start(), mentions, self._home(home_body))
                subject = (secretariat, "") if secretariat else None
            if subject is None:
                continue
            (issuer, decision), last_begin = subject, begin
            end = _next_verb(regex, unit.text, match.end(), _clause_end(unit.text, match.end()))
            verb = forms[" ".join(match["verb"].split())]
            act = one_act(unit, mentions, verb, match["phrase"], match.start(), match.end(), end, issuer, self.registry)
            asked = asked if asked and says_them(unit.text, match.end()) else act.addressees
            yield replace(act, decision=decision, addressees=asked)

    def of_point(self, unit: Unit, mentions: list[Mention], above: Unit, over: list[Mention]) -> list[Act]:
        """The acts of a point "(a) Took note of …" below "The Committee:"; `over` are the mentions above it."""
        issuer = self._last_body(over, len(above.text))
        last = max((m.end for m in over if m.things[0].path == issuer), default=0)
        heads = _HEADS_POINTS.fullmatch(above.text, last) or _IN_WHICH_IT.fullmatch(above.text, last)
        if not issuer or not heads:
            return []
        regex, forms = past_forms()
        text = unit.text[:1].lower() + unit.text[1:]
        matches = [m for m in regex.finditer(text) if not m.start() or _COORDINATED.search(text[: m.start()])]
        if not matches or matches[0].start():
            return []
        acts = []
        for match in matches:
            end = _next_verb(regex, text, match.end(), _clause_end(text, match.end()))
            verb = forms[" ".join(match["verb"].split())]
            phrase = unit.text[match.start() : match.end()]
            at = match.start(), match.end(), end
            acts.append(one_act(unit, mentions, verb, phrase, *at, issuer, self.registry))
        return acts

    def _declared(self, unit: Unit, mentions: list[Mention], home_body: str) -> Iterator[Act]:
        """What a declaration says in the first person: "We request the Executive Director to …"."""
        regex, forms = plural_forms()
        matches = list(regex.finditer(unit.text)) if unit.text.startswith("We ") and home_body else []
        for index, match in enumerate(matches):
            end = matches[index + 1].start() if index + 1 < len(matches) else len(unit.text)
            verb = forms[" ".join(match["verb"].casefold().split())]
            begin = match.start("phrase")
            yield one_act(
                unit, mentions, verb, match["phrase"], begin, match.end("verb"), end, home_body, self.registry
            )

    def _subject(
        self, text: str, begin: int, verb: int, mentions: list[Mention], home_body: str
    ) -> tuple[str, str] | None:
        """The body, and the decision if one is named, whose verb stands at `verb`."""
        body, decision, nearest = "", "", begin
        for mention in mentions:
            bracketed = text[mention.start - 1] == "("
            if not begin <= mention.start < verb or len(mention.things) > 1 or bracketed:
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
        adopted = decision and _ADOPTED_IT.fullmatch(gap)  # "in decision MC-5/12 it requested"
        return (body, decision) if body and (adopted or _SUBJECT_GAP.fullmatch(gap)) else None

    def _secretariat(self, text: str, begin: int, verb: int, mentions: list[Mention], home: str) -> str:
        """The secretariat, or its head, that stands right before a verb by which it asks for something."""
        if _HEAD.search(text, begin, verb) and home and _TO_DO.match(text, verb):
            return home
        before = [m for m in mentions if begin <= m.start < verb and m.things[0].path.startswith("org/")]
        slug_ = before[-1].things[0].path.removeprefix("org/") if before and len(before[-1].things) == 1 else ""
        known = slug_ and self.registry.knows("organizations", slug_)
        acts = known and self.registry.organization(slug_).cls == "Secretariat"
        asks = acts and _RIGHT_BEFORE.fullmatch(text, before[-1].end, verb) and _TO_DO.match(text, verb)
        return f"org/{slug_}" if asks else ""

    def _home(self, body: str) -> str:
        """The secretariat that serves a body; an empty string when none is known."""
        slug_ = body.removeprefix("org/")
        regimes = self.registry.organization(slug_).acts_for if self.registry.knows("organizations", slug_) else ()
        own = self.registry.secretariat_of(regimes[0]) if len(regimes) == 1 else ""
        return f"org/{own}" if own else ""

    def _opener(self, text: str, begin: int, verb: int, mentions: list[Mention]) -> tuple[str, str] | None:
        """The body whose verb opens a clause that goes on: "The Conference extended the mandate and requested …"."""
        for mention in mentions:
            if not begin <= mention.start < verb or not self._is_body(mention.things[0].path):
                continue
            if _ACTS.match(text, mention.end) and _OPENING.fullmatch(text, begin, mention.start):
                return mention.things[0].path, self._decision_in(mentions, begin, verb)
        return None

    def _decision_in(self, mentions: list[Mention], begin: int, end: int) -> str:
        """The decision that a span names last, or an empty string."""
        paths = [m.things[0].path for m in mentions if begin <= m.start < end and len(m.things) == 1]
        return next((path for path in reversed(paths) if path.startswith("decision/")), "")

    def _last_body(self, mentions: list[Mention], end: int) -> str:
        """The body named last before a place, or an empty string."""
        paths = [m.things[0].path for m in mentions if m.start < end and len(m.things) == 1]
        return next((path for path in reversed(paths) if self._is_body(path)), "")

    def _is_body(self, path: str) -> bool:
        slug_ = path.removeprefix("org/")
        known = path.startswith("org/") and self.registry.knows("organizations", slug_)
        return known and self.registry.organization(slug_).cls in ("GoverningBody", "SubsidiaryBody")

    def _body_of(self, decision: Thing) -> str:
        return dict(decision.facts).get("adoptedBy", "")

    def _passive(self, unit: Unit, mentions: list[Mention], home_body: str) -> Iterator[Act]:
        forms = past_forms()[1]
        for match in _PASSIVE.finditer(unit.text) if _PASSIVE.may_match(unit.text) else ():
            meetings = {(m.start, m.end) for m in mentions if m.things[0].path.startswith("meeting/")}
            named = [m for m in mentions if m.things[0].path.startswith("org/") and (m.start, m.end) not in meetings]
            subject = next((m for m in reversed(named) if m.end <= match.start()), None)
            near = subject is not None and _NEAR.fullmatch(unit.text[subject.end : match.start()])
            group = _GROUP.search(unit.text, max(0, match.start() - _LONGEST_GROUP), match.start())
            described = _GROUP_THAT.search(unit.text[: match.start()])
            asked: tuple[Thing, ...]
            if described:
                asked = (group_of(described["words"], home_body, self.registry),)
            elif subject is not None and near:
                asked = tuple(m.things[0] for m in _list_up_to(unit.text, subject, named))
            elif group:
                asked = (group_of(_RELATIVE.sub("", group["words"]), home_body, self.registry),)
            else:
                continue
            end = _clause_end(unit.text, match.end())
            due = find_due(unit, match.end(), end, mentions)
            phrase = unit.text[match.start("verb") : match.end("verb")]
            yield Act(match.start(), end, forms[match["verb"]].type, phrase, "", asked, "", *due)

    def _due_item(self, unit: Unit, mentions: list[Mention]) -> Iterator[Act]:
        """A list item that says by when something is due under one decision reports a request of that decision."""
        decisions = [m.things[0] for m in mentions if m.things[0].path.startswith("decision/")]
        due = find_due(unit, 0, len(unit.text), mentions)
        if len(decisions) == 1 and (due[0] or due[1]):
            yield Act(0, len(unit.text), "request", "", self._body_of(decisions[0]), (), "", *due, decisions[0].path)

    def _asked(self, unit: Unit, mentions: list[Mention]) -> Iterator[Act]:
        forms = past_forms()[1]
        for match in _AS_ASKED.finditer(unit.text) if _AS_ASKED.may_match(unit.text) else ():
            body = next(
                (m for m in mentions if match.end() - 5 <= m.start <= match.end() and self._is_body(m.things[0].path)),
                None,
            )
            if body is None:
                continue
            end = _clause_end(unit.text, match.end())
            begin = _clause_start(unit.text, match.start())
            after = [m for m in mentions if body.end < m.start < end and m.things[0].path.startswith("org/")]
            before = [m for m in mentions if begin <= m.start < match.start() and m.things[0].path.startswith("org/")]
            doer = next(iter((*after, *before)), None)
            verb = forms[match["verb"]]
            addressees = (doer.things[0],) if doer and verb.addressee else ()
            due = find_due(unit, body.end, end, mentions)
            yield Act(match.start(), end, verb.type, match["verb"], body.things[0].path, addressees, "", *due)

    def _wanted(self, unit: Unit, mentions: list[Mention]) -> Iterator[Act]:
        """What a decision wants, told beside the thing itself: "the study called for in decision MC-5/12"."""
        forms = past_forms()[1]
        for match in WANTED_IN.finditer(unit.text):
            decision = next((m.things[0] for m in mentions if match.end() <= m.start <= match.end() + 12), None)
            issuer = self._body_of(decision) if decision and decision.path.startswith("decision/") else ""
            if decision and issuer:
                verb = forms[" ".join(match["verb"].split())]
                yield Act(match.start(), match.end(), verb.type, match["verb"], issuer, (), "", decision=decision.path)


# What follows a participle that is no verb of its own: "a group established pursuant to …".
_REDUCED = Regex(r"\s+(?:by|pursuant|under|in accordance|(?:in|through|at) (?:its )?(?:decision|resolution|COP))\b")
_ADOPTED_IT = Regex(r",?\s+it\s+(?:has\s+|had\s+|also\s+|further\s+)*")
_SUBJECT_GAP = Regex(
    r"(?:\s*\([^)]*\))*(?:\s+of\s+\d[^,;.]{0,30})?(?:\s+(?:on|at|during)\s[^,;.]{0,90})?(?:,[^.;]{0,160},|,)?"
    r"\s*(?:(?:the\s+)?[Pp]arties\s+)?(?:has|have|had|also|already|further|then|jointly|\s)*"
)
_COORDINATED = Regex(r"(?:\band(?:\s+(?:has|have|had))?|,|;)\s*(?:\([a-z]\)\s*)?$")
_ACTS = Regex(r"\s+(?:has\s+|had\s+|also\s+|further\s+)*(?:met\s|(?!pursuant|held|established\s+(?:by|in))[a-z]+ed\s)")
_OPENING = Regex(
    r"(?:(?:At|By|In|On|Under|During|Following|Pursuant to|Through)\s[^.;]*,\s+)?(?:[Tt]he\s+(?:new\s+|current\s+)?)?"
)
_HEADS_POINTS = Regex(r"(?:,[^.;:]{0,120})?\s*(?:also|further|then|accordingly|therefore)?\s*:?\s*")
_IN_WHICH_IT = Regex(r"[^.;:]*\b(?:in|by)\s+which\b[^.;:]{0,80}\bit\s*(?:also\s*)?:\s*")
_PRONOUN = Regex(
    r"\b(?:it|they|It|They|[Tt]hat (?:Conference|Assembly|Council|Committee|Meeting|body))\s+"
    r"(?:has |have |had |also |further |then )*$"
)
_PRONOUN_AND = Regex(r"(?:It|They)\s[^.;]*\band\s*$")
_LONGEST_GROUP = 160
_GROUP = Regex(
    r"(?:^|[.;,–-]\s+|\s)(?P<words>(?:(?:[A-Z]?[\w-]+)\s+){0,5}?"
    r"(?:[Pp]arties|[Gg]overnments|States|[Oo]bservers|[Ss]takeholders|[Pp]artners|[Pp]articipants|organizations)(?:\s+and\s+(?:other\s+)?[\w-]+)?)\s*$"
)
# "Parties that have not replied to the secretariat are invited to …": who is invited is not the secretariat.
_GROUP_THAT = Regex(
    r"(?:^|[.:;]\s+|,\s+)(?P<words>(?:[\w-]+\s+){0,2}(?:[Pp]arties|[Gg]overnments|States|[Oo]bservers|[Oo]rganizations"
    r"|[Ss]takeholders))\s+(?:having|that|which|who|wishing|interested|in a position|with)\b[^.:;]*$"
)
_RELATIVE = Regex(r"^.*\b(?:which|that|following|where|whom)\s+")
_NEAR = Regex(r"(?:\s*\([^)]*\))?[^.;,]{0,30}(?:,[^.;]{0,120},)?\s*")


def _list_up_to(text: str, last: Mention, mentions: list[Mention]) -> list[Mention]:
    """The organizations of the list that ends with one: "the Partnership and UNEP are invited"."""
    for first in mentions:
        members = enumerated(text, first, mentions) if first.start <= last.start else [last]
        if last in members:
            return [member for member in members if member.start <= last.start]
    return [last]


def _next_verb(regex: Regex, text: str, at: int, end: int) -> int:
    """Where the next coordinated verb begins ("… and invited"), so that a deadline belongs to one act only."""
    match = next((m for m in regex.finditer(text, at, end) if _COORDINATED.search(text[: m.start()])), None)
    return match.start() if match else end


def _clause_start(text: str, at: int) -> int:
    ends = _clause_breaks(text)
    place = bisect_left(ends, at)
    return ends[place - 1] if place else 0


@lru_cache(maxsize=64)
def _clause_breaks(text: str) -> list[int]:
    """Where the clauses of a text begin, its first one aside."""
    return [match.end() for match in _CLAUSE_BREAK.finditer(text)]


def _clause_end(text: str, at: int) -> int:
    match = _CLAUSE_BREAK.search(text, at)
    return match.start() if match else len(text)
