"""Clients that notice at once that a kernel is ready.

jupyter_client's own wait ends with 0.2 s of listening for messages that do not come, and its
sockets try a missing address again only after a while. Ours listen before the kernel exists, and
the kernel greets every subscriber, so nothing has to be waited for but the two answers.
"""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_core.utils import ensure_async, run_sync


async def _wait_for_ready(client: Any, timeout: float | None = None) -> None:
    """Wait for the kernel's answer and for the greeting on its channel of outputs.

    Raises RuntimeError when the kernel dies first or ``timeout`` seconds have passed; None waits
    for ever.
    """
    end = None if timeout is None else time.monotonic() + timeout
    request = client.kernel_info()
    answered = greeted = False
    while not (answered and greeted):
        channel = client.iopub_channel if answered else client.shell_channel
        try:
            message = await ensure_async(channel.get_msg(timeout=0.5))
        except Empty:
            if not await client._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info") from None
            if end is not None and time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds") from None
            continue
        if answered:
            greeted = True
        elif message["parent_header"].get("msg_id") == request:
            client._handle_kernel_info_reply(message)
            answered = True


class QuickAsyncClient(AsyncKernelClient):
    """The asynchronous client."""

    wait_for_ready = _wait_for_ready


class QuickBlockingClient(BlockingKernelClient):
    """The blocking client."""

    wait_for_ready = run_sync(_wait_for_ready)


def make_quick(manager: Any) -> None:
    """Let a kernel manager make quick clients, unless somebody has chosen a class of their own."""
    if manager.client_factory is AsyncKernelClient:
        manager.client_factory = QuickAsyncClient
    elif manager.client_factory is BlockingKernelClient:
        manager.client_factory = QuickBlockingClient
