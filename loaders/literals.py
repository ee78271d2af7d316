"""What a regular expression needs: literals of which every match holds one, or with one of which every match begins.

Read off the pattern as Python's own parser sees it. What is not known to be needed is left out, so that a pattern of
which too little is understood has none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import reduce
from itertools import takewhile
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Literals = frozenset[str]
Item = tuple[Any, Any]
Items = Iterable[Item]

UNKNOWN: Literals = frozenset()
NOTHING: Literals = frozenset([""])
_MOST = 60  # strings kept while a pattern is read
_MOST_HELPFUL = 24  # literals beyond which running the pattern is as fast
_ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def needed(pattern: str, flags: int = 0) -> Literals:
    """Literals of which every match of a pattern holds at least one, small for IGNORECASE; none when not known."""
    parsed = _parser.parse(pattern, flags)
    return _needed(parsed, bool(parsed.state.flags & re.IGNORECASE))


def starts(pattern: str, flags: int = 0) -> Literals:
    """Literals with one of which every match of a pattern begins, small for IGNORECASE; none when not known."""
    parsed = _parser.parse(pattern, flags)
    found = _starts(parsed, bool(parsed.state.flags & re.IGNORECASE))
    return UNKNOWN if "" in found else _heads(found)


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


def _starts(items: Items, any_case: bool) -> Literals:
    """What the first items of a sequence spell, as far as they do; an empty literal when nothing is known."""
    run = NOTHING
    for item in items:
        longer = _joined(run, _spelled_by(item, any_case))
        if not longer:
            return _joined(run, _starts_of(item, any_case)) or run
        run = longer
    return run


def _starts_of(item: Item, any_case: bool) -> Literals:
    kind, value = item
    if kind is op.SUBPATTERN and not (value[1] or value[2]):
        return _starts(value[3], any_case)
    if kind in _REPEATS and value[0]:
        return _starts(value[2], any_case)
    if kind is op.BRANCH:
        return frozenset().union(*(_starts(branch, any_case) for branch in value[1]))
    return NOTHING


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
    """One character; in any case those of ASCII, which the reader folds."""
    if not any_case:
        return frozenset([chr(code)])
    return frozenset([chr(code).lower()]) if code < 128 else UNKNOWN


def _joined(first: Literals, second: Literals) -> Literals:
    return frozenset(a + b for a in first for b in second) if len(first) * len(second) <= _MOST else UNKNOWN


def _union(sets: list[Literals]) -> Literals:
    """All together; unknown when one of them is."""
    return frozenset().union(*sets) if all(sets) else UNKNOWN
