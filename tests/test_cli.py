"""The command line as a person meets it: what it prints, and the code it ends with."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from whence import __version__, cli, errors
from whence.__main__ import unforeseen
from whence.cli import reading
from whence.cli.show import visible
from whence.dossier import Dossier, Outdated, analysis

COURIER = """Ferry aground off Lurn

Peter Vask denied that the crew had been drinking.

According to the coastguard, nine people were taken off.
"""

Served = list[tuple[Path, int | None, bool]]


class Said:
    """What a command printed, and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def served() -> Served:
    return []


@pytest.fixture
def whence(capfd: pytest.CaptureFixture[str], served: Served) -> Any:
    def run(*arguments: object) -> Said:
        code = cli.run(lambda *how: served.append(how), [str(each) for each in arguments])
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return run


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_BROWSER", raising=False)
    monkeypatch.delenv("DEMO_ONCE", raising=False)
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "courier.txt").write_text(COURIER)
    return folder


@pytest.fixture
def case(whence: Any, pile: Path) -> str:
    assert whence("add", "lurn.whence", pile).code == 0
    return "lurn.whence"


# ---------------------------------------------------------------- reading


def test_adding_says_what_came_of_it(whence: Any, pile: Path) -> None:
    said = whence("add", "lurn.whence", pile)
    assert (said.code, said.err) == (0, "")
    assert said.out == "1 document found: 1 taken, 0 skipped (here already), 0 refused\n"


def test_adding_twice_skips_what_is_there(whence: Any, case: str, pile: Path) -> None:
    before = whence("export", case).out
    said = whence("add", case, pile)
    assert said.out == "1 document found: 0 taken, 1 skipped (here already), 0 refused\n"
    assert whence("export", case).out == before


def test_a_refused_file_is_one_line_and_the_rest_is_done(whence: Any, pile: Path) -> None:
    (pile / "empty.txt").touch()
    said = whence("add", "lurn.whence", pile, pile / "gone.txt")
    assert said.code == 0
    assert "3 documents found: 1 taken, 0 skipped (here already), 2 refused" in said.out
    assert len(said.err.splitlines()) == 2
    assert "empty.txt" in said.err and "gone.txt" in said.err


def test_when_nothing_could_be_read_each_file_is_listed_and_the_code_is_3(
    whence: Any, pile: Path
) -> None:
    (pile / "courier.txt").unlink()
    (pile / "empty.txt").touch()
    said = whence("add", "lurn.whence", pile, "gone.txt")
    assert said.code == 3
    lines = said.err.splitlines()
    assert lines[0].startswith("whence: ") and "empty.txt" in said.err and "gone.txt" in said.err
    assert "none of the files could be read" in said.err
    assert len(whence("status", "lurn.whence").out.split("refused  ")) == 3


def test_a_folder_with_nothing_in_it_is_said_to_be_empty(whence: Any, pile: Path) -> None:
    (pile / "courier.txt").unlink()
    said = whence("add", "lurn.whence", pile)
    assert said.code == 3 and said.err.startswith("whence: ")


def test_interrupting_keeps_what_was_read(
    whence: Any, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(document: object, marks: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(analysis, "read", interrupted)
        said = whence("add", "lurn.whence", pile)
    assert said.code == 130
    assert said.err.splitlines()[0] == "whence: interrupted; what was read is kept"
    assert "courier.txt" in whence("show", "lurn.whence").out


def test_open_reads_and_serves_a_dossier_named_after_the_files(
    whence: Any, pile: Path, served: Served
) -> None:
    assert whence("open", pile, "--no-browser").code == 0
    assert served == [(Path("pile.whence"), None, False)]
    assert Path("pile.whence").exists()


def test_open_on_a_dossier_only_serves_it(whence: Any, case: str, served: Served) -> None:
    assert whence("open", case, "--port", 8123).code == 0
    assert served == [(Path(case), 8123, True)]


def test_open_keeps_to_the_case_that_was_named(whence: Any, pile: Path, served: Served) -> None:
    whence("open", pile, "--case", "mine.whence")
    assert [path for path, *_ in served] == [Path("mine.whence")]


def test_no_browser_can_be_set_once_and_for_all(
    whence: Any, case: str, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_BROWSER", "1")
    whence("serve", case)
    assert served == [(Path(case), None, False)]


def test_serving_a_dossier_that_is_not_there_fails_before_a_page_is_asked_for(
    whence: Any, pile: Path, served: Served
) -> None:
    assert whence("serve", "gone.whence").code == 7
    assert served == []


def test_the_demo_reads_its_pile_and_can_stop_after_the_summary(
    whence: Any, pile: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "demo_pile", lambda: ("sluice", pile))
    monkeypatch.setenv("DEMO_ONCE", "1")
    said = whence("demo")
    assert (said.code, served) == (0, [])
    assert re.search(r"2 statements by 2 speakers in 1 document", said.out)
    monkeypatch.delenv("DEMO_ONCE")
    assert whence("demo").code == 0
    assert [(path.name, browser) for path, _, browser in served] == [("sluice.whence", True)]
    assert not served[0][0].exists()


def test_the_demo_that_comes_with_whence_is_there() -> None:
    name, folder = reading.demo_pile()
    assert name and len(list(folder.iterdir())) >= 8


# ---------------------------------------------------------------- showing


def test_show_lists_the_documents(whence: Any, case: str) -> None:
    assert re.match(r"[0-9a-f]{8}  courier.txt  \(.*statements?\)", whence("show", case).out)


def test_show_gives_the_text_and_who_says_what_under_it(whence: Any, case: str) -> None:
    lines = whence("show", case, "courier").out.splitlines()
    said = [line.split("▸ ")[1] for line in lines if "▸" in line]
    assert "Peter Vask denies: the crew had been drinking" in said
    assert "the coastguard asserts: nine people were taken off" in said
    whole = " ".join(" ".join(lines).split())
    assert "Peter Vask denied that the crew had been drinking." in whole
    assert "\x1b" not in whole


def test_a_text_cannot_play_with_the_terminal(whence: Any, case: str, pile: Path) -> None:
    (pile / "trick.txt").write_text("Vask said it was \x1b[2Jlate and \u202eetal yrev.\n")
    whence("add", case, pile)
    out = whence("show", case, "trick").out
    assert "␛[2Jlate" in out and "<U+202E>etal" in out
    assert "\x1b" not in out and "\u202e" not in out


def test_every_character_can_be_printed_and_none_commands_the_terminal() -> None:
    specials = [*range(0x100), *range(0x2028, 0x2070), 0xD800, 0xDFFF]
    shown = visible("".join(chr(code) for code in [*range(0, 0x110000, 31), *specials]))
    assert shown.encode()
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown) == []


def test_status_tells_what_was_taken_refused_found_and_decided(
    whence: Any, case: str, pile: Path
) -> None:
    (pile / "empty.txt").touch()
    whence("add", case, pile)
    whence("judge", case, "note", "--doc", "courier", "--quote", "Peter Vask",
           "--value", "ask him", "--by", "Ida")  # fmt: skip
    out = whence("status", case).out
    assert "1 document held, 1 refused; 2 batches read" in out
    assert "2 found = 0 taken + 1 skipped + 1 refused" in out
    assert re.search(r"refused  .*empty\.txt: ", out)
    assert "1 standing, 0 superseded, 0 orphaned" in out
    assert "note ask him  “Peter Vask”  by Ida" in out


# ---------------------------------------------------------------- export and verify


def test_export_writes_json_lines_to_the_screen_or_a_file(whence: Any, case: str) -> None:
    lines = whence("export", case, "--to", "jsonl").out.splitlines()
    assert {json.loads(line)["type"] for line in lines} >= {"dossier", "document", "attribution"}
    assert whence("export", case, "-o", "out.jsonl").out == ""
    assert Path("out.jsonl").read_text(encoding="utf-8").splitlines() == lines


def test_an_export_nobody_knows_is_refused(whence: Any, case: str) -> None:
    said = whence("export", case, "--to", "papyrus")
    assert (said.code, said.err) == (2, "whence: there is no export “papyrus”; there is: jsonl\n")


def test_an_export_that_cannot_be_written_is_one_line(whence: Any, case: str) -> None:
    said = whence("export", case, "-o", "gone/out.jsonl")
    assert said.code == 6
    assert said.err.startswith("whence: cannot write gone/out.jsonl: no such file")


def test_verify_is_content_with_a_sound_dossier_and_names_what_is_not(
    whence: Any, case: str
) -> None:
    assert whence("verify", case).out == "lurn.whence: everything checks out\n"
    with Dossier.open(Path(case)) as dossier:
        dossier._case.execute("UPDATE documents SET text = 'No one denied anything.'")
    said = whence("verify", case)
    assert said.code == 5
    assert said.out.startswith("the document ") and "courier.txt" in said.out
    assert "1 item(s) do not check out" in said.err


# ---------------------------------------------------------------- judging


def judged(whence: Any, case: str, verdict: str, *more: object) -> Said:
    said: Said = whence("judge", case, verdict, *more, "--by", "Ida")
    return said


def test_a_person_judges_by_quoting(whence: Any, case: str) -> None:
    said = judged(whence, case, "stance-is", "--doc", "courier", "--quote", "had been drinking",
                  "--value", "hedges")  # fmt: skip
    assert said.code == 0, said.err
    assert re.match(r"ju[0-9a-f]{16}  stance-is  standing  by Ida, \d{4}-\d\d-\d\d\n", said.out)
    assert "Peter Vask hedges: the crew had been drinking" in whence("show", case, "courier").out


def test_a_person_judges_by_position_and_takes_it_back(whence: Any, case: str) -> None:
    start = COURIER.index("nine")
    made = judged(whence, case, "reject", "--doc", "courier", "--start", start,
                  "--end", start + 11)  # fmt: skip
    assert made.code == 0, made.err
    assert "coastguard asserts" not in whence("show", case, "courier").out
    assert judged(whence, case, "undo", "--value", made.out.split()[0]).code == 0
    assert "coastguard asserts" in whence("show", case, "courier").out


def test_a_verdict_about_two_places_takes_two(whence: Any, case: str) -> None:
    said = judged(whence, case, "same-entity", "--doc", "courier", "--quote", "Peter Vask",
                  "--quote", "the coastguard")  # fmt: skip
    assert said.code == 0, said.err


def test_a_document_is_judged_as_a_whole(whence: Any, case: str) -> None:
    said = judged(whence, case, "metadata-is", "--doc", "courier", "--value", "outlet=The Courier")
    assert said.code == 0, said.err
    assert "The Courier" in whence("show", case).out


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["accept"], 2, "accept is about one place, not 0"),
        (["accept", "--quote", "the crew"], 2, "say which document"),
        (["accept", "--doc", "courier"], 2, "say which words"),
        (["accept", "--doc", "herald", "--quote", "the crew"], 7, "no document “herald”"),
        (["accept", "--doc", "courier", "--quote", "two crews"], 2, "letter for letter"),
        (["accept", "--doc", "courier", "--quote", "t"], 2, "times in"),
        (["accept", "--doc", "courier", "--start", "3"], 2, "--start and --end together"),
        (["accept", "--doc", "courier", "--start", "3", "--end", "9999"], 2, "is no place in"),
        (["perhaps", "--doc", "courier", "--quote", "the crew"], 2, "“perhaps” is not a verdict"),
        (["undo", "--value", "ju1"], 7, "no judgement ju1"),
        (
            ["stance-is", "--doc", "courier", "--quote", "the crew", "--value", "x"],
            2,
            "not a stance",
        ),
    ],
)
def test_a_judgement_that_makes_no_sense_says_why(
    whence: Any, case: str, arguments: list[str], code: int, why: str
) -> None:
    said = judged(whence, case, *arguments)
    assert (said.code, why in said.err) == (code, True), said.err
    assert "judged   nothing yet" in whence("status", case).out


# ---------------------------------------------------------------- errors


def test_a_file_that_is_no_dossier_is_one_line(whence: Any, pile: Path) -> None:
    Path("diary.whence").write_text("dear diary")
    for command in (["show"], ["status"], ["export"], ["verify"], ["serve"]):
        said = whence(*command, "diary.whence")
        assert said.code == 4
        assert said.err.startswith("whence: diary.whence is not a dossier")
    assert whence("add", "diary.whence", pile).code == 4
    assert Path("diary.whence").read_text() == "dear diary"


def test_every_kind_of_error_has_a_code_that_help_and_manual_name(whence: Any) -> None:
    kinds: list[type[errors.WhenceError]] = [errors.WhenceError]
    kinds += errors.WhenceError.__subclasses__()
    codes = {kind.code for kind in kinds} | {0, Outdated.code, cli.Interrupted.code}
    manual = Path(__file__).parents[1] / "docs" / "exit-codes.md"
    table = re.findall(r"^\| (\d+) \|", manual.read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(code) for code in table} == codes
    helped = re.findall(r"(?:codes:|;) (\d+)", " ".join(whence("--help").out.split()))
    assert {int(code) for code in helped} == codes


def test_a_command_that_makes_no_sense_is_explained(whence: Any) -> None:
    said = whence("shew", "lurn.whence")
    assert said.code == 2 and "shew" in said.err and "Traceback" not in said.err


def test_it_says_which_version_it_is(whence: Any) -> None:
    assert whence("--version").out == f"whence {__version__}\n"


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, whence.cli; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    heavy = {"numpy", "onnxruntime", "starlette", "sqlite3", "whence.dossier", "rich.progress"}
    assert heavy & set(loaded) == set()


def test_showing_is_quick_because_no_step_is_loaded() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, whence.cli.show, whence.export; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    heavy = {"numpy", "onnxruntime", "whence.attribute", "whence.segment", "whence.ingest"}
    assert heavy & set(loaded) == set()


def test_a_whole_process_ends_with_the_documented_code(pile: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "whence", "show", "gone.whence"], capture_output=True, text=True
    )
    assert ended.returncode == 7
    assert ended.stderr.splitlines() == [
        "whence: there is no dossier at gone.whence",
        "        whence add gone.whence PATH… makes one",
    ]


def test_a_mistake_of_ours_is_no_wall_of_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WHENCE_TRACE", raising=False)
    problem = ValueError("spans\ncross")
    unforeseen(ValueError, problem, None)
    assert capsys.readouterr().err.splitlines() == [
        "whence: a mistake inside whence: ValueError: spans cross",
        "        what was read is safe; WHENCE_TRACE=1 shows where it was",
    ]
    monkeypatch.setenv("WHENCE_TRACE", "1")
    unforeseen(ValueError, problem, None)
    assert "mistake" not in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(case: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "whence", "export", case],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_a_terminal_sees_a_bar_and_a_pipe_does_not(
    whence: Any, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert whence("add", "lurn.whence", pile).code == 0
    assert "courier.txt" in terminal.getvalue()
