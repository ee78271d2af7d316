"""Values of entities as the two formats write them, and the addresses of entities."""

import calendar
from datetime import datetime
from urllib.parse import quote

from flask import url_for

from server.informea.schema import EntitySet, Property, Row, Value
from server.urls import public


def value_of(row: Row, prop: Property) -> Value:
    """The value of a property; a path of this site as its full address."""
    value = row.values.get(prop.name)
    if prop.kind == "Address" and str(value).startswith("/"):
        return public(url_for("informea.root")).removesuffix("/informea.svc/") + quote(str(value), safe="/:*~")
    return value


def service_url() -> str:
    """The address of the service root, with the slash at its end."""
    return public(url_for("informea.root"))


def entity_url(entity_set: EntitySet, row: Row) -> str:
    """`…/informea.svc/Decisions('MC-5-3')`."""
    return service_url() + entity_path(entity_set, row)


def entity_path(entity_set: EntitySet, row: Row) -> str:
    """`Decisions('MC-5-3')`; a quote in the key is doubled."""
    return f"{entity_set.name}('{quote(row.id.replace(chr(39), chr(39) * 2), safe=chr(39))}')"


def json_value(value: Value) -> object:
    """A date as `/Date(1384878704000)/`: milliseconds of UTC, without an offset."""
    if isinstance(value, datetime):
        return f"/Date({calendar.timegm(value.timetuple()) * 1000})/"
    return value


def xml_value(value: Value) -> str:
    """A date as `2013-11-19T16:31:44`, a truth as `true`."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value).lower() if isinstance(value, bool) else str(value)
