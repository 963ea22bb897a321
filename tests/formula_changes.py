"""Random changes to formulas: rewritings that keep the function, and slips that seldom do.

A change is a template over the texts of a node's arguments, a, b, c; it is put where the node stood.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from grader.formula.places import nodes, put
from grader.formula.printer import numpy_text
from grader.formula.tree import Apply, Expr, Variable

HOLE = "hole_"

# where both sides are defined they are one function; the domain may become smaller
IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "add": ("{b} + {a}", "{a} - (-{b})", "-(-{a} - {b})", "(2*{a} + 2*{b})/2"),
    "sub": ("{a} + (-1)*{b}", "-({b} - {a})", "{a} + {b} - 2*{b}"),
    "neg": ("0 - {a}", "(-1)*{a}", "{a} - 2*{a}"),
    "mul": ("{b}*{a}", "-{a}*(-{b})", "(({a} + {b})**2 - ({a} - {b})**2)/4", "{a}/(1/{b})"),
    "div": ("{a}*{b}**(-1)", "(-{a})/(-{b})", "exp(log(abs({a})) - log(abs({b})))*sign({a})*sign({b})"),
    "exp": ("1/exp(-{a})", "exp({a}/2)**2", "cosh({a}) + sinh({a})", "expm1({a}) + 1"),
    "log1p": ("log(1 + {a})",),
    "tanh": ("2*sigmoid(2*{a}) - 1", "(exp(2*{a}) - 1)/(exp(2*{a}) + 1)", "sinh({a})/cosh({a})"),
    "sigmoid": ("1/(1 + exp(-{a}))", "(1 + tanh({a}/2))/2", "1 - sigmoid(-{a})", "exp({a} - softplus({a}))"),
    "softplus": ("log(1 + exp({a}))", "{a} + softplus(-{a})", "-log(sigmoid(-{a}))"),
    "relu": ("max({a}, 0)", "where({a} > 0, {a}, 0)", "({a} + abs({a}))/2", "{a}*({a} > 0)"),
    "abs": ("sqrt({a}**2)", "max({a}, -{a})", "{a}*sign({a})", "relu({a}) + relu(-{a})"),
    "sin": ("-sin(-{a})", "2*sin({a}/2)*cos({a}/2)", "cos({a} - pi/2)"),
    "softmax": ("exp({a})/sum(exp({a}))", "exp({a} - max({a}))/sum(exp({a} - max({a})))", "exp(log_softmax({a}))"),
    "log_softmax": ("{a} - logsumexp({a})", "log(softmax({a}))"),
    "logsumexp": ("log(sum(exp({a})))", "max({a}) + log(sum(exp({a} - max({a}))))"),
    "norm": ("sqrt(sum({a}**2))", "sqrt({a} @ {a})"),
    "var": ("mean(({a} - mean({a}))**2)", "mean({a}**2) - mean({a})**2"),
    "inner": ("sum({a}*{b})", "trace(outer({a}, {b}))", "{b} @ {a}"),
    "outer": ("outer({b}, {a}).T",),
    "trace": ("trace({a}.T)", "sum(diag({a}))", "sum({a}*eye(D))"),
    "transpose": ("({a}.T).T.T",),
    "matmul": ("-(-{a}) @ {b}", "(2*{a}) @ {b}/2"),
    "where": ("where({a} > 0, {b}, {c})", "{a}*{b} + (1 - {a})*{c}"),
}
SLIPS: Mapping[str, tuple[str, ...]] = {
    "add": ("{a}", "{a} - {b}", "{a} + 2*{b}", "{a} + {b} + 1"),
    "sub": ("{a}", "{a} + {b}", "{b} - {a}"),
    "neg": ("{a}",),
    "mul": ("{a} + {b}", "2*{a}*{b}", "{a}*abs({b})"),
    "div": ("{a}*{b}", "{a}/(2*{b})", "{a}/abs({b})"),
    "exp": ("exp(-{a})", "expm1({a})", "exp({a})*(1 + 1e-9)", "1 + {a} + {a}**2/2"),
    "log1p": ("log({a})", "{a}"),
    "tanh": ("sigmoid({a})", "tanh(2*{a})", "1 - tanh({a})**2"),
    "sigmoid": ("tanh({a})", "sigmoid(-{a})", "sigmoid({a})*(1 - sigmoid({a}))"),
    "softplus": ("relu({a})", "sigmoid({a})"),
    "relu": ("{a}", "abs({a})", "({a} > 0)*1", "leaky_relu({a}, 0.01)"),
    "abs": ("{a}", "relu({a})"),
    "sin": ("cos({a})", "{a}"),
    "softmax": ("sigmoid({a})", "log_softmax({a})", "exp({a})"),
    "log_softmax": ("softmax({a})", "-log_softmax({a})", "{a}"),
    "logsumexp": ("max({a})", "sum({a})"),
    "norm": ("sum({a}**2)", "sum(abs({a}))"),
    "var": ("mean({a}**2)", "D/(D - 1)*var({a})"),
    "sum": ("mean({a})",),
    "mean": ("sum({a})",),
    "max": ("min({a})",),
    "inner": ("sum({a})*sum({b})", "-{a} @ {b}"),
    "outer": ("outer({b}, {a})",),
    "trace": ("sum({a})", "det({a})"),
    "transpose": ("{a}",),
    "where": ("{b}", "where({a} > 0, {c}, {b})"),
}


def changed(tree: Expr, table: Mapping[str, tuple[str, ...]], rng: random.Random) -> str | None:
    """The formula's text with one node changed by an entry of the table, None where none applies.

    What a template makes of the shape is not checked: the reader does that.
    """
    places = [(path, node) for path, node in nodes(tree) if isinstance(node, Apply) and _fits(node, table)]
    if not places:
        return None
    path, node = rng.choice(places)
    template = rng.choice(table[node.op])
    arguments = {name: f"({numpy_text(arg)})" for name, arg in zip("abc", node.args, strict=False)}
    if "{c}" in template and "c" not in arguments:
        return None
    hole = Variable(HOLE, "symbol", node.shape)
    return numpy_text(put(tree, path, hole)).replace(HOLE, f"({template.format(**arguments)})")


def _fits(node: Apply, table: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the table has something for it; a row, or a function along one axis of a matrix, it has nothing for."""
    along = node.param("axis") is not None and len(node.args[0].shape) > 1
    return node.op in table and not (along or node.row)
