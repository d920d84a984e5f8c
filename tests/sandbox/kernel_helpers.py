"""A running kernel for the tests, used through jupyter_client as nbclient uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from traitlets.config import Config

from slopewise import sandbox


@dataclass
class Result:
    """What one cell did."""

    text: str = ""
    """Everything printed, and the plain text of results."""
    error: str = ""
    """Name and message of the exception, or an empty text."""
    mime_types: list[str] = field(default_factory=list)


class Kernel:
    """A running kernel, through jupyter_client as nbclient uses it."""

    def __init__(self, folder: Path | None, **settings: Any) -> None:
        config = Config()
        sandbox.configure(config, **settings)
        self.manager = KernelManager(kernel_name=sandbox.KERNEL_NAME, config=config)
        self.manager.start_kernel(cwd=str(folder) if folder else None)
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self._closed = False

    def run(self, code: str, timeout: float = 30) -> Result:
        """Run a cell; raises TimeoutError when it takes too long or the kernel dies."""
        result = Result()

        def take(message: dict[str, Any]) -> None:
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "stream":
                result.text += content["text"]
            elif kind in ("execute_result", "display_data"):
                result.mime_types += list(content["data"])
                result.text += str(content["data"].get("text/plain", ""))
            elif kind == "error":
                result.error = f"{content['ename']}: {content['evalue']}"

        self.client.execute_interactive(
            code, timeout=timeout, output_hook=take, stop_on_error=False
        )
        return result

    def close(self) -> None:
        """Shut the kernel down, as nbclient does."""
        if self._closed:
            return
        self._closed = True
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    def start(self, code: str) -> None:
        """Start a cell and do not wait for it."""
        self.client.execute(code, stop_on_error=False)

    @property
    def pid(self) -> int:
        """The kernel's process, as seen from outside its box."""
        return int(self.manager.provisioner.pid)  # type: ignore[union-attr]

    @property
    def folder(self) -> Path:
        """The folder of its sockets."""
        return Path(self.manager.ip).parent


KernelMaker = Callable[..., Kernel]
