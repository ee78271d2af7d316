"""`$metadata`: the entity data model as EDMX, from the table of entity sets."""

from typing import Any

from lxml import etree

from server.informea.atom import META, Element, dump
from server.informea.schema import CONTAINER, NAMESPACE, SETS, EntitySet

EDMX = "http://schemas.microsoft.com/ado/2007/06/edmx"
EDM = "http://schemas.microsoft.com/ado/2008/09/edm"
SPACES: Any = {None: EDM}
LONGEST_KEY = "255"


def write_metadata() -> bytes:
    """The document; it is the same for every version."""
    root = etree.Element(f"{{{EDMX}}}Edmx", nsmap={"edmx": EDMX, "m": META})
    root.set("Version", "1.0")
    services = etree.SubElement(root, f"{{{EDMX}}}DataServices")
    services.set(f"{{{META}}}DataServiceVersion", "2.0")
    schema = etree.SubElement(services, f"{{{EDM}}}Schema", nsmap=SPACES)
    schema.set("Namespace", NAMESPACE)
    for entity_set in SETS.values():
        add_type(schema, entity_set)
    for entity_set in SETS.values():
        for name, target in entity_set.navigations.items():
            add_association(schema, entity_set, name, SETS[target])
    add_container(schema)
    return dump(root)


def add_type(schema: Element, entity_set: EntitySet) -> None:
    """An entity type with key, properties and navigations."""
    kind = add(schema, "EntityType", Name=entity_set.type)
    add(add(kind, "Key"), "PropertyRef", Name="id")
    for prop in entity_set.properties.values():
        element = add(kind, "Property", Name=prop.name, Type=prop.edm, Nullable=str(not prop.required).lower())
        if prop.name == "id":
            element.set("MaxLength", LONGEST_KEY)
    for name in entity_set.navigations:
        relation = f"{NAMESPACE}.{association(entity_set, name)}"
        ends = {"FromRole": entity_set.type, "ToRole": f"{entity_set.type}_{name}"}
        add(kind, "NavigationProperty", Name=name, Relationship=relation, **ends)


def association(entity_set: EntitySet, navigation: str) -> str:
    """The name of the association behind a navigation."""
    return f"{entity_set.type}_{navigation}_Association"


def add_association(schema: Element, entity_set: EntitySet, name: str, target: EntitySet) -> None:
    """One parent, any number of children."""
    element = add(schema, "Association", Name=association(entity_set, name))
    ends = ((entity_set.type, entity_set.type, "1"), (target.type, f"{entity_set.type}_{name}", "*"))
    for kind, role, multiplicity in ends:
        add(element, "End", Type=f"{NAMESPACE}.{kind}", Multiplicity=multiplicity, Role=role)


def add_container(schema: Element) -> None:
    """The sets and which of them each association joins."""
    container = add(schema, "EntityContainer", Name=CONTAINER)
    container.set(f"{{{META}}}IsDefaultEntityContainer", "true")
    for entity_set in SETS.values():
        add(container, "EntitySet", Name=entity_set.name, EntityType=f"{NAMESPACE}.{entity_set.type}")
    for entity_set in SETS.values():
        for name, target in entity_set.navigations.items():
            joined = association(entity_set, name)
            place = add(container, "AssociationSet", Name=f"{joined}Set", Association=f"{NAMESPACE}.{joined}")
            add(place, "End", EntitySet=entity_set.name, Role=entity_set.type)
            add(place, "End", EntitySet=target, Role=f"{entity_set.type}_{name}")


def add(parent: Element, name: str, **attributes: str) -> Element:
    """A new last child in the namespace of the model."""
    return etree.SubElement(parent, f"{{{EDM}}}{name}", attributes)
