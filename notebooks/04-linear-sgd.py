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
# *Aim: train a line with PyTorch's own parts, and know what each part does in your place.*
#
# **About 90 minutes.**
#
# You will be able to
#
# - bring data into the shape that `nn.Linear` expects, and say why it expects it;
# - write the training loop *model → loss and optimizer → loop* that fits any model;
# - write by hand what `optimizer.step()` and `optimizer.zero_grad()` do;
# - write a model class of your own, and save and load what it has learned;
# - spot the shape mistake that trains a flat line.
#
# **Before you start.** You need lessons 1 to 3: the mean gradient, `backward()`,
# `torch.no_grad()`, and the reason why a gradient has to be cleared. For section 8 you need to have
# seen a Python class with `__init__` and `self`.
#
# As in lessons 1 and 2, one *epoch* is one pass over the data, and it makes exactly one update,
# because the loss is always taken over all the data at once ("full-batch").

# %%
import io
import warnings

import numpy as np
import torch
from torch import nn, optim

from slopewise import figures

# %% [markdown]
# ## 1 · One row a sample, one column a feature
#
# In lessons 1 and 2 the model was `w * x`. Now it is `w * x + b`. The new number `b` is called the
# **bias**: it moves the whole line up or down. PyTorch has this model ready made. `nn.Linear(1, 1)`
# means *one number in, one number out*. (`nn` stands for neural networks.)
#
# `nn.Linear` starts with random numbers. `torch.manual_seed(0)` makes them the same in every run.
#
# **Predict:** we hand it three numbers in a tensor of shape `(3,)`. What comes back? Then run.

# %%
torch.manual_seed(0)
line = nn.Linear(1, 1)
try:
    print(line(torch.tensor([1.0, 2.0, 3.0])))
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# One measurement is called a *sample*, and each number that belongs to it a *feature*. `nn.Linear`
# took your three numbers for *one* sample with three features. It looks at the last axis, and that
# one counts the features. So three samples of one feature are a **column**, `(3, 1)`.
#
# **Predict:** which of these three columns does it accept? The first holds decimals, the second
# whole numbers, the third decimals from NumPy. Then run.

# %%
from_numpy = torch.from_numpy(np.array([[1.0], [2.0], [3.0]]))
for column in (torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([[1], [2], [3]]), from_numpy):
    try:
        print(column.dtype, "->", tuple(line(column).shape))
    except RuntimeError as error:
        print(column.dtype, "-> RuntimeError:", error)

# %% [markdown]
# The model's numbers are `float32`, and the data must be `float32`, too. Whole numbers are
# refused, and so is NumPy's `float64`.
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
# **Exercise `as_column` (2 points).** Write the function that brings data into this form: a
# `float32` column.


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
from slopewise import near, observe


def told_column(column):
    if not isinstance(column, torch.Tensor):
        return column
    return column.detach().tolist(), tuple(column.shape), str(column.dtype)


seven_whole = [4, -1, 0, 9, 2, 6, 5]
decimals = np.array([0.5, -2.25, 8.0])
whole_array = np.array([3, 1, 4, 1])
flat_tensor = torch.tensor([2.5, -0.75])
whole_tensor = torch.tensor([11, 7, 5])
whole_then_decimals = [2, 3.625, -0.375, 6.5]
many_digits = [0.0123457, 3.14159, -0.677391, 0.000271828]
observe(
    list_of_whole_numbers=lambda: told_column(as_column(seven_whole)),
    float64_array=lambda: told_column(as_column(decimals)),
    array_of_whole_numbers=lambda: told_column(as_column(whole_array)),
    tensor_of_two=lambda: told_column(as_column(flat_tensor)),
    tensor_of_whole_numbers=lambda: told_column(as_column(whole_tensor)),
    a_single_value=lambda: told_column(as_column([-6.5])),
    whole_number_first=lambda: told_column(as_column(whole_then_decimals)),
    many_digits=near(lambda: told_column(as_column(many_digits)), relative=1e-5, absolute=1e-9),
)
### END HIDDEN TESTS
for values in ([1, 2, 3], np.array([0.5, 1.5]), torch.tensor([1.0, 2.5, 3.0, 4.0])):
    column = as_column(values)
    kind, n = type(values).__name__, len(values)
    assert column is not None, "as_column returned None: did you forget a return?"
    assert isinstance(column, torch.Tensor), (
        f"as_column of a {kind} returned a {type(column).__name__}, expected a torch.Tensor."
    )
    assert tuple(column.shape) == (n, 1), (
        f"as_column of {n} numbers has shape {tuple(column.shape)}, expected ({n}, 1): "
        "one row a sample, one column for the feature."
    )
    assert column.dtype == torch.float32, (
        f"as_column of a {kind} has dtype {column.dtype}, expected torch.float32: "
        "whole numbers and float64 have to be converted."
    )
    assert column.flatten().tolist() == [float(value) for value in values], (
        f"{values} came back as {column.flatten().tolist()}: the values changed. Were they cut to "
        "whole numbers?"
    )
print("visible checks passed: list, array and tensor come out as float32 columns")

# %% [markdown]
# From here on the lesson works with this data: x = 10 … 50, y = 2x, as columns.

# %%
x = torch.tensor([[10.0], [20.0], [30.0], [40.0], [50.0]])
y = 2 * x
print("x:", tuple(x.shape), " y:", tuple(y.shape))

# %% [markdown]
# ## 2 · The model keeps its own numbers
#
# In lesson 2 you made `w` yourself. `nn.Linear` makes its own: a `weight` and a `bias`, chosen at
# random. They are **parameters**: leaf tensors with `requires_grad=True` that the model knows by
# name. A model, or a part of one, is called a *module* in PyTorch.
#
# **Predict:** how many numbers does `nn.Linear(3, 2)` hold? (Three in, two out.) Then run.

# %%
torch.manual_seed(0)
wide = nn.Linear(3, 2)
for name, parameter in wide.named_parameters():
    print(f"{name}: shape {tuple(parameter.shape)}, {parameter.numel()} numbers,", end=" ")
    print(f"leaf: {parameter.is_leaf}, requires_grad: {parameter.requires_grad}")

# %% [markdown]
# Eight. The weight has one *row* for each output: shape `(out, in)`.
#
# Now by hand. Every output is the sum of the inputs times its row, plus its bias. In code, `@`
# multiplies and sums, and `.T` turns the rows of the weight into columns, as `@` needs them.
# `.detach().numpy()` takes plain numbers out of a result that hangs on a graph.
#
# **Predict:** two outputs, so two numbers a line. Will the lines agree? Then run.

# %%
sample = torch.tensor([[1.0, 10.0, 100.0]])
print("by nn.Linear:", wide(sample).detach().numpy().round(3))
print("by hand:     ", (sample @ wide.weight.T + wide.bias).detach().numpy().round(3))

# %% [markdown]
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
# **Exercise `make_model` (2 points).** A line with the weight and bias that you choose.


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
from slopewise import near, observe


def made_anew(weight, bias):
    torch.manual_seed(11)  # what is left at random is the same in every run
    return make_model(weight, bias)


def told_parameters(model):
    return [
        (name, values.detach().tolist(), str(values.dtype), values.requires_grad, values.is_leaf)
        for name, values in sorted(model.named_parameters())
    ]


def told_kind(model):
    return isinstance(model, nn.Linear), sorted(model.state_dict()), model.weight.tolist()


def moved_by_one_update(model):
    at = torch.tensor([[1.0], [-2.0]])
    (model(at) ** 2).sum().backward()
    optim.SGD(model.parameters(), lr=0.25).step()
    return model.weight.tolist(), model.bias.tolist()


def first_of_two():
    first = made_anew(-4.5, 0.25)
    make_model(1.25, 8.0)
    return first.weight.tolist(), first.bias.tolist()


outside = torch.tensor([[3.0], [0.0], [-1.0]])
observe(
    parameters=lambda: told_parameters(made_anew(-1.75, 6.5)),
    kind_of_model=lambda: told_kind(made_anew(0.375, -3.0)),
    answers_to_a_column=lambda: made_anew(2.5, -0.5)(outside).detach().tolist(),
    moved_by_an_update=lambda: moved_by_one_update(made_anew(1.5, 0.75)),
    first_of_two_models=first_of_two,
    many_digits=near(
        lambda: told_parameters(made_anew(0.0123457, -3.14159)), relative=1e-5, absolute=1e-9
    ),
)
### END HIDDEN TESTS
model = make_model(0.5, -3.0)
assert model is not None, "make_model returned None: did you forget a return?"
assert isinstance(model, nn.Linear), f"make_model returned a {type(model).__name__}, not nn.Linear"
assert model.bias is not None, "the model has no bias: leave nn.Linear's bias switched on"
shapes = (tuple(model.weight.shape), tuple(model.bias.shape))
assert shapes == ((1, 1), (1,)), (
    f"weight and bias have the shapes {shapes}, expected (1, 1) and (1,): "
    "write into the parameters that are there."
)
assert (model.weight.item(), model.bias.item()) == (0.5, -3.0), (
    f"weight {model.weight.item()}, bias {model.bias.item()}, expected 0.5 and -3.0: "
    "are both arguments used, and in this order?"
)
assert all(parameter.requires_grad for parameter in (model.weight, model.bias)), (
    "the parameters are constants (requires_grad is False), so nothing could train them."
)
print("visible checks passed: weight and bias are set and trainable")

# %% [markdown]
# ## 3 · Ask the model
#
# The model takes a column and gives a column. We often want one number: f(60). It goes in as a
# column of shape `(1, 1)` and comes out as a Python float. Asking is not training, so no graph is
# needed.
#
# **Predict:** what is the difference between the two lines? Then run.

# %%
print("graph:", line(torch.tensor([[2.0]])).requires_grad)
with torch.no_grad():
    print("graph under no_grad:", line(torch.tensor([[2.0]])).requires_grad)

# %% [markdown]
# **Exercise `predict` (2 points).**


# %% exercise="predict"
def predict(model, value):
    """Return the model's answer to one value as a float, so without a graph.

    model: an nn.Linear(1, 1). value: float
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        return model(torch.tensor([[value]])).item()
    ### END SOLUTION


# %% check="predict" points=2
### BEGIN HIDDEN TESTS
import torch
from torch import nn
from slopewise import observe


def drawn(seed):
    torch.manual_seed(seed)
    return nn.Linear(1, 1)


def after_another_question():
    made = drawn(21)
    predict(drawn(22), 2.0)
    return predict(made, 6.0)


def model_afterwards():
    made = drawn(23)
    answer = predict(made, -4.0)
    return answer, [
        (values.requires_grad, values.grad, str(values.dtype), values.tolist())
        for values in made.parameters()
    ]


def recording_afterwards():
    made = drawn(24)
    with torch.enable_grad():
        answer = predict(made, 11.0)
        return answer, torch.is_grad_enabled()


observe(
    a_line=lambda: predict(drawn(26), 7.0),
    a_decimal=lambda: predict(drawn(27), 0.12345),
    second_model=after_another_question,
    model_afterwards=model_afterwards,
    recording_afterwards=recording_afterwards,
)
### END HIDDEN TESTS
torch.manual_seed(1)
asked = nn.Linear(1, 1)
answer = predict(asked, 3.5)
assert answer is not None, "predict returned None: did you forget a return?"
assert not isinstance(answer, str), "predict returned a string: return the number, print it later"
assert np.ndim(answer) == 0, (
    f"predict returned shape {np.shape(answer)}, expected a single number: .item() takes it out."
)
by_hand = asked.weight.item() * 3.5 + asked.bias.item()
assert not getattr(answer, "requires_grad", False), "predict returned a tensor inside a graph"
assert abs(float(answer) - by_hand) < 1e-4, (
    f"predict returned {float(answer):.4f}, expected {by_hand:.4f}, that is weight * 3.5 + bias"
)
print("visible checks passed: one number out, no graph")

# %% [markdown]
# The run of this lesson starts from weight 0.902545 and bias 0.423674. They are fixed, so that
# everyone sees the same log.
#
# **Predict** f(60) by hand first: about how much is 0.9 · 60 + 0.4? Then run.

# %%
print(f"f(60) before training: {predict(make_model(0.902545, 0.423674), 60.0):.4f}")

# %% [markdown]
# The truth is 2 · 60 = 120, so there is work to do.
#
# ## 4 · Loss and optimizer
#
# Two more parts take over what you wrote by hand:
#
# - `nn.MSELoss()` is your `mse`: the mean of the squared differences, over all entries;
# - `optim.SGD(parameters, lr=…)` holds the parameters and the learning rate, and does the update.
#   SGD is *stochastic gradient descent*. Stochastic means random: it is often fed a random part of
#   the data. We feed it all.
#
# The order of arguments is `(input, target)`: what the model said, then what is true.
#
# **Predict:** does MSELoss change when you swap the two? Does `nn.BCELoss`, the loss for yes/no
# answers? Then run.

# %%
said, true = torch.tensor([0.9]), torch.tensor([1.0])
for loss_function in (nn.MSELoss(), nn.BCELoss()):
    there, swapped = loss_function(said, true).item(), loss_function(true, said).item()
    print(f"{type(loss_function).__name__}: (input, target) {there:.4f}, swapped {swapped:.4f}")

# %% [markdown]
# A square does not know the sign, so MSELoss is symmetric and forgives the swap. BCELoss does
# not. Keep to `(input, target)` from the first day.
#
# Now one single update in slow motion. The gradient has two parts now, one for each parameter: how
# the loss changes when only `w` moves, and when only `b` moves. These are called *partial
# derivatives*.
#
# **Predict:** `nn.Linear(1, 1)` draws both of its numbers between −1 and 1, so its line lies below
# all our points. Which signs will the two gradients have? Then run.

# %%
torch.manual_seed(0)
line = nn.Linear(1, 1)
loss_function = nn.MSELoss()
optimizer = optim.SGD(line.parameters(), lr=0.0003)
loss = loss_function(line(x), y)
loss.backward()
print(f"w = {line.weight.item():.5f}, its gradient {line.weight.grad.item():.3f}")
print(f"b = {line.bias.item():.5f}, its gradient {line.bias.grad.item():.3f}")

# %% [markdown]
# **Predict** the new `w`: old w − 0.0003 · gradient. A rough figure will do. Then run.

# %%
optimizer.step()
print(f"w = {line.weight.item():.5f}, b = {line.bias.item():.5f}")
print("gradient still there:", line.weight.grad is not None)
optimizer.zero_grad()
print("gradient after zero_grad():", line.weight.grad)

# %% [markdown]
# Three things to keep:
#
# - `step()` reads the gradients and moves the parameters. It computes no gradient itself.
# - `step()` does not clear. `zero_grad()` does, and sets the gradient to `None`.
# - The loss never met the optimizer. What they share is the parameters: `backward()` writes
#   `.grad`, `step()` reads it.
#
# ## 5 · The loop
#
# The whole of training is three parts: **model → loss and optimizer → loop**. You have seen every
# call of the loop. Now put them in a function that knows nothing about lines: it gets the model,
# the loss function and the optimizer as arguments.
#
# One thing to decide: where does the clearing go? Lesson 2 showed the one place where it must not
# go.
#
# **Exercise `train` (5 points).**


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
from slopewise import near, observe


def set_up(inputs=1, rate=0.02, momentum=0.0):
    made = nn.Linear(inputs, 1)
    made.load_state_dict({"weight": torch.full((1, inputs), 0.25), "bias": torch.tensor([-1.5])})
    return made, optim.SGD(made.parameters(), lr=rate, momentum=momentum)


def told_weights(made):
    return [values.detach().flatten().tolist() for values in made.parameters()]


def lopsided(input, target):
    return ((input - 3 * target) ** 2).mean()


def sum_of_squares(input, target):
    return ((input - target) ** 2).sum()


def told_losses(losses):
    return list(losses) if hasattr(losses, "__len__") else losses


def asked_train(loss_function, n_epochs, **options):
    made, steps = set_up(**options)
    losses = train(made, loss_function, steps, three_x.clone(), three_y.clone(), n_epochs)
    return told_losses(losses), told_weights(made)


def none_then_one():
    made, steps = set_up()
    none = train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 0)
    still = told_weights(made)
    one = train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 1)
    return told_losses(none), still, told_losses(one)


def resumed_train():
    made, steps = set_up()
    train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 2)
    return told_losses(train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 3))


def two_features():
    made, steps = set_up(inputs=2)
    losses = train(made, nn.MSELoss(), steps, pairs.clone(), three_y.clone(), 3)
    return told_losses(losses), told_weights(made)


class CountingSGD(optim.SGD):
    n_steps = 0

    def step(self, closure=None):
        self.n_steps += 1
        return super().step(closure)


def another_model():
    torch.manual_seed(31)
    made = nn.Sequential(nn.Linear(1, 2), nn.Tanh(), nn.Linear(2, 1))
    steps = optim.SGD(made.parameters(), lr=0.03)
    losses = train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 4)
    return told_losses(losses), told_weights(made)


def losses_as_numbers():
    made, steps = set_up()
    losses = train(made, nn.MSELoss(), steps, three_x.clone(), three_y.clone(), 2)
    return [(float(loss), isinstance(loss, torch.Tensor)) for loss in losses]


def updates_asked_of_the_optimizer():
    made, _ = set_up()
    counting = CountingSGD(made.parameters(), lr=0.02)
    train(made, nn.MSELoss(), counting, three_x.clone(), three_y.clone(), 3)
    return counting.n_steps


three_x = torch.tensor([[1.0], [-2.0], [4.0]])
three_y = torch.tensor([[5.0], [1.0], [2.5]])
pairs = torch.tensor([[1.0, 0.5], [-2.0, 3.0], [4.0, 1.0]])
torch.set_grad_enabled(True)  # whatever an earlier exercise left behind
observe(
    four_epochs=lambda: asked_train(nn.MSELoss(), 4)[0],
    weights_after_five=lambda: asked_train(nn.MSELoss(), 5)[1],
    lopsided_loss=lambda: asked_train(lopsided, 3),
    summed_loss=lambda: asked_train(sum_of_squares, 3, rate=0.01),
    with_momentum=near(lambda: asked_train(nn.MSELoss(), 5, momentum=0.5), relative=1e-3),
    none_then_one_epoch=none_then_one,
    resumed=resumed_train,
    two_features=two_features,
    steps_of_the_optimizer=updates_asked_of_the_optimizer,
    another_model=near(another_model, relative=1e-3),
    rate_too_large=near(lambda: asked_train(nn.MSELoss(), 4, rate=0.3), relative=1e-3),
    losses_as_numbers=losses_as_numbers,
)
### END HIDDEN TESTS
torch.manual_seed(2)
check_x, check_y = torch.tensor([[1.0], [2.0], [4.0]]), torch.tensor([[3.0], [6.0], [12.0]])
trained = nn.Linear(1, 1)
w, b = trained.weight.item(), trained.bias.item()
losses_by_hand = []  # the same three epochs with the formulas of lesson 1, at rate 0.05
for _ in range(3):
    difference = w * check_x + b - check_y
    losses_by_hand.append((difference**2).mean().item())
    w = w - 0.05 * (2 * check_x * difference).mean().item()
    b = b - 0.05 * (2 * difference).mean().item()
optimizer = optim.SGD(trained.parameters(), lr=0.05)
losses = train(trained, nn.MSELoss(), optimizer, check_x, check_y, 3)
assert losses is not None, "train returned None: did you forget a return?"
assert hasattr(losses, "__len__"), (
    f"train returned a single {type(losses).__name__}, expected a list with one loss an epoch"
)
assert len(losses) == 3, f"train returned {len(losses)} losses for 3 epochs: one loss an epoch."
assert not any(getattr(loss, "requires_grad", False) for loss in losses), (
    "the losses are tensors that still hold their graph: keep loss.item() instead"
)
shown = [round(float(loss), 4) for loss in losses]
expected = [round(loss, 4) for loss in losses_by_hand]
assert abs(losses[0] - losses_by_hand[0]) < 1e-3, (
    f"the losses are {shown}, expected {expected}: is each loss taken before its update?"
)
assert abs(losses[1] - losses_by_hand[1]) < 1e-3, (
    f"the losses are {shown}, expected {expected}: only the first is right. If they stay the same, "
    "nothing moved: is step() called, after backward() and before the gradient is cleared?"
)
assert abs(losses[2] - losses_by_hand[2]) < 1e-3, (
    f"the losses are {shown}, expected {expected}: the third goes wrong. Is the gradient cleared "
    "in every epoch?"
)
ended = np.array([trained.weight.item(), trained.bias.item()])
assert np.allclose(ended, [w, b], atol=1e-3), (
    f"the model ended at w = {trained.weight.item():.4f}, b = {trained.bias.item():.4f}, "
    f"expected {w:.4f} and {b:.4f}: three epochs are three updates."
)
print("visible checks passed: losses and parameters follow the formulas of lesson 1")

# %% [markdown]
# Now the run. `watch` calls your `train` one epoch at a time, so that we see `w` and `b` between
# the updates.
#
# **Predict:** after 5 epochs, how near will `w` be to 2? And `b` to 0? Then run.


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
# From 54.5764 to 119.7146: close, but not 120. Look at the two columns again. After 10 epochs `w`
# has settled, at 1.988 and not at 2. And `b` then changes by only 0.0002 or so from one line to the
# next. Section 7 says why.
#
# **Predict:** the trained line is not quite the right one. Will you see that in a picture? Then
# run.

# %%
model = make_model(0.902545, 0.423674)
before = (model.weight.item(), model.bias.item())
train(model, nn.MSELoss(), optim.SGD(model.parameters(), lr=0.0003), x, y, 100)
after = (model.weight.item(), model.bias.item())
figures.fit_line(
    x.flatten().numpy(),
    y.flatten().numpy(),
    {"before": before, "after 100 epochs": after},
    title="Five points, and the line before and after training",
)

# %% [markdown]
# You will not. The dashed line seems to pass through all five points. It is the log that shows what
# is missing.
#
# ## 6 · What SGD does
#
# You can write `optimizer.step()` yourself. It goes through the parameters it holds. If a parameter
# has a gradient, it moves the parameter against it. If it has none (`grad is None`), it leaves the
# parameter alone.
#
# **Predict:** two parameters, and only `used` is in the loss. What is `unused.grad`? Then run.

# %%
used = torch.tensor([3.0], requires_grad=True)
unused = torch.tensor([4.0], requires_grad=True)
(used**2).sum().backward()
print("used.grad:", used.grad, " unused.grad:", unused.grad)

# %% [markdown]
# A detail of Python: `model.parameters()` is a *generator*. It hands out the parameters one after
# the other, while you go through it.
#
# **Predict:** the cell goes through the same generator twice. How many parameters does it find each
# time? Then run.

# %%
parameters = nn.Linear(3, 2).parameters()
print("first time:", len(list(parameters)), " second time:", len(list(parameters)))

# %% [markdown]
# The second time it is empty. You can go through a generator only once.
#
# **Exercise `sgd_step` (4 points).** The update and the clearing, by hand. You did it for one
# tensor in lesson 2; now for any number of them, of any shape.


# %% exercise="sgd_step"
def sgd_step(parameters, learning_rate):
    """Do what optim.SGD's step() and then zero_grad() do; return None.

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
from slopewise import observe


def leaves(*pairs):
    made = []
    for values, gradient in pairs:
        leaf = torch.tensor(values, requires_grad=True)
        leaf.grad = None if gradient is None else torch.tensor(gradient)
        made.append(leaf)
    return made


def cleared(leaf):
    return leaf.grad is None or not bool(leaf.grad.any())


def two_leaves():
    made = leaves(([1.0, -2.0, 3.0], [4.0, 0.5, -8.0]), ([[6.0]], [[-3.0]]))
    sgd_step(made, 0.25)
    return [leaf.tolist() for leaf in made]


def from_a_generator():
    made = leaves(([2.0], [1.5]), ([-1.0, 7.0], [3.0, -2.0]))
    sgd_step((leaf for leaf in made), 0.5)
    return [(leaf.tolist(), cleared(leaf)) for leaf in made]


def some_without_gradient():
    made = leaves(([9.0], None), ([1.0, 2.0], [5.0, -5.0]), ([4.0], None), ([8.0], [2.0]))
    sgd_step(made, 0.125)
    return [leaf.tolist() for leaf in made], made[0].grad is None, made[2].grad is None


def stays_the_same_leaf():
    (leaf,) = made = leaves(([5.0], [10.0]))
    sgd_step(made, 0.0625)
    return made[0] is leaf, leaf.is_leaf, leaf.requires_grad, leaf.grad_fn, leaf.tolist()


def three_steps_of_a_model():
    made = nn.Linear(3, 2)
    for values in made.parameters():
        values.data.fill_(0.5)
    at = torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]])
    for _ in range(3):
        (made(at) ** 2).mean().backward()
        sgd_step(made.parameters(), 0.05)
    return [values.detach().tolist() for values in made.parameters()]


def gradients_cleared():
    made = leaves(([3.0, 1.0], [2.0, -6.0]), ([0.5], [1.0]))
    sgd_step(made, 0.75)
    return [(cleared(leaf), leaf.tolist()) for leaf in made]


def a_zero_in_the_gradient():
    made = leaves(([1.0, 2.0, 3.0], [4.0, 0.0, -2.0]), ([[5.0], [6.0]], [[0.0], [3.0]]))
    sgd_step(made, 0.5)
    return [(leaf.tolist(), cleared(leaf)) for leaf in made]


def what_comes_back():
    made = leaves(([7.0], [2.0]), ([-3.0], None))
    returned = sgd_step(made, 0.25)
    return returned is None, [leaf.tolist() for leaf in made]


def same_gradient_twice():
    (leaf,) = leaves(([2.0], None))
    for _ in range(2):
        (7 * leaf).sum().backward()
        sgd_step([leaf], 0.03125)
    return leaf.tolist()


torch.set_grad_enabled(True)  # whatever an earlier exercise left behind
observe(
    two_leaves=two_leaves,
    from_a_generator=from_a_generator,
    some_without_gradient=some_without_gradient,
    stays_the_same_leaf=stays_the_same_leaf,
    three_steps_of_a_model=three_steps_of_a_model,
    gradients_cleared=gradients_cleared,
    same_gradient_twice=same_gradient_twice,
    a_zero_in_the_gradient=a_zero_in_the_gradient,
    what_comes_back=what_comes_back,
)
### END HIDDEN TESTS
used = torch.tensor([3.0, -1.0], requires_grad=True)
unused = torch.tensor([4.0], requires_grad=True)
(used**2).sum().backward()  # the gradient of used is [6, -2]
sgd_step((parameter for parameter in (unused, used)), 0.1)  # a generator, as from a model
expected = torch.tensor([2.4, -0.8])
assert torch.allclose(used.detach(), expected, atol=1e-5), (
    f"used is {used.tolist()}, expected [2.4, -0.8]. [3, -1]: nothing moved (was it a new tensor, "
    "or a cleared gradient?); [3.6, -1.2]: it went uphill."
)
assert unused.item() == 4.0, f"unused moved to {unused.item()}, but it has no gradient"
assert unused.grad is None, f"unused had no gradient and has one now: {unused.grad}"
assert (used.is_leaf, used.requires_grad) == (True, True), "used must stay a trainable leaf"
assert used.grad is None or not used.grad.any(), (
    f"the gradient is still {used.grad}: clear it after the move. (Did you go through the "
    "generator twice?)"
)
print("visible checks passed: moved downhill, cleared, and left alone what has no gradient")

# %% [markdown]
# Your step against PyTorch's, for 20 epochs from the same start.
#
# **Predict:** in which digit do they part? Then run.

# %%
by_hand, by_sgd = make_model(0.902545, 0.423674), make_model(0.902545, 0.423674)
optimizer = optim.SGD(by_sgd.parameters(), lr=0.0003)
for _ in range(20):
    nn.MSELoss()(by_hand(x), y).backward()
    sgd_step(by_hand.parameters(), 0.0003)
    train(by_sgd, nn.MSELoss(), optimizer, x, y, 1)
print(f"sgd_step:  w = {by_hand.weight.item():.5f}, b = {by_hand.bias.item():.5f}")
print(f"optim.SGD: w = {by_sgd.weight.item():.5f}, b = {by_sgd.bias.item():.5f}")

# %% [markdown]
# In none of the five decimals shown. There is no more to plain SGD than your few lines.
#
# ## 7 · Why w settles in 10 epochs while b crawls
#
# Both parameters share one learning rate. At the start their gradients are of very different size,
# because the gradient of `w` carries a factor x (10 to 50 here) and that of `b` does not:
#
# - gradient of w: mean of 2 · **x** · (y_pred − y)
# - gradient of b: mean of 2 · (y_pred − y)
#
# **Predict:** at the start the predictions are about 32.5 too low on average. How large is the
# gradient of `b`, and roughly how many times larger is that of `w`? Then run.

# %%
w, b = 0.902545, 0.423674
difference = w * x + b - y
print(f"mean difference: {difference.mean().item():.3f}")
print(f"gradient of w: {(2 * x * difference).mean().item():.3f}")
print(f"gradient of b: {(2 * difference).mean().item():.3f}")

# %% [markdown]
# The one of `w` is about 37 times larger: more than mean(x) = 30, because the points far out have
# both the larger x and the larger error.
#
# The next picture is a map of the loss over all pairs (w, b). The darker the colour, the higher the
# loss; along the border between two colours the loss is the same. You see a valley. Its walls are
# steep along `w`. Its floor is almost level along `b`. Each dot of the path is one epoch.
#
# **Predict:** where will most of the 100 dots lie? Then run.

# %%
model = make_model(0.902545, 0.423674)
rows = watch(model, optim.SGD(model.parameters(), lr=0.0003), x, y, 100)
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
# there is hardly any slope. So nearly all the dots lie on one spot, near (1.99, 0.45). The star at
# (2, 0) is far away.
#
# Where exactly is the floor? For a given `b`, the best `w` makes the gradient of `w` zero. With
# y = 2x, the error y_pred − y is (w − 2) · x + b. Multiply it by x and take the mean. That must be
# zero:
#
# (w − 2) · mean(x²) + b · mean(x) = 0, so w = 2 − b · mean(x) / mean(x²)
#
# **Predict:** take the b of epoch 10, 0.45278. With mean(x) = 30 and mean(x²) = 1100, what is the
# best `w`? Then run.

# %%
b = 0.45278
floor_w = 2 - b * x.mean().item() / (x**2).mean().item()
on_the_floor = floor_w * x + b - y
print(f"best w for this b: {floor_w:.5f}")
print(f"gradient of b there: {(2 * on_the_floor).mean().item():.5f}")
print(f"one update moves b by {0.0003 * (2 * on_the_floor).mean().item():.6f}")

# %% [markdown]
# The run was at 1.98763 in epoch 10 and at 1.98766 in epoch 15: it stands on the floor. So `w` is
# right *for this b*; it can reach 2 only as `b` reaches 0. And `b` needs thousands of updates of
# that size.
#
# **Predict:** the cell runs 1600 epochs. At a steady 0.000049 an epoch, how far would `b` come down
# from 0.45278? Will it come that far? Then run.

# %%
model = make_model(0.902545, 0.423674)
train(model, nn.MSELoss(), optim.SGD(model.parameters(), lr=0.0003), x, y, 1600)
print(f"after 1600 epochs: w = {model.weight.item():.3f}, b = {model.bias.item():.3f}")
print(f"f(60) = {predict(model, 60.0):.3f}")
print(f"at the first pace b would be {0.45278 - 1600 * 0.000049:.3f}")

# %% [markdown]
# It did not even come that far: the pace falls with `b`. After 1600 epochs `b` is still at 0.381:
# five sixths of 0.45278 are left.
#
# A larger rate is no way out: both share it, and `w` blows up first. At 0.001 it did so in lesson
# 1, and 0.001 would not even be four times as fast for `b`. Lesson 5 makes this exact, and cures
# it.
#
# ## 8 · A model class of your own, saved and loaded
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
# requires grad. **Predict** how many parameters the model reports, then run.


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
# **Exercise `LinearRegression` (3 points).** A linear model as a class of your own. You may use
# `nn.Linear` inside.


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
from slopewise import near, observe


def all_set(inputs, outputs, value):
    made = LinearRegression(inputs, outputs)
    found = list(made.parameters())
    if not found:
        raise ValueError("the model reports no parameters")
    for values in found:
        values.data.fill_(value)
    return made


def counted(inputs, outputs):
    made = LinearRegression(inputs, outputs)
    return (
        isinstance(made, nn.Module),
        sum(values.numel() for values in made.parameters()),
        all(values.requires_grad for values in made.parameters()),
    )


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
    return different, same_now, same_twice, len(first.state_dict()) > 0


samples = torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, -4.0], [2.0, 2.0, 2.0], [-1.0, -6.0, 0.25]])
torch.set_grad_enabled(True)  # whatever an earlier exercise left behind
observe(
    parameters_of_three_by_two=lambda: counted(3, 2),
    parameters_of_one_by_four=lambda: counted(1, 4),
    answers_in_shape=lambda: [
        tuple(LinearRegression(3, 5)(samples).shape),
        tuple(LinearRegression(3, 1)(samples).shape),
        tuple(LinearRegression(3, 2)(samples[:1]).shape),
    ],
    weighted_sum=lambda: all_set(3, 2, 0.75)(samples).detach().tolist(),
    bias_alone=lambda: all_set(3, 2, 2.25)(0 * samples).detach().tolist(),
    four_updates=near(four_updates, relative=1e-3),
    state_carried_over=carried_over,
    large_numbers=lambda: all_set(3, 2, 75.0)(100 * samples).detach().tolist(),
    number_type=lambda: str(all_set(3, 2, 0.5)(samples).dtype),
)
### END HIDDEN TESTS
torch.manual_seed(3)
own = LinearRegression(4, 2)
count = sum(parameter.numel() for parameter in own.parameters())
assert count == 10, (
    f"LinearRegression(4, 2) reports {count} numbers to train, expected 10: 8 weights and "
    "2 biases. Are they made in __init__ and kept as attributes?"
)
out = own(torch.randn(6, 4))
assert out is not None, "forward returned None: did you forget a return?"
assert isinstance(out, torch.Tensor), f"forward returned a {type(out).__name__}, not a tensor"
assert tuple(out.shape) == (6, 2), f"6 samples gave shape {tuple(out.shape)}, expected (6, 2)"
assert out.requires_grad, "the answer hangs on no graph, so nothing could be trained"
zero, one = own(torch.zeros(1, 4)), own(torch.ones(1, 4))
assert torch.allclose(own(-torch.ones(1, 4)) - zero, zero - one, atol=1e-5), (
    "going from 0 to x and from 0 to -x should change the answer by the same amount, in opposite "
    "directions: does forward do more than a weighted sum plus a bias?"
)
print("visible checks passed: 10 numbers to train, (6, 4) in, (6, 2) out, linear")

# %% [markdown]
# What a model has learned is in its `state_dict`: names and tensors, nothing else. That is what you
# save. On disk you would write `torch.save(model.state_dict(), "line.pt")`. Here a buffer in memory
# stands in for the file, and `seek(0)` goes back to its beginning.
#
# **Predict:** three answers to 60 are printed. Which two are equal? (`line` had one update in
# section 4.) Then run.

# %%
buffer = io.BytesIO()
torch.save(line.state_dict(), buffer)
buffer.seek(0)

torch.manual_seed(7)
fresh = nn.Linear(1, 1)
sixty = torch.tensor([[60.0]])
with torch.no_grad():
    print(f"saved model: {line(sixty).item():.3f}, fresh model: {fresh(sixty).item():.3f}")
    fresh.load_state_dict(torch.load(buffer))
    print(f"fresh model after loading: {fresh(sixty).item():.3f}")
print("names:", list(line.state_dict()))

# %% [markdown]
# The code of the class is not in the file. To load, you make the model with the same class first.
#
# ## 9 · The trap: (n,) against (n, 1)
#
# The last mistake of this lesson raises no error, so it is easy to miss. First the rule it comes
# from.
#
# When two tensors of different shape meet, PyTorch *broadcasts*: it lines the shapes up at their
# **right** end. An axis of size 1, or one that is missing, is stretched to fit the other.
#
# **Predict** the three shapes, then run.

# %%
print(tuple((torch.zeros(4, 3) - torch.zeros(3)).shape))
print(tuple((torch.zeros(4, 3) - torch.zeros(4, 1)).shape))
print(tuple((torch.zeros(3, 1) - torch.zeros(3)).shape))

# %% [markdown]
# The third is the trap: a column minus a flat tensor is a *square*. Take three predictions as a
# column and three targets, flat.
#
# **Predict** the top row of the difference, then run.

# %%
column, flat = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([10.0, 20.0, 30.0])
print(column - flat)

# %% [markdown]
# Every prediction is compared with *every* target: 1 with 10, 20 and 30, and so on. No prediction
# can please all of them.
#
# **Exercise `broadcast_shape` (2 points).**


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
from slopewise import observe

observe(
    column_and_flat=lambda: (broadcast_shape((7, 1), (7,)), broadcast_shape((6,), (6, 1))),
    column_and_row=lambda: (broadcast_shape((2, 1), (1, 9)), broadcast_shape((1, 8), (5, 1))),
    table_and_flat=lambda: (broadcast_shape((6, 2), (2,)), broadcast_shape((5,), (3, 5))),
    three_axes=lambda: (broadcast_shape((5, 1, 3), (2, 3)), broadcast_shape((2, 1), (4, 1, 6))),
    single_number=lambda: (broadcast_shape((), (2, 5)), broadcast_shape((8, 1), ())),
    same_and_one=lambda: (broadcast_shape((3, 2), (3, 2)), broadcast_shape((1,), (11,))),
    ones_in_front=lambda: (broadcast_shape((1, 3), (1, 3)), broadcast_shape((1, 1, 7), (7,))),
)
### END HIDDEN TESTS
for shape_a, shape_b, expected in (
    ((4, 1), (4, 1), (4, 1)),
    ((4, 1), (4,), (4, 4)),
    ((5, 3), (3,), (5, 3)),
    ((1, 6), (4, 1), (4, 6)),
):
    shape = broadcast_shape(shape_a, shape_b)
    assert shape is not None, "broadcast_shape returned None: did you forget a return?"
    assert isinstance(shape, tuple), f"a {type(shape).__name__} came back, expected a tuple"
    assert shape == expected, (
        f"broadcast_shape({shape_a}, {shape_b}) returned {shape}, expected {expected}: line them "
        "up at the right end and stretch the ones."
    )
print("visible checks passed: four pairs of shapes")

# %% [markdown]
# Back to training, on smaller data: x = 1 … 5, y = 2x.

# %%
small_x = torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0]])
small_y = 2 * small_x
print(f"mean of y: {small_y.mean().item():.3f}")

# %% [markdown]
# We train twice, once with `y` as a column and once with `y` flat. Nothing else differs.
#
# **Predict:** which line will the flat `y` give? And will anything complain? Then run.

# %%
lines = {}
for name, target in (("y is (5, 1)", small_y), ("y is (5,)", small_y.flatten())):
    torch.manual_seed(0)
    model = nn.Linear(1, 1)
    optimizer = optim.SGD(model.parameters(), lr=0.07)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        losses = train(model, nn.MSELoss(), optimizer, small_x, target, 400)
    lines[name] = (model.weight.item(), model.bias.item())
    print(f"{name}: slope {lines[name][0]:.3f}, bias {lines[name][1]:.3f}, loss {losses[-1]:.3f}")
    print(f"warnings: {len(caught)}")
print(caught[-1].message)
figures.fit_line(
    small_x.flatten().numpy(),
    small_y.flatten().numpy(),
    lines,
    title="The same data and loop; only the shape of y differs",
)

# %% [markdown]
# Slope 0, bias 6, which is the mean of y. In the picture it is the level dashed line; the solid one
# passes through the points. The number that pleases all targets best is their mean, so every
# prediction goes there, whatever `x` says. The loss stops at 8, and only a warning tells you.
# Outside this cell Python shows it once. When you train again without restarting the kernel, it may
# say nothing at all.
#
# One comparison before the loop catches it. In a script of your own, make it an `assert`.
#
# **Predict** the two lines, then run.

# %%
for target in (small_y, small_y.flatten()):
    print("same shape:", nn.Linear(1, 1)(small_x).shape == target.shape)

# %% [markdown]
# ## In this lesson you…
#
# - put data into `(n, 1)` float32 columns, one row a sample and one column a feature;
# - trained with *model → loss and optimizer → loop*, and took f(60) from 54.5764 to 119.7146;
# - wrote `sgd_step`, and so know that the optimizer only reads `.grad` and moves parameters;
# - saw `w` settle on the floor of a valley in 10 epochs while `b` crawls along it;
# - wrote a model class, and carried its `state_dict` into a fresh model;
# - met the flat line that comes from `(n,)` against `(n, 1)`.
#
# **Where next.** Lesson 5, *How far may one step go?*, finds the largest learning rate before you
# run into it, and gets `b` moving.
