"""Where the time of a run goes, and who may see it."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from autograder import cli
from autograder.engine.profile import Profile, Took, as_data, table
from autograder.gradescope import run_on_platform
from autograder.processes import (
    THREADS,
    family,
    loading,
    one_thread_each,
    processor_seconds,
    proportional_memory,
    seconds_since_start,
)
from tests.tiny import library

MIB = 1 << 20
TAKEN = (
    Took(stage="start", part="", wall=0.5, cpu=0.25, memory=30 * MIB),
    Took(stage="written", part="hw1/1a", wall=0.014, cpu=0.01, memory=40 * MIB),
    Took(stage="written", part="hw1/1b", wall=0.25, cpu=0.125, memory=None),
)


def test_the_table_has_parts_then_stages_then_all():
    """A line per part, a line per stage with its sums and its largest memory, and one for the whole run."""
    assert table(TAKEN) == (
        "stage     part                 wall s    CPU s    MiB\n"
        "written   hw1/1a                0.014    0.010     40\n"
        "written   hw1/1b                0.250    0.125       \n"
        "\n"
        "start                           0.500    0.250     30\n"
        "written                         0.264    0.135     40\n"
        "all                             0.764    0.385     40\n"
    )
    assert table(TAKEN, 0.125).endswith("40\nlooking took 0.12 s more, which are in no line above.\n")


def test_as_json_what_is_not_known_is_left_out():
    """Seconds and MiB as numbers; a stage without parts names none."""
    assert as_data(TAKEN) == [
        {"stage": "start", "wall": 0.5, "cpu": 0.25, "memory": 30.0},
        {"stage": "written", "part": "hw1/1a", "wall": 0.014, "cpu": 0.01, "memory": 40.0},
        {"stage": "written", "part": "hw1/1b", "wall": 0.25, "cpu": 0.125},
    ]


def test_work_of_a_child_is_counted_while_it_lives_and_after():
    """Processor time of children belongs to the run, before and after they are waited for; memory as well."""
    burn = "import sys, time\nwhile time.process_time() < 0.3: pass\nprint('done', flush=True)\nsys.stdin.read()"
    own = Profile(thorough=True)
    own.took("start")
    with subprocess.Popen([sys.executable, "-I", "-c", burn], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        own.took("alive")
        assert child.pid in family(os.getpid())
        assert proportional_memory(child.pid) > MIB
        assert processor_seconds(child.pid) >= 0.25
    own.took("ended")
    _, alive, ended = own.taken
    assert alive.cpu >= 0.25
    assert 0 <= ended.cpu < 0.25  # not counted twice
    assert alive.memory is not None


def test_without_thoroughness_memory_is_looked_at_where_a_stage_begins():
    """On the platform parts are noted without the milliseconds that a look at the memory takes."""
    own = Profile(thorough=False)
    for stage, part in (("written", "1"), ("written", "2"), ("code", "3")):
        own.took(stage, part)
    assert [took.memory is None for took in own.taken] == [False, True, False]


def test_looking_is_rare_and_told(monkeypatch):
    """Memory is looked at ten times a second, however fast parts are judged, and the time that takes is known."""
    now = iter(number / 32 for number in range(1000))
    monkeypatch.setattr("autograder.engine.profile.time.monotonic", lambda: next(now))
    own = Profile(thorough=True)
    for part in range(8):
        own.took("written", str(part))
    assert [took.memory is not None for took in own.taken] == [True, False, False, True, False, False, True, False]
    assert own.looked == 8 / 32


def test_a_process_knows_how_long_it_runs():
    """The start of the interpreter and its imports belong to the run."""
    program = "from autograder.processes import seconds_since_start as s; a = s(); print(a > 0 and s() >= a)"
    root = Path(__file__).resolve().parents[2]
    end = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert end.stdout == "True\n"
    assert seconds_since_start() < time.clock_gettime(time.CLOCK_BOOTTIME)


def test_numpy_computes_in_one_thread(monkeypatch):
    """Whatever the machine has; who asks for more in so many words gets more."""
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    one_thread_each()
    assert [os.environ[name] for name in THREADS] == ["4", "1", "1"]


def test_the_option_prints_the_table_and_extra_data_carry_it(tmp_path, monkeypatch, capsys):
    """`--profile` adds a table; results.json has it in extra data, which students do not see, and nowhere without the option."""
    course = _course(tmp_path, monkeypatch)
    assert cli.main(["grade", "hw", "--library", str(course), "--profile"]) == 0
    printed = capsys.readouterr().out
    assert "stage     part" in printed
    assert "written   tiny/1a.path" in printed
    carried = _carried(tmp_path / "results.json")
    stages = [took["stage"] for took in carried]
    assert list(dict.fromkeys(stages)) == ["start", "collect", "load", "written", "report"]

    assert cli.main(["grade", "hw", "--library", str(course)]) == 0
    assert "stage     part" not in capsys.readouterr().out
    assert _carried(tmp_path / "results.json") == []


def test_on_the_platform_it_is_always_there(tmp_path, monkeypatch):
    """Instructors find it without asking, and no output that a student reads holds it."""
    course = _course(tmp_path, monkeypatch)
    home = tmp_path / "autograder"
    (home / "source").mkdir(parents=True)
    (home / "source" / "assignment.txt").write_text("tiny\n")
    (tmp_path / "hw").rename(home / "submission")
    assert run_on_platform(home, {}, course) == 0
    carried = _carried(home / "results" / "results.json")
    assert [took.get("part") for took in carried][-3:] == ["tiny/1a", "tiny/1a.path", "tiny/2"]


def _course(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "hw").mkdir()
    (tmp_path / "hw" / "answers.py").write_text('assignment = "tiny"\nq1a = "right"\nq2 = "wrong"\n')
    return library(tmp_path / f"profiled_{tmp_path.name}")


def _carried(path: Path) -> list[dict[str, object]]:
    """The profile in a results.json, which is in no text of it."""
    data = json.loads(path.read_text())
    assert not any("written" in test["output"] for test in data["tests"])
    found: list[dict[str, object]] = data["extra_data"].get("profile", [])
    return found


def test_what_is_loaded_is_no_garbage_and_is_not_looked_at_again():
    """No collection while modules load, what they made is set apart, and afterwards all is as it was."""
    assert gc.isenabled()
    before = gc.get_freeze_count()
    with loading():
        assert not gc.isenabled()
        made = [[] for _ in range(100)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(made)
    gc.unfreeze()
