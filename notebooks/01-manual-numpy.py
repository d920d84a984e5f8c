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
# # Gradient descent by hand
#
# *Aim: build gradient descent from plain NumPy, check its slope, and find out why a famous
# one-line gradient seems to learn so much faster.*
#
# **About 90 minutes.**
#
# You will be able to
#
# - say how wrong a weight is, with one number;
# - work out the slope of that number, and check it without trusting your own algebra;
# - write the training loop, and say what one update does;
# - tell a summed gradient from a mean gradient by the size of its first step;
# - say why running a training cell twice is not the same as training twice from scratch.
#
# **Before you start.** You can write a Python function with a loop, and you have seen that
# NumPy multiplies arrays element by element. You need no calculus.
#
# Where the text says **Predict**, write your guess down before you run the cell. A wrong guess is
# worth more than no guess: it shows you where to look.
#
# The next cell loads NumPy and `figures`, which draws the pictures of this course. Run it.

# %%
import numpy as np

from slopewise import expect, figures, tutor

# %% [markdown]
# ## 1 · Four points and one unknown
#
# Here are four measurements. You can see the rule in them: `y` is twice `x`. The program cannot
# see it. It has to find the 2.

# %%
x = np.array([1, 2, 3, 4], dtype=np.float32)
y = 2 * x
print("x =", x)
print("y =", y)

# %% [markdown]
# `float32` means that every number is kept with about 7 digits in all, before and after the decimal
# point. Neural networks often use it because it is small and fast. Keep those 7 digits in mind;
# they come back later.
#
# Our model has one adjustable number, the **weight** `w`. It predicts `w` times `x`.
#
# **Predict:** which of these three lines passes below all the points? Then run.

# %%
figures.fit_line(
    x, y, {"w = 0.5": (0.5, 0.0), "w = 2": (2.0, 0.0), "w = 3": (3.0, 0.0)}, title="Three weights"
)

# %% [markdown]
# The line of `w = 0.5` passes below all the points, that of `w = 3` above. The line of `w = 2` goes
# through all four.
#
# **Exercise `forward` (2 points).** Write the model. In the cell below, replace the line that
# raises `NotImplementedError`, and run the cell. Then run the cell after it: it checks your
# function on a few inputs you can see. Grading tries other inputs as well. All exercises work like
# this.


# %% exercise="forward"
def forward(x, w):
    """Return the prediction w * x.

    x: array of shape (n,). w: a number.
    Returns an array of shape (n,). Leaves x as it was.
    """
    ### BEGIN SOLUTION
    return w * x
    ### END SOLUTION


# %% check="forward" points=2
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import observe

fw_three = np.array([2.0, -1.5, 7.0], dtype=np.float32)
fw_six = np.array([0.25, 3.0, -4.0, 8.0, 1.0, 6.5], dtype=np.float32)


def fw_input_afterwards(inputs, weight):
    forward(inputs, weight)
    return inputs


observe(
    three_points=lambda: forward(fw_three, 1.7),
    six_points_negative_weight=lambda: forward(fw_six, -0.6),
    weight_of_another_kind=lambda: forward(fw_three, np.float32(3.25)),
    input_unchanged=lambda: (forward(fw_six, 4.5), fw_input_afterwards(fw_six, 4.5)),
)
### END HIDDEN TESTS
result = forward(np.array([1.0, 2.0, 5.0]), 3.0)
assert result is not None, "forward returned None: did you forget a return?"
assert np.shape(result) == (3,), (
    f"forward returned shape {np.shape(result)} for three points, expected (3,). "
    "There is one prediction for each x."
)
assert isinstance(result, np.ndarray), (
    f"forward returned a {type(result).__name__}, expected a NumPy array. "
    "NumPy multiplies a whole array at once, without a loop."
)
assert np.allclose(result, [3.0, 6.0, 15.0]), (
    f"forward returned {result}, expected [3, 6, 15]: "
    "each x times the w that was passed in, nothing added."
)
print("visible checks passed: forward")

# %% [markdown]
# ## 2 · How wrong is a weight?
#
# Take `w = 1`. The predictions are 1, 2, 3, 4. The truth is 2, 4, 6, 8.
#
# | x | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|
# | prediction − truth | −1 | −2 | −3 | −4 |
# | squared | 1 | 4 | 9 | 16 |
#
# The mean of the squares is (1 + 4 + 9 + 16) / 4 = 7.5. That is the **mean squared error**.
# Squaring does two things: no error can cancel another, and a large error counts far more
# than a small one. A number that says how wrong the model is, is called a **loss**.
#
# **Exercise `mse` (2 points).** Work it out for arrays of any length. `np.mean` takes the mean of
# an array. `float(...)` makes a plain Python number of the result.


# %% exercise="mse"
def mse(y, y_pred):
    """Return the mean squared error as a float.

    y, y_pred: arrays of shape (n,), the truth and the prediction.
    """
    ### BEGIN SOLUTION
    return float(np.mean((y_pred - y) ** 2))
    ### END SOLUTION


# %% check="mse" points=2
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import near, observe

ms_three = np.array([1.0, -4.0, 2.5], dtype=np.float32)
ms_three_off = np.array([3.0, -1.0, 2.0], dtype=np.float32)
ms_five = np.array([0.5, 9.0, 4.0, -2.0, 7.0], dtype=np.float32)
ms_five_off = np.array([1.0, 5.5, 4.75, 3.0, 6.0], dtype=np.float32)
ms_balanced = np.array([2.0, -2.0, 6.0, -6.0, 1.0, -1.0], dtype=np.float32)
ms_tiny = np.array([0.001, -0.002, 0.0015], dtype=np.float32)

observe(
    three_points=lambda: mse(ms_three, ms_three_off),
    five_points=lambda: mse(ms_five, ms_five_off),
    errors_that_cancel=lambda: mse(ms_balanced, 0 * ms_balanced),
    one_point=lambda: mse(ms_three[:1], ms_three_off[:1] + 4),
    small_errors=near(lambda: mse(ms_tiny, -0.5 * ms_tiny), relative=1e-3, absolute=1e-9),
)
### END HIDDEN TESTS
result = mse(np.array([2.0, 4.0, 6.0, 8.0]), np.array([1.0, 2.0, 3.0, 4.0]))
assert result is not None, "mse returned None: did you forget a return?"
assert np.shape(result) == (), (
    f"mse returned {result}, of shape {np.shape(result)}. Expected one number: "
    "did you forget to take the mean?"
)
assert abs(result - 30) > 1e-3, (
    f"mse returned {result}, expected 7.5. It is 4 times too large: "
    "did you sum where the mean is asked?"
)
assert abs(result - 7.5) < 1e-3, (
    f"mse returned {result}, expected 7.5. Square each difference first, then take the mean; "
    "no square root, no half."
)
print("visible checks passed: mse")

# %% [markdown]
# **Predict:** you know the loss at `w = 1`. What is it at `w = 2`? And is `w = 3` better or worse
# than `w = 1`? Then run.

# %%
for weight in [0.0, 1.0, 2.0, 3.0, 4.0]:
    print(f"w = {weight:.3f}, loss = {mse(y, forward(x, weight)):.8f}")

# %% [markdown]
# `w = 1` and `w = 3` miss by the same amount on opposite sides. Ask for the loss at every weight
# and you get a valley: high on both sides, with its floor at `w = 2`. A curve of this shape is
# called a **parabola**.

# %%
figures.loss_of_weight(x, y, (-1.0, 5.0), title="The loss of each weight")

# %% [markdown]
# We could try thousands of weights and keep the best. With one weight that works. With a million
# weights it does not. So we ask a smaller question: *standing at one weight, which way is down?*

# %% [markdown]
# ## 3 · Which way is down?
#
# Stand at `w = 0`, where the loss is 30. **Predict:** take a tiny step to `w = 0.001`. Does the
# loss rise or fall? Then run.

# %%
loss_here = mse(y, forward(x, 0.0))
loss_there = mse(y, forward(x, 0.001))
print(f"change of the loss: {loss_there - loss_here:.4f}")
print(f"change of the loss per unit of w: {(loss_there - loss_here) / 0.001:.1f}")

# %% [markdown]
# The loss falls about 30 times as fast as `w` grows. So where you stand, the slope of the valley is
# about −30. Mathematicians call it the **derivative** of the loss with respect to `w`: how much the
# loss changes per unit of `w`, for a very small change of `w`. With many weights there is one such
# number for each, and together they are the **gradient**. With one weight, slope, derivative and
# gradient are three words for the same number.
#
# A negative slope means: larger `w`, smaller loss. So go right. In the next picture a straight line
# touches the valley at `w = 0` and falls as steeply as the valley does there. It is called the
# *tangent*. Run the cell.

# %%
figures.loss_of_weight(x, y, (-1.0, 5.0), tangent_at=0.0, title="The slope at w = 0")

# %% [markdown]
# You can have the slope without any tiny step. Look at one point, `x = 3`, `y = 6`, at `w = 0`.
#
# 1. The error is `w * x - y` = −6. When `w` grows by 1, the error grows by `x` = 3.
# 2. The loss is the error squared. When a number `e` changes a little, `e²` changes `2e` times
#    as much. (From 5 to 5.001, the square goes from 25 to 25.010001: about 10 times 0.001.)
# 3. So when `w` changes a little, the error changes 3 times as much, and the loss 2 · (−6) times as
#    much as the error. Together: 2 · (−6) · 3 = −36.
#
# In general: the slope of one point's loss is `2 * x * (y_pred - y)`.
#
# **Predict:** on paper, fill in the last row for the other points at `w = 0`, and take its mean.
#
# | x | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|
# | y_pred − y | −2 | −4 | −6 | −8 |
# | 2 · x · (y_pred − y) | ? | ? | −36 | ? |
#
# The loss is a mean over the points, so its slope is the mean of their slopes:
#
# $$\frac{dJ}{dw} = \frac{1}{N}\sum_i 2\,x_i\,(\hat{y}_i - y_i)$$
#
# Read $dJ/dw$ as one sign: the slope of the loss $J$ with respect to $w$. $\sum_i$ means "add up
# over all points", $\hat{y}$ is `y_pred`, $N$ is the number of points.
#
# **Exercise `gradient` (4 points).** Your mean on paper is what it should return at `w = 0`.
#
# <details><summary>Hint 1: where to look</summary>
#
# The last row of the table is one product for each point. Which arrays does it multiply?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# NumPy multiplies arrays point by point, so one line makes the whole row. Then comes what turns
# four numbers into one.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return float(np.mean(… * … * (… - …)))`
#
# </details>


# %% exercise="gradient"
def gradient(x, y, y_pred):
    """Return dJ/dw, the mean of 2 x (y_pred - y), as a float.

    x, y, y_pred: arrays of shape (n,).
    """
    ### BEGIN SOLUTION
    return float(np.mean(2 * x * (y_pred - y)))
    ### END SOLUTION


# %% check="gradient" points=4
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import observe

gr_three = np.array([1.0, 2.5, -3.0], dtype=np.float32)
gr_five = np.array([0.5, -1.0, 2.0, 6.0, 3.5], dtype=np.float32)
gr_five_truth = np.array([2.0, 1.0, -4.0, 3.0, 8.0], dtype=np.float32)
gr_five_guess = np.array([1.5, 2.5, 0.5, 7.0, 5.0], dtype=np.float32)
gr_seven = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], dtype=np.float32)
gr_ends_right = np.array([3.0, 5.0, 9.0], dtype=np.float32)

observe(
    three_points=lambda: gradient(gr_three, 4 * gr_three, 0.7 * gr_three),
    weight_too_large=lambda: gradient(gr_three, -1.5 * gr_three, 2.3 * gr_three),
    noisy_points=lambda: gradient(gr_five, gr_five_truth, gr_five_guess),
    seven_points=lambda: gradient(gr_seven, 3.3 * gr_seven, 0.4 * gr_seven),
    last_point_is_right=lambda: gradient(
        gr_ends_right, gr_ends_right, gr_ends_right + np.array([1.0, -4.0, 0.0], dtype=np.float32)
    ),
    one_point=lambda: gradient(gr_five[3:4], gr_five_truth[3:4], gr_five_guess[3:4] - 9),
)
### END HIDDEN TESTS
check_x, check_y = np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 4.0, 6.0, 8.0])
check_three, check_truth = np.array([1.0, -2.0, 0.5]), np.array([0.5, 1.0, 2.0])
tutor(
    "gradient",
    w_is_0=expect(lambda: gradient(check_x, check_y, 0 * check_x), -30.0),
    three_points=expect(
        lambda: gradient(check_three, check_truth, np.array([1.25, 0.25, 2.75])), 1.75
    ),
)
result = gradient(check_x, check_y, 0 * check_x)
assert np.shape(result) == (), f"gradient returned {result}, expected one number."
assert abs(result + 30) < 1e-3, f"at w = 0, gradient returned {result}, expected -30."
result = gradient(check_three, check_truth, np.array([1.25, 0.25, 2.75]))
assert abs(result - 1.75) < 1e-3, (
    f"for three points whose slopes are 1.5, 3 and 0.75, gradient returned {result}, expected 1.75."
)
print("visible checks passed: gradient")

# %% [markdown]
# **Predict** the sign at `w = 3`, and the value at `w = 2`. Then run.

# %%
for weight in [0.0, 1.0, 2.0, 3.0]:
    print(f"w = {weight:.3f}, gradient = {gradient(x, y, forward(x, weight)):.3f}")

# %% [markdown]
# At `w = 3` the slope is positive: go left. At `w = 2` it is 0: you stand on the floor.
#
# ## 4 · Do not trust your algebra: check it
#
# A slope can be measured. Take a small step `h` to the right of `w`, and one to the left. Divide
# the difference of the two losses by the distance between the two places. For any function `f`:
#
# `(f(w + h) - f(w - h)) / (2 * h)`
#
# This is the **central difference**. Why two sides? Try `f(w) = w³` at `w = 1`, where the true
# slope is 3, with a large `h = 0.1`. **Predict:** which is nearer to 3, one step to the right, or
# both sides? Then run.

# %%
print(f"one side:  {(1.1**3 - 1**3) / 0.1:.2f}")
print(f"two sides: {(1.1**3 - 0.9**3) / 0.2:.2f}")

# %% [markdown]
# The step to the right saw only the steeper side of the curve. With both sides, most of the bend
# cancels.
#
# **Exercise `numerical_gradient` (3 points).** It must work for any function of one number, not
# just for our loss.


# %% exercise="numerical_gradient"
def numerical_gradient(f, w, h=1e-4):
    """Return the slope of f at w, measured by a central difference, as a float.

    f: a function that takes one number and returns one number.
    w: where to measure. h: how far to step to either side.
    """
    ### BEGIN SOLUTION
    return float((f(w + h) - f(w - h)) / (2 * h))
    ### END SOLUTION


# %% check="numerical_gradient" points=3
### BEGIN HIDDEN TESTS
import math
from slopewise import observe

observe(
    cube_with_a_wide_step=lambda: numerical_gradient(lambda w: w**3, 1.7, h=0.5),
    falling_sine=lambda: numerical_gradient(math.sin, 2.4, h=0.3),
    corner_between_the_two_steps=lambda: numerical_gradient(abs, 0.4, h=1.0),
    step_of_its_own=lambda: numerical_gradient(abs, 0.00003),
    steep_curve=lambda: numerical_gradient(lambda w: math.exp(20 * w), 0.15),
    small_slope_on_a_large_value=lambda: numerical_gradient(lambda w: 1000 - 0.37 * w, 2.1),
)
### END HIDDEN TESTS
result = numerical_gradient(lambda w: w**2, 3.0, h=0.5)
assert result is not None, "numerical_gradient returned None: did you forget a return?"
assert abs(result - 12) > 1e-6, (
    f"the slope of w**2 at 3 came back as {result}, expected 6. It is twice too large: "
    "the two places are 2 * h apart."
)
assert abs(result - 1.5) > 1e-6, (
    f"the slope of w**2 at 3 came back as {result}, expected 6. "
    "Python reads a / 2 * h as (a / 2) * h: put brackets around 2 * h."
)
assert abs(abs(result - 6) - 0.5) > 1e-6, (
    f"the slope of w**2 at 3 came back as {result}, expected 6. "
    "Step to both sides: f(w + h) and f(w - h)."
)
assert abs(result - 6) < 1e-6, f"the slope of w**2 at 3 came back as {result}, expected 6."
result = numerical_gradient(lambda w: w**2, -1.0)
assert abs(result + 2) < 1e-6, (
    f"the slope of w**2 at -1 came back as {result}, expected -2, with h left at its default."
)
print("visible checks passed: numerical_gradient")

# %% [markdown]
# Now let the formula and the measurement meet. Both get the data in `float64`, which keeps about 16
# digits. In the cell, `lambda w: ...` makes a small function of `w` without giving it a name.
#
# **Predict:** will they agree? To how many digits? Then run.

# %%
x64, y64 = x.astype(np.float64), y.astype(np.float64)
for weight in [0.0, 0.5, 3.25]:
    by_formula = gradient(x64, y64, forward(x64, weight))
    measured = numerical_gradient(lambda w: mse(y64, forward(x64, w)), weight)
    print(f"w = {weight:.3f}: formula {by_formula:.6f}, measured {measured:.6f}")

# %% [markdown]
# Two ways that share no algebra give the same number. That is strong evidence that the formula
# is right.
#
# Why `float64`? Try both. **Predict:** in `float32`, does a smaller `h` make the measurement
# better? Then run.

# %%
steps = [10.0**-k for k in range(1, 8)]
true_slope = gradient(x64, y64, forward(x64, 0.5))
print(f"true slope {true_slope:.3f}, loss {mse(y, forward(x, 0.5)):.3f}")
errors = {"float32": [], "float64": []}
for h in steps:
    slope32 = numerical_gradient(lambda w: mse(y, forward(x, w)), 0.5, h)
    slope64 = numerical_gradient(lambda w: mse(y64, forward(x64, w)), 0.5, h)
    errors["float32"].append(abs(slope32 - true_slope))
    errors["float64"].append(abs(slope64 - true_slope))
    print(f"h = {h:.0e}: float32 measures {slope32:.4f}, float64 measures {slope64:.4f}")

figures.gradient_check_error(steps, errors, title="Error of the measured slope at w = 0.5")

# %% [markdown]
# The true slope is −22.5. In `float32` the loss, 16.875, is kept to about 7 digits. The losses at
# two weights only `2h` apart share nearly all of them when `h` is tiny. Subtract, and only the last
# digits remain, and those are rounded. `float64` has digits to spare. Both axes of the picture are
# logarithmic: every labelled mark is 10 or 100 times the one before. Towards the left, where `h` is
# small, both errors grow, and the one of `float32` is always far above.
#
# (On a parabola the bend cancels entirely. So all the error in the picture is rounding.)
#
# Remember it as a rule: **train in float32 if you like, but check gradients in float64.**

# %% [markdown]
# ## 5 · Walk downhill
#
# At `w = 0` the slope is −30. We want to go the other way, to the right, and not too far:
#
# `w = w - learning_rate * gradient`
#
# The **learning rate**, or *rate* for short, decides how far. With 0.01: `0 - 0.01 * (-30) = 0.3`.
#
# **Predict:** the slope at 0.3 is −25.5. Where does the second update land? Then run.

# %%
w_after_one = 0.0 - 0.01 * (-30.0)
w_after_two = w_after_one - 0.01 * (-25.5)
print(f"after one update: {w_after_one:.3f}, after two: {w_after_two:.3f}")
figures.loss_of_weight(
    x, y, (-0.5, 4.5), path=[0.0, w_after_one, w_after_two], title="Two updates, rate 0.01"
)

# %% [markdown]
# The picture shows both updates on the left side of the valley. The second step is shorter than the
# first, with the same learning rate. The valley flattens towards its floor, so the steps shrink by
# themselves.
#
# Training is that update, again and again. One pass over the data is called an **epoch**. Here
# each update looks at all the points, so in this course an epoch is exactly one update.
#
# **Exercise `train` (5 points).** In each epoch: predict, note the loss, update `w`. In that
# order: `losses[k]` is the loss *before* update number `k`, counted from 0.
#
# Use the `gradient` that is passed in: call it as `gradient(x, y, y_pred)`. For the prediction
# and the loss you may call your `forward` and `mse` or write them out.
#
# <details><summary>Hint 1: where to look</summary>
#
# The two updates that you ran by hand above are two rounds of your loop. Which of their lines
# have to be done anew when `w` has changed?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Begin with an empty list. In each round: the prediction of the present `w`, its loss into the
# list, and only then the new `w`. What is returned is known only when the loop is over.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `for _ in range(…):` with three lines in it; the last of them is `w = w - … * gradient(…)`.
#
# </details>


# %% exercise="train"
def train(x, y, gradient, learning_rate, n_epochs, w=0.0):
    """Train one weight by gradient descent and return (w, losses).

    x, y: arrays of shape (n,). gradient: a function (x, y, y_pred) -> number.
    learning_rate: a number. n_epochs: how many updates. w: the weight to start from.
    Returns the trained weight and a list of n_epochs losses, each from before its update.
    With n_epochs = 0 that is (w, []).
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(n_epochs):
        y_pred = w * x
        losses.append(float(np.mean((y_pred - y) ** 2)))
        w = w - learning_rate * gradient(x, y, y_pred)
    return w, losses
    ### END SOLUTION


# %% check="train" points=5
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import lend, near, observe

tr_five = np.array([0.5, 1.5, -1.0, 2.0, 0.75], dtype=np.float32)
tr_six = np.array([1.0, 3.0, 2.0, -2.0, 0.5, 1.25], dtype=np.float32)
tr_noisy = np.array([2.5, 8.0, 6.5, -4.0, 1.0, 4.5], dtype=np.float32)


# None of these is the slope of the loss: train has to take the gradient it is given.
def tr_pull(x, y, y_pred):
    return float(0.3 * np.max(x) * np.sum(y_pred - y))


def tr_gap(x, y, y_pred):
    return float((y_pred[3] - y[3]) / x[3])


def tr_constant(x, y, y_pred):
    return 1.5


def tr_first_point(x, y, y_pred):
    return float(y_pred[0] - 3 * y[0])


def tr_steep(x, y, y_pred):
    return -3e6


# A train that calls forward and mse must not pay for a mistake in those. It is lent two that know
# the data of this check and no other: the points by their number, and the loss as a parabola over
# the weight, its three numbers by the number of points and the first y.
tr_points = {5: tr_five, 6: tr_six}
tr_parabolas = {
    (5, -1.5): (1.6125, 9.675, 14.5125),
    (5, 2.0): (1.6125, -12.9, 25.8),
    (6, 2.5): (19.8125 / 6, -17.875, 149.75 / 6),
}


def tr_lent_forward(x, w):
    if np.ndim(x) == 0:
        x, w = w, x
    return w * tr_points[len(x)]


def tr_lent_mse(y, y_pred):
    if (len(y), float(y[0])) not in tr_parabolas:
        y, y_pred = y_pred, y
    bend, tilt, height = tr_parabolas[len(y), float(y[0])]
    weight = float(y_pred[3]) / float(tr_points[len(y)][3])
    return (bend * weight + tilt) * weight + height


def tr_run(*arguments, **named):
    with lend(forward=tr_lent_forward, mse=tr_lent_mse):
        result = train(*arguments, **named)
        if isinstance(result, tuple | list) and len(result) == 2 and hasattr(result[1], "__iter__"):
            return result[0], list(result[1])
        return result


def tr_long_run(n_epochs):
    # How early a run gives up is of no interest, so that one message fits all that do.
    weight, losses = tr_run(tr_five, 4 * tr_five, tr_gap, 0.5, n_epochs)
    return round(float(weight)), len(losses) == n_epochs


def tr_weight_after_steep_steps():
    return round(float(tr_run(tr_five, 4 * tr_five, tr_steep, 1e-6, 2, w=0.5)[0]), 2)


observe(
    one_epoch=lambda: tr_run(tr_five, -3 * tr_five, tr_pull, 0.07, 1),
    seven_epochs=near(lambda: tr_run(tr_five, 4 * tr_five, tr_pull, 0.07, 7), relative=1e-3),
    noisy_points=near(lambda: tr_run(tr_six, tr_noisy, tr_pull, 0.03, 5), relative=1e-3),
    start_given=near(lambda: tr_run(tr_five, 4 * tr_five, tr_pull, 0.05, 4, w=-2.5), relative=1e-3),
    no_epochs=lambda: tr_run(tr_six, tr_noisy, tr_pull, 0.03, 0, w=1.75),
    past_the_lowest_loss=lambda: tr_run(tr_five, 4 * tr_five, tr_constant, 0.2, 4, w=4.4),
    gradient_of_one_point=lambda: tr_run(tr_six, tr_noisy, tr_first_point, 0.11, 3),
    there_long_before_the_end=lambda: tr_long_run(30),
    very_large_gradient=lambda: tr_weight_after_steep_steps(),
)
### END HIDDEN TESTS


check_x, check_y = np.array([1.0, 2.0, -1.0]), np.array([3.0, 1.0, 2.0])


def pretend_gradient(x, y, y_pred):
    """A pretend gradient, so that this check does not need yours. It has its zero at w = 6."""
    return float(x[1] * (y_pred[0] - 2 * y[0]))


def check_run(*arguments, **named):
    """Call train; losses may come in a list or an array."""
    result = train(*arguments, **named)
    if isinstance(result, tuple) and len(result) == 2 and np.ndim(result[1]) == 1:
        return result[0], list(result[1])
    return result


tutor(
    "train",
    three_epochs=expect(
        lambda: check_run(check_x, check_y, pretend_gradient, 0.1, 3),
        (2.928, [4.666667, 5.146667, 9.677867]),
    ),
    start_given=expect(
        lambda: check_run(check_x, check_y, pretend_gradient, 0.05, 2, w=2.0),
        (2.76, [8.666667, 11.386667]),
    ),
    no_epochs=expect(
        lambda: check_run(check_x, check_y, pretend_gradient, 0.1, 0, w=1.5), (1.5, [])
    ),
    steep_slope=expect(
        lambda: check_run(check_x, check_y, lambda x, y, y_pred: -4e4, 1e-4, 1), (4.0, [4.666667])
    ),
)
result = train(check_x, check_y, pretend_gradient, 0.1, 3)
assert isinstance(result, tuple), f"train returned {result}, expected two things: return w, losses"
assert len(result) == 2, f"train returned {len(result)} things, expected two: return w, losses"
check_w, check_losses = result
assert len(check_losses) == 3, f"3 epochs gave {len(check_losses)} losses, expected 3."
assert abs(check_w - 2.928) < 1e-3, (
    f"3 updates took w from 0 to {check_w}, expected 2.928, by way of 1.2 and 2.16."
)
assert np.allclose(check_losses, [4.666667, 5.146667, 9.677867], atol=1e-3), (
    f"losses = {check_losses}, expected [4.667, 5.147, 9.678], the losses at w = 0, 1.2 and 2.16."
)
check_w, check_losses = train(check_x, check_y, pretend_gradient, 0.1, 0, w=1.5)
assert (float(check_w), len(check_losses)) == (1.5, 0), (
    f"with n_epochs = 0, train returned {check_w}, {check_losses}, expected 1.5, []: nothing to do."
)
print("visible checks passed: train")

# %% [markdown]
# To watch a run, we call your `train` one epoch at a time, each time from where it stopped, and
# print a line. Run this cell; there is nothing to fill in.


# %%
def print_run(
    title, train, x, y, gradient, learning_rate, n_epochs, w=0.0, every=1, with_gradient=False
):
    """Train epoch by epoch, print w after and the loss before each update, return the last w."""
    print(title)
    for epoch in range(1, n_epochs + 1):
        slope = gradient(x, y, w * x)
        w, losses = train(x, y, gradient, learning_rate, 1, w)
        if (epoch - 1) % every == 0:
            extra = f", gradient = {slope:.3f}" if with_gradient else ""
            print(f"epoch {epoch}: w = {w:.3f}, loss = {losses[0]:.8f}{extra}")
    return w


# %% [markdown]
# The point of learning the weight is to predict something new. Take `x = 5`. The right answer
# is 10.
#
# **Predict:** starting from 0 with a learning rate of 0.01, is the prediction for 5 right to one
# decimal after 20 epochs? Then run.

# %%
w_mean_20 = print_run("mean gradient, rate 0.01", train, x, y, gradient, 0.01, 20)
print(f"f(5) after 20 epochs = {5 * w_mean_20:.3f}")

# %% [markdown]
# Close, but not there. Each update multiplies the distance to 2 by 0.85: 2, then 1.7, then
# 1.445. It takes patience. **Predict** f(5) after 100 epochs, then run.

# %%
w_mean_100, losses_mean = train(x, y, gradient, 0.01, 100)
print(f"f(5) after 100 epochs = {5 * w_mean_100:.3f}")
figures.loss_curves({"mean gradient, rate 0.01": losses_mean}, log=True, title="The loss falls")

# %% [markdown]
# The loss axis is logarithmic again. On it, losing the same share in each epoch is a straight line.
# At the right end the loss is so small that the rounding of `float32` shows.
#
# Nothing in your loop knows about the number 2. Change the data to `y = 5x`. **Predict:** what is
# the gradient at `w = 0` now, and where does `w` end? Then run.

# %%
y_five = 5 * x
print(f"gradient at w = 0: {gradient(x, y_five, forward(x, 0.0)):.3f}")
w_five, _ = train(x, y_five, gradient, 0.01, 100)
print(f"after 100 epochs on y = 5x: w = {w_five:.3f}")

# %% [markdown]
# ## 6 · The famous line
#
# Many tutorials compute the gradient of this very example like this.


# %%
def summed_gradient(x, y, y_pred):
    """The tutorial line."""
    return np.dot(2 * x, y_pred - y).mean()


# %% [markdown]
# It says `mean`, so it looks like your formula. `np.dot` multiplies two arrays element by element
# and adds up the products.
#
# **Predict:** what does it return at `w = 0`, where the mean gradient is −30? Then run.

# %%
summed_at_zero = summed_gradient(x, y, 0 * x)
print("np.dot alone:        ", np.dot(2 * x, 0 * x - y))
print("and with .mean():    ", summed_at_zero)
print("what .mean() is given:", np.ndim(np.dot(2 * x, 0 * x - y)), "dimensions, one number")

# %% [markdown]
# `np.dot` has already summed. The mean of a single number is that number, so `.mean()` does
# nothing. The line returns the **sum**: N times the mean gradient, here 4 times.
#
# Train with it, at the same learning rate. **Predict:** is it slower, faster or broken? Then run.

# %%
w_summed_20 = print_run(
    "summed gradient, rate 0.01", train, x, y, summed_gradient, 0.01, 20, with_gradient=True
)
print(f"f(5) after 20 epochs = {5 * w_summed_20:.3f}")

# %% [markdown]
# (`-0.000` is a negative number too small for three decimals.)
#
# 10.000 after 20 epochs, where the mean gradient had 9.612. It looks like a better gradient. Before
# you believe that, look at one update: 0.01 · (−120) = −1.2. Which learning rate would take
# the mean gradient, −30, to the same −1.2?
#
# **Exercise `effective_learning_rate` (2 points).** Answer it for any learning rate and any
# number of samples.


# %% exercise="effective_learning_rate"
def effective_learning_rate(learning_rate, n_samples):
    """Return the rate at which the mean gradient takes the steps of the summed one, as a float.

    learning_rate: the rate used with the summed gradient. n_samples: how many points are summed.
    """
    ### BEGIN SOLUTION
    return float(learning_rate * n_samples)
    ### END SOLUTION


# %% check="effective_learning_rate" points=2
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(
    seven_samples=lambda: effective_learning_rate(0.013, 7),
    many_samples=lambda: effective_learning_rate(0.0004, 350),
    three_samples_large_rate=lambda: effective_learning_rate(1.9, 3),
    eleven_samples=lambda: effective_learning_rate(0.05, 11),
)
### END HIDDEN TESTS
result = effective_learning_rate(0.01, 4)
assert result is not None, "effective_learning_rate returned None: did you forget a return?"
assert abs(result - 0.0025) > 1e-9, (
    f"effective_learning_rate(0.01, 4) returned {result}. The summed gradient is larger than the "
    "mean, so the mean needs a larger rate to keep up, not a smaller one."
)
assert abs(0.01 * (-120) - result * (-30)) < 1e-6, (
    f"effective_learning_rate(0.01, 4) returned {result}: with the mean gradient, -30, "
    f"the step is {result * (-30)}, expected 0.01 * (-120) = -1.2."
)
result = effective_learning_rate(0.5, 2)
assert abs(result - 1) < 1e-9, (
    f"effective_learning_rate(0.5, 2) returned {result}, expected 1. Does it use n_samples?"
)
print("visible checks passed: effective_learning_rate")

# %% [markdown]
# Now the fair race. The summed gradient keeps 0.01. The mean gradient gets the matched rate.
#
# **Predict:** which one is ahead after 5 epochs? Then run.

# %%
matched_rate = effective_learning_rate(0.01, len(x))
print(f"matched rate: {matched_rate:.3f}")
races = {
    "summed, rate 0.01": (summed_gradient, 0.01),
    "mean, matched rate": (gradient, matched_rate),
    "mean, rate 0.01": (gradient, 0.01),
}
weights = {
    name: [train(x, y, slope, rate, n)[0] for n in range(21)]
    for name, (slope, rate) in races.items()
}
for name, path in weights.items():
    print(f"{name}: after 5 epochs w = {path[5]:.3f}, after 20 epochs f(5) = {5 * path[20]:.3f}")
same = np.allclose(weights["summed, rate 0.01"], weights["mean, matched rate"], rtol=0, atol=1e-5)
print("the first two paths agree to five decimals:", same)

figures.paths(weights, target=2.0, title="Two names for the same walk")

# %% [markdown]
# Two of the three curves lie on top of each other and reach 2 early; the third is still on its way.
# The famous line has no better gradient. It has a learning rate of 0.04 and says 0.01.
#
# Why does it matter? Copy the four points, so that each is there 2 or 10 times. The best weight is
# still 2. **Predict:** what happens to the two gradients at `w = 0`? And to a run? Then run.

# %%
for copies in [1, 2, 10]:
    x_copies, y_copies = np.tile(x, copies), np.tile(y, copies)
    summed = summed_gradient(x_copies, y_copies, 0 * x_copies)
    mean = gradient(x_copies, y_copies, 0 * x_copies)
    w_summed, _ = train(x_copies, y_copies, summed_gradient, 0.01, 5)
    w_mean, _ = train(x_copies, y_copies, gradient, 0.01, 5)
    print(f"{copies} copies: gradient summed {summed:.0f}, mean {mean:.0f};", end=" ")
    print(f"w after 5 epochs summed {w_summed:.3f}, mean {w_mean:.3f}")

# %% [markdown]
# Copies carry no new information, and the mean gradient walks the same path each time. The sum
# grows with the number of points: with 2 copies 0.01 still works, with 10 the weight flies off. A
# learning rate tuned on a sum has to be tuned again whenever the number of points changes.
#
# The line also leads to a false conclusion. In lesson 2 PyTorch finds the gradient of the *mean*
# squared error. Put that run beside the famous line, and you see 9.612 against 10.000 after 20
# epochs. It is tempting to conclude: *automatic gradients are less exact, so they need 100
# epochs.* You have the counter-evidence. Your own hand-made mean gradient gave 9.612 after 20
# epochs and 10.000 after 100. What differed was the learning rate.
#
# ### The last digits
#
# Here is the summed gradient again, wrapped in `float()`. **Predict:** will all eight decimals of
# the loss be those of the run above? Then run, and compare epoch 2.


# %%
def summed_as_float(x, y, y_pred):
    """The tutorial line, as a Python float."""
    return float(np.dot(2 * x, y_pred - y).mean())


w_float_10 = print_run("summed gradient as a Python float", train, x, y, summed_as_float, 0.01, 10)

# %% [markdown]
# In exact arithmetic, the loss in epoch 2 is 4.8. One run printed 4.80000067, the other
# 4.79999924. Both are right to `float32` precision.
#
# The tutorial line returns a NumPy `float32`. Then `learning_rate * gradient` and `w` become
# `float32` too, and are rounded to 7 digits at each update. A Python `float` has 16 digits, so
# with `float()` around it, `w` is rounded later, when it meets `x`. If your `train`
# converts the gradient to a `float` itself, both runs print the same digits. That is just as right.

# %% [markdown]
# ## 7 · Ten times larger
#
# New data: `x` = 10, 20, 30, 40, 50, and still `y = 2x`. The answer is still 2.
#
# **Predict:** does a learning rate of 0.001, ten times *smaller* than before, work here? Then run.

# %%
x10 = np.array([10, 20, 30, 40, 50], dtype=np.float32)
y10 = 2 * x10
w_too_fast = print_run("x10 data, rate 0.001", train, x10, y10, gradient, 0.001, 6)

# %% [markdown]
# Every update jumps over 2 and lands farther away on the other side. The loss grows with every
# update.
#
# **Predict:** will 0.0003 do? Then run. This time each line belongs to one moment: it shows `w`,
# loss and gradient all from *before* the update, and the epochs are counted from 0. The five points
# are listed with the last one first; you will see below why we mention that.

# %%
x10_last_first, y10_last_first = np.roll(x10, 1), np.roll(y10, 1)
print("x10 data, rate 0.0003, points in the order", x10_last_first)
w10 = 0.0
for epoch in range(20):
    slope = gradient(x10_last_first, y10_last_first, w10 * x10_last_first)
    w10_next, losses10 = train(x10_last_first, y10_last_first, gradient, 0.0003, 1, w10)
    print(f"epoch {epoch}: w = {w10:.5f}, loss = {losses10[0]:.5f}, gradient = {slope:.5f}")
    w10 = w10_next

# %% [markdown]
# In 20 epochs it is there. So 0.0003 works, 0.001 does not, and on the small data 0.01 was fine.
# Where is the border, and can you know it beforehand? Lesson 5 answers that.
#
# Now the order. **Predict:** a mean does not care about the order of the points. Does a computer?
# Then run.

# %%
print(f"in order:   gradient = {gradient(x10, y10, forward(x10, 1.32)):.5f}")
print(
    f"last first: gradient = {gradient(x10_last_first, y10_last_first, 1.32 * x10_last_first):.5f}"
)

# %% [markdown]
# Each addition is rounded to `float32`, so the order shows in the eighth digit. (If your `gradient`
# adds in another way, your last digits may differ from ours, or agree.) It changes nothing that
# matters here. But remember it when two machines run the same code and print different last digits.

# %% [markdown]
# ## 8 · Running a cell again
#
# One more trap belongs to notebooks, not to gradients. The Python that runs behind a notebook is
# called the *kernel*. Say you set the weight in one cell.

# %%
w = 0.0

# %% [markdown]
# You train in the next. To keep it short, every second epoch is printed.

# %%
w = print_run("first run", train, x, y, summed_as_float, 0.01, 20, w=w, every=2)

# %% [markdown]
# Now you press run on the training cell once more. The cell below holds the same code; only the
# heading differs.
#
# **Predict:** what is the loss in epoch 1? Then run.

# %%
w = print_run("second run", train, x, y, summed_as_float, 0.01, 20, w=w, every=2)

# %% [markdown]
# **Exercise `resumed` (2 points).** Why does the second run begin at `w` ≈ 2?
#
# - **a**: The first update of a run is always the longest one, and here it is long enough to
#   reach 2.
# - **b**: NumPy remembers the result of a calculation that it has done before.
# - **c**: The loss was already zero, so Jupyter skips the loop and shows the old result.
# - **d**: The training cell does not set `w` back: the kernel still holds the trained `w`, and
#   training goes on from there.
#
# Put your letter in place of `None`, and delete the line that raises `NotImplementedError`.

# %% exercise="resumed"
resumed = None  # put your letter here, in quotes: "a", "b", "c" or "d"
### BEGIN SOLUTION
resumed = "d"
### END SOLUTION

# %% check="resumed" points=2
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(letter=lambda: resumed)
### END HIDDEN TESTS
assert resumed in ("a", "b", "c", "d"), (
    f'resumed is {resumed!r}, expected one of the letters "a", "b", "c", "d", in quotes.'
)
print("visible checks passed: an answer is there (whether it is right, grading tells)")

# %% [markdown]
# If you are not sure, try it: run the cell with `w = 0.0` again, and then either training cell.
# *Restart the kernel* in the menu makes Python forget everything, and you begin anew.
#
# ## In this lesson you…
#
# - wrote a model with one weight, and a loss that says how wrong it is;
# - found the slope of the loss, `mean(2 * x * (y_pred - y))`, and checked it against a central
#   difference in `float64`;
# - wrote the training loop: predict, note the loss, step against the slope;
# - saw through `np.dot(...).mean()`: a sum, which is the mean gradient at N times the learning
#   rate;
# - met data for which 0.001 is too large a learning rate;
# - saw what a second run of a training cell does, and why.
#
# **Where next.** You worked out the slope with pencil and paper, for one weight. In lesson 2, *Let
# PyTorch find the slope*, PyTorch does it for you, and you check whether it gets the same −30.
