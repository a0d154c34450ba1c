"""Web captures: every page with its address and time, and no damage that costs more than itself."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import random
import zipfile
from pathlib import Path

import pytest

from whence.ingest import Limits, Taken, gather, warc
from whence.ingest.values import Allowance, Member
from whence.terms import Refused

ALLOWED = Allowance(20_000_000, 1 << 40, 1 << 40)
DAMAGES = int(os.environ.get("WHENCE_DAMAGES", "60"))


def page(number: int) -> bytes:
    words = f"<p>Barge {number} left Sallow Hook at dawn, the pilot said.</p>" * (1 + number % 7)
    return f"<html><body><h1>Notice {number}</h1>{words}</body></html>".encode()


def digest(raw: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(raw, usedforsecurity=False).digest()).decode()


def record(body: bytes, number: int, kind: str = "response", more: str = "") -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://hook.example/{number}\r\n"
        f"WARC-Date: 2031-05-04T10:00:{number % 60:02}Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n{more}"
        f"WARC-Block-Digest: {digest(block)}\r\nWARC-Payload-Digest: {digest(body)}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def found(raw: bytes) -> list[tuple[Member, bytes]]:
    return list(warc.pages(io.BytesIO(raw), ALLOWED))


def taken(path: Path) -> list[Taken]:
    return [each for each in gather([path]) if isinstance(each, Taken)]


def codes(path: Path) -> list[str]:
    return [each.code for each in gather([path]) if isinstance(each, Refused)]


def write(folder: Path, name: str, raw: bytes) -> Path:
    (folder / name).write_bytes(raw)
    return folder / name


def test_a_page_keeps_the_address_and_the_time_it_was_captured_at(tmp_path: Path) -> None:
    (got,) = taken(write(tmp_path, "hook.warc.gz", gzip.compress(record(page(3), 3))))
    assert got.document.address == "https://hook.example/3"
    assert got.document.retrieved == "2031-05-04T10:00:03+00:00"
    assert got.document.text.startswith("Notice 3\n\nBarge 3 left")
    assert got.raw == page(3)
    assert got.document.within is not None and got.document.within.container == "hook.warc.gz"


def test_what_is_no_page_is_counted_and_named_in_one_line(tmp_path: Path) -> None:
    request = record(page(4), 4, "request")
    path = write(tmp_path, "a.warc", record(page(1), 1) + request + record(page(5), 5))
    assert len(taken(path)) == 2
    (rest,) = [each for each in gather([path]) if isinstance(each, Refused)]
    assert (rest.code, rest.reason) == (
        "skipped",
        "1 records are no pages and were passed over: 1 request",
    )


def test_a_page_whose_words_do_not_fit_its_digest_says_so(tmp_path: Path) -> None:
    raw = record(page(1), 1).replace(b"at dawn", b"at dusk", 1)
    (got,) = taken(write(tmp_path, "a.warc", raw))
    assert got.remarks == ("checksum",)


def test_a_capture_of_an_unchanged_page_needs_its_original(tmp_path: Path) -> None:
    again = record(b"", 1, "revisit", "WARC-Refers-To-Target-URI: https://hook.example/1\r\n")
    assert codes(write(tmp_path, "whole.warc", record(page(1), 1) + again)) == ["skipped"]
    assert codes(write(tmp_path, "lone.warc", record(page(2), 2) + again)) == ["missing-original"]


def test_a_record_that_lies_about_its_length_costs_itself_alone(tmp_path: Path) -> None:
    whole = [record(page(each), each) for each in range(3)]
    length = str(len(whole[1].partition(b"\r\n\r\n")[2]) - 4).encode()
    for lie in (b"7", b"99999999", b"9" * 14, b"-5", b"x"):
        bad = whole[1].replace(b"Content-Length: " + length, b"Content-Length: " + lie)
        assert bad != whole[1]
        path = write(tmp_path, "a.warc", whole[0] + bad + whole[2])
        assert [each.raw for each in taken(path)] == [page(0), page(2)], lie
        assert len(codes(path)) == 1, lie


def test_a_packed_archive_is_held_to_its_list_of_digests(tmp_path: Path) -> None:
    capture = gzip.compress(record(page(1), 1)) + gzip.compress(record(page(2), 2))
    for said, expected in ((hashlib.sha256(capture).hexdigest(), []), ("0" * 64, ["checksum"])):
        listed = {"resources": [{"path": "archive/data.warc.gz", "hash": f"sha256:{said}"}]}
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
            packed.writestr("archive/data.warc.gz", capture)
            packed.writestr("datapackage.json", json.dumps(listed))
        assert len(taken(tmp_path / "a.wacz")) == 2
        assert codes(tmp_path / "a.wacz") == expected


def test_a_damaged_capture_in_a_packed_archive_costs_its_one_record(tmp_path: Path) -> None:
    capture = b"".join(record(page(each), each) for each in range(3))
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
        packed.writestr("archive/data.warc", capture)
    raw = (tmp_path / "a.wacz").read_bytes()
    path = write(tmp_path, "b.wacz", raw.replace(b"Barge 1 left", b"Barge 1 lost", 1))
    assert [
        (each.raw == page(each_number), each.remarks)
        for each_number, each in enumerate(taken(path))
    ] == [
        (True, ()),
        (False, ("checksum",)),
        (True, ()),
    ]
    assert codes(path) == ["checksum"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_capture_of_any_length_is_read_piece_by_piece(tmp_path: Path, name: str) -> None:
    pieces = [record(page(each), each) for each in range(40)]
    packed = b"".join(gzip.compress(each) for each in pieces)
    path = write(tmp_path, name, packed if name.endswith(".gz") else b"".join(pieces))
    limits = Limits(size=3_000)
    assert path.stat().st_size > limits.size
    got = [each for each in gather([path], limits) if isinstance(each, Taken)]
    assert [each.raw for each in got] == [page(each) for each in range(40)]


def damaged(raw: bytes, chance: random.Random) -> tuple[bytes, int, int]:
    """The bytes with one damage, and the stretch of the original that it touched."""
    at = chance.randrange(len(raw))
    size = chance.choice((1, 1, 2, 5, 40, 300))
    end = min(at + size, len(raw))
    kind = chance.choice(("flip", "zero", "delete", "insert", "noise", "cut"))
    if kind == "flip":
        return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :], at, at + 1
    if kind == "zero":
        return raw[:at] + bytes(end - at) + raw[end:], at, end
    if kind == "delete":
        return raw[:at] + raw[end:], at, end
    if kind == "insert":
        return raw[:at] + chance.randbytes(size) + raw[at:], at, at + 1
    if kind == "noise":
        return raw[:at] + chance.randbytes(end - at) + raw[end:], at, end
    return raw[:at], at, len(raw)


@pytest.mark.parametrize("packed", [False, True])
def test_one_damage_costs_no_other_record_and_is_never_silent(packed: bool) -> None:
    plain = [record(page(each), each) for each in range(12)]
    pieces = [gzip.compress(each, 6, mtime=0) for each in plain] if packed else plain
    starts = [sum(map(len, pieces[:each])) for each in range(len(pieces) + 1)]
    raw = b"".join(pieces)
    for seed in range(DAMAGES):
        broken, first, last = damaged(raw, random.Random(f"{seed} {packed}"))
        got = found(broken)
        read = [each for member, each in got if member.code is None]
        untouched = [
            page(each)
            for each in range(len(pieces))
            if starts[each + 1] <= first or starts[each] >= last
        ]
        lost = [each for each in untouched if each not in read]
        assert not lost, f"seed {seed}: undamaged records were not read"
        told = any(member.code not in (None, "skipped") or member.remarks for member, _ in got)
        whole = [page(each) for each in range(len(pieces))]
        kept = all(each in read for each in whole) and all(each in whole for each in read)
        at_edge = len(broken) in starts and broken == raw[: len(broken)]
        assert told or kept or at_edge, f"seed {seed}: a loss was not reported"
