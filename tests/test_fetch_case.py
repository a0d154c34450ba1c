"""Fetched pages in a dossier: the original with all that was said about it, version after version."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.fetch.servers import Site, answer, leads_to, page, ways

from whence import cli
from whence.cli import reading
from whence.dossier import Dossier, Tally
from whence.dossier.versions import versions
from whence.fetch import Wanted, addresses_in
from whence.terms import Document

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>
<item><title>Ferry aground</title><link>{here}/ferry</link></item>
<item><title>Nine saved</title><link>{here}/nine</link></item>
<item><title>No link</title></item>
<item><title>Gone</title><link>{here}/gone</link></item>
</channel></rss>"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return tmp_path / "lurn.whence"


def add(case: Path, site: Site, *paths: str, feeds: tuple[str, ...] = ()) -> Tally:
    wanted = Wanted(tuple(map(site.at, paths)), feeds, ways(site))
    with Dossier.open(case, create=True) as dossier:
        return dossier.add([], None, wanted)


def counts(tally: Tally) -> tuple[int, int, int]:
    return tally.taken, tally.skipped, tally.refused


def documents(case: Path) -> list[Document]:
    with Dossier.open(case) as dossier:
        return dossier.documents()


def test_a_page_is_kept_with_its_address_its_time_and_its_headers(case: Path) -> None:
    told = page("Nine were saved.", "ETag: x1", "Server: lurnd")
    with Site({"/old": leads_to("/ferry"), "/ferry": told}) as site:
        assert counts(add(case, site, "/old")) == (1, 0, 0)
    with Dossier.open(case) as dossier:
        (document,) = dossier.documents()
        (kept,) = dossier.retrievals(document.id)
        assert dossier.raw(document.id) == told.partition(b"\r\n\r\n")[2]
        assert dossier.verify() == []
    assert document.text == "Nine were saved."
    assert (document.name, document.address) == (site.at("/old"), site.at("/ferry"))
    assert document.retrieved == kept.at and document.media_type == "text/html"
    assert kept.hops == ((site.at("/old"), 302),) and kept.status == 200
    assert ("Server", "lurnd") in kept.headers and kept.peer == "127.0.0.1"
    (capture,) = document.captures
    assert (capture.retrieved, capture.address) == (kept.at, site.at("/ferry"))
    assert capture.bytes_sha256 == document.bytes_sha256


def test_one_bad_address_costs_no_other(case: Path) -> None:
    picture = answer(b"\x89PNG", "Content-Type: image/png")
    with Site({"/a": page("One."), "/picture": picture, "/b": page("Two.")}) as site:
        tally = add(case, site, "/a", "/gone", "/picture", "/b")
        assert counts(tally) == (2, 0, 2)
        assert tally.refusals == (site.at("/gone"), site.at("/picture"))
    with Dossier.open(case) as dossier:
        reasons = [each.reason for each in dossier.refused()]
    assert reasons == [
        "the site has no such page (status 404)",
        "image/png is no document that is read",
    ]


def test_an_unchanged_page_is_one_document_with_two_captures(case: Path) -> None:
    with Site({"/ferry": page("Nine were saved.")}) as site:
        add(case, site, "/ferry")
        assert counts(add(case, site, "/ferry")) == (0, 1, 0)
    (document,) = documents(case)
    assert len(document.captures) == 2 and document.version_of is None


def test_a_changed_page_is_a_version_of_what_it_was(case: Path) -> None:
    with Site({"/ferry": page("Seven were saved.")}) as site:
        add(case, site, "/ferry")
        for words in ("Nine were saved.", "Nine were saved, two of them children."):
            site.pages["/ferry"] = page(words)
            assert counts(add(case, site, "/ferry")) == (1, 0, 0)
    told = ("Seven were saved.", "Nine were saved.", "Nine were saved, two of them children.")
    first, second, third = (_with(case, each) for each in told)
    assert (first.version_of, second.version_of, third.version_of) == (None, first.id, second.id)


def test_when_a_version_is_removed_the_next_one_follows_the_one_before(case: Path) -> None:
    with Site({}) as site:
        for words in ("Seven.", "Eight.", "Nine."):
            site.pages["/ferry"] = page(words)
            add(case, site, "/ferry")
    seven, eight, nine = (_with(case, words) for words in ("Seven.", "Eight.", "Nine."))
    assert nine.version_of == eight.id
    with Dossier.open(case) as dossier:
        dossier.remove(eight.id, by="Ida")
        assert dossier.document(nine.id).version_of == seven.id
        assert dossier.verify() == []
        assert len(dossier.retrievals(nine.id)) == 1


def _with(case: Path, words: str) -> Document:
    return next(each for each in documents(case) if each.text == words)


def test_files_that_state_one_address_are_versions_in_the_order_they_came(
    case: Path, tmp_path: Path
) -> None:
    head = '<html><head><link rel="canonical" href="https://courier.example/ferry"></head>'
    with Dossier.open(case, create=True) as dossier:
        for words in ("Seven", "Nine"):
            file = tmp_path / f"{words}.html"
            file.write_text(f"{head}<body><p>{words} were saved.</p></body></html>")
            dossier.add([file])
        first, second = dossier.document("Seven"), dossier.document("Nine")
    assert (first.version_of, second.version_of) == (None, first.id)


def test_a_page_may_hold_whatever_a_file_may(case: Path) -> None:
    pages = {
        "/feed": page(FEED.format(here="https://courier.example"), media="application/rss+xml"),
        "/latin": answer("<p>Übung</p>".encode("latin-1"), "Content-Type: text/html; charset=latin-1"),
        "/note.md": page("# Nine saved", media="text/plain"),
        "/bare": answer(b"<!doctype html><p>No type said.</p>"),
        "/broken.pdf": answer(b"%PDF-1.7 nothing", "Content-Type: application/pdf"),
        "/empty": answer(b"  ", "Content-Type: text/html"),
    }  # fmt: skip
    with Site(pages) as site:
        tally = add(case, site, *pages)
    assert counts(tally) == (7, 0, 2)
    found = {each.name.partition(str(site.port))[2]: each for each in documents(case)}
    assert found["/latin"].text == "Übung" and found["/note.md"].media_type == "text/markdown"
    assert found["/bare"].text == "No type said."
    entry = found["/feed#1"]
    assert (entry.text, entry.address) == ("Ferry aground", "https://courier.example/ferry")
    assert entry.retrieved == entry.captures[0].retrieved


def test_a_feed_is_a_list_of_pages_to_fetch(case: Path) -> None:
    with Site({"/ferry": page("The ferry ran aground."), "/nine": page("Nine saved.")}) as site:
        feed = FEED.format(here=site.at(""))
        site.pages["/feed"] = page(feed, media="application/rss+xml")
        tally = add(case, site, feeds=(site.at("/feed"),))
        assert counts(tally) == (2, 0, 2)
        assert tally.refusals == (site.at("/feed") + "#3", site.at("/gone"))
        assert site.paths == ["/robots.txt", "/feed", "/ferry", "/nine", "/gone"]
    assert {each.text for each in documents(case)} == {"The ferry ran aground.", "Nine saved."}


def test_a_feed_leads_nowhere_that_an_address_could_not(case: Path) -> None:
    with Site({"/secret": page("Keep out.")}) as inner, Site({}) as site:
        feed = FEED.format(here=f"http://127.0.0.1:{inner.port}")
        site.pages["/feed"] = page(feed, media="text/xml")
        assert counts(add(case, site, feeds=(site.at("/feed"),))) == (0, 0, 4)
        assert inner.asked == []


def test_what_is_no_feed_is_said_to_be_none(case: Path) -> None:
    with Site({"/feed": page("Nine were saved.")}) as site:
        tally = add(case, site, feeds=(site.at("/feed"),))
    assert (counts(tally), tally.refusals) == ((0, 0, 1), (site.at("/feed"),))


def test_a_page_that_comes_at_last_is_refused_no_more(case: Path) -> None:
    with Site({}) as site:
        add(case, site, "/ferry")
        site.pages["/ferry"] = page("Nine were saved.")
        add(case, site, "/ferry")
    with Dossier.open(case) as dossier:
        assert dossier.refused() == [] and len(dossier.documents()) == 1


def test_interrupting_keeps_the_pages_that_came(case: Path) -> None:
    with Site({"/a": page("One."), "/b": page("Two.")}) as site:
        wanted = Wanted((site.at("/a"), site.at("/b")), (), ways(site))

        def told(what: str, done: int, total: int | None) -> None:
            if what.endswith("/b"):
                raise KeyboardInterrupt

        with Dossier.open(case, create=True) as dossier, pytest.raises(KeyboardInterrupt):
            dossier.add([], told, wanted)
        assert "/b" not in site.paths
    with Dossier.open(case) as dossier:
        assert [each.text for each in dossier.documents()] == ["One."]
        assert [(each.found, each.taken) for each in dossier.batches()] == [(1, 1)]


def test_it_is_told_what_is_fetched(case: Path) -> None:
    with Site({"/a": page("One.")}) as site, Dossier.open(case, create=True) as dossier:
        told: list[tuple[str, int, int | None]] = []
        wanted = Wanted((site.at("/a"),), (), ways(site))
        dossier.add([], lambda *what: told.append(what), wanted)
        assert told[0] == (f"fetching {site.at('/a')}", 0, 1)


# ---------------------------------------------------------------- what is a version


def a_document(id: str, address: str | None, retrieved: str | None = None) -> Document:
    digest = hashlib.sha256(id.encode()).hexdigest()
    return Document(id, id, id, digest, "text/html", address=address, retrieved=retrieved)


def test_versions_follow_the_time_of_retrieval_not_of_adding() -> None:
    late = a_document("late", "https://courier.example/a", "2031-05-04T10:00:00+00:00")
    early = a_document("early", "http://COURIER.example:80/a#top", "2029-01-01T00:00:00+00:00")
    assert versions([(late, "2032-01-01T00:00:00Z"), (early, "2032-01-02T00:00:00Z")]) == {
        "late": "early"
    }


@pytest.mark.parametrize(
    "other",
    [
        "https://courier.example/b", "https://courier.example/a?page=2", None,
        "https://leaf.example/a", "https://courier.example:8443/a", "http://[", "mailto:x",
    ],
)  # fmt: skip
def test_two_addresses_are_no_versions(other: str | None) -> None:
    one, two = a_document("one", "https://courier.example/a"), a_document("two", other)
    assert versions([(one, "2032-01-01T00:00:00Z"), (two, "2032-01-02T00:00:00Z")]) == {}


def test_files_that_all_state_the_front_page_are_no_versions_of_it() -> None:
    pair = [a_document(name, "https://courier.example/") for name in ("one", "two")]
    assert versions((each, "2032-01-01T00:00:00Z") for each in pair) == {}


# ---------------------------------------------------------------- on the command line


def test_words_that_begin_like_an_address_are_addresses() -> None:
    asked = reading.asked(["pile", "https://courier.example/a", "ftp://x.example"])
    assert asked.paths == (Path("pile"),) and asked.wanted is not None
    assert asked.wanted.pages == ("https://courier.example/a", "ftp://x.example")
    assert reading.asked(["pile", "c:/pile"]).wanted is None
    assert reading.named_after("https://www.Courier.example:8080/a") == Path(
        "www-courier-example-8080.whence"
    )


def test_a_list_of_addresses_is_one_on_a_line(tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("\ufeff# ours\nhttps://a.example/1\r\n\n https://b.example/2 \nrubbish\n")
    assert addresses_in(listed) == ("https://a.example/1", "https://b.example/2", "rubbish")


def test_a_list_that_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "odd.txt").write_bytes(b"\xff\xfe\x00")
    for name, reason in (("gone.txt", "no such file"), ("odd.txt", "must be UTF-8")):
        words = ["add", str(tmp_path / "x.whence"), "--addresses", str(tmp_path / name)]
        assert cli.run(lambda *how: None, words) == 3
        assert reason in capsys.readouterr().err
    assert not (tmp_path / "x.whence").exists()


def test_adding_nothing_makes_no_sense(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(lambda *how: None, ["add", str(tmp_path / "x.whence")]) == 2
    assert capsys.readouterr().err.startswith("whence: nothing was given to read\n")
