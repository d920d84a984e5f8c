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
# # A step that remembers
#
# *Aim: give gradient descent a velocity, and see what it does on loss = w².*
#
# **About 20 minutes.**
#
# **Before you start.** You need lesson 3: the slope of w² is 2w.

# %% [markdown]
# ## 1 · One step
#
# So far a step looked at the slope here and now. With *momentum* a step also keeps a share `beta`
# of the step before:
#
# - the new velocity is `beta * velocity - learning_rate * gradient`;
# - the new weight is the old one plus the new velocity.
#
# **Predict:** the weight is 10, the velocity 0, the gradient 20, the learning rate 0.1, beta 0.9.
# Where does the first step land?
#
# **Exercise `momentum_step` (12 points).** Write one step.

# %% exercise="momentum_step"
def momentum_step(w, velocity, gradient, learning_rate, beta):
    """Return the new weight and the new velocity, two floats."""
    ### BEGIN SOLUTION
    velocity = beta * velocity - learning_rate * gradient
    return w + velocity, velocity
    ### END SOLUTION


# %% check="momentum_step" points=12
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(
    at_rest=lambda: momentum_step(3.0, 0.0, 5.0, 0.2, 0.7),
    moving=lambda: momentum_step(3.0, -1.5, 5.0, 0.2, 0.7),
    no_memory=lambda: momentum_step(-4.0, 2.5, -6.0, 0.3, 0.0),
)
### END HIDDEN TESTS
w, velocity = momentum_step(10.0, 0.0, 20.0, 0.1, 0.9)
assert abs(w - 8) < 1e-6, f"w is {w}, expected 8. Does the velocity point downhill (a minus)?"
assert abs(velocity + 2) < 1e-6, f"the velocity is {velocity}, expected -2"
print("visible checks passed: a first step from rest")

# %% [markdown]
# ## 2 · Many steps
#
# **Predict:** with beta = 0 the weight comes closer to 0 from one side. What will it do with
# beta = 0.9? Then run.

# %%
for beta in (0.0, 0.9):
    w, velocity = 10.0, 0.0
    path = [w]
    for _ in range(8):
        w, velocity = momentum_step(w, velocity, 2 * w, 0.1, beta)
        path.append(w)
    print(f"beta = {beta}:", ", ".join(f"{w:.1f}" for w in path))

# %% [markdown]
# **Question `overshoot` (8 points).** Why does the weight with beta = 0.9 run past 0?
#
# (a) The learning rate is too large for w². \
# (b) At w = 0 the slope is 0, and the velocity is not. \
# (c) The gradient was not zeroed.

# %% exercise="overshoot"
overshoot = None  # put your letter here, in quotes: "a", "b" or "c"
### BEGIN SOLUTION
overshoot = "b"
### END SOLUTION

# %% check="overshoot" points=8
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(letter=lambda: overshoot)
### END HIDDEN TESTS
from slopewise import letter_of

assert letter_of(overshoot) in ("a", "b", "c"), 'put a letter in quotes: "a", "b" or "c"'
print("visible checks passed: an answer is there (whether it is right, grading tells)")

# %% [markdown]
# In this lesson you gave the step a memory, and saw it run past the bottom and swing back.
