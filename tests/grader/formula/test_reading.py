"""What is read, what is refused and where, and that printed formulas read back as the same tree."""

from __future__ import annotations

from fractions import Fraction

import pytest
from formula_scope import PROGRAM, SCOPE, formulas
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.equivalence import Equal, Undecided, compare
from grader.formula import Formula, ReadError, Scope, Symbol, exact, read, read_display, read_program
from grader.formula.lexer import MAX_LENGTH
from grader.formula.precise import Undefined
from grader.sentences import sentence

READ = [  # as typed, in the NumPy-like spelling
    ("X.T @ (sigmoid(X @ w) - y)", "X.T @ (sigmoid(X @ w) - y)"),
    ("Xᵀ(σ(Xw) − y)", "X.T @ (sigmoid(X @ w) - y)"),
    ("X'(σ(X w) - y)", "X.T @ (sigmoid(X @ w) - y)"),
    ("X^T (sigmoid(X·w) - y)", "X.T @ (sigmoid(X @ w) - y)"),
    ("W x + b", "W @ x + b"),
    ("g xᵀ", "g @ x.T"),
    ("np.outer(g, x)", "g @ x.T"),
    ("torch.exp(z)/torch.exp(z).sum()", "exp(z) / sum(exp(z))"),
    ("2c", "2 * c"),
    ("2 c p", "2 * c * p"),
    ("2(c + 1)", "2 * (c + 1)"),
    ("c(p+1)**2", "c * (p + 1)**2"),  # c is a symbol, so no call
    ("λ‖w‖²", "lambda * norm(w)**2"),
    ("|c|", "abs(c)"),
    ("√c", "sqrt(c)"),
    ("c⁻¹", "c**(-1)"),
    ("-c**2", "-c**2"),
    ("2^3^c", "2**3**c"),  # from the right
    ("c - p - 1", "c - p - 1"),
    ("c - (p - 1)", "c - (p - 1)"),
    ("c/p*2", "c / p * 2"),
    ("𝟙[z > 0] ⊙ g", "(z > 0) * g"),
    ("1[z>0]*g", "(z > 0) * g"),
    ("max(z, 0)", "max(z, 0)"),
    ("max(z)", "max(z)"),
    ("A^-1 x", "inv(A) @ x"),
    ("A²", "A^2"),
    ("W.T @ g", "W.T @ g"),
    ("g @ W", "W.T @ g"),  # NumPy's habit
    ("x @ w", "x.T @ w"),  # likewise
    ("zᵢ(1 - zⱼ)", "z_i * (1 - z_j)"),
    ("Sum(t[i]*z[i], i)", "Sum(t[i] * z[i], i)"),
    ("Sum(t[i], (i, 0, K-1))", "Sum(t[i], (i, 0, K - 1))"),
    ("h_0", "h_0"),
    ("X.sum(axis=0, keepdims=True)", "sum(X, axis=0, keepdims=True)"),
    ("sum(X, -1)", "sum(X, axis=1)"),
    ("softmax(X, dim=1)", "softmax(X)"),
    ("Piecewise((c, c > 0), (0, True))", "where(c > 0, c, 0)"),
    ("[[1, c], [c, 2]]", "[[1, c], [c, 2]]"),
    ("log(c, 2)", "log(c, 2)"),
    ("1e-3", "0.001"),
    (".5c", "0.5 * c"),
    ("1" * 30, "1." + "1" * 29 + "E+29"),
    ("0." + "1" * 29, "1." + "1" * 28 + "E-1"),
    ("  c  ", "c"),
    ("inv(X'X + λI) X'y", "inv(X.T @ X + lambda * eye(D)) @ X.T @ y"),
    ("(A + 2 I) x - I_D x", "(A + 2 * eye(D)) @ x - eye(D) @ x"),
    ("(I - outer(x, w)) x", "(eye(D) - x @ w.T) @ x"),
]

REFUSED = [  # as typed, code, the marked piece
    ("", "read.empty", ""),
    ("c +", "read.ends-early", ""),
    ("(c", "read.unclosed", "("),
    ("c)", "read.unopened", ")"),
    ("sum(c", "read.unclosed", "("),
    ("c = 2", "read.equals", "="),
    ("0 < c < 1", "read.chained", "<"),
    ("1/2c", "read.divide-beside", "1/2c"),
    ("c / p · 2 · n", "read.divide-beside", "c / p · 2"),
    ("kappa + 1", "read.unknown-name", "kappa"),
    ("C + 1", "read.unknown-name-near", "C"),
    ("sofmax(z)", "read.unknown-function-near", "sofmax(z)"),
    ("frobnicate(z)", "read.unknown-function", "frobnicate(z)"),
    ("exp", "read.function-alone", "exp"),
    ("exp(c, p)", "read.arguments", "exp(c, p)"),
    ("exp(c, base=2)", "read.keyword", "exp(c, base=2)"),
    ("sum(X, axis=2)", "read.axis", "sum(X, axis=2)"),
    ("x w", "read.vectors-beside", "x w"),
    ("x - w.T", "read.column-row", "x - w.T"),
    ("x + y", "read.shapes", "x + y"),
    ("X @ y", "read.shapes-transpose-left", "X @ y"),
    ("x @ W", "read.shapes-transpose-right", "x @ W"),
    ("c @ x", "read.matmul-scalar", "c @ x"),
    ("A @ x.T", "read.matrix-row", "A @ x.T"),
    ("x.T @ w.T", "read.rows-product", "x.T @ w.T"),
    ("A**-1", "read.reciprocal-inverse", "A**-1"),
    ("X^-1", "read.matrix-power", "X^-1"),
    ("X^1000", "read.exponent", "X^1000"),
    ("A^c", "read.matrix-exponent", "A^c"),
    ("c**1000", "read.exponent", "c**1000"),
    ("det(X)", "read.needs-square", "det(X)"),
    ("outer(A, x)", "read.needs-vectors", "outer(A, x)"),
    ("z[c]", "read.index", "c"),
    ("Sum(c, k)", "read.sum-range", "Sum(c, k)"),
    ("Sum(c)", "read.sum-form", "Sum(c)"),
    ("Sum(Sum(Sum(c, (i,1,100)), (j,1,4)), (i,1,100))", "read.sum-length", "Sum(c, (i,1,100))"),
    ("Sum(Sum(" + "+".join(["exp(c)"] * 60) + ",(i,1,20)),(j,1,20))", "read.too-much-work", None),
    ("x[0, 0]", "read.too-many-indices", "x[0, 0]"),
    ("(c, p)", "read.tuple", "(c, p)"),
    ("[c, x]", "read.ragged", "[c, x]"),
    ("eye(100)", "read.size", "eye(100)"),
    ("2 I", "read.identity-size", "2 I"),
    ("c + I", "read.identity-size", "c + I"),
    ("c.real", "read.attribute", "real"),
    ("1.2.3", "read.number", "1.2.3"),
    ("1" * 40, "read.number-size", "1" * 40),
    ("1e999", "read.number-size", "1e999"),
    ("(" * 70 + "c" + ")" * 70, "read.too-deep", None),
    ("√" * 1900 + "c", "read.too-deep", None),
    ("c^" + "-" * 1900 + "c", "read.too-deep", None),
    ("∑ᵢ" * 900 + "z_i", "read.too-deep", None),
    ("-" * 1900 + "c", "read.too-deep", None),
    ("|c+" * 600, "read.too-deep", None),
    ("+".join("c" * 200), "read.too-many-parts", None),
    ("c" * (MAX_LENGTH + 1), "read.too-long", None),
    ("c – p", "read.character", "–"),  # an en dash is not a minus
    ("с", "read.character", "с"),  # Cyrillic es
    ("ｃ", "read.character", "ｃ"),  # fullwidth
    ("c\n+ p", "read.character", "\\u000a"),
    ("c\x00", "read.character", "\\u0000"),
    ("c \u202e p", "read.character", "\\u202e"),
    ("\ud800", "read.character", "\\ud800"),
    ("{f}(c)", "read.placeholder", "{f}"),
    ("c; p", "read.unexpected", ";"),
    ("__import__", "read.unexpected", "_"),
    ("lambda: 1", "read.unexpected", ":"),
]


@pytest.mark.parametrize(("typed", "printed"), READ)
def test_a_formula_is_read_as_meant(typed: str, printed: str) -> None:
    formula = read(typed, SCOPE)
    assert formula.text() == printed
    assert read(printed, SCOPE).tree == formula.tree


@pytest.mark.parametrize(("typed", "code", "marked"), REFUSED)
def test_a_refusal_says_what_and_where(typed: str, code: str, marked: str | None) -> None:
    with pytest.raises(ReadError) as caught:
        read(typed, SCOPE)
    assert caught.value.feedback.code == code
    if marked:
        assert caught.value.feedback.data["excerpt"] == marked
    assert sentence(caught.value.feedback)


@settings(max_examples=300, deadline=None)
@given(formulas())
def test_what_is_printed_reads_back_as_the_same_tree(text: str) -> None:
    formula = read(text, SCOPE)
    assert read(formula.text(), SCOPE).tree == formula.tree
    assert read(formula.unicode(), SCOPE).tree == formula.tree


FRAGMENTS = (
    "c", "x", "z_i", "{", "}", "^", "_", "^{", "_{", "(", ")", "[", "]", "+", "-", "=", " ", "&", "2", "|",
    *("\\" + name for name in (
        "frac", "sum", "sum_i", "log", "tanh", "left(", "right)", "left.", "begin{cases}", "end{cases}", "sqrt[",
        "mathrm{", "hat", "top", "cdot", "text{if}", "\\", "mathbb{1}", "sigma", "max", "|", ",", "", "begin{pmatrix}",
    )),
)  # fmt: skip
ALPHABET = "cpxXAWzt0123.+-*/@^()[]{}<>=,'_| \\σᵀ²√‖−ᵢ∑∂\x00\ud800é"


@settings(max_examples=500, deadline=None)
@given(st.text(ALPHABET, max_size=30))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        assert isinstance(read(text, SCOPE), Formula)
    except ReadError as error:
        assert sentence(error.feedback)


@settings(max_examples=300, deadline=None)
@given(formulas(2), st.integers(0, 60), st.sampled_from(ALPHABET))
def test_a_damaged_formula_is_read_or_refused_with_a_reason(text: str, at: int, char: str) -> None:
    damaged = text[: at % len(text)] + char + text[at % len(text) + 1 :]
    try:
        assert isinstance(read(damaged, SCOPE), Formula)
    except ReadError as error:
        assert sentence(error.feedback)


def test_a_declared_name_comes_before_a_function() -> None:
    from formula_scope import scope_of, symbol

    declared = scope_of(symbol("sigma"), symbol("x", "D"))
    assert read("σ(1 + σ)", declared).text() == "sigma * (1 + sigma)"
    assert read(read("sigmoid(x)", declared).unicode(), declared).text() == "sigmoid(x)"


def test_e_is_eulers_number_unless_declared() -> None:
    from formula_scope import scope_of, symbol

    assert read("e", SCOPE).tree.kind == "math"  # type: ignore[union-attr]
    assert read("e", scope_of(symbol("e"))).tree.kind == "symbol"  # type: ignore[union-attr]


def test_a_transpose_is_one_even_where_t_is_declared() -> None:
    from formula_scope import scope_of, symbol

    declared = scope_of(symbol("A", "D", "D"), symbol("r"), dims=frozenset({"T"}))
    assert read("A^T", declared).text() == "A.T"
    assert read("r^T", declared).text() == "r**T"


def test_a_placeholder_is_grafted_as_a_tree_and_never_pasted() -> None:
    assert read("2 * {loss}", SCOPE, grafts={"loss": "c + p"}).text() == "2 * (c + p)"
    assert read("{f}(c)", SCOPE, grafts={"f": "tanh"}).text() == "tanh(c)"
    with pytest.raises(ReadError, match="needs the name of a function"):
        read("{f}(c)", SCOPE, grafts={"f": "c) + (p"})


def test_prose_may_hold_equations_and_derivative_signs() -> None:
    shown = read_display("dL/dx = W.T @ g", PROGRAM.scope)
    assert shown.latex() == r"\frac{\partial L}{\partial x} = W^{\top} g"
    assert shown.unicode() == "dL/dx = Wᵀ g"
    with pytest.raises(ReadError, match="equals sign"):
        read("u = W @ x", PROGRAM.scope)


def test_a_program_sees_earlier_names_only() -> None:
    assert [line.name for line in PROGRAM.lines] == ["u", "v", "L"]
    assert PROGRAM["L"].shape == ()
    with pytest.raises(ReadError, match="`b2` is not a name"):
        read_program("a = b2\nb2 = 1", Scope())
    with pytest.raises(ReadError, match="Line 2 is not of the form"):
        read_program("a = 1\nnonsense", Scope())


PRINTED = [
    ("X.T @ (sigmoid(X @ w) - y)", r"X^{\top} \left(\sigma\left(X w\right) - y\right)"),
    ("g @ x.T", r"g x^{\top}"),
    ("x.T @ A @ w", r"x^{\top} A w"),
    ("c / (p + 1)", r"\frac{c}{p + 1}"),
    ("Sum(t_i * z_i, i)", r"\sum_{i} {t}_{i} {z}_{i}"),
    ("norm(w)**2", r"{\left\lVert w \right\rVert}^{2}"),
    ("where(c > 0, c, 0)", r"\begin{cases}c & c > 0 \\ 0 & \text{otherwise}\end{cases}"),
    ("(z > 0) * g", r"\mathbb{1}\left[z > 0\right] \odot g"),
    ("lambda", r"\lambda"),
    ("(w / p).T @ w", r"\left(\frac{w}{p}\right)^{\top} w"),
    ("(c / p)**2", r"{\left(\frac{c}{p}\right)}^{2}"),
    ("w.T @ (w / p)", r"w^{\top} \frac{w}{p}"),
    ("inv(A).T @ x", r"\left(A^{-1}\right)^{\top} x"),
    ("inv(A.T) @ x", r"{A^{\top}}^{-1} x"),
    ("inv(A) @ x", "A^{-1} x"),
]


@pytest.mark.parametrize("typed", ["A^(-1).T @ x", "A^-1ᵀ x", "(A^-1)ᵀ x"])
def test_a_transpose_behind_an_exponent_is_that_of_the_power(typed: str) -> None:
    assert read(typed, SCOPE) == read("inv(A).T @ x", SCOPE)


@pytest.mark.parametrize(("typed", "latex"), PRINTED)
def test_latex_is_the_form_of_a_textbook(typed: str, latex: str) -> None:
    assert read(typed, SCOPE).latex() == latex


LATEX = [
    (r"X^\top(\sigma(Xw) - y)", "X.T @ (sigmoid(X @ w) - y)"),
    (r"X^{\top}\left(\sigma(X w)-y\right)", "X.T @ (sigmoid(X @ w) - y)"),
    (r"\frac{c}{p+1}", "c / (p + 1)"),
    (r"\frac12 c", "1 / 2 * c"),
    (r"\sum_{i=1}^{K} t_i \log z_i", "Sum(t_i * log(z_i), (i, 1, K))"),
    (r"\sum_i t_i z_i + c", "Sum(t_i * z_i, i) + c"),
    (r"(\sum_i z_i) g", "Sum(z_i, i) * g"),
    (r"-\sum_i t_i \log\left(\frac{e^{z_i}}{\sum_j e^{z_j}}\right)", "-Sum(t_i * log(exp(z_i) / Sum(exp(z_j), j)), i)"),
    (r"\operatorname{softmax}(z) - t", "softmax(z) - t"),
    (r"\tanh^2(c)", "tanh(c)**2"),
    (r"\exp(c)^2", "exp(c)**2"),
    (r"\log_2 p", "log(p, 2)"),
    (r"\ln c", "log(c)"),
    (r"\sqrt[3]{p}", "p**(1 / 3)"),
    (r"\|w\|^2", "norm(w)**2"),
    (r"\left|c\right|", "abs(c)"),
    (r"\begin{cases} c & \text{if } c > 0 \\ 0 & \text{otherwise}\end{cases}", "where(c > 0, c, 0)"),
    (r"\begin{pmatrix} 1 & c \\ c & 2\end{pmatrix}", "[[1, c], [c, 2]]"),
    (r"\begin{pmatrix} 1 \\ c \end{pmatrix}", "[1, c]"),
    (r"\mathbb{1}[z>0] \odot g", "(z > 0) * g"),
    (r"t_i(\delta_{ij}-t_j)", "t_i * ((i == j) - t_j)"),
    (r"\mathbf{1}_{N}", "ones(N)"),
    (r"A^{-1}x", "inv(A) @ x"),
    (r"A^{-1}^{\top}x", "inv(A).T @ x"),
    (r"(A^{-1})^{\top}x", "inv(A).T @ x"),
    (r"A^{\top}^{-1}x", "inv(A.T) @ x"),
    (r"x_{1}", "x_1"),
    (r"Sum(h_{i-1}, i)", "Sum(h_{i - 1}, i)"),
    (r"2\cdot c", "2 * c"),
    (r"c^{2p}", "c**(2 * p)"),
    (r"e^{-c}", "exp(-c)"),
    (r"X^T (X w - y)", "X.T @ (X @ w - y)"),
    (r"$\frac{1}{c}$", "1 / c"),
    (r"\frac{1}{c}.", "1 / c"),
    (r"\|w\|_2^2", "norm(w)**2"),
    (r"\sum_{i,j} z_i b_j", "Sum(Sum(z_i * b_j, j), i)"),
    (r"c\log\sigma(p) - 1", "c * log(sigmoid(p)) - 1"),
    (r"\sin 2c", "sin(2 * c)"),
    (r"\mathrm{softmax}(z)_i", "softmax(z)_{i}"),
    (r"\langle w, x\rangle", "w.T @ x"),
    (r"\lceil c\rceil", "ceil(c)"),
    (r"\frac{1}{c}\begin{pmatrix} c \\ p \end{pmatrix}", "1 / c * [c, p]"),
    (r"\begin{cases} c & c > p \\ p & c \le p \end{cases}", "where(c > p, c, where(c <= p, p, 0 / 0))"),
]


@pytest.mark.parametrize(("typed", "printed"), LATEX)
def test_latex_is_read_as_meant(typed: str, printed: str) -> None:
    formula = read(typed, SCOPE)
    assert formula.text() == printed
    assert read(formula.text(), SCOPE).tree == formula.tree


LATEX_REFUSED = [
    (r"\frac{c", "read.unclosed"),
    (r"\foo", "read.latex-command"),
    (r"\log p c", "read.latex-scope"),
    (r"\sin^{-1}(c)", "read.latex-inverse"),
    (r"\tanh_2(c)", "read.latex-below"),
    (r"\hat{c p}", "read.latex-accent"),
    (r"\mathrm{a b}", "read.latex-word"),
    (r"\begin{tabular}c\end{tabular}", "read.latex-environment"),
    (r"\begin{cases}c\end{pmatrix}", "read.expected"),
    (r"\sum c", "read.sum-form"),
    (r"\log", "read.function-alone"),
    (r"\left(c", "read.unclosed"),
    (r"c_{", "read.unclosed"),
    (r"\mathbf{}", "read.latex-word"),
    ("{" * 60 + "c_{1}", "read.too-deep"),
]


@pytest.mark.parametrize(("typed", "code"), LATEX_REFUSED)
def test_a_refusal_of_latex_has_a_reason(typed: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(typed, SCOPE)
    assert caught.value.feedback.code == code
    assert sentence(caught.value.feedback)


@settings(max_examples=200, deadline=None)
@given(formulas())
def test_printed_latex_reads_back_as_the_same_function(text: str) -> None:
    formula = read(text, SCOPE)
    again = read(formula.latex(), SCOPE)
    assert again.tree == formula.tree or isinstance(compare(again, formula), Equal | Undecided)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_any_latex_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        assert isinstance(read(text, SCOPE), Formula)
    except ReadError as error:
        assert sentence(error.feedback)


EXACT = [
    ("floor((7 - 3)/(1/10))", "40"),
    ("floor(log(8)/log(2))", "3"),
    ("ceil(log(8, 2))", "3"),
    ("n**2 / 6", "3/2"),
    ("sqrt(n + 1/16 - 0)", "7/4"),
    ("max(n, 5) - min(n, 5) + abs(-1) + sign(-n)", "2"),
    ("where(n > 2, 10, 20)", "10"),
    ("sum(q) + q[1]*q_1", "5"),
    ("norm(q)**2 - 5 + mean(q)", "3/2"),
]


@pytest.mark.parametrize(("typed", "value"), EXACT)
def test_numbers_are_exact(typed: str, value: str) -> None:
    found = exact(read(typed, SCOPE))
    assert Fraction(value) == (found if isinstance(found, Fraction) else Fraction(str(found)))


def test_numbers_beyond_the_fractions_have_fifty_digits() -> None:
    for typed in ("log(n) - n/2", "var(q*sqrt(2))", "logsumexp(q) - 1/3", "floor(7/2)*log(2)/n", "log_softmax(q)[0]"):
        found = exact(read(typed, SCOPE))
        assert str(found) == str(exact(read(f"({typed}) * exp(0)", SCOPE)))
    assert str(exact(read("exp(1)", SCOPE)))[:42] == "2.7182818284590452353602874713526624977572"


def test_what_has_no_value_is_undefined() -> None:
    for typed in ("1/0", "log(-n)", "sqrt(-1)", "10**99*10**99*10**99*10**99/0", "(-2)**(1/2)", "exp(1e30)"):
        with pytest.raises(Undefined):
            exact(read(typed, SCOPE))
    with pytest.raises(ValueError, match="names c"):
        exact(read("c + 1", SCOPE))


@pytest.mark.parametrize("typed", ["1ᵀ w", "1^T w + c", r"1^\top w", "c + 1ᵀw"])
def test_the_transpose_of_a_number_is_refused(typed: str) -> None:
    with pytest.raises(ReadError, match=r"A number has no transpose"):
        read(typed, SCOPE)


def drawn(**constants: Fraction | tuple[Fraction, ...]) -> Scope:
    return Scope(symbols={"x": Symbol("x", ("N",))}, constants=constants)


def test_a_text_read_before_has_the_values_of_its_own_scope() -> None:
    values = [exact(read("k**2 + 1", drawn(k=Fraction(k)))) for k in (2, 3, 2)]
    assert values == [5, 10, 5]


def test_a_text_read_before_is_read_again_where_a_drawn_value_decides() -> None:
    assert read("x[k]", drawn(k=Fraction(1))).shape == ()
    with pytest.raises(ReadError):
        read("x[k]", drawn(k=Fraction(1, 2)))
    assert read("x[k]", drawn(k=Fraction(2))).shape == ()
    assert read("2*k", drawn(k=(Fraction(1), Fraction(2)))).shape == (2,)
    assert read("2*k", drawn(k=(Fraction(1), Fraction(2), Fraction(3)))).shape == (3,)
    assert read("2*k", drawn(k=Fraction(1))).shape == ()


def test_a_learner_is_not_told_how_the_file_calls_drawn_values() -> None:
    with pytest.raises(ReadError) as caught:
        read("x + kappa", drawn(k0=Fraction(3)))
    assert sentence(caught.value.feedback).endswith("Its names are: N, x.")


def test_a_text_is_read_once_for_all_drawn_texts_that_it_does_not_name() -> None:
    drawn = {"f": "{g}*x", "g": "W", "h": "W @ x", "n": "3"}
    first, again = (read("{f} + 1", SCOPE, grafts={**drawn, "h": h, "n": n}) for h, n in (("x", "4"), ("w", "5")))
    assert first.tree is again.tree
    assert first.text() == "W * x + 1"
    assert read("{f} + 1", SCOPE, grafts={**drawn, "g": "2"}).text() == "2 * x + 1"


def test_latex_is_not_read_where_texts_are_drawn() -> None:
    assert read(r"\frac{c}{p}", SCOPE).text() == "c / p"
    with pytest.raises(ReadError):
        read(r"\frac{c}{p}", SCOPE, grafts={"n": "3"})


def test_a_dimension_whose_size_is_drawn_is_a_size_and_a_number() -> None:
    assert read("eye(N)", drawn(N=Fraction(3))).shape == ("N", "N")
    assert exact(read("trace(eye(N)) + N", drawn(N=Fraction(3)))) == 6
    with pytest.raises(ReadError) as caught:
        read("x + kappa", drawn(N=Fraction(3), k0=Fraction(3)))
    assert sentence(caught.value.feedback).endswith("Its names are: N, x.")
