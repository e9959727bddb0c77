"""What the documents say is so: targets, links, files. And nothing tracked names one machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGET = re.compile(r"\bmake (?:PYTHON=\S+ )?([a-z]+)\b")
CODE = re.compile(r"`([^`\n]+)`|^ {4}(.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(r"^(?:monitor|ui|resources|tests|packaging|docs)/[\w./-]+$")
LONGEST = 400
# Put together here, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(
        (
            r"(?<![\w.$}/])/(?:work|root|home/[a-z]\w*)/(?=\w)",
            r"\bpypi\." + r"org\b",
            r"\bpython" + r"hosted\.org\b",
            r"\bdeb\.debian\." + r"org\b",
            r"\bregistry\.npmjs\." + r"org\b",
        )
    )
)


def tracked() -> list[Path]:
    """Every file of the project that is there; skips outside a git work tree."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git work tree")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def code_in(document: Path) -> list[str]:
    """Everything between backticks or indented, without comments."""
    found = CODE.findall(document.read_text(encoding="utf-8"))
    return [(inline or block).split(" # ")[0].strip() for inline, block in found]


def test_every_make_target_named_exists_and_can_be_planned() -> None:
    made = shutil.which("make")
    if not made:
        pytest.skip("make is not installed")
    named = {m for path in documents() for code in code_in(path) for m in TARGET.findall(code)}
    assert {"run", "test"} <= named
    for target in sorted(named):
        planned = subprocess.run(
            [made, "-n", target], cwd=ROOT, check=False, capture_output=True, text=True
        )
        assert planned.returncode == 0, planned.stderr


def test_the_two_commands_come_first_in_the_readme() -> None:
    commands = re.findall(r"^ {4}(.+)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert [command.split(" # ")[0].strip() for command in commands[:2]] == [
        "make run",
        "make test",
    ]


def test_the_command_line_named_in_the_readme_answers() -> None:
    named = [
        code
        for code in code_in(ROOT / "README.md")
        if code.startswith(".venv/bin/python -m monitor")
    ]
    assert named == [".venv/bin/python -m monitor --help"]
    command = [sys.executable, "-m", "monitor", "--help"]
    answered = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (answered.returncode, answered.stderr) == (0, "")


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    local = [link.split("#")[0] for link in links if "://" not in link and link[0] != "#"]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_every_file_named_in_the_architecture_exists() -> None:
    named = [code for code in code_in(ROOT / "docs" / "architecture.md") if FILE.match(code)]
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_nothing_tracked_names_a_machine_or_a_registry() -> None:
    found = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture, or a feed in another encoding
            continue
        if match := FOREIGN.search(text):
            found[str(path.relative_to(ROOT))] = match.group()
    assert found == {}


def test_no_file_of_code_is_long() -> None:
    code = [path for path in tracked() if path.suffix in {".py", ".sh", ".qss"}]
    lengths = {str(p.relative_to(ROOT)): p.read_text("utf-8").count("\n") for p in code}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
