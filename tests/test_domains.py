"""Domains: a check gets every kind of input by naming what an argument may be."""

from __future__ import annotations

import numpy as np
import pytest

from slopewise import domains, near
from slopewise.probe.domains import DOMAIN_LABEL
from slopewise.probe.observe import Probe, _isolate


def ask(probe: Probe) -> object:
    return _isolate(probe).function()


def test_each_value_out_of_the_ordinary_has_a_probe_of_its_own() -> None:
    probes = domains.over(
        lambda x, w: (x.tolist(), w),
        x=domains.arrays((3,)).without("many"),
        w=domains.numbers(1.7),
        relative=1e-3,
    )
    assert next(iter(probes)) == "ordinary"
    assert {"w_zero", "w_huge", "w_negative_tiny", "x_single", "x_zeros"} < set(probes)
    assert "x_many" not in probes
    assert len(probes) == 1 + 6 + 8
    assert all(probe.relative == 1e-3 for probe in probes.values())
    ordinary, zero = ask(probes["ordinary"]), ask(probes["w_zero"])
    assert isinstance(ordinary, tuple)
    assert isinstance(zero, tuple)
    assert zero == (ordinary[0], 0.0)
    assert ordinary[1] == 1.7


def test_values_are_many_sizes_and_the_same_every_time() -> None:
    sizes = {label: abs(float(str(value))) for label, value in domains.numbers().values}
    assert sizes["huge"] / sizes["tiny"] > 1e8
    assert sizes["tiny"] < sizes["small"] < sizes["ordinary"] < sizes["large"] < sizes["huge"]
    one, other = (dict(domains.arrays((5, 2)).values) for _ in range(2))
    for label, value in one.items():
        assert isinstance(value, np.ndarray)
        assert value.dtype == np.float32
        assert value.shape[1:] == (2,)
        assert np.array_equal(value, np.asarray(other[label])), label
        if label not in ("zeros", "single"):
            assert len(np.unique(value)) == value.size, label
    assert dict(domains.counts(zero=False).values) == {"ordinary": 4, "one": 1, "long": 150}


def test_a_weight_stays_with_its_probe() -> None:
    (ordinary, *_) = domains.over(lambda w: w, w=domains.numbers(1.5)).values()
    heavy = near(ordinary.function, relative=1e-3, weight=7)
    assert _isolate(heavy).weight == heavy.weight == 7
    assert _isolate(heavy).function() == 1.5
    for weight in (0, 101, 2.5):
        with pytest.raises(ValueError, match="a weight is a whole number from 1 to 100"):
            near(lambda: 1, weight=weight)  # type: ignore[arg-type]


def test_a_probe_that_spoils_its_input_spoils_no_other() -> None:
    def spoil(x: np.ndarray) -> list[float]:
        x *= 0
        return [float(value) for value in x]

    shared = domains.values(first=np.array([1.0]), second=np.array([2.0]))
    probes = domains.over(spoil, x=shared)
    assert [ask(probe) for probe in probes.values()] == [[0.0], [0.0]]
    assert float(np.asarray(shared.values[0][1])[0]) == 1.0


def test_an_authors_mistake_is_one_clear_line() -> None:
    with pytest.raises(TypeError, match="parameters are x, w, the domains are of x"):
        domains.over(lambda x, w: x, x=domains.numbers())
    with pytest.raises(TypeError, match="lambda or a function of the cell"):
        domains.over(abs, x=domains.numbers())
    with pytest.raises(ValueError, match="no value labelled hugest"):
        domains.numbers().without("hugest")
    both = domains.numbers(2.0) | domains.values(half=0.5)
    assert both.values[0] == ("ordinary", 2.0)
    assert both.values[-1] == ("half", 0.5)


def test_a_probe_of_a_domain_says_which_argument_it_is_about() -> None:
    made = domains.over(
        lambda some_x, w, n: (some_x, w, n),
        some_x=domains.arrays(),
        w=domains.numbers(),
        n=domains.counts(),
    )
    found = {name: DOMAIN_LABEL.fullmatch(name) for name in made if name != "ordinary"}
    assert {name: match and match[1] for name, match in found.items()} == {
        name: "some_x" if name.startswith("some_x") else name[0] for name in found
    }
