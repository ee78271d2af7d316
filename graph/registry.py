"""The reviewed authority files as one registry of frozen records.

>>> load_registry().organization("unep").name
'United Nations Environment Programme'
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from graph import registry_checks
from graph.errors import AuthorityError
from graph.registry_records import (
    Annex,
    Article,
    Country,
    DecisionSeries,
    DocumentSeries,
    Example,
    Meeting,
    Organization,
    Person,
    Regime,
    RegisteredActivity,
    Segment,
    System,
    Topic,
    Treaty,
)

AUTHORITY = Path(__file__).parent / "authority"
SCHEMAS = AUTHORITY / "schema"

T = TypeVar("T")

# One file per kind: the file's name without .yaml, and what its rows become.
KINDS: dict[str, type[Any]] = {
    "regimes": Regime,
    "treaties": Treaty,
    "organizations": Organization,
    "meetings": Meeting,
    "decision_series": DecisionSeries,
    "document_series": DocumentSeries,
    "persons": Person,
    "topics": Topic,
    "countries": Country,
    "systems": System,
    "activities": RegisteredActivity,
}
# Lists of mappings inside a row.
NESTED: dict[tuple[type[Any], str], type[Any]] = {
    (Treaty, "articles"): Article,
    (Treaty, "annexes"): Annex,
    (Meeting, "segments"): Segment,
    (DecisionSeries, "examples"): Example,
}


@dataclass(frozen=True)
class Registry:
    """Every reviewed record in the order of the slugs, and look-ups that raise AuthorityError."""

    regimes: tuple[Regime, ...]
    treaties: tuple[Treaty, ...]
    organizations: tuple[Organization, ...]
    meetings: tuple[Meeting, ...]
    decision_series: tuple[DecisionSeries, ...]
    document_series: tuple[DocumentSeries, ...]
    persons: tuple[Person, ...]
    topics: tuple[Topic, ...]
    countries: tuple[Country, ...]
    systems: tuple[System, ...]
    activities: tuple[RegisteredActivity, ...]
    index: Mapping[str, Mapping[str, object]] = field(repr=False, compare=False)

    def knows(self, kind: str, slug: str) -> bool:
        """Whether the file of that name holds the slug: `knows("meetings", "minamata-cop-5")`."""
        return slug in self.index[kind]

    def regime(self, slug: str) -> Regime:
        """The regime of that slug."""
        return self._one(Regime, "regimes", slug)

    def treaty(self, slug: str) -> Treaty:
        """The treaty of that slug."""
        return self._one(Treaty, "treaties", slug)

    def organization(self, slug: str) -> Organization:
        """The organization of that slug; States are countries."""
        return self._one(Organization, "organizations", slug)

    def acting_for(self, regimes: tuple[str, ...]) -> tuple[Organization, ...]:
        """The organizations that act for just these regimes."""
        return self._by_regimes.get(regimes, ())

    @cached_property
    def _by_regimes(self) -> dict[tuple[str, ...], tuple[Organization, ...]]:
        found: dict[tuple[str, ...], tuple[Organization, ...]] = {}
        for organization in self.organizations:
            found[organization.acts_for] = (*found.get(organization.acts_for, ()), organization)
        return found

    def secretariat_of(self, regime: str) -> str:
        """The slug of a regime's own secretariat; empty when there is none."""
        slug = f"{regime}-secretariat"
        return slug if self.knows("organizations", slug) else ""

    def country(self, slug: str) -> Country:
        """The State of that slug."""
        return self._one(Country, "countries", slug)

    def agent(self, slug: str) -> Organization | Country:
        """The organization or State behind `org/{slug}`."""
        return self.country(slug) if self.knows("countries", slug) else self.organization(slug)

    def meeting(self, slug: str) -> Meeting:
        """The meeting of that slug."""
        return self._one(Meeting, "meetings", slug)

    def body_meeting(self, slug: str) -> str:
        """The body whose meeting a slug names, of a numbered one that is not listed, too; empty when nobody's."""
        if self.knows("meetings", slug):
            return self.meeting(slug).body
        body, _, number = slug.rpartition("-")
        return body if number.isdecimal() and self.knows("organizations", body) else ""

    def person(self, slug: str) -> Person:
        """The person of that slug."""
        return self._one(Person, "persons", slug)

    def topic(self, slug: str) -> Topic:
        """The topic of that slug."""
        return self._one(Topic, "topics", slug)

    def system(self, slug: str) -> System:
        """The information system of that slug."""
        return self._one(System, "systems", slug)

    def activity(self, slug: str) -> RegisteredActivity:
        """The registered activity of that slug."""
        return self._one(RegisteredActivity, "activities", slug)

    def meeting_of(self, series: DecisionSeries | DocumentSeries, groups: Mapping[str, str | None]) -> str:
        """The slug of the meeting that a number or symbol of a series tells; empty when none is known."""
        slug = series.meeting_slug(groups)
        return slug if slug and self.knows("meetings", slug) else ""

    def series(self, slug: str) -> DecisionSeries:
        """The series of decisions of that slug."""
        return self._one(DecisionSeries, "decision_series", slug)

    def symbols(self, slug: str) -> DocumentSeries:
        """The series of document symbols of that slug."""
        return self._one(DocumentSeries, "document_series", slug)

    def _one(self, cls: type[T], kind: str, slug: str) -> T:
        record = self.index[kind].get(slug)
        if not isinstance(record, cls):
            raise AuthorityError(f"{kind}.yaml has no record {slug!r}")
        return record


def load_registry(folder: Path = AUTHORITY) -> Registry:
    """All records of the folder; AuthorityError names file and record when one is at fault."""
    index = {kind: _load(folder, kind) for kind in KINDS}
    registry_checks.check(index)
    return Registry(
        **{kind: tuple(records.values()) for kind, records in index.items()},
        index=MappingProxyType({kind: MappingProxyType(records) for kind, records in index.items()}),
    )


def _load(folder: Path, kind: str) -> dict[str, Any]:
    path = folder / f"{kind}.yaml"
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise AuthorityError(f"{path}: {error}") from error
    _check_schema(kind, rows)
    registry_checks.check_order(kind, [row["slug"] for row in rows])
    return {row["slug"]: _record(KINDS[kind], row) for row in rows}


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8")))


def _check_schema(kind: str, rows: Any) -> None:
    error = best_match(_validator(kind).iter_errors(rows))
    if error is None:
        return
    where = list(error.absolute_path)
    row = rows[where[0]] if where else None
    name = row.get("slug", f"record {where[0]}") if isinstance(row, dict) else "the file"
    place = ".".join(str(step) for step in where[1:])
    raise AuthorityError(f"{kind}.yaml: {name}: {place + ': ' if place else ''}{error.message}")


def _record(cls: type[T], row: Mapping[str, Any]) -> T:
    return cls(**{key: _value(cls, key, value) for key, value in row.items()})


def _value(cls: type[Any], key: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    nested = NESTED.get((cls, key))
    return tuple(_record(nested, item) for item in value) if nested else tuple(value)
