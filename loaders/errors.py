"""What a loader raises when a document cannot be read."""

from graph.errors import DataError


class LoadError(DataError):
    """One document cannot be loaded; the message names its file and why. The other documents still load."""
