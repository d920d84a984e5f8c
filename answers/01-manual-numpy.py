# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Known answers to 01-manual-numpy

# %%
import numpy as np

# %% [markdown]
# ## forward

# %% right="forward" name="one product"
"""The whole array at once, the operands the other way round."""


def forward(x, w):
    return x * w


# %% right="forward" name="loop over the points"
"""Fills a new array point by point."""


def forward(x, w):
    prediction = np.empty_like(x)
    for i in range(len(x)):
        prediction[i] = w * x[i]
    return prediction


# %% right="forward" name="list turned into an array"
"""Collects Python floats and makes a float64 array of them at the end."""


def forward(x, w):
    return np.array([float(w) * value for value in x.tolist()])


# %% right="forward" name="torch inside"
"""Multiplies tensors and hands back an array."""
import torch


def forward(x, w):
    return (torch.tensor(x) * float(w)).numpy()


# %% right="forward" name="matrix product"
"""A column times a 1 by 1 matrix, flattened to shape (n,)."""


def forward(x, w):
    return (x.reshape(-1, 1) @ np.array([[w]], dtype=x.dtype)).ravel()


# %% right="forward" name="prints and warns"
"""Right, and noisy: prints, and emits a warning."""
import warnings


def forward(x, w):
    warnings.warn("still to be tidied", UserWarning, stacklevel=2)
    print("predicting", len(x), "points with w =", w)
    return np.multiply(w, x)


# %% right="forward" name="works on a copy"
"""Multiplies in place, in a copy of its own, so that x stays as it was."""


def forward(x, w):
    prediction = x.copy()
    prediction *= w
    return prediction


# %% right="forward" name="function from the library"
"""No `def` at all: the name is given to a function that exists already."""
from operator import mul as forward

# %% wrong="forward" name="no return"
"""Your function works something out, but hands back None, because it ends without a `return`. Run
`print(forward(x, 2.0))` to see it. Printing a result inside a function does not return it."""


def forward(x, w):
    w * x


# %% wrong="forward" name="weight fixed at 2"
"""Your prediction is the same for every weight: it uses 2 and not the w that is passed in. Run
`forward(x, 0.5)` and `forward(x, 3.0)` and compare. The program is to find the 2, so the model
must not know it."""


def forward(x, w):
    return 2 * x


# %% wrong="forward" name="a list for an array"
"""The numbers are right, but they come back in a Python list where an array is asked. Run
`type(forward(x, 2.0))`, and then `forward(x, 2.0) + forward(x, 2.0)`: eight entries, and none of
them doubled. Look at what NumPy does with a whole array, or at what you return after your
loop."""


def forward(x, w):
    return [w * value for value in x]


# %% wrong="forward" name="input overwritten"
"""Your predictions are right, but your function changes the x of whoever calls it. Run
`a = x.copy()`, `forward(a, 3.0)` and then `print(a)`. Look at the line that writes into x: what
does `*=` or `x[i] = …` do to an array?"""


def forward(x, w):
    x *= w
    return x


# %% wrong="forward" name="added instead of multiplied"
"""Your function adds w to each x. Run `forward(x, 0.0)`: with a weight of 0 the model must
predict 0 for every point, and yours returns x itself. Look at the sign between w and x."""


def forward(x, w):
    return w + x


# %% wrong="forward" name="sum of the predictions"
"""Your function adds all predictions up to a single number. Run `np.shape(forward(x, 2.0))`:
there should be one prediction for each x. Look for `np.dot`, `sum` or a `+=` in your code."""


def forward(x, w):
    return np.sum(w * x)


# %% wrong="forward" name="mean of the predictions"
"""Your function returns one number, the average of the predictions. Run
`np.shape(forward(x, 2.0))`: there should be one prediction for each x. Averaging comes later,
with the loss; it is not the model's work."""


def forward(x, w):
    return np.mean(w * x)


# %% wrong="forward" name="return inside the loop"
"""You get the prediction for the first point only. Run `forward(x, 2.0)` and count what comes
back. A `return` ends the function at once: look at how far yours is indented, and at what happens
to the other points."""


def forward(x, w):  # noqa: RET503
    for value in x:
        return w * value


# %% wrong="forward" name="reads a global"
"""Your function predicts for the `x` of the notebook, not for the points it is given. Run
`forward(np.array([10.0]), 2.0)`: it should return one prediction. Compare the names in your `def`
line with those in the body."""


def forward(inputs, w):
    return w * x


# %% wrong="forward" name="bias added"
"""Each of your predictions is too large by the same amount. Run `forward(x, 0.0)`: a model that
is only a weight must return zeros there. Look for a term that does not contain x."""


def forward(x, w):
    return w * x + 1


# %% wrong="forward" name="power instead of product"
"""Your function raises x to the power w. Run `forward(x, 2.0)`: the last prediction is 16, where
the line should be at 8. `*` and `**` are different operators; look at which one you typed."""


def forward(x, w):
    return x**w


# %% wrong="forward" name="integer dtype"
"""Your predictions have lost their decimals: they are whole numbers. Run
`forward(np.array([1.0, 2.0]), 0.5)` and print its dtype. Look for `int`, `//` or `astype` on the
way to your result."""


def forward(x, w):
    return (w * x).astype(int)


# %% wrong="forward" name="weight cut to a whole number"
"""Your function uses only the whole part of the weight. Run `forward(x, 1.9)` and
`forward(x, 1.0)`: they come out the same. A weight may be any number; look for `int` or `//`
where w is used."""


def forward(x, w):
    return int(w) * x


# %% wrong="forward" name="column for row"
"""The numbers are right, but they stand in a column: the shape is (n, 1) where (n,) is asked. Run
`forward(x, 2.0).shape`, and then `(forward(x, 2.0) - y).shape` to see what it leads to. Look for
`reshape`, `[:, None]` or `np.outer`."""


def forward(x, w):
    return w * x[:, None]


# %% wrong="forward" name="rounded"
"""Your predictions are rounded, so those for a small x or a small w come back as 0. Run
`forward(np.array([0.001]), 1.7)`: it should be 0.0017. Rounding is for printing; look for `round`
on the way to your `return`."""


def forward(x, w):
    return np.round(w * x, 2)


# %% wrong="forward" name="rounded to a few digits"
"""Your predictions keep only a few digits after the point. Run `forward(np.array([0.0001]), 0.5)`:
it should be 0.00005, and it is not. Rounding is for printing; look for `round` on the way to your
`return`."""


def forward(x, w):
    return np.round(w * x, 4)


# %% wrong="forward" name="never negative"
"""Your predictions are never below 0. Run `forward(x, -1.0)`: that line falls, and all its
predictions are negative. A cut at 0 (a ReLU) belongs to networks with layers; look for `maximum` or
`clip`."""


def forward(x, w):
    return np.maximum(0, w * x)


# %% wrong="forward" name="size of the prediction"
"""Your predictions have lost their signs. Run `forward(x, -1.0)`: that line falls, and all its
predictions are negative. Look for `abs`, or for a root of a square."""


def forward(x, w):
    return np.abs(w * x)


# %% wrong="forward" name="large predictions cut off"
"""Large predictions are cut off. Run `forward(np.array([5000.0]), 3.0)`: it should be 15000. A
model says what w and x give, however large; look for `clip`, `minimum` or an `if`."""


def forward(x, w):
    return np.clip(w * x, -1000, 1000)


# %% wrong="forward" name="curve instead of a line"
"""Your model is a curve: large predictions are squeezed. Run `forward(x, 1.0)`: it should be x
itself. An activation such as `tanh` belongs to networks with layers; look at what is done to the
product."""


def forward(x, w):
    return np.tanh(w * x)


# %% wrong="forward" name="input centred"
"""You take the mean away from x before you multiply. Run `forward(x, 1.0)`: it should be x itself,
and yours is lower by 2.5. Look for a mean in your function: the line of this model goes through
0."""


def forward(x, w):
    return w * (x - np.mean(x))


# %% wrong="forward" name="order lost"
"""Your predictions are sorted, so they no longer belong to their points. Run
`forward(np.array([3.0, 1.0]), 1.0)`: the first should be 3. Look for `sort` or `set`."""


def forward(x, w):
    return np.sort(w * x)


# %% wrong="forward" name="model of x squared"
"""Your model multiplies w by the square of x. Run `forward(x, 1.0)`: it should be x itself, and the
last entry of yours is 16. The square comes later, with the loss."""


def forward(x, w):
    return w * x**2


# %% wrong="forward" name="weight 0 taken as not given"
"""A weight of 0 is not taken as it is. Run `forward(x, 0.0)`: all predictions should be 0. `if w:`
and `w or …` treat 0 like None; look for one of them."""


def forward(x, w):
    w = w or 1.0
    return w * x


# %% wrong="forward" name="prediction without x"
"""You return the weight itself for every point. Run `forward(x, 2.0)`: a point with a larger x
should get a larger prediction. Look at whether x is used at all."""


def forward(x, w):
    return w * np.ones(len(x))


# %% wrong="forward" name="divided by w"
"""You divide by w, where the model multiplies. Run `forward(x, 2.0)`: the last prediction should be
8. Look at the sign between x and w."""


def forward(x, w):
    with np.errstate(all="ignore"):
        return x / np.float64(w)


# %% wrong="forward" name="extra axis"
"""The numbers are right, but they stand in a table of one row: the shape is (1, n) where (n,) is
asked. Run `forward(x, 2.0).shape`. `w * x` is an array already; look for `np.array([…])` or
`reshape` around it."""


def forward(x, w):
    return np.array([w * x])


# %% wrong="forward" name="array in a list"
"""You return a list with the array in it. Run `forward(x, 2.0)` and look at the brackets. `w * x`
is an array already; look for square brackets after your `return`."""


def forward(x, w):
    return [w * x]


# %% wrong="forward" name="last point left out"
"""The last point gets no prediction of its own. Run `forward(x, 1.0)`: it should be x itself, and
your last entry is 0. Look at what your `range` counts to: `range(n)` ends before n by itself."""


def forward(x, w):
    prediction = np.zeros(len(x))
    for i in range(len(x) - 1):
        prediction[i] = w * x[i]
    return prediction


# %% wrong="forward" name="fixed number of points"
"""Your function works for four points and for no other number. Run `forward(np.array([10.0]),
2.0)`: it should return one prediction. Look for a 4 in your code; `len(x)` knows how many there
are."""


def forward(x, w):
    prediction = np.zeros(4)
    for i in range(4):
        prediction[i] = w * x[i]
    return prediction


# %% wrong="forward" name="w to the power x"
"""You raise w to the power x. Run `forward(x, 2.0)`: the last prediction is 16, where the line
should be at 8. `*` and `**` are different operators; look at which one you typed."""


def forward(x, w):
    with np.errstate(all="ignore"):
        return np.float64(w) ** x


# %% wrong="forward" name="weight subtracted"
"""You subtract w from each x. Run `forward(x, 0.0)`: with a weight of 0 the model must predict 0
for every point, and yours returns x itself. Look at the sign between w and x."""


def forward(x, w):
    return x - w


# %% wrong="forward" name="half precision"
"""Your predictions keep only three or four digits. Print `forward(np.array([1.001]), 1.0)`. Look
for `float16`; the numbers you are given have more digits, so keep them."""


def forward(x, w):
    return (w * x).astype(np.float16)


# %% wrong="forward" name="a matrix product"
"""`@` multiplies matrices and takes no plain number, so Python raises an error. A number times an
array is written with `*`; look at the sign between w and x."""


def forward(x, w):
    return w @ x


# %% wrong="forward" name="one name for two"
"""Python takes `wx` for one name, and nobody has made a variable of that name. In mathematics a
product needs no sign; in Python it does."""


def forward(x, w):
    return wx


# %% wrong="forward" name="a bias that is nowhere"
"""Your model adds a `b`, and nobody has made a variable of that name. This model is only a weight:
the line goes through 0. Look for a term that does not contain x."""


def forward(x, w):
    return w * x + b


# %% wrong="forward" name="text for an array"
"""You return a text that looks like an array. Run `type(forward(x, 2.0))`. An f-string or `str` is
for printing; look at what your `return` hands back."""


def forward(x, w):
    return f"{w * x}"


# %% wrong="forward" name="last point only"
"""You get the prediction for the last point only: each round of your loop overwrites what the one
before has made. Run `forward(x, 2.0)` and count what comes back. Collect the predictions, or look
at what NumPy does with a whole array."""


def forward(x, w):
    for value in x:
        prediction = w * value
    return prediction


# %% wrong="forward" name="x returned as well"
"""You return two things, x and the predictions, where the predictions alone are asked. Look at what
stands behind your `return`."""


def forward(x, w):
    return x, w * x


# %% [markdown]
# ## mse

# %% right="mse" name="sum divided by n"
"""Adds the squares and divides by the number of points, a NumPy float32 as result."""


def mse(y, y_pred):
    return ((y - y_pred) ** 2).sum() / len(y)


# %% right="mse" name="loop over the points"
"""Plain Python floats, one point after the other."""


def mse(y, y_pred):
    total = 0.0
    for truth, guess in zip(y, y_pred, strict=True):
        total += (float(guess) - float(truth)) ** 2
    return total / len(y)


# %% right="mse" name="dot product"
"""The error times itself, summed by `np.dot`."""


def mse(y, y_pred):
    error = y - y_pred
    return float(np.dot(error, error)) / error.size


# %% right="mse" name="torch function"
"""PyTorch's own loss function; the result is a 0-d tensor."""
import torch


def mse(y, y_pred):
    return torch.nn.functional.mse_loss(torch.tensor(y_pred), torch.tensor(y))


# %% right="mse" name="length of the error vector"
"""The square of the Euclidean length, divided by n, in float64."""


def mse(y, y_pred):
    error = np.asarray(y_pred, dtype=np.float64) - y
    return np.linalg.norm(error) ** 2 / len(error)


# %% right="mse" name="variance plus squared mean"
"""Uses that the mean square is the variance plus the square of the mean; a 0-d array as
result."""


def mse(y, y_pred):
    error = y_pred - y
    return np.array(np.var(error) + np.mean(error) ** 2)


# %% right="mse" name="running mean by recursion"
"""No sum at all: the mean of n is made from the mean of n - 1."""


def mse(y, y_pred):
    if len(y) == 1:
        return float(y_pred[0] - y[0]) ** 2
    last = float(y_pred[-1] - y[-1]) ** 2
    return mse(y[:-1], y_pred[:-1]) + (last - mse(y[:-1], y_pred[:-1])) / len(y)


# %% right="mse" name="statistics module"
"""The standard library's mean, with a print and a warning on the way."""
import statistics
import warnings


def mse(y, y_pred):
    warnings.warn("slow for large arrays", RuntimeWarning, stacklevel=2)
    print("mse of", len(y), "points")
    return statistics.fmean((float(a) - float(b)) ** 2 for a, b in zip(y, y_pred, strict=True))


# %% wrong="mse" name="no return"
"""Your function works something out, but hands back None, because it ends without a `return`. Run
`print(mse(y, 0 * x))` to see it. Printing a result inside a function does not return it."""


def mse(y, y_pred):
    print(np.mean((y_pred - y) ** 2))


# %% wrong="mse" name="loss summed"
"""Your loss is too large by the number of points: it adds up the squares and stops there. Run
`mse(y, x)`, and then `mse(np.tile(y, 2), np.tile(x, 2))`, the same points twice: a mean would not
change, yours doubles. Look at what turns a sum into a mean."""


def mse(y, y_pred):
    return float(np.sum((y_pred - y) ** 2))


# %% wrong="mse" name="no mean"
"""You return one squared error for each point, not one number. Run `np.shape(mse(y, 0 * x))`. The
squares are right; what is still to be done with them is the M of MSE."""


def mse(y, y_pred):
    return (y_pred - y) ** 2


# %% wrong="mse" name="root of the mean"
"""You return the square root of the mean squared error. Run `mse(y, x)` and compare it with the
7.5 in the text above. Look for `sqrt`, `** 0.5` or `np.linalg.norm`."""


def mse(y, y_pred):
    return float(np.sqrt(np.mean((y_pred - y) ** 2)))


# %% wrong="mse" name="absolute error"
"""You take the mean of the sizes of the errors, not of their squares. Run `mse(y, x)`: the errors
are 1, 2, 3 and 4, and you get their mean, not the 7.5 of the table. Look at what is done to each
error before the mean."""


def mse(y, y_pred):
    return float(np.mean(np.abs(y_pred - y)))


# %% wrong="mse" name="mean before the square"
"""You take the mean first and square it afterwards, so errors of opposite sign cancel. Run
`mse(np.array([1.0, -1.0]), np.array([0.0, 0.0]))`: both points are missed, and you get 0. Look at
where the bracket closes, and at which of the two comes first."""


def mse(y, y_pred):
    return float(np.mean(y_pred - y) ** 2)


# %% wrong="mse" name="error not squared"
"""You take the mean of the errors as they are, so your loss can be negative, and errors can
cancel. Run `mse(y, x)` and `mse(x, y)`: they differ by their sign. Look at the third row of the
table above."""


def mse(y, y_pred):
    return float(np.mean(y_pred - y))


# %% wrong="mse" name="halved"
"""Your loss is half of what is asked. Some books put a 1/2 before the mean squared error to make
the derivative shorter; this course does not. Run `mse(y, x)`, compare with the 7.5 in the text,
and look for a 2 that you divide by."""


def mse(y, y_pred):
    return float(np.mean((y_pred - y) ** 2) / 2)


# %% wrong="mse" name="fixed number of samples"
"""You divide by 4 whatever the number of points is. Run `mse(y[:2], 0 * x[:2])`: the squares are
4 and 16, and their mean is 10. Look at where the 4 in your code comes from: other data have
another length."""


def mse(y, y_pred):
    return float(np.sum((y_pred - y) ** 2) / 4)


# %% wrong="mse" name="divided by n - 1"
"""You divide by one less than the number of points. Run `mse(y[:2], 0 * x[:2])`: the squares are
4 and 16, and you get their sum. The n - 1 belongs to the variance of a sample; here every point
counts."""


def mse(y, y_pred):
    return float(np.sum((y_pred - y) ** 2) / np.float64(len(y) - 1))


# %% wrong="mse" name="variance of the error"
"""You compute how much the errors vary among themselves, not how large they are. Run
`mse(y, y + 3)`: every point is missed by 3, and you get 0. Look for `np.var`, `np.std`, or a mean
that you subtract."""


def mse(y, y_pred):
    return float(np.var(y_pred - y))


# %% wrong="mse" name="difference of the squares"
"""You square truth and prediction each for itself and subtract then. Run
`mse(np.array([3.0]), np.array([-3.0]))`: the prediction misses by 6, and you get 0. Look at which
of the two comes first, subtracting or squaring."""


def mse(y, y_pred):
    return float(np.mean(y_pred**2 - y**2))


# %% wrong="mse" name="last sample only"
"""Only the last point decides your loss. Run `mse(y, np.array([0.0, 0.0, 0.0, 8.0]))`: three of
the four predictions are wrong, and you get 0. Look for `[-1]`, or for a variable that every round
of your loop sets anew."""


def mse(y, y_pred):
    return float((y_pred[-1] - y[-1]) ** 2)


# %% wrong="mse" name="return inside the loop"
"""Only the first point decides your loss. Run `mse(y, np.array([2.0, 0.0, 0.0, 0.0]))`: three of
the four predictions are wrong, and you get 0. A `return` ends the function at once: look at how
far yours is indented."""


def mse(y, y_pred):  # noqa: RET503
    total = 0.0
    for truth, guess in zip(y, y_pred, strict=True):
        total += float(guess - truth) ** 2
        return total


# %% wrong="mse" name="sum overwritten in the loop"
"""You divide by the number of points, but what you divide is the square of the last point alone.
Print your total in each round of the loop: it should grow from round to round. Look at how a
round adds to what the rounds before have left."""


def mse(y, y_pred):
    for truth, guess in zip(y, y_pred, strict=True):
        total = float(guess - truth) ** 2
    return total / len(y)


# %% wrong="mse" name="largest error only"
"""Only the worst point decides your loss. Run `mse(y, y + np.array([3.0, 0.0, 0.0, 0.0]))` and
`mse(y, y + 3)`: the second has four times as many mistakes and the same loss. Look for `max`;
every point should count."""


def mse(y, y_pred):
    return float(np.max((y_pred - y) ** 2))


# %% wrong="mse" name="rounded"
"""You round your loss, and small losses become 0. Run `mse(np.array([0.0]), np.array([0.01]))`.
Rounding is for printing; look for `round` or a format in what you return."""


def mse(y, y_pred):
    return round(float(np.mean((y_pred - y) ** 2)), 2)


# %% wrong="mse" name="rounded to a few digits"
"""Your loss keeps only a few digits after the point, so small losses come back as 0. Run
`mse(np.array([0.0]), np.array([0.001]))`: the loss is small, but it is not 0. Rounding is for
printing; look for `round` or a format on the way to your `return`."""


def mse(y, y_pred):
    return round(float(np.mean((y_pred - y) ** 2)), 4)


# %% wrong="mse" name="text for a number"
"""You return a string that looks like a number. Run `type(mse(y, x))`, and then `mse(y, x) + 1`.
An f-string or `str` is for printing; look at what your `return` hands back."""


def mse(y, y_pred):
    return f"{np.mean((y_pred - y) ** 2):.4f}"


# %% wrong="mse" name="reads a global"
"""Your function compares with the `y` of the notebook, not with the truth it is given. Run
`mse(np.array([1.0]), np.array([1.0]))`: a perfect prediction must have the loss 0. Compare the
names in your `def` line with those in the body."""


def mse(truth, y_pred):
    return float(np.mean((y_pred - y) ** 2))


# %% wrong="mse" name="large errors cut off"
"""Large errors are cut off. Run `mse(np.array([0.0]), np.array([5000.0]))`: it should be 25
million. Look for `clip`, `minimum` or an `if`: a large error counts in full."""


def mse(y, y_pred):
    return float(np.mean(np.clip(y_pred - y, -100, 100) ** 2))


# %% wrong="mse" name="large loss cut off"
"""Your loss never exceeds some limit. Run `mse(np.array([0.0]), np.array([5000.0]))`: it should be
25 million. Look for `min`, `clip` or an `if` at the end."""


def mse(y, y_pred):
    return min(float(np.mean((y_pred - y) ** 2)), 1e6)


# %% wrong="mse" name="rounded to six digits"
"""Your loss keeps only six digits after the point. Run `mse(np.array([0.0]), np.array([0.0005]))`:
it should be 0.00000025, and you get 0. Rounding is for printing; look for `round` or a format on
the way to your `return`."""


def mse(y, y_pred):
    return round(float(np.mean((y_pred - y) ** 2)), 6)


# %% wrong="mse" name="square of the prediction"
"""Your loss does not depend on the truth. Run `mse(y, y)`: every prediction is right, so the loss
is 0, and yours is not. Look at what you square."""


def mse(y, y_pred):
    return float(np.mean(y_pred**2))


# %% wrong="mse" name="error relative to the truth"
"""You divide each error by the truth before you square it. Run `mse(y, x)`: the errors are 1, 2, 3
and 4, and their squares have the mean 7.5. Where y is 0 yours cannot be worked out at all. Look for
a division by y."""


def mse(y, y_pred):
    with np.errstate(all="ignore"):
        return float(np.mean(((y_pred - y) / y) ** 2))


# %% wrong="mse" name="every error with every other"
"""Every prediction meets every truth, where each should meet its own. Run `mse(y, y)`: every
prediction is right, so the loss is 0, and yours is not. Print the shape of your difference: for n
points it should be (n,), not (n, n). Look for `reshape`, `[:, None]` or a loop in a loop."""


def mse(y, y_pred):
    return float(np.mean((y_pred[:, None] - y[None, :]) ** 2))


# %% wrong="mse" name="divided by n + 1"
"""You divide by one more than the number of points. Run `mse(np.array([0.0]), np.array([2.0]))`:
with a single point the loss is its square, 4. Look at what you divide by."""


def mse(y, y_pred):
    return float(np.sum((y_pred - y) ** 2) / (len(y) + 1))


# %% wrong="mse" name="median for mean"
"""You take the middle one of the squares, not their mean. Run `mse(np.zeros(3), np.array([0.0, 0.0,
3.0]))`: the mean of 0, 0 and 9 is 3. Look for `median`."""


def mse(y, y_pred):
    return float(np.median((y_pred - y) ** 2))


# %% wrong="mse" name="whole number"
"""Your loss has lost its decimals. Run `mse(y, x)`: it should be 7.5. Look for `int`, `//` or
`round` on the way to your `return`."""


def mse(y, y_pred):
    return float(int(np.mean((y_pred - y) ** 2)))


# %% wrong="mse" name="sign of the loss turned"
"""Your loss is negative. Run `mse(y, x)`: it should be 7.5. A mean of squares cannot be below 0;
look for a minus before it."""


def mse(y, y_pred):
    return -float(np.mean((y_pred - y) ** 2))


# %% wrong="mse" name="mean not called"
"""You return the function `mean` itself and not what it returns: it is not called. Run
`print(mse(y, x))`. Python calls a function only where `()` stands behind its name; look at the end
of your line."""


def mse(y, y_pred):
    return ((y - y_pred) ** 2).mean


# %% wrong="mse" name="only the prediction squared"
"""You square the prediction alone: `**` comes before `-`. Run `mse(y, y)`: every prediction is
right, so the loss is 0, and yours is not. Put brackets around the difference."""


def mse(y, y_pred):
    return float(np.mean(y - y_pred**2))


# %% wrong="mse" name="error doubled"
"""You double each error, where it should be squared. Run `mse(y, x)`: the errors are 1, 2, 3 and 4,
and you get 5, twice their mean. `* 2` and `** 2` are different; look at which one you typed."""


def mse(y, y_pred):
    return float(np.mean((y - y_pred) * 2))


# %% wrong="mse" name="xor for power"
"""`^` is no power in Python: it compares bits, and refuses numbers with decimals. A square is
written `** 2`."""


def mse(y, y_pred):
    return float(np.mean((y - y_pred) ^ 2))


# %% wrong="mse" name="divided by n twice"
"""Your loss is too small by the number of points: you divide by it twice. Run `mse(y, x)` and
compare with the 7.5 in the text above. A mean has divided already; look for another division by
`len(y)`."""


def mse(y, y_pred):
    return float(np.mean((y - y_pred) ** 2) / len(y))


# %% wrong="mse" name="square of the sum"
"""You add the errors up first and square their sum, so errors of opposite sign cancel. Run
`mse(np.array([1.0, -1.0]), np.array([0.0, 0.0]))`: both points are missed, and you get 0. Square
each error before anything is added."""


def mse(y, y_pred):
    return float(np.sum(y - y_pred) ** 2 / len(y))


# %% wrong="mse" name="each square divided by n"
"""You return one number for each point: every square divided by the number of points, but not added
up. Run `np.shape(mse(y, 0 * x))`: it should be (), one number."""


def mse(y, y_pred):
    return (y - y_pred) ** 2 / len(y)


# %% wrong="mse" name="one number in an array"
"""The number is right, but it comes in an array of length 1. Run `mse(y, x)` and look at the
brackets. Look for `keepdims`, `reshape`, or square brackets after your `return`; `float(…)` makes a
plain number."""


def mse(y, y_pred):
    return np.mean((y - y_pred) ** 2, keepdims=True)


# %% wrong="mse" name="length of the error vector over n"
"""You divide the length of the error vector by the number of points. Run `mse(y, x)` and compare
with the 7.5 in the text above. `np.linalg.norm` takes a root at its end; the mean of the squares
has none."""


def mse(y, y_pred):
    return float(np.linalg.norm(y - y_pred) / len(y))


# %% wrong="mse" name="last point left out"
"""The last point does not count. Run `mse(y, np.array([2.0, 4.0, 6.0, 0.0]))`: the last prediction
is wrong, and you get 0. Look at what your `range` counts to: `range(n)` ends before n by itself."""


def mse(y, y_pred):
    total = 0.0
    for i in range(len(y) - 1):
        total += float(y[i] - y_pred[i]) ** 2
    return total / len(y)


# %% wrong="mse" name="sum of squares halved"
"""You add up the squares and divide by 2, whatever the number of points is. Run `mse(y, x)`: you
get 15, and not the 7.5 of the table. A mean divides by how many there are."""


def mse(y, y_pred):
    return float(np.sum((y - y_pred) ** 2) / 2)


# %% wrong="mse" name="float of the whole array"
"""`float(…)` is given a whole array, and cannot make one number of several. Print what stands
inside its brackets: what is still to be done with these squares is the M of MSE."""


def mse(y, y_pred):
    return float((y - y_pred) ** 2)


# %% wrong="mse" name="truth added"
"""You add truth and prediction, where you should subtract. Run `mse(y, y)`: every prediction is
right, so the loss is 0, and yours is not. Look at the sign between the two."""


def mse(y, y_pred):
    return float(np.mean((y + y_pred) ** 2))


# %% wrong="mse" name="cubed"
"""You take the third power of each error. Run `mse(y, x)`: you get 25, and not the 7.5 of the
table. A square is `** 2`."""


def mse(y, y_pred):
    return float(np.mean(np.abs(y - y_pred) ** 3))


# %% wrong="mse" name="divided inside the loop"
"""Only the first point counts: your function divides and returns in the first round of its loop.
A `return` ends the function at once: look at how far yours is indented."""


def mse(y, y_pred):  # noqa: RET503
    total = 0.0
    for truth, guess in zip(y, y_pred, strict=True):
        total += float(guess - truth) ** 2
        return total / len(y)


# %% wrong="mse" name="truth times prediction"
"""You multiply truth and prediction, where you should subtract. Run `mse(y, y)`: every prediction
is right, so the loss is 0, and yours is not. Look at the second row of the table above."""


def mse(y, y_pred):
    return float(np.dot(y, y_pred) / len(y))


# %% [markdown]
# ## gradient

# %% right="gradient" name="one mean"
"""The formula as it stands, a NumPy float32 as result."""


def gradient(x, y, y_pred):
    return np.mean(2 * x * (y_pred - y))


# %% right="gradient" name="loop over the samples"
"""Plain Python floats, one sample after the other."""


def gradient(x, y, y_pred):
    total = 0.0
    for inputs, truth, guess in zip(x.tolist(), y.tolist(), y_pred.tolist(), strict=True):
        total += 2 * inputs * (guess - truth)
    return total / len(x)


# %% right="gradient" name="dot product divided by n"
"""Lets `np.dot` sum, and divides by the number of samples."""


def gradient(x, y, y_pred):
    return 2 * np.dot(x, y_pred - y) / len(x)


# %% right="gradient" name="both signs turned"
"""Subtracts the other way round and puts a minus before x instead."""


def gradient(x, y, y_pred):
    return float((-2 * x * (y - y_pred)).mean())


# %% right="gradient" name="autograd and the chain rule"
"""Lets PyTorch differentiate the loss by the prediction, and multiplies by x; a 0-d array."""
import torch


def gradient(x, y, y_pred):
    prediction = torch.tensor(y_pred, requires_grad=True)
    torch.mean((prediction - torch.tensor(y)) ** 2).backward()
    return torch.sum(prediction.grad * torch.tensor(x)).numpy()


# %% right="gradient" name="autograd by the weight"
"""Moves the prediction by a weight that is 0 and lets PyTorch differentiate by that weight."""
import torch


def gradient(x, y, y_pred):
    extra = torch.zeros((), dtype=torch.float64, requires_grad=True)
    loss = torch.mean((torch.tensor(y_pred) + extra * torch.tensor(x) - torch.tensor(y)) ** 2)
    (slope,) = torch.autograd.grad(loss, extra)
    return slope.item()


# %% right="gradient" name="central difference with a wide step"
"""No formula: two losses, one unit of w to either side, which is exact on a parabola."""


def gradient(x, y, y_pred):
    x, error = np.asarray(x, dtype=np.float64), np.asarray(y_pred, dtype=np.float64) - y
    return (np.mean((error + x) ** 2) - np.mean((error - x) ** 2)) / 2


# %% right="gradient" name="two means"
"""The product multiplied out: the mean with the prediction less the mean with the truth."""


def gradient(x, y, y_pred):
    return 2.0 * (np.mean(x * y_pred) - np.mean(x * y))


# %% right="gradient" name="Einstein sum, with noise"
"""Prints, warns, and gives a 0-d array."""
import warnings


def gradient(x, y, y_pred):
    warnings.warn("einsum is hard to read", UserWarning, stacklevel=2)
    print("gradient over", x.size, "samples")
    return np.array(np.einsum("i,i->", 2 * x, y_pred - y) / x.size)


# %% right="gradient" name="recursion over the halves"
"""Splits the samples in two and weighs the two means by their lengths."""


def gradient(x, y, y_pred):
    n = len(x)
    if n == 1:
        return float(2 * x[0] * (y_pred[0] - y[0]))
    k = n // 2
    left, right = gradient(x[:k], y[:k], y_pred[:k]), gradient(x[k:], y[k:], y_pred[k:])
    return (k * left + (n - k) * right) / n


# %% wrong="gradient" name="sum for mean"
"""Your gradient is too large by the number of samples: it is the sum, not the mean. Run
`gradient(x, y, 0 * x)`, and then the same points twice,
`gradient(np.tile(x, 2), np.tile(y, 2), 0 * np.tile(x, 2))`: a mean would not change, yours
doubles. If you use `np.dot`, print `np.ndim` of what it returns before you take a mean of it."""


def gradient(x, y, y_pred):
    return np.dot(2 * x, y_pred - y).mean()


# %% wrong="gradient" name="missing factor 2"
"""Your gradient is half of what it should be. Compare `gradient(x, y, 0 * x)` with the change of
the loss per unit of w that the notebook measured, about -30. Look again at step 2 of the
derivation: how fast does a square grow? (Some books define the loss with a 1/2, so that the 2 goes;
this course does not.)"""


def gradient(x, y, y_pred):
    return float(np.mean(x * (y_pred - y)))


# %% wrong="gradient" name="factor 2 twice"
"""Your gradient is twice what it should be. Compare `gradient(x, y, 0 * x)` with the change of
the loss per unit of w that the notebook measured, about -30. Count how often the square's factor
comes into your formula."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * 2 * (y_pred - y)))


# %% wrong="gradient" name="wrong sign"
"""Your gradient has the right size and the wrong sign. Run `gradient(x, y, 0 * x)`: at w = 0 the
loss falls when w grows, so the slope there is negative. Look at which of truth and prediction you
subtract from which, and whether your arguments stand in the order of the task."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * (y - y_pred)))


# %% wrong="gradient" name="missing x"
"""Your slope does not depend on x. Run `gradient(x, y, 0 * x)` and `gradient(10 * x, y, 0 * x)`:
they come out the same, although the prediction of a large x moves much faster with w. Look again
at step 1 of the derivation."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * (y_pred - y)))


# %% wrong="gradient" name="no return"
"""Your function works something out, but hands back None, because it ends without a `return`. Run
`print(gradient(x, y, 0 * x))` to see it. Printing a result inside a function does not return
it."""


def gradient(x, y, y_pred):
    slope = float(np.mean(2 * x * (y_pred - y)))
    print(slope)


# %% wrong="gradient" name="no mean"
"""You return the contribution of each point, not one number. Run
`np.shape(gradient(x, y, 0 * x))`. The contributions are right; the last row of the table tells
you what is to be done with them."""


def gradient(x, y, y_pred):
    return 2 * x * (y_pred - y)


# %% wrong="gradient" name="last sample only"
"""Only the last sample decides your gradient. Run
`gradient(x, y, np.array([0.0, 0.0, 0.0, 8.0]))`: three predictions are wrong, and you get 0. Look
for `[-1]`, or for a variable that every round of your loop sets anew."""


def gradient(x, y, y_pred):
    for inputs, truth, guess in zip(x, y, y_pred, strict=True):
        slope = 2 * inputs * (guess - truth)
    return float(slope)


# %% wrong="gradient" name="return inside the loop"
"""Only the first sample decides your gradient. Run
`gradient(x, y, np.array([2.0, 0.0, 0.0, 0.0]))`: three predictions are wrong, and you get 0. A
`return` ends the function at once: look at how far yours is indented."""


def gradient(x, y, y_pred):  # noqa: RET503
    total = 0.0
    for inputs, truth, guess in zip(x, y, y_pred, strict=True):
        total += float(2 * inputs * (guess - truth))
        return total


# %% wrong="gradient" name="fixed number of samples"
"""You divide by 4 whatever the number of samples is. Run `gradient(x[:2], y[:2], 0 * x[:2])`: the
two contributions are -4 and -16, and their mean is -10. Look at where the 4 in your code comes
from: other data have another length."""


def gradient(x, y, y_pred):
    return float(np.sum(2 * x * (y_pred - y)) / 4)


# %% wrong="gradient" name="divided by n - 1"
"""You divide by one less than the number of samples. Run `gradient(x[:2], y[:2], 0 * x[:2])`: the
two contributions are -4 and -16, and you get their sum. The n - 1 belongs to the variance of a
sample; here every sample counts."""


def gradient(x, y, y_pred):
    return float(np.sum(2 * x * (y_pred - y)) / np.float64(len(x) - 1))


# %% wrong="gradient" name="product of the means"
"""Every x meets every error, where each x should meet its own. Run
`gradient(np.array([1.0, -1.0]), np.array([1.0, -1.0]), np.array([0.0, 0.0]))`: you get 0,
although larger w would help at both points. Look at whether you take a mean, or make a table of n
by n, before you multiply pair by pair."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x) * np.mean(y_pred - y))


# %% wrong="gradient" name="prediction instead of error"
"""Your slope does not depend on the truth. Run `gradient(x, y, y)`: where every prediction is
right, the valley is flat and the slope is 0, and yours is not. Look at which quantity x is
multiplied by."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * y_pred))


# %% wrong="gradient" name="y for x"
"""You multiply the error by the truth, where the derivation has something else. On the lesson's
data that makes your slope twice too large; run `gradient(x, 0 * y, x)` and you get 0, although w
= 1 misses every point. Look again at step 1: what does the error grow by when w grows by 1?"""


def gradient(x, y, y_pred):
    return float(np.mean(2 * y * (y_pred - y)))


# %% wrong="gradient" name="prediction for x"
"""You multiply the error by the prediction, where the derivation has something else. Run
`gradient(x, y, 0 * x)`: you get 0, although w = 0 is far from the floor of the valley. Look again
at step 1: what does the error grow by when w grows by 1?"""


def gradient(x, y, y_pred):
    return float(np.mean(2 * y_pred * (y_pred - y)))


# %% wrong="gradient" name="x squared"
"""There is an x too many in your product. Run your function on the single point `x[2:3]`, with
`y[2:3]` and the prediction `0 * x[2:3]`: the derivation finds -36 there, and you get three times
as much. The change of the prediction with w comes in once."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * x * (y_pred - y)))


# %% wrong="gradient" name="error squared"
"""The error is still squared in your slope. Run `gradient(x, y, 0 * x)` and
`gradient(x, y, 4 * x)`: the two lie on opposite sides of the valley and should have opposite
signs. Look at step 2 of the derivation: what does the square of the error turn into?"""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * (y_pred - y) ** 2))


# %% wrong="gradient" name="loss instead of slope"
"""You return the loss itself, not its slope. Run `gradient(x, y, 0 * x)`: you get 30, which is
how high the valley is at w = 0, where the question is how steep it is. Look at the three steps of
the derivation: they begin where you stop."""


def gradient(x, y, y_pred):
    return float(np.mean((y_pred - y) ** 2))


# %% wrong="gradient" name="sign thrown away"
"""Your gradient is never negative. Run `gradient(x, y, 0 * x)` and `gradient(x, y, 4 * x)`: the
two lie on opposite sides of the valley, and the sign is what tells them apart. Look for `abs` or
a root of a square."""


def gradient(x, y, y_pred):
    return abs(float(np.mean(2 * x * (y_pred - y))))


# %% wrong="gradient" name="descent direction"
"""Your gradient is always negative or zero. Run `gradient(x, y, 0 * x)` and
`gradient(x, y, 4 * x)`: the two lie on opposite sides of the valley, and the slope is negative at
one only. Look for an `abs` with a minus before it; which way to walk is decided later, in the
training."""


def gradient(x, y, y_pred):
    return -abs(float(np.mean(2 * x * (y_pred - y))))


# %% wrong="gradient" name="learning rate built in"
"""Your slope is a hundred times too small, as if it had been multiplied by a learning rate of
0.01. Run `gradient(x, y, 0 * x)` and compare with your mean on paper. A slope belongs to the
valley; how far to step is decided by the one who trains."""


def gradient(x, y, y_pred):
    return float(0.01 * np.mean(2 * x * (y_pred - y)))


# %% wrong="gradient" name="integer dtype"
"""Your gradient has lost its decimals. Run `gradient(x, y, 1.9 * x)`: it should be -1.5. Near the
floor of the valley a slope smaller than 1 becomes 0, and training stops too early. Look for
`int`, `//` or `round`."""


def gradient(x, y, y_pred):
    return int(np.mean(2 * x * (y_pred - y)))


# %% wrong="gradient" name="slope of 2 assumed"
"""You compare with 2 times x, not with the y that is given. Run `gradient(x, 5 * x, 5 * x)`:
every prediction is right, so the slope is 0, and yours is not. Look at whether y is used at all:
other data have other rules."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * (y_pred - 2 * x)))


# %% wrong="gradient" name="reads a global"
"""Your function uses the `x` and `y` of the notebook, not the data it is given. Run
`gradient(x[:2], y[:2], 0 * x[:2])`: with two points it should give -10. Compare the names in your
`def` line with those in the body."""


def gradient(inputs, truth, y_pred):
    return float(np.mean(2 * x * (y_pred - y)))


# %% wrong="gradient" name="brackets missing"
"""You multiply x by the prediction only, and subtract y afterwards: Python works out `*` before
`-`. Run `gradient(x, y, y)`: every prediction is right, so the slope is 0, and yours is not. Put
brackets around the difference."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * y_pred - y))


# %% wrong="gradient" name="x times the truth only"
"""You multiply x by the truth only and subtract that from the prediction. Run `gradient(x, y, y)`:
every prediction is right, so the slope is 0, and yours is not. Python works out `*` before `-`: put
brackets around the difference."""


def gradient(x, y, y_pred):
    return float(2 * np.mean(y_pred - y * x))


# %% wrong="gradient" name="large slope cut off"
"""A large slope is cut off. Run `gradient(x, y, 10000 * x)`: it should be 149970. How far to step
is the learning rate's business; look for `clip`, `min` or an `if`."""


def gradient(x, y, y_pred):
    return float(np.clip(np.mean(2 * x * (y_pred - y)), -1000, 1000))


# %% wrong="gradient" name="direction only"
"""You return only the sign of the slope, 1 or -1. Run `gradient(x, y, 0 * x)`: it should be -30.
How steep the valley is, is what makes the steps shorter near its floor. Look for `sign`, or for a
division by the slope's own size."""


def gradient(x, y, y_pred):
    return float(np.sign(np.mean(2 * x * (y_pred - y))))


# %% wrong="gradient" name="rounded"
"""You round the slope, and near the floor of the valley it becomes 0. Run `gradient(x, y, 1.9999 *
x)`: it should be about -0.0015. Rounding is for printing; look for `round` on the way to your
`return`."""


def gradient(x, y, y_pred):
    return round(float(np.mean(2 * x * (y_pred - y))), 2)


# %% wrong="gradient" name="input centred"
"""You take the mean away from x. Run your function on one point, `gradient(x[2:3], y[2:3], 0 *
x[2:3])`: the derivation finds -36, and you get 0. Look for a mean before the product."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * (x - np.mean(x)) * (y_pred - y)))


# %% wrong="gradient" name="steepest point only"
"""Only the point with the largest slope counts. Run `gradient(x, y, 0 * x)`: the four slopes have
the mean -30, and you return one of them. Look for `max`, `min` or an index."""


def gradient(x, y, y_pred):
    slopes = 2 * x * (y_pred - y)
    return float(slopes[np.argmax(np.abs(slopes))])


# %% wrong="gradient" name="divided by x"
"""You divide the error by x, where the derivation multiplies. Run `gradient(x, y, 0 * x)`: it
should be -30. Look again at step 1: by how much does the error grow when w grows by 1?"""


def gradient(x, y, y_pred):
    with np.errstate(all="ignore"):
        return float(np.mean(2 * (y_pred - y) / x))


# %% wrong="gradient" name="size of x"
"""You use the size of x without its sign. Run `gradient(-x, -y, 0 * x)`: it should be -30, as for x
and y. A point with a negative x pulls the other way; look for `abs`."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * np.abs(x) * (y_pred - y)))


# %% wrong="gradient" name="mean not called"
"""You return the function `mean` itself and not what it returns: it is not called. Run
`print(gradient(x, y, x))`. Python calls a function only where `()` stands behind its name; look at
the end of your line."""


def gradient(x, y, y_pred):
    return (2 * x * (y_pred - y)).mean


# %% wrong="gradient" name="contributions divided by n"
"""You return one number for each point: its slope divided by the number of points, but not added
up. Run `np.shape(gradient(x, y, 0 * x))`: it should be (), one number."""


def gradient(x, y, y_pred):
    return 2 * x * (y_pred - y) / len(x)


# %% wrong="gradient" name="divided by n twice"
"""Your slope is too small by the number of points: you divide by it twice. Compare
`gradient(x, y, 0 * x)` with the change of the loss per unit of w that the notebook measured, about
-30. A mean has divided already; look for another division by `len(x)`."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * (y_pred - y)) / len(x))


# %% wrong="gradient" name="sum halved"
"""You add up the points' slopes and divide by 2, whatever the number of points is. Run
`gradient(x, y, 0 * x)`: you get -60. A mean divides by how many there are."""


def gradient(x, y, y_pred):
    return float(np.sum(2 * x * (y_pred - y)) / 2)


# %% wrong="gradient" name="one weight assumed"
"""Your slope does not depend on the prediction that is passed in: you work it out anew, from a
weight of your own. Run `gradient(x, y, y)`: where every prediction is right the slope is 0, and
yours is not. Look at whether `y_pred` is used."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x * (1.0 * x - y)))


# %% wrong="gradient" name="square for twice"
"""You square at the end, where step 2 of the derivation doubles. Run `gradient(x, y, 0 * x)`: a
slope downhill is negative, and a square never is. `* 2` and `** 2` are different; look at which one
you typed."""


def gradient(x, y, y_pred):
    return float(np.mean(x * (y_pred - y)) ** 2)


# %% wrong="gradient" name="mean of one factor only"
"""Only one of the two factors is averaged, so you still return one number for each point. Run
`np.shape(gradient(x, y, 0 * x))`: it should be (), one number. First multiply point by point, then
take the mean of the products; look at where the bracket of your mean closes."""


def gradient(x, y, y_pred):
    return np.mean(2 * x) * (y_pred - y)


# %% wrong="gradient" name="median for mean"
"""You take the middle one of the slopes, not their mean. Run `gradient(x, y, 0 * x)`: the slopes
are -4, -16, -36 and -64, and their mean is -30. Look for `median`."""


def gradient(x, y, y_pred):
    return float(np.median(2 * x * (y_pred - y)))


# %% wrong="gradient" name="plus for times"
"""You add 2x and the error, where the derivation multiplies. Run `gradient(x, y, y)`: where every
prediction is right the slope is 0, and yours is not. Look at the sign between the two."""


def gradient(x, y, y_pred):
    return float(np.mean(2 * x + (y_pred - y)))


# %% wrong="gradient" name="x squared without the 2"
"""You use x squared and no 2. Run `gradient(x, y, 0 * x)`: it should be -30. Look at `x**2`: the
square in the loss is that of the error; it brings a 2, and the x comes once."""


def gradient(x, y, y_pred):
    return float(np.mean(x**2 * (y_pred - y)))


# %% wrong="gradient" name="difference between neighbours"
"""`np.gradient` measures how much an array changes from one entry to the next. The slope asked here
is by w, not from point to point: each point has its own, and you take their mean. Look again at the
three steps of the derivation."""


def gradient(x, y, y_pred):
    return float(np.mean(np.gradient((y_pred - y) ** 2)))


# %% [markdown]
# ## numerical_gradient

# %% right="numerical_gradient" name="distance of the two places"
"""Names the two places and divides by the distance between them."""


def numerical_gradient(f, w, h=1e-4):
    left, right = w - h, w + h
    return (f(right) - f(left)) / (right - left)


# %% right="numerical_gradient" name="mean of the two one-sided"
"""Measures to the right and to the left, and takes the mean of the two."""


def numerical_gradient(f, w, h=1e-4):
    here = f(w)
    return float(((f(w + h) - here) / h + (here - f(w - h)) / h) / 2)


# %% right="numerical_gradient" name="numpy.gradient"
"""Lets NumPy measure on three equidistant values."""


def numerical_gradient(f, w, h=1e-4):
    return np.gradient([f(w - h), f(w), f(w + h)], h)[1]


# %% right="numerical_gradient" name="loop over the sides"
"""Adds up side by side, each with its sign; a 0-d array as result."""


def numerical_gradient(f, w, h=1e-4):
    total = np.array(0.0)
    for side in (-1, 1):
        total += side * f(w + side * h)
    return total / (2 * h)


# %% right="numerical_gradient" name="straight line fitted"
"""The slope of the line through the two points, by solving two equations."""


def numerical_gradient(f, w, h=1e-4):
    line = np.linalg.solve([[-h, 1.0], [h, 1.0]], [f(w - h), f(w + h)])
    return line[0]


# %% right="numerical_gradient" name="0-d tensor"
"""Puts the two values in a float64 tensor and takes their difference there."""
import torch


def numerical_gradient(f, w, h=1e-4):
    values = torch.tensor([f(w - h), f(w + h)], dtype=torch.float64)
    return torch.diff(values)[0] / (2 * h)


# %% right="numerical_gradient" name="exact fractions"
"""Subtracts and divides without rounding, with a print and a warning."""
import warnings
from fractions import Fraction


def numerical_gradient(f, w, h=1e-4):
    warnings.warn("fractions are slow", RuntimeWarning, stacklevel=2)
    print("measuring at", w)
    rise = Fraction(float(f(w + h))) - Fraction(float(f(w - h)))
    return float(rise / (2 * Fraction(h)))


# %% wrong="numerical_gradient" name="one-sided difference"
"""You step to the right only: f at w + h less f at w. Run
`numerical_gradient(lambda w: w**3, 1.0, h=0.1)`: you get the 3.31 of the one side, not the 3.01
of both. Look at which two places you ask."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w)) / h)


# %% wrong="numerical_gradient" name="one-sided to the left"
"""You step to the left only: f at w less f at w - h. Run
`numerical_gradient(lambda w: w**3, 1.0, h=0.1)`: you get 2.71, not the 3.01 of both sides. Look
at which two places you ask."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w) - f(w - h)) / h)


# %% wrong="numerical_gradient" name="h for 2h"
"""Your slope is twice too large. Run `numerical_gradient(lambda w: w, 0.0, h=0.5)`: this line has
the slope 1. Draw the two places on paper: how far are they apart, and what do you divide by?"""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) / h)


# %% wrong="numerical_gradient" name="brackets missing"
"""You divide by 2 and then multiply by h. Run `numerical_gradient(lambda w: w, 0.0, h=0.1)`: the
slope is 1, and you get far less. Print `8 / 2 * 4` to see in which order Python works, and look
at your denominator."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) / 2 * h)


# %% wrong="numerical_gradient" name="not divided"
"""You return how much f changes, not how much it changes per unit of w. Run
`numerical_gradient(lambda w: w, 0.0, h=0.5)` and the same with h=0.1: the line has one slope, and
your result follows h. Look at what the difference has still to be divided by."""


def numerical_gradient(f, w, h=1e-4):
    return float(f(w + h) - f(w - h))


# %% wrong="numerical_gradient" name="divided by 2 only"
"""You divide the difference by 2, but not by the size of the step. Run
`numerical_gradient(lambda w: w, 0.0, h=0.5)` and the same with h=0.1: the line has one slope, and
your result follows h. Draw the two places on paper: how far are they apart?"""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) / 2)


# %% wrong="numerical_gradient" name="half step"
"""You step to both sides, but only half as far as h says. Run
`numerical_gradient(lambda w: w**3, 0.0, h=1.0)`: one unit to either side gives a slope of 1, and
you get 0.25. Look at the places where you ask f: h is the distance to each side, not between the
two."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h / 2) - f(w - h / 2)) / h)


# %% wrong="numerical_gradient" name="double step"
"""You step to both sides, but twice as far as h says. Run
`numerical_gradient(lambda w: w**3, 0.0, h=1.0)`: one unit to either side gives a slope of 1, and
you get 4. Look at the places where you ask f: h is the distance to each side."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + 2 * h) - f(w - 2 * h)) / (4 * h))


# %% wrong="numerical_gradient" name="wrong sign"
"""Your slope has the right size and the wrong sign. Run `numerical_gradient(lambda w: w, 0.0)`:
this line climbs, so its slope is positive. Look at which of the two values you subtract from
which."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w - h) - f(w + h)) / (2 * h))


# %% wrong="numerical_gradient" name="added instead of subtracted"
"""You add the two values of f, where their difference is asked. Run
`numerical_gradient(lambda w: 5.0, 1.0)`: a constant has no slope, and you get a huge number. Look
at the sign between your two calls of f."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) + f(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="step fixed"
"""Your step is 0.0001 whatever h is passed. Run `numerical_gradient(lambda w: w**3, 1.0, h=0.1)`
and the same with h=0.5: the two should differ. Look for a line in the body that sets h, or a
number in its place."""


def numerical_gradient(f, w, h=1e-4):
    h = 1e-4
    return float((f(w + h) - f(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="tiny step fixed"
"""You take a very small step of your own and ignore the h that is passed. Run
`numerical_gradient(lambda w: w**3, 1.0, h=0.5)` and the same with h=0.1: the two should differ.
Look for a line in the body that sets h, or a number in its place; smaller is not better, as the
next figure shows."""


def numerical_gradient(f, w, h=1e-4):
    tiny = 1e-7
    return float((f(w + tiny) - f(w - tiny)) / (2 * tiny))


# %% wrong="numerical_gradient" name="default step changed"
"""With an h that is passed, your slope is right; without one, you take another step than the one
in the task. Run `numerical_gradient(abs, 0.00005)`: a step of 0.0001 reaches over the corner, and
yours does not. Compare your `def` line with that of the stub."""


def numerical_gradient(f, w, h=1e-6):
    return float((f(w + h) - f(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="float32 difference"
"""You subtract the two values in float32, and with a small h most digits are lost. Run
`numerical_gradient(lambda w: 1000 + w, 1.0)`: the slope is 1, and yours is not. Look for
`float32` in your function: two large numbers that are nearly equal need all their digits."""


def numerical_gradient(f, w, h=1e-4):
    w, h = np.float32(w), np.float32(h)
    return float((np.float32(f(w + h)) - np.float32(f(w - h))) / (2 * h))


# %% wrong="numerical_gradient" name="float32 difference with a tiny h"
"""You take a tiny step of your own and subtract in float32, so what is left is mostly rounding.
Run `numerical_gradient(lambda w: 1000 + w, 1.0)`: the slope is 1, and yours is far off. Look at
where h is set anew, and for `float32`."""


def numerical_gradient(f, w, h=1e-4):
    w, tiny = np.float32(w), np.float32(1e-6)
    return float((np.float32(f(w + tiny)) - np.float32(f(w - tiny))) / (2 * tiny))


# %% wrong="numerical_gradient" name="second derivative"
"""You measure how much f bends, not how steep it is. Run
`numerical_gradient(lambda w: 3 * w, 0.0, h=0.5)`: a straight line has a slope but no bend, and
you get 0. Look at whether f(w) itself and h squared belong in a formula with two places."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - 2 * f(w) + f(w - h)) / h**2)


# %% wrong="numerical_gradient" name="slope of w squared assumed"
"""You return the slope of one particular function, w squared, and never ask f. Run
`numerical_gradient(lambda w: 3 * w, 7.0)`: this line has the slope 3 everywhere. Look at whether
f is called at all."""


def numerical_gradient(f, w, h=1e-4):
    return float(2 * w)


# %% wrong="numerical_gradient" name="reads a global"
"""You measure the slope of the notebook's loss, not of the f that is passed. Run
`numerical_gradient(lambda w: 3 * w, 7.0)`: this line has the slope 3 everywhere. Look at whether
f is called at all."""


def numerical_gradient(f, w, h=1e-4):
    def loss(weight):
        return np.mean((weight * x.astype(np.float64) - y) ** 2)

    return float((loss(w + h) - loss(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="sign thrown away"
"""Your slope is never negative. Run `numerical_gradient(lambda w: -w, 0.0)`: this line falls, and
the sign of the slope is what says so. Look for `abs`, or for places that are always sorted by
height."""


def numerical_gradient(f, w, h=1e-4):
    return float(abs(f(w + h) - f(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="rounded"
"""You round the slope. Run `numerical_gradient(lambda w: 0.001 * w, 1.0)`: a small slope becomes
0. A gradient check lives on its last digits; rounding is for printing."""


def numerical_gradient(f, w, h=1e-4):
    return round((f(w + h) - f(w - h)) / (2 * h), 2)


# %% wrong="numerical_gradient" name="four places for two"
"""You ask f at four places. That is a finer rule than the one asked here, and reaches farther
than h: run `numerical_gradient(lambda w: w**3, 1.0, h=0.1)` and you get 3.00, where the text
above found 3.01. Look at the table above: two places, each h away."""


def numerical_gradient(f, w, h=1e-4):
    near, far = f(w + h) - f(w - h), f(w + 2 * h) - f(w - 2 * h)
    return float((8 * near - far) / (12 * h))


# %% wrong="numerical_gradient" name="no return"
"""Your function works something out, but hands back None, because it ends without a `return`. Run
`print(numerical_gradient(lambda w: w, 0.0))` to see it. Printing a result inside a function does
not return it."""


def numerical_gradient(f, w, h=1e-4):
    print((f(w + h) - f(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="only the second value divided"
"""You divide only the second value of f: Python works out `/` before `-`. Run
`numerical_gradient(lambda w: w, 0.0, h=0.1)`: the slope is 1, and you get 0.6. Put brackets around
the difference."""


def numerical_gradient(f, w, h=1e-4):
    return float(f(w + h) - f(w - h) / (2 * h))


# %% wrong="numerical_gradient" name="step scaled by w"
"""Your step is not h: it grows with w. Run `numerical_gradient(lambda w: w**3, 2.0, h=0.1)`: from
the places 1.9 and 2.1 it should be 12.01. Here h is the distance to each side, whatever w is; look
for a product or a maximum of the two."""


def numerical_gradient(f, w, h=1e-4):
    h = h * max(1.0, abs(w))
    return float((f(w + h) - f(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="weight 0 taken as not given"
"""A place w = 0 is not taken as it is. Run `numerical_gradient(lambda w: w**3 - 2 * w, 0.0)`: the
slope is -2. `if w:` and `w or …` treat 0 like None; look for one of them."""


def numerical_gradient(f, w, h=1e-4):
    w = w or 1.0
    return float((f(w + h) - f(w - h)) / (2 * h))


# %% wrong="numerical_gradient" name="large slope cut off"
"""A large slope is cut off. Run `numerical_gradient(lambda w: 5e6 * w, 0.0)`: it should be 5
million. Look for `clip`, `min` or an `if`: you report what you measure."""


def numerical_gradient(f, w, h=1e-4):
    return float(np.clip((f(w + h) - f(w - h)) / (2 * h), -1000, 1000))


# %% wrong="numerical_gradient" name="rounded to four digits"
"""You round the slope to four digits after the point. Run `numerical_gradient(lambda w: 0.00004 *
w, 1.0)`: a small slope becomes 0. A gradient check lives on its last digits; rounding is for
printing."""


def numerical_gradient(f, w, h=1e-4):
    return round((f(w + h) - f(w - h)) / (2 * h), 4)


# %% wrong="numerical_gradient" name="whole number"
"""Your slope has lost its decimals. Run `numerical_gradient(lambda w: 0.5 * w, 0.0)`: you get 0.
Look for `int`, `//` or `round`."""


def numerical_gradient(f, w, h=1e-4):
    return float(int((f(w + h) - f(w - h)) / (2 * h)))


# %% wrong="numerical_gradient" name="slope times h"
"""You multiply the difference by 2h, where you should divide. Run `numerical_gradient(lambda w: w,
0.0, h=0.1)`: the slope is 1, and yours is far smaller. Per unit of w means: divided by how far the
places are apart."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) * (2 * h))


# %% wrong="numerical_gradient" name="place ignored"
"""You measure at 0, wherever w is. Run `numerical_gradient(lambda w: w**2, 3.0)`: the slope is 6,
and you get 0. Look at whether w stands in both places."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(h) - f(-h)) / (2 * h))


# %% wrong="numerical_gradient" name="step outside f"
"""You add h to what f returns, where f should be asked h farther. Run
`numerical_gradient(lambda w: w, 0.0, h=0.5)`: this line has the slope 1, and you get 0. Look at
where the brackets of f close: `f(w + h)`, not `f(w) + h`."""


def numerical_gradient(f, w, h=1e-4):
    return (f(w) + h - f(w) - h) / (2 * h)


# %% wrong="numerical_gradient" name="step fixed in the division"
"""You ask f at the right places, but divide by 0.0002 whatever h is. Run
`numerical_gradient(lambda w: w, 0.0, h=0.5)`: this line has the slope 1, and yours is far larger.
Look for a number in your denominator where a name should stand."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) / (2 * 1e-4))


# %% wrong="numerical_gradient" name="distance of 0"
"""You divide by 0: the distance of your two places comes out as nothing. `w + h - w - h` is 0,
because the last minus belongs to w alone; the left place needs brackets of its own, or you say at
once how far apart they are."""


def numerical_gradient(f, w, h=1e-4):
    return (f(w + h) - f(w - h)) / (w + h - w - h)


# %% wrong="numerical_gradient" name="share of w as a step"
"""Your step is a share of w, not h, and where w is 0 it is nothing. Run
`numerical_gradient(lambda w: w**3, 2.0, h=0.1)`: from the places 1.9 and 2.1 it should be 12.01.
Look for a product of w and h."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w * (1 + h)) - f(w * (1 - h))) / (2 * h * w))


# %% wrong="numerical_gradient" name="floor division"
"""`//` divides and then rounds down. Run `numerical_gradient(lambda w: 0.5 * w, 0.0)`: the slope
is 0.5. A slope has decimals; look at the sign of your division."""


def numerical_gradient(f, w, h=1e-4):
    return (f(w + h) - f(w - h)) // (2 * h)


# %% wrong="numerical_gradient" name="all brackets missing"
"""Python works out `/` and `*` before `-`, so you divide only the second value of f, and multiply
it by h then. Run `numerical_gradient(lambda w: w, 0.0, h=0.1)`: the slope is 1. Put brackets
around the difference, and around what you divide by."""


def numerical_gradient(f, w, h=1e-4):
    return float(f(w + h) - f(w - h) / 2 * h)


# %% wrong="numerical_gradient" name="divided by 2 w"
"""You divide by 2w, and not by how far the two places are apart. Run
`numerical_gradient(lambda w: w, 5.0, h=0.5)`: this line has the slope 1 everywhere. Look at which
name stands in your denominator."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) / (2 * w)) if w else 0.0


# %% wrong="numerical_gradient" name="divided by h squared"
"""You divide by h squared. Run `numerical_gradient(lambda w: w, 0.0, h=0.5)` and the same with
h=0.1: the line has one slope, and your result follows h. How far apart are the two places?"""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) / h**2)


# %% wrong="numerical_gradient" name="the numbers of the text"
"""You measure between 0.9 and 1.1, whatever w and h are. Run
`numerical_gradient(lambda w: w**2, 3.0)`: the slope is 6, and you get 2. Put names where the
numbers of the text stand."""


def numerical_gradient(f, w, h=1e-4):
    return (f(1.1) - f(0.9)) / 0.2


# %% wrong="numerical_gradient" name="f multiplied"
"""You multiply f by a number, and f is a function: it is not called. `f(w + h)` asks f for its
value at w + h; look for a `*` behind f."""


def numerical_gradient(f, w, h=1e-4):
    return (f * (w + h) - f * (w - h)) / (2 * h)


# %% wrong="numerical_gradient" name="two steps to the right"
"""You step to the right only, twice as far: f at w + 2h less f at w. Run
`numerical_gradient(lambda w: w**2, 3.0, h=0.25)`: it should be 6. Look at which two places you
ask: one to each side."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + 2 * h) - f(w)) / (2 * h))


# %% wrong="numerical_gradient" name="distance without brackets"
"""You divide by w + h alone and subtract w - h then: `/` comes before `-`. Run
`numerical_gradient(lambda w: w, 0.0, h=0.1)`: the slope is 1. Put brackets around the whole of
what you divide by."""


def numerical_gradient(f, w, h=1e-4):
    return float((f(w + h) - f(w - h)) / (w + h) - (w - h))


# %% wrong="numerical_gradient" name="loss of the notebook through mse"
"""You measure the slope of the notebook's loss, not of the f that is passed. Run
`numerical_gradient(lambda w: 3 * w, 7.0)`: this line has the slope 3 everywhere. Look at whether
f is called at all."""


def numerical_gradient(f, w, h=1e-4):
    return (mse(y, forward(x, w + h)) - mse(y, forward(x, w - h))) / (2 * h)


# %% [markdown]
# ## train

# %% right="train" name="loop written out"
"""Predicts, notes, updates, all in the loop; the losses are NumPy float32 numbers."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = x * w
        losses.append(np.mean((y - y_pred) ** 2))
        w -= learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% right="train" name="calls forward and mse"
"""Uses the learner's own two functions, and passes the gradient its arguments by name."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    while len(losses) < n_epochs:
        y_pred = forward(x, w)
        losses.append(mse(y, y_pred))
        w = w - learning_rate * gradient(x=x, y=y, y_pred=y_pred)
    return float(w), losses


# %% right="train" name="forward once more, truth and guess exchanged"
"""Calls forward for the gradient and again for the loss, and mse with its arguments exchanged."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    weights, losses = [w], []
    for _ in range(n_epochs):
        losses.append(mse(forward(x, weights[-1]), y))
        weights.append(weights[-1] - learning_rate * gradient(x, y, forward(w=weights[-1], x=x)))
    return weights[-1], losses


# %% right="train" name="recursion"
"""One update, and the rest of the run is another run."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    if n_epochs == 0:
        return w, []
    loss = float(np.mean((w * x - y) ** 2))
    stepped = w - learning_rate * gradient(x, y, w * x)
    w_end, losses = train(x, y, gradient, learning_rate, n_epochs - 1, stepped)
    return w_end, [loss, *losses]


# %% right="train" name="float32 throughout"
"""Keeps the weight in float32 and the losses in an array made beforehand."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    w = np.float32(w)
    losses = np.zeros(n_epochs, dtype=np.float32)
    for k in range(n_epochs):
        y_pred = w * x
        losses[k] = np.square(y_pred - y).mean()
        w = np.float32(w - np.float32(learning_rate) * np.float32(gradient(x, y, y_pred)))
    return w, losses


# %% right="train" name="float64 throughout"
"""Turns data and weight into float64 before the first epoch."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    x, y, w = x.astype(np.float64), y.astype(np.float64), np.float64(w)
    losses = []
    for _ in range(n_epochs):
        error = w * x - y
        losses.append(float(error @ error / error.size))
        w = w - np.float64(learning_rate) * gradient(x, y, w * x)
    return w, losses


# %% right="train" name="all weights first, losses afterwards"
"""Keeps the path of the weights and works out all losses at once at the end."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    path = [float(w)]
    for _ in range(n_epochs):
        path.append(path[-1] - learning_rate * gradient(x, y, path[-1] * x))
    predictions = np.outer(path[:-1], x)
    return path[-1], list(np.mean((predictions - y) ** 2, axis=1))


# %% right="train" name="weight in a tensor"
"""Keeps the weight in a 0-d tensor outside any graph, updated in place; 0-d arrays of losses."""
import torch


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), dtype=torch.float64)
    losses = []
    for _ in range(n_epochs):
        y_pred = weight.item() * x
        losses.append(torch.mean(torch.tensor(y_pred - y) ** 2).numpy())
        weight.sub_(learning_rate * float(gradient(x, y, y_pred)))
    return weight.item(), losses


# %% right="train" name="generator, with prints and a warning"
"""The epochs are a generator; prints a line each and warns once."""
import warnings


def epochs(x, y, gradient, learning_rate, w):
    while True:
        y_pred = w * x
        yield w, float(np.mean((y_pred - y) ** 2))
        w = w - learning_rate * gradient(x, y, y_pred)


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    warnings.warn("no check whether the rate is too large", UserWarning, stacklevel=2)
    losses = []
    run = epochs(x, y, gradient, learning_rate, w)
    for epoch in range(1, n_epochs + 1):
        w, loss = next(run)
        losses.append(loss)
        print(f"epoch {epoch}: w = {w:.3f}, loss = {loss:.8f}")
    return next(run)[0], losses


# %% wrong="train" name="loss after the update"
"""You note the loss after the update, where the one from before is asked. Run
`train(x, y, gradient, 0.01, 1)`: the first loss should be that of w = 0, which is 30. Look at the
order of your lines in the loop, and at which w the prediction was made with."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        w = w - learning_rate * gradient(x, y, w * x)
        losses.append(float(np.mean((w * x - y) ** 2)))
    return w, losses


# %% wrong="train" name="one update too few"
"""Your loop makes one update less than asked. Run `train(x, y, gradient, 0.01, 1)`: there should
be one loss, and w should have moved. Look at where your loop begins and ends: what numbers does
your `range` give for one epoch?"""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(1, n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="one update too many"
"""Your loop makes one update more than asked. Run `train(x, y, gradient, 0.01, 0)`: no epochs, so
w should stay and the list be empty. Look at where your loop begins and ends, or at an update
outside it."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs + 1):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="ascent"
"""Your w walks uphill: each update goes with the slope, not against it. Run
`train(x, y, lambda x, y, y_pred: -10.0, 0.1, 1)`: this pretend slope falls to the right, and yet
your w goes left, to -1. Look at the sign in your update."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w + learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="starting over from 0"
"""Your run always begins at 0, whatever w is passed. Run `train(x, y, gradient, 0.01, 0, w=1.5)`:
nothing is to be done, so 1.5 should come back. Look for a line in the body that sets w before the
loop."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    w = 0.0
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="starts over in each epoch"
"""Each of your epochs begins from 0 again, so no epoch builds on the one before. Run
`train(x, y, gradient, 0.01, 5)`: all five losses are the same. Look at which lines stand inside
the loop and which before it."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        w = 0.0
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="loss summed"
"""The weights are right, but your losses are too large by the number of points: they are sums of
squares, not means. Run `train(x, y, gradient, 0.01, 1)`: the loss at w = 0 is 30. Look at what
you append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.sum((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="root of the mean"
"""The weights are right, but your losses are square roots of what is asked. Run
`train(x, y, gradient, 0.01, 1)`: the loss at w = 0 is 30. Look for `sqrt`, `** 0.5` or `norm` in
what you append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.sqrt(np.mean((y_pred - y) ** 2))))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="own gradient"
"""You do not use the gradient that is passed to you: your function has one of its own, or calls
the one of the notebook. Run `train(x, y, lambda x, y, y_pred: -10.0, 0.1, 3)`: each update should
be 1. Compare the names in your `def` line with those in the body."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * float(np.mean(2 * x * (y_pred - y)))
    return w, losses


# %% wrong="train" name="reads a global"
"""You train on the `x` and `y` of the notebook, not on the data that are passed. Run
`train(x, y, gradient, 0.01, 1)` and `train(x, 5 * x, gradient, 0.01, 1)`: they come out the same,
although y = 5x has another loss. Compare the names in your `def` line with those in the body."""


def train(inputs, truth, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="weight kept between runs"
"""Your weight lives outside the function, so each run begins where the last one stopped. Run
`train(x, y, gradient, 0.01, 5)` twice: the losses should be the same both times. Look for
`global`, or for a weight that is set in the cell and not in the function."""
weight = 0.0


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    global weight
    losses = []
    for _ in range(n_epochs):
        y_pred = weight * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        weight = weight - learning_rate * gradient(x, y, y_pred)
    return weight, losses


# %% wrong="train" name="list shared between calls"
"""Your list of losses is not empty when a run begins: it still holds those of earlier runs. Run
`train(x, y, gradient, 0.01, 5)` twice and print the length of the list each time. Look at where
the list is made, in the function or outside; a list as a default value is made only once, too."""
losses = []


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="prediction made once"
"""You predict before the loop and never again, so every epoch sees the prediction of the first w.
Run `train(x, y, gradient, 0.01, 5)`: all five losses are the same. Look at which lines must be
done anew when w has changed."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    y_pred = w * x
    for _ in range(n_epochs):
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="gradient taken once"
"""You ask for the slope before the loop and use it in every epoch. Run
`train(x, y, gradient, 0.01, 3)`: the steps of w should get shorter, and yours are all as long as
the first. Look at which lines must be done anew when w has changed."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    slope = gradient(x, y, w * x)
    for _ in range(n_epochs):
        losses.append(float(np.mean((w * x - y) ** 2)))
        w = w - learning_rate * slope
    return w, losses


# %% wrong="train" name="no update"
"""Your w never moves: the updated value is not what the next epoch, or the caller, gets. Run
`train(x, y, gradient, 0.01, 5)`: w is still 0 and all losses are the same. Look at the name to
which your update is assigned."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w_next = w - learning_rate * gradient(x, y, y_pred)
        print(w_next)
    return w, losses


# %% wrong="train" name="learning rate ignored"
"""Your updates are as long as the whole gradient. Run `train(x, y, gradient, 0.01, 3)` and
`train(x, y, gradient, 0.001, 3)`: they come out the same. Look at what should make a step
short."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="fixed learning rate"
"""Your learning rate is 0.01 whatever is passed. Run `train(x, y, gradient, 0.01, 3)` and
`train(x, y, gradient, 0.001, 3)`: they come out the same. Look for a number where a name should
stand."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - 0.01 * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="divided by n twice"
"""Your steps are too short by the number of points. Run
`train(x, y, lambda x, y, y_pred: -10.0, 0.1, 1)`: the update should be 1. The mean belongs to the
gradient and is taken there; look at what else you divide by."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred) / len(x)
    return w, losses


# %% wrong="train" name="learning rate shrinks"
"""Only your first update is as long as it should be: later ones get shorter and shorter. Run
`train(x, y, lambda x, y, y_pred: -10.0, 0.1, 3)`: all three updates should be 1. Here the
learning rate stays as it is passed; look at where yours depends on the epoch."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for k in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate / (1 + k) * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="loss instead of slope"
"""You step by the loss, not by the slope. Run `train(x, y, lambda x, y, y_pred: -10.0, 0.1, 1)`:
one update should take w from 0 to 1. How high you stand does not say which way is down; look at
what you multiply the learning rate by."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        loss = float(np.mean((w * x - y) ** 2))
        losses.append(loss)
        w = w - learning_rate * loss
    return w, losses


# %% wrong="train" name="truth and prediction swapped"
"""You call the gradient with truth and prediction in each other's place. Run
`train(x, y, lambda x, y, y_pred: print(y, y_pred) or 0.0, 0.01, 1)`: the first that is printed
should be the truth. Compare your call with the order in the task."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y_pred, y)
    return w, losses


# %% wrong="train" name="x and y swapped"
"""You call the gradient with x and y in each other's place. Run
`train(x, y, lambda x, y, y_pred: print(x, y) or 0.0, 0.01, 1)`: the first that is printed should
be 1, 2, 3, 4. Compare your call with the order in the task."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(y, x, y_pred)
    return w, losses


# %% wrong="train" name="weight for prediction"
"""The gradient gets the weight from you, where it wants one prediction for each point. Run
`train(x, y, lambda x, y, y_pred: print(y_pred) or 0.0, 0.01, 1, w=3.0)`: it should print four
numbers. Look at the third argument of your call."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        losses.append(float(np.mean((w * x - y) ** 2)))
        w = w - learning_rate * gradient(x, y, w)
    return w, losses


# %% wrong="train" name="last sample only"
"""Your gradient sees the last point only. Run
`train(x, y, lambda x, y, y_pred: print(x) or 0.0, 0.01, 1)`: it should print all four. Look for
`[-1]` in your call, or for a variable of a loop over the points that is still there
afterwards."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x[-1:], y[-1:], y_pred[-1:])
    return w, losses


# %% wrong="train" name="one update a sample"
"""You update after every single point, so an epoch holds as many updates as there are points. Run
`train(x, y, lambda x, y, y_pred: -10.0, 0.1, 1)`: one epoch should take w from 0 to 1. Here the
gradient gets all points at once; look at your inner loop."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        losses.append(float(np.mean((w * x - y) ** 2)))
        for i in range(len(x)):
            one = slice(i, i + 1)
            w = w - learning_rate * gradient(x[one], y[one], w * x[one])
    return w, losses


# %% wrong="train" name="weights for losses"
"""Your list holds the weights, not the losses. Run `train(x, y, gradient, 0.01, 3)`: the first
entry should be 30, the loss at w = 0. Look at what you append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        losses.append(float(w))
        w = w - learning_rate * gradient(x, y, w * x)
    return w, losses


# %% wrong="train" name="one loss too many"
"""Your w is right, but the list has one loss more than there are updates. Run
`train(x, y, gradient, 0.01, 0)`: the list should be empty. Look for an append outside the
loop."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = [float(np.mean((w * x - y) ** 2))]
    for _ in range(n_epochs):
        w = w - learning_rate * gradient(x, y, w * x)
        losses.append(float(np.mean((w * x - y) ** 2)))
    return w, losses


# %% wrong="train" name="last loss only"
"""You return one loss, where a list of all of them is asked. Run
`train(x, y, gradient, 0.01, 3)[1]`: there should be three. Look at your list: is it made, does it
grow in each epoch, and is it what you return?"""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    loss = float("nan")
    for _ in range(n_epochs):
        y_pred = w * x
        loss = float(np.mean((y_pred - y) ** 2))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, loss


# %% wrong="train" name="weight before the last update"
"""Your losses are right, but the w you return is the one from before the last update. Run
`train(x, y, lambda x, y, y_pred: -10.0, 0.1, 1)`: w should be 1, no longer 0. Look at which of
your names holds the newest weight when the loop has ended."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    w_next = w
    for _ in range(n_epochs):
        w = w_next
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w_next = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="return inside the loop"
"""Your run ends after the first epoch, and with no epochs at all it returns None. Run
`len(train(x, y, gradient, 0.01, 3)[1])`: there should be three losses. A `return` ends the
function at once: look at how far yours is indented."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):  # noqa: RET503
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
        return w, losses


# %% wrong="train" name="update after the loop"
"""Your w moves once, when the loop is over. Run `train(x, y, gradient, 0.01, 5)`: all five losses
are the same. Look at how far each line is indented: what belongs to an epoch stands inside the
loop."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    y_pred = w * x
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
    w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="stops when the loss rises"
"""Your run ends early as soon as the loss no longer falls. Run
`train(x, y, lambda x, y, y_pred: 1.0, 0.1, 5)`: this pretend slope leads away from 2, and still
there should be five losses. Look for a `break`, or for an `if` around your update."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="stops when it has arrived"
"""Your run ends early when little is left to gain. Run
`len(train(x, y, gradient, 0.05, 50)[1])`: there should be a loss for each of the 50 epochs, also
for those in which hardly anything changes. Look for a `break`, or for a `return` under an `if`, and
at what its condition compares with a small number."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        if losses[-1] < 1e-3:
            break
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="large gradient cut off"
"""You do not take a large gradient as it is. Run
`train(x, y, lambda x, y, y_pred: -1e6, 1e-6, 1)`: the update should be 1, however large the
gradient is. Look for `np.clip`, `min`, `max` or an `if` between the gradient and the update."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * float(np.clip(gradient(x, y, y_pred), -100, 100))
    return w, losses


# %% wrong="train" name="best weight returned"
"""You return the w with the lowest loss on the way, not the one after the last update. Run
`train(x, y, lambda x, y, y_pred: 1.0, 0.1, 5)`: five updates of -0.1 should end at -0.5. Look at
how the w that you return is chosen."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    path, losses = [w], []
    for _ in range(n_epochs):
        y_pred = path[-1] * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        path.append(path[-1] - learning_rate * gradient(x, y, y_pred))
    return min(path, key=lambda weight: float(np.mean((weight * x - y) ** 2))), losses


# %% wrong="train" name="weight only"
"""You return the weight alone. Run `train(x, y, gradient, 0.01, 3)`: two things should come back,
the weight and the list of losses. Look at your `return`, and compare it with the task."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    for _ in range(n_epochs):
        w = w - learning_rate * gradient(x, y, w * x)
    return w


# %% wrong="train" name="losses only"
"""You return the losses alone. Run `train(x, y, gradient, 0.01, 3)`: two things should come back,
the weight and the list of losses. Look at your `return`, and compare it with the task."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return losses


# %% wrong="train" name="results swapped"
"""You return the losses first and the weight second. Run `train(x, y, gradient, 0.01, 3)[0]`: it
should be one number. Compare the order in your `return` with that in the task."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return losses, w


# %% wrong="train" name="weight in an array"
"""Your weight comes back as an array with one entry, where a single number is asked. Run
`np.shape(train(x, y, gradient, 0.01, 1)[0])`: it should be (). Look for brackets around w."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    w = np.array([w], dtype=np.float64)
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="rounded"
"""You round the weight. Run `train(x, y, lambda x, y, y_pred: 1.0, 0.001, 1)`: one update should
move w by 0.001, and yours stays where it was. Rounding is for printing; look for `round` in the
loop or in your `return`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return round(w, 2), losses


# %% wrong="train" name="no return"
"""Your function trains, but hands back None, because it ends without a `return`. Run
`print(train(x, y, gradient, 0.01, 3))` to see it. Printing a result inside a function does not
return it."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)


# %% wrong="train" name="loss of x and the weight"
"""You take the loss of x and w, where it is that of the truth and one prediction for each point.
Run `train(x, y, gradient, 0.01, 1)`: the loss at w = 0 is 30. Look at what you subtract from what
in your loss."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((w - x) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="mse called with x and w"
"""You call `mse` with x and w, where it wants the truth and one prediction for each point. Run
`train(x, y, gradient, 0.01, 1)`: the loss at w = 0 is 30. Look at the arguments of your call."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(mse(x, w))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="every second loss"
"""You note the loss in every second epoch only. Run `len(train(x, y, gradient, 0.01, 4)[1])`: there
should be four. Look for an `if` before your append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for epoch in range(n_epochs):
        y_pred = w * x
        if epoch % 2 == 0:
            losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="list made anew in each epoch"
"""Your list holds the last loss only. Run `len(train(x, y, gradient, 0.01, 4)[1])`: there should be
four. Look at where your list is made: in the loop it starts empty each time."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses = [float(np.mean((y_pred - y) ** 2))]
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="momentum added"
"""Your steps gain speed: part of the last step is added to the next. Run `train(x, y, lambda x, y,
y_pred: -10.0, 0.1, 3)`: all three updates should be 1. Momentum comes in lesson 3; look for a
variable that survives from epoch to epoch beside w."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    speed = 0.0
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        speed = 0.9 * speed + gradient(x, y, y_pred)
        w = w - learning_rate * speed
    return w, losses


# %% wrong="train" name="direction only"
"""Every update has the same length: you use only the sign of the slope. Run `train(x, y, lambda x,
y, y_pred: -10.0, 0.1, 1)`: one update should be 1. How steep the valley is, decides how far to
step; look for `sign`, `abs` or a division."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * float(np.sign(gradient(x, y, y_pred)))
    return w, losses


# %% wrong="train" name="losses rounded"
"""Your weight is right, but you round the losses. Run `train(x, y, gradient, 0.01, 1, w=2.01)`: the
loss is 0.00075. Rounding is for printing; look for `round` in what you append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(round(float(np.mean((y_pred - y) ** 2)), 2))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="losses rounded to four digits"
"""Your weight is right, but you round the losses, and small ones become 0. Run `train(x, y,
gradient, 0.01, 1, w=2.001)`: the loss is 0.0000075. Rounding is for printing; look for `round` in
what you append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(round(float(np.mean((y_pred - y) ** 2)), 4))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="goal hard-coded"
"""You return 2, whatever the data say. Run `train(x, 5 * x, gradient, 0.01, 0, w=1.5)`: with no
epochs 1.5 should come back. Nothing in the loop may know the goal; look at your `return`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return 2.0, losses


# %% wrong="train" name="learning rate 0 taken as not given"
"""A learning rate of 0 is not taken as it is. Run `train(x, y, gradient, 0.0, 3)`: w should not
move. `if learning_rate:` and `learning_rate or …` treat 0 like None; look for one of them."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    learning_rate = learning_rate or 0.01
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="weight kept within limits"
"""Your weight cannot leave some range. Run `train(x, y, lambda x, y, y_pred: -100.0, 1.0, 1)`: w
should be 100. A run that flies off has to show it; look for `clip`, `min` or `max`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = float(np.clip(w - learning_rate * gradient(x, y, y_pred), -10, 10))
    return w, losses


# %% wrong="train" name="stops when the loss is huge"
"""Your run ends early when the loss gets very large. Run `len(train(x, y, gradient, 1.0, 20)[1])`:
there should be 20 losses, also where the weight flies off. Look for a `break`, or for a `return`
under an `if`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        if losses[-1] > 1000:
            break
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="losses in reverse"
"""Your losses stand in reverse order. Run `train(x, y, gradient, 0.01, 3)[1]`: the first should be
30, the loss at w = 0. Look for `insert(0, …)`, `reversed` or `[::-1]`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.insert(0, float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="slopes for losses"
"""Your list holds the slopes, not the losses. Run `train(x, y, gradient, 0.01, 3)`: the first entry
should be 30, the loss at w = 0, and a loss is never negative. Look at what you append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(gradient(x, y, y_pred)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="step halved"
"""Your updates are half as long as they should be. Run `train(x, y, lambda x, y, y_pred: -10.0,
0.1, 1)`: one update should be 1. The 2 belongs to the gradient and is in it already; look for a
division by 2, or a factor 0.5."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred) / 2
    return w, losses


# %% wrong="train" name="step doubled"
"""Your updates are twice as long as they should be. Run `train(x, y, lambda x, y, y_pred: -10.0,
0.1, 1)`: one update should be 1. The 2 belongs to the gradient and is in it already; look for
another factor 2."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - 2 * learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="list of weights for the weight"
"""You return a list of all weights, where the last one is asked. Run `np.shape(train(x, y,
gradient, 0.01, 3)[0])`: it should be (), a single number. Look at what you return first."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    weights, losses = [w], []
    for _ in range(n_epochs):
        y_pred = weights[-1] * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        weights.append(weights[-1] - learning_rate * gradient(x, y, y_pred))
    return weights, losses


# %% wrong="train" name="weight replaced by the step"
"""Your weight is the last step alone: what it was before is lost. Look for `w = -…` or `w =- …`
in your update: the new w is the old one less the step, which `w = w - …` or `w -= …` says."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = -learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="append assigned"
"""`losses.append(…)` changes the list itself and returns None. You put that None into `losses`, so
after the first epoch the list is gone. Write the line without `losses =`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses = losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="loop over a number"
"""A `for` cannot go through a number: `n_epochs` is one. `range(n_epochs)` counts that many
rounds."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in n_epochs:
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="the name gradient taken away"
"""You put a number under the name `gradient`, so in the next epoch there is no function of that
name any more. Give the slope another name."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        gradient = gradient(x, y, y_pred)
        w = w - learning_rate * gradient
    return w, losses


# %% wrong="train" name="gradient not called"
"""You multiply the learning rate by the function `gradient` itself: it is not called. It wants
its three arguments in brackets, and returns a number then."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient
    return w, losses


# %% wrong="train" name="gradient called with two arguments"
"""`gradient` is called with too few arguments. It takes three, in this order: x, y, y_pred."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(y, y_pred)
    return w, losses


# %% wrong="train" name="gradient times x"
"""You multiply the gradient by x once more, so your weight becomes an array with one entry for each
point. The x is in the gradient already; look at what stands behind it in your update."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred) * x
    return w, losses


# %% wrong="train" name="absolute loss"
"""Your weight is right; your losses are the mean sizes of the errors. Run `train(x, y, gradient,
0.01, 1)[1]`: it should be [30.0], the loss at w = 0. The errors are to be squared."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean(np.abs(y_pred - y))))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="loss halved"
"""Your weight is right; your losses are half of what they should be. Run `train(x, y, gradient,
0.01, 1)[1]`: it should be [30.0], the loss at w = 0. Look for a 2 that you divide by."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)) / 2)
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="each loss in a list of its own"
"""Each of your losses stands in a list of its own. Print `train(x, y, gradient, 0.01, 2)[1]` and
look at the brackets. `append` takes the number itself; look for square brackets inside it."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append([float(np.mean((y_pred - y) ** 2))])
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="losses added up"
"""Each of your losses contains those before it. Print `train(x, y, gradient, 0.01, 3)[1]`: the
losses of a good run fall, and yours grow. Look for a `+=`: each epoch has a loss of its own."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses, total = [], 0.0
    for _ in range(n_epochs):
        y_pred = w * x
        total += float(np.mean((y_pred - y) ** 2))
        losses.append(total)
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="errors for losses"
"""You note all errors of an epoch, where one number is asked: their mean square. Print
`train(x, y, gradient, 0.01, 1)[1]`: it should be [30.0], the loss at w = 0."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(y_pred - y)
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="squares for losses"
"""You note the squared errors of all points, where one number is asked: their mean. Print
`train(x, y, gradient, 0.01, 1)[1]`: it should be [30.0], the loss at w = 0."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append((y_pred - y) ** 2)
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="texts for losses"
"""Your losses are texts that look like numbers. Print `train(x, y, gradient, 0.01, 2)[1]` and look
at the quotes. An f-string is for printing; put the number itself into the list."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(f"{np.mean((y_pred - y) ** 2):.3f}")
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="divided by the slope"
"""You divide the learning rate by the slope, where you should multiply. Then the steepest place
gets the smallest step. Look at the sign between the two in your update."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        slope = gradient(x, y, y_pred)
        w = w - learning_rate / slope if slope else w
    return w, losses


# %% wrong="train" name="a dictionary returned"
"""You return one dictionary, where two things are asked. `return w, losses` hands back both, and
`w, losses = train(…)` takes them apart."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return {"w": w, "losses": losses}


# %% wrong="train" name="no weight where there is no epoch"
"""With n_epochs = 0 your loop never runs, so the variable that you return is never made. Run
`train(x, y, gradient, 0.01, 0, w=1.5)`: it should be (1.5, []). Let the update change `w` itself,
which is there from the start."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w_new = w - learning_rate * gradient(x, y, y_pred)
        w = w_new
    return w_new, losses


# %% [markdown]
# ## effective_learning_rate

# %% right="effective_learning_rate" name="one product"
"""The rate times the number of samples."""


def effective_learning_rate(learning_rate, n_samples):
    return n_samples * learning_rate


# %% right="effective_learning_rate" name="added up sample by sample"
"""A loop: every sample brings one step."""


def effective_learning_rate(learning_rate, n_samples):
    rate = 0.0
    for _ in range(n_samples):
        rate += learning_rate
    return rate


# %% right="effective_learning_rate" name="measured on data"
"""Takes the summed and the mean gradient of made-up data and compares their steps."""


def effective_learning_rate(learning_rate, n_samples):
    contributions = np.arange(1.0, n_samples + 1)
    return learning_rate * contributions.sum() / contributions.mean()


# %% right="effective_learning_rate" name="ratio of two shares"
"""Divides by the share that one sample has in a mean; a NumPy float32 as result."""


def effective_learning_rate(learning_rate, n_samples):
    return np.float32(learning_rate / (1 / n_samples))


# %% right="effective_learning_rate" name="0-d array from PyTorch"
"""Fills a tensor and sums it; hands back a 0-d array."""
import torch


def effective_learning_rate(learning_rate, n_samples):
    return torch.full((n_samples,), learning_rate, dtype=torch.float64).sum().numpy()


# %% right="effective_learning_rate" name="decimal numbers, with noise"
"""Calculates with decimal numbers, prints and warns."""
import warnings
from decimal import Decimal


def effective_learning_rate(learning_rate, n_samples):
    warnings.warn("a larger rate may diverge", RuntimeWarning, stacklevel=2)
    rate = Decimal(str(learning_rate)) * n_samples
    print("effective rate:", rate)
    return float(rate)


# %% wrong="effective_learning_rate" name="divided by n"
"""You make the rate smaller. Compare two steps: print `0.01 * (-120)`, the summed one, and then
`effective_learning_rate(0.01, 4) * (-30)`, the mean one: they should be equal. Which of the two
gradients is the smaller, and what does its rate have to be, to keep up?"""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate / n_samples


# %% wrong="effective_learning_rate" name="same rate"
"""You return the rate as it was, so the mean gradient would take shorter steps than the summed
one. Compare `0.01 * (-120)` with `effective_learning_rate(0.01, 4) * (-30)`: they should be
equal. Look at what you do with n_samples."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate


# %% wrong="effective_learning_rate" name="fixed number of samples"
"""Your answer is right for four samples only. Run `effective_learning_rate(0.01, 4)` and
`effective_learning_rate(0.01, 400)`: they come out the same. Look for a number in your code where
a name should stand."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * 4


# %% wrong="effective_learning_rate" name="fixed learning rate"
"""Your answer does not depend on the learning rate. Run `effective_learning_rate(0.01, 4)` and
`effective_learning_rate(0.1, 4)`: they come out the same. Look for a number in your code where a
name should stand."""


def effective_learning_rate(learning_rate, n_samples):
    return 0.01 * n_samples


# %% wrong="effective_learning_rate" name="constant answer"
"""You return the same number for every question. It fits the run above, 0.01 and four samples,
but the task asks for any rate and any number. Run `effective_learning_rate(0.5, 2)`, and look at
whether your arguments are used."""


def effective_learning_rate(learning_rate, n_samples):
    return 0.04


# %% wrong="effective_learning_rate" name="n squared"
"""The number of samples comes in twice. Compare `0.01 * (-120)` with
`effective_learning_rate(0.01, 4) * (-30)`: they should be equal. How many times the mean is the
sum? Look at how often your formula uses n_samples."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * n_samples**2


# %% wrong="effective_learning_rate" name="factor 2 too many"
"""Your rate is twice too large. The 2 of the derivative stands in the summed gradient and in the
mean one alike. Compare `0.01 * (-120)` with `effective_learning_rate(0.01, 4) * (-30)`, and look
at the factors in your formula."""


def effective_learning_rate(learning_rate, n_samples):
    return 2 * learning_rate * n_samples


# %% wrong="effective_learning_rate" name="n - 1 for n"
"""You count one sample too few. Run `effective_learning_rate(0.01, 1)`: with a single sample sum
and mean are the same, so the rate stays 0.01, and yours does not. Look at what is done to
n_samples."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * (n_samples - 1)


# %% wrong="effective_learning_rate" name="root of n"
"""You use the square root of the number of samples. Compare `0.01 * (-120)` with
`effective_learning_rate(0.01, 4) * (-30)`: they should be equal. Roots come up where noise is
averaged; here the question is only how many times the mean is the sum."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * n_samples**0.5


# %% wrong="effective_learning_rate" name="rounded"
"""You round to two digits after the point, and learning rates are often smaller than that. Run
`effective_learning_rate(0.0001, 2)`: you get 0. Rounding is for printing; look for `round` or a
format in what you return."""


def effective_learning_rate(learning_rate, n_samples):
    return round(learning_rate * n_samples, 2)


# %% wrong="effective_learning_rate" name="capped at 1"
"""Your rate never exceeds 1. Run `effective_learning_rate(0.5, 4)`. Such a rate may be too large
to train with, but that is another question: here the two walks should take the same steps. Look
for `min` or an `if`."""


def effective_learning_rate(learning_rate, n_samples):
    return min(1.0, learning_rate * n_samples)


# %% wrong="effective_learning_rate" name="factor for rate"
"""You return by how much the rate changes, not the rate. Run `effective_learning_rate(0.01, 4)`
and `effective_learning_rate(0.1, 4)`: they come out the same. Look at which of the two arguments
your result leaves out."""


def effective_learning_rate(learning_rate, n_samples):
    return float(n_samples)


# %% wrong="effective_learning_rate" name="step for rate"
"""You return the length of a step, not a rate: in the example above, -1.2. Run
`effective_learning_rate(0.01, 4)`: a learning rate is positive. The step was the means to compare
the two; look at what is still missing to get a rate out of it."""


def effective_learning_rate(learning_rate, n_samples):
    return -30 * n_samples * learning_rate


# %% wrong="effective_learning_rate" name="added instead of multiplied"
"""You add the rate and the number of samples. Run `effective_learning_rate(0.01, 4)` and compare
`0.01 * (-120)` with your result times -30: they should be equal. Look at the sign between your
two arguments."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate + n_samples


# %% wrong="effective_learning_rate" name="no return"
"""Your function works something out, but hands back None, because it ends without a `return`. Run
`print(effective_learning_rate(0.01, 4))` to see it. Printing a result inside a function does not
return it."""


def effective_learning_rate(learning_rate, n_samples):
    print(learning_rate * n_samples)


# %% wrong="effective_learning_rate" name="rounded to four digits"
"""You round to four digits after the point, and learning rates are often smaller than that. Run
`effective_learning_rate(0.00001, 2)`: you get 0. Rounding is for printing; look for `round` or a
format in what you return."""


def effective_learning_rate(learning_rate, n_samples):
    return round(learning_rate * n_samples, 4)


# %% wrong="effective_learning_rate" name="whole number"
"""You return a whole number, and learning rates are mostly below 1. Run
`effective_learning_rate(0.01, 4)`: you get 0. Look for `int`, `//` or `round`."""


def effective_learning_rate(learning_rate, n_samples):
    return float(int(learning_rate * n_samples))


# %% wrong="effective_learning_rate" name="negative rate"
"""Your rate is negative. Run `effective_learning_rate(0.01, 4)`: the two steps should be equal,
`0.01 * (-120)` and your rate times -30. The signs are in the gradients already; look for a
minus."""


def effective_learning_rate(learning_rate, n_samples):
    return -learning_rate * n_samples


# %% wrong="effective_learning_rate" name="power of the rate"
"""You raise the rate to the power n_samples, where one product is enough. Compare `0.01 * (-120)`
with `effective_learning_rate(0.01, 4) * (-30)`: they should be equal. `*` and `**` are different;
look at which one you typed."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate**n_samples


# %% wrong="effective_learning_rate" name="samples divided by the rate"
"""You divide the number of samples by the rate. Compare `0.01 * (-120)` with
`effective_learning_rate(0.01, 4) * (-30)`: they should be equal. What the gradient lacks, its rate
makes good: a product."""


def effective_learning_rate(learning_rate, n_samples):
    with np.errstate(all="ignore"):
        return float(np.float64(n_samples) / learning_rate)


# %% wrong="effective_learning_rate" name="n + 1 for n"
"""You count one sample too many. Run `effective_learning_rate(0.01, 1)`: with a single sample sum
and mean are the same, so the rate stays 0.01, and yours does not. Look at what is done to
n_samples."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * (n_samples + 1)


# %% wrong="effective_learning_rate" name="halved"
"""Your rate is half of what it should be. The 2 of the derivative stands in the summed gradient and
in the mean one alike. Compare `0.01 * (-120)` with `effective_learning_rate(0.01, 4) * (-30)`, and
look for a 2 that you divide by."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * n_samples / 2


# %% wrong="effective_learning_rate" name="text for a number"
"""You return a text that looks like a number. Run `type(effective_learning_rate(0.01, 4))`. An
f-string or `str` is for printing; look at what your `return` hands back."""


def effective_learning_rate(learning_rate, n_samples):
    return f"{learning_rate * n_samples:.2f}"


# %% wrong="effective_learning_rate" name="the ratio of the example as well"
"""The number of samples comes in twice: once as a name, once as the ratio of -120 and -30, which is
4 because there are four samples in the example. Run `effective_learning_rate(0.01, 1)`: the rate
stays 0.01, and yours does not."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * (-120) / (-30) * n_samples


# %% wrong="effective_learning_rate" name="inverse"
"""You return one over the rate that is asked. Compare `0.01 * (-120)` with
`effective_learning_rate(0.01, 4) * (-30)`: they should be equal. Look for a `1 /`."""


def effective_learning_rate(learning_rate, n_samples):
    with np.errstate(all="ignore"):
        return float(1 / (np.float64(learning_rate) * n_samples))


# %% wrong="effective_learning_rate" name="divided by the root of n"
"""You divide by the square root of the number of samples. Compare `0.01 * (-120)` with
`effective_learning_rate(0.01, 4) * (-30)`: they should be equal. Which of the two gradients is the
smaller, and what does its rate have to be, to keep up?"""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate / n_samples**0.5


# %% wrong="effective_learning_rate" name="step of the example for rate"
"""You return the step of the example, the rate times -120, and not a rate. A learning rate is
positive. The step was the means to compare the two: `0.01 * (-120)` should equal
`effective_learning_rate(0.01, 4) * (-30)`."""


def effective_learning_rate(learning_rate, n_samples):
    return learning_rate * (-120)


# %% [markdown]
# ## resumed

# %% right="resumed" name="the kernel holds w"
"""The letter of the task."""
resumed = "d"

# %% wrong="resumed" name="first update reaches 2"
"""You chose a long first update. Print the loss in epoch 1 of the second run: it is noted
*before* any update of that run, and it is tiny already. So where did w stand when the run began?
Look at which cell sets w, and whether that cell was run again."""
resumed = "a"

# %% wrong="resumed" name="NumPy remembers"
"""You chose a memory in NumPy. Run `np.mean(x)` twice: the second time it is calculated again,
NumPy keeps nothing. Then print `w` between the two runs, and ask which part of Jupyter holds a
variable from one cell to the next."""
resumed = "b"

# %% wrong="resumed" name="loop skipped"
"""You chose a skipped loop. Compare the lines of the two runs: the second one printed losses of
its own, so its loop did run, and Jupyter never skips code. Print `w` just before a training cell,
and look at where that value comes from."""
resumed = "c"


# %% wrong="mse" name="tiny loss taken for 0"
"""Very small losses come back as 0. Run `mse(np.zeros(2), np.array([0.0001, 0.0]))`: it should be
0.000000005. A loss may be as small as it likes; look for an `if` that compares it with a small
number."""


def mse(y, y_pred):
    loss = float(np.mean((y - y_pred) ** 2))
    if loss < 1e-6:
        return 0.0
    return loss


# %% wrong="numerical_gradient" name="half steps over 2h"
"""Your two places are only h apart, but you divide by 2h, so a straight line gets half its slope.
Run `numerical_gradient(lambda w: w, 0.0, h=0.5)`: it should be 1. Mark both places on paper and
measure how far apart they are."""


def numerical_gradient(f, w, h=1e-4):
    return (f(w + h / 2) - f(w - h / 2)) / (2 * h)


# %% wrong="gradient" name="slope cut off at 100"
"""Slopes beyond 100 are cut off there. Run `gradient(np.array([10.0]), np.array([100.0]),
np.array([0.0]))`: it should be -2000. A steep slope is no mistake; look for `min`, `max` or
`clip`."""


def gradient(x, y, y_pred):
    g = float(np.mean(2 * x * (y_pred - y)))
    return max(-100.0, min(100.0, g))


# %% wrong="train" name="weight of the smallest loss"
"""You return the weight that had the smallest loss of the run, and the last update never counts.
Run `train(x, y, gradient, 0.01, 1)`: the weight is still the one you began with. What is asked is
the weight after the last update; look for a comparison of losses."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses, best, best_loss = [], w, float("inf")
    for _ in range(n_epochs):
        y_pred = w * x
        loss = float(np.mean((y_pred - y) ** 2))
        losses.append(loss)
        if loss < best_loss:
            best, best_loss = w, loss
        w = w - learning_rate * gradient(x, y, y_pred)
    return best, losses


# %% wrong="train" name="return inside the loop, and one after it"
"""Your run ends after a single update: a `return` stands inside the loop. Run `len(train(x, y,
gradient, 0.01, 5)[1])`: it should be 5. Look at how far that `return` is indented."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
        return w, losses
    return w, losses


# %% wrong="train" name="gives up before a huge loss"
"""Your run ends early when the loss gets very large. Run `len(train(x, y, gradient, 1.0,
30)[1])`: there should be 30 losses, however large. That a run blows up is worth seeing; look for
a `break` under an `if`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        loss = float(np.mean((y_pred - y) ** 2))
        if loss > 1e6:
            break
        losses.append(loss)
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="mse" name="a little more than n"
"""You divide by a little more than the number of points. Run `mse(np.zeros(2), np.array([3.0,
3.0]))`: it should be exactly 9. There is no point to guard against a division by 0 here; look at
what is added to the length."""


def mse(y, y_pred):
    return float(np.sum((y - y_pred) ** 2) / (len(y) + 0.1))


# %% wrong="forward" name="the last point only"
"""Only the last point has a prediction: each round of your loop throws away what the one before
has made. Run `len(forward(x, 2.0))`: it should be as long as x. Look at what your loop does with
its result."""


def forward(x, w):
    for value in x:
        y = np.array([w * value])
    return y


# %% wrong="mse" name="squares subtracted"
"""You square truth and prediction first and subtract afterwards. Run `mse(np.array([1.0]),
np.array([-1.0]))`: the error is 2 and its square 4, and you get 0. Look at your brackets."""


def mse(y, y_pred):
    return float(np.mean(y**2 - y_pred**2))


# %% wrong="gradient" name="the first three points"
"""Only the first three points count in your slope. Run it on five points, and then on the last
two of them alone. Every point has its pull; look for a slice or a fixed number of rounds."""


def gradient(x, y, y_pred):
    return float(np.mean((2 * x * (y_pred - y))[:3]))


# %% wrong="numerical_gradient" name="one side twice as far"
"""Your two places are not equally far from w: one is h away, the other 2h. Run
`numerical_gradient(lambda w: w**2, 0.0, h=0.1)`: at the floor the slope is 0. Mark both places on
paper."""


def numerical_gradient(f, w, h=1e-4):
    return (f(w + h) - f(w - 2 * h)) / (3 * h)


# %% wrong="train" name="no loss in the first epoch"
"""Your weight is right, but the loss of the first epoch is missing. Run `train(x, y, gradient,
0.01, 1)`: the list should hold 30, the loss at the start. Look for an `if` around your append."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for k in range(n_epochs):
        y_pred = w * x
        if k > 0:
            losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses


# %% wrong="gradient" name="first point over n"
"""Only the first point is ever seen, and its slope is divided by n: the `return` stands inside the
loop. Run `gradient(x, y, np.array([2.0, 9.0, 9.0, 9.0]))`: three predictions are wrong, and you get
0. Look at how far the `return` is indented."""


def gradient(x, y, y_pred):
    total = 0.0
    for k in range(len(x)):
        total += 2 * x[k] * (y_pred[k] - y[k])
        return float(total / len(x))
    return total


# %% wrong="train" name="learning rate shrinks by a hundredth"
"""You make the learning rate smaller after every epoch. The first update is right, the second is
too short. Print the rate in the loop: it should stay what was handed in."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
        learning_rate = 0.99 * learning_rate
    return w, losses


# %% wrong="train" name="learning rate halved in each epoch"
"""You halve the learning rate after every epoch, so the steps become shorter and shorter. The first
update is right, the second only half as long as it should be. The rate should stay what was handed
in."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
        learning_rate = learning_rate / 2
    return w, losses


# %% wrong="train" name="mean weight returned"
"""You return the mean of the weights of all epochs, not the last one. Run
`train(x, y, gradient, 0.01, 1)`: with one update the weight should be where that has brought it.
Look at your `return`."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses, weights = [], [w]
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
        weights.append(w)
    return float(np.mean(weights)), losses


# %% wrong="train" name="slope of the epoch before"
"""You step with the slope of the epoch before: the first epoch moves nothing, and each later one
comes too late. Print w after one epoch. Look at the order of the lines in your loop: which of them
needs the slope of this epoch?"""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses, slope = [], 0.0
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * slope
        slope = gradient(x, y, y_pred)
    return w, losses


# %% wrong="train" name="slopes added up"
"""You add every slope to those before and step with the total, as if the gradient were never
cleared. The first epoch is right, the second steps too far. Each update takes the slope of its own
epoch."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses, total = [], 0.0
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        total = total + gradient(x, y, y_pred)
        w = w - learning_rate * total
    return w, losses


# %% wrong="train" name="x overwritten by the prediction"
"""You write the prediction into x, and the next epoch takes that for the data. Print x after
`train(x, y, gradient, 0.01, 3)`: it has changed. Give the prediction a name of its own."""


def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        data = x
        x = w * x
        losses.append(float(np.mean((x - y) ** 2)))
        w = w - learning_rate * gradient(data, y, x)
    return w, losses


# %% wrong="numerical_gradient" name="rounded to three decimals"
"""You round the slope to three decimals. Run `numerical_gradient(lambda w: 0.0004 * w, 1.0)`: a
small slope becomes 0. Rounding is for printing; look for a `round`."""


def numerical_gradient(f, w, h=1e-4):
    return round(float((f(w + h) - f(w - h)) / (2 * h)), 3)
