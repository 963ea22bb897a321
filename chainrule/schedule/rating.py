"""The rating of a review: what a judged item says about memory, in the four words of FSRS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Rating

    from chainrule.schedule.reviews import Review

PASS = 0.5  # the share of the marks below which a family counts as forgotten
WHOLE = 0.999  # all marks, whatever the rounding of shares
FAR_OVER = 2.0  # times the expected seconds
WELL_UNDER = 0.6


def rating(review: Review) -> Rating:
    """The rating of the review, by the first line that fits:

    ======  ==================================================================
    Again   less than half of the marks
    Hard    not all marks, or a hint was shown, or over twice the expected time
    Easy    within 0.6 of the expected time
    Good    else, also where no time was taken
    ======  ==================================================================

    FSRS counts Hard, Good and Easy as recalled and Again as forgotten, and nothing else says which it was; half of the
    marks is where an examiner would say so too. A hint gives away the step that memory should give, and twice the time
    means that the answer was worked out anew: recalled, with effort, which is what Hard stands for. Both count below
    full marks at most as Hard, so that a rating never falls as the score rises. Easy lengthens the interval most, and
    wants both full marks and speed, since a quick answer alone may be a guess.
    """
    from fsrs import Rating

    if review.score < PASS:
        return Rating.Again
    if review.score < WHOLE or review.hints or review.seconds > FAR_OVER * review.expected:
        return Rating.Hard
    return Rating.Easy if 0 < review.seconds <= WELL_UNDER * review.expected else Rating.Good
