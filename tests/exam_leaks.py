"""What a student can get out of a server: every page and answer that can be reached, and what could be made of it."""

from __future__ import annotations

import base64
import hashlib
import html
import random
import re
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from chainrule.exams.class_chance import BITS, ClassChance
from chainrule.exams.labels import LETTERS
from chainrule.judging import mistake_views
from chainrule.quiz import SEEDS
from chainrule.quiz_data import encoded
from chainrule.viewing import right_answer_html
from grader.keys import DerivationKey, FormulaKey, NumberKey

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from chainrule.store.records import Item
    from questions.bank import Bank
    from questions.variant import Part, Variant

LINK = re.compile(r'(?:href|action|data-save-to|data-waiting)="([^"]+)"')
WORD = re.compile(r"[A-Za-z0-9_-]{2,}")
SHORTEST = 5  # letters of a text that is worth searching: shorter ones are everywhere


@dataclass
class Seen:
    """Everything that came back: bodies, headers and cookies, also decoded. addresses: what was asked for."""

    texts: set[str] = field(default_factory=set)
    addresses: list[tuple[str, int]] = field(default_factory=list)

    def add(self, address: str, response: TestResponse) -> None:
        """Keeps a response."""
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers)
        self.addresses.append((address, response.status_code))
        for text in (response.text, headers, *_decoded(headers)):
            self.texts |= {text, html.unescape(text), unquote(text)}
        if response.is_json:
            self.texts |= set(_strings(response.get_json()))

    def holds(self, needle: str) -> bool:
        """Whether the text stands anywhere."""
        return any(needle in text for text in self.texts)

    def words(self) -> set[str]:
        """Every word, number, label, id and token."""
        whole = {word for text in self.texts for word in WORD.findall(text)}
        return whole | {piece for word in whole for piece in re.split("[-_]", word) if len(piece) > 1}


def _strings(value: object) -> Iterator[str]:
    """The texts in a JSON value, without its escapes."""
    match value:
        case str():
            yield from {value, html.unescape(value)}
        case list():
            for one in value:
                yield from _strings(one)
        case dict():
            yield from _strings(list(value.values()))


def _decoded(headers: str) -> Iterator[str]:
    """What signed cookies hold."""
    for piece in re.findall(r"[A-Za-z0-9_-]{12,}", headers):
        with suppress(ValueError, zlib.error):
            raw = base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4))
            yield raw.decode("latin-1")
            yield zlib.decompress(raw).decode("latin-1")


def walk(client: FlaskClient, app: Flask, known: Mapping[str, Sequence[object]], *, skip: frozenset[str]) -> Seen:
    """Every page that links lead to, and every address of the application with what is known to its arguments.

    skip: endpoints that are left out.
    """
    seen, done = Seen(), set()
    adapter = app.url_map.bind("localhost")
    queue = ["/", *_addresses(app, known, skip)]
    while queue:
        address = queue.pop()
        if address in done or not _wanted(adapter, address, skip):
            continue
        done.add(address)
        response = client.get(address)
        with closing(response):
            seen.add(address, response)
            found = [*LINK.findall(response.text), response.headers.get("Location", "")]
        queue += [urlsplit(html.unescape(one)).path for one in found if one.startswith("/")]
    return seen


def _wanted(adapter: object, address: str, skip: frozenset[str]) -> bool:
    try:
        endpoint, _ = adapter.match(address, method="GET")  # type: ignore[attr-defined]
    except Exception:  # not an address of a page
        return False
    return endpoint not in skip


def _addresses(app: Flask, known: Mapping[str, Sequence[object]], skip: frozenset[str]) -> Iterator[str]:
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in skip or "GET" not in (rule.methods or ()):
            continue
        for values in _values(rule, known):
            with suppress(Exception):  # an argument that its address does not take
                yield adapter.build(rule.endpoint, values)


def _values(rule: Rule, known: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    names = sorted(rule.arguments)
    for values in product(*(known.get(name, known["id"]) for name in names)):
        yield dict(zip(names, values, strict=True))


@dataclass(frozen=True)
class Secrets:
    """What must not be seen of a question, each with a name for messages."""

    texts: tuple[tuple[str, str], ...]

    def seen_in(self, seen: Seen) -> list[str]:
        """The names of those that are there."""
        return [name for name, text in self.texts if seen.holds(text)]


def secrets_of(item: Item, variant: Variant) -> Secrets:
    """Key in every spelling, mistakes, hints, steps, seed, values, family and version."""
    found = [
        ("seed", str(item.seed)), ("seed in hex", f"{item.seed:x}"), ("values", item.values),
("family", item.family),
        ("name of the family", item.family.partition(".")[2]), ("version", item.version),
        *((f"hint {i}", _plain(one)) for i, one in enumerate(variant.hints)),
        *((f"step {i}", f"{one.name} = {one.formula.unicode()}") for i, one in enumerate(variant.steps)),
        *((f"reason {i}", one.comment) for i, one in enumerate(variant.steps)),
    ]  # fmt: skip
    for part in variant.parts:
        found += [(f"{part.id}: {what}", text) for what, text in (*_keys(part), *_mistakes(part))]
    return Secrets(tuple((f"{item.family} {what}", text) for what, text in found if len(text.strip()) >= SHORTEST))


def _plain(prose: Sequence[object]) -> str:
    """The longest piece of prose that is text."""
    return max((one for one in prose if isinstance(one, str)), key=len, default="")


def _keys(part: Part) -> Iterator[tuple[str, str]]:
    yield "key as typed", part.answer_text
    drawn = str(right_answer_html(part))
    if part.kind != "choice":  # its text is one of the options, which all are shown
        yield "key as HTML", drawn
    if part.kind in {"formula", "derivation"}:
        yield from (
            (f"key as MathML {i}", inner) for i, inner in enumerate(re.findall(r"<math[^>]*>(.*?)</math>", drawn))
        )
    match part.key:
        case FormulaKey(formula=formula):
            yield from (("key in Unicode", formula.unicode()), ("key in LaTeX", formula.latex()))
        case NumberKey(value=value):
            yield from (("key as a number", repr(float(value))), ("key as a fraction", str(value)))
        case DerivationKey():
            yield from ((f"line {i}", line) for i, line in enumerate(part.answer_text.splitlines()))


def _mistakes(part: Part) -> Iterator[tuple[str, str]]:
    for view in mistake_views(part):
        yield f"sentence on {view.name}", view.says
        if "-" in view.name:  # one word alone may stand in any text
            yield f"mistake {view.name}", view.name


def regenerated(
    seen: Seen, items: Sequence[Item], bank: Bank, names: Sequence[tuple[str, str]], rare: Collection[str]
) -> list[str]:
    """Families of which the asked variant can be drawn from what was seen. names: of exam and student, as known.

    Whatever looks like a number, an id or a label is taken as a seed, and as what seeds could be made of. rare:
    families that draw the same values for two seeds once in millions; of these each number's variant is drawn, since
    another seed could give the same. Of the others some number gives the same by chance.
    """
    words = seen.words()
    numbers = sorted({guess for word in words for guess in _numbers(word)})
    asked = {item.seed: item.family for item in items}
    guesses = {guess for word in words for guess in _guesses(word)}
    found = {asked[guess] for guess in guesses & set(asked)}
    for item in items:
        if item.family in rare and any(
            encoded(bank.family(item.family).draw(n).values) == item.values for n in numbers
        ):
            found.add(item.family)
    long = {word for word in words if len(word) >= 16}
    return sorted(found | {item.family for item in items if item.seed in set(_by_secret(long, item, names))})


def _numbers(word: str) -> Iterator[int]:
    """The numbers that a word may stand for."""
    plain = word.replace("-", "")
    if plain.isdecimal() and len(plain) <= 40:
        yield int(plain)
    if re.fullmatch(r"[0-9a-fA-F]{4,64}", plain):
        yield int(plain, 16)
    if len(plain) == 8 and set(plain) <= set(LETTERS):
        yield sum(LETTERS.index(letter) * len(LETTERS) ** i for i, letter in enumerate(plain))


def _guesses(word: str) -> Iterator[int]:
    """Those numbers, and what programs like to make of words."""
    for number in _numbers(word):
        yield from (number, number % SEEDS, number >> 64, number & (2**64 - 1), number % 2**BITS, number % 2**32)
        if number.bit_length() > BITS:
            yield number >> (number.bit_length() - BITS)
    for name in ("md5", "sha1", "sha256", "sha512"):
        for text in (word, word.replace("-", ""), word.lower()):
            digest = int(hashlib.new(name, text.encode()).hexdigest(), 16)
            bits = hashlib.new(name).digest_size * 8
            yield from (digest, digest % SEEDS, digest >> (bits - BITS), digest >> (bits - 64), digest % 2**BITS)
    yield zlib.crc32(word.encode())
    yield random.Random(word).randrange(SEEDS)


def _by_secret(words: set[str], item: Item, names: Sequence[tuple[str, str]]) -> Iterator[int]:
    """Seeds as an exam draws them, where a word is its secret."""
    for word in words:
        for secret in _bytes(word):
            for exam, student in names:
                yield ClassChance(secret, exam, student).seed(item.number, item.family)


def _bytes(word: str) -> Iterator[bytes]:
    yield word.encode()
    with suppress(ValueError):
        if len(word) >= 32:
            yield bytes.fromhex(word)
    with suppress(ValueError):
        raw = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        if len(raw) >= 16:
            yield raw
