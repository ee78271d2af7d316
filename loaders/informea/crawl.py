"""Every row of a feed's entity sets, page by page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from loaders.informea.fetching import FeedError, Fetcher, Limits, RefusedError
from loaders.informea.reading import Fields, read_page
from loaders.informea.state import State

PAGE = 100
# The sets that are read, with what to expand: as the specification has it, then as some providers do.
SETS = {
    "Meetings": ("title,description", ""),
    "Documents": (
        "title,description,files,identifiers,keywords,referenceToEntities,types,authors,treaties",
        "titles,descriptions,files,identifiers,keywords,referenceToEntities,types,authors,treaties",
        "",
    ),
    "Decisions": ("title,longTitle,summary,content,keywords,files", "title,summary,content,keywords,files", ""),
}
NOT_READ = ("CountryReports", "NationalPlans")
GONE = (404, 410)


@dataclass
class Crawl:
    """The rows by set, and what was left out and why."""

    rows: dict[str, list[Fields]] = field(default_factory=dict)
    skipped: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def skip(self, name: str, key: object, reason: str) -> None:
        """Note a row that is not taken."""
        self.skipped.append({"set": name, "id": str(key)[:200], "reason": reason})


def crawl(root: str, fetcher: Fetcher, state: State, limits: Limits, progress: Callable[[str], None]) -> Crawl:
    """All rows of the sets that we have classes for; FeedError when one cannot be read to its end."""
    found = Crawl()
    for name, expansions in SETS.items():
        expand = choose_expansion(root, name, expansions, fetcher, state, found)
        found.rows[name] = [] if expand is None else read_set(root, name, expand, fetcher, state, limits, found)
        progress(f"{name}: {len(found.rows[name])} rows")
    found.notes += [f"{name}: not read, the model has no class for them" for name in NOT_READ]
    if not any(found.rows.values()):
        raise FeedError(f"{root}: there is nothing to read; " + "; ".join(found.notes))
    return found


def choose_expansion(
    root: str, name: str, expansions: tuple[str, ...], fetcher: Fetcher, state: State, found: Crawl
) -> str | None:
    """The first expansion that the server takes; None when it does not have the set."""
    refusals = []
    for expand in expansions:
        try:
            state.fetch(fetcher, page_url(root, name, expand, 0))
        except RefusedError as error:
            refusals.append(error)
            continue
        if refusals:
            found.notes.append(f"{name}: read with $expand={expand!r}, since {refusals[0]}")
        return expand
    if refusals[-1].status in GONE:
        found.notes.append(f"{name}: not offered there")
        return None
    raise refusals[0]


def page_url(root: str, name: str, expand: str, skip: int) -> str:
    """The address of a page; the order by key is the same on every day."""
    options: dict[str, Any] = {"$top": PAGE, "$skip": skip, "$orderby": "id", "$format": "json"}
    options |= {"$inlinecount": "allpages"} | ({"$expand": expand} if expand else {})
    return f"{root.rstrip('/')}/{name}?" + "&".join(
        f"{key}={quote(str(value), safe=',')}" for key, value in options.items()
    )


def read_set(
    root: str, name: str, expand: str, fetcher: Fetcher, state: State, limits: Limits, found: Crawl
) -> list[Fields]:
    """The rows of a set by their key, until a page is empty; the first of several with one key stays."""
    rows: dict[str, Fields] = {}
    announced, received = None, 0
    for _ in range(limits.pages):
        url = page_url(root, name, expand, received)
        page, count = read_rows(url, fetcher, state)
        announced = count if count is not None else announced
        if not page:
            break
        received += len(page)
        if not add_rows(name, page, rows, found):
            raise FeedError(f"{url}: the page repeats rows that came before; the server does not page")
    else:
        raise FeedError(f"{root}: {name} has more than {limits.pages:,} pages")
    if announced is not None and announced != received:
        found.notes.append(f"{name}: {announced} rows were announced, {received} came")
    return list(rows.values())


def read_rows(url: str, fetcher: Fetcher, state: State) -> tuple[list[Fields], int | None]:
    """One page; FeedError that shows how the answer begins when it is no page."""
    body, media = state.fetch(fetcher, url)
    try:
        return read_page(body)
    except (ValueError, RecursionError) as error:
        state.forget(url)
        beginning = body[:60].decode("utf-8", "replace")
        raise FeedError(f"{url}: not a page of a feed but {media} {beginning!r}: {error}") from error


def add_rows(name: str, page: list[Fields], rows: dict[str, Fields], found: Crawl) -> bool:
    """Take the rows in; whether any is new."""
    news = False
    for row in page:
        key = row.get("id")
        if not isinstance(key, str | int) or isinstance(key, bool) or not str(key).strip():
            found.skip(name, key, "it has no id")
            news = True
        elif str(key) in rows:
            found.skip(name, key, "a row with this id came before")
        else:
            rows[str(key)] = row
            news = True
    return news
