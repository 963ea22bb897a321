"""Tokens to the surface tree, for the NumPy-like and the Unicode spelling.

comparison   = sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
sum          = product {("+" | "-") product}
product      = sign {("*" | "/" | "@" | "·") sign}             all of one rank, from the left, as in Python
sign         = {"-" | "+"} beside
beside       = power {power}                                   2x, W x, 2(x + 1)
power        = postfix [("**" | "^") {"-"} power]
postfix      = atom {".T" | ".name" | ".name(...)" | "[...]" | "'" | raised number | raised T}
atom         = number | name | name(...) | {placeholder} | "(" ... ")" | "[" ... "]" | "|" ... "|" | "‖" ... "‖"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from grader.formula import functions
from grader.formula.characters import BRACKET_FUNCTIONS
from grader.formula.errors import Span, Unreadable
from grader.formula.latex_lexer import is_latex, latex_tokens
from grader.formula.lexer import Token, tokens
from grader.formula.names import split_glued
from grader.formula.syntax import Call, Item, Items, Name, Node, Num, Op

MAX_DEPTH = 60
MAX_NODES = 800
MAX_TREE_DEPTH = 120  # a + a + a + ... is deep to the left; every walk recurses once a level
MOST_KEPT = 512  # surface trees
MAX_EXPONENT = 40  # of a number literal such as 1e-12

_COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
_PRODUCTS = {"*": "mul", "/": "div", "@": "matmul", "·": "dot", "//": "floordiv", "⊗": "kron"}
_BIG = re.compile(r"(sum|prod|Sigma|Pi)_([A-Za-z])")


def parse(
    text: str,
    *,
    declared: frozenset[str] = frozenset(),
    grafts: Mapping[str, str] | None = None,
    equations: bool = False,
) -> Node:
    """The surface tree of a formula. Raises `Unreadable`.

    declared: names that are symbols, so that `x(y + 1)` is a product and `f(y)` a call.
    grafts: what stands for each placeholder `{name}`. equations: allow `a = b` and chains of it.
    """
    return _parsed(text, declared, tuple(sorted((grafts or {}).items())), equations)


@lru_cache(maxsize=MOST_KEPT)
def _parsed(text: str, declared: frozenset[str], grafts: tuple[tuple[str, str], ...], equations: bool) -> Node:
    """`parse`; the texts of a family are read again for each of its variants."""
    found = latex_tokens(text) if not grafts and is_latex(text) else tokens(text)
    parser = _Parser(split_glued(found, declared), declared, dict(grafts))
    tree = parser.equations() if equations else parser.comparison()
    parser.expect_end()
    _check_size(tree, len(text))
    return tree


def _check_size(tree: Node, length: int) -> None:
    waiting, nodes = [(tree, 1)], 0
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if nodes > MAX_NODES or depth > MAX_TREE_DEPTH:
            raise Unreadable("too-many-parts", (0, length), limit=MAX_NODES, depth=MAX_TREE_DEPTH)
        waiting.extend((child, depth + 1) for child in children(node))


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node."""
    match node:
        case Op(args=args):
            return args
        case Call(args=args, named=named):
            return args + tuple(value for _, value in named)
        case Item(base=base, parts=parts):
            return (base, *(p for p in parts if p is not None))
        case Items(items=items):
            return items
    return ()


def respan(node: Node, span: Span) -> Node:
    """The same tree with every span replaced, for text grafted into another formula."""
    match node:
        case Op(args=args):
            return replace(node, args=tuple(respan(a, span) for a in args), span=span)
        case Call(args=args, named=named):
            renamed = tuple((name, respan(value, span)) for name, value in named)
            return replace(node, args=tuple(respan(a, span) for a in args), named=renamed, span=span)
        case Item(base=base, parts=parts):
            moved = tuple(None if p is None else respan(p, span) for p in parts)
            return replace(node, base=respan(base, span), parts=moved, span=span)
        case Items(items=items):
            return replace(node, items=tuple(respan(i, span) for i in items), span=span)
    return replace(node, span=span)


@dataclass
class _Parser:
    """Walks the tokens once; `at` is the next one."""

    tokens: list[Token]
    declared: frozenset[str]
    grafts: Mapping[str, str]
    at: int = 0
    depth: int = 0
    bars: list[str] = field(default_factory=list)  # open | and ‖, innermost last

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        return self.next.kind == "op" and self.next.text in texts

    @contextmanager
    def deeper(self, span: Span) -> Iterator[None]:
        """One level further in: every rule that can call itself goes through here, since each level recurses."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable("too-deep", span, limit=MAX_DEPTH)
        yield
        self.depth -= 1

    def expect(self, text: str, opened: Token) -> Token:
        if not self.sees(text):
            if self.next.kind == "end":
                raise Unreadable("unclosed", opened.span, bracket=opened.text, missing=text)
            raise Unreadable("expected", self.next.span, got=self.next.text, expected=text)
        return self.take()

    def expect_end(self) -> None:
        token = self.next
        if token.kind == "end":
            return
        if token.text == "=":
            raise Unreadable("equals", token.span)
        if token.text in (")", "]"):
            raise Unreadable("unopened", token.span, bracket=token.text)
        raise Unreadable("unexpected", token.span, got=token.text)

    # ---- the grammar, from the loosest binding to the tightest

    def equations(self) -> Node:
        left = self.comparison()
        while self.sees("="):
            self.take()
            right = self.comparison()
            left = Op("equation", (left, right), (left.span[0], right.span[1]))
        return left

    def comparison(self) -> Node:
        with self.deeper(self.next.span):
            left = self.sum()
            if self.sees(*_COMPARISONS):
                left = self.binary(_COMPARISONS[self.take().text], left, self.sum())
                if self.sees(*_COMPARISONS):
                    raise Unreadable("chained", self.next.span)
        return left

    def sum(self) -> Node:
        left = self.product()
        while self.sees("+", "-"):
            kind = "add" if self.take().text == "+" else "sub"
            left = self.binary(kind, left, self.product())
        return left

    def product(self) -> Node:
        left = self.sign()
        divided = False
        while self.sees(*_PRODUCTS):
            operator = self.take()
            right = self.sign()
            if operator.text == "/" and self.is_beside(right):
                raise Unreadable("divide-beside", (left.span[0], right.span[1]))
            if operator.text == "·" and divided:
                raise Unreadable("divide-beside", (left.span[0], right.span[1]))
            divided = operator.text == "/"
            left = self.binary(_PRODUCTS[operator.text], left, right)
        return left

    @staticmethod
    def is_beside(node: Node) -> bool:
        """True for `2x` and `f(x) y`: after a division these have two readings."""
        return isinstance(node, Op) and node.kind == "beside"

    def sign(self) -> Node:
        if self.sees("-", "+"):
            token = self.take()
            with self.deeper(token.span):
                operand = self.sign()
            if token.text == "+":
                return operand
            return Op("neg", (operand,), (token.span[0], operand.span[1]))
        return self.beside()

    def beside(self) -> Node:
        left = last = self.power()
        while self.starts_factor():
            if isinstance(last, Num) and self.next.kind == "number":
                raise Unreadable("unexpected", self.next.span, got=self.next.text)
            last = self.power()
            left = self.binary("beside", left, last)
        return left

    def starts_factor(self) -> bool:
        token = self.next
        if token.kind in {"name", "number", "placeholder"}:
            return True
        if token.kind == "op" and token.text in ("|", "‖"):
            return token.text not in self.bars
        return token.kind == "op" and (token.text == "(" or token.text in BRACKET_FUNCTIONS)

    def power(self) -> Node:
        base = self.postfix()
        if not self.sees("**", "^"):
            return base
        operator = self.take()
        kind = "pow" if operator.text == "**" else "caret"
        with self.deeper(operator.span):
            exponent = self.exponent()
        number, transposes = _without_transposes(exponent)
        power: Node = self.binary(kind, base, number)
        for _ in range(transposes):  # A^{-1}^T: of the power, since a number has none
            power = Op("transpose", (power,), (power.span[0], exponent.span[1]))
        return power

    def exponent(self) -> Node:
        if self.next.kind == "name" and self.next.text == "T":
            token = self.take()
            return Name("T", token.span)  # X^T (...) is a transpose and a factor, not a call of T
        if self.next.kind == "name" and self.next.text[0] == "T" and self.is_factor_behind_t(self.next.text):
            token = self.next  # x^Tx
            start, end = token.span
            self.tokens[self.at] = Token("name", token.text[1:], (start + 1, end), True)
            return Name("T", (start, start + 1))
        if self.sees("-", "+"):
            token = self.take()
            with self.deeper(token.span):
                operand = self.exponent()
            if token.text == "+":
                return operand
            return Op("neg", (operand,), (token.span[0], operand.span[1]))
        return self.power()

    def postfix(self) -> Node:
        node = self.atom()
        while True:
            token = self.next
            if token.kind == "super":
                node = self.raised(node)
            elif token.kind == "transpose" or (token.text == "'" and token.kind == "op"):
                self.take()
                node = Op("transpose", (node,), (node.span[0], token.span[1]))
            elif self.sees("."):
                node = self.attribute(node)
            elif self.sees("_["):
                node = self.item(node, subscript=True)
            elif self.sees("[") and (token.glued or not isinstance(node, Num)):
                node = self.item(node)
            else:
                return node

    def raised(self, base: Node) -> Node:
        token = self.take()
        digits = token.text.lstrip("+-")
        exponent: Node
        if digits.isdigit() and len(digits) <= 3:
            exponent = Num(Fraction(int(digits)), token.span)
            if token.text.startswith("-"):
                exponent = Op("neg", (exponent,), token.span)
        elif token.text == "n":
            exponent = Name("n", token.span)
        else:
            raise Unreadable("raised", token.span)
        return Op("caret", (base, exponent), (base.span[0], token.span[1]))

    def attribute(self, base: Node) -> Node:
        """`.T`, a method `x.sum(axis=0)`, or a module's function `np.exp(x)`."""
        dot = self.take()
        if self.next.kind != "name":
            raise Unreadable("unexpected", dot.span, got=".")
        name = self.take()
        span = (base.span[0], name.span[1])
        is_module = isinstance(base, Name) and base.name in functions.MODULES and base.name not in self.declared
        if is_module and self.sees("."):  # np.linalg.norm, torch.nn.functional.softmax
            return Name("np", span)
        if self.sees("("):
            args, named, end = self.arguments()
            if not is_module:
                args = (base, *args)
            return Call(name.text, args, named, (base.span[0], end))
        if name.text in {"T", "mT"} and not is_module:
            return Op("transpose", (base,), span)
        if is_module and name.text not in self.declared:
            return Name(name.text, span)
        raise Unreadable("attribute", name.span, name=name.text)

    def item(self, base: Node, *, subscript: bool = False) -> Node:
        opened = self.take()
        parts: list[Node | None] = []
        while True:
            if self.sees(":"):
                self.take()
                parts.append(None)
            else:
                parts.append(self.comparison())
            if not self.sees(","):
                break
            self.take()
        closed = self.expect("]", opened)
        return Item(base, tuple(parts), (base.span[0], closed.span[1]), subscript)

    def atom(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return Num(_fraction(token), token.span)
        if token.kind == "name":
            return self.named(token)
        if token.kind == "placeholder":
            return self.grafted(token)
        if token.kind == "op" and token.text in ("(", "["):
            return self.bracketed(token)
        if token.kind == "op" and token.text in ("|", "‖"):
            return self.barred(token)
        if token.kind == "op" and token.text in BRACKET_FUNCTIONS:
            return self.bracket_function(token)
        self.at -= 1
        if token.kind == "end":
            raise Unreadable("ends-early" if self.at else "empty", token.span)
        raise Unreadable("unexpected", token.span, got=token.text)

    def named(self, token: Token) -> Node:
        if (big := _BIG.fullmatch(token.text)) and not self.is_symbol(token.text):
            with self.deeper(token.span):
                body = self.product()
            name = "Sum" if big[1] in {"sum", "Sigma"} else "Product"
            return Call(name, (body, Name(big[2], token.span)), (), (token.span[0], body.span[1]))
        is_function = functions.find(token.text) is not None and not self.is_symbol(token.text)
        if is_function and self.next.kind == "super":
            return self.raised_function(token)
        if is_function and self.sees("^") and self.tokens[self.at + 1].kind == "number":  # sin^2(x)
            self.tokens[self.at : self.at + 2] = [Token("super", self.tokens[self.at + 1].text, self.next.span)]
            return self.raised_function(token)
        if self.sees("(") and not self.is_symbol(token.text):
            args, named, end = self.arguments()
            return Call(token.text, args, named, (token.span[0], end))
        if token.text == "sqrt" and self.tokens[self.at - 1].span[1] - token.span[0] == 1:  # √x
            with self.deeper(token.span):
                operand = self.power()
            return Call("sqrt", (operand,), (), (token.span[0], operand.span[1]))
        return Name(token.text, token.span)

    def raised_function(self, token: Token) -> Node:
        """`tanh²(x)`, the square of the value."""
        mark = self.next
        raised = self.raised(Name(token.text, token.span))
        if mark.text.startswith("-"):
            raise Unreadable("latex-inverse", mark.span, name=token.text)
        if not self.sees("(") or not isinstance(raised, Op):
            raise Unreadable("function-alone", token.span, name=token.text)
        args, named, end = self.arguments()
        call = Call(token.text, args, named, (token.span[0], end))
        function = functions.find(token.text)
        kind = "pow" if function and functions.is_of_entries(function) else "caret"
        return Op(kind, (call, raised.args[1]), call.span)

    def is_factor_behind_t(self, name: str) -> bool:
        return not self.is_symbol(name) and self.is_symbol(name[1:])

    def is_symbol(self, name: str) -> bool:
        """True for a declared name, with or without a subscript: what follows in brackets is a factor."""
        if name in functions.CONSTANTS:
            return True
        return bool({name, name.partition("_")[0], name.replace("_", "")} & self.declared)

    def grafted(self, token: Token) -> Node:
        if token.text not in self.grafts:
            raise Unreadable("placeholder", token.span, name=token.text)
        drawn = self.grafts[token.text]
        if self.sees("("):
            if not functions.find(drawn.strip()):
                raise Unreadable("placeholder-function", token.span, name=token.text, drawn=drawn)
            args, named, end = self.arguments()
            return Call(drawn.strip(), args, named, (token.span[0], end))
        try:
            inner = parse(
                drawn,
                declared=self.declared,
                grafts={k: v for k, v in self.grafts.items() if k != token.text},
            )
        except Unreadable as error:
            raise Unreadable(error.code, token.span, **error.data) from None
        return respan(inner, token.span)

    def arguments(self) -> tuple[tuple[Node, ...], tuple[tuple[str, Node], ...], int]:
        """The arguments of a call and where its closing bracket ends."""
        opened = self.take()
        outer, self.bars = self.bars, []
        args: list[Node] = []
        named: list[tuple[str, Node]] = []
        while not self.sees(")"):
            follower = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
            if self.next.kind == "name" and follower.text == "=" and follower.kind == "op":
                name = self.take().text
                self.take()
                named.append((name, self.comparison()))
            else:
                args.append(self.comparison())
            if not self.sees(","):
                break
            self.take()
        self.bars = outer
        return tuple(args), tuple(named), self.expect(")", opened).span[1]

    def bracketed(self, opened: Token) -> Node:
        closing = ")" if opened.text == "(" else "]"
        outer, self.bars = self.bars, []
        items = [self.comparison()]
        comma = False
        while self.sees(","):
            comma = True
            self.take()
            if self.sees(closing):
                break
            items.append(self.comparison())
        self.bars = outer
        closed = self.expect(closing, opened)
        span = (opened.span[0], closed.span[1])
        if opened.text == "(" and not comma:
            inner = items[0]
            # the brackets settle what `a / b c` leaves open
            kind = "juxtapose" if self.is_beside(inner) else None
            return replace(inner, kind=kind, span=span) if kind and isinstance(inner, Op) else replace(inner, span=span)
        return Items(tuple(items), opened.text, span)

    def barred(self, opened: Token) -> Node:
        self.bars.append(opened.text)
        with self.deeper(opened.span):
            inner = self.sum()
        if not self.sees(opened.text):
            raise Unreadable("unclosed", opened.span, bracket=opened.text, missing=opened.text)
        closed = self.take()
        self.bars.pop()
        name = "abs" if opened.text == "|" else "norm"
        return Call(name, (inner,), (), (opened.span[0], closed.span[1]))

    def bracket_function(self, opened: Token) -> Node:
        """`⌈x⌉`, `⌊x⌋`, `⟨a, b⟩`."""
        name, closing = BRACKET_FUNCTIONS[opened.text]
        args = [self.comparison()]
        while self.sees(","):
            self.take()
            args.append(self.comparison())
        closed = self.expect(closing, opened)
        return Call(name, tuple(args), (), (opened.span[0], closed.span[1]))

    @staticmethod
    def binary(kind: str, left: Node, right: Node) -> Op:
        return Op(kind, (left, right), (left.span[0], right.span[1]))


def _without_transposes(exponent: Node) -> tuple[Node, int]:
    """A number's own tree and how many transposes stand behind it; anything else as it is."""
    count, node = 0, exponent
    while isinstance(node, Op) and node.kind == "transpose":
        count, node = count + 1, node.args[0]
    if isinstance(node, Op) and node.kind == "neg" and not count:
        inside, count = _without_transposes(node.args[0])
        return (Op("neg", (inside,), node.span), count) if count else (exponent, 0)
    number = isinstance(node, Num) or (isinstance(node, Op) and node.kind == "neg" and isinstance(node.args[0], Num))
    return (node, count) if number else (exponent, 0)


def _fraction(token: Token) -> Fraction:
    mantissa, _, exponent = token.text.lower().partition("e")
    if exponent and abs(int(exponent)) > MAX_EXPONENT:
        raise Unreadable("number-size", token.span, limit=MAX_EXPONENT)
    return Fraction(mantissa.rstrip(".") or "0") * Fraction(10) ** int(exponent or 0)
