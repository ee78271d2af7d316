"""What mentions refer to: nodes of the graph with the facts that the authority may lack."""

import re
from functools import cache

from graph import iri
from graph.registry import Registry
from graph.registry_records import DecisionSeries, Treaty
from loaders.findings import Steps, Thing
from loaders.triggers import folded

PLACES = {
    "organizations": "org",
    "countries": "org",
    "treaties": "treaty",
    "meetings": "meeting",
    "persons": "person",
    "systems": "system",
}
_STEP_CLASSES = {
    "art": "Article",
    "para": "ArticleParagraph",
    "point": "ArticleParagraph",
    "annex": "Annex",
    "part": "AnnexPart",
}


def record(kind: str, slug: str) -> Thing:
    """A record of the authority: `record("organizations", "unep")` is at org/unep."""
    return Thing(f"{PLACES[kind]}/{slug}")


def provision(treaty: Treaty, steps: Steps) -> Thing:
    """The provision, with the wider one or the treaty that it is part of."""
    path = iri.path_of(iri.provision(treaty.slug, steps))
    identifier = f"{treaty.citation} {printed(steps)}"
    facts = (("isDirectPartOf", path.rpartition("/")[0]),)
    return Thing(path, _STEP_CLASSES[steps[-1][0]], identifier, identifier, facts)


def printed(steps: Steps) -> str:
    """The steps as an identifier prints them.

    >>> printed((("art", "24"), ("para", "2"), ("point", "b")))
    'art. 24(2)(b)'
    """
    kind, number = steps[0]
    if kind == "annex":
        parts = "".join(f" part {part}" for _, part in steps[1:])
        return f"Annex {number}{parts}" if number else f"Annex{parts}"
    return f"art. {number}" + "".join(f"({mark})" for _, mark in steps[1:])


def provision_exists(treaty: Treaty, steps: Steps) -> bool:
    """Whether the treaty has that article or annex; paragraphs and parts count only where the registry lists them."""
    kind, number = steps[0]
    if kind == "annex":
        return _annex_exists(treaty, number, steps[1:])
    article = next((article for article in treaty.articles if article.number == number), None)
    if article is None:
        return not treaty.articles
    paragraph = next((mark for step, mark in steps[1:] if step == "para"), None)
    return not (paragraph and article.paragraphs) or int(paragraph) <= article.paragraphs


def _annex_exists(treaty: Treaty, label: str, parts: Steps) -> bool:
    annex = next((annex for annex in treaty.annexes if annex.label == label), None)
    if annex is None:
        return not treaty.annexes and not treaty.articles
    return not parts or not annex.parts or parts[0][1] in annex.parts


def decision(registry: Registry, series: DecisionSeries, groups: dict[str, str]) -> Thing:
    """An adopted decision or resolution, with its body, meeting and regime as far as its series tells."""
    identifier = series.identifier(groups)
    facts = [("adoptedBy", f"org/{series.body}")]
    if meeting := registry.meeting_of(series, groups):
        facts.append(("adoptedAt", f"meeting/{meeting}"))
    if series.regime:
        facts.append(("ofRegime", f"regime/{series.regime}"))
    kind = "Resolution" if series.kind == "resolution" else "Decision"
    path = iri.path_of(iri.decision(identifier))
    return Thing(path, "Decision", identifier, f"{kind} {identifier}", tuple(facts))


def document(registry: Registry, symbol: str) -> Thing:
    """A document by its symbol; the series tells meeting and regime."""
    facts = []
    cls = "InformationDocument" if "/INF/" in symbol else "MeetingDocument" if "/COP" in symbol else "Document"
    for series in registry.document_series:
        match = _head(series.head).match(symbol)
        if match is None:
            continue
        if meeting := registry.meeting_of(series, match.groupdict()):
            facts.append(("forMeeting", f"meeting/{meeting}"))
        if series.regime:
            facts.append(("ofRegime", f"regime/{series.regime}"))
        if cls == "Document" and series.meeting:
            cls = "MeetingDocument"
        break
    return Thing(iri.path_of(iri.document(symbol)), cls, symbol, symbol, tuple(facts))


@cache
def _head(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def sdg(identifier: str) -> Thing:
    """A goal, target or indicator of the 2030 Agenda: `SDG 12.4.1`."""
    return Thing(f"sdg/{identifier.removeprefix('SDG ')}", "SustainableDevelopmentGoal", identifier, identifier)


_ORDINAL_WORDS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), 1)}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def ordinal(words: str) -> int:
    """`fifth` -> 5, `twenty-first` -> 21, `26th` -> 26; ValueError otherwise."""
    text = folded(words).strip()
    if text[:-2].isdigit():
        return int(text[:-2])
    tens, _, ones = text.replace(" ", "-").partition("-")
    if tens in _TENS and ones in ORDINALS:
        return _TENS[tens] + ORDINALS[ones]
    if text in ORDINALS:
        return ORDINALS[text]
    round_tens = {f"{tens[:-1]}ieth": value for tens, value in _TENS.items()}
    if text in round_tens:
        return round_tens[text]
    raise ValueError(f"not an ordinal number: {words!r}")


def ordinal_word(number: int) -> str:
    """`5` -> `Fifth`, `21` -> `Twenty-first`, `30` -> `30th`."""
    for word, value in ORDINALS.items():
        if value == number:
            return word.capitalize()
    for tens, value in _TENS.items():
        if 0 < number - value < 10:
            return f"{tens}-{list(ORDINALS)[number - value - 1]}".capitalize()
    return f"{number}th"


def meeting_named(registry: Registry, slug: str) -> Thing:
    """The meeting of a slug: that of the registry, or a later one of a body that is known."""
    if registry.knows("meetings", slug):
        return record("meetings", slug)
    body, _, number = slug.rpartition("-")
    return meeting(registry, body, int(number))


def meeting(registry: Registry, body: str, number: int) -> Thing:
    """A body's meeting by its number, from the registry or described here."""
    slug = f"{body}-{number}"
    if registry.knows("meetings", slug):
        return record("meetings", slug)
    name = f"{ordinal_word(number)} meeting of the {registry.organization(body).name}"
    facts = [("hasOrganizer", f"org/{body}")]
    facts += [("ofRegime", f"regime/{regime}") for regime in registry.organization(body).acts_for[:1]]
    return Thing(f"meeting/{slug}", "Meeting", "", name, tuple(facts))
