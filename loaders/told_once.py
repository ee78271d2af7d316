"""What a paragraph tells in several ways, each activity once."""

from dataclasses import replace

from loaders.activity_clauses import Activity
from loaders.participants import unique
from loaders.triggers import Regex


def titled(text: str, told: list[Activity]) -> list[Activity]:
    """Events with titles, "held two webinars: “A” on 3 May and “B” on 4 May", in place of what tells of all.

    Those that a sentence of their own lists, "These included “A” on 3 May", have who is told of before it.
    """
    events = [activity for activity in told if activity.rule == "titled event"]
    if events and (these := _THESE_INCLUDED.search(text, 0, events[0].start)):
        before = [
            a for a in told if a.rule == "told" and a.start < these.start() and a.cls in ("Meeting", events[0].cls)
        ]
        roles = unique(role for activity in before for role in activity.roles)
        return [replace(a, roles=unique((*a.roles, *roles))) if a in events else a for a in told]
    whole = [a for a in told if a.rule == "told" and any(_holds(a, event) for event in events)]
    result = [activity for activity in told if activity not in whole]
    for activity in whole:
        result = [replace(a, roles=unique((*a.roles, *activity.roles))) if _holds(activity, a) else a for a in result]
    return result


_THESE_INCLUDED = Regex(r"\b(?:These|They|Among them)\s+(?:included|were|are|include)\s")


def _holds(activity: Activity, event: Activity) -> bool:
    """Whether an event of the same class is titled within what is told of an activity."""
    return event.rule == "titled event" and event.cls == activity.cls and activity.start <= event.start < activity.end


def without_repeats(told: list[Activity]) -> list[Activity]:
    """Of activities of one class that overlap in place, told in different ways, the first stays; who is not named
    with it is taken from the others."""
    kept: list[Activity] = []
    for activity in told:
        again = (n for n, a in enumerate(kept) if a.start <= activity.start < a.end and _is_told_again(a, activity))
        number = next(again, None)
        if number is None:
            kept.append(activity)
        elif not any(role == "hasOrganizer" for role, _ in kept[number].roles):
            kept[number] = replace(kept[number], roles=unique((*activity.roles, *kept[number].roles)))
    return kept


def with_own_names(told: list[Activity]) -> list[Activity]:
    """The activities less those that are called like one before: they would be one node with two dates."""
    first = {activity.slug or activity.label: activity for activity in reversed(told)}
    return [activity for activity in told if activity.slug or first[activity.label] is activity]


def _is_told_again(first: Activity, second: Activity) -> bool:
    """Whether two ways of telling tell one activity: of one class, and not due on another day."""
    due = second.rule == "due" and second.ends not in (first.begins, first.ends)
    ended = second.rule == "due" and second.cls == "Activity" and first.rule == "event" and not due
    return (first.cls == second.cls or ended) and first.rule != second.rule and not due
