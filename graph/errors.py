"""Every error that meagraph raises on purpose.

    MeagraphError
    ├── DataError         the data is at fault (exit status 1)
    │   ├── AuthorityError    a reviewed file breaks its schema or refers to nothing
    │   ├── ViolationError    a graph does not conform to the shapes
    │   └── StoreError        a store directory or a graph file cannot be read
    │       └── StaleError        another version was published while this one was made
    └── UsageError        the call is at fault (exit status 2)

The loaders add `LoadError` (a document cannot be read) below `DataError`.
"""


class MeagraphError(Exception):
    """The message names the file, line or value at fault."""


class DataError(MeagraphError):
    """The data is at fault."""


class AuthorityError(DataError):
    """A reviewed authority file breaks its schema or refers to something that does not exist."""


class ViolationError(DataError):
    """A graph does not conform to the shapes; nothing was published."""


class StoreError(DataError):
    """A store directory or a graph file is missing or unreadable."""


class StaleError(StoreError):
    """Another version was published meanwhile; nothing was published."""


class UsageError(MeagraphError):
    """The call itself is at fault: an unknown option value, a missing directory."""
