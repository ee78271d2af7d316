"""Where the sentences of a text begin and end."""

from functools import lru_cache

from loaders.triggers import Regex

_NO_TITLE = r"(?<!\bM[rs]\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bProf\.)(?<!\bSt\.)"
_GAP = Regex(rf"[.;?!](?:(?<=[a-z0-9)”\"’].)|(?<=[A-Z]{{3}}.)){_NO_TITLE}(?<!\bNo\.)(?<!\bvs\.)\s+(?=[A-Z“\"])")
_ANY_GAP = Regex(rf"[.;]{_NO_TITLE}\s+(?=[A-Z])")
_LONGEST = 4000  # characters


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends; what is longer than any sentence is cut, so that it is read in time."""
    gaps = [match.span() for match in _GAP.finditer(text)]
    spans = zip([0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)], strict=True)
    return tuple(
        (at, min(at + _LONGEST, end)) for begin, end in spans for at in range(begin, max(end, begin + 1), _LONGEST)
    )


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Where the sentence begins and ends that a place is in, or that follows it; at the end of the text the last."""
    spans = sentences(text)
    return next((span for span in spans if at < span[1]), spans[-1])


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends, ended by abbreviations, too: no name stands across them."""
    begin = max((m.end() for m in _ANY_GAP.finditer(text, 0, at)), default=0)
    match = _ANY_GAP.search(text, at)
    return begin, match.start() if match else len(text)
