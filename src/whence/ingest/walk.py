"""Every file under the paths that were given, in an order that never changes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from whence.ingest.values import Refusal
from whence.terms import Refused

DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file to read, the name it is shown by, and whether the user named it himself."""

    path: Path
    name: str
    given: bool


def found(paths: Sequence[Path]) -> Iterator[Found | Refused]:
    """The files to read, sorted within each folder; the others are refused with a reason."""
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as broken:
            yield refused(shown(path.name or str(path)), failure(broken, given=True))
            continue
        if stat.S_ISDIR(mode):
            empty = True
            for each in _inside(path, Path(), 0):
                empty = False
                yield each
            if empty:
                yield Refused(shown(str(path)), "there is no file in this folder", "empty-folder")
        else:
            yield _file(path, shown(path.name), mode, given=True)


def _inside(root: Path, within: Path, depth: int) -> Iterator[Found | Refused]:
    try:
        names = sorted(path.name for path in (root / within).iterdir())
    except OSError as broken:
        yield refused(shown((within or root).as_posix()), failure(broken, given=False))
        return
    for each in names:
        path, name = root / within / each, shown((within / each).as_posix())
        try:
            mode = path.lstat().st_mode
        except OSError as broken:
            yield refused(name, failure(broken, given=False))
            continue
        if each.startswith(".") and not each.startswith(".."):
            yield Refused(name, "a hidden file or folder, passed over", "hidden")
        elif stat.S_ISLNK(mode):
            yield _link(root, path, name)
        elif stat.S_ISDIR(mode):
            if depth >= DEEPEST:
                yield Refused(name, f"more than {DEEPEST} folders deep", "too-deep")
            else:
                yield from _inside(root, within / each, depth + 1)
        else:
            yield _file(path, name, mode, given=False)


def _file(path: Path, name: str, mode: int, *, given: bool) -> Found | Refused:
    if stat.S_ISREG(mode):
        return Found(path, name, given)
    return Refused(name, f"{_KINDS.get(stat.S_IFMT(mode), 'not a file')}, not a file", "not-a-file")


def _link(root: Path, path: Path, name: str) -> Refused:
    """Links are never followed: what lies inside the folder is read in its own place."""
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return Refused(name, "a link to something that is not there", "missing")
    except (OSError, RuntimeError):
        return Refused(name, "a link that leads back to itself", "link")
    if target.is_relative_to(root.resolve()):
        return Refused(name, "a link to a place in the same folder, which is read there", "link")
    return Refused(name, "a link that leads out of the folder", "link")


def read(found: Found, most: int) -> bytes:
    """The bytes of a file, at most `most` and one; never waits on something that is no file."""
    with open_file(found) as stream:
        return stream.read(most + 1)


def open_file(found: Found) -> BinaryIO:
    """The file, open for reading, once it is certain that it is a regular one."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    if not found.given:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(found.path, flags | getattr(os, "O_BINARY", 0))
    except OSError as broken:
        raise failure(broken, given=found.given) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refusal("not-a-file", "not a file")
    return os.fdopen(handle, "rb")


def failure(broken: OSError, *, given: bool) -> Refusal:
    """What went wrong with a file, in plain words."""
    if isinstance(broken, FileNotFoundError | NotADirectoryError):
        if given:
            return Refusal("missing", "there is no such file or folder")
        return Refusal("vanished", "it was gone when its turn came")
    if isinstance(broken, PermissionError):
        return Refusal("permission", "you may not read this file")
    return Refusal("unreadable", (broken.strerror or "the disk could not read it").lower())


def refused(name: str, why: Refusal) -> Refused:
    """The refusal of one file, under its name."""
    return Refused(name, why.reason, why.code)


def shown(name: str) -> str:
    """A file name that can be stored and shown, even where its bytes are not UTF-8."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
