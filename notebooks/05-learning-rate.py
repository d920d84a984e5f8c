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
# *Aim: compute from the data alone how large a learning rate may be, and know two cures where that
# limit makes training slow.*
#
# **About 90 minutes.**
#
# You will be able to
#
# - say for a given learning rate whether training will arrive, overshoot or blow up;
# - compute the largest and the best rate from the inputs `x`;
# - carry a rate over to data in other units;
# - see the two directions of a valley, and explain why a bias can crawl while its weight has long
#   settled;
# - cure the crawl twice: with momentum, and by standardising the inputs;
# - say where the rule of this lesson ends.
#
# **Before you start.** You need lessons 1 (the gradient by hand), 3 (the parabola, its factor
# 1 − 2 · rate, and momentum) and 4 (weight and bias). From NumPy you need arrays and `np.mean`.
# What we need from calculus is explained here.
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

from slopewise import expect, figures, lend, tutor

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
# the mean squared error once more. The slope for each update is the one of lesson 1, the mean of
# 2 · x · (w · x − y).
#
# A run that blows up ends in `inf` (too large for a number) or in `nan` (not a number, for
# instance infinity minus infinity). Report both as `math.inf`.
#
# **Exercise `final_loss` (3 points). Write a function that trains `w * x` from w = 0 and returns
# the loss after the last update.**
#
# <details><summary>Hint 1: where to look</summary>
#
# You wrote this loop in lesson 1. The only new thing is the last line: where is the loss measured
# if there are no epochs at all?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Only w changes in the loop. When the loop is over, compute the loss of this w. Then ask whether
# it is finite: `math.isfinite(value)` is `False` for `inf` and for `nan`.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `w = …`, a `for` loop with one update in it, `loss = …`, and a `return` that chooses between two
# values. NumPy may warn about an overflow. Inside `with np.errstate(all="ignore"):` it keeps
# quiet.
#
# </details>


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
from slopewise import domains, near, observe

inputs_a = np.array([2.0, 3.0, 7.0])
targets_a = np.array([1.0, 5.0, 4.0])
inputs_b = np.array([0.5, -1.5, 2.0, 3.0, 1.0, -0.5], dtype=np.float32)
targets_b = np.array([-1.0, 4.0, -7.0, -8.5, -3.0, 2.0], dtype=np.float32)
inputs_c = np.array([1.0, -2.0, 1.5, 3.0])
targets_c = np.array([2e-7, -5e-7, 1e-7, 6e-7])
inputs_d = np.array([200000.0, 300000.0, -150000.0, 50000.0])
targets_d = np.array([3.0, 7.0, -2.0, 4.0])
inputs_e = np.array([2.0])
targets_e = np.array([-3.0])
observe(
    no_epochs=near(lambda: final_loss(inputs_a, targets_a, 0.01, 0), weight=2),
    one_epoch=lambda: final_loss(inputs_a, targets_a, 0.013, 1),
    three_epochs=near(lambda: final_loss(inputs_a, targets_a, 0.007, 3), relative=1e-3),
    float32_data=near(lambda: final_loss(inputs_b, targets_b, 0.09, 4), relative=1e-3),
    large_but_finite=near(lambda: final_loss(inputs_a, targets_a, 0.06, 6), relative=1e-3),
    blown_up=near(lambda: final_loss(inputs_a, targets_a, 1.5, 3000), weight=3),
    very_large_but_finite=near(lambda: final_loss(inputs_a, targets_a, 0.5, 12), relative=1e-3),
    blown_up_in_the_last_square=lambda: final_loss(inputs_a, targets_a, 1.5, 100),
    very_small=near(
        lambda: final_loss(inputs_c, targets_c, 0.05, 2), relative=1e-3, absolute=1e-30
    ),
    large_inputs=near(lambda: final_loss(inputs_d, targets_d, 2e-12, 4), relative=1e-3),
    rate_zero=lambda: final_loss(inputs_a, targets_a, 0.0, 5),
    one_point=near(lambda: final_loss(inputs_e, targets_e, 0.03, 3), relative=1e-3),
    many_epochs=near(lambda: final_loss(inputs_a, targets_a, 0.0001, 400), relative=1e-3),
    **{
        name: near(probe.function, relative=1e-3, absolute=1e-30)
        for name, probe in domains.over(
            lambda x: final_loss(x, 3 * x + np.arange(len(x)), 0.2 / np.mean(x**2), 3),
            x=domains.arrays((5,), dtype="float64").without("single", "zeros"),
        ).items()
        if name in ("x_many", "x_tiny", "x_huge", "x_negative")
    },
    data_afterwards=near(
        lambda: (final_loss(inputs_a, targets_a, 0.004, 2), inputs_a, targets_a), relative=1e-3
    ),
)
### END HIDDEN TESTS
two, double = np.array([1.0, 2.0]), np.array([2.0, 4.0])
noisy_x, noisy_y = np.array([1.0, -2.0, 3.0]), np.array([2.0, 1.0, 5.0])
small_y = np.array([1e-5, 3e-5])
tutor(
    "final_loss",
    no_epochs=expect(lambda: final_loss(two, double, 0.1, 0), 10.0),
    one_epoch=expect(lambda: final_loss(two, double, 0.1, 1), 2.5),
    three_noisy_points=expect(lambda: final_loss(noisy_x, noisy_y, 0.05, 3), 4.766147),
    a_run_that_blows_up=expect(lambda: final_loss(10 * two, 10 * double, 1.0, 1000), math.inf),
    a_large_loss=expect(lambda: final_loss(two, double, 1.3, 20), 4.116305e30, relative=1e-3),
    a_loss_above_the_start=expect(lambda: final_loss(noisy_x, noisy_y, 0.3, 3), 186.851200),
    a_small_loss=expect(lambda: final_loss(two, small_y, 0.1, 2), 4.0625e-11, absolute=1e-16),
    y_afterwards=expect(lambda: [final_loss(two, double, 0.1, 1), double][1], double.copy()),
)
result = final_loss(two, double, 0.1, 0)
assert abs(result - 10) < 1e-3, f"with n_epochs = 0, final_loss returned {result}, expected 10."
result = final_loss(two, double, 0.1, 1)
assert abs(result - 2.5) < 1e-3, f"after one epoch, final_loss returned {result}, expected 2.5."
result = final_loss(10 * two, 10 * double, 1.0, 1000)
assert result == math.inf, f"for a run that blows up, it returned {result}, expected math.inf."
print("visible checks passed: final_loss")

# %% [markdown]
# Now turn the knob by hand. Move the slider slowly to the right. Watch where the line falls
# fastest, and where it turns from falling to rising. (If you cannot move it: the picture after the
# next one shows five rates.)
#
# The picture has a *log axis*. There the way from 1 to 100 is as long as the way from 100 to
# 10000: the same length up always means the same factor.

# %% tags=["nbval-skip"]
figures.rate_slider(
    lambda learning_rate: [final_loss(x, y, learning_rate, n) for n in range(21)],
    learning_rates=(0.0001, 0.0015),
    start=0.0001,
    title="The ×10 data: loss after each epoch",
)

# %% [markdown]
# **Your goal:** a loss below 0.000001 after only five epochs. Change the rate below and run again
# until the goal is reached. It takes a few tries. Write your rate down: in section 3 you will
# compute it.

# %%
my_rate = 0.0001  # change this line and run again
after_five = final_loss(x, y, my_rate, 5)
print(f"rate {my_rate}: loss after 5 epochs = {after_five:.3g}")
print("goal reached" if after_five < 0.000001 else "not yet: the goal is below 0.000001")

# %% [markdown]
# A larger rate is faster only up to a point. Then it is slower again, and then comes the crash. Is
# a run beyond that point only slow? Perhaps it needs more time.
#
# **Predict:** at rate 0.001 the loss after 20 epochs is larger than the 4400 of the start. You saw
# the line on the log axis: where will it go with more epochs? Then run.

# %%
for n_epochs in (20, 100, 1000, 5000):
    print(f"rate 0.001, {n_epochs} epochs: final loss = {final_loss(x, y, 0.001, n_epochs):.4g}")

# %% [markdown]
# (`e+06` means: the decimal point 6 places further right.) Every further epoch makes it worse.
# **More epochs cannot rescue a rate that is too large.**

# %%
figures.loss_curves(
    {
        f"rate {rate}": [final_loss(x, y, rate, n) for n in range(16)]
        for rate in (0.0001, 0.0003, 0.0008, 0.0009, 0.001)
    },
    log=True,
    title="The ×10 data: loss after each epoch",
)

# %% [markdown]
# Five straight lines, two of which all but coincide: 0.0001 and 0.0008. A number that is multiplied
# by the same factor in every epoch draws a straight line on a log axis. So each rate has a factor
# of its own, and it does not change during the run. Where does it come from? And how can a rate
# eight times larger be no faster?
#
# ## 2 · Read the factor in a log
#
# Here are the first epochs of lesson 1's run at 0.0003, in float32. Each line shows w and the loss
# *before* the update, and the gradient there. (All 20 lines stand in the appendix.)


# %%
def print_log(n_epochs):
    """Train w * x at rate 0.0003 in float32; return the gradients, one an epoch."""
    x_tensor = torch.tensor([10.0, 20.0, 30.0, 40.0, 50.0])
    y_tensor = 2 * x_tensor
    w = 0.0
    gradients = []
    for epoch in range(n_epochs):
        error = w * x_tensor - y_tensor
        loss = (error**2).mean().item()
        gradient = (2 * x_tensor * error).mean().item()
        print(f"epoch {epoch}: w = {w:.5f}, loss = {loss:.5f}, gradient = {gradient:.5f}")
        w = w - 0.0003 * gradient
        gradients.append(gradient)
    return gradients


gradients = print_log(6)

# %% [markdown]
# **Predict:** divide each gradient by the one before. Try two of them with a calculator. Is the
# ratio the same? Then run.

# %%
for epoch in range(1, 6):
    ratio = gradients[epoch] / gradients[epoch - 1]
    print(f"epoch {epoch}: gradient / gradient before = {ratio:.4f}")

# %% [markdown]
# The factor is 0.34 in every line. To find out why, forget the training. Measure the slope of the
# loss at five weights.
#
# **Predict:** the slope at w = 0 is the first gradient of the log, −4400, and at w = 2 it is 0.
# The loss is a parabola, so the slope changes evenly. What is it at w = 1? At w = 3? Then run.

# %%
for weight in (0.0, 1.0, 2.0, 3.0, 4.0):
    print(f"w = {weight:.1f}: slope of the loss = {np.mean(2 * x * (weight * x - y)):8.1f}")

# %% [markdown]
# Each time w goes up by 1, the slope goes up by 2200. That number is the **curvature** of this
# parabola: how much the slope changes for each unit of w. (Calculus calls it the *second
# derivative* d²J/dw², the slope of the slope. J is the loss as a function of w. On a parabola it
# is the same everywhere. On other curves it is not, as section 8 shows.)
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
# **Exercise `curvature` (2 points). Write a function that computes the curvature of the loss of
# `w * x` from any `x`, without training.**
#
# Try it on x = 1, 2 with a pencil first: what is the slope at w = 0, and at w = 1? The difference
# should be 5, whatever y is.
#
# <details><summary>Hint 1: where to look</summary>
#
# The slope is the mean of 2x(wx − y). Multiply the bracket out. Which of the two parts changes when
# w does?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The part with w is a number times w. When w grows by 1, the slope grows by that number. How often
# does x stand in it?
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# One line: a factor, times the mean of something made of `x`. Mind the order: the mean comes last.
#
# </details>


# %% exercise="curvature"
def curvature(x):
    """Return d²J/dw², how much dJ/dw grows when w grows by 1; J is the mean squared error of w * x.

    x: array of shape (n,). Returns a float.
    """
    ### BEGIN SOLUTION
    return float(2 * np.mean(x**2))
    ### END SOLUTION


# %% check="curvature" points=2
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import domains, near, observe

bend_a = np.array([1.0, 3.0, 7.0])
bend_b = np.array([-3.0, 4.0, -1.5, 0.5])
bend_c = np.array([100.5, 101.0, 103.0, 99.0, 100.0])
bend_d = np.array([0.25, 0.75], dtype=np.float32)
observe(
    three_points=lambda: curvature(bend_a),
    negative_values=lambda: curvature(bend_b),
    far_from_zero=lambda: curvature(bend_c),
    small_float32=lambda: curvature(bend_d),
    input_afterwards=lambda: {"the curvature": curvature(bend_b), "x afterwards": bend_b},
    **{
        name: near(probe.function, relative=1e-4, absolute=1e-20)
        for name, probe in domains.over(
            lambda x: curvature(x), x=domains.arrays((4,), dtype="float64").without("zeros")
        ).items()
    },
)
### END HIDDEN TESTS
one_to_four, mixed_signs = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, -2.0, 4.0])
tutor(
    "curvature",
    **{
        "x = 1, 2, 3, 4": expect(lambda: curvature(one_to_four), 15.0),
        "x of both signs": expect(lambda: curvature(mixed_signs), 14.0),
        "x below 1": expect(lambda: curvature(np.array([0.5, 0.7])), 0.74),
        "x = 1, -3, 2": expect(lambda: curvature(np.array([1.0, -3.0, 2.0])), 9.333333),
        "small x": expect(lambda: curvature(np.array([0.003])), 1.8e-5, absolute=1e-10),
        "x afterwards": expect(
            lambda: [curvature(mixed_signs), mixed_signs][1], mixed_signs.copy()
        ),
    },
)
result = curvature(one_to_four)
assert np.shape(result) == (), f"curvature returned {result}, expected one number."
assert abs(result - 15) < 1e-3, f"for x = 1, 2, 3, 4 curvature returned {result}, expected 15."
result = curvature(mixed_signs)
assert abs(result - 14) < 1e-3, f"for x = 1, -2, 4 curvature returned {result}, expected 14."
print("visible checks passed: curvature")

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
# A negative factor means: to the other side of the goal. That alone does no harm: only the size
# decides how fast it goes, and −0.76 is as good as 0.78. (These are the two lines of section 1 that
# all but coincided.) The distance shrinks as long as the factor lies between −1 and 1. At −1 the
# weight jumps from one side to the other for ever, as at rate 1 in lesson 3. Beyond −1 each jump is
# longer than the last.
#
# The rate that makes the factor exactly −1 is the *border*, or limit. With every rate between 0
# and the border the weight arrives: training *converges*.
#
# **Exercise `max_learning_rate` (2 points). Write a function that returns the border for any
# `x`.** You may call `curvature`, or compute what you need.
#
# <details><summary>Hint 1: where to look</summary>
#
# Write down factor = −1 with the rule of section 2, and solve it for the rate.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# From 1 − rate · curvature = −1 follows rate · curvature = … . A sharper bend needs a smaller rate,
# so the curvature belongs below the line.
#
# </details>


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
from slopewise import domains, lend, near, observe

limit_a = np.array([1.0, 4.0, 6.0])
limit_b = np.array([-0.3, 0.4, -0.2, 0.7])
limit_c = np.array([8.0, 9.5, 12.0, 11.0, 10.0])
limit_d = np.array([0.5, 0.75], dtype=np.float32)
limit_e = np.array([3100.0, 4700.0, 1300.0, 2600.0])
limit_kinds = domains.arrays((4,), dtype="float64").without("zeros")
# Numbers for these questions stand in for the curvature, so that a mistake there costs no points
# here. About anything else the learner's own is asked.
told_curvatures = [
    (limit_a, 35.3333333),
    (limit_b, 0.39),
    (limit_c, 207.7),
    (limit_d, 0.8125),
    (limit_e, 20075000.0),
    *zip(
        dict(limit_kinds.values).values(),
        [4.272642, 4.7432, 4.03905603, 4.272642e-08, 427264200, 4.272642, 3205850.77],
        strict=True,
    ),
]
own_curvature = globals().get("curvature")


def told_curvature(x, *others, **named):
    for asked, told in told_curvatures:
        if np.array_equal(asked, x):
            return told
    if own_curvature is None:
        raise LookupError("there is no curvature of this x")
    return own_curvature(x, *others, **named)


with lend(curvature=told_curvature):
    observe(
        three_points=lambda: max_learning_rate(limit_a),
        negative_values=lambda: max_learning_rate(limit_b),
        five_points=lambda: max_learning_rate(limit_c),
        small_float32=lambda: max_learning_rate(limit_d),
        values_in_the_thousands=near(
            lambda: max_learning_rate(limit_e), relative=1e-4, absolute=1e-20
        ),
        input_afterwards=lambda: {"the rate": max_learning_rate(limit_b), "x afterwards": limit_b},
        **{
            name: near(probe.function, relative=1e-4, absolute=1e-20)
            for name, probe in domains.over(lambda x: max_learning_rate(x), x=limit_kinds).items()
        },
    )
### END HIDDEN TESTS
with_minus_3 = np.array([1.0, -3.0, 2.0])
one_two_two, mixed_signs = np.array([1.0, 2.0, 2.0]), np.array([-3.0, 1.0, 4.0, 0.5])
hundreds, thousandths = np.array([300.0, 500.0]), np.array([0.001, 0.002])


def check_curvature(x):
    """The curvatures of the x below, so that this check does not need yours."""
    table = [(one_two_two, 6.0), (mixed_signs, 13.125), (hundreds, 340000.0), (thousandths, 5e-6)]
    table.append((with_minus_3, 9.3333333333))
    return next(told for asked, told in table if np.array_equal(asked, x))


with lend(curvature=check_curvature):
    tutor(
        "max_learning_rate",
        **{
            "x = 1, 2, 2": expect(lambda: max_learning_rate(one_two_two), 0.3333333),
            "x of both signs": expect(lambda: max_learning_rate(mixed_signs), 0.1523810),
            "x = 1, -3, 2": expect(lambda: max_learning_rate(with_minus_3), 0.2142857),
            "x in the hundreds": expect(
                lambda: max_learning_rate(hundreds), 5.882353e-06, absolute=1e-12
            ),
            "x in thousandths": expect(lambda: max_learning_rate(thousandths), 400000.0),
            "x afterwards": expect(
                lambda: [max_learning_rate(mixed_signs), mixed_signs][1], mixed_signs.copy()
            ),
        },
    )
result = max_learning_rate(one_two_two)
assert np.shape(result) == (), f"max_learning_rate returned {result}, expected one number."
assert abs(result - 1 / 3) < 1e-3, (
    f"for x = 1, 2, 2 (curvature 6) it returned {result}, expected 1/3: there 1 - 1/3 · 6 = -1."
)
result = max_learning_rate(hundreds)
assert abs(result / 5.882353e-06 - 1) < 1e-3, (
    f"for x = 300, 500 (curvature 340000) it returned {result}, expected 0.000005882353."
)
print("visible checks passed: max_learning_rate")

# %% [markdown]
# **Predict:** three rates: 1 % below the border, on it, and 1 % above it; 100 epochs from a loss
# of 4400. Which ends below 4400, which above, and which exactly there? Then run.

# %%
for share in (0.99, 1.0, 1.01):
    rate = share * max_learning_rate(x)
    print(f"rate {rate:.7f}: loss after 100 epochs = {final_loss(x, y, rate, 100):.2f}")

# %% [markdown]
# Below the border the loss falls, slowly: the factor is −0.98. On it the loss stays where it began.
# Above the border it grows. Two per cent in the rate decide between arriving and blowing up.
#
# **Exercise `best_learning_rate` (2 points). Write a function that returns the rate with which
# nothing of the distance is left after one update.**
#
# <details><summary>Hint 1: where to look</summary>
#
# What is the factor when nothing is left? Put that value in the place of −1.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Solve for the rate as before. Compare what you get with the border: how many times smaller is it?
#
# </details>


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
from slopewise import domains, lend, near, observe

best_a = np.array([2.0, 3.0, 5.0])
best_b = np.array([-0.6, 0.1, -0.4, 0.3])
best_c = np.array([7.0, 9.0, 6.5, 8.0, 12.0])
best_d = np.array([0.25, 1.25], dtype=np.float32)
best_e = np.array([1700.0, 5200.0, 2900.0])
best_kinds = domains.arrays((6,), dtype="float64").without("zeros")
asked_inputs = [best_a, best_b, best_c, best_d, best_e, *dict(best_kinds.values).values()]
told_curvatures = [
    25.3333333,
    0.31,
    152.1,
    1.625,
    25560000.0,
    *[3.91136133, 4.7432, 4.03905603, 3.91136133e-08, 391136133, 3.91136133, 2137234.91],
]
told_borders = [
    0.0789473684,
    6.4516129,
    0.0131492439,
    1.23076923,
    7.82472613e-08,
    *[
        0.511330923,
        0.421656266,
        0.495165203,
        51133092.3,
        5.11330923e-09,
        0.511330923,
        9.3578857e-07,
    ],
]


def told(x, numbers, own, others, named):
    for asked, number in zip(asked_inputs, numbers, strict=True):
        if np.array_equal(asked, x):
            return number
    if own is None:
        raise LookupError("there is no answer for this x")
    return own(x, *others, **named)


own_curvature = globals().get("curvature")
own_border = globals().get("max_learning_rate")


def told_curvature(x, *others, **named):
    return told(x, told_curvatures, own_curvature, others, named)


def told_border(x, *others, **named):
    return told(x, told_borders, own_border, others, named)


with lend(curvature=told_curvature, max_learning_rate=told_border):
    observe(
        three_points=lambda: best_learning_rate(best_a),
        negative_values=lambda: best_learning_rate(best_b),
        five_points=lambda: best_learning_rate(best_c),
        small_float32=lambda: best_learning_rate(best_d),
        values_in_the_thousands=near(
            lambda: best_learning_rate(best_e), relative=1e-4, absolute=1e-20
        ),
        input_afterwards=lambda: {"the rate": best_learning_rate(best_b), "x afterwards": best_b},
        **{
            name: near(probe.function, relative=1e-4, absolute=1e-20)
            for name, probe in domains.over(lambda x: best_learning_rate(x), x=best_kinds).items()
        },
    )
### END HIDDEN TESTS
one_two_two, mixed_signs = np.array([1.0, 2.0, 2.0]), np.array([-3.0, 1.0, 4.0, 0.5])
hundreds, thousandths = np.array([300.0, 500.0]), np.array([0.001, 0.002])


def check_curvature(x):
    """The curvatures of the x below, so that this check does not need yours."""
    table = [(one_two_two, 6.0), (mixed_signs, 13.125), (hundreds, 340000.0), (thousandths, 5e-6)]
    return next(told for asked, told in table if np.array_equal(asked, x))


def check_border(x):
    """The borders of the x below, so that this check does not need yours."""
    table = [(one_two_two, 0.3333333333), (mixed_signs, 0.1523809524)]
    table += [(hundreds, 5.88235294e-06), (thousandths, 400000.0)]
    return next(told for asked, told in table if np.array_equal(asked, x))


with lend(curvature=check_curvature, max_learning_rate=check_border):
    tutor(
        "best_learning_rate",
        **{
            "x = 1, 2, 2": expect(lambda: best_learning_rate(one_two_two), 0.1666667),
            "x of both signs": expect(lambda: best_learning_rate(mixed_signs), 0.0761905),
            "x in the hundreds": expect(
                lambda: best_learning_rate(hundreds), 2.941176e-06, absolute=1e-12
            ),
            "x in thousandths": expect(lambda: best_learning_rate(thousandths), 200000.0),
            "x afterwards": expect(
                lambda: [best_learning_rate(mixed_signs), mixed_signs][1], mixed_signs.copy()
            ),
        },
    )
result = best_learning_rate(one_two_two)
assert np.shape(result) == (), f"best_learning_rate returned {result}, expected one number."
assert abs(result - 1 / 6) < 1e-3, (
    f"for x = 1, 2, 2 (curvature 6) it returned {result}, expected 1/6: there 1 - 1/6 · 6 = 0."
)
result = best_learning_rate(hundreds)
assert abs(result / 2.941176e-06 - 1) < 1e-3, (
    f"for x = 300, 500 (curvature 340000) it returned {result}, expected 0.000002941176."
)
print("visible checks passed: best_learning_rate")

# %%
print(f"best rate = {best_learning_rate(x):.8f}")
print(f"loss after 1 epoch = {final_loss(x, y, best_learning_rate(x), 1):.8f}")

# %% [markdown]
# One update, done. Is the rate that you found by hand in section 1 near this one? The goal there is
# reached with every rate between 0.000406 and 0.000503, and the best one lies in the middle.
#
# Most models have more than one weight. Then a rate that is best for one is usually not best for
# another, as section 6 shows.
#
# ## 4 · Sweep across the border
#
# Now test your border with many rates. A *sweep* trains once for each rate and keeps only the final
# losses. Every run starts at w = 0 again.
#
# **Exercise `sweep` (3 points). Write a function that returns an array with the final loss of each
# rate.** You may call your `final_loss`, or write the loop out.
#
# <details><summary>Hint 1: where to look</summary>
#
# For one rate you have the function already. What do you have to do with `learning_rates` to get
# one rate after the other?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Collect one number for each rate, in the order of the rates, in a list. Then make an array of the
# list.
#
# </details>


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
    (0.0, 2): 20.6,
    (0.001, 2): 18.8700338,
    (0.01, 2): 8.55627085,
    (0.02, 2): 4.40055757,
    (0.03, 2): 3.58645069,
    (0.04, 2): 3.55471309,
    (0.05, 2): 3.73328,
    (0.06, 2): 5.53725901,
    (0.07, 2): 12.36893,
    (0.08, 2): 29.6177454,
}
told_small_losses = {(0.05, 3): 8.71493798e-10, (0.2, 3): 7.52946838e-10}  # for small_x and small_y


own_loss = globals().get("final_loss")


def told_loss(x, y, learning_rate, n_epochs, *others, **named):
    if np.ndim(learning_rate):
        told = [told_loss(x, y, rate, n_epochs) for rate in np.ravel(learning_rate)]
        return np.array(told).reshape(np.shape(learning_rate))
    question = (round(float(learning_rate), 6), int(n_epochs))
    if np.array_equal(x, swept_x) and np.array_equal(y, swept_y) and question in told_losses:
        return told_losses[question]
    if np.array_equal(x, small_x) and np.array_equal(y, small_y) and question in told_small_losses:
        return told_small_losses[question]
    if own_loss is None:
        raise LookupError("there is no final loss of this run")
    return own_loss(x, y, learning_rate, n_epochs, *others, **named)


swept_x = np.array([2.0, 3.0, 6.0, 1.0, 4.0])
swept_y = np.array([3.0, 1.0, 8.0, -2.0, 5.0])
small_x = np.array([0.5, -2.0])
small_y = np.array([3e-5, 4e-5])
unsorted = np.array([0.031, 0.004, 0.062, 0.017])
single = np.array([0.011])
with_overflow = np.array([2.5, 0.023, 3.5])
across = np.array([0.095, 0.012, 0.081])
far_across = np.array([0.02, 0.5])
twelve = np.array([0.03, 0.0, 0.01, 0.04, 0.01, 0.02, 0.07, 0.05, 0.06, 0.03, 0.001, 0.08])
two_rates = np.array([0.05, 0.2])


def array_of(value):
    return value if value is None else np.asarray(value)


with lend(final_loss=told_loss):
    observe(
        four_rates_unsorted=near(
            lambda: array_of(sweep(swept_x, swept_y, unsorted, 3)), relative=1e-3, weight=3
        ),
        one_rate=near(lambda: array_of(sweep(swept_x, swept_y, single, 2)), relative=1e-3),
        no_epochs=lambda: array_of(sweep(swept_x, swept_y, unsorted, 0)),
        some_blow_up=near(
            lambda: array_of(sweep(swept_x, swept_y, with_overflow, 2000)),
            relative=1e-3,
            weight=2,
        ),
        is_an_array=near(lambda: sweep(swept_x, swept_y, unsorted[:2], 1), relative=1e-3),
        above_the_border=near(lambda: array_of(sweep(swept_x, swept_y, across, 4)), relative=1e-3),
        very_large_but_finite=near(
            lambda: array_of(sweep(swept_x, swept_y, far_across, 14)).tolist()[1], relative=1e-3
        ),
        twelve_rates_some_equal=near(
            lambda: array_of(sweep(swept_x, swept_y, twelve, 2)), relative=1e-3
        ),
        small_losses=near(
            lambda: array_of(sweep(small_x, small_y, two_rates, 3)),
            relative=1e-3,
            absolute=1e-16,
        ),
        data_afterwards=near(
            lambda: (array_of(sweep(swept_x, swept_y, single, 2)), single, swept_x, swept_y),
            relative=1e-3,
        ),
    )
### END HIDDEN TESTS
sweep_x, sweep_y = np.array([1.0, 2.0, 3.0]), np.array([3.0, 5.0, 10.0])
asked, crashing = np.array([0.1, 0.01, 0.3]), np.array([9.0, 0.05])
twice, own_final_loss = np.array([0.3, 0.1, 0.1, 0.01]), globals().get("final_loss")


def check_final_loss(x, y, learning_rate, n_epochs):
    """The final losses of the runs below, so that this check does not need yours."""
    table = {
        4: {0.1: 0.6428571600345477, 0.01: 20.746224801200757, 0.3: 4852.049310719995},
        0: dict.fromkeys((0.1, 0.01, 0.3), 44.666666666666664),
        2000: {9.0: math.inf, 0.05: 0.6428571428571428},
        1: {0.2: 33.70962962962965},
    }
    told = (
        table.get(n_epochs, {}).get(round(learning_rate, 6))
        if np.ndim(learning_rate) == 0
        else None
    )
    return own_final_loss(x, y, learning_rate, n_epochs) if told is None else told


with lend(final_loss=check_final_loss):
    tutor(
        "sweep",
        three_rates=expect(
            lambda: sweep(sweep_x, sweep_y, asked, 4), np.array([0.642857, 20.74622, 4852.049])
        ),
        no_epochs=expect(
            lambda: sweep(sweep_x, sweep_y, asked, 0), np.array([44.66667, 44.66667, 44.66667])
        ),
        a_rate_that_blows_up=expect(
            lambda: sweep(sweep_x, sweep_y, crashing, 2000), np.array([math.inf, 0.642857])
        ),
        one_rate=expect(lambda: sweep(sweep_x, sweep_y, asked[:1] * 2, 1), np.array([33.70963])),
        a_rate_twice=expect(
            lambda: sweep(sweep_x, sweep_y, twice, 4),
            np.array([4852.049, 0.642857, 0.642857, 20.74622]),
        ),
        rates_afterwards=expect(
            lambda: [sweep(sweep_x, sweep_y, asked, 4), asked][1], asked.copy()
        ),
    )
result = sweep(sweep_x, sweep_y, asked, 4)
assert isinstance(result, np.ndarray), f"sweep returned a {type(result).__name__}, not an array."
assert result.shape == (3,), f"three rates gave shape {result.shape}, expected (3,)."
assert np.allclose(result, [0.642857, 20.74622, 4852.049], rtol=1e-3), (
    f"sweep returned {result}, expected 0.643, 20.746 and 4852.05."
)
result = sweep(sweep_x, sweep_y, crashing, 2000)
assert result[0] == math.inf, f"for a run that blows up, it holds {result[0]}, expected math.inf."
print("visible checks passed: sweep")

# %% [markdown]
# `np.geomspace` spaces the rates so that each is the same number of times larger than the last.
#
# **Predict:** 24 rates from 0.00001 to 0.002, ten epochs each. Sketch the curve of the final
# losses. At which rate is its lowest point, and at which rate does it cross the starting loss of
# 4400? You have computed both. Then run.

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
# curve. The dashed line, your border, stands where the curve climbs past 4400. (The two crosses are
# losses too large for the picture.) Nobody had to try 24 rates: the two lines came from `x` alone.
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
# border is a hundred times smaller.
#
# **Predict:** now only y is multiplied, by 10 or by 1000; x stays, and so does the rate of
# 0.0003. Does y occur in the factor? Then what share of the starting loss is left after five
# epochs, and does any of the runs blow up? Then run.

# %%
for scale in (1, 10, 1000):
    start, end = final_loss(x, scale * y, 0.0003, 0), final_loss(x, scale * y, 0.0003, 5)
    print(f"y × {scale}: start {start:.4g}, end {end:.4g}, share left = {end / start:.4e}")

# %% [markdown]
# The same share each time. Scaling y alone moves the goal further away, but it does not change the
# factor, and so it does not change which rates work.
#
# **Exercise `rescaled_learning_rate` (2 points). A colleague found a good rate; then x *and* y are
# multiplied by `scale`. Write a function that returns the rate that now takes the very same steps
# in w.** (The best w is the same as before.)
#
# <details><summary>Hint 1: where to look</summary>
#
# A step is rate · slope. The slope is the mean of 2x(wx − y). By how much does it grow when x and y
# are both doubled?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Try one point, x = 1 and y = 1, at w = 0. Then x = 10 and y = 10. The rate has to make up for what
# the slope has gained.
#
# </details>


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
from slopewise import domains, near, observe

observe(
    three_times=lambda: rescaled_learning_rate(0.2, 3.0),
    a_quarter=near(lambda: rescaled_learning_rate(0.012, 0.25), weight=3),
    a_hundred_times=lambda: rescaled_learning_rate(70.0, 100.0),
    sign_flipped=lambda: rescaled_learning_rate(0.7, -4.0),
    **{
        name: near(probe.function, relative=1e-4, absolute=1e-20)
        for name, probe in domains.over(
            lambda learning_rate, scale: rescaled_learning_rate(learning_rate, scale),
            learning_rate=domains.numbers(0.08, negative=False).without("zero"),
            scale=domains.numbers(5.0).without("zero", "negative"),
        ).items()
    },
)
### END HIDDEN TESTS
tutor(
    "rescaled_learning_rate",
    ten_times=expect(lambda: rescaled_learning_rate(0.03, 10.0), 0.0003, absolute=1e-10),
    half=expect(lambda: rescaled_learning_rate(0.2, 0.5), 0.8),
    minus_three_times=expect(lambda: rescaled_learning_rate(0.9, -3.0), 0.1),
    a_tenth=expect(lambda: rescaled_learning_rate(0.5, 0.1), 50.0),
    a_thousand_times=expect(lambda: rescaled_learning_rate(0.5, 1000.0), 5e-7, absolute=1e-12),
)
result = rescaled_learning_rate(0.03, 10.0)
assert abs(result - 0.0003) < 1e-6, (
    f"rate 0.03 on x = 1…5 does what 0.0003 does on x = 10…50, but it returned {result}."
)
result = rescaled_learning_rate(0.2, 0.5)
assert abs(result - 0.8) < 1e-3, f"for rate 0.2 and scale 0.5 it returned {result}, expected 0.8."
print("visible checks passed: rescaled_learning_rate")

# %%
rate = rescaled_learning_rate(0.03, 10)
for n in range(1, 5):
    small = final_loss(x / 10, y / 10, 0.03, n) / final_loss(x / 10, y / 10, 0.03, 0)
    large = final_loss(x, y, rate, n) / final_loss(x, y, rate, 0)
    print(f"epoch {n}: share of the loss left: x = 1…5 {small:.8f}, x = 10…50 {large:.8f}")

# %% [markdown]
# The two columns are equal: the same path, written in other units.
#
# ## 6 · Two parameters: why the bias crawls
#
# Now the model of lesson 4, `w * x + b`. There are two slopes, one for each parameter: how the
# loss changes when only w moves, and how it changes when only b moves. (Calculus calls them
# *partial derivatives*.)
#
# `walk` below trains by hand, with exactly these two slopes. It keeps to the number type of its
# input. With float32 it repeats lesson 4's `nn.Linear` and `SGD` run, from the same start. Each
# line of the log shows w and b *before* that epoch's update, and their loss. (The appendix has more
# of its lines.)
#
# The goal is w = 2, b = 0. Run, and look at how far b comes.


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


def print_crawl(epochs):
    """Print the epochs asked of lesson 4's run, in float32."""
    x32, y32 = x.astype(np.float32), y.astype(np.float32)
    crawl = walk(x32, y32, 0.0003, 99, w=0.902545, b=0.423674)
    for epoch in epochs:
        w, b = crawl[epoch]
        loss = np.mean((w * x32 + b - y32) ** 2)
        print(f"epoch {epoch}: w = {w:.5f}, b = {b:.5f}, loss = {loss:.5f}")


print_crawl([0, 1, 2, 5, 50, 99])

# %% [markdown]
# w is at 1.983 after five epochs and then all but stands still. b first goes the wrong way, and
# then needs 94 epochs to get from 0.453 to 0.448.
#
# One curvature explained one weight. With two parameters we ask how *each slope* changes when
# *each parameter* grows by 1. That makes four numbers.
#
# **Predict:** one of the four you have computed already. Which one is it, and how large is it? Then
# run.

# %%
at_zero = np.array(slopes(x, y, 0.0, 0.0))
for name, place in (("w", (1.0, 0.0)), ("b", (0.0, 1.0))):
    changes = np.array(slopes(x, y, *place)) - at_zero
    print(f"{name} grows by 1: slope for w, slope for b change by", changes)

# %% [markdown]
# Those four numbers, written as a table of two rows and two columns, are called the **Hessian**.
# The 2200 is your curvature. The two 60s are equal, and that is so for every x.
#
# **Exercise `hessian` (3 points). Write a function that returns the table for any `x`, as an array
# in the order (w, b).**
#
# | | slope for w | slope for b |
# |---|---|---|
# | **w grows by 1** | … | … |
# | **b grows by 1** | … | … |
#
# <details><summary>Hint 1: where to look</summary>
#
# Look at the two lines of `slopes`. By how much does `error` grow when w grows by 1? And when b
# does? As before, y plays no part.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Put that growth in the place of `error` in both lines of `slopes`. You get four means; check
# them against the four numbers above: 2200, 60, 60 and 2.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# An array of two rows: `np.array([[…, …], […, …]])`.
#
# </details>


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
from slopewise import domains, lend, near, observe

bowl_a = np.array([2.0, 3.0, 7.0])
bowl_b = np.array([-4.0, 1.0, -2.5, 0.5, -3.0])
bowl_c = np.array([1.5], dtype=np.float32)
bowl_d = np.array([5.0, 6.0, 8.0, 9.0, 11.0, 15.0])
bowl_kinds = domains.arrays((7,), dtype="float64")
told_curvatures = [
    (bowl_a, 41.3333333),
    (bowl_b, 13.0),
    (bowl_c, 4.5),
    (bowl_d, 184.0),
    *zip(
        dict(bowl_kinds.values).values(),
        [3.61153943, 4.7432, 4.03905603, 0, 3.61153943e-08, 361153943, 3.61153943, 2090859.64],
        strict=True,
    ),
]
own_curvature = globals().get("curvature")


def told_curvature(x, *others, **named):
    for asked, told in told_curvatures:
        if np.array_equal(asked, x):
            return told
    if own_curvature is None:
        raise LookupError("there is no curvature of this x")
    return own_curvature(x, *others, **named)


def array_of(value):
    return value if value is None else np.asarray(value)


with lend(curvature=told_curvature):
    observe(
        three_points=lambda: array_of(hessian(bowl_a)),
        negative_mean=lambda: array_of(hessian(bowl_b)),
        one_float32_point=lambda: array_of(hessian(bowl_c)),
        is_an_array=near(lambda: hessian(bowl_d), weight=2),
        input_afterwards=lambda: {"the table": array_of(hessian(bowl_d)), "x afterwards": bowl_d},
        **{
            name: near(probe.function, relative=1e-4, absolute=1e-12)
            for name, probe in domains.over(
                lambda x: array_of(hessian(x)), x=bowl_kinds.without("zeros", "single")
            ).items()
        },
    )
### END HIDDEN TESTS
one_to_four, mixed_signs = np.array([1.0, 2.0, 3.0, 4.0]), np.array([-1.0, 0.5, -3.0])
tutor(
    "hessian",
    **{
        "x = 1, 2, 3, 4": expect(lambda: hessian(one_to_four), np.array([[15.0, 5.0], [5.0, 2.0]])),
        "x of both signs": expect(
            lambda: hessian(mixed_signs), np.array([[6.833333, -2.333333], [-2.333333, 2.0]])
        ),
        "x afterwards": expect(lambda: [hessian(mixed_signs), mixed_signs][1], mixed_signs.copy()),
    },
)
result = hessian(one_to_four)
assert isinstance(result, np.ndarray), (
    f"hessian returned a {type(result).__name__}, expected an array: np.array([[…, …], […, …]])."
)
assert result.shape == (2, 2), f"the shape is {result.shape}, expected (2, 2)."
assert np.allclose(result, [[15, 5], [5, 2]], atol=1e-3), (
    f"for x = 1, 2, 3, 4 hessian returned {result.tolist()}, expected [[15, 5], [5, 2]]."
)
result = hessian(mixed_signs)
assert np.allclose(result, [[6.833333, -2.333333], [-2.333333, 2]], atol=1e-3), (
    f"for x = -1, 0.5, -3 hessian returned {result.tolist()}, expected "
    "[[6.833, -2.333], [-2.333, 2]]."
)
print("visible checks passed: hessian")

# %% [markdown]
# ### One bowl, two directions
#
# The loss over (w, b) is a bowl. Walk straight through its lowest point, in any direction, and you
# walk on a parabola. How sharply it bends depends on the direction. Two directions matter most: the
# *steepest*, in which the bowl bends most, and the *flattest*, in which it bends least.
# `np.linalg.eigh` takes a Hessian and returns the two curvatures (its *eigenvalues*), the smaller
# one first, and the two directions (its *eigenvectors*), each as steps in w and b. You need not
# know how it finds them.

# %%
curvatures, directions = np.linalg.eigh(hessian(x))
for name, bend, (step_w, step_b) in zip(
    ("flattest", "steepest"), curvatures, directions.T, strict=True
):
    print(
        f"{name} direction: curvature = {bend:.3f}, "
        f"per step |w| {abs(step_w):.3f} and |b| {abs(step_b):.3f}"
    )
figures.cross_sections(
    {"steepest direction": curvatures[1], "flattest direction": curvatures[0]},
    title="Two straight walks through the lowest point of one bowl",
)

# %% [markdown]
# Both walks are parabolas. Look at the numbers on the two loss axes: the second one is thousands of
# times flatter. The steepest direction is almost that of w, the flattest almost that of b.
#
# In each of the two directions your old rule holds: factor = 1 − rate · curvature. The rate is
# the same for both.
#
# **Predict:** at rate 0.0003, work out the two factors from the two curvatures. Then run.

# %%
flattest, steepest = np.linalg.eigvalsh(hessian(x))
print(f"steepest direction: factor = {1 - 0.0003 * steepest:.4f}")
print(f"flattest direction: factor = {1 - 0.0003 * flattest:.5f}")
print(f"limit for the rate: 2 / {steepest:.1f} = {2 / steepest:.6f}")
print(f"condition number:   {steepest:.1f} / {flattest:.3f} = {steepest / flattest:.0f}")

# %% [markdown]
# That is the crawl. The *steepest* direction sets the limit: about 0.000908. The *flattest* one
# must live with it: it keeps 99.989 % of its distance in every epoch.
#
# The ratio of the two curvatures is the **condition number**, here 6059. At 1 the bowl is round.
# The larger it is, the narrower the valley, and the longer the walk along its floor.
#
# Here is lesson 4's run on the map, with the two directions drawn in: the darker the colour, the
# higher the loss.

# %%
goal = np.array([2.0, 0.0])
path = np.array(walk(x, y, 0.0003, 100, w=0.902545, b=0.423674))
figures.bowls(
    {"100 epochs at rate 0.0003": (x, y, path)},
    title="The ×10 data: across the valley at once, then hardly along it",
)

# %% [markdown]
# The path goes straight across into the valley, and then hardly moves: the dots pile up on the
# dashed green line, and the lowest loss is far along it. It crosses the valley along the *steepest*
# direction, which leans a little: so b moves away from 0 at first.
#
# Now measure how far each dot is from the lowest point, along each direction by itself. (`@`
# multiplies step by step with a direction and adds: what comes out is the part of the way that lies
# in this direction.)
#
# **Predict:** each distance is multiplied by its own factor in every epoch. How will the two lines
# look on a log axis? Then run.

# %%
directions = np.linalg.eigh(hessian(x))[1]
parts = np.abs((path[:17] - goal) @ directions)
figures.distances(
    {"steepest direction": parts[:, 1], "flattest direction": parts[:, 0]},
    title="Distance to the goal along each direction, rate 0.0003",
)
print(f"steepest: factor measured = {(parts[8, 1] / parts[0, 1]) ** (1 / 8):.4f}")
print(f"flattest: factor measured = {(parts[8, 0] / parts[0, 0]) ** (1 / 8):.5f}")

# %% [markdown]
# Two straight lines: one falls by 0.3395 an epoch, the other looks level. The run is two runs at
# once, each with a curvature of its own, and neither knows of the other.
#
# A larger rate would help the flattest direction. The limit allows 0.0008.
#
# **Predict:** work out the two factors at rate 0.0008: 1 − 0.0008 · 2201.6 and
# 1 − 0.0008 · 0.363. What does a negative factor do to the path across the valley? And how much
# faster does the flattest direction get? Then run.

# %%
flattest, steepest = np.linalg.eigvalsh(hessian(x))
fast = np.array(walk(x, y, 0.0008, 12, w=0.902545, b=0.423674))
print(f"factors: {1 - 0.0008 * steepest:.4f} and {1 - 0.0008 * flattest:.5f}")
print(f"b after 12 epochs: {fast[-1, 1]:.3f}")

x_four = np.array([1.0, 2.0, 3.0, 4.0])
fast_four = np.array(walk(x_four, 2 * x_four, 0.11, 12, w=0.902545, b=0.423674))
flattest_four, steepest_four = np.linalg.eigvalsh(hessian(x_four))
print(f"x = 1…4, condition number {steepest_four / flattest_four:.1f}, rate 0.11:", end=" ")
print(f"factors {1 - 0.11 * steepest_four:.3f} and {1 - 0.11 * flattest_four:.3f}")
figures.bowls(
    {
        "x = 10…50, rate 0.0008": (x, y, fast),
        "x = 1…4, rate 0.11": (x_four, 2 * x_four, fast_four),
    },
    title="12 epochs from wall to wall, in a narrow valley and in a wider one",
)

# %% [markdown]
# A zigzag. On the left the path jumps from one wall of the valley to the other and back on nearly
# the same line, because along the floor it gains as good as nothing: 0.99971 in place of 0.99989.
# On the right is lesson 1's data, with the same start, in a valley a hundred times less narrow.
# There you see both at once: each jump lands on the other wall, a little nearer, and each line lies
# a little farther down the floor.
#
# Would patience help? The factor tells how many epochs it takes to halve the distance: as many as
# you have to multiply it by itself to get 0.5. A logarithm finds that number without a loop.
#
# **Predict:** 0.99989 loses about 0.011 % an epoch. To lose a half, will it take hundreds,
# thousands or hundreds of thousands of epochs? Then run. The second line trains them for real.

# %%
flattest, steepest = np.linalg.eigvalsh(hessian(x))
n_epochs = round(math.log(0.5) / math.log(1 - 0.0003 * flattest))
w, b = walk(x, y, 0.0003, n_epochs, w=1.98763, b=0.45278)[-1]
print(f"epochs to halve b: {n_epochs}")
print(f"trained for {n_epochs} epochs: b went from 0.45278 to {b:.5f}")

# %% [markdown]
# Thousands of epochs for half of the way. (Lesson 4 said 6354. It measured the floor along b,
# 0.3636, and the flattest direction leans a little.) There are two cures. One changes the walk, the
# other the data.
#
# ## 7 · First cure: momentum
#
# In lesson 3 momentum kept a velocity: v = β · v + slope, and then w = w − rate · v. In a valley it
# gains far more than on w². Along the floor the slopes agree, step after step, and v adds them up:
# to 1 / (1 − β) times one slope, if it has the time.
#
# **Your goal:** b settles, that is |b| stays at 0.001 or below, in at most 1000 epochs. Change β
# below and run again until the goal is reached. The rate stays 0.0003. What happens when β is too
# near to 1?


# %%
def roll(x, y, learning_rate, n_epochs, w, b, beta):
    """Like walk, with momentum: return the places (n_epochs + 1, 2), rows (w, b)."""
    place, velocity = np.array([w, b]), np.zeros(2)
    path = [place]
    for _ in range(n_epochs):
        velocity = beta * velocity + np.array(slopes(x, y, *place))
        place = place - learning_rate * velocity
        path.append(place)
    return np.array(path)


my_beta = 0.5  # change this line and run again
size_of_b = np.abs(roll(x, y, 0.0003, 1500, 0.902545, 0.423674, my_beta)[:, 1])
settled = 1 + np.max(np.flatnonzero(~(size_of_b <= 0.001)))
print(f"β = {my_beta}: after 1000 epochs |b| = {size_of_b[1000]:.4f}")
print("settled in epoch", settled if settled <= 1500 else "- not in 1500 epochs")
print("goal reached" if settled <= 1000 else "not yet: at most 1000 epochs is the goal")

# %% [markdown]
# Where the best β lies, lesson 3 has told you: at (1 − √(2 · rate))², and the 2 was the curvature
# of w². Put in the curvature of the direction that is slow.
#
# **Predict:** √(0.0003 · 0.363) is about 0.0104. What β comes out? Then run.

# %%
flattest, steepest = np.linalg.eigvalsh(hessian(x))
best_beta = (1 - math.sqrt(0.0003 * flattest)) ** 2
print(f"best β for the flattest direction: {best_beta:.3f}")
plain = np.array(walk(x, y, 0.0003, 1000, w=0.902545, b=0.423674))
rolled = roll(x, y, 0.0003, 1000, 0.902545, 0.423674, beta=0.98)
print(f"plain, 1000 epochs:    b = {plain[-1, 1]:.3f}")
print(f"β = 0.98, 1000 epochs: |b| below 0.00001: {bool(abs(rolled[-1, 1]) < 0.00001)}")

weight = torch.tensor(0.902545, dtype=torch.float64, requires_grad=True)
bias = torch.tensor(0.423674, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([weight, bias], lr=0.0003, momentum=0.98)
b_by_sgd = []
for _ in range(300):
    optimizer.zero_grad()
    ((weight * torch.from_numpy(x) + bias - torch.from_numpy(y)) ** 2).mean().backward()
    optimizer.step()
    b_by_sgd.append(bias.item())
same = np.allclose(b_by_sgd, rolled[1:301, 1], rtol=0, atol=1e-9)
print("optim.SGD takes the same 300 steps first:", same)
figures.distances(
    {"plain": plain[::20, 1], "β = 0.98": rolled[::20, 1]},
    every=20,
    title="Distance of b from 0, rate 0.0003",
)

# %% [markdown]
# Same rate, same data, and b arrives. That closes the story of momentum. In lesson 3 a forgotten
# zero was momentum with β = 1, which never settles. In lesson 4 it was an argument of `SGD`. Here
# it does what it was made for, and `optim.SGD(…, lr=0.0003, momentum=0.98)` takes the very same
# steps. Too small a β crawls, too large a β swings for a long time.
#
# (Momentum moves the border, too, to (1 + β) · 2 / curvature. Put 0.001 in the place of 0.0003 in
# the goal's cell, with β = 0.98: the rate that blew up in lesson 1 arrives.)
#
# ## 8 · Second cure: change the data
#
# The bowl's shape comes from `x` alone. So change `x`.
#
# **Predict:** subtract the mean, so that x = −20, −10, 0, 10, 20. Work out the four numbers of the
# Hessian with your formula. Which of them change? Then run.

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
# If all x are equal, they have no spread, and there is nothing to divide by. Then say so: raise a
# `ValueError`. Beware of rounding on both sides. For x = 0.1, 0.1, 0.1 the computed standard
# deviation is not 0 but about 10⁻¹⁷. And 1000000, 1000001, 1000003 lie close together, but they are
# not equal.
#
# **Exercise `standardize` (3 points). Write a function that returns z, the mean and the standard
# deviation, and refuses an `x` whose values are all equal.**
#
# <details><summary>Hint 1: where to look</summary>
#
# Three numbers or arrays, in this order: mean, std, z. NumPy has a function for each of the first
# two. Does its standard deviation divide by n or by n − 1?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# How do you ask whether all values are equal, without asking the standard deviation? Compare the
# largest with the smallest.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# An `if …:` with `raise ValueError("…")` in it. Then the mean, the standard deviation, and a
# `return` with three things separated by commas. Leave `x` as it is: no `-=`.
#
# </details>


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
from slopewise import domains, near, observe

spread_a = np.array([2.0, 3.0, 7.0])
spread_b = np.array([-40.0, -5.0, 1.5, -12.0, 8.0, -3.0])
spread_c = np.array([0.5, 4.5, 6.0, 5.0])
there_and_back = np.array([3.0, 5.0, 9.0, 3.0])
level_at_first = np.array([2.0, 2.0, 2.5, -7.0])
level_in_the_middle = np.array([1.0, 4.0, 4.0, -6.0])
narrow = np.array([0.0001, -0.0002, 0.0004])
pair = np.array([4.0, 9.0])
flat = np.array([7.0, 7.0, 7.0, 7.0])
flat_but_for_rounding = np.full(6, 0.7)
far_and_narrow = np.array([7000000.0, 7000002.0, 7000009.0])
hundredths = np.array([0.01, 0.02, 0.04, -0.05])
billionths = np.array([2e-14, -3e-14, 5e-14])
mean_of_zero = np.array([-2.0, 5.0, -3.0])
kinds = domains.arrays((6,), dtype="float64").without("single", "zeros")


def in_no_words(values):
    """Ask, and keep of a refusal which error it is, but not its text."""
    try:
        return standardize(values)
    except ValueError:
        raise ValueError from None
    except Exception as error:
        error.args = ()
        raise


def in_words(returned):
    """The three things by their names, where there are three."""
    if isinstance(returned, tuple | list) and len(returned) == 3:
        return dict(zip(("z", "the mean", "the std"), returned, strict=True))
    return returned


def mean_and_input_afterwards(values):
    returned = standardize(values)
    return {"the mean": float(returned[1]), "x afterwards": values}


observe(
    z_of_three_points=lambda: standardize(spread_a)[0],
    mean_of_three_points=lambda: standardize(spread_a)[1],
    std_of_three_points=lambda: standardize(spread_a)[2],
    all_of_six_points=lambda: in_words(standardize(spread_b)),
    input_is_left_as_it_is=lambda: mean_and_input_afterwards(spread_c),
    all_equal=near(lambda: in_no_words(flat), weight=3),
    all_equal_but_for_rounding=lambda: in_no_words(flat_but_for_rounding),
    first_and_last_equal=lambda: in_words(in_no_words(there_and_back)),
    middle_two_equal=lambda: in_words(in_no_words(level_in_the_middle)),
    first_two_equal=near(lambda: in_words(in_no_words(level_at_first)), weight=2),
    close_together=near(lambda: in_words(in_no_words(narrow)), relative=1e-3, absolute=1e-9),
    close_together_far_away=lambda: in_no_words(far_and_narrow)[0],
    std_far_away=lambda: in_no_words(far_and_narrow)[2],
    two_points=lambda: in_words(in_no_words(pair)),
    spread_of_hundredths=near(lambda: in_words(in_no_words(hundredths)), absolute=1e-9),
    very_small_units=lambda: in_no_words(billionths)[0],
    balanced_points=lambda: in_no_words(mean_of_zero)[0],
    **{
        name: near(probe.function, relative=1e-4, absolute=1e-9)
        for name, probe in domains.over(lambda x: in_words(standardize(x)), x=kinds).items()
        if name != "ordinary"
    },
)
### END HIDDEN TESTS
sample = np.array([1.0, 2.0, 4.0, 9.0])
ends_equal, begins_equal = np.array([3.0, 4.0, 5.0, 3.0]), np.array([3.0, 3.0, 5.0, 4.0])
middle_equal = np.array([1.0, 3.0, 3.0, 5.0])
close = np.array([1000000.0, 1000001.0, 1000003.0])
tutor(
    "standardize",
    **{
        "how many things": expect(lambda: len(standardize(sample)), 3),
        "z of 1, 2, 4, 9": expect(
            lambda: standardize(sample)[0], np.array([-0.9733285, -0.6488857, 0.0, 1.622214])
        ),
        "mean of 1, 2, 4, 9": expect(lambda: standardize(sample)[1], 4.0),
        "std of 1, 2, 4, 9": expect(lambda: standardize(sample)[2], 3.082207),
        "std of 3, 4, 5, 3": expect(lambda: standardize(ends_equal)[2], 0.8291562),
        "std of 3, 3, 5, 4": expect(lambda: standardize(begins_equal)[2], 0.8291562),
        "std of 1, 3, 3, 5": expect(lambda: standardize(middle_equal)[2], 1.414214),
        "std of two points": expect(lambda: standardize(sample[:2])[2], 0.5),
        "std of a small spread": expect(
            lambda: standardize(0.01 * sample)[2], 0.03082207, absolute=1e-9
        ),
        "std of a tiny spread": expect(
            lambda: standardize(1e-4 * sample)[2], 3.082207e-4, absolute=1e-9
        ),
        "z of 1000000, 1000001, 1000003": expect(
            lambda: standardize(close)[0], np.array([-1.069045, -0.2672612, 1.336306])
        ),
        "all equal": expect(lambda: standardize(np.array([5.0, 5.0])), ValueError),
        "x = 0.1 three times": expect(lambda: standardize(np.array([0.1, 0.1, 0.1])), ValueError),
        "x afterwards": expect(lambda: [standardize(sample), sample][1], sample.copy()),
    },
)
result = standardize(sample)
assert len(result) == 3, f"standardize returned {len(result)} things, expected z, mean, std."
z, mean, std = result
assert abs(mean - 4) < 1e-3, f"the mean of 1, 2, 4, 9 is 4, but it returned {mean} as second."
assert abs(std - 3.082) < 1e-3, f"the std of 1, 2, 4, 9 is 3.082, but it returned {std} as third."
assert np.shape(z) == (4,), f"z has shape {np.shape(z)}, expected (4,)."
assert np.allclose(z, [-0.973, -0.649, 0.0, 1.622], atol=1e-3), (
    f"z of 1, 2, 4, 9 is {z}, expected -0.973, -0.649, 0, 1.622."
)
try:
    standardize(np.array([5.0, 5.0, 5.0]))
    refused = False
except ValueError:
    refused = True
assert refused, "for x = 5, 5, 5 no ValueError was raised."
print("visible checks passed: standardize")

# %% [markdown]
# **Predict:** z has mean 0, and the mean of z² is 1. Put that into your Hessian: what are the four
# numbers? From them, the limit for the rate and the condition number? Then run.

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
round_path = walk(z, y, 0.4, 8, w=0.902545, b=0.423674)
for epoch, (w, b) in enumerate(round_path):
    print(f"epoch {epoch}: w = {w:.5f}, b = {b:.5f}, loss = {np.mean((w * z + b - y) ** 2):.5f}")
print(f"back in the units of x: slope = {w / std:.4f}")
print(f"f(60) from standardised x, 8 epochs: {w * (60 - mean) / std + b:.4f}")
w, b = walk(x, y, 0.0003, 100, w=0.902545, b=0.423674)[-1]
print(f"f(60) from x itself, 100 epochs:     {w * 60 + b:.4f}")
figures.bowls(
    {
        "x = 10…50, 100 epochs": (x, y, path),
        "standardised, 8 epochs": (z, y, round_path),
    },
    arrows=False,
    title="The valley and the round bowl",
)

# %% [markdown]
# Five epochs, and both parameters arrive together. The right answer for 60 is 120: eight epochs
# came closer to it than lesson 4's hundred. On the left the path falls into the valley and stays
# there; on the right the lines of equal loss are circles, and the path heads straight for the
# lowest loss.
#
# The best line is the same as before. Only its two numbers are counted differently: w is the rise
# per standard deviation, b is the value at the mean. A new input such as 60 must be treated with
# the *same* mean and std as the training data. That is why `standardize` returns them.
#
# **Your turn.** Real data have columns in different units. Here are five flats: the area in square
# metres, and the way to the centre in metres. With two weights and a bias the Hessian has three
# rows. `hessian_of_columns` computes it. Run the cell and look at the condition number.


# %%
def hessian_of_columns(columns):
    """Return the Hessian of the MSE with one weight a column and a bias, for arrays (n,)."""
    table = np.stack([*columns, np.ones(len(columns[0]))], axis=1)
    return 2 * table.T @ table / len(table)


area = np.array([30.0, 45.0, 60.0, 80.0, 120.0])
way = np.array([9000.0, 2500.0, 4000.0, 7000.0, 1500.0])
bends = np.linalg.eigvalsh(hessian_of_columns([area, way]))
print(f"limit for the rate = {2 / bends[-1]:.1e}, condition number = {bends[-1] / bends[0]:.0e}")

# %% [markdown]
# Now write three or four lines of your own in the next cell: standardise each column *by itself*,
# and print the limit and the condition number again. Before you run: which of the nine numbers of
# the Hessian do you know already?

# %%
# your lines

# %% [markdown]
# <details><summary>One way to do it, and what comes out</summary>
#
# ```python
# z_area, z_way = standardize(area)[0], standardize(way)[0]
# bends = np.linalg.eigvalsh(hessian_of_columns([z_area, z_way]))
# print(2 / bends[-1], bends[-1] / bends[0])
# ```
#
# The three numbers on the diagonal are 2, and those beside the bias are 0. The condition number
# falls from hundreds of millions to below 4. It is not 1: in these data the larger flats mostly lie
# nearer to the centre, so the two columns still go together. Standardising cures units. It does not
# cure columns that tell the same story.
#
# </details>
#
# ## 9 · Where the rule ends
#
# All this holds for a bowl that is the same everywhere and in every update: a linear model, the
# mean squared error, and all the data in each step. (A step on a part of the data sees the bowl of
# that part.) What if the curvature changes along the way? The smallest example is loss = w⁴. Its
# slope is 4w³, its curvature at w is 12w².
#
# **Predict:** work out the slope at w = 1 and at w = 2. By how much does it grow? Is that the
# curvature at w = 1, which is 12? Then run.

# %%
print(f"slope at 1: {4 * 1**3}, slope at 2: {4 * 2**3}, grown by {4 * 2**3 - 4 * 1**3}")
print(f"slope at 1.001: {4 * 1.001**3:.6f}, grown by {(4 * 1.001**3 - 4) / 0.001:.2f} per unit")

# %% [markdown]
# Not 12 but 28. Over a whole unit the curvature itself grows. It is the change of the slope *per
# unit of w, at one place*, measured over a short way.
#
# **Predict:** the rate is 0.1. The border, 2 / curvature, is 2/12 at w = 1 and 2/108 at w = 3. One
# run starts at 1, the other at 3. Which one blows up? Then run.

# %%
for w in (1.0, 3.0):
    print(f"w⁴ from w = {w}, rate 0.1")
    for step in range(4):
        print(f"    step {step}: w = {w:.4g}, border here = {2 / (12 * w**2):.2g}")
        w = w - 0.1 * 4 * w**3

# %% [markdown]
# The same loss, the same rate: one run arrives, ever more slowly, and the other blows up. The limit
# moves along the way. It rises on the run that comes nearer to 0, so 0.1 becomes timid there, and
# it falls on the run that is thrown out. In a network with several layers the curvature changes
# from place to place, too. There the rule of this lesson holds only near the place where you are.
# That is one reason why people change the rate while they train.
#
# ## In this lesson you…
#
# - saw that every epoch multiplies the distance to the goal by 1 − rate · curvature;
# - computed the curvature, the border 2 / curvature and the best rate 1 / curvature from `x` alone,
#   and tested them with a sweep;
# - learned that ×10 on x asks for a rate 100 times smaller, that scaling y alone changes nothing,
#   and that more epochs cannot rescue a rate above the border;
# - explained lesson 4's crawl: the steepest direction limits the rate, the flattest one has to
#   wait, and the condition number says how much;
# - cured it twice: with momentum, and by standardising;
# - saw where the rule ends: where the curvature changes along the way.
#
# **Where next.** You can now train a linear model in PyTorch and say why it trains. Two ways on
# from here:
#
# - data with several columns: standardise each by itself, and find out what the condition number
#   says about columns that go together;
# - networks with more than one layer, as at the end of lesson 4: look for the largest rate at which
#   yours still trains, and watch how it changes when you start elsewhere.

# %% [markdown]
# ## Appendix: the runs, line by line
#
# You do not need this section to go on. Here are the runs of lessons 1 and 4, to be laid beside
# recorded ones. First one weight at rate 0.0003, 20 epochs. (Near the end `w · x` and `y` share
# nearly all their digits. float32 keeps too few of the difference, and the ratio of two gradients
# means nothing there.)

# %%
gradients = print_log(20)

# %% [markdown]
# Weight and bias at rate 0.0003, every fifth of 100 epochs, and the last.

# %%
print_crawl([*range(0, 100, 5), 99])
