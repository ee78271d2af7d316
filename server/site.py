"""The pages around the endpoint: home and the example queries."""

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from graph.terms import MEA
from server.context import services
from server.discovery.description import statistics
from server.examples import Example
from server.memo import of_one_version
from server.vocabulary import Vocabulary, vocabulary

bp = Blueprint("site", __name__)

COUNTED = (
    ("Document", "documents"),
    ("TextUnit", "paragraphs and other places"),
    ("Decision", "decisions and resolutions"),
    ("OperativeAct", "operative acts"),
    ("Activity", "activities"),
    ("Organization", "organizations"),
    ("Treaty", "treaties"),
)


@bp.route("/")
@of_one_version
def home() -> str:
    """What this is, how much of it there is, and the first question to ask."""
    numbers = statistics()
    found = [(count_class(MEA[name].value, numbers.classes, vocabulary()), words) for name, words in COUNTED]
    examples = list(services().examples.values())
    return render_template(
        "home.html",
        counts=[line for line in found if line[0]],
        triples=numbers.triples,
        version=services().pool.version,
        first=examples[0] if examples else None,
        examples=examples,
    )


def count_class(iri: str, counted: dict[str, int], words: Vocabulary) -> int:
    """How many things are of this class: as stated, or as their narrower classes say when the graph leaves it out."""
    return max(counted.get(iri, 0), sum(count_class(below, counted, words) for below in words.narrower(iri)))


@bp.route("/queries")
def queries() -> str:
    """All examples, or those with one keyword."""
    keyword = request.args.get("keyword", "")
    examples = list(services().examples.values())
    shown = [e for e in examples if not keyword or keyword in e.keywords]
    keywords = sorted({k for e in examples for k in e.keywords}, key=str.lower)
    return render_template("queries.html", examples=shown, keywords=keywords, keyword=keyword)


@bp.route("/queries/<name>")
def query(name: str) -> str | Response:
    """One example; its bare text with `?format=rq`."""
    example = find_example(name)
    if request.args.get("format") == "rq":
        return Response(example.text, content_type="application/sparql-query; charset=utf-8")
    return render_template("query.html", example=example)


def find_example(name: str) -> Example:
    """The example of this name, else 404."""
    try:
        return services().examples[name]
    except KeyError:
        raise NotFound(f"There is no example query {name!r}.") from None
