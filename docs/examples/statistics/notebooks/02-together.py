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
# # Two columns together
#
# *Aim: measure how far two columns go together, and say what that does not prove.*
#
# **About 25 minutes.**
#
# On 24 days the café wrote down the temperature at noon, in °C, and how many ices it sold. The
# table is in `ice.csv`.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from slopewise import expect, tutor

ice = pd.read_csv("ice.csv")
print(ice.head())

# %%
plt.scatter(ice["temperature"], ice["ices"])
plt.xlabel("temperature at noon, °C")
plt.ylabel("ices sold")
plt.show()

# %% [markdown]
# ## 1 · On one scale
#
# Degrees and ices cannot be compared. What can be compared is how far a value lies from its
# column's mean, in standard deviations.
#
# **Exercise `standardised` (4 points).** Bring every column of a table onto that scale. Take
# pandas' own standard deviation, which divides by n − 1.
#
# <details><summary>Hint 1</summary>
#
# `table.mean()` is a Series: one number for each column. pandas subtracts it from each row.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# First subtract the mean, then divide what is left. Mind the brackets.
#
# </details>


# %% exercise="standardised"
def standardised(table):
    """Return a DataFrame of the same shape: each column with mean 0 and standard deviation 1.

    table: a DataFrame of numbers, each column with at least two different values.
    """
    ### BEGIN SOLUTION
    return (table - table.mean()) / table.std()
    ### END SOLUTION


# %% check="standardised" points=4
### BEGIN HIDDEN TESTS
import pandas
from slopewise import observe

small = pandas.DataFrame({"a": [1.0, 2.0, 6.0, 7.5], "b": [-300.0, 120.0, 40.0, 41.0]})
observe(
    two_columns=lambda: standardised(small),
    one_column=lambda: standardised(small[["b"]] * 1000),
    own_index=lambda: standardised(small.set_axis(["w", "x", "y", "z"])),
)
### END HIDDEN TESTS
check = pd.DataFrame({"x": [1.0, 3.0], "y": [10.0, 50.0]})
tutor(
    "standardised",
    two_rows=expect(
        lambda: standardised(check),
        pd.DataFrame({"x": [-0.7071068, 0.7071068], "y": [-0.7071068, 0.7071068]}),
    ),
)
result = standardised(check)
assert abs(result["x"].sum()) < 1e-9, f"the column x has a mean of {result['x'].mean()}, not 0"
assert abs(result["x"].std() - 1) < 1e-9, "the column x has not a standard deviation of 1"
print("visible checks passed: standardised")

# %% [markdown]
# Where both are above their mean on the same days, the products of the two columns are mostly
# positive. Their sum, divided by n − 1, is the *correlation*.

# %%
both = standardised(ice)
correlation = (both["temperature"] * both["ices"]).sum() / (len(ice) - 1)
print(f"correlation: {correlation:.2f}")

# %% [markdown]
# ## 2 · A line
#
# **Question `at_fifteen` (3 points).** Draw, in your head or with a ruler, the line that follows
# the points best. About how many ices does it promise for 15 °C? A whole number that is off by no
# more than 5 will do. (You may calculate: the slope is the correlation times the standard
# deviation of `ices`, divided by that of `temperature`, and the line goes through both means.)

# %% exercise="at_fifteen"
at_fifteen = None  # put your number here
### BEGIN SOLUTION
slope = correlation * ice["ices"].std() / ice["temperature"].std()
at_fifteen = float(ice["ices"].mean() + slope * (15 - ice["temperature"].mean()))
### END SOLUTION

# %% check="at_fifteen" points=3
### BEGIN HIDDEN TESTS
from slopewise import near, observe

observe(ices=near(lambda: at_fifteen and float(at_fifteen), absolute=5))
### END HIDDEN TESTS
assert isinstance(at_fifteen, (int, float)), "put a number in, without quotes"
print("visible checks passed: a number is there (whether it is right, grading tells)")

# %% [markdown]
# ## 3 · In your words
#
# **Question `cause` (3 points).** On the same days, more people had a sunburn when more ices were
# sold; the correlation is high. A newspaper writes: “Ice cream burns the skin.” In two or three
# sentences: what else explains the number, and what would one have to do to find out?

# %% [markdown] manual="cause" points=3
# The sun explains both: on hot days people buy ices and burn. The two numbers go together without
# either causing the other. To find out, one would compare days of the same weather, or give ices to
# people drawn by lot and see who burns.
