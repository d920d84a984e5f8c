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
# **About 85 minutes.**
#
# You will be able to
#
# - write a descent on `w ** 2` by autograd and keep a record of it;
# - say where the weight is after k steps without running them;
# - name what any learning rate will do before you try it;
# - count the steps a rate needs, and tell when no number of steps is enough;
# - tell a rate that is too high from a gradient that is never zeroed;
# - give a descent a memory on purpose (momentum), and choose how much.
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

from slopewise import expect, figures, tutor

# %% [markdown]
# ## 1 · One step, by hand
#
# Our loss is `w ** 2`. It is smallest at w = 0, and every descent here tries to get there.
#
# How steep is it at w = 10? Nudge w by a little, and see how much the loss rises for each unit of
# the nudge. On paper, with a nudge h:
#
# (10 + h)² = 100 + 20h + h², so the rise is 20h + h², and the rise for each unit of h is 20 + h.
#
# **Predict:** so what does the cell print for each of the first two nudges? And can a computer do
# it as well as paper when the nudge is as small as the last one? Then run.

# %%
for nudge in (0.1, 0.001, 1e-15):
    moved = 10 + nudge
    rise = moved * moved - 10 * 10
    print(f"nudge {nudge}: rise / nudge = {rise / nudge:.3f}")

# %% [markdown]
# Paper says: the smaller the nudge, the nearer to 20. The computer agrees until the digits run out.
# It keeps about 16 of them, and 10 + 10⁻¹⁵ needs 17. What is left of the last nudge is rounding, so
# its line is wrong. (Lesson 1 met this as the reason to check gradients in float64, and not with
# the smallest step.)
#
# The 20 is the slope at w = 10. Put any w in place of the 10, and the same line of paper gives
# 2w: **the slope of w² is 2w.** Where the slope is positive, uphill is to the right, so we step to
# the left.
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
# ## 2 · Turn the knob
#
# Before any formula, get a feeling for what the rate does. The next cell makes the same walk, for
# as many steps as you like.


# %%
def walk(learning_rate, n_steps=12):
    """Return the weights of a walk down w ** 2 from 10, the start included."""
    path = [10.0]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * 2 * path[-1])
    return path


print([round(w, 3) for w in walk(0.1, 3)])

# %% [markdown]
# Move the slider slowly from 0.02 up to 1.1. What does the path do first, what next? At two rates
# its behaviour changes. Write your two numbers down; you will need them in section 5.

# %% tags=["nbval-skip"]
figures.parabola_slider(walk, w0=10.0, n_steps=12)

# %% [markdown]
# If you cannot move the slider here, these are five of its positions, with four steps each. The
# numbers at the points count the steps, 0 is the start. Mind the axes: each panel has its own.

# %%
rates = (0.1, 0.5, 0.8, 1.0, 1.1)
figures.parabola_steps(
    {f"learning rate {rate}": walk(rate, 4) for rate in rates},
    title="Four steps down loss = w² from w = 10",
)
for rate in rates:
    print(f"learning rate {rate}:", ", ".join(f"{w:.2f}" for w in walk(rate, 4)))

# %% [markdown]
# **Your goal:** a weight within 10⁻⁶ of 0 after at most 15 steps. A rate of 0.5 would be too easy,
# so it does not count. Change the number in the next cell and run it, again and again, until it
# says that you are there. Then go on: how *small* can the rate be, in two decimals? How *large*?

# %%
my_rate = 0.1  # your knob: change this number and run again

distance = abs(walk(my_rate, 15)[-1])
print(f"rate {my_rate}: |w| after 15 steps = {distance:.9f}")
print("goal reached" if distance <= 1e-6 and my_rate != 0.5 else "not there yet")

# %% [markdown]
# Keep your smallest and your largest rate. Section 6 says why they lie where they do.
#
# ## 3 · Let the loop run
#
# **Exercise `descend` (5 points).** **Write the loop, and let autograd find the slope as in lesson
# 2.** Keep three records:
#
# - the loss and the gradient *before* the update (that is where `backward()` looked);
# - the weight *after* the update.
#
# Grading also checks that your loop *used* what autograd found. `2 * w` is right, but this exercise
# wants a loop that also works for a loss whose slope you do not know.
#
# <details><summary>Hint 1: where to look</summary>
#
# The training loop at the end of lesson 2 has every part that you need, in the right order. Here
# the loss needs neither x nor y.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# One leaf before the loop, and three empty lists. In each round: loss, `backward()`, note two
# numbers, update without recording, clear, note the third number. A number is taken out of a tensor
# with `.item()`.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `w = torch.tensor(float(…), requires_grad=…)` stands before the loop. The update is
# `w -= … * w.grad`, indented under the `with` line of lesson 2 that keeps it out of the graph.
#
# </details>


# %% exercise="descend"
def descend(w0, learning_rate, n_steps):
    """Take n_steps steps of gradient descent on loss = w ** 2, with the gradient from autograd.

    w0: float, the weight before the first step.
    learning_rate: float, 0 or more.
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


# %% check="descend" points=5
### BEGIN HIDDEN TESTS
import torch
from torch.autograd.graph import saved_tensors_hooks

from slopewise import near, observe


def _record(number, *arguments):
    return list(descend(*arguments)[number])


def _records(*arguments):
    """The three records by their names, whatever they came in."""
    ws, losses, grads = descend(*arguments)
    return {"ws": list(ws), "losses": list(losses), "grads": list(grads)}


def _lengths_and_kind(w0, learning_rate, n_steps):
    """How long the three records are, and whether tensors are among their entries."""
    records = [list(record) for record in descend(w0, learning_rate, n_steps)]
    plain = not any(isinstance(entry, torch.Tensor) for record in records for entry in record)
    return {
        "how many": [len(record) for record in records],
        "kind": "numbers" if plain else "tensors among them",
    }


def _last_entries(w0, learning_rate, n_steps):
    # How early a descent gives up is of no interest, so that one message fits all that do.
    records = [list(record) for record in descend(w0, learning_rate, n_steps)]
    if any(len(record) != n_steps for record in records):
        return "a record is not as long as there are steps"
    names = ("the last w", "the last loss", "the last gradient")
    return {name: float(record[-1]) for name, record in zip(names, records, strict=True)}


def _with_another_slope(number, w0, learning_rate, n_steps, scale):
    """One record of a descent in which a backward pass finds `scale` times the slope.

    What a forward pass keeps for its backward pass comes back `scale` times as large. The slope of
    w ** 2 is proportional to it. A slope that comes from elsewhere knows nothing of it.
    """
    try:
        with saved_tensors_hooks(lambda kept: kept, lambda kept: kept * scale):
            return _record(number, w0, learning_rate, n_steps)
    except RuntimeError as refusal:
        innermost = refusal.__traceback__
        while innermost.tb_next is not None:
            innermost = innermost.tb_next
        if innermost.tb_frame.f_globals.get("__name__") != "torch.autograd.graph":
            raise
    # torch.func is autograd, too, and lets nobody look on. As many times the slope is as many
    # times the rate, for the weights and the losses.
    return _record(number, w0, learning_rate * scale, n_steps)


observe(
    weights_after=lambda: _record(0, 3.0, 0.2, 5),
    losses_before=lambda: _record(1, -2.5, 0.35, 4),
    gradients_before=lambda: _record(2, 4.0, 0.15, 5),
    across_the_valley=lambda: _records(1.5, 0.8, 4),
    no_step_and_two_steps=lambda: {
        "no step": _records(6.0, 0.05, 0),
        "two steps": _records(6.0, 0.05, 2),
    },
    called_twice=lambda: {
        "the first time": _records(7.0, 0.4, 3),
        "the second time": _records(7.0, 0.4, 3),
    },
    starts_of_all_sizes=near(
        lambda: {
            f"a start of {w0}": _records(w0, 0.3, 2) for w0 in (0.0, 1.3e-5, -0.0072, 480.0, -7.7e6)
        },
        absolute=1e-30,
    ),
    rates_of_all_sizes=lambda: {
        f"a rate of {rate}": _records(2.25, rate, 3)
        for rate in (0.0, 0.00021, 0.5, 1.0, 3.5, 600.0)
    },
    plain_numbers=lambda: _lengths_and_kind(-3.5, 0.45, 2),
    there_long_before_the_end=near(lambda: _last_entries(4.0, 0.25, 25), absolute=1e-30),
    many_steps=lambda: _last_entries(-5.0, 0.004, 300),
    growing_for_ever=lambda: _last_entries(1.5, 1.75, 30),
    # The slope by autograd is what is asked, so these count for more.
    weights_by_autograd=near(lambda: _with_another_slope(0, 1.75, 0.3, 3, 1.5), weight=4),
    losses_by_autograd=near(lambda: _with_another_slope(1, -0.8, 0.65, 4, 0.5), weight=4),
    far_weights_by_autograd=near(lambda: _with_another_slope(0, 260.0, 0.08, 6, 3.0), weight=4),
    one_step_by_autograd=near(lambda: _with_another_slope(0, -9.0, 0.7, 1, 0.75), weight=4),
)
### END HIDDEN TESTS
from torch.autograd.graph import saved_tensors_hooks


def check_descend(w0, learning_rate, n_steps):
    """Call descend; the three records by their names, whether lists, tuples or arrays."""
    records = descend(w0, learning_rate, n_steps)
    three = isinstance(records, tuple | list) and len(records) == 3
    if three and all(hasattr(record, "__len__") for record in records):
        return {
            name: list(record)
            for name, record in zip(("ws", "losses", "grads"), records, strict=True)
        }
    return records


def check_autograd():
    """The weights when every backward pass is made to find half the slope."""
    try:
        with saved_tensors_hooks(lambda kept: kept, lambda kept: kept / 2):
            return check_descend(5.0, 0.3, 2)
    except RuntimeError as error:
        if "saved tensor hooks" not in str(error):
            raise
    return check_descend(5.0, 0.15, 2)  # torch.func lets nobody look on; half the rate is the same


tutor(
    "descend",
    three_steps_from_10=expect(
        lambda: check_descend(10.0, 0.1, 3),
        {"ws": [8.0, 6.4, 5.12], "losses": [100.0, 64.0, 40.96], "grads": [20.0, 16.0, 12.8]},
    ),
    two_steps_from_minus_2=expect(
        lambda: check_descend(-2.0, 0.75, 2),
        {"ws": [1.0, -0.5], "losses": [4.0, 1.0], "grads": [-4.0, 2.0]},
    ),
    no_steps=expect(lambda: check_descend(10.0, 0.1, 0), {"ws": [], "losses": [], "grads": []}),
    two_far_steps=expect(
        lambda: check_descend(30000.0, 0.25, 2),
        {"ws": [15000.0, 7500.0], "losses": [9e8, 2.25e8], "grads": [60000.0, 30000.0]},
    ),
    thirteen_steps=expect(lambda: len(check_descend(10.0, 0.4, 13)["ws"]), 13),
    called_again=expect(lambda: check_descend(-2.0, 0.75, 2)["ws"], [1.0, -0.5]),
    from_0_and_at_rate_0=expect(
        lambda: {
            "from 0": check_descend(0.0, 0.1, 1)["ws"],
            "at rate 0": check_descend(3.0, 0.0, 1)["ws"],
        },
        {"from 0": [0.0], "at rate 0": [3.0]},
    ),
    a_small_start=expect(
        lambda: check_descend(0.0012, 0.25, 1),
        {"ws": [0.0006], "losses": [1.44e-6], "grads": [0.0024]},
    ),
    thirty_steps_away=expect(lambda: len(check_descend(10.0, 1.5, 30)["ws"]), 30),
    kind_of_the_numbers=lambda: [type(record[0]).__name__ for record in descend(10.0, 0.1, 1)],
    slope_from_autograd=lambda: check_autograd(),
)
records = descend(10.0, 0.1, 3)
assert records is not None, "descend returned None, expected three lists"
assert len(records) == 3, f"expected three lists (ws, losses, grads), got {len(records)} things"
for name, record, expected in zip(
    ("ws", "losses", "grads"),
    records,
    ([8.0, 6.4, 5.12], [100.0, 64.0, 40.96], [20.0, 16.0, 12.8]),
    strict=True,
):
    assert len(record) == 3, f"{name} holds {len(record)} values after three steps, expected 3"
    assert not any(isinstance(value, torch.Tensor) for value in record), (
        f"{name} holds tensors, expected plain numbers"
    )
    assert all(
        math.isclose(value, right, rel_tol=1e-4)
        for value, right in zip(record, expected, strict=True)
    ), f"{name} is {list(record)}, expected about {expected}"
assert [list(record) for record in descend(10.0, 0.1, 0)] == [[], [], []], (
    "with n_steps = 0, expected three empty lists"
)
print("visible checks passed: descend")

# %% [markdown]
# Here are fifteen steps from w = 10. Each line pairs the weight *after* its update with the loss
# and the gradient *before* it, as your records do.
#
# **Predict:** the weight goes 10, 8, 6.4. What is it after step 3? Then run.

# %%
ws, losses, grads = descend(10.0, 0.1, 15)
print("loss = w², from w = 10, learning rate 0.1, 15 steps")
for step, (w, loss, gradient) in enumerate(zip(ws, losses, grads, strict=True), start=1):
    print(f"step {step}: w = {w:.7f}, loss = {loss:.7f}, gradient = {gradient:.7f}")

# %% [markdown]
# The loss shrinks fastest. It begins at 100, and yet from step 13 on it is the smallest of the
# three columns. (The 6.4000001 is float32, which keeps about seven digits.)
#
# **Predict:** divide each weight by the one before it. From 10 to 8, the ratio is 0.8. Will it
# change along the way? And what is the ratio of each loss to the one before it, when a loss is a
# weight squared? Then run.

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
# ## 4 · Skip the loop
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
# **Exercise `closed_form` (3 points).** **Write that down, with no loop.** (A formula that gives
# the result at once, instead of step by step, is called a *closed form*.)
#
# <details><summary>Hint 1: where to look</summary>
#
# Write the weight after one, two and three steps from w0 on paper, as products: w0 times the
# factor, that times the factor, and so on. How many factors stand in each line?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The same number multiplied in k times is a power. Python writes it `**`, and does it before `*`
# and `-`, so mind your brackets.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return … * (…) ** …`
#
# </details>


# %% exercise="closed_form"
def closed_form(w0, learning_rate, k):
    """Return w after k steps of gradient descent on loss = w ** 2, as a float, without a loop.

    w0: float, the weight before the first step.
    learning_rate: float, 0 or more.
    k: int, 0 or more; after 0 steps the weight is still w0.
    """
    ### BEGIN SOLUTION
    return w0 * (1 - 2 * learning_rate) ** k
    ### END SOLUTION


# %% check="closed_form" points=3
### BEGIN HIDDEN TESTS
import sys
from collections import Counter

from slopewise import near, observe


class LoopFoundError(Exception):
    """The function goes through the steps one by one."""


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


def _without_a_loop(w0, learning_rate, k):
    if _rounds(closed_form, w0, learning_rate, k) >= min(k, 100):
        raise LoopFoundError(f"a line of your function ran once for each of the {k} steps")
    return closed_form(w0, learning_rate, k)


observe(
    seven_steps=lambda: closed_form(3.0, 0.15, 7),
    negative_start=lambda: closed_form(-4.0, 0.7, 5),
    even_and_odd=lambda: {f"{k} steps": closed_form(5.0, 0.9, k) for k in (3, 4)},
    no_step_and_one_step=lambda: {f"{k} steps": closed_form(6.5, 0.35, k) for k in (0, 1)},
    half=lambda: {f"{k} steps": closed_form(7.0, 0.5, k) for k in (0, 2)},
    growing=lambda: closed_form(2.0, 1.25, 6),
    starts_of_all_sizes=near(
        lambda: {
            f"a start of {w0}": closed_form(w0, 0.3, 3)
            for w0 in (0.0, 2.3e-7, -0.0068, 5400.0, -8.1e8)
        },
        absolute=1e-30,
    ),
    rates_of_all_sizes=lambda: {
        f"a rate of {rate}": closed_form(2.5, rate, 3) for rate in (0.0, 0.00037, 1.0, 8.5, 730.0)
    },
    nearly_there_and_far_away=near(
        lambda: {
            "30 steps at a rate of 0.3": closed_form(2.0, 0.3, 30),
            "40 steps at a rate of 1.5": closed_form(-3.0, 1.5, 40),
        },
        absolute=1e-30,
    ),
    # A formula is what is asked, so these count for more.
    many_steps_without_a_loop=near(lambda: _without_a_loop(2.0, 0.001, 400), weight=6),
    leaping_without_a_loop=near(lambda: _without_a_loop(-6.0, 0.998, 301), weight=5),
)
### END HIDDEN TESTS
tutor(
    "closed_form",
    steps_0_1_and_2=expect(
        lambda: [closed_form(10.0, 0.1, k) for k in (0, 1, 2)], [10.0, 8.0, 6.4]
    ),
    ten_steps=expect(lambda: closed_form(1.5, 0.1, 10), 0.1610612736),
    leaping_from_minus_3=expect(
        lambda: [closed_form(-3.0, 0.75, k) for k in (2, 3)], [-0.75, 0.375]
    ),
    a_large_start=expect(lambda: closed_form(80000.0, 0.25, 2), 20000.0),
    running_away=expect(lambda: closed_form(2.0, 1.5, 3), -16.0),
    at_one_half=expect(lambda: closed_form(4.0, 0.5, 2), 0.0),
    at_a_rate_of_0=expect(lambda: closed_form(4.0, 0.0, 2), 4.0),
    a_small_start=expect(lambda: closed_form(0.00012, 0.25, 5), 3.75e-6, absolute=1e-12),
)
for k, expected in ((0, 10.0), (1, 8.0), (2, 6.4)):
    result = closed_form(10.0, 0.1, k)
    assert result is not None, "closed_form returned None, expected a number"
    assert math.isclose(result, expected, rel_tol=1e-4), (
        f"closed_form(10.0, 0.1, {k}) returned {result}, expected {expected}"
    )
result = closed_form(-3.0, 0.75, 3)
assert math.isclose(result, 0.375, rel_tol=1e-4), (
    f"closed_form(-3.0, 0.75, 3) returned {result}, expected 0.375"
)
print("visible checks passed: closed_form")

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
# ## 5 · Five kinds of behaviour
#
# Go back to the five panels of section 2. Let us give the behaviours names:
#
# | name | what the weight does |
# |---|---|
# | `"smooth"` | stays on its side and comes nearer with every step |
# | `"one-step"` | is at 0 after the first step |
# | `"alternating"` | changes sides with every step and comes nearer |
# | `"cycle"` | changes sides with every step and never comes nearer |
# | `"diverging"` | changes sides with every step and goes farther away |
#
# All five can be read off the factor. Its *sign* decides the side: a positive factor keeps the
# weight on its side, a negative one makes it change sides. Its *size* decides far or near: below 1
# the weight comes nearer, above 1 it goes farther away. Between these lie the borders: the factors
# 1, 0 and −1.
#
# **Predict:** at which rates is the factor 0, −1 and −1.2? Solve 1 − 2 · learning_rate = factor
# for the rate, on paper. Compare with the two numbers that you wrote down at the slider. Then run.

# %%
for factor in (0.0, -1.0, -1.2):
    print(f"factor {factor}: learning rate {(1 - factor) / 2}")

# %% [markdown]
# The first two are the borders of the slider. A factor of 1 would need a rate of 0: then the weight
# never moves.
#
# How sharp is a border? Look very close to the one at 1, and take many steps.
#
# **Predict:** the factors at 0.999, 1 and 1.001 are −0.998, −1 and −1.002. Multiply 10 by each of
# them a thousand times. Which of the three ends below 2, which above 50? Then run.

# %%
for rate in (0.999, 1.0, 1.001):
    print(f"learning rate {rate}: |w| after 1000 steps = {abs(walk(rate, 1000)[-1]):.3f}")

# %% [markdown]
# A difference of a thousandth decides between coming nearer and running away. Close to the border
# it only takes longer to show. Exactly on the border the weight goes w, −w, w, −w for ever.
#
# **Exercise `regime` (4 points).** **Write the rule that names the behaviour at any rate.** (A
# *regime* is a range in which the behaviour is of one kind.) Use the factor, or use the rate: both
# work. Comparing floats with `==` is risky in general. Here it is safe: 0.5 and 1.0 are exact in
# binary, and so are the factors they give.
#
# <details><summary>Hint 1: where to look</summary>
#
# Draw a line of rates from 0 to 1.5. Mark the two borders. Write one name into each of the three
# stretches, and one at each mark.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Go along your line from the left: five questions, one after the other. The first one that is
# answered with yes gives the name, so each later question may take the earlier ones for granted.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# Four times `if … :` with a `return "…"` under it, and a last `return` without an `if`.
#
# </details>


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


def _names(*rates):
    return {f"a rate of {rate}": regime(rate) for rate in rates}


observe(
    around_one_half=lambda: _names(0.49, 0.51),
    one_half_exactly=lambda: _names(0.5, 0.3),
    one_exactly=lambda: _names(1.0, 0.6),
    around_one=lambda: _names(0.99, 1.0, 1.01),
    the_quarters=lambda: _names(0.25, 0.5, 0.75),
    far_above_one=lambda: _names(0.9, 1.5, 2.0, 3.0),
    very_small_and_very_large=lambda: _names(0.001, 3e-6, 40.0, 2.5e6),
    a_hair_beside_one_half=lambda: _names(0.4999996, 0.5000004),
    a_hair_beside_one=lambda: _names(0.9999996, 1.0000004),
)
### END HIDDEN TESTS
check_names = {
    0.1: "smooth",
    0.4: "smooth",
    0.6: "alternating",
    0.8: "alternating",
    1.1: "diverging",
    2.0: "diverging",
}
tutor(
    "regime",
    inside=expect(
        lambda: {f"at a rate of {rate}": regime(rate) for rate in check_names},
        {f"at a rate of {rate}": name for rate, name in check_names.items()},
    ),
    on_the_borders=lambda: [regime(0.5), regime(1.0)],
    near_the_borders=lambda: [regime(rate) for rate in (0.48, 0.52, 0.98, 1.02)],
)
for rate, expected in ((0.1, "smooth"), (0.8, "alternating"), (1.1, "diverging")):
    result = regime(rate)
    assert result is not None, "regime returned None, expected a name"
    assert result == expected, f"regime({rate}) returned {result!r}, expected {expected!r}"
for rate in (0.5, 1.0):
    assert regime(rate) in ("one-step", "cycle"), (
        f"regime({rate}) returned {regime(rate)!r}: {rate} is a border, and on a border something "
        "special happens"
    )
print("visible checks passed: regime")

# %% [markdown]
# Lay your rule beside the walks. Which name does each of the next rates get? Change the rates and
# try to catch your rule out.

# %%
for rate in (0.3, 0.5, 0.97, 1.0, 1.02):
    print(f"learning rate {rate}: {regime(rate)}:", [round(w, 2) for w in walk(rate, 4)])

# %% [markdown]
# ## 6 · How many steps?
#
# **Predict:** the rates 0.1 and 0.9 look very different. One creeps down its own side, the other
# leaps across the valley with every step. Which is nearer to 0 after ten steps? Work out their
# factors first. Then run.

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
# The sign decides the side; only the size decides how fast it goes. So your smallest and your
# largest rate of section 2 lie equally far from 0.5, one below it and one above.
#
# **Exercise `steps_to_reach` (3 points).** **Count how many steps it takes until the weight is
# within a tolerance of 0, so that |w| ≤ tolerance.** Think about these cases before you write:
#
# - The start may already be near enough. How many steps is that?
# - The weight may be negative.
# - A small rate may need thousands of steps, so a fixed upper limit is not safe.
# - Some rates never get there. Find out *before* a loop waits for ever. (If a cell does not
#   stop, press the square: *Interrupt the kernel*.)
#
# A loop is fine. A logarithm is, too, but it is rounded: look at its neighbours as well.
#
# <details><summary>Hint 1: where to look</summary>
#
# Two of the five regimes never come nearer. From which rate on? And what if such a rate meets a
# start that is near enough already?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Two questions first: near enough already? no hope? Then a loop that runs while the weight is too
# far away, takes one step in each round, and counts. Begin to count at 0.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `while abs(…) > …:` with two lines in it: one makes the weight of the next step, one adds 1.
#
# </details>


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
from slopewise import near, observe


def _count_and_kind(w0, learning_rate, tolerance):
    count = steps_to_reach(w0, learning_rate, tolerance)
    kind = "an int" if isinstance(count, int | np.integer) else "not an int"
    return {"the count": count, "its kind": kind}


# What a wrong loop may never finish stands last, so that the rest has been observed by then.
observe(
    quarter=lambda: steps_to_reach(6.0, 0.25, 0.01),
    negative_start_leaping=lambda: steps_to_reach(-7.0, 0.8, 0.05),
    already_there=lambda: {
        f"a start of {w}": steps_to_reach(w, 0.2, 2.0) for w in (0.3, -2.0, 2.0, 0.0, 5.0)
    },
    one_half=lambda: {
        f"a start of {w}": steps_to_reach(w, 0.5, 0.25) for w in (40.0, -30.0, 0.125)
    },
    tolerance_met_exactly=lambda: {
        f"a start of {w}": steps_to_reach(w, 0.25, 1.0) for w in (4.0, -2.0)
    },
    an_int_comes_back=lambda: {
        f"a start of {w}": _count_and_kind(w, 0.125, 0.75) for w in (9.0, 0.5)
    },
    tolerances_of_all_sizes=lambda: {
        f"a tolerance of {tolerance}": steps_to_reach(-50.0, 0.35, tolerance)
        for tolerance in (3e-9, 4e-5, 0.007, 30.0)
    },
    starts_of_all_sizes=lambda: {
        f"a start of {w}": steps_to_reach(w, 0.4, 7e-6) for w in (3e-5, -0.02, 900.0, 6.5e7)
    },
    very_slow=lambda: steps_to_reach(5.0, 2.0**-11, 1.2e-5),
    just_below_one=lambda: steps_to_reach(5.0, 0.99, 2.0),
    # A loop that never ends helps nobody, so these two count for more.
    one_exactly=near(
        lambda: {f"a start of {w}": steps_to_reach(w, 1.0, 0.5) for w in (0.25, 0.5, -4.0)},
        weight=2,
    ),
    above_one=near(
        lambda: {f"a start of {w}": steps_to_reach(w, 1.3, 0.5) for w in (-0.25, 4.0)}, weight=2
    ),
)
### END HIDDEN TESTS
# If this does not come to an end: interrupt the kernel. The loop waits for what never comes.
tutor(
    "steps_to_reach",
    creeping_from_10=expect(lambda: steps_to_reach(10.0, 0.1, 0.5), 14),
    leaping_from_minus_10=expect(lambda: steps_to_reach(-10.0, 0.9, 0.5), 14),
    at_one_half=expect(lambda: steps_to_reach(10.0, 0.5, 0.25), 1),
    near_enough_already=expect(
        lambda: {f"from {w}": steps_to_reach(w, 0.1, 0.5) for w in (0.375, 0.0)},
        {"from 0.375": 0, "from 0.0": 0},
    ),
    a_small_tolerance=expect(lambda: steps_to_reach(10.0, 0.25, 1e-7), 27),
    exactly_on_the_tolerance=expect(lambda: steps_to_reach(8.0, 0.25, 1.0), 3),
    a_far_start=expect(lambda: steps_to_reach(-100.0, 0.25, 0.5), 8),
    kind_of_the_count=lambda: type(steps_to_reach(10.0, 0.1, 0.5)).__name__,
    slow=expect(lambda: steps_to_reach(10.0, 0.0005, 0.01), 6905),
    rates_that_never_come=expect(
        lambda: {f"a rate of {rate}": steps_to_reach(10.0, rate, 0.5) for rate in (1.1, 1.0)},
        {"a rate of 1.1": None, "a rate of 1.0": None},
    ),
    near_enough_at_a_high_rate=expect(lambda: steps_to_reach(0.25, 1.5, 0.5), 0),
)
for w0, rate, tolerance, expected in (
    (10.0, 0.1, 0.5, 14),
    (10.0, 0.9, 0.5, 14),
    (10.0, 0.5, 0.5, 1),
    (0.375, 0.1, 0.5, 0),
):
    result = steps_to_reach(w0, rate, tolerance)
    assert result == expected, (
        f"steps_to_reach({w0}, {rate}, {tolerance}) returned {result}, expected {expected}"
    )
for rate in (1.1, 1.0):
    result = steps_to_reach(10.0, rate, 0.5)
    assert result is None, f"steps_to_reach(10.0, {rate}, 0.5) returned {result}, expected None"
print("visible checks passed: steps_to_reach")

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
# **Your turn.** Which rates reach your goal of section 2, within 10⁻⁶ in at most 15 steps? Write a
# loop over the rates 0.01, 0.02, … up to 1 that asks `steps_to_reach` and collects those that do.
# (Ask about None before you compare.) Print the smallest and the largest of them.

# %%
good_rates = []
# your loop goes here
print(f"{len(good_rates)} rates reach the goal")

# %% [markdown]
# <details><summary>What to expect</summary>
#
# The smallest is 0.33 and the largest 0.67: 35 rates in all, with 0.5 in their middle.
#
# </details>
#
# ## 7 · Forget to zero
#
# In lesson 2 you saw that `backward()` *adds* to `w.grad`. So what does a loop do that forgets to
# zero it? Each step then uses the sum of all gradients so far.
#
# **Predict:** start at 10 with a rate of 0.1. The first gradient is 20, so w becomes 8. The second
# gradient is 16. What is in `w.grad` now, and where does w go? Does the weight get to 0 sooner?
# Does it stay there? Sketch the path for 50 steps.
#
# **Exercise `descend_without_zeroing` (3 points).** **Write the loop with the mistake in it, on
# purpose.**
#
# <details><summary>Hint 1: where to look</summary>
#
# Your `descend` holds everything, and a little too much.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Leave out what clears the gradient, and the two records that nobody asks for here. Everything else
# stays, above all the one leaf before the loop.
#
# </details>


# %% exercise="descend_without_zeroing"
def descend_without_zeroing(w0, learning_rate, n_steps):
    """Descend on loss = w ** 2 as `descend` does, but never zero the gradient.

    w0: float, the weight before the first step.
    learning_rate: float, 0 or more.
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


# %% check="descend_without_zeroing" points=3
### BEGIN HIDDEN TESTS
import torch
from slopewise import near, observe

torch.set_grad_enabled(True)  # an earlier answer may have left it off


def _weights(*arguments):
    """The weights in a list, whatever they came in; what is no list at all, as it is."""
    ws = descend_without_zeroing(*arguments)
    return list(ws) if hasattr(ws, "__iter__") else ws


def _widest_late_swing(w0, learning_rate, n_steps):
    """The largest |w| of the last quarter: single weights are the sport of float32 by then."""
    ws = [float(w) for w in descend_without_zeroing(w0, learning_rate, n_steps)]
    if len(ws) != n_steps:
        return "the list is not as long as there are steps"
    return max(abs(w) for w in ws[-n_steps // 4 :])


observe(
    five_steps=lambda: _weights(3.0, 0.2, 5),
    negative_start=lambda: _weights(-2.0, 0.35, 4),
    no_step_and_two_steps=lambda: {f"{n} steps": _weights(6.0, 0.3, n) for n in (0, 2)},
    small_rate=lambda: _weights(50.0, 0.02, 10),
    rate_above_one=lambda: _weights(1.5, 1.2, 6),
    rate_above_two=lambda: _weights(1.0, 2.5, 4),
    called_twice=lambda: {f"call {n}": _weights(4.0, 0.15, 3) for n in (1, 2)},
    starts_of_all_sizes=near(
        lambda: {
            f"a start of {w0}": _weights(w0, 0.45, 3)
            for w0 in (0.0, 2.2e-5, -0.0061, 730.0, -4.9e6)
        },
        absolute=1e-12,
    ),
    rates_of_all_sizes=lambda: {
        f"a rate of {rate}": _weights(2.75, rate, 3) for rate in (0.0, 0.00019, 0.5, 1.0, 310.0)
    },
    many_steps=near(lambda: _widest_late_swing(7.0, 0.05, 240), relative=1e-3),
    growing_for_ever=near(lambda: _widest_late_swing(1.25, 3.5, 20), relative=1e-3),
)
### END HIDDEN TESTS


def check_list(function, *arguments):
    """Call a function that returns a list of weights; a tuple or an array will do, too."""
    result = function(*arguments)
    return list(result) if hasattr(result, "__len__") else result


tutor(
    "descend_without_zeroing",
    two_steps_from_10=expect(lambda: check_list(descend_without_zeroing, 10.0, 0.1, 2), [8.0, 4.4]),
    four_steps_from_minus_2=expect(
        lambda: check_list(descend_without_zeroing, -2.0, 0.3, 4), [-0.8, 0.88, 2.032, 1.9648]
    ),
    no_steps=expect(lambda: check_list(descend_without_zeroing, 10.0, 0.1, 0), []),
    two_far_steps=expect(
        lambda: check_list(descend_without_zeroing, 40000.0, 0.25, 2), [20000.0, -10000.0]
    ),
    called_again=expect(lambda: check_list(descend_without_zeroing, -2.0, 0.3, 2), [-0.8, 0.88]),
    a_small_start=expect(lambda: check_list(descend_without_zeroing, 0.0012, 0.25, 1), [0.0006]),
    kind_of_the_numbers=lambda: [type(w).__name__ for w in descend_without_zeroing(10.0, 0.1, 1)],
)
result = descend_without_zeroing(10.0, 0.1, 2)
assert result is not None, "descend_without_zeroing returned None, expected a list"
assert len(result) == 2, f"it returned {len(result)} values for two steps, expected 2"
assert not any(getattr(value, "requires_grad", False) for value in result), (
    "the list holds tensors that require grad, expected plain numbers"
)
assert all(
    math.isclose(float(value), right, rel_tol=1e-4)
    for value, right in zip(result, (8.0, 4.4), strict=True)
), f"from 10 at a rate of 0.1 it returned {list(result)}, expected about [8, 4.4]"
print("visible checks passed: descend_without_zeroing")

# %% [markdown]
# The first step goes from 10 to 8. The second uses 20 + 16 = 36, and goes from 8 to 4.4. Here are
# 60 steps, beside the loop that zeroes. Compare them with your sketch.

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
# **Predict:** does the swing get larger, smaller, or neither, over 400 steps? Look at its first
# four turning points in the picture. Then run.

# %%
swing = [abs(float(w)) for w in descend_without_zeroing(10.0, 0.1, 400)]
for first_step in (0, 100, 200, 300):
    largest = max(swing[first_step : first_step + 100])
    print(f"steps {first_step + 1} to {first_step + 100}: largest |w| = {largest:.2f}")
print(f"10 / sqrt(1 - 0.1 / 2) = {10 / math.sqrt(1 - 0.1 / 2):.2f}")

# %% [markdown]
# Neither. The size of the swing stays the same, and the last line says which size. "It diverges if
# you forget to zero" is not true here.
#
# <details><summary>Why the swing keeps its size, if you like algebra</summary>
#
# Write r for the rate. The step uses the sum of all slopes so far, and the step before used all but
# the last of them. So each move is the move before, less 2r times the weight:
# next = (2 − 2r) · here − before.
#
# Put this into the quantity here² + before² − 2(1 − r) · here · before: it comes out the same after
# the step as before it. So it never changes. With here = (1 − 2r) · 10 and before = 10, it is
# 2r · 10².
#
# The same quantity is (before − (1 − r) · here)² + r(2 − r) · here². The first part is never
# negative, so here² is at most 2r · 10² / (r(2 − r)) = 10² / (1 − r/2). The root of that is the
# last line. It exists for rates below 2.
#
# </details>
#
# ### Which of the two mistakes is it?
#
# A weight that swings from side to side may come from a rate that is too high, or from a forgotten
# `zero_()`. In the picture of a loss the two can look alike. In the weights they do not.
#
# **Predict:** with zeroing, at a rate above 0.5, the factor is negative. After how many steps does
# the weight change sides? And in the picture above, how many steps does the loop that never zeroes
# need for one swing there and back? Then run.


# %%
def side_changes(path):
    """Return how often a walk goes from one side of 0 to the other."""
    return sum(path[k] * path[k + 1] < 0 for k in range(len(path) - 1))


print("in 60 steps the weight changes sides")
for rate in (0.95, 1.0, 1.05):
    print(f"  rate {rate}, zeroed: {side_changes(walk(rate, 60))} times")
for rate in (0.1, 0.01):
    path = [10.0] + descend_without_zeroing(10.0, rate, 60)
    period = 2 * math.pi / math.acos(1 - rate)
    changes = side_changes(path)
    print(f"  rate {rate}, never zeroed: {changes} times, there and back in {period:.1f} steps")

# %% [markdown]
# That is the difference. **A rate that is too high flips the sign at every step. A forgotten zero
# swings slowly**: at 0.1 there and back takes about 14 steps, at 0.01 about 44. (Only at rates far
# too high for plain descent does this swing get quick, too: at 1 there and back takes 4 steps.)
#
# The second difference shows when you lower the rate. A rate that was too high then settles. The
# loop that never zeroes does not: it swings as widely as before, only more slowly.
#
# Does it ever run away? **Predict:** the formula for the size of the swing is
# 10 / √(1 − rate / 2). What does it say at a rate of 1.5, where plain descent runs away? At which
# rate does it break down? Then run.

# %%
for rate in (0.01, 1.5, 1.9, 1.99, 2.1):
    largest = max(abs(float(w)) for w in descend_without_zeroing(10.0, rate, 400))
    if rate < 2:
        bound = 10 / math.sqrt(1 - rate / 2)
        print(f"rate {rate}: largest |w| = {largest:.1f}, the formula says {bound:.1f}")
    else:
        print(f"rate {rate}: |w| passes 1000: {largest > 1000}, the formula breaks down")

# %% [markdown]
# Below 2 it stays bounded, though the bound may be wide: 141.4 at a rate of 1.99. Above 2 this loop
# runs away as well.
#
# ## 8 · Memory on purpose
#
# Think of a ball in a bowl. Its *velocity* is kept from one step to the next, and the slope only
# changes it. Your forgetful loop is such a ball: `w.grad` was its velocity. It swings for ever
# because nothing slows it down.
#
# So let us add friction. Before the new gradient is added, the old velocity is multiplied by a
# number β (say "beta"):
#
# velocity = β · velocity + gradient, and then w = w − rate · velocity.
#
# β = 1 forgets nothing: a ball without friction. β = 0 forgets everything: plain descent. What lies
# between has a name, *momentum*, and PyTorch's SGD offers it as its argument `momentum`.
#
# **Predict:** from 10, at a rate of 0.1, with β = 0.5. The first velocity is 20, so w becomes 8.
# Work out the second velocity and the second weight on paper.
#
# **Exercise `descend_with_momentum` (2 points).** **Write the descent with a velocity that starts
# at 0.** Autograd or `2 * w`: take which you like here.
#
# <details><summary>Hint 1: where to look</summary>
#
# Your paper for the first two steps holds the three things that change from step to step: the
# gradient, the velocity, the weight. In which order did you work them out?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The velocity is a number that lives on between two rounds. So it begins before the loop, and each
# round makes the new one out of the old one. β weakens what is old, not what is new.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# In each round: `velocity = … * velocity + …`, then `w = w - … * …`, then the weight into the list.
#
# </details>


# %% exercise="descend_with_momentum"
def descend_with_momentum(w0, learning_rate, beta, n_steps):
    """Descend on loss = w ** 2 with momentum.

    The velocity starts at 0. Each step: velocity = beta * velocity + gradient, then
    w = w - learning_rate * velocity.

    w0: float, the weight before the first step.
    learning_rate: float, 0 or more.
    beta: float from 0 to 1.
    n_steps: int; 0 gives an empty list.

    Return ws, a list of n_steps floats: the weight after each update. w0 itself is not in it.
    """
    ### BEGIN SOLUTION
    w, velocity, ws = float(w0), 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws
    ### END SOLUTION


# %% check="descend_with_momentum" points=2
### BEGIN HIDDEN TESTS
import torch
from slopewise import near, observe

torch.set_grad_enabled(True)  # an earlier answer may have left it off


def _weights(*arguments):
    """The weights in a list, whatever they came in; what is no list at all, as it is."""
    ws = descend_with_momentum(*arguments)
    return list(ws) if hasattr(ws, "__iter__") else ws


def _length_and_kind(w0, learning_rate, beta, n_steps):
    ws = _weights(w0, learning_rate, beta, n_steps)
    plain = not any(isinstance(entry, torch.Tensor) for entry in ws)
    return {"how many": len(ws), "kind": "numbers" if plain else "tensors among them"}


def _late(w0, learning_rate, beta, n_steps):
    """The largest |w| of the last quarter: single weights are the sport of float32 by then."""
    ws = [float(w) for w in descend_with_momentum(w0, learning_rate, beta, n_steps)]
    if len(ws) != n_steps:
        return "the list is not as long as there are steps"
    return max(abs(w) for w in ws[-n_steps // 4 :])


observe(
    five_steps=lambda: _weights(3.0, 0.2, 0.6, 5),
    negative_start=lambda: _weights(-2.0, 0.35, 0.9, 4),
    beta_zero_and_one=lambda: {
        f"beta = {beta}": _weights(4.0, 0.15, beta, 4) for beta in (0.0, 1.0)
    },
    no_step_and_two_steps=lambda: {f"{n} steps": _weights(6.0, 0.3, 0.25, n) for n in (0, 2)},
    rate_above_one=lambda: _weights(1.5, 1.2, 0.7, 6),
    called_twice=lambda: {f"call {n}": _weights(4.5, 0.1, 0.8, 3) for n in (1, 2)},
    starts_of_all_sizes=near(
        lambda: {
            f"a start of {w0}": _weights(w0, 0.4, 0.35, 3)
            for w0 in (0.0, 1.9e-5, -0.0083, 640.0, -3.1e6)
        },
        absolute=1e-12,
    ),
    rates_of_all_sizes=lambda: {
        f"a rate of {rate}": _weights(2.25, rate, 0.45, 3)
        for rate in (0.0, 0.00023, 0.5, 1.0, 290.0)
    },
    plain_numbers=lambda: _length_and_kind(-3.5, 0.2, 0.55, 3),
    many_steps=near(lambda: _late(7.0, 0.05, 0.97, 240), relative=1e-3),
    there_long_before_the_end=near(lambda: _late(2.0, 0.3, 0.2, 40), relative=1e-2, absolute=1e-30),
)
### END HIDDEN TESTS


def check_list(function, *arguments):
    """Call a function that returns a list of weights; a tuple or an array will do, too."""
    result = function(*arguments)
    return list(result) if hasattr(result, "__len__") else result


tutor(
    "descend_with_momentum",
    three_steps_from_10=expect(
        lambda: check_list(descend_with_momentum, 10.0, 0.1, 0.5, 3), [8.0, 5.4, 3.02]
    ),
    three_steps_from_minus_2=expect(
        lambda: check_list(descend_with_momentum, -2.0, 0.3, 0.9, 3), [-0.8, 0.76, 1.708]
    ),
    without_memory=expect(
        lambda: check_list(descend_with_momentum, 10.0, 0.25, 0.0, 2), [5.0, 2.5]
    ),
    no_steps=expect(lambda: check_list(descend_with_momentum, 10.0, 0.1, 0.5, 0), []),
    two_far_steps=expect(
        lambda: check_list(descend_with_momentum, 40000.0, 0.25, 0.5, 2), [20000.0, 0.0]
    ),
    called_again=expect(lambda: check_list(descend_with_momentum, -2.0, 0.3, 0.9, 2), [-0.8, 0.76]),
    a_small_start=expect(lambda: check_list(descend_with_momentum, 0.0012, 0.25, 0.5, 1), [0.0006]),
    kind_of_the_numbers=lambda: [
        type(w).__name__ for w in descend_with_momentum(10.0, 0.1, 0.5, 1)
    ],
)
result = descend_with_momentum(10.0, 0.1, 0.5, 3)
assert result is not None, "descend_with_momentum returned None, expected a list"
assert len(result) == 3, f"it returned {len(result)} values for three steps, expected 3"
assert not any(isinstance(value, torch.Tensor) for value in result), (
    "the list holds tensors, expected plain numbers"
)
assert all(
    math.isclose(value, right, rel_tol=1e-4)
    for value, right in zip(result, (8.0, 5.4, 3.02), strict=True)
), f"from 10 at a rate of 0.1 with beta = 0.5 it returned {list(result)}, expected [8, 5.4, 3.02]"
print("visible checks passed: descend_with_momentum")

# %% [markdown]
# On paper: the second velocity is 0.5 · 20 + 16 = 26, so the second step goes from 8 to
# 8 − 2.6 = 5.4. Plain descent would stand at 6.4.
#
# **Predict:** β = 1 should be your loop of section 7 again. And β = 0.9, which keeps nine tenths of
# the velocity? Sketch it between the other two. Then run.

# %%
figures.paths(
    {
        f"β = {beta}": [10.0] + descend_with_momentum(10.0, 0.1, beta, 60)
        for beta in (0.0, 0.9, 1.0)
    },
    x_label="step",
    target=0.0,
    title="Momentum at learning rate 0.1",
)
forgetful = descend_without_zeroing(10.0, 0.1, 60)
difference = max(
    abs(float(a) - float(b))
    for a, b in zip(forgetful, descend_with_momentum(10.0, 0.1, 1.0, 60), strict=True)
)
print(f"never zeroed and β = 1 differ by less than 0.001: {difference < 0.001}")

# %% [markdown]
# **A loop that never zeroes is momentum with β = 1**, up to float32 rounding. With β = 0.9 the
# swings die down, each smaller than the one before.
#
# ### The hunt for the best β
#
# Is memory any use? Count the steps until the weight is within 0.01 of 0 *and stays there*. Plain
# descent needs 31 at a rate of 0.1.
#
# **Your goal:** at most 15 steps at the rate 0.1. Change β in the next cell and run it again. Watch
# the path, too: does it creep home on its own side, or cross 0 and swing? You need not stop at the
# goal: how few steps can you get?


# %%
def steps_until_it_stays(learning_rate, beta, tolerance=0.01):
    """Return the steps from 10 after which |w| stays within the tolerance; inf if above 400."""
    path = [10.0] + descend_with_momentum(10.0, learning_rate, beta, 400)
    too_far = [k for k, w in enumerate(path) if abs(float(w)) > tolerance]
    return too_far[-1] + 1 if too_far[-1] < 400 else math.inf


my_beta = 0.9  # your knob: change this number and run again

print(f"β = 0: {steps_until_it_stays(0.1, 0.0)} steps")
print(f"β = {my_beta}: {steps_until_it_stays(0.1, my_beta)} steps")
print("goal reached" if steps_until_it_stays(0.1, my_beta) <= 15 else "not there yet")
figures.paths(
    {f"β = {beta}": [10.0] + descend_with_momentum(10.0, 0.1, beta, 40) for beta in (0, my_beta)},
    x_label="step",
    target=0.0,
    title="Rate 0.1: without memory, and with yours",
)

# %% [markdown]
# **Your turn.** Now let the computer hunt. Write a loop over β = 0, 0.05, 0.10, … up to 0.95 that
# finds the β with the fewest steps. Do it for the rate 0.1, and for the rate 0.01. **Predict**
# first: does the *smaller* rate want a larger β or a smaller one? Think of a ball on a flatter
# slope. And which of the two profits more?

# %%
best_beta = {}  # learning rate -> the best β
# your loops go here
print(best_beta)

# %% [markdown]
# Here are some rows of such a table, to compare with. Run the cell.

# %%
for rate, betas in ((0.1, (0.0, 0.3, 0.35, 0.4, 0.9)), (0.01, (0.0, 0.7, 0.75, 0.8, 0.9))):
    print(f"learning rate {rate}: (1 - sqrt(2 * rate))**2 = {(1 - math.sqrt(2 * rate)) ** 2:.2f}")
    for beta in betas:
        print(f"  β = {beta}: {steps_until_it_stays(rate, beta)} steps")

# %% [markdown]
# A little memory halves the steps at 0.1, and the right memory needs a third of them. The smaller
# rate wants the longer memory, 0.75 where the other wants 0.35, and profits more: it needs a
# seventh. Small steps in one direction add up to large ones. Too much memory costs more than it
# gains, at 0.1 four times as many steps as none.
#
# In the picture you saw two ways home. The border between them is at β = (1 − √(2 · rate))². Below
# it the weight creeps home, above it it swings home. Creeping gets quicker the more it remembers.
# While it swings, each step shrinks the swing by √β, so there less memory is quicker. The best β
# lies where the two meet. (In a short run the winner may lie a little above the border: its first
# swing already ends within the tolerance.)
#
# <details><summary>Where the border comes from, if you like algebra</summary>
#
# Write r for the rate. The move of a step is β times the move before, less 2r times the weight:
# next = (1 + β − 2r) · here − β · before. Look for walks that shrink by the same factor z in every
# step: z² = (1 + β − 2r) z − β.
#
# This has two real solutions as long as (1 + β − 2r)² is larger than 4β; then the walk creeps. The
# border is where the two are equal: 1 + β − 2r = 2√β, which is (1 − √β)² = 2r. Beyond it the
# solutions are complex numbers of size √β, and complex numbers swing.
#
# </details>
#
# In lesson 4 you will meet momentum as an argument of PyTorch's SGD, and in lesson 5 in a valley
# where it is worth much more than here.
#
# ## 9 · The same bowl, with data
#
# Does any of this hold for a loss that comes from data? Take lesson 1 again: x = 1, 2, 3, 4 and
# y = 2x, learning rate 0.01, w from 0. The best weight is 2, so watch the *gap*, w − 2.
#
# **Predict:** in lesson 1 the slope was 15 (w − 2), where here it is 2w. So by which factor does a
# step at a rate of 0.01 multiply the gap? Then run.

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
# - forgot to zero on purpose: a slow swing of constant size, which a lower rate does not calm,
#   where too high a rate flips the sign at every step;
# - gave the descent a memory on purpose, and found that the right β saves most of the steps, and
#   that the wrong one costs more than it saves.
#
# **Where next.** Lesson 4, *nn.Linear, MSELoss, SGD*, replaces your loop piece by piece with what
# PyTorch brings. Lesson 5 takes the factor from here to real data, and predicts the largest
# rate that works before trying it.
