"""Questions that the published graph must answer, whatever becomes of the loaders: each with rows and a wrong row."""

from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from graph import nquads
from graph.checks_queries import CompetencyQuery, query_findings, read_query, rows

PUBLISHED = Path(__file__).parents[2] / "graph" / "published"
QUESTIONS = [read_query(path, path.name) for path in sorted((Path(__file__).parent / "competency").glob("*.rq"))]


@pytest.fixture(scope="module")
def published() -> Store:
    """The published graph, all statements in the default graph."""
    store = Store()
    store.extend(Quad(*quad.triple) for path in sorted(PUBLISHED.glob("*.nq")) for quad in nquads.read(path))
    return store


def test_there_are_forty_different_questions() -> None:
    assert len({question.question for question in QUESTIONS}) == len(QUESTIONS) >= 40


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.file.removesuffix(".rq"))
def test_the_graph_answers(question: CompetencyQuery, published: Store) -> None:
    assert [finding.text for finding in query_findings(question, published)] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.file.removesuffix(".rq"))
def test_the_expectations_are_rows_of_the_question(question: CompetencyQuery, published: Store) -> None:
    assert question.question.endswith("?")
    expected = {len(row) for _, row in (*question.returns, *question.never)}
    assert question.returns and question.never
    assert {len(row) for row in rows(published, question.text)} == expected
