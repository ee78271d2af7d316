"""Activities that the registry knows, recognized by their names."""

from collections.abc import Iterator
from dataclasses import replace

from graph.registry import Registry
from graph.registry_records import RegisteredActivity
from loaders.activity_clauses import Activity
from loaders.document import Unit
from loaders.findings import Finding, Mention
from loaders.names import NameIndex
from loaders.participants import funders, others, unique
from loaders.sentences import sentence_at
from loaders.triggers import Regex


class RegisteredActivities:
    """The reviewed activities of a registry."""

    def __init__(self, registry: Registry) -> None:
        self.known = {activity.slug: activity for activity in registry.activities}
        self.names = NameIndex()
        for activity in registry.activities:
            for name in (activity.name, *activity.aliases):
                self.names.add(name, "activities", activity.slug)

    def placed(self, home: str, unit: Unit, told: list[Activity], mentions: list[Mention]) -> list[Activity]:
        """Registered activities take the place of what was told with their names, or stand beside it."""
        result = list(told)
        for place, record in self._registered(home, unit):
            begin, end = sentence_at(unit.text, place.start)
            same = [a for a in result if not a.slug and _tells(unit.text, a, record, place, begin, end)]
            beside = others(unit.text, place.start, end, mentions)
            roles = unique((*beside, *funders(unit.text, place.start, end, mentions)))
            at = place.start, place.end
            known = Activity(unit.path, *at, record.cls, record.name, "", "registry", record.slug, roles=roles)
            result = [a for a in result if a not in same] + [_told_as(known, same[0], record) if same else known]
        return result

    def _registered(self, home: str, unit: Unit) -> Iterator[tuple[Finding, RegisteredActivity]]:
        """The registered activities that a unit names, each where it does so first."""
        seen = set()
        for place in self.names.find(unit.text) if self.names.may_be_in(unit.text) else ():
            for _, slug in place.values:
                record = self.known[slug]
                if slug not in seen and (not record.regime or home in ("", record.regime)):
                    seen.add(slug)
                    yield place, record


def _told_as(known: Activity, told: Activity, record: RegisteredActivity) -> Activity:
    """A registered activity with all that a sentence tells of it; dates that the registry has are known."""
    begins, ends = ("", "") if record.start or record.end else (told.begins, told.ends)
    return replace(
        told, slug=known.slug, label=known.label, cls=known.cls, rule=known.rule, begins=begins, ends=ends,
        roles=unique((*known.roles, *told.roles)),
    )  # fmt: skip


_OBJECT = Regex(r"[\w-]+(?:\s+[\w-]+){0,2}\s+(?:the\s+)?")


def _tells(text: str, activity: Activity, record: RegisteredActivity, place: Finding, begin: int, end: int) -> bool:
    """Whether an extracted activity is the registered one told in the same sentence, of its class or as its object."""
    touches = activity.start <= place.end and place.start <= activity.end
    if activity.rule == "told" and _OBJECT.fullmatch(text, activity.start, place.start):
        return True
    like = {"Project", "Programme"}
    if touches and (activity.cls in (record.cls, "Activity") or {activity.cls, record.cls} <= like):
        return True
    joint = activity.cls == "PartnershipActivity" and len(record.partners) + len(record.organizers) > 1
    return joint and touches and begin <= activity.start < end
