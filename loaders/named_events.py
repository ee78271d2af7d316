"""Events named with their date: workshops that were held, webinars "on 3 May", projects that began, titles, items."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from loaders.activity_clauses import LONGEST_LABEL, Activity, label_of, when
from loaders.activity_words import EVENTS, Words
from loaders.dates import MONTH, dates_of, find_dates
from loaders.document import Unit
from loaders.findings import Mention
from loaders.named_activities import part
from loaders.noun_phrases import head_of
from loaders.participants import Role, others, unique
from loaders.sentences import sentences
from loaders.triggers import Regex, Regexes

_TITLED = Regex(
    r"[“\"](?P<title>[^”\"]{8,160})[”\"],?\s+(?:\(|(?:held\s+|took place\s+)?on\s+)"
    r"(?P<date>\d{1,2}[^;,.”“()]{5,40}?\d{4})"
)
_QUOTED = Regex(r"[“\"][^”\"]*[”\"]")
_MEETS = (
    r"(?:[Ww]orkshops?|[Ww]ebinars?|[Tt]rainings?|[Ss]eminars?|[Ss]essions?|[Cc]onsultations?|[Rr]ound-?tables?"
    r"|[Ss]ide[ -]events?|[Mm]eetings?|conference|[Ss]ymposium|[Cc]ourses?|[Mm]issions?|[Bb]riefings?"
    r"|[Ss]tudy tours?|forum|[Dd]ialogues?|(?:technology |trade )?fairs?|(?<=Prevention )Week|(?<=Awareness )Week)"
)
_SHORT = (
    r"(?:workshops?|webinars?|seminars?|side events?|round-?tables?|trainings?(?: (?:course|session)s?)?"
    r"|(?<!COP )meetings?)"
)
_RUNS = (
    r"(?:[Pp]rojects?|[Pp]rogrammes?|[Pp]hases?|[Cc]ampaigns?|[Tt]rainings?|[Cc]ourses?|[Nn]egotiations?"
    r"|[Ss]tud(?:y|ies)|[Rr]eviews?|[Rr]ounds?|[Cc]alls?|[Ss]easons?|[Rr]eplenishments?|[Ss]eries|[Ss]urveys?"
    r"|[Ii]nitiatives?|[Ee]valuations?|[Aa]ssessments?|[Ss]chools?|[Cc]onsultations?|[Ee]xhibitions?)"
)
_IN_PLACE = rf"(?:\s+in\s+(?!{MONTH})[A-Z][\w’'-]+(?:(?:,\s+|\s+and\s+|[ -])[A-Z][\w’'-]+){{0,3}})?"
_COUNTED = (
    r"(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ss]everal"
    r"|[Aa]nother|[Ff]urther|[Aa]dditional|whose|its|their|\d{1,2})"
)
_BEGINS = rf"(?:\b{_COUNTED}\s+|(?:\A|(?<=[.;] ))(?=[A-Z]))"
_EVENT = Regex(
    rf"(?P<noun>{_BEGINS}(?:(?!(?<!of )(?:the|an?)\b)[\w-]+\s+){{0,6}}?{_MEETS}\b[^.;]{{0,120}}?),?\s+"
    r"(?:(?:(?:was|were|will be|(?:is )?(?:expected |due |envisaged )?to be|ha[sd] been|have been)\s+)?"
    r"(?:being\s+(?:scheduled|planned) for|observed|held|convened|hosted|organi[sz]ed|conducted|resumed|given"
    r"|delivered)"
    r"|(?:took|will take|to take) place|followed"
    r"|(?:(?:originally|initially|tentatively|provisionally|now)\s+)?(?:scheduled|planned) for)"
    r"\s+(?:by\s+(?:the\s+)?(?:[A-Z][^.,;]{2,140}?|(?:two\s+)?secretariats?)\s+)?"
    r"(?:online\s+|virtually\s+|in person\s+)?"
    r"(?:(?:in|over|during|within) the [\w ]{3,40}(?:, the \w+)?\s+)?"
    rf"(?:in\s+(?!{MONTH})(?P<place>[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*)(?:,\s+[A-Z]\w+)?,?\s+)?"
    r"(?:(?:on|from|in|at|between|during(?:\s+the\s+week\s+of)?)\s+"
    rf"(?=\d|[A-Z]|the (?:premises|headquarters|margins))|(?=\d|{MONTH}))"
)
_TOOK_PLACE = Regex(
    r"\b(?:held|resumed|followed|given|delivered|convened|hosted|organi[sz]ed|conducted|place"
    r"|(?:scheduled|planned) for)\b"
)
# "A webinar on 7 March 2024", "In November 2023 a workshop in Accra …", "The second phase began in January 2023".
_ON_DAY = Regex(
    rf"(?P<noun>\b{_COUNTED}\s+(?:(?!held|had|convened|hosted|attended|organi[sz]ed)[\w-]+\s+){{0,4}}?{_SHORT}"
    rf"(?:\s+(?:for|of|with)\s(?:(?!\b(?:held|which|was|were|is|are)\b)[^,;.]){{3,60}}?)?"
    rf"(?:\s+in\s+(?!{MONTH})[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)?)"
    rf"\s+(?:on|from|in)\s+(?=\d{{1,2}}\s|{MONTH})"
)
_BEHIND_DAY = Regex(
    rf"(?:In|On|From)\s+(?=(?:\d{{1,2}}\s|{MONTH}))[^,.;]{{6,40}}?\d{{4}},?\s+"
    rf"(?P<noun>{_COUNTED}\s+(?:[\w-]+\s+){{0,4}}?{_SHORT})\b(?!\s+(?:was|were|is|are|will)\b)"
)
_NAMED = Regex(
    r"\b(?:meetings?|workshops?|webinars?|seminars?|side|round|roundtables?|training)\b"
)  # in the two before
_BEGAN = Regex(
    rf"(?P<noun>{_BEGINS}(?:[\w-]+\s+){{0,6}}?{_RUNS}\b[^.;:]{{0,180}}?),?\s+(?P<verb>began|begins|started|starts"
    r"|commenced|opens|closes|(?:continued|ran|runs?|will run)\s+until|came to an end"
    r"|(?<!was )(?<!were )(?:opened|closed|ended|concluded)|(?:ran|runs?|will run|is to run|are to run)(?=\s+from)"
    r"|(?:will|is to|are to) (?:start|begin|open|close|end))"
    rf"{_IN_PLACE}\s+(?:(?:in|on|from)\s+)?(?=\d|{MONTH})"
)
# "The report of the consultation appeared in January 2025", "A new version went live on 3 May 2024".
_APPEARED = Regex(
    rf"(?P<noun>{_BEGINS}(?:[\w-]+\s+){{0,5}}?(?:report|proceedings|hand ?book|manual|guide|version|module|issue"
    r"|edition|paper|study|brochure|publication|booklet|newsletter|film|toolkit|website|portal|dashboard|map|tool|platform"
    r"|documents|guidelines)\b[^.;:]{0,120}?),?\s+(?P<verb>appeared|came out|went (?:live|online|out))[^.;:]{0,60}?"
    rf"\s+(?:(?:in|on)\s+)(?=\d|{MONTH})"
)
_ITEM_EVENT = Regex(
    rf"(?:[A-Z][\w’'/-]*(?:\s+(?!(?:of|on|for|to|from|at)\b)[\w’'/-]+){{0,7}}?\s+(?!of\b|on\b)|){_MEETS}\b"
)
_FINITE = Regex(r"\b(?:is|are|has|have|may|shall|should|would|agreed|requested|decided)\b")
_LISTED = Regex(r"[^.;:]*(?:\b(?:listed|set out|as follows|following)\b[^.;:]*|:\s*$)")


def titled(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """“Title” on 15 October 2020: one event each, of the class named before the list of titles.

    A list item says behind the date who takes part.
    """
    for match in _TITLED.finditer(unit.text) if "“" in unit.text or '"' in unit.text else ():
        dates = list(find_dates(match["date"], unit.year))
        if not dates:
            continue
        before = unit.text[max(0, match.start() - 250) : match.start()]
        cls = words.last_type(_QUOTED.sub("", before))
        cls = "Webinar" if cls in ("Meeting", "Activity") else cls
        label = " ".join(match["title"].split()[: LONGEST_LABEL + 2])
        begins, ends = dates[0].start, dates[0].end
        item = unit.kind == "ListItem" and not match.start()
        roles = unique(others(unit.text, match.end(), len(unit.text), mentions)) if item else ()
        yield Activity(
            unit.path, match.start(), match.end(), cls, label, "completed", "titled event", "", begins, ends, roles
        )


def dated_item(
    unit: Unit, mentions: list[Mention], chapeau: tuple[Role, ...], above: str, words: Words
) -> Iterator[Activity]:
    """A list item that begins with what it was, and has its day: "Regional workshop on plastics, Dakar, 3 May 2024".

    Those whom the `chapeau` above it names take part. "3 May 2024: Plastics" is what the text above says it lists.
    """
    if unit.kind != "ListItem":
        return
    match = _ITEM_EVENT.match(unit.text)
    dates = [date for date in dates_of(unit) if date.precise]
    if match:
        days = [date for date in dates if date.begin > match.end()]
        tells = days and _FINITE.search(unit.text, match.end(), days[0].begin)
        if not days or tells or " will " in match[0]:
            return
        cls, label = words.type_of(match[0]), unit.text
        begins, ends = when(unit, days[0].begin, len(unit.text))
    elif dates and not dates[0].begin and unit.text.startswith(":", dates[0].stop):
        cls, label = _listed_event(above, words), unit.text[dates[0].stop + 1 :].strip()
        begins, ends = dates[0].start, dates[0].end
        if not cls:
            return
    else:
        return
    roles = unique((*others(unit.text, 0, len(unit.text), mentions), *chapeau))
    yield Activity(unit.path, 0, len(unit.text), cls, label_of(label), "", "dated item", "", begins, ends, roles)


def _listed_event(above: str, words: Words) -> str:
    """The class of the events that the text above a list says it lists; sessions are of the kind told of before."""
    listed = _LISTED.search(above)
    cls = words.last_type(listed[0], EVENTS) if listed else ""
    return words.last_type(above, EVENTS[1:]) or cls if cls == "Meeting" else cls


def events(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """ "A workshop, held in Dakar in May 2024", "a webinar on 7 March 2024", "the project began in 2023"."""
    for begin, end in sentences(unit.text) if _TOOK_PLACE.may_match(unit.text) else ():
        yield from held(unit, mentions, words, begin, end)
    shapes = _SHAPES.of(unit.text)
    dates = dates_of(unit) if shapes else ()
    for begin, end in sentences(unit.text) if dates else ():
        for _, (shape, verb) in shapes if any(begin <= date.begin < end for date in dates) else ():
            for match in shape.finditer(unit.text, begin, end):
                if not _is_of_meeting(match, mentions):
                    cls = "PublicationActivity" if shape is _APPEARED else words.type_of(match["noun"])
                    dated = match.end() if verb is None else match.start(verb)
                    found = part(unit, mentions, (match.start("noun"), end), cls, "event", dated)
                    yield from (_until(unit, activity, end) for activity in found)


def postponed(unit: Unit, mentions: list[Mention], told: list[Activity], words: Words) -> Iterator[Activity]:
    """The event that a sentence "It took place in June 2024" is about, the one before it, if nothing else is told."""
    spans = sentences(unit.text) if _IT_TOOK_PLACE.may_match(unit.text) else ()
    for (first, last), (begin, end) in pairwise(spans):
        match = _IT_TOOK_PLACE.match(unit.text, begin, end)
        if match is None or any(first <= activity.start < end for activity in told):
            continue
        cls = words.type_of(head_of(unit.text[first:last]))
        for activity in part(unit, mentions, (begin, end), cls, "event", match.end()) if cls in EVENTS else ():
            yield replace(activity, label=label_of(unit.text[first:last]))


_IT_TOOK_PLACE = Regex(r"It\s+(?:\w+ly\s+|then\s+|finally\s+)?(?:took\s+place|was\s+(?:\w+ly\s+)?held)\s")


def _until(unit: Unit, activity: Activity, end: int) -> Activity:
    """What began and goes on to a later date: "The project began in 2022 and is due to end in December 2025"."""
    match = _UNTIL.search(unit.text, activity.start, end)
    _, ends = when(unit, match.end(), match.end() + 30) if match else ("", "")
    return replace(activity, ends=ends) if ends > activity.ends else activity


_UNTIL = Regex(
    r"\band\s+(?:(?:will|is|are|was|were|due|expected|planned|scheduled|to|would|should)\s+){0,4}"
    r"(?:runs?|ran|ends?|ended|lasts?|continues?|closes?|closed|conclude[sd]?|finish(?:es|ed)?|be completed)\s+"
    r"(?:until|till|in|on|by|at the end of)\s+"
)


def _is_of_meeting(match: re.Match[str], mentions: list[Mention]) -> bool:
    """Whether an event is a meeting that is told of with its name."""
    meetings = [mention for mention in mentions if mention.things[0].path.startswith("meeting/")]
    return any(meeting.start < match.end() and match.start("noun") < meeting.end for meeting in meetings)


# What a text needs, the event with its date, and from which group on the date is told; None for behind it.
_SHAPES = Regexes[tuple[Regex, str | int | None]]((
    (_NAMED, (_ON_DAY, None)),
    (_NAMED, (_BEHIND_DAY, 0)),
    (_BEGAN, (_BEGAN, "verb")),
    (_APPEARED, (_APPEARED, "verb")),
))  # fmt: skip


def held(unit: Unit, mentions: list[Mention], words: Words, begin: int, end: int) -> Iterator[Activity]:
    """What a sentence says of events that took place or will; meetings with a name are told of elsewhere."""
    found = _EVENT.finditer(unit.text, begin, end) if _TOOK_PLACE.search(unit.text, begin, end) else ()
    for match in found:
        start = match.start("noun")
        if not any(m.things[0].path.startswith("meeting/") and 0 <= m.start - start < 5 for m in mentions):
            yield from part(unit, mentions, (start, end), words.type_of(match["noun"]), "event", match.end())


_AND_AGAIN = Regex(
    r"(?:,\s+(?:at|with|jointly with|together with)\s[^;.]{3,90}(?=,))?"
    r"(?:,?\s+and|,),?\s+(?:(?:again|finally|another(?:\s+one)?|a\s+second(?:\s+one)?)\s+)?"
    r"(?:online,?\s+|in person,?\s+)?"
    r"(?P<place>(?:in|at|to)\s+(?!\d)[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*,?\s+|on\s+(?!\d)[^,;.]{3,90}?\s+(?=on\s))?"
    r"(?:(?:from|on|in)\s+)?"
)


def repeated(unit: Unit, told: list[Activity]) -> Iterator[Activity]:
    """The further ones of events that took place on several occasions: "in Rome in May and in Lima in June 2024"."""
    for activity in told:
        if activity.cls not in EVENTS or activity.slug or not activity.begins:
            continue
        dates = [date for date in dates_of(unit) if activity.start <= date.begin]
        first = next((n for n, date in enumerate(dates) if activity.begins in (date.start, date.end)), len(dates))
        for last, date in zip(dates[first:], dates[first + 1 :], strict=False):
            again = _AND_AGAIN.fullmatch(unit.text, last.stop, date.begin)
            if again is None or not (date.precise or again["place"]):
                break
            label = f"{activity.label}, {unit.text[date.begin : date.stop]}"
            yield replace(activity, start=last.stop, end=date.stop, label=label, begins=date.start, ends=date.end)


def noted(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """The events that a decision takes note of, when it says when: "the workshop held in Rome in March 2024"."""
    for begin, end in sentences(unit.text) if _TOOK_PLACE.may_match(unit.text) else ():
        yield from (event for event in held(unit, mentions, words, begin, end) if event.begins)
