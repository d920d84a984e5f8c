"""Running many notebooks: what to run, where, and what was run before.

Knows nothing of scores or of nbgrader. Running one is a pure function, :func:`run`, from a
:class:`Job` to an :class:`Outcome`; :func:`open_pool` gives the place where it runs, this machine
or a Dask cluster; :class:`ResultStore` keeps results by what decides them; :class:`Ahead` joins
the three for whoever asks for one result after the other.
"""

from slopewise.execution.cache import ResultStore
from slopewise.execution.job import CellOutcome, Job, Outcome
from slopewise.execution.pools import DaskPool, LocalPool, Pool, open_pool
from slopewise.execution.prefetch import Ahead, Result
from slopewise.execution.running import run
from slopewise.execution.settings import Settings
from slopewise.notebook.files import File

__all__ = [
    "Ahead",
    "CellOutcome",
    "DaskPool",
    "File",
    "Job",
    "LocalPool",
    "Outcome",
    "Pool",
    "Result",
    "ResultStore",
    "Settings",
    "open_pool",
    "run",
]
