"""What Reddit itself once answered: praw's recordings, beside the project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.loopback import Reply


def recorded(shared: Path, wanted: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Request and response of every recording whose method and address hold the words."""
    for file in sorted((shared / "fixtures" / "reddit").rglob("*.json")):
        for one in json.loads(file.read_text("utf-8"))["interactions"]:
            if wanted in f"{one['request']['method']} {one['request']['uri']}":
                yield one["request"], one["response"]


def replied(response: dict[str, Any]) -> Reply:
    body = response.get("json")
    content = json.dumps(body) if body is not None else response.get("text", "")
    status = response["status"]
    return Reply(status["code"] if isinstance(status, dict) else status, {}, content.encode())
