"""The names of a check's questions, in words: `w_zero` of a domain as “w = 0”."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from slopewise.probe.domains import DOMAIN_LABEL

_ORDINARY = "ordinary"

_LABELS = {
    _ORDINARY: "everyday {}",
    "zero": "{} = 0",
    "zeros": "{} all zeros",
    "none": "{} = 0",
    "one": "{} = 1",
    "long": "large {}",
    "tiny": "{} close to 0",
    "small": "small {}",
    "large": "large {}",
    "huge": "very large {}",
    "negative": "negative {}",
    "negative_tiny": "{} just below 0",
    "negative_huge": "{} far below 0",
    "single": "{} of length 1",
    "many": "{} of great length",
    "sizes_mixed": "{} of very different values",
}
"""What each label of `slopewise.probe.domains` says of the argument that it is about."""


def in_words(names: Iterable[str]) -> dict[str, str]:
    """Return the name of every question of a check, in words.

    Args:
        names: of all its questions in turn: which of them `domains.over` has made shows only there.
    """
    names = list(names)
    domains = _domains(names)
    found = {}
    for name in names:
        label = DOMAIN_LABEL.fullmatch(name)
        if name == _ORDINARY:
            found[name] = "everyday values"
        elif label is not None and label[1] in domains:
            found[name] = _LABELS[label[2]].format(label[1])
        else:
            found[name] = name.replace("_", " ")
    return found


def argument_in_words(name: str) -> str:
    """Return what a domain is of, as part of a sentence: x, n_epochs, the learning rate.

    Not every domain is of a parameter, so none stands there as code.
    """
    words = name.split("_")
    return name if min(map(len, words)) < 3 else f"the {' '.join(words)}"


def _domains(names: list[str]) -> frozenset[str]:
    """Of what `domains.over` asks: an author's own `just_below_one` may end alike."""
    labels = [DOMAIN_LABEL.fullmatch(name) for name in names]
    counted = Counter(label[1] for label in labels if label is not None)
    found = {name for name, count in counted.items() if count > 2}
    if _ORDINARY in names:  # what follows it are the others that were made with it
        for label in labels[names.index(_ORDINARY) + 1 :]:
            if label is None:
                break
            found.add(label[1])
    return frozenset(found)
