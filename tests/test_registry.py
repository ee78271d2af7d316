"""The reviewed files: they load, hang together, and say what the sources say."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AuthorityError
from graph.registry import AUTHORITY, KINDS, SCHEMAS, Registry, load_registry
from graph.registry_records import arabic


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


# ---- every file ---------------------------------------------------------------------------------------------------


def test_every_kind_has_a_file_and_a_schema() -> None:
    assert {path.stem for path in AUTHORITY.glob("*.yaml")} == set(KINDS)
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_records_are_sorted_and_sourced(registry: Registry, kind: str) -> None:
    records = getattr(registry, kind)
    assert all(before.slug < after.slug for before, after in pairwise(records))
    assert all(record.source for record in records)


@pytest.mark.parametrize(
    ("look_up", "slug"),
    [
        ("regime", "mercury"),
        ("treaty", "mercury"),
        ("organization", "norway"),
        ("country", "unep"),
        ("agent", "nobody"),
        ("meeting", "minamata-cop-99"),
        ("person", "nobody"),
        ("topic", "nothing"),
        ("system", "nothing"),
        ("activity", "nothing"),
        ("series", "nothing"),
        ("symbols", "nothing"),
    ],
)
def test_unknown_slugs_are_refused(registry: Registry, look_up: str, slug: str) -> None:
    with pytest.raises(AuthorityError, match=f"no record '{slug}'"):
        getattr(registry, look_up)(slug)


def test_agents_are_organizations_and_states(registry: Registry) -> None:
    assert registry.agent("norway") == registry.country("norway")
    assert registry.agent("unep") == registry.organization("unep")


# ---- faults: file and record are named ----------------------------------------------------------------------------

FAULTS = [
    ("organizations", "slug: unep\n", "slug: UNEP\n", "organizations.yaml: UNEP: slug"),
    ("organizations", "cls: UNEntity\n", "cls: Agency\n", "organizations.yaml: .*cls: 'Agency'"),
    ("organizations", "acts_for: [minamata]", "acts_for: [mercury]", "acts_for: 'mercury' is not in regimes.yaml"),
    ("organizations", "unit_of: gef\n", "unit_of: gff\n", "organizations.yaml: .*unit_of: 'gff'"),
    ("organizations", "name: World Bank\n", "name: Global Environment Facility\n", "belongs to"),
    ("organizations", "slug: unep\n", "slug: norway\n", "must stand before"),
    ("regimes", "- slug: brs\n", "- slug: brs\n  parent: basel\n", "regimes.yaml: basel: parent leads back"),
    ("regimes", "- slug: brs\n", "- slug: basel\n", "the slug is there twice"),
    ("treaties", "regime: minamata", "regime: mercury", "treaties.yaml: minamata: regime: 'mercury'"),
    ("treaties", "  short: Minamata Convention\n", "", "treaties.yaml: minamata: 'short' is a required"),
    ("treaties", "adopted: '2013-10-10'", "adopted: October 2013", "treaties.yaml: minamata: adopted"),
    ("meetings", "start: '2017-09-24'", "start: '2017-09-31'", "meetings.yaml: minamata-cop-1: no such date"),
    ("meetings", "start: '2017-09-24'", "start: '2017-10-24'", "meetings.yaml: minamata-cop-1: .* comes after"),
    ("meetings", "country: indonesia", "country: bali", "'bali' is not in countries.yaml"),
    ("meetings", "body: unea\n", "body: assembly\n", "meetings.yaml: unea-1: body: 'assembly'"),
    ("persons", "name: Eisaku Toda\n", "name: someone@un.org\n", "persons.yaml: eisaku-toda: name"),
    ("countries", "iso2: DE,", "iso2: GER,", "countries.yaml: germany: iso2"),
    ("organizations", "slug: cen\n", "slug: chad\n", "countries.yaml: chad: organizations.yaml has the same slug"),
    ("topics", "broader: mercury\n", "broader: quicksilver\n", "topics.yaml: .*broader: 'quicksilver'"),
    ("systems", "operator: cbd-secretariat\n", "operator: cbd\n", "systems.yaml: .*operator: 'cbd'"),
    ("activities", "funders: [norway]", "funders: [norge]", "funders: 'norge' is not in organizations or countries"),
    ("activities", "end: '2021-03-18'", "end: '2020-03-18'", "activities.yaml: sip-third-round: .* comes after"),
    (
        "decision_series",
        "template: MC-{meeting}/{number}",
        "template: MC-{session}/{number}",
        "minamata: the pattern has no group",
    ),
    ("decision_series", "kind: decision\n", "kind: ruling\n", "decision_series.yaml: .*kind: 'ruling'"),
    ("document_series", "head: MC/COP ?(", "head: MC/COP ?((", "document_series.yaml: minamata-letters: not a regular"),
]


@pytest.mark.parametrize(
    ("kind", "old", "new", "message"), FAULTS, ids=[f"{kind}-{new.strip()[:30]}" for kind, _, new, _ in FAULTS]
)
def test_faults_name_file_and_record(tmp_path: Path, kind: str, old: str, new: str, message: str) -> None:
    for path in AUTHORITY.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    broken = tmp_path / f"{kind}.yaml"
    text = broken.read_text(encoding="utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AuthorityError, match=message):
        load_registry(tmp_path)


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match=r"regimes\.yaml"):
        load_registry(tmp_path)
    (tmp_path / "regimes.yaml").write_text("- [", encoding="utf-8")
    with pytest.raises(AuthorityError, match=r"regimes\.yaml"):
        load_registry(tmp_path)
    (tmp_path / "regimes.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(AuthorityError, match=r"regimes\.yaml: the file"):
        load_registry(tmp_path)


# ---- patterns, both ways --------------------------------------------------------------------------------------------


def test_decision_examples_give_their_identifiers(registry: Registry) -> None:
    for series in registry.decision_series:
        for example in series.examples:
            repair = f"decision_series.yaml: {series.slug}: correct the pattern, the template or {example}"
            assert series.identify(example.text) == example.identifier, repair


def test_decision_non_examples_stay_unmatched(registry: Registry) -> None:
    for series in registry.decision_series:
        for text in series.non_examples:
            assert series.identify(text) is None, f"decision_series.yaml: {series.slug}: the pattern matches {text!r}"


def test_a_number_that_needs_no_context_belongs_to_one_series(registry: Registry) -> None:
    for series in registry.decision_series:
        for example in series.examples:
            owners = [
                other.slug
                for other in registry.decision_series
                if not other.contextual and other.identify(example.text)
            ]
            assert owners == ([] if series.contextual else [series.slug]), example


def test_context_words_stand_with_contextual_series_only(registry: Registry) -> None:
    for series in registry.decision_series:
        assert series.contextual == bool(series.context), series.slug


def test_symbols_belong_to_one_series_and_are_no_decisions(registry: Registry) -> None:
    for series in registry.document_series:
        for symbol in series.examples:
            owners = [other.slug for other in registry.document_series if re.fullmatch(other.pattern, symbol)]
            assert owners == [series.slug], f"document_series.yaml: {symbol} belongs to {owners}"
            assert not [other.slug for other in registry.decision_series if other.identify(symbol)], symbol


def test_symbol_non_examples_stay_unmatched(registry: Registry) -> None:
    for series in registry.document_series:
        for text in series.non_examples:
            assert not re.fullmatch(series.pattern, text), (
                f"document_series.yaml: {series.slug}: the head matches {text!r}"
            )


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("document UNEP/MC/COP.4/20.", "UNEP/MC/COP.4/20"),
        ("(UNEP/MC/COP.4/INF/17);", "UNEP/MC/COP.4/INF/17"),
        ("UNEP/MC/COP.4/28/Add.1, annex", "UNEP/MC/COP.4/28/Add.1"),
        ("UNEP/MC/COP.4/CRP.3/Rev.1 and", "UNEP/MC/COP.4/CRP.3/Rev.1"),
        ("UNEP/MC/COP.4", None),
    ],
)
def test_a_symbol_ends_where_the_text_goes_on(registry: Registry, text: str, symbol: str | None) -> None:
    match = re.search(registry.symbols("minamata-cop").pattern, text)
    assert (match[0] if match else None) == symbol


@pytest.mark.parametrize(
    ("series", "printed", "meeting"),
    [
        ("minamata", "MC-5/12", "minamata-cop-5"),
        ("basel-roman", "BC-IX/10", "basel-cop-9"),
        ("basel-ex", "BC.Ex-2/1", "basel-cop-ex-2"),
        ("cbd-roman", "XIV/26", "cbd-cop-14"),
        ("unep-gc", "24/3 IV", "unep-gc-24"),
        ("unep-gcss", "SS.IX/1", "unep-gcss-9"),
        ("unfccc-cp", "1/CP.21", "unfccc-cop-21"),
        ("unga", "73/333", None),
    ],
)
def test_decisions_lead_to_their_meetings(registry: Registry, series: str, printed: str, meeting: str | None) -> None:
    match = re.fullmatch(registry.series(series).pattern, printed)
    assert match and registry.series(series).meeting_slug(match.groupdict()) == meeting
    assert meeting is None or registry.knows("meetings", meeting)


@pytest.mark.parametrize(
    ("series", "symbol", "meeting"),
    [
        ("minamata-cop", "UNEP/MC/COP.5/INF/7", "minamata-cop-5"),
        ("unep-gcss", "UNEP/GCSS.IX/11", "unep-gcss-9"),
        ("minamata-letters", "MC/COP5/2023/190", None),
    ],
)
def test_symbols_lead_to_their_meetings(registry: Registry, series: str, symbol: str, meeting: str | None) -> None:
    match = re.fullmatch(registry.symbols(series).pattern, symbol)
    assert match and registry.symbols(series).meeting_slug(match.groupdict()) == meeting


@pytest.mark.parametrize(
    ("roman", "number"),
    [("I", "1"), ("IV", "4"), ("IX", "9"), ("XIV", "14"), ("XL", "40"), ("24", "24"), ("Ex-2", "ex-2"), ("", "")],
)
def test_arabic(roman: str, number: str) -> None:
    assert arabic(roman) == number


@given(st.text())
def test_arabic_takes_any_text(text: str) -> None:
    assert isinstance(arabic(text), str)


# ---- facts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "short", "articles", "annexes", "adopted", "in_force"),
    [
        ("minamata", "Minamata Convention", 35, "A B C D E", "2013-10-10", "2017-08-16"),
        ("basel", "Basel Convention", 30, "I II III IV V VI VII VIII IX", "1989-03-22", "1992-05-05"),
        ("rotterdam", "Rotterdam Convention", 30, "I II III IV V VI VII", "1998-09-10", "2004-02-24"),
        ("stockholm", "Stockholm Convention", 30, "A B C D E F G", "2001-05-22", "2004-05-17"),
        ("cbd", "Convention on Biological Diversity", 42, "I II", "1992-05-22", "1993-12-29"),
        ("unfccc", "United Nations Framework Convention on Climate Change", 26, "I II", "1992-05-09", "1994-03-21"),
        ("kyoto", "Kyoto Protocol", 28, "A B", "1997-12-11", "2005-02-16"),
        ("paris", "Paris Agreement", 29, "", "2015-12-12", "2016-11-04"),
        ("vienna", "Vienna Convention", 21, "I II", "1985-03-22", "1988-09-22"),
    ],
)
def test_treaties(
    registry: Registry, slug: str, short: str, articles: int, annexes: str, adopted: str, in_force: str
) -> None:
    treaty = registry.treaty(slug)
    assert (treaty.short, len(treaty.articles)) == (short, articles)
    assert [annex.label for annex in treaty.annexes] == annexes.split()
    assert (treaty.adopted, treaty.in_force) == (adopted, in_force)


@pytest.mark.parametrize(
    ("treaty", "number", "title", "paragraphs"),
    [
        ("minamata", "3", "Mercury supply sources and trade", 13),
        ("minamata", "14", "Capacity-building, technical assistance and technology transfer", 5),
        ("minamata", "24", "Secretariat", 4),
        ("minamata", "35", "Authentic texts", 0),
        ("basel", "4", "General obligations", 13),
        ("stockholm", "12", "Technical assistance", 5),
        ("montreal", "10A", "Transfer of technology", 0),
    ],
)
def test_articles(registry: Registry, treaty: str, number: str, title: str, paragraphs: int) -> None:
    article = next(article for article in registry.treaty(treaty).articles if article.number == number)
    assert (article.title, article.paragraphs) == (title, paragraphs)


@pytest.mark.parametrize(
    ("label", "parts"), [("A", ("I", "II")), ("B", ("I", "II")), ("C", ()), ("D", ()), ("E", ("I", "II"))]
)
def test_parts_of_the_minamata_annexes(registry: Registry, label: str, parts: tuple[str, ...]) -> None:
    annex = next(annex for annex in registry.treaty("minamata").annexes if annex.label == label)
    assert annex.parts == parts


@pytest.mark.parametrize(
    ("slug", "code", "uuid", "ecolex"),
    [
        ("minamata", "minamataunep", "fb7708d6-7a42-4f8e-9e5a-f03da26db46f", "TRE-160007"),
        ("basel", "basel", "62511e00-8869-4455-bfab-c7c17cca68fe", "TRE-001003"),
        ("rotterdam", "rotterdam", "f278e708-bf62-4512-9c4b-0ebb6605cc42", "TRE-001280"),
        ("stockholm", "stockholm", "449a478b-fcdb-4981-afee-a7ca2e7fc107", "TRE-001338"),
    ],
)
def test_join_keys(registry: Registry, slug: str, code: str, uuid: str, ecolex: str) -> None:
    treaty = registry.treaty(slug)
    assert (treaty.informea_code, treaty.informea_uuid, treaty.ecolex) == (code, uuid, ecolex)


@pytest.mark.parametrize(
    ("slug", "start", "end", "place", "country", "online"),
    [
        ("minamata-cop-1", "2017-09-24", "2017-09-29", "Geneva", "switzerland", False),
        ("minamata-cop-2", "2018-11-19", "2018-11-23", "Geneva", "switzerland", False),
        ("minamata-cop-3", "2019-11-25", "2019-11-29", "Geneva", "switzerland", False),
        ("minamata-cop-4", "2021-11-01", "2022-03-25", "Bali", "indonesia", True),
        ("minamata-cop-5", "2023-10-30", "2023-11-03", "Geneva", "switzerland", False),
        ("minamata-cop-6", "2025-11-03", "2025-11-07", "Geneva", "switzerland", False),
        ("mercury-oewg-2", "2008-10-06", "2008-10-10", "Nairobi", "kenya", False),
        ("basel-cop-15", "2021-07-26", "2022-06-17", "Geneva", "switzerland", True),
        ("stockholm-cop-1", "2005-05-02", "2005-05-06", "Punta del Este", "uruguay", False),
        ("gmp-advisory-group-11", "2020-12-15", "2020-12-16", None, None, True),
        ("gmp-advisory-group-14", None, None, None, None, False),
    ],
)
def test_meetings(
    registry: Registry,
    slug: str,
    start: str | None,
    end: str | None,
    place: str | None,
    country: str | None,
    online: bool,
) -> None:
    meeting = registry.meeting(slug)
    assert (meeting.start, meeting.end, meeting.place, meeting.country, meeting.online) == (
        start,
        end,
        place,
        country,
        online,
    )


@pytest.mark.parametrize(
    ("slug", "cls", "name"),
    [
        ("minamata-secretariat", "Secretariat", "Secretariat of the Minamata Convention on Mercury"),
        ("brs-secretariat", "Secretariat", "BRS secretariat"),
        ("minamata-cop", "GoverningBody", "Minamata COP"),
        ("gmp", "Partnership", "Global Mercury Partnership"),
        ("gmp-advisory-group", "SubsidiaryBody", "Partnership Advisory Group"),
        ("gef", "IntergovernmentalOrganization", "Global Environment Facility"),
        ("sip", "Fund", "Specific International Programme"),
        ("unep", "UNEntity", "UN Environment"),
        ("icmgp", "ConferenceSeries", "International Conference on Mercury as a Global Pollutant"),
        (
            "basel-stockholm-regional-centres",
            "RegionalCentre",
            "Regional centres of the Basel and Stockholm conventions",
        ),
        ("developing-country-parties", "PartyGroup", "developing country parties"),
        ("oecd", "IntergovernmentalOrganization", "Organization for Economic Co-operation and Development"),
    ],
)
def test_organizations_and_their_names(registry: Registry, slug: str, cls: str, name: str) -> None:
    organization = registry.organization(slug)
    assert organization.cls == cls
    assert name in (organization.name, *organization.aliases)


@pytest.mark.parametrize(
    ("slug", "acts_for", "unit_of"),
    [
        ("minamata-secretariat", ("minamata",), None),
        ("brs-secretariat", ("brs",), None),
        ("basel-secretariat", ("basel",), "brs-secretariat"),
        ("gef-secretariat", (), "gef"),
        ("unep", (), None),
    ],
)
def test_who_acts_for_whom(registry: Registry, slug: str, acts_for: tuple[str, ...], unit_of: str | None) -> None:
    organization = registry.organization(slug)
    assert (organization.acts_for, organization.unit_of) == (acts_for, unit_of)


@pytest.mark.parametrize(
    ("form", "some"),
    [
        ("the secretariat", {"minamata-secretariat", "basel-secretariat", "brs-secretariat"}),
        ("the Conference of the Parties", {"minamata-cop", "cbd-cop"}),
        ("the Partnership", {"gmp", "pcfv"}),
        ("the Assembly", {"unea", "general-assembly"}),
    ],
)
def test_implicit_forms_may_mean_several(registry: Registry, form: str, some: set[str]) -> None:
    assert some <= {organization.slug for organization in registry.organizations if form in organization.implicit}


def test_states(registry: Registry) -> None:
    assert len(registry.countries) == 193 + 4
    assert (
        len({country.iso2 for country in registry.countries})
        == len({country.iso3 for country in registry.countries})
        == 197
    )
    assert registry.country("netherlands").aliases == ("Netherlands", "Kingdom of the Netherlands")
    groups = [country.un_group for country in registry.countries]
    assert {group: groups.count(group) for group in set(groups) - {None}} == {
        "african-states": 54,
        "asia-pacific-states": 53,
        "eastern-european-states": 23,
        "latin-american-and-caribbean-states": 33,
        "western-european-and-other-states": 29,
    }
