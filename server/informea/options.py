"""The system query options of a request, read and applied to rows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from server.informea.filter import parse_filter
from server.informea.problems import ODataError
from server.informea.schema import SETS, EntitySet, Property, Row
from server.informea.values import value_of

KNOWN = ("$top", "$skip", "$orderby", "$expand", "$select", "$inlinecount", "$filter", "$format")
LONGEST_LIST = 1_000  # characters of $orderby, $expand or $select
SORT_KEYS = 10
ORDER = re.compile(r"(\w+)(?:\s+(asc|desc))?")
Sorting = list[tuple[Property, bool]]


@dataclass(frozen=True)
class Options:
    """What a client asks for. `expand` and the keys of `select` are spelled as the client does."""

    top: int | None = None
    skip: int = 0
    count: bool = False
    order: Sorting = field(default_factory=list)
    passes: Callable[[Row], bool] | None = None
    expand: tuple[str, ...] = ()
    select: Mapping[str, frozenset[str]] | None = None

    def selects(self, name: str) -> bool:
        """Whether a property or navigation is wanted."""
        return self.select is None or name in self.select


@dataclass(frozen=True)
class Page:
    """The rows to send, and how many there are without paging."""

    rows: list[Row]
    total: int


def read_options(arguments: Mapping[str, str], entity_set: EntitySet) -> Options:
    """The options of a request to this set; ODataError names the one at fault. An empty option counts as absent."""
    given = {name: text.strip() for name, text in arguments.items() if name.startswith("$") and text.strip()}
    for name in given.keys() - set(KNOWN):
        raise ODataError(400, f"{name} is not supported here.")
    for name in ("$orderby", "$expand", "$select"):
        if len(given.get(name, "")) > LONGEST_LIST:
            raise ODataError(400, f"{name} is longer than {LONGEST_LIST} characters.")
    return Options(
        read_number(given, "$top"),
        read_number(given, "$skip") or 0,
        read_count(given.get("$inlinecount", "none")),
        read_order(given.get("$orderby", ""), entity_set),
        parse_filter(given["$filter"], entity_set) if "$filter" in given else None,
        *read_shape(given, entity_set),
    )


def read_number(given: Mapping[str, str], name: str) -> int | None:
    """A whole number from 0."""
    text = given.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ODataError(400, f"{name}={text!r} is not a number from 0 to 999999999.")
    return int(text)


def read_count(text: str) -> bool:
    """Whether the number of all rows is wanted."""
    if text not in ("allpages", "none"):
        raise ODataError(400, f"$inlinecount={text!r} is neither 'allpages' nor 'none'.")
    return text == "allpages"


def read_order(text: str, entity_set: EntitySet) -> Sorting:
    """`updated desc,id` as properties and whether they fall."""
    found: Sorting = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = ORDER.fullmatch(part)
        prop = entity_set.properties.get(match[1]) if match else None
        if match is None or prop is None:
            raise ODataError(400, f"$orderby: {entity_set.type} cannot be ordered by {part!r}.")
        found.append((prop, match[2] == "desc"))
    if len(found) > SORT_KEYS:
        raise ODataError(400, f"$orderby has {len(found)} keys; {SORT_KEYS} are the limit.")
    return found


def read_shape(
    given: Mapping[str, str], entity_set: EntitySet
) -> tuple[tuple[str, ...], Mapping[str, frozenset[str]] | None]:
    """$expand, and $select by first step: `titles/value` selects `value` of `titles`, and expands it."""
    expand = [name.strip() for name in given.get("$expand", "").split(",") if name.strip()]
    for name in expand:
        if entity_set.navigation(name) is None:
            raise ODataError(400, f"$expand: {entity_set.type} has no navigation {name!r}; one level can be expanded.")
    select = read_select(given.get("$select", ""), entity_set)
    expand += [name for name, parts in (select or {}).items() if parts and name not in expand]
    return tuple(dict.fromkeys(expand)), select


def read_select(text: str, entity_set: EntitySet) -> Mapping[str, frozenset[str]] | None:
    """Properties of children by navigation; None when everything is wanted."""
    found: dict[str, frozenset[str]] = {}
    for path in filter(None, (path.strip() for path in text.split(","))):
        name, _, below = path.partition("/")
        if path == "*":
            found |= dict.fromkeys(entity_set.properties, frozenset())
            continue
        proper = entity_set.navigation(name)
        target = SETS[entity_set.navigations[proper]].properties if proper else {}
        if (name not in entity_set.properties and proper is None) or (below and below != "*" and below not in target):
            raise ODataError(400, f"$select: {entity_set.type} has no {path!r}.")
        wanted = frozenset(target if below == "*" else filter(None, [below]))
        found[name] = found.get(name, frozenset()) | wanted
    return found or None


def apply_options(options: Options, rows: list[Row]) -> Page:
    """Filter, sort, count, cut. The order is total, so that pages neither overlap nor leave gaps."""
    passing = [row for row in rows if options.passes(row)] if options.passes else list(rows)
    passing.sort(key=lambda row: row.id)
    for prop, falling in reversed(options.order):
        passing.sort(key=lambda row, prop=prop: sort_key(row, prop), reverse=falling)  # type: ignore[misc]
    end = None if options.top is None else options.skip + options.top
    return Page(passing[options.skip : end], len(passing))


def sort_key(row: Row, prop: Property) -> tuple[bool, str | float]:
    """Null comes before everything."""
    value = value_of(row, prop)
    if isinstance(value, datetime):
        value = value.isoformat()
    return (value is not None, value if value is not None else "")
