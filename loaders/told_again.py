"""What a further sentence tells of the same thing: "UNEP has a project. The project began in July 2026"."""

from dataclasses import replace

from loaders.activity_clauses import Activity
from loaders.participants import unique
from loaders.triggers import Regex

_AGAIN = Regex(
    r"(?:In\s+[A-Z]\w+,?\s+)?(?:The|This|the)\s+(?:[\w-]+\s+){0,2}?(?P<noun>projects?|pilots?|workshops?|webinars?|meetings?|trainings?|courses?"
    r"|sessions?|stud(?:y|ies)|surveys?|reviews?|evaluations?|assessments?|consultations?|events?|conference|forum|campaign"
    r"|mission|guidance|guide|manual|hand ?book|report|exercise|programme)"
    r"\s+(?:was|were|is|are|will|has|have|had|took|takes|began|begins|started|starts|ran|runs|ended|ends|closed|opened)\b"
)
_RULES = ("told", "event", "asked for", "list item", "one of several")


def joined_again(text: str, told: list[Activity]) -> list[Activity]:
    """The activities of a text; what a sentence tells of "the project" is part of the project told of before it.

    Two with days of their own stay apart.
    """
    joined: list[Activity] = []
    for activity in sorted(told, key=lambda a: _IT_IS.match(a.label) is not None):
        again = _AGAIN.match(text, activity.start) if activity.rule in ("told", "event") else None
        it = _IT.search(text, activity.start, activity.end) if _IT_IS.match(activity.label) else None
        start = it.start() if it else activity.start
        before = [(n, a) for n, a in enumerate(joined) if a.start < start and a.rule in _RULES]
        same = [n for n, a in before if it or (again and a.cls == activity.cls)]
        if same and _may_be(joined[same[-1]], activity, text, again["noun"].rstrip("s") if again else ""):
            joined[same[-1]] = _together(joined[same[-1]], activity)
        else:
            joined.append(activity)
    return sorted(joined, key=lambda a: (a.start, -a.end, a.rule))


_IT_IS, _IT = Regex(r"[Ii]t\s"), Regex(r"\b[Ii]t\b")


def _may_be(first: Activity, again: Activity, text: str, noun: str) -> bool:
    """Whether the later one can be the first: called so, or without a word for what it is, and not on other days."""
    words = text[first.start : first.end].casefold()
    named = noun in words or first.cls == "Training" or (first.cls == "Meeting" and words.startswith("met "))
    days = _days(first), _days(again)
    return named and (days[0] == days[1] or ("", "") in days)


def _days(activity: Activity) -> tuple[str, str]:
    return activity.begins, activity.ends


def _together(first: Activity, again: Activity) -> Activity:
    """The first with the days and roles of both; who is said to organize what somebody else does is a partner."""
    done = any(role == "hasOrganizer" for role, _ in first.roles)
    roles = (("hasPartner" if done and role == "hasOrganizer" else role, thing) for role, thing in again.roles)
    begins, ends = (first.begins, first.ends) if first.begins or first.ends else (again.begins, again.ends)
    return replace(first, begins=begins, ends=ends, roles=unique((*first.roles, *roles)))
