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
# worth more than no guess: it shows you where to look. Where a line says `turn this knob`, change
# its number and run the cell again, as often as you like.
#
# The next cell loads NumPy and `figures`, which draws the pictures of this course. Run it.

# %%
import numpy as np

from slopewise import expect, figures, letter_of, tutor

# %% [markdown]
# ## 1 · Six measurements and one knob
#
# Here are six measurements. `y` is about twice `x`, and each is a little off, as measurements are.

# %%
x_noisy = np.array([1, 2, 3, 4, 5, 6], dtype=np.float32)
y_noisy = np.array([2.6, 3.1, 6.9, 8.4, 9.3, 13.0], dtype=np.float32)
print("x_noisy =", x_noisy)
print("y_noisy =", y_noisy)

# %% [markdown]
# `float32` means that every number is kept with about 7 digits in all, before and after the decimal
# point. Neural networks often use it because it is small and fast. Keep those 7 digits in mind;
# they come back later.
#
# Our model has one adjustable number, the **weight** `w`. It predicts `w` times `x`: a straight
# line through 0. Turn the knob until the red bars look as short as you can make them. A bar shows
# how far the line misses one measurement. Write down your best weight, with two decimals.

# %%
weight = 1.5  # turn this knob
figures.residuals(x_noisy, y_noisy, [weight], title="How far the line misses")

# %% [markdown]
# Somewhere near 2 all bars are short. But is 2.0 better than 2.1? One change makes some bars
# shorter and others longer. Here are three weights side by side. **Predict:** at which of them does
# the line pass below *every* point? Count the bars that hang down from a point. Then run.

# %%
figures.residuals(x_noisy, y_noisy, [1.5, 2.0, 2.5], title="Three weights")

# %% [markdown]
# Only the line of `w = 1.5` is below all six. At 2.0 and 2.5 some points are above the line and
# some below. No weight passes through all of them. So we need a fair way to count the bars
# together.
#
# First the model itself. In the cell below, replace the line that raises `NotImplementedError`, and
# run the cell. Then run the cell after it: it checks your function on a few inputs you can see.
# Grading tries other inputs as well. All exercises work like this.
#
# **Exercise `forward` (2 points). Return the model's prediction for every `x`, with any weight.**
#
# <details><summary>Hint 1: where to look</summary>
#
# Try `3 * x_noisy` in a cell of your own. What does NumPy do with a whole array?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# One product is enough: no loop, and no number other than those that are passed in. Do not forget
# the `return`.
#
# </details>


# %% exercise="forward"
def forward(x, w):
    """Return the prediction of the model, w times x.

    x: array of shape (n,). w: a number.
    Returns an array of shape (n,). Leaves x as it was.
    """
    ### BEGIN SOLUTION
    return w * x
    ### END SOLUTION


# %% check="forward" points=2
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import domains, observe

fw_three = np.array([2.0, -1.5, 7.0], dtype=np.float32)
fw_six = np.array([0.25, 3.0, -4.0, 8.0, 1.0, 6.5], dtype=np.float32)


def fw_input_afterwards(inputs, weight):
    forward(inputs, weight)
    return inputs


observe(
    **domains.over(
        lambda x, w: forward(x, w),
        x=domains.arrays((5,)),
        w=domains.numbers(1.7, smallest=1e-4, largest=1e4),
        absolute=1e-9,
    ),
    weight_of_another_kind=lambda: forward(fw_three, np.float32(3.25)),
    whole_weight=lambda: forward(fw_three, 3),
    input_unchanged=lambda: (forward(fw_six, 4.5), fw_input_afterwards(fw_six, 4.5)),
)
### END HIDDEN TESTS
check_x = np.array([1.5, -2.0, 5.0])


def check_input_afterwards(points):
    """Call forward and return its input, which should be what it was."""
    forward(points, 3.0)
    return points


tutor(
    "forward",
    w_is_3=expect(lambda: forward(check_x, 3.0), np.array([4.5, -6.0, 15.0])),
    w_is_a_half=expect(lambda: forward(check_x, 0.5), np.array([0.75, -1.0, 2.5])),
    w_is_minus_1_point_9=expect(lambda: forward(check_x[:2], -1.9), np.array([-2.85, 3.8])),
    w_is_0=expect(lambda: forward(check_x, 0.0), np.array([0.0, 0.0, 0.0])),
    w_is_large=expect(lambda: forward(check_x[:2], 4000.0), np.array([6000.0, -8000.0])),
    the_input_afterwards=expect(
        lambda: check_input_afterwards(check_x), np.array([1.5, -2.0, 5.0])
    ),
)
result = forward(check_x, 3.0)
assert np.shape(result) == (3,), (
    f"forward returned {result} of shape {np.shape(result)} for three points, expected (3,)."
)
assert isinstance(result, np.ndarray), (
    f"forward returned a {type(result).__name__}, expected a NumPy array."
)
assert np.allclose(result, [4.5, -6.0, 15.0]), (
    f"with w = 3, forward returned {result}, expected [4.5, -6, 15]."
)
assert np.allclose(forward(check_x, 0.5), [0.75, -1.0, 2.5]), (
    f"with w = 0.5, forward returned {forward(check_x, 0.5)}, expected [0.75, -1, 2.5]."
)
print("visible checks passed: forward")

# %% [markdown]
# ## 2 · How wrong is a weight?
#
# To calculate by head, we take four points that lie exactly on a line, `y = 2x`. You can see the
# rule. The program cannot: it has to find the 2.

# %%
x = np.array([1, 2, 3, 4], dtype=np.float32)
y = 2 * x
print("x =", x)
print("y =", y)

# %% [markdown]
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
# **Exercise `mse` (2 points). Return the mean squared error of arrays of any length, as one
# number.** `np.mean` takes the mean of an array. `float(...)` makes a plain Python number of the
# result.
#
# <details><summary>Hint 1: where to look</summary>
#
# The table has two rows that you make from `y` and `y_pred`. Below it stands what is done with the
# second one.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Differences first, then their squares (`** 2`), then one mean. All three work on whole arrays.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return float(np.mean((… - …) ** …))`
#
# </details>


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
from slopewise import domains, near, observe

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
    tiny_errors=near(lambda: mse(0 * ms_tiny, 0.002 * ms_tiny), relative=1e-3, absolute=1e-17),
    **domains.over(
        lambda errors, truth: mse(truth + 0 * errors, truth + errors),
        errors=domains.arrays((5,), smallest=1e-3, many=12),
        truth=domains.numbers(2.0, smallest=1e-2, largest=1e3),
        relative=1e-3,
        absolute=1e-11,
    ),
)
### END HIDDEN TESTS
check_y, check_pred = np.array([0.5, -2.0, 3.0]), np.array([2.0, -3.0, 3.5])
tutor(
    "mse",
    four_points=expect(lambda: mse(np.array([2.0, 4, 6, 8]), np.array([1.0, 2, 3, 4])), 7.5),
    three_points=expect(lambda: mse(check_y, check_pred), 3.5 / 3),
    errors_that_cancel=expect(lambda: mse(np.array([1.0, -1.0]), np.array([0.0, 0.0])), 1.0),
    small_errors=expect(
        lambda: mse(np.array([0.0, 0.0]), np.array([0.003, -0.001])), 5e-6, absolute=1e-10
    ),
    large_errors=expect(lambda: mse(np.array([0.0, 0.0]), np.array([5000.0, 0.0])), 1.25e7),
)
result = mse(np.array([2.0, 4.0, 6.0, 8.0]), np.array([1.0, 2.0, 3.0, 4.0]))
assert np.shape(result) == (), f"mse returned {result}, expected one number."
assert abs(result - 7.5) < 1e-3, f"for the table above, mse returned {result}, expected 7.5."
result = mse(check_y, check_pred)
assert abs(result - 3.5 / 3) < 1e-3, (
    f"for the errors 1.5, -1 and 0.5, mse returned {result}, expected 3.5 / 3 = 1.1667."
)
print("visible checks passed: mse")

# %% [markdown]
# Now the knob again, with the number beside it. **Goal:** bring the loss of the six measurements
# below 0.55. Two decimals of `weight` are enough.

# %%
weight = 1.5  # turn this knob
loss = mse(y_noisy, forward(x_noisy, weight))
print(f"w = {weight:.2f}, loss = {loss:.4f}")
print("goal, a loss below 0.55:", "reached" if loss < 0.55 else "not yet")

# %% [markdown]
# <details><summary>Which weights reach it? (open it when yours does)</summary>
#
# Only 2.05, 2.06 and 2.07. How far from them is the weight that you wrote down at the red bars?
# Your eye cannot tell such weights apart. The number can.
#
# </details>
#
# The loss never gets to 0: the noise is still there when the line is as good as a line through 0
# can be.
#
# Back to the four exact points. **Predict:** you know the loss at `w = 1`. What is it at `w = 2`?
# And is `w = 3` better or worse than `w = 1`? Then run.

# %%
for weight in [0.0, 1.0, 2.0, 3.0, 4.0]:
    print(f"w = {weight:.3f}, loss = {mse(y, forward(x, weight)):.8f}")

# %% [markdown]
# At `w = 2` every prediction is right, so the loss is 0. `w = 1` and `w = 3` miss by the same
# amount on opposite sides. Ask for the loss at every weight and you get a valley: high on both
# sides, with its floor at `w = 2`. A curve of this shape is called a **parabola**.

# %%
figures.loss_of_weight(x, y, (-1.0, 5.0), title="The loss of each weight")

# %% [markdown]
# You have just tried weights and kept the best. With one weight that works. With a million weights
# it does not. So we ask a smaller question: *standing at one weight, which way is down?*

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
# loss changes per unit of `w`, for a very small change of `w`. They write it $dJ/dw$, and read that
# as one sign: the slope of the loss $J$ with respect to $w$. With many weights there is one such
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
# 1. The error, prediction less truth, is −6. When `w` grows by 1, the error grows by `x` = 3.
# 2. The point's loss is the error squared. When a number `e` changes a little, `e²` changes `2e`
#    times as much. (From 5 to 5.001, the square goes from 25 to 25.010001: about 10 times 0.001.)
# 3. So when `w` changes a little, the error changes 3 times as much, and the loss 2 · (−6) times as
#    much as the error. Together: 2 · (−6) · 3 = −36.
#
# **Predict:** on paper, take the same three steps for the other points at `w = 0`, and fill in the
# last row.
#
# | x | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|
# | prediction − truth | −2 | −4 | −6 | −8 |
# | slope of this point's loss | ? | ? | −36 | ? |
#
# The loss is a mean over the points. So its slope is the mean of their slopes: take the mean of
# your row, too. The tiny step has already told you about what it should be.
#
# **Exercise `gradient` (4 points). Return the slope of the loss, for any points and any
# predictions.** What you did on paper with numbers, the function does with names.
#
# <details><summary>Hint 1: where to look</summary>
#
# Each entry of the last row is a product of three things. Two of them stand in the rows above it;
# the third comes from step 2.
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
    """Return dJ/dw, the slope of the mean squared error with respect to w, as a float.

    x, y, y_pred: arrays of shape (n,): inputs, truth, and the prediction w * x.
    """
    ### BEGIN SOLUTION
    return float(np.mean(2 * x * (y_pred - y)))
    ### END SOLUTION


# %% check="gradient" points=4
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import domains, near, observe

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
    # A slope without its sign leads away from the floor as often as to it: this counts for more.
    both_sides_of_the_floor=near(
        lambda: {
            "the weight too small": gradient(gr_three, 2.5 * gr_three, 1.75 * gr_three),
            "the weight too large": gradient(gr_three, 2.5 * gr_three, 3.5 * gr_three),
        },
        weight=22,
    ),
    seven_points=lambda: gradient(gr_seven, 3.3 * gr_seven, 0.4 * gr_seven),
    last_point_is_right=lambda: gradient(
        gr_ends_right, gr_ends_right, gr_ends_right + np.array([1.0, -4.0, 0.0], dtype=np.float32)
    ),
    one_point=lambda: gradient(gr_five[3:4], gr_five_truth[3:4], gr_five_guess[3:4] - 9),
    **domains.over(
        lambda x, w: gradient(x, 4 * x - 1, w * x),
        x=domains.arrays((5,), smallest=1e-3),
        w=domains.numbers(0.7, largest=1e4),
        relative=1e-3,
        absolute=1e-9,
    ),
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
    far_away=expect(lambda: gradient(check_three, check_truth, -3e4 * check_three), -314999 / 3),
    nearly_there=expect(
        lambda: gradient(check_three / 1000, check_truth, check_truth + 0.01),
        -1e-5 / 3,
        absolute=1e-10,
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
# **Predict** the sign at `w = 3`, and the value at `w = 2`. The valley in the picture has the
# answers. Then run.

# %%
for weight in [0.0, 1.0, 2.0, 3.0]:
    print(f"w = {weight:.3f}, gradient = {gradient(x, y, forward(x, weight)):.3f}")

# %% [markdown]
# At `w = 3` the slope is positive: go left. At `w = 2` it is 0: you stand on the floor. Every point
# is hit there, so every point's own slope is 0.
#
# And the six noisy measurements? The best weight for them is near 2.06. **Predict:** are their six
# slopes all 0 there? Then run. Each is your `gradient` of one point alone.


# %%
def slopes_of_points(x, y, w):
    """The slope of each point's own loss."""
    return [gradient(x[k : k + 1], y[k : k + 1], w * x[k : k + 1]) for k in range(len(x))]


for weight in [1.5, 2.06, 2.5]:
    slopes = slopes_of_points(x_noisy, y_noisy, weight)
    print(f"w = {weight:.2f}:", ", ".join(f"{slope:.1f}" for slope in slopes), end="; ")
    print(f"mean {np.mean(slopes):.1f}")

# %% [markdown]
# A negative slope says "larger `w`", a positive one "smaller `w`". At 1.5 all six say "larger". At
# 2.5 five of six say "smaller". At 2.06 four pull one way and two the other, each for its own sake,
# and the pulls **balance**: their mean is nearly 0. That is what the floor of a valley is when no
# weight suits every point. (It shows as `-0.0`: a negative number too small for one decimal.)
#
# <details><summary>The slope in mathematicians' signs (open it when your check passes)</summary>
#
# $$\frac{dJ}{dw} = \frac{1}{N}\sum_i 2\,x_i\,(\hat{y}_i - y_i)$$
#
# $\sum_i$ means "add up over all points", $\hat{y}$ is `y_pred`, $N$ is the number of points. Some
# books put a ½ before the squares, so that the 2 goes. This course does not.
#
# </details>
#
# ## 4 · Do not trust your algebra: check it
#
# A slope can also be measured, for any function `f`, without algebra. Go a step `h` to the right of
# `w`, and a step `h` to the left. How much does `f` differ between the two places, and how far are
# they apart? Take `f(w) = w³` at `w = 1`, where the true slope is 3, with a large `h = 0.1`:
#
# | place | 0.9 | 1 | 1.1 |
# |---|---|---|---|
# | `f` there | 0.729 | 1 | 1.331 |
#
# **Predict:** from 1 to 1.1 the slope comes out as 0.331 / 0.1 = 3.31. What do you get from 0.9
# to 1.1? Is it nearer to 3? Then run.

# %%
print(f"one side:  {(1.331 - 1) / 0.1:.2f}")
print(f"two sides: {(1.331 - 0.729) / 0.2:.2f}")

# %% [markdown]
# The step to the right saw only the steeper side of the curve. With both sides, most of the bend
# cancels: 0.602 / 0.2 = 3.01. This is the **central difference**.
#
# **Exercise `numerical_gradient` (3 points). Return the central difference of any function of one
# number, not just of our loss.** `1e-4` is Python's way to write 10⁻⁴, that is 0.0001: the step
# where nobody passes another.
#
# <details><summary>Hint 1: where to look</summary>
#
# Write the 0.602 and the 0.2 once more, with `f`, `w` and `h` in place of the numbers.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Ask `f` at two places, `h` away from `w` to either side. Divide how much it differs by how far
# the places are apart, which is not `h`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return (f(…) - f(…)) / (…)`. The brackets around the last part matter: Python reads `8 / 2 * 4`
# from left to right.
#
# </details>


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
from slopewise import domains, near, observe

observe(
    cube_with_a_wide_step=lambda: numerical_gradient(lambda w: w**3, 1.7, h=0.5),
    falling_sine=near(lambda: numerical_gradient(math.sin, 2.4, h=0.3), weight=7),
    corner_between_the_two_steps=lambda: numerical_gradient(abs, 0.4, h=1.0),
    step_of_its_own=lambda: numerical_gradient(abs, 0.00003),
    steep_curve=lambda: numerical_gradient(lambda w: math.exp(20 * w), 0.15),
    small_slope_on_a_large_value=lambda: numerical_gradient(lambda w: 1000 - 0.37 * w, 2.1),
    very_steep_line=lambda: numerical_gradient(lambda w: 7e6 * w + 3, 0.6),
    nearly_level_line=near(
        lambda: numerical_gradient(lambda w: 0.0004 * w, -1.2), relative=1e-3, absolute=1e-9
    ),
    whole_numbers=lambda: numerical_gradient(lambda w: w * w + 3 * w, 2, h=1),
    **domains.over(
        lambda w, h: numerical_gradient(lambda place: place**3 - 2 * place, w, h),
        w=domains.numbers(0.8, smallest=1e-3, largest=1e3),
        h=domains.numbers(0.25, smallest=1e-3, largest=100, negative=False).without("zero"),
    ),
)
### END HIDDEN TESTS
tutor(
    "numerical_gradient",
    square=expect(lambda: numerical_gradient(lambda w: w**2, 3.0, h=0.25), 6.0),
    cube=expect(lambda: numerical_gradient(lambda w: w**3, 1.0, h=0.25), 3.0625),
    line_on_a_hill=expect(lambda: numerical_gradient(lambda w: 1000 + 2 * w, -1.0), 2.0),
    steep_line=expect(lambda: numerical_gradient(lambda w: 4e6 * w, 0.0), 4e6),
    gentle_slope=expect(lambda: numerical_gradient(lambda w: 1 - 0.003 * w, 0.0), -0.003),
    corner=expect(lambda: numerical_gradient(abs, 0.00005), 0.5),
)
result = numerical_gradient(lambda w: w**2, 3.0, h=0.25)
assert np.shape(result) == (), f"numerical_gradient returned {result}, expected one number."
assert abs(result - 6) < 1e-6, (
    f"for w**2 at 3, with h = 0.25, numerical_gradient returned {result}, expected 6."
)
result = numerical_gradient(lambda w: w**3, 1.0, h=0.25)
assert abs(result - 3.0625) < 1e-6, (
    f"for w**3 at 1, with h = 0.25, numerical_gradient returned {result}, expected 3.0625."
)
result = numerical_gradient(lambda w: 1000 + 2 * w, -1.0)
assert abs(result - 2) < 1e-6, (
    f"for 1000 + 2 * w, with h not given, numerical_gradient returned {result}, expected 2."
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
# Two ways that share no algebra give the same number, to every digit shown. That is strong evidence
# that the formula is right.
#
# Why `float64`? Try both. **Predict:** in `float32`, does a smaller `h` make the measurement
# better? Remember the 7 digits. Then run.

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
# (On a parabola the bend cancels entirely. So all the error in the picture is rounding, and the
# largest `h` is the best. On w³ a large `h` was off by itself: 3.01. For a curve whose shape you do
# not know, take an `h` in between. That is why yours is 10⁻⁴ unless another is given.)
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

# %% [markdown]
# The second step is shorter than the first, 0.255 after 0.3, with the same learning rate. To see
# why, here are three updates with a larger rate, 0.03. Each starts at a tangent. The red arrow is
# the step: rate times slope, in the direction in which the tangent falls.

# %%
walk = [0.0]
for _ in range(3):
    walk.append(walk[-1] - 0.03 * gradient(x64, y64, forward(x64, walk[-1])))
figures.updates(x, y, walk, title="Three updates, rate 0.03")

# %% [markdown]
# The valley flattens towards its floor, so the tangents lie flatter and the arrows get shorter, all
# by themselves. By how much? **Predict:** the slope was −30 at `w = 0`, where 2 is 2 units away,
# and −25.5 at 0.3, where 2 is 1.7 away. Divide slope by distance, twice. What will the cell print
# at the other weights?

# %%
for weight in [0.0, 0.3, 1.0, 1.9, 3.0]:
    slope = gradient(x64, y64, forward(x64, weight))
    print(f"w = {weight:.1f}: slope {slope:.2f}, slope / (w - 2) = {slope / (weight - 2):.2f}")

# %% [markdown]
# Always 15: on these points, slope = 15 · (w − 2). (Each point's slope is 2x times its error x · (w
# − 2), and the mean of 2x² is 2 · (1 + 4 + 9 + 16) / 4 = 15.) So with a rate of 0.01 an update
# takes 0.01 · 15 = 0.15 of the distance away, and 0.85 of it is left: 2, then 1.7, then 1.445.
#
# Training is that update, again and again. One pass over the data is called an **epoch**. Here
# each update looks at all the points, so in this course an epoch is exactly one update.
#
# **Exercise `train` (5 points). Write the training loop: in each epoch predict, note the loss,
# update `w`, in that order.** So `losses[k]` is the loss *before* update number `k`, counted from
# 0. Use the `gradient` that is passed in: call it as `gradient(x, y, y_pred)`. For the prediction
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
from slopewise import domains, lend, near, observe

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


def tr_call(*arguments, **named):
    with lend(forward=tr_lent_forward, mse=tr_lent_mse):
        return train(*arguments, **named)


def tr_run(*arguments, **named):
    back = tr_call(*arguments, **named)
    if isinstance(back, tuple | list) and len(back) == 2 and hasattr(back[1], "__iter__"):
        return {"the weight": back[0], "losses": list(back[1])}
    return back


def tr_long_run(n_epochs):
    # How early a run gives up is of no interest, so that one message fits all that do.
    weight, losses = tr_call(tr_five, 4 * tr_five, tr_gap, 0.5, n_epochs)
    return round(float(weight)), len(losses) == n_epochs


def tr_run_away(n_epochs):
    weight, losses = tr_call(tr_five, 4 * tr_five, tr_gap, 3.0, n_epochs)
    return float(weight) > 1e9, len(losses) == n_epochs


def tr_weight_after_steep_steps():
    return round(float(tr_call(tr_five, 4 * tr_five, tr_steep, 1e-6, 2, w=0.5)[0]), 2)


def tr_inputs_afterwards(inputs, truth):
    tr_call(inputs, truth, tr_gap, 0.3, 2)
    return inputs, truth


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
    very_many_epochs=lambda: tr_long_run(400),
    weight_runs_away=lambda: tr_run_away(40),
    nearly_there=near(
        lambda: tr_run(tr_five, 4 * tr_five, tr_gap, 0.5, 3, w=4.003),
        relative=5e-3,
        absolute=1e-8,
    ),
    whole_start=lambda: tr_run(tr_five, 4 * tr_five, tr_gap, 0.25, 2, w=2),
    inputs_unchanged=lambda: tr_inputs_afterwards(tr_five, 4 * tr_five),
    **domains.over(
        lambda learning_rate, w, n_epochs: tr_run(
            tr_five, 4 * tr_five, tr_gap, learning_rate, n_epochs, w=w
        ),
        learning_rate=domains.numbers(0.3, smallest=1e-4, largest=100, negative=False),
        w=domains.numbers(-1.5, smallest=1e-3),
        n_epochs=domains.values(three=3, one=1),
        relative=1e-3,
    ),
)
### END HIDDEN TESTS


check_x, check_y = np.array([1.0, 2.0, -1.0]), np.array([3.0, 1.0, 2.0])


def pretend_gradient(x, y, y_pred):
    """A pretend gradient, so that this check does not need yours. It has its zero at w = 6."""
    return float(x[1] * (y_pred[0] - 2 * y[0]))


def pretend_there(x, y, y_pred):
    """Another one, which has its zero where x and y agree."""
    return float(y_pred[0] - y[0])


def check_run(*arguments, **named):
    """Call train; both results by their names, the losses in a list or an array."""
    result = train(*arguments, **named)
    if isinstance(result, tuple | list) and len(result) == 2 and hasattr(result[1], "__len__"):
        return {"the weight": result[0], "losses": list(result[1])}
    return result


def check_both(weight, losses):
    return {"the weight": weight, "losses": losses}


tutor(
    "train",
    three_epochs=expect(
        lambda: check_run(check_x, check_y, pretend_gradient, 0.1, 3),
        check_both(2.928, [4.666667, 5.146667, 9.677867]),
    ),
    start_given=expect(
        lambda: check_run(check_x, check_y, pretend_gradient, 0.05, 2, w=2.0),
        check_both(2.76, [8.666667, 11.386667]),
    ),
    no_epochs=expect(
        lambda: check_run(check_x, check_y, pretend_gradient, 0.1, 0, w=1.5), check_both(1.5, [])
    ),
    steep_slope=expect(
        lambda: check_run(check_x, check_y, lambda x, y, y_pred: -4e4, 1e-3, 2),
        check_both(80.0, [4.666667, 3124.666667]),
    ),
    nearly_there=expect(
        lambda: check_run(check_x, check_x, pretend_there, 0.5, 2, w=1.02),
        check_both(1.005, [0.0008, 0.0002]),
    ),
    rate_is_0=expect(
        lambda: check_run(check_x, check_y, pretend_gradient, 0.0, 1), check_both(0.0, [4.666667])
    ),
)
result = train(check_x, check_y, pretend_gradient, 0.1, 3)
assert isinstance(result, tuple | list), f"train returned {result}, expected return w, losses"
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
# print a line. Each line shows `w` *after* the update, and the loss from *before* it. Run this
# cell; there is nothing to fill in.


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
# decimal after 20 epochs? (What is left of the distance is 0.85 · 0.85 · …, twenty times.) Then
# run. To keep it short, every fifth epoch is printed; the appendix has all of them.

# %%
w_mean_20 = print_run("mean gradient, rate 0.01", train, x, y, gradient, 0.01, 20, every=5)
print(f"f(5) after 20 epochs = {5 * w_mean_20:.3f}")

# %% [markdown]
# Close, but not there: about 4 % of the distance is left. **Predict** f(5) after 100 epochs, then
# run.

# %%
w_mean_100, losses_mean = train(x, y, gradient, 0.01, 100)
print(f"f(5) after 100 epochs = {5 * w_mean_100:.3f}")
figures.loss_curves({"mean gradient, rate 0.01": losses_mean}, log=True, title="The loss falls")

# %% [markdown]
# The loss axis is logarithmic. On it, losing the same share in each epoch is a straight line. At
# the right end the loss is so small that the rounding of `float32` shows.
#
# 100 epochs need patience. Can you do better? **Goal:** a loss below 10⁻⁶ after at most 15 updates,
# from `w = 0`. Turn the knob.

# %%
my_rate = 0.01  # turn this knob
w_mine, losses_mine = train(x, y, gradient, my_rate, 15)
loss_mine = mse(y, forward(x, w_mine))
print(f"rate {my_rate}: w = {w_mine:.3f}, loss = {loss_mine:.6f}")
print("goal, a loss below 10⁻⁶ after 15 updates:", "reached" if loss_mine < 1e-6 else "not yet")

# %% [markdown]
# <details><summary>Which rates reach it? (open it when yours does)</summary>
#
# Rates from 0.03 to 0.1 all do. An update leaves `1 − 15 · rate` of the distance: 0.55 of it with
# 0.03, and nearly nothing with 1/15 = 0.0667. Beyond that the weight jumps over 2. With 0.1 it
# lands on the other side, at half the distance, and that is as good. With 0.14 it lands farther
# away than it was. Lesson 3 takes this apart.
#
# </details>
#
# Nothing in your loop knows about the number 2. Change the data to `y = 5x`. **Predict:** what is
# the gradient at `w = 0` now, and where does `w` end? (How far away is the floor of the valley now,
# and what did slope / distance give?) Then run.

# %%
y_five = 5 * x
print(f"gradient at w = 0: {gradient(x, y_five, forward(x, 0.0)):.3f}")
w_five, _ = train(x, y_five, gradient, 0.01, 100)
print(f"after 100 epochs on y = 5x: w = {w_five:.3f}")

# %% [markdown]
# The distance is 5, so the slope is −75; the 15 belongs to `x` alone, and `x` is as it was.
#
# **Your turn.** Now train on the six measurements, `x_noisy` and `y_noisy`, from `w = 0`. You do
# not know how many epochs that takes. So write a loop of your own, in about six lines: train for
# one epoch at a time, from where you stopped, until the slope is between −0.001 and 0.001. Count
# the epochs. At the end print them, the weight, the loss, and the six slopes (`slopes_of_points`).
# Call the weight `w_noisy`. The cell after it measures whether you are there.

# %%
w_noisy = 0.0
# your lines

# %%
slope_noisy = gradient(x_noisy, y_noisy, forward(x_noisy, w_noisy))
print(f"w = {w_noisy:.3f}, slope {slope_noisy:.4f}")
print("goal, a slope within 0.001 of 0:", "reached" if abs(slope_noisy) < 0.001 else "not yet")

# %% [markdown]
# <details><summary>One way to write it, and what comes out</summary>
#
# ```python
# n_noisy = 0
# while abs(gradient(x_noisy, y_noisy, forward(x_noisy, w_noisy))) > 0.001:
#     w_noisy, _ = train(x_noisy, y_noisy, gradient, 0.01, 1, w_noisy)
#     n_noisy = n_noisy + 1
# print(n_noisy, w_noisy, mse(y_noisy, forward(x_noisy, w_noisy)))
# print(slopes_of_points(x_noisy, y_noisy, w_noisy))
# ```
#
# It stops after 31 epochs, at a weight near 2.06 and a loss of 0.548: what the knob found, too. The
# loss stays above 0, and no point's slope is 0, but their mean is. If yours never stops, the rate
# is too large: interrupt it (the ■ button) and take a smaller one.
#
# </details>
#
# ## 6 · The famous line
#
# Many programs compute the gradient of this very example like this. Of twenty public ones with a
# function `gradient(x, y, y_pred)` that a search found, fourteen hold this line, or the same in
# PyTorch. Four take the mean.


# %%
def summed_gradient(x, y, y_pred):
    """The tutorial line."""
    return np.dot(2 * x, y_pred - y).mean()


# %% [markdown]
# It says `mean`, so it looks like your formula. `np.dot` of two rows of numbers multiplies them
# element by element and adds up the products.
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
# Train with it, at the same learning rate. **Predict:** is it slower, faster or broken? An update
# is 4 times as long now; what is left of the distance? Then run.

# %%
w_summed_20 = print_run(
    "summed gradient, rate 0.01", train, x, y, summed_gradient, 0.01, 20, every=5,
    with_gradient=True,
)  # fmt: skip
print(f"f(5) after 20 epochs = {5 * w_summed_20:.3f}")

# %% [markdown]
# 10.000 after 20 epochs, where the mean gradient had 9.612: an update takes 4 · 0.15 = 0.6 of the
# distance, and leaves 0.4 of it in place of 0.85. It looks like a better gradient. Before you
# believe that, look at one update: 0.01 · (−120) = −1.2. Which learning rate would take the mean
# gradient, −30, to the same −1.2?
#
# **Exercise `effective_learning_rate` (2 points). Return that rate, for any learning rate and any
# number of samples.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The two steps are equal: one rate times −120, the other times −30. What is the other rate for
# four samples?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The sum is as many times the mean as there are samples. What the gradient lacks, its rate has to
# make good.
#
# </details>


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
from slopewise import domains, observe

observe(
    **domains.over(
        lambda learning_rate, n_samples: effective_learning_rate(learning_rate, n_samples),
        learning_rate=domains.numbers(0.013, smallest=1e-6, largest=1e3, negative=False),
        n_samples=domains.counts(7, longest=5000, zero=False),
        absolute=1e-12,
    ),
    many_samples=lambda: effective_learning_rate(0.0004, 350),
    three_samples_large_rate=lambda: effective_learning_rate(1.9, 3),
    eleven_samples=lambda: effective_learning_rate(0.05, 11),
)
### END HIDDEN TESTS
tutor(
    "effective_learning_rate",
    four_samples=expect(lambda: effective_learning_rate(0.01, 4), 0.04),
    two_samples=expect(lambda: effective_learning_rate(0.75, 2), 1.5),
    small_rate=expect(lambda: effective_learning_rate(0.0002, 3), 0.0006, absolute=1e-9),
)
result = effective_learning_rate(0.01, 4)
assert np.shape(result) == (), f"effective_learning_rate returned {result}, expected one number."
assert abs(0.01 * (-120) - result * (-30)) < 1e-6, (
    f"effective_learning_rate(0.01, 4) returned {result}: with the mean gradient, -30, "
    f"the step is {result * (-30)}, expected 0.01 * (-120) = -1.2."
)
result = effective_learning_rate(0.75, 2)
assert abs(result - 1.5) < 1e-9, (
    f"effective_learning_rate(0.75, 2) returned {result}, expected 1.5."
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
print("the first two paths agree to 0.00001:", same)

figures.paths(weights, target=2.0, title="Two names for the same walk")

# %% [markdown]
# Neither is ahead. Two of the three curves lie on top of each other and reach 2 early; the third is
# still on its way. The famous line has no better gradient. It has a learning rate of 0.04 and says
# 0.01.
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
    print(f"copies of each: {copies}; gradient summed {summed:.0f}, mean {mean:.0f};", end=" ")
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

# %% [markdown]
# ## 7 · Ten times larger
#
# New data: `x` = 10, 20, 30, 40, 50, and still `y = 2x`. The answer is still 2.
#
# **Predict:** does a learning rate of 0.001, ten times *smaller* than before, work here? (The 15
# was the mean of 2x². What becomes of it when every `x` is about ten times larger?) Then run.

# %%
x10 = np.array([10, 20, 30, 40, 50], dtype=np.float32)
y10 = 2 * x10
w_too_fast = print_run("x10 data, rate 0.001", train, x10, y10, gradient, 0.001, 6)

# %% [markdown]
# Every update jumps over 2 and lands farther away on the other side. The loss grows with every
# update. `x` is squared in the 15, so what stands in its place here is more than a hundred times
# larger, and a rate that is only ten times smaller cannot make up for that. So turn it down.
#
# **Goal:** after 6 epochs the weight is within 0.01 of 2. Which rate does it?

# %%
my_rate10 = 0.0001  # turn this knob
w_10, losses_10 = train(x10, y10, gradient, my_rate10, 6)
print(f"rate {my_rate10}: w = {w_10:.3f}")
print("goal, within 0.01 of 2 after 6 epochs:", "reached" if abs(w_10 - 2) < 0.01 else "not yet")

# %% [markdown]
# <details><summary>Which rates reach it? (open it when yours does)</summary>
#
# 0.0003 does it, and so do rates up to about 0.0006.
#
# </details>
#
# The rate 0.01, which was fine on the small data, is hopeless here. Where exactly is the border,
# and can you know it beforehand? Lesson 5 answers that.

# %% [markdown]
# ## 8 · Running a cell again
#
# One more trap belongs to notebooks, not to gradients. The Python that runs behind a notebook is
# called the *kernel*. Say you set the weight in one cell.

# %%
w = 0.0

# %% [markdown]
# You train in the next, with the famous line, and print every second epoch.


# %%
def summed_as_float(x, y, y_pred):
    """The tutorial line, as a Python float."""
    return float(np.dot(2 * x, y_pred - y).mean())


w = print_run("first run", train, x, y, summed_as_float, 0.01, 20, w=w, every=2)

# %% [markdown]
# Now you press run on the training cell once more. The cell below holds the same call; only the
# heading differs.
#
# **Predict:** what is the loss in epoch 1? Then run.

# %%
w = print_run("second run", train, x, y, summed_as_float, 0.01, 20, w=w, every=2)

# %% [markdown]
# **Exercise `resumed` (2 points). Why does the second run begin at `w` ≈ 2?**
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
assert letter_of(resumed) in ("a", "b", "c", "d"), (
    f'resumed is {resumed!r}, expected one of the letters "a", "b", "c", "d", in quotes.'
)
print("visible checks passed: an answer is there (whether it is right, grading tells)")

# %% [markdown]
# If you are not sure, try it: run the cell with `w = 0.0` again, and then either training cell.
# *Restart the kernel* in the menu makes Python forget everything, and you begin anew.
#
# ## In this lesson you…
#
# - turned a knob until a line fitted, and then let a number judge it: the loss;
# - found the slope of the loss, `mean(2 * x * (y_pred - y))`, and checked it against a central
#   difference in `float64`;
# - saw that at the best weight for noisy points their slopes balance, and the loss is not 0;
# - wrote the training loop: predict, note the loss, step against the slope;
# - saw through `np.dot(...).mean()`: a sum, which is the mean gradient at N times the learning
#   rate;
# - met data for which 0.001 is too large a learning rate;
# - saw what a second run of a training cell does, and why.
#
# **Where next.** You worked out the slope with pencil and paper, for one weight. In lesson 2, *Let
# PyTorch find the slope*, PyTorch does it for you, and you check whether it gets the same −30.

# %% [markdown]
# ## Appendix: the last digits
#
# You do not need this section to go on. Here are the runs above in full, to be laid beside runs on
# other machines, and why their last digits may differ. First the mean gradient.

# %%
w = print_run("mean gradient, rate 0.01", train, x, y, gradient, 0.01, 20)

# %% [markdown]
# The summed gradient, as the famous line returns it. (`-0.000` is a negative number too small for
# three decimals.)

# %%
w = print_run(
    "summed gradient, rate 0.01", train, x, y, summed_gradient, 0.01, 20, with_gradient=True
)

# %% [markdown]
# And once more, wrapped in `float()`. **Predict:** will all eight decimals of the loss be the same?
# Then run, and compare epoch 2.

# %%
w = print_run("summed gradient as a Python float", train, x, y, summed_as_float, 0.01, 10)

# %% [markdown]
# In exact arithmetic, the loss in epoch 2 is 4.8. Both runs print it right to about 7 digits, and
# then their digits part. Neither is more right than the other.
#
# The tutorial line returns a NumPy `float32`. Then `learning_rate * gradient` and `w` become
# `float32` too, and are rounded to 7 digits at each update. A Python `float` has 16 digits, so
# with `float()` around it, `w` is rounded later, when it meets `x`. If your `train`
# converts the gradient to a `float` itself, both runs print the same digits. That is just as right.
#
# Now the ×10 data with a rate of 0.0003. Here each line belongs to one moment: it shows `w`, loss
# and gradient all from *before* the update, and the epochs are counted from 0. The five points are
# listed with the last one first.

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
# Why that order? **Predict:** a mean does not care about the order of the points. Does a computer?
# Then run.

# %%
print(f"in order:   gradient = {gradient(x10, y10, forward(x10, 1.32)):.5f}")
print(
    f"last first: gradient = {gradient(x10_last_first, y10_last_first, 1.32 * x10_last_first):.5f}"
)

# %% [markdown]
# Each addition is rounded to `float32`, so the order may show in the eighth digit. (If your
# `gradient` adds in another way, your last digits may differ from ours, or agree.) It changes
# nothing that matters here. But remember it when two machines run the same code and print different
# last digits.
