"""The hostile corpus once more, with the grader itself as an ordinary user: tier 2, and tier 1 where it is tested."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import surroundings, users

# These read files and frames only: who runs them makes no difference.
WITHOUT_A_SANDBOX = [
    "tests/hostile/test_submissions.py",
    "tests/sandbox/test_plain.py",
    "tests/sandbox/test_seccomp.py",
    "tests/sandbox/test_wire.py",
]
ROOT = Path(__file__).resolve().parents[2]
UNWANTED = shutil.ignore_patterns(
    "test", "idlelib", "ensurepip", "tkinter", "lib2to3", "__pycache__", "*.a", "site-packages"
)


def _link(source, target):
    """Link a file instead of copying it where both lie on one disk."""
    try:
        os.link(Path(source).resolve(), target)
    except OSError:
        shutil.copy2(source, target)


def _interpreter_for_everybody(folder):
    """Return an interpreter that another user can start: this one, or a copy of it outside of closed folders."""
    if not surroundings.closed_to_children():
        return sys.executable
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (folder / "bin").mkdir()
    _link(Path(sys.base_prefix, "bin", version), folder / "bin" / version)
    standard = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(standard, folder / "lib" / version, ignore=UNWANTED, copy_function=_link)
    for library in Path(sys.base_prefix, "lib").glob("libpython*"):
        _link(library, folder / "lib" / library.name)
    return str(folder / "bin" / version)


@pytest.fixture
def open_folder():
    """A folder that other users can enter, with the package and its hostile tests; pytest's own would be closed."""
    with tempfile.TemporaryDirectory(prefix="ordinary-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("autograder", "tests/hostile", "tests/sandbox"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy2(ROOT / "pyproject.toml", folder)
        for private in (".hypothesis", "home"):
            (folder / private).mkdir()
            (folder / private).chmod(0o777)
        yield folder


@pytest.mark.skipif(os.geteuid() != 0, reason="this run is already one of an ordinary user")
def test_the_corpus_holds_for_an_ordinary_user(open_folder, record_tier):
    """Every hostile submission meets the same end when the grader is no root: no test fails, none goes missing."""
    uid = users.free_uid()
    packages = [folder for folder in surroundings.library_folders() if Path(folder).is_dir()]
    environment = {
        "HOME": str(open_folder / "home"),
        "TMPDIR": str(open_folder / "home"),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(packages),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [_interpreter_for_everybody(open_folder), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    finished = subprocess.run(
        [*command, "tests/hostile", "tests/sandbox", *(f"--ignore={path}" for path in WITHOUT_A_SANDBOX)],
        cwd=open_folder,
        env=environment,
        user=uid,
        group=uid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout[-6000:] + finished.stderr[-2000:]
    assert "tier 2: tested" in finished.stdout
    record_tier("tier 2", "tested, by a run as an ordinary user")
