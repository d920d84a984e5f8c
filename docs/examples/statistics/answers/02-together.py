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
# # Known answers to 02-together

# %% right="standardised" name="column by column"
"""One column after the other."""


def standardised(table):
    scaled = table.copy()
    for name in table:
        scaled[name] = (table[name] - table[name].mean()) / table[name].std()
    return scaled


# %% wrong="standardised" name="n in the place of n - 1"
"""Your standard deviation divides by n (`ddof=0`). Take pandas' own, which divides by n − 1."""


def standardised(table):
    return (table - table.mean()) / table.std(ddof=0)


# %% wrong="standardised" name="brackets"
"""Only the mean is divided. Put brackets around the difference."""


def standardised(table):
    return table - table.mean() / table.std()


# %% wrong="standardised" name="not divided"
"""The columns have a mean of 0, and each still has its own unit. Divide by the deviation."""


def standardised(table):
    return table - table.mean()


# %% wrong="standardised" name="from 0 to 1"
"""That brings each column onto 0 to 1. Asked is the distance from the mean, in deviations."""


def standardised(table):
    return (table - table.min()) / (table.max() - table.min())


# %% right="at_fifteen" name="read off"
"""Read off the picture."""
at_fifteen = 31

# %% wrong="at_fifteen" name="the mean"
"""That is the mean of all days, and it belongs to the mean temperature."""
at_fifteen = 52
