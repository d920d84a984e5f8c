"""A shell, without which pictures are told and not displayed."""

import warnings

import pytest
from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture(autouse=True)
def shell() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        InteractiveShell.instance()
