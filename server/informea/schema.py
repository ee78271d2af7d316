"""The entity sets of the InforMEA API: names, properties and navigations as its specification 1.5.6 has them."""

from dataclasses import dataclass, field
from datetime import datetime

NAMESPACE = "informea"
CONTAINER = "InforMEAService"

Value = str | int | float | bool | datetime | None


@dataclass(frozen=True)
class Property:
    """`kind` is the EDM type without `Edm.`, or `Address`: a path of this site, or an address elsewhere."""

    name: str
    kind: str = "String"
    required: bool = False

    @property
    def edm(self) -> str:
        """The EDM type's name: `Edm.DateTime`."""
        return "Edm.String" if self.kind == "Address" else f"Edm.{self.kind}"


@dataclass(frozen=True)
class EntitySet:
    """A set with its entity type. `spellings` are other names that clients have for its navigations."""

    name: str
    type: str
    properties: dict[str, Property]
    navigations: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)

    def navigation(self, name: str) -> str | None:
        """The proper name of a navigation: `titles` -> `title`; None when there is no such navigation."""
        proper = self.spellings.get(name, name)
        return proper if proper in self.navigations else None


@dataclass(frozen=True)
class Row:
    """One entity: its values by property, and its children by navigation."""

    values: dict[str, Value]
    children: dict[str, list["Row"]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The key."""
        return str(self.values["id"])


def read_properties(text: str) -> dict[str, Property]:
    """From `"id! updated!:DateTime url:Address"`: an exclamation mark for what is never null, then the kind."""
    found = {}
    for word in text.split():
        name, _, kind = word.partition(":")
        found[name.rstrip("!")] = Property(name.rstrip("!"), kind or "String", name.endswith("!"))
    return found


# Entity type, properties, and for each navigation the shape of its children.
MAIN = {
    "Decisions": (
        "Decision",
        "id! link:Address number! status! type! treaty! published:DateTime updated!:DateTime meetingId meetingTitle "
        "meetingUrl:Address displayOrder:Int32",
        "title:text longTitle:text summary:text content:text keywords:term files:file",
    ),
    "Meetings": (
        "Meeting",
        "id! treaty! start!:DateTime end:DateTime updated!:DateTime url:Address repetition kind type access status "
        "imageUrl imageCopyright location city country! latitude:Double longitude:Double virtual:Boolean",
        "title:text description:text",
    ),
    "Treaties": (
        "Treaty",
        "id! UUID! url titleEnglish! officialNameEnglish treatyWebsiteURL",
        "title:text description:text",
    ),
    "Documents": (
        "Document",
        "id! schemaVersion published:DateTime updated:DateTime treaty country thumbnailUrl displayOrder:Int32",
        "title:text description:text files:file identifiers:identifier keywords:concept referenceToEntities:reference "
        "tags:tag types:value authors:author treaties:value",
    ),
    "CountryReports": (
        "CountryReport",
        "id! treaty! country! url submission:DateTime updated:DateTime",
        "title:text files:file",
    ),
    "NationalPlans": (
        "NationalPlan",
        "id! treaty! country! type! url submission:DateTime updated:DateTime",
        "title:text files:file",
    ),
}
CHILDREN = {
    "text": "id! language! value!",
    "term": "id! namespace! term!",
    "file": "id! url:Address mimeType! language! filename",
    "identifier": "id! name! value!",
    "concept": "id! literalForm! scope sourceURL termURI",
    "reference": "id! type! refId!",
    "tag": "id! language scope value comment",
    "value": "id! value!",
    "author": "id! name! type",
}
PLURALS = {"title": "titles", "description": "descriptions"}
SINGULARS = {"types": "type", "treaties": "treaty", "referenceToEntities": "referenceToEntity"}


def declare_sets() -> dict[str, EntitySet]:
    """All sets by name, the six of the specification first; every navigation leads to a set of its own."""
    main, children = {}, {}
    for name, (kind, properties, navigations) in MAIN.items():
        leads = {}
        for navigation, shape in (word.split(":") for word in navigations.split()):
            leads[navigation] = child = child_set(kind, navigation, CHILDREN[shape])
            children[child.name] = child
        targets = {navigation: child.name for navigation, child in leads.items()}
        spellings = {PLURALS[n]: n for n in targets if n in PLURALS}
        main[name] = EntitySet(name, kind, read_properties(properties), targets, spellings)
    return main | children


def child_set(parent: str, navigation: str, properties: str) -> EntitySet:
    """`DecisionLongTitles` of `DecisionLongTitle` for the navigation `longTitle` of a decision."""
    one = SINGULARS.get(navigation, navigation.removesuffix("s"))
    kind = parent + one[0].upper() + one[1:]
    plural = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
    return EntitySet(plural, kind, read_properties(properties))


SETS = declare_sets()
