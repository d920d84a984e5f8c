"""What a page's content security policy names a script or a style by."""

from __future__ import annotations

import base64
import hashlib


def digest(text: str) -> str:
    """Return the SHA-256 of a script's or a style's text in base64, to stand after `sha256-`."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
