"""Views for the tests of pages: made by hand, so that no bank and no formula language is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from chainrule.highlight import highlighted
from chainrule.markdown import inline_html, prose_html
from chainrule.mathml import mathml
from chainrule.pictures import picture_svg
from chainrule.sheet_views import (
    ErratumView,
    FactView,
    FormulaView,
    GradientsView,
    PictureView,
    SectionView,
    SheetView,
    TableView,
    WrongView,
)
from chainrule.views import (
    GradedView,
    JudgedView,
    MistakeView,
    OptionView,
    PartView,
    QuestionView,
    SolvedPartView,
    StepView,
    SymbolView,
    WorkedView,
)
from solutions.pictures import two_classes


@dataclass(frozen=True)
class Spelt:
    """Stands in for a formula: the three spellings and nothing else."""

    plain: str
    tex: str
    signs: str

    def text(self) -> str:
        return self.plain

    def latex(self) -> str:
        return self.tex

    def unicode(self) -> str:
        return self.signs


def spelt(tex: str, signs: str = "", plain: str = "") -> Spelt:
    return Spelt(plain or signs or tex, tex, signs or "formula")


LONG_SUM = (
    r"\frac{\partial L}{\partial W} = \sum_{t=1}^{T}"
    r" \left(\prod_{j=t+1}^{T} W^\top \operatorname{diag}(1 - h_j^2)\right)"
    r" \delta_T \odot (1 - h_t^2) h_{t-1}^\top + \sum_{i=1}^{n} \lambda_i \lVert x_i - \hat{x}_i \rVert^2"
    r" + \sum_{k=1}^{K} y_k \log \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}"
)

RELU = r"\operatorname{relu}(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}"
ROTATION = r"R = \begin{pmatrix} \cos\varphi & -\sin\varphi \\ \sin\varphi & \cos\varphi \end{pmatrix}"
SOFTMAX = spelt(
    r"\operatorname{softmax}(z)_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}", "softmax(z)ₖ = exp(zₖ)/Σⱼ exp(zⱼ)"
)
CROSS_ENTROPY = spelt(r"L = -\sum_{k=1}^{K} y_k \log \hat{p}_k", "L = −Σₖ yₖ·log p̂ₖ", "L = -sum(y*log(p_hat))")
SCALAR_X = SymbolView(mathml("x"), "number")
VECTOR_K = SymbolView(mathml("z"), "vector of K")
TARGET = SymbolView(mathml("y"), "vector of K", "one-hot: one 1, the rest 0")

CODE = '''import numpy as np


def dense_backward(x, W, delta):
    """Gradients of a dense layer z = W @ x."""
    scale = 1.0  # nothing is averaged here
    return np.outer(delta, x) * scale, W.T @ delta
'''


def formula_part(letter: str = "") -> PartView:
    return PartView(
        letter=letter,
        prompt=prose_html(
            [
                "A classifier turns scores ",
                spelt("z", "z"),
                " into ",
                spelt(r"\hat{p} = \operatorname{softmax}(z)", "p̂ = softmax(z)"),
                " and pays the *cross-entropy*\n\n",
                CROSS_ENTROPY,
                "\n\nDerive ",
                spelt(r"\frac{\partial L}{\partial z}", "∂L/∂z"),
                " as a formula in ",
                spelt("z", "z"),
                " and ",
                spelt("y", "y"),
                ".",
            ]
        ),
        marks=3,
        kind="formula",
        ask="Write a formula in the symbols below.",
        lines=4,
        symbols=(VECTOR_K, TARGET),
    )


def number_part(letter: str = "") -> PartView:
    return PartView(
        letter=letter,
        prompt=prose_html(
            [
                "A ",
                spelt("5"),
                " × ",
                spelt("5"),
                " kernel with padding ",
                spelt("p = 2", "p = 2"),
                ", stride ",
                spelt("s = 2", "s = 2"),
                " and dilation ",
                spelt("r = 1", "r = 1"),
                " slides over a 32 × 32 input. How wide is the output?",
            ]
        ),
        marks=1,
        kind="integer",
        ask="Write a whole number, or an expression that comes to one.",
        lines=2,
    )


def choice_part(letter: str = "") -> PartView:
    return PartView(
        letter=letter,
        prompt=prose_html(["Which optimiser reaches ", spelt(r"L < 10^{-3}", "L < 10⁻³"), " first on this problem?"]),
        marks=1,
        kind="choice",
        ask="Choose one.",
        options=(
            OptionView("A", inline_html(["Gradient descent, ", spelt(r"\eta = 0.1", "η = 0.1")])),
            OptionView("B", inline_html(["Momentum with ", spelt(r"\beta = 0.9", "β = 0.9")])),
            OptionView("C", inline_html([spelt(LONG_SUM, "a very long sum")])),
        ),
        box="circle",
    )


def statements_part(letter: str = "") -> PartView:
    return PartView(
        letter=letter,
        prompt=prose_html(["Which statements about batch normalisation hold?"]),
        marks=2,
        kind="statements",
        ask="Mark every statement that is true; it may be none.",
        options=(
            OptionView("A", inline_html(["It uses the *biased* variance in training."])),
            OptionView("B", inline_html(["It has no parameters."])),
        ),
        box="square",
    )


def ordering_part(letter: str = "") -> PartView:
    options = tuple(
        OptionView(label, Markup(text))
        for label, text in (("A", "Update the weights"), ("B", "Forward pass"), ("C", "Backward pass"))
    )
    ask = "Write the letters in order, the first one first."
    return PartView(
        letter, prose_html(["Put one training step in order."]), 1.5, "ordering", ask, 0, (), options, "rank"
    )


def code_part(letter: str = "") -> PartView:
    return PartView(
        letter=letter,
        prompt=prose_html(
            [
                "Write `dense_backward(x, W, delta)`, which returns the gradients of ",
                spelt("z = Wx", "z = Wx"),
                " by ",
                spelt("W", "W"),
                " and ",
                spelt("x", "x"),
                ".\n\n- `delta`: vector of M\n- NumPy is at hand as `np`",
            ]
        ),
        marks=4,
        kind="code",
        ask="Write the function.",
        lines=8,
        starter=highlighted("def dense_backward(x, W, delta):\n    ...\n"),
    )


def question(number: int, id_: str, title: str, *parts: PartView) -> QuestionView:
    return QuestionView(
        number, id_, "v1", str(40 + number), title, 2, "Goodfellow, Bengio & Courville 2016, section 6.2", parts
    )


def quiz_items() -> tuple[QuestionView, ...]:
    return (
        question(1, "foundations.softmax-cross-entropy", "Gradient of softmax with cross-entropy", formula_part()),
        question(2, "convolution.output-size", "Output size of a convolution", number_part("a"), code_part("b")),
        question(3, "optimisation.pick", "Pick the optimiser", choice_part()),
        question(
            4, "layers.batch-norm", "True or false: batch normalisation", statements_part("a"), ordering_part("b")
        ),
    )


STEPS = (
    StepView(mathml(r"\hat{p} = \operatorname{softmax}(z)"), "scores become probabilities"),
    StepView(mathml(r"\frac{\partial L}{\partial \hat{p}_k} = -\frac{y_k}{\hat{p}_k}"), "derivative of the logarithm"),
    StepView(mathml(r"\frac{\partial L}{\partial z} = \hat{p} - y"), "the sum of y is 1, so one term collapses"),
)


def judged(part: PartView, outcome: str, answer: str | Markup, earned: float, **changes: Any) -> JudgedView:
    values: dict[str, Any] = {
        "part": part,
        "answer": answer
        if isinstance(answer, Markup)
        else Markup('<span class="typed-answer">{}</span>').format(answer),
        "reading": mathml(r"\operatorname{softmax}(z) - y", alttext="softmax(z) − y"),
        "outcome": outcome,
        "earned": earned,
        "feedback": (),
        "mistake": "",
        "evidence": "Proved: equal by symbolic computation.",
        "right_answer": mathml(r"\operatorname{softmax}(z) - y", display=True, alttext="softmax(z) − y"),
    }
    return JudgedView(**{**values, **changes})


def graded_items() -> tuple[GradedView, ...]:
    one, two, three, four = quiz_items()
    return (
        GradedView(
            one,
            (
                judged(
                    one.parts[0],
                    "wrong",
                    "y - softmax(z)",
                    0,
                    mistake="sign",
                    feedback=(
                        "The sign is turned round: the loss falls where the probability of the right class rises.",
                    ),
                    evidence="Sampled: differs at drawn points.",
                    reading=mathml(r"y - \operatorname{softmax}(z)"),
                ),
            ),
            STEPS,
        ),
        GradedView(
            two,
            (
                judged(
                    two.parts[0],
                    "right",
                    "floor((32 + 4 - 5)/2) + 1",
                    1,
                    reading=mathml(r"\left\lfloor \frac{32 + 4 - 5}{2} \right\rfloor + 1"),
                ),
                judged(
                    two.parts[1],
                    "partial",
                    highlighted(CODE),
                    2,
                    reading=Markup(),
                    evidence="Run: your code ran in a separate process (level landlock+seccomp).",
                    feedback=("2 of 3 outputs are right.", "dW has the shape (4, 3), expected (3, 4): transposed?"),
                    right_answer=highlighted(CODE),
                ),
            ),
        ),
        GradedView(
            three,
            (
                judged(
                    three.parts[0],
                    "unreadable",
                    "<script>alert(1)</script>",
                    0,
                    evidence="",
                    reading=Markup(),
                    feedback=("There is no option “<script>”. Write one letter: A, B or C.",),
                ),
            ),
        ),
        GradedView(
            four,
            (
                judged(four.parts[0], "undecided", LONG_SUM, 0, reading=mathml(LONG_SUM), evidence=""),
                judged(four.parts[1], "unanswered", Markup(), 0, reading=Markup(), evidence=""),
            ),
        ),
    )


def entry(name: str, tex: str, text: str, **more: Any) -> FormulaView:
    anchor = name.lower().replace(" ", "-")
    return FormulaView(name, mathml(tex, True, alttext=text), text, anchor=anchor, **more)


def sheet() -> SheetView:
    scores = SectionView(
        "From scores to a loss",
        prose_html(["Softmax makes probabilities of scores; cross-entropy asks how surprised the model is."]),
        (
            entry(
                "Softmax",
                SOFTMAX.tex,
                "exp(z)/sum(exp(z))",
                symbols=(VECTOR_K,),
                note=prose_html(["Subtract the largest score first: the result is the same and nothing overflows."]),
                checked="identity",
                source="Bishop 2006, equation 4.62",
            ),
            entry(
                "Cross-entropy",
                CROSS_ENTROPY.tex,
                "-sum(y*log(p))",
                symbols=(TARGET,),
                source="Bishop 2006",
                wrong=(
                    WrongView(mathml("y - z"), Markup("The sign is lost."), printed=True),
                    WrongView(mathml("2y"), Markup("No factor.")),
                ),
            ),
            entry(
                "Their gradient",
                r"\frac{\partial L}{\partial z} = \hat{p} - y",
                "softmax(z) - y",
                symbols=(VECTOR_K, TARGET),
                given=(mathml(r"\hat{p} = \operatorname{softmax}(z)", True), mathml(CROSS_ENTROPY.tex, True)),
                checked="autograd",
                source="Goodfellow, Bengio & Courville 2016",
            ),
            entry(
                "ReLU", RELU, "relu(x)", symbols=(SymbolView(mathml("x"), "number"),), checked="simulation", within="2"
            ),
        ),
    )
    time = SectionView(
        "Through time",
        prose_html(["The gradient of a recurrent network is a long sum."]),
        (
            entry("Back-propagation through time", LONG_SUM, "bptt", symbols=(VECTOR_K,)),
            entry("A rotation", ROTATION, "R"),
        ),
        anchor="through-time",
    )
    intro = prose_html(
        ["Every formula here is checked. Vectors are columns; ", spelt("L", "L"), " is the loss of one example."]
    )
    sections = (replace(scores, anchor="scores"), time, layers())
    return SheetView("foundations", "Softmax, cross-entropy and back-propagation", intro, sections)


def layers() -> SectionView:
    """A section with everything that is no formula card."""
    rows = ((Markup("Newton"), mathml("K^2")), (Markup("Descent"), mathml("K")))
    return SectionView(
        "Layers, tables and slips",
        formulas=(entry("Update", r"w - \eta g", "w - eta*g"),),
        table=True,
        gradients=(
            GradientsView(
                "Linear",
                (mathml("y = W x", True),),
                (mathml("W^T g", True),),
                (VECTOR_K,),
                Markup(),
                "Nobody",
                "linear",
            ),
        ),
        facts=(FactView("Hold-out set", prose_html(["Data that no choice has seen."]), "Nobody", "hold-out"),),
        tables=(TableView("Costs", (Markup("Method"), Markup("Memory")), rows, "Nobody", "costs"),),
        pictures=(PictureView(picture_svg(two_classes(1, 2, 0)), Markup("Two classes.")),),
        errata=(ErratumView(mathml("x + 1"), mathml("x - 1"), Markup("A slip.")),),
        anchor="layers",
    )


def worked() -> tuple[WorkedView, ...]:
    one, two = quiz_items()[:2]
    mistakes = (
        MistakeView("sign", mathml(r"y - \operatorname{softmax}(z)"), "The sign is turned round."),
        MistakeView("no-softmax", mathml(r"z - y"), "Scores are not probabilities: softmax is missing."),
    )
    answer = mathml(r"\operatorname{softmax}(z) - y", True, alttext="softmax(z) − y")
    return (
        WorkedView(
            one,
            (SolvedPartView(one.parts[0], answer, mistakes),),
            STEPS,
            (Markup("Start at the logarithm."), Markup("What does y sum to?")),
        ),
        WorkedView(two, (SolvedPartView(two.parts[0], Markup("16")), SolvedPartView(two.parts[1], highlighted(CODE)))),
    )
