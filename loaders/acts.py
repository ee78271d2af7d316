"""Operative acts: who asks whom to do what, by when and on what condition.

In decisions every performative verb of a paragraph is an act; in prose a verb in the past counts when a governing body,
a meeting of one or a decision is its subject ("COP-3 requested the Secretariat to …"), or in the passive of a request
("the Partnership is invited to …").
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.registry import Registry
from loaders.act_terms import (
    Due,
    find_addressee,
    find_condition,
    find_due,
    find_second_due,
    find_thanked,
    says_them,
)
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.triggers import Regex, folded

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

    `due_meeting` is the path of a meeting, `decision` that of a decision; `also_due` is what else is due, behind
    "and to".
    """

    start: int
    end: int
    type: str
    verb_phrase: str
    issuer: str = ""
    addressees: tuple[Thing, ...] = ()
    condition: str = ""
    due_date: str = ""
    due_meeting: str = ""
    due_text: str = ""
    decision: str = ""
    also_due: tuple[Due, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it wants something of those whom it addresses; who is thanked has done it already."""
        return bool(self.addressees) and self.type not in _GRATEFUL


@cache
def load_verbs(path: Path = DATA / "verbs.yaml") -> tuple[Verb, ...]:
    """The verbs of the file."""
    return tuple(_verb(row) for row in yaml.safe_load(path.read_text(encoding="utf-8")))


def _verb(row: dict[str, Any]) -> Verb:
    forms = {name: tuple(row.get(name, ())) for name in ("present", "past", "gerund")}
    return Verb(row["type"], addressee=row.get("addressee", False), **forms)


_ADVERB = r"(?:Also|Further|Further\s+also|Again|Once\s+again|Strongly|Strongly\s+also|Also\s+further|Additionally)"


@cache
def _present() -> tuple[Regex, dict[str, Verb]]:
    forms = {form.casefold(): verb for verb in load_verbs() for form in verb.present}
    words = "|".join(sorted((re.escape(form).replace(r"\ ", r"\s+") for form in forms), key=len, reverse=True))
    regex = Regex(
        rf"(?:^[“\"\[\s]*|[,;]\s+(?:and\s+)?|\s+and\s+(?=\S+s\s)|\]\s*\[|\[)"
        rf"(?P<phrase>(?:^To\s+)?(?:(?:{_ADVERB})\s+)?(?P<verb>{words}))(?=[\s,:\]])",
        re.IGNORECASE,
    )
    return regex, forms


@cache
def plural_forms() -> tuple[Regex, dict[str, Verb]]:
    """The verbs of a declaration, "We request …, and invite …", with what each form means."""
    forms = {folded(form): verb for verb in load_verbs() for form in verb.present if not _SINGULAR.match(form)}
    words = "|".join(sorted((re.escape(form).replace(r"\ ", r"\s+") for form in forms), key=len, reverse=True))
    adverb = r"(?:also\s+|therefore\s+|hereby\s+|further\s+|strongly\s+)?"
    return Regex(rf"(?:^We|[.;,]\s+(?:and\s+)?we|,\s+and)\s+(?P<phrase>{adverb}(?P<verb>{words}))\s", re.I), forms


_SINGULAR = Regex(r"\w+s\b")


def begins_act(text: str) -> bool:
    """Whether a text begins as an operative paragraph does: "Requests …", but not "Recalling …"."""
    match = _present()[0].match(text)
    return match is not None and match["verb"].split()[0].endswith("s")


def begins_preamble(text: str) -> bool:
    """Whether a text begins as a preambular paragraph does: "Recalling …", "Deeply concerned that …"."""
    return _MINDFUL.match(text) is not None or (text[:1].isupper() and _gerund()[0].match(text) is not None)


_MINDFUL = Regex(
    r"(?:(?:Deeply|Gravely|Also|Further) )?(?:[Cc]oncerned|[Mm]indful|[Aa]ware|[Cc]onscious|[Cc]onvinced|[Gg]rateful"
    r"|[Aa]larmed|[Dd]etermined|[Cc]ognizant|[Hh]aving|[Tt]aking into (?:account|consideration)|[Bb]earing in mind"
    r"|[Gg]uided by)\b"
)


@cache
def _gerund() -> tuple[Regex, dict[str, Verb]]:
    forms = {form.casefold(): verb for verb in load_verbs() for form in verb.gerund}
    words = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    adverb = r"(?:Also|Further|Deeply|Fully|Again|Having)"
    return Regex(
        rf"[“\"\[\s]*(?P<phrase>(?:{adverb}\s+)?(?P<verb>{words})(?:\s+also|\s+further)?)\b", re.IGNORECASE
    ), forms


@cache
def past_forms() -> tuple[Regex, dict[str, Verb]]:
    forms = {form.casefold(): verb for verb in load_verbs() for form in verb.past}
    words = "|".join(sorted((re.escape(form).replace(r"\ ", r"\s+") for form in forms), key=len, reverse=True))
    return Regex(rf"(?<![\w-])(?P<phrase>(?:also\s+|further\s+|already\s+)?\b(?P<verb>{words}))(?![\w-])"), forms


# ---- decisions --------------------------------------------------------------------------------------------------


def acts_of_paragraph(unit: Unit, mentions: list[Mention], issuer: str, registry: Registry) -> list[Act]:
    """The acts of an operative or preambular paragraph of a decision whose body is `issuer`."""
    if unit.kind == "PreambularParagraph":
        regex, forms = _gerund()
        match = regex.match(unit.text)
        return (
            [Act(match.start("phrase"), len(unit.text), forms[folded(match["verb"])].type, match["phrase"], issuer)]
            if match
            else []
        )
    regex, forms = _present()
    matches = [m for m in regex.finditer(unit.text) if m.start() == 0 or _performs(unit.text, m)]
    acts: list[Act] = []
    for index, match in enumerate(matches):
        end = _clause_end(unit.text, matches, index)
        verb = forms[" ".join(folded(match["verb"]).split())]
        act = one_act(unit, mentions, verb, match["phrase"], match.start("phrase"), match.end(), end, issuer, registry)
        asked = acts[-1].addressees if acts and says_them(unit.text, match.end()) else ()
        asked = asked or act.addressees or (_CONCERNED if verb.addressee else ())
        acts.append(replace(act, addressees=asked))
    return acts


# "Requests that the work be done": who has to see to it is not said.
_CONCERNED = (Thing("org/those-whom-it-concerns", "Organization", "", "those whom it concerns"),)


def _clause_end(text: str, matches: list[re.Match[str]], index: int) -> int:
    """Where the clause of a verb ends; an option in brackets, "[Encourages] [Urges] Parties", shares the next one's."""
    while index + 1 < len(matches):
        if re.search(r"[a-z]", text[matches[index].end() : matches[index + 1].start()], re.IGNORECASE):
            return matches[index + 1].start()
        index += 1
    return len(text)


def _performs(text: str, match: re.Match[str]) -> bool:
    """Whether a later verb of a paragraph performs an act of its own and is not that of a relative clause."""
    before = text[: match.start("phrase")][-40:]
    third_person = match["verb"].split()[0].endswith("s") and not _RELATIVE.search(before)
    return third_person or match["phrase"][0].isupper()


_GRATEFUL = ("express-appreciation", "thank", "commend", "recommend")  # it is recommended to a body that decides
_RELATIVE = Regex(r"\b(?:that|which|who|it)\b[^,;]*$")


def one_act(
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
    asks = verb.addressee or verb.type in ("decide", "agree", "call-for", "recommend")
    due = find_due(unit, after, end, mentions) if asks else ("", "", "")
    return Act(
        start,
        end,
        verb.type,
        " ".join(phrase.split()),
        issuer,
        find_addressee(unit.text, after, end, mentions, issuer, registry)
        if verb.addressee
        else find_thanked(unit.text, after, mentions)
        if verb.type in _GRATEFUL
        else (),
        find_condition(unit.text, after, end),
        *due,
        also_due=find_second_due(unit, after, end, mentions) if asks else (),
    )
