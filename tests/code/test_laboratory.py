"""Grading with student code: started when needed, never a zero for our own fault, and gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from autograder import Functions
from autograder.answers.sandboxed import Bench, NotReached, runs_student_code
from autograder.assignments import KEY_FILE, KEY_VARIABLE, secret
from autograder.engine.grade import grade
from autograder.engine.rows import rows
from autograder.errors import AuthorError
from autograder.question import Assignment, Question, Source
from autograder.sandbox import Call, Program, SandboxError, Session, TierUnmet
from autograder.submission.collect import Submission
from autograder.submission.written import Written
from autograder.verdict import Verdict, Word
from reference.hw1.assignment import assignment as hw1
from tests.tiny import question as tiny_question

CODE = replace(hw1, questions=tuple(one for one in hw1 if one.answer.kind == "code"))
RIGHT = Verdict(word=Word.OK, credit=1)


def submission(text: str = "", **answers: str) -> Submission:
    written = {name: Written(name=name, content=one, where="a.py, line 1") for name, one in answers.items()}
    return Submission(answers=written, files={"functions.py": text.encode()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    """A kind of answer that does in the laboratory what a test wants."""

    act: object
    modules: tuple[str, ...] = ()
    kind: str = field(default="code", init=False)
    judges_missing: bool = field(default=True, init=False)

    def unanswered(self, question, submission):
        return None if submission.files else Verdict(word=Word.NOT_YET, feedback=("Nothing there.",))

    def libraries(self, submission):
        return self.modules

    def judge(self, question, answers, *, seed):
        raise AssertionError("code is judged by judge_in")

    def judge_in(self, question, bench, *, seed):
        return self.act(bench)

    def example(self, question):
        return "a function"


def scripted(*acts, **more) -> Assignment:
    questions = tuple(
        Question(
            id=str(place), title="T", points=1, prompt="P", source=Source("D", "1"), answer=Scripted(act=act, **more)
        )
        for place, act in enumerate(acts, 1)
    )
    return Assignment(name="lab", title="Lab", points=len(acts), questions=questions)


def words(result) -> list[Word]:
    return [part.verdict.word for part in result.parts]


def test_full_marks(solution):
    """The hand-typed functions earn every point, and instructors are told how strongly they were held."""
    result = grade(CODE, submission(solution), seed=1)
    assert words(result) == [Word.OK] * 3
    assert result.staff[0].startswith("Student code was held in tier ")
    assert (result.score, result.complete) == (12, True)


def test_graded_twice(solution):
    """The same files lead to the same verdicts, word by word."""
    text = solution.replace("eta * 2", "eta").replace("W2.T @ W2", "W2")
    first, second = (grade(CODE, submission(text), seed=1) for _ in range(2))
    assert [part.verdict for part in first.parts] == [part.verdict for part in second.parts]


def test_nothing_is_started_without_an_answer():
    """Where no part has code, no process is started and nothing is said of the machine."""
    found = rows(CODE, submission("x = 1\n"))
    assert found.by_libraries == {}
    result = grade(CODE, submission("x = 1\n"), seed=0, jobs=2)
    for part in result.parts:
        assert part.verdict.word is Word.NOT_YET
        assert "There is no function" in part.verdict.feedback[0]
    assert result.staff == ()


def test_written_answers_load_no_torch():
    """A submission without code is graded in a process that never imports torch."""
    code = (
        "import sys\nfrom autograder.assignments import load\nfrom autograder.engine.grade import grade\n"
        "from autograder.submission.collect import Submission\n"
        "grade(load('hw1'), Submission(answers={}, files={}), seed=1, only='3.code')\n"
        "sys.exit('torch' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_torch_only_when_asked():
    """Torch is loaded into the sandbox when the submission's code imports it, else not."""
    function = CODE.questions[0].answer
    assert function.libraries(submission("import torch\ndef gradient_descent(): return 1\n")) == ("torch",)
    assert function.libraries(submission("def gradient_descent(): return 1\n# import torch\n")) == ()


def test_bug_in_judging():
    """A fault in one part's judging is an apology with open points; the other parts are judged."""
    result = grade(scripted(lambda bench: 1 / 0, lambda bench: RIGHT), submission("x = 1"), seed=1)
    assert words(result) == [Word.UNDECIDED, Word.OK]
    assert "The grader itself failed" in result.parts[0].verdict.feedback[0]
    assert "ZeroDivisionError" in result.parts[0].verdict.staff[0]


def test_sandbox_that_fails():
    """A failure of the sandbox is ours, not the student's."""

    def fail(bench: Bench) -> Verdict:
        raise SandboxError("no more processes")

    result = grade(scripted(fail, lambda bench: RIGHT), submission("x = 1"), seed=1)
    assert words(result) == [Word.UNDECIDED, Word.OK]
    assert result.pending == 1


def test_deadline(solution):
    """Parts that the run's deadline cuts off keep their points open."""
    result = grade(
        CODE, submission(solution + "\nimport time\ntime.sleep(60)\n"), seed=1, deadline=time.monotonic() + 1.5
    )
    assert words(result) == [Word.WAITING] * 3
    assert result.pending == 12
    assert "not reached" in result.parts[0].verdict.feedback[0]


def test_deadline_within_a_part():
    """A part that notices the deadline itself says that it was not reached."""

    def late(bench: Bench) -> Verdict:
        raise NotReached

    assert words(grade(scripted(late), submission("x = 1"), seed=1)) == [Word.WAITING]


def test_unmet_tier(monkeypatch, solution):
    """Where the machine cannot hold code as strongly as the course wants, nothing is run and nothing is scored."""

    def refuse(sandbox, require_tier=None, keys=()):
        sandbox.close()
        raise TierUnmet(f"this assignment requires tier {require_tier.label}, and this machine reaches tier 1")

    monkeypatch.setattr("autograder.sandbox.Sandbox.prove", refuse)
    result = grade(replace(CODE, require_tier="3"), submission(solution), seed=1)
    assert words(result) == [Word.WAITING] * 3
    assert result.staff == ("this assignment requires tier 3, and this machine reaches tier 1",)
    assert "may not run it safely enough" in result.parts[0].verdict.feedback[0]
    assert "tier" not in " ".join(result.parts[0].verdict.feedback)


def test_tier_that_does_not_exist():
    """A tier with another name is the author's error."""
    with pytest.raises(AuthorError, match="require_tier='4'"):
        replace(CODE, require_tier="4")


def test_every_tier_has_its_label():
    """The names that an assignment may require are those of the sandbox."""
    from autograder.question import TIERS
    from autograder.sandbox import Tier

    assert tuple(tier.label for tier in Tier) == TIERS


def test_death_of_the_judging_process(tmp_path):
    """When the process that owns the sandbox dies, the sandbox dies with it, and grading goes on with a new one."""
    note = tmp_path / "server"

    def die(bench: Bench) -> Verdict:
        program = Program(files={"a.py": b"def f():\n    return 1\n"}, main="a.py")
        session = bench.sandbox.session(program)
        session.call(Call(name="f"))
        note.write_text(f"{bench.sandbox.server.pid} {session._child.pid}")
        os._exit(3)

    result = grade(scripted(die, lambda bench: RIGHT), submission("x = 1"), seed=1)
    assert words(result) == [Word.UNDECIDED, Word.OK]
    assert not [pid for pid in note.read_text().split() if is_alive(pid)]


def is_alive(pid: str) -> bool:
    """Whether a process still runs; one that has ended may wait for whoever is to collect it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_which_kinds_run_code():
    """Kinds of answers that need the sandbox are told from those that do not by what they can do."""
    kinds = {question.answer.kind for question in hw1 if runs_student_code(question.answer)}
    assert kinds == {"code", "notebook"}


def test_secret(tmp_path, monkeypatch):
    """The course's secret comes from the environment or from a file beside the assignment, and is never shown."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    assert secret(tmp_path) == b""
    (tmp_path / KEY_FILE).write_bytes(b"from the file\n")
    assert secret(tmp_path) == b"from the file"
    monkeypatch.setenv(KEY_VARIABLE, "from outside")
    assert secret(tmp_path) == b"from outside"
    assert "outside" not in repr(replace(CODE, secret=b"from outside"))


def test_written_answers_are_judged_before_code():
    """Code that uses up the time of the run takes none from written answers, wherever these stand."""
    slow = scripted(lambda bench: RIGHT).questions
    mixed = Assignment(name="lab", title="Lab", points=3, questions=(*slow, tiny_question("2"), tiny_question("3")))
    seen: list[list[Word]] = []
    handed_in = submission(q2="right", q3="right")
    result = grade(mixed, handed_in, seed=1, on_part=lambda so_far: seen.append(words(so_far)))
    waiting = Word.WAITING
    assert seen == [[waiting, Word.OK, waiting], [waiting, Word.OK, Word.OK], [Word.OK] * 3]
    assert (result.complete, [part.part for part in result.parts]) == (True, ["lab/1", "lab/2", "lab/3"])


def test_a_fork_server_killed_while_a_function_is_judged(judge, solution, monkeypatch):
    """The process that held the fork server's children is lost once: the call is made again, and nobody notices."""
    question = hw1.question("3.code")
    plain = Session.call
    calls: list[str] = []

    def call(session, wanted):
        calls.append(wanted.name)
        if len(calls) in (3, 9):
            server, child = judge.sandbox.server.pid, session.process
            os.kill(server, signal.SIGKILL)
            os.kill(child, signal.SIGKILL)
        return plain(session, wanted)

    monkeypatch.setattr(Session, "call", call)
    ridge = replace(question, answer=Functions(functions=question.answer.functions[:1]))
    with pytest.raises(SandboxError):  # the second loss of one function is the machine's
        judge(ridge, solution)
    calls[:] = ["a"] * 5
    verdict = judge(ridge, solution)
    assert (verdict.word, verdict.notices) == (Word.OK, ())
