"""Pages are fetched politely and in bounds, whatever the server does."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from tests.fetch.servers import (
    HOME,
    MISSING,
    Line,
    Site,
    answer,
    leads_to,
    page,
    ways,
)

from whence import __version__
from whence.fetch import Fetched, Limits, Visit, Ways
from whence.ingest.values import Refusal

BRIEF = Limits(size=200_000, pause=0.0, seconds=1.0, silence=0.5)


def fetched(site: Site, path: str, limits: Limits | None = None) -> Fetched:
    return Visit(ways(site, limits=limits)).page(site.at(path))


def refused(site: Site, path: str, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(Refusal) as why:
        fetched(site, path, limits)
    return why.value.code, why.value.reason


# ---------------------------------------------------------------- a good server


def test_a_page_comes_with_all_that_was_said_about_it() -> None:
    with Site({"/ferry": page("Nine were saved.", "ETag: x1")}) as site:
        got = fetched(site, "/ferry")
        assert b"Nine were saved." in got.raw and got.status == 200
        assert (got.asked, got.address, got.hops) == (site.at("/ferry"), site.at("/ferry"), ())
        assert got.content_type == "text/html; charset=utf-8" and ("ETag", "x1") in got.headers
        assert got.retrieved.endswith("+00:00") and got.peer == HOME


def test_we_say_honestly_who_asks() -> None:
    with Site({"/ferry": page("Nine were saved.")}) as site:
        fetched(site, "/ferry")
        for request in site.asked:
            assert f"\r\nUser-Agent: whence/{__version__} (" in request
            assert f"\r\nHost: courier.example:{site.port}\r\n" in request
            assert "Cookie" not in request and "Referer" not in request


def test_a_secure_page_comes_from_a_site_that_proves_its_name() -> None:
    with Site({"/ferry": page("Nine were saved.")}, secure=True) as site:
        assert b"Nine" in fetched(site, "/ferry").raw


def test_chunks_are_put_together() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nNine \r\n5\r\nsaved\r\n0\r\n\r\n"
    with Site({"/ferry": chunked}) as site:
        assert fetched(site, "/ferry").raw == b"Nine saved"


def test_a_page_that_was_compressed_unasked_is_unpacked() -> None:
    with Site({"/ferry": answer(gzip.compress(b"Nine saved"), "Content-Encoding: gzip")}) as site:
        assert fetched(site, "/ferry").raw == b"Nine saved"
        assert "\r\nAccept-Encoding: identity\r\n" in site.asked[-1]


def test_a_page_without_a_length_ends_where_the_server_hangs_up() -> None:
    with Site({"/ferry": b"HTTP/1.0 200 OK\r\n\r\nNine saved"}) as site:
        assert fetched(site, "/ferry").raw == b"Nine saved"


# ---------------------------------------------------------------- a server that leads on


def test_the_way_to_a_page_is_kept() -> None:
    with Site({"/old": leads_to("/new"), "/new": page("Nine were saved.")}) as site:
        got = fetched(site, "/old#top")
        assert [(hop.address, hop.status) for hop in got.hops] == [(site.at("/old"), 302)]
        assert got.address == site.at("/new") and got.asked == site.at("/old#top")


def test_a_circle_is_seen() -> None:
    with Site({"/a": leads_to("/b"), "/b": leads_to("/a")}) as site:
        code, reason = refused(site, "/a")
        assert code == "redirects" and "leads round in a circle" in reason


def test_a_page_that_leads_on_and_on_is_given_up() -> None:
    with Site({f"/{n}": leads_to(f"/{n + 1}") for n in range(50)}) as site:
        assert refused(site, "/0")[1].endswith("it leads on more than 5 times")
        assert site.paths == ["/robots.txt", "/0", "/1", "/2", "/3", "/4", "/5"]


@pytest.mark.parametrize(
    "where",
    [
        "http://10.0.0.1/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/",
        "http://0x7f.1/", "http://localhost/", "//169.254.169.254/latest/meta-data/",
        "file:///etc/passwd", "ftp://courier.example/", "gopher://courier.example/",
        "http://user@courier.example/", "http://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_no_page_can_lead_to_where_nobody_may_go(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Site({"/a": leads_to(where)}) as site:
        went = connects(monkeypatch)
        code, reason = refused(site, "/a")
        assert code in ("not-public", "bad-address") and reason.startswith("it leads ")
        assert set(went) == {(HOME, site.port)}


def test_a_page_cannot_lead_to_another_door_of_this_machine() -> None:
    with Site({"/secret": page("Keep out.")}) as inner:
        with Site({"/a": leads_to(f"http://127.0.0.1:{inner.port}/secret")}) as site:
            assert refused(site, "/a")[0] == "bad-address"
        assert inner.asked == []


def test_a_secure_page_does_not_lead_to_one_that_is_not() -> None:
    with Site({"/a": leads_to("http://courier.example/a")}, secure=True) as site:
        assert "from https to http" in refused(site, "/a")[1]


# ---------------------------------------------------------------- a server that misbehaves


def endless(site: list[Site]) -> Callable[[Line], None]:
    def deed(line: Line) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while site[0].goes_on():
            line.sendall(b"more and more " * 5_000)

    return deed


def dripping(start: bytes, site: list[Site]) -> Callable[[Line], None]:
    def deed(line: Line) -> None:
        line.sendall(start)
        while site[0].goes_on():
            line.sendall(b"x")

    return deed


def test_a_body_without_end_is_cut_short() -> None:
    here: list[Site] = []
    with Site({"/a": endless(here)}) as site:
        here.append(site)
        assert refused(site, "/a", BRIEF) == ("too-large", "the page is longer than 0.2 MB")


def test_a_length_beyond_the_limit_is_not_waited_for() -> None:
    with Site({"/a": b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nx"}) as site:
        assert refused(site, "/a", BRIEF)[0] == "too-large"


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff0\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 20",
    ],
    ids=["body", "chunk", "header", "status"],
)
def test_a_slow_drip_has_no_more_time_than_any_other(start: bytes) -> None:
    here: list[Site] = []
    with Site({"/a": dripping(start, here)}) as site:
        here.append(site)
        begun = time.monotonic()
        code, reason = refused(site, "/a", BRIEF)
        assert code == "timeout" and reason == "fetching it took more than 1 seconds"
        assert time.monotonic() - begun < 5


def test_silence_is_not_waited_out() -> None:
    here: list[Site] = []

    def silent(line: Line) -> None:
        while here[0].goes_on():
            pass

    with Site({"/a": silent}) as site:
        here.append(site)
        assert refused(site, "/a", BRIEF) == ("timeout", "nothing came for 0.5 seconds")


def test_headers_without_end_are_cut_short() -> None:
    here: list[Site] = []

    def chatter(line: Line) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while here[0].goes_on():
            line.sendall(b"X-More: and more\r\n" * 1_000)

    with Site({"/a": chatter}) as site:
        here.append(site)
        assert refused(site, "/a", BRIEF)[0] == "bad-answer"


def test_promises_to_go_on_are_cut_short() -> None:
    here: list[Site] = []

    def promising(line: Line) -> None:
        while here[0].goes_on():
            line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000)

    with Site({"/a": promising}) as site:
        here.append(site)
        assert refused(site, "/a", BRIEF)[0] in ("too-large", "timeout")


def test_a_compression_bomb_does_not_go_off() -> None:
    bomb = gzip.compress(bytes(6_000_000))
    with Site({"/a": answer(bomb, "Content-Encoding: gzip")}) as site:
        assert refused(site, "/a")[0] == "too-large-expanded"


def test_a_compression_that_is_not_known_is_said() -> None:
    with Site({"/a": answer(b"\x8b\x03", "Content-Encoding: br")}) as site:
        assert refused(site, "/a")[0] == "unsupported"


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nNine were",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nNine were",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nNine\r\n",
    ],
)
def test_a_page_that_breaks_off_is_no_page(said: bytes) -> None:
    with Site({"/a": said}) as site:
        assert refused(site, "/a")[0] == "truncated"


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-lurn\r\n", b"HTTP/1.1 xx\r\n\r\n", b"\x00" * 50])
def test_what_is_no_answer_is_said_to_be_none(said: bytes) -> None:
    with Site({"/a": said}) as site:
        assert refused(site, "/a")[0] == "bad-answer"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Not Found", "the site has no such page (status 404)"),
        ("410 Gone", "the site says that the page is gone (status 410)"),
        ("403 Forbidden", "the site does not let us have it (status 403)"),
        ("500 Oh", "the site failed (status 500)"),
        ("204 No Content", "the site gives no page (status 204)"),
    ],
)
def test_a_page_that_is_not_given_is_one_line(status: str, words: str) -> None:
    with Site({"/a": answer(b"sorry", status=status)}) as site:
        assert refused(site, "/a") == (f"http-{status[:3]}", words)


def test_a_site_that_cannot_be_reached_is_tried_once() -> None:
    with Site({}) as site:
        pass
    visit, tried = Visit(ways(site)), []
    for path in ("/a", "/b"):
        with pytest.raises(Refusal, match="cannot be reached: connection refused") as why:
            visit.page(site.at(path))
        tried.append(why.value.code)
    assert tried == ["unreachable", "unreachable"]


# ---------------------------------------------------------------- certificates


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with Site({"/a": page("Nine were saved.")}, secure=True) as site:
        doubting = replace(ways(site), trust=ssl.create_default_context)
        with pytest.raises(Refusal, match="its certificate is not valid: self-signed") as why:
            Visit(doubting).page(site.at("/a"))
        assert why.value.code == "bad-certificate" and site.asked == []


def test_a_certificate_for_another_name_is_refused() -> None:
    with Site({"/a": page("Nine were saved.")}, secure=True) as site:
        with pytest.raises(Refusal, match="its certificate is not valid: Hostname mismatch"):
            Visit(ways(site)).page(site.at("/a", host="leaf.example"))
        assert site.asked == []


def test_a_server_that_speaks_no_tls_is_not_reached() -> None:
    with Site({"/a": page("Nine were saved.")}) as site:
        with pytest.raises(Refusal, match="cannot be reached: no answer") as why:
            Visit(ways(site)).page(site.at("/a").replace("http:", "https:"))
        assert why.value.code == "unreachable"


# ---------------------------------------------------------------- politeness


def robots(words: str) -> bytes:
    return page(words, media="text/plain")


def test_what_robots_txt_forbids_is_not_fetched() -> None:
    rules = robots("User-agent: *\nDisallow: /private\nAllow: /private/press$\n")
    pages = {"/robots.txt": rules, "/private/a": page("No."), "/private/press": page("Yes.")}
    with Site(pages) as site:
        code, reason = refused(site, "/private/a")
        assert code == "robots" and "asks programs not to fetch this page" in reason
        assert site.paths == ["/robots.txt"]
        assert b"Yes." in fetched(site, "/private/press").raw


def test_robots_txt_may_speak_of_us_by_name() -> None:
    rules = robots("User-agent: whence\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with Site({"/robots.txt": rules, "/a": page("No.")}) as site:
        assert refused(site, "/a")[0] == "robots"


def test_a_site_without_robots_txt_allows_all() -> None:
    with Site({"/robots.txt": MISSING, "/a": page("Nine were saved.")}) as site:
        assert b"Nine" in fetched(site, "/a").raw


@pytest.mark.parametrize(
    "deed",
    [
        answer(b"", status="500 Oh"),
        answer(b"", status="503 Busy"),
        answer(b"", status="429 Slow down"),
        b"",
        leads_to("http://10.0.0.1/robots.txt"),
        answer(bytes(2_000_000)),
    ],
    ids=["500", "503", "429", "nothing", "elsewhere", "too long"],
)
def test_a_site_whose_robots_txt_fails_is_left_alone(deed: bytes) -> None:
    with Site({"/robots.txt": deed, "/a": page("Nine were saved.")}) as site:
        code, reason = refused(site, "/a")
        assert code == "robots" and reason.startswith("its robots.txt cannot be had: ")
        assert "/a" not in site.paths


def test_robots_txt_holds_for_where_a_page_leads_too() -> None:
    with Site({"/robots.txt": robots("User-agent: *\nDisallow: /b"), "/b": page("No.")}) as there:
        to_there = leads_to(there.at("/b", "leaf.example"))
        with Site({"/a": to_there}) as here, pytest.raises(Refusal) as why:
            Visit(ways(here, there)).page(here.at("/a"))
        assert why.value.code == "robots" and there.paths == ["/robots.txt"]


def waits(site: Site, limits: Limits) -> tuple[Ways, list[float]]:
    waited: list[float] = []
    return replace(ways(site, limits=limits), wait=waited.append), waited


def test_a_host_is_given_a_rest_between_two_requests() -> None:
    with Site({"/a": page("One."), "/b": page("Two.")}) as site:
        calm, waited = waits(site, Limits(pause=1.0, seconds=5.0))
        visit = Visit(calm)
        visit.page(site.at("/a"))
        visit.page(site.at("/b"))
        assert site.paths == ["/robots.txt", "/a", "/b"]
        assert len(waited) == 2 and all(0.8 < each <= 1.0 for each in waited)


def test_a_site_may_ask_for_a_longer_rest() -> None:
    slow = robots("User-agent: *\nCrawl-delay: 7")
    with Site({"/robots.txt": slow, "/a": page("One.")}) as site:
        calm, waited = waits(site, Limits(pause=1.0, seconds=5.0))
        Visit(calm).page(site.at("/a"))
        assert len(waited) == 1 and 6.8 < waited[0] <= 7.0


def test_a_site_that_asks_for_too_long_a_rest_is_asked_for_one_page() -> None:
    slow = robots("User-agent: *\nCrawl-delay: 86400")
    with Site({"/robots.txt": slow, "/a": page("One."), "/b": page("Two.")}) as site:
        calm, waited = waits(site, Limits(pause=0.0, seconds=5.0))
        visit = Visit(calm)
        assert b"One." in visit.page(site.at("/a")).raw
        with pytest.raises(Refusal, match="asks for 86400 seconds between two pages"):
            visit.page(site.at("/b"))
        assert site.paths == ["/robots.txt", "/a"] and waited == []


def test_a_site_that_has_had_enough_is_left_alone() -> None:
    with Site({"/a": answer(b"", status="429 Slow down"), "/b": page("Two.")}) as site:
        visit = Visit(ways(site))
        for path in ("/a", "/b"):
            with pytest.raises(Refusal, match="the site asks us to come later"):
                visit.page(site.at(path))
        assert site.paths == ["/robots.txt", "/a"]


# ---------------------------------------------------------------- names


def connects(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every connection that is begun from now on."""
    went: list[tuple[str, int]] = []
    real = socket.socket.connect

    def noted(door: socket.socket, where: tuple[str, int]) -> None:
        went.append(where)
        real(door, where)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return went


def test_a_name_that_turns_to_this_machine_meanwhile_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Site({"/a": page("Keep out.")}) as site:
        answers = iter([["203.0.114.9"], ["127.0.0.1"], ["127.0.0.1"]])
        asked: list[str] = []

        def turning(host: str, port: int) -> Sequence[str]:
            asked.append(host)
            return next(answers)

        went: list[tuple[str, int]] = []

        def nowhere(door: socket.socket, where: tuple[str, int]) -> None:
            went.append(where)
            raise ConnectionRefusedError(111, "Connection refused")

        monkeypatch.setattr(socket.socket, "connect", nowhere)
        shut = replace(ways(site), look_up=turning, doors=frozenset())
        with pytest.raises(Refusal, match="cannot be reached"):
            Visit(shut).page("http://courier.example/a")
        assert asked == ["courier.example"] and went == [("203.0.114.9", 80)]


def test_each_look_up_is_judged_by_itself() -> None:
    with Site({"/a": page("One.")}) as site:
        answers = iter([[HOME], ["10.0.0.1"]])
        turning = replace(ways(site), look_up=lambda host, port: next(answers))
        with pytest.raises(Refusal) as why:
            Visit(turning).page(site.at("/a"))
        assert why.value.code == "not-public" and site.paths == ["/robots.txt"]


def test_a_name_that_is_never_looked_up_in_time_is_given_up() -> None:
    def slow(host: str, port: int) -> Sequence[str]:
        time.sleep(1.5)
        return [HOME]

    never = Ways(limits=BRIEF, look_up=slow)
    with pytest.raises(Refusal, match="could not be looked up in time"):
        Visit(never).page("http://courier.example/a")


def test_a_name_that_nobody_has_is_one_line() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Refusal, match="there is no site of this name, or no network"):
        Visit(Ways(limits=BRIEF, look_up=unknown)).page("http://courier.example/a")
