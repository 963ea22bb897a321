"""Slips made on purpose in code that is right: each mutant differs from the source in one place.

Operators exchanged, a term dropped, a sign lost, a transpose lost, another axis or index, a sum for a mean, an
assignment for an accumulation, a call or an argument left out, a constant result.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
COMPARISONS = {ast.Gt: ast.Lt, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.LtE: ast.GtE}
NAMES = {
    "mean": "sum", "sum": "mean", "var": "std", "maximum": "minimum", "max": "min", "min": "max", "tanh": "sin",
    "zeros_like": "ones_like", "zeros": "ones", "eye": "ones_like", "sqrt": "abs", "log": "abs", "exp": "expm1",
    "argmax": "argmin", "logaddexp": "maximum",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """what: the change in words, with its line. source: the whole file."""

    what: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of the source, in the order of its lines; none of them is the source itself."""
    tree = ast.parse(source)
    plain = ast.unparse(tree)
    found = {}
    for place, node in enumerate(ast.walk(tree)):
        for what, changed in _changes(node):
            other = copy.deepcopy(tree)
            text = ast.unparse(ast.fix_missing_locations(_Replace(_nth(other, place), changed).visit(other)))
            if text != plain:
                found.setdefault(text, f"line {getattr(node, 'lineno', 0)}: {what}")
    return [Mutant(what, text) for text, what in found.items()]


def _nth(tree: ast.AST, place: int) -> ast.AST:
    return list(ast.walk(tree))[place]


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().generic_visit(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What may stand in a node's place, each with its words."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            if type(op) in OPERATORS:
                other = OPERATORS[type(op)]()
                yield f"{type(op).__name__} for {type(other).__name__}", ast.BinOp(left, other, right)
            if isinstance(op, ast.Add | ast.Sub):
                yield "the second term dropped", left
                yield "the first term dropped", right
            if isinstance(op, ast.Mult | ast.Div):
                yield "a factor dropped", left
            if isinstance(op, ast.MatMult):
                yield "factors exchanged", ast.BinOp(right, op, left)
            if isinstance(op, ast.Pow):
                yield "a power dropped", left
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "a sign lost", operand
        case ast.Attribute(value=value, attr="T"):
            yield "a transpose lost", value
        case ast.Attribute(value=value, attr=attr) if attr in NAMES:
            yield f"{NAMES[attr]} for {attr}", ast.Attribute(value, NAMES[attr], ast.Load())
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            yield f"{value + 1} for {value}", ast.Constant(value + 1)
            yield f"{value - 1} for {value}", ast.Constant(value - 1)
        case ast.Constant(value=float(value)):
            yield f"{1.1 * value} for {value}", ast.Constant(1.1 * value)
        case ast.Compare(left=left, ops=[op], comparators=others) if type(op) in COMPARISONS:
            yield "a comparison turned round", ast.Compare(left, [COMPARISONS[type(op)]()], others)
        case ast.Expr(value=ast.Call() as call):
            yield f"{ast.unparse(call)} left out", ast.Pass()
        case ast.Call(func=func, args=args, keywords=named):
            for i, keyword in enumerate(named):
                yield f"{keyword.arg} not given", ast.Call(func, args, [*named[:i], *named[i + 1 :]])
        case ast.AugAssign(target=target, op=ast.Add(), value=value):
            yield "assigned, not added", ast.Assign([target], value)
        case ast.Return(value=ast.Tuple(elts=elements)):
            for i in range(len(elements)):
                zero = ast.BinOp(ast.Constant(0), ast.Mult(), elements[i])
                yield (
                    f"zeros for output {i}",
                    ast.Return(ast.Tuple([*elements[:i], zero, *elements[i + 1 :]], ast.Load())),
                )
        case ast.Return(value=value) if value is not None:
            yield "zeros returned", ast.Return(ast.BinOp(ast.Constant(0), ast.Mult(), value))
