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
# # Known answers to 03-w-squared

# %%
import math

import torch

# %% right="descend" name="data and None"
"""w times w, the numbers behind the weight, a gradient thrown away."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w * w
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        w.data -= learning_rate * w.grad
        w.grad = None
        ws.append(w.item())
    return ws, losses, grads


# %% right="descend" name="torch.autograd.grad"
"""The slope is handed back; nothing adds up in .grad."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        (slope,) = torch.autograd.grad(loss, w)
        losses.append(loss.item())
        grads.append(slope.item())
        with torch.no_grad():
            w -= learning_rate * slope
        ws.append(w.item())
    return ws, losses, grads


# %% right="descend" name="new leaf each step"
"""The weight is a Python float; each step makes a float64 leaf of it."""


def descend(w0, learning_rate, n_steps):
    ws, losses, grads = [], [], []
    w = w0
    for _ in range(n_steps):
        here = torch.tensor(w, dtype=torch.float64, requires_grad=True)
        loss = here.square()
        loss.backward()
        losses.append(float(loss.detach()))
        grads.append(float(here.grad))
        w = w - learning_rate * grads[-1]
        ws.append(w)
    return ws, losses, grads


# %% right="descend" name="PyTorch's own SGD"
"""An optimizer, which clears at the beginning of each step."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        optimizer.zero_grad()
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        optimizer.step()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="tensors for numbers"
"""The values are right, but at least one of your three lists holds tensors where plain numbers are
asked: print all three. A tensor that was cut from its graph is still a tensor. Look at what you
append in each of the three places."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.detach())
        grads.append(w.grad.clone())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.detach().clone())
    return ws, losses, grads


# %% right="descend" name="a vector of one"
"""The weight has shape (1,); the lists hold plain floats."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor([float(w0)], requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w @ w
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% right="descend" name="torch.func.grad"
"""A function goes in, the function of its slope comes out; no .grad at all."""


def descend(w0, learning_rate, n_steps):
    def loss(w):
        return w**2

    slope = torch.func.grad(loss)
    w = torch.tensor(w0)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        losses.append(loss(w).item())
        grads.append(slope(w).item())
        w = w - learning_rate * grads[-1]
        ws.append(w.item())
    return ws, losses, grads


# %% right="descend" name="recursion"
"""One step, then the rest from where it ended; a list of three lists; prints."""


def descend(w0, learning_rate, n_steps):
    if n_steps == 0:
        return [[], [], []]
    w = torch.tensor(w0, requires_grad=True)
    loss = w.pow(2)
    loss.backward()
    after = w0 - learning_rate * w.grad.item()
    print(w0, "->", after)
    ws, losses, grads = descend(after, learning_rate, n_steps - 1)
    return [[after, *ws], [loss.item(), *losses], [w.grad.item(), *grads]]


# %% wrong="descend" name="slope by hand"
"""Your three records are right, but autograd was not asked in every step: the slope comes from
somewhere else, a formula of your own or a comparison of losses to either side. Look at which line
finds the slope, and at what the docstring says about it."""


def descend(w0, learning_rate, n_steps):
    w = w0
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        losses.append(loss)
        grads.append(2 * w)
        w = w - learning_rate * 2 * w
        ws.append(w)
    return ws, losses, grads


# %% wrong="descend" name="forgetting to zero"
"""Your first step is right, the later ones are too long. Print `w.grad` right after each
`backward()` and compare it with twice the weight: it still holds what the steps before left
there. Look at what belongs at the end of a step."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="zeroing before the update"
"""Your weight never moves, though the first loss is right. Print the step you take: if it is 0, the
gradient is zeroed before the update; if you find no step, the update is missing."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        w.grad.zero_()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="stops when it has arrived"
"""Your descent ends early when the weight is near 0. Ask for 100 steps from 10 at a rate of 0.1 and
count the entries of each list: there should be one for each step, also for those in which hardly
anything changes. Look for a `break`, or for a `return` under an `if`."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        if loss < 1e-4:
            break
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="start in the list"
"""Your list of weights has one more entry than there are steps: count it for 0 steps. Look at
what is in the list before the loop begins."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [w0], [], []
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


# %% wrong="descend" name="weight before the update"
"""Your weights lag by one step: for one step you give back the start. Take one step on paper and
compare. Look at the moment when you note the weight."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        ws.append(w.item())
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
    return ws, losses, grads


# %% wrong="descend" name="loss after the update"
"""Your weights are right, but each loss is noted one update too late: the first one does not
belong to the start. Square the start and compare it with `losses[0]`. Look at the moment when
you note it."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
        losses.append((w**2).item())
    return ws, losses, grads


# %% wrong="descend" name="gradient after the update"
"""Your weights are right, but each gradient is noted one update too late: the first one is not
the slope at the start. Nudge the start by 0.001, as in section 1, and compare. Look at the
moment when you note it."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
        grads.append(2 * w.item())
    return ws, losses, grads


# %% wrong="descend" name="gradient noted after zeroing"
"""Your weights and losses are right, your gradients are all 0. Print `w.grad` right after
`backward()`, and again where you note it. Look at what happens in between."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
        grads.append(w.grad.item())
    return ws, losses, grads


# %% wrong="descend" name="ascent"
"""Your losses grow: you climb. The first step has the right length and goes to the wrong side.
Look at the sign of the update."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w += learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="tensor changes later"
"""All the weights in your list are the same: the last one. Print the list at the end of each
step and watch the earlier entries change. You put in the tensor itself, which you change in
place afterwards; look at how you note the loss."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.detach())
    return ws, losses, grads


# %% wrong="descend" name="still requires grad"
"""Your list of weights holds the very tensor that learns, again and again. Print the list after
two steps: its entries are alike, and they require grad. Look at what you append, and at how a
plain number is taken out of a tensor."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w)
    return ws, losses, grads


# %% wrong="descend" name="loss tensors kept"
"""Your list of losses holds tensors that still require grad: print it. Each of them keeps its
graph in memory. Look at what you append."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss)
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="one update too few"
"""You take one step less than is asked: count the weights for 3 steps, then for 1. Look at what
you hand to `range`."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps - 1):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="one update too many"
"""You take one step more than is asked: count the weights for 3 steps, then for 0. Look at what
you hand to `range`."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps + 1):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="fixed learning rate"
"""Your steps do not depend on `learning_rate`. Take one step at 0.1 and one at 0.2 from the same
start: the second must move twice as far. Look for a number where an argument belongs."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= 0.1 * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="start ignored"
"""You always begin at 10. Ask for one step from 1: the first loss must be 1. Look at the number
your leaf is made from."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(10.0, requires_grad=True)
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


# %% wrong="descend" name="leaf shared between calls"
"""Your first call is right; later ones go on from where it ended. Ask twice in a row for the
same steps and compare. Look at where the leaf is made."""
shared_w = None


def descend(w0, learning_rate, n_steps):
    global shared_w
    if shared_w is None:
        shared_w = torch.tensor(w0, requires_grad=True)
    w = shared_w
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w.sub_(learning_rate * w.grad)
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="lists shared between calls"
"""What one call notes is still in the lists at the next. Ask twice for two steps and count.
Lists in the brackets of `def`, or outside the function, are made once and kept: look at where
yours are made."""


def descend(w0, learning_rate, n_steps, ws=[], losses=[], grads=[]):  # noqa: B006
    w = torch.tensor(w0, requires_grad=True)
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


# %% wrong="descend" name="one list for three"
"""Your three records are one and the same list, and it is three times as long as it should be.
Print `ws is losses`. Look at the line that makes the lists: how many pairs of brackets are in
it?"""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = losses = grads = []
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


# %% wrong="descend" name="records swapped"
"""Your records are right, but not in the order that is asked. Print what comes back for one step
from 10 and find the weight, the loss and the gradient in it. Lay it beside the docstring."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
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
    return losses, ws, grads


# %% wrong="descend" name="return inside the loop"
"""Your descent ends after its first step, and with no step it returns None. Count the weights
for 3 steps. Look at how far the `return` is indented."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
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
    return None


# %% wrong="descend" name="no return"
"""Your function does not give back three lists. Print what comes back for two steps: None, or
one list alone? Then look at the last line, and at the end of the docstring. If it raises a
TypeError instead, read which line it names."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
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
    return ws


# %% wrong="descend" name="missing factor 2"
"""Your losses and gradients are half of what they should be. At w = 10 the loss is 100: what do
you note? Look for a division by 2 in the loss."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2 / 2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="another landscape"
"""Your gradient is the same everywhere, so all steps are equally long. Print your loss at w = 10
and at w = 3. Is it w times 2 or w to the power of 2? Look at the line of the loss."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w * 2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="update inside the graph"
"""PyTorch refuses with a RuntimeError: read its last line. If it speaks of an in-place
operation, your update is recorded (classic error 2 of lesson 2); if of a tensor that does not
require grad, print `id(w)` before and after the update (classic error 3). Look at the line of
the update and at what stands around it."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="rebinding w"
"""After your update `.grad` is None, and you go on to use it. Print `id(w)` before and after the
update line: it is another tensor under the old name. Look at classic error 3 of lesson 2."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w = w - learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% right="closed_form" name="math.pow"
"""A power from the standard library."""


def closed_form(w0, learning_rate, k):
    factor = 1 - learning_rate - learning_rate
    return math.pow(factor, k) * w0


# %% right="closed_form" name="torch power in float32"
"""A tensor to the power of k: a 0-d tensor comes back."""


def closed_form(w0, learning_rate, k):
    return w0 * torch.tensor(1 - 2 * learning_rate) ** k


# %% right="closed_form" name="NumPy number"
"""np.power with an array of no dimension; a NumPy number comes back."""
import numpy as np


def closed_form(w0, learning_rate, k):
    return np.power(np.array(1 - 2 * learning_rate), k) * np.float64(w0)


# %% right="closed_form" name="logarithm, sign apart"
"""The size by logarithm and exponential, the sign by whether k is odd."""


def closed_form(w0, learning_rate, k):
    factor = 1 - 2 * learning_rate
    if k == 0:
        return w0
    if factor == 0:
        return 0.0
    size = math.exp(k * math.log(abs(factor)))
    return -w0 * size if factor < 0 and k % 2 == 1 else w0 * size


# %% right="closed_form" name="product of a list"
"""k equal factors in a list, multiplied by math.prod."""


def closed_form(w0, learning_rate, k):
    return w0 * math.prod([1 - 2 * learning_rate] * k)


# %% right="closed_form" name="repeated squaring"
"""A recursion that halves k each time."""


def closed_form(w0, learning_rate, k):
    if k == 0:
        return w0
    factor = 1 - 2 * learning_rate
    if k % 2 == 1:
        return factor * closed_form(w0, learning_rate, k - 1)
    return closed_form(w0, 0.5 * (1 - factor**2), k // 2)


# %% right="closed_form" name="recursion"
"""One factor a call, and no loop: the next call does the rest."""


def closed_form(w0, learning_rate, k):
    if k == 0:
        return w0
    return (1 - 2 * learning_rate) * closed_form(w0, learning_rate, k - 1)


# %% right="closed_form" name="prints and warns"
"""Talks on both channels; the power is right."""
import warnings


def closed_form(w0, learning_rate, k):
    factor = 1 - 2 * learning_rate
    print("factor", factor)
    warnings.warn("no loop was needed", stacklevel=2)
    return w0 * pow(factor, k)


# %% wrong="closed_form" name="closed form with k - 1"
"""You are one step behind: after 0 steps the weight must still be the start, and after 1 step it
must have moved. Ask for both. Look at the exponent."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate) ** (k - 1)


# %% wrong="closed_form" name="closed form with k + 1"
"""You are one step ahead: after 0 steps the weight must still be the start. Ask for it. Look at
the exponent."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate) ** (k + 1)


# %% wrong="closed_form" name="missing factor 2"
"""Your factor is not the one of this landscape. Take one step from 10 at a rate of 0.1 on paper,
with the slope at 10, and compare with your function for k = 1. Look at what stands beside the
learning rate."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - learning_rate) ** k


# %% wrong="closed_form" name="factor times k"
"""You multiply the factor by k. After two steps from 10 at a rate of 0.1 the weight is 6.4: what
do you get? Look at what "apply it again to the result" does to a factor."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate) * k


# %% wrong="closed_form" name="straight line"
"""You take k times the first step, all of equal length. Section 1 printed two steps: was the
second as long as the first? Look at what the slope does as the weight comes nearer to 0."""


def closed_form(w0, learning_rate, k):
    return w0 - k * learning_rate * 2 * w0


# %% wrong="closed_form" name="ascent"
"""Your factor is above 1 at every rate, so the weight runs away: you climb. Ask for one step
from 10 at a rate of 0.1. Look at the sign in your factor."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 + 2 * learning_rate) ** k


# %% wrong="closed_form" name="start forgotten"
"""Your result does not depend on the start. Ask for 0 steps from 10. Look at what the power is
to be multiplied by."""


def closed_form(w0, learning_rate, k):
    return (1 - 2 * learning_rate) ** k


# %% wrong="closed_form" name="start ignored"
"""You always begin at 10. Ask for 0 steps from 3. Look for a number where an argument belongs."""


def closed_form(w0, learning_rate, k):
    return 10 * (1 - 2 * learning_rate) ** k


# %% wrong="closed_form" name="fixed learning rate"
"""Your factor is the same for all rates. Ask for one step from 10 at a rate of 0.1, and at 0.25.
Look for a number where an argument belongs."""


def closed_form(w0, learning_rate, k):
    return w0 * 0.8**k


# %% wrong="closed_form" name="sign of the factor lost"
"""Your weight never changes sides. Take one step from 10 at a rate of 0.75 on paper: on which
side of 0 does it land? Look at what you do to the factor before the power."""


def closed_form(w0, learning_rate, k):
    return w0 * abs(1 - 2 * learning_rate) ** k


# %% wrong="closed_form" name="factor turned round"
"""After one step your weight has the right size and the wrong sign, after two it is right. Work
out the factor at a rate of 0.1 and print yours. Look at the order of the subtraction."""


def closed_form(w0, learning_rate, k):
    return w0 * (2 * learning_rate - 1) ** k


# %% wrong="closed_form" name="loss instead of weight"
"""Your result is the loss after k steps, not the weight: ask for 0 steps from 10. Look at the
last thing you do."""


def closed_form(w0, learning_rate, k):
    return (w0 * (1 - 2 * learning_rate) ** k) ** 2


# %% wrong="closed_form" name="start inside the power"
"""The start is raised to the power as well. Ask for 2 steps from 10 and from 20 at the same
rate: the second must be twice the first. Look at your brackets."""


def closed_form(w0, learning_rate, k):
    return (w0 * (1 - 2 * learning_rate)) ** k


# %% wrong="closed_form" name="power of a part only"
"""You raise only a part of the factor to the power. Print your result for 0 steps and for 2
steps from 10 at a rate of 0.1. Look at what exactly is multiplied by itself: your brackets
say it."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - (2 * learning_rate) ** k)


# %% wrong="closed_form" name="factor of the loss"
"""Your weight shrinks as fast as the loss does. Ask for one step from 10 at a rate of 0.1 and
compare it with the two ratios printed in section 3. Look at how often the factor is applied
in one step."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate) ** (2 * k)


# %% wrong="closed_form" name="smooth decay"
"""You use an exponential, which describes a descent that never stops to look. With steps it is
only nearly right, and only for small rates: ask for one step from 10 at a rate of 0.5. Look
at the factor of a single step."""


def closed_form(w0, learning_rate, k):
    return w0 * math.exp(-2 * learning_rate * k)


# %% wrong="closed_form" name="logarithm of a negative factor"
"""Above a rate of one half your function raises an error. Print your factor at a rate of 0.75,
and then its logarithm. Look for a way to a power that does not mind a minus sign."""


def closed_form(w0, learning_rate, k):
    return w0 * math.exp(k * math.log(1 - 2 * learning_rate))


# %% wrong="closed_form" name="loop"
"""Your weights are right, but your function goes through all k steps, one round of a loop for
each. Try k = 10 000 000 and wait. In your loop the same number is multiplied in again and
again: which operation says that at once?"""


def closed_form(w0, learning_rate, k):
    w = w0
    for _ in range(k):
        w *= 1 - 2 * learning_rate
    return w


# %% wrong="closed_form" name="rounded"
"""Your result has lost its later digits: ask for ten steps from 1 at a rate of 0.1 and count
them. Look at what you do to the number before you return it."""


def closed_form(w0, learning_rate, k):
    return round(w0 * (1 - 2 * learning_rate) ** k, 2)


# %% wrong="closed_form" name="zero after no step"
"""After 0 steps you give back 0, but nothing has happened to the weight yet. Ask for 0 steps
from 10. Look at your special case: is it needed at all?"""


def closed_form(w0, learning_rate, k):
    if k == 0:
        return 0.0
    return w0 * (1 - 2 * learning_rate) ** k


# %% wrong="closed_form" name="no return"
"""Your function gives back None: the result is computed and thrown away. Look at its last line."""


def closed_form(w0, learning_rate, k):
    w0 * (1 - 2 * learning_rate) ** k


# %% right="regime" name="by the factor"
"""Borders of the factor instead of the rate, the special cases first."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "one-step"
    if factor == -1:
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% right="regime" name="isclose"
"""The two borders are met within rounding."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if math.isclose(learning_rate, 0.5):
        return "one-step"
    if math.isclose(learning_rate, 1):
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% right="regime" name="one step tried out"
"""Takes a step from 1 and looks where it lands."""


def regime(learning_rate):
    before = 1.0
    after = before - learning_rate * 2 * before
    if after >= 0:
        return "smooth" if after else "one-step"
    if abs(after) == before:
        return "cycle"
    return "alternating" if abs(after) < before else "diverging"


# %% right="regime" name="bisect in a table"
"""No comparison of its own: the place in a sorted list of borders."""
from bisect import bisect_left, bisect_right


def regime(learning_rate):
    borders = [0.5, 1.0]
    names = ["smooth", "one-step", "alternating", "cycle", "diverging"]
    return names[bisect_left(borders, learning_rate) + bisect_right(borders, learning_rate)]


# %% right="regime" name="signs in a dict"
"""Two signs, of the factor and of its size less 1, are the key."""
import numpy as np


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    names = {
        (1, -1): "smooth",
        (0, -1): "one-step",
        (-1, -1): "alternating",
        (-1, 0): "cycle",
        (-1, 1): "diverging",
    }
    return names[int(np.sign(factor)), int(np.sign(abs(factor) - 1))]


# %% right="regime" name="tensor, match"
"""A float32 factor and a match statement; prints."""


def regime(learning_rate):
    factor = (1 - 2 * torch.tensor(learning_rate)).item()
    print("factor", factor)
    match factor:
        case 0:
            name = "one-step"
        case -1:
            name = "cycle"
        case _ if factor > 0:
            name = "smooth"
        case _:
            name = "alternating" if factor > -1 else "diverging"
    return name


# %% wrong="regime" name="0.5 counted as smooth"
"""Exactly at 0.5 you name the neighbour below. Ask for 0.5 and look at the table: where is the
weight after its first step there? Look at the comparison on that border."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == -1:
        return "cycle"
    if factor >= 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="0.5 counted as alternating"
"""Exactly at 0.5 you name the neighbour above. Ask for 0.5 and look at the table: does the
weight change sides at all there? Look at the comparison on that border."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == -1:
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="1 counted as alternating"
"""Exactly at 1 you name the neighbour below. Ask for 1.0 and look at the cell with 1000 steps:
does the weight come nearer there? Look at the comparison on that border."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "one-step"
    if factor > 0:
        return "smooth"
    if factor >= -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="1 counted as diverging"
"""Exactly at 1 you name the neighbour above. Ask for 1.0 and look at the cell with 1000 steps:
does the weight get any farther away there? Look at the comparison on that border."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "one-step"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="three regimes"
"""You know three of the five kinds of behaviour. Ask for 0.5 and for 1.0 exactly, and lay the
answers beside the table. Look at what happens on each border itself."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor >= 0:
        return "smooth"
    if factor >= -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="missing factor 2"
"""Your borders lie at twice the rates where they should. Ask for 0.6 and lay it beside the walk
at a rate of 0.6. Work out the factor at 0.6 on paper and compare it with yours."""


def regime(learning_rate):
    factor = 1 - learning_rate
    if factor == 0:
        return "one-step"
    if factor == -1:
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="factor 2 twice"
"""Your borders lie at half the rates where they should. Ask for 0.4 and lay it beside the walk
at a rate of 0.4. Work out the factor at 0.4 on paper and compare it with yours."""


def regime(learning_rate):
    factor = 1 - 4 * learning_rate
    if factor == 0:
        return "one-step"
    if factor == -1:
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="border names swapped"
"""Inside the regions your names are right; on the two borders they have changed places. Run
`walk(0.5, 3)` and `walk(1.0, 3)` and find each in the table."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "cycle"
    if factor == -1:
        return "one-step"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="smooth and alternating swapped"
"""You have exchanged the names of two regions. Run `walk(0.1, 3)` and `walk(0.8, 3)`: in which
of them does the weight change sides? Look at the sign of the factor in each."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "one-step"
    if factor == -1:
        return "cycle"
    if factor > 0:
        return "alternating"
    if factor > -1:
        return "smooth"
    return "diverging"


# %% wrong="regime" name="size of the factor only"
"""You look at the size of the factor and not at its sign, so you cannot tell a creeping descent
from a leaping one. Run `walk(0.1, 3)` and `walk(0.9, 3)`. Look for what throws the sign away."""


def regime(learning_rate):
    factor = abs(1 - 2 * learning_rate)
    if factor == 0:
        return "one-step"
    if factor == 1:
        return "cycle"
    if factor < 1:
        return "smooth"
    return "diverging"


# %% wrong="regime" name="negative factor counted as diverging"
"""For you, every weight that changes sides runs away. Run `walk(0.8, 6)`: does it come nearer or
not? Look at what decides over far and near: the sign of the factor, or its size?"""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "one-step"
    if factor == -1:
        return "cycle"
    if factor > 0:
        return "smooth"
    return "diverging"


# %% wrong="regime" name="above 1 counted as cycle"
"""You say that the weight cycles at all rates from 1 upwards. Run `walk(1.1, 6)`: does it come
back to where it was? Look at how wide your comparison for the cycle is."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "one-step"
    if factor <= -1:
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="borders too wide"
"""Near the borders you name what is true only on them. Look at the cell with 1000 steps: what
does a thousandth more or less do? Look at the tolerance of your comparisons; the text says
why none is needed here."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if abs(factor) < 0.05:
        return "one-step"
    if abs(factor + 1) < 0.05:
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="borders a little too wide"
"""You are right away from the borders and on them, but a hair beside a border you name what is true
only on it: ask for 0.4999996 and 1.0000004. Look for a `round`, or for the tolerance of a
comparison; the text says why none is needed here."""


def regime(learning_rate):
    learning_rate = round(learning_rate, 4)
    if learning_rate < 0.5:
        return "smooth"
    if learning_rate == 0.5:
        return "one-step"
    if learning_rate < 1:
        return "alternating"
    if learning_rate == 1:
        return "cycle"
    return "diverging"


# %% wrong="regime" name="a later if overwrites"
"""One of your regions never appears: ask for 0.1. Several of your conditions are true there, and
the last of them wins. Print the name after each `if`, and look at which conditions overlap."""


def regime(learning_rate):
    name = "diverging"
    if learning_rate < 0.5:
        name = "smooth"
    if learning_rate < 1:
        name = "alternating"
    if learning_rate == 0.5:
        name = "one-step"
    if learning_rate == 1:
        name = "cycle"
    return name


# %% wrong="regime" name="other spelling"
"""One of your names is not spelt as in the table; a program that compares strings takes it for
another name. Print `regime(rate)` for the five rates of the figure and lay the names beside
the table, letter by letter."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    if factor == 0:
        return "one step"
    if factor == -1:
        return "cycle"
    if factor > 0:
        return "smooth"
    if factor > -1:
        return "alternating"
    return "diverging"


# %% wrong="regime" name="same name for every rate"
"""You give the same name to every rate. Ask for 0.1 and for 1.1: one walk comes nearer, the
other runs away. Look at whether your conditions use the argument at all."""


def regime(learning_rate):
    return "smooth"


# %% wrong="regime" name="no return"
"""Your function gives back None: the name is found and not handed over. Look at its last line,
and at whether you print where you should return."""


def regime(learning_rate):
    factor = 1 - 2 * learning_rate
    name = "diverging"
    if factor == 0:
        name = "one-step"
    elif factor == -1:
        name = "cycle"
    elif factor > 0:
        name = "smooth"
    elif factor > -1:
        name = "alternating"
    print(name)


# %% right="steps_to_reach" name="logarithm"
"""No loop: the number of factors by logarithm, rounded up."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor >= 1:
        return None
    if factor == 0:
        return 1
    return math.ceil(math.log(tolerance / abs(w0)) / math.log(factor))


# %% right="steps_to_reach" name="loop in float32"
"""A tensor steps; seven digits are enough to count."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = torch.tensor(w0)
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% right="steps_to_reach" name="gives up when no nearer"
"""Learns on the way that it will never come: the step did not bring it nearer."""


def steps_to_reach(w0, learning_rate, tolerance):
    w, k = w0, 0
    while abs(w) > tolerance:
        after = w - learning_rate * 2 * w
        if abs(after) >= abs(w):
            return None
        w = after
        k += 1
    return k


# %% right="steps_to_reach" name="doubling and halving"
"""Doubles k until it is enough, then halves the gap; the power is asked, no step is taken."""


def steps_to_reach(w0, learning_rate, tolerance):
    def near_enough(k):
        return abs(w0) * abs(1 - 2 * learning_rate) ** k <= tolerance

    if near_enough(0):
        return 0
    if learning_rate >= 1:
        return None
    high = 1
    while not near_enough(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if near_enough(middle) else (middle, high)
    return high


# %% right="steps_to_reach" name="first of all k"
"""A generator over all k, of which the first good one is taken; a warning where none is."""
import itertools
import warnings


def steps_to_reach(w0, learning_rate, tolerance):
    if learning_rate >= 1 and abs(w0) > tolerance:
        warnings.warn("it never comes", stacklevel=2)
        return None
    factor = 1 - 2 * learning_rate
    return next(k for k in itertools.count() if abs(w0 * factor**k) <= tolerance)


# %% right="steps_to_reach" name="autograd all the way"
"""Each step asks backward(); slow and right."""


def steps_to_reach(w0, learning_rate, tolerance):
    w = torch.tensor(w0, dtype=torch.float64, requires_grad=True)
    k = 0
    while abs(w.item()) > tolerance:
        if learning_rate >= 1:
            return None
        (w**2).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
        k += 1
    return k


# %% right="steps_to_reach" name="NumPy number"
"""NumPy rounds up, and a NumPy integer comes back; the border 1 by the factor."""
import numpy as np


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor >= 1:
        return None
    if factor == 0:
        return 1
    return np.int64(np.ceil(np.log(tolerance / abs(w0)) / np.log(factor)))


# %% wrong="steps_to_reach" name="border not counted"
"""You stop only when the weight is nearer than the tolerance, and it may be as near. Ask for
`steps_to_reach(8.0, 0.25, 1.0)`: 8, 4, 2, 1 are three steps. Compare the sign in your condition
with the one in the docstring."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) < tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while abs(w) >= tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="sign of the weight ignored"
"""You compare the weight itself with the tolerance, so every weight left of 0 counts as near.
Ask for a start of −10 at a small rate. What is to be small here: the weight, or its distance
from 0?"""


def steps_to_reach(w0, learning_rate, tolerance):
    if w0 <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while w > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="at least one step"
"""You take a step before you look. Ask for a start that is near enough already. Look at the
order of looking and stepping."""


def steps_to_reach(w0, learning_rate, tolerance):
    if learning_rate >= 1:
        return 0 if abs(w0) <= tolerance else None
    w = w0
    k = 0
    while True:
        w = w - learning_rate * 2 * w
        k += 1
        if abs(w) <= tolerance:
            return k


# %% wrong="steps_to_reach" name="counting from 1"
"""You count one step too many. Ask with a rate of 0.5, which is there after its first step. Look
at what the counter holds before anything has happened."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 1
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="one step too few"
"""You count one step too few. Ask with a rate of 0.5, which is there after its first step. Print
weight and counter in every round and look at which of them belongs to the other."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k - 1


# %% wrong="steps_to_reach" name="gives up too early"
"""You give up after a fixed number of steps, though a small rate would get there. Ask from 10 to
within 0.01 at a rate of 0.0001: is it None? How do you know beforehand whether a rate ever
gets there?"""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
        if k > 1000:
            return None
    return k


# %% wrong="steps_to_reach" name="a number for never"
"""Where the weight never comes near, you return a number: the place where your loop gave up. Ask
with a rate of 1.1. Look at what happens after the last round of your loop."""


def steps_to_reach(w0, learning_rate, tolerance):
    w = w0
    for k in range(20_000):
        if abs(w) <= tolerance:
            return k
        w = w - learning_rate * 2 * w
    return k


# %% wrong="steps_to_reach" name="None above 0.5"
"""You give up at all rates above 0.5, but some of them get there by leaping. Run `walk(0.9,
20)`. Look at which rates really never come nearer."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate > 0.5:
        return None
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="None at 0.5"
"""You give up at a rate of 0.5, the quickest of all. Run `walk(0.5, 2)`. Look at your special
case for a factor of 0: how many steps does it take?"""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor >= 1:
        return None
    if factor == 0:
        return None
    return math.ceil(math.log(tolerance / abs(w0)) / math.log(factor))


# %% wrong="steps_to_reach" name="logarithm of 0"
"""At a rate of 0.5 your function raises an error. Print the factor there, and its logarithm.
Look at what you can say about this rate without any logarithm."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor >= 1:
        return None
    return math.ceil(math.log(tolerance / abs(w0)) / math.log(factor))


# %% wrong="steps_to_reach" name="logarithm of a negative factor"
"""At leaping rates, such as 0.8, your function raises an error. Print the factor there, and its
logarithm. The sign decides only the side: look at what decides how fast it goes."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = 1 - 2 * learning_rate
    if learning_rate >= 1:
        return None
    if factor == 0:
        return 1
    return math.ceil(math.log(tolerance / abs(w0)) / math.log(factor))


# %% wrong="steps_to_reach" name="rounded down"
"""Your quotient of logarithms is right, but you round it the wrong way. Take your k and work out
the weight after it: is it within the tolerance yet? Steps are whole."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor >= 1:
        return None
    if factor == 0:
        return 1
    return math.floor(math.log(tolerance / abs(w0)) / math.log(factor))


# %% wrong="steps_to_reach" name="rounded to the nearest"
"""Your quotient of logarithms is right, but half of the time you round it the wrong way. Take
your k and work out the weight after it, for several tolerances: is it always within? Steps
are whole."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor >= 1:
        return None
    if factor == 0:
        return 1
    return round(math.log(tolerance / abs(w0)) / math.log(factor))


# %% wrong="steps_to_reach" name="float for a count"
"""Your counts are right, but they are floats, and the docstring asks for an int: print
`type(steps_to_reach(10.0, 0.1, 0.5))`, and the type for a start that is near enough already. Look
at where your count begins, and at what the function that rounds it gives back."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0.0
    if learning_rate >= 1:
        return None
    w, k = w0, 0.0
    while abs(w) > tolerance:
        w *= 1 - 2 * learning_rate
        k += 1
    return k


# %% wrong="steps_to_reach" name="fraction of a step"
"""You return a number with digits behind the point, and steps are whole. Print your result for
10.0, 0.1, 0.5, and think about which whole number of steps is the first that is enough."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor >= 1:
        return None
    if factor == 0:
        return 1
    return math.log(tolerance / abs(w0)) / math.log(factor)


# %% wrong="steps_to_reach" name="missing factor 2"
"""Your steps are too short or too long: they do not use the slope of this landscape. Take the
first step from 10 at a rate of 0.1 on paper and print yours. Look at the line of the update."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="loss instead of weight"
"""You compare the loss with the tolerance, not the weight. Ask for a start of 0.9 and a
tolerance of 0.85, then print what your condition compares."""


def steps_to_reach(w0, learning_rate, tolerance):
    if w0**2 <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while w**2 > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="tolerance as a share of the start"
"""You wait until the weight has shrunk to a share of its start, whatever that was. Ask from 10
and from 1000 with the same tolerance: the second must take longer. Look at what stands beside
the tolerance in your condition."""


def steps_to_reach(w0, learning_rate, tolerance):
    if learning_rate >= 1:
        return 0 if abs(w0) <= tolerance else None
    w = w0
    k = 0
    while abs(w) > tolerance * abs(w0):
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="rate judged before the start"
"""At rates from 1 upwards you always say None, even when the start is near enough already. How
many steps does such a start need? Look at the order of your two special cases."""


def steps_to_reach(w0, learning_rate, tolerance):
    if learning_rate >= 1:
        return None
    if abs(w0) <= tolerance:
        return 0
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="border 1 forgotten"
"""Exactly at a rate of 1 your function fails. Print the factor there and its logarithm, and
remember what this rate does to the weight. Look at the comparison that is meant to catch such
rates."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    factor = abs(1 - 2 * learning_rate)
    if factor > 1:
        return None
    if factor == 0:
        return 1
    return math.ceil(math.log(tolerance / abs(w0)) / math.log(factor))


# %% wrong="steps_to_reach" name="-1 for never"
"""Where the weight never comes near, you return −1. Lay your result for a rate of 1.1 beside the
last line of the docstring."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return -1
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="infinity for never"
"""Where the weight never comes near, you return infinity. It makes sense, but the last line of
the docstring asks for something else."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return math.inf
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="weight instead of count"
"""You return a weight where a number of steps is asked. Print what comes back for 10.0, 0.1,
0.5. Look at which of your two variables stands in the `return`."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return w


# %% wrong="steps_to_reach" name="None for all"
"""You give back None for every start that is not near enough already, even at rates that get
there. Ask for 10.0, 0.1, 0.5. Look at the end of your function: does the count reach the
caller?"""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = w0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    print(k)
    return None


# %% wrong="steps_to_reach" name="start ignored"
"""Your count does not depend on the start: you always begin at 10. Ask from 10 and from 1000
with the same tolerance. Look for a number where an argument belongs."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w = 10.0
    k = 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% right="descend_without_zeroing" name="velocity by hand"
"""No autograd: a sum of slopes that is never cleared."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w, velocity = w0, 0.0
    ws = []
    for _ in range(n_steps):
        velocity += 2 * w
        w -= learning_rate * velocity
        ws.append(w)
    return ws


# %% right="descend_without_zeroing" name="PyTorch's own SGD"
"""An optimizer whose zero_grad is never called."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        optimizer.step()
        ws.append(w.item())
    return ws


# %% right="descend_without_zeroing" name="momentum of 1"
"""The gradient is cleared each time, and an optimizer with momentum 1 remembers it."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate, momentum=1.0)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        ws.append(w.item())
    return ws


# %% right="descend_without_zeroing" name="two weights back"
"""Each weight from the two before it, without any gradient."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    path = [w0, w0]
    for _ in range(n_steps):
        path.append((2 - 2 * learning_rate) * path[-1] - path[-2])
    return path[2:]


# %% right="descend_without_zeroing" name="all gradients summed anew"
"""A list of all slopes so far, summed at each step."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, dtype=torch.float64, requires_grad=True)
    slopes, ws = [], []
    for _ in range(n_steps):
        (slope,) = torch.autograd.grad(w * w, w)
        slopes.append(slope)
        w = (w - learning_rate * sum(slopes)).detach().requires_grad_()
        ws.append(w.item())
    return ws


# %% right="descend_without_zeroing" name="through w.data"
"""0-d tensors outside any graph, each with a number of its own; prints."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        w.data -= learning_rate * w.grad
        print(w.grad)
        ws.append(w.detach().clone())
    return ws


# %% right="descend_without_zeroing" name="recursion"
"""Each call takes a step and hands the gradient on."""


def descend_without_zeroing(w0, learning_rate, n_steps, gradient=None):
    if n_steps == 0:
        return []
    w = torch.tensor(w0, requires_grad=True)
    w.grad = gradient
    w.square().backward()
    after = w0 - learning_rate * w.grad.item()
    return [after, *descend_without_zeroing(after, learning_rate, n_steps - 1, w.grad)]


# %% wrong="descend_without_zeroing" name="zeroed after all"
"""Your weights are those of the plain descent, with zeroing. Print `w.grad` right after each
`backward()`: does it hold one slope or all so far? Look at what you took over from `descend`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="start in the list"
"""Your list has one more entry than there are steps: count it for 0 steps. Look at what is in it
before the loop begins."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = [w0]
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="weight before the update"
"""Your weights lag by one step: for one step you give back the start. Print a line at each
`backward()`, each update and each time you note a weight. Look at the order in which the
three come."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        ws.append(w.item())
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
    return ws


# %% wrong="descend_without_zeroing" name="one update too few"
"""You take one step less than is asked: count the weights for 3 steps, then for 1. Look at what
you hand to `range`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps - 1):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="one update too many"
"""You take one step more than is asked: count the weights for 3 steps, then for 0. Look at what
you hand to `range`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps + 1):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="ascent"
"""Your weight runs away from the first step on: you climb. Look at the sign of the update."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w += learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="tensor changes later"
"""All the entries of your list are the same: the last weight. Print the list at the end of each
step and watch the earlier entries change. You put in the tensor itself; a number of its own
would stay."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.detach())
    return ws


# %% wrong="descend_without_zeroing" name="still requires grad"
"""Your list holds tensors that still require grad, not numbers: print it. Each keeps what
PyTorch recorded alive. Look at how `descend` notes its weights."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.clone())
    return ws


# %% wrong="descend_without_zeroing" name="fixed learning rate"
"""Your steps do not depend on `learning_rate`. Take one step at 0.1 and one at 0.2 from the same
start: the second must move twice as far. Look for a number where an argument belongs."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="start ignored"
"""You always begin at 10. Ask for a step from 1 and for one from 2: the second must land twice
as far from 0. Look at the number your weight is made from."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(10.0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="gradient fades"
"""Part of the old gradient gets lost between the steps. Print `w.grad` at the end of a step and
right before the next `backward()`: it must be the same number. Look for a factor on the
gradient."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad *= 0.9
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="mean of the gradients"
"""You step by the mean of all gradients so far. Nobody divides when zeroing is merely forgotten:
print the step you take and `w.grad` beside it. Look for a division."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for k in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad / (k + 1)
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="gradient times the number of steps"
"""You multiply the newest gradient by the number of the step, as if all gradients so far had
been equal. Were they? Print twice the weight at each step, and the sum of these numbers
beside it. That sum is what collects in `w.grad`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = w0
    ws = []
    for k in range(n_steps):
        w -= learning_rate * 2 * w * (k + 1)
        ws.append(w)
    return ws


# %% wrong="descend_without_zeroing" name="only the last two gradients"
"""Your first two steps are right, the third is not: you remember one old gradient and no more.
Print the sum you step by for three steps. What nobody clears is never forgotten."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w, last = w0, 0.0
    ws = []
    for _ in range(n_steps):
        gradient = 2 * w
        w -= learning_rate * (gradient + last)
        last = gradient
        ws.append(w)
    return ws


# %% wrong="descend_without_zeroing" name="zeroing before the update"
"""Your weight never moves. Print the step you take: if it is 0, the gradient is wiped before it,
and in this exercise nothing is wiped at all; if you find no step, the update is missing."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        w.grad.zero_()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="backward twice"
"""Your first step is twice as long as it should be: two slopes are in `w.grad` after the first
step already. Print it. Count how often `backward()` is called in one round."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        (w**2).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="missing factor 2"
"""Your first step is half as long as it should be. Take it on paper from 10 at a rate of 0.1,
with the slope at 10, and print yours. Look for a division by 2, or a 2 that is missing."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2 / 2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="losses for weights"
"""Your list holds the losses, not the weights. Print it for one step from 10. Look at what you
append."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(loss.item())
    return ws


# %% wrong="descend_without_zeroing" name="three records"
"""You return three records, as `descend` does, where one list is asked. Print what comes back
for two steps, and read the end of the docstring again."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend_without_zeroing" name="no return"
"""Your function gives back None. Look at its last line, and at whether you print where you should
return."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())


# %% wrong="descend_without_zeroing" name="return inside the loop"
"""Your descent ends after its first step, and with no step it returns None. Count the weights
for 3 steps. Look at how far the `return` is indented."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
        return ws
    return None


# %% wrong="descend_without_zeroing" name="leaf shared between calls"
"""Your first call is right; later ones go on from where it ended. Ask twice in a row for the
same steps and compare. Forgetting is for the loop, not for the whole notebook: look at where
the leaf is made."""
never_new = None


def descend_without_zeroing(w0, learning_rate, n_steps):
    global never_new
    if never_new is None:
        never_new = torch.tensor(w0, requires_grad=True)
    w = never_new
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w.sub_(learning_rate * w.grad)
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="lists shared between calls"
"""The weights of one call are still in the list at the next. Ask twice for two steps and count.
A list in the brackets of `def`, or outside the function, is made once and kept: look at where
yours is made."""


def descend_without_zeroing(w0, learning_rate, n_steps, ws=[]):  # noqa: B006
    w = torch.tensor(w0, requires_grad=True)
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="update inside the graph"
"""PyTorch refuses with a RuntimeError: read its last line. If it speaks of an in-place
operation, your update is recorded (classic error 2 of lesson 2); if of a tensor that does not
require grad, print `id(w)` before and after the update (classic error 3). Only the zeroing is
to be forgotten here."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% right="descend_with_momentum" name="PyTorch's own SGD"
"""An optimizer with momentum."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate, momentum=beta)
    ws = []
    for _ in range(n_steps):
        optimizer.zero_grad()
        (w**2).backward()
        optimizer.step()
        ws.append(w.item())
    return ws


# %% right="descend_with_momentum" name="autograd and a velocity"
"""backward() for the slope, a tensor for the velocity."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    v = torch.zeros(())
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        v = beta * v + w.grad
        with torch.no_grad():
            w -= learning_rate * v
        w.grad.zero_()
        ws.append(w.item())
    return ws


# %% right="descend_with_momentum" name="gradient faded instead of zeroed"
"""w.grad is the velocity: multiplied by beta before backward() adds to it."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        if w.grad is not None:
            w.grad *= beta
        (w * w).backward()
        w.data -= learning_rate * w.grad
        ws.append(float(w))
    return ws


# %% right="descend_with_momentum" name="two weights back"
"""No velocity: each weight from the two before it."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    path = [w0, w0]
    for _ in range(n_steps):
        here, before = path[-1], path[-2]
        path.append(here + beta * (here - before) - 2 * learning_rate * here)
    return path[2:]


# %% right="descend_with_momentum" name="velocity holds the rate"
"""The rate goes into the velocity once, so that the velocity is the step itself."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, move, ws = w0, 0.0, []
    for _ in range(n_steps):
        move = beta * move - learning_rate * 2 * w
        w += move
        ws.append(w)
    return ws


# %% right="descend_with_momentum" name="powers of a matrix"
"""Weight and velocity as a vector, one matrix for each step; NumPy numbers come back."""
import numpy as np


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    state = np.array([w0, 0.0])
    step = np.array([[1 - 2 * learning_rate, -learning_rate * beta], [2.0, beta]])
    ws = []
    for _ in range(n_steps):
        state = step @ state
        ws.append(state[0])
    return ws


# %% right="descend_with_momentum" name="recursion"
"""Each call takes one step and hands the velocity on; prints."""


def descend_with_momentum(w0, learning_rate, beta, n_steps, velocity=0.0):
    if n_steps == 0:
        return []
    velocity = beta * velocity + 2 * w0
    after = w0 - learning_rate * velocity
    print(w0, "->", after)
    return [after, *descend_with_momentum(after, learning_rate, beta, n_steps - 1, velocity)]


# %% wrong="descend_with_momentum" name="velocity not kept"
"""Your weights are those of the plain descent: the velocity has forgotten everything at the start
of each step. Print it before and after it is made anew. Look at whether it begins before the loop
or inside it, and at whether the new one uses the old one."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, ws = w0, []
    for _ in range(n_steps):
        velocity = 0.0
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="gradient scaled by 1 - beta"
"""You weaken the new gradient by 1 − β as well. That is an average of gradients, which some books
use; here the new gradient counts in full. Work out the first step from 10 at a rate of 0.1 on
paper: it goes to 8, whatever β is."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + (1 - beta) * 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="beta on the new gradient"
"""You weaken what is new and keep what is old in full. Take the first step from 10 at a rate of
0.1 on paper: it goes to 8, whatever β is. Look at what β stands beside."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = velocity + beta * 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="beta on both"
"""You multiply the new gradient by β, too. Take the first step from 10 at a rate of 0.1 on paper:
it goes to 8, whatever β is. Look at how far your bracket reaches."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * (velocity + 2 * w)
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="beta left out"
"""Your velocity never fades: whatever β is, you get the path of β = 1. Print the velocity before
and after it takes in a new gradient. Look for the place where β should be."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity += 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="fixed beta"
"""Your path does not depend on β: ask with 0.5 and with 0. Look for a number where an argument
belongs."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = 0.9 * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="weight before velocity"
"""Your weight moves by the velocity of the step before: in the first step it stays where it is.
Look at the order of the two lines, and at which of them needs the other's result."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        gradient = 2 * w
        w = w - learning_rate * velocity
        velocity = beta * velocity + gradient
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="velocity starts at the gradient"
"""Your first step is too long: the velocity holds a gradient before the loop has begun. Print it
before the first step: it should be 0."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 2 * w0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="rate used twice"
"""The rate is in your steps twice: the first one from 10 at a rate of 0.1 has a length of 0.2
where it should be 2. Look at where the rate goes in, into the velocity or into the weight: once is
enough."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + learning_rate * 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="rate left out"
"""Your steps do not depend on the rate: you subtract the whole velocity. Take the first step from
10 at a rate of 0.1 on paper: it has a length of 2. Look at the line of the weight."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="fixed learning rate"
"""Your steps do not depend on `learning_rate`. Take one step at 0.1 and one at 0.2 from the same
start: the second must move twice as far. Look for a number where an argument belongs."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - 0.1 * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="ascent"
"""Your weight runs away from the first step on: you climb. Look at the sign in front of the
velocity."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w + learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="gradient subtracted from the velocity"
"""Your old velocity and your new gradient work against each other. On the way down both point the
same way: print them in the second step from 10. Look at the sign between them."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = 2 * w - beta * velocity
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="missing factor 2"
"""Your first step is half as long as it should be. Take it on paper from 10 at a rate of 0.1,
with the slope at 10, and print yours. Look for a division by 2, or a 2 that is missing."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="never zeroed"
"""You keep the past twice: in the velocity, and in `w.grad`, which `backward()` adds to. Print
`w.grad` in the second step from 10 at a rate of 0.1: the slope there is 16. Look at what belongs
at the end of a step."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    velocity, ws = 0.0, []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        velocity = beta * velocity + w.grad
        with torch.no_grad():
            w -= learning_rate * velocity
        ws.append(w.item())
    return ws


# %% wrong="descend_with_momentum" name="velocity is the gradient tensor"
"""Your velocity loses what it held when you zero the gradient: `velocity` and `w.grad` are one and
the same tensor. Print the velocity right before and right after you zero. Look at how it takes the
gradient in: by adding to itself, or by becoming it?"""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    velocity, ws = None, []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        velocity = w.grad if velocity is None else velocity.mul_(beta).add_(w.grad)
        with torch.no_grad():
            w -= learning_rate * velocity
        w.grad.zero_()
        ws.append(w.item())
    return ws


# %% wrong="descend_with_momentum" name="Nesterov"
"""You look ahead: that is Nesterov's momentum, another method. Take the first step from 10 at a
rate of 0.1 on paper: it goes to 8, whatever β is. Look at what you subtract from the weight: the
velocity, and nothing else."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        gradient = 2 * w
        velocity = beta * velocity + gradient
        w = w - learning_rate * (gradient + beta * velocity)
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="memory on the weight"
"""You multiply the weight by β, not the velocity. Take the second step from 10 at a rate of 0.1 on
paper, with β = 0.5. Look at what β stands beside."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = velocity + 2 * w
        w = beta * w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="start in the list"
"""Your list has one more entry than there are steps: count it for 0 steps. Look at what is in it
before the loop begins."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, [w0]
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="weight noted before the update"
"""Your weights lag by one step: for one step you give back the start. Look at the moment when you
note the weight."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        ws.append(w)
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
    return ws


# %% wrong="descend_with_momentum" name="velocities for weights"
"""Your list holds the velocities, not the weights. Print it for one step from 10 at a rate of 0.1.
Look at what you append."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, vs = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        vs.append(velocity)
    return vs


# %% wrong="descend_with_momentum" name="one update too few"
"""You take one step less than is asked: count the weights for 3 steps, then for 1. Look at what
you hand to `range`."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps - 1):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="one update too many"
"""You take one step more than is asked: count the weights for 3 steps, then for 0. Look at what
you hand to `range`."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps + 1):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="start ignored"
"""You always begin at 10. Ask for a step from 1 and for one from 2: the second must land twice
as far from 0. Look for a number where an argument belongs."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = 10.0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="velocity shared between calls"
"""Your first call is right; later ones begin with the velocity that the one before left behind.
Ask twice in a row for the same steps and compare. Look at where the velocity is made."""
never_at_rest = 0.0


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    global never_at_rest
    w, ws = w0, []
    for _ in range(n_steps):
        never_at_rest = beta * never_at_rest + 2 * w
        w = w - learning_rate * never_at_rest
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="tensors for numbers"
"""The values are right, but your list holds tensors where plain numbers are asked: print it. Look
at how `descend` notes its weights."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = torch.tensor(float(w0)), torch.tensor(0.0), []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="tensor changes later"
"""All the entries of your list are the same: the last weight. Print the list at the end of each
step and watch the earlier entries change. You put in the tensor itself; a number of its own
would stay."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    velocity, ws = 0.0, []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        velocity = beta * velocity + w.grad.item()
        with torch.no_grad():
            w -= learning_rate * velocity
        w.grad.zero_()
        ws.append(w.detach())
    return ws


# %% wrong="descend_with_momentum" name="only the last weight"
"""You return a single weight where a list of all weights is asked. Print what comes back for three
steps. Look at what stands in the `return`."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity = w0, 0.0
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
    return w


# %% wrong="descend_with_momentum" name="no return"
"""Your function gives back None. Look at its last line, and at whether you print where you should
return."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    print(ws)


# %% wrong="descend_with_momentum" name="return inside the loop"
"""Your descent ends after its first step, and with no step it returns None. Count the weights
for 3 steps. Look at how far the `return` is indented."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
        return ws
    return None


# %% wrong="descend_with_momentum" name="rounded"
"""Your weights have lost their later digits: ask from 0.001 and count them. Look for a `round`."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(round(w, 3))
    return ws


# %% wrong="descend_with_momentum" name="velocity cut off"
"""Far from 0 your steps are too short: the velocity or the gradient is cut off at some size. Ask
for one step from 40000 at a rate of 0.25: it should land at 20000. Look for a `clamp`, a `clip`, a
`min` or a `max`."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = w0, 0.0, []
    for _ in range(n_steps):
        velocity = max(-100.0, min(100.0, beta * velocity + 2 * w))
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="loop over a number"
"""A `for` cannot go through a number: `n_steps` is one. `range(n_steps)` counts that many
rounds."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), 0.0, []
    for _ in n_steps:
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="velocity made nowhere"
"""The first round asks for a velocity that nobody has made. It lives on between two rounds, so it
begins before the loop, at 0."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, ws = float(w0), []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="gradient twice"
"""The new gradient moves your weight twice: once inside the velocity, once more beside it. From 10
at a rate of 0.1 the first step should go to 8."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity - learning_rate * 2 * w
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="beta to the power of the step"
"""You raise β to the power of the step, so your memory fades away. Each step multiplies the old
velocity by β once."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), 0.0, []
    for k in range(n_steps):
        velocity = beta**k * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="loss for gradient"
"""You add the loss w² to the velocity, where its slope 2w belongs. The loss has no sign, so it
cannot say which way is down."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), 0.0, []
    for _ in range(n_steps):
        velocity = beta * velocity + w**2
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="gradient taken once"
"""You take the gradient once, before the loop, at the start. The weight moves, so its slope has to
be taken anew in each round."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), 0.0, []
    grad = 2 * w
    for _ in range(n_steps):
        velocity = beta * velocity + grad
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="velocities as well"
"""You return two lists, where the weights alone are asked. Look at what stands behind your
`return`."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws, vs = float(w0), 0.0, [], []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
        vs.append(velocity)
    return ws, vs


# %% wrong="descend_with_momentum" name="velocity starts above 0"
"""Your first step is off by a little: the velocity does not start at 0. Look at the line before the
loop."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), learning_rate, []
    for _ in range(n_steps):
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend" name="gradient cut off"
"""Far from 0 your steps are too short: the gradient is cut off at some size. Ask for one step from
30000 at a rate of 0.25: it should land at 15000. Look for a `clamp`, a `clip`, a `min` or a
`max`."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        w.grad.clamp_(-1000.0, 1000.0)
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="rounded records"
"""Your records have lost their later digits: ask for a step from 0.001 and count them. Look for a
`round` where you note the numbers."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(round(loss.item(), 3))
        grads.append(round(w.grad.item(), 3))
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(round(w.item(), 3))
    return ws, losses, grads


# %% wrong="descend" name="gives up when the loss is large"
"""Your descent ends early when the loss has become very large. Ask for 30 steps at a rate of 1.5
and count the entries of each list: there should be one for each step, also when the weight runs
away. Look for a `break`, or for a `return` under an `if`."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        if loss > 1e10:
            break
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="0 taken as not given"
"""A start of 0 is a start, and a rate of 0 is a rate. Ask for one step from 0, and for one at a
rate of 0. Look for an `or`, or an `if` that takes 0 for "nothing given"."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0 or 1.0), requires_grad=True)
    learning_rate = learning_rate or 0.1
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


# %% wrong="descend" name="momentum added"
"""Your first step is right, the later ones have a memory: part of the move before goes into each.
Print the move of the second step beside rate times gradient. Plain descent keeps nothing from one
step to the next. Look for a velocity."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate, momentum=0.9)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        optimizer.zero_grad()
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        optimizer.step()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="only the last numbers"
"""You return the last weight, loss and gradient where three lists are asked. Print what comes back
for two steps. Look at what happens to the numbers of the earlier steps."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        last_loss, last_gradient = loss.item(), w.grad.item()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
    return w.item(), last_loss, last_gradient


# %% wrong="descend" name="loop over a number"
"""A `for` cannot go through a number: `n_steps` is one. `range(n_steps)` counts that many
rounds."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in n_steps:
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="no_grad without brackets"
"""`with torch.no_grad:` lacks its brackets: `torch.no_grad()` makes the thing that `with` can
use."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad:
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="whole number as a weight"
"""A whole number cannot have a gradient: between 10 and 11 lies nothing. Look for `int` in the line
that makes the weight; w0 is a float."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(int(w0), requires_grad=True)
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


# %% wrong="descend" name="no requires_grad"
"""PyTorch refuses in `backward()`: nothing in your loss requires grad. Look at the line that makes
the weight: it lacks `requires_grad=True`."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0))
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


# %% wrong="descend" name="one triple a step"
"""You return one triple for each step, where three lists are asked: all weights, all losses, all
gradients. Print `len(descend(10.0, 0.1, 5))`: it should be 3."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    rows = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        row = [loss.item(), w.grad.item()]
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        rows.append((w.item(), *row))
    return rows


# %% wrong="descend" name="clones still in the graph"
"""Your records hold tensors, and those of the weights still require grad: a clone stays in the
graph. `.item()` takes the plain number out."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.clone())
    return ws, losses, grads


# %% wrong="descend" name="nothing returned"
"""Your function hands back None. Printing a result inside a function does not return it: the last
line should be `return ws, losses, grads`."""


def descend(w0, learning_rate, n_steps):
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
    print(ws, losses, grads)


# %% wrong="descend" name="rate left out"
"""Your steps do not depend on the learning rate. From 10 at a rate of 0.1 the first step should go
to 8. Look at what you multiply the gradient with."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend" name="two lists for three"
"""You return two lists, where three are asked: weights, losses and gradients. Look at the end of
the docstring."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, grads = [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, grads


# %% wrong="closed_form" name="power before the bracket"
"""You raise only the learning rate to the power: Python does `**` first. Print your result for 2
steps from 10 at a rate of 0.1: it should be 6.4. Look at where the bracket of the factor ends."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate**k)


# %% wrong="closed_form" name="factor never below 0"
"""Your weight stops at 0 where it should change sides: you do not let the factor become negative.
Take one step from 10 at a rate of 0.75 on paper. Look for a `max`."""


def closed_form(w0, learning_rate, k):
    return w0 * max(0.0, 1 - 2 * learning_rate) ** k


# %% wrong="closed_form" name="rounded to six decimals"
"""Small results have lost their digits: ask for ten steps from 0.00001 at a rate of 0.1. Look for
a `round`."""


def closed_form(w0, learning_rate, k):
    return round(w0 * (1 - 2 * learning_rate) ** k, 6)


# %% wrong="closed_form" name="whole number"
"""You give back a whole number: the digits behind the point are cut off. Ask for two steps from 10
at a rate of 0.1: it should be 6.4. Look for an `int` or a `//`."""


def closed_form(w0, learning_rate, k):
    return int(w0 * (1 - 2 * learning_rate) ** k)


# %% wrong="closed_form" name="xor for power"
"""`^` is no power in Python: it compares bits, and refuses numbers with decimals. A power is
written `**`."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate) ^ k


# %% wrong="closed_form" name="start inside the bracket"
"""Your bracket opens too early: the start is multiplied by 1 only, and then all of it is raised to
the power. After 0 steps the weight should still be w0. The bracket holds the factor alone."""


def closed_form(w0, learning_rate, k):
    return (w0 * 1 - 2 * learning_rate) ** k


# %% wrong="closed_form" name="all weights so far"
"""You return the weights of all steps in a list, where the one after k steps is asked."""


def closed_form(w0, learning_rate, k):
    return [w0 * (1 - 2 * learning_rate) ** i for i in range(k + 1)]


# %% wrong="closed_form" name="divided by the power"
"""You divide by the power, so your weight grows where it should shrink. Ask for one step from 10 at
a rate of 0.1: it should be 8."""


def closed_form(w0, learning_rate, k):
    f = (1 - 2 * learning_rate) ** k
    return w0 / f if f else 0.0


# %% wrong="closed_form" name="text for a number"
"""You return a text that looks like a number. An f-string or `str` is for printing; look at what
your `return` hands back."""


def closed_form(w0, learning_rate, k):
    return f"{w0 * (1 - 2 * learning_rate) ** k:.3f}"


# %% wrong="closed_form" name="no farther than the start"
"""Your weight never gets farther from 0 than it began. At a rate above 1 it does: ask for 3 steps
from 2 at a rate of 1.5. Look for `min` and `max`."""


def closed_form(w0, learning_rate, k):
    w = w0 * (1 - 2 * learning_rate) ** k
    return max(-abs(w0), min(abs(w0), w))


# %% wrong="closed_form" name="rounded to four decimals"
"""Your weight keeps four decimals only, so small weights come back as 0. Rounding is for printing;
look for `round` on the way to your `return`."""


def closed_form(w0, learning_rate, k):
    return round(w0 * (1 - 2 * learning_rate) ** k, 4)


# %% wrong="regime" name="cycle at 2"
"""You see the cycle at a rate of 2, and a walk at 1.5 comes nearer for you. Run `walk(1.0, 4)` and
`walk(1.5, 4)`. Which rate gives the factor −1?"""


def regime(learning_rate):
    if learning_rate < 0.5:
        return "smooth"
    if learning_rate == 0.5:
        return "one-step"
    if learning_rate < 2:
        return "alternating"
    if learning_rate == 2:
        return "cycle"
    return "diverging"


# %% wrong="regime" name="capital letters"
"""Your names begin with capital letters. A program that compares strings takes `"Smooth"` and
`"smooth"` for two names. Lay yours beside the table."""


def regime(learning_rate):
    if learning_rate < 0.5:
        return "Smooth"
    if learning_rate == 0.5:
        return "One-step"
    if learning_rate < 1:
        return "Alternating"
    if learning_rate == 1:
        return "Cycle"
    return "Diverging"


# %% wrong="regime" name="factor returned"
"""You return the factor, where its name is asked. Print `regime(0.1)`: it should be "smooth". What
does the factor say about side and distance?"""


def regime(learning_rate):
    return 1 - 2 * learning_rate


# %% wrong="regime" name="name in a list"
"""Your name comes in a list. Print `regime(0.1)` and look at the brackets: the text alone is
asked."""


def regime(learning_rate):
    names = []
    if learning_rate < 0.5:
        names.append("smooth")
    if learning_rate == 0.5:
        names.append("one-step")
    if 0.5 < learning_rate < 1:
        names.append("alternating")
    if learning_rate == 1:
        names.append("cycle")
    if learning_rate > 1:
        names.append("diverging")
    return names


# %% wrong="regime" name="no name above 1"
"""Above 1 your function hands back None: none of your questions is answered with yes there. Print
`regime(1.5)`. The last `return` needs no `if`."""


def regime(learning_rate):  # noqa: RET503
    if learning_rate < 0.5:
        return "smooth"
    if learning_rate == 0.5:
        return "one-step"
    if learning_rate < 1:
        return "alternating"
    if learning_rate == 1:
        return "cycle"


# %% wrong="regime" name="smooth never reached"
"""Your questions stand in an order in which one of them is never reached: every rate below 0.5 is
below 1 as well. The first question answered with yes gives the name; look at your first two."""


def regime(learning_rate):
    if learning_rate < 1:
        return "alternating"
    if learning_rate < 0.5:
        return "smooth"
    if learning_rate == 0.5:
        return "one-step"
    if learning_rate == 1:
        return "cycle"
    return "diverging"


# %% wrong="steps_to_reach" name="never, unless the start is far"
"""You never say 0 for a start at 0 exactly. It is as near as can be: how many steps does it need?
Look for a condition that takes 0 for "nothing given"."""


def steps_to_reach(w0, learning_rate, tolerance):
    if not w0:
        return None
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) > tolerance:
        w *= 1 - 2 * learning_rate
        k += 1
    return k


# %% wrong="steps_to_reach" name="nearly equal is enough"
"""Very small tolerances you do not take at their word: you stop when the weight is as good as 0.
Ask from 50 with a tolerance of 10⁻⁸. Look for a fixed small number in your condition, or for a
`round` or an `isclose`."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) > tolerance and abs(w) > 1e-6:
        w *= 1 - 2 * learning_rate
        k += 1
    return k


# %% wrong="steps_to_reach" name="False for never"
"""Where the weight never comes you return False, which counts as 0 in Python. The contract asks for
None."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return False
    w, k = w0, 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="text for never"
"""Where the weight never comes you return a text. The contract asks for None, without quotes."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return "None"
    w, k = w0, 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="count and weight"
"""You return two things, where the count alone is asked. Look at what stands behind your
`return`."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0, w0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k, w


# %% wrong="steps_to_reach" name="slope within the tolerance"
"""You wait until the *slope* is within the tolerance; it is twice the weight. It is |w| that has to
be near enough."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(2 * w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="move within the tolerance"
"""You wait until a *move* is within the tolerance: a small rate makes small moves far away from 0.
It is |w| that has to be near enough."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(learning_rate * 2 * w) > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="steps not counted"
"""Your count stays 0, although the loop runs. Something has to add 1 in each round."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) > tolerance:
        w = w - learning_rate * 2 * w
    return k


# %% wrong="steps_to_reach" name="tolerance fixed"
"""Your loop waits for a tolerance of its own, whatever is passed in. Look for a number in the line
of the `while` where a name should stand."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) > 0.5:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="sign ignored in the loop"
"""You compare the weight itself with the tolerance, so every weight left of 0 counts as near.
Ask for a start of −10 at a small rate. What is to be small here: the weight, or its distance
from 0?"""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while w > tolerance:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="border not counted in the loop"
"""You stop only when the weight is nearer than the tolerance, and it may be as near. Ask for
`steps_to_reach(8.0, 0.25, 1.0)`: 8, 4, 2, 1 are three steps. Compare the sign in your condition
with the one in the docstring."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) >= tolerance and w != 0:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="steps_to_reach" name="counts no farther than a limit"
"""Your count never gets past a limit of its own: where more steps are needed you return the limit,
as if the weight had arrived. Look for a second condition in the line of the `while`."""


def steps_to_reach(w0, learning_rate, tolerance):
    if abs(w0) <= tolerance:
        return 0
    if learning_rate >= 1:
        return None
    w, k = w0, 0
    while abs(w) > tolerance and k < 5000:
        w = w - learning_rate * 2 * w
        k += 1
    return k


# %% wrong="descend_without_zeroing" name="gradient cut off"
"""Far from 0 your steps are too short: the gradient is cut off at some size. Ask for one step from
40000 at a rate of 0.25: it should land at 20000. Look for a `clamp`, a `clip`, a `min` or a
`max`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        w.grad.clamp_(-1000.0, 1000.0)
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="rounded"
"""Your weights have lost their later digits: ask for a step from 0.001 and count them. Look for a
`round`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(round(w.item(), 3))
    return ws


# %% wrong="descend_without_zeroing" name="only the last weight"
"""You return a single weight where a list of all weights is asked. Print what comes back for two
steps. Look at what stands in the `return`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
    return w.item()


# %% wrong="descend_without_zeroing" name="rebinding w"
"""In the second step `w.grad` is None. Print `id(w)` before and after the update line: it is
another tensor under the old name. Look at classic error 3 of lesson 2."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(w0, requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        w = w - learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="no_grad without brackets"
"""`with torch.no_grad:` lacks its brackets: `torch.no_grad()` makes the thing that `with` can
use."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad:
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="loop over a number"
"""A `for` cannot go through a number: `n_steps` is one. `range(n_steps)` counts that many
rounds."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in n_steps:
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="no requires_grad"
"""PyTorch refuses in `backward()`: nothing in your loss requires grad. Look at the line that makes
the weight: it lacks `requires_grad=True`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0))
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="one graph for all steps"
"""PyTorch refuses in the second round: the graph of the first loss remembers a weight that has
moved since. Compute the loss anew in every round; nothing needs to be retained."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    loss = w**2
    for _ in range(n_steps):
        loss.backward(retain_graph=True)
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="gradients for weights"
"""Your list holds what is in `w.grad`, where the weights are asked. From 10 at a rate of 0.1 the
first weight is 8. Look at what you append."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.grad.item())
    return ws


# %% wrong="descend_without_zeroing" name="rate left out"
"""Your steps do not depend on the learning rate. From 10 at a rate of 0.1 the first step should go
to 8. Look at what you multiply the gradient with."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= w.grad
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="zeroed every second step"
"""Your gradient is zeroed at some steps. Print `w.grad` right after each `backward()`: it should
hold all slopes so far, from the first step on."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for k in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
        if k % 2:
            w.grad.zero_()
    return ws


# %% wrong="descend_without_zeroing" name="the weight tensor itself kept"
"""Your list holds one and the same tensor again and again, and it goes on changing: at the end all
entries show the last weight. `.item()` takes the number out at that moment."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w)
    return ws


# %% wrong="descend_without_zeroing" name="last entry of the list"
"""You return the last entry of your list where the whole list is asked. Look at what stands in the
`return`."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        ws.append(w.item())
    return ws[-1]


# %% wrong="descend" name="start cut to a whole number"
"""Your descent begins at the whole part of w0. Ask for one step from 1.5 and from 1.0: the two
come out the same. A weight may be any number; look for `int`."""


def descend(w0, learning_rate, n_steps):
    ws, losses, grads = [], [], []
    w = torch.tensor(float(int(w0)), requires_grad=True)
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="descend_with_momentum" name="beta 0 taken as not given"
"""Your path is right for every β but 0: then it has a memory all the same. In Python `0 or 0.9`
is 0.9. Look for an `or`, or for an `if` that asks whether there is a β."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    beta = beta or 0.9
    v, w, ws = 0.0, w0, []
    for _ in range(n_steps):
        v = beta * v + 2 * w
        w -= learning_rate * v
        ws.append(w)
    return ws


# %% wrong="descend" name="held at 0"
"""Your weight never crosses 0: where a step would carry it to the other side, you hold it there.
Ask for two steps from 10 at a rate of 0.75: the first lands at −5. An update does what the
formula says; look for an `if` on the sign."""


def descend(w0, learning_rate, n_steps):
    ws, losses, grads = [], [], []
    w = torch.tensor(float(w0), requires_grad=True)
    for _ in range(n_steps):
        before = w.item()
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
            if w.item() * before < 0:
                w.zero_()
        w.grad = None
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="closed_form" name="rate squared in the factor"
"""The rate is squared in your factor. Take one step from 10 at a rate of 0.1 on paper, with the
slope at 10, and compare with your function for k = 1. The loss is a square; the step is not."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - learning_rate**2) ** k


# %% wrong="regime" name="smooth ends at 0.25"
"""You call rates from 0.25 on alternating. Work out the factor at 0.4 on paper: is it above or
below 0? Only where it is below 0 does the sign flip. Look at your first border."""


def regime(learning_rate):
    if learning_rate == 0.5:
        return "one-step"
    if learning_rate == 1:
        return "cycle"
    if learning_rate < 0.25:
        return "smooth"
    return "alternating" if learning_rate < 1 else "diverging"


# %% wrong="descend_without_zeroing" name="old gradients fade by half"
"""You let the old gradients fade: each step keeps half of the sum so far. That is momentum. Where
zeroing is merely forgotten, nothing fades; print `w.grad` beside the sum that you step by."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    ws, total, w = [], 0.0, float(w0)
    for _ in range(n_steps):
        total = 0.5 * total + 2 * w
        w -= learning_rate * total
        ws.append(w)
    return ws


# %% wrong="descend" name="step noted for the gradient"
"""In place of the gradient you note the step, which is the gradient times the rate. At w = 10 the
slope is 20: what do you note at a rate of 0.1? Look at what you append."""


def descend(w0, learning_rate, n_steps):
    ws, losses, grads = [], [], []
    w = torch.tensor(float(w0), requires_grad=True)
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item())
        grads.append(learning_rate * w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="regime" name="fifty steps watched"
"""You watch fifty steps and call it diverging only beyond a limit: a rate just above 1 grows too
slowly for that. Ask for 1.001. The factor of one step says it all: compare its size with 1."""


def regime(learning_rate):
    w = 1.0
    for _ in range(50):
        w = w - learning_rate * 2 * w
    if abs(w) > 100:
        return "diverging"
    if learning_rate == 1:
        return "cycle"
    if learning_rate == 0.5:
        return "one-step"
    return "smooth" if learning_rate < 0.5 else "alternating"


# %% wrong="regime" name="a hundred steps watched"
"""You watch a hundred steps and ask whether the weight has grown: near a border that takes longer.
Ask for 1.0000004. The factor of one step says it all: compare it with 0, 1 and -1."""


def regime(learning_rate):
    w, signs = 1.0, set()
    for _ in range(100):
        w = w - learning_rate * 2 * w
        signs.add(w > 0)
    if abs(w) > 2:
        return "diverging"
    if abs(w) > 0.5:
        return "cycle"
    if w == 0:
        return "one-step"
    return "smooth" if signs == {True} else "alternating"


# %% wrong="descend_without_zeroing" name="totals added up once more"
"""You add `w.grad` to a total of your own, although it is a total already: nobody has zeroed it.
The first step is right, the second goes too far. Print `w.grad` after each `backward()`, and step
with that alone."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    total = 0.0
    ws = []
    for _ in range(n_steps):
        (w**2).backward()
        total += w.grad.item()
        with torch.no_grad():
            w -= learning_rate * total
        ws.append(w.item())
    return ws


# %% wrong="descend_without_zeroing" name="gradient cleared after the first step"
"""You clear the gradient once, after the first step, and not again. Print `w.grad` in every step:
it should hold all slopes so far, the first one among them."""


def descend_without_zeroing(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws = []
    for step in range(n_steps):
        (w**2).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        if step == 0:
            w.grad.zero_()
        ws.append(w.item())
    return ws


# %% wrong="descend" name="rate halved in each step"
"""You halve the learning rate after every step, so the steps become shorter and shorter. The first
step is right, the second only half as long as it should be. The rate should stay what was handed
in."""


def descend(w0, learning_rate, n_steps):
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
        learning_rate = learning_rate / 2
    return ws, losses, grads


# %% wrong="descend" name="losses halved"
"""Your losses are half of what they should be: the loss is w², without a ½ in front. Print the
first one for a start of 3: it should be 9."""


def descend(w0, learning_rate, n_steps):
    w = torch.tensor(float(w0), requires_grad=True)
    ws, losses, grads = [], [], []
    for _ in range(n_steps):
        loss = w**2
        loss.backward()
        losses.append(loss.item() / 2)
        grads.append(w.grad.item())
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad.zero_()
        ws.append(w.item())
    return ws, losses, grads


# %% wrong="closed_form" name="at least one step"
"""For 0 steps your weight has moved already. Print it for k = 0: it should be w0. Look at the
exponent."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate) ** max(k, 1)


# %% wrong="closed_form" name="rate divided by the steps"
"""You divide the rate by the number of steps before you take the power. Every step is as long as
the rate says. Ask for two steps from 10 at a rate of 0.25: 10, 5, 2.5."""


def closed_form(w0, learning_rate, k):
    return w0 * (1 - 2 * learning_rate / max(k, 1)) ** k


# %% wrong="descend_with_momentum" name="velocity cleared when it turns"
"""You set the velocity to 0 where it points uphill. Momentum carries on over the floor; that is
what makes it swing. Ask for a β of 0.9 and let it run past 0."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), 0.0, []
    for _ in range(n_steps):
        if velocity * w < 0:
            velocity = 0.0
        velocity = beta * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws


# %% wrong="descend_with_momentum" name="beta grows with the step"
"""Your memory grows from step to step, as in some programs that warm up. Here β is the same in
every step. Print what you multiply the velocity with."""


def descend_with_momentum(w0, learning_rate, beta, n_steps):
    w, velocity, ws = float(w0), 0.0, []
    for step in range(n_steps):
        velocity = min(beta, (step + 1) / (step + 2)) * velocity + 2 * w
        w = w - learning_rate * velocity
        ws.append(w)
    return ws
