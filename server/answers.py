"""From a finished result to an HTTP answer: entity tag and compression."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import brotli
from flask import Response, request

from server.evaluation.pool import Answer, Job
from server.media import EXTENSIONS, content_type

SMALL = 1_000_000  # bytes: answers up to here are sent in one piece and may be remembered
WORTH_COMPRESSING = 1_000
CHUNK = 65_536
GZIP = 16 + zlib.MAX_WBITS
ENCODINGS = ("br", "gzip")
BROTLI_QUALITY = 4
COMPRESSED = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"}


@dataclass(frozen=True)
class Body:
    """A complete answer as it goes over the wire."""

    data: bytes
    media: str
    tag: str
    encoding: str = "identity"


def entity_tag(version: str, job: Job, encoding: str) -> str:
    """The same for the same query on the same data in the same format and encoding."""
    parts = (version, job.query, job.solutions, job.graph, job.default, job.named, encoding)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def accepted_encoding() -> str:
    """`br`, `gzip` or `identity`, by what the client likes best."""
    accepted = request.accept_encodings
    return max(ENCODINGS, key=accepted.quality) if any(accepted.quality(name) for name in ENCODINGS) else "identity"


def answer_bytes(body: Body) -> Response:
    """A complete answer."""
    response = Response(body.data, content_type=content_type(body.media))
    finish_headers(response, body.media, body.encoding, body.tag)
    return response


def answer_file(answer: Answer, tag: str, encoding: str) -> tuple[Response, Body | None]:
    """The response, and its body when it is small enough to be remembered."""
    if answer.size <= SMALL:
        with answer.file as file:
            data = file.read()
        encoding = encoding if answer.size > WORTH_COMPRESSING else "identity"
        body = Body(b"".join(encoded([data], encoding)), answer.media, tag, encoding)
        return answer_bytes(body), body
    response = Response(encoded(read_chunks(answer.file), encoding), direct_passthrough=True)
    response.call_on_close(answer.file.close)
    response.content_type = content_type(answer.media)
    if encoding == "identity":
        response.content_length = answer.size
    finish_headers(response, answer.media, encoding, tag)
    return response, None


def finish_headers(response: Response, media: str, encoding: str, tag: str) -> None:
    """Entity tag, encoding and a file name for those who save it."""
    if encoding != "identity":
        response.content_encoding = encoding
    if tag:
        response.set_etag(tag, weak=True)  # equal in meaning: prefixes come in any order
        response.cache_control.no_cache = True
    else:
        response.cache_control.no_store = True
    response.headers["Content-Disposition"] = f'inline; filename="result.{EXTENSIONS.get(media, "txt")}"'
    response.vary.update(("Accept", "Accept-Encoding"))


def read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces."""
    while chunk := file.read(CHUNK):
        yield chunk


def encoded(chunks: Iterable[bytes], encoding: str) -> Iterable[bytes]:
    """The same in this content encoding."""
    match encoding:
        case "br":
            packer = brotli.Compressor(quality=BROTLI_QUALITY)
            return packed(chunks, packer.process, packer.finish)
        case "gzip":
            stream = zlib.compressobj(5, zlib.DEFLATED, GZIP)
            return packed(chunks, stream.compress, stream.flush)
    return chunks


def packed(chunks: Iterable[bytes], pack: Callable[[bytes], bytes], finish: Callable[[], bytes]) -> Iterator[bytes]:
    """What comes out of a compressor, as it comes."""
    for chunk in chunks:
        if piece := pack(chunk):
            yield piece
    yield finish()


def compress(response: Response) -> Response:
    """A page, a style sheet or a script in the encoding that the client likes best."""
    if response.mimetype not in COMPRESSED or response.content_encoding or response.status_code in (206, 304):
        return response
    encoding = accepted_encoding()
    response.vary.add("Accept-Encoding")
    if encoding != "identity" and (response.content_length or 0) > WORTH_COMPRESSING and request.method != "HEAD":
        response.direct_passthrough = False
        response.set_data(b"".join(encoded([response.get_data()], encoding)))
        response.content_encoding = encoding
        if "ETag" in response.headers:
            response.set_etag(str(response.get_etag()[0]), weak=True)
    return response
