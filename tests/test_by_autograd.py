"""Whether autograd found a slope is seen whichever public way an answer takes to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from slopewise import by_autograd, walked_back
from slopewise.errors import NotByAutogradError

torch = pytest.importorskip("torch")
# PyTorch's own forward mode uses what PyTorch calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated")


def loss(weight: Any) -> Any:
    return ((weight * torch.tensor([1.0, 2.0]) - 3) ** 2).mean()


def backward(w: float) -> float:
    weight = torch.tensor(w, requires_grad=True)
    loss(weight).backward()
    return float(weight.grad)


WAYS: dict[str, Callable[[float], float]] = {
    "backward": backward,
    "autograd.grad": lambda w: float(
        torch.autograd.grad(loss(leaf := torch.tensor(w, requires_grad=True)), leaf)[0]
    ),
    "autograd.functional": lambda w: float(
        torch.autograd.functional.jacobian(loss, torch.tensor(w))
    ),
    "func.grad": lambda w: float(torch.func.grad(loss)(torch.tensor(w))),
    "func.jacrev": lambda w: float(torch.func.jacrev(loss)(torch.tensor(w))),
    "func.vjp": lambda w: float(torch.func.vjp(loss, torch.tensor(w))[1](torch.tensor(1.0))[0]),
    "func.jvp": lambda w: float(torch.func.jvp(loss, (torch.tensor(w),), (torch.tensor(1.0),))[1]),
    "func.jacfwd": lambda w: float(torch.func.jacfwd(loss)(torch.tensor(w))),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_public_way_counts(way: str) -> None:
    assert by_autograd(WAYS[way], 0.5) == pytest.approx(-6.5)
    assert walked_back(WAYS[way], 0.5)


@pytest.mark.parametrize(
    "way",
    [
        lambda w: 5 * w - 9,
        lambda w: float(loss(torch.tensor(w + 0.5)) - loss(torch.tensor(w - 0.5))),
        lambda w: loss(torch.tensor(w, requires_grad=True)).item(),
    ],
)
def test_a_number_found_otherwise_is_refused(way: Callable[[float], float]) -> None:
    with pytest.raises(NotByAutogradError, match="no slope was found by autograd"):
        by_autograd(way, 0.5)
    assert not walked_back(way, 0.5)


def test_each_pass_is_asked_for() -> None:
    def once_of_three(w: float) -> float:
        return backward(w) + 2 * (5 * w - 9)

    assert by_autograd(lambda w: backward(w) + backward(w), 0.5, passes=2) == pytest.approx(-13)
    with pytest.raises(NotByAutogradError):
        by_autograd(once_of_three, 0.5, passes=3)


def test_what_the_function_raises_comes_through() -> None:
    def fails(before: bool) -> float:
        if not before:
            backward(0.5)
        raise AttributeError("no zero_")

    with pytest.raises(AttributeError, match="no zero_"):
        by_autograd(fails, True)
    assert not walked_back(fails, True)
    assert walked_back(fails, False)


def test_what_is_not_written_is_not_judged() -> None:
    def stub() -> None:
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        walked_back(stub)
