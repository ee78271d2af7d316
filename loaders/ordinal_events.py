"""The single events of several: "Three webinars were held. The first, on 16 April 2026, dealt with …"."""

from collections.abc import Iterator

from loaders.activity_clauses import Activity, label_of, when
from loaders.activity_words import EVENTS, Words
from loaders.document import Unit
from loaders.findings import Mention
from loaders.participants import others, unique
from loaders.sentences import sentence_at
from loaders.triggers import Regex

_SEVERAL = Regex(
    r"(?<![\w-])(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]everal|[Aa] series of|\d{1,2})\s+(?:[\w-]+\s+){0,5}?"
    r"(?:[Ww]orkshops|[Ww]ebinars|[Mm]eetings|[Tt]rainings?(?: (?:courses|sessions))?|[Cc]ourses|[Ss]essions"
    r"|[Ss]eminars|[Rr]ound-?tables|[Cc]onsultations|[Ss]ide events|[Dd]ialogues)\b"
)
_NTH = Regex(
    r"(?<![\w-])(?:[Tt]he\s+(?:first|second|third|fourth|fifth|sixth|last|other|latter|final)|[Aa]\s+(?:second|third|fourth)"
    r"|[Oo]ne(?=\s+of\s))"
    r"(?:\s+of\s+(?:them|these|the\s+(?:two|three|four|five|six|series)))?"
    r"(?=,|\s+(?:one|was|were|will|took|takes|is|held|on|in|from|began|followed)\b)"
)


def single_events(unit: Unit, told: list[Activity], mentions: list[Mention], words: Words) -> list[Activity]:
    """What is told, with the events of a series that the text takes one by one, each by those who hold the series.

    They stand for what else is told of their clauses, "the last of them was hosted", and for a series of their dates.
    """
    several = list(_SEVERAL.finditer(unit.text)) if _SEVERAL.may_match(unit.text) else []
    for series in several:
        end = next((later.start() for later in several if later.start() > series.start()), len(unit.text))
        cls = words.type_of(series[0])
        whole = [a for a in told if a.cls == cls and a.start <= series.end() and series.start() < a.end]
        roles = [role for activity in whole for role in activity.roles]
        roles += (
            others(unit.text, series.start(), sentence_at(unit.text, series.start())[1], mentions) if not roles else ()
        )
        label = label_of(series[0][0].lower() + unit.text[series.start() + 1 : end])
        single = [
            Activity(
                unit.path, start, stop, cls, f"{nth} of {label}", "", "one of several", "", *days,
                unique((*others(unit.text, start, stop, mentions), *roles)),
            )
            for nth, start, stop, days in _dated(unit, series.end(), end)
            if cls in EVENTS
        ]  # fmt: skip
        days = {activity.begins for activity in single}
        told = [a for a in told if not any(one.start <= a.start < one.end for one in single)]
        told = [a for a in told if a not in whole or a.begins not in days] + single
    return sorted(told, key=lambda a: (a.start, -a.end, a.rule))


def _dated(unit: Unit, begin: int, end: int) -> Iterator[tuple[str, int, int, tuple[str, str]]]:
    """The single ones between two places that have a date: their ordinals, where they are told, and their days."""
    places = list(_NTH.finditer(unit.text, begin, end))
    for number, match in enumerate(places, 1):
        _, stop = sentence_at(unit.text, match.start())
        stop = min([stop, *(following.start() for following in places[number : number + 1])])
        days = when(unit, match.end(), stop)
        if days[0]:
            yield match[0].partition(" of ")[0], match.start(), stop, days
