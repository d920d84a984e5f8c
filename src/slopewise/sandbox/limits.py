"""What one notebook may use, and the one place where those numbers are checked.

Whoever configures grading makes them, the supervisor of a notebook receives them with its request,
and the notebook's process sets them on itself before it runs a learner's line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from slopewise.errors import KernelError

MIB = 1024 * 1024
GIB = 1024 * MIB

# Below these a notebook cannot even start, or cannot run a first cell.
_LEAST = {
    "memory": 64 * MIB,
    "cpu_seconds": 1,
    "processes": 16,
    "file_size": MIB,
    "open_files": 64,
    "scratch": MIB,
    "shared_memory": MIB,
    "output": 1024,
    "interrupt_grace": 1,
}
# Above these a number is a mistake (a unit mixed up), or no limit at all to the operating system.
_MOST = 1 << 50


@dataclass(frozen=True)
class Limits:
    """Limits of one notebook. Sizes are in bytes, times in seconds; every one is a whole number.

    Made by whoever configures grading, checked when it is made: a number that makes no sense
    raises :class:`KernelError` with one line that names the setting.
    """

    memory: int = 2 * GIB
    """Private memory of one process, and of all together, on top of what the warm one gave it."""
    cpu_seconds: int = 600
    """CPU time of one process; the notebook is ended when it has used it."""
    processes: int = 64
    """Processes and threads together. A notebook itself needs two, torch none of its own."""
    file_size: int = 128 * MIB
    """Size of one file."""
    open_files: int = 256
    """Open files of one process."""
    scratch: int = 256 * MIB
    """Size of the working folder, and of /tmp; both live in memory and vanish with the notebook."""
    shared_memory: int = 64 * MIB
    """Size of /dev/shm."""
    output: int = 8 * MIB
    """What is kept of one notebook's output. Whoever reads the output has to enforce this one."""
    interrupt_grace: int = 5
    """How long a cell may go on after an interrupt before the notebook is ended."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            least = _LEAST[field.name]
            if isinstance(value, bool) or not isinstance(value, int):
                raise KernelError(f"limit '{field.name}' must be a whole number, not {value!r}")
            if not least <= value <= _MOST:
                raise KernelError(
                    f"limit '{field.name}' must be between {least} and {_MOST}, not {value}"
                )

    @classmethod
    def from_settings(cls, settings: Mapping[str, object]) -> Limits:
        """Limits from a mapping of names to numbers; what is not named keeps its default.

        Called where settings are read, and by a notebook's supervisor. Raises
        :class:`KernelError` for a name that does not exist.
        """
        known = {field.name for field in fields(cls)}
        for name in settings:
            if name not in known:
                raise KernelError(
                    f"there is no limit called {name!r}; there are: {', '.join(sorted(known))}"
                )
        return cls(**settings)  # type: ignore[arg-type]  # checked in __post_init__

    def as_settings(self) -> dict[str, int]:
        """The limits as a plain mapping, to be sent to a supervisor or kept in a configuration."""
        return asdict(self)
