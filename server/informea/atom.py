"""Entities as Atom, the default format of OData v2, and the service document."""

from datetime import datetime
from typing import Any

from lxml import etree

from server.informea.mapping import DATA_DATE
from server.informea.options import Options, Page
from server.informea.schema import NAMESPACE, SETS, EntitySet, Property, Row
from server.informea.values import entity_path, service_url, value_of, xml_value

ATOM = "http://www.w3.org/2005/Atom"
APP = "http://www.w3.org/2007/app"
DATA = "http://schemas.microsoft.com/ado/2007/08/dataservices"
META = f"{DATA}/metadata"
SCHEME = f"{DATA}/scheme"
RELATED = f"{DATA}/related/"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACES: Any = {None: ATOM, "m": META, "d": DATA}  # lxml-stubs know no default namespace
ERROR_SPACES: Any = {None: META}
SERVICE_SPACES: Any = {None: APP, "atom": ATOM}
PLAIN = Options()
Element = etree._Element


def write_collection(entity_set: EntitySet, page: Page, options: Options, path: str) -> bytes:
    """A feed; `path` is where it was read, relative to the service root."""
    feed = make_feed(entity_set.name, path)
    feed.set(XML_BASE, service_url())
    if options.count:
        tag(feed, META, "count", str(page.total))
    for row in page.rows:
        add_entry(feed, entity_set, row, options)
    return dump(feed)


def write_entity(entity_set: EntitySet, row: Row, options: Options) -> bytes:
    """One entry."""
    entry = make_entry(entity_set, row, options)
    entry.set(XML_BASE, service_url())
    return dump(entry)


def write_error(status: int, message: str) -> bytes:
    """The body of an error."""
    error = etree.Element(f"{{{META}}}error", nsmap=ERROR_SPACES)
    tag(error, META, "code", str(status))
    tag(error, META, "message", message).set(XML_LANG, "en")
    return dump(error)


def write_service() -> bytes:
    """The collections that there are."""
    service = etree.Element(f"{{{APP}}}service", nsmap=SERVICE_SPACES)
    service.set(XML_BASE, service_url())
    workspace = etree.SubElement(service, f"{{{APP}}}workspace")
    tag(workspace, ATOM, "title", "Default")
    for name in SETS:
        collection = etree.SubElement(workspace, f"{{{APP}}}collection", href=name)
        tag(collection, ATOM, "title", name)
    return dump(service)


def make_feed(title: str, path: str) -> Element:
    """A feed without entries. Its date is that of the data, not of the request."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=SPACES)
    tag(feed, ATOM, "id", service_url() + path)
    tag(feed, ATOM, "title", title).set("type", "text")
    tag(feed, ATOM, "updated", stamp(DATA_DATE))
    tag(tag(feed, ATOM, "author"), ATOM, "name")
    link(feed, "self", path, title)
    return feed


def add_entry(feed: Element, entity_set: EntitySet, row: Row, options: Options) -> None:
    """Append an entity."""
    feed.append(make_entry(entity_set, row, options))


def make_entry(entity_set: EntitySet, row: Row, options: Options) -> Element:
    """An entity with links to its navigations, those expanded inline, and its properties."""
    path, updated = entity_path(entity_set, row), row.values.get("updated")
    entry = etree.Element(f"{{{ATOM}}}entry", nsmap=SPACES)
    tag(entry, ATOM, "id", service_url() + path)
    tag(entry, ATOM, "title", entity_set.type).set("type", "text")
    tag(entry, ATOM, "updated", stamp(updated if isinstance(updated, datetime) else DATA_DATE))
    tag(tag(entry, ATOM, "author"), ATOM, "name")
    link(entry, "self", path, entity_set.type)
    for name in (*entity_set.navigations, *(name for name in options.expand if name in entity_set.spellings)):
        if options.selects(name):
            add_navigation(entry, entity_set, row, name, options)
    category = tag(entry, ATOM, "category")
    category.set("term", f"{NAMESPACE}.{entity_set.type}")
    category.set("scheme", SCHEME)
    content = tag(entry, ATOM, "content")
    content.set("type", "application/xml")
    properties = tag(content, META, "properties")
    for prop in entity_set.properties.values():
        if options.selects(prop.name):
            add_property(properties, row, prop)
    return entry


def add_navigation(entry: Element, entity_set: EntitySet, row: Row, name: str, options: Options) -> None:
    """A link to the children, with the children in it when they are expanded."""
    path = f"{entity_path(entity_set, row)}/{name}"
    place = link(entry, RELATED + name, path, name)
    place.set("type", "application/atom+xml;type=feed")
    if name not in options.expand:
        return
    proper = entity_set.navigation(name) or name
    wanted = options.select.get(name) if options.select else None
    inner = Options(select=dict.fromkeys(wanted, frozenset())) if wanted else PLAIN
    target, feed = SETS[entity_set.navigations[proper]], make_feed(name, path)
    tag(place, META, "inline").append(feed)
    for child in row.children.get(proper, []):
        add_entry(feed, target, child, inner)


def add_property(properties: Element, row: Row, prop: Property) -> None:
    """A value with its type, or marked as null."""
    value = value_of(row, prop)
    element = tag(properties, DATA, prop.name, None if value is None else xml_value(value))
    if value is None:
        element.set(f"{{{META}}}null", "true")
    elif prop.edm != "Edm.String":
        element.set(f"{{{META}}}type", prop.edm)


def tag(parent: Element, space: str, name: str, text: str | None = None) -> Element:
    """A new last child."""
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = text
    return element


def link(parent: Element, relation: str, path: str, title: str) -> Element:
    """A link below the service root."""
    element = tag(parent, ATOM, "link")
    for name, value in (("rel", relation), ("title", title), ("href", path)):
        element.set(name, value)
    return element


def stamp(when: datetime) -> str:
    """Atom wants a zone."""
    return f"{xml_value(when)}Z"


def dump(root: Element) -> bytes:
    """With the XML declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
