"""setup.sh against the machines that it may meet; every program that it calls is a fake on PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    "basename",
    "bash",
    "cat",
    "chmod",
    "cp",
    "cut",
    "dirname",
    "du",
    "flock",
    "kill",
    "ln",
    "mkdir",
    "mv",
    "rm",
    "tail",
)

# Answers what setup.sh asks of a Python; files beside the calls log steer what fails.
PYTHON = """#!{bash}
here="{state}"
printf '%s\\n' "$*" >>"$here/calls"
case "$*" in
    "-I -V") echo "Python {version}" ;;
    *"version_info < "*) [ {minor} -ge 11 ] ;;
    *"import ensurepip, venv"*) [ ! -e "$here/no-venv" ] ;;
    *"version_info[:2]"*) echo "3.{minor}" ;;
    *"-m venv --clear "*) for target; do :; done
        [ ! -e "$here/venv-fails" ] && mkdir -p "$target/bin" && cp "$0" "$target/bin/python" ;;
    *"-m pip --version"*) ;;
    *"-m pip install"*)
        printf 'pip settings %s\n' "${{PIP_CONFIG_FILE-}}" >>"$here/calls"
        if [ "${{PIP_NO_CACHE_DIR-}}" ]; then echo "pip without cache" >>"$here/calls"; fi
        if [ -e "$here/interrupt" ]; then kill -TERM "$PPID"; exit 1; fi
        if [ -e "$here/no-network" ]; then echo "ERROR: could not find a version"; exit 1; fi ;;
    *"get_int_max_str_digits"*) echo "completed" >>"$here/calls" ;;
    *"import flint"*) [ ! -e "$here/broken-import" ] || {{ echo "ImportError: libgomp" >&2; exit 1; }} ;;
    *) echo "unexpected call: $*" >&2; exit 9 ;;
esac
"""


@dataclass
class Machine:
    """A source folder, a PATH of fakes and a folder whose files steer them."""

    source: Path
    bin: Path
    state: Path

    def python(self, name: str, version: str) -> None:
        text = PYTHON.format(bash=shutil.which("bash"), state=self.state, version=version, minor=version.split(".")[1])
        self.program(name, text)

    def program(self, name: str, text: str) -> None:
        (self.bin / name).unlink(missing_ok=True)  # it may be a link to the machine's own program
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def offer_python(self) -> None:
        """Be root, with an apt-get that installs Python 3.11."""
        bash = shutil.which("bash")
        self.python("ready-python", "3.11.0")
        self.program("id", f"#!{bash}\necho 0\n")
        self.program(
            "apt-get",
            f"#!{bash}\nprintf 'apt %s\\n' \"$*\" >>'{self.state}/calls'\n"
            f"case $1 in install) cp '{self.bin}/ready-python' '{self.bin}/python3.11' ;; esac\n",
        )

    def set(self, flag: str) -> None:
        (self.state / flag).touch()

    def clear(self, flag: str) -> None:
        (self.state / flag).unlink()

    def calls(self, word: str) -> int:
        log = self.state / "calls"
        return sum(word in line for line in log.read_text().splitlines()) if log.exists() else 0

    def setup(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.bin / "bash"), str(self.source / "setup.sh"), *arguments],
            env={"PATH": str(self.bin), "HOME": str(self.state)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def last_words(self, *arguments: str) -> str:
        done = self.setup(*arguments)
        assert done.returncode != 0
        return done.stderr.splitlines()[-1]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    found = Machine(source=tmp_path / "my clone", bin=tmp_path / "bin", state=tmp_path / "state")
    for folder in (found.source, found.bin, found.state):
        folder.mkdir()
    for tool in TOOLS:
        path = shutil.which(tool)
        assert path, f"{tool} is missing on the testing machine"
        (found.bin / tool).symlink_to(path)
    found.program("id", f"#!{shutil.which('bash')}\necho 1000\n")
    for name in ("setup.sh", "requirements.lock", "requirements-workbench.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, found.source / name)
    return found


def stamps(machine: Machine) -> list[str]:
    return sorted(path.name for path in (machine.source / ".venv").glob(".installed*"))


def test_no_python_is_one_clear_sentence(machine):
    """A machine without Python learns what is needed and how to name another one."""
    assert machine.last_words() == (
        "setup: Python 3.11 or newer is needed and no working python3 was found; "
        "install python3.11, or name one in AUTOGRADER_PYTHON."
    )


def test_an_old_python_is_named(machine):
    """The version that was found is told."""
    machine.python("python3", "3.10.12")
    assert machine.last_words() == (
        "setup: Python 3.11 or newer is needed and Python 3.10.12 was found; "
        "install python3.11, or name one in AUTOGRADER_PYTHON."
    )


def test_a_newer_python_beside_an_old_one_is_found(machine):
    """The system's python3 may be old as long as another one is there."""
    machine.python("python3", "3.10.12")
    machine.python("python3.12", "3.12.1")
    done = machine.setup()
    assert (done.returncode, stamps(machine)) == (0, [".installed-requirements"])


def test_a_shim_that_does_not_run_is_passed_over(machine):
    """A name on PATH that cannot start is no Python."""
    machine.program("python3.11", f"#!{shutil.which('bash')}\necho 'not installed' >&2; exit 127\n")
    machine.python("python3", "3.13.0")
    assert machine.setup().returncode == 0


def test_a_missing_venv_module_names_the_package(machine):
    """Debian ships venv apart; who is not root is told what to install."""
    machine.python("python3", "3.11.2")
    machine.set("no-venv")
    python = machine.bin / "python3"
    assert machine.last_words() == (
        f"setup: {python} cannot make virtual environments; install the package "
        "python3.11-venv (as root: apt-get install python3.11-venv)."
    )


def test_root_installs_the_missing_packages(machine):
    """As root, with apt-get, the missing Python is installed beside the system's own, which stays untouched."""
    machine.python("python3", "3.10.12")
    before = (machine.bin / "python3").read_text()
    machine.offer_python()
    assert machine.setup().returncode == 0
    assert machine.calls("apt install -q -y --no-install-recommends python3.11 python3.11-venv") == 1
    assert (machine.bin / "python3").read_text() == before


def test_a_failing_apt_ends_with_the_same_sentence(machine):
    """When apt-get cannot help either, the message is the one about Python."""
    bash = shutil.which("bash")
    machine.program("id", f"#!{bash}\necho 0\n")
    machine.program("apt-get", f"#!{bash}\necho 'E: no such package' >&2; exit 100\n")
    assert machine.last_words().startswith("setup: Python 3.11 or newer is needed")


def test_an_environment_that_cannot_be_made_is_said(machine):
    """A folder that is not writable has its own sentence."""
    machine.python("python3", "3.11.2")
    machine.set("venv-fails")
    assert machine.last_words() == (
        f"setup: could not make the virtual environment {machine.source}/.venv; is the folder writable?"
    )


def test_a_failed_install_leaves_no_stamp_and_is_tried_again(machine):
    """A failed install shows its reason, ends with a sentence, and the next run starts over."""
    machine.python("python3", "3.11.2")
    machine.set("no-network")
    done = machine.setup()
    log = f"{machine.source}/.venv/install.log"
    assert done.returncode != 0
    assert done.stderr.splitlines() == [
        "ERROR: could not find a version",
        f"setup: the packages could not be installed; the reason stands above and in {log}. "
        "Run setup.sh again once it is mended.",
    ]
    assert stamps(machine) == []
    machine.clear("no-network")
    assert (machine.setup().returncode, stamps(machine)) == (0, [".installed-requirements"])


def test_an_interrupted_install_leaves_no_stamp(machine):
    """A kill in the middle of an install, also of an update, must not look finished."""
    machine.python("python3", "3.11.2")
    assert machine.setup().returncode == 0
    with (machine.source / "requirements.lock").open("a") as lock:
        lock.write("# another version\n")
    machine.set("interrupt")
    assert machine.setup().returncode != 0
    assert stamps(machine) == []


def test_packages_that_cannot_be_imported_fail_the_setup(machine):
    """An image that cannot grade must not be built."""
    machine.python("python3", "3.11.2")
    machine.set("broken-import")
    done = machine.setup()
    assert done.returncode != 0
    assert done.stderr.splitlines() == [
        "ImportError: libgomp",
        "setup: the packages were installed but cannot be used; the reason stands above.",
    ]
    assert stamps(machine) == []


def test_the_second_run_installs_nothing(machine):
    """When nothing changed pip is not even started, and nothing is printed."""
    machine.python("python3", "3.11.2")
    assert machine.setup().returncode == 0
    assert machine.calls("pip install") == 1
    done = machine.setup()
    assert (done.returncode, done.stdout, machine.calls("-m pip")) == (0, "", 1)


@pytest.mark.parametrize("change", ["lock", "python"])
def test_a_change_installs_again(machine, change):
    """Other pins, or another Python in the environment, are noticed."""
    machine.python("python3", "3.11.2")
    assert machine.setup().returncode == 0
    if change == "lock":
        with (machine.source / "requirements.lock").open("a") as lock:
            lock.write("# another version\n")
    else:
        python = machine.source / ".venv" / "bin" / "python"
        python.write_text(python.read_text().replace("3.11.2", "3.11.9"))
    assert machine.setup().returncode == 0
    assert machine.calls("pip install") == 2


def test_dev_installs_all_locks_and_serves_plain_runs(machine):
    """After --dev a plain run and one for the workbench find everything done, and the other way round --dev adds its part."""
    machine.python("python3", "3.11.2")
    assert machine.setup().returncode == 0
    assert machine.setup("--dev").returncode == 0
    assert stamps(machine) == [
        ".installed-requirements", ".installed-requirements-dev", ".installed-requirements-workbench"
    ]  # fmt: skip
    assert machine.calls("requirements-dev.lock") == 1
    assert machine.setup().returncode == 0
    assert machine.setup("--workbench").returncode == 0
    assert machine.setup("--dev").returncode == 0
    assert machine.calls("pip install") == 2


def test_an_unknown_argument_is_refused(machine):
    """A typing error must not silently set up something else."""
    assert (
        machine.last_words("--devel")
        == "setup: unknown argument '--devel'; use ./setup.sh, ./setup.sh --workbench or ./setup.sh --dev."
    )


def test_on_the_platform_the_environment_lies_beside_the_source(machine, tmp_path):
    """There the source is a folder of its own, and the environment stays inside the platform's home."""
    machine.python("python3", "3.11.2")
    home = tmp_path / "autograder"
    home.mkdir()
    machine.source.rename(home / "source")
    machine.source = home / "source"
    done = machine.setup()
    assert done.returncode == 0
    assert (home / "venv" / "bin" / "python").exists()
    assert not (home / "source" / ".venv").exists()
    assert "MB of the image." in done.stdout
    assert machine.calls("pip without cache") == 1


def test_on_the_platform_the_keys_are_closed_to_other_users(machine, tmp_path):
    """Student code runs there as another user: it can neither enter the source nor open the course's secret."""
    machine.python("python3", "3.11.2")
    home = tmp_path / "autograder"
    home.mkdir()
    machine.source.rename(home / "source")
    machine.source = home / "source"
    secret = machine.source / "reference" / "hw1" / "secret.key"
    secret.parent.mkdir(parents=True)
    secret.write_text("of the course")
    for path, mode in ((machine.source, 0o755), (secret, 0o644)):
        path.chmod(mode)
    for _ in range(2):  # also when nothing is left to install
        assert machine.setup().returncode == 0
        assert (machine.source.stat().st_mode & 0o777, secret.stat().st_mode & 0o777) == (0o700, 0o600)
        machine.source.chmod(0o755)
        secret.chmod(0o644)


def test_elsewhere_the_source_stays_as_it_is(machine):
    """On a laptop the folder is its owner's business."""
    machine.python("python3", "3.11.2")
    machine.source.chmod(0o755)
    assert machine.setup().returncode == 0
    assert machine.source.stat().st_mode & 0o777 == 0o755


def test_what_only_installing_needs_does_not_stay_in_the_image(machine, tmp_path):
    """On the platform apt's packages are cleaned away; elsewhere they are the machine's own business."""
    machine.offer_python()
    assert machine.setup().returncode == 0
    assert machine.calls("apt clean") == 0
    (machine.bin / "python3.11").unlink()
    home = tmp_path / "autograder"
    home.mkdir()
    machine.source.rename(home / "source")
    machine.source = home / "source"
    machine.program("rm", f"#!{shutil.which('bash')}\nprintf 'rm %s\\n' \"$*\" >>'{machine.state}/calls'\n")
    assert machine.setup().returncode == 0
    assert machine.calls("apt clean") == 1
    assert machine.calls("rm -rf /var/lib/apt/lists/") == 1


def test_further_places_for_packages_come_with_the_zip(machine):
    """Settings of pip that lie beside setup.sh are used."""
    machine.python("python3", "3.11.2")
    (machine.source / "pip.conf").write_text("[global]\n")
    assert machine.setup().returncode == 0
    assert machine.calls(f"pip settings {machine.source}/pip.conf") == 1


def test_scripts_are_executable_and_name_no_host():
    """A fresh clone must be able to run them, and no package host may be wired in."""
    for name in ("setup.sh", "run_autograder", "tests/run", ".ci/run"):
        path = ROOT / name
        assert os.access(path, os.X_OK), f"{name} is not executable"
        assert "://" not in path.read_text(), f"{name} names a host"


def test_a_release_candidate_of_python_is_completed(machine, tmp_path):
    """What Ubuntu 22.04 calls Python 3.11 lacks two functions that torch needs; the environment gets them, others nothing."""
    text = (ROOT / "setup.sh").read_text()
    program = text.split("complete_python() {")[1].split("-I -c '")[1].split("'\n}")[0]
    for lacks in (True, False):
        folder = tmp_path / str(lacks)
        folder.mkdir()
        before = "import sys; del sys.get_int_max_str_digits, sys.set_int_max_str_digits\n" if lacks else ""
        placed = f"import sysconfig; sysconfig.get_path = lambda name: {str(folder)!r}\n"
        subprocess.run([sys.executable, "-I", "-c", before + placed + program], check=True)
        assert [path.name for path in folder.iterdir()] == (["release_candidate.pth"] if lacks else [])
    line = (tmp_path / "True" / "release_candidate.pth").read_text()
    assert line.startswith("import ")  # else the line is a path, not a program
    assert line.count("\n") == 1
    check = "sys.set_int_max_str_digits(9); print(sys.get_int_max_str_digits())"
    done = subprocess.run([sys.executable, "-I", "-c", line + check], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
