"""Slopewise: gradient descent in five notebooks, with a grader that can be trusted.

Imported in the learner's kernel too, so nothing here imports more than the standard library.
"""

from slopewise.probe import domains
from slopewise.probe.hidden_region import lend
from slopewise.probe.letters import letter_of
from slopewise.probe.means import by_autograd, walked_back, without_module
from slopewise.probe.messages import install
from slopewise.probe.observe import near, observe
from slopewise.probe.tutor import expect, tutor

__all__ = [
    "__version__",
    "by_autograd",
    "domains",
    "expect",
    "lend",
    "letter_of",
    "near",
    "observe",
    "tutor",
    "walked_back",
    "without_module",
]

__version__ = "0.2.0"

install()
