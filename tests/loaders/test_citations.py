"""Every pattern of the data both ways, decisions of every series, symbols."""

import pytest

from graph.registry import Registry
from loaders import citations
from loaders.analysis import Analyst
from loaders.citations import decision_finder, find_provisions, load_patterns
from loaders.findings import Finding

PATTERNS = load_patterns()


def place(finding: Finding) -> str:
    """`art_24/para_2` for the steps of a provision, the identifier of a goal."""
    return finding.text or "/".join(f"{kind}_{mark}" for kind, mark in finding.values)


def provisions(text: str, analyst: Analyst) -> list[str]:
    kept = [finding for finding in analyst.finders.find(text) if finding.kind in ("provision", "sdg")]
    return list(dict.fromkeys(map(place, kept)))


@pytest.mark.parametrize(
    ("text", "gives"),
    [(text, gives) for pattern in PATTERNS for text, gives in pattern.examples],
    ids=lambda value: str(value),
)
def test_every_example_gives_its_places(text: str, gives: tuple[str, ...], analyst: Analyst) -> None:
    for around in ("{}", "In accordance with {}, parties report.", "({})"):
        assert provisions(around.format(text), analyst) == list(gives)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_matches_its_own_examples_and_not_its_counter_examples(pattern: citations.Pattern) -> None:
    assert pattern.examples
    assert all(pattern.regex.search(text) for text, _ in pattern.examples)
    assert not any(pattern.regex.search(text) for text in pattern.counter_examples)


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("articles 3, 4, 5 and 8", ["art_3", "art_4", "art_5", "art_8"]),
        ("articles 4–6", ["art_4", "art_5", "art_6"]),
        ("articles 4 and 5 of the draft text", []),
        ("article 4 of the agreed text", ["art_4"]),
        ("article 14 and article 15", ["art_14", "art_15"]),
        ("article 5, paragraphs 2 and 3 (a)", ["art_5/para_2", "art_5/para_3/point_a"]),
        ("Annexes A, B and C", ["annex_A", "annex_B", "annex_C"]),
        ("annex I to the present note", []),
        ("the article published in 14 journals", []),
        ("SDG 12 and target 12.4", ["SDG 12", "SDG 12.4"]),
    ],
)
def test_lists_and_ranges_are_expanded(text: str, gives: list[str], analyst: Analyst) -> None:
    assert provisions(text, analyst) == gives


def test_the_members_of_a_list_have_places_of_their_own() -> None:
    text = "articles 4, 7 and 11"
    assert [text[f.start : f.end] for f in find_provisions(text)] == ["articles 4", "7", "11"]


# ---- symbols ------------------------------------------------------------------------------------------------------


def symbols_in(text: str, analyst: Analyst) -> list[str]:
    return [finding.text for finding in analyst.finders.find(text) if finding.kind == "symbol"]


def test_the_symbols_of_every_series_are_found_whole(registry: Registry, analyst: Analyst) -> None:
    for symbol in (symbol for series in registry.document_series for symbol in series.examples):
        for text in (symbol, f"See {symbol}.", f"in document {symbol}, annex", f"({symbol})"):
            assert symbols_in(text, analyst) == [symbol], text


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        (
            "UNEP/FAO/RC/COP.9/INF/3–UNEP/POPS/COP.9/INF/4",
            ["UNEP/FAO/RC/COP.9/INF/3", "UNEP/POPS/COP.9/INF/4"],
        ),
        (
            "UNEP/CHW.15/INF/9, UNEP/FAO/RC/COP.10/INF/8 and UNEP/POPS/COP.10/INF/7",
            ["UNEP/CHW.15/INF/9", "UNEP/FAO/RC/COP.10/INF/8", "UNEP/POPS/COP.10/INF/7"],
        ),
        ("UNEP/MC/COP.4/28/Add.1/Rev.1", ["UNEP/MC/COP.4/28/Add.1/Rev.1"]),
        ("UNEP/MC/COP.6/INF/20 to UNEP/MC/COP.6/INF/22", [f"UNEP/MC/COP.6/INF/{n}" for n in (20, 21, 22)]),
        ("(UNEP/MC/COP.6/2–5)", [f"UNEP/MC/COP.6/{n}" for n in (2, 3, 4, 5)]),
        ("UNEP/MC/COP.6/2 to UNEP/MC/COP.5/4", ["UNEP/MC/COP.6/2", "UNEP/MC/COP.5/4"]),
        ("UNEP/MC/COP.6/2 to 500 parties", ["UNEP/MC/COP.6/2"]),
        ("UNEP/MC/COP.6/INF/20 and INF/21", ["UNEP/MC/COP.6/INF/20", "UNEP/MC/COP.6/INF/21"]),
        ("UNEP/CHW.17/9, Add.1 and Corr.1", ["UNEP/CHW.17/9", "UNEP/CHW.17/9/Add.1", "UNEP/CHW.17/9/Corr.1"]),
        ("decision MC-5/12", []),
        ("and/or he/she in 2020/2021", []),
        ("IX/10", []),
        ("http://example.org/UNEP/MC/COP.4/28", []),
    ],
)
def test_symbols_of_documents(text: str, symbols: list[str], analyst: Analyst) -> None:
    assert symbols_in(text, analyst) == symbols


# ---- decisions ----------------------------------------------------------------------------------------------------


def found(registry: Registry, text: str) -> list[str]:
    return list(dict.fromkeys(finding.text for finding in decision_finder(registry).find(text)))


def test_the_examples_of_every_series_are_found_behind_the_word(registry: Registry) -> None:
    for series in registry.decision_series:
        for example in series.examples:
            text = f"In {series.kind} {example.text}, parties agreed."
            assert example.identifier in found(registry, text), text


def test_a_bare_number_proves_nothing(registry: Registry) -> None:
    for series in registry.decision_series:
        for example in series.examples if series.contextual else ():
            assert example.identifier not in found(registry, f"the ratio {example.text} of samples")


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("decision MC-5/12", ["MC-5/12"]),
        ("Decisions MC-4/11 and 5/14", ["MC-4/11", "MC-5/14"]),
        ("decisions MC-1/1, 2/3 and 5/14", ["MC-1/1", "MC-2/3", "MC-5/14"]),
        ("decisions SC-1/15 and RC-8/10", ["RC-8/10", "SC-1/15"]),
        ("BC‑12/5", ["BC-12/5"]),
        ("BC IX/10", ["BC IX/10"]),
        ("draft decision MC-5/[--]", []),
        ("UNEP/MC/COP.5/12", []),
        ("resolution UNEP/EA.5/Res.7", ["UNEA 5/7"]),
        ("A/RES/73/333", ["UNGA 73/333"]),
        ("decision 1/CP.21", ["UNFCCC 1/CP.21"]),
        ("resolution Conf. 8.1", ["CITES Conf. 8.1"]),
        ("MC-5/12/3", []),
        ("decisions POPRC-14/1 to POPRC-14/3", ["POPRC-14/1", "POPRC-14/2", "POPRC-14/3"]),
        ("decisions SC-8/10, SC-8/11 and SC-8/12", ["SC-8/10", "SC-8/11", "SC-8/12"]),
    ],
)
def test_decision_numbers(registry: Registry, text: str, identifiers: list[str]) -> None:
    assert sorted(found(registry, text)) == sorted(identifiers)
