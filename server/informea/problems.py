"""What goes wrong in the feed, as OData clients read it."""


class ODataError(Exception):
    """Status and one sentence that names the value at fault."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message
