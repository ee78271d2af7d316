"""Names of the registry in a text: the longest wins, short forms only as printed."""

import pytest

from graph.registry import Registry
from loaders.names import NameIndex, build_index


@pytest.fixture(scope="module")
def index(registry: Registry) -> NameIndex:
    return build_index(registry)


def found(index: NameIndex, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[f.start : f.end], tuple(slug for _, slug in f.values)) for f in index.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the World Health Organization", [("World Health Organization", ("who",))]),
        ("the world health organization", [("world health organization", ("who",))]),
        ("the WHO guide", [("WHO", ("who",))]),
        ("those who came", []),
        ("the centre in Dakar", [("the centre in Dakar", ("bcrc-senegal",))]),
        ("a centre in Dakar", []),
        ("UNEP and GEF", [("UNEP", ("unep",)), ("GEF", ("gef",))]),
        ("a gap in the gef", []),
        ("Global Environment Facility Trust Fund", [("Global Environment Facility Trust Fund", ("gef-trust-fund",))]),
        ("the Global Environment Facility", [("Global Environment Facility", ("gef",))]),
        (
            "Secretariat of the Minamata Convention",
            [("Secretariat of the Minamata Convention", ("minamata-secretariat",))],
        ),
        ("UNEP-WCMC", [("UNEP-WCMC", ("unep-wcmc",))]),
        ("the Minamata Convention on Mercury", [("Minamata Convention on Mercury", ("minamata",))]),
        ("developing-country parties", [("developing-country parties", ("developing-country-parties",))]),
        ("secretariat of the United Nations", [("secretariat of the United Nations", ("un-secretariat",))]),
        (
            "secretariat of the United Nations Permanent Forum on Indigenous Issues",
            [("United Nations Permanent Forum on Indigenous Issues", ("unpfii",))],
        ),
        ("nothing to see here", []),
    ],
)
def test_names_in_a_text(index: NameIndex, text: str, names: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(index, text) == names


def test_a_name_that_two_records_share_gives_both() -> None:
    index = NameIndex()
    for slug in ("basel-icc", "minamata-icc"):
        index.add("Implementation and Compliance Committee", "organizations", slug)
    text = "the Implementation and Compliance Committee"
    assert found(index, text) == [("Implementation and Compliance Committee", ("basel-icc", "minamata-icc"))]


def test_an_exact_alias_matches_as_it_is_printed() -> None:
    index = NameIndex()
    index.add("GEF STAP", "organizations", "stap", exact=True)
    assert found(index, "gef stap and GEF STAP") == [("GEF STAP", ("stap",))]


def test_every_name_of_the_registry_is_found(index: NameIndex, registry: Registry) -> None:
    for kind in ("organizations", "treaties", "meetings"):
        for record in getattr(registry, kind):
            for alias in (name for name in (record.name, *record.aliases) if "+" not in name):
                text = f"It met {alias}."
                slugs = [slugs for surface, slugs in found(index, text) if record.slug in slugs]
                assert slugs, f"{kind} {record.slug}: {alias!r} is not found in {text!r}"


def test_brackets_inside_a_name_are_bridged(index: NameIndex) -> None:
    text = "the Ad Hoc Open-ended Inter-Sessional Working Group on Article 8(j) and Related Provisions"
    assert found(index, text) == [(text.removeprefix("the "), ("cbd-wg8j",))]
