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
# # nn.Linear, MSELoss, SGD
#
# *Aim: turn your own training loop into PyTorch's, part by part, until it fits a curve as easily
# as a line.*
#
# **About 90 minutes.**
#
# You will be able to
#
# - bring data into the shape that `nn.Linear` expects, and spot the shape mistake that trains a
#   flat line;
# - write by hand what `optimizer.step()` and `optimizer.zero_grad()` do;
# - write the training loop *model → loss and optimizer → loop* that fits any model;
# - say why one parameter settles in 10 epochs while the other crawls;
# - write a model class of your own, and save and load what it has learned.
#
# **Before you start.** You need lessons 1 to 3: the mean gradient, `backward()`,
# `torch.no_grad()`, the reason why a gradient has to be cleared, and momentum. For section 7 you
# need to have seen a Python class with `__init__` and `self`.
#
# As in lessons 1 and 2, one *epoch* is one pass over the data, and it makes exactly one update,
# because the loss is always taken over all the data at once ("full-batch").

# %%
import io
import warnings

import numpy as np
import torch
from torch import nn, optim

from slopewise import expect, figures, tutor, without_module

# %% [markdown]
# ## The loop we start from
#
# This is the loop of lesson 2, with one number more. The model is `w * x + b` now. The new number
# `b` is called the **bias**: it moves the whole line up or down. It gets a gradient, an update and
# a clearing of its own.
#
# Each log line shows the loss *before* the update of that epoch. **Predict:** the loop has a `w`
# line and a `b` line for each thing that it does to a parameter. How many lines of the loop would
# you have to add for a third parameter? Then run.

# %%
x_flat = torch.tensor([10.0, 20.0, 30.0, 40.0, 50.0])
y_flat = 2 * x_flat
w = torch.tensor(0.5, requires_grad=True)
b = torch.tensor(0.0, requires_grad=True)
for epoch in range(3):
    y_pred = w * x_flat + b
    loss = ((y_pred - y_flat) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.0003 * w.grad
        b -= 0.0003 * b.grad
    w.grad = None
    b.grad = None
    print(f"epoch {epoch}: loss = {loss.item():.3f}")

# %% [markdown]
# Two more lines, and a longer formula for `y_pred`. A model with fifty parameters would need a
# hundred lines, so this does not scale. In this lesson you replace the loop's parts one by one:
# the data, the model, the update, the loss. Each version is shorter than the one before, and does
# the same. The last one trains a curve, too, and has not changed by a letter.
#
# ## 1 · One row a sample, one column a feature
#
# PyTorch has the model `w * x + b` ready made. `nn.Linear(1, 1)` means *one number in, one number
# out*. (`nn` stands for neural networks.) It starts with random numbers; `torch.manual_seed(0)`
# makes them the same in every run.
#
# It is picky about data. **Predict:** one of these four is accepted. Remember that the model's own
# numbers are `float32`, and that four times the same three values come in. Then run.

# %%
torch.manual_seed(0)
line = nn.Linear(1, 1)
for data in (
    torch.tensor([1.0, 2.0, 3.0]),
    torch.tensor([[1.0], [2.0], [3.0]]),
    torch.tensor([[1], [2], [3]]),
    torch.from_numpy(np.array([[1.0], [2.0], [3.0]])),
):
    try:
        print(tuple(data.shape), data.dtype, "->", tuple(line(data).shape))
    except RuntimeError as error:
        print(tuple(data.shape), data.dtype, "-> RuntimeError:", error)

# %% [markdown]
# One measurement is called a *sample*, and each number that belongs to it a *feature*. `nn.Linear`
# looks at the last axis, and that one counts the features. So it took the flat `(3,)` for *one*
# sample with three features. Three samples of one feature are a **column**, `(3, 1)`. Whole
# numbers are refused, and so is NumPy's `float64`.
#
# Two tools you may not have met. `torch.as_tensor` makes a tensor from a list, an array or another
# tensor, and takes a `dtype`. `.reshape` changes the shape and keeps the order of the numbers.
#
# **Predict:** six numbers in two rows. Which number does the −1 stand for? Then run.

# %%
six = torch.as_tensor([1, 2, 3, 4, 5, 6], dtype=torch.float64)
print(tuple(six.reshape(2, 3).shape), "and", tuple(six.reshape(2, -1).shape))

# %% [markdown]
# The −1 means *as many as it takes*. Here that is 3.
#
# **Exercise `as_column` (2 points).** **Write the function that turns any row of numbers into a
# `float32` column.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell above uses two tools. One can change the number type while it reads, the other the shape.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# First a tensor of the right dtype, whatever came in. Then the shape: as many rows as it takes, one
# column.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return torch.as_tensor(…, dtype=…).reshape(…, 1)`
#
# </details>


# %% exercise="as_column"
def as_column(values):
    """Return the values as a float32 tensor of shape (n, 1).

    values: n numbers as a list, a NumPy array of shape (n,) or a tensor of shape (n,);
        whole numbers or decimals.
    """
    ### BEGIN SOLUTION
    return torch.as_tensor(values, dtype=torch.float32).reshape(-1, 1)
    ### END SOLUTION


# %% check="as_column" points=2
### BEGIN HIDDEN TESTS
import numpy as np
import torch
from slopewise import domains, near, observe


def told_column(column):
    if not isinstance(column, torch.Tensor):
        return column
    return {
        "values": column.detach().flatten(),
        "shape": tuple(column.shape),
        "number type": str(column.dtype),
    }


def column_input_afterwards(given):
    as_column(given)
    return {"shape of what was handed in": tuple(given.shape)}


seven_whole = [4, -1, 0, 9, 2, 6, 5]
whole_array = np.array([3, 1, 4, 1])
whole_tensor = torch.tensor([11, 7, 5])
whole_then_decimals = [2, 3.625, -0.375, 6.5]
many_digits = [0.0123457, 3.14159, -0.677391, 0.000271828]
thousands = [70000, -250000, 1234567, 300]
nearly_equal = [1000.25, 1000.5, 1000.125, 1000.0]
double_tensor = torch.tensor([0.125, -40.5, 3000.75], dtype=torch.float64)
single_tensor = torch.tensor([5.25, -0.75, 60.5])
observe(
    list_of_whole_numbers=lambda: told_column(as_column(seven_whole)),
    array_of_whole_numbers=lambda: told_column(as_column(whole_array)),
    tensor_of_whole_numbers=lambda: told_column(as_column(whole_tensor)),
    tensor_of_float64=lambda: told_column(as_column(double_tensor)),
    a_single_value=lambda: told_column(as_column([-6.5])),
    whole_number_first=lambda: told_column(as_column(whole_then_decimals)),
    many_digits=near(lambda: told_column(as_column(many_digits)), relative=1e-5, absolute=1e-9),
    large_whole_numbers=lambda: told_column(as_column(thousands)),
    nearly_equal=near(lambda: told_column(as_column(nearly_equal)), relative=1e-5),
    input_left_alone=lambda: column_input_afterwards(single_tensor),
    data_outside_any_graph=near(
        lambda: {"requires_grad": as_column(many_digits[:2]).requires_grad}, weight=2
    ),
    **domains.over(
        lambda array: told_column(as_column(array)),
        array=domains.arrays((3,), dtype="float64", largest=1e6, many=30),
        relative=1e-5,
        absolute=1e-9,
    ),
)
### END HIDDEN TESTS
check_array, check_tensor = np.array([0.7654, -2.5]), torch.tensor([4, 7, -3, 300])
check_columns = {
    "a list": ([1, 2, 3], [[1.0], [2.0], [3.0]]),
    "a mixed list": ([2, 0.7654], [[2.0], [0.7654]]),
    "an array": (check_array, [[0.7654], [-2.5]]),
    "a tensor": (check_tensor, [[4.0], [7.0], [-3.0], [300.0]]),
}
tutor(
    "as_column",
    a_list=expect(lambda: as_column([3, 1, 2]), torch.tensor([[3.0], [1.0], [2.0]])),
    a_mixed_list=expect(lambda: as_column([2, 0.7654]), torch.tensor([[2.0], [0.7654]])),
    a_NumPy_array=expect(lambda: as_column(check_array), torch.tensor([[0.7654], [-2.5]])),
    a_tensor_of_whole_numbers=expect(
        lambda: as_column(check_tensor), torch.tensor([[4.0], [7.0], [-3.0], [300.0]])
    ),
    the_number_type=expect(lambda: str(as_column(check_array).dtype), "torch.float32"),
    the_number_type_of_a_list=expect(lambda: str(as_column([1, 2]).dtype), "torch.float32"),
)
for kind, (values, expected) in check_columns.items():
    column = as_column(values)
    assert isinstance(column, torch.Tensor), f"as_column of {kind} returned {column}: no tensor."
    assert tuple(column.shape) == (len(values), 1), (
        f"as_column of {kind} of {len(values)} numbers has shape {tuple(column.shape)}, "
        f"expected ({len(values)}, 1)."
    )
    assert column.dtype == torch.float32, (
        f"as_column of {kind} has dtype {column.dtype}, expected torch.float32."
    )
    assert np.allclose(column.tolist(), expected), (
        f"as_column of {kind} holds {column.tolist()}, expected {expected}."
    )
print("visible checks passed: as_column")

# %% [markdown]
# From here on the lesson works with this data: x = 10 … 50, y = 2x, as columns.

# %%
x = torch.tensor([[10.0], [20.0], [30.0], [40.0], [50.0]])  # as `as_column` makes them
y = torch.tensor([[20.0], [40.0], [60.0], [80.0], [100.0]])
print("x:", tuple(x.shape), " y:", tuple(y.shape))

# %% [markdown]
# ## 2 · The trap: (n,) against (n, 1)
#
# Why make *both* columns? Because the one mistake that this lesson warns of most raises no error.
# When two tensors of different shape meet, PyTorch *broadcasts*: it lines the shapes up at their
# **right** end. An axis of size 1, or one that is missing, is stretched to fit the other.
#
# **Predict** the four results, then run.

# %%
for shape_a, shape_b in (((4, 3), (3,)), ((4, 3), (4, 1)), ((4,), (3,)), ((3, 1), (3,))):
    try:
        print(
            shape_a, "-", shape_b, "->", tuple((torch.zeros(shape_a) - torch.zeros(shape_b)).shape)
        )
    except RuntimeError as error:
        print(shape_a, "-", shape_b, "-> RuntimeError:", error)

# %% [markdown]
# `(4,)` against `(3,)` does not fit: neither is 1. The last one is the trap: a column minus a flat
# tensor is a *square*. Take three predictions as a column and three targets, flat.
#
# **Predict** the top row of the difference, then run.

# %%
column, flat = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([10.0, 20.0, 30.0])
print(column - flat)

# %% [markdown]
# Every prediction is compared with *every* target: 1 with 10, 20 and 30, and so on.
#
# **Exercise `broadcast_shape` (2 points).** **Write the function that says which shape `a - b`
# has.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell two above finds four such shapes. You may ask PyTorch, too. Or do it by hand: it trains
# the eye for the trap.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# By hand: write ones in front of the shorter shape until both are equally long. Then look at one
# pair of sizes after the other. What comes out of 1 and 6? Of 6 and 6?
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# Asking: `tuple((torch.zeros(…) - …).shape)`. By hand: `(1,) * (…) + shape_a`, the same for
# `shape_b`, then a tuple of one number for each pair.
#
# </details>


# %% exercise="broadcast_shape"
def broadcast_shape(shape_a, shape_b):
    """Return the shape of a - b as a tuple of ints.

    shape_a, shape_b: tuples of ints (each at least 1), the shapes of two tensors a and b that
        fit together. They may differ in length; () is the shape of a single number.
    """
    ### BEGIN SOLUTION
    return tuple((torch.zeros(shape_a) - torch.zeros(shape_b)).shape)
    ### END SOLUTION


# %% check="broadcast_shape" points=2
### BEGIN HIDDEN TESTS
from slopewise import near, observe


def of_pairs(*pairs):
    return {f"{one} and {other}": broadcast_shape(one, other) for one, other in pairs}


observe(
    column_and_flat=near(lambda: of_pairs(((7, 1), (7,)), ((6,), (6, 1))), weight=2),
    column_and_row=lambda: of_pairs(((2, 1), (1, 9)), ((1, 8), (5, 1))),
    table_and_flat=lambda: of_pairs(((6, 2), (2,)), ((5,), (3, 5))),
    three_axes=lambda: of_pairs(((5, 1, 3), (2, 3)), ((2, 1), (4, 1, 6))),
    single_number=lambda: of_pairs(((), (2, 5)), ((8, 1), ())),
    same_and_one=lambda: of_pairs(((3, 2), (3, 2)), ((1,), (11,))),
    ones_in_front=lambda: of_pairs(((1, 3), (1, 3)), ((1, 1, 7), (7,))),
    two_single_numbers=lambda: of_pairs(((), ()), ((1, 1), ())),
    long_axes=lambda: of_pairs(((70, 1), (2,)), ((1,), (120, 1))),
    six_axes=lambda: broadcast_shape((2, 1, 1, 3, 1, 2), (4, 1, 5, 1)),
)
### END HIDDEN TESTS
tutor(
    "broadcast_shape",
    **{
        "a column and a flat one": expect(lambda: broadcast_shape((4, 1), (4,)), (4, 4)),
        "a table and a flat one": expect(lambda: broadcast_shape((5, 3), (3,)), (5, 3)),
        "a row and a column": expect(lambda: broadcast_shape((1, 6), (4, 1)), (4, 6)),
        "b has more axes": expect(lambda: broadcast_shape((2, 1), (3, 1, 7)), (3, 2, 7)),
        "two rows": expect(lambda: broadcast_shape((1, 3), (1, 3)), (1, 3)),
        "a single number": expect(lambda: broadcast_shape((), (2, 5)), (2, 5)),
        "a column and a single number": expect(lambda: broadcast_shape((8, 1), ()), (8, 1)),
    },
)
for shape_a, shape_b, expected in (
    ((4, 1), (4, 1), (4, 1)),
    ((4, 1), (4,), (4, 4)),
    ((2, 1), (3, 1, 7), (3, 2, 7)),
):
    shape = broadcast_shape(shape_a, shape_b)
    assert isinstance(shape, tuple), f"broadcast_shape returned {shape}, expected a tuple."
    assert shape == expected, (
        f"broadcast_shape({shape_a}, {shape_b}) returned {shape}, expected {expected}."
    )
print("visible checks passed: broadcast_shape")

# %% [markdown]
# What does the trap do to a training? The next cell trains the same line twice on x = 1 … 5,
# y = 2x. Nothing differs but the shape of `y`. In the second run no prediction can please all the
# targets that it is compared with.
#
# **Predict:** each prediction wants to be near *all* five targets at once. Which number is nearest
# to all five? So which line will come out? Then run.

# %%
small_x, small_flat = (
    torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0]]),
    torch.arange(2.0, 11.0, 2.0),
)
lines = {}
for name, target in (("y is (5, 1)", small_flat.reshape(5, 1)), ("y is (5,)", small_flat)):
    w = torch.tensor(0.5, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(400):
        loss = ((w * small_x + b - target) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            for parameter in (w, b):
                parameter -= 0.07 * parameter.grad
                parameter.grad = None
    lines[name] = (w.item(), b.item())
    print(f"{name}: slope {w.item():.3f}, bias {b.item():.3f}, loss {loss.item():.3f}")
figures.fit_line(
    small_x.flatten().numpy(),
    small_flat.numpy(),
    lines,
    title="The same data and loop; only the shape of y differs",
)

# %% [markdown]
# Slope 0 and bias 6, the mean of `y`: in the picture that is the level dashed line. The loss stops
# at 8, and nothing complained. Your `as_column` on `x` *and* `y` is the cure. One comparison in
# front of a loop, `assert y_pred.shape == y.shape`, catches the rest.
#
# ## 3 · The model keeps its own numbers
#
# In lesson 2 you made `w` yourself. `nn.Linear` makes its own: a `weight` and a `bias`, chosen at
# random. They are **parameters**: leaf tensors with `requires_grad=True` that the model knows by
# name. A model, or a part of one, is called a *module* in PyTorch.
#
# **Predict:** every output is a weighted sum of all the inputs, plus its own bias. How many numbers
# does `nn.Linear(3, 2)` hold? (Three in, two out.) Then run.

# %%
torch.manual_seed(0)
wide = nn.Linear(3, 2)
for name, parameter in wide.named_parameters():
    print(f"{name}: shape {tuple(parameter.shape)}, {parameter.numel()} numbers,", end=" ")
    print(f"leaf: {parameter.is_leaf}, requires_grad: {parameter.requires_grad}")
sample = torch.tensor([[1.0, 10.0, 100.0]])
print("by nn.Linear:", wide(sample).detach().numpy().round(3))
print("by hand:     ", (sample @ wide.weight.T + wide.bias).detach().numpy().round(3))

# %% [markdown]
# Eight: six weights and two biases. The weight has one *row* for each output, so its shape is
# `(out, in)`. In the last line, `@` multiplies each row of the data with each *column* of what
# stands behind it and sums up. `.T` turns the rows of the weight into columns, as `@` needs them.
# `.detach().numpy()` takes plain numbers out of a result that hangs on a graph.
#
# To start from chosen numbers, write *into* a parameter. That is an in-place change, so it stands
# under `torch.no_grad()`, as your update did in lesson 2. The parameter stays the same trainable
# leaf. (`fill_` writes one number into every place. PyTorch methods that end in `_` change the
# tensor itself.)
#
# **Predict** the printed line, then run.

# %%
with torch.no_grad():
    wide.bias.fill_(7.0)
print(wide.bias.tolist(), "requires_grad:", wide.bias.requires_grad)

# %% [markdown]
# **Exercise `make_model` (2 points).** **Write the function that makes a line with the weight and
# the bias that you choose.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell above gives one parameter of a model a number. Yours has two parameters.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Make a new model in each call. Write both numbers into it without the graph. Hand the model out.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `model = nn.Linear(…)`, then two lines like `model.….fill_(…)` inside a `with`, then `return …`.
#
# </details>


# %% exercise="make_model"
def make_model(weight, bias):
    """Return an nn.Linear(1, 1) whose weight and bias have these values, still trainable.

    weight, bias: floats. The model's weight keeps its shape (1, 1), its bias (1,).
    """
    ### BEGIN SOLUTION
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    return model
    ### END SOLUTION


# %% check="make_model" points=2
### BEGIN HIDDEN TESTS
import torch
from torch import nn, optim
from slopewise import domains, near, observe


def made_anew(weight, bias):
    torch.manual_seed(11)  # what is left at random is the same in every run
    return make_model(weight, bias)


def told_parameters(model):
    told = {}
    for name, values in sorted(model.named_parameters()):
        told[name] = values.detach()
        told[f"{name}.requires_grad"] = values.requires_grad
    return told


def told_kind(model):
    return {
        "is an nn.Linear": isinstance(model, nn.Linear),
        "names": sorted(model.state_dict()),
        "number types": [str(values.dtype) for values in model.parameters()],
        "weight": model.weight.tolist(),
    }


def told_numbers(model):
    return {"weight": model.weight.tolist(), "bias": model.bias.tolist()}


def moved_by_one_update(model):
    at = torch.tensor([[1.0], [-2.0]])
    (model(at) ** 2).sum().backward()
    optim.SGD(model.parameters(), lr=0.25).step()
    return told_numbers(model)


def first_of_two():
    first = made_anew(-4.5, 0.25)
    make_model(1.25, 8.0)
    return told_numbers(first)


outside = torch.tensor([[3.0], [0.0], [-1.0]])
observe(
    kind_of_model=lambda: told_kind(made_anew(0.375, -3.0)),
    answers_to_a_column=near(
        lambda: made_anew(2.5, -0.5)(outside).detach().flatten().tolist(), weight=10
    ),
    moved_by_an_update=near(lambda: moved_by_one_update(made_anew(1.5, 0.75)), weight=10),
    first_of_two_models=first_of_two,
    many_digits=near(
        lambda: told_parameters(made_anew(0.0123457, -3.14159)), relative=1e-5, absolute=1e-9
    ),
    **domains.over(
        lambda weight, bias: told_parameters(made_anew(weight, bias)),
        weight=domains.numbers(-1.75),
        bias=domains.numbers(6.5),
        relative=1e-5,
        absolute=1e-9,
    ),
)
### END HIDDEN TESTS


def check_made(weight, bias):
    torch.manual_seed(5)
    return make_model(weight=weight, bias=bias)


def check_told(made):
    """The numbers of a model, and whether each can be trained."""
    told = {name: values.tolist() for name, values in sorted(made.named_parameters())}
    return told | {f"{name}.requires_grad": made.get_parameter(name).requires_grad for name in told}


def check_first_of_two():
    first = make_model(0.5, -3.0)
    make_model(1.5, 4.0)
    return {"weight": first.weight.item(), "bias": first.bias.item()}


tutor(
    "make_model",
    **{
        "weight 0.5, bias -3": expect(
            lambda: check_told(check_made(0.5, -3.0)),
            {
                "bias": [-3.0],
                "weight": [[0.5]],
                "bias.requires_grad": True,
                "weight.requires_grad": True,
            },
        ),
        "weight 3.1416, bias 0.0123": expect(
            lambda: check_told(check_made(3.1416, 0.0123)),
            {
                "bias": [0.0123],
                "weight": [[3.1416]],
                "bias.requires_grad": True,
                "weight.requires_grad": True,
            },
        ),
        "isinstance(…, nn.Linear)": expect(
            lambda: isinstance(check_made(0.5, -3.0), nn.Linear), True
        ),
        "the first of two models": expect(
            lambda: check_first_of_two(), {"weight": 0.5, "bias": -3.0}
        ),
        "the number type": expect(lambda: str(check_made(0.5, -3.0).weight.dtype), "torch.float32"),
    },
)
model = make_model(0.5, -3.0)
assert isinstance(model, nn.Linear), f"make_model returned a {type(model).__name__}, not nn.Linear"
assert model.bias is not None, "the model has no bias, expected -3.0."
shapes = (tuple(model.weight.shape), tuple(model.bias.shape))
assert shapes == ((1, 1), (1,)), (
    f"weight and bias have the shapes {shapes}, expected (1, 1) and (1,)."
)
assert (model.weight.item(), model.bias.item()) == (0.5, -3.0), (
    f"weight {model.weight.item()}, bias {model.bias.item()}, expected 0.5 and -3.0."
)
assert all(parameter.requires_grad for parameter in (model.weight, model.bias)), (
    "requires_grad of the parameters is False, expected True."
)
print("visible checks passed: make_model")

# %% [markdown]
# The model takes a column and gives a column. We often want one number: f(60). It goes in as a
# column of shape `(1, 1)` and comes out as a Python float. Asking is not training, so no graph is
# needed.
#
# **Predict:** the same question twice. Which of the two answers hangs on a graph? Then run.

# %%
print("graph:", line(torch.tensor([[2.0]])).requires_grad)
with torch.no_grad():
    print("graph under no_grad:", line(torch.tensor([[2.0]])).requires_grad)

# %% [markdown]
# **Exercise `predict` (2 points).** **Write the function that asks a model for one value and
# returns one plain number.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell above asks `line` about 2. What it puts in has two pairs of brackets.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Three steps: the value into a column of shape (1, 1); the model's answer, without a graph; the
# number out of the answer.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# Inside the same `with` as above, hand out `model(torch.tensor(…)).…()`.
#
# </details>


# %% exercise="predict"
def predict(model, value):
    """Return the model's answer to one value as a float, so without a graph.

    model: an nn.Linear(1, 1), which is the same afterwards. value: float
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        return model(torch.tensor([[value]])).item()
    ### END SOLUTION


# %% check="predict" points=2
### BEGIN HIDDEN TESTS
import torch
from torch import nn
from slopewise import domains, near, observe


def drawn(seed):
    torch.manual_seed(seed)
    return nn.Linear(1, 1)


def with_numbers(weight, bias):
    made = nn.Linear(1, 1)
    made.weight.data.fill_(weight)
    made.bias.data.fill_(bias)
    return made


def after_another_question():
    made = drawn(21)
    predict(drawn(22), 2.0)
    return predict(made, 6.0)


def model_afterwards():
    made = drawn(23)
    with torch.enable_grad():
        told = {"answer": predict(made, -4.25), "recording is on": torch.is_grad_enabled()}
    for name, values in made.named_parameters():
        told[name] = values.detach().tolist()
        told[f"{name}.requires_grad"] = values.requires_grad
        told[f"{name}.grad"] = values.grad
        told[f"{name}.dtype"] = str(values.dtype)
    return told


def recording_afterwards():
    made = drawn(24)
    with torch.enable_grad():
        answer = predict(made, 11.0)
        return {"answer": answer, "recording is on": torch.is_grad_enabled()}


observe(
    a_decimal=near(lambda: predict(drawn(27), 0.12345), weight=6),
    second_model=near(after_another_question, weight=6),
    # A model that asking has changed, or that nothing can train any more, is of no use.
    model_afterwards=near(model_afterwards, weight=42),
    recording_afterwards=recording_afterwards,
    **domains.over(
        lambda value, weight: predict(with_numbers(weight, 0.0), value),
        value=domains.numbers(7.0),
        weight=domains.numbers(1.25),
        relative=1e-5,
        absolute=1e-9,
    ),
    **{
        f"bias_{label.removeprefix('bias_')}": probe
        for label, probe in domains.over(
            lambda bias: predict(with_numbers(0.5, bias), 0.0),
            bias=domains.numbers(-2.75),
            relative=1e-5,
            absolute=1e-9,
        ).items()
    },
)
### END HIDDEN TESTS


def check_line(weight, bias):
    asked = nn.Linear(1, 1)
    asked.load_state_dict({"weight": torch.tensor([[weight]]), "bias": torch.tensor([bias])})
    return asked


def check_afterwards():
    asked = check_line(2.5, -0.75)
    predict(asked, 3.0)
    return {
        "weight and bias": [values.tolist() for values in asked.parameters()],
        "requires_grad": [values.requires_grad for values in asked.parameters()],
        "number type": str(asked.weight.dtype),
        "recording is on": torch.is_grad_enabled(),
    }


with torch.enable_grad():
    tutor(
        "predict",
        **{
            "at 3.5": expect(lambda: predict(check_line(2.5, -0.75), 3.5), 8.0),
            "at 0": expect(lambda: predict(check_line(0.5, 1.2345), 0.0), 1.2345),
            "at a decimal": expect(lambda: predict(check_line(10.0, 0.5), 0.7654), 8.154),
            "below zero": expect(lambda: predict(check_line(2.5, -0.75), -3.0), -8.25),
            "a large answer": expect(lambda: predict(check_line(2.0, 1.0), 40000.0), 80001.0),
            "a small answer": expect(
                lambda: predict(check_line(0.001, 0.0), 0.123), 1.23e-4, absolute=1e-9
            ),
            "what is left afterwards": expect(
                lambda: check_afterwards(),
                {
                    "weight and bias": [[[2.5]], [-0.75]],
                    "requires_grad": [True, True],
                    "number type": "torch.float32",
                    "recording is on": True,
                },
            ),
        },
    )
answer = predict(check_line(2.5, -0.75), 3.5)
assert np.ndim(answer) == 0, f"predict returned shape {np.shape(answer)}, expected one number."
assert not getattr(answer, "requires_grad", False), "predict returned a tensor inside a graph."
assert abs(float(answer) - 8) < 1e-4, f"predict returned {float(answer):.4f}, expected 8.0000."
print("visible checks passed: predict")

# %% [markdown]
# The run of this lesson starts from weight 0.902545 and bias 0.423674. They are fixed, so that
# everyone sees the same log. **Predict** f(60) by hand first: about how much is 0.9 · 60 + 0.4?
# Then run.

# %%
print(f"f(60) before training: {predict(make_model(0.902545, 0.423674), 60.0):.4f}")

# %% [markdown]
# The truth is 2 · 60 = 120, so there is work to do. This is the loop with a model in it. Its update
# goes through `model.parameters()`, which hands out all parameters one after the other.
#
# **Predict:** which lines would change for a model with fifty parameters? Then run.

# %%
model = make_model(0.5, 0.0)
for epoch in range(3):
    loss = ((model(x) - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter -= 0.0003 * parameter.grad
            parameter.grad = None
    print(f"epoch {epoch}: loss = {loss.item():.3f}")

# %% [markdown]
# Only the first one, where the model is made. And the losses are those of the loop at the top.
#
# ## 4 · The update: what SGD does
#
# Next, the four lines of the update become a function. PyTorch has it ready made: `optim.SGD`. SGD
# is *stochastic gradient descent*. Stochastic means random: it is often fed a random part of the
# data. We feed it all. You write it yourself first.
#
# Two things can go wrong that did not with one `w`. **Predict:** two parameters, and only `used` is
# in the loss. What is `unused.grad`? And how many parameters does each of two rounds through
# `model.parameters()` find, when it was called only once? (It is a *generator*: it hands things out
# while you go through it.) Then run.

# %%
used = torch.tensor([3.0], requires_grad=True)
unused = torch.tensor([4.0], requires_grad=True)
(used**2).sum().backward()
print("used.grad:", used.grad, " unused.grad:", unused.grad)
parameters = nn.Linear(3, 2).parameters()
print("first time:", len(list(parameters)), " second time:", len(list(parameters)))

# %% [markdown]
# A parameter that no loss has used has no gradient: `None`, not 0. And you can go through a
# generator only once.
#
# **Exercise `sgd_step` (4 points).** **Write the update and the clearing for any number of
# parameters of any shape, by hand: without `torch.optim`.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The last loop of section 3 holds the lines that you need, for parameters that all have a gradient.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Go through the parameters once. For each one ask first whether it has a gradient; `is not None` is
# the test. If it has one, move in place, then clear. All of it outside the graph.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# The `with` that keeps an update out of the graph; in it a `for`; in it `if … is not None:`; in it
# two lines, the first of which has `-=` in it.
#
# </details>


# %% exercise="sgd_step"
def sgd_step(parameters, learning_rate):
    """Do what optim.SGD's step() and then zero_grad() do, without torch.optim; return None.

    parameters: any iterable of leaf tensors, for instance a list or model.parameters().
    Each one that has a gradient moves in place by -learning_rate * gradient, outside the graph,
    and its gradient is cleared (None or zeros). One without a gradient stays as it is.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
    ### END SOLUTION


# %% check="sgd_step" points=4
### BEGIN HIDDEN TESTS
import torch
from torch import nn
from slopewise import domains, near, observe, without_module


def leaves(*pairs):
    made = []
    for values, gradient in pairs:
        leaf = torch.tensor(values, requires_grad=True)
        leaf.grad = None if gradient is None else torch.tensor(gradient)
        made.append(leaf)
    return made


def cleared(leaf):
    return leaf.grad is None or not bool(leaf.grad.any())


def told_leaves(made):
    return {
        "values": torch.cat([leaf.detach().flatten() for leaf in made]),
        "cleared": [cleared(leaf) for leaf in made],
    }


def by_hand(parameters, rate):
    return without_module("torch.optim", sgd_step, parameters, rate)


def moved(value, gradient, rate):
    leaf = value.clone().requires_grad_(True)
    leaf.grad = gradient.clone()
    by_hand([leaf], rate)
    return {"values": leaf.detach(), "trainable leaf": leaf.is_leaf and leaf.requires_grad}


def two_leaves():
    made = leaves(([1.0, -2.0, 3.0], [4.0, 0.5, -8.0]), ([[6.0]], [[-3.0]]))
    by_hand(made, 0.25)
    return {"first leaf": made[0].tolist(), "second leaf": made[1].tolist()}


def from_a_generator():
    made = leaves(([2.0], [1.5]), ([-1.0, 7.0], [3.0, -2.0]))
    by_hand((leaf for leaf in made), 0.5)
    return told_leaves(made)


def some_without_gradient():
    made = leaves(([9.0], None), ([1.0, 2.0], [5.0, -5.0]), ([4.0], None), ([8.0], [2.0]))
    by_hand(made, 0.125)
    left_alone = {"the leaves without a gradient have none": made[0].grad is made[2].grad is None}
    return told_leaves(made) | left_alone


def stays_the_same_leaf():
    (leaf,) = made = leaves(([5.0], [10.0]))
    by_hand(made, 0.0625)
    return {
        "values": leaf.tolist(),
        "is the same leaf": made[0] is leaf and leaf.is_leaf,
        "requires_grad": leaf.requires_grad,
        "grad_fn": leaf.grad_fn,
    }


def three_steps_of_a_model():
    made = nn.Linear(3, 2)
    for values in made.parameters():
        values.data.fill_(0.5)
    at = torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]])
    for _ in range(3):
        (made(at) ** 2).mean().backward()
        by_hand(made.parameters(), 0.05)
    return {name: values.detach().tolist() for name, values in made.named_parameters()}


def gradients_cleared():
    made = leaves(([3.0, 1.0], [2.0, -6.0]), ([0.5], [1.0]))
    by_hand(made, 0.75)
    return told_leaves(made)


def a_zero_in_the_gradient():
    made = leaves(([1.0, 2.0, 3.0], [4.0, 0.0, -2.0]), ([[5.0], [6.0]], [[0.0], [3.0]]))
    by_hand(made, 0.5)
    return told_leaves(made)


def what_comes_back():
    made = leaves(([7.0], [2.0]), ([-3.0], None))
    returned = by_hand(made, 0.25)
    return {"returned": returned, **told_leaves(made)}


def same_gradient_twice():
    (leaf,) = leaves(([2.0], None))
    for _ in range(2):
        (7 * leaf).sum().backward()
        by_hand([leaf], 0.03125)
    return leaf.tolist()


def thirty_leaves():
    made = leaves(*[([float(place)], [0.5 * place - 3.25]) for place in range(30)])
    by_hand(tuple(made), 0.5)
    told = told_leaves(made)
    return told | {"cleared": all(told["cleared"])}


def hundred_steps():
    (leaf,) = leaves(([4.0, -1.0], None))
    for _ in range(100):
        (torch.tensor([1.0, 0.1]) * leaf**2).sum().backward()
        by_hand([leaf], 0.02)
    return leaf.tolist()


def float64_leaf():
    at, slope = torch.tensor([2.5], dtype=torch.float64), torch.tensor([4.0], dtype=torch.float64)
    told = moved(at, slope, 0.5)
    return told | {"number type": str(told["values"].dtype)}


def no_parameters():
    return {"an empty list": by_hand([], 0.5), "nothing to go through": by_hand(iter(()), 0.5)}


at_zero, slope_of_one = torch.tensor([0.0]), torch.tensor([1.3])
torch.set_grad_enabled(True)  # whatever an earlier exercise left behind
observe(
    two_leaves=two_leaves,
    from_a_generator=near(from_a_generator, weight=12),  # what parameters() gives
    some_without_gradient=near(some_without_gradient, weight=4),
    stays_the_same_leaf=stays_the_same_leaf,
    three_steps_of_a_model=near(three_steps_of_a_model, weight=28),
    gradients_cleared=near(gradients_cleared, weight=4),
    same_gradient_twice=same_gradient_twice,
    a_zero_in_the_gradient=a_zero_in_the_gradient,
    what_comes_back=what_comes_back,
    thirty_leaves=thirty_leaves,
    hundred_steps=near(hundred_steps, relative=1e-3, weight=4),
    no_parameters=lambda: no_parameters() | two_leaves(),
    single_number=lambda: moved(torch.tensor(2.5), torch.tensor(-3.0), 0.5),
    three_axes=lambda: moved(torch.ones(2, 3, 2), torch.arange(12.0).reshape(2, 3, 2), 0.25),
    number_type=float64_leaf,
    **domains.over(
        lambda gradient, learning_rate: moved(at_zero, gradient * slope_of_one, learning_rate),
        gradient=domains.numbers(2.0),
        learning_rate=domains.numbers(0.25, smallest=1e-6, largest=1e3, negative=False),
        relative=1e-5,
        absolute=1e-12,
    ),
)
### END HIDDEN TESTS


def check_step(entries, gradient, rate=0.1):
    """A leaf after sgd_step, by hand: what it holds, whether it is cleared and can be trained."""
    one = torch.tensor(entries, requires_grad=True)
    one.grad = None if gradient is None else torch.tensor(gradient)
    without_module("torch.optim", sgd_step, [one], rate)
    return {
        "values": one.tolist(),
        "cleared": one.grad is None or not one.grad.any().item(),
        "trainable leaf": one.is_leaf and one.requires_grad,
    }


def check_values(*entries):
    """What check_step should give."""
    values = entries[0] if len(entries) == 1 else list(entries)
    return {"values": values, "cleared": True, "trainable leaf": True}


def check_four():
    """Four leaves from a generator, the third without a gradient: values and what is cleared."""
    leaves = [torch.tensor([place], requires_grad=True) for place in (4.0, 1.0, 3.0, 2.0)]
    for one in leaves[:2] + leaves[3:]:
        one.grad = torch.tensor([5.0])
    returned = sgd_step((one for one in leaves), 0.5)
    return {
        "values": [one.item() for one in leaves],
        "cleared": [one.grad is None or not one.grad.any().item() for one in leaves],
        "gradient of the third": leaves[2].grad,
        "returned": returned,
    }


tutor(
    "sgd_step",
    a_step=expect(lambda: check_step([3.0, -1.0], [6.0, -2.0]), check_values(2.4, -0.8)),
    a_zero_in_the_gradient=expect(
        lambda: check_step([3.0, -1.0], [0.0, -2.0]), check_values(3.0, -0.8)
    ),
    a_gradient_that_sums_to_0=expect(
        lambda: check_step([1.0, 2.0], [5.0, -5.0]), check_values(0.5, 2.5)
    ),
    rate_0=expect(lambda: check_step([3.0], [6.0], rate=0.0), check_values([3.0])),
    a_large_gradient=expect(
        lambda: check_step([3.0], [60000.0], rate=0.5), check_values([-29997.0])
    ),
    a_single_number=expect(lambda: check_step(3.0, 2.0), check_values(2.8)),
    without_a_gradient=expect(lambda: check_step([3.0], None), check_values([3.0])),
    four_leaves_from_a_generator=expect(
        lambda: check_four(),
        {
            "values": [1.5, -1.5, 3.0, -0.5],
            "cleared": [True, True, True, True],
            "gradient of the third": None,
            "returned": None,
        },
    ),
)
used = torch.tensor([3.0, -1.0], requires_grad=True)
unused = torch.tensor([4.0], requires_grad=True)
(used**2).sum().backward()  # the gradient of used is [6, -2]
sgd_step((parameter for parameter in (unused, used)), 0.1)  # a generator, as from a model
assert np.allclose(used.tolist(), [2.4, -0.8], atol=1e-5), (
    f"used is {used.tolist()} after the step, expected [2.4, -0.8]."
)
assert unused.item() == 4.0, f"unused moved to {unused.item()}, but it has no gradient."
assert unused.grad is None, f"unused had no gradient and has one now: {unused.grad}"
assert (used.is_leaf, used.requires_grad) == (True, True), "used must stay a trainable leaf."
assert used.grad is None or not used.grad.any(), f"the gradient of used is still {used.grad}."
print("visible checks passed: sgd_step")

# %% [markdown]
# The loop again, with your function in it, beside PyTorch's `optim.SGD`. An *optimizer* holds the
# parameters and the rate. Its `step()` moves them and its `zero_grad()` clears.
#
# **Predict:** after 20 epochs from the same start, in which digit do the two part? Then run.

# %%
by_hand, by_sgd = make_model(0.902545, 0.423674), make_model(0.902545, 0.423674)
optimizer = optim.SGD(by_sgd.parameters(), lr=0.0003)
for _ in range(20):
    ((by_hand(x) - y) ** 2).mean().backward()
    sgd_step(by_hand.parameters(), 0.0003)

    ((by_sgd(x) - y) ** 2).mean().backward()
    optimizer.step()
    optimizer.zero_grad()
print(f"sgd_step:  w = {by_hand.weight.item():.5f}, b = {by_hand.bias.item():.5f}")
print(f"optim.SGD: w = {by_sgd.weight.item():.5f}, b = {by_sgd.bias.item():.5f}")

# %% [markdown]
# In none of the five decimals shown. There is no more to plain SGD than your few lines.
#
# `optim.SGD` has one knob more, `momentum`, and you wrote that in lesson 3: v = β · v + gradient.
# There you also forgot to zero, so that each gradient was added to the sum of all before it. Now
# put the two together on loss = w², from 10 at rate 0.1.
#
# **Predict:** with β = 1, what is v after three steps? Which of your loops of lesson 3 is that?
# Then run.

# %%
ended = {}
for name, momentum, forget in (("momentum=1.0", 1.0, False), ("never cleared", 0.0, True)):
    w = torch.tensor(10.0, requires_grad=True)
    optimizer = optim.SGD([w], lr=0.1, momentum=momentum)
    ended[name] = []
    for _ in range(15):
        if not forget:
            optimizer.zero_grad()
        (w**2).backward()
        optimizer.step()
        ended[name].append(w.item())
    print(f"{name}: " + ", ".join(f"{value:.3f}" for value in ended[name][:5]))
gaps = [abs(one - other) for one, other in zip(*ended.values(), strict=True)]
print("apart by less than 0.00001 in 15 steps:", max(gaps) < 1e-5)

# %% [markdown]
# With β = 1 nothing of the old velocity is lost, so v is the sum of all gradients: exactly what
# piles up in `.grad` when nobody clears. The forgotten zeroing *is* momentum, of the one strength
# that never comes to rest.

# %% [markdown]
# ## 5 · Loss, optimizer, loop
#
# The last part is the loss. `nn.MSELoss()` is your `mse`: the mean of the squared differences, over
# all entries. The order of its arguments is `(input, target)`: what the model said, then what is
# true.
#
# **Predict:** does MSELoss change when you swap the two? Does `nn.BCELoss`, the loss for yes/no
# answers? (It looks at log(input).) Then run.

# %%
said, true = torch.tensor([0.9]), torch.tensor([1.0])
for loss_function in (nn.MSELoss(), nn.BCELoss()):
    there, swapped = loss_function(said, true).item(), loss_function(true, said).item()
    print(f"{type(loss_function).__name__}: (input, target) {there:.4f}, swapped {swapped:.4f}")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    nn.MSELoss()(x, y.flatten())
print(f"{len(caught)} warning for a column against a flat tensor:")
print(str(caught[0].message)[:92], "…")

# %% [markdown]
# A square does not know the sign, so MSELoss is symmetric and forgives the swap. BCELoss does
# not. Keep to `(input, target)` from the first day. And MSELoss meets the trap of section 2 with
# no more than a warning. Python shows it once; when you train again in the same kernel, it may say
# nothing at all.
#
# Now one update in slow motion. The gradient has one part for each parameter: how the loss changes
# when only `w` moves, and when only `b` moves. These are called *partial derivatives*.
#
# **Predict:** `nn.Linear(1, 1)` draws both of its numbers between −1 and 1, so its line lies below
# all our points. To get up, both numbers have to rise. Which signs will the two gradients have?
# Then run.

# %%
torch.manual_seed(0)
line = nn.Linear(1, 1)
loss_function = nn.MSELoss()
optimizer = optim.SGD(line.parameters(), lr=0.0003)
loss = loss_function(line(x), y)
loss.backward()
print(f"w = {line.weight.item():.5f}, its gradient {line.weight.grad.item():.3f}")
print(f"b = {line.bias.item():.5f}, its gradient {line.bias.grad.item():.3f}")
optimizer.step()
print(f"after step(): w = {line.weight.item():.5f}, b = {line.bias.item():.5f}")
print("gradient still there:", line.weight.grad is not None)
optimizer.zero_grad()
print("gradient after zero_grad():", line.weight.grad)

# %% [markdown]
# Both negative, and both numbers went up. Three things to keep:
#
# - `step()` reads the gradients and moves the parameters. It computes no gradient itself.
# - `step()` does not clear. `zero_grad()` does, and sets the gradient to `None`.
# - The loss never met the optimizer. What they share is the parameters: `backward()` writes
#   `.grad`, `step()` reads it.
#
# So the whole of training is **model → loss and optimizer → loop**. You have seen every call of the
# loop. Now put them in a function that knows nothing about lines: it gets the model, the loss
# function and the optimizer as arguments.
#
# One thing to decide: where does the clearing go? Lesson 2 showed the one place where it must not
# go.
#
# **Exercise `train` (5 points).** **Write the loop that trains any model with any loss and any
# optimizer, and returns the losses.**
#
# <details><summary>Hint 1: where to look</summary>
#
# The cell above makes one update in five calls. Which of them belong in every epoch? Which one
# gives the number that is to be kept?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# In each epoch: the loss of the present model, its number into the list, the gradients, the update.
# The gradients are cleared before the next `backward()`, but not between `backward()` and `step()`.
# Use all that is handed in, and nothing else.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# `loss = loss_function(model(…), …)` is the first line in the loop. Then three calls without
# arguments, in the right order, and one `losses.append(…)`.
#
# </details>


# %% exercise="train"
def train(model, loss_function, optimizer, x, y, n_epochs):
    """Train the model for n_epochs updates; return the losses as a list of n_epochs floats.

    model: module, called as model(x)
    loss_function: called as loss_function(input, target), gives a tensor with one number
    optimizer: holds the model's parameters
    x, y: tensors of shape (n, in_features) and (n, out_features)
    losses[k] is the loss before update k; n_epochs = 0 changes nothing and gives [].
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
    ### END SOLUTION


# %% check="train" points=5
### BEGIN HIDDEN TESTS
import torch
from torch import nn, optim
from slopewise import domains, near, observe


def set_up(inputs=1, rate=0.02, momentum=0.0, size=1.0, outputs=1):
    made = nn.Linear(inputs, outputs)
    made.load_state_dict(
        {
            "weight": torch.full((outputs, inputs), 0.25 * size),
            "bias": torch.full((outputs,), -1.5 * size),
        }
    )
    return made, optim.SGD(made.parameters(), lr=rate, momentum=momentum)


def told_weights(made):
    return torch.cat([values.detach().flatten() for values in made.parameters()])


def lopsided(input, target):
    return ((input - 3 * target) ** 2).mean()


def sum_of_squares(input, target):
    return ((input - target) ** 2).sum()


def told_losses(losses):
    return list(losses) if hasattr(losses, "__len__") else losses


def told_run(losses, made):
    return {"losses": told_losses(losses), "the weights": told_weights(made)}


def asked_train(loss_function, n_epochs, **options):
    made, steps = set_up(**options)
    losses = train(made, loss_function, steps, three_x.clone(), three_y.clone(), n_epochs)
    return told_run(losses, made)


def of_size(size, n_epochs):
    # The same run, with all that is predicted `size` times as large.
    made, steps = set_up(size=size)
    losses = train(made, nn.MSELoss(), steps, three_x.clone(), size * three_y, n_epochs)
    losses = told_losses(losses)
    if isinstance(losses, list) and len(losses) > 9:
        told = {"how many losses": len(losses), "the first losses": losses[:3]}
        return told | {"the last loss": losses[-1], "the weights": told_weights(made)}
    return told_run(losses, made)


def of_samples(samples):
    at = torch.from_numpy(samples)
    made, steps = set_up()
    return told_run(train(made, nn.MSELoss(), steps, at, 3 * at - 1, 3), made)


def several_outputs():
    made, steps = set_up(inputs=2, outputs=3)
    targets = torch.cat([three_y, -2 * three_y, three_y + 4], dim=1)
    return told_run(train(made, nn.MSELoss(), steps, pairs.clone(), targets, 3), made)


def with_adam():
    made, _ = set_up()
    steps = optim.Adam(made.parameters(), lr=0.1)
    return told_run(train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 4), made)


def nothing_left_to_learn():
    made, steps = set_up()
    at = three_x.clone()
    return told_run(train(made, nn.MSELoss(), steps, at, 0.25 * at - 1.5, 3), made)


def none_then_one():
    made, steps = set_up()
    none = train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 0)
    still = told_weights(made)
    one = train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 1)
    return {
        "losses of no epoch": told_losses(none),
        "the weights after no epoch": still,
        "losses of one epoch": told_losses(one),
    }


def resumed_train():
    made, steps = set_up()
    train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 2)
    return told_losses(train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 3))


def two_features():
    made, steps = set_up(inputs=2)
    return told_run(train(made, nn.MSELoss(), steps, pairs.clone(), three_y.clone(), 3), made)


class CountingSGD(optim.SGD):
    n_steps = 0

    def step(self, closure=None):
        self.n_steps += 1
        return super().step(closure)


def another_model():
    torch.manual_seed(31)
    made = nn.Sequential(nn.Linear(1, 2), nn.Tanh(), nn.Linear(2, 1))
    steps = optim.SGD(made.parameters(), lr=0.03)
    return told_run(train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 4), made)


def losses_as_numbers():
    made, steps = set_up()
    losses = train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 2)
    return {
        "losses": [float(loss) for loss in losses],
        "tensors among them": any(isinstance(loss, torch.Tensor) for loss in losses),
    }


def all_of_another_kind():
    """Another model, another loss function and another optimizer at once.

    As most loss functions, this one takes the two for what they are: input first, then target.
    """
    torch.manual_seed(32)
    made = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    steps = optim.Adam(made.parameters(), lr=0.05)
    losses = train(made, nn.PoissonNLLLoss(), steps, pairs.clone(), three_y.clone(), 3)
    losses = told_losses(losses)
    numbers = [float(loss) for loss in losses] if isinstance(losses, list) else losses
    return {"losses": numbers, "the weights": told_weights(made)}


def updates_asked_of_the_optimizer():
    made, _ = set_up()
    counting = CountingSGD(made.parameters(), lr=0.02)
    train(made, nn.MSELoss(), counting, three_x.clone(), three_y.clone(), 3)
    return {"steps of the optimizer": counting.n_steps, "the weights": told_weights(made)}


three_x = torch.tensor([[1.0], [-2.0], [4.0]])
three_y = torch.tensor([[5.0], [1.0], [2.5]])
pairs = torch.tensor([[1.0, 0.5], [-2.0, 3.0], [4.0, 1.0]])
torch.set_grad_enabled(True)  # whatever an earlier exercise left behind
observe(
    four_epochs=lambda: asked_train(nn.MSELoss(), 4)["losses"],
    weights_after_five=lambda: asked_train(nn.MSELoss(), 5)["the weights"],
    lopsided_loss=near(lambda: asked_train(lopsided, 3), weight=4),
    summed_loss=near(lambda: asked_train(sum_of_squares, 3, rate=0.01), weight=2),
    with_momentum=near(lambda: asked_train(nn.MSELoss(), 5, momentum=0.5), relative=1e-3),
    with_another_optimizer=near(with_adam, relative=1e-3),
    none_then_one_epoch=none_then_one,
    resumed=resumed_train,
    two_features=two_features,
    several_outputs=several_outputs,
    steps_of_the_optimizer=updates_asked_of_the_optimizer,
    another_model=near(another_model, relative=1e-3, weight=3),
    # A train that puts something of its own in the place of what it is given serves one case only.
    all_of_another_kind=near(all_of_another_kind, relative=1e-3, weight=38),
    rate_too_large=near(lambda: asked_train(nn.MSELoss(), 4, rate=0.3), relative=1e-3, weight=3),
    nothing_left_to_learn=nothing_left_to_learn,
    losses_as_numbers=losses_as_numbers,
    **domains.over(
        lambda size, n_epochs: of_size(size, n_epochs),
        size=domains.values(ordinary=1.0, tiny=2e-4, small=0.02, large=300.0, huge=4e5),
        n_epochs=domains.counts(4, longest=120),
        relative=1e-3,
        absolute=1e-12,
    ),
    **{
        f"samples_{label.removeprefix('samples_')}": probe
        for label, probe in domains.over(
            lambda samples: of_samples(samples),
            samples=domains.arrays((4, 1), many=40).without("tiny", "huge", "sizes_mixed"),
            relative=1e-3,
        ).items()
    },
)
### END HIDDEN TESTS
check_x, check_y = torch.tensor([[1.0], [2.0], [4.0]]), torch.tensor([[3.0], [6.5], [10.0]])


def check_lopsided(input, target):
    return ((input - 2 * target) ** 2).mean()


def check_train(n_epochs, loss_function=None, momentum=0.0, rate=0.05):
    """Train from w = 0.5, b = -1; return the losses, w and b."""
    its_model = nn.Linear(1, 1)
    its_model.load_state_dict({"weight": torch.tensor([[0.5]]), "bias": torch.tensor([-1.0])})
    steps = optim.SGD(its_model.parameters(), lr=rate, momentum=momentum)
    losses = train(its_model, loss_function or nn.MSELoss(), steps, check_x, check_y, n_epochs)
    losses = losses.tolist() if isinstance(losses, np.ndarray) else losses
    return {"losses": losses, "w": its_model.weight.item(), "b": its_model.bias.item()}


class CheckSGD(optim.SGD):
    """Counts how often it is stepped."""

    calls = 0

    def step(self, *arguments):
        self.calls += 1
        return super().step(*arguments)


def check_steps():
    """How often the optimizer is stepped in three epochs."""
    its_model = nn.Linear(1, 1)
    counter = CheckSGD(its_model.parameters(), lr=0.05)
    train(its_model, nn.MSELoss(), counter, check_x, check_y, 3)
    return counter.calls


def check_sequence():
    """Train a model of two layers, all of whose parameters begin at 0.5; return the losses."""
    its_model = nn.Sequential(nn.Linear(1, 2), nn.Tanh(), nn.Linear(2, 1))
    for values in its_model.parameters():
        values.data.fill_(0.5)
    steps = optim.SGD(its_model.parameters(), lr=0.05)
    losses = train(its_model, nn.MSELoss(), steps, check_x, check_y, 3)
    return losses.tolist() if isinstance(losses, np.ndarray) else losses


tutor(
    "train",
    three_epochs=expect(
        lambda: check_train(3),
        {"losses": [45.166668, 2.905278, 0.843429], "w": 2.702667, "b": -0.147519},
    ),
    no_epochs=expect(lambda: check_train(0), {"losses": [], "w": 0.5, "b": -1.0}),
    another_loss=expect(
        lambda: check_train(2, check_lopsided),
        {"losses": [190.75, 11.074257], "w": 4.902222, "b": 0.594445},
    ),
    with_momentum=expect(
        lambda: check_train(3, momentum=0.5),
        {"losses": [45.166668, 2.905278, 5.911811], "w": 3.517389, "b": 0.172482},
    ),
    a_rate_that_is_too_large=expect(
        lambda: check_train(3, rate=0.3),
        {"losses": [45.166668, 601.92334, 8144.5786], "w": 115.07602, "b": 38.836006},
    ),
    a_model_of_two_layers=expect(lambda: check_sequence(), [33.819103, 21.117422, 14.187207]),
    calls_of_step=expect(lambda: check_steps(), 3),
    is_a_loss_a_tensor=expect(
        lambda: [isinstance(loss, torch.Tensor) for loss in check_train(2)["losses"]],
        [False, False],
    ),
)
losses, w, b = check_train(3).values()
assert hasattr(losses, "__len__"), f"train returned {losses}, expected a list of losses."
assert len(losses) == 3, f"train returned {len(losses)} losses for 3 epochs."
assert not any(getattr(loss, "requires_grad", False) for loss in losses), (
    f"the losses are {losses}, expected plain numbers without a graph."
)
shown = [round(float(loss), 4) for loss in losses]
assert np.allclose(shown, [45.1667, 2.9053, 0.8434], atol=1e-3), (
    f"the losses are {shown}, expected [45.1667, 2.9053, 0.8434]."
)
assert np.allclose([w, b], [2.7027, -0.1475], atol=1e-3), (
    f"the model ended at w = {w:.4f}, b = {b:.4f}, expected 2.7027 and -0.1475."
)
print("visible checks passed: train")

# %% [markdown]
# Of the loop at the top only `loss.backward()` is left:
#
# | at the top | now | from |
# |---|---|---|
# | `x_flat`, `y_flat` | `x`, `y`: columns | sections 1 and 2 |
# | `w`, `b` and `w * x_flat + b` | `model`, `model(x)` | section 3 |
# | two lines that move, two that clear | `optimizer.step()`, `optimizer.zero_grad()` | section 4 |
# | `((y_pred - y_flat) ** 2).mean()` | `loss_function(model(x), y)` | section 5 |
# | the loop itself | `train(…)` | your exercise |
#
# **Predict:** the same start as at the top, w = 0.5 and b = 0, and three epochs. Which three losses
# should come out? Then run.

# %%
model = make_model(0.5, 0.0)
losses = train(model, nn.MSELoss(), optim.SGD(model.parameters(), lr=0.0003), x, y, 3)
print(", ".join(f"{float(loss):.3f}" for loss in losses))

# %% [markdown]
# The very same, from two lines, and only the first of them knows that what is trained is a line.
#
# Now a long run. `watch` calls your `train` one epoch at a time, so that we see `w` and `b` between
# the updates. Here all three numbers of a line are from *before* the update of that epoch.
#
# **Predict:** the first line's gradients are about −2389 for `w` and −65 for `b`, the rate is
# 0.0003. Where will `w` and `b` be one epoch later? And after 100 epochs, will both have arrived
# at 2 and 0? Then run.


# %%
def watch(model, optimizer, x, y, n_epochs):
    """Return a list of (loss, w, b), each as it was before one update."""
    rows = []
    for _ in range(n_epochs):
        w, b = model.weight.item(), model.bias.item()
        (loss,) = train(model, nn.MSELoss(), optimizer, x, y, n_epochs=1)
        rows.append((float(loss), w, b))
    return rows


# %%
model = make_model(0.902545, 0.423674)
rows = watch(model, optim.SGD(model.parameters(), lr=0.0003), x, y, 100)
print("nn.Linear, MSELoss, SGD on x = 10 … 50, y = 2x, learning rate 0.0003")
for epoch in [*range(0, 100, 5), 99]:
    loss, w, b = rows[epoch]
    print(f"epoch {epoch}: w = {w:.5f}, b = {b:.5f}, loss = {loss:.5f}")
print(f"f(60) after training: {predict(model, 60.0):.4f}")

# %% [markdown]
# From 54.5764 to 119.7146: close, but not 120. In a picture nobody would see the difference: a
# line with w = 1.988 and b = 0.448 seems to pass through all five points. The log shows what is
# missing. After 10 epochs `w` has settled, at 1.988 and not at 2. And `b` changes by only 0.0002
# or so from one line to the next. Its first step even went *away* from 0: all predictions were too
# low, so both numbers rose.
#
# ## 6 · Why w settles in 10 epochs while b crawls
#
# First get a feeling for the landscape, by hand. Hold `b` at 0.5 and look for the best `w`. **Your
# goal:** a loss below 0.05. **Predict** first: with `b` above 0, is the best `w` above 2 or below?
# Then change the first line and run again, until the cell says that you are there. Three decimals
# will do.

# %%
w_by_hand = 2.0  # move this
loss = nn.MSELoss()(make_model(w_by_hand, 0.5)(x), y).item()
print(f"w = {w_by_hand:.3f}, b = 0.500, loss = {loss:.5f}")
print("there!" if loss < 0.05 else "not there yet: the loss is not below 0.05")

# %% [markdown]
# Below 2: the line has to turn down a little, because `b` holds it up. And no `w` gets the loss to
# 0. The lowest that you can get is the *floor* for this `b`.
#
# <details><summary>Which weights are there? (open it when yours is)</summary>
#
# From 1.985 to 1.988.
#
# </details>
#
# The next picture is a map of the loss over all pairs (w, b). The darker the colour, the higher
# the loss; along the border between two colours the loss is the same. You see a valley, with steep
# walls along `w`. Each dot of the path is one epoch.
#
# **Predict:** where will most of the 100 dots lie? The log of section 5 knows. Then run.

# %%
figures.loss_surface(
    x.flatten().numpy(),
    y.flatten().numpy(),
    {"100 epochs, rate 0.0003": [(w, b) for _, w, b in rows]},
    w_range=(0.8, 2.4),
    b_range=(-0.4, 0.8),
    title="Down to the floor, then a crawl along it",
)

# %% [markdown]
# A few updates take the path down to the floor. From there it has to walk along the floor, and
# nearly all the dots lie on one spot, near (1.99, 0.45). The star at (2, 0) is far away.
#
# Is the reason that `b` has the smaller gradient? At the start it has, −65 against −2389: the
# gradient of `w` is the mean of 2 · **x** · (y_pred − y), that of `b` lacks the x, and the x are
# 10 to 50.
#
# **Predict:** in epoch 50 `w` has settled, and `b` is still on its way. A parameter that stands
# still: how large is its gradient? So which of the two is larger now? Then run.

# %%
for epoch in (0, 50):
    _, w, b = rows[epoch]
    model = make_model(w, b)
    nn.MSELoss()(model(x), y).backward()
    size_w, size_b = abs(model.weight.grad.item()), abs(model.bias.grad.item())
    print(f"epoch {epoch}: size of the gradient of w {size_w:.1f}, of b {size_b:.1f}")
    print(f"  w's is more than 30 times larger: {size_w > 30 * size_b},", end=" ")
    print(f"b's is more than 30 times larger: {size_b > 30 * size_w}")

# %% [markdown]
# They swap. In epoch 50 the gradient of `w` is as good as gone. `b` is the one with the far larger
# gradient, and *still* crawls. So the size of the one beside the other cannot be the cause. What
# counts is how steep the floor itself is. Find it:
#
# For a given `b`, the best `w` makes the gradient of `w` zero. With y = 2x, the error y_pred − y is
# (w − 2) · x + b. Multiply it by x and take the mean. That must be zero:
#
# (w − 2) · mean(x²) + b · mean(x) = 0, so w = 2 − b · mean(x) / mean(x²)
#
# **Predict:** with mean(x) = 30 and mean(x²) = 1100, what is the best `w` for b = 0.5? Does it
# agree with what you found by hand? And when b halves, what happens to the loss on the floor? Then
# run.

# %%
for b in (0.5, 0.25, 0.125):
    floor_w = 2 - b * x.mean().item() / (x**2).mean().item()
    error = floor_w * x + b - y
    loss, slope = (error**2).mean().item(), (2 * error).mean().item()
    print(f"b = {b:.3f}: best w = {floor_w:.5f}, loss {loss:.5f}, gradient of b {slope:.5f}")

# %% [markdown]
# Half the `b`, a quarter of the loss, half the gradient: the floor is a parabola in `b`, as in
# lesson 3, and a very flat one. Its gradient is 0.3636 · b. (The 0.3636 is called the *curvature*
# of the floor.) So each update multiplies `b` by 1 − 0.0003 · 0.3636 = 0.99989. Lesson 3 would
# call that *smooth* and tell you to wait. That is the whole reason.
#
# **Predict:** how many updates does it take to halve `b`? (0.99989 to the power of k is 0.5. In 100
# epochs `b` loses about 1 part in 92. So is it nearer to 60, 600 or 6000?) Then run.

# %%
model = make_model(2 - 0.5 * 30 / 1100, 0.5)
train(model, nn.MSELoss(), optim.SGD(model.parameters(), lr=0.0003), x, y, 1000)
print(f"b = 0.500 becomes {model.bias.item():.3f} in 1000 epochs")
print(f"updates to halve b: {np.log(0.5) / np.log(1 - 0.0003 * 4 / 11):.0f}")

# %% [markdown]
# More than six thousand. A larger rate is no way out: both parameters share it, and `w` blows up
# first. At 0.001 it did so in lesson 1, and 0.001 would not even be four times as fast for `b`.
# Lesson 5 makes this exact, and cures it.
#
# ## 7 · A model class of your own, saved and loaded
#
# Models with more than one part are written as a class. Three rules:
#
# - the class is based on `nn.Module`, which stands in brackets after its name, and `__init__` calls
#   `super().__init__()` first: that lets `nn.Module` set up its own books;
# - parts that hold parameters are made in `__init__` and kept as attributes: that is how
#   `parameters()` finds them;
# - `forward(x)` says what comes out. You call the model as `model(x)`.
#
# Here is one that is not `nn.Linear`. `nn.Parameter` makes a tensor a parameter: a leaf that
# requires grad. **Predict** how many parameters the model reports (mind the second rule), then run.


# %%
class Shift(nn.Module):
    """Add a learned number to everything."""

    def __init__(self):
        super().__init__()
        self.amount = nn.Parameter(torch.tensor([5.0]))
        self.forgotten = [nn.Parameter(torch.tensor([1.0]))]  # inside a plain list

    def forward(self, x):
        return x + self.amount


print("parameters found:", len(list(Shift().parameters())))
print(Shift()(torch.tensor([[1.0], [2.0]])).detach().flatten())

# %% [markdown]
# One. What hides in a plain list is not found, and an optimizer that is given `parameters()` never
# trains it.
#
# **Exercise `LinearRegression` (3 points).** **Write a linear model as a class of your own; you may
# use `nn.Linear` inside.**
#
# <details><summary>Hint 1: where to look</summary>
#
# `Shift` above shows the three rules in four lines. Yours needs another part, and both sizes.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `nn.Linear(in, out)` is a weighted sum plus a bias already. Make one in `__init__`, keep it, and
# let `forward` hand x to it.
#
# </details>
# <details><summary>Hint 3: the shape of the lines</summary>
#
# In `__init__`: `super()…` and `self.… = nn.Linear(…, …)`. In `forward`: `return self.…(…)`.
#
# </details>


# %% exercise="LinearRegression"
class LinearRegression(nn.Module):
    """A linear model: every output is a weighted sum of the inputs plus a bias.

    in_features, out_features: how many numbers a sample has, and how many come out.
    forward: x of shape (n, in_features) float32 -> (n, out_features)
    """

    def __init__(self, in_features, out_features):
        ### BEGIN SOLUTION
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        return self.linear(x)
        ### END SOLUTION


# %% check="LinearRegression" points=3
### BEGIN HIDDEN TESTS
import torch
from torch import nn, optim
from slopewise import domains, near, observe


def all_set(inputs, outputs, value):
    made = LinearRegression(inputs, outputs)
    found = list(made.parameters())
    if not found:
        raise ValueError("the model reports no parameters")
    for values in found:
        values.data.fill_(value)
    return made


def trainable(made):
    return all(values.requires_grad for values in made.parameters())


def counted(inputs, outputs):
    made = LinearRegression(inputs, outputs)
    return {
        "is an nn.Module": isinstance(made, nn.Module),
        "numbers to train": sum(values.numel() for values in made.parameters()),
        "all require grad": trainable(made),
    }


def answered(inputs, outputs, value, at):
    # The answers, and whether each parameter gets a gradient from them: else nothing trains it.
    made = all_set(inputs, outputs, value)
    out = made(at)
    out.sum().backward()
    reached = [values.grad is not None for values in made.parameters()]
    return {"answers": out.detach(), "every parameter gets a gradient": all(reached)}


def four_updates():
    made = all_set(2, 3, 0.25)
    steps = optim.SGD(made.parameters(), lr=0.05)
    for _ in range(4):
        loss = ((made(samples[:, :2]) - torch.tensor([1.5, -1.0, 4.0])) ** 2).mean()
        steps.zero_grad()
        loss.backward()
        steps.step()
    return made(samples[:, :2]).detach().tolist()


def carried_over():
    first, second = LinearRegression(3, 2), LinearRegression(3, 2)
    with torch.no_grad():
        for values in first.parameters():
            values.uniform_(1.0, 2.0)
    different = not torch.equal(first(samples), second(samples))
    second.load_state_dict(first.state_dict())
    same_twice = torch.equal(first(samples), first(samples))
    same_now = torch.equal(first(samples), second(samples))
    return {
        "two fresh models differ": different,
        "the same after loading": same_now,
        "the same answer twice": same_twice,
        "something is saved": len(first.state_dict()) > 0,
    }


samples = torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, -4.0], [2.0, 2.0, 2.0], [-1.0, -6.0, 0.25]])
torch.set_grad_enabled(True)  # whatever an earlier exercise left behind
observe(
    parameters_of_three_by_two=lambda: counted(3, 2),
    parameters_of_one_by_four=lambda: counted(1, 4),
    parameters_of_fifty_by_one=lambda: counted(50, 1),
    answers_in_shape=lambda: {
        "(4, 3) to 5": tuple(LinearRegression(3, 5)(samples).shape),
        "(4, 3) to 1": tuple(LinearRegression(3, 1)(samples).shape),
        "(1, 3) to 2": tuple(LinearRegression(3, 2)(samples[:1]).shape),
        "hang on a graph": LinearRegression(3, 2)(samples).requires_grad,
    },
    one_by_one=near(lambda: answered(1, 1, 0.5, samples[:, :1]), weight=4),
    bias_alone=lambda: answered(3, 2, 2.25, 0 * samples),
    four_updates=near(four_updates, relative=1e-3, weight=22),
    state_carried_over=near(carried_over, weight=3),
    number_type=lambda: {"dtype": str(all_set(3, 2, 0.5)(samples).dtype)} | counted(2, 2),
    **domains.over(
        lambda x, value: answered(3, 2, value, torch.from_numpy(x)),
        x=domains.arrays((4, 3), many=25).without("zeros", "tiny"),
        value=domains.numbers(0.75, smallest=1e-4, largest=1e4),
    ),
    x_tiny=near(lambda: answered(3, 2, 1e-4, 1e-4 * samples), relative=1e-5, absolute=1e-12),
)
### END HIDDEN TESTS


def check_all(value, inputs, outputs, at):
    """What a model answers, and its trainable numbers, when all its parameters are `value`."""
    own = LinearRegression(inputs, outputs)
    for entries in own.parameters():
        entries.data.fill_(value)
    out = own(torch.tensor(at))
    return {"answers": out.tolist(), "requires_grad": out.requires_grad}


def check_count(inputs, outputs):
    """How many numbers there are to train."""
    own = LinearRegression(inputs, outputs)
    return sum(values.numel() for values in own.parameters() if values.requires_grad)


def check_twice():
    """Whether a model gives the same answer when it is asked twice."""
    own = LinearRegression(2, 2)
    return torch.equal(own(torch.ones(1, 2)), own(torch.ones(1, 2)))


tutor(
    "LinearRegression",
    numbers_to_train_in_4_by_2=expect(lambda: check_count(4, 2), 10),
    numbers_to_train_in_1_by_3=expect(lambda: check_count(1, 3), 6),
    answers_for_two_samples=expect(
        lambda: check_all(0.5, 2, 3, [[1.0, -4.0], [2.0, 5.0]]),
        {"answers": [[-1.0, -1.0, -1.0], [4.0, 4.0, 4.0]], "requires_grad": True},
    ),
    answer_for_zeros=expect(
        lambda: check_all(0.5, 2, 1, [[0.0, 0.0]]), {"answers": [[0.5]], "requires_grad": True}
    ),
    same_answer_twice=expect(lambda: check_twice(), True),
    the_number_type=expect(
        lambda: str(LinearRegression(2, 2)(torch.ones(1, 2)).dtype), "torch.float32"
    ),
)
own = LinearRegression(4, 2)
count = sum(parameter.numel() for parameter in own.parameters())
assert count == 10, f"LinearRegression(4, 2) reports {count} numbers to train, expected 10."
out = own(torch.ones(6, 4))
assert isinstance(out, torch.Tensor), f"forward returned {out}, expected a tensor."
assert tuple(out.shape) == (6, 2), f"6 samples gave shape {tuple(out.shape)}, expected (6, 2)."
assert out.requires_grad, "the answer hangs on no graph, so nothing could be trained."
print("visible checks passed: LinearRegression")

# %% [markdown]
# Put your class to work: two features this time, and the rule y = 3 · first − 2 · second + 1.
# Nothing in `train` has to change. What the model has learned is in its `state_dict`: names and
# tensors, nothing else. That is what you save. On disk you would write
# `torch.save(model.state_dict(), "line.pt")`. Here a buffer in memory stands in for the file, and
# `seek(0)` goes back to its beginning.
#
# **Predict:** three answers to the same sample are printed. Which two are equal? What should they
# be, by the rule, for (2, 1)? Then run.

# %%
features = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
targets = as_column([1.0, 4.0, -1.0, 2.0, 5.0])
torch.manual_seed(7)
trained, fresh = LinearRegression(2, 1), LinearRegression(2, 1)
train(trained, nn.MSELoss(), optim.SGD(trained.parameters(), lr=0.2), features, targets, 300)

buffer = io.BytesIO()
torch.save(trained.state_dict(), buffer)
buffer.seek(0)
with torch.no_grad():
    print(f"trained model: {trained(features)[4].item():.3f}")
    print(f"fresh model: {fresh(features)[4].item():.3f}")
    fresh.load_state_dict(torch.load(buffer))
    print(f"fresh model after loading: {fresh(features)[4].item():.3f}")
print("shapes saved:", sorted(tuple(values.shape) for values in trained.state_dict().values()))

# %% [markdown]
# The code of the class is not in the file. To load, you make the model with the same class first.
#
# ## 8 · The same loop fits a curve
#
# Here is what the work was for. These 30 points lie on a sine. A line cannot follow them. The
# second model puts three parts in a row: 1 number becomes 16 by an `nn.Linear`, each of the 16
# goes through `Tanh` (an S-shaped curve), and a second `nn.Linear` makes one number of them.
# `nn.Sequential` calls them one after the other.
#
# **Predict:** how many parameters does the second model have? (Count weights and biases of both
# linear parts.) And what will the line do? It cannot please all; remember section 2. Then run.

# %%
wave_x = torch.linspace(-3, 3, 30).reshape(-1, 1)  # as `as_column` would
wave_y = torch.sin(wave_x)
torch.manual_seed(0)
models = {
    "line": nn.Linear(1, 1),
    "curve": nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1)),
}
curves, histories = {}, {}
for name, model in models.items():
    optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    histories[name] = train(model, nn.MSELoss(), optimizer, wave_x, wave_y, 400)
    curves[name] = model(wave_x).detach().flatten().numpy()
    count = sum(parameter.numel() for parameter in model.parameters())
    print(f"{name}: {count} parameters, loss {histories[name][-1]:.4f} after 400 epochs")
figures.fit_curves(
    wave_x.flatten().numpy(),
    wave_y.flatten().numpy(),
    curves,
    title="Two models, one loop",
)

# %% [markdown]
# 49 parameters: 16 + 16 in the first part, 16 + 1 in the second. The line settles on the best slope
# that it has. The curve bends through the points, and the loop that bent it is your `train`, with
# not a letter changed. `backward()` found 49 slopes, and `step()` moved 49 numbers. (It has learned
# what lies between −3 and 3. Nothing has told it how the sine goes on: ask it about 6.)
#
# **Your turn.** How few epochs are enough for a loss below 0.01? Change the number in the middle,
# the rate and the momentum; write a model of your own (a second `nn.Tanh`, another `nn.Linear`),
# or a loop that tries several rates and prints a table. **Your goal:** at most 60 epochs.

# %%
torch.manual_seed(0)
attempt = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = optim.SGD(attempt.parameters(), lr=0.05, momentum=0.5)
attempt_losses = train(attempt, nn.MSELoss(), optimizer, wave_x, wave_y, 200)
reached = next((k for k, loss in enumerate(attempt_losses) if loss < 0.01), None)
if reached is None:
    print(f"not below 0.01 in {len(attempt_losses)} epochs")
else:
    print(f"below 0.01 after {reached} epochs:", "there!" if reached <= 60 else "more than 60")

# %% [markdown]
# <details><summary>What gets there? (open it when yours does, or when you are stuck)</summary>
#
# A momentum of 0.9, as in lesson 3, helps much, and so do 32 numbers in the middle in place of 8.
# Neither of the two alone is enough; both together are, and so is 0.9 with a rate of 0.2.
#
# But with 128 in the middle even 0.05 blows up, the rate that you began with. The border has come
# down with every number more, and for such a model nobody can work it out on paper.
#
# </details>
#
# ## In this lesson you…
#
# - put data into `(n, 1)` float32 columns, and met the flat line that comes from `(n,)` against
#   `(n, 1)`;
# - wrote `sgd_step`, and so know that the optimizer only reads `.grad` and moves parameters;
# - trained with *model → loss and optimizer → loop*, and took f(60) from 54.5764 to 119.7146;
# - saw `w` settle on the floor of a valley in 10 epochs while `b` crawls, because that floor is
#   flat;
# - wrote a model class, and carried its `state_dict` into a fresh model;
# - fitted a curve with the loop that you wrote for a line.
#
# **Where next.** Lesson 5, *How far may one step go?*, finds the largest learning rate before you
# run into it, and gets `b` moving.
