"""LaTeX to the same tokens as the other spellings, so that one parser reads all three.

\\frac{a}{b}          ((a) / (b))
\\sqrt[n]{a}          (a)^(1 / (n))
\\sum_{i=1}^{n} a b   Sum(a b, (i, 1, n)): up to the next + or - of the same level
\\tanh^2(x)           (tanh(x))^(2)
\\log x               log(x): one factor only; `\\log x y` has two readings and is refused
x_{hh}, x_{t-1}      the name x_hh; the entry t - 1 of x
\\begin{cases}        Piecewise((a, condition), ..., (b, True))
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.formula import functions
from grader.formula import latex_commands as commands
from grader.formula.errors import Span, Unreadable
from grader.formula.latex_tokens import bracketed, compared, condition, joined, square
from grader.formula.lexer import MAX_LENGTH, Token, plain_token

MAX_NESTING = 40
DIGITS = "0123456789"
_FROM = re.compile(r"_ *\{ *\w+ *=")  # the start of a sum; no entry has an = below it
_CLOSERS = {"(": ")", "[": "]", "|": "|", "‖": "‖"}


def is_latex(text: str) -> bool:
    """True for text that only LaTeX explains: a command, or a group in braces after ^ or _."""
    return "\\" in text or "^{" in text or "_{" in text


def latex_tokens(text: str) -> list[Token]:
    """The tokens of a formula in LaTeX, closed by an `end` token. Raises `Unreadable`."""
    if len(text) > MAX_LENGTH:
        raise Unreadable("too-long", (MAX_LENGTH, len(text)), limit=MAX_LENGTH, length=len(text))
    lexer = _Lexer(text)
    found = lexer.until("")
    return [*found, Token("end", "", (len(text), len(text)))]


@dataclass
class _Lexer:
    """Walks the text once; `at` is the next character."""

    text: str
    at: int = 0
    depth: int = 0

    # ---- characters

    def skip_spaces(self) -> None:
        while self.at < len(self.text):
            if self.text[self.at] in " ~\t":
                self.at += 1
            elif (command := self.peek_command()) and command in commands.SPACES:
                self.at += 1 + len(command)
            else:
                return

    def peek_command(self) -> str:
        """The name of the command at this place, '' where there is none."""
        if self.text[self.at : self.at + 1] != "\\":
            return ""
        end = self.at + 1
        while end < len(self.text) and self.text[end].isascii() and self.text[end].isalpha():
            end += 1
        return self.text[self.at + 1 : max(end, self.at + 2)]

    def sees(self, text: str) -> bool:
        self.skip_spaces()
        return self.text.startswith(text, self.at)

    def expect(self, text: str) -> None:
        if not self.sees(text):
            got = self.text[self.at : self.at + 1]
            if not got:
                raise Unreadable("unclosed", (self.at - 1, self.at), bracket="{", missing=text)
            raise Unreadable("expected", (self.at, self.at + 1), got=got, expected=text)
        self.at += len(text)

    # ---- sequences

    def until(self, closing: str) -> list[Token]:
        """The tokens up to a closing mark (which is left), or to the end for ''."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise Unreadable("too-deep", (self.at, self.at + 1), limit=MAX_NESTING)
        found: list[Token] = []
        while True:
            self.skip_spaces()
            if self.at >= len(self.text) or (closing and self.text.startswith(closing, self.at)):
                break
            if (closing and self.text[self.at] in "&") or self.text.startswith("\\\\", self.at):
                break
            found.extend(self.piece())
        self.depth -= 1
        return found

    def group(self) -> list[Token]:
        """The tokens of `{...}`, or of one character or command where no brace opens."""
        self.skip_spaces()
        if not self.sees("{"):
            if self.at >= len(self.text):
                raise Unreadable("ends-early", (self.at, self.at))
            if self.text[self.at] in DIGITS:  # \frac12
                self.at += 1
                return [Token("number", self.text[self.at - 1], (self.at - 1, self.at))]
            return self.piece(single=True)
        start = self.at
        self.at += 1
        inside = self.until("}")
        if not self.sees("}"):
            raise Unreadable("unclosed", (start, start + 1), bracket="{", missing="}")
        self.at += 1
        return inside

    def raw_group(self) -> tuple[str, Span]:
        """The text of `{...}` as it stands, for names."""
        self.expect("{")
        start = self.at
        end = self.text.find("}", start)
        if end < 0:
            raise Unreadable("unclosed", (start - 1, start), bracket="{", missing="}")
        self.at = end + 1
        return self.text[start:end].strip(), (start, end)

    # ---- one piece

    def piece(self, single: bool = False) -> list[Token]:
        """The tokens of the next command, name, group or sign. single: a name stops after one letter."""
        start = self.at
        if start >= len(self.text):
            raise Unreadable("ends-early", (start, start))
        if command := self.peek_command():
            self.at += 1 + len(command)
            return self.command(command, (start, self.at))
        char = self.text[self.at]
        if char == "{":
            inside = self.group()
            if len(inside) == 1 and inside[0].kind == "name":
                return self.with_subscript(inside[0])
            return bracketed(inside, (start, self.at))
        if char == "^":
            self.at += 1
            return self.raised((start, self.at))
        if char == "_" and self.at and self.text[self.at - 1] in ")]}|":
            return self.entry_below()
        if char in "_&#$%}":
            raise Unreadable("unexpected", (self.at, self.at + 1), got=char)
        token = plain_token(self.text, self.at)
        if token.kind == "name":
            return self.name(token, single)
        self.at = token.span[1]
        return [token]

    def name(self, token: Token, single: bool) -> list[Token]:
        """A run of letters and digits; what stands below is read as LaTeX has it."""
        stop = token.span[0]
        while stop < token.span[1] and self.text[stop] != "_":
            stop += 1
            if single:
                break
        if stop < token.span[1] or single:
            token = plain_token(self.text[:stop], token.span[0])
        self.at = token.span[1]
        if functions.find(token.text) and self.sees("^") and not single:
            return self.function(token)
        if token.text in commands.BIG and self.sees("_"):  # sum_{i=1}^n without its backslash, or ∑
            return self.big(commands.BIG[token.text], token.span)
        if token.text in commands.BIG_LETTERS and self.sees("_") and _FROM.match(self.text, self.at):  # Σ_{i=1}^n
            return self.big(commands.BIG_LETTERS[token.text], token.span)
        return self.with_subscript(token)

    def with_subscript(self, token: Token) -> list[Token]:
        """`x`, `x_i`, `W_{hh}` as one name; `h_{t-1}` as a name and a subscript in brackets."""
        if not self.sees("_"):
            return [token]
        start = self.at
        self.at += 1
        below = self.group() if self.sees("{") else self.piece_below()
        end = self.at
        if all(t.kind in {"name", "number"} or t.text == "," for t in below) and below:
            marks = "".join(t.text for t in below if t.text != ",")
            return [Token("name", f"{token.text}_{marks}", (token.span[0], end))]
        opening, closing = Token("op", "_[", (start, start + 1), True), Token("op", "]", (end - 1, end))
        return [token, opening, *below, closing]

    def entry_below(self) -> list[Token]:
        """What stands below a bracket: the entry of a vector, or the 2 of a norm, which says nothing new."""
        start = self.at
        self.at += 1
        below = self.group() if self.sees("{") else self.piece_below()
        if self.text[start - 1] in "|" and len(below) == 1 and below[0].text in {"2", "F"}:
            return []
        return [Token("op", "_[", (start, start + 1), True), *below, Token("op", "]", (self.at - 1, self.at))]

    def piece_below(self) -> list[Token]:
        self.skip_spaces()
        if self.at < len(self.text) and self.text[self.at] in DIGITS:
            self.at += 1
            return [Token("number", self.text[self.at - 1], (self.at - 1, self.at))]
        if self.at >= len(self.text):
            raise Unreadable("ends-early", (self.at, self.at))
        return self.piece(single=True)

    def raised(self, span: Span) -> list[Token]:
        """What stands above: a transpose, or an exponent in brackets."""
        inside = self.exponent()
        if len(inside) == 1 and (inside[0].kind == "transpose" or inside[0].text == "'"):
            return [Token("transpose", "T", inside[0].span)]
        if inside and inside[0].text == "*":  # ^{\circ 2}: entry by entry
            return [Token("op", "**", span), *bracketed(inside[1:], span)]
        if len(inside) == 1:
            return [Token("op", "^", span), *inside]
        return [Token("op", "^", span), *bracketed(inside, span)]

    def exponent(self) -> list[Token]:
        found = self.group() if self.sees("{") else self.piece_below()
        if not found:
            raise Unreadable("ends-early", (self.at, self.at))
        return found

    # ---- commands

    def command(self, name: str, span: Span) -> list[Token]:
        if name in commands.SIZES:
            return self.sized()
        if name in commands.OPERATORS:
            sign = commands.OPERATORS[name]
            if sign == "‖" and self.sees("_"):
                self.at += 1
                self.norm_mark(self.group() if self.sees("{") else self.piece_below())
            return [Token("op", sign, span)]
        if name in commands.TRANSPOSES:
            return [Token("transpose", "T", span)]
        if name == "prime":
            return [Token("transpose", "T", span)]
        if name in commands.NAMES:
            return self.with_subscript(Token("name", commands.NAMES[name], span))
        if name in commands.FUNCTIONS:
            return self.function(Token("name", commands.FUNCTIONS[name], span))
        if name in commands.UPRIGHT:
            return self.upright(span)
        if name in commands.ACCENTS:
            return self.accented(name.removeprefix("wide"), span)
        if name in commands.FRACTIONS:
            top, bottom = self.group(), self.group()
            slash = Token("op", "/", span)
            return bracketed([*bracketed(top, span), slash, *bracketed(bottom, span)], span)
        if name == "sqrt":
            return self.root(span)
        if name in commands.BIG:
            return self.big(commands.BIG[name], span)
        if name == "begin":
            return self.environment(span)
        raise Unreadable("latex-command", span, name=name)

    @staticmethod
    def norm_mark(below: list[Token]) -> None:
        """Refuses any norm but the Euclidean one."""
        if len(below) != 1 or below[0].text not in {"2", "F"}:
            raise Unreadable("norm", below[0].span if below else (0, 0))

    def sized(self) -> list[Token]:
        """The bracket after \\left, \\right, \\big; nothing for the invisible one."""
        self.skip_spaces()
        if self.sees("."):
            self.at += 1
            return []
        return self.piece()

    def upright(self, span: Span) -> list[Token]:
        """`\\mathrm{softmax}`, `\\operatorname{diag}`, `\\mathbf{x}`: the word inside is a name."""
        if self.sees("{"):
            word, inside = self.raw_group()
        else:  # \\mathsf T
            word, inside = self.text[self.at : self.at + 1], (self.at, self.at + 1)
            self.at += 1
        word = word.replace("\\,", "").replace("\\_", "_").replace("log softmax", "log_softmax")
        if word in {"1", "I"} and (self.sees("[") or self.sees("\\left[")):
            return self.indicator(span)
        if word in {"1", "0"} and self.sees("_"):
            return self.filled({"1": "ones", "0": "zeros", "I": "eye"}[word], span)
        if word == "logsoftmax":
            word = "log_softmax"
        if not word.replace("_", "").isalnum() or not word.isascii() or not word[0].isalpha():
            raise Unreadable("latex-word", inside, word=word)
        token = Token("name", word, (span[0], self.at))
        if functions.find(word) and word != "I" and (self.sees("^") or self.sees("_")):
            return self.function(token)
        return self.with_subscript(token)

    def indicator(self, span: Span) -> list[Token]:
        """`\\mathbb{1}[...]`, where `=` compares."""
        opened = self.piece()
        return [Token("name", "indicator", span), *opened, *compared(self.to_closing("]"))]

    def filled(self, name: str, span: Span) -> list[Token]:
        """`\\mathbf{1}_{N}`, `\\mathbf{0}_{N \\times D}`, `\\mathbf{I}_{D}`."""
        self.expect("_")
        below = self.group() if self.sees("{") else self.piece_below()
        sizes = [Token("op", ",", t.span) if t.text in {"·", "*"} else t for t in below]
        return [Token("name", name, span), *bracketed(sizes, span)]

    def accented(self, accent: str, span: Span) -> list[Token]:
        inside = self.group()
        if len(inside) != 1 or inside[0].kind != "name":
            raise Unreadable("latex-accent", span)
        mark = {"overline": "bar"}.get(accent, accent)
        stem, _, below = inside[0].text.partition("_")  # \\hat y_n is \\hat{y}_n
        name = f"{stem}_{mark}_{below}" if below else f"{stem}_{mark}"
        return self.with_subscript(Token("name", name, (span[0], self.at)))

    def root(self, span: Span) -> list[Token]:
        degree: list[Token] = []
        if self.sees("["):
            self.at += 1
            degree = self.until("]")
            self.expect("]")
        inside = bracketed(self.group(), span)
        if not degree:
            return [Token("name", "sqrt", span), *inside]
        one = Token("number", "1", span)
        exponent = bracketed([one, Token("op", "/", span), *bracketed(degree, span)], span)
        return bracketed([*inside, Token("op", "^", span), *exponent], span)

    def function(self, token: Token) -> list[Token]:
        """A function with its exponent, base and argument: `\\tanh^2(x)`, `\\log_2 x`, `\\exp x`."""
        span = token.span
        exponent: list[Token] = []
        base: list[Token] = []
        while self.sees("^") or self.sees("_"):
            mark = self.text[self.at]
            self.at += 1
            if mark == "^":
                exponent = self.exponent()
            else:
                base = self.group() if self.sees("{") else self.piece_below()
        function = functions.find(token.text)
        over_axis = function is not None and function.kind in {"reduce", "along"}
        if base and token.text != "log" and not over_axis:
            raise Unreadable("latex-below", span, name=token.text)
        if exponent and exponent[0].text == "-" and token.text in commands.INVERTIBLE:
            raise Unreadable("latex-inverse", span, name=token.text)
        argument = self.argument(token)
        if base:
            axis = [Token("name", "axis", span), Token("op", "=", span)] if over_axis else []
            base = [t for t in base if t.text != "axis"]
            argument = [*argument[:-1], Token("op", ",", span), *axis, *base, argument[-1]]
        call = [token, *argument]
        if not exponent:
            return call
        squared = exponent[0].kind == "number" and function is not None and functions.is_of_entries(function)
        sign = "**" if squared else "^"  # \tanh^2(X) squares the entries
        return [*bracketed(call, span), Token("op", sign, span), *bracketed(exponent, span)]

    def argument(self, token: Token) -> list[Token]:
        """The argument in round brackets, put there where it is one bare factor."""
        self.skip_spaces()
        pieces = self.factor()
        if pieces and pieces[0].text == "(" and pieces[0].kind == "op":
            return pieces
        if not pieces or (pieces[0].kind == "op" and pieces[0].text not in _CLOSERS):
            raise Unreadable("function-alone", token.span, name=token.text)
        self.skip_spaces()
        if self.at < len(self.text) and (self.text[self.at].isalnum() or self.text[self.at] in "({"):
            raise Unreadable("latex-scope", (token.span[0], self.at), name=token.text)
        return bracketed(pieces, token.span)

    def factor(self) -> list[Token]:
        """One factor: a piece, up to its closing bracket where it opens one, with what is raised above it."""
        self.skip_spaces()
        if self.at >= len(self.text):
            return []
        found = self.piece()
        if len(found) == 1 and found[0].kind == "name" and functions.find(found[0].text) and self.opens_bracket():
            found += self.piece()
            found += self.to_closing(")")
            return found
        if len(found) == 1 and found[0].kind == "number" and self.sees_name():  # \\sin 2x
            found += self.piece()
        if found and len(found) == 1 and found[0].text in _CLOSERS:
            found += self.to_closing(_CLOSERS[found[0].text])
        if found and found[0].text == "(":
            return found  # f(x)^2 raises the value, which the parser sees to
        while self.sees("^"):
            found += self.piece()
        return found

    def opens_bracket(self) -> bool:
        return self.sees("(") or self.sees("\\left(")

    def sees_name(self) -> bool:
        self.skip_spaces()
        return self.at < len(self.text) and self.text[self.at].isascii() and self.text[self.at].isalpha()

    def to_closing(self, closer: str) -> list[Token]:
        """The tokens up to and with the closing bracket."""
        found: list[Token] = []
        depth = 0
        while True:
            self.skip_spaces()
            if self.at >= len(self.text):
                return found  # the parser reports the open bracket
            pieces = self.piece()
            found += pieces
            if len(pieces) != 1:
                continue
            text = pieces[0].text
            if text == closer and depth == 0:
                return found
            depth += (text == "(" and closer == ")") - (text == ")" and closer == ")")

    def big(self, op: str, span: Span) -> list[Token]:
        """`\\sum_{i=1}^{n} body`: the body reaches to the next + or - outside brackets, or to the end."""
        below: list[Token] = []
        above: list[Token] = []
        while self.sees("_") or self.sees("^"):
            mark = self.text[self.at]
            self.at += 1
            inside = self.group() if self.sees("{") else self.piece_below()
            below, above = (inside, above) if mark == "_" else (below, inside)
        if not below or below[0].kind != "name":
            raise Unreadable("sum-form", span)
        comma = Token("op", ",", span)
        limits = below[:1]
        if len(below) > 2 and below[1].text == "=":
            limits = bracketed([below[0], comma, *below[2:], comma, *above], span)
        if len(below) > 1 and below[1].text == ",":  # \\sum_{i,j}
            found = self.summand()
            for index in reversed([t for t in below if t.kind == "name"]):
                found = [Token("name", op, span), *bracketed([*found, comma, index], span)]
            return found
        body = self.summand()
        return [Token("name", op, span), *bracketed([*body, comma, *limits], span)]

    def summand(self) -> list[Token]:
        """The body of a sum: up to + or -, a comparison, or the closing of a bracket opened before it."""
        found: list[Token] = []
        depth = 0
        in_bars = False
        while True:
            self.skip_spaces()
            step = self.nesting()
            if self.text[self.at : self.at + 1] == "|":
                step = -1 if in_bars or (found and found[-1].kind != "op") else 1
                in_bars = step > 0
            if self.at >= len(self.text) or depth + step < 0 or (depth == 0 and self.ends_summand(bool(found))):
                return found
            depth += step
            found += self.piece()

    def nesting(self) -> int:
        """1 where a bracket opens at this place, -1 where one closes, else 0."""
        command, char = self.peek_command(), self.text[self.at : self.at + 1]
        opens = command in {"left", "lvert", "lVert"} or char in {"(", "["}
        closes = command in {"right", "rvert", "rVert"} or char in {")", "]", "}"}
        return int(opens) - int(closes)

    def ends_summand(self, begun: bool) -> bool:
        char, command = self.text[self.at], self.peek_command()
        if char in ",&=<>" or self.text.startswith("\\\\", self.at) or command == "end":
            return True
        return (begun and char in "+-−") or commands.OPERATORS.get(command, "") in {"<", ">", "<=", ">=", "!="}

    def environment(self, span: Span) -> list[Token]:
        name, inside = self.raw_group()
        if name != "cases" and name not in commands.MATRICES:
            raise Unreadable("latex-environment", inside, name=name)
        rows = [row for row in self.rows() if any(row)]
        self.expect("\\end")
        closing, where = self.raw_group()
        if closing != name:
            raise Unreadable("expected", where, got=closing, expected=name)
        comma = Token("op", ",", span)
        if name == "cases":
            cells = [bracketed([*row[0], comma, *condition(row, span)], span) for row in rows]
            return [Token("name", "Piecewise", span), *bracketed(joined(cells, comma), span)]
        lines = [square(joined(row, comma), span) if len(row) > 1 else row[0] for row in rows]
        return [Token("name", "Matrix", span), *bracketed(square(joined(lines, comma), span), span)]

    def rows(self) -> list[list[list[Token]]]:
        rows: list[list[list[Token]]] = [[]]
        while True:
            rows[-1].append(self.until("\\end"))
            if self.sees("&"):
                self.at += 1
            elif self.sees("\\\\"):
                self.at += 2
                rows.append([])
            else:
                return rows
