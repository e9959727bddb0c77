"""The locks hold what pyproject.toml asks for, each with its hashes, and agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "packaging" / "locks"
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def read(name: str) -> str:
    return (LOCKS / f"{name}.lock").read_text(encoding="utf-8")


def locked(name: str) -> dict[str, str]:
    return dict(PINNED.findall(read(name)))


def required(*, dev: bool) -> set[str]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(told["project"]["dependencies"])
    if dev:
        wanted += told["dependency-groups"]["dev"]
    names = (NAME.match(requirement) for requirement in wanted)
    return {re.sub(r"[._-]+", "-", name.group()).lower() for name in names if name}


@pytest.mark.parametrize(("lock", "dev"), [("run", False), ("dev", True)])
def test_a_lock_has_everything_required(lock: str, dev: bool) -> None:
    assert required(dev=dev) <= set(locked(lock))


def test_the_tests_run_with_the_versions_people_get() -> None:
    assert locked("run").items() <= locked("dev").items()


@pytest.mark.parametrize("lock", ["run", "dev", "model"])
def test_every_locked_package_has_hashes_and_no_index(lock: str) -> None:
    text = read(lock)
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in package for package in packages if package.strip())
    assert "://" not in text
