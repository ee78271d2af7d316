"""Acts in the present tense of prose: "decision MC-4/3 requests the secretariat to …", "I invite you to …"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from graph.registry import Registry
from loaders.acts import Act, Verb, load_verbs, one_act
from loaders.document import Unit
from loaders.findings import Mention
from loaders.sentences import sentences
from loaders.triggers import Regex

_TYPES = {"ask": "request"}  # the others are their own
_VERB = "(?P<verb>request|ask|invite|encourage|urge)"
_SAYS = Regex(rf"{_VERB}s\s")
_DECISION = Regex(
    r"(?:[Tt]he (?:same|present)|[Tt]h(?:at|e)) (?:decision|resolution)\s+(?:also\s+|further\s+)*"
    rf"(?P<phrase>{_VERB}s)\s"
)
_BEHIND = Regex(
    r"(?:\s*\([^()]*\))?(?:,[^,;.]{3,90},)?\s+(?:also\s+|further\s+)*"
    rf"(?P<phrase>{_VERB}s)\s"
)
_FIRST_PERSON = Regex(
    r"\bI\s+(?:(?:would|should|also|therefore|hereby|again|kindly|now|like|wish|to)\s+)*"
    rf"(?P<phrase>{_VERB})\s"
)
_YOU = Regex(r"your?\b")


@cache
def _by_type() -> dict[str, Verb]:
    return {verb.type: verb for verb in load_verbs()}


def spoken(unit: Unit, mentions: list[Mention], home_body: str, registry: Registry) -> Iterator[Act]:
    """What decisions named in a text ask for, and what the writer of a letter does."""
    for begin, end in sentences(unit.text) if _SAYS.search(unit.text) else ():
        for mention in mentions:
            of_decision = begin <= mention.start < end and mention.things[0].path.startswith("decision/")
            match = _BEHIND.match(unit.text, mention.end, end) if of_decision else None
            if match:
                body = dict(mention.things[0].facts).get("adoptedBy", "")
                act = _act(unit, mentions, match, end, body, registry)
                yield replace(act, decision=mention.things[0].path)
        for match in _DECISION.finditer(unit.text, begin, end):
            yield _act(unit, mentions, match, end, home_body, registry)
    for begin, end in sentences(unit.text) if "I " in unit.text else ():
        for match in _FIRST_PERSON.finditer(unit.text, begin, end):
            act = _act(unit, mentions, match, end, "", registry)
            yield replace(act, addressees=()) if _YOU.match(unit.text, match.end()) else act


def _act(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, issuer: str, registry: Registry) -> Act:
    verb = _by_type()[_TYPES.get(match["verb"], match["verb"])]
    place = match.start("phrase"), match.end("phrase"), end
    return one_act(unit, mentions, verb, match["phrase"], *place, issuer, registry)
