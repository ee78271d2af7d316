"""What was fetched so far, in one file: an interrupted harvest goes on, and a repeated one asks only for changes."""

import sqlite3
from pathlib import Path

from loaders.informea.fetching import FeedError, Fetcher

TABLE = """CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, media TEXT NOT NULL, body BLOB NOT NULL,
    fresh INTEGER NOT NULL)"""
FIND = "SELECT etag, modified, media, body, fresh FROM pages WHERE url = ?"


class State:
    """The pages of a feed by their address. A page is fresh until the harvest it was fetched in is finished."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.pages = sqlite3.connect(path, isolation_level=None)
            self.pages.execute(TABLE)
        except (OSError, sqlite3.Error) as error:
            raise FeedError(f"{path}: the state of the harvest cannot be kept: {error}") from error
        self.reused = 0

    def fetch(self, fetcher: Fetcher, url: str) -> tuple[bytes, str]:
        """Body and media type: from this file when fresh, or unchanged since; else from the feed."""
        row = self.pages.execute(
            "SELECT etag, modified, media, body, fresh FROM pages WHERE url = ?", (url,)
        ).fetchone()
        etag, modified, media, body, fresh = row or ("", "", "", b"", False)
        if fresh:
            self.reused += 1
            return body, media
        answer = fetcher.get(url, etag, modified)
        if answer.body is None:
            self.reused += 1
            self.pages.execute("UPDATE pages SET fresh = 1 WHERE url = ?", (url,))
            return body, media
        values = (url, answer.etag, answer.modified, answer.media, answer.body)
        self.pages.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, 1)", values)
        return answer.body, answer.media

    def forget(self, url: str) -> None:
        """The page cannot be read; ask again next time."""
        self.pages.execute("DELETE FROM pages WHERE url = ?", (url,))

    def finish(self) -> None:
        """The next harvest asks whether each page has changed."""
        self.pages.execute("UPDATE pages SET fresh = 0")

    def close(self) -> None:
        """The file stays."""
        self.pages.close()
