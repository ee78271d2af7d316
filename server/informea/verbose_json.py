"""Entities as the verbose JSON of OData v2."""

import json
from typing import Any

from server.informea.options import Options, Page
from server.informea.schema import NAMESPACE, SETS, EntitySet, Row
from server.informea.values import entity_url, json_value, value_of

PLAIN = Options()


def write_collection(entity_set: EntitySet, page: Page, options: Options) -> bytes:
    """`{"d":{"results":[…]}}`, with `__count` when it was asked for."""
    body: dict[str, Any] = {"__count": str(page.total)} if options.count else {}
    body["results"] = [entity(entity_set, row, options) for row in page.rows]
    return dump({"d": body})


def write_entity(entity_set: EntitySet, row: Row, options: Options) -> bytes:
    """`{"d":{…}}`."""
    return dump({"d": entity(entity_set, row, options)})


def write_service() -> bytes:
    """The names of the entity sets."""
    return dump({"d": {"EntitySets": list(SETS)}})


def write_error(status: int, message: str) -> bytes:
    """The body of an error."""
    return dump({"error": {"code": str(status), "message": {"lang": "en", "value": message}}})


def entity(entity_set: EntitySet, row: Row, options: Options) -> dict[str, Any]:
    """One entity; a navigation that is not expanded is deferred, an empty one has no results."""
    uri = entity_url(entity_set, row)
    body: dict[str, Any] = {"__metadata": {"id": uri, "uri": uri, "type": f"{NAMESPACE}.{entity_set.type}"}}
    for prop in entity_set.properties.values():
        if options.selects(prop.name):
            body[prop.name] = json_value(value_of(row, prop))
    for name in (*entity_set.navigations, *(name for name in options.expand if name in entity_set.spellings)):
        if name in options.expand and options.selects(name):
            body[name] = {"results": children(entity_set, row, name, options)}
        elif options.selects(name):
            body[name] = {"__deferred": {"uri": f"{uri}/{name}"}}
    return body


def children(entity_set: EntitySet, row: Row, name: str, options: Options) -> list[dict[str, Any]]:
    """The entities of an expanded navigation, with the properties selected."""
    proper = entity_set.navigation(name) or name
    wanted = options.select.get(name) if options.select else None
    inner = Options(select=dict.fromkeys(wanted, frozenset())) if wanted else PLAIN
    return [entity(SETS[entity_set.navigations[proper]], child, inner) for child in row.children.get(proper, [])]


def dump(body: object) -> bytes:
    """UTF-8, without spaces."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
