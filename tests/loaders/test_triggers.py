"""Patterns find the same with their literals as without, and the literals are those that a pattern needs."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import loaders
from graph.registry import Registry
from loaders.activity_words import load_words
from loaders.acts import past_forms
from loaders.citations import decision_finder, load_patterns
from loaders.literals import needed, needed_words, starts
from loaders.phrases import implicit_forms, treaty_lists
from loaders.symbols import known_symbols
from loaders.triggers import Regex, Regexes, folded

CORPUS = sorted(p for p in (Path(__file__).parents[1] / "corpus").iterdir() if p.suffix in (".txt", ".md"))
LINES = [line for path in CORPUS for line in path.read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"\bannex\b", {"annex"}),
        (r"[Aa]nnex(?:es)?", {"nnex"}),
        (r"(?<![\w-])(?:work|meet)s?\s+with", {"with"}),
        (r"(?:reports?|plans?)\s+due", {"report", "plan"}),
        (r"(?:workshops?|seminars?)\s+\w+", {"workshop", "seminar"}),
        (r"cooperat(?:es|ed|ing)", {"cooperat"}),
        (r"\d+(?:/COP\.\d+)+", {"/COP."}),
        (r"x{3}", {"xxx"}),
        (r"(?:a|\d)b?", set()),
        (r"(?:long)?\s*\w", set()),
        (r"(?i:annex)", set()),
        (r"\w+", set()),
    ],
)
def test_what_a_text_must_hold(pattern: str, literals: set[str]) -> None:
    assert needed(pattern) == literals


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bannex(?:es)?\b", {"annex", "annexes"}),
        (r"(?<![\w-])(?:[Rr]eport|PLAN) \d+", {"report", "plan"}),
        (r"(?<![\w-])(?:teamed up with|joined\s+forces)(?!\w)", {"teamed", "joined"}),
        (r"\b(?:also\s+)?met\s", {"met"}),
        (r"\b(?:COP|MOP)[- ]?\d+", {"cop", "mop"}),
        (r"\bEscazú\b", {"escaz"}),
        (r"<\bdraft(?:s|ed)\b.*|(?<!no )\bplans\b.*", {"drafts", "drafted", "plans"}),
        (r"\bbefore\w", set()),
        (r"unbounded\b", set()),
        (r"\b(?:known|\w+)\b", set()),
        (r"(?<![^\w])known\b", set()),
        (r"\bof the\b", set()),
        (r"\bkırk\b", set()),
    ],
)
def test_what_words_a_text_must_have(pattern: str, words: set[str]) -> None:
    assert needed_words(pattern) == words


@pytest.mark.parametrize(
    ("pattern", "flags", "literals"),
    [
        (r"(?<![\w/])(?:[Aa]rticle|ARTICLE)\s+\d", 0, {"article", "Article", "ARTICLE"}),
        (r"(?:the )?Convention", 0, {"the Convention", "Convention"}),
        (r"(?:MC-\d+|BC-\d+)/\d", 0, {"MC-", "BC-"}),
        (r"Annex\b", re.IGNORECASE, {"annex"}),
        (r"É", re.IGNORECASE, set()),
        (r"\s*Annex", 0, set()),
        (r"(?:a|)", 0, set()),
    ],
)
def test_with_what_a_match_begins(pattern: str, flags: int, literals: set[str]) -> None:
    assert starts(pattern, flags) == literals


def test_folding_is_that_of_patterns_in_any_case() -> None:
    letters = re.compile("([a-z])", re.IGNORECASE)
    for character in map(chr, range(sys.maxunicode + 1)):
        if letters.match(character):
            (letter,) = (letter for letter in map(chr, range(97, 123)) if re.match(letter, character, re.IGNORECASE))
            assert folded(character) == letter


def regexes(value: object) -> Iterator[Regex]:
    """The patterns in a value of a module, at any depth."""
    if isinstance(value, Regex):
        yield value
    elif isinstance(value, Regexes):
        yield from (regex for regex, _ in value.rows)
    elif isinstance(value, tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from regexes(part)


@pytest.fixture(scope="module")
def everything(registry: Registry) -> list[Regex]:
    """Every pattern that the loaders run."""
    modules = [importlib.import_module(f"loaders.{module.name}") for module in pkgutil.iter_modules(loaders.__path__)]
    decisions = decision_finder(registry)
    built = (
        tuple(vars(load_words()).values()), load_patterns().together, decisions.plain, decisions.contextual,
        known_symbols(registry), implicit_forms(registry).regex, treaty_lists(registry).regex, past_forms(),
    )  # fmt: skip
    return [*{id(regex): regex for part in (*map(vars, modules), built) for regex in regexes(part)}.values()]


def found(regex: Regex | re.Pattern[str], text: str) -> tuple[list[tuple[int, int]], tuple[int, int] | None]:
    first = regex.search(text, len(text) // 3)
    return [match.span() for match in regex.finditer(text)], first and first.span()


def test_every_pattern_finds_what_it_finds_without_its_literals(everything: list[Regex]) -> None:
    texts = [*LINES, *(line.upper() for line in LINES[::7]), *(line.replace("i", "İ") for line in LINES[::11])]
    for regex in everything:
        differing = [text for text in texts if found(regex, text) != found(regex.regex, text)]
        assert not differing, f"{regex.regex.pattern}: {differing[0]!r}"


def test_a_text_has_the_words_of_what_matches_in_it(everything: list[Regex]) -> None:
    texts = [*LINES, *(line.upper() for line in LINES[::7]), *(line.replace("i", "İ") for line in LINES[::11])]
    for regex in everything:
        missed = [text for text in texts if regex.regex.search(text) and not regex.may_match(text)]
        assert not missed, f"{regex.regex.pattern}: {missed[0]!r}"


def test_together_are_those_that_match(everything: list[Regex]) -> None:
    together = Regexes((regex, number) for number, regex in enumerate(everything))
    for text in LINES[::5]:
        tried = {number for _, number in together.of(text)}
        assert tried >= {number for number, regex in enumerate(everything) if regex.regex.search(text)}


@given(st.from_regex(re.compile(r"(?:secretar|WORK ?|wıth| [Pp]artı|ſ|İ|K|\n){0,8}"), fullmatch=True))
@example("working wİth the ſecretariats")
def test_odd_letters_match_in_any_case(text: str) -> None:
    for pattern in (r"\bwork(?:s|ing)? with\b", r"[Ss]ecretariats?", r"part(?:y|ies)\b", r"\bK"):
        regex = Regex(pattern, re.IGNORECASE)
        assert found(regex, text) == found(regex.regex, text)
        assert regex.may_match(text) or not regex.regex.search(text)


def test_every_pattern_finds_the_same_around_a_place_of_a_long_text(everything: list[Regex]) -> None:
    text = " ".join(LINES)
    assert len(text) > 8000
    for regex in everything:
        for place in range(0, len(text), 700):
            there = text, place, place + 500
            first, wanted = regex.search(*there), regex.regex.search(*there)
            assert (first and first.span()) == (wanted and wanted.span()), regex.regex.pattern
