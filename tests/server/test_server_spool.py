"""Where results go: short ones along with the reply, long ones into the file, none beyond the caps."""

import tempfile
from collections.abc import Iterator
from typing import IO

import pytest

from server.evaluation.spool import CapError, Spool


@pytest.fixture
def file() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as opened:
        yield opened


def content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


@pytest.mark.parametrize(
    ("chunks", "held", "filed"),
    [
        ([], b"", b""),
        ([b"abc", b"de"], b"abcde", b""),
        ([b"abc", b"def"], b"", b"abcdef"),
        ([b"abcdefgh"], b"", b"abcdefgh"),
        ([b"abc", b"def", b"g"], b"", b"abcdefg"),
    ],
)
def test_what_fits_is_held_and_all_else_filed(file: IO[bytes], chunks: list[bytes], held: bytes, filed: bytes) -> None:
    spool = Spool(file.fileno(), max_bytes=100, hold=5)
    assert [spool.write(chunk) for chunk in chunks] == [len(chunk) for chunk in chunks]
    assert (spool.held, content(file)) == (held, filed)


def test_too_many_bytes(file: IO[bytes]) -> None:
    spool = Spool(file.fileno(), max_bytes=5)
    spool.write(b"abcde")
    with pytest.raises(CapError, match="bytes"):
        spool.write(b"f")


@pytest.mark.parametrize("chunks", [[b"a\r\nb\r\nc\r\n"], [b"a\r", b"\nb\r", b"\nc\r", b"\n"]])
def test_too_many_rows_however_they_come(file: IO[bytes], chunks: list[bytes]) -> None:
    Spool(file.fileno(), max_bytes=100, max_rows=3, mark=b"\r\n").write(b"".join(chunks))
    spool = Spool(file.fileno(), max_bytes=100, max_rows=2, mark=b"\r\n")
    with pytest.raises(CapError, match="rows"):
        [spool.write(chunk) for chunk in chunks]
