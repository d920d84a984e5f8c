"""The names of a check's questions in a learner's words."""

from __future__ import annotations

from slopewise import domains
from slopewise.scoring.questions import argument_in_words, in_words


def test_what_a_domain_asks_is_told_in_words() -> None:
    asked = domains.over(
        lambda x, w, n_epochs: (x, w, n_epochs),
        x=domains.arrays(),
        w=domains.numbers(),
        n_epochs=domains.counts(),
    )
    told = in_words(["three_points", *asked])
    assert told["three_points"] == "three points"
    assert told["ordinary"] == "everyday values"
    assert told["x_zeros"] == "x all zeros"
    assert told["x_sizes_mixed"] == "x of very different values"
    assert (told["w_zero"], told["n_epochs_none"]) == ("w = 0", "n_epochs = 0")
    assert told["w_negative_tiny"] == "w just below 0"
    assert len(set(told.values())) == len(asked) + 1
    assert not [name for name in told.values() if name.endswith(("many", "single", "huge"))]


def test_an_authors_own_name_stays_as_it_is() -> None:
    told = in_words(["just_below_one", "slope_is_zero", "very_small", "far_above_one"])
    assert list(told.values()) == ["just below one", "slope is zero", "very small", "far above one"]


def test_an_argument_is_called_what_reads_well() -> None:
    names = ["x", "n_epochs", "learning_rate", "gradient"]
    assert [argument_in_words(name) for name in names] == [
        *("x", "n_epochs"),
        *("the learning rate", "the gradient"),
    ]
