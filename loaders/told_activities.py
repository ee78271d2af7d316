"""What sentences tell of organizations: who did what, when and with whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from loaders.activity_clauses import (
    Activity,
    cited,
    documents,
    label_of,
    object_of,
    status_of,
    when,
)
from loaders.activity_words import Row, Words, is_passive, stands_as_verb
from loaders.acts import Act
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.follow_ups import helped_as, role_of
from loaders.noun_phrases import SAID_THAT, head_of, noun_before, subject_of_passive
from loaders.officers import Officers
from loaders.participants import (
    Role,
    actor_before,
    enumerated,
    funders,
    organizations,
    others,
    partners_before,
    receivers,
    subject,
    unique,
)
from loaders.reported_acts import WANTED_IN
from loaders.sentences import sentences
from loaders.things_done import gives_for, goes_on, thing_done, thing_paid
from loaders.triggers import Regex
from loaders.unnamed_doers import may_lack_doer, tells_without_doer

Verb = tuple[re.Match[str], Row]

# "provided some 240,000 euros"
_AMOUNT = Regex(
    r"\s+(?:(?:an?|the|some|about|up to|over|further|additional|another|equivalent of|sum of)\s+)*"
    r"(?:(?:US[$€£]|[$€£]|EUR|USD|CHF|GBP|NOK|SEK|JPY)\s?\d"
    r"|\d[\d,.]*\s+(?:million\s+)?(?:(?:United States|US|[A-Z][a-z]+)\s+)?(?:dollars|euros?|kron\w+|francs|yen|pounds)"
    r"\b)"
)
_RECEIVED = ("InformationSharing", "Reporting", "Study")
_WITH_OUTPUT = {"Study", "Reporting", "GuidanceDevelopment", "PublicationActivity", "Review", "Activity"}
_SUGGESTS = Regex(r"\bmay wish to\b|\bshall\b")


class Above(NamedTuple):
    """What is known before a unit is read: who does what a point tells, whom "it" means, and who says "we"."""

    doers: tuple[Thing, ...] = ()
    speaker: Thing | None = None
    author: Thing | None = None  # who says "we"


def narrated(
    unit: Unit, mentions: list[Mention], acts: list[Act], words: Words, above: Above, officers: Officers
) -> Iterator[Activity]:
    """What sentences tell, those that hold acts aside."""
    spans = sentences(unit.text)
    forms = words.verbs_in(unit.text)
    for begin, full_stop in spans if forms else ():
        if _SUGGESTS.search(unit.text, begin, full_stop):
            continue
        label = _LABEL.match(unit.text, begin, full_stop)
        opening, begin = begin, label.end() if label and not _told_in(forms, begin, label.end()) else begin
        said = SAID_THAT.match(unit.text, begin, full_stop)
        begin = said.end() if said and not _told_in(forms, begin, said.end()) else begin
        end = _first_act(unit.text, begin, full_stop, acts)
        verbs = _main(unit.text, begin, _told_in(forms, begin, end), mentions)
        saying = organizations(unit.text, mentions, opening, begin) if verbs and said else []
        actor = (actor_before(unit.text, spans, begin, mentions) or above.speaker) if verbs else None
        actor = saying[0].things[0] if saying else actor
        yield from _Sentence(unit, mentions, words, above, officers, begin, end, verbs, actor, bool(saying)).told()


@dataclass(frozen=True)
class _Sentence:
    """A sentence between two places of a unit, with the verbs that tell in it, and the one whom "it" means."""

    unit: Unit
    mentions: list[Mention]
    words: Words
    above: Above
    officers: Officers
    begin: int
    end: int
    verbs: list[Verb]
    actor: Thing | None
    reported: bool  # behind "said that"

    def told(self) -> list[Activity]:
        """What its verbs tell, in order; what one of them adds to what is told before is part of that."""
        told: list[Activity] = []
        last: tuple[Role, ...] = ()
        for index, (match, row) in enumerate(self.verbs):
            doers = self._doers(match, row, last)
            last = doers or last
            self._add(told, index, doers)
        return told

    def _doers(self, match: re.Match[str], row: Row, last: tuple[Role, ...]) -> tuple[Role, ...]:
        """Who does it: "his organization", "we", the subject, an officer, or whom the text above names."""
        text, begin, verb, role = self.unit.text, self.begin, match.start(), row.get("role", "hasOrganizer")
        if match[0].endswith("ing") and last and not _AUXILIARY.search(text, begin, verb):
            return tuple((role, thing) for _, thing in last)
        if speaker := self._speaker(verb):
            return ((role, speaker),)
        if self.above.author and _WE.search(text, begin, verb):
            return ((role, self.above.author), *partners_before(text, begin, verb, self.mentions))
        if found := subject(text, begin, verb, self.mentions, role, self.actor):
            return found
        if officer := self.officers.acting(text, begin, verb, self.mentions):
            return ((role, officer),)
        opens = self.verbs[0][0].start() == 0 and not is_passive(text, begin, verb)
        return tuple((role, thing) for thing in self.above.doers) if opens else ()

    def _speaker(self, verb: int) -> Thing | None:
        """Whose representative says what "his organization" does."""
        house = _HIS_HOUSE.search(self.unit.text, self.begin, verb)
        speakers = organizations(self.unit.text, self.mentions, self.begin, house.start()) if house else []
        return speakers[0].things[0] if speakers else self.actor if house else None

    def _add(self, told: list[Activity], index: int, doers: tuple[Role, ...]) -> None:
        """Add what a verb tells to what is told before it, or to the last of that."""
        match, text = self.verbs[index][0], self.unit.text
        passive = is_passive(text, self.begin, match.start())
        gap = self.verbs[index - 1][0].end(), match.start()
        carried_on = bool(told) and passive and _carries_on(text, self.begin, *gap)
        if not (carried_on or doers or passive or may_lack_doer(text, self.begin, match, self.mentions)):
            return
        places = self._places(match.start(), doers, passive)
        if any(gives_for(text, self.begin, place, match[0]) for place in places):
            return  # who pays is a role of what it is for
        if told and (joining := self._joining(match, places, doers)):
            told[-1] = replace(told[-1], roles=unique((*told[-1].roles, *joining)))
            return
        activity = self._activity(index, doers, passive, places)
        if carried_on:
            told[-1] = _dated_as(told[-1], activity)
        elif (
            doers
            or tells_without_doer(text, self.begin, match, self.mentions, activity, passive)
            or (self.reported and activity.cls != "Activity" and not passive)
        ):
            told.append(activity)

    def _places(self, verb: int, doers: tuple[Role, ...], passive: bool) -> list[int]:
        """Where those may be named who do something in the active."""
        house = _HIS_HOUSE.search(self.unit.text, self.begin, verb)
        named = organizations(self.unit.text, self.mentions, self.begin, verb) if doers and not passive else []
        return [*([house.start()] if house else ()), *(mention.start for mention in named)]

    def _joining(self, match: re.Match[str], places: list[int], doers: tuple[Role, ...]) -> tuple[Role, ...]:
        """The roles that the doers have in what is told before: "and that Peru will host", "which gave the hall"."""
        text = self.unit.text
        if any(goes_on(text, self.begin, place) for place in places):
            return doers
        which = _WHO_HELPS.search(text, self.begin, match.start())
        helps = helped_as(text, which.end()) if which else ""
        return tuple((role_of(helps), thing) for _, thing in doers) if helps else ()

    def _activity(self, index: int, doers: tuple[Role, ...], passive: bool, places: list[int]) -> Activity:
        """What a verb tells, of its object or of the thing before it that a relative clause is about."""
        match, row = self.verbs[index]
        following = self.verbs[index + 1 : index + 2]
        stop = _with_partners(self.unit.text, following[0][0].start()) if following else self.end
        semicolon = self.unit.text.find("; ", match.end(), stop)
        stop = semicolon if semicolon > 0 else stop
        place = self.begin, self.verbs[0][0].start(), stop, self.end
        told = _told(self.unit, self.mentions, match, row, place, doers, self.words, passive)
        things = (thing_done(self.unit.text, self.begin, at, self.words) for at in places)
        told = next((_about(self.unit, told, row, thing, self.words) for thing in things if thing), told)
        paid = thing_paid(self.unit.text, match.end(), stop, self.words) if told.cls == "FundingActivity" else None
        return _about(self.unit, told, {}, paid, self.words) if paid else told


def _about(unit: Unit, activity: Activity, row: Row, thing: tuple[int, str], words: Words) -> Activity:
    """The activity with what it is done with, which stands before the clause that tells it."""
    start, noun = thing
    begins, ends = when(unit, start, activity.end)
    cls = row.get("type") or words.type_of(head_of(noun))
    return replace(activity, start=start, label=label_of(noun), cls=cls, begins=begins, ends=ends)


def _told_in(forms: list[Verb], begin: int, end: int) -> list[Verb]:
    """The forms between two places that stand there as verbs."""
    here = [form for form in forms if begin <= form[0].start() and form[0].end() <= end]
    standing = {form[0].start(): form for form in reversed(here) if stands_as_verb(*form, begin, end)}
    return list(reversed(standing.values()))  # a verb of which two rows have a form stands there once


def _with_partners(text: str, verb: int) -> int:
    """Where the clause of a verb begins: behind "and", with the partners put before it, ", with WHO, organized"."""
    match = _PARTNERS_FIRST.search(text, max(0, verb - 200), verb)
    return match.start("with") if match else verb


def _carries_on(text: str, begin: int, last: int, verb: int) -> bool:
    """Whether a passive goes on with the verb before it, "is being updated and should be completed", or with what a
    relative clause has told: "The study, which is being conducted by WHO, will be completed in May"."""
    clause = _RELATIVE.search(text[begin:last].rpartition(" ")[0] + " ")
    return bool(_CARRIED_ON.search(text, last, verb) or clause)


def _dated_as(activity: Activity, later: Activity) -> Activity:
    """The activity, with the dates of what else is told of it unless it has its own."""
    dated = activity.begins or activity.ends
    return activity if dated else replace(activity, begins=later.begins, ends=later.ends)


_RELATIVE = Regex(
    r",\s+(?:(?:all|both)\s+of\s+)?which\s+(?:was|were|is|are|has been|have been|will be|(?:is|are) to be)\s+"
    r"(?:\w+\s+)?(?:[^,;]*\band\s+)?$"
)


def _main(text: str, begin: int, verbs: list[Verb], mentions: list[Mention]) -> list[Verb]:
    """The verbs less those in the passive that go on with what one before them told, "a report, which was issued", and
    those within a name, "least developed countries"."""
    free = [verb for verb in verbs if not any(m.start < verb[0].start() < m.end for m in mentions)]
    main = [verb for verb in free if _is_main(text[begin : verb[0].start()], verb is free[0])]
    return [verb for verb in main if not _heads_list(text, verb[0])]


def _is_main(before: str, first: bool) -> bool:
    """Whether a verb behind these words of a sentence tells something of its own; what stands in brackets does not."""
    return before.count("(") <= before.count(")") and (first or not _RELATIVE.search(before))


def _heads_list(text: str, verb: re.Match[str]) -> bool:
    """Whether a verb has its objects in the points below: "The secretariats jointly organized:"."""
    return text[verb.end() :].strip() == ":"


def _first_act(text: str, begin: int, end: int, acts: list[Act]) -> int:
    """Where the first act of a sentence begins; "As requested by COP-3, the secretariat drafted …" tells both, as does
    "The study requested in decision MC-5/12 was published"."""
    told = (a.start for a in acts if a.start < end and begin < a.end and not WANTED_IN.match(text, a.start))
    return min((max(begin, start) for start in told if text[start : start + 3].lower() != "as "), default=end)


# "The representative of WHO described a project that his organization was carrying out."
_HIS_HOUSE = Regex(
    r"\b(?:his|her|their|its)\s+(?:organi[sz]ation|country|Government|institution|agency|federation|office)"
    r"(?:,[^,;]{3,120},)?(?:\s+(?:has|had|have|is|was|were|would|will|also|jointly))*\s+$"
)
_WHO_HELPS = Regex(r",\s+which(?=(?:\s+(?:has|have|had|also|\w+ly))*\s+$)")  # "at the request of Peru, which provided"
_WE = Regex(r"\b[Ww]e(?:\s+(?:have|had|will|also|then|\w+ly))*\s+$")
_AUXILIARY = Regex(r"\b(?:is|are|was|were|been|be|continue[sd]?|started|began)\s+(?:\w+\s+)?$")
_PARTNERS_FIRST = Regex(
    r"\band,?\s+(?P<with>(?:together |jointly |in (?:cooperation|collaboration|partnership) )?with\s[^.;]*,\s*)$"
)
_LABEL = Regex(r"[A-Z][^.;:]{3,140}:\s+(?=[a-z])")  # "World Health Organization: the secretariat signed …"
# "is being updated and should be completed by May": the same thing further on.
_CARRIED_ON = Regex(r"\band\s+(?:is|are|was|were|(?:will|should|would|has|have)\s+(?:\w+\s+)?be(?:en)?)\s+$")


def _told(
    unit: Unit,
    mentions: list[Mention],
    match: re.Match[str],
    row: Row,
    place: tuple[int, int, int, int],
    doers: tuple[Role, ...],
    words: Words,
    passive: bool,
) -> Activity:
    begin, first, stop, end = place
    start, before = match.start(), unit.text[begin : match.start()]
    about = (
        _class_of_subject(before, words) if passive else words.type_of(_object(unit.text, match, stop, mentions)[:80])
    )
    cls = (row.get("passive") if passive else "") or row.get("type") or about
    if not passive and _AMOUNT.match(unit.text, match.end(), stop):
        cls, doers = "FundingActivity", tuple(("hasFunder", thing) for _, thing in doers)
    begins, ends = when(unit, start, stop)
    if not begins or start == first:  # what stands between belongs to another verb, and "by 31 March" may to a noun
        opening = when(unit, begin, min(first, start))
        within = begins.startswith(opening[0])  # "In 2024, UNEP held a workshop on 3 May"
        begins, ends = opening if (opening[0] and not within) or not (begins or ends) else (begins, ends)
    begin_of_roles = begin if passive else _with_partners(unit.text, start)
    beside = tuple(others(unit.text, begin_of_roles, stop, mentions))
    if doers and not passive:
        beside = _without_makers(unit.text, start, stop, mentions, beside)
    roles = (*doers, *beside, *funders(unit.text, begin, end, mentions))
    if cls in _RECEIVED:
        roles += tuple(receivers(unit.text, start, stop, mentions))
    return Activity(
        unit.path,
        begin if passive else start,
        stop,
        cls,
        label_of(subject_of_passive(before) + " " + match[0] if passive else unit.text[start:stop]),
        row.get("status") or status_of(before, match[0]),
        "told",
        begins=begins,
        ends=ends,
        roles=unique(roles),
        implements=cited(mentions, begin, end),
        outputs=documents(mentions, start, stop) if cls in _WITH_OUTPUT else (),
    )


def _without_makers(
    text: str, start: int, stop: int, mentions: list[Mention], roles: tuple[Role, ...]
) -> tuple[Role, ...]:
    """The roles less that of who made the object: "UNEP reviewed the report prepared by WHO", but WHO does not."""
    here = organizations(text, mentions, start, stop)
    makers = {m.things[0].path for m in here if _MADE_BY.search(text, max(start, m.start - 30), m.start)}
    return tuple((role, thing) for role, thing in roles if role != "hasOrganizer" or thing.path not in makers)


_MADE_BY = Regex(
    r"\b(?:prepared|compiled|drafted|developed|submitted|issued|published|written|produced|provided|adopted|established)"
    r"\s+by\s+(?:the\s+)?$"
)


def _object(text: str, verb: re.Match[str], stop: int, mentions: list[Mention]) -> str:
    """What stands behind a verb, and behind the partners right after it: "developed with WHO guidance on trade"."""
    here = organizations(text, mentions, verb.end(), stop)
    first = next((m for m in here if _WITH.fullmatch(text, verb.end(), m.start)), None)
    behind = enumerated(text, first, here)[-1].end if first else verb.end()
    return object_of(verb[0] + text[behind:stop])[len(verb[0]) :]


_WITH = Regex(r"\s+(?:jointly |together )?with\s+(?:the\s+)?")


def _class_of_subject(before: str, words: Words) -> str:
    """The class that the subject of a passive names as what it is, else the last noun before the verb that does."""
    cls = words.last_type(head_of(noun_before(before)))
    return words.last_type(before[-140:]) if cls == "Activity" else cls
