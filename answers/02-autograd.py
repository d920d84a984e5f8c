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
data of the text and compare it with 30. Look for a division by 2 that some textbooks put into
the loss."""


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


# %% wrong="autograd_gradient" name="one-sided difference"
"""You nudge w to one side only, and compare. That measures the slope between two weights, a
little off the place that is asked: make the nudge ten times larger and watch the error grow
with it. The docstring names the way to an exact slope."""


def autograd_gradient(x, y, w):
    x, y = x.double(), y.double()
    h = 1e-3

    def loss(weight):
        return ((weight * x - y) ** 2).mean().item()

    return (loss(w + h) - loss(w)) / h


# %% wrong="autograd_gradient" name="float32 difference with a tiny h"
"""You nudge w and compare two losses in float32. Try h = 1e-3, 1e-4 and 1e-5 in turn: the last
digits of the answer jump about, because the two losses share most of their seven digits. The
docstring names a way that needs no nudge."""


def autograd_gradient(x, y, w):
    h = 1e-5

    def loss(weight):
        return ((weight * x - y) ** 2).mean()

    return ((loss(w + h) - loss(w - h)) / (2 * h)).item()


# %% wrong="autograd_gradient" name="autograd not asked"
"""Your slopes are right, but autograd did not find them: no backward pass was made. They come from
a formula worked out by hand, or from comparing losses to either side. The docstring says by what
they are to be found. Look at which line of yours finds the slope."""


def autograd_gradient(x, y, w):
    return (2 * x * (w * x - y)).mean().item()


# %% wrong="autograd_gradient" name="constant answer"
"""Your function always gives the number of the text, −30. Ask for w = 3, or for two points only:
the slope must change. Let the function compute it from what it is given."""


def autograd_gradient(x, y, w):
    return -30.0


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
0 for the data of the text and compare it with 30. Look for a division by 2."""


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
at w = 0 the loss is 30: what do you get? Look for a division by 2 in the loss."""


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
"""Your weight never moves, and the loss stays the same in all epochs. Print the step you take:
it is 0. That is classic error 4; look at the order of the last parts of an epoch."""


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
"""Your weight and your losses are right, but not every epoch made a backward pass: the slope comes
from somewhere else, a formula worked out by hand or a comparison of losses. That was lesson 1. The
docstring says who is to find the slope here. Look at the line that finds it."""


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


# %% right="exactness" name="the letter"
"""What the figures of section 8 say."""
exactness = "d"

# %% wrong="exactness" name="autograd nudges"
"""You say that autograd tries weights to the left and right. Look at the three errors printed in
section 8: which of the three ways is the one that nudges, and is autograd anywhere near it?
Then compare the epochs of lesson 1 with those of section 7."""
exactness = "a"

# %% wrong="exactness" name="formula is an approximation"
"""You say that the formula made by hand is an approximation. Look at how far it was from the
referee in section 8, and at how you derived it in lesson 1: at which step did you leave
anything out?"""
exactness = "b"

# %% wrong="exactness" name="autograd adds up the points"
"""You say that autograd adds up where the formula takes the mean. Look at the loss in section 3
that `backward()` started from, and lay its gradient at w = 0 beside the one of lesson 1."""
exactness = "c"
