"""The expressions of `$filter`, and what is refused."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.informea.filter import DEEPEST, LONGEST, parse_filter
from server.informea.options import apply_options, read_options
from server.informea.problems import ODataError
from server.informea.schema import SETS, Row

DECISIONS = SETS["Decisions"]
ROWS = [
    Row(
        {
            "id": name,
            "number": number,
            "treaty": treaty,
            "updated": datetime(year, 5, 4, 3, 2, 1),
            "meetingId": meeting,
            "displayOrder": order,
        }
    )
    for name, number, treaty, year, meeting, order in (
        ("a", "BC-1/1", "basel", 2010, "basel-cop-1", 1),
        ("b", "MC-5/12", "minamataunep", 2023, None, 12),
        ("c", "O'Neill", "basel", 2015, "basel-cop-2", None),
        ("d", "MC-5/[--]", "minamataunep", 2023, "minamata-cop-5", 0),
    )
]


def ids(expression: str) -> str:
    """The rows that pass, as one word."""
    passes = parse_filter(expression, DECISIONS)
    return "".join(row.id for row in ROWS if passes(row))


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("treaty eq 'basel'", "ac"),
        ("treaty ne 'basel'", "bd"),
        ("'basel' eq treaty", "ac"),
        ("treaty eq 'minamata'", "bd"),  # an alias of the code
        ("number eq 'minamata'", ""),  # only for treaties
        ("number eq 'O''Neill'", "c"),
        ("updated gt datetime'2015-01-01T00:00:00'", "bcd"),
        ("updated ge datetime'2023-05-04T03:02:01'", "bd"),
        ("updated gt datetime'2023-05-04T03:02:01.000'", ""),
        ("updated le datetime'2010-05-04T03:02:01Z'", "a"),
        ("updated lt datetime'2015-06-01'", "ac"),
        ("updated lt datetime'2015-06-01T12:30'", "ac"),
        ("displayOrder gt 0", "ab"),
        ("displayOrder ge -1.5", "abd"),
        ("displayOrder lt 12L", "ad"),
        ("displayOrder eq null", "c"),
        ("meetingId ne null", "acd"),
        ("null eq meetingId", "b"),
        ("meetingId gt 'a'", "acd"),  # nothing is greater or less than null
        ("startswith(number,'MC')", "bd"),
        ("startswith(number, 'MC') eq true", "bd"),
        ("substringof('eill', number) eq false", "abd"),
        ("substringof('5/', number) and not (displayOrder eq 0)", "b"),
        ("not startswith(number, 'MC') and treaty eq 'basel'", "ac"),
        ("not treaty eq 'basel'", "bd"),
        ("not not treaty eq 'basel'", "ac"),
        ("endswith(tolower(number), 'neill')", "c"),
        ("startswith(meetingId, 'basel')", "ac"),  # null is no text
        ("length(trim(' ab ')) eq 2", "abcd"),
        ("treaty eq 'basel' or number eq 'MC-5/12' and displayOrder eq 0", "ac"),  # and before or
        ("(treaty eq 'basel' or number eq 'MC-5/12') and displayOrder eq 12", "b"),
        ("true", "abcd"),
        ("  treaty   eq\t'basel' ", "ac"),
        ("treaty eq guid'basel'", "ac"),
    ],
)
def test_filter(expression: str, found: str) -> None:
    assert ids(expression) == found


@pytest.mark.parametrize(
    "expression",
    [
        "treaty",
        "treaty eq",
        "eq 'basel'",
        "treaty = 'basel'",
        "treaty eq 'basel",
        "treaty eq basel",
        "treaty eq 1",
        "updated gt '2020-01-01'",
        "updated gt datetime'yesterday'",
        "updated gt datetime'2020-13-01T00:00:00'",
        "displayOrder eq 'x'",
        "treaty eq 'basel' and",
        "treaty eq 'basel' treaty eq 'basel'",
        "(treaty eq 'basel'",
        "treaty eq 'basel')",
        "title/value eq 'x'",
        "substringof('x')",
        "substringof(1, number)",
        "concat('a', 'b') eq 'ab'",
        "treaty and number",
        "not treaty",
        "()",
        "treaty eq 'a' eq 'b'",
        "🐟",
        "(" * (DEEPEST + 1) + "true" + ")" * (DEEPEST + 1),
        "(" * LONGEST,
        "true" + " or true" * LONGEST,
    ],
)
def test_refused(expression: str) -> None:
    with pytest.raises(ODataError) as caught:
        ids(expression)
    assert caught.value.status == 400
    assert len(caught.value.message) < 200


def test_as_deep_and_long_as_allowed() -> None:
    assert ids("(" * (DEEPEST - 1) + "true" + ")" * (DEEPEST - 1)) == "abcd"
    assert ids("not " * 500 + "true" + " and true" * 200) == "abcd"


WORDS = ["treaty", "updated", "'a'", "1", "null", "true", "datetime'2020-01-01'", "eq", "gt", "and", "or", "not"]
WORDS += ["(", ")", ",", "substringof", "length", "'", "$", "%", "é"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_whatever_comes_is_read_or_refused(words: list[str]) -> None:
    try:
        ids(" ".join(words))
    except ODataError as error:
        assert error.status == 400


@pytest.mark.parametrize(
    ("options", "found", "total"),
    [
        ({"$orderby": "updated desc,id"}, "bdca", 4),
        ({"$orderby": "updated asc"}, "acbd", 4),
        ({"$orderby": "treaty, updated desc , number asc"}, "cabd", 4),
        ({"$orderby": "displayOrder"}, "cdab", 4),  # null first
        ({"$orderby": "displayOrder desc"}, "badc", 4),
        ({"$orderby": "updated desc", "$top": "2"}, "bd", 4),
        ({"$orderby": "updated desc", "$top": "2", "$skip": "2"}, "ca", 4),
        ({"$skip": "9"}, "", 4),
        ({"$top": "0"}, "", 4),
        ({"$filter": "treaty eq 'basel'", "$top": "1"}, "a", 2),
        ({"$filter": " ", "$orderby": "", "custom": "x"}, "abcd", 4),
    ],
)
def test_order_and_pages(options: dict[str, str], found: str, total: int) -> None:
    page = apply_options(read_options(options, DECISIONS), ROWS)
    assert ("".join(row.id for row in page.rows), page.total) == (found, total)
