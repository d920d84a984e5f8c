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
# # What is typical?
#
# *Aim: describe a column of numbers by its middle, and say which middle you mean.*
#
# **About 25 minutes.**
#
# A café has counted the cups that it sold on each day of four weeks. The table is in the file
# `cups.csv` beside this notebook.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from slopewise import expect, letter_of, tutor

cups = pd.read_csv("cups.csv")
print(cups.head())
print(len(cups), "days,", int(cups["cups"].isna().sum()), "of them without a number")

# %% [markdown]
# ## 1 · Look first
#
# **Predict:** which days stand out? Then run.

# %%
plt.hist(cups["cups"], bins=range(40, 261, 20), edgecolor="white")
plt.xlabel("cups sold in a day")
plt.ylabel("days")
plt.show()

# %% [markdown]
# Most days lie between 50 and 130 cups. One lies far outside.
#
# **Question `pulled` (2 points).** Somebody mistyped that day: 240 in the place of 84. When it
# is put right, what changes most?
#
# (a) the mean \
# (b) the median \
# (c) the number of days

# %% exercise="pulled"
pulled = None  # put your letter here, in quotes: "a", "b" or "c"
### BEGIN SOLUTION
pulled = "a"
### END SOLUTION

# %% check="pulled" points=2
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(letter=lambda: pulled)
### END HIDDEN TESTS
assert letter_of(pulled) in ("a", "b", "c"), 'put a letter in quotes: "a", "b" or "c"'
print("visible checks passed: an answer is there (whether it is right, grading tells)")

# %% [markdown]
# ## 2 · A middle for each day
#
# **Exercise `typical_day` (5 points).** A Saturday is not a Monday. Return what is typical of each
# day of the week: the *median* of its cups, as a Series with the days as its index. Days without a
# number do not count.
#
# <details><summary>Hint 1</summary>
#
# `table.groupby("day")` puts the rows of each day together.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Of a grouped column, pandas can take the mean, the sum or the median. It leaves out what is
# missing by itself.
#
# </details>


# %% exercise="typical_day"
def typical_day(table):
    """Return the median of `cups` for each `day`.

    A Series named `cups`; its index, named `day`, has the days in ABC order.

    table: a DataFrame with the columns `day` (text) and `cups` (numbers, some missing).
    """
    ### BEGIN SOLUTION
    return table.groupby("day")["cups"].median()
    ### END SOLUTION


# %% check="typical_day" points=5
### BEGIN HIDDEN TESTS
import pandas
from slopewise import observe

week = pandas.DataFrame(
    {
        "day": ["Tue", "Mon", "Tue", "Mon", "Tue", "Mon", "Tue"],
        "cups": [50.0, 90.0, 58.0, 61.0, 300.0, 66.0, 51.0],
    }
)
gaps = pandas.DataFrame({"day": ["Sun", "Fri", "Sun", "Sun"], "cups": [7.0, 12.0, None, 20.0]})
observe(
    two_days=lambda: typical_day(week),
    a_number_is_missing=lambda: typical_day(gaps),
    other_columns_do_not_matter=lambda: typical_day(week.assign(week=[1, 1, 2, 2, 3, 3, 4])),
)
### END HIDDEN TESTS
check = pd.DataFrame(
    {"day": ["Wed", "Sat", "Wed", "Wed", "Sat"], "cups": [60.0, 110.0, 70.0, 230.0, None]}
)
days = pd.Index(["Sat", "Wed"], name="day")
tutor(
    "typical_day",
    five_rows_one_without_a_number=expect(
        lambda: typical_day(check), pd.Series([110.0, 70.0], index=days, name="cups")
    ),
)
result = typical_day(check)
assert result["Wed"] == 70, f"Wednesday: {result['Wed']}, expected 70"
assert result["Sat"] == 110, f"Saturday: {result['Sat']}, expected 110"
print("visible checks passed: typical_day")

# %%
print(typical_day(cups))

# %% [markdown]
# ## 3 · In your words
#
# **Question `honest` (3 points).** The café writes on its door: “We sell about 85 cups a day.” The
# mean of the table says so. In two or three sentences: is that an honest sentence? Which number
# would you write there, and for whom?

# %% [markdown] manual="honest" points=3
# It is correct and misleading. The mean is drawn upwards by the weekend and by one day that was
# probably mistyped; on most weekdays fewer than 70 cups are sold. A guest on a Tuesday is better
# served by the median of the weekdays, the landlord by the mean, which times 28 is the total.
