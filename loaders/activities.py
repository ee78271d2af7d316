"""Activities: who does what, when, with whom and under which mandate.

Each way of telling has its module: what decisions ask for, what sentences and list items tell, what is named in
passing. Here they are put together, activities of the registry are recognized by their names, and what one paragraph
says of the next ("thanks to funding from Sweden:") is handed on.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.registry import Registry
from loaders import (
    asked_activities,
    due_activities,
    listed_activities,
    named_activities,
    named_events,
    named_meetings,
    points,
    standing_activities,
    told_activities,
)
from loaders.activity_clauses import Activity, when
from loaders.activity_words import load_words
from loaders.dates import dates_of
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.follow_ups import with_follow_ups
from loaders.officers import Officers
from loaders.ordinal_events import single_events
from loaders.participants import Role, actor_before, funders, is_organization, organizations, others, unique
from loaders.registered_activities import RegisteredActivities
from loaders.sentences import sentence_at, sentences
from loaders.told_again import joined_again
from loaders.told_once import titled, with_own_names, without_repeats
from loaders.triggers import Regex

if TYPE_CHECKING:
    from loaders.analysis import Analysis

_UNTOLD = ("Heading", "Section", "Footnote")


class ActivityFinder:
    """Finds the activities of an analysed document."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.words = load_words()
        self.registered = RegisteredActivities(registry)
        self.dated = {f"meeting/{meeting.slug}" for meeting in registry.meetings if meeting.start}

    def find(self, analysis: "Analysis") -> list[Activity]:
        """All activities, in reading order; of one class in one clause only the first stays."""
        found = self._own_meeting(analysis)
        stem: tuple[Role, ...] = ()
        section = stem_unit = ""
        listed = False
        for unit in analysis.document.units:
            if unit.kind == "Section":
                stem, section = (), unit.path
            if unit.kind in _UNTOLD:
                continue
            mentions, acts = analysis.mentions[unit.path], analysis.acts.get(unit.path, [])
            told = list(self._of_unit(analysis, unit))
            told += due_activities.in_passing(unit, mentions, acts, told, self.words)
            told = sorted(told, key=lambda a: (a.start, -a.end, a.rule))
            told = without_repeats(titled(unit.text, self._of_meetings(unit.text, told)))
            told += named_events.postponed(unit, mentions, told, self.words)
            told = single_events(unit, told, mentions, self.words)
            told = _paid(unit.text, with_follow_ups(unit.text, joined_again(unit.text, told), mentions), mentions)
            told = [*told, *named_events.repeated(unit, told), *named_meetings.also_attended(unit, told, self.words)]
            told = [self._convened(unit.text, activity, mentions) for activity in told]
            told = [self._in_segment(unit, activity) for activity in told]
            told = [due_activities.due_at_meeting(unit, activity, mentions) for activity in told]
            told = with_own_names(told)
            told = [points.in_period(analysis, unit, activity) for activity in told]
            known = self.registered.placed(analysis.home, unit, told, mentions)
            if listed and unit.kind != "ListItem":
                stem = ()
            found.extend(_with_stem(activity, stem, stem_unit) for activity in known)
            holds = unit.kind == "ListItem" or unit.parent == section
            own = _stem(analysis, unit)
            goes_on = holds and (bool(known) or unit.kind == "ListItem")
            stem, stem_unit = (own, unit.path) if own else (stem if goes_on else (), stem_unit)
            listed = unit.kind == "ListItem"
        return found

    def _own_meeting(self, analysis: "Analysis") -> list[Activity]:
        """The meeting that a document is for, or its segment, when the cover prints its dates."""
        slug = analysis.document.info.meeting
        header = analysis.document.header
        if header is None or f"meeting/{slug}" not in self.dated:
            return []
        printed = {(date.start, date.end) for date in dates_of(header)}
        spans = [(f"meeting/{slug}", self.registry.meeting(slug).start, self.registry.meeting(slug).end)]
        for number, segment in enumerate(self.registry.meeting(slug).segments, 1):
            spans.insert(0, (f"meeting/{slug}/segment_{number}", segment.start, segment.end))
        known = next((path for path, *dates in spans if tuple(dates) in printed and _exists(path, spans)), None)
        return [Activity("header", 0, len(header.text), "Meeting", "", "", "cover", known)] if known else []

    def _of_unit(self, analysis: "Analysis", unit: Unit) -> Iterator[Activity]:
        mentions, acts = analysis.mentions[unit.path], analysis.acts.get(unit.path, [])
        if unit.kind == "PreambularParagraph":
            yield from self._recalled(unit, mentions)
            return
        draft = any(i.path == unit.instrument and i.draft for i in analysis.document.instruments)
        for number, act in enumerate(acts, 1):
            yield from asked_activities.of_act(unit, act, number, mentions, self.words, draft)
        above, path = points.act_above(analysis, unit)
        over, doers = points.text_above(analysis, unit), points.doers(analysis, unit)
        if above:
            beside = points.partners_above(analysis, unit, above)
            yield from asked_activities.of_point(unit, above, path, mentions, self.words, draft, over, beside)
        else:
            yield from asked_activities.intended(unit, doers, mentions, self.words, over)
        if unit.instrument:
            yield from named_events.noted(unit, mentions, self.words)
            yield from standing_activities.programmes(unit, mentions)
            yield from named_activities.thanked(unit, mentions)
            if not above:
                yield from named_events.dated_item(unit, mentions, (), over, self.words)
            return
        yield from named_events.titled(unit, mentions, self.words)
        yield from named_meetings.meetings(unit, mentions, self.dated)
        yield from named_meetings.sittings(unit, mentions)
        if unit.kind == "ListItem":
            starts, chapeau = listed_activities.item_clauses(unit.text), points.taking_part(analysis, unit, doers)
            author = self._author(analysis)
            if author and not doers and _JOINTLY.search(over) and all(role == "hasPartner" for role, _ in chapeau):
                chapeau = (("hasOrganizer", author), *chapeau)
        else:
            starts = listed_activities.inline_list(unit.text)
            chapeau = listed_activities.planners(unit.text, mentions, starts)
        dated = list(named_events.dated_item(unit, mentions, chapeau, over, self.words))
        dated = dated or list(listed_activities.of_country(unit, mentions, over, self.words))
        if dated:
            yield from dated
            return
        listed = list(listed_activities.listed(unit, mentions, starts, chapeau, self.words))
        yield from _with_antecedent(analysis, unit, _planned(unit, listed)) if unit.kind != "ListItem" else listed
        if listed and unit.kind == "ListItem":
            return
        speaker = next(iter((*doers, *(thing for _, thing in chapeau))), None)
        known = told_activities.Above(doers, speaker, self._author(analysis))
        officers = Officers(self.registry, analysis.home)
        told = list(told_activities.narrated(unit, mentions, acts, self.words, known, officers))
        yield from told or listed_activities.included(unit, mentions, over, self.words)
        yield from named_activities.named(unit, mentions, self.words)
        yield from due_activities.due(unit, mentions, self.words)
        yield from named_events.events(unit, mentions, self.words)
        yield from standing_activities.standing(unit, mentions, self.words)

    def _recalled(self, unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
        """What a preamble tells with its date: "Noting the survey carried out in 2024 by WHO"."""
        yield from named_events.noted(unit, mentions, self.words)
        named = named_activities.named(unit, mentions, self.words)
        yield from (activity for activity in named if activity.begins or activity.ends)

    def _author(self, analysis: "Analysis") -> Thing | None:
        """The secretariat that says "we" in what it publishes."""
        slug = analysis.document.info.publisher
        known = slug and self.registry.knows("organizations", slug)
        return Thing(f"org/{slug}") if known and self.registry.organization(slug).cls == "Secretariat" else None

    def _of_meetings(self, text: str, told: list[Activity]) -> list[Activity]:
        """Meetings that are told of by a verb or as an event are the meetings named there: "attended the second …"."""
        for number, activity in enumerate(told):
            named = next((m for m in told if m.rule == "meeting" and _is_object(text, activity, m)), None)
            if named and self.words.type_of(text[activity.start : named.start]) == "Activity":
                dates = (named.begins, named.ends) if named.slug in self.dated else (activity.begins, activity.ends)
                told[number] = replace(
                    activity, slug=named.slug, label="", status="", begins=dates[0], ends=dates[1], outputs=(),
                    roles=_in_meeting(text, activity),
                )  # fmt: skip
        return told

    def _in_segment(self, unit: Unit, activity: Activity) -> Activity:
        """A meeting held in several segments with the one whose dates the text prints, if it is one only."""
        slug = activity.slug.removeprefix("meeting/")
        segments = self.registry.meeting(slug).segments if self.registry.knows("meetings", slug) else ()
        printed = {(date.start, date.end) for date in dates_of(unit)} if len(segments) > 1 else set()
        told = [number for number, segment in enumerate(segments, 1) if (segment.start, segment.end) in printed]
        return replace(activity, slug=f"meeting/{slug}/segment_{told[0]}") if len(told) == 1 else activity

    def _convened(self, text: str, activity: Activity, mentions: list[Mention]) -> Activity:
        """A meeting with the body whose meeting it is said to be, "attended the meetings of the Bureau"."""
        if activity.slug or any(role == "hasOrganizer" for role, _ in activity.roles):
            return activity
        its = _owner(text, activity, mentions) if _ITS.match(text, activity.start) else None
        whose = its or (self._convener(text, activity, mentions) if activity.cls == "Meeting" else None)
        return replace(activity, roles=unique((*activity.roles, ("hasOrganizer", whose)))) if whose else activity

    def _convener(self, text: str, activity: Activity, mentions: list[Mention]) -> Thing | None:
        for mention in mentions:
            if not activity.start <= mention.start < activity.end:
                continue
            slug = mention.things[0].path.removeprefix("meeting/")
            held = text.startswith(" meeting", mention.end) and activity.rule == "event"
            held = held or _MEETING_OF.search(text[activity.start : mention.start]) is not None
            if is_organization(mention) and held:
                return mention.things[0]
            if self.registry.knows("meetings", slug) and _LEAD.fullmatch(text, activity.start, mention.start):
                return Thing(f"org/{self.registry.meeting(slug).body}")
        return None


# "Activities organized jointly with WHO included:", by the author of the note
_JOINTLY = Regex(
    r"\A(?:Other\s+|The\s+)?\w+\s+(?:organi[sz]ed|carried out|undertaken|held)\s+(?:jointly|together)\s+with\b"
    r"[^.]*:\s*\Z"
)
_WORDS = Regex(r"(?:(?!part\s+of\b|segment\b)[\w-]+\s+){0,6}")
_ITS = Regex(r"(?:[Ii]ts|[Tt]heir)\s")
_LEAD = Regex(r"(?:[\w-]+\s+){0,6}")
_MEETING_OF = Regex(
    r"\b(?:meetings?|sessions?|conferences?|retreats?|dialogues?)\s+of\s+(?:the\s+)?(?:[Pp]lenary\s+of\s+(?:the\s+)?)?$"
)
_HOLDS = Regex(r"(?:held|hold|conven|co-|host|organi)", re.IGNORECASE)


def _owner(text: str, activity: Activity, mentions: list[Mention]) -> Thing | None:
    """Whose activity "its meeting" is: the subject's of the sentence, or of the one before for "Its meeting"."""
    begin, _ = sentence_at(text, activity.start)
    here = organizations(text, mentions, begin, activity.start)
    if activity.start > begin:
        return here[-1].things[0] if here and activity.cls == "Meeting" else None
    return actor_before(text, sentences(text), activity.start, mentions)


def _is_object(text: str, activity: Activity, named: Activity) -> bool:
    """Whether a meeting stands right behind the words by which an activity of its class begins."""
    if activity.slug or activity.cls != "Meeting" or activity.rule not in ("told", "event"):
        return False
    return activity.start <= named.start and bool(_WORDS.fullmatch(text, activity.start, named.start))


def _in_meeting(text: str, activity: Activity) -> tuple[Role, ...]:
    """Who takes part in a meeting that a verb tells of: who does not hold it takes part."""
    if activity.rule != "told" or _HOLDS.match(text, activity.start):
        return activity.roles
    return tuple(("hasParticipant" if role == "hasOrganizer" else role, thing) for role, thing in activity.roles)


def _exists(path: str, spans: list[tuple[str, str | None, str | None]]) -> bool:
    """Whether a meeting's node is there: segments have one only when there are several."""
    return "/segment_" not in path or len(spans) > 2


def _planned(unit: Unit, listed: list[Activity]) -> list[Activity]:
    """What "The programme of work for 2024–2025 includes …" lists has the period of the programme."""
    begins, ends = when(unit, 0, listed[0].start) if listed else ("", "")
    return [a if a.begins or a.ends else replace(a, begins=begins, ends=ends) for a in listed]


_THESE = Regex(r"(?:These|Such|The above|The proposed)\s")


def _with_antecedent(analysis: "Analysis", unit: Unit, listed: list[Activity]) -> list[Activity]:
    """What "These activities include …" lists has the dates and participants of the sentence before it."""
    if not listed or not _THESE.match(unit.text):
        return listed
    index = analysis.document.units.index(unit)
    if not index:
        return listed
    before = analysis.document.units[index - 1]
    begin, end = list(sentences(before.text))[-1]
    mentions = analysis.mentions[before.path]
    roles = (*others(before.text, begin, end, mentions), *funders(before.text, begin, end, mentions))
    begins, ends = when(before, begin, end)
    return [
        replace(a, roles=unique((*a.roles, *roles)), begins=a.begins or begins, ends=a.ends or ends) for a in listed
    ]


def _stem(analysis: "Analysis", unit: Unit) -> tuple[Role, ...]:
    """The funders that a paragraph ending in a colon names for the paragraphs that follow it."""
    if not unit.text.rstrip().endswith(":"):
        return ()
    return unique(funders(unit.text, 0, len(unit.text), analysis.mentions[unit.path]))


def _with_stem(activity: Activity, stem: tuple[Role, ...], unit: str) -> Activity:
    """The activity with the funders of the paragraph above, which is evidence for it too."""
    if not stem or "/" in activity.slug:
        return activity
    partners = tuple(role for role in activity.roles if role[0] == "hasPartner")
    own = tuple(role for role in activity.roles if role not in partners)
    return replace(activity, roles=unique((*own, *stem, *partners)), also_told=(unit,))


def _paid(text: str, told: list[Activity], mentions: list[Mention]) -> list[Activity]:
    """The activities, each that a sentence tells alone with those who pay as the sentence says."""
    for begin, end in sentences(text) if told else ():
        here = [number for number, activity in enumerate(told) if begin <= activity.start < end and activity.label]
        if len(here) == 1:
            roles = told[here[0]].roles
            told[here[0]] = replace(told[here[0]], roles=unique((*roles, *funders(text, begin, end, mentions))))
    return told
