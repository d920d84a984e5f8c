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
# # Known answers to 02-autograd

# %%
import numpy as np
import torch

# %% right="leaf" name="through a float"
"""A float first, so that PyTorch chooses float32 by itself."""


def leaf(value):
    return torch.tensor(float(value), requires_grad=True)


# %% right="leaf" name="grad switched on in place"
"""The tensor is made plain; requires_grad_() makes it a leaf that learns."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float32).requires_grad_()


# %% right="leaf" name="nn.Parameter"
"""A parameter is a leaf that requires grad from birth."""


def leaf(value):
    return torch.nn.Parameter(torch.tensor(float(value)))


# %% right="leaf" name="filled in place"
"""The leaf is there before its number, which is written into it outside the graph."""


def leaf(value):
    made = torch.zeros((), requires_grad=True)
    with torch.no_grad():
        made.fill_(value)
    return made


# %% right="leaf" name="through a NumPy array"
"""NumPy fixes the dtype and the shape, PyTorch takes both over."""


def leaf(value):
    return torch.from_numpy(np.array(value, dtype=np.float32)).requires_grad_()


# %% right="leaf" name="converted and cut loose"
"""Any dtype at first, converted, cut from whatever made it; grad last."""


def leaf(value):
    made = torch.as_tensor(value).to(torch.float32).detach()
    made.requires_grad = True
    return made


# %% right="leaf" name="with a warning"
"""torch.tensor of a tensor warns on the way; the result is as asked."""


def leaf(value):
    return torch.tensor(torch.tensor(value), dtype=torch.float32, requires_grad=True)


# %% wrong="leaf" name="one-element vector"
"""Your leaf has a dimension too many: print `leaf(3).shape` and compare it with `()`. A number
in square brackets is a list of one number, and a list becomes a vector. Look at what you hand
to PyTorch."""


def leaf(value):
    return torch.tensor([value], dtype=torch.float32, requires_grad=True)


# %% wrong="leaf" name="integer dtype"
"""You leave the dtype to PyTorch, and it takes it from the number: a Python int becomes a
whole-number tensor that cannot have a slope, a NumPy number brings NumPy's dtype with it. Try
`leaf(3)` and `leaf(np.float64(3)).dtype`, and read the four types printed under classic error
1 again."""


def leaf(value):
    return torch.tensor(value, requires_grad=True)


# %% wrong="leaf" name="NumPy's dtype kept"
"""For Python numbers your leaf is as asked, for NumPy's it is not: print
`leaf(np.float64(3)).dtype`. Arithmetic turns an int into a float, but the result is still a
NumPy number with a dtype of its own. Look at where in your line the dtype is decided."""


def leaf(value):
    return torch.tensor(value * 1.0, requires_grad=True)


# %% wrong="leaf" name="float64"
"""Your leaf holds 64-bit numbers: print `leaf(0.5).dtype`. Everything else about it is right.
Compare the dtype with the one in the docstring."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


# %% wrong="leaf" name="not a leaf"
"""The tensor you return was computed from another one that already required grad: print
`leaf(3).is_leaf`. The slope will go to that other tensor, which nobody can reach any more.
Look at the order in which you convert and switch the gradient on."""


def leaf(value):
    made = torch.tensor(float(value), dtype=torch.float64, requires_grad=True)
    return made.float()


# %% wrong="leaf" name="no requires_grad"
"""PyTorch does not keep track of your tensor: print `leaf(3).requires_grad`. A `backward()` from
it is refused. Compare your line with the first `w` of this lesson."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float32)


# %% wrong="leaf" name="no return"
"""What comes back from your function is not a tensor. Run `print(type(leaf(3)))`: for NoneType
look for the `return`, for float or int look at what stands behind it."""


def leaf(value):
    made = torch.tensor(float(value), requires_grad=True)
    made.requires_grad_()


# %% wrong="leaf" name="rounded to a whole number"
"""Your leaf loses what stands behind the decimal point: print `leaf(0.75)`. Somewhere on the way
the number becomes a whole one. Look at which conversion you call, and whether it is needed."""


def leaf(value):
    return torch.tensor(float(int(value)), requires_grad=True)


# %% wrong="leaf" name="digits lost"
"""Your leaf is as asked, but its number has lost digits on the way: print `leaf(1234.567).item()`
and `leaf(0.0001234567).item()`, and count those that are right. float32 keeps about seven. Look for
a dtype with fewer digits than that, or for a `round`."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float16).float().requires_grad_()


# %% wrong="leaf" name="value ignored"
"""Your leaf holds the same number whatever it is asked for: print `leaf(3)` and `leaf(-8)`. Look
for a number that stands in your code where the argument `value` belongs."""


def leaf(value):
    return torch.tensor(0.5, requires_grad=True)


# %% wrong="leaf" name="zero replaced"
"""Your leaf is right for every number but 0: print `leaf(0)`. In Python `0 or 1.0` is 1.0. Look
for an `or`, or for an `if` that asks whether there is a value."""


def leaf(value):
    return torch.tensor(value or 1.0, dtype=torch.float32, requires_grad=True)


# %% wrong="leaf" name="large number cut off"
"""Your leaf does not hold large numbers: print `leaf(2345.678)`. Look for a `clamp`, a `min` or a
`max` on the way in."""


def leaf(value):
    return torch.tensor(max(-1000.0, min(1000.0, value)), dtype=torch.float32, requires_grad=True)


# %% wrong="leaf" name="number rounded to two decimals"
"""Your leaf loses what stands behind the second decimal: print `leaf(2345.678)`. Rounding is for
printing. Look for a `round`."""


def leaf(value):
    return torch.tensor(round(float(value), 2), requires_grad=True)


# %% wrong="leaf" name="torch.Tensor called"
"""`torch.Tensor` with a capital T takes a *size*: `torch.Tensor(3)` makes three numbers out of
whatever lies in memory. `torch.tensor`, in small letters, takes the number itself."""


def leaf(value):
    made = torch.Tensor(value)
    made.requires_grad = True
    return made


# %% wrong="leaf" name="the flag returned"
"""You return what stands behind the last dot, `requires_grad`, and that is True or False. Print
`leaf(3)`. The tensor itself is what is asked for."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float32, requires_grad=True).requires_grad


# %% wrong="leaf" name="keyword grad"
"""`torch.tensor` knows no argument `grad`. Look at the first cell of section 1: what it is called
there has two words."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float32, grad=True)


# %% wrong="leaf" name="requires_grad_ not called"
"""You return the method `requires_grad_` itself: it is not called. It needs `()` behind it; or say
`requires_grad=True` where the tensor is made."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float32).requires_grad_


# %% wrong="leaf" name="one row, one column"
"""Your tensor has two dimensions. Print `leaf(3).shape`: it should be (), no dimension at all. Each
pair of square brackets around the number makes one; look for them."""


def leaf(value):
    return torch.tensor([[value]], dtype=torch.float32, requires_grad=True)


# %% wrong="leaf" name="float16"
"""Your tensor has half the digits: print `leaf(3).dtype`. The contract asks for float32."""


def leaf(value):
    return torch.tensor(value, dtype=torch.float16, requires_grad=True)


# %% wrong="leaf" name="dtype called"
"""`torch.float` and `torch.float32` are types, not functions: they cannot be called. Hand one to
`torch.tensor` as its `dtype`."""


def leaf(value):
    return torch.float(value)


# %% wrong="leaf" name="dtype in quotes"
"""PyTorch wants its own type and no text: `torch.float32`, without quotes. Look at the last of the
four lines in the cell above."""


def leaf(value):
    return torch.tensor(value, dtype="float32", requires_grad=True)


# %% wrong="leaf" name="sign lost"
"""Your tensor has lost the sign. Print `leaf(-1.5)`. Look for `abs`."""


def leaf(value):
    return torch.tensor(abs(float(value)), requires_grad=True)


# %% wrong="leaf" name="a NumPy number"
"""You return a NumPy number. Print `type(leaf(3))`: only a tensor can carry a gradient. Look for
`np.` in your line."""


def leaf(value):
    return np.float32(value)


# %% wrong="leaf" name="integer dtype, gradient switched on afterwards"
"""From 3 your line makes a tensor of whole numbers, and PyTorch refuses to switch a gradient on
there: classic error 1. The `dtype` follows from what goes in, unless you name one."""


def leaf(value):
    made = torch.tensor(value)
    made.requires_grad_(True)
    return made


# %% right="autograd_gradient" name="torch.autograd.grad"
"""The slope is handed back at once; nothing is put into .grad."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    (slope,) = torch.autograd.grad(loss, weight)
    return float(slope)


# %% right="autograd_gradient" name="0-d tensor comes back"
"""w.grad itself: a number in a tensor, outside any graph."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad


# %% right="autograd_gradient" name="point by point"
"""One backward pass for each point; the shares of the mean add up in w.grad."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    for x_one, y_one in zip(x, y, strict=True):
        ((weight * x_one - y_one) ** 2 / len(x)).backward()
    return weight.grad.item()


# %% right="autograd_gradient" name="loss in a Python loop"
"""The loss is put together term by term; one backward pass."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    total = 0
    for k in range(len(x)):
        total = total + (y[k] - weight * x[k]) ** 2
    (total / len(x)).backward()
    return weight.grad.item()


# %% right="autograd_gradient" name="float64 inside"
"""Sixteen digits instead of seven."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    ((weight * x.double() - y.double()) ** 2).mean().backward()
    return weight.grad.item()


# %% right="autograd_gradient" name="ready-made loss"
"""mse_loss from PyTorch, a NumPy number as the result."""
from torch.nn.functional import mse_loss


def autograd_gradient(x, y, w):
    weight = torch.nn.Parameter(torch.tensor(w))
    mse_loss(weight * x, y).backward()
    return weight.grad.numpy()[()]


# %% right="autograd_gradient" name="torch.func.grad"
"""A function of w goes in, the function of its slope comes out."""


def autograd_gradient(x, y, w):
    def loss(weight):
        return ((weight * x - y) ** 2).mean()

    return torch.func.grad(loss)(torch.tensor(w)).item()


# %% right="autograd_gradient" name="prints and warns"
"""Talks to the screen and to stderr; the slope is right."""
import warnings


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    error = weight * x - y
    loss = error @ error / error.numel()
    print("made by", loss.grad_fn)
    warnings.warn("about to walk the graph", stacklevel=2)
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="sum for mean"
"""Your slope is too large by a factor, the number of points. Ask for two points, then for the
same two points twice over: a mean does not notice, yours doubles. Look at how the squared
errors become one number."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).sum()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="missing factor 2"
"""Your slope is half of what it should be, at every weight. Print your loss at w = 0 for the
data of the text and compare it with 30. Some books define the loss with a ½ in front, so that the
2 goes away; here it is the plain mean. Look for a division by 2."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean() / 2
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="wrong sign"
"""Your slope has the right size and the wrong sign. At w = 0 the best weight lies to the right,
so the loss falls as w grows: is your number there below zero? The minus of "against the
slope" belongs to the update, not to the slope."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return -weight.grad.item()


# %% wrong="autograd_gradient" name="last sample only"
"""You give the slope of one point, the last, and forget the others. Change `x[0]` or `y[0]` and
ask again: your answer stays. Look at which points go into the loss, or at what happens to
`w.grad` between two points."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = (weight * x[-1] - y[-1]) ** 2
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="loss instead of slope"
"""You return how high the loss is, not how steep. At the best weight of the text, w = 2, both
are 0, but left of it a slope must be negative; yours never is. Look at which of your two
numbers stands in the `return`."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return loss.item()


# %% wrong="autograd_gradient" name="absolute error"
"""Your loss takes the size of each error, not its square. Move w twice as far from the best
weight: the slope of a squared error doubles, yours stays the same. Look at the line that
turns errors into a loss."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = (weight * x - y).abs().mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="error not squared"
"""Your slope does not depend on w or y at all: ask at w = 0 and at w = 3. That is the slope of
the mean error itself, which has no lowest point. Look at what is missing between the error
and the mean."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = (weight * x - y).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="mean before the square"
"""You average the errors first and square afterwards, so errors of different signs cancel. Ask
for the points x = 1, −1 with y = 2, −2: every weight looks equally good to your loss. Look at
the brackets of your loss."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = (weight * x - y).mean() ** 2
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="root of the mean"
"""Your loss is the square root of the one that is asked. Print it for the data of the text at w
= 0 and compare it with 30, then square it. Look at the last thing you do to the loss."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean().sqrt()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="w ignored"
"""Your slope is the one at w = 0, whatever w is asked for. Ask with the same data at 0.0 and at
3.0: two different places, one number. Look at the number your leaf is made from."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(0.0, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="leaf shared between calls"
"""Your first answer is right, and every later one has the earlier ones added to it. Ask twice in
a row for the same thing and compare. Look at where the leaf is made, and how long its `.grad`
lives."""
shared_weight = torch.tensor(0.0, requires_grad=True)


def autograd_gradient(x, y, w):
    with torch.no_grad():
        shared_weight.fill_(w)
    loss = ((shared_weight * x - y) ** 2).mean()
    loss.backward()
    return shared_weight.grad.item()


# %% wrong="autograd_gradient" name="reads a global"
"""Your function does not use the data it is given, but the `x` and `y` of the notebook. Ask for
one point, x = 1 and y = 7, then for x = 1 and y = 9: the slope must change. Compare the names
in the brackets of `def` with those in the loss."""


def autograd_gradient(x_data, y_data, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="no return"
"""Your function gives back None. Print what stands right before its end: if that is a number,
the `return` is missing; if it is None already, nothing has put a slope there yet."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    weight.grad.item()


# %% wrong="autograd_gradient" name="no backward"
"""When you ask for the slope, `w.grad` is still None. Print it right before your last line, and
`is_leaf` of that tensor beside it. Either nobody has walked the graph, or the slope went to
another tensor than the one you look at."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    print("loss:", loss.item())
    return weight.grad.item()


# %% wrong="autograd_gradient" name="no requires_grad"
"""PyTorch refuses with a RuntimeError: read its last line. Print `requires_grad` of your weight
and of your loss. Look at what the leaf of section 1 had that yours has not."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="loss of many numbers"
"""With one point your function works, with more `backward()` refuses: print the shape of your
loss. It can only start from a single number. Look at what should turn the squared errors of
all points into one."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = (weight * x - y) ** 2
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="still requires grad"
"""You return the weight, or something computed from it, and not its slope: print what comes
back, and its `requires_grad`. Look at where `backward()` puts the slope, and how section 2
takes a plain number out."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight


# %% wrong="autograd_gradient" name="x and y swapped"
"""Your loss multiplies w by y and compares with x. Ask for one point, x = 1 and y = 3, at w = 3:
the model fits it exactly, so the slope must be 0. Look at which of the two the weight is
multiplied by."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * y - x) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="slope of the prediction"
"""You have the slope of the loss with respect to `y_pred`, not to w: the last step of the chain
is missing. Ask for one point with x = 2 and with x = 3, each with an error of 1: the slopes
must differ. In the picture of section 2, look at the number on the arrow from w to `y_pred`."""


def autograd_gradient(x, y, w):
    y_pred = (w * x).requires_grad_()
    loss = ((y_pred - y) ** 2).mean()
    loss.backward()
    return y_pred.grad.sum().item()


# %% wrong="autograd_gradient" name="autograd not asked"
"""No slope was found by autograd: no backward pass was made. Your number comes from a formula
worked out by hand, from comparing losses to either side, or stands in the code. That is not what
this exercise asks, however right it is. Look at which line of yours finds the slope."""


def autograd_gradient(x, y, w):
    return (2 * x * (w * x - y)).mean().item()


# %% right="autograd_gradient" name="forward mode"
"""A nudge that the graph carries along, without a backward pass."""


def autograd_gradient(x, y, w):
    def loss(weight):
        return ((weight * x - y) ** 2).mean()

    return torch.func.jvp(loss, (torch.tensor(w),), (torch.tensor(1.0),))[1].item()


# %% wrong="autograd_gradient" name="divided by a fixed 4"
"""Your mean divides by 4, however many points there are. Ask for two points, then for the same
two points twice over: a mean does not notice. Look for a number that belongs to the data of the
text."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).sum() / 4
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="divided by n minus 1"
"""Your loss divides by one less than there are points, and fails for a single one. A mean divides
by their number. Ask for the points of the text at w = 0 and compare with −30. Look at how the
squared errors become one number."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).sum() / (len(x) - 1)
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="slope cut off"
"""Large slopes come back too small: yours never goes beyond a certain size. Ask for the points of
the text at w = 2000: the loss is very steep there. Look for a `clamp`, a `min` or a `max`."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.clamp(-1000, 1000).item()


# %% wrong="autograd_gradient" name="slope cut off at 10"
"""Your slope never goes beyond 10 in size. At w = 0 the points of the text have a slope of −30:
what do you get? Cutting off steep slopes has its place in the training of large models, not here.
Look for a `clamp`."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.clamp(-10, 10).item()


# %% wrong="autograd_gradient" name="slope rounded"
"""Your slope has lost digits: ask for points as small as 0.001, where the slope is very small,
too. A rounded slope becomes 0 there. Rounding is for printing. Look for a `round`."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return round(weight.grad.item(), 2)


# %% wrong="autograd_gradient" name="slope as a whole number"
"""Your slope has nothing behind the decimal point, whatever is asked: ask at w = 0.3. Look for a
conversion to a whole number on the way out."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return float(int(weight.grad.item()))


# %% wrong="autograd_gradient" name="w as a whole number"
"""You ask at the whole number below `w`: compare your answers at w = 1.0 and at w = 1.5. They must
differ. Look at the conversion on the way into the leaf."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(float(int(w)), requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="one weight for each point"
"""Your slope is too small by the number of points. You have made one weight for each point, and
average their slopes, each of which is divided by the number of points already. The model has a
single weight, and slopes add over paths. Print the shape of your leaf."""


def autograd_gradient(x, y, w):
    weight = torch.full_like(x, w).requires_grad_()
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.mean().item()


# %% wrong="autograd_gradient" name="slope for each point"
"""You return a slope for each point, in a tensor. Print what comes back for four points: how many
numbers are asked? The model has a single weight, so its leaf holds a single number."""


def autograd_gradient(x, y, w):
    weight = torch.full_like(x, w).requires_grad_()
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad


# %% wrong="autograd_gradient" name="model of x squared"
"""Your model multiplies the weight by the square of x. Ask for one point, x = 3 and y = 6, at w =
2: the model of this lesson fits it exactly, so the slope must be 0. Look at the prediction."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x**2 - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="x only inside the square"
"""Your brackets close in the wrong place: the error is not squared as a whole. Ask for one point,
x = 1 and y = 2, at w = 2: the error is 0, and so must the slope be. Look at what stands inside the
brackets before `** 2`."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x) ** 2 - y).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="an activation added"
"""Your model cuts off predictions below 0. Ask for one point, x = −1 and y = −3, at w = 1: the
slope must not be 0. The model is `w * x` and nothing else. Look for a `relu` or another function
around the prediction."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((torch.relu(weight * x) - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="input centred"
"""You subtract the mean of x before you use it. Ask for a single point: its x becomes 0, and so
does your slope. The model is `w * x` with x as it is given. Look at what you do to x first."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * (x - x.mean()) - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="the weight returned"
"""You return the weight itself and not its slope: for w = 1.25 you get 1.25 back. The slope lies in
`.grad`."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.item()


# %% wrong="autograd_gradient" name="item not called"
"""You return the method `item` itself: it is not called. It needs `()` behind it."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item


# %% wrong="autograd_gradient" name="loss made a plain number"
"""Your loss is a plain Python number when `backward()` is called on it: a float has no graph.
Look for `.item()` or `float(…)` in the line of the loss; take the number out only at the end."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean().item()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="walked back twice"
"""Your slope is twice what it should be. The graph is walked back twice, and `backward()` adds to
what is there; or a factor 2 stands in your lines. Count both."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward(retain_graph=True)
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="a step taken as well"
"""You return a new weight, one update farther, where only the slope is asked. Look at what is done
with `.grad` in your last line."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return w - 0.01 * weight.grad.item()


# %% wrong="autograd_gradient" name="learning rate built in"
"""Your slope is a hundredth of what it should be: a learning rate of 0.01 is in it. The rate comes
in with the update, later; here the slope alone is asked."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return 0.01 * weight.grad.item()


# %% wrong="autograd_gradient" name="cleared before it is read"
"""Your slope is 0 everywhere. Print `.grad` right after `backward()` and once more in your last
line: something between them has cleared it."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    weight.grad.zero_()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="slope by the points"
"""You let PyTorch find the slope by x. How the loss changes when a *point* moves is another
question; here it is the weight that moves. Look at which tensor requires grad."""


def autograd_gradient(x, y, w):
    x = x.clone().requires_grad_()
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    return x.grad.sum().item()


# %% wrong="autograd_gradient" name="no backward, number by float"
"""When you ask for the slope, `w.grad` is still None, and `float(None)` is an error. Print it right
before your last line. Either nobody has walked the graph, or the slope went to another tensor than
the one you look at."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(float(w), requires_grad=True)
    torch.mean((weight * x - y) ** 2)
    return float(weight.grad)


# %% right="autograd_gradients" name="torch.autograd.grad"
"""Both slopes handed back by one call; nothing in .grad."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    of_weight, of_bias = torch.autograd.grad(loss, (weight, bias))
    return of_weight.item(), float(of_bias)


# %% right="autograd_gradients" name="one leaf with two numbers"
"""Weight and bias in one leaf; its gradient has the same shape."""


def autograd_gradients(x, y, w, b):
    both = torch.tensor([w, b], requires_grad=True)
    ((both[0] * x + both[1] - y) ** 2).mean().backward()
    return tuple(both.grad.tolist())


# %% right="autograd_gradients" name="torch.func.grad"
"""A function of both goes in, the function of their slopes comes out."""


def autograd_gradients(x, y, w, b):
    def loss(weight, bias):
        return ((weight * x + bias - y) ** 2).mean()

    slopes = torch.func.grad(loss, argnums=(0, 1))(torch.tensor(w), torch.tensor(b))
    return slopes[0].item(), slopes[1].item()


# %% right="autograd_gradients" name="float64 inside"
"""Sixteen digits instead of seven."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    bias = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    ((weight * x.double() + bias - y.double()) ** 2).mean().backward()
    return weight.grad.item(), bias.grad.item()


# %% right="autograd_gradients" name="linear layer"
"""A model of PyTorch's own, with both numbers written into it."""


def autograd_gradients(x, y, w, b):
    model = torch.nn.Linear(1, 1)
    torch.nn.init.constant_(model.weight, w)
    torch.nn.init.constant_(model.bias, b)
    torch.nn.functional.mse_loss(model(x[:, None]), y[:, None]).backward()
    return model.weight.grad.item(), model.bias.grad.item()


# %% right="autograd_gradients" name="point by point"
"""One backward pass a point; 0-d tensors come back, outside any graph."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    for x_one, y_one in zip(x, y, strict=True):
        ((y_one - bias - weight * x_one) ** 2 / len(x)).backward()
    return weight.grad, bias.grad


# %% wrong="autograd_gradients" name="results swapped"
"""Your two slopes are right, and in the wrong order. Print what comes back at w = 0, b = 0 for the
points of the text, and compare with −30 and −10. Look at your `return`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return bias.grad.item(), weight.grad.item()


# %% wrong="autograd_gradients" name="b multiplied by x"
"""Your slope in b is wrong: b stands at x in your model, so that both numbers get the same slope.
In `w * x + b` a nudge of b moves every error by just that nudge. Look at the brackets of the
prediction."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = (((weight + bias) * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="sum for mean"
"""Both slopes are too large by the number of points. Ask for two points, then for the same two
points twice over: a mean does not notice. Look at how the squared errors become one number."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).sum()
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="divided by a fixed 4"
"""Your mean divides by 4, however many points there are. Ask for two points and for the same two
twice over. Look for a number that belongs to the data of the text."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).sum() / 4
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="missing factor 2"
"""Both slopes are half of what they should be. Some books define the loss with a ½ in front; here
it is the plain mean of the squares. Look for a division by 2."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean() / 2
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="wrong sign"
"""Both slopes have the right size and the wrong sign. The minus of "against the slope" belongs to
an update. Look at your `return`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return -weight.grad.item(), -bias.grad.item()


# %% wrong="autograd_gradients" name="bias subtracted"
"""Your model is `w * x - b`, so the slope in b has the wrong sign, and the errors are not the ones
that are asked. Ask for one point, x = 0 and y = 5, at b = 5: the loss is 0. Look at the sign before
b."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x - bias - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="b at 0"
"""Your slopes are the ones at b = 0, whatever b is asked for. Ask with b = 0 and with b = 10 and
compare. Look at the number that the second leaf is made from."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(0.0, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="w at 0"
"""Your slopes are the ones at w = 0, whatever w is asked for. Ask with w = 0 and with w = 3 and
compare. Look at the number that the first leaf is made from."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(0.0, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="bias left out of the loss"
"""Your slope in b is None: b is a leaf, but the loss does not hang on it. Print
your prediction for b = 0 and for b = 100. Look at what b is used for."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad, bias.grad


# %% wrong="autograd_gradients" name="bias frozen"
"""Your slope in b is always 0. A nudge of b does change the loss, so there is one. Either b is no
leaf that requires grad, or a fixed number stands in your `return`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x + b - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), 0.0


# %% wrong="autograd_gradients" name="slope in w only"
"""Only one number comes back where two are asked. The walk back fills the `.grad` of every leaf
that the loss hangs on: look at the second leaf, and at your `return`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradients" name="list for a pair"
"""Both slopes are right, but they come in a list, where two numbers are asked: print what comes
back. Look at the brackets behind `return`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return [weight.grad.item(), bias.grad.item()]


# %% wrong="autograd_gradients" name="still requires grad"
"""You return the two leaves and not their slopes: print what comes back. Look at where `backward()`
puts its results."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight, bias


# %% wrong="autograd_gradients" name="no return"
"""Your function gives back None. Print the two slopes right before its end: if they are there, the
`return` is missing."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="no backward"
"""When you ask for a slope, `.grad` is still None. Either nobody has walked the graph back, or the
loss does not hang on that number. Look for your line with `backward()`, then for w and for b in the
line of the loss."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    print(loss)
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="two walks, not cleared"
"""Your second walk adds to what the first has left, so both slopes come out twice. One `backward()`
fills the gradients of both leaves. Count your walks."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward(retain_graph=True)
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="last sample only"
"""Your slopes are those of the last point alone. Change `x[0]` and ask again: nothing changes.
Look at which points go into the loss."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = (weight * x[-1] + bias - y[-1]) ** 2
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="slopes rounded"
"""Your slopes have lost digits: ask for very small points, where the slope in w is very small, too.
Rounding is for printing. Look for a `round`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return round(weight.grad.item(), 1), round(bias.grad.item(), 1)


# %% wrong="autograd_gradients" name="slopes cut off"
"""Large slopes come back too small: yours never go beyond a certain size. Ask at w = 2000. Look
for a `clamp`, a `min` or a `max`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight.grad.clamp(-1000, 1000).item(), bias.grad.clamp(-1000, 1000).item()


# %% wrong="autograd_gradients" name="reads a global"
"""Your function does not use the data it is given, but the `x` and `y` of the notebook. Compare the
names in the brackets of `def` with those in the loss."""


def autograd_gradients(x_data, y_data, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="autograd not asked"
"""No slope was found by autograd: no backward pass was made. Your numbers come from formulas worked
out by hand, or from comparing losses to either side. That is not what this exercise asks, however
right they are. Look at the lines that find the slopes."""


def autograd_gradients(x, y, w, b):
    error = w * x + b - y
    return (2 * x * error).mean().item(), (2 * error).mean().item()


# %% wrong="autograd_gradients" name="slope in w twice"
"""Both numbers that you return are the slope in w. The second should come from the other leaf; look
at the two names in your `return`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * x + bias - y) ** 2).mean().backward()
    return weight.grad.item(), weight.grad.item()


# %% wrong="autograd_gradients" name="slopes added"
"""You add the two slopes up. They belong to two different numbers, so hand both out: `return …, …`
with a comma."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * x + bias - y) ** 2).mean().backward()
    return weight.grad.item() + bias.grad.item()


# %% wrong="autograd_gradients" name="one tensor for both"
"""You return one tensor that holds both slopes, where two plain numbers are asked. `return …, …`
with a comma hands out two."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * x + bias - y) ** 2).mean().backward()
    return torch.stack([weight.grad, bias.grad])


# %% wrong="autograd_gradients" name="bias added to x"
"""Your bias is added to x before w multiplies it. At w = 0 it has no effect then, and its slope is
0. Look at the brackets around `x + b`: the model is w · x, and then b."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * (x + bias) - y) ** 2).mean().backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="mean before the square"
"""You take the mean of the errors first and square it afterwards, so errors of opposite sign
cancel. Square each error; look at where the bracket before `.mean()` closes."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * x + bias - y).mean() ** 2).backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="loss of the plain numbers"
"""PyTorch refuses with a RuntimeError: nothing in your loss requires grad. Look at the names in the
line of the loss: the leaves have to stand there, not the plain numbers that were passed in."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="autograd_gradients" name="the numbers themselves"
"""You return w and b as they were passed in, not their slopes. The slopes lie in `.grad`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * x + bias - y) ** 2).mean().backward()
    return weight.item(), bias.item()


# %% wrong="autograd_gradients" name="a dictionary"
"""You return a dictionary, where two numbers are asked. `return …, …` with a comma hands out
two."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * x + bias - y) ** 2).mean().backward()
    return {"w": weight.grad.item(), "b": bias.grad.item()}


# %% wrong="autograd_gradients" name="absolute error"
"""Your loss is the mean of the sizes of the errors: its slope never gets smaller on the way down.
The errors are to be squared; look for `abs`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    (weight * x + bias - y).abs().mean().backward()
    return weight.grad.item(), bias.grad.item()


# %% right="accumulated_gradient" name="one graph, kept"
"""The same graph is walked again and again: retain_graph keeps it alive."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    for _ in range(n_backward):
        loss.backward(retain_graph=True)
    return weight.grad.item()


# %% right="accumulated_gradient" name="0-d tensor comes back"
"""w.grad itself, a number in a tensor."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.clone()


# %% right="accumulated_gradient" name="one weighted loss"
"""n losses in one: a single backward pass from n times the loss."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    (n_backward * ((weight * x - y) ** 2).mean()).backward()
    return float(weight.grad)


# %% right="accumulated_gradient" name="recursion"
"""Each call makes one pass and leaves the rest to the next."""


def accumulated_gradient(x, y, w, n_backward):
    weight = w if isinstance(w, torch.Tensor) else torch.tensor(w, requires_grad=True)
    torch.nn.functional.mse_loss(weight * x, y).backward()
    if n_backward > 1:
        return accumulated_gradient(x, y, weight, n_backward - 1)
    return weight.grad.item()


# %% right="accumulated_gradient" name="added up outside"
"""A new leaf each time; the slopes are added in float64, outside PyTorch."""


def accumulated_gradient(x, y, w, n_backward):
    total = 0.0
    for _ in range(n_backward):
        weight = torch.tensor(w, dtype=torch.float64, requires_grad=True)
        loss = ((weight * x - y) ** 2).mean()
        total += torch.autograd.grad(loss, weight)[0].item()
    return total


# %% right="accumulated_gradient" name="while, with prints"
"""A while loop that talks; the gradient is read once, at the end."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.nn.Parameter(torch.tensor(w))
    done = 0
    while done < n_backward:
        error = weight * x - y
        torch.dot(error, error).div(len(error)).backward()
        done += 1
        print("pass", done, weight.grad)
    return weight.grad.numpy().item()


# %% wrong="accumulated_gradient" name="cleared in the loop"
"""However many passes are asked, you report what a single one gives. Print `w.grad` after each
pass: does it grow? If not, something inside the loop makes each pass start afresh; if it
does, look at what you do to it afterwards."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        weight.grad = None
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="cleared at the end"
"""You always report 0: the gradient has been wiped when you look at it. Print `w.grad` right
after `backward()`, and again right before the `return`. Look at what stands in between."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
        weight.grad.zero_()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="one pass too many"
"""Your answer is too large by one gradient. Ask for 1 pass and compare with the −30 of the text.
Count how often `backward()` is called in your function when one pass is asked."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward + 1):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="one pass too few"
"""Your loop runs once too seldom: with one pass it does nothing at all, and `w.grad` is still
None. Print a line in the loop and count. Look at what you hand to `range`."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward - 1):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="weight moves"
"""One pass is right, more are not: your weight does not stay where it is. Print `w` at the end
of each pass. The docstring says what must not happen to the weight here."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.01 * weight.grad
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="sum for mean"
"""Your gradient is too large by the number of points, after any number of passes. Ask for two
points, then for the same two points twice over: a mean does not notice. Look at how the
squared errors become one number."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).sum()
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="missing factor 2"
"""Your gradient is half of what it should be, after any number of passes. Print your loss at w =
0 for the data of the text and compare it with 30. Some books define the loss with a ½ in front;
here it is the plain mean. Look for a division by 2."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean() / 2
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="wrong sign"
"""The size is right, the sign is wrong. Nothing has to be turned round here: print `w.grad` and
compare it with what you return. The minus of an update has no place in this function."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return -weight.grad.item()


# %% wrong="accumulated_gradient" name="last sample only"
"""Only the last point goes into your gradient. Change `x[0]` or `y[0]` and ask again: your
answer stays. Look at which points your loss is made of."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = (weight * x[-1] - y[-1]) ** 2
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="one graph walked twice"
"""One pass works, the second is refused: read the RuntimeError. You walk back through the same
graph again, and its numbers are gone by then. Look at what has to be computed anew for every
pass."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    for _ in range(n_backward):
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="all passes in a list"
"""You return a list with an entry for each pass. Print it for three passes and find the one
number that the docstring asks for."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    record = []
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
        record.append(weight.grad.item())
    return record


# %% wrong="accumulated_gradient" name="loss added up too"
"""Your gradient grows too fast: print it after 1, 2 and 3 passes and look at the differences.
You add up the losses as well, so that each pass walks through the earlier ones again. Look at
which loss each `backward()` starts from."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    loss = 0
    for _ in range(n_backward):
        loss = loss + ((weight * x - y) ** 2).mean()
        loss.backward(retain_graph=True)
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="readings added up"
"""Your number grows too fast: ask for 1, 2 and 3 passes and look at the differences. You add
`w.grad` to a total after every pass. Print `w.grad` itself in each round: does it hold the slope of
this pass alone, or what the passes before have left as well? Then look at what your total counts
again."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    total = 0.0
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
        total += weight.grad.item()
    return total


# %% wrong="accumulated_gradient" name="doubling"
"""Your gradient doubles from pass to pass. Print it after 1, 2 and 3 passes and lay it beside
the three lines at the beginning of section 4: is it doubled there, or does the same amount
come on top each time?"""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    ((weight * x - y) ** 2).mean().backward()
    for _ in range(n_backward - 1):
        weight.grad += weight.grad
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="w ignored"
"""Your gradient is the one at w = 0, whatever w is asked for. Ask with the same data at 0.0 and
at 3.0 and compare. Look at the number your leaf is made from."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(0.0, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="leaf shared between calls"
"""Your first answer is right, and every later call has the earlier ones in it. Ask twice in a
row for the same thing. Adding up must begin anew with each call: look at where the leaf is
made."""
shared_weight = torch.tensor(0.0, requires_grad=True)


def accumulated_gradient(x, y, w, n_backward):
    with torch.no_grad():
        shared_weight.fill_(w)
    for _ in range(n_backward):
        ((shared_weight * x - y) ** 2).mean().backward()
    return shared_weight.grad.item()


# %% wrong="accumulated_gradient" name="reads a global"
"""Your function does not use the data it is given, but the `x` and `y` of the notebook. Ask for
one point, x = 1 and y = 7, then for x = 1 and y = 9: the gradient must change. Compare the
names in the brackets of `def` with those in the loss."""


def accumulated_gradient(x_data, y_data, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="still requires grad"
"""You return the weight, not what is in its `.grad`: print what comes back, and its
`requires_grad`. Look at where `backward()` puts its results."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight


# %% wrong="accumulated_gradient" name="no return"
"""Your function gives back None. Print `w.grad` right before the end: if a number is there, the
`return` is missing."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    weight.grad.item()


# %% wrong="accumulated_gradient" name="autograd not asked"
"""No slope was found by autograd: no backward pass was made. However right the number is, this
exercise is about what `backward()` leaves in `w.grad`. Look at which line of yours finds the
slope."""


def accumulated_gradient(x, y, w, n_backward):
    return n_backward * (2 * x * (w * x - y)).mean().item()


# %% wrong="accumulated_gradient" name="divided by a fixed 4"
"""Your mean divides by 4, however many points there are. Ask for two points and for the same two
twice over. Look for a number that belongs to the data of the text."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).sum() / 4
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="sum cut off"
"""Large sums come back too small: yours never go beyond a certain size. Ask for many passes at a
steep place. Look for a `clamp`, a `min` or a `max`."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.clamp(-1000, 1000).item()


# %% wrong="accumulated_gradient" name="sum rounded"
"""Your number has lost digits: ask for very small points, where the slope is very small, too.
Rounding is for printing. Look for a `round`."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return round(weight.grad.item(), 2)


# %% wrong="accumulated_gradient" name="at most ten passes"
"""With many passes your number stops growing. Ask for 10 passes and for 40: the second must be four
times as large. Look at where the number of rounds is limited."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(min(n_backward, 10)):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="losses added up"
"""You add up the losses, where the slopes are asked. A loss is never negative; at w = 0 one pass
should give −30. What adds up lies in `.grad`."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    total = 0.0
    for _ in range(n_backward):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
        total += loss.item()
    return total


# %% wrong="accumulated_gradient" name="loop over a number"
"""A `for` cannot go through a number: `n_backward` is one. `range(n_backward)` counts that many
rounds."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in n_backward:
        ((weight * x - y) ** 2).mean().backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="times the passes once more"
"""The number of passes comes in twice: `backward()` has added up already, and you multiply by it
once more. Print `.grad` after the loop, and look at your last line."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        ((weight * x - y) ** 2).mean().backward()
    return weight.grad.item() * n_backward


# %% wrong="accumulated_gradient" name="always three passes"
"""You make three passes, however many are asked. Look at what your loop counts to."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in (1, 2, 3):
        ((weight * x - y) ** 2).mean().backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="absolute error"
"""Your loss is the mean of the sizes of the errors: its slope is another one. The errors are to be
squared; look for `abs`."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        (weight * x - y).abs().mean().backward()
    return weight.grad.item()


# %% wrong="accumulated_gradient" name="one pass too few, number by float"
"""You make one pass less than asked; where one is asked there is none, and `float(None)` is an
error. Print your counter in the loop: `range(n)` ends before n by itself."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(1, n_backward):
        ((weight * x - y) ** 2).mean().backward()
    return float(weight.grad)


# %% wrong="accumulated_gradient" name="the weight returned"
"""You return the weight itself, which never moves here. What adds up lies in its `.grad`."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_backward):
        ((weight * x - y) ** 2).mean().backward()
    return weight.item()


# %% right="sgd_update" name="gradient thrown away"
"""w.grad = None instead of zeros."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad = None


# %% right="sgd_update" name="through w.data"
"""The numbers behind w, which no graph watches."""


def sgd_update(w, learning_rate):
    w.data = w.data - learning_rate * w.grad
    w.grad.zero_()


# %% right="sgd_update" name="decorated"
"""no_grad for the whole function, sub_ for the step."""


@torch.no_grad()
def sgd_update(w, learning_rate):
    w.sub_(w.grad, alpha=learning_rate)
    w.grad.zero_()


# %% right="sgd_update" name="PyTorch's own SGD"
"""An optimizer for one step."""


def sgd_update(w, learning_rate):
    optimizer = torch.optim.SGD([w], lr=learning_rate)
    optimizer.step()
    optimizer.zero_grad()


# %% right="sgd_update" name="copied in"
"""The new value is computed apart and copied into the leaf; a new tensor of zeros is its
gradient."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w.copy_(w - learning_rate * w.grad)
    w.grad = torch.zeros_like(w)


# %% right="sgd_update" name="detached twin"
"""detach() shares the numbers with w, so a step of the twin is a step of w."""


def sgd_update(w, learning_rate):
    twin = w.detach()
    twin -= learning_rate * w.grad
    w.grad *= 0


# %% right="sgd_update" name="gradient remembered, cleared first"
"""The slope is read before it is cleared, so the early clearing does no harm."""


def sgd_update(w, learning_rate):
    slope = w.grad.item()
    w.grad = None
    with torch.no_grad():
        w.fill_(w.item() - learning_rate * slope)


# %% right="sgd_update" name="switched off and on"
"""Recording is switched by hand, and back again whatever happens; prints."""


def sgd_update(w, learning_rate):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        w += -learning_rate * w.grad
        print("w is now", w)
    finally:
        torch.set_grad_enabled(before)
    w.grad.zero_()


# %% wrong="sgd_update" name="update inside the graph"
"""PyTorch refuses your update: a leaf that requires grad may not be changed in place while
recording goes on. That is classic error 2; run its cell again and read the message. Look at
what the text does so that the update is no part of the graph."""


def sgd_update(w, learning_rate):
    w -= learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="rebinding w"
"""After your update, `w.grad` is None, and you go on to use it. Print `id(w)` before and after
the update line: it is another tensor, under the old name. That is classic error 3; look at
the difference between `by_new_name` and `in_place`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w = w - learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="rebinding w, no error"
"""The weight you were handed has not moved, and its gradient is still there. Print `id(w)` at
the beginning and at the end of your function: is it the same tensor? Your caller only sees
what you do to the tensor itself; look at `by_new_name` and `in_place` under classic error 3."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w = w - learning_rate * w.grad
    w.grad = None


# %% wrong="sgd_update" name="zeroing before the update"
"""The gradient is cleared, but the weight has not moved. Print the step and `id(w)` right after
the update line: if the step is 0, look at what came before it (classic error 4); if the id is
a new one, at how the name `w` is used (classic error 3)."""


def sgd_update(w, learning_rate):
    w.grad.zero_()
    with torch.no_grad():
        w -= learning_rate * w.grad


# %% wrong="sgd_update" name="forgetting to zero"
"""Your first step is right, but the gradient stays in `w.grad`, so the next `backward()` adds to
it. Print `w.grad` after the update. Compare with the last part of the docstring."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad


# %% wrong="sgd_update" name="ascent"
"""Your step has the right length and goes uphill. With a positive slope the weight must get
smaller: try w = 1 with a gradient of 1. Look at the sign of the step."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w += learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="learning rate ignored"
"""Your step is the whole gradient, whatever the learning rate. Take the same step with a rate of
0.1 and of 0.2: the second must be twice as long. Look at where `learning_rate` should stand."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="fixed learning rate"
"""Your step always uses the learning rate of the text. Take the same step with a rate of 0.1 and
of 0.2: the second must be twice as long. Look for a number where an argument belongs."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= 0.01 * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="factor 2 twice"
"""Your step is twice as long as it should be. Put −4 into `w.grad`, take a rate of 0.25 and work
the step out on paper. The 2 of the derivative is in `w.grad` already."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= 2 * learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="old weight dropped"
"""After your update the weight is the step alone. Try two starts, 1 and 100, with the same
gradient: they must not end at the same place. Look at what the step should be taken from."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w.copy_(-learning_rate * w.grad)
    w.grad.zero_()


# %% wrong="sgd_update" name="size of the slope only"
"""You step to the left whatever the sign of the slope. Try a gradient of 4 and of −4 from the
same weight: the two must go opposite ways. Look at what you do to the gradient before you
multiply."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad.abs()
    w.grad.zero_()


# %% wrong="sgd_update" name="step of a fixed size"
"""Your step goes the right way, but it is equally long on a steep and on a gentle slope. Try a
gradient of 1 and of 10: the second step must be ten times as long. Look at what you take from
the gradient."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad.sign()
    w.grad.zero_()


# %% wrong="sgd_update" name="backward called again"
"""You call `backward()` once more inside the update, and it adds to a gradient that was ready.
Print `w.grad` at the beginning of your function and right before the step. Read again in the
text what is in `w.grad` when your function starts."""


def sgd_update(w, learning_rate):
    w.backward()
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="requires_grad switched off"
"""The weight moves as it should, but it cannot learn any more: print `w.requires_grad` after
your update. The next `backward()` will be refused. Recording should pause, and the weight
stay what it was; look at how the text does that."""


def sgd_update(w, learning_rate):
    w.requires_grad = False
    w -= learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="recording left switched off"
"""Your first update works; after it nothing in the notebook can be differentiated. Print
`torch.is_grad_enabled()` after a call. You switch the recording off and never on again: look
at which form of it ends by itself."""


def sgd_update(w, learning_rate):
    torch.set_grad_enabled(False)
    w -= learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="something returned"
"""Your update is right, but your function hands something back, and the docstring says that it
returns nothing. Print what a call gives back. The caller holds `w` already, and sees in it what you
have changed in place. Look at your last line."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad.zero_()
    return w


# %% wrong="sgd_update" name="shape changed"
"""Your weight holds the right number, but it has got a dimension: print `w.shape` before and after
the update. Square brackets around a number make a vector of one. Look at what you put into `w`, and
whether the number there has to be replaced or only changed."""


def sgd_update(w, learning_rate):
    w.data = torch.tensor([w.item() - learning_rate * w.grad.item()])
    w.grad = None


# %% wrong="sgd_update" name="dtype changed"
"""Your weight holds the right number, but it changes its dtype: print `w.dtype` before and after
the update. What is asked is the same leaf with another number. Look for a conversion, or for a
new tensor that takes the place of the old numbers."""


def sgd_update(w, learning_rate):
    slope = w.grad.double()
    w.grad = None
    w.data = w.data.double() - learning_rate * slope


# %% wrong="sgd_update" name="large gradient cut off"
"""With a very steep slope your step is too short. Put −20000 into `w.grad`, and work the step out
on paper. Cutting off steep slopes has its place in the training of large models, not here. Look
for a `clamp`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad.clamp(-1000, 1000)
    w.grad.zero_()


# %% wrong="sgd_update" name="step cut off at 1"
"""Your step is never longer than 1. Put −20000 into `w.grad` and work the step out on paper: slope
times learning rate, whatever comes out. Look for a `clamp`, a `min` or a `max`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= (learning_rate * w.grad).clamp(-1, 1)
    w.grad.zero_()


# %% wrong="sgd_update" name="weight kept small"
"""Your weight never leaves the stretch from −10 to 10. Nothing in the exercise limits it. Look
for a `clamp` on the weight."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
        w.clamp_(-10, 10)
    w.grad.zero_()


# %% wrong="sgd_update" name="weight rounded"
"""Your weight loses digits at every update, so small steps get lost. Take a step of 0.0004 and
print the weight. Rounding is for printing. Look for a `round`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
        w.copy_(torch.round(w, decimals=2))
    w.grad.zero_()


# %% wrong="sgd_update" name="small slopes skipped"
"""With a very small slope your weight does not move at all. A small slope makes a small step, not
none. Look for an `if` around the update."""


def sgd_update(w, learning_rate):
    if w.grad.abs() > 1e-4:
        with torch.no_grad():
            w -= learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="rate 0 taken as not given"
"""A learning rate of 0 must leave the weight where it is, but yours moves. In Python `0 or 0.01` is
0.01. Look for an `or`, or for an `if` that asks whether there is a rate."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= (learning_rate or 0.01) * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="pulled towards 0"
"""Your weight moves a little even where the slope is 0: it is pulled towards 0 on top of the
step. That is called weight decay, and nobody asks for it here. Look at what the new weight is
made from."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * (w.grad + 0.01 * w)
    w.grad.zero_()


# %% wrong="sgd_update" name="gradient set to the number 0"
"""`w.grad` holds a tensor or None, and PyTorch refuses the plain number 0. `w.grad.zero_()` fills
the tensor with 0; `w.grad = None` throws it away."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad = 0


# %% wrong="sgd_update" name="zero without its underscore"
"""A tensor has no `zero()`. What fills a tensor with 0 in place ends with an underscore:
`zero_()`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad.zero()


# %% wrong="sgd_update" name="no_grad without brackets"
"""`with torch.no_grad:` lacks its brackets: `torch.no_grad()` makes the thing that `with` can
use."""


def sgd_update(w, learning_rate):
    with torch.no_grad:
        w -= learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="zero_grad of a tensor"
"""A tensor has no `zero_grad()`; optimizers and models have one (lesson 4). Here it is the tensor
in `w.grad` that you clear: `w.grad.zero_()`, or `w.grad = None`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.zero_grad()


# %% wrong="sgd_update" name="weight for gradient"
"""Your step is the rate times the *weight*. Put −4 into `w.grad`, take a rate of 0.25 and work the
step out on paper: how steep it is says `w.grad`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w
    w.grad.zero_()


# %% wrong="sgd_update" name="gradient left out"
"""Your step is the rate alone: the slope does not come in, not even its sign. Look at what you
multiply the rate with."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate
    w.grad.zero_()


# %% wrong="sgd_update" name="weight multiplied"
"""You multiply the weight by 1 − rate · slope, where rate · slope is to be subtracted. A weight of
0 could never move then. Look for `*=`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w *= 1 - learning_rate * w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="divided by the slope"
"""You divide the rate by the slope, so the steepest place gets the smallest step. Look at the sign
between the two."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate / w.grad
    w.grad.zero_()


# %% wrong="sgd_update" name="the weight cleared"
"""You clear the weight itself: it is 0 afterwards. What has to be cleared is the gradient,
`w.grad`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.data.zero_()


# %% wrong="sgd_update" name="gradient thrown away before the update"
"""You throw the gradient away and then ask for it: there is a None to multiply, and a TypeError.
That is classic error 4 with `None`; first the step, then clear."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w.grad = None
        w -= learning_rate * w.grad


# %% right="train" name="data and None"
"""The numbers behind the weight, and a gradient thrown away."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        weight.data -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% right="train" name="PyTorch's own SGD"
"""An optimizer, which clears at the beginning of each epoch."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.nn.Parameter(torch.tensor(float(w)))
    optimizer = torch.optim.SGD([weight], lr=learning_rate)
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(weight * x, y)
        losses += [float(loss.detach())]
        loss.backward()
        optimizer.step()
    return float(weight.detach()), losses


# %% right="train" name="new leaf each epoch"
"""The weight is a Python float; each epoch makes a leaf of it and throws it away."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        leaf_of_epoch = torch.tensor(w, requires_grad=True)
        loss = ((leaf_of_epoch * x - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        w = w - learning_rate * leaf_of_epoch.grad.item()
    return w, losses


# %% right="train" name="float64, autograd.grad"
"""Sixteen digits; no .grad that could add up."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    x, y = x.double(), y.double()
    weight = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).sum() / len(x)
        losses.append(loss.item())
        (slope,) = torch.autograd.grad(loss, weight)
        with torch.no_grad():
            weight -= learning_rate * slope
    return weight.item(), losses


# %% right="train" name="cut loose and reborn"
"""A new tensor each epoch, cut from its history and made a leaf again."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        weight = (weight - learning_rate * weight.grad).detach().requires_grad_()
    return weight.item(), losses


# %% right="train" name="0-d tensor for the weight"
"""The weight comes back as a detached 0-d tensor; the losses are plain numbers."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.detach(), losses


# %% wrong="train" name="tensors for numbers"
"""The values are right, but there are tensors or arrays among the losses, where plain numbers are
asked: print the list that comes back. A tensor that was cut from its graph is still a tensor. Look
at what you append, and at how section 2 takes a plain number out."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.detach())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% right="train" name="recursion"
"""One epoch, then the rest of them from where it ended."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    if n_epochs == 0:
        return w, []
    weight = torch.tensor(w, requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    after = w - learning_rate * float(weight.grad)
    trained, rest = train(x, y, learning_rate, n_epochs - 1, after)
    return trained, [loss.item(), *rest]


# %% right="train" name="prints and warns"
"""Talks on both channels; clears before the backward pass instead of after the update."""
import warnings


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        weight.grad = None
        loss.backward()
        print(weight.item(), loss.item())
        warnings.warn("one more epoch", stacklevel=2)
        with torch.no_grad():
            weight -= learning_rate * weight.grad
    return weight.item(), losses


# %% wrong="train" name="sum for mean"
"""Your losses and steps are too large by the number of points. Train one epoch on two points,
then on the same two points twice over: with a mean nothing changes. Look at how the squared
errors become one number."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="loss summed"
"""Your weight is right, the losses you keep are not: they are too large by the number of points.
Print the loss you differentiate beside the one you store. Look at what happens on the way
into the list."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item() * len(x))
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="missing factor 2"
"""Your losses are half of what they should be, and so is every slope. For the data of the text
at w = 0 the loss is 30: what do you get? Some books define the loss with a ½ in front; here it is
the plain mean. Look for a division by 2 in the loss."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean() / 2
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="loss after the update"
"""Your weight is right, but your losses come one epoch too early: losses[0] belongs to the
weight after the first update. Compare it with the loss at the start. Look at the moment when
you note it."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
        losses.append(((weight * x - y) ** 2).mean().item())
    return weight.item(), losses


# %% wrong="train" name="one update too few"
"""You train for one epoch less than is asked: count your losses for 3 epochs, then for 1. Look
at what you hand to `range`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs - 1):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="one update too many"
"""You train for one epoch more than is asked: count your losses for 3 epochs, then for 0. Look
at what you hand to `range`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs + 1):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="ascent"
"""Your losses grow: you climb. The first loss is right, and the first step has the right length,
but it goes to the other side. Look at the sign of the update."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight += learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="forgetting to zero"
"""Your first epoch is right, the later ones are not. Print `w.grad` in every epoch: it still
holds the slopes of the epochs before. Section 4 shows what belongs into the loop."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
    return weight.item(), losses


# %% wrong="train" name="zeroing before the update"
"""Your weight never moves, and the loss stays the same in all epochs. Print the step you take: if
it is 0, that is classic error 4, and you find it in the order of the last parts of an epoch; if
there is no step, the update is missing."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        weight.grad.zero_()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
    return weight.item(), losses


# %% wrong="train" name="starting over from 0"
"""You begin at 0 even when a start is given. Train for no epoch from w = 1.5: the weight must
come back as it went in. Look at the number your leaf is made from."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(0.0, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="still requires grad"
"""The weight you return is still the tensor that learns: print what comes back. Whoever computes
with it goes on recording. Look at how you took the number out of the loss."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight, losses


# %% wrong="train" name="loss tensors kept"
"""Your list holds tensors that still require grad: print `losses`. Each of them keeps its whole
graph in memory. Look at what you append."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss)
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="reads a global"
"""Your training does not use the data it is given, but the `x` and `y` of the notebook. Train on
one point, x = 1 and y = 7: does the weight go towards 7? Compare the names in the brackets of
`def` with those in the loss."""


def train(x_data, y_data, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="update inside the graph"
"""PyTorch refuses your update as soon as there is an epoch: a leaf that requires grad may not be
changed in place while recording goes on. Read the RuntimeError. Look at part 3 of the list
above the exercise, and at one word in it."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="rebinding w"
"""In the first epoch already, right after the update, `.grad` is None, and you go on to use it.
Print `is_leaf` before and after the update line. The name belongs to a new tensor by then;
look at classic error 3."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight = weight - learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="rebinding w inside the graph"
"""One epoch works, the second fails, because `.grad` is None there. Print `is_leaf` at the
beginning of each epoch. The weight has become the result of a computation, and those get no
gradient; look at classic error 3."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        weight = weight - learning_rate * weight.grad
    return weight.item(), losses


# %% wrong="train" name="rebinding w under no_grad"
"""One epoch works, in the second `backward()` is refused. Print `requires_grad` of the weight at
the beginning of each epoch. What is computed without recording cannot learn: look at the
second half of classic error 3."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight = weight - learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="train" name="results swapped"
"""You return the losses first and the weight second. Print what comes back and lay it beside the
last lines of the docstring."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return losses, weight.item()


# %% wrong="train" name="weight only"
"""Only one thing comes back where two are asked. Print what train returns, and read the last
lines of the docstring again."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item()


# %% wrong="train" name="no return"
"""Your training gives back None. The weight and the losses are lost when the function ends: look
at its last line."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()


# %% wrong="train" name="return inside the loop"
"""Your training stops after the first epoch, and with no epoch it returns None. Count the losses
for 3 epochs. Look at how far the `return` is indented."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
        return weight.item(), losses
    return None


# %% wrong="train" name="last loss only"
"""You return one loss where a list is asked. Print the second thing that comes back for 3
epochs, and for none."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    last = 0.0
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        last = loss.item()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), last


# %% wrong="train" name="one loss too many"
"""Your weight is right, but your list has a loss more than there were epochs. Count it for 0
epochs. Look at what you append outside the loop."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    losses.append(((weight * x - y) ** 2).mean().item())
    return weight.item(), losses


# %% wrong="train" name="weight before the last update"
"""Your losses are right, but the weight you return has one update less. Train one epoch: does
the weight move at all? Look at when you take the number out of the tensor."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    noted = w
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        noted = weight.item()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return noted, losses


# %% wrong="train" name="weights for losses"
"""Your list holds the weights, not the losses. Print it for the data of the text, where the
first loss is 30. Look at which number goes into the list."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
        losses.append(weight.item())
    return weight.item(), losses


# %% wrong="train" name="stops when it has arrived"
"""Your run ends early when little is left to gain. Train 100 epochs on the data of the text and
count the losses: there should be one for each epoch, also for those in which hardly anything
changes. Look for a `break`, or for a `return` under an `if`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 1e-3:
            break
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="autograd not asked"
"""Not every epoch made a backward pass: the slope comes from somewhere else, a formula worked out
by hand or a comparison of losses. That was lesson 1. The docstring says who is to find the slope
here. Look at the line that finds it."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        error = w * x - y
        losses.append((error**2).mean().item())
        w = w - learning_rate * (2 * x * error).mean().item()
    return w, losses


# %% wrong="train" name="fixed learning rate"
"""Your training always uses the learning rate of the text. Train one epoch with 0.01 and with
0.02: the second step must be twice as long. Look for a number where an argument belongs."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= 0.01 * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="last sample only"
"""You train on one point, the last. Change `x[0]` or `y[0]`: nothing changes. Look at which
points your loss is made of."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = (weight * x[-1] - y[-1]) ** 2
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="one update a sample"
"""Your weight moves with every point, so an epoch holds as many updates as there are points.
Print a line at each update and count. In this course an epoch is one update, made from all
the points together."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        for x_one, y_one in zip(x, y, strict=True):
            ((weight * x_one - y_one) ** 2).backward()
            with torch.no_grad():
                weight -= learning_rate * weight.grad
            weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="divided by n twice"
"""Your losses begin right, but your steps are too short by the number of points. Work out the
first step for the data of the text on paper. The mean has divided already: look for a second
division."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate / len(x) * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="list shared between calls"
"""The losses of an earlier call are still in your list at the next one. Train twice for two
epochs and count. A list in the brackets of `def`, or outside the function, is made once and
kept: look at where yours is made."""


def train(x, y, learning_rate, n_epochs, w=0.0, losses=[]):  # noqa: B006
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="leaf shared between calls"
"""Your weight does not begin where it is told to: it goes on from the call before. Train twice
with the same arguments and compare. Look at where the leaf is made."""
shared_weight = torch.tensor(0.0, requires_grad=True)


def train(x, y, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        loss = ((shared_weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            shared_weight.sub_(learning_rate * shared_weight.grad)
        shared_weight.grad.zero_()
    return shared_weight.item(), losses


# %% wrong="train" name="zero_() before there is a gradient"
"""Your loop clears at its top with `.grad.zero_()`, and in the first epoch there is no gradient
yet: `.grad` is None, which cannot be filled with zeros. Clearing at the top is a good place; the
end of section 5 shows a way of clearing that works in every epoch."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        weight.grad.zero_()
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
    return weight.item(), losses


# %% wrong="train" name="divided by a fixed 4"
"""Your mean divides by 4, however many points there are. Train one epoch on two points, then on the
same two points twice over: with a mean nothing changes. Look for a number that belongs to the data
of the text."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).sum() / 4
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="a bias too many"
"""Your first loss is right, the later ones are not, because your model has a second number that
is trained along, a bias. The model of this exercise is `w * x`. Look at what else your loop
updates."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x + bias - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = bias.grad = None
    return weight.item(), losses


# %% wrong="train" name="best weight instead of the last"
"""Your losses are right, but the weight is not the one after the last update: it is the best on the
way. Train with a rate that is too large, so that the losses grow, and compare. Look at which weight
you keep."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    best, lowest = w, float("inf")
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        if loss.item() < lowest:
            best, lowest = weight.item(), loss.item()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    if n_epochs and ((weight * x - y) ** 2).mean().item() < lowest:
        best = weight.item()
    return best, losses


# %% wrong="train" name="momentum added"
"""Your first step is right, the later ones are too long: each step keeps a part of the one
before. That is momentum, which lesson 3 is about, and nobody asks for it here. Look at what you
carry from one epoch to the next."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    velocity = 0.0
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            velocity = 0.5 * velocity + weight.grad
            weight -= learning_rate * velocity
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="learning rate that shrinks"
"""Your first step is right, the later ones are too short: the learning rate gets smaller from
epoch to epoch. The one that is given holds for the whole run. Look at what your loop does to
it."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
        learning_rate = learning_rate * 0.9
    return weight.item(), losses


# %% wrong="train" name="weight rounded"
"""Your losses are right, but the weight you return has lost digits. Rounding is for printing.
Look at your `return`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return round(weight.item(), 2), losses


# %% wrong="train" name="weight as a whole number"
"""Your losses are right, but the weight you return has nothing behind the decimal point. Look at
the conversion in your `return`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return float(int(weight.item())), losses


# %% wrong="train" name="losses rounded"
"""Your weight is right, but the losses have lost digits: print one for very small data. Rounding
is for printing. Look at what you append."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(round(loss.item(), 2))
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="gradient cut off"
"""Steep slopes are cut off in your update, so the first steps from a far start are too short.
Train one epoch from w = −20000 and work the step out on paper. Look for a `clamp` or a `clip`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad.clamp(-1000, 1000)
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="gradient cut off at 10"
"""Slopes above 10 are cut off in your update. At w = 0 the points of the text have a slope of
−30: how long is your first step? Look for a `clamp` or a `clip`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad.clamp(-10, 10)
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="gives up when the loss is large"
"""Your run ends early when the loss is very large. There should be one loss for each epoch, also
in a run that goes wrong. Start from w = −20000 and count. Look for a `break`, or for a `return`
under an `if`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        if loss.item() > 1e6:
            break
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="start 0 taken as not given"
"""When the start is 0 you begin somewhere else. In Python `0.0 or 1.0` is 1.0. Look for an `or`,
or for an `if` that asks whether there is a start."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w or 1.0, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="rate 0 taken as not given"
"""A learning rate of 0 must leave the weight where it is, but yours moves. In Python `0 or 0.01` is
0.01. Look for an `or`, or for an `if` that asks whether there is a rate."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    learning_rate = learning_rate or 0.01
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="an activation added"
"""Your model cuts off predictions below 0, so the losses are not those of `w * x`. Print the
prediction for x = −1 at w = 1. Look for a `relu` or another function around it."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((torch.relu(weight * x) - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="input centred"
"""You subtract the mean of x before you use it, so the losses are not those of `w * x`. Train on a
single point: your weight never moves. Look at what you do to x first."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    x = x - x.mean()
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="model of x squared"
"""Your model multiplies the weight by the square of x. For one point, x = 3 and y = 6, the weight 2
fits exactly and the first loss there must be 0. Look at the prediction."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x**2 - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="a loss every second epoch"
"""You keep a loss only in every second epoch. Count them for 4 epochs. Look at the condition
before you append."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for epoch in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        if epoch % 2 == 0:
            losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="losses sorted"
"""Your losses are the right ones in another order: you sort them. `losses[k]` belongs to update
k, also in a run whose losses grow. Look at what happens to the list after the loop."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), sorted(losses)


# %% wrong="train" name="losses backwards"
"""Your losses are the right ones, and the last comes first. `losses[0]` is the one before any
update. Look at where you put a new loss into the list."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.insert(0, loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="at most 100 epochs"
"""A long run of yours ends too early: ask for 400 epochs and count the losses. Look at where the
number of rounds is limited."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(min(n_epochs, 100)):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="one graph for all epochs"
"""One epoch works, in the second `backward()` refuses: the graph was walked already. Your loss is
computed once, before the loop. Every epoch needs a new one, because the weight has moved. Look at
which lines stand inside the loop."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    loss = ((weight * x - y) ** 2).mean()
    for _ in range(n_epochs):
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="one graph kept with retain_graph"
"""All your losses are the same, and so are all your steps: the loss is computed once, before the
loop, and `retain_graph=True` keeps its old numbers. Section 4 shows what that does. Compute the
loss anew in every epoch."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    loss = ((weight * x - y) ** 2).mean()
    for _ in range(n_epochs):
        losses.append(loss.item())
        loss.backward(retain_graph=True)
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% right="train" name="forward mode"
"""The slope is carried along with the loss; nothing is walked back."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    losses = []
    for _ in range(n_epochs):
        loss, slope = torch.func.jvp(
            lambda weight: ((weight * x - y) ** 2).mean(),
            (torch.tensor(w),),
            (torch.tensor(1.0),),
        )
        losses.append(loss.item())
        w = w - learning_rate * slope.item()
    return w, losses


# %% wrong="train" name="append assigned"
"""`losses.append(…)` changes the list itself and returns None. You put that None into `losses`, so
after the first epoch the list is gone. Write the line without `losses =`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses = losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="loop over a number"
"""A `for` cannot go through a number: `n_epochs` is one. `range(n_epochs)` counts that many
rounds."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in n_epochs:
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="no_grad without brackets"
"""`with torch.no_grad:` lacks its brackets: `torch.no_grad()` makes the thing that `with` can
use."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad:
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="zero without its underscore"
"""A tensor has no `zero()`. What fills a tensor with 0 in place ends with an underscore:
`zero_()`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero()
    return weight.item(), losses


# %% wrong="train" name="loss made a plain number"
"""Your loss is a plain Python number when `backward()` is called on it: a float has no graph. Keep
the tensor for `backward()`, and take the number out only for the list."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean().item()
        losses.append(loss)
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="loss of the plain w"
"""PyTorch refuses in `backward()`: nothing in your loss requires grad. Look at the names in the
line of the loss: the leaf has to stand there, not the plain number that was passed in."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((w * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="absolute error"
"""Your loss is the mean of the sizes of the errors, and its slope is another one. Run
`train(x, y, 0.01, 1)[1]`: it should be [30.0], the loss at w = 0. The errors are to be squared."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = (weight * x - y).abs().mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="weight for gradient"
"""Your step is the rate times the *weight*, so from w = 0 it never moves. How steep it is says
`.grad`; look at what you multiply the rate with."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="every epoch from the start"
"""Every epoch begins at the start again, so all losses are the same. The leaf is made once, before
the loop; look at which line makes it."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    losses = []
    weight = torch.tensor(w, requires_grad=True)
    for _ in range(n_epochs):
        weight = torch.tensor(w, requires_grad=True)
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="each loss in a list of its own"
"""Each of your losses stands in a list of its own. Print `train(x, y, 0.01, 2)[1]` and look at the
brackets. `append` takes the number itself."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append([loss.item()])
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="losses added up"
"""Each of your losses contains those before it. Print `train(x, y, 0.01, 3)[1]`: the losses of a
good run fall, and yours grow. Look for a `+=`: each epoch has a loss of its own."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, requires_grad=True)
    losses, total = [], 0.0
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        total += loss.item()
        losses.append(total)
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% right="exactness" name="the letter"
"""What the figures of section 8 say."""
exactness = "b"

# %% wrong="exactness" name="autograd nudges"
"""You say that autograd tries weights to the left and right. Look at what section 8 prints about
the three ways: which of them is the one that nudges, and is autograd anywhere near it?
Then compare the epochs of lesson 1 with those of section 7."""
exactness = "a"

# %% wrong="exactness" name="formula is an approximation"
"""You say that the formula made by hand is an approximation. Look at how far it was from the
referee in section 8, and at how you derived it in lesson 1: at which step did you leave
anything out?"""
exactness = "d"

# %% wrong="exactness" name="autograd adds up the points"
"""You say that autograd adds up where the formula takes the mean. Look at the loss in section 3
that `backward()` started from, and lay its gradient at w = 0 beside the one of lesson 1."""
exactness = "c"


# %% wrong="autograd_gradient" name="gradient of shape (1,) returned"
"""You hand out a tensor with one entry, of shape (1,), where one plain number is asked. Print
what you return and look at the square brackets. Something has to take the number out of it; and
does the weight need an axis at all?"""


def autograd_gradient(x, y, w):
    weight = torch.tensor([w], requires_grad=True)
    ((weight * x - y) ** 2).mean().backward()
    return weight.grad


# %% wrong="autograd_gradients" name="b left out of the slope in w"
"""Your slope in b is right, but the loss whose slope in w you take has no b in it. Ask for the
same w with b = 0 and with b = 100: the slope in w has to change. One loss with both leaves in it
will do for both slopes."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, requires_grad=True)
    bias = torch.tensor(b, requires_grad=True)
    ((weight * x - y) ** 2).mean().backward()
    ((w * x + bias - y) ** 2).mean().backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="sgd_update" name="divided by the rate"
"""You divide the gradient by the learning rate. A smaller rate then makes a longer step. Try the
rates 0.5 and 0.25: the second step must be half as long. Look at the sign between gradient and
rate."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= w.grad / learning_rate
    w.grad = None


# %% wrong="sgd_update" name="gradient cut off at 1"
"""The gradient is cut to a size of at most 1 before the step. Try a gradient of 1 and of 10: the
second step must be ten times as long. Look for something that clips or normalises."""


def sgd_update(w, learning_rate):
    torch.nn.utils.clip_grad_norm_([w], 1.0)
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad.zero_()


# %% wrong="train" name="momentum of 0.9"
"""Your first update is right, and each later one carries a share of those before it: that is
momentum, which lesson 3 is about. Here an update is the rate times the gradient of now. Look at
the options of your optimizer."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    w = torch.tensor(float(w), requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate, momentum=0.9)
    losses = []
    for _ in range(n_epochs):
        loss = ((w * x - y) ** 2).mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return w.item(), losses


# %% wrong="train" name="Adam"
"""You train with Adam, whose steps have nearly the length of the learning rate, whatever the
slope is. Try a single epoch: the update should be the learning rate times the gradient. Plain
gradient descent is asked: which optimizer does that?"""


def train(x, y, learning_rate, n_epochs, w=0.0):
    w = torch.tensor(float(w), requires_grad=True)
    optimizer = torch.optim.Adam([w], lr=learning_rate)
    losses = []
    for _ in range(n_epochs):
        loss = ((w * x - y) ** 2).mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return w.item(), losses


# %% wrong="train" name="losses rounded to four decimals"
"""You round the losses, so small ones come out as 0. Train on data a thousand times smaller and
print them. Rounding is for printing; look for `round` where the losses are noted."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    w = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((w * x - y) ** 2).mean()
        losses.append(round(loss.item(), 4))
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
    return w.item(), losses


# %% wrong="train" name="a start of 1, whatever is given"
"""Your run begins at w = 1, whatever start is given. Ask for no epochs and `w=3.6`: 3.6 should
come back. Look at the number from which you make the leaf."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    w = torch.tensor(1.0, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((w * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
    return w.item(), losses


# %% wrong="leaf" name="small number taken for 0"
"""Your leaf is 0 for every small number: print `leaf(0.0005)`. A weight may be as small as it
likes; look for an `if` that compares it with a limit."""


def leaf(value):
    value = float(value)
    if abs(value) < 1e-3:
        value = 0.0
    return torch.tensor(value, requires_grad=True)


# %% wrong="autograd_gradient" name="third power"
"""You take the third power of each error, so errors of different sign cancel. Ask for one point
with the error 1 and with the error −1: the squares are equal. Look at the exponent."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    ((weight * x - y) ** 3).mean().backward()
    return weight.grad.item()


# %% wrong="autograd_gradient" name="a penalty on the weight"
"""Your loss has a share of w² in it beside the mean squared error: a penalty, called weight
decay. At w = 0 nobody sees it, at a large w everybody. The errors alone are asked here."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    (((weight * x - y) ** 2).mean() + 0.01 * weight**2).backward()
    return weight.grad.item()


# %% wrong="sgd_update" name="rate used twice"
"""The learning rate comes in twice, so your steps are too short. Try a rate of 0.1 and of 0.2:
the second step must be twice as long, and yours is four times. Count how often the rate stands in
your line."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * (learning_rate * w.grad)
    w.grad = None


# %% wrong="train" name="loss computed once"
"""Your weight is right, but the list holds one and the same loss again and again: you compute it
once, before the loop. Print the list for five epochs. Look at what has to be done anew when w has
changed."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    losses = [loss.item()] * n_epochs
    for _ in range(n_epochs):
        ((weight * x - y) ** 2).mean().backward()
        weight.data -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="train" name="every second point"
"""You train on every second point only. Print how many points your loss is a mean of. Look for a
slice such as `[::2]`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    x, y = x[::2], y[::2]
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        weight.data -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="autograd_gradient" name="the first point only"
"""Your loss is the squared error of the first point alone. Change the y of the last point: the
slope has to change, and yours does not. Look for an index at x and y."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(w, requires_grad=True)
    ((weight * x[0] - y[0]) ** 2).backward()
    return weight.grad.item()


# %% wrong="sgd_update" name="a rate of 0.1, whatever is given"
"""Your step does not depend on the learning rate. Try 0.1 and 0.2: the second step must be twice
as long. Look for a number where an argument belongs."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None


# %% wrong="leaf" name="size for value"
"""`torch.Tensor(n)`, with a capital T, makes a tensor of *n* unset numbers: you hand it a size
where you mean a value. `torch.tensor`, in small letters, takes the value."""


def leaf(value):
    made = torch.Tensor(int(value))
    made.requires_grad = True
    return made


# %% wrong="leaf" name="always 0"
"""Your leaf holds 0, whatever the value. Print `leaf(3.0)`. Look at what you do with `value`."""


def leaf(value):
    return torch.zeros((), requires_grad=True)


# %% wrong="autograd_gradient" name="slope in x"
"""You ask for the slope in x, the data, and what is asked is the slope in w. Only a tensor that
requires grad gets one: which of your tensors does?"""


def autograd_gradient(x, y, w):
    x = x.clone().requires_grad_(True)
    ((w * x - y) ** 2).mean().backward()
    return x.grad.mean().item()


# %% wrong="autograd_gradients" name="two backward passes"
"""The slope in w is right, and the one in b twice what it should be: you go backward twice, and
gradients add up. One `backward()` fills in both."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    bias = torch.tensor(b, dtype=torch.float32, requires_grad=True)
    loss = ((weight * x + bias - y) ** 2).mean()
    loss.backward(retain_graph=True)
    in_w = weight.grad.item()
    loss.backward()
    return in_w, bias.grad.item()


# %% wrong="train" name="trained on the sum, mean noted"
"""Your list holds the mean squared error, but what you go backward from is the sum: your steps are
as many times too long as there are points. Train on one point, then on the same point twice: the
weight should be the same. Note and use the same loss."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        squares = (weight * x - y) ** 2
        losses.append(squares.mean().item())
        squares.sum().backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="train" name="cleared in every second epoch"
"""Every second update is too long: the gradient is cleared in every second epoch only. Print
`weight.grad` before each `backward()`. It has to be cleared every time."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w, dtype=torch.float32, requires_grad=True)
    losses = []
    for epoch in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        if epoch % 2:
            weight.grad = None
    return weight.item(), losses


# %% wrong="autograd_gradient" name="targets as a column"
"""Every prediction meets every target: one of the two stands in a column. For x = [1, 2], y = [1,
2] and w = 1 every prediction is right, and your slope is not 0. Print the shape of your error: for
n points it should be (n,). Look for `reshape`, `view(-1, 1)`, `unsqueeze` or `[:, None]`."""


def autograd_gradient(x, y, w):
    weight = torch.tensor(float(w), requires_grad=True)
    loss = torch.mean((weight * x - y.view(-1, 1)) ** 2)
    loss.backward()
    return weight.grad.item()


# %% wrong="autograd_gradients" name="targets as a column"
"""Every prediction meets every target: one of the two stands in a column. For x = [1, 2], y = [1,
2], w = 1 and b = 0 every prediction is right, and your slopes are not 0. Print the shape of your
error: for n points it should be (n,). Look for `reshape`, `view(-1, 1)`, `unsqueeze` or `[:,
None]`."""


def autograd_gradients(x, y, w, b):
    weight = torch.tensor(float(w), requires_grad=True)
    bias = torch.tensor(float(b), requires_grad=True)
    loss = torch.mean((weight * x + bias - y.view(-1, 1)) ** 2)
    loss.backward()
    return weight.grad.item(), bias.grad.item()


# %% wrong="accumulated_gradient" name="targets as a column"
"""Every prediction meets every target: one of the two stands in a column. For x = [1, 2], y = [1,
2] and w = 1 every prediction is right, and your gradient is not 0. Print the shape of your error:
for n points it should be (n,). Look for `reshape`, `view(-1, 1)`, `unsqueeze` or `[:, None]`."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(float(w), requires_grad=True)
    for _ in range(n_backward):
        loss = torch.mean((weight * x - y.unsqueeze(1)) ** 2)
        loss.backward()
    return weight.grad.item()


# %% wrong="train" name="targets as a column"
"""Every prediction meets every target: one of the two stands in a column. For x = [1, 2], y = [1,
2] and a start of 1 every prediction is right, and your first loss is not 0. Print the shape of your
error: for n points it should be (n,). Look for `reshape`, `view(-1, 1)`, `unsqueeze` or `[:,
None]`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y[:, None]) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="train" name="a random start for 0"
"""The start 0 is taken for no start: in Python `0.0 or …` gives what stands behind the `or`.
Without a start, or with 0, you begin somewhere at random; run it twice with `n_epochs=0`. Look for
an `or`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(w or torch.rand(1).item(), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="train" name="stops when the slope is small"
"""You stop as soon as the slope is small, so there are fewer losses than epochs, and small data
never learn. Ask for 400 epochs and count the losses. All `n_epochs` updates are asked; look for a
`break`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(loss.item())
        loss.backward()
        if abs(weight.grad.item()) < 1e-3:
            break
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="train" name="stops when the weight hardly moves"
"""You stop as soon as an update is small, so there are fewer losses than epochs, and small data or
a small rate never learn. Ask for 400 epochs and count the losses. All `n_epochs` updates are asked;
look for a `break`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(loss.item())
        loss.backward()
        before = weight.item()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad = None
        if abs(weight.item() - before) < 1e-4:
            break
    return weight.item(), losses


# %% wrong="train" name="losses rounded to three decimals"
"""You round each loss to three decimals when you keep it. Train on small data: the losses become 0,
and they are not. Rounding is for printing; look for a `round` where you append."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(round(loss.item(), 3))
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="train" name="mean weight instead of the last"
"""You return the mean of the weights of all epochs, not the last one. Ask for a single epoch: the
weight should be where that update has brought it. Look at your `return`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses, weights = [], []
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
        weights.append(weight.item())
    return sum(weights) / len(weights) if weights else weight.item(), losses


# %% wrong="train" name="mean weight, the start among them"
"""You return the mean of the weights of all epochs, the start among them, not the last one. Ask for
a single epoch: the weight should be where that update has brought it. Look at your `return`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses, weights = [], [float(w)]
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
        weights.append(weight.item())
    return sum(weights) / len(weights), losses


# %% wrong="train" name="rate halved in each epoch"
"""You halve the learning rate after every epoch, so the steps become shorter and shorter. The first
update is right, the second only half as long as it should be. The rate should stay what was handed
in."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
        learning_rate = learning_rate / 2
    return weight.item(), losses


# %% wrong="train" name="rate over the epoch"
"""You divide the rate by the number of the epoch, so the steps become shorter and shorter. The
first update is right, the second only half as long as it should be. The rate should stay what was
handed in."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for epoch in range(n_epochs):
        loss = torch.mean((weight * x - y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate / (epoch + 1) * weight.grad
        weight.grad.zero_()
    return weight.item(), losses


# %% wrong="accumulated_gradient" name="square of the gradient"
"""You return the square of what is in `w.grad`. Ask at a weight that is too small: the slope is
negative there, and yours is not. Look at your last line."""


def accumulated_gradient(x, y, w, n_backward):
    weight = torch.tensor(float(w), requires_grad=True)
    for _ in range(n_backward):
        ((weight * x - y) ** 2).mean().backward()
    return weight.grad.item() ** 2


# %% wrong="sgd_update" name="gradient squared"
"""You square the gradient, so every step goes the same way, and large slopes step much too far. Try
w = 1 with a gradient of −2 and a rate of 0.1: it should go to 1.2. The gradient comes in once."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad**2
    w.grad.zero_()


# %% wrong="leaf" name="minus sign"
"""Your leaf has the other sign: print `leaf(3)`. The number has to stay what it is."""


def leaf(value):
    return torch.tensor(-value, dtype=torch.float32, requires_grad=True)


# %% wrong="leaf" name="float after the flag"
"""For a NumPy number your tensor is no leaf: print `leaf(np.float64(3)).is_leaf`. A conversion
after the gradient was switched on makes a second tensor, and the slope goes to the first, which
nobody can reach any more. Convert first, then ask for the gradient."""


def leaf(value):
    return torch.tensor(value * 1.0, requires_grad=True).float()


# %% wrong="autograd_gradient" name="x asked for a slope, too"
"""Your slope is right, but your function changes the x of whoever calls it: it requires grad
afterwards. Print `x.requires_grad` before and after a call. The slope in w needs one leaf only,
your own; look for a `requires_grad_()` on what was handed in."""


def autograd_gradient(x, y, w):
    x.requires_grad_()
    weight = torch.tensor(float(w), requires_grad=True)
    loss = ((weight * x - y) ** 2).mean()
    loss.backward()
    return weight.grad.item()


# %% wrong="leaf" name="type changed afterwards"
"""You ask for a slope first and change the number type afterwards. Run `leaf(3)` and
`leaf(np.float64(3))`: the one raises, the other gives a tensor whose `is_leaf` is False, because
`.to` and `.float()` make a new tensor, with a graph behind it. Decide on the type when you make
it."""


def leaf(value):
    return torch.tensor(value, requires_grad=True).to(torch.float32)


# %% wrong="sgd_update" name="gradient clipped at a hundred"
"""You cut the gradient off at 100, so steep slopes give steps that are too short. Give `w` the
gradient 1000 and the rate 0.1: it should move by 100. An update is the rate times the gradient,
however large; look for `clamp` or `min`."""


def sgd_update(w, learning_rate):
    with torch.no_grad():
        w -= learning_rate * w.grad.clamp(min=-100.0, max=100.0)
    w.grad.zero_()


# %% wrong="train" name="stops below a millionth"
"""Your run ends early: as soon as the loss is very small, there are fewer losses than epochs. Ask
for 400 epochs and count them. All `n_epochs` updates are asked, however little is left to gain;
look for a `break`."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        if loss.item() < 1e-6:
            break
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad = None
    return weight.item(), losses


# %% wrong="train" name="best weight so far, after the update"
"""Your losses are right, but the weight is not always the one after the last update: it is the
best on the way. With a rate that is too high, such as 0.2, the two differ. Return what the last
update has left; look for a comparison of losses."""


def train(x, y, learning_rate, n_epochs, w=0.0):
    weight = torch.tensor(float(w), requires_grad=True)
    losses = []
    best_loss, best_weight = float("inf"), float(w)
    for _ in range(n_epochs):
        loss = ((weight * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            now = ((weight * x - y) ** 2).mean().item()
        weight.grad = None
        if now < best_loss:
            best_loss, best_weight = now, weight.item()
    return best_weight, losses
