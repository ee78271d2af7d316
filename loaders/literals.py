"""What a regular expression needs: literals of which every match holds one, with one of which each begins, or words.

Read off the pattern as Python's own parser sees it. What is not known to be needed is left out, so that a pattern of
which too little is understood has none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import takewhile
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from loaders.wording import words_of

Literals = frozenset[str]
Item = tuple[Any, Any]
Items = Iterable[Item]

UNKNOWN: Literals = frozenset()
NOTHING: Literals = frozenset([""])
_EDGE = "\0"  # stands in what a pattern spells where a word begins or ends
_EDGES: Literals = frozenset([_EDGE])
_MOST = 400  # strings kept while a pattern is read
_MOST_OF_CLASS = 15
_MOST_HELPFUL = 24  # literals beyond which running the pattern is as fast
_ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
_NO_LETTER = ([(op.CATEGORY, op.CATEGORY_SPACE)], [(op.CATEGORY, op.CATEGORY_DIGIT)])
_WORD_CHARACTER = (op.CATEGORY, op.CATEGORY_WORD)
_EVERYWHERE = frozenset(
    ("an", "and", "as", "at", "by", "for", "in", "is", "it", "its", "of", "on", "or", "the", "to", "with")
)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


@dataclass(frozen=True)
class _Reading:
    """How a pattern is read: with letters small, and for its words or for all that it spells."""

    any_case: bool
    words: bool = False


def needed(pattern: str, flags: int = 0) -> Literals:
    """Literals of which every match of a pattern holds at least one, small for IGNORECASE; none when not known."""
    parsed = _parser.parse(pattern, flags)
    return _needed(parsed, _Reading(bool(parsed.state.flags & re.IGNORECASE)))


def needed_words(pattern: str, flags: int = 0) -> Literals:
    """Small words of which a text has one if a pattern matches in it; none when not known, or not telling."""
    return _needed(_parser.parse(pattern, flags), _Reading(any_case=True, words=True))


def starts(pattern: str, flags: int = 0) -> Literals:
    """Literals with one of which every match of a pattern begins, small for IGNORECASE; none when not known."""
    parsed = _parser.parse(pattern, flags)
    found = _starts(parsed, _Reading(bool(parsed.state.flags & re.IGNORECASE)))
    return UNKNOWN if "" in found else _heads(found)


def _needed(items: Items, how: _Reading) -> Literals:
    """The best literals of a sequence: what a run of its items spells, or what one of them needs."""
    best, run = UNKNOWN, NOTHING
    choose, worth = (_whole, _worth_as_words) if how.words else (_fewer, _worth)
    for item in items:
        spelled = _spelled_by(item, how)
        longer = _joined(run, spelled)
        if not longer:
            best = max(best, choose(run), _needed_by(item, how), key=worth)
        run = longer or _joined(_end_of(run), spelled) or NOTHING
    best = max(best, choose(run), key=worth)
    return best if worth(best) else UNKNOWN


def _end_of(run: Literals) -> Literals:
    """The edge of a word at which a run ends, else nothing."""
    return _EDGES if run and all(string[-1:] == _EDGE for string in run) else NOTHING


def _whole(spelled: Literals) -> Literals:
    """Few words, of which each of these strings has one from edge to edge; unknown when one has none."""
    chosen: set[str] = set()
    for words in sorted((_WHOLE.findall(string) for string in spelled), key=lambda words: (len(words), words)):
        if not words:
            return UNKNOWN
        if chosen.isdisjoint(words):
            chosen.add(max(words, key=len))
    return frozenset(chosen)


_WHOLE = re.compile(r"(?<=[^a-z])[a-z]+(?=[^a-z])")


def _worth_as_words(words: Literals) -> int:
    """Long words are rare; nothing when some are in most texts."""
    shortest = min(map(len, words), default=0)
    return shortest if shortest > 1 and words.isdisjoint(_EVERYWHERE) else 0


def _worth(literals: Literals) -> float:
    """Long literals are rare, and few are found fast; nothing when they take longer than the pattern."""
    shortest = min(map(len, literals), default=0)
    return max(0, min(shortest, 5) - len(literals) / 20) if shortest and len(literals) <= _MOST_HELPFUL else 0


def _fewer(literals: Literals) -> Literals:
    """Fewer literals, one of which is wherever one of these is: annex, Annex, Annexes -> nnex."""
    heads = _heads(literals)
    tails = Counter(head[1:] for head in heads if len(head) > 3)
    cut = {head[1:] if tails[head[1:]] > 1 else head for head in heads}
    return frozenset(one for one in cut if not any(other in one for other in cut if other != one))


def _heads(literals: Literals) -> Literals:
    """Fewer literals, with one of which each of these begins: cooperates, cooperating -> cooperat."""
    alike: dict[str, list[str]] = defaultdict(list)
    for literal in literals:
        alike[literal[:5]].append(literal)
    cut = {"".join(c[0] for c in takewhile(_same, zip(*group, strict=False))) for group in alike.values()}
    return frozenset(one for one in cut if not any(one.startswith(other) for other in cut if other != one))


def _same(characters: tuple[str, ...]) -> bool:
    return len(set(characters)) == 1


def _needed_by(item: Item, how: _Reading) -> Literals:
    """What every text has in which an item matches."""
    kind, value = item
    if kind is op.SUBPATTERN and not (value[1] or value[2]):
        return _needed(value[3], how)
    if kind is op.ATOMIC_GROUP:
        return _needed(value, how)
    if kind in _REPEATS:
        return _needed(list(value[2]) * min(value[0], 4), how)
    if kind is op.BRANCH:
        found = _union([_needed(branch, how) for branch in value[1]])
        return found if how.words else _fewer(found)
    return UNKNOWN


def _starts(items: Items, how: _Reading) -> Literals:
    """What the first items of a sequence spell, as far as they do; an empty literal when nothing is known."""
    run = NOTHING
    for item in items:
        longer = _joined(run, _spelled_by(item, how))
        if not longer:
            return _joined(run, _starts_of(item, how)) or run
        run = longer
    return run


def _starts_of(item: Item, how: _Reading) -> Literals:
    kind, value = item
    if kind is op.SUBPATTERN and not (value[1] or value[2]):
        return _starts(value[3], how)
    if kind in _REPEATS and value[0]:
        return _starts(value[2], how)
    if kind is op.BRANCH:
        return frozenset().union(*(_starts(branch, how) for branch in value[1]))
    return NOTHING


def _spelled(items: Items, how: _Reading) -> Literals:
    """All strings that a sequence can match, when they are few."""
    return reduce(_joined, (_spelled_by(item, how) for item in items), NOTHING)


def _spelled_by(item: Item, how: _Reading) -> Literals:
    """All strings that an item can match, when they are few."""
    kind, value = item
    if how.words and _is_edge(item):
        return _EDGES
    if kind is op.LITERAL:
        return _character(value, how)
    if kind is op.IN:
        return _class(value, how)
    if kind in _ZERO_WIDTH:
        return NOTHING
    if kind is op.SUBPATTERN and not (value[1] or value[2]):
        return _spelled(value[3], how)
    if kind is op.BRANCH:
        return _union([_spelled(branch, how) for branch in value[1]])
    if how.words and kind in _REPEATS and value[0] and len(value[2]) == 1 and _is_edge(value[2][0]):
        return _EDGES
    if kind in _REPEATS and value[1] == 1:
        return _union([_spelled(value[2], how), NOTHING] if value[0] == 0 else [_spelled(value[2], how)])
    return UNKNOWN


def _is_edge(item: Item) -> bool:
    """Whether an item says that no word goes on there: a boundary, a space or digit, no letter before or behind."""
    kind, value = item
    if kind is op.ASSERT_NOT and len(value[1]) == 1:
        inner, parts = value[1][0]
        return inner is op.IN and _WORD_CHARACTER in parts and parts[0][0] is not op.NEGATE
    return (kind is op.AT and value is op.AT_BOUNDARY) or (kind is op.IN and value in _NO_LETTER)


def _class(parts: Items, how: _Reading) -> Literals:
    """The characters of a class such as [Aa] or [1-9]; unknown where there are many."""
    codes: list[int] = []
    for kind, value in parts:
        first, last = (value, value) if kind is op.LITERAL else value if kind is op.RANGE else (0, _MOST_OF_CLASS)
        codes.extend(range(first, min(last, first + _MOST_OF_CLASS) + 1))
    return _union([_character(code, how) for code in codes]) if len(codes) <= _MOST_OF_CLASS else UNKNOWN


def _character(code: int, how: _Reading) -> Literals:
    """One character; in any case those of ASCII, which the reader folds."""
    if not how.any_case:
        return frozenset([chr(code)])
    if how.words and code > 127 and not words_of(chr(code)):
        return _EDGES
    return frozenset([chr(code).lower()]) if code < 128 else UNKNOWN


def _joined(first: Literals, second: Literals) -> Literals:
    return frozenset(a + b for a in first for b in second) if len(first) * len(second) <= _MOST else UNKNOWN


def _union(sets: list[Literals]) -> Literals:
    """All together; unknown when one of them is."""
    return frozenset().union(*sets) if all(sets) else UNKNOWN
