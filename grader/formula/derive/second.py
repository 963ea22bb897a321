"""Jacobians, Hessians and their products with vectors, as formulas: gradients of gradients, and reading off matrices.

A gradient of u·f(x) by x is Jᵀu, linear in u; the gradient of (Jᵀu)·v by u is Jv; what is linear in v is a matrix
times v. So everything here comes from `gradients` and from the few rules of `_Matrix`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.formula.derive import build as b
from grader.formula.derive.backward import gradients
from grader.formula.derive.rules import Underivable
from grader.formula.derive.simplify import Simplifier
from grader.formula.reading import Formula, Line, Program
from grader.formula.symbols import Scope, Symbol
from grader.formula.tree import Apply, Expr, Variable, variables

_UP, _TANGENT, _TOTAL = "up_", "tangent_", "total_"


def jacobian_vector(program: Program, of: str, by: str, vector: str) -> Formula:
    """J v, the derivative of a line along `vector`, a symbol of the shape of `by`; over the program's names.

    Raises KeyError for unknown names, `Underivable` where an operator has no rule.
    """
    up = Symbol(_UP, program[of].shape)
    back = _pulled(_with(program, up), of, by, Variable(_UP, "symbol", up.shape))
    known = _symbol(program, vector)
    total = b.reduce("sum", b.mul(back, known)) if back.shape else b.mul(back, known)
    return _gradient(_with(program, up), total, _UP)


def jacobian(program: Program, of: str, by: str) -> Formula:
    """The matrix of a vector's derivatives by a vector: one row for each entry of `of`."""
    vector = _vector(program, by)
    extended = _with(program, Symbol(_TANGENT, vector))
    return _matrix(extended, jacobian_vector(extended, of, by, _TANGENT))


def hessian_vector(program: Program, of: str, by: str, vector: str) -> Formula:
    """H v, the derivative of the gradient of a scalar along `vector`, a symbol of the shape of `by`."""
    back = gradients(program, of=of, with_respect_to=[by]).closed(by).tree
    total = b.mul(back, _symbol(program, vector))
    return _gradient(program, b.reduce("sum", total) if total.shape else total, by)


def hessian(program: Program, of: str, by: str) -> Formula:
    """The matrix of second derivatives of a scalar by a vector."""
    extended = _with(program, Symbol(_TANGENT, _vector(program, by)))
    return _matrix(extended, hessian_vector(extended, of, by, _TANGENT))


def gauss_newton_vector(program: Program, of: str, outputs: str, by: str, vector: str) -> Formula:
    """Jᵀ H J v: H the second derivatives of `of` by the line `outputs`, J the derivatives of `outputs` by `by`.

    It is H v without the curvature of the outputs themselves (Schraudolph 2002).
    """
    forward = jacobian_vector(program, outputs, by, vector)
    middle = Symbol(_TANGENT, forward.shape)
    curved = hessian_vector(_with(_from(program, outputs), middle), of, outputs, _TANGENT).tree
    curved = b.substituted(curved, {_TANGENT: forward.tree})
    up = Symbol(_UP, forward.shape)
    back = _pulled(_with(program, up), outputs, by, Variable(_UP, "symbol", up.shape))
    return _simple(b.substituted(back, {_UP: curved}), program)


def _pulled(program: Program, of: str, by: str, up: Expr) -> Expr:
    """Jᵀ u over the program's names."""
    line = Variable(of, "definition", program[of].shape, row=program[of].row)
    total = b.mul(up, line)
    return _gradient(program, b.reduce("sum", total) if total.shape else total, by).tree


def _gradient(program: Program, total: Expr, by: str) -> Formula:
    """The gradient of an expression over the program's names."""
    line = Line(_TOTAL, Formula(total, program.scope))
    scope = program.scope.define(_TOTAL, line.formula)
    found = gradients(Program((*program.lines, line), scope), of=_TOTAL, with_respect_to=[by])
    return _simple(found.closed(by).tree, program)


def _simple(tree: Expr, program: Program) -> Formula:
    return Formula(Simplifier(program.scope)(tree), program.scope)


def _with(program: Program, symbol: Symbol) -> Program:
    return Program(program.lines, replace(program.scope, symbols={**program.scope.symbols, symbol.name: symbol}))


def _from(program: Program, line: str) -> Program:
    """The lines behind one, which becomes a symbol in them by being cut off from what is above it."""
    at = [known.name for known in program.lines].index(line)
    return Program(program.lines[at:], program.scope)


def _symbol(program: Program, name: str) -> Variable:
    return Variable(name, "symbol", program.scope.symbols[name].shape)


def _vector(program: Program, by: str) -> tuple[str | int, ...]:
    scope = program.scope
    shape = scope.definitions[by].shape if by in scope.definitions else scope.symbols[by].shape
    if len(shape) != 1:
        raise ValueError(f"{by} must be a vector to have a matrix of derivatives, it has shape {shape}")
    return shape


def _matrix(program: Program, product: Formula) -> Formula:
    """The matrix M of a formula that is M times the tangent."""
    found = _Matrix(program.scope).of(product.tree)
    symbols = {name: s for name, s in program.scope.symbols.items() if name != _TANGENT}
    return Formula(Simplifier(program.scope)(found), replace(program.scope, symbols=symbols))


@dataclass(frozen=True)
class _Matrix:
    """Reads the matrix off an expression that is linear in the tangent: (D, K) of a vector, (K,) of a number."""

    scope: Scope

    def of(self, expr: Expr) -> Expr:
        match expr:
            case Variable(name=name, shape=(dim,)) if name == _TANGENT:
                return b.eye(dim)
            case Apply(op="neg" | "transpose", args=(inside,)):
                found = self.of(inside)
                return b.neg(found) if expr.op == "neg" else found
            case Apply(op="add" | "sub"):
                ones = b.ones(expr.shape)
                parts = (self.scaled(part, ones) if part.shape != expr.shape else self.of(part) for part in expr.args)
                return b.apply(expr.op, *parts)
            case Apply(op="mul", args=(left, right)):
                return self.scaled(right, left) if _has(right) else self.scaled(left, right)
            case Apply(op="div", args=(above, below)) if not _has(below):
                return self.scaled(above, b.div(b.ONE, below))
            case Apply(op="matmul", args=(left, right)) if not _has(left) and len(right.shape) == 1:
                return b.matmul(left, self.of(right))
            case Apply(op="matmul", args=(left, right)) if not _has(right) and len(left.shape) == 1:
                return b.matmul(b.transpose(right), self.of(left))
            case Apply(op="inner", args=(left, right)):
                inside, by = (right, left) if _has(right) else (left, right)
                return b.matmul(b.transpose(self.of(inside)), b.standing(by))
            case Apply(op="sum", args=(inside,)) if len(inside.shape) == 1:
                return self.summed(inside)
            case Apply(op="mean", args=(inside,)) if len(inside.shape) == 1:
                return b.div(self.summed(inside), b.size(inside.shape[0]))
        raise Underivable(f"the matrix of {Formula(expr, self.scope).text()}")

    def scaled(self, inside: Expr, by: Expr) -> Expr:
        """The matrix of `by` times what is linear, entry by entry."""
        match inside:
            case Apply(op="add" | "sub", args=(left, right)) if by.shape:
                return b.apply(inside.op, self.scaled(left, by), self.scaled(right, by))
            case Apply(op="mul", args=(left, right)):
                rest, more = (right, left) if _has(right) else (left, right)
                return self.scaled(rest, b.mul(b.standing(by), b.standing(more)))
        found = self.of(inside)
        if not by.shape:
            return b.mul(by, found)
        if not inside.shape:
            return b.outer(b.standing(by), found)
        return b.matmul(b.special("diag", b.standing(by)), found)

    def summed(self, inside: Expr) -> Expr:
        """The matrix of a sum of entries: a·v summed is a itself, other columns are added up."""
        match inside:
            case Variable(shape=shape):
                return b.ones(shape)
            case Apply(op="mul", args=(left, right)) if left.shape == right.shape:
                rest, by = (right, left) if _has(right) else (left, right)
                return b.matmul(b.transpose(self.of(rest)), b.standing(by))
        return b.reduce("sum", self.of(inside), -2)


def _has(expr: Expr) -> bool:
    return any(v.name == _TANGENT for v in variables(expr))
