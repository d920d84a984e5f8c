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
# # Known answers to 06-momentum

# %% right="momentum_step" name="another name"
"""The old velocity keeps its name."""


def momentum_step(w, velocity, gradient, learning_rate, beta):
    change = beta * velocity - learning_rate * gradient
    return w + change, change


# %% wrong="momentum_step" name="uphill"
"""Your velocity points uphill: subtract `learning_rate * gradient`, do not add it."""


def momentum_step(w, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity + learning_rate * gradient
    return w + velocity, velocity


# %% wrong="momentum_step" name="no memory"
"""Your step forgets the one before: the new velocity keeps the share `beta` of the old one."""


def momentum_step(w, velocity, gradient, learning_rate, beta):
    velocity = -learning_rate * gradient
    return w + velocity, velocity


# %% wrong="momentum_step" name="old velocity"
"""You move by the velocity from before the update. Make the new velocity first, then move by it."""


def momentum_step(w, velocity, gradient, learning_rate, beta):
    return w + velocity, beta * velocity - learning_rate * gradient


# %% right="overshoot" name="b"
"""The velocity carries the weight on."""
overshoot = "b"

# %% wrong="overshoot" name="rate"
"""With beta = 0 the same learning rate did not run past 0. What is different with beta = 0.9?"""
overshoot = "a"

# %% wrong="overshoot" name="zeroing"
"""There is no autograd here: the slope 2w is worked out afresh at each step."""
overshoot = "c"
