"""The scope and the random formulas that the formula tests share."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from grader.formula import Domain, Scope, Symbol, read_program


def symbol(name: str, *shape: str | int, domain: str = "real", first: int = 1) -> Symbol:
    return Symbol(name, shape, Domain(domain), first)


def scope_of(*symbols: Symbol, **more: object) -> Scope:
    return Scope({s.name: s for s in symbols}, **more)  # type: ignore[arg-type]


SCOPE = scope_of(
    symbol("X", "N", "D"),
    symbol("w", "D"),
    symbol("y", "N"),
    symbol("W", "K", "D"),
    symbol("x", "D"),
    symbol("b", "K"),
    symbol("z", "K"),
    symbol("t", "K", domain="simplex"),
    symbol("g", "K"),
    symbol("A", "D", "D"),
    symbol("P", "D", "D", domain="positive_definite"),
    symbol("c"),
    symbol("p", domain="positive"),
    symbol("lambda", domain="positive"),
    symbol("h", "T", first=0),
    indices={"i": "K", "j": "K"},
    constants={"n": Fraction(3), "q": (Fraction(1), Fraction(2))},
)
PROGRAM = read_program("u = W @ x + b\nv = softmax(u)\nL = -sum(t*log(v))", SCOPE)

SCALARS = ("c", "p", "λ", "2", "0.5", "n", "N", "pi", "x_1", "z[0]")
VECTORS = ("x", "w")  # of D
MATRICES = ("A", "P")  # D × D


def _scalars(depth: int) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(SCALARS)
    if depth == 0:
        return leaf
    s, v, m = _scalars(depth - 1), _vectors(depth - 1), _matrices(depth - 1)
    return st.one_of(
        leaf,
        st.builds("({}) {} ({})".format, s, st.sampled_from("+-*/"), s),
        st.builds("{}({})".format, st.sampled_from(("exp", "tanh", "sigmoid", "relu", "abs", "sin", "log1p")), s),
        st.builds("({})**{}".format, s, st.sampled_from(("2", "3", "(-1)", "c"))),
        st.builds("-({})".format, s),
        st.builds("({}).T @ ({})".format, v, v),
        st.builds("{}({})".format, st.sampled_from(("sum", "mean", "max", "norm", "var", "logsumexp")), v),
        st.builds("trace({})".format, m),
        st.builds("where(({}) > ({}), {}, {})".format, s, s, s, s),
        st.builds("Sum(({}) * z_i, i)".format, s),
    )


def _vectors(depth: int) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(VECTORS)
    if depth == 0:
        return leaf
    s, v, m = _scalars(depth - 1), _vectors(depth - 1), _matrices(depth - 1)
    return st.one_of(
        leaf,
        st.builds("({}) {} ({})".format, v, st.sampled_from("+-*"), v),
        st.builds("({}) * ({})".format, s, v),
        st.builds("({}) / ({})".format, v, s),
        st.builds("({}) @ ({})".format, m, v),
        st.builds("{}({})".format, st.sampled_from(("exp", "softmax", "log_softmax", "tanh", "softplus")), v),
        st.builds("max({}, 0)".format, v),
        st.builds("({})**2".format, v),
        st.builds("sum({}, axis={})".format, m, st.sampled_from((0, 1))),
        st.builds("diag({})".format, m),
        st.builds("-({})".format, v),
    )


def _matrices(depth: int) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(MATRICES)
    if depth == 0:
        return leaf
    s, v, m = _scalars(depth - 1), _vectors(depth - 1), _matrices(depth - 1)
    return st.one_of(
        leaf,
        st.builds("({}) {} ({})".format, m, st.sampled_from("+-*@"), m),
        st.builds("({}) * ({})".format, s, m),
        st.builds("({}).T".format, m),
        st.builds("({})^2".format, m),
        st.builds("({}) @ ({}).T".format, v, v),
        st.builds("diag({})".format, v),
        st.builds("softmax({}, axis=0)".format, m),
    )


def formulas(depth: int = 3) -> st.SearchStrategy[str]:
    """Readable formulas over SCOPE: scalars, vectors of D, D × D matrices."""
    return st.one_of(_scalars(depth), _vectors(depth), _matrices(depth))
