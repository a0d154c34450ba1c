"""Two people edit one statement at once, through the workbench, for as long as asked.

    python -m tests.editing 120

Each looks at the page, decides something at random and sends the form; often both send at the
same moment. What was answered “kept” must be in the log, once and in order; what was answered
“somebody was quicker” must not; and nobody may have overridden what they had not seen.
"""

from __future__ import annotations

import http.client
import random
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn
from tests import torture

from whence import judgements, web
from whence.dossier import Dossier
from whence.terms import Judgement

STANCES = ["asserts", "denies", "accuses", "hedges", "promises"]
SPEAKERS = ["Orlo", "Vask", "the Harbour Office"]
SEEN = re.compile(r'name="seen" value="([^"]*)"')
MADE = re.compile(r'name="value" value="(ju[0-9a-f]+)"')
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Sent:
    """One form that was sent, by its reason, which no other has, and what was answered."""

    why: str
    seen: str
    status: int


@dataclass(slots=True)
class Table:
    """Where two people sit: when they send at the same moment, and when it is over."""

    until: float
    rounds: int
    chance: random.Random
    done: int = 0
    together: bool = True
    over: bool = False
    meet: threading.Barrier = field(init=False)
    send: threading.Barrier = field(init=False)

    def __post_init__(self) -> None:
        self.meet = threading.Barrier(2, self._next, timeout=300)
        self.send = threading.Barrier(2, timeout=300)

    def _next(self) -> None:
        self.over = time.monotonic() > self.until or self.done >= self.rounds
        self.done += 1
        self.together = self.done % 2 == 1 or self.chance.random() < 0.3


class Editor(threading.Thread):
    """Somebody who looks, decides at random, and tells what became of it."""

    def __init__(self, name: str, server: str, page: str, table: Table) -> None:
        super().__init__(name=name, daemon=True)
        self.server, self.page, self.table = server, page, table
        self.sent: list[Sent] = []
        self.chance = random.Random(f"{name} {table.chance.random()}")
        self.broken: BaseException | None = None

    def run(self) -> None:
        """Edit until it is over."""
        try:
            while self.table.meet.wait() is not None and not self.table.over:
                shown = self._asked("GET", self.page)[1]
                fields = self._decision(shown)
                if self.table.together:
                    self.table.send.wait()
                answer = self._post(fields)
                if answer is not None and self.chance.random() < 0.5:
                    mine = dict(FIELD.findall(answer))  # “Keep mine, knowing theirs”
                    self._post({name: unescape(value) for name, value in mine.items()})
        except (
            OSError,
            AssertionError,
            http.client.HTTPException,
            threading.BrokenBarrierError,
        ) as it:
            self.broken = it
            self.table.meet.abort()
            self.table.send.abort()

    def _decision(self, shown: str) -> dict[str, str]:
        found = SEEN.search(shown)
        assert found, "the page has no form"
        fields = {"about": self.page.rpartition("/")[2], "seen": found.group(1)}
        made = MADE.findall(shown)
        verdict = self.chance.choice(
            ["accept", "reject", "stance-is", "speaker-is", "note", "undo"]
        )
        if verdict == "undo" and not made:
            verdict = "accept"
        value = {"stance-is": STANCES, "speaker-is": SPEAKERS, "undo": made}.get(verdict)
        fields |= {"verdict": verdict, "why": f"{self.name} {len(self.sent)}"}
        return fields | ({"value": self.chance.choice(value)} if value else {})

    def _post(self, fields: dict[str, str]) -> str | None:
        """What the page says if somebody was quicker; None if the decision was kept."""
        where = self.page.rpartition("/statements/")[0] + "/judge"
        status, said = self._asked("POST", where, urlencode(fields))
        assert status in (303, 409), f"{status} {said[:300]}"
        self.sent.append(Sent(fields["why"], fields["seen"], status))
        return said if status == 409 else None

    def _asked(self, how: str, where: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.server, timeout=300)
        try:
            headers = {"Origin": f"http://{self.server}"}
            connection.request(how, where, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def serving(case: Path) -> Iterator[str]:
    """A workbench on this dossier; its host and port."""
    listening = web.listen(0)
    server = uvicorn.Server(uvicorn.Config(web.app(case, compare=False), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=60)
    listening.close()


def edited(case: Path, seconds: float, rounds: int, servers: int, seed: int) -> list[Editor]:
    """Two people at one workbench, or at one each, editing the first statement there is."""
    with Dossier.open(case) as dossier:
        statement = dossier.attributions()[0]
    page = f"/documents/{statement.doc}/statements/{statement.id}"
    table = Table(time.monotonic() + seconds, rounds, random.Random(seed))
    with ExitStack() as doors:
        open_at = [doors.enter_context(serving(case)) for _ in range(servers)]
        editors = [
            Editor(name, open_at[n % servers], page, table) for n, name in enumerate(["Ida", "Bo"])
        ]
        for each in editors:
            each.start()
        for each in editors:
            each.join()
    for each in editors:
        assert each.broken is None, f"{each.name}: {each.broken!r}"
    return editors


def proven(case: Path, editors: list[Editor]) -> tuple[int, int]:
    """How many were kept and how many refused, once the log proves that nothing was lost."""
    with Dossier.open(case) as dossier:
        log = dossier.judgements()
        assert dossier.verify() == []
    written = [each.why for each in log]
    seen: dict[str, str] = {}
    kept = refused = 0
    for editor in editors:
        mine = [each.why for each in editor.sent if each.status == 303]
        assert [why for why in written if why and why.startswith(editor.name)] == mine
        seen |= {each.why: each.seen for each in editor.sent if each.status == 303}
        kept, refused = kept + len(mine), refused + len(editor.sent) - len(mine)
    assert len(written) == len(set(written)) == kept, "every save is in the log, once"
    for number, each in enumerate(log):
        before: list[Judgement] = log[:number]
        unseen = judgements.since(before, each.about, seen[each.why or ""])
        assert unseen == [], f"{each.why} overrode {unseen[0].why} without having seen it"
    return kept, refused


def main(seconds: float, seed: int) -> None:
    """Edit for so long at one workbench, and as long at two; say what came of it."""
    print(f"seed {seed}", flush=True)
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        torture.quick(patch)
        start = Path(folder) / "start.whence"
        torture.full(start)
        for servers in (1, 2):
            case = Path(shutil.copy(start, Path(folder) / f"case{servers}.whence"))
            kept, refused = proven(case, edited(case, seconds, 10**9, servers, seed))
            print(f"{servers} workbench(es), {seconds:g} s: {kept} kept, {refused} refused, 0 lost")


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**9))
