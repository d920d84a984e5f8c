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
# - fill in a graph backward by hand, as `backward()` does;
# - explain why the stored gradient grows, and when to clear it;
# - write one update that PyTorch accepts, and a training loop around it;
# - say what an automatic gradient costs and how exact it is, with evidence.
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
import time
import warnings

import numpy as np
import torch

from slopewise import by_autograd, expect, figures, letter_of, tutor, walked_back

x = torch.tensor([1.0, 2.0, 3.0, 4.0])
y = 2 * x
print(x.shape, x.dtype)
print(y)

# %% [markdown]
# The data is fixed. The weight `w` is what we want to learn, so `w` is the one tensor for which
# we need the slope of the loss. We tell PyTorch when we make it: `requires_grad=True`.
#
# **Predict:** `x` was made from a list of four numbers and has the shape `(4,)`. Here one number
# goes in, without square brackets. How many numbers stand in its shape? Then run.

# %%
w = torch.tensor(0.5, requires_grad=True)
print("shape:", tuple(w.shape))
print("dtype:", w.dtype)
print("requires grad:", w.requires_grad)
print("gradient so far:", w.grad)
print("w is a leaf:    ", w.is_leaf)
print("2 * w is a leaf:", (2 * w).is_leaf)

# %% [markdown]
# The shape is `()`: no dimension at all, a single number. Such a tensor is called *0-d*.
#
# The gradient is `None`. Nobody has asked for a slope yet.
#
# You made `w` yourself: PyTorch has recorded no computation that led to it. Such a tensor is called
# a **leaf**. Leaves that require a gradient are the place where PyTorch puts gradients. `2 * w` was
# computed from `w`, so it is no leaf.
#
# ### Classic error 1: an integer weight
#
# The next cell leaves out the decimal point. A slope answers the question "what happens if I change
# `w` by a tiny bit?". **Predict:** can a whole number change by a tiny bit? Then run.

# %%
try:
    torch.tensor(0, requires_grad=True)
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# After 0 comes 1, and nothing lies between. So PyTorch refuses.
#
# The `dtype` follows from what you put in, unless you name one. Run this, and read the four types.

# %%
print("from 3:              ", torch.tensor(3).dtype)
print("from 3.0:            ", torch.tensor(3.0).dtype)
print("from np.float64(3.0):", torch.tensor(np.float64(3.0)).dtype)
print("from 3, with dtype:  ", torch.tensor(3, dtype=torch.float32).dtype)

# %% [markdown]
# A Python `float` becomes `float32`, a NumPy number brings its own type along.
#
# **Exercise `leaf` (2 points). Write a function that makes such a weight from any number, so that
# error 1 cannot happen to you.**
#
# <details><summary>Hint 1: where to look</summary>
#
# Two cells above hold all you need: the one that made `w`, and the last of the four types.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# One call of `torch.tensor` can fix everything at once: the number, its type, and that it is to
# have a slope.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return torch.tensor(…, dtype=…, requires_grad=…)`
#
# </details>


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
from slopewise import near, observe


def leaf_facts(number):
    made = leaf(number)
    return {
        "the number": made.item(),
        "its dtype": str(made.dtype),
        "its shape": tuple(made.shape),
        "is it a leaf": made.is_leaf,
        "does it require grad": made.requires_grad,
    }


def slope_at_leaf(number):
    made = leaf(number)
    (1.5 * made * made).backward()
    return made.grad.item()


def leaf_keeps_every_digit(*numbers):
    return {
        f"every digit of {number}": leaf(number).item() == float(np.float32(number))
        for number in numbers
    }


def leaf_number(number):
    return leaf(number).item()


observe(
    from_float=lambda: leaf_facts(-1.25),
    from_integer=lambda: leaf_facts(7),
    from_numpy_float64=lambda: leaf_facts(np.float64(2.75)),
    from_numpy_integer=lambda: leaf_facts(np.int64(-6)),
    from_zero=lambda: leaf_facts(0),
    slope_arrives=lambda: slope_at_leaf(3.5),
    slope_arrives_from_numpy=lambda: slope_at_leaf(np.float64(-4.5)),
    two_leaves=lambda: [leaf_facts(8.5), leaf_facts(-0.5)],
    every_digit_kept=lambda: leaf_keeps_every_digit(1234.567, 0.0001234567),
    number_huge=lambda: leaf_number(-73000.5),
    number_tiny=near(lambda: leaf_number(3.7e-7), absolute=1e-12),
)


### END HIDDEN TESTS
def check_leaf(number):
    """What leaf makes of a number, in words."""
    new = leaf(number)
    if not isinstance(new, torch.Tensor):
        return {"type": type(new).__name__, **dict.fromkeys(list(check_expected(0.0))[1:])}
    return {
        "type": "Tensor",
        "shape": tuple(new.shape),
        "number": new.item() if new.numel() == 1 else "several numbers",
        "dtype": str(new.dtype),
        "is a leaf": new.is_leaf,
        "requires grad": new.requires_grad,
    }


def check_expected(number):
    return {
        "type": "Tensor",
        "shape": (),
        "number": number,
        "dtype": "torch.float32",
        "is a leaf": True,
        "requires grad": True,
    }


tutor(
    "leaf",
    of_3=expect(lambda: check_leaf(3), check_expected(3.0)),
    of_0_75=expect(lambda: check_leaf(0.75), check_expected(0.75)),
    of_np_float64_2_5=expect(lambda: check_leaf(np.float64(2.5)), check_expected(2.5)),
    of_0=expect(lambda: check_leaf(0), check_expected(0.0)),
    of_minus_1_point_5=expect(lambda: check_leaf(-1.5), check_expected(-1.5)),
    of_2345_678=expect(lambda: check_leaf(2345.678), check_expected(2345.678)),
)
for check_value in (3, 0.75, np.float64(2.5), 0, 2345.678):
    made = leaf(check_value)
    shown = f"leaf({check_value!r})"
    assert isinstance(made, torch.Tensor), f"{shown} returned {made!r}, expected a tensor."
    assert made.shape == (), f"{shown} has shape {tuple(made.shape)}, expected ()."
    assert made.dtype == torch.float32, f"{shown} has dtype {made.dtype}, expected torch.float32."
    assert made.requires_grad, f"{shown} does not require grad, expected requires_grad=True."
    assert made.is_leaf, f"{shown} is not a leaf, expected one."
    assert abs(made.item() - float(check_value)) < 1e-3, f"{shown} holds {made.item()}."
print("visible checks passed: leaf")

# %% [markdown]
# ## 2 · The graph
#
# Take one point, $x = 3$ and $y = 6$, and the weight $w = 1$. Nudge `w`, and watch how far the loss
# moves for each unit of nudge.
#
# Change `nudge` and run again: 0.1, 0.001, −0.001, 0.00001. **Which number does the last line
# settle on?**

# %%
nudge = 0.1  # change this number and run again


def one_point_loss(weight):
    return (weight * 3 - 6) ** 2


change = one_point_loss(1 + nudge) - one_point_loss(1)
print(f"the loss moved by {change:.7f}")
print(f"that is {change / nudge:.4f} times the nudge")

# %% [markdown]
# −18 is the slope of the loss. Where does it come from? Getting to the loss takes three small
# operations: multiply, subtract, square. Follow a nudge of 0.001 through them.

# %%
for w_try in (1.0, 1.001):
    y_pred = w_try * 3
    error = y_pred - 6
    loss = error**2
    print(f"w = {w_try:.3f}   y_pred = {y_pred:.3f}   error = {error:.3f}   loss = {loss:.6f}")

# %% [markdown]
# | from → to | change | that is |
# |---|---|---|
# | `w` → `y_pred` | 0.001 became 0.003 | times 3, which is $x$ |
# | `y_pred` → `error` | 0.003 stayed 0.003 | times 1 |
# | `error` → `loss` | 0.003 became about −0.018 | times −6, which is $2 \cdot$ error |
#
# Each operation has a slope of its own, and it is easy to know: the slope of "times 3" is 3, the
# slope of "minus 6" is 1, the slope of "squared" is twice the number that is squared. Multiply the
# three: $3 \cdot 1 \cdot (-6) = -18$.
#
# You multiplied like this in lesson 1, too. It is called the **chain rule**: slopes *multiply*
# along a path. In the next picture every box is a number, and the arrows lead from a number to
# what is computed from it.

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
# `loss.backward()` walks this graph from the loss back to the leaves, multiplies the slopes of the
# operations, and puts the product into `w.grad`. **Predict** the slope that it finds, sign
# included, and which of the four tensors remembers no operation. Then run.

# %%
w = torch.tensor(1.0, requires_grad=True)
y_pred = w * 3.0
error = y_pred - 6.0
loss = error**2
for name, tensor in {"w": w, "y_pred": y_pred, "error": error, "loss": loss}.items():
    print(name, "was made by", tensor.grad_fn.name() if tensor.grad_fn else "nobody: a leaf")
loss.backward()
print("loss:", loss.item(), "  w.grad:", w.grad.item())

# %% [markdown]
# `Mul`, `Sub` and `Pow` stand for multiply, subtract and power. `w` alone remembers nothing. The
# slope is the −18 you found by nudging and by multiplying. `.item()` takes the plain Python number
# out of a tensor.
#
# ## 3 · Several points: several paths
#
# Two points now, $x = 1, y = 2$ and $x = 3, y = 6$. The loss is the mean of two squares. So `w`
# reaches the loss by **two paths**, and the graph forks.


# %%
def two_paths(slopes, title):
    """Draw the graph of the two points; a box whose slope is known shows it, too."""
    texts = {
        "w": ("w = 1", (0, 0.75)),
        "error_1": ("error_1\n1·w − 2\n= −1", (1, 0)),
        "error_2": ("error_2\n3·w − 6\n= −3", (1, 1.5)),
        "square_1": ("square_1\n= 1", (2, 0)),
        "square_2": ("square_2\n= 9", (2, 1.5)),
        "loss": ("loss\n= 5", (3, 0.75)),
    }
    for name, slope in slopes.items():
        text, place = texts[name]
        texts[name] = (f"{text}\nslope {slope:g}".replace("-", "−"), place)
    steps = [
        ("w", "error_1", "times 1"),
        ("w", "error_2", "times 3"),
        ("error_1", "square_1", "squared"),
        ("error_2", "square_2", "squared"),
        ("square_1", "loss", "half"),
        ("square_2", "loss", "half"),
    ]
    figures.graph(texts, steps, title=title)


two_paths({}, "Two points: w reaches the loss by two paths")

# %% [markdown]
# **Your turn: be `backward()`.** For each box, how far does the *loss* move for each unit that the
# *box* moves? Begin at the loss, where the answer is 1, and go left. One arrow back is one
# multiplication: the slope of "half" is 0.5, the slope of "squared" is twice the number.
#
# `w` comes last. A nudge of `w` travels along both paths, and the loss feels both. **Predict:** do
# the two paths' products multiply, add, or does the larger one win? Put your numbers in, one or two
# at a time, and run. The picture takes up those that are right: the goal is 5 of 5.

# %%
my_slopes = {
    "square_1": None,  # change None into numbers, from top to bottom
    "square_2": None,
    "error_1": None,
    "error_2": None,
    "w": None,
}

w = torch.tensor(1.0, requires_grad=True)
boxes = {"w": w, "error_1": w * 1.0 - 2.0, "error_2": w * 3.0 - 6.0}
boxes["square_1"], boxes["square_2"] = boxes["error_1"] ** 2, boxes["error_2"] ** 2
for box in boxes.values():
    box.retain_grad()  # keep this slope, too, although the box is no leaf
((boxes["square_1"] + boxes["square_2"]) / 2).backward()
right = [
    name
    for name, slope in my_slopes.items()
    if slope is not None and abs(slope - boxes[name].grad.item()) < 1e-6
]
print(f"{len(right)} of 5 right:", ", ".join(right) or "none yet")
two_paths({"loss": 1} | {name: my_slopes[name] for name in right}, "Your walk back, so far")

# %% [markdown]
# <details><summary>Open this when you have five numbers, or are stuck</summary>
#
# Both squares have 0.5: the mean halves each. `error_1` has $0.5 \cdot 2 \cdot (-1) = -1$, and
# `error_2` has $0.5 \cdot 2 \cdot (-3) = -3$. Along the upper path `w` gets $-1 \cdot 1 = -1$,
# along the lower one $-3 \cdot 3 = -9$. The loss feels both nudges at once, so the two **add**:
# −10.
#
# </details>
#
# That is the whole of the chain rule: slopes multiply *along* a path and add *over* paths. Keep the
# second half in mind. It explains in section 4 what puzzles everybody about `backward()`.
#
# Now all four points of our data, at `w = 0`: four paths. Each point has a slope of its own.

# %%
for x_one in (1.0, 2.0, 3.0, 4.0):
    y_one = 2 * x_one
    w = torch.tensor(0.0, requires_grad=True)
    loss = (w * x_one - y_one) ** 2
    loss.backward()
    print(f"x = {x_one}: loss = {loss.item():5.1f}, slope = {w.grad.item():6.1f}")

# %% [markdown]
# Our loss is the *mean* of the four losses. **Predict** the loss and its slope from the four lines
# above. Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
y_pred = w * x
loss = ((y_pred - y) ** 2).mean()
loss.backward()
print("loss:  ", loss.item())
print("w.grad:", w.grad.item())

# %% [markdown]
# The four slopes add up to −120; each counts a quarter; that makes −30, the number you derived by
# hand in lesson 1. This time nobody had to derive a formula. In the picture it is the slope of the
# straight line that touches the curve at `w = 0`.

# %%
figures.loss_of_weight(
    x.numpy(), y.numpy(), (-1.0, 5.0), tangent_at=0.0, title="The slope at w = 0 is −30"
)

# %% [markdown]
# **Exercise `autograd_gradient` (3 points). Write a function that makes a leaf at `w`, computes the
# loss from it, and returns the slope that PyTorch finds.** Finding it by PyTorch is what is asked:
# a formula worked out by hand earns nothing here.
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell that printed −30 does it for one weight and one set of points. What in it has to become
# an argument?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Four steps: a new leaf that holds `w`; the mean of the squared errors; walk back; take the plain
# number out of `.grad`.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `weight = torch.tensor(…, requires_grad=True)`, then `loss = ((… * x - y) ** 2).…()`, then one
# line that walks back, and `return ….grad.…()`
#
# </details>


# %% exercise="autograd_gradient"
def autograd_gradient(x, y, w):
    """Return dJ/dw, the slope of the mean squared error of w * x, found by PyTorch's autograd.

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


# %% check="autograd_gradient" points=3
### BEGIN HIDDEN TESTS
import torch
from slopewise import by_autograd, domains, near, observe

three = torch.tensor([2.0, -1.5, 4.0])
three_y = torch.tensor([1.0, 3.5, -2.0])
six = torch.tensor([0.5, 1.5, 2.5, -3.0, 4.0, 1.0])
six_y = torch.tensor([3.0, -1.0, 2.0, 0.5, 7.0, -2.5])
single = torch.tensor([1.75])
single_y = torch.tensor([-4.0])


def slope_and_data(x, y, w):
    slope = by_autograd(autograd_gradient, x, y, w)
    return {
        "the slope": slope,
        "x or y require grad afterwards": x.requires_grad or y.requires_grad,
    }


def slope_of(x, w):
    xs = torch.from_numpy(x)
    return by_autograd(autograd_gradient, xs, 3 * xs - xs.flip(0).abs(), w)


observe(
    three_points=lambda: by_autograd(autograd_gradient, three, three_y, 0.8),
    six_points=lambda: by_autograd(autograd_gradient, six, six_y, -1.3),
    six_points_from_zero=lambda: by_autograd(autograd_gradient, six, six_y, 0.0),
    one_point=lambda: by_autograd(autograd_gradient, single, single_y, 2.25),
    slope_uphill=lambda: by_autograd(autograd_gradient, six, 3 * six, 9.5),
    asked_twice=lambda: [by_autograd(autograd_gradient, three, six_y[:3], 1.7) for _ in range(2)],
    slope_is_zero=near(lambda: by_autograd(autograd_gradient, six, 2.5 * six, 2.5), absolute=1e-4),
    data_left_alone=lambda: slope_and_data(three, six_y[:3].clone(), -0.4),
    **domains.over(
        lambda x, w: slope_of(x, w),
        x=domains.arrays((4,)).without("zeros", "single", "negative"),
        w=domains.numbers(1.23456).without("zero", "negative"),
        relative=1e-3,
        absolute=1e-10,
    ),
)
### END HIDDEN TESTS
check_four = torch.tensor([1.0, 2.0, 3.0, 4.0])
check_x, check_y = torch.tensor([1.0, 3.0, -2.0]), torch.tensor([2.0, 1.0, 0.5])
tutor(
    "autograd_gradient",
    w_is_0=expect(lambda: by_autograd(autograd_gradient, check_four, 2 * check_four, 0.0), -30.0),
    three_points=expect(lambda: by_autograd(autograd_gradient, check_x, check_y, 1.25), 9.0),
    same_again=expect(lambda: by_autograd(autograd_gradient, check_x, check_y, 1.25), 9.0),
    large_numbers=expect(
        lambda: by_autograd(autograd_gradient, 100 * check_x, check_y, 150.0), 13999733.0
    ),
)
result = autograd_gradient(check_four, 2 * check_four, 0.0)
assert not getattr(result, "requires_grad", False), (
    f"autograd_gradient returned {result}, which still requires grad, expected a plain number."
)
assert abs(result + 30) < 1e-2, f"at w = 0 autograd_gradient returned {result}, expected -30."
for check_time in ("first", "second"):
    result = autograd_gradient(check_x, check_y, 1.25)
    assert abs(result - 9) < 1e-3, (
        f"on three other points, asked for the {check_time} time, autograd_gradient returned "
        f"{result}, expected 9."
    )
print("visible checks passed: autograd_gradient")

# %% [markdown]
# ### Two numbers to learn, one walk
#
# A line through the points needs two numbers: $w \cdot x + b$. With a formula you would derive a
# second one. PyTorch walks back once, and *every* leaf on the way gets its own slope.
#
# **Predict:** a nudge of `b` moves every error by exactly that nudge. So which error-sum makes up
# its slope: one in which each error is multiplied by $x$, or one in which it is not? Run, and
# compare: at `w = 0`, `b = 0` the four errors are −2, −4, −6, −8.

# %%
w = torch.tensor(0.0, requires_grad=True)
b = torch.tensor(0.0, requires_grad=True)
loss = ((w * x + b - y) ** 2).mean()
loss.backward()
print("w.grad:", w.grad.item(), "  b.grad:", b.grad.item())

# %% [markdown]
# The mean of the four errors is −5, and twice that is −10: no $x$ in it.
#
# **Exercise `autograd_gradients` (2 points). Return both slopes, found by one walk back.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell above holds all the steps, for one place and one set of points.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Two leaves go into one loss. After a single `backward()` each of them has its own `.grad`.
#
# </details>


# %% exercise="autograd_gradients"
def autograd_gradients(x, y, w, b):
    """Return (dJ/dw, dJ/db) for the mean of (w * x + b - y)**2, found by PyTorch's autograd.

    x, y: tensors of shape (n,), float32.
    w, b: Python floats, the place at which you want the slopes.
    Returns two floats, the slope in w first.
    """
    ### BEGIN SOLUTION
    weight = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    bias = torch.tensor(b, dtype=torch.float32, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), bias.grad.item()
    ### END SOLUTION


# %% check="autograd_gradients" points=2
### BEGIN HIDDEN TESTS
import torch
from slopewise import by_autograd, domains, observe

ag_four = torch.tensor([0.5, -2.0, 3.0, 1.5])
ag_four_y = torch.tensor([1.0, 2.5, -0.5, 4.0])
ag_two = torch.tensor([2.5, 4.0])
ag_two_y = torch.tensor([-1.0, 3.0])


def both_slopes(*arguments):
    found = by_autograd(autograd_gradients, *arguments)
    if not isinstance(found, tuple) or len(found) != 2:
        return found
    return {"the slope in w": found[0], "the slope in b": found[1]}


def slopes_and_data(x, y, w, b):
    slopes = both_slopes(x, y, w, b)
    return {"slopes": slopes, "x or y require grad afterwards": x.requires_grad or y.requires_grad}


def slopes_of(x, w, b):
    xs = torch.from_numpy(x)
    return both_slopes(xs, 3 * xs - xs.flip(0).abs() + 0.7, w, b)


observe(
    four_points=lambda: both_slopes(ag_four, ag_four_y, 0.7, -1.2),
    from_zero=lambda: both_slopes(ag_two, ag_two_y, 0.0, 0.0),
    bias_given=lambda: both_slopes(ag_two, ag_two_y, -1.1, 2.6),
    asked_twice=lambda: [both_slopes(ag_four, 2 * ag_four, 1.3, 0.4) for _ in range(2)],
    data_left_alone=lambda: slopes_and_data(ag_two, ag_two_y, 0.6, 1.4),
    **domains.over(
        lambda x, w, b: slopes_of(x, w, b),
        x=domains.arrays((4,)).without("zeros", "negative", "sizes_mixed"),
        w=domains.numbers(1.23456).without("tiny", "small", "negative", "negative_tiny"),
        b=domains.numbers(0.654321).without("tiny", "small", "negative", "negative_tiny"),
        relative=1e-3,
    ),
)
### END HIDDEN TESTS
check_four = torch.tensor([1.0, 2.0, 3.0, 4.0])
check_x, check_y = torch.tensor([1.0, 3.0, -1.0]), torch.tensor([2.0, 1.5, 0.5])


def check_slopes(*arguments):
    """Call autograd_gradients; both slopes by their names."""
    result = by_autograd(autograd_gradients, *arguments)
    if isinstance(result, tuple) and len(result) == 2:
        return {"the slope in w": result[0], "the slope in b": result[1]}
    return result


tutor(
    "autograd_gradients",
    w_and_b_are_0=expect(
        lambda: check_slopes(check_four, 2 * check_four, 0.0, 0.0),
        {"the slope in w": -30.0, "the slope in b": -10.0},
    ),
    three_points=expect(
        lambda: check_slopes(check_x, check_y, 1.5, 0.25),
        {"the slope in w": 7.5, "the slope in b": 0.833333},
    ),
    same_again=expect(
        lambda: check_slopes(check_x, check_y, 1.5, 0.25),
        {"the slope in w": 7.5, "the slope in b": 0.833333},
    ),
)
result = autograd_gradients(check_x, check_y, 1.5, 0.25)
assert isinstance(result, tuple), f"autograd_gradients returned {result}, expected two numbers."
assert len(result) == 2, f"autograd_gradients returned {len(result)} things, expected two."
assert abs(result[0] - 7.5) < 1e-3, f"the slope in w came back as {result[0]}, expected 7.5."
assert abs(result[1] - 5 / 6) < 1e-3, f"the slope in b came back as {result[1]}, expected 0.8333."
print("visible checks passed: autograd_gradients")

# %% [markdown]
# ## 4 · Gradients add up
#
# Computing the loss is called the *forward pass*, and `backward()` the *backward pass*.
#
# **Predict:** the next cell does both three times, without touching `w`. The slope at `w = 0` is
# −30 each time. What will `w.grad` be after the second pass? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
for n_backward in (1, 2, 3):
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    print(f"after backward pass {n_backward}: w.grad = {w.grad.item()}")

# %% [markdown]
# `backward()` does not *set* `w.grad`. It does `+=`.
#
# You know why adding is right: slopes add over paths. What the paths of one walk bring to `w` has
# to be added up, and what the next walk brings is simply added to that. PyTorch does not ask
# whether a piece comes from another path or from another call. Here the first two points send one
# piece and the last two another, each divided by 4:

# %%
w = torch.tensor(0.0, requires_grad=True)
(((w * x[:2] - y[:2]) ** 2).sum() / 4).backward()
print("after the first two points:", w.grad.item())
(((w * x[2:] - y[2:]) ** 2).sum() / 4).backward()
print("after all four points:     ", w.grad.item())

# %% [markdown]
# In training you want the slope of *this* epoch alone. So you must *clear* what the last one left.
# (Many say *zero* it.) There are two ways.

# %%
w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)  # as if backward() had just put it there
w.grad.zero_()  # fill with 0, in place (the final _ says so)
print("after zero_():", w.grad)
w.grad = None  # throw it away: as good, the next backward() makes a new one
print("after = None: ", w.grad)

# %% [markdown]
# ### An error message with bad advice
#
# **Predict:** can you walk back through *one* graph twice? Think of what a graph has to remember,
# and of a million weights. Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
loss = ((w * x - y) ** 2).mean()
loss.backward()
try:
    loss.backward()
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# Once a graph has been walked, PyTorch throws away the numbers it had stored in it, to save memory.
# The message ends with a piece of advice: `retain_graph=True`. You may meet it in forums, too. It
# makes the error go away. **Predict:** in the next loop `w` moves. Will the slope that comes out
# move along? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
loss = ((w * x - y) ** 2).mean()  # computed once, before the loop
for _ in range(3):
    w.grad = None
    loss.backward(retain_graph=True)
    true_slope = (2 * x * (w.detach() * x - y)).mean().item()
    print(f"at w = {w.item():.3f}: backward() says {w.grad.item():.3f}, truth {true_slope:.3f}")
    with torch.no_grad():
        w -= 0.01 * w.grad

# %% [markdown]
# It says −30 for ever. The graph still holds the errors of `w = 0`, and so gives the slope *there*.
# What the loop needed was not an old graph kept, but a new one: compute the loss again in every
# round. (Some graphs store `w` itself, as that of `w ** 2` does. There PyTorch sees that `w` has
# been changed since, and refuses. This one stores only the errors and `x`, so nothing warns you.)
#
# **Exercise `accumulated_gradient` (3 points). Write the loop of this section as a function: at any
# weight, for any data, with any number of backward passes. Nobody clears.** Here, too, PyTorch is
# to find the slopes.
#
# <details><summary>Hint 1: where to look</summary>
#
# The first cell of this section is this function, for one weight, one set of points and three
# passes.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# One leaf for all passes, made before the loop. One new loss for each pass, made inside it.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `weight = …`, then `for _ in range(…):` with two lines in it, then the plain number in
# `weight.grad`.
#
# </details>


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
import torch
from slopewise import by_autograd, domains, near, observe
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
    held = by_autograd(accumulated_gradient, x, y, w, n_backward)
    try:
        equal = read_backs(x, y, w, n_backward) <= n_backward * read_backs(x, y, w, 1)
    except RuntimeError as refusal:
        if "saved tensor hooks" not in str(refusal):
            raise
        equal = True  # torch.func lets nobody look on
    return {"what w.grad holds": float(held), "one loss a pass": equal}


def held_after(x, w, n_backward):
    xs = torch.from_numpy(x)
    return by_autograd(accumulated_gradient, xs, 3 * xs - xs.flip(0).abs(), w, n_backward)


observe(
    one_pass=lambda: by_autograd(accumulated_gradient, five, five_y, -0.6, 1),
    three_passes=lambda: by_autograd(accumulated_gradient, five, five_y, 1.9, 3),
    seven_passes=lambda: by_autograd(accumulated_gradient, pair, pair_y, 2.2, 7),
    two_passes_from_zero=lambda: by_autograd(accumulated_gradient, pair, 5 * pair_y, 0.0, 2),
    asked_twice=lambda: [
        by_autograd(accumulated_gradient, pair, 3 * pair, 0.4, 4) for _ in range(2)
    ],
    five_passes_of_one_loss=lambda: sum_and_equal_passes(five, -1.5 * five_y, 1.1, 5),
    **domains.over(
        lambda x, w, n_backward: held_after(x, w, n_backward),
        x=domains.arrays((4,)).without("zeros", "negative", "sizes_mixed"),
        w=domains.numbers(1.23456).without("zero", "tiny", "small", "negative", "negative_tiny"),
        n_backward=domains.counts(4, zero=False).without("one"),
        relative=1e-3,
        absolute=1e-10,
    ),
)
### END HIDDEN TESTS
check_four = torch.tensor([1.0, 2.0, 3.0, 4.0])
check_x, check_y = torch.tensor([1.0, 3.0, -2.0]), torch.tensor([2.0, 1.0, 0.5])
tutor(
    "accumulated_gradient",
    one_pass=expect(
        lambda: by_autograd(accumulated_gradient, check_four, 2 * check_four, 0.0, 1), -30.0
    ),
    three_passes=expect(lambda: by_autograd(accumulated_gradient, check_x, check_y, 1.25, 3), 27.0),
    same_again=expect(lambda: by_autograd(accumulated_gradient, check_x, check_y, 1.25, 3), 27.0),
    forty_passes=expect(
        lambda: by_autograd(accumulated_gradient, check_x, check_y, -50.0, 40), -18773.33
    ),
)
for check_passes, check_sum in ((1, 9.0), (3, 27.0), (3, 27.0)):
    result = accumulated_gradient(check_x, check_y, 1.25, check_passes)
    assert isinstance(result, (float, int, torch.Tensor, np.generic, np.ndarray)), (
        f"accumulated_gradient returned {result!r}, expected one number."
    )
    assert not getattr(result, "requires_grad", False), (
        f"accumulated_gradient returned {result}, which requires grad, expected a plain number."
    )
    assert abs(result - check_sum) < 1e-2, (
        f"where each pass brings 9, after {check_passes} you have {result}, expected {check_sum}."
    )
print("visible checks passed: accumulated_gradient")

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
# one changes. **Predict:** PyTorch records what is done to `w`. If it recorded this, too, would `w`
# still be a leaf? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)
try:
    w -= 0.01 * w.grad
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# `w` would become the result of a computation and stop being a leaf. So PyTorch refuses to change a
# leaf in place while it is recording. ("Variable" in the message is an old word for tensor.)
#
# The update is bookkeeping, no part of the model. Switch the recording off for it:
# `torch.no_grad()`.

# %%
w = torch.tensor(0.5, requires_grad=True)
print("recorded:", (2 * w).requires_grad)
with torch.no_grad():
    print("recorded:", (2 * w).requires_grad)

# %% [markdown]
# ### Classic error 3: a new `w` under the old name
#
# `w = w - ...` seems to say the same as `w -= ...`, and PyTorch does not complain. Look at `id`,
# Python's own number for an object: the same object, the same `id`. **Predict:** which of the two
# lines keeps it? Then run.

# %%
w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)
before = id(w)
with torch.no_grad():
    w -= 0.01 * w.grad
print(f"w -= ...    w = {w.item():.3f}, same tensor: {id(w) == before}, leaf: {w.is_leaf}")

w = torch.tensor(0.0, requires_grad=True)
w.grad = torch.tensor(-30.0)
before = id(w)
old_w = w  # a second name keeps the first tensor alive, so that we can look at it
w = w - 0.01 * w.grad
print(f"w = w - ... w = {w.item():.3f}, same tensor: {id(w) == before}, leaf: {w.is_leaf}")

# %% [markdown]
# The value is right both times. But the second `w` is a *new* tensor, the result of a subtraction.
# The name has moved on; the leaf with the gradient has stayed behind. One name, two tensors:

# %%
figures.graph(
    {
        "name": ("the name w", (0, 0.5)),
        "leaf": ("tensor 1: a leaf\nholds 0.000\ngrad −30", (1, 0)),
        "new": ("tensor 2: no leaf\nholds 0.300\ngrad None", (1, 1.5)),
    },
    [
        ("name", "leaf", "before"),
        ("name", "new", "after"),
        ("leaf", "new", "w - 0.01 * w.grad"),
    ],
    title="w = w - ...: the name goes to another tensor",
    what="A name and two tensors",
)

# %% [markdown]
# **Predict:** in the next epoch, into which of the two tensors will `backward()` put the gradient?
# Then run. (The lines with `warnings` only catch PyTorch's warning, so that we can print it.)

# %%
loss = ((w * x - y) ** 2).mean()
loss.backward()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    new_gradient = w.grad
print("tensor 2:", new_gradient)
print("tensor 1:", old_w.grad)
for warning in caught:
    print("Warning:", str(warning.message).split(". ")[0] + ".")
try:
    0.01 * new_gradient
except TypeError as error:
    print("TypeError:", error)

# %% [markdown]
# `backward()` keeps gradients for leaves only, unless you ask for more. So it went on to tensor 1,
# the leaf, and added to the −30 there. The new `w` has `None`, and the next update fails.
#
# Does `no_grad` save it? What is computed without recording does not require grad. **Predict:** can
# `backward()` walk from a loss in which nothing requires grad? Then run.

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
# No. This time it is not a `None` that you meet, but an error in `backward()` itself. The new `w`
# counts as a leaf, with nothing recorded behind it, but as one that cannot learn.
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
# ### Classic error 4: clearing between backward and update
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
# nothing to multiply.) Of the four errors this is the quietest.
#
# | classic error | how you notice |
# |---|---|
# | 1 integer weight | `RuntimeError` at once |
# | 2 update inside the graph | `RuntimeError` at the update |
# | 3 a new `w`, recorded | `.grad` is `None` one epoch later |
# | 3 a new `w` under `no_grad` | `RuntimeError` in the next `backward()` |
# | 4 clearing between backward and update | no message: the loss does not move |
#
# Two orders work: **backward → update → clear**, and **clear → backward → update**. What counts is
# that you clear *before the next backward*, and not while you still need the slope. The second
# order is the usual one in programs. It has a small trap of its own, in the first epoch:

# %%
w = torch.tensor(0.0, requires_grad=True)
try:
    w.grad.zero_()
except AttributeError as error:
    print("AttributeError:", error)
w.grad = None  # this way works in every epoch
print("w.grad:", w.grad)

# %% [markdown]
# Before the first `backward()` there is no gradient that could be filled with zeros.
# `w.grad = None` needs none.
#
# **Exercise `sgd_update` (4 points). Write the update that falls into none of the traps: one step
# in place and outside the graph, then clear.** The gradient is in `w.grad` already, so no
# `backward()` in here. ("SGD" is what PyTorch calls this kind of update. You meet its version in
# lesson 4.)
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell with `id` shows two updates. One of them keeps the tensor that you were handed.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# First the step, under `torch.no_grad()`, with an operator that changes the tensor itself. Only
# then clear. Nothing is returned: the caller holds the same tensor.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `with torch.…():`, in it one line `w … learning_rate * …`, and below it one line that clears.
#
# </details>


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
from slopewise import domains, near, observe


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
    return {"did w move": moved, "the gradient left": left}


def facts_after(start, rate, slope):
    weight = after_updates(start, rate, [slope])
    return {
        "w": weight.item(),
        "is w a leaf": weight.is_leaf,
        "does w require grad": weight.requires_grad,
        "is recording on": torch.is_grad_enabled(),
    }


def what_comes_back(start, rate, slope):
    weight = torch.tensor(start, requires_grad=True)
    (slope * weight).backward()
    returned = sgd_update(weight, rate)
    return {"w": weight.item(), "returned": "nothing" if returned is None else "something"}


def form_after(start, rate, slope):
    weight = after_updates(start, rate, [slope])
    return {"w": weight.item(), "its dtype": str(weight.dtype), "its shape": tuple(weight.shape)}


def squares(start, rate, times):
    weight = torch.tensor(start, requires_grad=True)
    for _ in range(times):
        ((weight - 1.5) ** 2).backward()
        sgd_update(weight, rate)
    return weight.item()


def step_from(start, rate, slope):
    return after_updates(start, rate, [slope]).item() - start


observe(
    downhill=lambda: after_updates(4.5, 0.2, [3.5]).item(),
    # An update that goes wrong the second time, or on a slope that falls, trains nothing: these
    # count for more.
    negative_slope=near(lambda: after_updates(-1.25, 0.07, [-8.0]).item(), weight=5),
    gradient_cleared=lambda: gradient_left(0.75, 0.5, 2.5),
    still_a_leaf=lambda: facts_after(2.5, 0.125, -6.0),
    two_updates=near(lambda: after_updates(1.5, 0.3, [2.0, -0.75]).item(), weight=10),
    five_updates_downhill=near(lambda: squares(6.5, 0.15, 5), weight=6),
    returns_nothing=lambda: what_comes_back(3.25, 0.4, 1.5),
    dtype_and_shape_kept=lambda: form_after(-2.75, 0.3, 4.5),
    slope_is_zero=lambda: facts_after(-3.5, 0.25, 0.0),
    rate_is_zero=lambda: facts_after(1.75, 0.0, 4.0),
    slope_huge=near(lambda: step_from(0.0, 0.123, -64000.0), relative=1e-3),
    slope_tiny=near(lambda: step_from(0.0, 0.456, 3.3e-6), relative=1e-3),
    rate_huge=near(lambda: step_from(0.0, 3300.0, -2.5), relative=1e-3),
    rate_tiny=near(lambda: step_from(0.0, 4.1e-7, 2.5), relative=1e-3),
    weight_huge=near(lambda: after_updates(81234.5, 0.1, [-3.0]).item(), relative=1e-5),
    weight_far_below_zero=near(lambda: after_updates(-71234.5, 0.1, [5.0]).item(), relative=1e-5),
    many_updates=near(lambda: squares(40.5, 0.01, 120), relative=1e-3),
)


### END HIDDEN TESTS
def check_update(start, rate, gradient):
    """What an update leaves, in words."""
    leaf_w = torch.tensor(start, requires_grad=True)
    leaf_w.grad = torch.tensor(gradient)
    came_back = sgd_update(leaf_w, rate)
    left = {
        "w": leaf_w.item() if leaf_w.numel() == 1 else leaf_w.tolist(),
        "gradient left": 0.0 if leaf_w.grad is None else leaf_w.grad.item(),
        "leaf": leaf_w.is_leaf,
        "requires grad": leaf_w.requires_grad,
        "recording on": torch.is_grad_enabled(),
        "form": f"{leaf_w.dtype}, shape {tuple(leaf_w.shape)}",
        "returned": "nothing" if came_back is None else "something",
    }
    torch.set_grad_enabled(True)  # whatever the update has switched off
    return left


def check_left(w):
    return {
        "w": w,
        "gradient left": 0.0,
        "leaf": True,
        "requires grad": True,
        "recording on": True,
        "form": "torch.float32, shape ()",
        "returned": "nothing",
    }


tutor(
    "sgd_update",
    slope_is_minus_4=expect(lambda: check_update(1.0, 0.25, -4.0), check_left(2.0)),
    slope_is_3=expect(lambda: check_update(-2.0, 0.5, 3.0), check_left(-3.5)),
    slope_is_minus_20000=expect(lambda: check_update(0.0, 0.125, -20000.0), check_left(2500.0)),
)
for check_start, check_rate, check_slope, check_end in (
    (1.0, 0.25, -4.0, 2.0),
    (-2.0, 0.5, 3, -3.5),
):
    leaf_w = torch.tensor(check_start, requires_grad=True)
    leaf_w.grad = torch.tensor(float(check_slope))
    sgd_update(leaf_w, check_rate)
    assert abs(leaf_w.item() - check_end) < 1e-5, (
        f"from w = {check_start} with gradient {check_slope} and learning rate {check_rate} "
        f"w became {leaf_w.item()}, expected {check_end}."
    )
    assert leaf_w.is_leaf, "after the update w is no leaf, expected the same leaf."
    assert leaf_w.requires_grad, "after the update w does not require grad, expected that it does."
    assert leaf_w.grad is None or leaf_w.grad.item() == 0, (
        f"after the update w.grad is {leaf_w.grad.item()}, expected 0 or None."
    )
print("visible checks passed: sgd_update")

# %% [markdown]
# ## 6 · The training loop
#
# One **epoch** is one pass over the data. In this course every update uses all the data
# ("full-batch"), so an epoch is exactly one update. It has four parts:
#
# 1. *forward*: compute the loss (PyTorch draws the graph);
# 2. *backward*: `loss.backward()` (the slope lands in `w.grad`);
# 3. *update*: one step against the slope, unrecorded;
# 4. *clear* the gradient (or at the very beginning, with `None`).
#
# **Exercise `train` (4 points). Write the loop: in each epoch keep the loss, let PyTorch find the
# slope, and update the weight.** It takes and returns the same as in lesson 1, only without a
# `gradient` to pass in. `losses[k]` is the loss *before* update k, so `losses[0]` belongs to the
# weight you start from. Write the update out once more instead of calling your `sgd_update`: then a
# slip there costs no points here.
#
# Keep plain numbers, not tensors: a loss that you store as a tensor holds on to its whole graph.
#
# <details><summary>Hint 1: where to look</summary>
#
# You have all four parts: the forward and the backward pass stand in `autograd_gradient`, update
# and clearing in `sgd_update`. What is made once, before the loop?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# One leaf and one empty list before the loop. In the loop a new loss each time; its number goes
# into the list before anything moves. After the loop, the weight's number and the list.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `for _ in range(…):` with `loss = …`, `losses.append(….item())`, `loss.…()`, the two lines of an
# update under `torch.no_grad()`, and one that clears.
#
# </details>


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


# %% check="train" points=4
### BEGIN HIDDEN TESTS
import numpy as np
import torch
from slopewise import by_autograd, near, observe, walked_back

torch.set_grad_enabled(True)  # an earlier answer may have left it off

five = torch.tensor([1.5, -0.5, 2.0, 3.0, -1.0])
five_y = torch.tensor([4.0, 1.0, 7.5, 6.0, -3.5])
trio = torch.tensor([2.0, 5.0, 3.5])
trio_y = torch.tensor([-1.0, 4.5, 0.5])


def run_of(x, y, rate, n_epochs, **start):
    return by_autograd(train, x, y, rate, n_epochs, passes=n_epochs, **start)


def trained(*arguments, **start):
    back = run_of(*arguments, **start)
    if not isinstance(back, tuple) or len(back) != 2:
        return back
    return {"the weight": back[0], "losses": back[1]}


def plain_losses(*arguments):
    losses = list(run_of(*arguments)[1])
    plain = not any(isinstance(one, torch.Tensor | np.ndarray) for one in losses)
    return {"how many": len(losses), "kind": "numbers" if plain else "tensors or arrays among them"}


def long_run(x, y, rate, n_epochs, start=0.0):
    # How early a run gives up is of no interest, so that one message fits all that do.
    weight, losses = run_of(x, y, rate, n_epochs, w=start)
    return round(float(weight), 1), len(losses) == n_epochs


def sized(size, rate, w=0.0):
    """Two epochs on data of another size: the weight, and the losses one by one."""
    weight, losses = run_of(size * trio, size * trio_y, rate, 2, w=w)
    return {"the weight": weight, "losses": [float(loss) / size**2 for loss in losses]}


observe(
    four_epochs=lambda: trained(five, five_y, 0.03, 4),
    given_start=lambda: trained(trio, trio_y, 0.013, 3, w=-2.4),
    one_epoch=lambda: trained(trio, trio_y, 0.02, 1, w=1.35),
    no_epochs=lambda: trained(trio, trio_y, 0.02, 0, w=3.6),
    many_epochs=near(lambda: trained(five, five_y, 0.004, 25, w=5.5), relative=1e-3),
    two_runs=lambda: [trained(five, -1.5 * five_y, 0.05, 2) for _ in range(2)],
    losses_are_plain_numbers=lambda: plain_losses(trio, 2 * trio_y, 0.015, 2),
    there_long_before_the_end=lambda: long_run(five, 3 * five, 0.1, 40),
    very_many_epochs=lambda: long_run(five, -2 * five, 0.02, 400),
    zero_as_start=lambda: trained(five, five_y, 0.02, 2, w=0.0),
    huge_start=near(lambda: trained(five, five_y, 0.02, 2, w=-40321.5), relative=1e-3),
    rate_is_zero=lambda: trained(trio, trio_y, 0.0, 2, w=1.5),
    growing_losses=near(lambda: trained(trio, trio_y, 0.31, 6, w=2.5), relative=1e-3),
    large_data=near(lambda: sized(1000.0, 1.3e-8), relative=1e-3),
    small_data=near(lambda: sized(0.001, 13000.0), relative=1e-3),
    one_point=lambda: trained(trio[:1], trio_y[:1], 0.04, 3),
    backward_in_the_first_epoch=lambda: walked_back(train, trio, trio_y, 0.015, 2),
)
### END HIDDEN TESTS
check_four = torch.tensor([1.0, 2.0, 3.0, 4.0])
check_x, check_y = torch.tensor([1.0, 3.0, -2.0]), torch.tensor([2.0, 1.0, 0.5])


torch.set_grad_enabled(True)  # an update that left the recording off is told above


def check_train(*arguments, n_epochs, **named):
    """Call train; both results by their names, the losses in a list or an array."""
    result = by_autograd(train, *arguments, n_epochs, passes=n_epochs, **named)
    if isinstance(result, tuple) and len(result) == 2 and hasattr(result[1], "__len__"):
        return check_both(result[0], list(result[1]))
    return result


def check_both(weight, losses):
    return {"the weight": weight, "losses": losses}


tutor(
    "train",
    two_epochs=expect(
        lambda: check_train(check_four, 2 * check_four, 0.01, n_epochs=2),
        check_both(0.555, [30.0, 21.675]),
    ),
    start_given=expect(
        lambda: check_train(check_x, check_y, 0.05, n_epochs=3, w=1.25),
        check_both(0.432, [5.708333, 2.603333, 1.720133]),
    ),
    same_again=expect(
        lambda: check_train(check_x, check_y, 0.05, n_epochs=3, w=1.25),
        check_both(0.432, [5.708333, 2.603333, 1.720133]),
    ),
    no_epochs=expect(
        lambda: check_train(check_x, check_y, 0.05, n_epochs=0, w=1.5), check_both(1.5, [])
    ),
    a_far_start=expect(
        lambda: check_train(check_x, check_y, 0.01, n_epochs=1, w=-20000.0),
        check_both(-18133.3067, [1866720001.75]),
    ),
    a_rate_too_large=expect(
        lambda: check_train(check_x, check_y, 0.3, n_epochs=3, w=1.25),
        check_both(-5.338, [5.708333, 15.42833, 46.92113]),
    ),
    a_tensor_among_the_losses=expect(
        lambda: any(isinstance(one, torch.Tensor) for one in train(check_x, check_y, 0.05, 2)[1]),
        False,
    ),
    backward_in_the_first_epoch=expect(lambda: walked_back(train, check_x, check_y, 0.05, 1), True),
    there_before_the_end=expect(
        lambda: len(check_train(check_four, 2 * check_four, 0.05, n_epochs=30)["losses"]), 30
    ),
)
result = train(check_four, 2 * check_four, 0.01, 2)
assert isinstance(result, tuple), f"train returned {result}, expected two things: w, losses"
assert len(result) == 2, f"train returned {len(result)} things, expected two: w, losses"
check_w, check_losses = result
assert not getattr(check_w, "requires_grad", False), (
    f"the weight came back as {check_w}, which still requires grad, expected a plain number."
)
assert len(check_losses) == 2, f"2 epochs gave {len(check_losses)} losses, expected 2."
assert not any(isinstance(one, torch.Tensor) for one in check_losses), (
    f"losses = {check_losses}, expected plain numbers, no tensors."
)
assert abs(check_losses[0] - 30) < 1e-2, (
    f"losses[0] is {check_losses[0]}, expected 30, the loss at w = 0, before any update."
)
assert abs(check_w - 0.555) < 1e-4, f"after two epochs w is {check_w}, expected 0.555."
assert abs(check_losses[1] - 21.675) < 1e-2, f"losses[1] is {check_losses[1]}, expected 21.675."
check_w, check_losses = train(check_x, check_y, 0.05, 0, w=1.5)
assert (check_w, list(check_losses)) == (1.5, []), (
    f"without an epoch train returned {check_w}, {check_losses}, expected 1.5, []."
)
print("visible checks passed: train")

# %% [markdown]
# ## 7 · Watch it learn
#
# The next cells run your `train`, so they work once you have written it. **Predict** the first loss
# and the weight after one step of 0.01 times 30. Then run.

# %%
w_trained, losses = train(x, y, 0.01, 100)
w_path = [0.0] + [train(x, y, 0.01, k)[0] for k in range(1, 101)]
for k in (0, 1, 2, 10, 20, 40, 99):
    print(f"before update {k}: w = {w_path[k]:.3f}, loss = {losses[k]:.8f}")
figures.paths({"learning rate 0.01": w_path}, target=2.0, title="The weight, epoch by epoch")

# %% [markdown]
# The curve is steepest at the start. Near the bottom of the valley the ground is flat, so the steps
# get small by themselves. The last loss is printed with eight decimals only. **Predict:** is it
# exactly 0? And what does the model say for $x = 5$ when we stop after 20 epochs? Then run.

# %%
w_trained, losses = train(x, y, 0.01, 100)
print("the last loss is exactly 0:", losses[-1] == 0)
for n_epochs in (20, 100):
    w_trained, _losses = train(x, y, 0.01, n_epochs)
    print(f"{n_epochs} epochs: prediction for x = 5: {w_trained * 5:.3f}")

# %% [markdown]
# It is small, not zero: each epoch leaves 0.85 of the distance to 2, and never nothing.
#
# 9.612 after 20 epochs, and 10.000 after a hundred. Some conclude that autograd is less exact than
# a formula and needs more epochs to make up for it. Recall lesson 1: the hand-made mean gradient
# gave 9.612 after 20 epochs as well, and 10.000 after 100. It is not autograd that is slow. It is
# the learning rate of 0.01.
#
# **Your turn: a goal.** Lesson 1 gave you 15 updates for a loss below $10^{-6}$. Here you have
# **one**. At `w = 0` the slope is −30 and the distance to 2 is 2, so slope / distance is 15, and an
# update leaves $1 - 15 \cdot$ rate of the distance. For which rate is that nothing? Work it out,
# put it in, and let the cell measure it. (It may be a fraction: Python reads `1 / 4` as 0.25.)

# %%
my_rate = 0.01  # change this number and run again

w_trained, losses = train(x, y, my_rate, 1)
loss_after_one = ((w_trained * x - y) ** 2).mean().item()
print(f"after one epoch: w = {w_trained:.5f}, loss = {loss_after_one:.1e}")
print("goal reached" if loss_after_one < 1e-6 else "not yet: the goal is 1.0e-06")

# %% [markdown]
# <details><summary>Which rate is it? (open it when yours arrives)</summary>
#
# $1 - 15 \cdot$ rate is 0 at $1/15$, about 0.06667. One slope and the distance were enough to find
# it. In practice you do not know the distance: lesson 5 finds the 15 without it.
#
# </details>
#
# With a larger rate `w` jumps beyond 2, and above $2/15$ it gets farther away with every jump (try
# 0.14, and several epochs). Lesson 3 is about nothing else.
#
# ### Starting where you stopped
#
# In a notebook `w` lives on after its cell. Someone trains for 20 epochs, then runs a cell that
# trains for 100 more, but from the weight of the first run.
#
# **Predict:** where does the second run begin? Is its first loss 30 again? Then run.

# %%
w_after_20, losses_20 = train(x, y, 0.01, 20)
w_resumed, losses_resumed = train(x, y, 0.01, 100, w_after_20)
_w, losses_100 = train(x, y, 0.01, 100)
print(f"first loss of the second run: {losses_resumed[0]:.8f}")
print(f"epoch 21 of an unbroken run:  {losses_100[20]:.8f}")

# %% [markdown]
# It goes on as if nobody had stopped. A low first loss often means only this: the training did not
# begin at the beginning. (The appendix at the end holds this run and five others line by line.)
#
# ## 8 · How exact is autograd?
#
# You have now seen three ways to a gradient: the formula of lesson 1, `backward()`, and the central
# difference: nudge `w` by `h` both ways and compare the losses. Let them compete in float32, on a
# thousand random weights and the ×10 data of lesson 1. The referee is the formula in float64, which
# carries about nine digits more.
#
# You need not follow every line; run it. (The weights are 1000 rows, the points 5 columns. The rows
# do not mix, so one `backward()` on the sum of the rows' losses gives every row its own slope.)

# %%
x_ten = torch.tensor([10.0, 20.0, 30.0, 40.0, 50.0])
y_ten = 2 * x_ten
weights = torch.tensor(np.random.default_rng(2).uniform(-10, 10, size=(1000, 1)).astype(np.float32))


def parabola(w):
    """One loss a row, float32: the mean squared error, added up point by point."""
    errors = w * x_ten - y_ten
    return sum((errors * errors).T) / len(x_ten)


def by_backward(row_losses, w):
    leaves = w.clone().requires_grad_()
    row_losses(leaves).sum().backward()
    return leaves.grad[:, 0]


def by_nudging(row_losses, w, h):
    return (row_losses(w + h) - row_losses(w - h)) / (2 * h)


def worst(found, referee):
    return (found.double() - referee).abs().max().item()


by_hand = (2 * x_ten * (weights * x_ten - y_ten)).mean(dim=1)
referee = (2 * x_ten * (weights.double() * x_ten - y_ten)).mean(dim=1)
print(f"largest gradient: {referee.abs().max():.0f}")
print(f"by hand,  within 0.02 of the referee: {worst(by_hand, referee) < 0.02}")
print(
    f"autograd, within 0.02 of the referee: {worst(by_backward(parabola, weights), referee) < 0.02}"
)

# %% [markdown]
# The formula and autograd cannot be told apart at this precision: less than 0.02 in 26,000, where
# float32 carries only about seven digits. Autograd does not nudge. It has an exact formula for the
# slope of every small operation, and multiplies and adds. You did the same on paper. All that is
# left is rounding.
#
# Nudging needs a step `h`, and you choose it. **Your turn: a goal.** Bring nudging's worst error
# below 0.03. **Predict** first: will a *smaller* `h` help, or a *larger* one?

# %%
my_h = 1e-4  # change this number and run again

error = worst(by_nudging(parabola, weights, my_h), referee)
print(f"h = {my_h:g}: worst error {error:.2g}")
print("goal reached" if error < 0.03 else "not yet: the goal is 0.03")

# %% [markdown]
# With a tiny `h` the two losses share most of their seven digits, and the subtraction leaves only
# two or three good ones. A *large* `h` is better, and on a parabola it costs nothing: there the
# central difference is exact for every `h`, but for rounding. So this contest was not hard enough.
# Take a loss that is no parabola, $\sqrt{1 + \text{error}^2}$, which grows like a straight line far
# from the bottom. The table tries each `h` for you. **Predict:** where is the best one now? Then
# run.

# %%
small_weights = weights * 0.4


def bent(w):
    """One loss a row, of the data of lesson 1, and no parabola."""
    errors = w * x - y
    return sum(torch.sqrt(1 + errors * errors).T) / len(x)


exact_error = small_weights.double() * x - y
bent_referee = (x * exact_error / torch.sqrt(1 + exact_error**2)).mean(dim=1)
autograd_error = worst(by_backward(bent, small_weights), bent_referee)
nudging_errors = {
    h: worst(by_nudging(bent, small_weights, h), bent_referee)
    for h in (1.0, 0.1, 0.01, 0.001, 0.0001)
}
for h, error in nudging_errors.items():
    print(f"h = {h:<6g} worst error {error:.0e}")
print(
    "autograd at least 100 times nearer than each:",
    100 * autograd_error < min(nudging_errors.values()),
)

# %% [markdown]
# A large `h` looks at another stretch of the curve, a small one drowns in rounding, and the best
# lies in between, and where that is depends on the curve. Autograd has no `h`, and it is more than
# a hundred times nearer than the best of them. (In float64 there are digits enough for a good
# nudge: that is how lesson 1 *checks* a gradient.)
#
# **Exercise `exactness` (2 points). How do the hand-made mean gradient and the autograd gradient
# compare?**
#
# - **a**: Autograd tries weights a tiny bit to the left and right, so it is slightly less exact
#   and needs more epochs.
# - **b**: Both follow the chain rule. They agree up to float32 rounding, and training takes the
#   same number of epochs.
# - **c**: Autograd adds up the slopes of the points, so its gradient is as many times larger as
#   there are points.
# - **d**: Autograd is exact, while the hand-made formula is an approximation that only works
#   for a straight line.
#
# Put your letter in place of `None`, and delete the line that raises `NotImplementedError`.

# %% exercise="exactness"
exactness = None  # put your letter here, in quotes: "a", "b", "c" or "d"
### BEGIN SOLUTION
exactness = "b"
### END SOLUTION

# %% check="exactness" points=2
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(letter=lambda: exactness)
### END HIDDEN TESTS
assert letter_of(exactness) in ("a", "b", "c", "d"), (
    f'exactness is {exactness!r}, expected one of the letters in quotes: "a", "b", "c" or "d".'
)
print("visible checks passed: an answer is there (whether it is right, grading tells)")

# %% [markdown]
# ## 9 · Why autograd at all
#
# If it gives the numbers you had already, why bother? Not for the digits. There are two reasons.
#
# ### It costs one walk, however many weights there are
#
# Our model had one weight. Give it a thousand. To nudge each of them both ways, how many losses
# must be computed? And with `backward()`? **Predict** both, then run.

# %%
n_weights = 1000  # change it: 10, 100, 1000
inputs = torch.linspace(-1.0, 1.0, n_weights)
many_weights = torch.zeros(n_weights)
losses_computed = 0


def many_loss(w):
    global losses_computed
    losses_computed += 1
    return ((w * inputs - 1) ** 2).mean()


started = time.perf_counter()
leaves = many_weights.clone().requires_grad_()
many_loss(leaves).backward()
backward_took = time.perf_counter() - started
print("backward(): losses computed:", losses_computed, "  slopes found:", len(leaves.grad))

losses_computed = 0
started = time.perf_counter()
nudged_slopes = torch.zeros(n_weights)
h = 0.1
for k in range(n_weights):
    step = torch.zeros(n_weights)
    step[k] = h
    change = many_loss(many_weights + step) - many_loss(many_weights - step)
    nudged_slopes[k] = change / (2 * h)
nudging_took = time.perf_counter() - started
print("nudging:    losses computed:", losses_computed, "  slopes found:", len(nudged_slopes))

# %% tags=["nbval-skip"]
print(f"on this machine nudging took {nudging_took / backward_took:.0f} times as long")

# %% [markdown]
# Two losses for each weight, against one loss and one walk back for all of them. As a rule of thumb
# the walk costs about twice as much as the loss, however many weights there are. (It costs memory,
# too: the numbers of the graph are kept until it is walked.) Change `n_weights` to 100 and to 10,
# and watch the ratio follow. Language models have billions of weights: nobody would wait for the
# nudges.
#
# ### It needs no formula
#
# You can change the loss and derive nothing. Here is one whose slope you have not worked out by
# hand: $\log(\cosh(\text{error}))$, which forgives large errors more than a square does. You need
# not know the function $\cosh$. In float64 (`.double()` converts to it) a nudge is a good judge.

# %%
x_64, y_64 = x.double(), y.double()


def compare(loss, at):
    """Print the slope of a loss by backward() and by nudging, both in float64."""
    w = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    loss(w).backward()
    nudged = (loss(w.detach() + 1e-5) - loss(w.detach() - 1e-5)).item() / 2e-5
    print(f"at w = {at}: backward() {w.grad.item():.4f}, nudging {nudged:.4f}")


def gentle_loss(w):
    return torch.log(torch.cosh(w * x_64 - y_64)).mean()


compare(gentle_loss, 1.5)

# %% [markdown]
# The graph follows whatever Python does, also an `if`: what was not run is not in it. **Predict:**
# this loss has a *jump* at 1.5, where one rule takes over from another. What will each of the two
# say exactly there? Then run.


# %%
def jumping_loss(w):
    error = w * x_64 - y_64
    if w > 1.5:
        return (error**2).mean()
    return error.abs().mean()


compare(jumping_loss, 1.4)
compare(jumping_loss, 1.5)

# %% [markdown]
# At 1.4 they agree. At 1.5 autograd gives the slope of the branch that ran, −2.5. The nudge to the
# right lands on the other branch, and a jump divided by a tiny distance is a huge number. A jump
# has no slope: neither of them is right, and autograd does not tell you.
#
# **Your turn.** Write a loss of your own below, two or three lines that would be a nuisance to
# derive. Say where you expect the two to agree and where not, then compare in three places. If you
# have no idea: the mean of the absolute errors, plus `0.1 * w**2`; or only the largest of the
# squared errors, `.max()`. Try both left and right of 2, and *at* 2.


# %%
def my_loss(w):
    error = w * x_64 - y_64
    return error.abs().mean()  # change this line, and add to it


for place in (1.0, 2.0, 3.0):
    compare(my_loss, place)

# %% [markdown]
# With the absolute error both say 0 at 2, where the curve has a corner: the nudge because its two
# sides balance, PyTorch because it *defines* the slope of `abs` at 0 as 0. At a corner an automatic
# slope is a convention.
#
# ## In this lesson you…
#
# - made a leaf, and saw PyTorch record a graph of everything computed from it;
# - filled in a graph backward: slopes multiply along a path and add over paths, so `backward()`
#   adds to `w.grad`, and every epoch must clear it before the next backward;
# - walked into four classic errors, and wrote an update that avoids them;
# - trained by autograd, and found 9.612 after 20 epochs and 10.000 after 100, as by hand;
# - measured that formula and autograd agree to float32 rounding, and that one walk back finds a
#   thousand slopes where nudging computes two thousand losses.
#
# **Where next.** In this lesson every step was small enough. How large may a step be? Lesson 3,
# *The smallest landscape*, takes the loss $w^2$ and finds out. It also shows what really happens to
# training when you forget to clear the gradient.

# %% [markdown]
# ## Appendix: the runs, line by line
#
# Six runs that earlier versions of this experiment have printed, to lay beside yours. Nothing below
# is needed for the lesson.
#
# Each line pairs the weight *after* an update with the loss, and the gradient, *before* it.


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


w_trained = show_run("100 epochs, y = 2x", train, x, y, 0.01, 100, every=10)
print(f"prediction for x = 5: {w_trained * 5:.3f}")

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

# %%
w_after_20 = show_run("20 epochs", train, x, y, 0.01, 20, every=2)
print(f"prediction for x = 5: {w_after_20 * 5:.3f}")

# %%
w_after_20, _losses = train(x, y, 0.01, 20)
w_trained = show_run("100 more epochs, resumed", train, x, y, 0.01, 100, w=w_after_20, every=10)

# %% [markdown]
# The columns of the first two runs repeat to the last digit: `train` starts from 0 each time, and
# nothing in it is random. The resumed run begins with what would have been epoch 21.
#
# Now $y = 5x$. At `w = 0` every error is 2.5 times what it was, and so is the first gradient, −75.
# Both runs lose the same share of their distance in an epoch: 15 percent in the first.

# %%
y_five = 5 * x
w_trained = show_run(
    "100 epochs, y = 5x: the first 20", train, x, y_five, 0.01, 20, slope=autograd_gradient
)
w_trained, losses_rest = train(x, y_five, 0.01, 80, w_trained)
print(f"after 100 epochs: w = {w_trained:.3f}")

# %% [markdown]
# Last, the ×10 data of lesson 1: $x = 10, 20, 30, 40, 50$ and $y = 2x$, at a learning rate of
# 0.0003. This log counts from 0 and shows `w` *before* the update, so each line belongs to one
# moment: this weight, its loss, its gradient.

# %%
weight_now = 0.0
print("the ×10 data, 20 epochs")
for epoch in range(20):
    gradient = autograd_gradient(x_ten, y_ten, weight_now)
    weight_next, losses = train(x_ten, y_ten, 0.0003, 1, weight_now)
    print(f"epoch {epoch}: w = {weight_now:.5f}, loss = {losses[0]:.5f}, gradient = {gradient:.5f}")
    weight_now = weight_next

# %% [markdown]
# A far smaller learning rate, and yet far fewer epochs: how that fits together is the subject of
# lesson 5. The last digits depend on the order in which five float32 numbers are added up, so a
# formula and autograd, or two machines, may differ by one unit there.
