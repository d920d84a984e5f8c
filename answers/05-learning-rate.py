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
# # Known answers to 05-learning-rate

# %%
import math

import numpy as np
import torch

# %% [markdown]
# ## final_loss

# %% right="final_loss" name="plain Python"
"""Two loops over plain numbers; too large a square raises, and that is caught."""


def final_loss(x, y, learning_rate, n_epochs):
    pairs = list(zip(x.tolist(), y.tolist(), strict=True))
    w = 0.0
    try:
        for _ in range(n_epochs):
            w -= learning_rate * sum(2 * a * (w * a - b) for a, b in pairs) / len(pairs)
        loss = sum((w * a - b) ** 2 for a, b in pairs) / len(pairs)
    except OverflowError:
        return math.inf
    return loss if math.isfinite(loss) else math.inf


# %% right="final_loss" name="autograd"
"""torch finds the gradient, in float32."""


def final_loss(x, y, learning_rate, n_epochs):
    inputs = torch.tensor(x, dtype=torch.float32)
    targets = torch.tensor(y, dtype=torch.float32)
    w = torch.tensor(0.0, requires_grad=True)
    for _ in range(n_epochs):
        ((w * inputs - targets) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
    with torch.no_grad():
        loss = ((w * inputs - targets) ** 2).mean()
    return loss.item() if torch.isfinite(loss) else math.inf


# %% right="final_loss" name="no loop at all"
"""The closed form: the distance to the best weight, times the factor to the power of n_epochs."""


def final_loss(x, y, learning_rate, n_epochs):
    curved = 2 * np.mean(x**2)
    best = np.mean(x * y) / np.mean(x**2)
    with np.errstate(all="ignore"):
        w = best - best * np.float64(1 - learning_rate * curved) ** n_epochs
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% right="final_loss" name="float32 with a dot product, warning"
"""Everything in float32, and NumPy's warnings about the overflow are left to appear."""


def final_loss(x, y, learning_rate, n_epochs):
    x, y = x.astype(np.float32), y.astype(np.float32)
    w = np.float32(0)
    for _ in range(n_epochs):
        w -= np.float32(learning_rate) * 2 * np.dot(x, w * x - y) / np.float32(len(x))
    loss = np.mean(np.square(y - w * x))
    return loss if np.isfinite(loss) else np.float32(np.inf)


# %% right="final_loss" name="stops when it is lost"
"""Gives up as soon as w is no longer finite; prints so."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
            if not math.isfinite(w):
                print(f"blown up in epoch {epoch}")
                return math.inf
        loss = np.mean((w * x - y) ** 2)
    return np.nan_to_num(loss, nan=np.inf, posinf=np.inf)


# %% right="final_loss" name="the error carried along"
"""No weight is kept: the vector of errors itself is carried from epoch to epoch."""


def final_loss(x, y, learning_rate, n_epochs):
    error = -y.astype(float)
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            error = error - learning_rate * 2 * np.mean(x * error) * x
        loss = float(error @ error / error.size)
    return loss if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="loss before the last update"
"""You return the loss that was measured before the last update. With `n_epochs=1` you give the loss
of w = 0, and with `n_epochs=0` there is none at all. Train first; then measure once more."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            loss = np.mean((w * x - y) ** 2)
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="sum for mean"
"""Each of your steps is too long by the number of samples, because the gradient is a sum and not a
mean. Start at w = 0 with one epoch, on two equal samples: the step should be the same as with one
of them. `np.dot` sums too; look at what your gradient does with the n products."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.dot(2 * x, w * x - y).mean()
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="missing factor 2"
"""Your steps are half as long as they should be. Take x = 1, y = 1 and rate 0.5: a single epoch has
to arrive, and yours goes half the way. Look at what the derivative of a square has in front."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="missing x"
"""Your gradient lacks the factor x: it is the slope for a bias, not for w. Compare it with a small
difference quotient of the loss at w = 0, with an x that is far from 1. Look again at the inner
derivative of w * x."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="ascent"
"""You walk uphill: even with a tiny rate the loss grows with every epoch. Print w after one epoch
on x = 1, y = 1: it should be above 0. Look at the sign of the update, and at the order in the
difference of y and w * x."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (y - w * x))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="loss summed"
"""The training is right, but the loss at the end is a sum over the samples, not their mean. Ask
with `n_epochs=0` for y = 1, 1, 1, 1: four errors of 1 have a mean square of 1. Look at the last
thing your function computes."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.sum((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="root of the mean"
"""You return the root of the loss. Ask with `n_epochs=0` for a single y of 3: the squared error is
9. Look at what happens after the mean is taken."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.sqrt(np.mean((w * x - y) ** 2))
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="absolute error"
"""You return the mean of the absolute errors; they are not squared. Ask with `n_epochs=0` for a
single y of 3 and say what the squared error is. Look at the line that computes the loss."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean(np.abs(w * x - y))
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="one update too few"
"""Your loss is one update behind. With `n_epochs=1` it should have changed, and yours is still that
of w = 0. Count how often the body of your loop runs, and look at whether the loss is measured once
more after the last update."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(1, n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="one update too many"
"""You make one update more than asked. With `n_epochs=0` the weight should still be 0 and the loss
the mean of y². Count how often the body of your loop runs."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs + 1):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="nan let through"
"""All is right until a run blows up: then you return nan instead of `math.inf`. Print
`final_loss(x, y, 1.0, 1000)`. An infinite loss and nan are both *not finite*; look at which of them
your last line asks about."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return math.inf if loss == math.inf else float(loss)


# %% wrong="final_loss" name="overflow not caught"
"""A run that blows up ends in an OverflowError instead of `math.inf`: plain Python numbers raise
where NumPy's become infinite. Run `1e200 ** 2` and `np.float64(1e200) ** 2`. Either catch the
error or work with NumPy's numbers."""


def final_loss(x, y, learning_rate, n_epochs):
    pairs = list(zip(x.tolist(), y.tolist(), strict=True))
    w = 0.0
    losses = [sum(b**2 for _, b in pairs) / len(pairs)]
    for _ in range(n_epochs):
        w -= learning_rate * sum(2 * a * (w * a - b) for a, b in pairs) / len(pairs)
        losses.append(sum((w * a - b) ** 2 for a, b in pairs) / len(pairs))
    return losses[-1] if math.isfinite(losses[-1]) else math.inf


# %% wrong="final_loss" name="large taken for infinite"
"""You call a run blown up because its loss is large. A loss above that of the start, or above some
limit, is still a number, and it should be returned. Print `math.isfinite(1e9)`, and look at the
condition in front of your `math.inf`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if loss <= np.mean(y**2) else math.inf


# %% wrong="final_loss" name="weight returned"
"""You return the trained weight, not the loss that belongs to it. With `n_epochs=0` you give 0,
although a line of slope 0 is far from the data. One more computation is needed at the end."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
    return float(w) if np.isfinite(w) else math.inf


# %% wrong="final_loss" name="bias trained too"
"""You train a bias beside the weight, and so your loss ends lower or elsewhere. The model of this
section is `w * x` alone. Print how many numbers your loop changes."""


def final_loss(x, y, learning_rate, n_epochs):
    w, b = 0.0, 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            error = w * x + b - y
            w = w - learning_rate * np.mean(2 * x * error)
            b = b - learning_rate * np.mean(2 * error)
        loss = np.mean((w * x + b - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="another start"
"""Your run does not begin at w = 0. Ask with `n_epochs=0`: the loss should be the mean of y², and
yours is not. Look at the first value you give to w."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="reads a global"
"""You train on the notebook's own ×10 data, whatever x and y are handed in. Ask with x and y of a
single sample: your answer stays the same. Check that each name in your function is one of its
arguments."""

inputs = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
targets = 2 * inputs


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * inputs * (w * inputs - targets))
        loss = np.mean((w * inputs - targets) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="last sample only"
"""Only the last sample decides about your steps. Change the first x and ask again with one epoch:
the weight goes where it went before. The gradient has to be a mean over all samples."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            for a, b in zip(x, y, strict=True):
                gradient = 2 * a * (w * a - b)
            w = w - learning_rate * gradient
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="one update a sample"
"""You update once for every sample, so one epoch of yours is as many updates as there are samples.
Count how often w changes with `n_epochs=1`. Here one epoch is exactly one update, with the mean
over all samples."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            for a, b in zip(x, y, strict=True):
                w = w - learning_rate * 2 * a * (w * a - b)
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="overflow in the last square"
"""When w is very large but still a number, your function ends in an OverflowError instead of
`math.inf`: plain Python numbers raise where NumPy's become infinite. Run `1e200 ** 2` and
`np.float64(1e200) ** 2`. Look at where you leave NumPy's numbers, and at what is squared there."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * float(np.mean(2 * x * (w * x - y)))
    pairs = zip(x.tolist(), y.tolist(), strict=True)
    loss = sum((w * a - b) ** 2 for a, b in pairs) / len(x)
    return loss if math.isfinite(loss) else math.inf


# %% wrong="final_loss" name="a limit for infinite"
"""You return `math.inf` as soon as a number passes a limit of yours. A loss of 1e20 is large, and
still a number. Print `math.isfinite(1e20)`, and look at the condition in front of your
`math.inf`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if loss < 1e12 else math.inf


# %% wrong="final_loss" name="y overwritten"
"""The loss is right, but y itself is changed: whoever called you has lost the data. Print y before
and after. `-=` writes into the array that was handed in; make a new one instead."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        y -= w * x
        loss = np.mean(y**2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="stops when the loss is small"
"""You stop training as soon as the loss is below a limit of yours. In other units a loss of 1e-9
may be large: ask with y = 1e-6 and x = 1, with one epoch and with two, and the loss should fall.
`n_epochs` says how many updates are made; look for a `break`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            if np.mean((w * x - y) ** 2) < 1e-6:
                break
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="rounded"
"""You round the loss. A small one is rounded away to 0: try y = 0.001. Round where a number is
printed, not where it is computed."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return round(float(loss), 4) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="best loss kept"
"""You return the smallest loss of the run, not the last one. A run that blows up looks harmless
then: try a rate far above the border. Look for a `min`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    losses = [np.mean(y**2)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
            losses.append(np.mean((w * x - y) ** 2))
    return float(np.nanmin(losses))


# %% wrong="final_loss" name="loss list returned"
"""You return the losses of all epochs. One number is asked: the loss after the last update. Print
what comes back for `n_epochs=3`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    losses = [float(np.mean(y**2))]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
            losses.append(float(np.mean((w * x - y) ** 2)))
    return losses


# %% wrong="final_loss" name="half of the squared error"
"""You return half of the mean squared error, and your steps are half as long. Some books define the
loss with ½ in front; here it is the mean itself, and its slope has the factor 2."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(x * (w * x - y))
        loss = np.mean((w * x - y) ** 2) / 2
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="no return"
"""Your function returns None. Look at its last line: a number that is only computed or printed does
not come out."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    print(float(loss))


# %% wrong="final_loss" name="rate cut off"
"""A rate above the border is made smaller by you, so no run of yours blows up. The run at the rate
that was asked for is wanted, whatever becomes of it. Look for a `min` or a `clip`."""


def final_loss(x, y, learning_rate, n_epochs):
    learning_rate = min(learning_rate, 0.9 / np.mean(x**2))
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="slopes cut off"
"""You limit the size of the slope, so the steps far from the goal are too short. Try a large y and
one epoch, and compare w with rate times slope. Look for a `clip`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.clip(np.mean(2 * x * (w * x - y)), -10, 10)
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="^ for a power"
"""Your function stops with a TypeError: in Python `^` compares bits, and a square is written
`** 2`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    for _ in range(n_epochs):
        w = w - learning_rate * np.mean(2 * x * (w * x - y))
    return float(np.mean((w * x - y) ^ 2))


# %% wrong="final_loss" name="product of two means"
"""Your slope is the mean of 2x times the mean of the errors. Multiply point by point first, and
take one mean at the end: try x = -1, 1, where the mean of x is 0."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x) * np.mean(w * x - y)
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="no update"
"""w never changes: your loss is that of w = 0, whatever the rate. The new value has to be put back
into w; look for a line in the loop that computes something and keeps it nowhere."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    for _ in range(n_epochs):
        w - learning_rate * np.mean(2 * x * (w * x - y))
    return float(np.mean((w * x - y) ** 2))


# %% wrong="final_loss" name="loss for slope in the update"
"""You subtract rate times *loss*. The step is rate times *slope*: the loss is never negative, so w
could move one way only."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean((w * x - y) ** 2)
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="loss known only inside the loop"
"""Without any epoch your function has no loss to return: it is computed inside the loop, which
does not run then. Measure it once, behind the loop; for `n_epochs = 0` that is the loss at w =
0."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
            loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="a rate that shrinks"
"""The first epoch is right and the later steps are too short: your rate gets smaller from epoch to
epoch. Here it stays the same in the whole run."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for epoch in range(n_epochs):
            w = w - learning_rate / (1 + epoch) * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="text for infinity"
"""For a run that blows up you return a piece of text. Asked is a number, and Python has one for
this: `math.inf`, without quotes."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else "inf"


# %% wrong="final_loss" name="nothing for infinity"
"""For a run that blows up you return None. An `if` without an `else` hands out nothing where its
condition does not hold. Return `math.inf` there."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    if np.isfinite(loss):
        return float(loss)
    return None


# %% wrong="final_loss" name="-1 for infinity"
"""For a run that blows up you return a number that says so only to you. A sweep would take it for
a very small loss. Return `math.inf`, which is larger than every loss."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else -1.0


# %% wrong="final_loss" name="loss of the update before, kept in a list"
"""You return the last loss that was noted *before* an update, and none without epochs. Measure
once more when the loop is over: behind it, with the last w."""


def final_loss(x, y, learning_rate, n_epochs):
    w, losses = 0.0, []
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            losses.append(np.mean((w * x - y) ** 2))
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
    return float(losses[-1]) if np.isfinite(losses[-1]) else math.inf


# %% wrong="final_loss" name="weight and loss"
"""You return two things, the weight and the loss. Only the loss is asked: one number."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return w, float(loss) if np.isfinite(loss) else math.inf


# %% [markdown]
# ## curvature

# %% right="curvature" name="loop"
"""A sum in plain Python, divided by n; the answer may be a NumPy number."""


def curvature(x):
    total = 0.0
    for value in x:
        total += 2 * value * value
    return total / len(x)


# %% right="curvature" name="dot product in float32"
"""`np.dot` squares and sums at once; a float32 number comes back."""


def curvature(x):
    return np.float32(2 * np.dot(x, x) / x.size)


# %% right="curvature" name="slope at 1 minus slope at 0"
"""Straight from the definition: two slopes of the loss and their difference."""


def curvature(x):
    def slope(w):
        return np.mean(2 * x * (w * x - 3 * x))

    return slope(1.0) - slope(0.0)


# %% right="curvature" name="second derivative by autograd"
"""torch differentiates the loss twice."""


def curvature(x):
    inputs = torch.tensor(x, dtype=torch.float64)

    def loss(w):
        return ((w * inputs) ** 2).mean()

    start = torch.tensor(0.0, dtype=torch.float64)
    return torch.autograd.functional.hessian(loss, start).item()


# %% right="curvature" name="variance and mean"
"""The mean square is the variance plus the squared mean; a 0-d tensor comes back."""


def curvature(x):
    mean_square = np.var(x) + np.mean(x) ** 2
    return torch.tensor(2 * float(mean_square))


# %% wrong="curvature" name="missing factor 2"
"""You return half of the curvature. Try x = 1: the loss is (w - y)², and its slope 2(w - y) grows
by 2 when w grows by 1. Look at what the derivative of a square has in front."""


def curvature(x):
    return float(np.mean(x**2))


# %% wrong="curvature" name="sum for mean"
"""Your curvature is too large by the number of points. Compare x = 3 with x = 3, 3, 3: the mean of
equal things is one of them, so both should give the same. Look at how you bring the n values
together."""


def curvature(x):
    return float(2 * np.sum(x**2))


# %% wrong="curvature" name="mean before the square"
"""You take the mean first and square afterwards. Try x = -1, 1: the slope does change with w there,
and you return 0. Look at the order of the two operations."""


def curvature(x):
    return float(2 * np.mean(x) ** 2)


# %% wrong="curvature" name="variance for mean square"
"""You subtract the mean before you square: that is the variance. Try x = 5, 5, 5: the slope changes
with w, and you return 0. Multiply out 2x(wx - y) once more: no mean of x is taken away there."""


def curvature(x):
    return float(2 * np.var(x))


# %% wrong="curvature" name="divided by n - 1"
"""You divide by n - 1, as for a sample variance. The loss is a plain mean over n points. Compare
x = 3, 3 with x = 3, 3, 3: one more equal point should change nothing, and yours gets smaller."""


def curvature(x):
    return float(2 * np.sum(x**2) / (len(x) - 1))


# %% wrong="curvature" name="not squared"
"""x stands in your answer only once. In the slope 2x(wx - y), look at what stands in front of w:
how many factors x are there? Try x = -1, 1, where the curvature is positive, and print yours."""


def curvature(x):
    return float(2 * np.mean(x))


# %% wrong="curvature" name="no mean"
"""You return an array with one number for each point, and one number is asked. Print
`curvature(x)`. The loss is a mean over the points; so is its curvature."""


def curvature(x):
    return 2 * x**2


# %% wrong="curvature" name="wrong sign"
"""Right in size, but negative. The slope *grows* with w, as the five slopes printed above the
exercise show: the parabola opens upwards. Look at which of the two parts of 2x·wx - 2x·y you have
kept."""


def curvature(x):
    return float(-2 * np.mean(x**2))


# %% wrong="curvature" name="largest point only"
"""You use the largest square only, where all points count. Add a few points at 0: the curvature
should fall, and yours stays the same. Look at how you bring the n values together."""


def curvature(x):
    return float(2 * np.max(x**2))


# %% wrong="curvature" name="factor 2 twice"
"""You return twice the curvature: a factor 2 has come in once too often. Try x = 1: the slope
2(w - y) grows by 2 when w grows by 1. Look for a 2 too many, perhaps inside the square."""


def curvature(x):
    return float(np.mean((2 * x) ** 2))


# %% wrong="curvature" name="reads a global"
"""You return 2200 for every x: the number of the ×10 data. Print `curvature(np.array([1.0]))`. The
answer has to be computed from what is handed in."""

the_data = np.array([10.0, 20.0, 30.0, 40.0, 50.0])


def curvature(x):
    return float(2 * np.mean(the_data**2))


# %% wrong="curvature" name="no return"
"""Your function returns None. Run `print(curvature(x))` and look at the last line of the function:
a number that is only computed or printed does not come out."""


def curvature(x):
    print(2 * np.mean(x**2))


# %% wrong="curvature" name="input overwritten"
"""The answer is right, but x itself is changed: whoever called you has lost the data. Print x
before and after. `*=` and `**=` write into the array that was handed in; make a new one
instead."""


def curvature(x):
    x **= 2
    return float(2 * np.mean(x))


# %% wrong="curvature" name="root of the mean square"
"""You take the root of the mean square. Try x = 3: the slope 2 · 3 · (3w − y) grows by 18 when w
grows by 1. No root is needed."""


def curvature(x):
    return float(2 * np.sqrt(np.mean(x**2)))


# %% wrong="curvature" name="rounded"
"""You round the curvature. For small x nothing is left of it: try x = 0.01. Round where a number is
printed, not where it is computed."""


def curvature(x):
    return round(float(2 * np.mean(x**2)), 2)


# %% wrong="curvature" name="absolute values"
"""You take the sizes of x, but you do not square them. In the slope 2x(wx - y), how many factors x
stand before w?"""


def curvature(x):
    return float(2 * np.mean(np.abs(x)))


# %% wrong="curvature" name="whole number"
"""You cut off everything after the decimal point. Try x = 0.5: the curvature is 0.5, and yours is
0. Look for an `int`."""


def curvature(x):
    return int(2 * np.mean(x**2))


# %% wrong="curvature" name="median for mean"
"""You take the median of the squares, the one in the middle. The loss is a mean over the points, so
every point counts: make the largest x larger, and the curvature should grow."""


def curvature(x):
    return float(2 * np.median(x**2))


# %% wrong="curvature" name="^ for a power"
"""Your function stops with a TypeError: in Python `^` compares bits, and a square is written
`** 2`."""


def curvature(x):
    return float(2 * np.mean(x ^ 2))


# %% wrong="curvature" name="the constant 2"
"""You return 2, whatever x is. That is the curvature of w², or of the loss along b. Here x stands
before w in the error, so it counts: print yours for x = 1 and for x = 10."""


def curvature(x):
    return 2.0


# %% wrong="curvature" name="mean before the square, with the 2 inside"
"""You take the mean of 2x and square it. Try x = -1, 1: the slope does change with w there, and you
return 0. Only x is squared, point by point; the mean comes last."""


def curvature(x):
    return float(np.mean(2 * x) ** 2)


# %% wrong="curvature" name="cubed"
"""You take the cube of x. In the slope 2x(wx - y) two factors x stand before w: one in front of the
bracket, one in it. Try x = 1, 2 with a pencil: 5 is asked."""


def curvature(x):
    return float(2 * np.mean(x**3))


# %% wrong="curvature" name="square of the largest x"
"""You use one value of x only, where all points count. Try x = 1, 2 with a pencil: 5 is asked.
Square every x, and take the mean of the squares."""


def curvature(x):
    return float(2 * np.max(x) ** 2)


# %% wrong="curvature" name="a list for a number"
"""The number is right and stands in a list. Asked is the number itself; take the square brackets
away."""


def curvature(x):
    return [float(2 * np.mean(x**2))]


# %% wrong="curvature" name="sample variance on the way"
"""You build the mean of the squares from mean and variance, which can be done; but the variance is
the *sample* one, with n - 1 below the line, and so a little too large. Without `ddof=1` it fits.
Shorter is the mean of the squares itself."""


def curvature(x):
    return float(2 * (np.mean(x) ** 2 + np.var(x, ddof=1)))


# %% [markdown]
# ## max_learning_rate

# %% right="max_learning_rate" name="by the lesson's own function"
"""2 over what `curvature` returns."""


def max_learning_rate(x):
    return 2 / curvature(x)


# %% right="max_learning_rate" name="dot product"
"""n over the sum of squares: the two factors 2 cancel."""


def max_learning_rate(x):
    return len(x) / np.dot(x, x)


# %% right="max_learning_rate" name="plain Python"
"""A sum over the points and no NumPy function."""


def max_learning_rate(x):
    mean_square = sum(float(value) ** 2 for value in x) / len(x)
    return 1 / mean_square


# %% right="max_learning_rate" name="autograd"
"""The second derivative by torch, as a 0-d tensor that is in no graph."""


def max_learning_rate(x):
    inputs = torch.tensor(x, dtype=torch.float64)
    w = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(((w * inputs) ** 2).mean(), w, create_graph=True)
    (bend,) = torch.autograd.grad(slope, w)
    return 2 / bend.detach()


# %% right="max_learning_rate" name="bisection"
"""Searches the rate at which one update turns 1 into -1, and never writes down the formula."""


def max_learning_rate(x):
    low, high = 0.0, 1.0

    def after_one_update(rate):
        return 1.0 - rate * float(np.mean(2 * x * (1.0 * x)))

    while after_one_update(high) > -1:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if after_one_update(middle) > -1 else (low, middle)
    return high


# %% wrong="max_learning_rate" name="best rate for the border"
"""Your rate is half of the border: it is the one that arrives in a single step, where the factor is
0. Put it into 1 - rate · curvature and see. Which value of the factor is asked here?"""


def max_learning_rate(x):
    return 1 / curvature(x)


# %% wrong="max_learning_rate" name="missing factor 2"
"""Your rate is twice the border; a run at that rate blows up. Try x = 1, where the curvature is 2,
and put your rate into 1 - rate · curvature: it gives -3. Check whether your curvature has its
factor 2."""


def max_learning_rate(x):
    return float(2 / np.mean(x**2))


# %% wrong="max_learning_rate" name="sum for mean"
"""Your rate is too small by the number of points. Compare x = 3 with x = 3, 3, 3: the mean loss is
the same, so the border is too. Look at how you bring the squares together."""


def max_learning_rate(x):
    return float(1 / np.sum(x**2))


# %% wrong="max_learning_rate" name="upside down"
"""Your rate *grows* with x: it is upside down. A steeper parabola needs smaller steps; compare x =
1 with x = 10. Solve 1 - rate · curvature = -1 for the rate once more."""


def max_learning_rate(x):
    return curvature(x) / 2


# %% wrong="max_learning_rate" name="the curvature itself"
"""You return the curvature, not the rate that belongs to it. For x = 10…50 that would be a rate of
2200. Solve 1 - rate · curvature = -1 for the rate."""


def max_learning_rate(x):
    return curvature(x)


# %% wrong="max_learning_rate" name="mean before the square"
"""You take the mean of x first and square it afterwards. Try x = -1, 3, and compare your
border with what training does a little below it. Look at the order of mean and square."""


def max_learning_rate(x):
    return float(1 / np.mean(x) ** 2)


# %% wrong="max_learning_rate" name="variance for mean square"
"""You subtract the mean before you square: that is the variance. Shift x by 100: the border gets
much smaller, because x is squared as it is, and yours stays the same. Look at how you compute the
curvature."""


def max_learning_rate(x):
    return float(1 / np.var(x))


# %% wrong="max_learning_rate" name="largest point only"
"""Only the largest square decides about your rate, where all points count. Add a few points at 0:
the border should rise, and yours stays. Look at how you bring the squares together."""


def max_learning_rate(x):
    return float(1 / np.max(x**2))


# %% wrong="max_learning_rate" name="safety margin"
"""Your rate lies a little below the border. Put it into 1 - rate · curvature: the factor is not
exactly -1. A margin is good practice in training, but here the border itself is asked."""


def max_learning_rate(x):
    return 0.99 * 2 / curvature(x)


# %% wrong="max_learning_rate" name="border of the line with a bias"
"""You compute the border for a model with weight *and* bias, so it comes out a little too small.
The model here is `w * x` alone. It has one curvature, and no table of four numbers is needed."""


def max_learning_rate(x):
    table = 2 * np.array([[np.mean(x**2), np.mean(x)], [np.mean(x), 1.0]])
    return float(2 / np.linalg.eigvalsh(table)[-1])


# %% wrong="max_learning_rate" name="reads a global"
"""You return 2 / 2200 for every x: the border of the ×10 data. Print
`max_learning_rate(np.array([1.0]))`. The answer has to be computed from what is handed in."""


def max_learning_rate(x):
    return 2 / 2200


# %% wrong="max_learning_rate" name="no mean"
"""You return an array with one rate for each point, and one rate is asked for all of them together.
Print `max_learning_rate(x)`. Look at where the mean over the points should be taken."""


def max_learning_rate(x):
    return 1 / x**2


# %% wrong="max_learning_rate" name="rounded"
"""You round the rate. For large x the right rate is tiny, and rounding leaves a digit or two of it,
or 0. Try x = 1000, 3000 and put your rate into 1 - rate · curvature. Round where a number is
printed, not where it is computed."""


def max_learning_rate(x):
    return round(float(1 / np.mean(x**2)), 6)


# %% wrong="max_learning_rate" name="input overwritten"
"""The answer is right, but x itself is changed: whoever called you has lost the data. Print x
before and after. `*=` and `**=` write into the array that was handed in; make a new one
instead."""


def max_learning_rate(x):
    x **= 2
    return float(1 / np.mean(x))


# %% wrong="max_learning_rate" name="no return"
"""Your function returns None. Look at its last line: a number that is only computed or printed does
not come out."""


def max_learning_rate(x):
    print(1 / np.mean(x**2))


# %% wrong="max_learning_rate" name="never above 1"
"""You allow no rate above 1. For small x the curvature is small and the border is large: try
x = 0.1. Look for a `min` or a `clip`."""


def max_learning_rate(x):
    return min(float(1 / np.mean(x**2)), 1.0)


# %% wrong="max_learning_rate" name="a small number added"
"""You add a small number to the curvature, so that nothing is divided by 0. For small x that number
is larger than the curvature itself: try x = 0.0001. x is never all zero here."""


def max_learning_rate(x):
    return float(1 / (np.mean(x**2) + 1e-8))


# %% wrong="max_learning_rate" name="not squared"
"""x is not squared in your rate. In the slope 2x(wx - y) two factors x stand before w. Try x = 10
and put your rate into 1 - rate · curvature."""


def max_learning_rate(x):
    return float(1 / np.mean(x))


# %% wrong="max_learning_rate" name="^ for a power"
"""Your function stops with a TypeError: in Python `^` compares bits, and a square is written
`** 2`."""


def max_learning_rate(x):
    return float(1 / np.mean(x ^ 2))


# %% wrong="max_learning_rate" name="wrong sign"
"""Your rate is negative: with it w would walk uphill. Solve for the rate once more, and mind the
sign when you bring the 1 to the other side."""


def max_learning_rate(x):
    return float(-1 / np.mean(x**2))


# %% wrong="max_learning_rate" name="always 0"
"""You return 0 for every x. With rate 0 the factor is 1, and nothing of the distance ever goes.
Which factor is asked here?"""


def max_learning_rate(x):
    return 0.0


# %% wrong="max_learning_rate" name="2 over the square of the mean"
"""You divide 2 by the square of the mean. In the curvature each x is squared first and the mean
comes last, and it has a factor 2. Try x = -1, 1: the mean is 0, and yet the parabola bends."""


def max_learning_rate(x):
    return float(2 / np.mean(x) ** 2)


# %% wrong="max_learning_rate" name="found on a grid"
"""You try rates in steps and return the last that converges: near the border, but not on it, and
for other x the border lies outside your steps. Section 2's rule gives it exactly: solve factor =
-1."""


def max_learning_rate(x):
    rates = np.linspace(1e-5, 1, 2000)
    inside = [rate for rate in rates if abs(1 - rate * 2 * np.mean(x**2)) < 1]
    return float(max(inside, default=0.0))


# %% wrong="max_learning_rate" name="root of the border"
"""You take a root at the end. Put your rate into 1 - rate · curvature: it should give -1. Solve
that equation once more; there is no square in it."""


def max_learning_rate(x):
    return float(np.sqrt(1 / np.mean(x**2)))


# %% wrong="max_learning_rate" name="1 over the curvature, halved"
"""Your rate is a quarter of the border: one division by 2 too many, and 1 above the line where a 2
belongs. Put it into 1 - rate · curvature: it gives 0.5, and -1 is asked."""


def max_learning_rate(x):
    return float(1 / (4 * np.mean(x**2)))


# %% wrong="max_learning_rate" name="square of the largest x"
"""You use one value of x only, where all points count. Add a few points at 0: the border should
rise, and yours stays. Square every x, and take the mean of the squares."""


def max_learning_rate(x):
    return float(1 / np.max(x) ** 2)


# %% [markdown]
# ## best_learning_rate

# %% right="best_learning_rate" name="by the curvature"
"""1 over what `curvature` returns."""


def best_learning_rate(x):
    return 1 / curvature(x)


# %% right="best_learning_rate" name="half the border"
"""Half of what `max_learning_rate` returns."""


def best_learning_rate(x):
    return max_learning_rate(x) / 2


# %% right="best_learning_rate" name="dot product"
"""From the sum of squares; the result is a float32 number."""


def best_learning_rate(x):
    return np.float32(x.size / (2 * np.dot(x, x)))


# %% right="best_learning_rate" name="distance over slope"
"""Measures the slope at distance 1 from the goal: the rate has to turn that slope into 1."""


def best_learning_rate(x):
    slope = np.mean(2 * x * (1.0 * x - 0.0 * x))
    return 1.0 / slope


# %% right="best_learning_rate" name="Newton's step by autograd"
"""The slope at distance 1 from the goal, by torch; a 0-d tensor comes back."""


def best_learning_rate(x):
    inputs = torch.as_tensor(x, dtype=torch.float64)
    w = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    ((w * inputs) ** 2).mean().backward()
    return w.detach() / w.grad


# %% wrong="best_learning_rate" name="border for the best rate"
"""Your rate is twice too large: it is the border, where w jumps to the other side of the goal and
stays as far away. Put it into 1 - rate · curvature: it gives -1. Which value leaves nothing of the
distance? If you computed the curvature anew, check its factor 2."""


def best_learning_rate(x):
    return float(1 / np.mean(x**2))


# %% wrong="best_learning_rate" name="doubled instead of halved"
"""Your rate lies beyond the border: a run at that rate blows up. Put it into 1 - rate · curvature
and look at the factor. The best rate is smaller than the border, not larger."""


def best_learning_rate(x):
    return 2 * max_learning_rate(x)


# %% wrong="best_learning_rate" name="factor 2 twice"
"""Your rate is half of the best one: a single update goes only half the way. Put it into
1 - rate · curvature: it gives 0.5. A factor 2 has come in once too often; check whether the
curvature contains it already."""


def best_learning_rate(x):
    return 1 / (2 * curvature(x))


# %% wrong="best_learning_rate" name="sum for mean"
"""Your rate is too small by the number of points. Compare x = 3 with x = 3, 3, 3: the mean loss is
the same, so the best rate is too. Look at how you bring the squares together."""


def best_learning_rate(x):
    return float(1 / (2 * np.sum(x**2)))


# %% wrong="best_learning_rate" name="the curvature itself"
"""You return the curvature, not the rate that belongs to it. For x = 10…50 that would be a rate of
2200. Solve 1 - rate · curvature = 0 for the rate."""


def best_learning_rate(x):
    return curvature(x)


# %% wrong="best_learning_rate" name="mean before the square"
"""You take the mean of x first and square it afterwards. Try x = -1, 3 and one update at your rate:
it does not arrive. Look at the order of mean and square."""


def best_learning_rate(x):
    return float(1 / (2 * np.mean(x) ** 2))


# %% wrong="best_learning_rate" name="variance for mean square"
"""You subtract the mean before you square: that is the variance. Shift x by 100: the best rate gets
much smaller, and yours stays the same. Look at how you compute the curvature."""


def best_learning_rate(x):
    return float(1 / (2 * np.var(x)))


# %% wrong="best_learning_rate" name="just below the border"
"""You return a rate a little below the border, as if the largest safe rate were the best. Put it
into 1 - rate · curvature: w jumps to the other side and loses little of the distance. Ask for the
rate that leaves nothing of it."""


def best_learning_rate(x):
    return 0.9 * max_learning_rate(x)


# %% wrong="best_learning_rate" name="largest point only"
"""Only the largest square decides about your rate, where all points count. Add a few points at 0:
the best rate should rise, and yours stays. Look at how you bring the squares together."""


def best_learning_rate(x):
    return float(1 / (2 * np.max(x**2)))


# %% wrong="best_learning_rate" name="reads a global"
"""You return 1 / 2200 for every x: the best rate of the ×10 data. Print
`best_learning_rate(np.array([1.0]))`. The answer has to be computed from what is handed in."""


def best_learning_rate(x):
    return 1 / 2200


# %% wrong="best_learning_rate" name="no mean"
"""You return an array with one rate for each point, and one rate is asked for all of them together.
Print `best_learning_rate(x)`. Look at where the mean over the points should be taken."""


def best_learning_rate(x):
    return 1 / (2 * x**2)


# %% wrong="best_learning_rate" name="rounded"
"""You round the rate. For large x the right rate is tiny, and rounding leaves a digit or two of it,
or 0. Try x = 1000, 3000 and put your rate into 1 - rate · curvature. Round where a number is
printed, not where it is computed."""


def best_learning_rate(x):
    return round(float(1 / (2 * np.mean(x**2))), 6)


# %% wrong="best_learning_rate" name="input overwritten"
"""The answer is right, but x itself is changed: whoever called you has lost the data. Print x
before and after. `*=` and `**=` write into the array that was handed in; make a new one
instead."""


def best_learning_rate(x):
    x **= 2
    return float(1 / (2 * np.mean(x)))


# %% wrong="best_learning_rate" name="no return"
"""Your function returns None. Look at its last line: a number that is only computed or printed does
not come out."""


def best_learning_rate(x):
    print(1 / (2 * np.mean(x**2)))


# %% wrong="best_learning_rate" name="never above 1"
"""You allow no rate above 1. For small x the curvature is small and the best rate is large: try
x = 0.1. Look for a `min` or a `clip`."""


def best_learning_rate(x):
    return min(float(1 / (2 * np.mean(x**2))), 1.0)


# %% wrong="best_learning_rate" name="a small number added"
"""You add a small number to the curvature, so that nothing is divided by 0. For small x that number
is larger than the curvature itself: try x = 0.0001. x is never all zero here."""


def best_learning_rate(x):
    return float(1 / (2 * (np.mean(x**2) + 1e-8)))


# %% wrong="best_learning_rate" name="not squared"
"""x is not squared in your rate. In the slope 2x(wx - y) two factors x stand before w. Try x = 10
and put your rate into 1 - rate · curvature."""


def best_learning_rate(x):
    return float(1 / (2 * np.mean(x)))


# %% wrong="best_learning_rate" name="^ for a power"
"""Your function stops with a TypeError: in Python `^` compares bits, and a square is written
`** 2`."""


def best_learning_rate(x):
    return float(1 / (2 * np.mean(x ^ 2)))


# %% wrong="best_learning_rate" name="wrong sign"
"""Your rate is negative: with it w would walk uphill. Solve for the rate once more, and mind the
sign when you bring the 1 to the other side."""


def best_learning_rate(x):
    return float(-1 / (2 * np.mean(x**2)))


# %% wrong="best_learning_rate" name="always 0"
"""You return 0 for every x. With rate 0 the factor is 1, and nothing of the distance ever goes.
Which factor is asked here?"""


def best_learning_rate(x):
    return 0.0


# %% wrong="best_learning_rate" name="a little below the border"
"""You go a little below the border. There w jumps from side to side and comes nearer only slowly:
the factor is nearly -1. Best is the rate that leaves nothing of the distance: factor 0."""


def best_learning_rate(x):
    return float(1 / np.mean(x**2)) - 1e-6


# %% wrong="best_learning_rate" name="a tenth of the border"
"""A tenth of the border is a careful rate, not the best one: the factor is 0.8 there, so most of
the distance is left after an update. Solve 1 - rate · curvature = 0."""


def best_learning_rate(x):
    return float(0.1 / np.mean(x**2))


# %% wrong="best_learning_rate" name="found on a grid"
"""You try rates in steps and keep the best of them. For other x it lies between your steps or
outside them. The rule gives it exactly: solve factor = 0."""


def best_learning_rate(x):
    rates = np.linspace(1e-6, 0.001, 1000)
    return float(rates[np.argmin(np.abs(1 - rates * 2 * np.mean(x**2)))])


# %% wrong="best_learning_rate" name="the number of section 1"
"""You return the same number for every x: the rate that you found by hand for the ×10 data. Print
`best_learning_rate(np.array([1.0]))`. The answer has to be computed from what is handed in."""


def best_learning_rate(x):
    return 0.000455


# %% wrong="best_learning_rate" name="brackets missing"
"""`1 / 2 * a` is half of a: Python goes from left to right. What belongs below the line needs
brackets: `1 / (2 * …)`."""


def best_learning_rate(x):
    return float(1 / 2 * np.mean(x**2))


# %% wrong="best_learning_rate" name="function not called"
"""You calculate with the function itself and not with what it returns. Hand it x, in brackets
behind its name."""


def best_learning_rate(x):
    return max_learning_rate / 2


# %% [markdown]
# ## sweep

# %% right="sweep" name="filling an array"
"""An empty float32 array is filled place by place."""


def sweep(x, y, learning_rates, n_epochs):
    losses = np.empty(len(learning_rates), dtype=np.float32)
    for place, rate in enumerate(learning_rates):
        losses[place] = final_loss(x, y, float(rate), n_epochs)
    return losses


# %% right="sweep" name="np.vectorize"
"""NumPy is asked to do the loop."""


def sweep(x, y, learning_rates, n_epochs):
    return np.vectorize(lambda rate: final_loss(x, y, rate, n_epochs))(learning_rates)


# %% right="sweep" name="training of its own"
"""Does not call `final_loss`; trains in an inner loop, and lets the overflow warn."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    for rate in learning_rates:
        w = 0.0
        for _ in range(n_epochs):
            w = w - rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
        losses.append(loss if np.isfinite(loss) else math.inf)
    return np.array(losses)


# %% right="sweep" name="all rates at once"
"""One weight for each rate, in an array: all runs take their steps together."""


def sweep(x, y, learning_rates, n_epochs):
    w = np.zeros((len(learning_rates), 1))
    rates = learning_rates.reshape(-1, 1)
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - rates * np.mean(2 * x * (w * x - y), axis=1, keepdims=True)
        losses = np.mean((w * x - y) ** 2, axis=1)
    losses[~np.isfinite(losses)] = np.inf
    return losses


# %% right="sweep" name="closed form"
"""No training: the distance to the best weight shrinks by the factor, and the loss follows."""


def sweep(x, y, learning_rates, n_epochs):
    best = np.mean(x * y) / np.mean(x**2)
    with np.errstate(all="ignore"):
        w = best - best * (1 - 2 * np.mean(x**2) * learning_rates) ** n_epochs
        losses = np.array([np.mean((each * x - y) ** 2) for each in w])
    return np.nan_to_num(losses, nan=np.inf, posinf=np.inf)


# %% wrong="sweep" name="a list for an array"
"""The numbers are right, but they come as a list. Run `type(sweep(x, y, rates, 1))`. An array is
asked, so that the losses can be compared and counted all at once; one conversion is missing."""


def sweep(x, y, learning_rates, n_epochs):
    return [final_loss(x, y, rate, n_epochs) for rate in learning_rates]


# %% wrong="sweep" name="sorted rates"
"""You sort, so the losses no longer stand in the order of the rates. Ask with the rates 0.001 and
0.0001, then with the two exchanged: your answer stays the same. Every loss belongs at the place of
its rate."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array([final_loss(x, y, rate, n_epochs) for rate in sorted(learning_rates)])


# %% wrong="sweep" name="order reversed"
"""The losses are right, but they stand in reverse order. Ask with two very different rates and look
at which loss comes first. Look at where new losses are put in, or at what is turned round at the
end."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    for rate in learning_rates:
        losses.insert(0, final_loss(x, y, rate, n_epochs))
    return np.array(losses)


# %% wrong="sweep" name="training goes on"
"""Only your first run begins at w = 0; each further one goes on where the last one ended. Ask with
the same rate twice: the two losses should be equal. Look at where w gets its first value."""


def sweep(x, y, learning_rates, n_epochs):
    w = 0.0
    losses = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            for _ in range(n_epochs):
                w = w - rate * np.mean(2 * x * (w * x - y))
            loss = np.mean((w * x - y) ** 2)
            losses.append(loss if np.isfinite(loss) else math.inf)
    return np.array(losses)


# %% wrong="sweep" name="nan let through"
"""All is right until a run blows up: then nan stands in your array instead of `math.inf`. Print
`sweep(x, y, np.array([1.0]), 1000)`. An infinite loss and nan are both not finite, and both become
`math.inf`."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(n_epochs):
                w = w - rate * np.mean(2 * x * (w * x - y))
            losses.append(np.mean((w * x - y) ** 2))
    return np.array(losses)


# %% wrong="sweep" name="blown-up runs left out"
"""Runs that blow up are missing from your array, so the losses no longer fit the rates. Ask with a
rate of 1.0, 1000 epochs, among others, and count. Each rate gets one entry, also the hopeless
ones."""


def sweep(x, y, learning_rates, n_epochs):
    losses = [final_loss(x, y, rate, n_epochs) for rate in learning_rates]
    return np.array([loss for loss in losses if math.isfinite(loss)])


# %% wrong="sweep" name="column for row"
"""The numbers are right, but you return a column of shape (m, 1). Print
`sweep(x, y, rates, 1).shape`; one axis is asked. Look for brackets or a `reshape` too many."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array([[final_loss(x, y, rate, n_epochs)] for rate in learning_rates])


# %% wrong="sweep" name="rates and losses together"
"""You return pairs of rate and loss, a table with two columns. Print its shape. Only the losses are
asked; the caller has the rates already."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array([(rate, final_loss(x, y, rate, n_epochs)) for rate in learning_rates])


# %% wrong="sweep" name="only the best loss"
"""You return one number, the smallest loss, where one loss for each rate is asked. Print what comes
back for three rates. A sweep keeps all of them; choosing comes later."""


def sweep(x, y, learning_rates, n_epochs):
    return min(final_loss(x, y, rate, n_epochs) for rate in learning_rates)


# %% wrong="sweep" name="return inside the loop"
"""Your function ends after the first rate, and the array has one entry. Ask with three rates and
print the shape. Look at how far the `return` is indented."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    for rate in learning_rates:
        losses.append(final_loss(x, y, rate, n_epochs))
        return np.array(losses)
    return np.array(losses)


# %% wrong="sweep" name="always the first rate"
"""All entries of your array are equal: you train with the same rate every time. Print them for
three different rates. Look at which rate goes into the training, and whether it changes in the
loop."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array([final_loss(x, y, learning_rates[0], n_epochs) for _ in learning_rates])


# %% wrong="sweep" name="fixed number of epochs"
"""You always train for the same number of epochs, whatever `n_epochs` says. Ask with `n_epochs=0`:
all losses should be that of the start. Check that every argument of your function is used."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(10):
                w = w - rate * np.mean(2 * x * (w * x - y))
            loss = np.mean((w * x - y) ** 2)
            losses.append(loss if np.isfinite(loss) else math.inf)
    return np.array(losses)


# %% wrong="sweep" name="weights for losses"
"""You return the trained weights, not the losses that belong to them. Ask with `n_epochs=0`: you
give zeros, although a line of slope 0 is far from the data. One more computation is needed for
each run."""


def sweep(x, y, learning_rates, n_epochs):
    weights = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(n_epochs):
                w = w - rate * np.mean(2 * x * (w * x - y))
            weights.append(w if np.isfinite(w) else math.inf)
    return np.array(weights)


# %% wrong="sweep" name="one update too few"
"""Each of your runs is one update short. Ask with `n_epochs=1`: the losses should already differ
from each other, and yours are all that of the start. Count how often the inner loop runs, and look
at when the loss is measured."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(1, n_epochs):
                w = w - rate * np.mean(2 * x * (w * x - y))
            loss = np.mean((w * x - y) ** 2)
            losses.append(loss if np.isfinite(loss) else math.inf)
    return np.array(losses)


# %% wrong="sweep" name="sum for mean"
"""The steps of your runs are too long by the number of samples, because the gradient is a sum and
not a mean. Compare your losses with those of `final_loss` for the same rates. `np.dot` sums too;
look at what your gradient does with the n products."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(n_epochs):
                w = w - rate * np.dot(2 * x, w * x - y).mean()
            loss = np.mean((w * x - y) ** 2)
            losses.append(loss if np.isfinite(loss) else math.inf)
    return np.array(losses)


# %% wrong="sweep" name="loss zero assumed at the goal"
"""You multiply the first loss by a factor for each epoch. That holds only where the best line meets
every point, as on y = 2x. Try x = 1, 1 and y = 0, 2: no weight has a loss of 0 there. Either train,
or follow w and measure its loss."""


def sweep(x, y, learning_rates, n_epochs):
    factor = 1 - learning_rates * 2 * np.mean(x**2)
    with np.errstate(all="ignore"):
        return np.mean(y**2) * factor ** (2 * n_epochs)


# %% wrong="sweep" name="a tensor for an array"
"""The numbers are right, but they come as a tensor. Run `type(sweep(x, y, rates, 1))`. A NumPy
array is asked, as the rates are one."""


def sweep(x, y, learning_rates, n_epochs):
    return torch.tensor([final_loss(x, y, rate, n_epochs) for rate in learning_rates])


# %% wrong="sweep" name="infinite beyond the border"
"""You say `math.inf` for every rate above the border. A run that blows up needs time for it: after
a few epochs its loss is large, and still a number. Ask with a rate a little above the border and
one epoch. Look at the loss, not at the rate, to decide."""


def sweep(x, y, learning_rates, n_epochs):
    border = 1 / np.mean(x**2)
    return np.array(
        [
            final_loss(x, y, rate, n_epochs) if rate <= border else math.inf
            for rate in learning_rates
        ]
    )


# %% wrong="sweep" name="rates overwritten"
"""The losses are right, but you write them into the array of the rates, and the caller's rates are
gone. Print `learning_rates` before and after. Put the losses into an array of their own."""


def sweep(x, y, learning_rates, n_epochs):
    for place, rate in enumerate(learning_rates):
        learning_rates[place] = final_loss(x, y, rate, n_epochs)
    return learning_rates


# %% wrong="sweep" name="no return"
"""Your function returns None. Look at its last line: an array that is only computed or printed does
not come out."""


def sweep(x, y, learning_rates, n_epochs):
    print(np.array([final_loss(x, y, rate, n_epochs) for rate in learning_rates]))


# %% wrong="sweep" name="sorted losses"
"""You sort the losses, so they no longer stand at the places of their rates. Ask with two rates,
then with the two exchanged: your answer stays the same."""


def sweep(x, y, learning_rates, n_epochs):
    return np.sort([final_loss(x, y, rate, n_epochs) for rate in learning_rates])


# %% wrong="sweep" name="rounded"
"""You round the losses. The small ones, which a sweep looks for, become 0. Try y = 0.001. Round
where a number is printed, not where it is computed."""


def sweep(x, y, learning_rates, n_epochs):
    return np.round([final_loss(x, y, rate, n_epochs) for rate in learning_rates], 3)


# %% wrong="sweep" name="each rate once"
"""Rates that occur twice give you one loss only. Ask with the same rate twice: two losses should
come back. Look for a `set`, a `dict` or `np.unique`."""


def sweep(x, y, learning_rates, n_epochs):
    losses = {rate: final_loss(x, y, rate, n_epochs) for rate in learning_rates.tolist()}
    return np.array(list(losses.values()))


# %% wrong="sweep" name="a loss for each epoch"
"""You return the losses of all epochs. Print the shape: one loss for each rate is asked, the one
after the last update."""


def sweep(x, y, learning_rates, n_epochs):
    rows = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w, losses = 0.0, []
            for _ in range(min(n_epochs, 30)):
                w = w - rate * np.mean(2 * x * (w * x - y))
                losses.append(np.mean((w * x - y) ** 2))
            rows.append(losses)
    return np.array(rows)


# %% wrong="sweep" name="whole numbers"
"""Your array holds whole numbers: everything after the decimal point is cut off. Print its `dtype`.
Look for the place where an integer type comes in."""


def sweep(x, y, learning_rates, n_epochs):
    losses = np.zeros(len(learning_rates), dtype=int)
    for place, rate in enumerate(learning_rates):
        loss = final_loss(x, y, rate, n_epochs)
        losses[place] = loss if loss < 1e18 else 10**18
    return losses


# %% wrong="sweep" name="the last rate left out"
"""One loss is missing: that of the last rate. Ask with one rate, and the array is empty. Count how
often your loop runs."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array(
        [final_loss(x, y, learning_rates[k], n_epochs) for k in range(len(learning_rates) - 1)]
    )


# %% wrong="sweep" name="all rates in one call"
"""You hand all rates to `final_loss` at once. It expects one rate: call it once for each, and
collect what comes back."""


def sweep(x, y, learning_rates, n_epochs):
    w = 0.0
    for _ in range(n_epochs):
        w = w - learning_rates * np.mean(2 * x * (w * x - y))
    return np.mean((w * x - y) ** 2)


# %% wrong="sweep" name="a dict for an array"
"""You return a dict of rates and losses. Asked is an array of the losses alone, in the order of
the rates: `np.array([…])`."""


def sweep(x, y, learning_rates, n_epochs):
    return {float(rate): final_loss(x, y, rate, n_epochs) for rate in learning_rates}


# %% wrong="sweep" name="place for rate"
"""You train with the places 0, 1, 2 … instead of the rates that stand there: `range(len(…))`
counts. Go through `learning_rates` itself."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    with np.errstate(all="ignore"):
        for rate in range(len(learning_rates)):
            w = 0.0
            for _ in range(n_epochs):
                w = w - rate * np.mean(2 * x * (w * x - y))
            loss = np.mean((w * x - y) ** 2)
            losses.append(loss if np.isfinite(loss) else math.inf)
    return np.array(losses)


# %% wrong="sweep" name="cut off at a million"
"""Losses above a million are cut off, and so is infinity. A sweep shows where runs blow up; leave
each loss as it is. Look for `minimum` or `clip`."""


def sweep(x, y, learning_rates, n_epochs):
    return np.minimum([final_loss(x, y, rate, n_epochs) for rate in learning_rates], 1e6)


# %% wrong="sweep" name="0 for infinity"
"""Where a run blows up you put 0, as if it had arrived. Leave `math.inf` in the array: it is
larger than every loss. Look for `nan_to_num` or an `if`."""


def sweep(x, y, learning_rates, n_epochs):
    losses = np.array([final_loss(x, y, rate, n_epochs) for rate in learning_rates])
    return np.nan_to_num(losses, posinf=0.0)


# %% wrong="sweep" name="logarithms"
"""You return the logarithms of the losses. The picture puts them on a log axis by itself; hand out
the losses as they are."""


def sweep(x, y, learning_rates, n_epochs):
    return np.log10([final_loss(x, y, rate, n_epochs) for rate in learning_rates])


# %% wrong="sweep" name="the best rate"
"""You return one number, the rate with the smallest loss. Asked is the loss of every rate: an
array as long as `learning_rates`."""


def sweep(x, y, learning_rates, n_epochs):
    losses = [final_loss(x, y, rate, n_epochs) for rate in learning_rates]
    return learning_rates[np.argmin(losses)]


# %% wrong="sweep" name="one epoch too many"
"""Each run has one epoch too many. Sweep with `n_epochs = 0`: each loss should be the one of the
start. Hand `n_epochs` on as it is."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(n_epochs + 1):
                w = w - rate * np.mean(2 * x * (w * x - y))
            loss = np.mean((w * x - y) ** 2)
            losses.append(loss if np.isfinite(loss) else math.inf)
    return np.array(losses)


# %% wrong="sweep" name="a generator in an array"
"""Your array holds one thing, a generator that has not run. `np.array` wants a list: write square
brackets around `… for … in …`."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array(final_loss(x, y, rate, n_epochs) for rate in learning_rates)


# %% wrong="sweep" name="np.append not kept"
"""Your array stays empty: `np.append` makes a new array and leaves the old one as it is. Collect
the losses in a list with `losses.append(…)`, and make an array of it at the end."""


def sweep(x, y, learning_rates, n_epochs):
    losses = np.array([])
    for rate in learning_rates:
        np.append(losses, final_loss(x, y, rate, n_epochs))
    return losses


# %% [markdown]
# ## rescaled_learning_rate

# %% right="rescaled_learning_rate" name="divided twice"
"""Once for the slope's x, once for its error."""


def rescaled_learning_rate(learning_rate, scale):
    for_x = learning_rate / scale
    return for_x / scale


# %% right="rescaled_learning_rate" name="a negative power"
"""NumPy's power, and a NumPy number comes back."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate * np.power(scale, -2)


# %% right="rescaled_learning_rate" name="as a tensor"
"""Computed by torch in float32; a 0-d tensor without a graph comes back."""


def rescaled_learning_rate(learning_rate, scale):
    return torch.tensor(learning_rate) / torch.tensor(float(scale)).square()


# %% right="rescaled_learning_rate" name="by the curvatures of an example"
"""Two small data sets, their curvatures, and the same product of rate and curvature."""


def rescaled_learning_rate(learning_rate, scale):
    example = np.array([1.0, 2.0, 4.0])
    before = 2 * np.mean(example**2)
    after = 2 * np.mean((scale * example) ** 2)
    return learning_rate * before / after


# %% right="rescaled_learning_rate" name="matching one step"
"""Takes one step on each of two data sets and finds the rate that makes them equal."""


def rescaled_learning_rate(learning_rate, scale):
    def slope(x, y):
        return 2 * x * (0.0 * x - y)

    wanted = learning_rate * slope(1.0, 3.0)
    return wanted / slope(scale * 1.0, scale * 3.0)


# %% wrong="rescaled_learning_rate" name="scale for scale squared"
"""You divide by scale once, which is not enough. Take x = 1, y = 1 and compute the slope at w = 0,
then the same for x = 10, y = 10: by how much has it grown? Count the factors in 2x(wx - y) that
grow with scale."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / scale


# %% wrong="rescaled_learning_rate" name="upside down"
"""Your rate goes the wrong way: it grows where it should shrink. Larger x makes the parabola
steeper; compare the borders of x = 1…5 and x = 10…50. Look at whether you multiply or divide."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate * scale**2


# %% wrong="rescaled_learning_rate" name="multiplied by scale"
"""Your rate goes the wrong way, and not far enough either. Compute the slope at w = 0 for x = 1,
y = 1 and for x = 10, y = 10: has it grown or shrunk, and by how much? The rate has to make up for
that."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate * scale


# %% wrong="rescaled_learning_rate" name="same rate"
"""You return the old rate, as if other units changed nothing. That is so when y alone is scaled;
here x is scaled too. Compare the borders of x = 1…5 and of x = 10…50."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate


# %% wrong="rescaled_learning_rate" name="always a hundredth"
"""You always divide by the same number, which is right for one scale only. Ask with scale 1:
nothing is changed then, and the rate should stay as it is. Look for the argument you do not
use."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / 100


# %% wrong="rescaled_learning_rate" name="twice the scale"
"""You divide by 2 · scale. Ask with scale 1: nothing is changed then, and the rate should stay as
it is. A number that is multiplied by itself is not the same as a number doubled."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / (2 * scale)


# %% wrong="rescaled_learning_rate" name="power the wrong way round"
"""You take 2 to the power of scale. Ask with scale 1: nothing is changed then, and the rate should
stay as it is. Look at which of the two numbers stands in front of `**`."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / 2**scale


# %% wrong="rescaled_learning_rate" name="loss for slope"
"""You divide by scale too often: for a scale above 1 your steps are far too short. The rate is
multiplied by the *slope*, 2x(wx - y). Count the factors in it that grow with scale; y and x are in
the same bracket, so they count once together."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / scale**4


# %% wrong="rescaled_learning_rate" name="one factor too many"
"""You divide by scale three times: once for each x and once more for y. Look at 2x(wx - y) again:
w·x and y stand in one bracket, and when both grow by a factor, the bracket grows by it once."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / scale**3


# %% wrong="rescaled_learning_rate" name="whole-number division"
"""You divide with `//`, which throws away everything after the decimal point, so most of your rates
are 0. Print `0.5 // 2`. Look at the sign of your division."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate // scale**2


# %% wrong="rescaled_learning_rate" name="^ for **"
"""Your function stops with a TypeError. Read its last line: if it names the operand `^`, then that
is the reason. In Python `^` compares bits, and it is not how a power is written; run `3 ^ 2`."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / scale ^ 2


# %% wrong="rescaled_learning_rate" name="no return"
"""Your function returns None. Run `print(rescaled_learning_rate(0.03, 10.0))` and look at its last
line: a number that is only computed or printed does not come out."""


def rescaled_learning_rate(learning_rate, scale):
    print(learning_rate / scale**2)


# %% wrong="rescaled_learning_rate" name="root for square"
"""You divide by the root of scale. Take x = 1, y = 1 and compute the slope at w = 0, then the same
for x = 10, y = 10: by how much has it grown?"""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / abs(scale) ** 0.5


# %% wrong="rescaled_learning_rate" name="rounded"
"""You round the rate. For a large scale the right rate is tiny, and nothing is left of it. Round
where a number is printed, not where it is computed."""


def rescaled_learning_rate(learning_rate, scale):
    return round(learning_rate / scale**2, 4)


# %% wrong="rescaled_learning_rate" name="sign kept"
"""Your size is right, but for a negative scale the rate comes out negative. In 2x(wx - y) the sign
of the scale stands twice, and two minus signs make a plus."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / (scale * abs(scale))


# %% wrong="rescaled_learning_rate" name="scale taken off"
"""You subtract. Units multiply: ask with scale 1, where nothing is changed, and the rate should
stay as it is."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate - scale


# %% wrong="rescaled_learning_rate" name="never above 1"
"""You allow no rate above 1. When x and y are made small, the same steps need a large rate: try
scale = 0.1 and rate 0.5. Look for a `min` or a `clip`."""


def rescaled_learning_rate(learning_rate, scale):
    return min(learning_rate / scale**2, 1.0)


# %% wrong="rescaled_learning_rate" name="size of the scale only"
"""You divide by the size of `scale` once. In the slope 2x(wx - y) the scale comes in twice: once
in front of the bracket, once in it. Try one point, x = 1 and y = 1, then 10 and 10."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / abs(scale)


# %% wrong="rescaled_learning_rate" name="rate squared, too"
"""Your brackets square the rate as well. Only the scale comes in twice; try a rate of 0.5 and a
scale of 1, where nothing should change."""


def rescaled_learning_rate(learning_rate, scale):
    return (learning_rate / scale) ** 2


# %% wrong="rescaled_learning_rate" name="never above the old rate"
"""You never return more than the old rate. For a scale below 1 the parabola gets flatter, and the
rate has to grow: for 0.2 and 0.5 it is 0.8. Look for a `min`."""


def rescaled_learning_rate(learning_rate, scale):
    return min(learning_rate / scale**2, learning_rate)


# %% wrong="rescaled_learning_rate" name="a small number below the line"
"""You add a small number below the line. `scale` is never 0, so nothing has to be protected, and
for small scales the rate comes out wrong. Divide by the square of the scale alone."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / (scale**2 + 1e-3)


# %% [markdown]
# ## hessian

# %% right="hessian" name="matrix product"
"""A table with x and a column of ones; its product with itself holds all four numbers."""


def hessian(x):
    table = np.stack([x, np.ones_like(x)], axis=1)
    return 2 * table.T @ table / len(x)


# %% right="hessian" name="differences of slopes"
"""Each parameter is raised by 1, and the change of both slopes is written down."""


def hessian(x):
    def both_slopes(w, b):
        error = w * x + b
        return np.array([np.mean(2 * x * error), np.mean(2 * error)])

    start = both_slopes(0.0, 0.0)
    return np.array([both_slopes(1.0, 0.0) - start, both_slopes(0.0, 1.0) - start])


# %% right="hessian" name="autograd"
"""torch differentiates the loss twice; the tensor becomes an array at the end."""


def hessian(x):
    inputs = torch.tensor(x, dtype=torch.float64)

    def loss(place):
        return ((place[0] * inputs + place[1]) ** 2).mean()

    start = torch.zeros(2, dtype=torch.float64)
    return torch.autograd.functional.hessian(loss, start).numpy()


# %% right="hessian" name="filled in, with curvature"
"""The lesson's `curvature` at the top left; the rest is filled into an array of ones."""


def hessian(x):
    table = np.full((2, 2), 2.0)
    table[0, 0] = curvature(x)
    table[0, 1] = table[1, 0] = 2 * sum(x) / len(x)
    return table


# %% right="hessian" name="sum of outer products"
"""A loop over the points: each adds its own small table, in float32."""


def hessian(x):
    table = np.zeros((2, 2), dtype=np.float32)
    for value in x:
        table += 2 * np.outer([value, 1.0], [value, 1.0]) / len(x)
    return table


# %% wrong="hessian" name="off-diagonal halved"
"""Off the diagonal you have mean(x): half of what it should be. Raise b by 1 in `slopes` by hand
and see by how much the slope for w changes. Look at what stands before the error there."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), np.mean(x)], [np.mean(x), 2.0]])


# %% wrong="hessian" name="missing factor 2"
"""All four numbers are half of what they should be. Compare your top left with `curvature(x)`: they
should be equal. Look at the number that both results of `slopes` begin with."""


def hessian(x):
    return np.array([[np.mean(x**2), np.mean(x)], [np.mean(x), 1.0]])


# %% wrong="hessian" name="bottom right 1"
"""Three numbers are right; the bottom right is 1. Raise b by 1 in `slopes` by hand: every error
grows by 1, and the slope for b is not just the mean of the errors. Look at what stands in
front."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 1.0]])


# %% wrong="hessian" name="bottom right 0"
"""Three numbers are right; the bottom right is 0, as if the slope for b did not depend on b. Raise
b by 1 in `slopes` by hand: the error changes, and so does its mean. What is the curvature of the
loss along b?"""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 0.0]])


# %% wrong="hessian" name="order (b, w)"
"""All four numbers are right, but the table is in the order (b, w). Compare the top left with
`curvature(x)`. The parameter w comes first, in rows and columns."""


def hessian(x):
    return np.array([[2.0, 2 * np.mean(x)], [2 * np.mean(x), 2 * np.mean(x**2)]])


# %% wrong="hessian" name="sum for mean"
"""All four numbers are too large by the number of points. Compare x = 3 with x = 3, 3, 3: the mean
loss is the same, so the table is too. Look at how you bring the n values together."""


def hessian(x):
    return 2.0 * np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])


# %% wrong="hessian" name="off-diagonal zero"
"""Off the diagonal you have 0, as if w and b did not disturb each other. Raise b by 1 in `slopes`
by hand and watch the slope for w. It stays the same only where the mean of x is 0."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 0.0], [0.0, 2.0]])


# %% wrong="hessian" name="not symmetric"
"""One of the two numbers off the diagonal is right and the other is 0. How the slope for b changes
with w is the same number as how the slope for w changes with b. Try both in `slopes` by hand."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [0.0, 2.0]])


# %% wrong="hessian" name="mean before the square"
"""The top left is wrong: you take the mean of x first and square it afterwards. Compare it with
`curvature(x)`, and look at the order of mean and square."""


def hessian(x):
    mean = np.mean(x)
    return np.array([[2 * mean**2, 2 * mean], [2 * mean, 2.0]])


# %% wrong="hessian" name="variance for mean square"
"""The top left is wrong: you subtract the mean before you square, and that is the variance. Compare
it with `curvature(x)`. The two agree only where the mean of x is 0."""


def hessian(x):
    return np.array([[2 * np.var(x), 2 * np.mean(x)], [2 * np.mean(x), 2.0]])


# %% wrong="hessian" name="wrong sign off the diagonal"
"""Right in size, but the two numbers off the diagonal have the wrong sign. Take x = 3 and raise b
by 1 in `slopes`: does the slope for w rise or fall? The error is w·x + b - y, with a plus before
b."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), -2 * np.mean(x)], [-2 * np.mean(x), 2.0]])


# %% wrong="hessian" name="absolute mean"
"""Off the diagonal you lose the sign: the numbers are positive also where x is negative on average.
Try x = -1, -2. Look for an `abs`, or for a root of a square."""


def hessian(x):
    off = 2 * abs(np.mean(x))
    return np.array([[2 * np.mean(x**2), off], [off, 2.0]])


# %% wrong="hessian" name="a list for an array"
"""The four numbers are right, but they come as a list of lists. Run `type(hessian(x))`. An array is
asked, and `np.linalg.eigvalsh` is happy with it; one conversion is missing."""


def hessian(x):
    return [[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0]]


# %% wrong="hessian" name="four in a row"
"""The four numbers are right, but they stand in one row. Print `hessian(x).shape`: two rows of two
are asked. Look at your brackets."""


def hessian(x):
    return np.array([2 * np.mean(x**2), 2 * np.mean(x), 2 * np.mean(x), 2.0])


# %% wrong="hessian" name="integer dtype"
"""Your table holds whole numbers: everything after the decimal point is cut off. Try x = 0.5 and
print `hessian(np.array([0.5])).dtype`. Look for the place where an integer type comes in."""


def hessian(x):
    table = np.array([[0, 0], [0, 2]])
    table[0, 0] = 2 * np.mean(x**2)
    table[0, 1] = table[1, 0] = 2 * np.mean(x)
    return table


# %% wrong="hessian" name="curvatures for the table"
"""You return the two curvatures of the bowl, its eigenvalues. They come out of the table in the
next section; here the table itself is asked, four numbers in two rows."""


def hessian(x):
    table = np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0]])
    return np.linalg.eigvalsh(table)


# %% wrong="hessian" name="input overwritten"
"""The answer is right, but x itself is changed: whoever called you has lost the data. Print x
before and after. `*=` and `**=` write into the array that was handed in; make a new one
instead."""


def hessian(x):
    mean = np.mean(x)
    x *= x
    return np.array([[2 * np.mean(x), 2 * mean], [2 * mean, 2.0]])


# %% wrong="hessian" name="mean in the bottom right"
"""The bottom right is 2 · mean(x). When b grows by 1 every error grows by 1, with no x before it,
and the slope for b is the mean of 2 · error: no x is left."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2 * np.mean(x)]])


# %% wrong="hessian" name="no return"
"""Your function returns None. Look at its last line: a table that is only computed or printed does
not come out."""


def hessian(x):
    print(np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0]]))


# %% wrong="hessian" name="one table a point"
"""You return a table for each point: the means are missing. Print the shape; two rows of two are
asked, the mean over all points."""


def hessian(x):
    return np.array([[2 * x**2, 2 * x], [2 * x, 2 + 0 * x]])


# %% wrong="hessian" name="rounded"
"""You round. For small x nothing is left of three of the four numbers: try x = 0.001. Round where a
number is printed, not where it is computed."""


def hessian(x):
    return np.round([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0]], 2)


# %% wrong="hessian" name="off-diagonal squared"
"""Off the diagonal x is squared, as it is in the top left. When b grows by 1, every error grows by
1: how many factors x are left in the slope for w?"""


def hessian(x):
    square = 2 * np.mean(x**2)
    return np.array([[square, square], [square, 2.0]])


# %% wrong="hessian" name="off-diagonal summed"
"""Off the diagonal you sum where the mean is asked. Compare x = 3 with x = 3, 3, 3: the mean loss
is the same, so the table is too."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.sum(x)], [2 * np.sum(x), 2.0]])


# %% wrong="hessian" name="bottom right 2n"
"""The bottom right is a sum: 2 for each point. The slope for b is a mean over the points, so it
grows by 2 when b grows by 1, however many points there are."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0 * len(x)]])


# %% wrong="hessian" name="a tensor for an array"
"""The four numbers are right, but they come as a tensor. Run `type(hessian(x))`. A NumPy array is
asked; one conversion is missing."""


def hessian(x):
    return torch.tensor([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0]])


# %% wrong="hessian" name="median for mean"
"""You take the median, the value in the middle. The loss is a mean over the points, so every point
counts."""


def hessian(x):
    off = 2 * np.median(x)
    return np.array([[2 * np.median(x**2), off], [off, 2.0]])


# %% wrong="hessian" name="60 for every x"
"""The number beside the diagonal is that of the ×10 data. It comes from `x`: how much does the
slope for b grow when w grows by 1? Try x = 1, 2, 3, 4: it is 5."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 60.0], [60.0, 2.0]])


# %% wrong="hessian" name="the table of the ×10 data"
"""You return the four numbers of the ×10 data for every x. They were printed above for x = 10…50;
compute them from what is handed in."""


def hessian(x):
    return np.array([[2200.0, 60.0], [60.0, 2.0]])


# %% wrong="hessian" name="covariances"
"""Your table holds covariances: the means are taken off first, so three of its numbers are 0. The
slopes of the loss know nothing of that. Put 2x and 2 in front of what `error` grows by, and take
plain means."""


def hessian(x):
    return 2 * np.cov(np.stack([x, np.ones_like(x)]), bias=True)


# %% wrong="hessian" name="2 at the top left only"
"""Top left is right; the other three are half of what they should be. In both lines of `slopes` a
factor 2 stands before the error, so each of the four numbers has it."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), np.mean(x)], [np.mean(x), 1.0]])


# %% wrong="hessian" name="both rows alike"
"""Your second row repeats the first. It is about b: when b grows by 1, `error` grows by 1, not by
x. Put that into both lines of `slopes`."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x**2), 2 * np.mean(x)]])


# %% wrong="hessian" name="a tuple for an array"
"""The four numbers are right, but they stand in a tuple of tuples. Asked is an array of shape (2,
2): `np.array([[…, …], […, …]])`."""


def hessian(x):
    return ((2 * np.mean(x**2), 2 * np.mean(x)), (2 * np.mean(x), 2.0))


# %% wrong="hessian" name="the inverse"
"""You return the inverse of the table. It answers another question (which step leads to the lowest
point at once); asked is the table itself."""


def hessian(x):
    table = np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2.0]])
    return np.linalg.inv(table)


# %% wrong="hessian" name="n at the bottom right"
"""The number at the bottom right counts the points. It is a mean as well: how much does the slope
for b grow when b grows by 1? Put 1 in the place of `error` in the second line of `slopes`."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), len(x)]])


# %% [markdown]
# ## standardize

# %% right="standardize" name="by the formula"
"""Root of the mean square of the differences; refuses where none differs from the first."""


def standardize(x):
    mean = x.mean()
    centred = x - mean
    std = np.sqrt(np.mean(centred**2))
    if not np.any(x != x[0]):
        raise ValueError("constant x")
    return centred / std, mean, std


# %% right="standardize" name="plain Python"
"""Sums and a comprehension; z becomes an array at the end, and a list of three is returned."""


def standardize(x):
    values = x.tolist()
    mean = sum(values) / len(values)
    std = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    if max(values) == min(values):
        raise ValueError("there is no spread to divide by")
    return [np.array([(value - mean) / std for value in values]), mean, std]


# %% right="standardize" name="statistics module"
"""The standard library knows the population standard deviation."""

import statistics


def standardize(x):
    if len(set(x.tolist())) == 1:
        raise ValueError("all x are equal")
    mean = statistics.fmean(x)
    std = statistics.pstdev(x.tolist())
    return (x - mean) / std, mean, std


# %% right="standardize" name="by torch"
"""torch computes mean and deviation; z goes back to NumPy, the two others stay 0-d tensors."""


def standardize(x):
    values = torch.tensor(x, dtype=torch.float64)
    std, mean = torch.std_mean(values, correction=0)
    if len(values.unique()) == 1:
        raise ValueError("constant")
    return ((values - mean) / std).numpy(), mean, std


# %% right="standardize" name="an error of its own"
"""A subclass of ValueError; the mean is taken off in place, on a copy."""


class NoSpreadError(ValueError):
    """All x are equal."""


def standardize(x):
    z = x.astype(float).copy()
    mean = float(np.average(z))
    if np.ptp(x) == 0:
        raise NoSpreadError
    z -= mean
    variance = float(np.mean(z * z))
    z /= variance**0.5
    return z, mean, variance**0.5


# %% wrong="standardize" name="sample std"
"""You divide by n - 1: the sample version. Check `np.mean(z**2)` of your z: it should be exactly 1.
Look at the arguments of your `std`, or at what you divide the sum by; torch's `std` uses n - 1
unless told otherwise."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x, ddof=1))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="variance for std"
"""You divide by the variance and return it too. Check `np.mean(z**2)` of your z: it should be 1.
The standard deviation is in the units of x, the variance in their square; one step is missing."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.var(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="no ValueError"
"""All is right except for a constant x: there you divide by 0, and z is full of nan. Run
`standardize(np.array([3.0, 3.0]))`. Ask for that case before you divide, and refuse it with the
error named in the text."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    with np.errstate(all="ignore"):
        return (x - mean) / std, mean, std


# %% wrong="standardize" name="ValueError returned"
"""For a constant x you *return* a ValueError, as if it were an answer, and whoever called goes on
with it. Run `standardize(np.array([3.0, 3.0]))`: no error appears. An error has to be raised."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        return ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="zeros for a constant x"
"""For a constant x you return an answer as if all were well. Nobody could tell it from a real one,
and w would have nothing to learn from. The text names the error that should be raised there."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        std = 1.0
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="another error"
"""A constant x is refused, but with another kind of error than asked, and a caller who expects the
one named in the text will not catch it. Run `standardize(np.array([3.0, 3.0]))` and read the name
at the beginning of the last line. An `assert` raises a kind of its own."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    assert np.ptp(x) > 0, "constant x"
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="only z"
"""z is right, but mean and standard deviation are missing. Run `len(standardize(x))`. Three things
are asked, because a new input must be treated with the same two numbers."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (x - mean) / std


# %% wrong="standardize" name="std before mean"
"""All three are right, but mean and standard deviation have changed places. Print the two for
x = 10, 12: one of them is 11. Look at the order in the docstring."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (x - mean) / std, std, mean


# %% wrong="standardize" name="brackets missing"
"""You divide the mean alone, and x stays undivided. Check `np.std(z)` of your z: it should be 1.
Division goes before subtraction unless brackets say otherwise."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return x - mean / std, mean, std


# %% wrong="standardize" name="divided before the mean is taken off"
"""You divide by the standard deviation first and subtract the mean of the *undivided* x afterwards.
Check `np.mean(z)` of your z: it should be 0. Look at the order of the two steps in the formula."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return x / std - mean, mean, std


# %% wrong="standardize" name="wrong sign"
"""Your z is right in size and has the wrong sign: the largest x should have the largest z. Print x
and z side by side. Look at the order in your difference."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (mean - x) / std, mean, std


# %% wrong="standardize" name="only centred"
"""You subtract the mean and then stop: z has mean 0, but its spread is still that of x. Check
`np.std(z)`: it should be 1. The second half of the formula is missing."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return x - mean, mean, std


# %% wrong="standardize" name="only divided"
"""You divide by the standard deviation, but the mean is still in it. Check `np.mean(z)` of your z:
it should be 0. The first half of the formula is missing."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return x / std, mean, std


# %% wrong="standardize" name="squeezed between 0 and 1"
"""You bring x between 0 and 1 with its smallest and largest value. That is another way to rescale.
Check `np.mean(z)` and `np.std(z)` of your z: they should be 0 and 1. The formula asks for mean and
standard deviation."""


def standardize(x):
    low, high = float(np.min(x)), float(np.max(x))
    if low == high:
        raise ValueError("constant x")
    return (x - low) / (high - low), low, high - low


# %% wrong="standardize" name="spread without the mean taken off"
"""Your standard deviation is the root of the mean of x² itself: the mean was not subtracted first.
Shift x by 100: the spread stays the same, and yours grows. Read the sentence about the standard
deviation above the exercise once more."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.sqrt(np.mean(x**2)))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="median for mean"
"""You subtract the median, the value in the middle. For x = 1, 2, 9 print your second result and
compare it with the mean. The two agree only where x lies evenly on both sides."""


def standardize(x):
    mean, std = float(np.median(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="mean distance"
"""Your standard deviation is the mean of the absolute differences. Check `np.mean(z**2)` of your z:
it should be 1. The differences are squared, averaged, and only then the root is taken."""


def standardize(x):
    mean = float(np.mean(x))
    std = float(np.mean(np.abs(x - mean)))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="input overwritten"
"""The answer is right, but x itself is changed: whoever called you has lost the data. Print x
before and after. `-=` and `/=` write into the array that was handed in; make a new one instead."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    x -= mean
    x /= std
    return x, mean, std


# %% wrong="standardize" name="a list for an array"
"""The numbers are right, but z is a list. Run `type(standardize(x)[0])`. An array is asked, so that
one can calculate with it as with x."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    return [(value - mean) / std for value in x], mean, std


# %% wrong="standardize" name="first and last compared"
"""You refuse x when its first and last value are equal, whatever lies between them. Try x = 1, 5,
1: it has a spread. Compare the largest value with the smallest instead."""


def standardize(x):
    if x[0] == x[-1]:
        raise ValueError("constant x")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="spread below a limit refused"
"""You refuse x when its spread is below a limit of yours. In other units a small spread may be all
there is: try x = 0.001, 0.002, which is the same as 1, 2 in thousandths. Only where all values are
equal is there nothing to divide by."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if std < 0.1:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="two points refused"
"""You refuse two points. Try x = 1, 3: the mean is 2, and both lie at a distance of 1 from it, so
there is a spread to divide by. Only where all values are equal an error is asked."""


def standardize(x):
    if len(x) < 3 or np.max(x) == np.min(x):
        raise ValueError("constant x")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="first two compared"
"""You refuse x when its first two values are equal, whatever comes behind them. Try x = 1, 1, 5: it
has a spread. Compare the largest value with the smallest instead."""


def standardize(x):
    if x[0] == x[1]:
        raise ValueError("constant x")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="any two equal refused"
"""You refuse x when some of its values are equal. Try x = 1, 1, 5: two of them agree, and the third
does not, so there is a spread. Ask whether *all* are equal, not whether some are."""


def standardize(x):
    if len(set(x.tolist())) < len(x):
        raise ValueError("constant x")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="std compared with 0"
"""Most constant x are refused, but not all: you ask whether the standard deviation is 0, and
rounding can make it about 1e-17. Run `np.std(np.array([0.1, 0.1, 0.1]))`. Compare the largest x
with the smallest instead."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if std == 0:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="nearly equal taken for equal"
"""You refuse values that are nearly equal. 1000000, 1000001 and 1000003 have a spread, though it is
small beside their size. `np.allclose` and `np.isclose` allow a share of the size; ask whether the
largest and the smallest are the same number."""


def standardize(x):
    if np.allclose(x, x[0]):
        raise ValueError("constant x")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="std nearly 0"
"""You refuse x when its standard deviation is close to 0. In other units a small spread may be all
there is: try x = 1e-9, 2e-9. Only where all values are equal is there nothing to divide by."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if np.isclose(std, 0, atol=1e-3):
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="in float32"
"""You calculate in float32, which keeps about seven digits. Of 1000001 and 1000003 nearly all of
them are the same, and too few are left for the difference. Leave x in the precision it came in."""


def standardize(x):
    values = x.astype(np.float32)
    if np.ptp(values) == 0:
        raise ValueError("constant x")
    mean, std = np.mean(values), np.std(values)
    return (values - mean) / std, float(mean), float(std)


# %% wrong="standardize" name="a small number added to std"
"""You add a small number to the standard deviation, so that nothing is ever divided by 0. A
constant x gets an answer then, where a ValueError is asked, and a small spread is changed by it.
Refuse the constant x, and divide by the standard deviation as it is."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / (std + 1e-8), mean, std


# %% wrong="standardize" name="sample std, compared with 0"
"""You divide by n - 1: the sample version. Check `np.mean(z**2)` of your z: it should be exactly 1.
Look at the arguments of your `std`. Then try x = 0.1, 0.1, 0.1, too: rounding makes its standard
deviation about 1e-17 instead of 0."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x, ddof=1))
    if std == 0:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="mean and std left as arrays"
"""Mean and standard deviation come as arrays of length 1. Print them: the brackets show it. Two
plain numbers are asked; look for a `keepdims`."""


def standardize(x):
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    mean, std = np.mean(x, keepdims=True), np.std(x, keepdims=True)
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="rounded"
"""You round. In other units that leaves a digit or two, or none: try x = 0.0001, 0.0003. Round
where a number is printed, not where it is computed."""


def standardize(x):
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    mean, std = float(np.mean(x)), float(np.std(x))
    return np.round((x - mean) / std, 3), round(mean, 3), round(std, 3)


# %% wrong="standardize" name="no return"
"""Your function returns None. Look at its last line: what is only computed or printed does not come
out. Three things are asked: z, mean, std."""


def standardize(x):
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    mean, std = float(np.mean(x)), float(np.std(x))
    print((x - mean) / std, mean, std)


# %% wrong="standardize" name="a spread below 1e-12 refused"
"""You refuse x when its spread is below a limit of yours, however small. In other units that may be
all there is. Compare the largest x with the smallest: where they differ at all, there is a
spread."""


def standardize(x):
    mean, std = float(np.mean(x)), float(np.std(x))
    if std < 1e-12:
        raise ValueError("constant x")
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="divided by the range"
"""You divide by the range, largest minus smallest. Check `np.std(z)` of your z: it should be 1. The
formula asks for the standard deviation."""


def standardize(x):
    if np.ptp(x) == 0:
        raise ValueError("constant x")
    mean, spread = float(np.mean(x)), float(np.ptp(x))
    return (x - mean) / spread, mean, spread


# %% wrong="standardize" name="mean and std in front"
"""All three things are there, in another order: z comes first, then the mean, then the standard
deviation. Look at the docstring."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return mean, std, (x - mean) / std


# %% wrong="standardize" name="a dict for three things"
"""You return a dict. Asked are three things, separated by commas: z, the mean and the standard
deviation."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return {"z": (x - mean) / std, "mean": mean, "std": std}


# %% wrong="standardize" name="only z, in a list"
"""You return one thing. Asked are three, separated by commas: z, and the mean and the standard
deviation with which a new input can be treated the same way."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return [(x - mean) / std]


# %% wrong="standardize" name="mean and std of z"
"""z is right, but the mean and the standard deviation that you return are those of z: 0 and 1,
always. Asked are those of x: with them a new input can be treated the same way."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    z = (x - np.mean(x)) / np.std(x)
    return z, float(np.mean(z)), float(np.std(z))


# %% wrong="standardize" name="an error printed"
"""For a constant x you print something and return None. Whoever calls the function would go on
with that. *Raise* the error: `raise ValueError("…")`."""


def standardize(x):
    if np.max(x) == np.min(x):
        print("ValueError: all x are equal")
        return None
    return (x - np.mean(x)) / np.std(x), float(np.mean(x)), float(np.std(x))


# %% wrong="standardize" name="z cut to two decimals"
"""z is rounded to two decimals. Round where you print, not where you compute: here the digits are
lost for good."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return np.round((x - mean) / std, 2), mean, std


# %% wrong="standardize" name="z divided by the range"
"""Your z is divided by the distance from the smallest x to the largest, while the standard
deviation that you return is right. Divide by that one: then the mean of z² is 1."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / (np.max(x) - np.min(x)), mean, std


# %% wrong="standardize" name="z held within a limit"
"""Values of z far from 0 are cut off. Some do lie beyond 1.5, and they should: look for `clip`."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return np.clip((x - mean) / std, -1.5, 1.5), mean, std


# %% wrong="standardize" name="a tensor for an array"
"""The numbers are right, but z is a tensor. x is a NumPy array, and so should z be; NumPy has a
mean and a standard deviation, too."""


def standardize(x):
    values = torch.as_tensor(x)
    if values.max() == values.min():
        raise ValueError("all x are equal")
    std = values.std(unbiased=False)
    return (values - values.mean()) / std, values.mean().item(), std.item()


# %% wrong="standardize" name="two equal neighbours refused"
"""You refuse x as soon as two neighbours are equal. Try x = 3, 3, 5, 4: it has a spread. Only
where *all* are equal is there none: compare the largest value with the smallest."""


def standardize(x):
    if np.any(np.diff(x) == 0):
        raise ValueError("all x are equal")
    return (x - np.mean(x)) / np.std(x), float(np.mean(x)), float(np.std(x))


# %% wrong="standardize" name="z and mean alone"
"""You return two things. Asked are three: z, the mean and the standard deviation, in this order."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean = float(np.mean(x))
    return (x - mean) / np.std(x), mean


# %% wrong="standardize" name="an Exception of no kind"
"""A constant x is refused, but with a plain `Exception`, and a caller who expects a ValueError
will not catch it. Name the kind that the text asks for: `raise ValueError("…")`."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise Exception("all x are equal")
    return (x - np.mean(x)) / np.std(x), float(np.mean(x)), float(np.std(x))


# %% wrong="final_loss" name="infinite above a million"
"""You call a loss infinite as soon as it is larger than a limit of yours. Large numbers are
finite: data ten thousand times as large have such losses at the start. Python can say whether a
number is finite; no limit is needed."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    for _ in range(n_epochs):
        w -= learning_rate * np.mean(2 * x * (w * x - y))
        if np.mean((w * x - y) ** 2) > 1e6:
            return math.inf
    return float(np.mean((w * x - y) ** 2))


# %% wrong="curvature" name="curvature cut off"
"""Large curvatures are cut off at 10,000. Try x = 1000: the curvature is two million. Nothing
limits it; look for `min` or `clip`."""


def curvature(x):
    return float(min(2 * np.mean(x**2), 1e4))


# %% wrong="standardize" name="scaled between smallest and largest"
"""You scale x to run from 0 to 1, between its smallest and largest value. That is another way to
bring columns to one size. Here z has mean 0 and standard deviation 1: print both for yours."""


def standardize(x):
    low, high = float(np.min(x)), float(np.max(x))
    if low == high:
        raise ValueError("constant")
    return (x - low) / (high - low), float(np.mean(x)), float(np.std(x))


# %% wrong="standardize" name="0.001 added to the std"
"""You add a small number to the standard deviation before you divide, so z comes out a little too
small. Print `np.std(z)`: it should be exactly 1. A constant x is refused instead; look for what
is added."""


def standardize(x):
    if np.all(x == x[0]):
        raise ValueError("constant")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / (std + 1e-3), mean, std


# %% wrong="hessian" name="x centred first"
"""You subtract the mean of x before you fill the table, so nothing is left off the diagonal.
Compare the top left with `curvature(x)`. The bowl of x as it is, is asked; look for the mean that
is taken away."""


def hessian(x):
    c = x - np.mean(x)
    return 2 * np.array([[np.mean(c * c), np.mean(c)], [np.mean(c), 1.0]])


# %% wrong="hessian" name="the inverse, even of a bowl without a bottom"
"""You return the inverse of the table. Compare the top left with `curvature(x)`: they should be
equal. Nothing has to be solved here; look for `inv`."""


def hessian(x):
    h = 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
    return np.linalg.pinv(h)


# %% wrong="final_loss" name="all losses in a list"
"""You return the losses of all epochs in a list, where one number is asked: the loss after the
last update. Look at your `return`, and think of n_epochs = 0, where your list is empty."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    losses = []
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w -= learning_rate * np.mean(2 * x * (w * x - y))
            losses.append(float(np.mean((w * x - y) ** 2)))
    return losses


# %% wrong="curvature" name="root at the end"
"""You take a root at the end. Try x = 1, 1: the slope 2(w − y) grows by 2 when w grows by 1.
Nothing in the second derivative is a root; look for `sqrt` or `norm`."""


def curvature(x):
    return float(np.sqrt(2 * np.mean(x**2)))


# %% wrong="max_learning_rate" name="rounded to three decimals"
"""You round to three decimals, and rates are often smaller than that: for x = 100 you give 0.
Rounding is for printing; look for `round`."""


def max_learning_rate(x):
    return round(float(1 / np.mean(x**2)), 3)


# %% wrong="best_learning_rate" name="mean of the points' own rates"
"""You work out the best rate of each point alone and take the mean of those. A point at 0 makes
it infinite. All points share one parabola: bring its curvature together first, then divide
once."""


def best_learning_rate(x):
    with np.errstate(all="ignore"):
        return float(np.mean(1 / (2 * x**2)))


# %% wrong="sweep" name="divided by the smallest loss"
"""You divide all losses by the smallest of them. Ask with a single rate: you always get 1. The
losses themselves are asked; look for the division."""


def sweep(x, y, learning_rates, n_epochs):
    losses = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(n_epochs):
                w = w - rate * np.mean(2 * x * (w * x - y))
            loss = float(np.mean((w * x - y) ** 2))
            losses.append(loss if np.isfinite(loss) else math.inf)
    losses = np.array(losses)
    return losses / losses.min()


# %% wrong="sweep" name="weights for losses, infinite ones too"
"""You return the trained weights, not the losses that belong to them. Ask with n_epochs = 0: w is
0, but the loss is not. One more computation is needed for each rate."""


def sweep(x, y, learning_rates, n_epochs):
    ws = []
    with np.errstate(all="ignore"):
        for rate in learning_rates:
            w = 0.0
            for _ in range(n_epochs):
                w = w - rate * np.mean(2 * x * (w * x - y))
            ws.append(w)
    return np.array(ws)


# %% wrong="rescaled_learning_rate" name="scale squared subtracted"
"""You subtract scale² from the rate. A rate below 0 walks uphill. Take x = 1, y = 1 and compute
the slope at w = 0, then the same for x = 10, y = 10: it has grown by a factor, and so a factor
has to undo it."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate - scale**2


# %% wrong="standardize" name="z sorted"
"""Mean and standard deviation are right, but z comes sorted. Try x = 3, 1, 2: the first z should
be the largest. Each z belongs to its y by its place; look for `sort`."""


def standardize(x):
    if np.all(x == x[0]):
        raise ValueError("constant")
    mean, std = float(np.mean(x)), float(np.std(x))
    return np.sort((x - mean) / std), mean, std


# %% wrong="final_loss" name="loss before the last update, 0 at first"
"""Your loss is taken before the last update, and what is asked is the one after it. With 0 epochs
there is still a loss, that of w = 0. Look at where the loss is computed: inside the loop it is
always one update behind."""


def final_loss(x, y, learning_rate, n_epochs):
    w = loss = 0.0
    for _ in range(n_epochs):
        loss = np.mean((w * x - y) ** 2)
        w -= learning_rate * np.mean(2 * x * (w * x - y))
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="slope taken once"
"""The first update is right, and all others repeat it: you take the slope once, at w = 0. It
changes with w, so print it in each epoch, and look at what stands before your loop."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    slope = np.mean(2 * x * (w * x - y))
    for _ in range(n_epochs):
        w -= learning_rate * slope
    loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="curvature" name="sum without the 2"
"""Two things are missing in your curvature: the mean (you take the sum), and the factor 2. Try one
point, x = 1: the curvature is 2. Then try the same point twice: it stays 2."""


def curvature(x):
    return float(np.sum(x**2))


# %% wrong="max_learning_rate" name="largest x only"
"""You let the largest x decide alone. Try x = 1, 3 and x = 3, 3: the slope is a mean over all
points, so the small ones count, too. The curvature is the mean of something over all x."""


def max_learning_rate(x):
    return float(2 / np.max(x**2))


# %% wrong="hessian" name="matrix product without mean and 2"
"""Your table has the right pattern, but you add up over the points where the mean is asked, and the
factor 2 is missing. Try one point alone: the bottom right is 2. Then try the same point twice."""


def hessian(x):
    table = np.stack([x, np.ones_like(x)], axis=1)
    return table.T @ table


# %% wrong="hessian" name="matrix product the other way round"
"""You return a row and a column for each point, where one for w and one for b is asked. Print the
shape for three points. In a matrix product such as `a @ b.T` the *points* are left; the sum should
run over them."""


def hessian(x):
    table = np.stack([x, np.ones_like(x)], axis=1)
    return 2 * table @ table.T / len(x)


# %% wrong="hessian" name="2 on one side only"
"""Above the diagonal the factor 2 is missing, below it is there. A table of second derivatives is
symmetric: print it and its `.T`. Look at the two places off the diagonal."""


def hessian(x):
    return np.array([[2 * np.mean(x**2), np.mean(x)], [2 * np.mean(x), 2.0]])


# %% wrong="hessian" name="mean and mean square exchanged"
"""The mean of x and the mean of its squares are in each other's place. In w twice, x comes in
twice; in w and b, once. Differentiate 2 · mean(x · (w·x + b − y)) by w, and then by b."""


def hessian(x):
    return np.array([[2 * np.mean(x), 2 * np.mean(x**2)], [2 * np.mean(x**2), 2.0]])


# %% wrong="standardize" name="divided by the variance"
"""Mean and std are right, but z is divided by the variance: its spread is not 1. Print `z.std()`.
Look for a square too many in the line that makes z."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) / std**2, mean, std


# %% wrong="standardize" name="multiplied by std"
"""Mean and std are right, but z is multiplied by std where it should be divided. Print `z.std()`:
it should be 1."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - mean) * std, mean, std


# %% wrong="standardize" name="largest distance for std"
"""You divide by the largest distance from the mean, and hand that out as the standard deviation.
Print `z.std()`: it should be 1. The standard deviation is a kind of mean of all the distances."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean = float(np.mean(x))
    far = float(np.max(np.abs(x - mean)))
    return (x - mean) / far, mean, far


# %% wrong="final_loss" name="0 for nan"
"""A run that ends in nan returns 0 in your function: `np.nan_to_num` makes a perfect loss of it.
Print `final_loss(x, y, 1.0, 1000)`. What is not finite becomes `math.inf`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(np.nan_to_num(loss, posinf=math.inf))


# %% wrong="final_loss" name="infinity capped at a large number"
"""A run that blows up returns a very large number in your function, not `math.inf`. Print
`final_loss(x, y, 1.0, 1000)`. Look for `nan_to_num`, or for a `min`."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else 1e308


# %% wrong="final_loss" name="momentum added"
"""Your steps remember the steps before: that is momentum, and it is not asked here. One epoch is
right, two are not. Each update takes the slope of its own epoch alone."""


def final_loss(x, y, learning_rate, n_epochs):
    w, velocity = 0.0, 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            velocity = 0.9 * velocity + np.mean(2 * x * (w * x - y))
            w = w - learning_rate * velocity
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="mean loss of all epochs"
"""You return the mean of the losses of all epochs, not the last one. Ask with `n_epochs=1`. Only
the loss after the last update is asked."""


def final_loss(x, y, learning_rate, n_epochs):
    w = 0.0
    losses = []
    with np.errstate(all="ignore"):
        losses.append(np.mean((w * x - y) ** 2))
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
            losses.append(np.mean((w * x - y) ** 2))
        loss = np.mean(losses)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="final_loss" name="x and y swapped"
"""You have x and y in each other's place: the line goes from y to x. Ask with x = 1 and y = 3 and
`n_epochs=0`: the squared error is 9, and yours is 1."""


def final_loss(x, y, learning_rate, n_epochs):
    x, y = y, x
    w = 0.0
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            w = w - learning_rate * np.mean(2 * x * (w * x - y))
        loss = np.mean((w * x - y) ** 2)
    return float(loss) if np.isfinite(loss) else math.inf


# %% wrong="curvature" name="norm with its root"
"""You use a norm and leave its root in it. Try x = 3: the slope 2 · 3 · (3w − y) grows by 18 when w
grows by 1. `np.linalg.norm(x)` is the root of the sum of squares; the sum itself is asked, divided
by how many there are."""


def curvature(x):
    return float(2 * np.linalg.norm(x) / len(x))


# %% wrong="curvature" name="square of the first x"
"""Only the first point decides about your curvature. Add a point at 100: it should grow, and yours
stays. The loss is a mean over all points; so is its curvature."""


def curvature(x):
    return float(2 * x[0] ** 2)


# %% wrong="curvature" name="measured at a wide step"
"""You measure the curvature by differences of the loss, and something is lost on the way: the
second difference is divided by h once only. Try it with x = 1: it should be 2, whatever the
step."""


def curvature(x):
    h = 0.1
    at, beside = np.mean((0.0 * x) ** 2), np.mean((h * x) ** 2)
    return float((beside - 2 * at + beside) / h)


# %% wrong="max_learning_rate" name="from the first x"
"""Only the first point decides about your border. Add a point at 100: the border should sink, and
yours stays. The loss is a mean over all points; so is its curvature."""


def max_learning_rate(x):
    return float(1 / x[0] ** 2)


# %% wrong="best_learning_rate" name="from the first x"
"""Only the first point decides about your rate. Add a point at 100: the best rate should sink, and
yours stays. The loss is a mean over all points; so is its curvature."""


def best_learning_rate(x):
    return float(1 / (2 * x[0] ** 2))


# %% wrong="best_learning_rate" name="from the largest x"
"""Only the largest x decides about your rate, and it comes in once. Add a few points at 0: the best
rate should rise, and yours stays. In the slope 2x(wx − y), how many factors x stand before w?"""


def best_learning_rate(x):
    return float(1 / np.max(np.abs(x)))


# %% wrong="best_learning_rate" name="a thousandth on the grid"
"""You try rates on a grid and take the best of them, so your answer is one of the grid's numbers,
and beyond its end there is none. Ask with x = 0.1, and with x = 100. A formula gives the rate
exactly: solve 1 − rate · curvature = 0."""


def best_learning_rate(x):
    rates = np.linspace(0.001, 1.0, 1000)
    bend = np.mean(2 * x**2)
    left_over = np.abs(1 - rates * bend)
    return float(rates[np.argmin(left_over)])


# %% wrong="best_learning_rate" name="mean of 1 over 2x"
"""You take the mean of 1 over 2x, point by point. A point at 0 makes it infinite, and negative
points take away. Bring the squares of all points together first, then divide once."""


def best_learning_rate(x):
    return float(np.mean(1 / (2 * x)))


# %% wrong="sweep" name="one slope for all rates"
"""You train all rates at once, and the mean runs over the rates, too: they share one slope. Ask for
one rate alone, then for the same one beside another: its loss should not change. The mean goes over
the points of one run, `axis=1`."""


def sweep(x, y, learning_rates, n_epochs):
    weights = np.zeros(len(learning_rates))
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            errors = weights[:, None] * x - y
            weights = weights - learning_rates * np.mean(2 * x * errors)
        losses = np.mean((weights[:, None] * x - y) ** 2, axis=1)
    losses[~np.isfinite(losses)] = math.inf
    return losses


# %% wrong="sweep" name="mean over the rates"
"""You train all rates at once, and at the end the mean runs over the rates instead of the points.
Ask for two rates and three points, and count what comes back. The mean goes over the points of one
run."""


def sweep(x, y, learning_rates, n_epochs):
    weights = np.zeros(len(learning_rates))
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            errors = weights[:, None] * x - y
            weights = weights - learning_rates * np.mean(2 * x * errors, axis=1)
        losses = np.mean((weights[:, None] * x - y) ** 2, axis=0)
    losses[~np.isfinite(losses)] = math.inf
    return losses


# %% wrong="sweep" name="x and y swapped"
"""You hand in x and y in each other's place. Ask with `n_epochs=0`: the loss should be the mean of
y², and yours is that of x². Look at the order of the arguments of `final_loss`."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array([final_loss(y, x, rate, n_epochs) for rate in learning_rates])


# %% wrong="sweep" name="rate and epochs swapped"
"""You hand in the rate and the number of epochs in each other's place. Look at the order of the
arguments of `final_loss`: x, y, learning_rate, n_epochs."""


def sweep(x, y, learning_rates, n_epochs):
    return np.array([final_loss(x, y, n_epochs, rate) for rate in learning_rates])


# %% wrong="sweep" name="only the last rate"
"""Only the loss of the last rate comes back. Ask for three rates and count. Look at what each round
of your loop does with the losses before it."""


def sweep(x, y, learning_rates, n_epochs):
    for rate in learning_rates:
        losses = [final_loss(x, y, rate, n_epochs)]
    return np.array(losses)


# %% wrong="rescaled_learning_rate" name="scale made a whole number"
"""You make a whole number of the scale first. For a scale of 0.5 that is 0, and 1.5 becomes 1.
Leave it as it comes; look for `int`."""


def rescaled_learning_rate(learning_rate, scale):
    return learning_rate / int(scale) ** 2


# %% wrong="rescaled_learning_rate" name="only ever smaller"
"""You take the scale, or 1 over it, whichever is larger: so the rate only ever gets smaller. With a
scale of 0.1 the data shrink, and the rate has to grow."""


def rescaled_learning_rate(learning_rate, scale):
    factor = max(abs(scale), 1 / abs(scale))
    return learning_rate / factor**2


# %% wrong="hessian" name="the gradient for the table"
"""You return two numbers where a table of four is asked: these are slopes, or the diagonal alone.
Print the shape: it should be (2, 2). Each of the two slopes changes with w and with b."""


def hessian(x):
    return np.array([2 * np.mean(x**2), 2 * np.mean(x)])


# %% wrong="hessian" name="the diagonal alone"
"""You return the diagonal alone, two numbers. Print the shape: it should be (2, 2). Off the
diagonal stands how the slope in w changes with b."""


def hessian(x):
    return np.array([2 * np.mean(x**2), 2.0])


# %% wrong="standardize" name="mean added"
"""You add the mean where it should be taken off. Check `np.mean(z)` of your z: it should be 0. Look
at the sign."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x + mean) / std, mean, std


# %% wrong="standardize" name="mean and std rounded"
"""You round the mean and the standard deviation before you use them, so that z is only nearly
right. Check `np.mean(z)`. Rounding is for printing; look for a `round`."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = round(float(np.mean(x)), 2), round(float(np.std(x)), 2)
    return (x - mean) / std, mean, std


# %% wrong="standardize" name="variance for the std in what is returned"
"""z is right, but you return the variance as the standard deviation. Compute the third number of
`standardize(np.array([0.0, 4.0]))` on paper: it is 2. The root is missing."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, variance = float(np.mean(x)), float(np.var(x))
    return (x - mean) / np.sqrt(variance), mean, variance


# %% wrong="standardize" name="standardised twice over"
"""Your mean is taken off twice: once before the standard deviation is worked out, and once after.
Check `np.mean(z)` of your z: it should be 0."""


def standardize(x):
    if np.max(x) == np.min(x):
        raise ValueError("all x are equal")
    mean, std = float(np.mean(x)), float(np.std(x))
    return (x - 2 * mean) / std, mean, std
