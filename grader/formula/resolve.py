"""Surface tree and scope to the typed tree: names looked up, calls and products given their shapes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction

from grader.formula import functions, names
from grader.formula.calls import over_axis, rewritten, special
from grader.formula.errors import Span, Unreadable
from grader.formula.identity import identity, is_open
from grader.formula.products import Notes, beside, dot, entrywise, integer, matmul, matrix_power, power, transpose
from grader.formula.ranges import MAX_TERMS, MOST_EFFORT, effort, index_range, is_whole, terms
from grader.formula.shapes import shape_text
from grader.formula.symbols import Dim, Scope
from grader.formula.syntax import Call, Item, Items, Name, Node, Num, Op
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable, operands
from grader.verdict import Feedback


def resolve(node: Node, scope: Scope, *, prose: bool = False) -> tuple[Expr, tuple[Feedback, ...]]:
    """The typed tree and remarks on how lenient readings were taken. Raises `Unreadable`.

    prose: also read equations and the sign `dL/dx`.
    """
    resolver = _Resolver(scope, prose)
    tree = resolver.expr(node)
    if _has_open_identity(tree):
        raise Unreadable("identity-size", node.span)
    if effort(tree) > MOST_EFFORT:
        raise Unreadable("too-much-work", node.span)
    return tree, tuple(resolver.notes)


def _has_open_identity(tree: Expr) -> bool:
    return is_open(tree) or any(_has_open_identity(o) for o in operands(tree))


def _check_position(part: Expr, dim: Dim, first: int, span: Span) -> None:
    """Refuses a literal position that no entry has; of a named dimension only those before the first."""
    position = integer(part)
    most = dim if isinstance(dim, int) else math.inf
    if position is not None and not 0 <= position - first < most:
        raise Unreadable("out-of-range", span, first=first, position=str(position))


def _is_biased(keyword: str, value: Node) -> bool:
    """True for `ddof=0`, `correction=0` and `unbiased=False`."""
    if keyword in {"ddof", "correction"}:
        return isinstance(value, Num) and value.value == 0
    return keyword == "unbiased" and isinstance(value, Name) and value.name == "False"


@dataclass
class _Resolver:
    scope: Scope
    prose: bool
    notes: Notes = field(default_factory=list)
    bound: tuple[str, ...] = ()
    terms: int = 1  # of the sums around this place, multiplied

    def expr(self, node: Node) -> Expr:
        match node:
            case Num(value=value, span=span):
                return Number(value, span)
            case Name(name=name, span=span):
                return self.name(name, span)
            case Op():
                return self.operator(node)
            case Call():
                return self.call(node)
            case Item():
                return self.item(node)
            case Items():
                return self.items(node)

    # ---- names

    def name(self, name: str, span: Span) -> Expr:
        if name in self.bound:
            return Variable(name, "index", (), span)
        if found := names.lookup(name, self.scope):
            return replace(found, span=span)
        if subscripted := self.subscript(name, span):
            return subscripted
        stem, _, below = name.partition("_")
        if below.isdigit() and (found := names.lookup(stem + below, self.scope)):  # x_{1} for x1
            return replace(found, span=span)
        if name == "I":
            return identity(span)
        if name.startswith("I_") and name[2:] in self.scope.dimensions:
            return special("eye", (self.name(name[2:], span),), span, self.notes)
        if self.prose and (sign := names.derivative(name, self.scope)):
            return self.derivative(*sign, span)
        if functions.find(name):
            raise Unreadable("function-alone", span, name=name)
        raise self.unknown("unknown-name", name, span)

    def unknown(self, code: str, name: str, span: Span) -> Unreadable:
        nearest = names.nearest(name, self.scope)
        if nearest:
            return Unreadable(f"{code}-near", span, name=name, nearest=nearest)
        return Unreadable(code, span, name=name, known=", ".join(names.told_names(self.scope)) or "none")

    def derivative(self, of: str, by: str, span: Span) -> Expr:
        target = names.lookup(by, self.scope)
        assert target is not None
        return Variable(f"d{of}/d{by}", "derivative", target.shape, span)

    def subscript(self, name: str, span: Span) -> Expr | None:
        """`p_i`, `W_ij`, `h_0`: a declared name with indices or positions below it."""
        stem, below = self.stem_and_marks(name)
        base = names.lookup(stem, self.scope)
        if base is None and stem == "delta" and len(below) == 2 and all(map(self.is_index, below)):
            return entrywise("eq", tuple(Variable(m, "index", (), span) for m in below), span)  # Kronecker's
        if base is None or not below or not base.shape:
            return None
        marks = [below] if below.isdigit() and len(base.shape) == 1 else list(below)
        if below in self.scope.dimensions:
            marks = [below]
        if not all(m.isdigit() or self.is_index(m) or m in self.scope.dimensions for m in marks):
            return None
        return self.pick(replace(base, span=span), tuple(self.mark(m, span) for m in marks), span, subscript=True)

    def stem_and_marks(self, name: str) -> tuple[str, str]:
        """`y_hat_n` as `y_hat` and `n`: the longest declared name in front, and what stands below it."""
        cuts = [i for i, char in enumerate(name) if char == "_"]
        for cut in reversed(cuts):
            if names.lookup(name[:cut], self.scope):
                return name[:cut], name[cut + 1 :]
        stem, _, below = name.partition("_")
        return stem, below

    def mark(self, mark: str, span: Span) -> Expr:
        if mark.isdigit():
            return Number(Fraction(mark), span)
        return Variable(mark, "index" if self.is_index(mark) else "dimension", (), span)

    def is_index(self, name: str) -> bool:
        return name in self.bound or name in self.scope.indices

    # ---- operators

    def operator(self, node: Op) -> Expr:
        if node.kind == "div" and (sign := self.derivative_sign(node)):
            return sign
        if node.kind == "caret":
            return self.caret(node)
        args = tuple(self.expr(a) for a in node.args)
        match node.kind:
            case "neg":
                return Apply("neg", args, args[0].shape, args[0].row, span=node.span)
            case "transpose":
                return self.transposed(node.args[0], args[0], node.span)
            case "matmul":
                return matmul(args[0], args[1], node.span, self.notes)
            case "beside" | "juxtapose":
                return beside(args[0], args[1], node.span, self.notes)
            case "dot":
                return dot(args[0], args[1], node.span, self.notes)
            case "kron":
                return special("kron", args, node.span, self.notes)
            case "floordiv":
                return entrywise("floor", (entrywise("div", args, node.span),), node.span)
            case "pow":
                return power(args[0], args[1], node.span)
            case "equation":
                return Apply("equation", args, args[0].shape, span=node.span)
        return entrywise(node.kind, args, node.span)

    def derivative_sign(self, node: Op) -> Expr | None:
        """`dL/dx` in prose, where neither dL nor dx is declared but L and x are."""
        if not self.prose or not all(isinstance(a, Name) for a in node.args):
            return None
        over, under = (a.name for a in node.args if isinstance(a, Name))
        declared = names.declared_names(self.scope)
        if over in declared or under in declared or not (over[:1] == under[:1] == "d"):
            return None
        if names.lookup(over[1:], self.scope) and names.lookup(under[1:], self.scope):
            return self.derivative(over[1:], under[1:], node.span)
        return None

    def caret(self, node: Op) -> Expr:
        """`^` and raised numbers: transpose, inverse and powers of square matrices, else as `**`."""
        base, exponent = self.expr(node.args[0]), node.args[1]
        declared = names.declared_names(self.scope)
        one = isinstance(node.args[0], Num) and node.args[0].value == 1  # 1^T: nobody raises 1
        if isinstance(exponent, Name) and exponent.name == "T" and (base.shape or one or "T" not in declared):
            return self.transposed(node.args[0], base, node.span)
        raised = self.expr(exponent)
        if len(base.shape) == 2:
            return matrix_power(base, raised, node.span, self.notes)
        return power(base, raised, node.span)

    def transposed(self, node: Node, arg: Expr, span: Span) -> Expr:
        """A transpose; that of a number, such as the 1 of a vector of ones, would silently be the number."""
        if isinstance(node, Num):
            raise Unreadable("transpose-number", span)
        return transpose(arg, span)

    # ---- calls

    def call(self, node: Call) -> Expr:
        if node.name in names.declared_names(self.scope):
            raise Unreadable("not-a-function", node.span, name=node.name)
        function = functions.find(node.name)
        if function is None:
            raise self.unknown("unknown-function", node.name, node.span)
        if function.name in {"Sum", "Product"}:
            return self.bound_sum(function.name, node)
        if function.name == "Piecewise":
            return self.piecewise(node)
        args = tuple(self.expr(a) for a in node.args)
        if function.name in {"max", "min"} and len(args) > 1:
            function = functions.FUNCTIONS[f"{function.name}imum"]  # max(a, b) compares, max(a) reduces
        if not function.least <= len(args) <= function.most:
            limits = {"least": function.least, "most": function.most}
            raise Unreadable("arguments", node.span, name=node.name, got=len(args), **limits)
        if function.kind in {"reduce", "along"}:
            return self.over_axis(function.name, args, node)
        if node.named:
            raise Unreadable("keyword", node.span, name=node.name, keyword=node.named[0][0])
        if function.kind == "entrywise":
            return entrywise(function.name, args, node.span)
        if function.kind == "rewritten":
            return rewritten(function.name, args, node.span, self.notes)
        return special(function.name, args, node.span, self.notes)

    def over_axis(self, name: str, args: tuple[Expr, ...], node: Call) -> Expr:
        axis, keep = (args[1] if len(args) == 2 else None), False
        for keyword, value in node.named:
            if keyword in functions.KEEP_NAMES:
                keep = isinstance(value, Name) and value.name == "True"
            elif keyword in functions.AXIS_NAMES and axis is None:
                axis = self.expr(value)
            elif name in {"var", "std"} and _is_biased(keyword, value):
                pass  # `var` is biased here
            else:
                raise Unreadable("keyword", node.span, name=node.name, keyword=keyword)
        return over_axis(name, args[0], axis, keep, node.span)

    def piecewise(self, node: Call) -> Expr:
        """`Piecewise((a, x > 0), (b, True))` as nested `where`."""
        pairs = [a.items for a in node.args if isinstance(a, Items) and len(a.items) == 2]
        if len(pairs) != len(node.args) or node.named or not pairs:
            raise Unreadable("piecewise", node.span)
        value, last = pairs[-1]
        if isinstance(last, Name) and last.name in {"True", "otherwise"}:
            result, pairs = self.expr(value), pairs[:-1]
        else:  # where no case holds the value is undefined
            zero = Number(Fraction(0), node.span)
            result = Apply("div", (zero, zero), (), span=node.span)
        for value, condition in reversed(pairs):
            result = entrywise("where", (self.expr(condition), self.expr(value), result), node.span)
        return result

    def bound_sum(self, op: str, node: Call) -> Expr:
        """`Sum(body, i)` over the index's whole range, `Sum(body, (i, low, high))` with both ends."""
        limits = node.args[1] if len(node.args) == 2 and not node.named else None
        index = limits.items[0] if isinstance(limits, Items) and len(limits.items) == 3 else limits
        if not isinstance(index, Name):
            raise Unreadable("sum-form", node.span)
        low = high = None
        if isinstance(limits, Items):
            low, high = self.whole(limits.items[1]), self.whole(limits.items[2])
        outer, outer_terms = self.bound, self.terms
        self.bound, self.terms = (*self.bound, index.name), self.terms * terms(low, high)
        if self.terms > MAX_TERMS:
            raise Unreadable("sum-length", node.span, limit=MAX_TERMS)
        body = self.expr(node.args[0])
        self.bound, self.terms = outer, outer_terms
        if low is None and index.name not in self.scope.indices and index_range(index.name, body) is None:
            raise Unreadable("sum-range", node.span, index=index.name)
        return Bound(op, body, index.name, low, high, body.shape, body.row, node.span)

    def whole(self, node: Node) -> Expr:
        """An index or a limit."""
        part = self.expr(node)
        if not is_whole(part, self.scope):
            raise Unreadable("index", node.span)
        return part

    # ---- entries and literals

    def item(self, node: Item) -> Expr:
        mark = node.base
        is_one = isinstance(mark, Num) and mark.value == 1  # 1[x > 0]
        is_sign = isinstance(mark, Name) and mark.name == "indicator"  # 𝟙[x > 0]
        if (is_one or is_sign) and len(node.parts) == 1 and node.parts[0] is not None:
            return self.expr(node.parts[0])
        base = self.expr(node.base)
        parts: list[Expr | str | None] = []
        for part in node.parts:
            if isinstance(part, Name) and part.name in {"None", "newaxis"}:
                parts.append("new")
            else:
                parts.append(None if part is None else self.whole(part))
        return self.pick(base, tuple(parts), node.span, subscript=node.subscript)

    def pick(self, base: Expr, parts: tuple[Expr | str | None, ...], span: Span, *, subscript: bool) -> Expr:
        named = sum(1 for p in parts if p != "new")
        if named > len(base.shape):
            raise Unreadable("too-many-indices", span, shape=shape_text(base.shape), got=named)
        symbol = self.scope.symbols.get(base.name) if isinstance(base, Variable) else None
        first = (symbol.first if symbol else 1) if subscript else 0
        shape: list[Dim] = []
        axes = iter(base.shape)
        for part in parts:
            dim = 1 if part == "new" else next(axes)
            if part is None or part == "new":
                shape.append(dim)
            elif not isinstance(part, str):
                _check_position(part, dim, first, span)
        shape.extend(axes)
        return Pick(base, parts, tuple(shape), subscript, first, span=span)

    def items(self, node: Items) -> Expr:
        if node.bracket == "(":
            raise Unreadable("tuple", node.span)
        entries = tuple(self.expr(i) for i in node.items)
        if len({e.shape for e in entries}) > 1 or len(entries[0].shape) > 1:
            raise Unreadable("ragged", node.span)
        return Apply("stack", entries, (len(entries), *entries[0].shape), span=node.span)
