"""Whether this machine can build the box, found out by building one.

Called by ``slopewise doctor`` and by whoever wants to say so before a long run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

from slopewise.errors import BoxError, KernelError


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was looked at."""

    name: str
    ok: bool
    advice: str
    """What to do about it; empty when it is well."""


def check() -> tuple[Diagnosis, ...]:
    """Look at everything a boxed notebook needs, each with what to do if it is missing.

    What comes after a missing thing and depends on it is not looked at.
    """
    if not sys.platform.startswith("linux"):
        return (
            Diagnosis(
                "operating system",
                False,
                f"boxed notebooks need Linux, and this is {sys.platform}:"
                " grade in a Linux machine, container or WSL",
            ),
        )
    from slopewise.sandbox import runtime
    from slopewise.sandbox.box import bubblewrap

    findings = [Diagnosis("operating system", True, "")]
    try:
        runtime.runtime_folder()
    except KernelError as error:
        findings.append(Diagnosis("folder for sockets", False, str(error)))
    else:
        findings.append(Diagnosis("folder for sockets", True, ""))
    try:
        bubblewrap.bubblewrap()
    except BoxError as error:
        findings.append(Diagnosis("bubblewrap", False, str(error)))
        return tuple(findings)
    findings.append(Diagnosis("bubblewrap", True, ""))
    findings.append(_probe())
    return tuple(findings)


def _probe() -> Diagnosis:
    """Build a box with the real command line, and let it end at once."""
    from slopewise.sandbox.box import bubblewrap, user_namespace
    from slopewise.sandbox.limits import Limits

    namespace = user_namespace.make_user_namespace()
    try:
        policy = bubblewrap.standard_policy(Limits(), namespace)
        null = os.open(os.devnull, os.O_WRONLY)
        try:
            result = subprocess.run(
                policy.command([], null),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                pass_fds=[null] if namespace is None else [null, namespace],
                timeout=20,
                check=False,
            )
        finally:
            os.close(null)
    except (OSError, subprocess.SubprocessError) as error:
        return Diagnosis("the box", False, f"bubblewrap cannot be run: {error}")
    finally:
        if namespace is not None:
            os.close(namespace)
    if result.returncode != 0:
        return Diagnosis(
            "the box", False, bubblewrap.explain(result.stderr.decode(errors="replace"))
        )
    return Diagnosis("the box", True, "")
