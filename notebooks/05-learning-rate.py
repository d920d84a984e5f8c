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
# # How far may one step go? The ×10 data
#
# *Aim: compute from the data alone how large a learning rate may be, and change the data when
# that limit makes training slow.*
#
# **About 90 minutes.**
#
# You will be able to
#
# - say for a given learning rate whether training will arrive, overshoot or blow up;
# - compute the largest and the best rate from the inputs `x`;
# - carry a rate over to data in other units;
# - explain why a bias can crawl while its weight has long settled;
# - standardise inputs, and say what that does to the shape of the loss.
#
# **Before you start.** You need lessons 1 (the gradient by hand), 3 (the parabola and its factor
# 1 − 2 · rate) and 4 (weight and bias). From NumPy you need arrays and `np.mean`. What we need from
# calculus is explained here.
#
# One *epoch* is one pass over the data. Here the whole data set is used at once, so one epoch is
# exactly one update. *Rate* is short for learning rate.
#
# In lesson 1 the ×10 data learned with a rate of 0.0003 and blew up with 0.001. In lesson 4 the
# weight settled within ten epochs and the bias crawled. Both come from how sharply the loss bends,
# and you can work that out before you train.

# %%
import math

import numpy as np
import torch

from slopewise import figures

x = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
y = 2 * x
print("x =", x)
print("y =", y)

# %% [markdown]
# ## 1 · Where does a run end?
#
# To compare rates, we want one number for each: the loss *after* training.
#
# The model is `w * x`, without a bias. It starts at `w = 0`. After `n_epochs` updates you measure
# the mean squared error once more. With `n_epochs = 0` that is the loss at the start. The slope for
# each update is the one of lesson 1, the mean of 2 · x · (w · x − y).
#
# A run that blows up ends in `inf` (too large for a number) or in `nan` (not a number, for
# instance infinity minus infinity). Report both as `math.inf`. `math.isfinite(value)` is `False`
# for both of them.
#
# You wrote the loop in lesson 1. NumPy may warn about an overflow while you test. A `with` block
# around your loop, `with np.errstate(over="ignore", invalid="ignore"):`, keeps it quiet.
#
# **Exercise `final_loss` (3 points).**


# %% exercise="final_loss"
def final_loss(x, y, learning_rate, n_epochs):
    """Return the mean squared error of w * x after n_epochs updates from w = 0.

    x, y: arrays of shape (n,). learning_rate: float. n_epochs: int, 0 or more.
    Returns a float; math.inf where the loss is not finite.
    """
    ### BEGIN SOLUTION
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf
    ### END SOLUTION


# %% check="final_loss" points=3
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import near, observe

inputs_a = np.array([2.0, 3.0, 7.0])
targets_a = np.array([1.0, 5.0, 4.0])
inputs_b = np.array([0.5, -1.5, 2.0, 3.0, 1.0, -0.5], dtype=np.float32)
targets_b = np.array([-1.0, 4.0, -7.0, -8.5, -3.0, 2.0], dtype=np.float32)
inputs_c = np.array([1.0, -2.0, 1.5, 3.0])
targets_c = np.array([2e-7, -5e-7, 1e-7, 6e-7])
inputs_d = np.array([200000.0, 300000.0, -150000.0, 50000.0])
targets_d = np.array([3.0, 7.0, -2.0, 4.0])
observe(
    no_epochs=lambda: final_loss(inputs_a, targets_a, 0.01, 0),
    one_epoch=lambda: final_loss(inputs_a, targets_a, 0.013, 1),
    three_epochs=near(lambda: final_loss(inputs_a, targets_a, 0.007, 3), relative=1e-3),
    float32_data=near(lambda: final_loss(inputs_b, targets_b, 0.09, 4), relative=1e-3),
    large_but_finite=near(lambda: final_loss(inputs_a, targets_a, 0.06, 6), relative=1e-3),
    blown_up=lambda: final_loss(inputs_a, targets_a, 1.5, 3000),
    very_large_but_finite=near(lambda: final_loss(inputs_a, targets_a, 0.5, 12), relative=1e-3),
    blown_up_in_the_last_square=lambda: final_loss(inputs_a, targets_a, 1.5, 100),
    very_small=near(
        lambda: final_loss(inputs_c, targets_c, 0.05, 2), relative=1e-3, absolute=1e-30
    ),
    large_inputs=near(lambda: final_loss(inputs_d, targets_d, 2e-12, 4), relative=1e-3),
    data_afterwards=near(
        lambda: (final_loss(inputs_a, targets_a, 0.004, 2), inputs_a, targets_a), relative=1e-3
    ),
)
### END HIDDEN TESTS
two, double = np.array([1.0, 2.0]), np.array([2.0, 4.0])

at_start = final_loss(two, double, 0.1, 0)
assert at_start is not None, "final_loss returned None: did you forget a return?"
assert abs(at_start - 20) > 1e-3, "with no epoch you returned 20: did you sum, not average?"
assert abs(at_start - 10) < 1e-3, (
    f"with n_epochs = 0 the loss is that of w = 0, here 10, but you returned {at_start}"
)
after_one = final_loss(two, double, 0.1, 1)
assert abs(after_one - 10) > 1e-3, (
    "after one epoch you still returned 10, the loss before the update: measure once more at "
    "the end"
)
assert abs(after_one - 2.5) < 1e-3, (
    f"after one epoch at rate 0.1 the loss should be 2.5, but you returned {after_one}: "
    "is the gradient the mean of 2 x (w x - y)?"
)
overflow = final_loss(10 * two, 10 * double, 1.0, 1000)
assert overflow == math.inf, f"a run that blows up should give math.inf, but gave {overflow}"
print("visible checks passed for final_loss")

# %% [markdown]
# **Predict:** rate 0.0003 and rate 0.001, 20 epochs each, from a loss of 4400 at w = 0. What will
# the two final losses be, roughly? Then run.

# %%
print(f"rate 0.0003: final loss = {final_loss(x, y, 0.0003, 20):.4g}")
print(f"rate 0.001:  final loss = {final_loss(x, y, 0.001, 20):.4g}")

# %% [markdown]
# (`e-16` means: the decimal point 16 places further left; `e+06`: 6 places further right.)
#
# Perhaps 0.001 is only slow and needs more time?
#
# **Predict:** does the loss at rate 0.001 come down again with more epochs? Then run.

# %%
for n_epochs in (20, 100, 1000, 5000):
    print(f"rate 0.001, {n_epochs} epochs: final loss = {final_loss(x, y, 0.001, n_epochs):.4g}")

# %% [markdown]
# Every further epoch makes it worse. **More epochs cannot rescue a rate that is too large.**
#
# The next picture has a *log axis*. There the way from 1 to 100 is as long as the way from 100 to
# 10000: the same length up always means the same factor. So a number that is multiplied by the same
# factor in every epoch draws a straight line.
#
# **Predict:** which of the three rates below draw a straight line? Then run.

# %%
figures.loss_curves(
    {
        f"rate {rate}": [final_loss(x, y, rate, n) for n in range(16)]
        for rate in (0.0001, 0.0003, 0.001)
    },
    log=True,
    title="The ×10 data: loss after each epoch",
)

# %% [markdown]
# Three straight lines. Two fall, 0.0003 much faster than 0.0001, and the one for 0.001 rises. So
# each rate has a factor of its own, and it does not change during the run. Where does it come from?
#
# ## 2 · Read the factor in a log
#
# Here is the run at 0.0003 from lesson 1 once more, line by line. The gradient is computed by
# hand; the data are PyTorch tensors, so that the arithmetic is float32.
#
# **Predict:** divide the gradient of each epoch by the one before. Will the ratio change along the
# way? Run the log, try it on two or three lines, and then run the cell after it.

# %%
x_tensor = torch.tensor([10.0, 20.0, 30.0, 40.0, 50.0])
y_tensor = 2 * x_tensor
w = 0.0
gradients = []
print("one weight, learning rate 0.0003, 20 epochs")
for epoch in range(20):
    error = w * x_tensor - y_tensor
    loss = (error**2).mean().item()
    gradient = (2 * x_tensor * error).mean().item()
    print(f"epoch {epoch}: w = {w:.5f}, loss = {loss:.5f}, gradient = {gradient:.5f}")
    w = w - 0.0003 * gradient
    gradients.append(gradient)

# %%
for epoch in range(1, 9):
    ratio = gradients[epoch] / gradients[epoch - 1]
    print(f"epoch {epoch}: gradient / gradient before = {ratio:.4f}")

# %% [markdown]
# The factor is 0.34 in every line. (Near the end of the log `w · x` and `y` share nearly all their
# digits. float32 keeps too few of the difference, and the ratio means nothing there.)
#
# To find out why, forget the training. Measure the slope of the loss at five weights.
#
# **Predict:** the slope at w = 0 is −4400 and at w = 2 it is 0. What is it at w = 1? At w = 3? Then
# run.

# %%
for weight in (0.0, 1.0, 2.0, 3.0, 4.0):
    print(f"w = {weight:.1f}: slope of the loss = {np.mean(2 * x * (weight * x - y)):8.1f}")

# %% [markdown]
# Each time w goes up by 1, the slope goes up by 2200. That number is the **curvature**: how much
# the slope changes when w changes by 1. (Calculus calls it the *second derivative* d²J/dw², the
# slope of the slope. J is the loss as a function of w.)
#
# Now both observations meet:
#
# - the slope is 2200 times the distance to the goal: slope = 2200 · (w − 2);
# - one update takes away rate · slope = 0.0003 · 2200 · distance, that is 0.66 of the distance;
# - 1 − 0.66 = **0.34** of the distance is left.
#
# So the factor is **1 − rate · curvature**. In lesson 3 it was 1 − 2 · rate, because the parabola
# w² has curvature 2. This is the same rule with another number.
#
# **Exercise `curvature` (2 points).** The slope is the mean of 2x(wx − y). Multiply out:
# 2x·wx − 2x·y. Only the first part contains w. How much does the mean of it grow when w grows by 1?
# Try it on x = 1, 2 with a pencil first.


# %% exercise="curvature"
def curvature(x):
    """Return how much dJ/dw changes when w grows by 1, where J is the mean squared error of w * x.

    x: array of shape (n,). Returns a float.
    """
    ### BEGIN SOLUTION
    return float(2 * np.mean(x**2))
    ### END SOLUTION


# %% check="curvature" points=2
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import observe

bend_a = np.array([1.0, 3.0, 7.0])
bend_b = np.array([-3.0, 4.0, -1.5, 0.5])
bend_c = np.array([100.5, 101.0, 103.0, 99.0, 100.0])
bend_d = np.array([0.25, 0.75], dtype=np.float32)
observe(
    three_points=lambda: curvature(bend_a),
    negative_values=lambda: curvature(bend_b),
    far_from_zero=lambda: curvature(bend_c),
    small_float32=lambda: curvature(bend_d),
    input_afterwards=lambda: (curvature(bend_b), bend_b),
)
### END HIDDEN TESTS
result = curvature(np.array([1.0, 2.0, 3.0, 4.0]))
assert result is not None, "curvature returned None: did you forget a return?"
assert abs(result - 7.5) > 1e-3, "you returned 7.5, half of it: did you leave out the factor 2?"
assert abs(result - 60) > 1e-3, "you returned 60, 4 times too large: did you sum, not average?"
assert abs(result - 12.5) > 1e-3, "you returned 12.5: square first, then take the mean"
assert abs(result - 15) < 1e-3, f"for x = 1, 2, 3, 4 curvature returned {result}, expected 15"
print("visible checks passed for curvature")

# %%
print(f"x = 10…50: curvature = {curvature(x):.1f}")

# %% [markdown]
# `curvature` takes only `x`. The targets `y` do not occur in it. Keep that in mind for section 5.
#
# ## 3 · The border
#
# After every epoch the distance to the goal is multiplied by 1 − rate · 2200.
#
# **Predict:** four rates: 0.0001, 0.0003, 0.0008, 0.001. Work out the factor of each. Which run
# jumps over the goal and still arrives? Which one never will? Then run both cells.

# %%
for rate in (0.0001, 0.0003, 0.0008, 0.001):
    print(f"rate {rate}: factor = {1 - rate * 2200:.2f}")

# %%
figures.paths(
    {
        f"rate {rate}": [2 - 2 * (1 - rate * 2200) ** k for k in range(8)]
        for rate in (0.0001, 0.0003, 0.0008, 0.001)
    },
    target=2.0,
    title="w after each epoch: its distance to 2 shrinks or grows by the factor",
)

# %% [markdown]
# The runs at 0.0001 and 0.0003 come nearer to 2 from below. At 0.0008 the weight jumps from one
# side of 2 to the other, a little nearer each time. At 0.001 it jumps as well, farther away each
# time.
#
# A negative factor means: to the other side of the goal. That alone does no harm. The distance
# shrinks as long as the factor lies between −1 and 1. At −1 the weight jumps from one side to the
# other for ever, as at rate 1 in lesson 3. Beyond −1 each jump is longer than the last.
#
# **Exercise `max_learning_rate` (2 points).** Which rate makes the factor exactly −1? That rate is
# the *border*, or limit. With every rate between 0 and the border the weight arrives: training
# *converges*. Write it for any `x`. You may call `curvature`, or compute what you need.


# %% exercise="max_learning_rate"
def max_learning_rate(x):
    """Return the rate at which training w * x stops converging: the factor there is -1.

    x: array of shape (n,), not all zero. Returns a float.
    """
    ### BEGIN SOLUTION
    return float(1 / np.mean(x**2))
    ### END SOLUTION


# %% check="max_learning_rate" points=2
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import lend, near, observe

# Numbers for these questions stand in for the curvature, so that a mistake there costs no points
# here. About anything else the learner's own is asked.
told_curvatures = {
    (1.0, 4.0, 6.0): 35.3333333,
    (-0.3, 0.4, -0.2, 0.7): 0.39,
    (8.0, 9.5, 12.0, 11.0, 10.0): 207.7,
    (0.5, 0.75): 0.8125,
    (3100.0, 4700.0, 1300.0, 2600.0): 20075000.0,
}


def as_asked(x):
    return tuple(np.round(np.asarray(x, dtype=float).ravel(), 5).tolist())


own_curvature = globals().get("curvature")


def told_curvature(x, *others, **named):
    if as_asked(x) in told_curvatures:
        return told_curvatures[as_asked(x)]
    if own_curvature is None:
        raise LookupError("there is no curvature of this x")
    return own_curvature(x, *others, **named)


limit_a = np.array([1.0, 4.0, 6.0])
limit_b = np.array([-0.3, 0.4, -0.2, 0.7])
limit_c = np.array([8.0, 9.5, 12.0, 11.0, 10.0])
limit_d = np.array([0.5, 0.75], dtype=np.float32)
limit_e = np.array([3100.0, 4700.0, 1300.0, 2600.0])
with lend(curvature=told_curvature):
    observe(
        three_points=lambda: max_learning_rate(limit_a),
        negative_values=lambda: max_learning_rate(limit_b),
        five_points=lambda: max_learning_rate(limit_c),
        small_float32=lambda: max_learning_rate(limit_d),
        values_in_the_thousands=near(
            lambda: max_learning_rate(limit_e), relative=1e-4, absolute=1e-20
        ),
        input_afterwards=lambda: (max_learning_rate(limit_b), limit_b),
    )
### END HIDDEN TESTS
result = max_learning_rate(np.array([1.0, 2.0, 2.0]))
assert result is not None, "max_learning_rate returned None: did you forget a return?"
assert abs(result - 1 / 6) > 1e-3, (
    "you returned 1/6: that rate makes the factor 0, not -1 (the best rate, not the border)"
)
assert abs(result - 2 / 3) > 1e-3, (
    "you returned 2/3, twice too large: the curvature of x = 1, 2, 2 is 6, did its factor 2 get "
    "lost?"
)
assert abs(result - 1 / 3) < 1e-3, (
    f"for x = 1, 2, 2 (curvature 6) you returned {result}, expected 1/3: there 1 - 1/3 · 6 = -1. "
    "If you call curvature and its own check fails, mend that first."
)
print("visible checks passed for max_learning_rate")

# %% [markdown]
# **Predict:** three rates: 1 % below the border, on it, and 1 % above it; 100 epochs from a loss
# of 4400. What is the loss at the end of each? Then run.

# %%
for share in (0.99, 1.0, 1.01):
    rate = share * max_learning_rate(x)
    print(f"rate {rate:.7f}: loss after 100 epochs = {final_loss(x, y, rate, 100):.2f}")

# %% [markdown]
# Below the border the loss falls, slowly. On it the loss stays where it began. Above the border it
# grows. Two per cent in the rate decide between arriving and blowing up.
#
# **Exercise `best_learning_rate` (2 points).** Which rate makes the factor exactly 0? Then nothing
# of the distance is left after one update.


# %% exercise="best_learning_rate"
def best_learning_rate(x):
    """Return the rate at which w * x arrives at its best weight in a single update.

    x: array of shape (n,), not all zero. Returns a float.
    """
    ### BEGIN SOLUTION
    return float(1 / (2 * np.mean(x**2)))
    ### END SOLUTION


# %% check="best_learning_rate" points=2
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import lend, near, observe

told_curvatures = {
    (2.0, 3.0, 5.0): 25.3333333,
    (-0.6, 0.1, -0.4, 0.3): 0.31,
    (7.0, 9.0, 6.5, 8.0, 12.0): 152.1,
    (0.25, 1.25): 1.625,
    (1700.0, 5200.0, 2900.0): 25560000.0,
}
told_borders = {
    (2.0, 3.0, 5.0): 0.0789473684,
    (-0.6, 0.1, -0.4, 0.3): 6.4516129,
    (7.0, 9.0, 6.5, 8.0, 12.0): 0.0131492439,
    (0.25, 1.25): 1.23076923,
    (1700.0, 5200.0, 2900.0): 7.82472613e-08,
}


def as_asked(x):
    return tuple(np.round(np.asarray(x, dtype=float).ravel(), 5).tolist())


own_curvature = globals().get("curvature")


def told_curvature(x, *others, **named):
    if as_asked(x) in told_curvatures:
        return told_curvatures[as_asked(x)]
    if own_curvature is None:
        raise LookupError("there is no curvature of this x")
    return own_curvature(x, *others, **named)


own_border = globals().get("max_learning_rate")


def told_border(x, *others, **named):
    if as_asked(x) in told_borders:
        return told_borders[as_asked(x)]
    if own_border is None:
        raise LookupError("there is no border for this x")
    return own_border(x, *others, **named)


best_a = np.array([2.0, 3.0, 5.0])
best_b = np.array([-0.6, 0.1, -0.4, 0.3])
best_c = np.array([7.0, 9.0, 6.5, 8.0, 12.0])
best_d = np.array([0.25, 1.25], dtype=np.float32)
best_e = np.array([1700.0, 5200.0, 2900.0])
with lend(curvature=told_curvature, max_learning_rate=told_border):
    observe(
        three_points=lambda: best_learning_rate(best_a),
        negative_values=lambda: best_learning_rate(best_b),
        five_points=lambda: best_learning_rate(best_c),
        small_float32=lambda: best_learning_rate(best_d),
        values_in_the_thousands=near(
            lambda: best_learning_rate(best_e), relative=1e-4, absolute=1e-20
        ),
        input_afterwards=lambda: (best_learning_rate(best_b), best_b),
    )
### END HIDDEN TESTS
result = best_learning_rate(np.array([1.0, 2.0, 2.0]))
assert result is not None, "best_learning_rate returned None: did you forget a return?"
assert abs(result - 1 / 3) > 1e-3, "you returned 1/3: that is the border, where the factor is -1"
assert abs(result - 1 / 6) < 1e-3, (
    f"for x = 1, 2, 2 (curvature 6) you returned {result}, expected 1/6: there 1 - 1/6 · 6 = 0. "
    "If you call another exercise and its own check fails, mend that first."
)
print("visible checks passed for best_learning_rate")

# %% [markdown]
# **Predict:** the loss of the ×10 data after *one* epoch at the best rate. Then run.

# %%
print(f"best rate = {best_learning_rate(x):.8f}")
print(f"loss after 1 epoch = {final_loss(x, y, best_learning_rate(x), 1):.8f}")

# %% [markdown]
# One update, done. The best rate is half the border. Most models have more than one weight. Then a
# rate that is best for one is usually not best for another, as section 6 shows.
#
# **Predict:** you move the rate up from 0.0001. What will the line of the losses do first, and what
# later? Run, move the slider, and find the rate where the line turns from falling to rising. The
# still picture after it shows five rates.

# %% tags=["nbval-skip"]
figures.rate_slider(
    lambda learning_rate: [final_loss(x, y, learning_rate, n) for n in range(21)],
    learning_rates=(0.0001, 0.0015),
    start=0.0003,
    title="The ×10 data: move the rate across the border",
)

# %%
figures.loss_curves(
    {
        f"rate {rate}": [final_loss(x, y, rate, n) for n in range(21)]
        for rate in (0.0001, 0.0008, 0.0009, 0.00092, 0.001)
    },
    log=True,
    title="Below 0.000909 the loss falls, above it the loss rises",
)

# %% [markdown]
# In the still picture 0.0009 still falls, slowly, and 0.00092 rises, just as slowly. The border
# lies between them. 0.0001 and 0.0008 fall almost equally fast: their factors, 0.78 and −0.76, are
# nearly the same size.
#
# ## 4 · Sweep across the border
#
# Now test your border with many rates. A *sweep* trains once for each rate and keeps only the final
# losses. Every run starts at w = 0 again.
#
# **Exercise `sweep` (3 points).** You may call your `final_loss`, or write the loop out.


# %% exercise="sweep"
def sweep(x, y, learning_rates, n_epochs):
    """Return the final loss of w * x for each rate, every run from w = 0 for n_epochs.

    x, y: arrays of shape (n,). learning_rates: array of shape (m,), in any order. n_epochs: int.
    Returns an array of shape (m,) in the order of learning_rates; math.inf where not finite.
    """
    ### BEGIN SOLUTION
    return np.array([final_loss(x, y, rate, n_epochs) for rate in learning_rates])
    ### END SOLUTION


# %% check="sweep" points=3
### BEGIN HIDDEN TESTS
import math

import numpy as np
from slopewise import lend, near, observe

told_losses = {  # for swept_x and swept_y: the rate and the number of epochs
    (0.031, 3): 3.55515682,
    (0.004, 3): 12.2802264,
    (0.062, 3): 4.69119587,
    (0.017, 3): 4.03258502,
    (0.011, 2): 7.87632903,
    (0.031, 0): 20.6,
    (0.004, 0): 20.6,
    (0.062, 0): 20.6,
    (0.017, 0): 20.6,
    (2.5, 2000): math.inf,
    (0.023, 2000): 3.55454545,
    (3.5, 2000): math.inf,
    (0.031, 1): 4.11668,
    (0.004, 1): 17.19008,
    (0.095, 4): 459.401774,
    (0.012, 4): 4.36362542,
    (0.081, 4): 51.6349024,
    (0.02, 14): 3.55454547,
    (0.5, 14): 4.46358537e31,
}


own_loss = globals().get("final_loss")


def told_loss(x, y, learning_rate, n_epochs, *others, **named):
    if np.ndim(learning_rate):
        told = [told_loss(x, y, rate, n_epochs) for rate in np.ravel(learning_rate)]
        return np.array(told).reshape(np.shape(learning_rate))
    question = (round(float(learning_rate), 6), int(n_epochs))
    same_data = np.array_equal(x, swept_x) and np.array_equal(y, swept_y)
    if same_data and question in told_losses:
        return told_losses[question]
    if own_loss is None:
        raise LookupError("there is no final loss of this run")
    return own_loss(x, y, learning_rate, n_epochs, *others, **named)


swept_x = np.array([2.0, 3.0, 6.0, 1.0, 4.0])
swept_y = np.array([3.0, 1.0, 8.0, -2.0, 5.0])
unsorted = np.array([0.031, 0.004, 0.062, 0.017])
single = np.array([0.011])
with_overflow = np.array([2.5, 0.023, 3.5])
across = np.array([0.095, 0.012, 0.081])
far_across = np.array([0.02, 0.5])
with lend(final_loss=told_loss):
    observe(
        four_rates_unsorted=near(
            lambda: np.asarray(sweep(swept_x, swept_y, unsorted, 3)), relative=1e-3
        ),
        one_rate=near(lambda: np.asarray(sweep(swept_x, swept_y, single, 2)), relative=1e-3),
        no_epochs=lambda: np.asarray(sweep(swept_x, swept_y, unsorted, 0)),
        some_blow_up=near(
            lambda: np.asarray(sweep(swept_x, swept_y, with_overflow, 2000)), relative=1e-3
        ),
        is_an_array=near(lambda: sweep(swept_x, swept_y, unsorted[:2], 1), relative=1e-3),
        above_the_border=near(
            lambda: np.asarray(sweep(swept_x, swept_y, across, 4)), relative=1e-3
        ),
        very_large_but_finite=near(
            lambda: np.asarray(sweep(swept_x, swept_y, far_across, 14)).tolist()[1], relative=1e-3
        ),
        data_afterwards=near(
            lambda: (np.array(sweep(swept_x, swept_y, single, 2)), single, swept_x, swept_y),
            relative=1e-3,
        ),
    )
### END HIDDEN TESTS
asked = np.array([0.1, 0.01, 0.3])
result = sweep(np.array([1.0, 2.0, 3.0]), np.array([3.0, 6.0, 9.0]), asked, 4)
assert result is not None, "sweep returned None: did you forget a return?"
assert isinstance(result, np.ndarray), (
    f"sweep returned a {type(result).__name__}, expected an array: np.array(your_list) makes one"
)
assert result.shape == (3,), f"three rates should give shape (3,), but gave {result.shape}"
# Start 42, curvature 28/3: the distance shrinks by 1 - rate · 28/3, the loss by its square.
expected = 42 * (1 - asked * 28 / 3) ** 8
assert np.allclose(result, expected, rtol=1e-3), (
    f"sweep returned {result}, expected {expected}: does every run start at w = 0, with the rates "
    "in the order given? If final_loss fails its own check, mend that first."
)
too_large = sweep(np.array([1.0, 2.0, 3.0]), np.array([3.0, 6.0, 9.0]), np.array([9.0]), 2000)
assert too_large[0] == math.inf, f"a run that blows up should give math.inf, not {too_large[0]}"
print("visible checks passed for sweep")

# %% [markdown]
# `np.geomspace` spaces the rates so that each is the same number of times larger than the last.
#
# **Predict:** 24 rates from 0.00001 to 0.002, ten epochs each. Sketch the curve of the final
# losses. Where is its lowest point, and where does it cross the starting loss of 4400? Then run.

# %%
rates = np.geomspace(0.00001, 0.002, 24)
losses = sweep(x, y, rates, 10)
border, best = max_learning_rate(x), best_learning_rate(x)
print(f"predicted border = {border:.6f}, predicted best rate = {best:.6f}")
print("rates above the border:              ", np.sum(rates > border))
print("runs that ended above the loss 4400: ", np.sum(losses > np.mean(y**2)))
figures.sweep(rates, losses, border=border, best=best, title="Final loss after 10 epochs")

# %% [markdown]
# The two counts agree. In the picture the dotted line, your best rate, stands in the valley of the
# curve, where the loss is too small to draw. The dashed line, your border, stands where the curve
# climbs past 4400. (The two crosses are losses too large for the picture.) Nobody had to try 24
# rates: the two lines came from `x` alone.
#
# ## 5 · Other units, other rates
#
# Say x is a length. Written in millimetres instead of centimetres, every number is ten times as
# large. The world is the same, but the loss is not.
#
# **Predict:** the border for x = 1…5 and for x = 10…50. How many times larger is one than the
# other? Then run.

# %%
print(f"x = 1…5:   curvature = {curvature(x / 10):6.1f}, border = {max_learning_rate(x / 10):.6f}")
print(f"x = 10…50: curvature = {curvature(x):6.1f}, border = {max_learning_rate(x):.6f}")

# %% [markdown]
# x is squared in the curvature. So ten times the x makes a hundred times the curvature, and the
# rate has to be divided by 100.
#
# **Predict:** now only y is multiplied, by 10 or by 1000; x stays, and so does the rate of
# 0.0003. What share of the starting loss is left after five epochs? Does any of the runs blow up?
# Then run.

# %%
for scale in (1, 10, 1000):
    start, end = final_loss(x, scale * y, 0.0003, 0), final_loss(x, scale * y, 0.0003, 5)
    print(f"y × {scale}: start {start:.4g}, end {end:.4g}, share left = {end / start:.4e}")

# %% [markdown]
# The same share each time. Scaling y alone moves the goal further away, but it does not change the
# factor, and so it does not change which rates work.
#
# **Exercise `rescaled_learning_rate` (2 points).** A colleague found a good rate. Then x *and* y
# are multiplied by `scale`. The best w is the same as before. Which rate now takes the very same
# steps in w?


# %% exercise="rescaled_learning_rate"
def rescaled_learning_rate(learning_rate, scale):
    """Return the rate that takes the same steps in w after x and y were multiplied by scale.

    learning_rate: float, the rate for the old data. scale: float, not 0. Returns a float.
    """
    ### BEGIN SOLUTION
    return learning_rate / scale**2
    ### END SOLUTION


# %% check="rescaled_learning_rate" points=2
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(
    three_times=lambda: rescaled_learning_rate(0.2, 3.0),
    a_quarter=lambda: rescaled_learning_rate(0.012, 0.25),
    a_hundred_times=lambda: rescaled_learning_rate(70.0, 100.0),
    sign_flipped=lambda: rescaled_learning_rate(0.7, -4.0),
)
### END HIDDEN TESTS
result = rescaled_learning_rate(0.03, 10.0)
assert result is not None, "rescaled_learning_rate returned None: did you forget a return?"
assert abs(result - 0.003) > 1e-6, "you divided by scale; the curvature grows by scale squared"
assert result < 0.03, f"you returned {result}: larger x needs a smaller rate, not a larger one"
assert abs(result - 0.0003) < 1e-6, (
    f"rate 0.03 on x = 1…5 does what 0.0003 does on x = 10…50, but you returned {result}"
)
print("visible checks passed for rescaled_learning_rate")

# %% [markdown]
# **Predict:** are the two columns equal? Then run.

# %%
rate = rescaled_learning_rate(0.03, 10)
for n in range(1, 5):
    small = final_loss(x / 10, y / 10, 0.03, n) / final_loss(x / 10, y / 10, 0.03, 0)
    large = final_loss(x, y, rate, n) / final_loss(x, y, rate, 0)
    print(f"epoch {n}: share of the loss left: x = 1…5 {small:.8f}, x = 10…50 {large:.8f}")

# %% [markdown]
# ## 6 · Two parameters: why the bias crawls
#
# Now the model of lesson 4, `w * x + b`. There are two slopes, one for each parameter: how the
# loss changes when only w moves, and how it changes when only b moves. (Calculus calls them
# *partial derivatives*.)
#
# `walk` below trains by hand, with exactly these two slopes. It keeps to the number type of its
# input. With float32 it repeats lesson 4's `nn.Linear` and `SGD` run, from the same start.
#
# **Predict:** the goal is w = 2, b = 0. Where will w and b be after 100 epochs? Then run.


# %%
def slopes(x, y, w, b):
    """Return the slope of the loss for w and the slope for b."""
    error = w * x + b - y
    return np.mean(2 * x * error), np.mean(2 * error)


def walk(x, y, learning_rate, n_epochs, w, b):
    """Return the list of (w, b): the start, then the place after each epoch."""
    kind = x.dtype.type
    w, b, rate = kind(w), kind(b), kind(learning_rate)
    path = [(w, b)]
    for _ in range(n_epochs):
        slope_w, slope_b = slopes(x, y, w, b)
        w, b = w - rate * slope_w, b - rate * slope_b
        path.append((w, b))
    return path


x32, y32 = x.astype(np.float32), y.astype(np.float32)
crawl = walk(x32, y32, 0.0003, 99, w=0.902545, b=0.423674)
print("weight and bias, learning rate 0.0003, 100 epochs")
for epoch in list(range(0, 100, 5)) + [99]:
    w, b = crawl[epoch]
    loss = np.mean((w * x32 + b - y32) ** 2)
    print(f"epoch {epoch}: w = {w:.5f}, b = {b:.5f}, loss = {loss:.5f}")

# %% [markdown]
# The digits are lesson 4's: `nn.Linear` and `SGD` do nothing else. w is at 1.983 after five
# epochs and then all but stands still. b first goes the wrong way, and then needs 94 epochs to get
# from 0.453 to 0.448. Its goal is 0.
#
# One curvature explained one weight. With two parameters we ask how *each slope* changes when
# *each parameter* grows by 1. That makes four numbers.
#
# **Predict:** which of the four is by far the largest? Then run.

# %%
at_zero = np.array(slopes(x, y, 0.0, 0.0))
print(
    "w grows by 1: slope for w, slope for b change by", np.array(slopes(x, y, 1.0, 0.0)) - at_zero
)
print(
    "b grows by 1: slope for w, slope for b change by", np.array(slopes(x, y, 0.0, 1.0)) - at_zero
)

# %% [markdown]
# Those four numbers, written as a table of two rows and two columns, are called the **Hessian**.
# The 2200 is your curvature. The two 60s are equal, and that is so for every x.
#
# **Exercise `hessian` (3 points).** Write the table for any `x`, as an array in the order (w, b):
#
# | | slope for w | slope for b |
# |---|---|---|
# | **w grows by 1** | … | … |
# | **b grows by 1** | … | … |
#
# Look at the two lines of `slopes`: what stands before w, and what stands before b? As before, y
# plays no part.


# %% exercise="hessian"
def hessian(x):
    """Return the second derivatives of the mean squared error of w * x + b, in the order (w, b).

    x: array of shape (n,). Returns an array of shape (2, 2).
    """
    ### BEGIN SOLUTION
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0]])
    ### END SOLUTION


# %% check="hessian" points=3
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import lend, observe

told_curvatures = {
    (2.0, 3.0, 7.0): 41.3333333,
    (-4.0, 1.0, -2.5, 0.5, -3.0): 13.0,
    (1.5,): 4.5,
    (5.0, 6.0, 8.0, 9.0, 11.0, 15.0): 184.0,
}


def as_asked(x):
    return tuple(np.round(np.asarray(x, dtype=float).ravel(), 5).tolist())


own_curvature = globals().get("curvature")


def told_curvature(x, *others, **named):
    if as_asked(x) in told_curvatures:
        return told_curvatures[as_asked(x)]
    if own_curvature is None:
        raise LookupError("there is no curvature of this x")
    return own_curvature(x, *others, **named)


bowl_a = np.array([2.0, 3.0, 7.0])
bowl_b = np.array([-4.0, 1.0, -2.5, 0.5, -3.0])
bowl_c = np.array([1.5], dtype=np.float32)
bowl_d = np.array([5.0, 6.0, 8.0, 9.0, 11.0, 15.0])
with lend(curvature=told_curvature):
    observe(
        three_points=lambda: np.asarray(hessian(bowl_a)),
        negative_mean=lambda: np.asarray(hessian(bowl_b)),
        one_float32_point=lambda: np.asarray(hessian(bowl_c)),
        is_an_array=lambda: hessian(bowl_d),
        input_afterwards=lambda: (np.asarray(hessian(bowl_d)), bowl_d),
    )
### END HIDDEN TESTS
result = hessian(np.array([1.0, 2.0, 3.0, 4.0]))
assert result is not None, "hessian returned None: did you forget a return?"
assert isinstance(result, np.ndarray), (
    f"hessian returned a {type(result).__name__}, expected an array: np.array([[…, …], […, …]])"
)
assert result.shape == (2, 2), f"the shape should be (2, 2), but is {result.shape}"
assert abs(result[0, 0] - 2) > 1e-3, "w and b are in the wrong order: w comes first"
assert abs(result[0, 0] - 15) < 1e-3, (
    f"for x = 1, 2, 3, 4 the top left should be 15, the curvature in w, but is {result[0, 0]}"
)
assert abs(result[0, 1] - 2.5) > 1e-3, "off the diagonal you have mean(x): the 2 belongs there too"
assert abs(result[0, 1] - 5) < 1e-3, f"the top right should be 5, but is {result[0, 1]}"
assert abs(result[1, 0] - 5) < 1e-3, f"the bottom left should be 5, but is {result[1, 0]}"
assert abs(result[1, 1] - 2) < 1e-3, (
    f"the bottom right should be 2, but is {result[1, 1]}: the slope for b is the mean of "
    "2 · error, and the error grows by 1 when b does"
)
print("visible checks passed for hessian")

# %% [markdown]
# ### One bowl, two curvatures
#
# The loss over (w, b) is a bowl. Walk straight through its lowest point and you walk on a
# parabola. How sharply it bends depends on the direction. Two directions matter most: the one in
# which the bowl bends most sharply, which we call the *steepest*, and the one in which it bends
# least, the *flattest*. `np.linalg.eigvalsh` takes a Hessian and returns these two curvatures (its
# *eigenvalues*), the smaller one first. You need not know how it finds them.
#
# In each of the two directions your old rule holds: factor = 1 − rate · curvature. The rate is
# the same for both.
#
# **Predict:** at rate 0.0003 one factor is near 0.34. What about the other one, if its curvature
# is below 1? Then run.

# %%
flattest, steepest = np.linalg.eigvalsh(hessian(x))
print(f"steepest direction: curvature = {steepest:.1f}, factor = {1 - 0.0003 * steepest:.5f}")
print(f"flattest direction: curvature = {flattest:.3f}, factor = {1 - 0.0003 * flattest:.5f}")
print(f"limit for the rate: 2 / {steepest:.1f} = {2 / steepest:.6f}")
print(f"condition number:   {steepest:.1f} / {flattest:.3f} = {steepest / flattest:.0f}")

# %% [markdown]
# That is the crawl. The *steepest* direction sets the limit: about 0.000908. The *flattest* one
# must live with it: it keeps 99.989 % of its distance in every epoch.
#
# The ratio of the two curvatures is the **condition number**, here 6059. At 1 the bowl is round.
# The larger it is, the narrower the valley, and the longer the walk along its floor.
#
# Check it on the log. In epoch 10, b was 0.45278; in epoch 99 it was 0.44841. That is 89 epochs, so
# the 89th root of the ratio is the factor for one. And w stopped at 1.988 because b is still wrong:
# the best w for that b is not 2, as you saw in lesson 4.
#
# **Predict:** which factor for one epoch will the log show? Then run.

# %%
print(f"factor measured in the log: {(0.44841 / 0.45278) ** (1 / 89):.5f}")
print(f"best w while b = 0.45278:   {2 - 0.45278 * np.mean(x) / np.mean(x**2):.5f}")

# %% [markdown]
# Here is the map of lesson 4 again: the darker the colour, the higher the loss. You now know the
# two directions. The steepest is almost that of w, the flattest almost that of b, so the bands of
# colour stand nearly upright.
#
# **Predict:** which way does the path go first, and how far does it come in the other direction?
# Then run.

# %%
figures.loss_surface(
    x,
    y,
    {"100 epochs at rate 0.0003": walk(x, y, 0.0003, 100, w=0.902545, b=0.423674)},
    w_range=(0.8, 2.2),
    b_range=(-0.3, 0.7),
    title="The ×10 data: into the valley at once, then hardly along it",
)

# %% [markdown]
# The path goes straight across into the valley, and then hardly moves: the dots pile up near
# (1.99, 0.45), and the lowest loss is at (2, 0).
#
# Would patience help? The factor tells how many epochs it takes to halve b: as many times as you
# have to multiply it by itself to get 0.5. A logarithm finds that number without a loop.
#
# **Predict:** hundreds, thousands or millions? Then run. The second line trains them for real.

# %%
flattest = np.linalg.eigvalsh(hessian(x))[0]
n_epochs = round(math.log(0.5) / math.log(1 - 0.0003 * flattest))
w, b = walk(x, y, 0.0003, n_epochs, w=1.98763, b=0.45278)[-1]
print(f"epochs to halve b: {n_epochs}")
print(f"trained for {n_epochs} epochs: b went from 0.45278 to {b:.5f}")

# %% [markdown]
# A larger rate is no way out either: the limit of 0.000908 is only three times what we used.
#
# ## 7 · Change the data
#
# The bowl's shape comes from `x` alone. So change `x`.
#
# **Predict:** subtract the mean, so that x = −20, −10, 0, 10, 20. Which of the four numbers of the
# Hessian change? Then run.

# %%
print("x:     ", hessian(x).tolist())
print("x - 30:", hessian(x - 30).tolist())

# %% [markdown]
# The 60s are gone: w and b no longer disturb each other. And 2200 has become 400. It still
# differs from the 2 in the other corner. Divide x by the right number and they are equal.
#
# **Standardising** does both. It subtracts the mean, then divides by the *standard deviation*,
# which says how far the x lie from their mean:
#
# z = (x − mean) / std
#
# The standard deviation is the square root of the mean of (x − mean)². Take that mean over all
# n points (the *population* standard deviation). The *sample* version divides by n − 1 instead, and
# the mean of z² would not be exactly 1.
#
# `np.sqrt` takes a square root.
#
# If all x are equal, they have no spread, and there is nothing to divide by. Then say so: raise a
# `ValueError`. (Compare the largest x with the smallest. Rounding can make the standard deviation
# 1e-17 where it should be 0.)
#
# **Exercise `standardize` (3 points).**


# %% exercise="standardize"
def standardize(x):
    """Return (z, mean, std): x with mean 0 and standard deviation 1, and how it was made.

    x: array of shape (n,); it is left as it is. Returns z of shape (n,), and two floats: the mean
    and the population standard deviation of x. Raises ValueError where all x are equal.
    """
    ### BEGIN SOLUTION
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal, so there is no spread to divide by")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / std, mean, std
    ### END SOLUTION


# %% check="standardize" points=3
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import near, observe

spread_a = np.array([2.0, 3.0, 7.0])
spread_b = np.array([-40.0, -5.0, 1.5, -12.0, 8.0, -3.0])
spread_c = np.array([0.5, 4.5, 6.0, 5.0])
there_and_back = np.array([3.0, 5.0, 9.0, 3.0])
level_at_first = np.array([2.0, 2.0, 2.5, -7.0])
narrow = np.array([0.0001, -0.0002, 0.0004])
pair = np.array([4.0, 9.0])
flat = np.array([7.0, 7.0, 7.0, 7.0])


def in_no_words(values):
    """Ask, and keep of a refusal which error it is, but not its text."""
    try:
        return standardize(values)
    except ValueError:
        raise ValueError from None
    except Exception as error:
        error.args = ()
        raise


def mean_and_input_afterwards(values):
    returned = standardize(values)
    return float(returned[1]), values


observe(
    z_of_three_points=lambda: standardize(spread_a)[0],
    mean_of_three_points=lambda: standardize(spread_a)[1],
    std_of_three_points=lambda: standardize(spread_a)[2],
    all_of_six_points=lambda: tuple(standardize(spread_b)),
    input_is_left_as_it_is=lambda: mean_and_input_afterwards(spread_c),
    all_equal=lambda: in_no_words(flat),
    first_and_last_equal=lambda: tuple(in_no_words(there_and_back)),
    first_two_equal=lambda: tuple(in_no_words(level_at_first)),
    close_together=near(lambda: tuple(in_no_words(narrow)), relative=1e-3, absolute=1e-9),
    two_points=lambda: tuple(in_no_words(pair)),
)
### END HIDDEN TESTS
sample = np.array([1.0, 2.0, 4.0, 9.0])
result = standardize(sample)
assert result is not None, "standardize returned None: did you forget a return?"
assert len(result) == 3, "standardize should return three things: z, mean, std"
assert np.array_equal(sample, [1.0, 2.0, 4.0, 9.0]), (
    "standardize changed its input (did you use -= or /= on x?): make a new array instead"
)
z, mean, std = result
assert abs(mean - 4) < 1e-3, f"the mean of 1, 2, 4, 9 is 4, but you returned {mean} as second"
assert abs(std - 9.5) > 1e-3, "you returned 9.5, the variance: take the square root of it"
assert abs(std - 3.559) > 1e-3, "that is the sample version (n - 1): divide by n, as np.std does"
assert abs(std - 3.082) < 1e-3, f"the std of 1, 2, 4, 9 is 3.082, but you returned {std}"
assert isinstance(z, np.ndarray), f"z should be an array, but is a {type(z).__name__}"
assert z.shape == (4,), f"z should have shape (4,), but has {z.shape}"
assert np.allclose(z, [-0.973, -0.649, 0.0, 1.622], atol=1e-3), (
    f"z should be -0.973, -0.649, 0, 1.622, but is {z}: (x - mean) / std"
)
try:
    standardize(np.array([5.0, 5.0, 5.0]))
    refused = False
except ValueError:
    refused = True
assert refused, "x = 5, 5, 5 has no spread: standardize should raise a ValueError"
print("visible checks passed for standardize")

# %% [markdown]
# **Predict:** the Hessian of the standardised data, all four numbers. From it, the limit for the
# rate and the condition number. Then run.

# %%
for name, values in (
    ("x = 1…4", np.array([1.0, 2.0, 3.0, 4.0])),
    ("x = 10…50", x),
    ("standardised", standardize(x)[0]),
):
    small, large = np.linalg.eigvalsh(hessian(values))
    print(f"{name}: Hessian {(np.round(hessian(values), 6) + 0.0).tolist()}")
    print(f"    limit = {2 / large:.6f}, condition number = {large / small:.1f}")

# %% [markdown]
# A round bowl: curvature 2 in every direction, condition number 1, limit 1.0. It comes out like
# this for every x that is not constant, so the rate no longer depends on the units.
#
# **Predict:** the same two start numbers as in lesson 4, standardised x, rate 0.4. The factor is 1
# − 0.4 · 2 = 0.2 for w and for b, so each epoch multiplies the loss by 0.2² = 0.04. It starts near
# 4300. How many epochs until it is below 0.001? Lesson 4's run stood at 0.037 after 100. Then run.

# %%
z, mean, std = standardize(x)
print("standardised, learning rate 0.4")
path = walk(z, y, 0.4, 8, w=0.902545, b=0.423674)
for epoch, (w, b) in enumerate(path):
    print(f"epoch {epoch}: w = {w:.5f}, b = {b:.5f}, loss = {np.mean((w * z + b - y) ** 2):.5f}")
print(f"back in the units of x: slope = {w / std:.4f}")
print(f"f(60) from standardised x, 8 epochs: {w * (60 - mean) / std + b:.4f}")
w, b = walk(x, y, 0.0003, 100, w=0.902545, b=0.423674)[-1]
print(f"f(60) from x itself, 100 epochs:     {w * 60 + b:.4f}")

# %% [markdown]
# A handful of epochs, and both parameters arrive together. The right answer for 60 is 120: eight
# epochs came closer to it than lesson 4's hundred. The best line is the same as before. Only its
# two numbers are counted differently: w is the rise per standard deviation, b is the value at the
# mean.
#
# A new input such as 60 must be treated with the *same* mean and std as the training data. That is
# why `standardize` returns them.
#
# **Predict:** how will the map differ from the valley in section 6? And the path? Then run.

# %%
z = standardize(x)[0]
figures.loss_surface(
    z,
    y,
    {"8 epochs at rate 0.4": walk(z, y, 0.4, 8, w=0.902545, b=0.423674)},
    title="The same data standardised: a round bowl, straight to the bottom",
)

# %% [markdown]
# The lines of equal loss are circles, and the path heads straight for the lowest loss.
#
# One curvature in all directions means that one best rate exists again, 1 / 2. **Predict** what a
# single epoch at rate 0.5 does, then run. After that, change the rate to 0.99 and to 1.01, with 100
# epochs. Which of the two comes nearer?

# %%
z = standardize(x)[0]
rate, n_epochs = 0.5, 1  # change these two
w, b = walk(z, y, rate, n_epochs, w=0.902545, b=0.423674)[-1]
loss = np.mean((w * z + b - y) ** 2)
print(f"rate {rate}, epochs: {n_epochs}. w = {w:.5f}, b = {b:.5f}, loss = {loss:.5f}")

# %% [markdown]
# ## In this lesson you…
#
# - saw that every epoch multiplies the distance to the goal by 1 − rate · curvature;
# - computed the curvature 2·mean(x²), the border 2 / curvature and the best rate 1 / curvature, and
#   tested them with a sweep;
# - learned that ×10 on x asks for a rate 100 times smaller, that scaling y alone changes nothing,
#   and that more epochs cannot rescue a rate above the border;
# - explained lesson 4's crawl: the steepest direction limits the rate, the flattest one has to
#   wait, and the condition number says how much;
# - cured it by standardising.
#
# **Where next.** You can now train a linear model in PyTorch and say why it trains. Three ways on
# from here:
#
# - data with several columns: standardise each column by itself; the Hessian gets one row and one
#   column more for each;
# - other optimisers: momentum and Adam are answers to narrow valleys. Take the run of section 6 and
#   compare them with SGD;
# - networks with more than one layer: there the curvature changes from place to place, so the limit
#   moves while you train. The rule of this lesson still holds, but only roughly and only near the
#   place where you are.
