"""The reading process: bytes come in, text goes out; whatever breaks, breaks here."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from typing import IO, BinaryIO

import msgspec

from whence.ingest import archive, book, decode, feed, jsonl, mail, odd, page, pdf, wacz, warc, word
from whence.ingest.border import exactly, receive, send
from whence.ingest.values import Allowance, Member, Parts, Refusal, Reply, Request

_request = msgspec.msgpack.Decoder(Request)
_CPU = 20  # seconds of one file or part; the wall clock is watched from outside
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork",
              "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
              "urllib.", "ftplib.", "smtplib.", "shutil.", "webbrowser.")  # fmt: skip


def main(memory: int) -> None:
    """Answer requests until the parent hangs up."""
    limits = _limited(memory)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sink.write(b"+")
    sink.flush()
    while True:
        try:
            request = _request.decode(receive(source))
            raw = exactly(source, request.size)
        except EOFError:
            return
        limits()
        if request.allowance is not None:
            _send_parts(sink, unpacked(request.kind, io.BytesIO(raw), request.allowance), limits)
        else:
            send(sink, msgspec.msgpack.encode(answer(request.kind, raw, request.charset)))
            sink.flush()


def unpack_file(memory: int, kind: str, one: int, whole: int, count: int) -> None:
    """Send the parts of the container that is our standard input."""
    limits = _limited(memory)
    sink = sys.stdout.buffer
    sink.write(b"+")
    sink.flush()
    limits()
    _send_parts(sink, unpacked(kind, sys.stdin.buffer, Allowance(one, whole, count)), limits)


def answer(kind: str, raw: bytes, charset: str | None = None) -> Reply:
    """The text of one file or line, or why there is none."""
    try:
        if kind == "html":
            reply = page.page(raw, charset)
        elif kind == "text":
            reply = plain(raw, charset)
        else:
            reply = READERS[kind](raw)
        said = (reply.stated.title or "", reply.stated.byline or "")
        seen = (*odd.remarks(reply.text), *(each for words in said for each in odd.remarks(words)))
        if seen:
            every = tuple(dict.fromkeys((*reply.remarks, *seen)))
            reply = msgspec.structs.replace(reply, remarks=every)
        return reply
    except Refusal as why:
        return Reply(code=why.code, reason=why.reason)
    except MemoryError:
        return Reply(code="too-large", reason="reading it takes more memory than is allowed")


def unpacked(kind: str, source: BinaryIO, allowance: Allowance) -> Parts:
    """The parts of one container; the last answer says whether all of them came."""
    try:
        yield from CONTAINERS[kind](source, allowance)
    except Refusal as why:
        yield Member(last=True, code=why.code, reason=why.reason), b""
    except MemoryError:
        reason = "unpacking it takes more memory than is allowed"
        yield Member(last=True, code="too-large", reason=reason), b""
    else:
        yield Member(last=True), b""


def _send_parts(sink: IO[bytes], parts: Parts, limits: Callable[[], None]) -> None:
    for member, raw in parts:
        reply = answer("item", raw) if member.kind == "item" else None  # short, and many
        whole = msgspec.structs.replace(member, size=len(raw), reply=reply)
        send(sink, msgspec.msgpack.encode(whole))
        sink.write(raw)
        sink.flush()
        limits()


def plain(raw: bytes, charset: str | None = None) -> Reply:
    """The text of a plain text file, exactly as it stands."""
    got = decode.decoded(raw, charset)
    decode.readable(got.text)
    return Reply(text=got.text, remarks=got.remarks, encoding=got.encoding)


def markdown(raw: bytes) -> Reply:
    """The text of a Markdown file, exactly as it stands."""
    return msgspec.structs.replace(plain(raw), media_type="text/markdown")


READERS: dict[str, Callable[[bytes], Reply]] = {
    "text": plain,
    "markdown": markdown,
    "html": page.page,
    "line": jsonl.line,
    "mail": mail.mail,
    "item": feed.item,
    "pdf": pdf.pdf,
    "docx": word.docx,
    "odt": word.odt,
    "epub": book.epub,
}
CONTAINERS: dict[str, Callable[[BinaryIO, Allowance], Parts]] = {
    "zip": archive.unzipped,
    "tar": archive.untarred,
    "gz": archive.inflated,
    "mail": mail.attachments,
    "mbox": mail.mbox,
    "feed": feed.items,
    "warc": warc.pages,
    "wacz": wacz.pages,
}


def _limited(memory: int) -> Callable[[], None]:
    """Set the limits of this process; gives what renews the processor time for each file."""
    sys.dont_write_bytecode = True
    sys.addaudithook(_forbid)
    try:
        import resource
    except ImportError:  # Windows has no such limits; the wall clock still holds
        return lambda: None
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def renew() -> None:
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(time.process_time()) + _CPU, resource.RLIM_INFINITY)
        )

    return renew


def _forbid(event: str, details: tuple[object, ...]) -> None:
    """Stop a parser that tries to reach the network, start a program or change a file."""
    if event == "open" and isinstance(details[1], str) and details[1].strip("rbt") != "":
        raise PermissionError(f"a parser may not write: {event}")
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a parser may not do this: {event}")
