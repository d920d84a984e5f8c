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
# # The smallest landscape: loss = w²
#
# *Aim: see exactly what one update does to a weight, and how the learning rate alone decides
# whether the weight creeps, jumps, bounces or runs away.*
#
# **About 75 minutes.**
#
# You will be able to
#
# - write a descent on `w ** 2` by autograd and keep a record of it;
# - say where the weight is after k steps without running them;
# - name what any learning rate will do before you try it;
# - count the steps a rate needs, and tell when no number of steps is enough;
# - recognise a training loop that forgot to zero its gradient by the way it swings.
#
# **Before you start.** You need lessons 1 and 2: the update `w - learning_rate * gradient`, and
# `backward()`, `torch.no_grad()` and clearing the gradient in PyTorch. You also need powers: 0.8³
# is 0.8 · 0.8 · 0.8, and a number to the power 0 is 1.
#
# Three words. *Rate* is short for learning rate. To *zero* a gradient is to clear it, as in lesson
# 2. The *size* of a number is the number without its sign, written |w|: |−3| is 3.
#
# There is no data in this lesson: no x, no y, only a weight. So there is nothing to pass over, and
# we count *steps*. In the other lessons an *epoch* is one pass over all the data with one update
# at its end, so there, too, one update is one step.

# %%
import math

import torch

from slopewise import figures

# %% [markdown]
# ## 1 · One step, by hand
#
# Our loss is `w ** 2`. It is smallest at w = 0, and every descent here tries to get there.
#
# How steep is it at w = 10? Nudge w a little and see how much the loss rises for each unit of the
# nudge.
#
# **Predict:** 10² is 100. What is 10.001², roughly? How many times the nudge is the rise? Then
# run.

# %%
nudge = 0.001
rise = (10 + nudge) ** 2 - 10**2
print(f"rise = {rise:.6f}, rise / nudge = {rise / nudge:.3f}")

# %% [markdown]
# The smaller the nudge, the nearer this comes to 20. That number is the slope at w = 10, twice the
# weight. It is so at every w: the slope of w² is 2w. When the slope is positive, uphill is to the
# right, so we step to the left.
#
# **Predict:** start at w = 10 with a learning rate of 0.1. Where does the first step land? Does
# the second step move as far as the first? Work both out on paper. Then run.

# %%
start = 10.0
first = start - 0.1 * 2 * start
second = first - 0.1 * 2 * first
print(f"{start:.2f} -> {first:.2f} -> {second:.2f}")

# %% [markdown]
# The first step moved by 2, the second by only 1.6. The slope is smaller nearer the bottom, so the
# steps shrink by themselves. Nobody lowered the learning rate.
#
# ## 2 · Let the loop run
#
# **Exercise `descend` (6 points).** Write the loop, and let autograd find the slope as in lesson 2.
# Keep three records:
#
# - the loss and the gradient *before* the update (that is where `backward()` looked);
# - the weight *after* the update.
#
# Grading also checks that your loop asked autograd for the slope. `2 * w` is right, but this
# exercise wants a loop that also works for a loss whose slope you do not know.


# %% exercise="descend"
def descend(w0, learning_rate, n_steps):
    """Take n_steps steps of gradient descent on loss = w ** 2, with the gradient from autograd.

    w0: float, the weight before the first step.
    learning_rate: float.
    n_steps: int; 0 gives three empty lists.

    Return (ws, losses, grads), three lists of n_steps floats: the weight after each update, the
    loss before it, and the gradient before it. w0 itself is not in ws.
    """
    ### BEGIN SOLUTION
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads
    ### END SOLUTION


# %% check="descend" points=6
### BEGIN HIDDEN TESTS
import torch
from torch.autograd.graph import saved_tensors_hooks

from slopewise import observe


def _lengths_and_kind(w0, learning_rate, n_steps):
    """How long the three records are, and whether tensors are among their entries."""
    records = [list(record) for record in descend(w0, learning_rate, n_steps)]
    plain = not any(isinstance(entry, torch.Tensor) for record in records for entry in record)
    return [len(record) for record in records], "numbers" if plain else "tensors among them"


def _complete(w0, learning_rate, n_steps):
    # How early a descent gives up is of no interest, so that one message fits all that do.
    records = [list(record) for record in descend(w0, learning_rate, n_steps)]
    return [len(record) == n_steps for record in records]


def _asks_autograd(w0, learning_rate, n_steps):
    """The weights, and whether a backward pass in each step read what a forward pass had kept."""
    read_back = []

    def give_back(kept):
        read_back.append(1)
        return kept

    try:
        with saved_tensors_hooks(lambda kept: kept, give_back):
            ws = descend(w0, learning_rate, n_steps)[0]
    except RuntimeError as refusal:
        if "saved tensor hooks" not in str(refusal):
            raise
        # torch.func is autograd too, and lets nobody look on
        return [list(descend(w0, learning_rate, n_steps)[0]), True]
    return [list(ws), len(read_back) >= n_steps]


observe(
    weights_after=lambda: list(descend(3.0, 0.2, 5)[0]),
    losses_before=lambda: list(descend(-2.5, 0.35, 4)[1]),
    gradients_before=lambda: list(descend(4.0, 0.15, 5)[2]),
    across_the_valley=lambda: [list(record) for record in descend(1.5, 0.8, 4)],
    no_step_and_two_steps=lambda: [
        [list(record) for record in descend(6.0, 0.05, n)] for n in (0, 2)
    ],
    called_twice=lambda: [[list(r) for r in descend(7.0, 0.4, 3)] for _ in range(2)],
    slope_from_autograd=lambda: _asks_autograd(1.75, 0.3, 3),
    plain_numbers=lambda: _lengths_and_kind(-3.5, 0.45, 2),
    there_long_before_the_end=lambda: _complete(4.0, 0.25, 25),
)
### END HIDDEN TESTS
records = descend(10.0, 0.1, 3)
assert records is not None, "descend returned None: did you forget a return?"
assert len(records) == 3, f"expected three lists (ws, losses, grads), got {len(records)} things"
assert all(hasattr(record, "__len__") for record in records), (
    f"expected three lists (ws, losses, grads), got {records}: return all three lists"
)
for name, record, expected in zip(
    ("ws", "losses", "grads"),
    records,
    ([8.0, 6.4, 5.12], [100.0, 64.0, 40.96], [20.0, 16.0, 12.8]),
    strict=True,
):
    assert len(record) == 3, (
        f"{name} holds {len(record)} values, expected 3, one for each step. "
        "Is w0 in the list, or is the loop one step off?"
    )
    assert not any(getattr(value, "requires_grad", False) for value in record), (
        f"{name} holds tensors that still require grad: keep plain numbers, with .item()"
    )
    numbers = [float(value) for value in record]
    assert all(
        math.isclose(value, right, rel_tol=1e-4)
        for value, right in zip(numbers, expected, strict=True)
    ), (
        f"{name} is {numbers}, expected about {expected}. Three likely causes: the gradient was "
        "not zeroed after the update; loss or gradient was noted after it; a tensor was put "
        "into the list and changed later (note a number, with .item())."
    )
assert [list(record) for record in descend(10.0, 0.1, 0)] == [[], [], []], (
    "with n_steps = 0, expected three empty lists"
)
print("visible checks passed: three records of three steps, and none of no steps")

# %% [markdown]
# Here are fifteen steps from w = 10.
#
# **Predict:** you know that the weight goes 10, 8, 6.4. What is it after step 3? Which of the
# three columns (weight, loss, gradient) shrinks fastest? Then run.

# %%
ws, losses, grads = descend(10.0, 0.1, 15)
print("loss = w², from w = 10, learning rate 0.1, 15 steps")
for step, (w, loss, gradient) in enumerate(zip(ws, losses, grads, strict=True), start=1):
    print(f"step {step}: w = {w:.7f}, loss = {loss:.7f}, gradient = {gradient:.7f}")

# %% [markdown]
# The loss shrinks fastest. It begins at 100, and yet from step 13 on it is the
# smallest of the three columns. (The 6.4000001 is float32, which keeps about seven digits.)
#
# **Predict:** divide each weight by the one before it. Will that ratio change along the way? And
# the ratio of each loss to the one before it? Then run.

# %%
ws, losses, grads = descend(10.0, 0.1, 15)
for k in (1, 5, 10, 14):
    print(
        f"step {k + 1:2}: weight ratio {ws[k] / ws[k - 1]:.4f}, "
        f"loss ratio {losses[k] / losses[k - 1]:.4f}"
    )

# %% [markdown]
# Always 0.8 for the weight, and always 0.64 = 0.8² for the loss. Where does the 0.8 come from?
#
# ## 3 · Skip the loop
#
# Look at one update again. Both terms contain w, so you can take it out of the bracket:
#
# $$w - \text{learning\_rate} \cdot 2w = (1 - 2 \cdot \text{learning\_rate}) \cdot w$$
#
# One step multiplies the weight by a number that does not depend on the weight. We call it the
# *factor*. At a learning rate of 0.1 it is 1 − 0.2 = 0.8.
#
# **Predict:** what is the factor at a rate of 0.25? At 0.5? At 0.75? Then run.

# %%
for learning_rate in (0.1, 0.25, 0.5, 0.75):
    print(f"learning rate {learning_rate}: factor {1 - 2 * learning_rate:.2f}")

# %% [markdown]
# The first step multiplies by the factor once, the second multiplies the result again, and so on.
# So you can say where the weight is after k steps without taking them.
#
# **Exercise `closed_form` (3 points).** Write that down, with no loop. (A formula that gives the
# result at once, instead of step by step, is called a *closed form*.)


# %% exercise="closed_form"
def closed_form(w0, learning_rate, k):
    """Return w after k steps of gradient descent on loss = w ** 2, as a float, without a loop.

    w0: float, the weight before the first step.
    learning_rate: float.
    k: int, 0 or more; after 0 steps the weight is still w0.
    """
    ### BEGIN SOLUTION
    return w0 * (1 - 2 * learning_rate) ** k
    ### END SOLUTION


# %% check="closed_form" points=3
### BEGIN HIDDEN TESTS
import sys
from collections import Counter

from slopewise import observe


def _rounds(function, *arguments):
    """How often the longest loop of the call goes round.

    It is the largest count of visits to one line in one frame: a recursion makes a frame a call.
    """
    visits = Counter()

    def count(frame, event, argument):
        if event == "line":
            visits[frame, frame.f_lineno] += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        function(*arguments)
    finally:
        sys.settrace(before)
    return max(visits.values(), default=0)


observe(
    seven_steps=lambda: closed_form(3.0, 0.15, 7),
    negative_start=lambda: closed_form(-4.0, 0.7, 5),
    even_and_odd=lambda: [closed_form(5.0, 0.9, 3), closed_form(5.0, 0.9, 4)],
    no_step_and_one_step=lambda: [closed_form(6.5, 0.35, 0), closed_form(6.5, 0.35, 1)],
    half=lambda: [closed_form(7.0, 0.5, 0), closed_form(7.0, 0.5, 2)],
    growing=lambda: closed_form(2.0, 1.25, 6),
    many_steps_without_a_loop=lambda: [
        closed_form(2.0, 0.001, 400),
        _rounds(closed_form, 2.0, 0.001, 400) < 100,
    ],
)
### END HIDDEN TESTS
for k, expected in ((1, 8.0), (2, 6.4), (0, 10.0)):
    result = closed_form(10.0, 0.1, k)
    assert result is not None, "closed_form returned None: did you forget a return?"
    assert math.isclose(result, expected, rel_tol=1e-4), (
        f"closed_form(10.0, 0.1, {k}) returned {result}, expected {expected}. After k steps the "
        "factor 1 - 2 * learning_rate has been applied k times: is the 2 there, is it a power, "
        "and is the power k (not k - 1 or k + 1)?"
    )
result = closed_form(10.0, 0.75, 3)
assert math.isclose(result, -1.25, rel_tol=1e-4), (
    f"closed_form(10.0, 0.75, 3) returned {result}, expected -1.25: "
    "at 0.75 the factor is negative, so an odd number of steps ends on the other side"
)
print("visible checks passed: no step, one, two, and a negative factor")

# %% [markdown]
# **Predict:** in how many digits does the formula agree with your 15 steps? Then run.

# %%
print(f"15 steps in a loop:  {descend(10.0, 0.1, 15)[0][-1]:.7f}")
print(f"one power:           {closed_form(10.0, 0.1, 15):.7f}")

# %% [markdown]
# In all the digits shown. What you have written is
#
# $$w_k = (1 - 2 \cdot \text{learning\_rate})^k \cdot w_0$$
#
# In words: take the start and multiply it by the factor, k times. On this landscape one number, the
# factor, says everything about a descent.
#
# ## 4 · Turn the knob
#
# The next cell makes the same walk in plain arithmetic, so that the pictures work whether or not
# your `descend` is finished.


# %%
def walk(learning_rate, n_steps=12):
    """Return the weights of a walk down w ** 2 from 10, the start included."""
    path = [10.0]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * 2 * path[-1])
    return path


print([round(w, 3) for w in walk(0.1, 3)])

# %% [markdown]
# **Predict:** you will turn the rate up from 0.02 to 1.1. What does the path do first, what next?
# At which two rates does its behaviour change? Write your two numbers down. Then run and move the
# slider.

# %% tags=["nbval-skip"]
# Instead of walk, your own: lambda rate: [10.0] + descend(10.0, rate, 12)[0]
figures.parabola_slider(walk, w0=10.0, n_steps=12)

# %% [markdown]
# If you cannot move the slider here, these are five of its positions, with four steps each. The
# numbers below the picture say the same in digits.
#
# **Predict:** which of the five will have the lowest loss after four steps? Then run.

# %%
rates = (0.1, 0.5, 0.8, 1.0, 1.1)
figures.parabola_path(
    {f"learning rate {rate}": walk(rate, 4) for rate in rates},
    title="Four steps down loss = w² from w = 10",
)
for rate in rates:
    print(f"learning rate {rate}:", ", ".join(f"{w:.2f}" for w in walk(rate, 4)))

# %% [markdown]
# Five rates, five kinds of behaviour. Let us give them names:
#
# | name | what the weight does |
# |---|---|
# | `"smooth"` | stays on its side and comes nearer with every step |
# | `"one-step"` | is at 0 after the first step |
# | `"alternating"` | changes sides with every step and comes nearer |
# | `"cycle"` | changes sides with every step and never comes nearer |
# | `"diverging"` | changes sides with every step and goes farther away |
#
# How sharp are the borders between them? Look very close to 1, and take many steps.
#
# **Predict:** where is the weight after 1000 steps at a rate of 0.999, at exactly 1, and at 1.001?
# Then run.

# %%
for rate in (0.999, 1.0, 1.001):
    print(f"learning rate {rate}: |w| after 1000 steps = {abs(walk(rate, 1000)[-1]):.3f}")

# %% [markdown]
# A difference of a thousandth decides between coming nearer and running away. Close to the border
# it only takes longer to show. Exactly on the border the weight goes w, −w, w, −w for ever.
#
# **Exercise `regime` (4 points).** A *regime* is a range in which the behaviour is of one kind.
# Write the rule that names it. Use the factor, or use the rate: both work. Comparing floats with
# `==` is risky in general. Here it is safe: 0.5 and 1.0 are exact in binary, and so are the factors
# they give.


# %% exercise="regime"
def regime(learning_rate):
    """Name what gradient descent on loss = w ** 2 does at this learning rate (from any w0 but 0).

    learning_rate: float, greater than 0.

    Return one of "smooth", "one-step", "alternating", "cycle", "diverging".
    """
    ### BEGIN SOLUTION
    if learning_rate < 0.5:
        return "smooth"
    if learning_rate == 0.5:
        return "one-step"
    if learning_rate < 1:
        return "alternating"
    if learning_rate == 1:
        return "cycle"
    return "diverging"
    ### END SOLUTION


# %% check="regime" points=4
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(
    around_one_half=lambda: [regime(0.49), regime(0.51)],
    one_half_exactly=lambda: [regime(0.5), regime(0.3)],
    one_exactly=lambda: [regime(1.0), regime(0.6)],
    around_one=lambda: [regime(0.99), regime(1.0), regime(1.01)],
    the_quarters=lambda: [regime(0.25), regime(0.5), regime(0.75)],
    very_small_and_very_large=lambda: [regime(0.001), regime(40.0)],
    a_hair_beside_one_half=lambda: [regime(0.4999996), regime(0.5000004)],
    a_hair_beside_one=lambda: [regime(0.9999996), regime(1.0000004)],
)
### END HIDDEN TESTS
for rate, expected in ((0.1, "smooth"), (0.8, "alternating"), (1.1, "diverging")):
    result = regime(rate)
    assert result is not None, "regime returned None: did you forget a return?"
    assert result == expected, (
        f"regime({rate}) returned {result!r}, expected {expected!r}. The factor at this rate is "
        f"{1 - 2 * rate:.1f}: look at its sign, and whether its size is below or above 1."
    )
for rate in (0.5, 1.0):
    assert regime(rate) in ("one-step", "cycle"), (
        f"regime({rate}) returned {regime(rate)!r}: {rate} is a border, and on a border something "
        "special happens. Look at the five pictures again."
    )
print("visible checks passed: inside the regions, and something special on the borders")

# %% [markdown]
# Why the borders lie where they do can be read off the factor, 1 − 2 · learning_rate.
#
# - Positive: the weight keeps its side. Zero: it is there at once. Negative: it changes sides.
# - Size below 1: nearer with every step. Exactly 1: never nearer. Above 1: farther away.
#
# **Predict:** which rates give the factors 0, −1 and −1.2? Solve 1 − 2 · learning_rate = factor
# for the rate, on paper. Then run.

# %%
for factor in (0.0, -1.0, -1.2):
    print(f"factor {factor}: learning rate {(1 - factor) / 2}")

# %% [markdown]
# ## 5 · How many steps?
#
# **Predict:** the rates 0.1 and 0.9 look very different. One creeps down its own side, the other
# leaps across the valley with every step. Which is nearer to 0 after ten steps? Then run.

# %%
figures.paths(
    {"learning rate 0.1": walk(0.1, 20), "learning rate 0.9": walk(0.9, 20)},
    x_label="step",
    target=0.0,
    title="A creeping and a leaping descent",
)
print(f"after 10 steps: {walk(0.1, 10)[-1]:.4f} and {walk(0.9, 10)[-1]:.4f}")

# %% [markdown]
# Neither. In the picture the two curves meet after every second step. The factors are 0.8 and −0.8.
# The sign decides the side; only the size decides how fast it goes.
#
# **Exercise `steps_to_reach` (3 points).** Count: how many steps until the weight is within a
# tolerance of 0, so that |w| ≤ tolerance? Think about these cases before you write:
#
# - The start may already be near enough. How many steps is that?
# - The weight may be negative.
# - A small rate may need thousands of steps, so a fixed upper limit is not safe.
# - Some rates never get there. Find out *before* a loop waits for ever. (If a cell does not
#   stop, press the square: *Interrupt the kernel*.)
#
# A loop is fine, and so is a logarithm.


# %% exercise="steps_to_reach"
def steps_to_reach(w0, learning_rate, tolerance):
    """Return how many steps on loss = w ** 2 it takes until |w| <= tolerance, or None.

    w0: float, the weight before the first step.
    learning_rate: float, greater than 0.
    tolerance: float, greater than 0.

    Return the smallest int k >= 0 for which the weight after k steps has |w| <= tolerance, and
    None if there is no such k.
    """
    ### BEGIN SOLUTION
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) > tolerance:
        w *= 1 - 2 * learning_rate
        k += 1
    return k
    ### END SOLUTION


# %% check="steps_to_reach" points=3
### BEGIN HIDDEN TESTS
import numpy as np
from slopewise import observe


def _count_and_kind(w0, learning_rate, tolerance):
    count = steps_to_reach(w0, learning_rate, tolerance)
    return count, "an int" if isinstance(count, int | np.integer) else "not an int"


# What a wrong loop may never finish stands last, so that the rest has been observed by then.
observe(
    quarter=lambda: steps_to_reach(6.0, 0.25, 0.01),
    negative_start_leaping=lambda: steps_to_reach(-7.0, 0.8, 0.05),
    already_there=lambda: [steps_to_reach(w, 0.2, 2.0) for w in (0.3, -2.0, 2.0, 5.0)],
    one_half=lambda: [steps_to_reach(w, 0.5, 0.25) for w in (40.0, -30.0, 0.125)],
    tolerance_met_exactly=lambda: [steps_to_reach(w, 0.25, 1.0) for w in (4.0, -2.0)],
    an_int_comes_back=lambda: [_count_and_kind(w, 0.125, 0.75) for w in (9.0, 0.5)],
    very_slow=lambda: steps_to_reach(5.0, 2.0**-11, 1.2e-5),
    just_below_one=lambda: steps_to_reach(5.0, 0.99, 2.0),
    one_exactly=lambda: [steps_to_reach(w, 1.0, 0.5) for w in (0.25, 0.5, -4.0)],
    above_one=lambda: [steps_to_reach(w, 1.3, 0.5) for w in (-0.25, 4.0)],
)
### END HIDDEN TESTS
for w0, rate, tolerance, expected in (
    (10.0, 0.1, 0.5, 14),
    (10.0, 0.9, 0.5, 14),
    (10.0, 0.5, 0.5, 1),
    (0.375, 0.1, 0.5, 0),
):
    result = steps_to_reach(w0, rate, tolerance)
    assert result is not None, (
        f"steps_to_reach({w0}, {rate}, {tolerance}) returned None, expected {expected}: "
        "did you forget a return, or give up on a rate that does get there?"
    )
    assert result == expected, (
        f"steps_to_reach({w0}, {rate}, {tolerance}) returned {result}, expected {expected}. "
        "Likely causes: the count starts at 1 instead of 0, the size |w| is not taken, "
        "a quotient was rounded down or not at all, or the loss was compared instead of the weight."
    )
# If this does not come to an end: interrupt the kernel. The loop waits for what never comes.
for rate in (1.1, 1.0):
    result = steps_to_reach(10.0, rate, 0.5)
    assert result is None, f"at a rate of {rate} w never comes near 0: expected None, got {result}"
print("visible checks passed: creeping, leaping, one step, already there, never")

# %% [markdown]
# **Predict:** a rate of 0.001 is a tenth of 0.01. How many times the steps does it need to get from
# 10 to within 0.01 of 0? And which rate in this list is the quickest? Then run.

# %%
for rate in (0.001, 0.01, 0.1, 0.4, 0.5, 0.6, 0.9, 0.99, 0.999, 1.0):
    print(f"learning rate {rate}: steps needed = {steps_to_reach(10.0, rate, 0.01)}")

# %% [markdown]
# A tenth of a small rate needs about ten times the steps. The best rate here is 0.5. A rate that is
# as far above it as another is below needs the same number of steps: 0.4 and 0.6, 0.1 and 0.9. At 1
# there is nothing to wait for.
#
# ## 6 · Forget to zero
#
# In lesson 2 you saw that `backward()` *adds* to `w.grad`. So what does a loop do that forgets to
# zero it? Each step then uses the sum of all gradients so far.
#
# **Predict:** start at 10 with a rate of 0.1. The first gradient is 20, so w becomes 8. The second
# gradient is 16. What is in `w.grad` now, and where does w go? Does the weight get to 0 sooner?
# Does it stay there? Write down what you think the path will look like after 50 steps.
#
# **Exercise `descend_without_zeroing` (4 points).** Write the loop with the mistake in it, on
# purpose.


# %% exercise="descend_without_zeroing"
def descend_without_zeroing(w0, learning_rate, n_steps):
    """Descend on loss = w ** 2 as `descend` does, but never zero the gradient.

    w0: float, the weight before the first step.
    learning_rate: float.
    n_steps: int; 0 gives an empty list.

    Return ws, a list of n_steps floats: the weight after each update. w0 itself is not in it.
    """
    ### BEGIN SOLUTION
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws
    ### END SOLUTION


# %% check="descend_without_zeroing" points=4
### BEGIN HIDDEN TESTS
import torch
from slopewise import observe

torch.set_grad_enabled(True)  # an earlier answer may have left it off

observe(
    five_steps=lambda: list(descend_without_zeroing(3.0, 0.2, 5)),
    negative_start=lambda: list(descend_without_zeroing(-2.0, 0.35, 4)),
    no_step_and_two_steps=lambda: [list(descend_without_zeroing(6.0, 0.3, n)) for n in (0, 2)],
    small_rate=lambda: list(descend_without_zeroing(50.0, 0.02, 10)),
    rate_above_one=lambda: list(descend_without_zeroing(1.5, 1.2, 6)),
    rate_above_two=lambda: list(descend_without_zeroing(1.0, 2.5, 4)),
    called_twice=lambda: [list(descend_without_zeroing(4.0, 0.15, 3)) for _ in range(2)],
)
### END HIDDEN TESTS
result = descend_without_zeroing(10.0, 0.1, 2)
assert result is not None, "descend_without_zeroing returned None: did you forget a return?"
assert hasattr(result, "__len__"), f"it returned {result}, expected a list of two weights"
assert len(result) == 2, (
    f"it returned {len(result)} values for two steps, expected 2: return ws only, without w0"
)
assert not any(getattr(value, "requires_grad", False) for value in result), (
    "the list holds tensors that still require grad: keep plain numbers, with .item()"
)
result = [float(value) for value in result]
assert math.isclose(result[0], 8.0, rel_tol=1e-4), (
    f"the first weight is {result[0]}, expected 8: the first step is the same with or without "
    "zeroing (a tensor put into the list may have changed later: note a number, with .item())"
)
assert not math.isclose(result[1], 6.4, rel_tol=1e-4), (
    "the second weight is 6.4, as with zeroing: here the first gradient must still be in w.grad"
)
assert math.isclose(result[1], 4.4, rel_tol=1e-4), (
    f"the second weight is {result[1]}, expected 4.4 = 8 - 0.1 * (20 + 16): "
    "the step uses the sum of all gradients so far"
)
print("visible checks passed: the second step used both gradients")

# %% [markdown]
# Now look at 60 steps, beside the loop that zeroes. Compare them with what you wrote down.

# %%
figures.paths(
    {
        "zeroed after every update": walk(0.1, 60),
        "never zeroed": [10.0] + descend_without_zeroing(10.0, 0.1, 60),
    },
    x_label="step",
    target=0.0,
    title="Learning rate 0.1, with and without zeroing",
)
print([round(float(w), 2) for w in descend_without_zeroing(10.0, 0.1, 8)])

# %% [markdown]
# It gets to 0 sooner, and rushes past. The loop that zeroes comes to rest at 0. The other swings to
# the far side and back, again and again, like a wave.
#
# **Predict:** does the swing get larger, smaller, or neither, over 400 steps? Then run.

# %%
swing = [abs(float(w)) for w in descend_without_zeroing(10.0, 0.1, 400)]
for first_step in (0, 100, 200, 300):
    largest = max(swing[first_step : first_step + 100])
    print(f"steps {first_step + 1} to {first_step + 100}: largest |w| = {largest:.2f}")
print(f"10 / sqrt(1 - 0.1 / 2) = {10 / math.sqrt(1 - 0.1 / 2):.2f}")

# %% [markdown]
# Neither. The size of the swing stays the same. (Where the formula in the last line comes from
# takes some trigonometry; here you only check it.) No weight of this run is ever farther from 0
# than the last line says. "It diverges if you forget to zero" is not true here.
#
# This has a name. Think of a ball in a bowl. Its *velocity* is kept from one step to the next, and
# the slope only changes it. Descent with such a memory is called *momentum*. It keeps a sum of the
# gradients. Before the new gradient is added, the old sum is multiplied by a number β (say "beta").
# β = 0 forgets everything, which is plain descent. β = 1 forgets nothing: a ball without friction.
# A loop that never zeroes is momentum with β = 1.
#
# **Predict:** what will β = 0.9 do? Then run.


# %%
def momentum_walk(learning_rate, beta, n_steps):
    """Return the weights of a momentum walk down w ** 2 from 10, the start included."""
    path, velocity = [10.0], 0.0
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * path[-1]
        path.append(path[-1] - learning_rate * velocity)
    return path


figures.paths(
    {f"β = {beta}": momentum_walk(0.1, beta, 60) for beta in (0.0, 0.9, 1.0)},
    x_label="step",
    target=0.0,
    title="Momentum at learning rate 0.1",
)
for beta in (0.0, 0.9, 1.0):
    last = max(abs(w) for w in momentum_walk(0.1, beta, 60)[-15:])
    print(f"β = {beta}: largest |w| in the last 15 steps = {last:.4f}")

# %% [markdown]
# With a little friction the swings die down: the curve for β = 0.9 swings less and less. At
# this rate that gains nothing, because plain descent is at rest long before. At a much smaller
# rate, or on a less simple landscape, a memory can help. PyTorch's SGD offers it on purpose, as its
# argument `momentum`.
#
# Is the third curve really your loop? **Predict:** will the two agree to within 0.001 at all 60
# steps? Then run.

# %%
yours = descend_without_zeroing(10.0, 0.1, 60)
difference = max(
    abs(float(a) - b) for a, b in zip(yours, momentum_walk(0.1, 1.0, 60)[1:], strict=True)
)
print(f"your loop and momentum with β = 1 differ by less than 0.001: {difference < 0.001}")

# %% [markdown]
# They are the same walk, up to float32 rounding.
#
# A weight that swings from side to side may come from a rate that is too high, or from a forgotten
# `zero_()`. How do you tell which?
#
# **Predict:** lower the rate from 0.1 to 0.01 and 0.001. A rate that was too high would now
# settle. What does the loop without zeroing do? Then run.

# %%
for rate in (0.1, 0.01, 0.001):
    late = [abs(w) for w in momentum_walk(rate, 1.0, 1000)[-200:]]
    zeroed = [abs(w) for w in walk(rate, 1000)[-200:]]
    print(
        f"learning rate {rate}: largest |w| in the last 200 of 1000 steps: "
        f"{max(late):.2f} never zeroed, {max(zeroed):.2f} zeroed"
    )

# %% [markdown]
# It swings about as widely as before, only more slowly. (The 2.01 is no swing: at 0.001 the zeroed
# loop is still on its way down.) So when the swings stay and a lower rate does not calm them, look
# for a missing `zero_()`.
#
# Does it ever run away? **Predict:** a rate of 1.5 makes plain descent run away. Which of the next
# three stay below 100? Then run.

# %%
for label, path in (
    ("rate 1.5, zeroed", walk(1.5, 50)),
    ("rate 1.5, never zeroed", momentum_walk(1.5, 1.0, 50)),
    ("rate 2.1, never zeroed", momentum_walk(2.1, 1.0, 50)),
):
    print(f"{label}: largest |w| in 50 steps is below 100: {max(abs(w) for w in path) < 100}")

# %% [markdown]
# Only the middle one. Without zeroing the swing keeps its size as long as the rate is below 2.
# Above 2 this loop runs away as well.
#
# ## 7 · The same bowl, with data
#
# Does any of this hold for a loss that comes from data? Take lesson 1 again: x = 1, 2, 3, 4 and
# y = 2x, learning rate 0.01, w from 0. The best weight is 2, so watch the *gap*, w − 2.
#
# **Predict:** divide each gap by the one before. Will the ratio change along the way? Then run.

# %%
x, y = [1.0, 2.0, 3.0, 4.0], [2.0, 4.0, 6.0, 8.0]
w = 0.0
for step in range(1, 6):
    gap = w - 2
    gradient = sum(2 * a * (w * a - b) for a, b in zip(x, y, strict=True)) / len(x)
    w -= 0.01 * gradient
    print(f"step {step}: w = {w:.3f}, gap ratio = {(w - 2) / gap:.4f}")

# %% [markdown]
# Always the same factor, 0.85. That loss is a bowl like ours, moved to 2 and steeper: its factor
# is 1 − 15 · learning_rate where ours is 1 − 2 · learning_rate. Lesson 5 shows where the 15 comes
# from, and where that puts the border.
#
# ## In this lesson you…
#
# - wrote a descent on w² by autograd, and saw the steps shrink with the slope;
# - found that one step multiplies the weight by 1 − 2 · learning_rate, so that k steps need no
#   loop: $w_k = (1 - 2 \cdot \text{learning\_rate})^k \cdot w_0$;
# - found two borders on w²: below 0.5 smooth, at 0.5 there in one step, between 0.5 and 1
#   alternating, at 1 bouncing between w and −w for ever, above 1 diverging;
# - counted steps, and saw that rates on either side of 0.5 with the same size of factor are equally
#   quick;
# - forgot to zero on purpose: that is momentum with β = 1, a swing of constant size, and
#   lowering the rate does not calm it.
#
# **Where next.** Lesson 4, *nn.Linear, MSELoss, SGD*, replaces your loop piece by piece with what
# PyTorch brings. Lesson 5 takes the factor from here to real data, and predicts the largest
# rate that works before trying it.
