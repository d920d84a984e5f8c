"""The floor: learners' own cells, in a process that has imported everything already.

Reads notebooks' paths from the command line; prints the CPU seconds of each as JSON. Each notebook
has a fork of its own and a bare IPython shell without kernel, messages, box or grader. With
``--frozen`` Python's collector of garbage leaves alone what the warm process has imported, as it
does in Slopewise's kernels; otherwise a fork that collects copies every page that lies on.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from slopewise.figures import _style


def floor(notebooks: Sequence[Path], *, pictures: bool, frozen: bool = False) -> float:
    """Return the CPU seconds of all cells of these notebooks, each notebook in a warm fork."""
    mode = "drawn" if pictures else _style.IN_WORDS
    options = ["--frozen"] if frozen else []
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.floor", *options, *map(str, notebooks)],
        cwd=Path(__file__).resolve().parent.parent,
        env={**os.environ, _style.MODE: mode},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(sum(json.loads(result.stdout.splitlines()[-1])))


def main() -> None:
    """Import what the lessons import, then run each notebook in a fork and measure it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--frozen", action="store_true")
    parser.add_argument("notebooks", nargs="*")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["MPLBACKEND"] = "agg"
    # Imported for their effect only: what the forks find loaded is not part of the floor.
    import matplotlib.figure  # noqa: F401
    import nbformat
    import numpy  # noqa: F401
    import torch._dynamo  # noqa: F401
    from IPython.core.interactiveshell import InteractiveShell

    if options.frozen:
        gc.freeze()
    seconds = []
    for name in options.notebooks:
        cells = [
            cell.source
            for cell in nbformat.read(name, as_version=4).cells
            if cell.cell_type == "code" and cell.source.strip()
        ]
        child = os.fork()
        if child == 0:
            try:
                # What is displayed is rendered and thrown away.
                with contextlib.redirect_stdout(io.StringIO()):
                    os.chdir(Path(name).parent)
                    shell = InteractiveShell.instance()
                    for cell in cells:
                        shell.run_cell(cell, store_history=True)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status, usage = os.wait4(child, 0)
        if status != 0:
            raise SystemExit(f"{name}: the floor could not be measured")
        seconds.append(usage.ru_utime + usage.ru_stime)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
