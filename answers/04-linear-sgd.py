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
# # Known answers to 04-linear-sgd

# %%
import numpy as np
import torch
from torch import nn, optim

# %% [markdown]
# ## as_column

# %% right="as_column" name="tensor, then view"
"""A new tensor is made from whatever comes in; torch warns when that is a tensor already."""


def as_column(values):
    return torch.tensor(values, dtype=torch.float32).view(-1, 1)


# %% right="as_column" name="value by value"
"""A list comprehension builds the nested list, number by number."""


def as_column(values):
    return torch.tensor([[float(value)] for value in values])


# %% right="as_column" name="by way of numpy"
"""numpy does the conversion and adds the axis; torch only takes over the memory."""


def as_column(values):
    return torch.from_numpy(np.asarray(values, dtype=np.float32)[:, np.newaxis])


# %% right="as_column" name="a case for each kind of input"
"""Lists, arrays and tensors each go a way of their own, and meet at `unsqueeze`."""


def as_column(values):
    if isinstance(values, list):
        flat = torch.FloatTensor(values)
    elif isinstance(values, np.ndarray):
        flat = torch.from_numpy(values)
    else:
        flat = values.clone()
    return flat.float().unsqueeze(1)


# %% right="as_column" name="filling an empty column"
"""A column of zeros is made first and then filled in place."""


def as_column(values):
    column = torch.zeros(len(values), 1)
    for row, value in enumerate(values):
        column[row, 0] = float(value)
    return column


# %% right="as_column" name="stacked rows"
"""One tensor a row, stacked at the end; prints its shape on the way."""


def as_column(values):
    rows = [torch.full((1,), float(value)) for value in values]
    column = torch.stack(rows)
    print("column of shape", tuple(column.shape))
    return column


# %% wrong="as_column" name="(n,) for (n, 1)"
"""Your numbers come back flat, in shape (n,), where a column is asked. Print `.shape` of what you
return for three numbers and compare it with the columns at the start of section 1: a column has
two axes, and you have one. The dtype is fine."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float32)


# %% wrong="as_column" name="row for column"
"""You return a row: one sample with n features. Print the shape for three numbers and read it as
(samples, features). Which of the two axes should count the samples? A single value hides the
difference, so try it with more than one."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float32).reshape(1, -1)


# %% wrong="as_column" name="integer dtype"
"""The shape is right, but the number type is whatever came in: whole numbers stay int64, a NumPy
array stays float64. Print `as_column([1, 2, 3]).dtype` and then hand that column to `line`. The
model accepts one dtype only, so every input has to be converted to it."""


def as_column(values):
    return torch.as_tensor(values).reshape(-1, 1)


# %% wrong="as_column" name="float64"
"""You return a column of float64. Print the `dtype` of your result, then hand it to `line`: the
parameters of a model are stored in another float type, and it refuses yours. Look at the place
where you convert."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float64).reshape(-1, 1)


# %% wrong="as_column" name="an array for a tensor"
"""Shape and number type are right, but what you return is a NumPy array. Print
`type(as_column([1, 2, 3]))`. A model works on tensors, so one conversion is still missing at the
end."""


def as_column(values):
    return np.asarray(values, dtype=np.float32).reshape(-1, 1)


# %% wrong="as_column" name="cut to whole numbers"
"""Your column has the right shape and dtype, but everything after the decimal point is lost. Try
`as_column([0.5, 2.75])`. Somewhere on the way your numbers are turned into whole ones, and turning
them into floats afterwards does not bring the rest back."""


def as_column(values):
    return torch.as_tensor(values).long().float().reshape(-1, 1)


# %% wrong="as_column" name="arrays only"
"""Your function works for a NumPy array and raises for a list and for a tensor. Try
`as_column([1, 2, 3])` and read the last line of the error. The function you convert with takes
one kind of input; look for one that takes all three."""


def as_column(values):
    return torch.from_numpy(values).float().reshape(-1, 1)


# %% wrong="as_column" name="no tensor of whole numbers"
"""Nearly all is right, but a *tensor* of whole numbers makes your function raise: try
`as_column(torch.tensor([1, 2, 3]))`. The class `torch.FloatTensor` does not convert the tensors it
is given. Look for a function that converts while it reads."""


def as_column(values):
    return torch.FloatTensor(values).reshape(-1, 1)


# %% wrong="as_column" name="tensors only"
"""Your function needs a tensor to begin with: lists and NumPy arrays raise. Try
`as_column([1, 2, 3])` and read the last line of the error. Not every input has the method you
call; turn it into a tensor first."""


def as_column(values):
    return values.float().unsqueeze(1)


# %% wrong="as_column" name="fixed number of samples"
"""Your function works for one number of samples only; for any other length `reshape` raises.
Try it with two numbers and with six. The number of rows has to come from the input, not from the
data of this lesson."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float32).reshape(5, 1)


# %% wrong="as_column" name="no return"
"""Your function returns None. Run `print(as_column([1, 2, 3]))`: the column is made inside and
never handed out. Look at the last line of the function."""


def as_column(values):
    column = torch.as_tensor(values, dtype=torch.float32).reshape(-1, 1)
    print(column)


# %% wrong="as_column" name="number type of the first value"
"""You let the first number decide the type of all: in a list that begins with a whole number, every
decimal behind it is cut off. Try `as_column([1, 2.75])`. Look at where the type of your numbers is
chosen, and from what."""


def as_column(values):
    first = values[0].item() if hasattr(values[0], "item") else values[0]
    numbers = [type(first)(value) for value in values]
    return torch.tensor(numbers, dtype=torch.float32).reshape(-1, 1)


# %% wrong="as_column" name="rounded"
"""You round the numbers, so their last digits are lost. Try `as_column([0.00123])` and print what
comes back. Round where a number is printed, not where it is stored."""


def as_column(values):
    column = torch.as_tensor(values, dtype=torch.float32).reshape(-1, 1)
    return torch.round(column, decimals=2)


# %% wrong="as_column" name="half precision on the way"
"""Your column is float32, but its numbers have only three or four right digits: on the way they
were stored in a shorter type, and the way back does not return what was lost. Try
`as_column([3.14159])`, and look for `half` or `float16`."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float16).float().reshape(-1, 1)


# %% wrong="as_column" name="order lost"
"""Your column holds the right numbers in another order. Try `as_column([3, 1, 2])`: the first row
should hold the 3. Each x belongs to its y by its place, so look for something that sorts."""


def as_column(values):
    return torch.tensor(sorted(float(value) for value in values)).reshape(-1, 1)


# %% wrong="as_column" name="centred"
"""Your numbers are moved so that their mean is 0. Try `as_column([1, 2, 3])`: the first row should
hold 1. Only the shape and the number type should change; look for a mean that is subtracted."""


def as_column(values):
    column = torch.as_tensor(values, dtype=torch.float32).reshape(-1, 1)
    return column - column.mean()


# %% wrong="as_column" name="an axis too many"
"""Your tensor has three axes, (n, 1, 1), where a column has two. Print the shape for three
numbers, and count how many times an axis is added."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float32).reshape(-1, 1).unsqueeze(2)


# %% wrong="as_column" name="a column that requires grad"
"""The column is right, but it requires grad. Data are not trained: only the model's own numbers
are. Look for `requires_grad` where you make the tensor."""


def as_column(values):
    return torch.tensor(np.array(values), dtype=torch.float32, requires_grad=True).reshape(-1, 1)


# %% wrong="as_column" name="float16 handed out"
"""Your column is of float16, which keeps three digits. Print `as_column([0.7654])` and compare. The
model's own numbers are float32, and so should yours be."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float16).reshape(-1, 1)


# %% wrong="as_column" name="made smaller than 1"
"""Your column is divided by its largest value. Try `as_column([3, 1, 2])`: the same three numbers
should come out. The shape changes, and the number type, but not the values."""


def as_column(values):
    column = torch.as_tensor(values, dtype=torch.float32)
    return (column / column.max()).reshape(-1, 1)


# %% wrong="as_column" name="signs lost"
"""Negative numbers come out positive. Try `as_column([-6.5])`. The shape changes, and the number
type, but not the values."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float32).abs().reshape(-1, 1)


# %% wrong="as_column" name="a column of ones beside it"
"""You return two columns: the numbers, and ones beside them. Such ones stand for a bias, but
`nn.Linear` has its own. Print the shape for three numbers: one feature is asked."""


def as_column(values):
    flat = torch.as_tensor(values, dtype=torch.float32)
    return torch.stack([flat, torch.ones(len(flat))], dim=1)


# %% wrong="as_column" name="arrays only, by astype"
"""`astype` belongs to NumPy's arrays: a list has none, and neither has a tensor. Try
`as_column([1, 2, 3])`. The function that the cell above the exercise uses reads all three."""


def as_column(values):
    return torch.from_numpy(values.astype("float32")).reshape(-1, 1)


# %% wrong="as_column" name="a tensor's own type kept"
"""A tensor of whole numbers stays one of whole numbers; lists and arrays are fine. Try
`as_column(torch.tensor([4, 7])).dtype`. The number type has to be asked for whatever comes in."""


def as_column(values):
    if isinstance(values, torch.Tensor):
        return values.reshape(-1, 1)
    return torch.tensor(values, dtype=torch.float32).reshape(-1, 1)


# %% wrong="as_column" name="a column of whole numbers"
"""Your column holds whole numbers: everything after the decimal point is lost, and the model
refuses it. Print `as_column([0.5]).dtype`. Ask for `torch.float32`."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.long).unsqueeze(1)


# %% wrong="as_column" name="flat and float64"
"""Two things are missing. Your numbers come back flat, in shape (n,), where a column is asked; and
they are float64, which the model refuses. Print `.shape` and `.dtype` of what you return."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float64)


# %% [markdown]
# ## make_model

# %% right="make_model" name="nn.init"
"""torch's own initialisers write into the parameters, and know about the graph."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    nn.init.constant_(model.weight, weight)
    nn.init.constant_(model.bias, bias)
    return model


# %% right="make_model" name="through the state_dict"
"""The values are loaded like a saved model."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.load_state_dict({"weight": torch.tensor([[weight]]), "bias": torch.tensor([bias])})
    return model


# %% right="make_model" name="new parameters"
"""The parameters are replaced by new ones of the right shape, not written into."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight = nn.Parameter(torch.tensor([[float(weight)]]))
    model.bias = nn.Parameter(torch.tensor([float(bias)]))
    return model


# %% right="make_model" name="through .data"
"""The old way around the graph: the data of each parameter is exchanged."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight.data = torch.full((1, 1), weight)
    model.bias.data[0] = bias
    return model


# %% right="make_model" name="copy under a decorator"
"""The whole function runs without a graph, and the values are copied in; trainable all the same."""


@torch.no_grad()
def make_model(weight, bias):
    model = nn.Linear(in_features=1, out_features=1, bias=True)
    for parameter, value in zip(model.parameters(), (weight, bias), strict=True):
        parameter.copy_(torch.tensor(value).expand_as(parameter))
    return model


# %% right="make_model" name="taken out and put back"
"""The parameters are deleted and registered again, the bias first: another order inside."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    del model.weight, model.bias
    model.register_parameter("bias", nn.Parameter(torch.full((1,), bias)))
    model.register_parameter("weight", nn.Parameter(torch.full((1, 1), weight)))
    return model


# %% wrong="make_model" name="weight and bias swapped"
"""The two values are in each other's place. Run `model = make_model(1.0, 5.0)` and print
`model.weight.item()` and `model.bias.item()`. Then follow each argument through your function."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(bias)
        model.bias.fill_(weight)
    return model


# %% wrong="make_model" name="no bias"
"""Your model has no bias: it can only draw lines through the origin. Print
`list(make_model(1.0, 2.0).parameters())` and count. Look at how you call `nn.Linear`, and at what
becomes of the argument `bias` of your function."""


def make_model(weight, bias):
    model = nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(weight)
    return model


# %% wrong="make_model" name="only the weight set"
"""The weight is right, the bias is still the random number that `nn.Linear` began with. Call
`make_model(0.5, 3.0).bias` twice: it differs from 3, and from call to call. One of your two
arguments is never used."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
    return model


# %% wrong="make_model" name="parameters frozen"
"""The values are right, but nothing can train them. Print `make_model(1.0, 2.0).weight` and look
for `requires_grad` in what it shows, and compare with a fresh `nn.Linear(1, 1)`. You need to be
outside the graph only *while* you write the values, not afterwards."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.requires_grad_(False)
    model.weight.fill_(weight)
    model.bias.fill_(bias)
    return model


# %% wrong="make_model" name="parameters replaced by constants"
"""Your model computes the right line, but it has nothing to train: its weight and bias are plain
tensors now. Run `list(make_model(1.0, 2.0).parameters())` and see what an optimizer would get.
Keep the parameters that `nn.Linear` made, and look for a way to write into them."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    del model.weight, model.bias
    model.weight = torch.tensor([[weight]])
    model.bias = torch.tensor([bias])
    return model


# %% wrong="make_model" name="a tensor assigned to a parameter"
"""Your function stops with a TypeError before it returns a model. Call `make_model(1.0, 2.0)` and
read the last line: if it says that something cannot be assigned as a parameter, then a plain
tensor was to take the parameter's place. Section 3 shows how to change the number and keep the
parameter."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight = torch.tensor([[weight]])
        model.bias = torch.tensor([bias])
    return model


# %% wrong="make_model" name="update inside the graph"
"""Your function stops with a RuntimeError. Call `make_model(1.0, 2.0)` and read its last line: if
it speaks of a leaf used in an in-place operation, torch is recording while you write into the
parameters. Compare with the cell above the exercise, where `wide.bias` got its value."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight.fill_(weight)
    model.bias.fill_(bias)
    return model


# %% wrong="make_model" name="shape lost"
"""The numbers are right, but weight and bias have lost their shape: they are single numbers
without an axis. Print `make_model(1.0, 2.0).weight.shape` and compare it with that of a fresh
`nn.Linear(1, 1)`. Write the numbers *into* what is there, instead of putting something else in
its place."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight.data = torch.tensor(weight)
    model.bias.data = torch.tensor(bias)
    return model


# %% wrong="make_model" name="one model for all calls"
"""Every call gives back the very same model. Run `first = make_model(1.0, 2.0)`, then
`make_model(5.0, 6.0)`, and print `first.weight`: it has changed. Look at where `nn.Linear(1, 1)`
is written, and how often that line runs."""

the_model = nn.Linear(1, 1)


def make_model(weight, bias):
    with torch.no_grad():
        the_model.weight.fill_(weight)
        the_model.bias.fill_(bias)
    return the_model


# %% wrong="make_model" name="arguments ignored"
"""Your model always starts from this lesson's numbers, whatever weight and bias are asked for.
Print `make_model(7.0, -1.0).weight`. Look for numbers written out in your function where its
arguments should stand."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(0.902545)
        model.bias.fill_(0.423674)
    return model


# %% wrong="make_model" name="wrapped in a Sequential"
"""You return an `nn.Sequential` with a line inside, not the line itself. It gives the right
answers, but `make_model(1.0, 2.0).weight` raises. Hand out the `nn.Linear` that you filled."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    return nn.Sequential(model)


# %% wrong="make_model" name="half precision on the way"
"""Weight and bias have only three or four right digits: on the way they were stored in a shorter
type than the model's. Print `make_model(3.14159, 0.1).weight.item()`, and look for `half` or
`float16`."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(torch.tensor(weight).half().item())
        model.bias.fill_(torch.tensor(bias).half().item())
    return model


# %% wrong="make_model" name="rounded"
"""You round weight and bias, so their last digits are lost. Print
`make_model(0.00123, 0.5).weight.item()`. Round where a number is printed, not where it is
stored."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(round(weight, 2))
        model.bias.fill_(round(bias, 2))
    return model


# %% wrong="make_model" name="no return"
"""Your function returns None. Run `print(make_model(1.0, 2.0))`: the model is made inside and
never handed out. Look at the last line of the function."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)


# %% wrong="make_model" name="added to the random start"
"""You add weight and bias to the random numbers that `nn.Linear` began with. Print
`make_model(1.0, 2.0).weight` twice: it differs from call to call. The old number should be
replaced, not moved."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight += weight
        model.bias += bias
    return model


# %% wrong="make_model" name="bias frozen"
"""The numbers are right, but the bias cannot be trained. Print `make_model(1.0, 2.0).bias` and
look for `requires_grad`. Both parameters have to stay trainable."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    model.bias.requires_grad_(False)
    return model


# %% wrong="make_model" name="zero taken for not given"
"""A weight or bias of 0 is not set: the random number that `nn.Linear` began with stays. Print
`make_model(0.0, 0.0).weight`. To Python 0 counts as false; look at the condition in front of your
lines."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        if weight:
            model.weight.fill_(weight)
        if bias:
            model.bias.fill_(bias)
    return model


# %% wrong="make_model" name="wrong sign of the bias"
"""The weight is right, and the bias has the wrong sign. Print `make_model(1.0, 2.0).bias`. The
model *adds* its bias, so it is the number that you were given."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(-bias)
    return model


# %% wrong="make_model" name="nothing written"
"""Your model still has its random numbers: nothing was written into it. A new name for a number
(`w = weight`) changes no model, and `torch.fill` without the `_` makes a new tensor. The cell above
the exercise writes *into* `wide.bias`."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        torch.fill(model.weight, weight)
        torch.fill(model.bias, bias)
    return model


# %% wrong="make_model" name="whole numbers"
"""Both numbers are cut to whole ones. Try `make_model(0.5, -3.25)` and print its parameters. Look
for `int`, or for a tensor that is made of whole numbers."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(int(weight))
        model.bias.fill_(int(bias))
    return model


# %% wrong="make_model" name="a function for a model"
"""You return a function. It answers like a line, but it has no parameters, so no optimizer could
train it. An `nn.Linear(1, 1)` is asked, with your two numbers in it."""


def make_model(weight, bias):
    return lambda x: weight * x + bias


# %% wrong="make_model" name="parameters returned"
"""You return the parameters and not the model that they belong to. Print `make_model(1.0, 2.0)`.
What is handed out should be the `nn.Linear` itself."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    return model.weight, model.bias


# %% wrong="make_model" name="numbers for sizes"
"""What stands in the brackets of `nn.Linear(…)` are sizes: how many numbers go in and how many
come out. Yours go in there as if they were the weight and the bias. Make an `nn.Linear(1, 1)`
first, then write the two numbers into it."""


def make_model(weight, bias):
    return nn.Linear(weight, bias)


# %% wrong="make_model" name="float64"
"""The numbers are right, but the model's are float64, and it will refuse every float32 column.
Print `make_model(1.0, 2.0).weight.dtype`, and hand the model `torch.tensor([[3.0]])`. Look for
`double` or `float64`."""


def make_model(weight, bias):
    model = nn.Linear(1, 1).double()
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    return model


# %% wrong="make_model" name="signs lost"
"""Both numbers lose their sign. Try `make_model(-1.0, -2.0)` and print its parameters. They should
be the very numbers that came in."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(abs(weight))
        model.bias.fill_(abs(bias))
    return model


# %% wrong="make_model" name="weight in both"
"""The bias gets the weight's number. Try `make_model(1.0, 2.0)` and print both parameters. Look at
the two lines that write: they should differ in two words."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(weight)
    return model


# %% wrong="make_model" name="a number assigned to a parameter"
"""`model.weight = …` would put a plain number in the place of the parameter, and PyTorch refuses
that. Write *into* the parameter instead, as the cell above the exercise does with `wide.bias`."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight = weight
    model.bias = bias
    return model


# %% wrong="make_model" name="only the bias set"
"""The bias is right; the weight is still the random number that `nn.Linear` began with. Print
`make_model(1.0, 2.0).weight` twice. It needs a line of its own."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.bias.fill_(bias)
    return model


# %% [markdown]
# ## predict

# %% right="predict" name="item alone"
"""The model records a graph while it answers, but a float carries none."""


def predict(model, value):
    return model(torch.tensor([[value]])).item()


# %% right="predict" name="inference_mode and float"
"""Another way to switch the recording off, and `float` takes the number out."""


def predict(model, value):
    with torch.inference_mode():
        return float(model(torch.full((1, 1), value)))


# %% right="predict" name="by hand from plain numbers"
"""The two numbers are taken out and the line is computed in Python, in double precision."""


def predict(model, value):
    return model.weight.item() * value + model.bias.item()


# %% right="predict" name="detach"
"""The answer is cut off its graph and read through numpy."""


def predict(model, value):
    answer = model(torch.tensor([value], dtype=torch.float32).unsqueeze(1))
    return float(answer.detach().numpy()[0, 0])


# %% right="predict" name="decorated, one axis"
"""A decorator, a single sample without the axis of samples, and a 0-d tensor handed out."""


@torch.no_grad()
def predict(model, value):
    return model(torch.tensor([value])).squeeze()


# %% right="predict" name="evaluation mode"
"""Switches the model to evaluation first, and builds the column in numpy."""


def predict(model, value):
    model.eval()
    column = torch.from_numpy(np.array([[value]], dtype=np.float32))
    with torch.no_grad():
        ((answer,),) = model(column).tolist()
    return answer


# %% wrong="predict" name="still requires grad"
"""The number is right, but you hand out a tensor that still hangs on its graph. Print what you
return: it ends in `grad_fn=…`. A float carries no graph, so look for the call that takes the
number out of a tensor."""


def predict(model, value):
    return model(torch.tensor([[value]]))[0, 0]


# %% wrong="predict" name="column with its graph"
"""You hand out the model's whole answer: a column, and one that still hangs on its graph. Print
it and look for the two pairs of brackets and for `grad_fn=…`. A single plain number is asked."""


def predict(model, value):
    return model(torch.tensor([[value]]))


# %% wrong="predict" name="column for a number"
"""There is no graph any more, but what you return is still a column of shape (1, 1). Print it and
count the brackets. One number is asked, without any axis: it has to be taken out."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor([[value]]))


# %% wrong="predict" name="nested list"
"""You return a list inside a list with the right number in it. Print it and count the brackets.
Look for the call that gives the one number of a tensor instead of all its rows."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor([[value]])).tolist()


# %% wrong="predict" name="text for a number"
"""You return a string. Run `type(predict(line, 3.0))`, or try to add 1 to the answer. Formatting
belongs to the place where a number is printed; hand out the number itself."""


def predict(model, value):
    return f"{model(torch.tensor([[value]])).item():.4f}"


# %% wrong="predict" name="bias forgotten"
"""Your answer lacks the bias. Try `predict(make_model(2.0, 100.0), 0.0)`: at 0 only the bias is
left, and you return 0. Either add it, or let the model do the whole calculation."""


def predict(model, value):
    return model.weight.item() * value


# %% wrong="predict" name="weight and bias swapped"
"""You multiply by the bias and add the weight. Try `predict(make_model(2.0, 100.0), 0.0)`: at 0
a line gives its bias. Look at which of the two stands beside `value`."""


def predict(model, value):
    return model.bias.item() * value + model.weight.item()


# %% wrong="predict" name="integer dtype"
"""You cut the value to a whole number before you ask. Compare `predict(line, 2.0)` with
`predict(line, 2.9)`: they are equal. Look at how the value gets into the tensor."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor([[int(value)]]).float()).item()


# %% wrong="predict" name="rounded"
"""You round the answer. Compare `predict(line, 0.1234)` with `line(torch.tensor([[0.1234]]))`: the
digits further right are missing. Round where a number is printed, not where it is computed."""


def predict(model, value):
    return round(model(torch.tensor([[value]])).item(), 2)


# %% wrong="predict" name="model frozen"
"""The number is right, but your function leaves the model frozen: after the question none of its
parameters requires grad, and training would be over. Run `predict(line, 1.0)` and then print
`line.weight.requires_grad`. Switch the recording off for the question, not the model for ever."""


def predict(model, value):
    for parameter in model.parameters():
        parameter.requires_grad = False
    return model(torch.tensor([[value]])).item()


# %% wrong="predict" name="reads a global"
"""You always ask the notebook's `line`, whichever model is handed in. Compare
`predict(make_model(1.0, 0.0), 3.0)` with `predict(make_model(9.0, 0.0), 3.0)`: they are equal.
Check that each name in your function is one of its arguments."""


def predict(model, value):
    with torch.no_grad():
        return line(torch.tensor([[value]])).item()


# %% wrong="predict" name="a bare number for the model"
"""Your function stops with a TypeError. Call `predict(line, 3.0)` and read the last line: if it
says that the argument must be a tensor and is a float, you gave the model a bare number.
Section 1 says in which form a model takes one sample with one feature."""


def predict(model, value):
    with torch.no_grad():
        return model(value).item()


# %% wrong="predict" name="no return"
"""Your function returns None. Run `print(predict(line, 3.0))`: the number is printed inside, and
then None comes back. A number that is only printed cannot be used further; look at the last line
of the function."""


def predict(model, value):
    with torch.no_grad():
        print(model(torch.tensor([[value]])).item())


# %% wrong="predict" name="recording switched off for good"
"""The number is right, but after your function torch records no graph any more, for nobody: the
next training would raise. Run `predict(line, 1.0)` and print `torch.is_grad_enabled()`. Look for a
way to switch the recording off that ends with the question."""


def predict(model, value):
    torch.set_grad_enabled(False)
    return model(torch.tensor([[value]])).item()


# %% wrong="predict" name="model turned to float64"
"""The number is right, but the model is another one afterwards: its parameters are float64, and it
refuses the data of this lesson. Run `predict(line, 1.0)` and print `line.weight.dtype`. Fit the
value to the model, not the model to the value."""


def predict(model, value):
    model.double()
    with torch.no_grad():
        return model(torch.tensor([[value]], dtype=torch.float64)).item()


# %% wrong="predict" name="bias set to zero"
"""The number is right, but your function changes the model: its bias is 0 afterwards. Ask the same
twice and compare. A question should leave every parameter as it is; look for what writes into
one."""


def predict(model, value):
    with torch.no_grad():
        answer = model(torch.tensor([[value]])).item()
        model.bias.zero_()
    return answer


# %% wrong="predict" name="a number without an axis"
"""You make a tensor of the value, but one without any axis, and `nn.Linear` looks at the last axis
to count the features. Print `torch.tensor(3.0).shape` and compare it with the columns of section
1."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor(value)).item()


# %% wrong="predict" name="whole-number answer"
"""You cut the answer to a whole number. Compare `predict(line, 0.5)` with
`line(torch.tensor([[0.5]]))`. Look for `int` around the answer."""


def predict(model, value):
    with torch.no_grad():
        return int(model(torch.tensor([[value]])).item())


# %% wrong="predict" name="zero taken for not given"
"""For the value 0 you return 0 without asking the model. Try `predict(make_model(2.0, 100.0),
0.0)`: at 0 a line gives its bias. To Python 0 counts as false; look at your condition."""


def predict(model, value):
    if not value:
        return 0.0
    with torch.no_grad():
        return model(torch.tensor([[value]])).item()


# %% wrong="predict" name="bias subtracted"
"""Your answer takes the bias off. Try `predict(make_model(2.0, 100.0), 0.0)`: at 0 only the bias is
left, with its own sign. Add it, or let the model do the whole calculation."""


def predict(model, value):
    return model.weight.item() * value - model.bias.item()


# %% wrong="predict" name="an axis left"
"""The graph is gone, but what you return still has an axis: its shape is (1,). Print it and look
at the brackets. One plain number is asked; it has to be taken out."""


def predict(model, value):
    return model(torch.tensor([value])).detach()


# %% wrong="predict" name="a list for a tensor"
"""You hand the model a plain list, and it works on tensors only. Put `torch.tensor(…)` around it;
the cell above the exercise does."""


def predict(model, value):
    with torch.no_grad():
        return model([[value]]).item()


# %% wrong="predict" name="an array for a tensor"
"""You hand the model a NumPy array, and it works on tensors only. Make a tensor of float32 of it,
or of the value at once; the cell above the exercise does."""


def predict(model, value):
    with torch.no_grad():
        return model(np.array([[value]])).item()


# %% wrong="predict" name="nothing below zero"
"""Answers below 0 come out as 0. Try `predict(make_model(-1.0, 0.0), 5.0)`. A line goes below 0,
too; look for `relu`, `clamp` or `max`."""


def predict(model, value):
    with torch.no_grad():
        return torch.relu(model(torch.tensor([[value]]))).item()


# %% wrong="predict" name="sign of the value lost"
"""A negative value is asked as if it were positive. Compare `predict(line, -3.0)` with
`predict(line, 3.0)`: they are equal. Look at how the value gets into the tensor."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor([[abs(value)]])).item()


# %% wrong="predict" name="large answers cut off"
"""Large answers are cut off. Try `predict(make_model(2.0, 1.0), 40000.0)`. What the model says is
the answer, whatever its size; look for `min` or `clamp`."""


def predict(model, value):
    with torch.no_grad():
        return min(model(torch.tensor([[value]])).item(), 1000.0)


# %% wrong="predict" name="four decimals"
"""Your answer is rounded to four decimals, so a small one loses its digits. Try
`predict(make_model(0.001, 0.0), 0.123)`. Round where you print, not where you compute."""


def predict(model, value):
    with torch.no_grad():
        return round(model(torch.tensor([[value]])).item(), 4)


# %% wrong="predict" name="float64 for the model"
"""You ask the model in float64, and its own numbers are float32: it refuses to mix them. Leave the
`dtype` away, or ask for `torch.float32`."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor([[value]], dtype=torch.float64)).item()


# %% wrong="predict" name="the model's own predict"
"""Models of PyTorch have no method `predict`; that is what you write here. A model is called like
a function: `model(…)`."""


def predict(model, value):
    return model.predict(value)


# %% [markdown]
# ## train

# %% right="train" name="clearing first"
"""The gradient is cleared at the top of the loop; the loss is kept at its end."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        y_pred = model(x)
        loss = loss_function(y_pred, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% right="train" name="clearing last, detached first"
"""The gradient is cleared after the update, by the model; the losses become numbers at the end."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    model.train()
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.detach())
        loss.backward()
        optimizer.step()
        model.zero_grad()
    return [loss.item() for loss in losses]


# %% right="train" name="a closure for step"
"""`step` is given a function that computes loss and gradient, and hands its loss back."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    def closure():
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        return loss

    return [float(optimizer.step(closure)) for _ in range(n_epochs)]


# %% right="train" name="a generator of losses"
"""An endless generator makes the updates, and as many losses as asked are taken from it."""

from itertools import islice


def train(model, loss_function, optimizer, x, y, n_epochs):
    def epochs():
        while True:
            optimizer.zero_grad(set_to_none=False)
            loss = loss_function(model(x), y)
            loss.backward()
            optimizer.step()
            yield loss.item()

    return list(islice(epochs(), n_epochs))


# %% right="train" name="gradients put in by hand"
"""`torch.autograd.grad` computes the gradients, which replace the old ones, so none add up."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    parameters = list(model.parameters())
    losses = []
    while len(losses) < n_epochs:
        loss = loss_function(model(x), y)
        gradients = torch.autograd.grad(loss, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.grad = gradient
        optimizer.step()
        losses.append(float(loss))
    return losses


# %% right="train" name="an array of losses, printing"
"""A log line an epoch, and the losses in a numpy array made beforehand."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = np.zeros(n_epochs)
    for epoch in range(n_epochs):
        loss = loss_function(model(x), y)
        for parameter in model.parameters():
            parameter.grad = None
        loss.backward()
        optimizer.step()
        losses[epoch] = loss.item()
        print(f"epoch {epoch}: loss = {losses[epoch]:.8f}")
    return losses


# %% wrong="train" name="loss after the update"
"""The model is trained rightly, but each loss is measured after its update instead of before. So
the loss of the start is missing and everything stands one place too early. Compute
`loss_function(model(x), y)` yourself before you call `train` with one epoch, and compare."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss_function(model(x), y).backward()
        optimizer.step()
        losses.append(loss_function(model(x), y).item())
    return losses


# %% wrong="train" name="forgetting to zero"
"""Your first update is right, then the gradients pile up: each `backward()` adds to what is already
there. Print `model.weight.grad` before and after `backward()` in the second epoch. The one thing a
loop has to do between two updates is missing, or stands in front of the loop."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="zeroing before the update"
"""Your losses stay the same for ever, because nothing moves: when `step()` looks for gradients,
there are none. Print `model.weight.grad` right before `step()`. Either they are cleared already
(look at the order of your lines), or `backward()` was never called, or you train a copy that the
optimizer knows nothing of."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="optimizer never stepped"
"""Nothing moves. Print `model.weight.item()` before and after a call of `train`, and look at
`model.weight.grad` afterwards. Section 5 names the call that reads the gradients and moves the
parameters; yours is not made, or it lacks its brackets `()`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="step before backward"
"""You update before there is a gradient to update with: in the first epoch `step()` finds none and
does nothing, and later it uses the gradient of the epoch before. Print `model.weight.grad` right
before the first `step()`, and look at the order of your lines."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="loss tensors kept"
"""Training is right, but your list holds tensors that still hang on their graph, so the whole
graph of every epoch is kept in memory. Print `losses[0]` and look for `grad_fn=…`. Floats are
asked: take the number out before you keep it."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# %% wrong="train" name="target before input"
"""You call the loss with what is true first and the model's answer second. MSELoss forgives that,
because a square does not know the sign, but other losses do not. Look again at the two BCELoss
numbers in section 5, and at the order in the docstring."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(y, model(x))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="loss function ignored"
"""You always train with the mean squared error, whichever loss function is handed in. Call your
`train` with `nn.L1Loss()` and with `nn.MSELoss()` from the same start: the losses are the same.
Check that every argument of the function is used."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = ((model(x) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="optimizer replaced by a plain update"
"""You update the parameters yourself and never ask the optimizer to. With plain SGD nobody sees
it; call `train` with `optim.SGD(…, momentum=0.9)` and with momentum 0 from the same start, and the
losses are equal. Let the optimizer that is handed in do the update."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    rate = optimizer.param_groups[0]["lr"]
    losses = []
    for _ in range(n_epochs):
        model.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= rate * parameter.grad
        losses.append(loss.item())
    return losses


# %% wrong="train" name="an optimizer of its own"
"""You make a new optimizer with this lesson's rate and leave the one that is handed in unused.
Call `train` with `lr=0.0` in the optimizer: the model should stand still, and yours moves. Check
that every argument of the function is used."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    optimizer = optim.SGD(model.parameters(), lr=0.0003)
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="one update too many"
"""You make one update more than asked, and return one loss more. Call `train` with `n_epochs=0`:
the list should be empty and the model untouched. Look at where your loop begins and ends."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs + 1):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="one update too few"
"""You make one update less than asked, and one loss is missing at the end. Call `train` with
`n_epochs=1` and look at the length of the list. Count what your `range` runs through."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(1, n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="one loss too many"
"""The updates are right, but you return one loss more than there are epochs: the loss at the very
end is measured too. Call `train` with `n_epochs=0` and look at the list. Each loss belongs to the
update that follows it, and the last one has none."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = [loss_function(model(x), y).item()]
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss_function(model(x), y).backward()
        optimizer.step()
        losses.append(loss_function(model(x), y).item())
    return losses


# %% wrong="train" name="last loss only"
"""You return one number, the last loss, where a list with one loss an epoch is asked. Print what
`train` returns for three epochs. The losses have to be collected while the loop runs."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    last = 0.0
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        last = loss.item()
    return last


# %% wrong="train" name="no return"
"""The model is trained rightly, but your function returns None. Run `print(train(…))`: the losses
never come out. Look at the last line of the function, and at whether the losses are collected."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())


# %% wrong="train" name="return inside the loop"
"""Your function ends after its first epoch, whatever `n_epochs` says. Print `len` of what `train`
returns for three epochs. Look at how far the `return` is indented."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        return losses
    return None


# %% wrong="train" name="ascent"
"""Your model walks uphill: the losses begin right and then grow. Print the first few. `step()`
already goes against the gradient, so look at what you call `backward()` on."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        (-loss).backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="reads a global"
"""You train on the notebook's own data, whatever x and y are handed in. Call `train` with x and y
of one sample only: the losses should be other ones, and yours are not. Check that each name in
your function is one of its arguments."""

all_x = torch.tensor([[10.0], [20.0], [30.0], [40.0], [50.0]])
all_y = 2 * all_x


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(all_x), all_y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="(n,) for (n, 1)"
"""You flatten y before the loss, so a column meets a flat vector: every prediction is compared
with every target. Print `(model(x) - y.flatten()).shape`, and read the warning. Leave x and y in
the shape in which they come."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y.flatten())
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="one update a sample"
"""You update once for every sample, so one epoch of yours is as many updates as there are samples.
Count how often `step()` runs in one epoch with three samples. Here the loss is taken over all the
data at once, and one epoch is exactly one update."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        total = 0.0
        for sample, target in zip(x, y, strict=True):
            optimizer.zero_grad()
            loss = loss_function(model(sample), target)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(x))
    return losses


# %% wrong="train" name="last sample only"
"""Only the last sample is ever looked at. Change the first target and call `train` again: your
losses stay the same. Give the loss function all rows at once."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        for sample, target in zip(x, y, strict=True):
            loss = loss_function(model(sample), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="tensors for floats"
"""Training is right, and your losses hang on no graph, but they are still tensors. Print
`type(losses[0])`. A list of floats is asked: take the number out before you keep it."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% wrong="train" name="line computed by hand"
"""You compute the predictions from `weight` and `bias` yourself and never call the model. For a
single `nn.Linear` nobody sees it; hand in `nn.Sequential(nn.Linear(1, 1))` and read the error. The
loop should train any model, so let the model say what it predicts."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(x @ model.weight.T + model.bias, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="stops when the loss rises"
"""You stop as soon as a loss is larger than the one before, and the list comes out too short. Train
with a rate that is much too large and compare `len(losses)` with `n_epochs`. The caller decides how
many updates are made; look for a `break`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        if losses and loss.item() > losses[-1]:
            break
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="running total"
"""Your list holds running totals: each entry is the sum of all losses so far. Print the list for
three epochs and take the differences. Each entry should be one loss by itself."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    total = 0.0
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        losses.append(total)
    return losses


# %% wrong="train" name="losses rounded"
"""Training is right, but you round the losses that you keep. When a loss is small nothing is left
of it. Round where a number is printed, not where it is stored."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(round(loss.item(), 4))
    return losses


# %% wrong="train" name="every second loss"
"""Training is right, but you keep only every second loss. Print `len(losses)` for four epochs:
there should be four. Look at the condition in front of `append`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch % 2 == 0:
            losses.append(loss.item())
    return losses


# %% wrong="train" name="stops when the loss is small"
"""You stop as soon as the loss is small, and the list comes out too short. Train on data whose
losses are tiny from the start, and compare `len(losses)` with `n_epochs`. The caller decides how
many updates are made; look for a `break`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        if losses[-1] < 1e-4:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="loss divided once more"
"""Your steps and your losses are too small: you divide the loss by the number of samples, and
`nn.MSELoss` is a mean already. Print `loss_function(model(x), y)` beside your first loss. Use the
loss as it comes."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y) / len(x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="newest loss in front"
"""Your losses are right and in the wrong order: the newest stands in front. Print the list for
three epochs. `losses[0]` should be the loss before the very first update."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.insert(0, loss.item())
    return losses


# %% wrong="train" name="only the weight trained"
"""Only the first parameter of the model moves, the others stay as they are. Print weight and bias
before and after a call. Let `backward()` and the optimizer reach all of them."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        for parameter in list(model.parameters())[1:]:
            parameter.grad = None
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="the model returned"
"""You return the model. It was trained in place, so whoever called `train` has it already; what is
asked is the list of losses. Note one in each epoch."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
    return model


# %% wrong="train" name="model and losses returned"
"""You return the model together with the losses. It was trained in place, so whoever called `train`
has it already; return the list of losses alone."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# %% wrong="train" name="loss computed once"
"""The second `backward()` fails: the graph of that loss is used up. Your loss is computed once, in
front of the loop, so nothing new would come out of it either. After each update the model answers
differently; compute the loss anew in every epoch. (`retain_graph=True` would only hide this.)"""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    loss = loss_function(model(x), y)
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="everything under no_grad"
"""`backward()` fails because the loss hangs on no graph. Look at what you hand to the loss
function: is the model's answer in it? And where nothing is recorded, no slope can be found: look
for a `torch.no_grad()` around the loop, or a `.detach()` or `.item()` before `backward()`.
`optimizer.step()` takes care of itself."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    with torch.no_grad():
        for _ in range(n_epochs):
            optimizer.zero_grad()
            loss = loss_function(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


# %% wrong="train" name="best loss so far"
"""You note the smallest loss so far, so a loss that grows is hidden. Train with a rate that is too
large: the list should show it. `losses[k]` is the loss before update k, good or bad."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(min([loss.item(), *losses]))
    return losses


# %% wrong="train" name="root of the loss"
"""You note the root of each loss. The training is right; the list should hold what `loss_function`
gives. Compare your first number with the loss of the untrained model."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item() ** 0.5)
    return losses


# %% wrong="train" name="gradients clipped"
"""Your first loss is right and the steps are too short: the gradients are cut to a size. The
optimizer should get them as `backward()` leaves them; look for `clip_grad_norm_` or `clamp`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="one update at the end"
"""All your losses are equal: the model does not change until the loop is over. Look at the
indentation: which of the calls stand in the loop, and which behind it? An epoch makes an update of
its own."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return losses


# %% wrong="train" name="a number before backward"
"""`.item()` comes too early: it makes a plain number of the loss, and a number has no
`backward()`. Keep the loss a tensor until `backward()` is done; take the number out where you put
it into the list."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = loss_function(model(x), y).item()
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# %% [markdown]
# ## sgd_step

# %% right="sgd_step" name="data and zero_"
"""The update goes through `.data`, and the gradient is filled with zeros instead of removed."""


def sgd_step(parameters, learning_rate):
    for parameter in parameters:
        if parameter.grad is None:
            continue
        parameter.data -= learning_rate * parameter.grad
        parameter.grad.zero_()


# %% right="sgd_step" name="two passes over a list"
"""The generator is made a list, so that it can be gone through twice."""


def sgd_step(parameters, learning_rate):
    parameters = list(parameters)
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.sub_(learning_rate * parameter.grad)
    for parameter in parameters:
        parameter.grad = None


# %% right="sgd_step" name="decorated, add_ with alpha"
"""The whole function stands outside the graph; new zeros replace the gradient."""


@torch.no_grad()
def sgd_step(parameters, learning_rate):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.add_(parameter.grad, alpha=-learning_rate)
            parameter.grad = torch.zeros_like(parameter)


# %% right="sgd_step" name="foreach"
"""All parameters at once, with the functions that torch's own SGD uses inside."""


def sgd_step(parameters, learning_rate):
    moving = [parameter for parameter in parameters if parameter.grad is not None]
    if not moving:
        return
    with torch.no_grad():
        torch._foreach_add_(moving, [each.grad for each in moving], alpha=-learning_rate)
        torch._foreach_zero_([each.grad for each in moving])


# %% right="sgd_step" name="new data in the old leaf"
"""The new values are computed apart and then become the data of the same leaf."""


def sgd_step(parameters, learning_rate):
    for parameter in parameters:
        if parameter.grad is not None:
            moved = parameter.detach() - learning_rate * parameter.grad
            parameter.data = moved
        parameter.grad = None


# %% right="sgd_step" name="copied in"
"""The gradient is taken away first, and `copy_` writes the result back."""


def sgd_step(parameters, learning_rate):
    for parameter in parameters:
        gradient, parameter.grad = parameter.grad, None
        if gradient is not None:
            with torch.no_grad():
                parameter.copy_(parameter - learning_rate * gradient)


# %% wrong="sgd_step" name="forgetting to zero"
"""The move is right, but the gradients are still there afterwards, and the next `backward()` adds
to them. Print `parameter.grad` after your function has run. It should do what `step()` does, and
then what `zero_grad()` does."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad


# %% wrong="sgd_step" name="zeroing before the update"
"""Nothing moves, and yet the gradients are gone. Print `p.grad` in front of the update: if it is
None or zero there already, the clearing comes too early; an update may be
missing, too, or go to a copy of the parameter.
Two things happen to each parameter, and the order counts."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.grad.zero_()
                parameter -= learning_rate * parameter.grad


# %% wrong="sgd_step" name="ascent"
"""You walk uphill: every parameter moves along its gradient instead of against it. Take one leaf
of value 3 with the gradient 6 and look where it goes. Check the sign in your update."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter += learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="rebinding w"
"""Nothing moves: the caller's tensor stays as it was, gradient and all. If your update has the form
`p = p - …`, it makes a new tensor and gives it the loop's name. Print `id(p)` before and after that
line, and change the tensor itself; lesson 2 had the same trap with one `w`."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter = parameter - learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="update inside the graph"
"""Your function stops with a RuntimeError. Try it on one leaf and read the last line: if it speaks
of a leaf that is used in an in-place operation, torch is recording your update as if it were part
of the model. Lesson 2 shows how an update stays out of the graph."""


def sgd_step(parameters, learning_rate):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter -= learning_rate * parameter.grad
            parameter.grad = None


# %% wrong="sgd_step" name="generator used up"
"""With a list all is well; with `model.parameters()` the gradients are never cleared. You go
through the parameters twice, and a generator is empty the second time. Count the `for` loops in
your function, and run the cell above the exercise once more."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
    for parameter in parameters:
        parameter.grad = None


# %% wrong="sgd_step" name="generator indexed"
"""With a list all is well; with `model.parameters()` your function raises a TypeError. A generator
has neither a length nor places to index. Try `len(line.parameters())`, and go through the
parameters in a way that needs neither."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for place in range(len(parameters)):
            if parameters[place].grad is not None:
                parameters[place] -= learning_rate * parameters[place].grad
                parameters[place].grad = None


# %% wrong="sgd_step" name="missing gradient not skipped"
"""All is well as long as every parameter has a gradient; one without makes your function raise. Its
`grad` is None, and None cannot be multiplied. Make a leaf that no loss has used and hand it in:
it should be left alone."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            parameter -= learning_rate * parameter.grad
            parameter.grad = None


# %% wrong="sgd_step" name="stops at a missing gradient"
"""When a parameter has no gradient, you leave the loop, and all parameters behind it stay where
they are. Hand in three leaves of which only the first has no gradient. One of them is to be
skipped, not the rest as well."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is None:
                break
            parameter -= learning_rate * parameter.grad
            parameter.grad = None


# %% wrong="sgd_step" name="zeros for a missing gradient"
"""Nearly all is right, but a parameter without a gradient has one afterwards: zeros. Print
`unused.grad` before and after. For an optimizer None and zeros are not the same, so such a
parameter should stay exactly as it is."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
            parameter -= learning_rate * parameter.grad
            parameter.grad.zero_()


# %% wrong="sgd_step" name="parameters frozen"
"""The move is right, but afterwards the parameters no longer require grad, so the next
`backward()` has nothing to do. Print `parameter.requires_grad` before and after. The update should
stay out of the graph; the parameter should not leave it."""


def sgd_step(parameters, learning_rate):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.requires_grad_(False)
            parameter -= learning_rate * parameter.grad
            parameter.grad = None


# %% wrong="sgd_step" name="learning rate ignored"
"""Your parameters move by the whole gradient, whatever the learning rate. Call the function with
0.0: nothing should move, and yours does. Look for an argument that you do not use."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="mean of the gradient"
"""All entries of a parameter move by the same amount: you use the mean of its gradient. Take one
leaf with two entries and the gradients 1 and -1, and see that it stands still. Every entry has a
gradient of its own."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad.mean()
                parameter.grad = None


# %% wrong="sgd_step" name="one number only"
"""Your function works for parameters with one entry and raises for larger ones, because `.item()`
takes the number out of a tensor only where there is exactly one. Try it on a leaf with two
entries. The update needs no single numbers: tensors of one shape can be subtracted as they are."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad.item()
                parameter.grad = None


# %% wrong="sgd_step" name="only the last one cleared"
"""Every parameter moves, but only the last one's gradient is cleared. Hand in two leaves and print
both `grad`s afterwards. Look at how far the clearing line is indented."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
        parameter.grad = None


# %% wrong="sgd_step" name="only the first one moved"
"""Only the first parameter is looked at; the rest stay as they are. Hand in two leaves and print
both afterwards. Look for a `return` inside the loop."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
            return


# %% wrong="sgd_step" name="parameters returned"
"""All parameters move as they should, but your function hands something out, and None is asked.
Print what it returns. As with `step()`, the change happens in the tensors themselves, so nothing
has to come back."""


def sgd_step(parameters, learning_rate):
    parameters = list(parameters)
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
    return parameters


# %% wrong="sgd_step" name="zero taken for no gradient"
"""A parameter whose gradient holds a 0 is skipped, with all its other entries. Take one leaf with
two entries and the gradients 0 and 1: its second entry should move. A gradient of 0 is a gradient;
look at the condition in front of your update."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None and parameter.grad.all():
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="a real optimizer inside"
"""You let `optim.SGD` do the step. It gives the right numbers, but this exercise is about what it
does: write it by hand, without `torch.optim`. Section 3's last loop has the lines."""


def sgd_step(parameters, learning_rate):
    optimizer = optim.SGD(list(parameters), lr=learning_rate)
    optimizer.step()
    optimizer.zero_grad()


# %% wrong="sgd_step" name="gradient cut off"
"""Large gradients are cut off, so the parameter moves less than it should. Give one leaf the
gradient 6000 and look how far it goes. Plain SGD takes the gradient as it is; look for `clamp` or
`clip`."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad.clamp(-10, 10)
                parameter.grad = None


# %% wrong="sgd_step" name="sign of the gradient only"
"""Every entry moves by the whole learning rate, whatever the size of its gradient: you use the
sign alone. Take gradients of 6 and 2 and see that both move equally far."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad.sign()
                parameter.grad = None


# %% wrong="sgd_step" name="divided by the number of entries"
"""Your step is too short by the number of entries of the parameter. Take one leaf with two entries
and compare with `learning_rate * grad`. The mean was taken in the loss already."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad / parameter.numel()
                parameter.grad = None


# %% wrong="sgd_step" name="factor 2"
"""Your step is twice as long as it should be. Take one leaf of value 3 with the gradient 6 and the
rate 0.1: it should go to 2.4. The 2 of the square is in the gradient already."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * 2 * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="a gradient asked for its truth"
"""`if p.grad:` asks a tensor whether it is true, and a tensor with more than one number has no
answer to that. (With one number, a gradient of 0 would count as none.) Ask whether it `is not
None`."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="a rate of its own"
"""Your step always takes the rate 0.01. Call it with two different rates and compare how far a
parameter goes. The rate is the second argument."""


def sgd_step(parameters, learning_rate=0.01):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= 0.01 * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="gradient made to length 1"
"""Your step is always as long as the rate: the gradient is divided by its own length. Double a
gradient and look whether the step doubles. Plain SGD takes the gradient as it is."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad / (parameter.grad.norm() + 1e-12)
                parameter.grad = None


# %% wrong="sgd_step" name="weight decay"
"""Your step pulls each parameter towards 0 as well: beside the gradient it takes a share of the
parameter itself. That is *weight decay*, an option of `optim.SGD` that is off unless asked for. The
gradient alone decides here."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * (parameter.grad + 0.01 * parameter)
                parameter.grad = None


# %% wrong="sgd_step" name="the number 0 for a gradient"
"""PyTorch refuses `p.grad = 0`: a gradient is a tensor or None, not a number. Clear it with
`p.grad = None`, or fill it with zeros by `p.grad.zero_()`."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = 0


# %% wrong="sgd_step" name="zero_grad asked of a tensor"
"""A parameter has no `zero_grad()`: models and optimizers have. Clear one gradient with
`p.grad = None`, or fill it with zeros by `p.grad.zero_()`."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.zero_grad()


# %% wrong="sgd_step" name="a sum of 0 taken for no gradient"
"""A gradient whose entries cancel, such as 5 and −5, is taken for none. Its sum is 0, but each
entry should move. Ask only whether there is a gradient: `is not None`."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None and parameter.grad.sum() != 0:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="sum of the gradient"
"""Every entry of a parameter moves by the same amount: the sum of the whole gradient. Hand in a
leaf with two entries and two different gradients. Each entry moves by its own; `-=` between
tensors does that by itself."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad.sum()
                parameter.grad = None


# %% wrong="sgd_step" name="parameters called"
"""`parameters` is what was handed in, a list or a generator, and not a function: leave the
brackets behind it away. It is `model.parameters()` that is called, by whoever calls you."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters():
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


# %% [markdown]
# ## LinearRegression

# %% right="LinearRegression" name="own parameters, torch's orientation"
"""Weight (out, in) and bias are parameters of the class itself; no nn.Linear inside."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% right="LinearRegression" name="own parameters, the other way round"
"""Weight (in, out), a bias with two axes, everything from zero."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(in_features, out_features))
        self.b = nn.Parameter(torch.zeros(1, out_features))

    def forward(self, x):
        return torch.addmm(self.b, x, self.w)


# %% right="LinearRegression" name="one table for both"
"""The bias is the last row of the weights, and every sample gets a 1 appended."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.table = nn.Parameter(torch.rand(in_features + 1, out_features))

    def forward(self, x):
        ones = torch.ones(x.shape[0], 1)
        return torch.cat([x, ones], dim=1) @ self.table


# %% right="LinearRegression" name="inside a Sequential"
"""The old way to call the parent, and the one layer inside a container."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        nn.Module.__init__(self)
        self.layers = nn.Sequential(nn.Linear(in_features, out_features))

    def forward(self, x):
        return self.layers(x)


# %% right="LinearRegression" name="derived from nn.Linear"
"""nn.Linear is a module already, so the class adds nothing but its name."""


class LinearRegression(nn.Linear):
    def __init__(self, in_features, out_features):
        super().__init__(in_features, out_features)

    def forward(self, x):
        return super().forward(x)


# %% right="LinearRegression" name="output by output"
"""A list of single neurons in a ModuleList, joined in a loop."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.outputs = nn.ModuleList(nn.Linear(in_features, 1) for _ in range(out_features))

    def forward(self, x):
        return torch.cat([output(x) for output in self.outputs], dim=1)


# %% wrong="LinearRegression" name="super not called"
"""Your class stops with an AttributeError as soon as a model is made: run `LinearRegression(2, 3)`
and read the last line. If it speaks of `Module.__init__()`, the parent class was not set up before
you gave it a part to keep. Look at the first of the three rules above the exercise."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="no bias"
"""Your model has no bias: for x = 0 it always answers 0, and it has fewer numbers to train than
asked. Run it on `torch.zeros(1, 2)`. Look at how the layer is made, or for a part that is missing
from the sum."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features, bias=False)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="bias never added"
"""Your model has a bias, and does not use it: for x = 0 it answers 0 whatever the bias is. Run it
on `torch.zeros(1, 2)`, then on the same after training. Look at what `forward` adds up."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return x @ self.weight


# %% wrong="LinearRegression" name="one bias for all outputs"
"""All outputs share a single bias. Print the number of parameters of `LinearRegression(1, 4)` and
compare it with that of `nn.Linear(1, 4)`. Every output needs a bias of its own."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x @ self.weight + self.bias


# %% wrong="LinearRegression" name="parameters not found"
"""Your model answers, but it reports no parameters, so no optimizer would train it and its
`state_dict` is empty. Run `list(LinearRegression(2, 3).parameters())`. What is to be learned hides
where `parameters()` does not look, such as in a plain list; see the example above the exercise."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.layers = [nn.Linear(in_features, out_features)]

    def forward(self, x):
        return self.layers[0](x)


# %% wrong="LinearRegression" name="parameters replaced by constants"
"""Your model computes with fixed numbers that are not found as parameters: run
`list(LinearRegression(2, 3).parameters())`. Every model of yours gives the same answers, and
nothing could train them. Tensors have to be marked as parameters, or made by a layer that does
so."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = torch.zeros(in_features, out_features)
        self.bias = torch.zeros(out_features)

    def forward(self, x):
        return x @ self.weight + self.bias


# %% wrong="LinearRegression" name="a new layer at every call"
"""Your model makes a fresh random layer each time it is asked. Ask it the same twice, and it
answers differently; `list(model.parameters())` is empty. What is to be learned has to be made once
and kept. See the second rule above the exercise."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features

    def forward(self, x):
        return nn.Linear(self.in_features, self.out_features)(x)


# %% wrong="LinearRegression" name="sizes ignored"
"""Your layer always has one input and one output, whatever sizes are asked for. Run
`LinearRegression(4, 2)(torch.zeros(6, 4))`. Look at what you hand to the layer when you make it."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="sizes swapped"
"""Inputs and outputs have changed places. Run `LinearRegression(4, 2)(torch.zeros(6, 4))`: it
should give shape (6, 2). Look at the order in which you hand the two sizes on."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(out_features, in_features)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="an activation at the end"
"""Your model is no longer linear: it never answers anything below 0. Set all parameters to the same
positive number and ask it with large negative inputs. A weighted sum plus a bias is all that is
asked; look at what else `forward` does to it."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return torch.relu(self.linear(x))


# %% wrong="LinearRegression" name="a hidden layer"
"""Your model has a layer between input and output, so there are more numbers to train than asked.
Print the number of parameters of `LinearRegression(3, 2)` and compare it with that of
`nn.Linear(3, 2)`. A linear model is one weighted sum for each output."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.hidden = nn.Linear(in_features, 8)
        self.linear = nn.Linear(8, out_features)

    def forward(self, x):
        return self.linear(self.hidden(x))


# %% wrong="LinearRegression" name="(n,) for (n, 1)"
"""Your answer loses an axis. Run `LinearRegression(2, 3)(torch.zeros(5, 2)).shape`: it should be
(5, 3), one row a sample. Look for something in `forward` that changes the shape of what the layer
gives."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x).flatten()


# %% wrong="LinearRegression" name="answers outside the graph"
"""The answers are right, but they hang on no graph, so `backward()` cannot reach the parameters.
Print `LinearRegression(2, 3)(torch.zeros(1, 2)).requires_grad`, then `torch.is_grad_enabled()`. If
the second is False, some cell has switched the recording off for good: look for where. If it is
True, look in `forward`: outside the graph is the place for asking a trained model."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        with torch.no_grad():
            return self.linear(x)


# %% wrong="LinearRegression" name="no return"
"""Your model answers None: `forward` computes and hands nothing out. Run
`print(LinearRegression(2, 3)(torch.zeros(1, 2)))`, and look at the last line of `forward`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        self.linear(x)


# %% wrong="LinearRegression" name="float64"
"""Your model answers in float64. Print `LinearRegression(2, 3)(torch.zeros(1, 2)).dtype`: the data
are float32, and so should the answer be, as `nn.Linear` gives it. Look for a conversion, or for
parameters made from float64 numbers."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features).double()

    def forward(self, x):
        return self.linear(x.double())


# %% wrong="LinearRegression" name="a bias too many"
"""Your model has two biases: `nn.Linear` brings one, and you add another. Print the number of
parameters of `LinearRegression(4, 2)` and compare it with that of `nn.Linear(4, 2)`. One of the
two is enough."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return self.linear(x) + self.bias


# %% wrong="LinearRegression" name="weight frozen"
"""Your weight cannot be trained: its `requires_grad` is False. Print `[values.requires_grad for
values in LinearRegression(2, 3).parameters()]`. All parameters have to be trainable."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.linear.weight.requires_grad_(False)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="answers squashed"
"""Your model is no longer linear: however large the input, its answers stay small. Ask it with
inputs of 1000. A weighted sum plus a bias is all that is asked; look at what else `forward` does
to it."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return torch.tanh(self.linear(x))


# %% wrong="LinearRegression" name="input centred"
"""You subtract the mean of the samples before you compute. So a single sample always gives the
bias alone: try it with `torch.ones(1, 2)` and with `5 * torch.ones(1, 2)`. Use x as it comes."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x - x.mean(dim=0))


# %% wrong="LinearRegression" name="input added"
"""You add something of the input to the weighted sum: with the weights at 0 your answer still
follows x. A weighted sum plus a bias is all that is asked."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x) + x.sum(dim=1, keepdim=True)


# %% wrong="LinearRegression" name="forward under another name"
"""PyTorch finds no `forward` in your class. It calls the method by exactly this name when you write
`model(x)`; look for a slip of the pen, and whether it is indented inside the class."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def foward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="layer not kept"
"""Your layer is a name inside `__init__`, and gone when that ends: the model reports no
parameters, and `forward` does not find it. Keep it as an attribute: `self.… = …`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        linear = nn.Linear(in_features, out_features)  # noqa: F841

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="not an nn.Module"
"""Your class is based on nothing, so it has no `parameters()`, and `model(x)` cannot be called. The
first rule above the exercise: `nn.Module` stands in brackets after the class's name, and `__init__`
begins with `super().__init__()`."""


class LinearRegression:
    def __init__(self, in_features, out_features):
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="two layers"
"""Your model has a second linear layer and so more numbers than a linear model needs. Two
weighted sums behind each other are one weighted sum: keep one layer, from `in_features` to
`out_features`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.first = nn.Linear(in_features, in_features)
        self.second = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.second(self.first(x))


# %% wrong="LinearRegression" name="softmax at the end"
"""Your answers always add up to 1: something like `softmax` stands at the end. A linear model may
answer anything; hand out the weighted sum plus the bias as it is."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return torch.softmax(self.linear(x), dim=1)


# %% wrong="LinearRegression" name="bias frozen"
"""The bias is there and cannot be trained: its `requires_grad` is False. Print that for each of
`LinearRegression(2, 3).parameters()`. Every number of the model is to be learned."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.linear.bias.requires_grad = False

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="everything frozen"
"""Nothing in your model can be trained: `requires_grad` is False for all its parameters. Print it
for each of `LinearRegression(2, 3).parameters()`. `nn.Linear` makes them trainable by itself."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        for parameter in self.parameters():
            parameter.requires_grad = False

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="parts of the answer dropped"
"""Your model answers differently each time it is asked: some of its answers are set to 0 at random.
That is what `Dropout` does, a trick for large networks. Leave it out here."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(self.linear(x))


# %% wrong="LinearRegression" name="tensors for parameters"
"""Your numbers are plain tensors. They may require grad, but the model does not know them: no
optimizer would train them, and the `state_dict` is empty. Run `list(LinearRegression(2,
3).parameters())`. Wrap each in `nn.Parameter(…)`, as `Shift` does, or use `nn.Linear`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = torch.ones(in_features, out_features, requires_grad=True)
        self.bias = torch.zeros(out_features, requires_grad=True)

    def forward(self, x):
        return x @ self.weight + self.bias


# %% wrong="LinearRegression" name="sigmoid at the end"
"""Your answers all lie between 0 and 1: something like `sigmoid` stands at the end. A linear model
may answer anything; hand out the weighted sum plus the bias as it is."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return torch.sigmoid(self.linear(x))


# %% wrong="LinearRegression" name="the layer returned"
"""`forward` returns the layer and not what it answers. Hand x to it: `self.…(x)`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear


# %% wrong="LinearRegression" name="__init__ under another name"
"""Your sizes reach the `__init__` of `nn.Module`, which takes none. Either you hand them to
`super().__init__()`, or your class has no `__init__` of its own: look for a slip of the pen in its
name, with two underscores on each side."""


class LinearRegression(nn.Module):
    def _init_(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="forward without self"
"""`forward` gets the model itself as its first argument, and x as its second. Give it `self` before
`x`, as `__init__` has it."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(x):  # noqa: N805
        return self.linear(x)


# %% [markdown]
# ## broadcast_shape

# %% right="broadcast_shape" name="asked of torch"
"""torch has a function for it; what comes back is a torch.Size, which is a tuple."""


def broadcast_shape(shape_a, shape_b):
    return torch.broadcast_shapes(shape_a, shape_b)


# %% right="broadcast_shape" name="by hand, ones in front"
"""The shorter shape is filled up with ones at the left, then the larger of each pair is taken."""


def broadcast_shape(shape_a, shape_b):
    n = max(len(shape_a), len(shape_b))
    a = (1,) * (n - len(shape_a)) + tuple(shape_a)
    b = (1,) * (n - len(shape_b)) + tuple(shape_b)
    return tuple(max(one, other) for one, other in zip(a, b, strict=True))


# %% right="broadcast_shape" name="recursion from the right"
"""The last axes are compared, and the rest is left to the next call."""


def broadcast_shape(shape_a, shape_b):
    if not shape_a or not shape_b:
        return tuple(shape_a or shape_b)
    last = shape_b[-1] if shape_a[-1] == 1 else shape_a[-1]
    return (*broadcast_shape(shape_a[:-1], shape_b[:-1]), last)


# %% right="broadcast_shape" name="numpy does it"
"""The subtraction is really made, in numpy instead of torch."""


def broadcast_shape(shape_a, shape_b):
    return (np.zeros(shape_a) - np.ones(shape_b)).shape


# %% right="broadcast_shape" name="reversed and zipped"
"""Both shapes are turned round, and itertools fills up the shorter one."""

from itertools import zip_longest


def broadcast_shape(shape_a, shape_b):
    pairs = zip_longest(reversed(shape_a), reversed(shape_b), fillvalue=1)
    backwards = [max(pair) for pair in pairs]
    return tuple(backwards[::-1])


# %% wrong="broadcast_shape" name="lined up at the left"
"""You line the two shapes up at their left end. With equal lengths nobody sees it; try (4, 3) and
(3,), and compare with the shape that torch itself gives for `a - b`. Look at the end to which the
missing axes are added."""


def broadcast_shape(shape_a, shape_b):
    n = max(len(shape_a), len(shape_b))
    a = tuple(shape_a) + (1,) * (n - len(shape_a))
    b = tuple(shape_b) + (1,) * (n - len(shape_b))
    return tuple(max(one, other) for one, other in zip(a, b, strict=True))


# %% wrong="broadcast_shape" name="longer shape wins"
"""You return the shape with more axes. That is right only while it has no axis of size 1 that gets
stretched: run `(torch.zeros(3, 1) - torch.zeros(3)).shape` and compare. Both shapes have a say in
every axis."""


def broadcast_shape(shape_a, shape_b):
    return max(shape_a, shape_b, key=len)


# %% wrong="broadcast_shape" name="shape of the first"
"""You return the shape of `a`, whatever `b` is. Swap the two arguments: the shape of a difference
does not depend on which comes first, and yours changes. Each axis has to be compared."""


def broadcast_shape(shape_a, shape_b):
    return tuple(shape_a)


# %% wrong="broadcast_shape" name="larger tuple wins"
"""You compare the two tuples as a whole, and Python does that like words in a dictionary: the first
number that differs decides. Try (2, 1) and (1, 9): the answer is neither of the two shapes.
Compare them axis by axis."""


def broadcast_shape(shape_a, shape_b):
    return max(tuple(shape_a), tuple(shape_b))


# %% wrong="broadcast_shape" name="missing axes dropped"
"""Your shape has as many axes as the *shorter* of the two: `zip` stops when one of them ends. Try
(5, 3) and (3,), and count the axes that torch gives. Nothing of the longer shape may get lost."""


def broadcast_shape(shape_a, shape_b):
    pairs = zip(shape_a[::-1], shape_b[::-1], strict=False)
    return tuple(max(pair) for pair in pairs)[::-1]


# %% wrong="broadcast_shape" name="ones win"
"""Where an axis of size 1 meets a longer one, you keep the 1. Try (4, 1) and (4, 4), and compare
with the shape that torch gives. The axis of size 1 is the one that is stretched."""


def broadcast_shape(shape_a, shape_b):
    n = max(len(shape_a), len(shape_b))
    a = (1,) * (n - len(shape_a)) + tuple(shape_a)
    b = (1,) * (n - len(shape_b)) + tuple(shape_b)
    return tuple(min(one, other) for one, other in zip(a, b, strict=True))


# %% wrong="broadcast_shape" name="a list for a tuple"
"""The numbers are right, but they come as a list, and a shape is a tuple. Print
`type(broadcast_shape((2,), (2,)))`, and look at the brackets in your last line."""


def broadcast_shape(shape_a, shape_b):
    return list(torch.broadcast_shapes(shape_a, shape_b))


# %% wrong="broadcast_shape" name="rule of the matrix product"
"""You take the first axis of one shape and the last of the other: that is the rule for `a @ b`, not
for `a - b`. Try (4, 3) and (4, 3): the difference of two equal shapes has that shape. A single
number has no axis to take."""


def broadcast_shape(shape_a, shape_b):
    return (shape_a[0], shape_b[-1])


# %% wrong="broadcast_shape" name="one shape behind the other"
"""You put one shape behind the other. Try (3,) and (3,): two vectors of one length give a vector of
that length, and you return two axes. Line the shapes up, and let each pair of axes become one."""


def broadcast_shape(shape_a, shape_b):
    return tuple(shape_a) + tuple(shape_b)


# %% wrong="broadcast_shape" name="two axes only"
"""Your function knows shapes with one or two axes only. Try a shape with three axes, and the shape
() of a single number. Go through as many axes as the longer of the two has."""


def broadcast_shape(shape_a, shape_b):
    if len(shape_a) == len(shape_b) == 1:
        return (max(shape_a[0], shape_b[0]),)
    if len(shape_a) == 1:
        shape_a = (1, shape_a[0])
    if len(shape_b) == 1:
        shape_b = (1, shape_b[0])
    return (max(shape_a[0], shape_b[0]), max(shape_a[1], shape_b[1]))


# %% wrong="broadcast_shape" name="the tensor for its shape"
"""You return the difference itself, a tensor full of numbers, where its shape is asked. Print what
comes back for (2, 1) and (2,). One step is missing at the end."""


def broadcast_shape(shape_a, shape_b):
    return torch.zeros(shape_a) - torch.zeros(shape_b)


# %% wrong="broadcast_shape" name="ones in front dropped"
"""You drop axes of size 1 at the front. Try (1, 3) and (1, 3), and compare with the shape that
torch gives for `a - b`: a row minus a row is a row, with both its axes. An axis that both shapes
have stays, also when it counts only 1."""


def broadcast_shape(shape_a, shape_b):
    shape = list(torch.broadcast_shapes(shape_a, shape_b))
    while shape and shape[0] == 1:
        shape.pop(0)
    return tuple(shape)


# %% wrong="broadcast_shape" name="shape of the second"
"""You return the shape of `b`, whatever `a` is. Swap the two arguments: the shape of a difference
does not depend on which comes first, and yours changes. Each axis has to be compared."""


def broadcast_shape(shape_a, shape_b):
    return tuple(shape_b)


# %% wrong="broadcast_shape" name="equal lengths only"
"""Your function raises when one shape has more axes than the other. Try (5, 3) and (3,). Missing
axes count as 1, at the left end."""


def broadcast_shape(shape_a, shape_b):
    return tuple(max(one, other) for one, other in zip(shape_a, shape_b, strict=True))


# %% wrong="broadcast_shape" name="sizes multiplied"
"""You multiply the two sizes of an axis. That is right as long as one of them is 1; try (3, 2) and
(3, 2): the difference of two equal shapes has that shape."""


def broadcast_shape(shape_a, shape_b):
    n = max(len(shape_a), len(shape_b))
    a = (1,) * (n - len(shape_a)) + tuple(shape_a)
    b = (1,) * (n - len(shape_b)) + tuple(shape_b)
    return tuple(one * other for one, other in zip(a, b, strict=True))


# %% wrong="broadcast_shape" name="as long as the shorter"
"""Your shape ends where the shorter of the two does. Try (4, 1) and (4,): the result has two axes.
Shapes are lined up at their right end, and the axes that one of them lacks count as 1. (`zip`
begins at the left and stops at the shorter.)"""


def broadcast_shape(shape_a, shape_b):
    return tuple(max(one, other) for one, other in zip(shape_a, shape_b, strict=False))


# %% wrong="broadcast_shape" name="number of entries"
"""You return how many entries there are. Asked is the shape: a tuple with the size of each axis."""


def broadcast_shape(shape_a, shape_b):
    return (torch.zeros(shape_a) - torch.zeros(shape_b)).numel()


# %% wrong="broadcast_shape" name="ones in front of b only"
"""Your function is right as long as `shape_b` is not the longer one. Try (2, 1) and (3, 1, 7). The
shorter shape gets ones in front, and that may be either."""


def broadcast_shape(shape_a, shape_b):
    shape_b = (1,) * (len(shape_a) - len(shape_b)) + shape_b
    return tuple(max(one, other) for one, other in zip(shape_a, shape_b, strict=False))


# %% wrong="broadcast_shape" name="equal shapes only"
"""Your function refuses shapes that differ, and those are the point: (4, 1) and (4,) fit together.
Two sizes fit when they are equal or when one of them is 1."""


def broadcast_shape(shape_a, shape_b):
    if shape_a != shape_b:
        raise ValueError("the shapes differ")
    return shape_a


# %% wrong="broadcast_shape" name="text for a tuple"
"""You return the shape as a piece of text. A tuple of whole numbers is asked: `tuple(….shape)`,
without `str` or an f-string."""


def broadcast_shape(shape_a, shape_b):
    return str(tuple((torch.zeros(shape_a) - torch.zeros(shape_b)).shape))


# %% wrong="broadcast_shape" name="axes of size 1 dropped"
"""You drop every axis of size 1. Try (8, 1) and (), and compare with the shape that torch gives for
`a - b`: a column stays a column. Look for `squeeze`, or for a condition on the size 1."""


def broadcast_shape(shape_a, shape_b):
    return tuple((torch.zeros(shape_a) - torch.zeros(shape_b)).squeeze().shape)


# %% wrong="train" name="plain steps of 0.01 of its own"
"""You make an optimizer yourself and leave the one that is handed in unused. Hand in one with
another learning rate: the losses stay as they are. Everything that the loop needs comes in as an
argument; count which of them you use."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="stops before a loss that grows"
"""Your loop ends as soon as a loss is larger than the one before, so losses are missing. Train
with a learning rate that is too large and count them. The caller has asked for n_epochs; look for
a `break`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="LinearRegression" name="outputs added up"
"""Your model has one answer a sample, however many are asked: it adds its outputs up. Run
`LinearRegression(3, 2)(torch.zeros(4, 3)).shape`: it should be (4, 2). Look for a `sum` in
`forward`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x).sum(dim=1, keepdim=True)


# %% wrong="as_column" name="equal values dropped, and sorted"
"""Values that come twice are dropped, and the rest are sorted. Try `as_column([3, 1, 3])`: three
rows are asked, in that order. Look for `unique` or `set`."""


def as_column(values):
    return torch.unique(torch.as_tensor(values, dtype=torch.float32)).reshape(-1, 1)


# %% wrong="predict" name="bias added once more"
"""Your answer holds the bias twice: the model adds it, and you do so again. Try
`predict(make_model(2.0, 100.0), 0.0)`: it should be 100. Let the model do the whole
calculation."""


def predict(model, value):
    with torch.no_grad():
        return (model(torch.tensor([[float(value)]])) + model.bias).item()


# %% wrong="train" name="mean of the losses so far"
"""Each number of your list is the mean of all losses so far. The first is right, the later ones
lag behind. The loss of each epoch by itself is asked; look for a running total."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses, total = [], 0.0
    for k in range(n_epochs):
        loss = loss_function(model(x), y)
        total += loss.item()
        losses.append(total / (k + 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="an update for each sample"
"""You make one update for each sample, so an epoch holds as many updates as there are samples.
Print a line at each `step()` and count. Here an epoch is one update, made from all samples
together."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        losses.append(loss_function(model(x), y).item())
        for i in range(len(x)):
            loss = loss_function(model(x[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return losses


# %% wrong="LinearRegression" name="two layers, the first of four"
"""Your model has two layers, one behind the other. Without something between them they can only
do what one does, with more numbers. Count the numbers in `parameters()` for three inputs and two
outputs: there should be eight."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.one = nn.Linear(in_features, 4)
        self.two = nn.Linear(4, out_features)

    def forward(self, x):
        return self.two(self.one(x))


# %% wrong="LinearRegression" name="input standardised"
"""Your model standardises x before it uses it, so the answer to one sample depends on the others
beside it. Ask it about one sample alone, and then among others. `forward` takes x as it is."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear((x - x.mean()) / (x.std() + 1e-8))


# %% wrong="as_column" name="divided by the largest"
"""Your numbers are divided by the largest of them. Try `as_column([1, 2, 4])`: the last row
should hold 4. Only the shape and the number type should change; look for a division."""


def as_column(values):
    t = torch.as_tensor(values, dtype=torch.float32).reshape(-1, 1)
    m = t.abs().max()
    return t / m if m > 0 else t


# %% wrong="predict" name="rounded to one decimal"
"""Your answer is rounded to one decimal. Try `predict(make_model(1.0, 0.0), 0.12)`: it should be
0.12. Rounding is for printing; look for `round`."""


def predict(model, value):
    with torch.no_grad():
        return round(model(torch.tensor([[float(value)]])).item(), 1)


# %% wrong="predict" name="weight added"
"""You add the weight to the value. Try `predict(make_model(0.0, 5.0), 3.0)`: a line with the
slope 0 answers 5 everywhere. Let the model do the whole calculation."""


def predict(model, value):
    return value + model.weight.item() + model.bias.item()


# %% wrong="sgd_step" name="step divided by the number of parameters"
"""Your steps get shorter, the more parameters there are: you divide by their number. Hand in one
leaf alone, then the same leaf beside another: it has to move as far. Each parameter has a
gradient of its own."""


def sgd_step(parameters, learning_rate):
    ps = list(parameters)
    with torch.no_grad():
        for p in ps:
            if p.grad is not None:
                p -= learning_rate * p.grad / len(ps)
                p.grad = None


# %% wrong="train" name="losses divided by the number of samples"
"""The model is trained rightly, but each loss is divided by the number of samples. The loss
function has taken the mean already. Compute `loss_function(model(x), y)` yourself before the
first epoch, and compare."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item() / len(x))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="LinearRegression" name="dropout"
"""Your model leaves out some of its inputs at random: ask it the same twice, and it answers
differently. Dropout belongs to large networks; a weighted sum plus a bias is asked."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.drop = nn.Dropout(0.5)
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(self.drop(x))


# %% wrong="LinearRegression" name="axes of size 1 dropped"
"""Your answer loses every axis of size 1: for one output, or one sample, its shape is too short.
Run `LinearRegression(3, 1)(torch.zeros(4, 3)).shape`: it should be (4, 1). Look for `squeeze`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x).squeeze()


# %% wrong="broadcast_shape" name="in reverse order"
"""The sizes are right, but they come in reverse order. Try (6, 2) and (2,), and compare with the
shape that torch gives. Either you go through the axes from the right and never turn the result
round again, or there is a `.T` too many."""


def broadcast_shape(shape_a, shape_b):
    found = []
    for place in range(1, max(len(shape_a), len(shape_b)) + 1):
        one = shape_a[-place] if place <= len(shape_a) else 1
        other = shape_b[-place] if place <= len(shape_b) else 1
        found.append(max(one, other))
    return tuple(found)


# %% wrong="broadcast_shape" name="number of axes"
"""You return how many axes the result has, and not how long each of them is. Print
`broadcast_shape((4, 1), (4,))`: a tuple with a size for each axis is asked. Look for `dim`, `ndim`
or `len`."""


def broadcast_shape(shape_a, shape_b):
    return (torch.zeros(shape_a) - torch.zeros(shape_b)).ndim


# %% wrong="make_model" name="bias left at 0"
"""The weight is right, and the bias is 0 whatever is asked for. Print `make_model(1.0, 2.0).bias`.
Look at what you fill the bias with."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    nn.init.constant_(model.weight, weight)
    nn.init.zeros_(model.bias)
    return model


# %% wrong="predict" name="bias multiplied by the value"
"""Your bias is multiplied by the value, as the weight is. Try
`predict(make_model(2.0, 100.0), 0.0)`: at 0 the bias alone is left, and you return 0. Look at your
brackets, or let the model do the whole calculation."""


def predict(model, value):
    return (model.weight.item() + model.bias.item()) * value


# %% wrong="predict" name="solved for the value"
"""You go backwards: you return the input for which the model would answer `value`. What is asked is
the model's answer to that input. Try `predict(make_model(2.0, 0.0), 6.0)`: 12 is asked, and you
return 3. Hand the value to the model."""


def predict(model, value):
    return (value - model.bias.item()) / model.weight.item()


# %% wrong="predict" name="always the same input"
"""Whatever value you are given, the model is asked about the same one. Compare
`predict(line, 2.0)` with `predict(line, 3.0)`. Look for a number that stands where `value` should,
perhaps from the cell above."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor([[60.0]])).item()


# %% wrong="predict" name="a gradient left behind"
"""The number is right, but you leave gradients behind in the model: the next training would begin
with them. Run `predict(line, 1.0)` and print `line.weight.grad`. A prediction needs no
`backward()`."""


def predict(model, value):
    answer = model(torch.tensor([[value]]))
    answer.backward()
    return answer.item()


# %% wrong="sgd_step" name="parameter replaced by the step"
"""You put the step in the place of the parameter: where it stood before is forgotten. Take one leaf
of value 3 with the gradient 6 and the rate 0.1: it should come to 2.4. Look for `=` where `-=` is
meant."""


def sgd_step(parameters, learning_rate):
    for p in parameters:
        if p.grad is not None:
            p.data = learning_rate * p.grad
            p.grad = None


# %% wrong="sgd_step" name="step halved"
"""Your steps are half as long as they should be. Take one leaf of value 0 with the gradient 6 and
the rate 0.5: it should come to -3. Look for a factor beside the learning rate."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= 0.5 * learning_rate * p.grad
                p.grad = None


# %% wrong="sgd_step" name="a gradient made up"
"""A parameter without a gradient moves, too: you make up a gradient for it. Make a leaf that no
loss has used and hand it in: it should stay as it is."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for p in parameters:
            if p.grad is None:
                p.grad = torch.ones_like(p)
            p -= learning_rate * p.grad
            p.grad = None


# %% wrong="train" name="cleared once, before the loop"
"""Your first update is right, then the gradients pile up: each `backward()` adds to what is already
there. Print `model.weight.grad` before and after `backward()` in the second epoch. The one thing a
loop has to do between two updates is missing, or stands in front of the loop."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    optimizer.zero_grad()
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="loss of x and y"
"""`backward()` fails because the loss hangs on no graph. Look at what you hand to the loss
function: is the model's answer in it? And where nothing is recorded, no slope can be found: look
for a `torch.no_grad()` around the loop, or a `.detach()` or `.item()` before `backward()`.
`optimizer.step()` takes care of itself."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(x, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="x and y swapped"
"""Your model is trained to tell x from y: the two have changed places. Compute
`loss_function(model(x), y)` yourself before the first epoch, and compare it with the first entry of
your list."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(y), x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="two steps for each loss"
"""The first loss is right, then the model is ahead: you make two updates with each gradient. Count
how often `optimizer.step()` runs in one epoch."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="list made anew in each epoch"
"""Only the last loss is left: your list is made anew in every epoch. (With no epoch, there is none
at all.) Look at the line that makes it, and at how far it is indented."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    for _ in range(n_epochs):
        losses = []
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="losses divided by the number of epochs"
"""The model is trained rightly, but each loss is divided by the number of epochs. Compute
`loss_function(model(x), y)` yourself before the first epoch, and compare it with the first entry of
your list."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item() / n_epochs)
    return losses


# %% wrong="LinearRegression" name="two layers, the first of ten"
"""There are two layers where one is asked: print `LinearRegression(4, 2)` and count its numbers to
train. Two linear layers in a row can do no more than one, and have more to learn."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.one = nn.Linear(in_features, 10)
        self.two = nn.Linear(10, out_features)

    def forward(self, x):
        return self.two(self.one(x))


# %% wrong="LinearRegression" name="bias multiplied"
"""Your bias is multiplied with the weighted sum, and it should be added to it. Run the model on
`torch.zeros(1, 2)`: nothing but the bias should come out, and yours gives 0."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.ones(out_features))

    def forward(self, x):
        return (x @ self.weight) * self.bias


# %% wrong="LinearRegression" name="one number out of many"
"""`forward` asks a tensor for its one number, and yours holds an answer for each sample and output.
Hand out the tensor as it is: look for `item()` or `float()`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x).item()


# %% wrong="as_column" name="standardised"
"""Your numbers come out with mean 0 and spread 1. Try `as_column([3, 1, 2])`: the same three
numbers should come out. The shape changes, and the number type, but not the values."""


def as_column(values):
    found = torch.as_tensor(values, dtype=torch.float32)
    return ((found - found.mean()) / found.std()).reshape(-1, 1)


# %% wrong="as_column" name="as many columns as rows"
"""You return a table of n columns, each of them the same. Print the shape for three numbers: one
column is asked. Look for `expand` or `repeat`."""


def as_column(values):
    found = torch.as_tensor(values, dtype=torch.float32)
    return found.unsqueeze(1).expand(len(found), len(found))


# %% wrong="broadcast_shape" name="sizes added"
"""You add the two sizes of an axis. Try (3, 2) and (3, 2): the difference of two equal shapes has
that shape. An axis of size 1 is stretched to the other's size, and adds nothing."""


def broadcast_shape(shape_a, shape_b):
    n = max(len(shape_a), len(shape_b))
    one = (1,) * (n - len(shape_a)) + tuple(shape_a)
    other = (1,) * (n - len(shape_b)) + tuple(shape_b)
    return tuple(i + j for i, j in zip(one, other, strict=True))


# %% wrong="broadcast_shape" name="sizes subtracted"
"""You take the difference of the sizes. What is asked is the shape of the difference of two
*tensors* that have these shapes. Make two such tensors with `torch.zeros`, subtract, and print the
shape."""


def broadcast_shape(shape_a, shape_b):
    return tuple(a - b for a, b in zip(shape_a, shape_b, strict=False))


# %% wrong="broadcast_shape" name="tensors of the sizes"
"""You make tensors that *hold* the sizes, and what is asked is about tensors that *have* these
shapes. Print `torch.tensor((4, 1)).shape` and `torch.zeros((4, 1)).shape`."""


def broadcast_shape(shape_a, shape_b):
    return tuple((torch.tensor(shape_a) - torch.tensor(shape_b)).shape)


# %% wrong="broadcast_shape" name="sizes of the first, ones in front"
"""Where b is longer you put ones in front of a's shape, and then b has no say: its sizes never come
out. Try (1, 3) and (4, 3). An axis where a has size 1 is stretched to the size of b."""


def broadcast_shape(shape_a, shape_b):
    n = max(len(shape_a), len(shape_b))
    return (1,) * (n - len(shape_a)) + tuple(shape_a)


# %% wrong="broadcast_shape" name="largest size on every axis"
"""Every axis of yours gets the largest size of all. Try (2, 1) and (1, 9): each axis is decided by
the two sizes that stand there, and by no other."""


def broadcast_shape(shape_a, shape_b):
    return (max(shape_a + shape_b),) * max(len(shape_a), len(shape_b))


# %% wrong="make_model" name="two outputs"
"""Your layer has two outputs, or two inputs, where one is asked: print its weight's shape. The
sizes in the brackets of `nn.Linear` are both 1; weight and bias are numbers inside it."""


def make_model(weight, bias):
    model = nn.Linear(1, 2)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    return model


# %% wrong="make_model" name="random start multiplied"
"""You multiply the random numbers that `nn.Linear` began with. Print `make_model(1.0, 2.0).weight`
twice: it differs from call to call. The old number should be replaced."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.mul_(weight)
        model.bias.mul_(bias)
    return model


# %% wrong="sgd_step" name="divided by the rate"
"""You divide by the learning rate where you should multiply: the smaller the rate, the longer your
step. Take one leaf of value 3 with the gradient 6 and the rate 0.1: it should come to 2.4."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= p.grad / learning_rate
                p.grad = None


# %% wrong="sgd_step" name="gradient squared"
"""You square the gradient, so every parameter moves down, whatever the sign of its slope. Take one
leaf of value 3 with the gradient -6 and the rate 0.1: it should come to 3.6."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad**2
                p.grad = None


# %% wrong="sgd_step" name="step scaled by the parameter"
"""Your step is multiplied by the parameter itself: from 0 nothing moves, and from far away it
leaps. Take one leaf of value 0 with the gradient 6 and the rate 0.5: it should come to -3."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for p in parameters:
            if p.grad is not None:
                p -= learning_rate * p.grad * p
                p.grad = None


# %% wrong="train" name="prediction made once"
"""The first update is right, then you go on with an old prediction: the model answers once, in
front of the loop. After each update it answers differently. (`retain_graph=True` silences the error
that would have told you so.)"""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    y_pred = model(x)
    for _ in range(n_epochs):
        loss = loss_function(y_pred, y)
        optimizer.zero_grad()
        loss.backward(retain_graph=True)
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="LinearRegression" name="one output always"
"""Your layer has one output, whatever is asked for. Run
`LinearRegression(4, 2)(torch.zeros(6, 4)).shape`: it should be (6, 2). Look at what becomes of
`out_features`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, 1)

    def forward(self, x):
        return self.linear(x)


# %% wrong="LinearRegression" name="bias taken off"
"""Your bias is taken off, and it should be added. Set all parameters to 1 and run the model on
`torch.zeros(1, 2)`: 1 is asked, and yours gives -1."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return x @ self.weight - self.bias


# %% wrong="LinearRegression" name="a bias for each input"
"""You have a bias for each input, added before the weighted sum. Print the number of parameters of
`LinearRegression(1, 4)`: it should be 8. Every *output* has a bias, added at the end."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(in_features))

    def forward(self, x):
        return (x + self.bias) @ self.weight


# %% wrong="LinearRegression" name="one weight for each output"
"""There is one weight for each output, and each number is multiplied by its own: nothing is added
up over the inputs. Print the number of parameters of `LinearRegression(3, 2)`: it should be 8. A
weighted *sum* has a weight for each pair of input and output."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return x * self.weight + self.bias


# %% wrong="LinearRegression" name="mean over the samples"
"""One number comes out, however many samples go in: you take the mean of all answers. Run
`LinearRegression(4, 2)(torch.zeros(6, 4)).shape`: it should be (6, 2). The mean belongs to the
loss."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x).mean()


# %% wrong="train" name="update at the beginning of the next epoch"
"""Your losses are right, but the model is one update behind: you step in front of the backward
pass, so the gradients of the last epoch are never used. Ask for one epoch and look whether the
weight has moved. Follow one epoch: loss, clear, backward, step."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        optimizer.step()
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        losses.append(loss.item())
    return losses


# %% wrong="train" name="weights for losses"
"""Your list holds the weight after each update, and the losses are asked. The training itself is
right. Print your list beside `loss_function(model(x), y)`, and look at what you append."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    weights = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        weights.append(next(model.parameters()).flatten()[0].item())
    return weights


# %% wrong="train" name="input standardised"
"""You standardise x before you train, so the model learns another line than the one asked for.
Leave x as it comes: whoever calls `train` decides what it learns from. Compare your first loss with
`loss_function(model(x), y)`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    x = (x - x.mean()) / x.std()
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong="LinearRegression" name="bias added twice"
"""Your bias is added twice: the layer adds it, and you do so again. Set all parameters to 1 and run
the model on `torch.zeros(1, 2)`: 1 is asked, and yours gives 2."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x) + self.linear.bias


# %% wrong="as_column" name="tensor of the caller changed"
"""Your column is right, but a tensor that is handed in is a column itself afterwards. Run `t =
torch.tensor([1.0, 2.0])`, `as_column(t)` and then `print(t.shape)`. A method whose name ends in an
underscore changes what it is called on; look for one."""


def as_column(values):
    if isinstance(values, torch.Tensor):
        values.unsqueeze_(1)
        return values.to(torch.float32)
    return torch.tensor(values, dtype=torch.float32).unsqueeze(1)


# %% wrong="as_column" name="float64 kept"
"""Whole numbers you convert, decimals you leave as they are: a NumPy array or a tensor of float64
stays float64. Print `as_column(np.array([0.5])).dtype`. Ask for `torch.float32`, whatever comes."""


def as_column(values):
    column = torch.as_tensor(values)
    if not column.is_floating_point():
        column = column.float()
    return column.reshape(-1, 1)


# %% wrong="as_column" name="first value only"
"""Only the first value is in your column. Print `as_column([1, 2, 3]).shape`. Look for a `return`
inside a loop, or for an index."""


def as_column(values):
    for value in values:
        return torch.tensor([[float(value)]])
    return torch.zeros(0, 1)


# %% wrong="as_column" name="first value dropped"
"""The first value is missing in your column. Print `as_column([1, 2, 3])`. Look for a slice, or for
a loop that begins at 1."""


def as_column(values):
    return torch.as_tensor(values, dtype=torch.float32)[1:].reshape(-1, 1)


# %% wrong="broadcast_shape" name="the larger tensor wins"
"""You return the shape of the tensor that holds more numbers, and the answer may be neither of the
two: (7, 1) and (1, 7). Compare the two shapes axis by axis, from the right."""


def broadcast_shape(shape_a, shape_b):
    if np.prod(shape_a) >= np.prod(shape_b):
        return shape_a
    return shape_b


# %% wrong="broadcast_shape" name="raises where lengths differ"
"""You refuse two shapes of different lengths, and torch does not: (4, 3) and (3,) fit together. The
shorter one counts as having ones in front."""


def broadcast_shape(shape_a, shape_b):
    if len(shape_a) != len(shape_b):
        raise ValueError("different number of axes")
    return tuple(max(a, b) for a, b in zip(shape_a, shape_b, strict=True))


# %% wrong="broadcast_shape" name="an axis too many"
"""Your shape has an axis too many, a 1 in front. Count the axes of (7, 1) and (7,): there are as
many as the longer of the two has."""


def broadcast_shape(shape_a, shape_b):
    return (1, *(torch.zeros(shape_a) - torch.zeros(shape_b)).shape)


# %% wrong="broadcast_shape" name="largest of all on the last axis"
"""You compare the last axes and take the others from the first shape alone. Try (1, 3) and (5, 3):
the 5 is lost. Every axis has to be compared."""


def broadcast_shape(shape_a, shape_b):
    if not shape_a or not shape_b:
        return tuple(shape_a or shape_b)
    longer = shape_a if len(shape_a) >= len(shape_b) else shape_b
    return (*longer[:-1], max(shape_a[-1], shape_b[-1]))


# %% wrong="make_model" name="a weight of shape (1,)"
"""The weight has lost an axis: an `nn.Linear(1, 1)` keeps it in a table of shape (1, 1), and yours
is flat. Print `make_model(1.0, 2.0).weight.shape`, and hand the model `torch.tensor([[3.0]])`.
Count the brackets around the number."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight = nn.Parameter(torch.tensor([float(weight)]))
    model.bias = nn.Parameter(torch.tensor([float(bias)]))
    return model


# %% wrong="make_model" name="bias of shape ()"
"""The bias has lost its axis: an `nn.Linear(1, 1)` keeps it in a vector of shape (1,), and yours is
a single number. Print `make_model(1.0, 2.0).bias.shape`. Count the brackets around the number."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight = nn.Parameter(torch.tensor([[float(weight)]]))
    model.bias = nn.Parameter(torch.tensor(float(bias)))
    return model


# %% wrong="make_model" name="weight frozen"
"""The numbers are right, but the weight cannot be trained. Print `make_model(1.0, 2.0).weight` and
look for `requires_grad`. Both parameters have to stay trainable."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    model.weight.requires_grad = False
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    return model


# %% wrong="make_model" name="fill without its underscore"
"""A tensor has no method `fill`: it is called `fill_`. The underscore at the end says that the
tensor itself is changed."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill(weight)
        model.bias.fill(bias)
    return model


# %% wrong="make_model" name="bias added to the weight"
"""Your weight is the sum of weight and bias. Print `make_model(1.0, 100.0).weight`: it should be 1.
Each number has a parameter of its own."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight + bias)
        model.bias.fill_(bias)
    return model


# %% wrong="make_model" name="parameters drawn again"
"""You write the numbers and then draw them anew: `reset_parameters()` makes them random. Print
`make_model(1.0, 2.0).weight` twice. Leave the numbers as you have written them."""


def make_model(weight, bias):
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    model.reset_parameters()
    return model


# %% wrong="predict" name="half precision"
"""You ask the model in half precision, which keeps three digits. Compare `predict(line, 0.12345)`
with `line(torch.tensor([[0.12345]]))`. Leave the number type at float32; look for `half` or
`float16`."""


def predict(model, value):
    with torch.no_grad():
        asked = torch.tensor([[value]], dtype=torch.float16).float()
        return model(asked).half().item()


# %% wrong="predict" name="value squared"
"""You ask the model about the square of the value. Compare `predict(line, 2.0)` with
`line(torch.tensor([[2.0]]))`. The value goes in as it is."""


def predict(model, value):
    with torch.no_grad():
        return model(torch.tensor([[value**2]])).item()


# %% wrong="predict" name="trained before it is asked"
"""You train the model once more before you ask it, so that it is another one afterwards. Print its
parameters before and after `predict`. Asking leaves a model as it is."""


def predict(model, value):
    x = torch.tensor([[value]])
    model(x).pow(2).mean().backward()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter -= 0.01 * parameter.grad
            parameter.grad = None
        return model(x).item()


# %% wrong="sgd_step" name="generator used up by a look"
"""You look at the parameters before you go through them, by `list(parameters)` or `len`, and a
generator, such as `model.parameters()`, can be gone through only once: in your loop nothing is
left. Try it with a list and with a generator. Keep the list that you have made, and go through
that."""


def sgd_step(parameters, learning_rate):
    if len(list(parameters)) == 0:
        return
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="gradient's sign lost"
"""You take the size of the gradient and lose its sign, so every entry gets smaller, whichever way
is downhill. Take a leaf of value 3 with the gradient −6 and the rate 0.1: it should go to 3.6. Look
for an `abs`."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad.abs()
                parameter.grad = None


# %% wrong="sgd_step" name="rate squared"
"""The rate comes in twice. Take a leaf of value 3 with the gradient 6 and the rate 0.1: it should
go to 2.4. Look at each place where `learning_rate` stands."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.grad *= learning_rate
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="only the first parameter cleared"
"""Everything moves as it should, but only the first parameter's gradient is cleared: the `return`,
or the clearing, stands at the wrong depth. Print the gradients of all parameters afterwards."""


def sgd_step(parameters, learning_rate):
    parameters = list(parameters)
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
    for parameter in parameters[:1]:
        parameter.grad = None


# %% wrong="sgd_step" name="first parameter skipped"
"""The first parameter stays where it is. Hand in two leaves and print both. Look for a slice, for a
loop that begins at 1, or for a `next` before the loop."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in list(parameters)[1:]:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


# %% wrong="sgd_step" name="rate shrinks from parameter to parameter"
"""Your rate gets smaller inside the loop, so that the second parameter steps less far than the
first. Hand in two equal leaves with equal gradients: they should stay equal."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None
                learning_rate = learning_rate / 2


# %% wrong="sgd_step" name="gradients added up over the parameters"
"""You keep the sum of the steps and take it from every further parameter, too. Hand in two leaves
of which only the first has a gradient that is not 0: the second should stay. Each moves by its own
gradient alone."""


def sgd_step(parameters, learning_rate):
    step = 0
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                step = step + learning_rate * parameter.grad.sum()
                parameter -= step
                parameter.grad = None


# %% wrong="sgd_step" name="only the largest entry moved"
"""Only the entry with the largest gradient moves, the others of the same parameter stay. Take a
leaf of two entries and print both. Every entry moves by its own gradient."""


def sgd_step(parameters, learning_rate):
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                size = parameter.grad.abs()
                parameter -= learning_rate * torch.where(size == size.max(), parameter.grad, 0.0)
                parameter.grad = None


# %% wrong="sgd_step" name="gradient shared by all"
"""You take the gradient of the first parameter for all of them. Hand in two leaves with different
gradients and print both. Each parameter has a gradient of its own."""


def sgd_step(parameters, learning_rate):
    parameters = list(parameters)
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                first = next(one.grad for one in parameters if one.grad is not None)
                parameter -= learning_rate * first.flatten()[0]
        for parameter in parameters:
            parameter.grad = None


# %% wrong="train" name="best parameters put back"
"""You keep the parameters of the smallest loss and put them back at the end, as in a competition.
The losses are right, the model is an older one. Train a single epoch and print the weight: it
should have moved. Asked is the model after the last update."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    best_loss, best_state = None, None
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        if best_loss is None or loss.item() < best_loss:
            best_loss = loss.item()
            best_state = {name: values.clone() for name, values in model.state_dict().items()}
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if best_state is not None:
        model.load_state_dict(best_state)
    return losses


# %% wrong="train" name="parameters drawn again"
"""You draw new random parameters before the first epoch, so that nothing of the model you are given
is left. Compare your first loss with `loss_function(model(x), y)` before the call. Training goes on
from where the model is; look for `reset_parameters`, or for a new model."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    for part in model.modules():
        if isinstance(part, nn.Linear):
            part.reset_parameters()
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="parameters set to zero first"
"""You set all parameters to 0 before the first epoch, so that nothing of the model you are given is
left. Compare your first loss with `loss_function(model(x), y)` before the call. Training goes on
from where the model is."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="start put back at the end"
"""You put the model back to where it began, so that training has no effect. The losses are right,
and the parameters have not moved. Print the weight before and after. Look for a copy that is loaded
again, or for a copy that is trained in the model's place."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    before = {name: values.clone() for name, values in model.state_dict().items()}
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.load_state_dict(before)
    return losses


# %% wrong="train" name="first half of the data"
"""You train on the first half of the points only, and note the loss of these. Compare your first
loss with `loss_function(model(x), y)`. In this exercise every update is made from all points."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    x, y = x[: (len(x) + 1) // 2], y[: (len(y) + 1) // 2]
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="trained on all but the last"
"""You leave the last point out of the training, as if it were kept for a test. Compare your first
loss with `loss_function(model(x), y)`. In this exercise every update is made from all points."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x[:-1]), y[:-1])
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="a hundred epochs, whatever is asked"
"""You train a hundred epochs, whatever is asked. Count your losses for `n_epochs=3`. Look for a
number where an argument belongs."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(100):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="model stepped in the optimizer's place"
"""A model has no `step()`: it is the optimizer that steps. Look at whom you ask for it."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        model.step()
    return losses


# %% wrong="train" name="a dictionary of losses"
"""You return a dictionary. Print what comes back: a list of `n_epochs` floats is asked, and nothing
around it."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = {}
    for epoch in range(n_epochs):
        loss = loss_function(model(x), y)
        losses[epoch] = loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="rate halved in each epoch"
"""You make the optimizer's rate smaller after every epoch. The first update is right, the second is
too short. Print `optimizer.param_groups[0]["lr"]` before and after: it should stay what it was."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] /= 2
    return losses


# %% wrong="train" name="order of the points drawn anew"
"""You shuffle x in every epoch and leave y as it is, so that each x meets another's y. Compare your
first loss with `loss_function(model(x), y)`. If you shuffle, then both by the same order; here
there is no need to."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x[torch.randperm(len(x))]), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="backward twice"
"""You walk back twice in every epoch, and the gradients add up: each step is twice as long as it
should be. Your first loss is right, the others are not. Count your calls of `backward()`."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward(retain_graph=True)
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="gradients cleared in every second epoch"
"""You clear the gradients in every second epoch only; in between, new ones are added to the old.
Print the gradient before each step. Every epoch begins with none."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append(loss.item())
        if epoch % 2 == 0:
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="train" name="loss and weight in pairs"
"""You keep a pair for each epoch, the number of the epoch and its loss. Print `losses[0]`: one
float is asked. Look at what you append."""


def train(model, loss_function, optimizer, x, y, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        loss = loss_function(model(x), y)
        losses.append((epoch, loss.item()))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong="LinearRegression" name="squares of the features"
"""Your model squares its inputs before it weighs them. Ask it with x = -1 and x = 1: the answers of
a line differ. A weighted sum plus a bias is all that is asked."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x**2)


# %% wrong="LinearRegression" name="the layer applied and doubled"
"""Your answer is twice what it should be: the layer's answer is added to itself. Set all parameters
to 1 and run the model on `torch.zeros(1, 2)`: 1 is asked, and yours gives 2."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x) + self.linear(x)


# %% wrong="LinearRegression" name="leaky relu at the end"
"""Your model is no longer linear: negative answers come out a hundred times too small. Set all
parameters to the same positive number and ask it with negative inputs. A weighted sum plus a bias
is all that is asked; look at what else `forward` does to it."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        return nn.functional.leaky_relu(self.linear(x))


# %% wrong="LinearRegression" name="forward asks for y as well"
"""Your `forward` asks for y, which nobody hands in: a model answers x alone. The loss is worked out
outside, from the answer and y. Look at the arguments of `forward`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x, y):
        return self.linear(x)


# %% wrong="LinearRegression" name="a tuple returned"
"""Your model returns two things where one is asked. Print what `model(x)` gives: the answer alone,
a tensor of shape (n, out_features), should come back. Look for a comma in your `return`."""


class LinearRegression(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x):
        answer = self.linear(x)
        return answer, ((answer - x.mean()) ** 2).mean()


# %% wrong="sgd_step" name="rate shared among the parameters"
"""With one parameter your step is right, with two it is half as long, with three a third: you
share the rate among them. Hand in two leaves with gradients of 1 and look how far each one goes.
Every parameter moves by the whole rate times its own gradient; look for a division by `len`."""


def sgd_step(parameters, learning_rate):
    parameters = [parameter for parameter in parameters if parameter.grad is not None]
    with torch.no_grad():
        for parameter in parameters:
            parameter -= learning_rate / len(parameters) * parameter.grad
            parameter.grad = None
