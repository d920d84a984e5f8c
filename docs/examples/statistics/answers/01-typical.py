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
# # Known answers to 01-typical

# %% right="pulled" name="a"
"""The mean adds up all values."""

pulled = "a"

# %% wrong="pulled" name="the median moves"
"""240 and 84 both lie above the middle, so the median stays. What adds up all days?"""
pulled = "b"

# %% wrong="pulled" name="days"
"""The day stays a day, whatever was sold on it."""
pulled = "c"

# %% right="typical_day" name="a loop"
"""Day by day."""


def typical_day(table):
    import pandas as pd

    days = sorted(set(table["day"]))
    medians = [table.loc[table["day"] == day, "cups"].dropna().median() for day in days]
    return pd.Series(medians, index=pd.Index(days, name="day"), name="cups")


# %% wrong="typical_day" name="mean"
"""That is the mean of each day, which one odd day pulls away. Take the median."""


def typical_day(table):
    return table.groupby("day")["cups"].mean()


# %% wrong="typical_day" name="missing as zero"
"""A day without a number is not a day without guests: leave it out, do not count it as 0."""


def typical_day(table):
    return table.fillna({"cups": 0}).groupby("day")["cups"].median()


# %% wrong="typical_day" name="a table"
"""Return a Series, one column: choose `cups` before you take the median."""


def typical_day(table):
    return table[["day", "cups"]].groupby("day").median()


# %% wrong="typical_day" name="all days"
"""That is one number for all days. Put the rows of each day together first."""


def typical_day(table):
    return float(table["cups"].median())
