"""What the build may change in a right answer, in words: what it is, and where to look for it.

The build makes each of these (`slopewise.build.changes`) and keeps its key; whoever tells of one
finds its words here. So another wording needs no new answers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One change in words; `{it}` stands for what is changed, `{other}` for what it is done with.

    Attributes:
        how: what is done to one number, after “if `x` ”; or, where no `many`, to an array.
        look: where somebody who reads it looks first, the plainest cause; one sentence.
        many: the same as `how` of an array, where it reads differently.
        result: what a number that is returned is then, after “every number is ”.
    """

    how: str
    look: str
    many: str = ""
    result: str = ""


_SIGN = "Look for a `+` where a `-` belongs, or the other way round."
_TWO = "Look for a 2 too many or too few, and at your brackets."
_TEN = "Look for a number whose decimal point stands one place off."
_NUMBER = "Look for a number where {it} should stand."
_ONE = "Look for a 1 that is one too many, or missing."
_WHOLE = "Look for `int`, `//` or an integer dtype."
_ROUND = "Look for `round`."
_MOST = "Look for `min`, or a loop with a limit of its own."
_LIMIT = "Look for `clip`, `min` or `max`."
_NEGATIVE = "Look for `max`, `clip`, or an `if` that asks for a sign."
_RANGE = "Look for a 1 that is one too many, or missing, as in what a `range` is given."
_ENDS = "Look at where your loop or slice begins and ends."
_MEAN = "Look for `mean`, `std` or `var`: is there one that the task does not ask for?"
_SCALE = "Look for a division that the task does not ask for."
_PLACE = "Compare the places where {other} stands with the task."
_CURVE = "Look at the last thing that is done to the result: does the task ask for it?"

WORDS = {
    # What may be done to a number, or to every number of an array.
    "opposite": Words("had the opposite sign", _SIGN, result="the right one with the other sign"),
    "twice": Words("were twice as large", _TWO, result="twice the right one"),
    "half": Words("were half as large", _TWO, result="half the right one"),
    "zero": Words(
        "were always 0", "Is {it} left out, or overwritten before it is used?",
        many="were 0 at every place",
    ),
    "one": Words(
        "were always 1",
        "Is {it} used everywhere it belongs? A factor that is left out does this.",
        many="were 1 at every place",
    ),
    "tenth number": Words("were always 0.1", _NUMBER, many="were 0.1 at every place"),
    "hundredth number": Words("were always 0.01", _NUMBER, many="were 0.01 at every place"),
    "default": Words(
        "were always {other}, its default",
        "Is {it} used at all? Look for a number that stands in its place, or a line that sets it "
        "anew.",
    ),
    "no sign": Words(
        "had lost its sign", "Look for `abs`.", many="had lost the signs of its numbers",
        result="the right one without its sign",
    ),
    "squared": Words(
        "were squared", "Is {it} used twice, or is there a `** 2` too many?",
        result="the square of the right one",
    ),
    "root": Words(
        "were replaced by the square root of its absolute value",
        "Is a square missing, or is something else squared that should not be?",
        many="were replaced by the square roots of its absolute values",
        result="the square root of the right one (without its sign)",
    ),
    "reciprocal": Words(
        "were replaced by 1 divided by it",
        "Look for a `/` where a `*` belongs, or the other way round.",
        many="had every number replaced by 1 divided by it",
    ),
    "plus 1": Words("were 1 larger", _ONE, "were 1 larger at every place", "the right one plus 1"),
    "minus 1": Words(
        "were 1 smaller", _ONE, "were 1 smaller at every place", "the right one minus 1"
    ),
    "ten times": Words("were 10 times as large", _TEN),
    "a tenth": Words("were a tenth as large", _TEN),
    "cut": Words("were cut to a whole number", _WHOLE, many="were cut to whole numbers"),
    "rounded down": Words(
        "were rounded down to a whole number", "Look for `//`, `floor` or `int`.",
        many="were rounded down to whole numbers",
    ),
    "rounded": Words(
        "were rounded to a whole number", _ROUND, many="were rounded to whole numbers"
    ),
    "rounded to 1": Words("were rounded to 1 decimal", _ROUND),
    "rounded to 2": Words("were rounded to 2 decimals", _ROUND),
    "sign": Words(
        "were replaced by its sign (-1, 0 or 1)",
        "Look for `sign`, or for a division by an absolute value.",
        many="were replaced by the signs of its numbers (-1, 0 or 1)",
    ),
    "not negative": Words(
        "were 0 whenever it is negative", _NEGATIVE,
        "had a 0 in place of every negative number", "the right one, or 0 where that is negative",
    ),
    "not positive": Words(
        "were 0 whenever it is positive", _NEGATIVE,
        many="had a 0 in place of every positive number",
    ),
    "within 1": Words("were kept between -1 and 1", _LIMIT),
    "within 10": Words("were kept between -10 and 10", _LIMIT),
    "within 100": Words("were kept between -100 and 100", _LIMIT),
    # What may be done to a count.
    "count zero": Words("were always 0", "Is {it} left out, or is there a loop that never runs?"),
    "count one": Words("were always 1", "Is {it} left out, or is a `return` inside a loop?"),
    "at most 1": Words("were never more than 1", "Is a `return` or a `break` inside a loop?"),
    "at most 10": Words("were never more than 10", _MOST),
    "at most 100": Words("were never more than 100", _MOST),
    "one fewer": Words("were 1 smaller", _RANGE),
    "one more": Words("were 1 larger", _RANGE),
    "half, cut": Words("were half as large, cut to a whole number", _TWO),
    "a tenth, cut": Words("were a tenth as large, cut to a whole number", _TEN),
    # What may be done to an array or a list as a whole.
    "first": Words(
        "held only its first entry",
        "Is a `return` inside a loop, or is there a `[0]` too many?",
    ),
    "last": Words(
        "held only its last entry",
        "Look for `[-1]`, or for a variable that every round of a loop sets anew.",
    ),
    "first lost": Words("had lost its first entry", _ENDS),
    "last lost": Words("had lost its last entry", _ENDS),
    "first half": Words("held only its first half", _ENDS),
    "every second": Words("held only every second entry", "Look at the step of your slice."),
    "reversed": Words(
        "were in the reverse order",
        "Look for `[::-1]` or `reversed`, or for a loop that runs backwards.",
    ),
    "flattened": Words("were flattened", "Look for `reshape`, `ravel` or `flatten`."),
    "sorted": Words("were sorted", "Look for `sort` or `sorted`."),
    "mean everywhere": Words(
        "were replaced by its mean, at every place",
        "Is a mean taken too early, or does a column meet a row?",
    ),
    "centred": Words("had its mean subtracted", _MEAN),
    "standardised": Words(
        "had its mean subtracted and were divided by its standard deviation", _MEAN
    ),
    "over deviation": Words("were divided by its standard deviation", _MEAN),
    "over largest": Words("were divided by its largest absolute value", _SCALE),
    "between 0 and 1": Words("were shifted and scaled to lie between 0 and 1", _SCALE),
    "over norm": Words("were divided by the root of the sum of its squares", _SCALE),
    "only largest": Words(
        "were 0 at every place but that of its largest absolute value",
        "Look for `max` or `argmax`.",
    ),
    "unique": Words(
        "had lost its repeated values and were sorted", "Look for `set`, `unique` or `sort`."
    ),
    # What may be done with another argument, or with how long one is.
    "replaced": Words("were replaced by {other}", "Look for {other} where {it} should stand."),
    "followed": Words("were followed by {other}", _PLACE),
    "times": Words("were multiplied by {other}", _PLACE, result="the right one times {other}"),
    "over": Words("were divided by {other}", _PLACE, result="the right one divided by {other}"),
    "plus": Words("had {other} added to it", _PLACE, result="the right one plus {other}"),
    "minus": Words("had {other} subtracted from it", _PLACE, result="the right one minus {other}"),
    "swapped": Words("were swapped", "Compare the order in which you use them with the task."),
    "times length": Words(
        "", "Is there a sum where a mean is asked for?", result="the right one times {other}"
    ),
    "over length": Words(
        "", "Is it divided twice? Or is there a mean where a sum is asked for?",
        result="the right one divided by {other}",
    ),
    "times root of length": Words(
        "", "Look at what you divide by, and whether under the root or outside of it.",
        result="the right one times the square root of {other}",
    ),
    "over root of length": Words(
        "", "Look at what you divide by, and whether under the root or outside of it.",
        result="the right one divided by the square root of {other}",
    ),
    "turned": Words(
        "were handed over in the reverse order", "Compare the order in your call with the task."
    ),
    # What may be done to a result alone.
    "leaky": Words(
        "", _NEGATIVE, result="the right one, or a hundredth of it where that is negative"
    ),
    "tanh": Words("", _CURVE, result="the tanh of the right one"),
    "sigmoid": Words("", _CURVE, result="the sigmoid of the right one"),
    "parts turned": Words(
        "returns the right things, but in the reverse order",
        "Compare your `return` with the task.",
    ),
}  # fmt: skip
"""What may be changed, by the key that is kept of it."""

HAPPENS = "Something else in your lines may have the same effect."
"""Said at the end of each: what is changed is a fact, where it happens is not known."""
