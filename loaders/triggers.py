"""Patterns that pass over texts in which they cannot match.

Most patterns find nothing in most paragraphs. A few literals of which every match holds one ("nnex" or "ANNEX") are
read off the pattern itself, so that whoever writes a pattern need not think of them, and the pattern is tried only on
texts that hold one: looking for a literal takes a fraction of the time. A pattern without any is always tried.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, reduce
from itertools import takewhile
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from sys import maxsize
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Literals = frozenset[str]
Item = tuple[Any, Any]
Items = Iterable[Item]

UNKNOWN: Literals = frozenset()
NOTHING: Literals = frozenset([""])
_MOST = 60
_MOST_HELPFUL = 24
_ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class Regex:
    """A compiled regular expression, less the work in vain: `search`, `finditer` and `sub` look for literals first."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        regex = re.compile(pattern, flags)
        self.regex, self.literals = regex, literals_of(pattern, flags)
        self.match: Callable[..., re.Match[str] | None] = regex.match
        self.fullmatch: Callable[..., re.Match[str] | None] = regex.fullmatch
        self.search: Callable[..., re.Match[str] | None] = regex.search
        self.finditer: Callable[..., Iterable[re.Match[str]]] = regex.finditer
        self.sub: Callable[..., str] = regex.sub
        if self.literals:
            holds = _holds_in_any_case(self.literals) if regex.flags & re.IGNORECASE else _holds(self.literals)
            self.search = _if(holds, regex.search, None)
            self.finditer = _if(holds, regex.finditer, ())
            self.sub = lambda new, text: regex.sub(new, text) if holds(text) else text


class Regexes(Generic[T]):
    """Patterns that are tried one after the other, each with what it stands for: one look at a text serves all."""

    def __init__(self, rows: Iterable[tuple[Regex, T]]) -> None:
        given = tuple(rows)
        self.rows = tuple((regex.regex, value) for regex, value in given)
        exact, in_any_case = defaultdict[str, int](int), defaultdict[str, int](int)
        for number, (regex, _) in enumerate(given):
            for literal in sorted(regex.literals):
                (in_any_case if regex.regex.flags & re.IGNORECASE else exact)[literal] |= 1 << number
        self._always = sum(1 << number for number, (regex, _) in enumerate(given) if not regex.literals)
        self._exact, self._in_any_case = tuple(exact.items()), tuple(in_any_case.items())

    def of(self, text: str) -> Sequence[tuple[re.Pattern[str], T]]:
        """The rows whose pattern may match somewhere in a text, in their order."""
        found = self._always
        for rows in [rows for literal, rows in self._exact if literal in text]:
            found |= rows
        if self._in_any_case:
            small = _folded(text)
            for rows in [rows for literal, rows in self._in_any_case if literal in small]:
                found |= rows
        return [row for number, row in enumerate(self.rows) if found >> number & 1] if found else ()


def _if(holds: Callable[[str], bool], find: Callable[..., Any], nothing: Any) -> Callable[..., Any]:
    def found(text: str, begin: int = 0, end: int = maxsize) -> Any:
        return find(text, begin, end) if holds(text) else nothing

    return found


def _holds(literals: Literals) -> Callable[[str], bool]:
    """Whether a text holds one of the literals."""
    if len(literals) == 1:
        (only,) = literals
        return lambda text: only in text
    ordered = sorted(literals)

    def holds(text: str) -> bool:
        for literal in ordered:  # noqa: SIM110 - any() takes twice as long
            if literal in text:
                return True
        return False

    return holds


def _holds_in_any_case(literals: Literals) -> Callable[[str], bool]:
    holds = _holds(literals)
    return lambda text: holds(_folded(text))


@lru_cache(maxsize=4)  # one text is tried with many patterns
def _folded(text: str) -> str:
    """The text with each character that matches a small ASCII letter in any case as that letter."""
    small = text.lower()
    return small if small.isascii() else small.replace("i̇", "i").replace("ı", "i").replace("ſ", "s")


# ---- what a pattern needs ---------------------------------------------------------------------------------------


def literals_of(pattern: str, flags: int = 0) -> Literals:
    """Literals of which every match of a pattern holds at least one, small for IGNORECASE; none when not known."""
    parsed = _parser.parse(pattern, flags)
    return _needed(parsed, bool(parsed.state.flags & re.IGNORECASE))


def _needed(items: Items, any_case: bool) -> Literals:
    """The best literals of a sequence: what a run of its items spells, or what one of them needs."""
    best, run = UNKNOWN, NOTHING
    for item in items:
        spelled = _spelled_by(item, any_case)
        longer = _joined(run, spelled)
        if not longer:
            best = max(best, _fewer(run), _needed_by(item, any_case), key=_worth)
        run = longer or spelled or NOTHING
    best = max(best, _fewer(run), key=_worth)
    return best if _worth(best) else UNKNOWN


def _worth(literals: Literals) -> float:
    """Long literals are rare, and few are found fast; nothing when they take longer than the pattern."""
    shortest = min(map(len, literals), default=0)
    return max(0, min(shortest, 5) - len(literals) / 20) if shortest and len(literals) <= _MOST_HELPFUL else 0


def _fewer(literals: Literals) -> Literals:
    """Fewer literals, one of which is wherever one of these is: annex, Annex, Annexes -> nnex."""
    shared: dict[str, list[str]] = defaultdict(list)
    for literal in literals:
        shared[literal[:5]].append(literal)
    heads = ["".join(c[0] for c in takewhile(_same, zip(*group, strict=False))) for group in shared.values()]
    tails = Counter(head[1:] for head in heads if len(head) > 3)
    cut = {head[1:] if tails[head[1:]] > 1 else head for head in heads}
    return frozenset(one for one in cut if not any(other in one for other in cut if other != one))


def _same(characters: tuple[str, ...]) -> bool:
    return len(set(characters)) == 1


def _needed_by(item: Item, any_case: bool) -> Literals:
    """What every text has in which an item matches."""
    kind, value = item
    if kind is op.SUBPATTERN and not (value[1] or value[2]):
        return _needed(value[3], any_case)
    if kind is op.ATOMIC_GROUP:
        return _needed(value, any_case)
    if kind in _REPEATS:
        return _needed(list(value[2]) * min(value[0], 4), any_case)
    if kind is op.BRANCH:
        return _fewer(_union([_needed(branch, any_case) for branch in value[1]]))
    return UNKNOWN


def _spelled(items: Items, any_case: bool) -> Literals:
    """All strings that a sequence can match, when they are few."""
    return reduce(_joined, (_spelled_by(item, any_case) for item in items), NOTHING)


def _spelled_by(item: Item, any_case: bool) -> Literals:
    """All strings that an item can match, when they are few."""
    kind, value = item
    if kind is op.LITERAL:
        return _character(value, any_case)
    if kind is op.IN:
        return _class(value, any_case)
    if kind in _ZERO_WIDTH:
        return NOTHING
    if kind is op.SUBPATTERN and not (value[1] or value[2]):
        return _spelled(value[3], any_case)
    if kind is op.BRANCH:
        return _union([_spelled(branch, any_case) for branch in value[1]])
    if kind in _REPEATS and value[1] == 1:
        return _union([_spelled(value[2], any_case), NOTHING] if value[0] == 0 else [_spelled(value[2], any_case)])
    return UNKNOWN


def _class(parts: Items, any_case: bool) -> Literals:
    """The characters of a class such as [Aa] or [1-9]; unknown where there are many."""
    codes: list[int] = []
    for kind, value in parts:
        first, last = (value, value) if kind is op.LITERAL else value if kind is op.RANGE else (0, _MOST)
        codes.extend(range(first, min(last, first + _MOST) + 1))
    return _union([_character(code, any_case) for code in codes]) if len(codes) <= _MOST / 4 else UNKNOWN


def _character(code: int, any_case: bool) -> Literals:
    """One character; in any case those of ASCII, which `_folded` folds."""
    if not any_case:
        return frozenset([chr(code)])
    return frozenset([chr(code).lower()]) if code < 128 else UNKNOWN


def _joined(first: Literals, second: Literals) -> Literals:
    return frozenset(a + b for a in first for b in second) if len(first) * len(second) <= _MOST else UNKNOWN


def _union(sets: list[Literals]) -> Literals:
    """All together; unknown when one of them is."""
    return frozenset().union(*sets) if all(sets) else UNKNOWN
