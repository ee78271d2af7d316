"""What a schema cannot say: records stand in order, refer to records that exist, and share no names.

Every check raises AuthorityError with the file, the record and the value at fault.
"""

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from graph.errors import AuthorityError

Index = Mapping[str, Mapping[str, Any]]

AGENTS = ("organizations", "countries")

# kind -> field -> the files that may hold the slug.
REFERENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "regimes": {"parent": ("regimes",)},
    "treaties": {"regime": ("regimes",), "parent": ("treaties",)},
    "organizations": {"acts_for": ("regimes",), "unit_of": ("organizations",)},
    "meetings": {"body": ("organizations",)},
    "decision_series": {"body": ("organizations",), "regime": ("regimes",)},
    "document_series": {"body": ("organizations",), "publisher": ("organizations",), "regime": ("regimes",)},
    "topics": {"broader": ("topics",)},
    "countries": {"un_group": ("organizations",)},
    "systems": {"operator": ("organizations",)},
    "activities": {
        "regime": ("regimes",),
        "organizers": AGENTS,
        "partners": AGENTS,
        "participants": AGENTS,
        "funders": AGENTS,
        "topics": ("topics",),
    },
}
WHOLES = (("regimes", "parent"), ("treaties", "parent"), ("organizations", "unit_of"), ("topics", "broader"))
NAMED = ("treaties", "organizations", "meetings", "persons", "countries", "systems")


def check(index: Index) -> None:
    """Nothing comes back; AuthorityError when the records do not fit together."""
    _check_references(index)
    _check_circles(index)
    _check_names(index)
    _check_meetings(index)
    _check_series(index)


def check_order(kind: str, slugs: Sequence[str]) -> None:
    """Slugs are sorted and unique."""
    for before, after in pairwise(slugs):
        if before == after:
            raise _fault(kind, after, "the slug is there twice")
        if before > after:
            raise _fault(kind, after, f"must stand before {before!r}: records are sorted by slug")


def _fault(kind: str, slug: str, message: str) -> AuthorityError:
    return AuthorityError(f"{kind}.yaml: {slug}: {message}")


def _values(record: Any, field: str) -> tuple[str, ...]:
    value = getattr(record, field)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _check_references(index: Index) -> None:
    for kind, fields in REFERENCES.items():
        for record in index[kind].values():
            for name, targets in fields.items():
                for slug in _values(record, name):
                    if not any(slug in index[target] for target in targets):
                        raise _fault(kind, record.slug, f"{name}: {slug!r} is not in {' or '.join(targets)}.yaml")
    for slug in index["countries"]:
        if slug in index["organizations"]:
            raise _fault("countries", slug, "organizations.yaml has the same slug, and both become org/{slug}")


def _check_circles(index: Index) -> None:
    for kind, field in WHOLES:
        for record in index[kind].values():
            seen = [record.slug]
            while whole := getattr(index[kind][seen[-1]], field):
                if whole in seen:
                    raise _fault(kind, record.slug, f"{field} leads back: {' > '.join([*seen, whole])}")
                seen.append(whole)


def _names(record: Any) -> Iterator[str]:
    yield record.name
    if short := getattr(record, "short", ""):
        yield short
    yield from record.aliases


def _check_names(index: Index) -> None:
    """A name means one thing; acronyms and implicit forms may mean several."""
    owners: dict[str, str] = {}
    for kind in NAMED:
        for record in index[kind].values():
            own = f"{kind}.yaml: {record.slug}"
            for name in _names(record):
                other = owners.setdefault(name.casefold(), own)
                if other != own:
                    raise _fault(kind, record.slug, f"the name {name!r} belongs to {other}, too")


def _check_meetings(index: Index) -> None:
    for meeting in index["meetings"].values():
        for segment in meeting.segments:
            if segment.country and segment.country not in index["countries"]:
                raise _fault("meetings", meeting.slug, f"country: {segment.country!r} is not in countries.yaml")
        _check_dates("meetings", meeting.slug, [day for s in meeting.segments for day in (s.start, s.end) if day])
    for activity in index["activities"].values():
        _check_dates("activities", activity.slug, [day for day in (activity.start, activity.end) if day])


def _check_dates(kind: str, slug: str, days: list[str]) -> None:
    for day in days:
        try:
            date.fromisoformat((day + "-01-01")[:10])
        except ValueError as error:
            raise _fault(kind, slug, f"no such date: {day!r}") from error
    for before, after in pairwise(days):
        if after < before[: len(after)]:
            raise _fault(kind, slug, f"{after} comes after {before} here")


def _check_series(index: Index) -> None:
    for series in index["decision_series"].values():
        groups = _groups("decision_series", series.slug, series.pattern)
        _check_template("decision_series", series.slug, series.template, groups)
        _check_template("decision_series", series.slug, series.meeting or "", groups)
    for symbols in index["document_series"].values():
        groups = _groups("document_series", symbols.slug, symbols.head)
        _check_template("document_series", symbols.slug, symbols.meeting or "", groups)


def _groups(kind: str, slug: str, pattern: str) -> set[str]:
    try:
        return set(re.compile(pattern).groupindex)
    except re.error as error:
        raise _fault(kind, slug, f"not a regular expression: {error}") from error


def _check_template(kind: str, slug: str, template: str, groups: set[str]) -> None:
    unknown = {name for _, name, _, _ in string.Formatter().parse(template) if name} - groups
    if unknown:
        raise _fault(kind, slug, f"the pattern has no group {sorted(unknown)} for {template!r}")
