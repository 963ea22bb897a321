"""Plain sentences for feedback codes: the one table that turns feedback data into text.

A sentence is a `str.format` template over the feedback's data. Kinds of answer own a prefix:
`read.*` (could not be read), `formula.*`, `number.*`, `choice.*`, `shape.*`, `ordering.*`, `code.*`.
"""

from __future__ import annotations

from collections.abc import Mapping

from grader.verdict import Feedback

SENTENCES: Mapping[str, str] = {
    "mistake": "{says}",
    # ---- formulas that cannot be read
    "read.empty": "Nothing was entered.",
    "read.ends-early": "The formula stops after `{excerpt}`; something is missing at the end.",
    "read.too-long": "The formula has {length} characters; {limit} are the most that is read.",
    "read.too-many-parts": "The formula is too large to be read: at most {limit} parts, nested {depth} deep.",
    "read.too-deep": "The brackets are nested deeper than {limit} levels.",
    "read.character": "The character {name} is not part of the formula language.",
    "read.number": "`{excerpt}` is not a number: it has more than one decimal point.",
    "read.number-size": "The number `{excerpt}` is too long or too large to be read.",
    "read.unexpected": "`{got}` was not expected here.",
    "read.expected": "`{expected}` was expected, but `{got}` came.",
    "read.unclosed": "The bracket `{bracket}` is never closed; `{missing}` is missing.",
    "read.unopened": "`{bracket}` closes a bracket that was never opened.",
    "read.equals": "An equals sign has no place here: enter only the expression, or `==` for a comparison.",
    "read.chained": "Comparisons cannot be chained: write `(0 < x) * (x < 1)` for 0 < x < 1.",
    "read.divide-beside": "`{excerpt}` can be read in two ways. Write `(a / b) * c` or `a / (b * c)`.",
    "read.raised": "The raised `{excerpt}` cannot be read as an exponent; write `**` and the exponent.",
    "read.attribute": "`.{name}` is not known here; `.T` transposes, and `.sum(axis=0)` calls a function.",
    "read.placeholder": "The placeholder {{{name}}} has no drawn value.",
    "read.placeholder-function": "{{{name}}}(...) needs the name of a function, not `{drawn}`.",
    "read.unknown-name": "`{name}` is not a name of this question. Its names are: {known}.",
    "read.unknown-name-near": "`{name}` is not a name of this question. Did you mean `{nearest}`?",
    "read.unknown-function": "There is no function `{name}` here. The question's names are: {known}.",
    "read.unknown-function-near": "There is no function `{name}` here. Did you mean `{nearest}`?",
    "read.not-a-function": "`{name}` is a symbol of this question and not a function.",
    "read.function-alone": "`{name}` is a function: put its argument in brackets, `{name}(...)`.",
    "read.arguments": "`{name}` takes {least} to {most} arguments, not {got}.",
    "read.keyword": "`{name}` has no argument named `{keyword}`.",
    "read.axis": "The axis must be a whole number that the {rank} axes of the argument have.",
    "read.column-row": "{left} against {right}: should the result be a matrix, or is one `.T` too many?",
    "read.shapes": "Cannot {op} {listed}.",
    "read.shapes-transpose-left": "Cannot {op} {listed}. With the first factor transposed it fits.",
    "read.shapes-transpose-right": "Cannot {op} {listed}. With the second factor transposed it fits.",
    "read.vectors-beside": "Two vectors side by side: write `a.T @ b` (a number) or `a * b` (entry by entry).",
    "read.matmul-scalar": "`@` needs vectors or matrices on both sides; for a number use `*`.",
    "read.matrix-row": "A matrix cannot be multiplied by a row on its right: leave the `.T` away.",
    "read.rows-product": "Two rows cannot be multiplied: write `a.T @ b` (a number) or `a @ b.T` (a matrix).",
    "read.transpose-rank": "Only vectors and matrices can be transposed, not {shape}.",
    "read.matrix-exponent": "A matrix can be raised to a whole number from -1 to 8 only; `**` works entry by entry.",
    "read.matrix-power": "Only a square matrix has powers, not {shape}; `**2` squares each entry.",
    "read.reciprocal-inverse": "`**-1` of a matrix has two readings: `inv(A)`, or `1 / A` entry by entry.",
    "read.exponent": "The exponent `{excerpt}` is larger than {limit}.",
    "read.piecewise": "Piecewise is written `Piecewise((a, x > 0), (b, True))`.",
    "read.sum-form": "A sum is written `Sum(p[i], i)` or `Sum(p[i], (i, 0, n - 1))`.",
    "read.sum-range": "The range of the index `{index}` is not known: write `Sum(..., ({index}, 0, n - 1))`.",
    "read.sum-length": "Sums of more than {limit} terms in all are not read.",
    "read.needs-square": "`{name}` needs a square matrix, not {shape}.",
    "read.needs-vectors": "`{name}` needs two vectors.",
    "read.size": "A size must be a dimension's name or a whole number from 1 to {limit}.",
    "read.too-many-indices": "{got} indices are too many for {shape}.",
    "read.index": "An index is built of numbers, dimensions and indices with + and -.",
    "read.tuple": "`{excerpt}` is a list in round brackets; a vector is written `[a, b]`.",
    "read.ragged": "The entries of a vector or matrix must all have the same shape.",
    "read.not-yet": "`{name}` is not supported here.",
    "read.program-line": "Line {line} is not of the form `name = formula`.",
    "read.program-length": "A program may have at most {limit} lines.",
    # ---- remarks on how a formula was read
    "note.read-as": "Read as {reading}.",
    "note.matrix-power": "Read as a power of the matrix; `**` would work entry by entry.",
    # ---- formulas that were judged
    "formula.shape": "Your answer is {got}, the right one is {expected}.",
    "formula.sign": "Right up to the sign: yours is the negative of the right answer.",
    "formula.factor": "Right up to a constant factor: yours is {factor} times the right answer.",
    "formula.transposed": "Right up to a transpose: the right answer is {expected}.",
    "formula.missing-factor": "A factor `{factor}` is missing.",
    "formula.extra-factor": "The factor `{factor}` is one too many.",
    "formula.counter-example": "For {values} yours gives {got}, the right answer gives {expected}.",
    "formula.different": "Yours is a different function: at a test point {got}, the right answer there is {expected}.",
    "formula.domain": "Yours equals the right answer wherever both are defined, but not everywhere that it is.",
    "formula.undecided": "This could not be decided: both sides are defined at {points} test points only. {remedy}",
    # ---- numbers
    "number.not-a-number": "A number was expected: `{excerpt}` does not have a value.",
    "number.off": "{got} is not right.",
    "number.not-whole": "{got} is not a whole number.",
    "number.off-by-one": "{got} is off by one.",
    "number.sign": "The size is right, the sign is not.",
    "number.factor": "{got} is {factor} times the right answer.",
    "number.coarse": "Right, but rounded too coarsely: {digits} significant digits were asked for.",
    # ---- choices, statements, orders
    "choice.empty": "Nothing was chosen; the labels are {labels}.",
    "choice.unknown": "`{got}` is not a label here; the labels are {labels}.",
    "choice.several": "Exactly one option is right; you named {got}.",
    "choice.wrong": "Option {label} is not right.",
    "statements.count": "{right} of {total} statements are classified correctly.",
    "statements.misjudged": "{label}: {says}",
    "ordering.repeated": "Named more than once: {got}. Write each of {labels} once, from first to last.",
    "ordering.missing": "Not named: {got}. Write each of {labels} once, from first to last.",
    "ordering.reversed": "That is the right order backwards.",
    "ordering.pairs": "{right} of {total} neighbours stand in the right order.",
    # ---- shapes
    "shape.empty": "Nothing was entered; a shape looks like `(32, 8, 8)`.",
    "shape.axes": "A shape with {got} axes; at most {limit} are read.",
    "shape.size": "`{got}` is not a size: a shape is a list of whole numbers such as `(32, 8, 8)`.",
    "shape.rank": "{got} has the wrong number of axes: {axes} instead of {expected}.",
    "shape.permuted": "The sizes in {got} are right, their order is not.",
    "shape.sizes": "{got} is not right; look at axis {places} of {axes}, counted from 1.",
    # ---- answers in a quiz file
    "quiz.answer": "The answer in the file cannot be used: {what}.",
    "fault": "Something broke on our side while judging this answer; it is kept and costs nothing. ({what})",
}


def sentence(feedback: Feedback) -> str:
    """The feedback as one or more plain sentences."""
    return SENTENCES[feedback.code].format_map(feedback.data)
