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
# # Let PyTorch find the slope
#
# *Aim: let PyTorch compute the gradient, train a weight with it, and know the four errors that
# wait on the way.*
#
# **About 90 minutes.**
#
# You will be able to
#
# - make a weight for which PyTorch can find the slope of the loss;
# - say what the graph is, and what `backward()` does with it;
# - explain why the stored gradient grows, and when to clear it;
# - write one update that PyTorch accepts, and a training loop around it;
# - say how exact an automatic gradient is, with evidence.
#
# **Before you start.** You need lesson 1: the model $w \cdot x$, the mean squared error, its
# gradient, the training loop. You need to have seen `with` and `try … except` in Python. You need
# no PyTorch.

# %% [markdown]
# ## 1 · A tensor that PyTorch can find a slope for
#
# PyTorch keeps its numbers in *tensors*. A tensor is much like a NumPy array: it has a shape, and
# all its numbers have one type, the `dtype`. Here is the data of lesson 1, as tensors.

# %%
import warnings

import numpy as np
import torch

from slopewise import figures

x = torch.tensor([1.0, 2.0, 3.0, 4.0])
y = 2 * x
print(x.shape, x.dtype)
print(y)

# %% [markdown]
# The data is fixed. The weight `w` is what we want to learn, so `w` is the one tensor for which
# we need the slope of the loss. We tell PyTorch when we make it: `requires_grad=True`.
#
# **Predict:** we put in one number without square brackets. What is the shape? Then run.

# %%
w = torch.tensor(0.5, requires_grad=True)
print("shape:", tuple(w.shape))
print("dtype:", w.dtype)
print("requires grad:", w.requires_grad)
print("gradient so far:", w.grad)

# %% [markdown]
# The shape is `()`: no dimension at all, a single number. Such a tensor is called *0-d*.
#
# The gradient is `None`. Nobody has asked for a slope yet.
#
# You made `w` yourself: PyTorch has recorded no computation that led to it. Such a tensor is called
# a **leaf**. Leaves that require a gradient are the place where PyTorch puts gradients.
#
# **Predict:** is `2 * w` a leaf? Then run.

# %%
w = torch.tensor(0.5, requires_grad=True)
print("w is a leaf:    ", w.is_leaf)
print("2 * w is a leaf:", (2 * w).is_leaf)

# %% [markdown]
# ### Classic error 1: an integer weight
#
# **Predict:** the next cell leaves out the decimal point. What can go wrong? Then run.

# %%
try:
    torch.tensor(0, requires_grad=True)
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# A slope answers the question "what happens if I change `w` by a tiny bit?". A whole number cannot
# change by a tiny bit: after 0 comes 1. So PyTorch refuses.
#
# The type follows from what you put in. **Predict** the four types: an integer or a `float`, with
# 32 or with 64 bits? Then run.

# %%
print("from 3:              ", torch.tensor(3).dtype)
print("from 3.0:            ", torch.tensor(3.0).dtype)
print("from np.float64(3.0):", torch.tensor(np.float64(3.0)).dtype)
print("from 3, with dtype:  ", torch.tensor(3, dtype=torch.float32).dtype)

# %% [markdown]
# **Exercise `leaf` (2 points).** Write a function that makes such a weight from any number, so that
# error 1 cannot happen to you.


# %% exercise="leaf"
def leaf(value):
    """Return `value` as a tensor that PyTorch can find a slope for.

    value: one number: a Python int or float, or a NumPy number.
    Returns a 0-d tensor (shape ()), dtype float32, that is a leaf and requires grad.
    """
    ### BEGIN SOLUTION
    return torch.tensor(value, dtype=torch.float32, requires_grad=True)
    ### END SOLUTION


# %% check="leaf" points=2
### BEGIN HIDDEN TESTS
import numpy as np
import torch
from slopewise import observe


def leaf_facts(number):
    made = leaf(number)
    return made.item(), str(made.dtype), tuple(made.shape), made.is_leaf, made.requires_grad


def slope_at_leaf(number):
    made = leaf(number)
    (1.5 * made * made).backward()
    return made.grad.item()


def leaf_keeps_every_digit(*numbers):
    return all(leaf(number).item() == float(np.float32(number)) for number in numbers)


observe(
    from_float=lambda: leaf_facts(-1.25),
    from_integer=lambda: leaf_facts(7),
    from_numpy_float64=lambda: leaf_facts(np.float64(2.75)),
    from_numpy_integer=lambda: leaf_facts(np.int64(-6)),
    slope_arrives=lambda: slope_at_leaf(3.5),
    slope_arrives_from_numpy=lambda: slope_at_leaf(np.float64(-4.5)),
    every_digit_kept=lambda: leaf_keeps_every_digit(1234.567, 0.0001234567),
)
### END HIDDEN TESTS
made = leaf(3)
assert made is not None, "leaf(3) returned None: did you forget a return?"
assert isinstance(made, torch.Tensor), f"leaf(3) returned a {type(made).__name__}, not a tensor."
assert made.shape == (), (
    f"leaf(3) has shape {tuple(made.shape)}, expected (). Square brackets around the number?"
)
assert made.dtype == torch.float32, (
    f"leaf(3) has dtype {made.dtype}, expected torch.float32. You can name the dtype you want."
)
assert made.requires_grad, "leaf(3) does not require grad. Did you leave out requires_grad=True?"
assert made.is_leaf, (
    "leaf(3) is not a leaf: it was computed from another tensor that already required grad. "
    "Set the dtype first (or at the same time), requires_grad last."
)
assert made.item() == 3, f"leaf(3) holds {made.item()}, expected 3. Does it use value?"
assert leaf(0.5).item() == 0.5, (
    f"leaf(0.5) holds {leaf(0.5).item()}, expected 0.5. Was the number rounded?"
)
assert leaf(np.float64(0.5)).dtype == torch.float32, (
    "leaf(np.float64(0.5)) is not float32: NumPy's numbers bring their own dtype with them."
)
print("visible checks passed for leaf")

# %% [markdown]
# ## 2 · The graph
#
# Take one point, $x = 3$ and $y = 6$, and the weight $w = 1$. Getting to the loss takes three small
# operations: multiply, subtract, square. Now nudge `w` by 0.001 and watch the nudge travel.
#
# **Predict:** by how much does `y_pred` change? And the loss: up or down? Then run.

# %%
for w_try in (1.0, 1.001):
    y_pred = w_try * 3
    error = y_pred - 6
    loss = error**2
    print(f"w = {w_try:.3f}   y_pred = {y_pred:.3f}   error = {error:.3f}   loss = {loss:.6f}")

# %% [markdown]
# Follow the change from left to right:
#
# | from → to | change | that is |
# |---|---|---|
# | `w` → `y_pred` | 0.001 became 0.003 | times 3, which is $x$ |
# | `y_pred` → `error` | 0.003 stayed 0.003 | times 1 |
# | `error` → `loss` | 0.003 became about −0.018 | times −6, which is $2 \cdot$ error |
#
# Each operation has a slope of its own, and it is easy to know: the slope of "times 3" is 3, the
# slope of "minus 6" is 1, the slope of "squared" is twice the number that is squared. Multiply the
# three: $3 \cdot 1 \cdot (-6) = -18$. That is the slope of the loss with respect to `w`.
#
# You multiplied like this in lesson 1, too. It is called the **chain rule**: the slopes along the
# way, multiplied, give the slope of the whole way. In the next picture every box is a number, and
# the arrows lead from a number to what is computed from it.

# %%
figures.graph(
    {
        "w": ("w = 1", (0, 0)),
        "x": ("x = 3", (0, 1)),
        "y_pred": ("y_pred = 3", (1, 0)),
        "y": ("y = 6", (1, 1)),
        "error": ("error = −3", (2, 0)),
        "loss": ("loss = 9", (3, 0)),
    },
    [
        ("w", "y_pred", "slope 3"),
        ("x", "y_pred", ""),
        ("y_pred", "error", "slope 1"),
        ("y", "error", ""),
        ("error", "loss", "slope −6"),
    ],
    title="From w to the loss: 3 · 1 · (−6) = −18",
)

# %% [markdown]
# This picture is a **computation graph**. PyTorch draws it for you, in memory, while it computes:
# every result of a tensor that requires grad remembers the operation that made it.
#
# **Predict:** which of the four tensors below remembers no operation? Then run.

# %%
w = torch.tensor(1.0, requires_grad=True)
y_pred = w * 3.0
error = y_pred - 6.0
loss = error**2
for name, tensor in {"w": w, "y_pred": y_pred, "error": error, "loss": loss}.items():
    print(name, "was made by", tensor.grad_fn.name() if tensor.grad_fn else "nobody: a leaf")

# %% [markdown]
# `Mul`, `Sub` and `Pow` stand for multiply, subtract and power. `w` alone remembers nothing.
#
# `loss.backward()` walks this graph from the loss back to the leaves, multiplies the slopes of the
# operations, and puts the product into `w.grad`.
#
# **Predict:** will it find the same number as you, sign included? Then run.

# %%
w = torch.tensor(1.0, requires_grad=True)
loss = (w * 3.0 - 6.0) ** 2
loss.backward()
print("loss:", loss.item(), "  w.grad:", w.grad.item())

# %% [markdown]
# `.item()` takes the plain Python number out of a tensor.
#
# **Your turn.** Change `my_w` until the slope is 0. What is special about that weight?

# %%
my_w = 1.0  # change this number and run again

w = torch.tensor(float(my_w), requires_grad=True)
loss = (w * 3.0 - 6.0) ** 2
loss.backward()
print("w:", my_w, "  loss:", loss.item(), "  slope:", w.grad.item())

# %% [markdown]
# ## 3 · Four points, one slope
#
# Now all four points, at `w = 0`. Each point has a loss of its own, and a slope of its own.
# **Predict:** which point has the steepest slope? Then run.

# %%
for x_one in (1.0, 2.0, 3.0, 4.0):
    y_one = 2 * x_one
    w = torch.tensor(0.0, requires_grad=True)
    loss = (w * x_one - y_one) ** 2
    loss.backward()
    print(f"x = {x_one}: loss = {loss.item():5.1f}, slope = {w.grad.item():6.1f}")

# %% [markdown]
# Our loss is the *mean* of the four losses. **Predict** the loss and its slope from the four lines
# above. Do you expect the number you derived by hand in lesson 1? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
y_pred = w * x
loss = ((y_pred - y) ** 2).mean()
loss.backward()
print("loss:  ", loss.item())
print("w.grad:", w.grad.item())

# %% [markdown]
# −30, and this time nobody had to derive a formula. In the picture it is the slope of the straight
# line that touches the curve at `w = 0`.

# %%
figures.loss_of_weight(
    x.numpy(), y.numpy(), (-1.0, 5.0), tangent_at=0.0, title="The slope at w = 0 is −30"
)

# %% [markdown]
# **Exercise `autograd_gradient` (4 points).** Pack loss and `backward()` into a function that works
# at any weight and for any data. A new leaf at each call keeps the calls apart.


# %% exercise="autograd_gradient"
def autograd_gradient(x, y, w):
    """Return dJ/dw, the slope of the mean squared error of w * x, found by backward().

    x, y: tensors of shape (n,), float32.
    w: a Python float, the weight at which you want the slope.
    Returns a float.
    """
    ### BEGIN SOLUTION
    weight = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()
    ### END SOLUTION


# %% check="autograd_gradient" points=4
### BEGIN HIDDEN TESTS
import numpy as np
import torch
from slopewise import observe
from torch.autograd.graph import saved_tensors_hooks

three = torch.tensor([2.0, -1.5, 4.0])
three_y = torch.tensor([1.0, 3.5, -2.0])
six = torch.tensor([0.5, 1.5, 2.5, -3.0, 4.0, 1.0])
six_y = torch.tensor([3.0, -1.0, 2.0, 0.5, 7.0, -2.5])
single = torch.tensor([1.75])
single_y = torch.tensor([-4.0])


def slope_and_witness(*arguments):
    """The slope, and whether a backward pass read what a forward pass had kept."""
    read_back = []

    def give_back(kept):
        read_back.append(1)
        return kept

    try:
        with saved_tensors_hooks(lambda kept: kept, give_back):
            slope = autograd_gradient(*arguments)
    except RuntimeError as refusal:
        if "saved tensor hooks" not in str(refusal):
            raise
        # torch.func is autograd too, and lets nobody look on
        return float(autograd_gradient(*arguments)), True
    return float(slope), len(read_back) > 0


observe(
    three_points=lambda: autograd_gradient(three, three_y, 0.8),
    six_points=lambda: autograd_gradient(six, six_y, -1.3),
    six_points_from_zero=lambda: autograd_gradient(six, six_y, 0.0),
    one_point=lambda: autograd_gradient(single, single_y, 2.25),
    slope_uphill=lambda: autograd_gradient(six, 3 * six, 9.5),
    asked_twice=lambda: [autograd_gradient(three, six_y[:3], 1.7) for _ in range(2)],
    slope_from_autograd=lambda: slope_and_witness(three, 2 * three_y, -2.1),
)
### END HIDDEN TESTS
points = torch.tensor([1.0, 2.0, 3.0, 4.0])
result = autograd_gradient(points, 2 * points, 0.0)
assert result is not None, "autograd_gradient returned None: did you forget a return?"
assert not getattr(result, "requires_grad", False), (
    "autograd_gradient returned a tensor that still requires grad, expected a plain number. "
    "The slope is in .grad; .item() takes the number out."
)
assert abs(result + 120) > 1e-2, (
    f"autograd_gradient returned {result}, expected -30: 4 times too large. "
    "Did you sum where the mean is asked?"
)
assert abs(result + 64) > 1e-2, (
    f"autograd_gradient returned {result}, expected -30: that is the slope of the last point alone."
)
assert abs(result - 30) > 1e-2, (
    f"autograd_gradient returned {result}, expected -30. At w = 0 the loss is 30 and its slope is "
    "-30: did you return the loss, or change the sign?"
)
assert abs(result + 15) > 1e-2, (
    f"autograd_gradient returned {result}, expected -30: half of it. Was the loss halved?"
)
assert abs(result + 30) < 1e-2, (
    f"autograd_gradient returned {result}, expected -30. Compare your loss with the text's."
)
again = autograd_gradient(points, 2 * points, 0.0)
assert abs(again + 30) < 1e-2, (
    f"the second call returned {again}, the first {result}. Does every call make a new leaf?"
)
elsewhere = autograd_gradient(points, 2 * points, 3.0)
assert abs(elsewhere - 15) < 1e-2, (
    f"at w = 3 autograd_gradient returned {elsewhere}, expected 15. Does it use the w it is given?"
)
pair = autograd_gradient(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 6.0]), 1.0)
assert abs(pair + 10) < 1e-2, (
    f"on two other points autograd_gradient returned {pair}, expected -10. Does it use the x and y "
    "it is given, however many there are?"
)
print("visible checks passed for autograd_gradient")

# %% [markdown]
# ## 4 · Gradients add up
#
# Computing the loss is called the *forward pass*, and `backward()` the *backward pass*.
#
# **Predict:** the next cell does both three times, without touching `w`. What will `w.grad` be each
# time? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
for n_backward in (1, 2, 3):
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    print(f"after backward pass {n_backward}: w.grad = {w.grad.item()}")

# %% [markdown]
# `backward()` does not *set* `w.grad`. It *adds* to it.
#
# This is intended. A slope can come in several pieces: here the first two points send one piece,
# the last two points another. Each piece is divided by 4, so that together they make up the mean.
#
# **Predict** the second number, then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
(((w * x[:2] - y[:2]) ** 2).sum() / 4).backward()
print("after the first two points:", w.grad.item())
(((w * x[2:] - y[2:]) ** 2).sum() / 4).backward()
print("after all four points:     ", w.grad.item())

# %% [markdown]
# In training you want the slope of *this* epoch alone. So you must *clear* what the last one left.
# (Many say *zero* it.) There are two ways. **Predict** what each leaves in `w.grad`, then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)  # as if backward() had just put it there
w.grad.zero_()  # fill with 0, in place (the final _ says so)
print("after zero_():", w.grad)
w.grad = None  # throw it away: as good, the next backward() makes a new one
print("after = None: ", w.grad)

# %% [markdown]
# One more thing to know about `backward()`. **Predict:** can you walk back through *one* graph
# twice? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
loss = ((w * x - y) ** 2).mean()
loss.backward()
try:
    loss.backward()
except RuntimeError as error:
    print("RuntimeError:", str(error).split(" (")[0])

# %% [markdown]
# Once a graph has been walked, PyTorch throws away the numbers it had stored in it, to save memory.
# For another backward pass, compute the loss again: that draws a new graph.
#
# **Exercise `accumulated_gradient` (3 points).** Write the loop of this section as a
# function: at any weight, for any data, with any number of backward passes. Nobody clears.


# %% exercise="accumulated_gradient"
def accumulated_gradient(x, y, w, n_backward):
    """Return what is in w.grad after n_backward backward passes without clearing it.

    The loss is the mean squared error of w * x; the weight is never updated.
    x, y: tensors of shape (n,), float32.
    w: a Python float, the weight.
    n_backward: a whole number, 1 or more.
    Returns a float.
    """
    ### BEGIN SOLUTION
    weight = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.item()
    ### END SOLUTION


# %% check="accumulated_gradient" points=3
### BEGIN HIDDEN TESTS
import numpy as np
import torch
from slopewise import observe
from torch.autograd.graph import saved_tensors_hooks

five = torch.tensor([1.0, -2.0, 0.5, 3.0, 1.5])
five_y = torch.tensor([2.5, 1.0, -1.0, 4.0, 0.5])
pair = torch.tensor([3.0, -0.5])
pair_y = torch.tensor([1.5, 7.0])


def read_backs(*arguments):
    """How often backward passes read what a forward pass had kept."""
    read_back = []

    def give_back(kept):
        read_back.append(1)
        return kept

    with saved_tensors_hooks(lambda kept: kept, give_back):
        accumulated_gradient(*arguments)
    return len(read_back)


def sum_and_equal_passes(x, y, w, n_backward):
    """What comes back, and whether no pass walks farther than a single one."""
    held = accumulated_gradient(x, y, w, n_backward)
    try:
        equal = read_backs(x, y, w, n_backward) <= n_backward * read_backs(x, y, w, 1)
    except RuntimeError as refusal:
        if "saved tensor hooks" not in str(refusal):
            raise
        equal = True  # torch.func lets nobody look on
    return float(held), equal


observe(
    one_pass=lambda: accumulated_gradient(five, five_y, -0.6, 1),
    three_passes=lambda: accumulated_gradient(five, five_y, 1.9, 3),
    seven_passes=lambda: accumulated_gradient(pair, pair_y, 2.2, 7),
    two_passes_from_zero=lambda: accumulated_gradient(pair, 5 * pair_y, 0.0, 2),
    asked_twice=lambda: [accumulated_gradient(pair, 3 * pair, 0.4, 4) for _ in range(2)],
    five_passes_of_one_loss=lambda: sum_and_equal_passes(five, -1.5 * five_y, 1.1, 5),
)
### END HIDDEN TESTS
points = torch.tensor([1.0, 2.0, 3.0, 4.0])
one = accumulated_gradient(points, 2 * points, 0.0, 1)
assert one is not None, "accumulated_gradient returned None: did you forget a return?"
assert not isinstance(one, list), "accumulated_gradient returned a list, expected one number."
assert not getattr(one, "requires_grad", False), (
    "accumulated_gradient returned a tensor that requires grad: take the number out with .item()."
)
assert abs(one + 120) > 1e-2, (
    f"after one pass you have {one}, expected -30. Did you sum where the mean is asked?"
)
assert abs(one) > 1e-2, "after one pass you have 0, expected -30. Is the gradient cleared?"
assert abs(one + 30) < 1e-2, (
    f"after one backward pass you have {one}, expected -30. Does the loop run n_backward times?"
)
three_times = accumulated_gradient(points, 2 * points, 0.0, 3)
assert abs(three_times + 30) > 1e-2, (
    f"after three passes you have {three_times}, expected -90. Is the gradient cleared, or a new "
    "leaf made, inside your loop?"
)
assert abs(three_times + 90) < 1e-2, (
    f"after three backward passes you have {three_times}, expected -90. "
    "Does w stay where it is, and does the loop run n_backward times?"
)
elsewhere = accumulated_gradient(points, 2 * points, 3.0, 2)
assert abs(elsewhere - 30) < 1e-2, (
    f"at w = 3 two passes gave {elsewhere}, expected 30. Does it use the w it is given?"
)
print("visible checks passed for accumulated_gradient")

# %% [markdown]
# ## 5 · One update, and three ways to spoil it
#
# The update is the one of lesson 1: take a step against the slope. At `w = 0` with gradient −30 and
# learning rate 0.01 the new weight is $0 - 0.01 \cdot (-30) = 0.3$. On paper this is one line. In
# PyTorch it has three traps. We walk into each of them on purpose. The error of section 1 was the
# first, so these are 2, 3 and 4.
#
# ### Classic error 2: the update inside the graph
#
# The next cell changes `w` *in place*, with `-=`: no new tensor is made, the number inside the old
# one changes. **Predict:** does PyTorch mind? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)
try:
    w -= 0.01 * w.grad
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# PyTorch records whatever is done to a tensor that requires grad. If it recorded the update too,
# `w` would become the result of a computation and stop being a leaf. So it refuses to change a leaf
# in place while it is recording. ("Variable" in the message is an old word for tensor.)
#
# The update is bookkeeping, no part of the model. Switch the recording off for it:
# `torch.no_grad()`. **Predict** the two lines, then run.

# %%
w = torch.tensor(0.5, requires_grad=True)
print("recorded:", (2 * w).requires_grad)
with torch.no_grad():
    print("recorded:", (2 * w).requires_grad)

# %% [markdown]
# ### Classic error 3: a new `w` under the old name
#
# `w = w - ...` seems to say the same as `w -= ...`, and PyTorch does not complain.
# **Predict:** is the new `w` still a leaf? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)
w = w - 0.01 * w.grad
print(f"w = {w.item():.3f}, leaf: {w.is_leaf}")

# %% [markdown]
# The value is right: 0.300. But this `w` is a *new* tensor, the result of a subtraction. The name
# `w` has left the leaf. **Predict:** in the next epoch, will `backward()` put a gradient into this
# `w`? Then run. (The lines with `warnings` only catch PyTorch's warning, so that we can print it.)

# %%
loss = ((w * x - y) ** 2).mean()
loss.backward()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    new_gradient = w.grad
print("w.grad:", new_gradient)
for warning in caught:
    print("Warning:", str(warning.message).split(". ")[0] + ".")
try:
    0.01 * new_gradient
except TypeError as error:
    print("TypeError:", error)

# %% [markdown]
# `backward()` keeps gradients for leaves only, unless you ask for more. This `w` is no leaf, so its
# `.grad` is `None`, and the next update fails.
#
# Does `no_grad` save it? **Predict**, then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)
with torch.no_grad():
    w = w - 0.01 * w.grad
print(f"w = {w.item():.3f}, leaf: {w.is_leaf}, requires grad: {w.requires_grad}")
loss = ((w * x - y) ** 2).mean()
try:
    loss.backward()
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# No. What is computed without recording does not require grad. With nothing recorded behind it, the
# new `w` counts as a leaf again, but as one that cannot learn.
#
# There is a second reason to change `w` in place: a function that updates *your* tensor must not
# make one of its own. **Predict:** two functions get a tensor each. Which tensor has changed
# afterwards? Then run.


# %%
def by_new_name(values):
    values = values - 1


def in_place(values):
    values -= 1


first, second = torch.tensor(10.0), torch.tensor(10.0)
by_new_name(first)
in_place(second)
print("by_new_name left", first.item(), "  in_place left", second.item())

# %% [markdown]
# ### Classic error 4: clearing too early
#
# You know that the gradient must be cleared. **Predict:** what does the step become if you clear it
# between `backward()` and the update? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
loss = ((w * x - y) ** 2).mean()
loss.backward()
print("gradient:  ", w.grad.item())
w.grad.zero_()  # too early!
print("step:      ", 0.01 * w.grad.item())
print("new weight:", w.item() - 0.01 * w.grad.item())

# %% [markdown]
# No message at all: the step is 0, the weight stays where it is, and so does the loss, for ever.
# (If you clear with `w.grad = None` instead, the update fails with an error, because there is
# nothing to multiply.) Of the four errors this is the quietest. The order that works: **backward,
# update, clear**.
#
# | classic error | how you notice |
# |---|---|
# | 1 integer weight | `RuntimeError` at once |
# | 2 update inside the graph | `RuntimeError` at the update |
# | 3 a new `w` under the old name | `.grad` is `None` one epoch later |
# | 4 clearing before the update | no message: the loss does not move |
#
# **Exercise `sgd_update` (4 points).** Write the update that falls into none of the traps. The
# gradient is in `w.grad` already, so no `backward()` in here. ("SGD" is what PyTorch calls this
# kind of update. You meet its version in lesson 4.)


# %% exercise="sgd_update"
def sgd_update(w, learning_rate):
    """Take one step against the slope, then clear the gradient.

    w: a 0-d leaf that requires grad, with its gradient ready in w.grad.
    learning_rate: a float.
    Returns nothing. Changes w in place, outside the graph; w stays the same leaf.
    Afterwards w.grad is zero or None.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad.zero_()
    ### END SOLUTION


# %% check="sgd_update" points=4
### BEGIN HIDDEN TESTS
import torch
from slopewise import observe


def after_updates(start, rate, slopes):
    weight = torch.tensor(start, requires_grad=True)
    for slope in slopes:
        (slope * weight).backward()
        sgd_update(weight, rate)
    return weight


def gradient_left(start, rate, slope):
    weight = after_updates(start, rate, [slope])
    moved = weight.item() != start
    left = 0.0 if weight.grad is None else weight.grad.item()
    return moved, left


def facts_after(start, rate, slope):
    weight = after_updates(start, rate, [slope])
    return weight.item(), weight.is_leaf, weight.requires_grad, torch.is_grad_enabled()


def what_comes_back(start, rate, slope):
    weight = torch.tensor(start, requires_grad=True)
    (slope * weight).backward()
    returned = sgd_update(weight, rate)
    return weight.item(), "nothing" if returned is None else "something"


def form_after(start, rate, slope):
    weight = after_updates(start, rate, [slope])
    return weight.item(), str(weight.dtype), tuple(weight.shape)


def squares(start, rate, times):
    weight = torch.tensor(start, requires_grad=True)
    for _ in range(times):
        ((weight - 1.5) ** 2).backward()
        sgd_update(weight, rate)
    return weight.item()


observe(
    downhill=lambda: after_updates(4.5, 0.2, [3.5]).item(),
    negative_slope=lambda: after_updates(-1.25, 0.07, [-8.0]).item(),
    gradient_cleared=lambda: gradient_left(0.75, 0.5, 2.5),
    still_a_leaf=lambda: facts_after(2.5, 0.125, -6.0),
    two_updates=lambda: after_updates(1.5, 0.3, [2.0, -0.75]).item(),
    five_updates_downhill=lambda: squares(6.5, 0.15, 5),
    returns_nothing=lambda: what_comes_back(3.25, 0.4, 1.5),
    dtype_and_shape_kept=lambda: form_after(-2.75, 0.3, 4.5),
)
### END HIDDEN TESTS
weight = torch.tensor(1.0, requires_grad=True)
weight.grad = torch.tensor(-4.0)
sgd_update(weight, 0.25)
assert weight.item() != 1.0, (
    "w did not move: it is still 1.0, expected 2.0. Did you give the name w to a new tensor "
    "(error 3), or clear the gradient before the update (error 4)?"
)
assert weight.item() != 0.0, "w is 0.0, expected 2.0: that step went uphill. Check the sign."
assert abs(weight.item() - 2.0) < 1e-5, (
    f"w is {weight.item()}, expected 1.0 - 0.25 * (-4.0) = 2.0. Do you use the learning_rate?"
)
assert weight.is_leaf, "w is no leaf any more. Was the update recorded in the graph?"
assert weight.requires_grad, "w does not require grad any more: it could not learn further."
assert weight.grad is None or weight.grad.item() == 0, (
    f"w.grad is still {weight.grad.item()}: the next backward() would add to it. Clear it last."
)
print("visible checks passed for sgd_update")

# %% [markdown]
# ## 6 · The training loop
#
# One **epoch** is one pass over the data. In this course every update uses all the data
# ("full-batch"), so an epoch is exactly one update. It has four parts, always in this order:
#
# 1. *forward*: compute the loss (PyTorch draws the graph);
# 2. *backward*: `loss.backward()` (the slope lands in `w.grad`);
# 3. *update*: one step against the slope, unrecorded;
# 4. *clear* the gradient.
#
# **Exercise `train` (5 points).** It takes and returns the same as in lesson 1, only without a
# `gradient` to pass in. `losses[k]` is the loss *before* update k, so `losses[0]` belongs to the
# weight you start from. Write the update out once more instead of calling your `sgd_update`: then a
# slip there costs no points here.
#
# Keep plain numbers, not tensors: a loss that you store as a tensor holds on to its whole graph.


# %% exercise="train"
def train(x, y, learning_rate, n_epochs, w=0.0):
    """Train the weight of w * x by gradient descent on the mean squared error, by autograd.

    x, y: tensors of shape (n,), float32.
    learning_rate: a float.
    n_epochs: how many updates, 0 or more.
    w: a float, the weight to start from.
    Returns (w, losses): the trained weight as a float, and a list of n_epochs floats, where
    losses[k] is the loss before update k. With n_epochs = 0 that is the start and [].
    """
    ### BEGIN SOLUTION
    weight = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses
    ### END SOLUTION


# %% check="train" points=5
### BEGIN HIDDEN TESTS
import numpy as np
import torch
from slopewise import near, observe
from torch.autograd.graph import saved_tensors_hooks

torch.set_grad_enabled(True)  # an earlier answer may have left it off

five = torch.tensor([1.5, -0.5, 2.0, 3.0, -1.0])
five_y = torch.tensor([4.0, 1.0, 7.5, 6.0, -3.5])
trio = torch.tensor([2.0, 5.0, 3.5])
trio_y = torch.tensor([-1.0, 4.5, 0.5])


def plain_losses(*arguments):
    losses = list(train(*arguments)[1])
    plain = not any(isinstance(one, torch.Tensor | np.ndarray) for one in losses)
    return len(losses), "plain numbers" if plain else "tensors or arrays among them"


def long_run(x, y, rate, n_epochs):
    # How early a run gives up is of no interest, so that one message fits all that do.
    weight, losses = train(x, y, rate, n_epochs)
    return round(float(weight)), len(losses) == n_epochs


def weight_and_witness(x, y, rate, n_epochs):
    """The weight, and whether each epoch's backward pass read what a forward pass had kept."""
    read_back = []

    def give_back(kept):
        read_back.append(1)
        return kept

    try:
        with saved_tensors_hooks(lambda kept: kept, give_back):
            weight = train(x, y, rate, n_epochs)[0]
    except RuntimeError as refusal:
        if "saved tensor hooks" not in str(refusal):
            raise
        # torch.func is autograd too, and lets nobody look on
        return float(train(x, y, rate, n_epochs)[0]), True
    return float(weight), len(read_back) >= n_epochs


observe(
    four_epochs=lambda: train(five, five_y, 0.03, 4),
    given_start=lambda: train(trio, trio_y, 0.013, 3, w=-2.4),
    one_epoch=lambda: train(trio, trio_y, 0.02, 1, w=1.35),
    no_epochs=lambda: train(trio, trio_y, 0.02, 0, w=3.6),
    many_epochs=near(lambda: train(five, five_y, 0.004, 25, w=5.5), relative=1e-3),
    two_runs=lambda: [train(five, -1.5 * five_y, 0.05, 2) for _ in range(2)],
    losses_are_plain_numbers=lambda: plain_losses(trio, 2 * trio_y, 0.015, 2),
    there_long_before_the_end=lambda: long_run(five, 3 * five, 0.1, 40),
    slopes_from_autograd=lambda: weight_and_witness(five, 0.5 * five_y, 0.04, 3),
)
### END HIDDEN TESTS
points = torch.tensor([1.0, 2.0, 3.0, 4.0])
result = train(points, 2 * points, 0.01, 2)
assert result is not None, "train returned None: did you forget a return?"
assert isinstance(result, tuple), f"train returned a {type(result).__name__}, expected w, losses"
assert len(result) == 2, f"train returned {len(result)} things, expected two: w, losses"
w_end, losses_seen = result
assert not getattr(w_end, "requires_grad", False), (
    "the weight you return still requires grad. Return a plain number: .item() takes it out."
)
assert isinstance(losses_seen, list), f"losses is a {type(losses_seen).__name__}, expected a list"
assert len(losses_seen) == 2, f"two epochs gave {len(losses_seen)} losses, expected 2"
assert not any(getattr(value, "requires_grad", False) for value in losses_seen), (
    "losses holds tensors that keep their graph alive: store loss.item() instead."
)
assert abs(losses_seen[0] - 120) > 1e-2, (
    f"losses[0] is {losses_seen[0]}, expected 30. Did you sum where the mean is asked?"
)
assert abs(losses_seen[0] - 30) < 1e-2, (
    f"losses[0] is {losses_seen[0]}, expected 30, the loss at w = 0, before any update."
)
assert abs(w_end) > 1e-5, (
    "after two epochs w is still 0. Is the gradient cleared before the update?"
)
assert w_end > 0, f"after two epochs w is {w_end}, expected 0.555: uphill. Check the sign."
assert abs(w_end - 0.855) > 1e-4, (
    f"after two epochs w is {w_end}, expected 0.555. The second gradient was added to the first: "
    "is it cleared after each update?"
)
assert abs(w_end - 0.555) < 1e-4, f"after two epochs w is {w_end}, expected 0.555."
assert abs(losses_seen[1] - 21.675) < 1e-2, f"losses[1] is {losses_seen[1]}, expected 21.675."
pair_x, pair_y = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 6.0])
w_pair, _losses = train(pair_x, pair_y, 0.1, 1)
assert abs(w_pair - 1.5) < 1e-4, (
    f"on two other points at learning rate 0.1 w is {w_pair}, expected 1.5. Does train use the x, "
    "y and learning_rate it is given?"
)
w_start, no_losses = train(points, 2 * points, 0.01, 0, w=1.5)
assert w_start == 1.5, f"without an epoch w must stay 1.5, but train returned {w_start}"
assert no_losses == [], f"without an epoch there are no losses, but train returned {no_losses}"
print("visible checks passed for train")

# %% [markdown]
# ## 7 · Watch it learn
#
# Here is a small logger. It calls your `train` for one epoch at a time, each time from where it
# stopped, and prints `w` after the update and the loss before it. The cells of this section run
# your functions, so they work once you have written them.


# %%
def show_run(title, train, x, y, learning_rate, n_epochs, *, w=0.0, every=1, slope=None):
    """Train epoch by epoch and print every so many epochs; return the last w."""
    print(title)
    for epoch in range(1, n_epochs + 1):
        gradient = "" if slope is None else f", gradient = {slope(x, y, w):.3f}"
        w, losses = train(x, y, learning_rate, 1, w)
        if (epoch - 1) % every == 0:
            print(f"epoch {epoch}: w = {w:.3f}, loss = {losses[0]:.8f}{gradient}")
    return w


# %% [markdown]
# **Predict** the first line: the loss at `w = 0`, and the weight after one step of 0.01 times 30.
# Then run a hundred epochs. To keep it short, every tenth is printed.

# %%
w_trained = show_run("100 epochs, y = 2x", train, x, y, 0.01, 100, every=10)
print(f"prediction for x = 5: {w_trained * 5:.3f}")

# %% [markdown]
# Is a loss of 0.00000000 really zero? `:.0e` prints one digit and a power of ten. **Predict**,
# then run.

# %%
w_trained, losses = train(x, y, 0.01, 100)
print(f"loss of epoch 91: {losses[90]:.0e}")

# %% [markdown]
# 5e-12 is 0.000000000005: small, not zero.
#
# Now the same run again, with the gradient beside it. **Predict:** will the other two columns
# repeat exactly? What happens to the gradient as `w` comes near 2? Then run.

# %%
w_trained = show_run(
    "100 epochs once more, with the gradient",
    train,
    x,
    y,
    0.01,
    100,
    every=10,
    slope=autograd_gradient,
)

# %% [markdown]
# The columns repeat to the last digit: `train` starts from 0 each time and nothing in it is random.
# The gradient fades out. Near the bottom of the valley the ground is flat, so the steps get small
# by themselves.
#
# **Predict:** what if we stop after 20 epochs? Will the prediction for $x = 5$ be 10? Then run.

# %%
w_trained = show_run("20 epochs", train, x, y, 0.01, 20, every=2)
print(f"prediction for x = 5: {w_trained * 5:.3f}")

# %% [markdown]
# 9.612, and 10.000 after a hundred epochs. Some conclude that autograd is less exact than a formula
# and needs more epochs to make up for it. Recall lesson 1: the hand-made mean gradient gave 9.612
# after 20 epochs as well, and 10.000 after 100. It is not autograd that is slow. It is the learning
# rate of 0.01. Section 8 looks closer.
#
# **Predict:** draw `w` over 100 epochs in the air. Where is the curve steep, where flat? Then run.

# %%
w_path, weight_now = [0.0], 0.0
for _ in range(100):
    weight_now, _losses = train(x, y, 0.01, 1, weight_now)
    w_path.append(weight_now)
figures.paths({"learning rate 0.01": w_path}, target=2.0, title="The weight, epoch by epoch")

# %% [markdown]
# The curve is steepest at the start. After about 40 epochs you can no longer tell it from the
# dashed line at 2.
#
# ### Starting where you stopped
#
# In a notebook `w` lives on after its cell. Someone trains for 20 epochs, then runs a cell that
# trains for 100 more, but from the weight of the first run.
#
# **Predict:** where does the second run begin? Is its first loss 30 again? Then run.

# %%
w_after_20, losses_20 = train(x, y, 0.01, 20)
print(f"after the first 20 epochs: w = {w_after_20:.3f}")
w_trained = show_run("100 more epochs, resumed", train, x, y, 0.01, 100, w=w_after_20, every=10)

# %% [markdown]
# The first loss is 0.04506890: in the run of 100 epochs above that is epoch 21, to the last digit.
# A low first loss often means only this: the training did not begin at the beginning.
#
# ### Other data
#
# Now $y = 5x$. **Predict** the first gradient. A hint: at `w = 0` every error is 2.5 times what it
# was. Then run.

# %%
y_five = 5 * x
w_trained = show_run(
    "100 epochs, y = 5x: the first 20", train, x, y_five, 0.01, 20, slope=autograd_gradient
)
w_trained, losses_rest = train(x, y_five, 0.01, 80, w_trained)
print(f"after 100 epochs: w = {w_trained:.3f}")

# %% [markdown]
# −75 is 2.5 times −30. Compare with $y = 2x$: both runs have lost the same share of their distance
# after the same number of epochs. After one epoch `w` is 0.300 of 2 there and 0.750 of 5 here: 15
# percent each.
#
# Last, the ×10 data of lesson 1: $x = 10, 20, 30, 40, 50$ and $y = 2x$, at a learning rate of
# 0.0003. This log counts from 0 and shows `w` *before* the update, so each line belongs to one
# moment: this weight, its loss, its gradient.
#
# **Predict** the loss at `w = 0`: the mean of $20^2, 40^2, \dots, 100^2$. Then run.

# %%
x_ten = torch.tensor([10.0, 20.0, 30.0, 40.0, 50.0])
y_ten = 2 * x_ten
weight_now = 0.0
print("the ×10 data, 20 epochs")
for epoch in range(20):
    gradient = autograd_gradient(x_ten, y_ten, weight_now)
    weight_next, losses = train(x_ten, y_ten, 0.0003, 1, weight_now)
    print(f"epoch {epoch}: w = {weight_now:.5f}, loss = {losses[0]:.5f}, gradient = {gradient:.5f}")
    weight_now = weight_next

# %% [markdown]
# A far smaller learning rate, and yet far fewer epochs. How that fits together is the
# subject of lesson 5.
#
# ## 8 · How exact is autograd?
#
# You have now seen two ways to a gradient: the formula of lesson 1, and `backward()`. In lesson 1
# there was a third, the central difference: nudge `w` both ways and compare the losses. Let the
# three compete in float32, on a thousand random weights and the ×10 data. The referee is the
# formula in float64, which carries about nine digits more.
#
# The next cell does all thousand weights at once. You need not follow every line; run it. (The
# weights are 1000 rows, the points 5 columns. The rows do not mix, so one `backward()` on the sum
# of the rows' losses gives every row its own slope.)

# %%
weights = np.random.default_rng(2).uniform(-10, 10, size=(1000, 1)).astype(np.float32)
x_np = np.array([10, 20, 30, 40, 50], dtype=np.float32)
y_np = 2 * x_np


def row_losses(w):
    return ((w * x_np - y_np) ** 2).mean(axis=1)


by_hand = (2 * x_np * (weights * x_np - y_np)).mean(axis=1)

leaves = torch.tensor(weights, requires_grad=True)
((leaves * torch.tensor(x_np) - torch.tensor(y_np)) ** 2).mean(dim=1).sum().backward()
by_autograd = leaves.grad.numpy()[:, 0]

h = np.float32(1e-4)
by_nudging = (row_losses(weights + h) - row_losses(weights - h)) / (2 * h)

referee = (2 * x_np * (weights.astype(np.float64) * x_np - y_np)).mean(axis=1)

# %% [markdown]
# **Predict:** the gradients go up to about 26,000. How far off is each of the three, at worst? Who
# comes last? Then run.

# %%
print(f"largest gradient: {np.abs(referee).max():.0f}")
print(f"by hand,  largest error: {np.abs(by_hand - referee).max():.1f}")
print(f"autograd, largest error: {np.abs(by_autograd - referee).max():.1f}")
print(f"nudging,  largest error: {np.abs(by_nudging - referee).max():.1f}")
difference = np.abs(by_hand - by_autograd).max()
print("hand and autograd always within 0.01 of each other:", bool(difference < 0.01))

# %% [markdown]
# The formula and autograd cannot be told apart at this precision. They differ by less than 0.01 in
# 26,000, and float32 carries only about seven digits. You can see such a difference in the ×10
# logs: at epoch 1 autograd has −1495.99988 above, and the formula has −1496.00000 in lesson 1. But
# there the points stood in another order. In the order used here, lesson 1 printed −1495.99988 for
# the formula, too.
#
# Nudging is far behind. Two losses that lie so close together share most of their seven digits. The
# subtraction leaves only two or three good ones. (In float64 there are digits enough: lesson 1.)
#
# Autograd does not nudge. It has an exact formula for the slope of every small operation, and
# multiplies. You did the same on paper in lesson 1. All that is left is rounding.
#
# **Exercise `exactness` (2 points).** How do the hand-made mean gradient and the autograd gradient
# compare?
#
# - **a**: Autograd tries weights a tiny bit to the left and right, so it is slightly less exact
#   and needs more epochs.
# - **b**: Autograd is exact, while the hand-made formula is an approximation that only works
#   for a straight line.
# - **c**: Autograd adds up the slopes of the points, so its gradient is as many times larger as
#   there are points.
# - **d**: Both follow the chain rule. They agree up to float32 rounding, and training takes the
#   same number of epochs.
#
# Put your letter in place of `None`, and delete the line that raises `NotImplementedError`.

# %% exercise="exactness"
exactness = None  # put your letter here, in quotes: "a", "b", "c" or "d"
### BEGIN SOLUTION
exactness = "d"
### END SOLUTION

# %% check="exactness" points=2
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(letter=lambda: exactness)
### END HIDDEN TESTS
assert exactness in ("a", "b", "c", "d"), (
    f'exactness is {exactness!r}, expected one small letter in quotes: "a", "b", "c" or "d".'
)
print("visible checks passed: an answer is there (whether it is right, grading tells)")

# %% [markdown]
# ## 9 · What you gain
#
# If autograd gives the numbers you had already, why bother? Because you can now change the loss and
# derive nothing. Here is one whose slope you have not worked out by hand:
# $\log(\cosh(\text{error}))$, which forgives large errors more than a square does. You need not
# know the function $\cosh$.
#
# In float64 (`.double()` converts to it) a nudge is a good judge. **Predict:** will the two numbers
# agree? Then run.

# %%
x_64, y_64 = x.double(), y.double()


def gentle_loss(w):
    return torch.log(torch.cosh(w * x_64 - y_64)).mean()


w = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
gentle_loss(w).backward()
nudged = (gentle_loss(1.5 + 1e-5) - gentle_loss(1.5 - 1e-5)) / 2e-5
print(f"backward(): {w.grad.item():.6f}")
print(f"nudging:    {nudged.item():.6f}")

# %% [markdown]
# **Your turn.** Change the line inside `gentle_loss`: try `.abs()`, `torch.exp`, or an `if` on `w`,
# such as `if w > 1`. Do the two numbers still agree?
#
# ## In this lesson you…
#
# - made a leaf, and saw PyTorch record a graph of everything computed from it;
# - let `backward()` multiply the slopes along the graph, and found the −30 of lesson 1;
# - saw that `backward()` adds to `w.grad`, so that every epoch must clear it;
# - walked into four classic errors, and wrote an update that avoids them: in place, unrecorded,
#   backward before update, update before clearing;
# - trained by autograd, and found 9.612 after 20 epochs and 10.000 after 100, as by hand;
# - measured that formula and autograd agree to float32 rounding.
#
# **Where next.** In this lesson every step was small enough. How large may a step be? Lesson 3,
# *The smallest landscape*, takes the loss $w^2$ and finds out. It also shows what really happens to
# training when you forget to clear the gradient.
