"""Whatever a file holds: it loads or is refused with a LoadError, and what is found in it hangs together."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.registry import Registry
from loaders import plaintext
from loaders.analysis import Analyst
from loaders.document import DocumentInfo
from loaders.errors import LoadError
from loaders.structure import structure
from loaders.triples import document_quads

PIECES = st.sampled_from(
    """1. Requests the secretariat to report on article 14 by 30 June 2024;
2. The Conference of the Parties, at its fifth meeting, decided to …
12. A number out of order
(a) To hold a workshop with UNEP in May 2023;
(i) A nested point
(i)
A. Heading
I. Introduction
II. Work
Annex
Annex II
ANNEX: Terms
Appendix A
Draft decision MC-6/[--]: Something
MC-5/12: Something
5/7. Sound management
Decision
The Conference of the Parties,
Recalling decision IX/10 and resolution 5/3,
Dear Chair,
Yours sincerely,
Jane Example
Executive Secretary
# Foreword
## 1.1 Section
# 1
- a bullet of the Partnership
* starred
** twice starred
<sup>1</sup> A footnote
¹ Another footnote
A word with a marker² and one flattened3.
Contents ........ 3
---
**Bold I.****A. Glued**
Mr. Peter Example (Norway), Chair of the Committee, gave $2 million (US$ 3.5) to WHO.
both secretariats and the secretariats of the Basel, Rotterdam and Stockholm conventions
articles 14 to 3, paragraphs (b) of article 4.5, Annexes A to I, part XII of Annex Z
UNEP/FAO/RC/COP.9/INF/3–UNEP/POPS/COP.9/INF/4 and decisions MC-9/9 to 9/2
“Title” on 31 February 2021; “Another title” on 5 May 2020
COP-99, the ninety-ninth meeting, its 0th session, PAG-0, UNEA-5
\u00ad\u200b\ufeff [](x) ![]() ** __ <sup></sup> &nbsp; &#0;
٣. عربى 中文 Ünïcödé 𝔘𝔫𝔦""".splitlines()
)
GLUE = st.sampled_from(["\n", "\n\n", " ", "\n\n\n", "\t"])
TEXTS = st.lists(st.tuples(PIECES, GLUE), min_size=1, max_size=14).map(lambda pairs: "".join(p + g for p, g in pairs))
FACTS = st.sampled_from([{}, {"meeting": "minamata-cop-5"}, {"meeting": "unea-5"}, {"publisher": "brs-secretariat"}])


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS, facts=FACTS)
@example(text="(i)", facts={})
@example(text="Annex\n\nAnnex\n\n1. One\n\n1. One", facts={})
@example(text="Decision MC-9/1\n\nThe Parties,\n\nNotıng the ſecond meeting,\n\n1. INVİTES UNEP to act.", facts={})
def test_any_text_loads_or_is_refused(text: str, facts: dict[str, str], analyst: Analyst, registry: Registry) -> None:
    try:
        document = structure(DocumentInfo("a.txt", "a", **facts), plaintext.read_bytes(text.encode(), "a.txt"))
    except LoadError as error:
        assert str(error).startswith("a.txt: ")
        return
    analysis = analyst.analyse(document)
    paths = [unit.path for unit in document.units]
    assert len(set(paths)) == len(paths)
    assert {unit.parent for unit in document.units} <= {*paths, "", *(i.path for i in document.instruments)}
    assert {unit.note_of for unit in document.units} <= {*paths, ""}
    for unit in document.units:
        for mention in analysis.mentions[unit.path]:
            assert 0 <= mention.start < mention.end <= len(unit.text)
    assert document_quads(analysis, registry) == document_quads(analysis, registry)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(content=st.binary(max_size=200))
@example(content=b"\xef\xbb\xbf")
@example(content=b"\xff\xfe\x00")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        blocks = plaintext.read_bytes(content, "a.txt")
    except LoadError as error:
        assert str(error).startswith("a.txt: ")
        return
    assert all(block.text.strip() for block in blocks)
