"""A class sits an exam on a server, all on this machine: how long pages, saves and verdicts take, what gets lost.

    python benchmarks/load.py [--students 300] [--seconds 180] [--kill] [--json]

Starts `chainrule serve --class` on a new store in a temporary folder. Each student begins the exam, opens questions,
types (saved every ten seconds as the page's script does), answers and waits for the verdict (right, wrong or
unreadable, as the exam says at once), and hands in at the end; one of five answers the code question. With --kill the
server is killed in the middle and started again. In the end the store is compared with what was acknowledged.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from pathlib import Path

import click
from load_browser import Browser, Figures
from load_school import Found, Question, School, Student, check, endings, new_school
from load_server import Server

from chainrule.store.opening import open_store
from questions.bank import load_bank

HOST = "127.0.0.1"
SAVED_EVERY = 10.0  # seconds
TYPED = (12.0, 45.0)  # seconds that an answer takes
CODE_SHARE = 0.2
AGAIN = 0.2  # seconds between looks for a verdict
GRADED_WITHIN = 300.0
BADGE = b"badge outcome-"
ROWS = (
    ("page", "pages"),
    ("save", "saves while typing"),
    ("form", "answers sent"),
    ("formula verdict", "formula: sent to verdict"),
    ("other verdict", "number, choice: to verdict"),
    ("code verdict", "code: sent to verdict"),
    ("hand-in", "handing in"),
)


class Sitting:
    """A student who sits the exam."""

    def __init__(self, student: Student, browser: Browser, figures: Figures, chance: random.Random) -> None:
        self.student, self.browser, self.figures, self.chance = student, browser, figures, chance
        self.form = ""

    async def sit(self, assignment: str, begin: float, until: float) -> None:
        await asyncio.sleep(begin)
        await self.browser.get("/", "page")
        await self.browser.get("/exams", "page")
        begun = await self.browser.form(f"/assignments/{assignment}/begin", {}, "begin")
        if begun.status != 303:
            return
        self.form = begun.location
        await self.browser.get(self.form, "page")
        questions = [q for q in self.student.questions if q.kind != "code" or self.chance.random() < CODE_SHARE]
        self.chance.shuffle(questions)
        while time.monotonic() < until:
            for question in questions:
                await self._answer(question, until)
                if time.monotonic() >= until:
                    break

    async def hand_in(self) -> None:
        if not self.form:
            return
        await self.browser.get(f"{self.form}/hand-in", "page")
        answer = await self.browser.form(f"{self.form}/hand-in", {}, "hand-in")
        self.student.handed_in = answer.status == 303
        await self.browser.get(answer.location, "page")

    async def _answer(self, question: Question, until: float) -> None:
        place = f"{self.form}/{question.number}"
        await self.browser.get(place, "page")
        typed, share = self._typed(question)
        ends = min(until, time.monotonic() + self.chance.uniform(*TYPED))
        began = time.monotonic()
        while (left := ends - time.monotonic()) > 0:
            await asyncio.sleep(min(SAVED_EVERY, left))
            share = min(1.0, (time.monotonic() - began) / (ends - began + 1e-9))
            if left > SAVED_EVERY:
                await self._save(question, typed[: int(len(typed) * share)])
        if time.monotonic() < until:
            await self._send(question, typed)

    def _typed(self, question: Question) -> tuple[str, float]:
        """What is typed in the end: mostly right, now and then wrong or unreadable."""
        luck = self.chance.random()
        if question.kind in {"choice", "code"} or luck < 0.6:
            return question.right, 0.0
        if question.kind == "formula" and luck > 0.9:
            return f"{question.right} + (", 0.0
        return f"{question.right} + {self.chance.randint(1, 9)}" if question.kind == "formula" else "17", 0.0

    async def _save(self, question: Question, text: str) -> None:
        path = f"{self.form}/{question.number}/{question.part}"
        answer = await self.browser.save(path, {"answer": text, "seconds": SAVED_EVERY, "seen": ""}, "save")
        if answer.status == 200:
            self.student.acknowledged[question.number, question.part].append(text)

    async def _send(self, question: Question, text: str) -> None:
        """Sends the form and looks until the page shows what the answer is worth."""
        path = f"{self.form}/{question.number}/{question.part}"
        fields = {f"answer-{question.part}": text, "go": str(question.number)}
        began = time.perf_counter()
        sent = await self.browser.form(path, fields, "form")
        if sent.status != 303:
            return
        self.student.acknowledged[question.number, question.part].append(text.replace("\r\n", "\n"))
        page = await self.browser.get(sent.location, "page with verdict")
        while BADGE not in page.body:
            if time.perf_counter() - began > 120:
                self.figures.errors.append(f"no verdict on {question.kind} {text[:80]!r}")
                return
            await asyncio.sleep(AGAIN)
            page = await self.browser.get(sent.location, "page with verdict")
        kind = question.kind if question.kind in {"formula", "code"} else "other"
        self.figures.times[f"{kind} verdict"].append(time.perf_counter() - began)
        self.student.judged += 1
        if text == question.right and b"outcome-right" not in page.body:
            self.figures.errors.append(f"a right answer is not: {question.kind} {text[:80]!r}")


async def run(school: School, server: Server, figures: Figures, given: argparse.Namespace) -> None:
    """The whole class, side by side."""
    until = time.monotonic() + given.seconds
    chance = random.Random(7)
    sittings = [
        Sitting(one, Browser(HOST, server.port, one.cookie, figures), figures, random.Random(chance.random()))
        for one in school.students
    ]
    ramp = min(20.0, given.seconds / 4)
    watching = asyncio.create_task(_watch(server))
    killing = asyncio.create_task(_kill(server, figures, given.seconds / 2)) if given.kill else None
    await asyncio.gather(*(one.sit(school.assignment, chance.uniform(0, ramp), until) for one in sittings))
    if killing:
        await killing
    await asyncio.gather(*(_later(chance.uniform(0, ramp / 2), one) for one in sittings))
    for one in sittings:
        one.browser.close()
    watching.cancel()


async def _later(seconds: float, sitting: Sitting) -> None:
    await asyncio.sleep(seconds)
    await sitting.hand_in()


async def _watch(server: Server) -> None:
    while True:
        await asyncio.sleep(3)
        await asyncio.to_thread(server.measure)


async def _kill(server: Server, figures: Figures, after: float) -> None:
    await asyncio.sleep(after)
    figures.down = True
    server.kill()
    took = await asyncio.to_thread(server.start)
    figures.down = False
    click.echo(f"killed in the middle; it answered again after {took:.1f} s")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--students", type=int, default=300)
    options.add_argument("--seconds", type=float, default=180.0)
    options.add_argument("--kill", action="store_true", help="kill -9 the server in the middle")
    options.add_argument("--json", action="store_true")
    options.add_argument("--folder", help="where store and log lie, and stay")
    options.add_argument("more", nargs="*", help="more words for `chainrule serve`, after --")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(given.folder or temporary), given)


def measure(folder: Path, given: argparse.Namespace) -> None:
    """One run."""
    folder.mkdir(parents=True, exist_ok=True)
    server, figures = Server(folder / "load.db", folder / "log.jsonl", given.more), Figures()
    started = server.start()
    try:
        with open_store(str(folder / "load.db")) as store:
            school = new_school(store, load_bank(), given.students)
            used, began = server.processor(), time.perf_counter()
            asyncio.run(run(school, server, figures, given))
            share = (server.processor() - used) / (time.perf_counter() - began)
            graded = _graded(store, school)
            alone, together = server.measure()
            code, stopping = server.stop()
            found = check(store, school)
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
    memory = {"server": alone, "all": together, "peak": server.peak / 1e6}
    if given.json:
        click.echo(json.dumps(_record(figures, found, memory, share, graded)))
        return
    _tell(figures, found)
    click.echo(f"processors busy with the server: {share:.2f}")
    click.echo(
        f"memory: server {alone:.0f} MB, with its processes {together:.0f} MB, at most {server.peak / 1e6:.0f} MB"
    )
    click.echo(
        f"started in {started:.1f} s; graded {graded:.0f} s after the last; stopped in {stopping:.1f} s ({code})"
    )
    for error in figures.errors[:8]:
        click.echo(f"error: {error}")


def _graded(store: object, school: School) -> float:
    """Seconds until every exam is graded."""
    began = time.perf_counter()
    while endings(store, school) < sum(student.handed_in for student in school.students):  # type: ignore[arg-type]
        if time.perf_counter() - began > GRADED_WITHIN:
            return float("inf")
        time.sleep(0.5)
    return time.perf_counter() - began


def _tell(figures: Figures, found: Found) -> None:
    click.echo(f"{'':28}{'count':>7}{'p50':>9}{'p95':>9}{'p99':>9}{'most':>9}   ms")
    for kind, name in (*ROWS, ("page with verdict", "pages asked for a verdict")):
        if figures.times[kind]:
            values = [1000 * figures.percentile(kind, percent) for percent in (50, 95, 99, 100)]
            click.echo(f"{name:28}{len(figures.times[kind]):7}" + "".join(f"{value:9.0f}" for value in values))
    down = f" ({figures.refused_while_down} while the server was down)" if figures.refused_while_down else ""
    click.echo(f"errors: {len(figures.errors)}{down}")
    click.echo(
        f"store: {found.acknowledged} answers acknowledged, lost {found.lost}; {found.sittings} exams, "
        f"{found.endings} handed in and graded, {found.attempts} attempts; {found.jobs} jobs, {found.waiting} waiting"
    )


def _record(figures: Figures, found: Found, memory: dict[str, float], share: float, graded: float) -> dict[str, object]:
    kinds = {
        kind: {"count": len(times), **{f"p{p}": figures.percentile(kind, p) for p in (50, 95, 99)}}
        for kind, times in figures.times.items()
    }
    return {
        "kinds": kinds, "errors": len(figures.errors), "store": vars(found), "memory": memory, "processors": share,
        "graded": graded,
    }  # fmt: skip


if __name__ == "__main__":
    main()
