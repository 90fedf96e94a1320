"""The numbers, findings, rulings and the page of a class, against hand computations and other libraries."""

from __future__ import annotations

import html
import json
import math
import re
import shlex
from fractions import Fraction
from html.parser import HTMLParser

import numpy as np
import pytest

from autograder import Expression, Question, Source, Wrong
from autograder.answers.choice import Choice
from autograder.answers.interval import Interval
from autograder.answers.options import Option
from autograder.batch.findings import clusters, misconceptions, queue, twins
from autograder.batch.numbers import alpha, fisher, numbers_of, wilson
from autograder.batch.page import class_page
from autograder.batch.rulings import Ruled, Ruling, read_rulings, write_rulings
from autograder.batch.sameness import Sameness
from autograder.cli import main
from autograder.engine.grade import grade
from autograder.errors import AuthorError
from autograder.formula.declare import declare
from autograder.question import Assignment
from autograder.report.marked import Marked
from autograder.report.page.bars import bins_of
from autograder.report.page.templates import fingerprint
from autograder.submission.collect import Submission
from autograder.submission.written import Written
from autograder.verdict import PartResult, Result, Verdict, Word
from tests import tiny
from tests.batch.classes import RIGHT, folder

TABLE = declare("theta, eta > 0, y: data")
HOMEWORK = Assignment(
    name="hw",
    title="Homework <1>",
    points=3,
    questions=(
        Question(
            id="1a", title="Gradient", points=2, prompt="P", source=Source("H", "1"), symbols=TABLE,
            answer=Expression("2*(theta - mean(y))"),
            wrong=(Wrong("sign", "-2*(theta - mean(y))", "Look at the inner derivative."),),
        ),
        Question(
            id="1b", title="Rates", points=1, prompt="P", source=Source("H", "1"), symbols=TABLE,
            answer=Interval("eta", "0 < eta < 1"),
        ),
    ),
)  # fmt: skip


def graded(number: int, gradient: str, rates: str = "0 < eta < 1", **more) -> Marked:
    texts = {"q1a": gradient, "q1b": rates}
    answers = {name: Written(name=name, content=text, where="a.py") for name, text in texts.items()}
    result = grade(HOMEWORK, Submission(answers=answers, files={}), seed=1)
    return Marked(id=f"s{number:02}", result=result, content=str(number), **more)


@pytest.fixture(scope="module")
def class_():
    """Nineteen submissions with equal mistakes in several spellings."""
    gradients = [
        *["2*(theta - ybar)"] * 6,
        *["-2*(theta - ybar)", "2*(ybar - theta)", "-2 theta + 2 mean(y)"],
        *["theta - ybar", "theta - mean(y)", "-(ybar - theta)", "theta - ybar"],
        *["theta", "theta"],
        *["((", ""],
        *["theta^2"],
        *["<b>theta</b>"],
    ]
    return [graded(number, text, seconds=float(number)) for number, text in enumerate(gradients)]


@pytest.fixture
def sameness():
    with Sameness(HOMEWORK) as found:
        yield found


def test_wilson_against_its_definition():
    """The ends of the interval are where the score test is just rejected."""
    for share, count in ((0.5, 100), (0.0, 10), (1.0, 7), (0.31, 42)):
        found = wilson(share, count)
        for end in (found.low, found.high):
            spread = math.sqrt(end * (1 - end) / count)
            assert abs(share - end) == pytest.approx(1.959963984540054 * spread, abs=1e-9)


def test_fisher_against_numpy():
    """The correlation is NumPy's, and lies in its interval."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=50)
    y = x + rng.normal(size=50)
    found = fisher(zip(x.tolist(), y.tolist(), strict=True))
    assert found.value == pytest.approx(np.corrcoef(x, y)[0, 1])
    assert math.atanh(found.high) - math.atanh(found.value) == pytest.approx(1.959964 / math.sqrt(47), rel=1e-5)
    assert found.low < found.value < found.high


@pytest.mark.parametrize("pairs", [[], [(1.0, 2.0)] * 3, [(1.0, float(n)) for n in range(9)]])
def test_fisher_without_spread(pairs):
    """Where nothing varies, or nearly nobody answered, there is no correlation to tell."""
    assert fisher(pairs) is None


def test_a_perfect_correlation_has_no_interval_to_blow_up():
    """Its ends are the value itself."""
    found = fisher([(float(n), 2.0 * n) for n in range(9)])
    assert (found.low, found.high) == pytest.approx((1, 1))


def test_alpha_is_kr20_for_right_or_wrong_items():
    """Against Kuder and Richardson's own formula, with the variance over the class."""
    rng = np.random.default_rng(1)
    ability = rng.normal(size=(60, 1))
    items = (ability + rng.normal(size=(60, 8)) > 0).astype(float)
    share = items.mean(axis=0)
    total = items.sum(axis=1).var()
    kr20 = 8 / 7 * (1 - (share * (1 - share)).sum() / total)
    assert alpha(items.tolist()) == pytest.approx(kr20)


@pytest.mark.parametrize("rows", [[], [[1.0, 2.0]], [[1.0], [2.0]], [[1.0, 2.0], [1.0, 2.0]], [[1.0, 2.0], [1.0]]])
def test_alpha_without_spread(rows):
    """One student, one item, no spread or rows of several lengths say nothing."""
    assert alpha(rows) is None


def test_bins_hold_every_score():
    """Nothing falls between two bins or off the end."""
    scores = [Fraction(n, 7) for n in range(71)]
    bins = bins_of(scores, Fraction(10))
    assert sum(one.count for one in bins) == 71
    assert bins[-1].count >= 1
    assert bins_of([], Fraction(10)) == bins_of(scores, Fraction(0)) == []


def test_the_numbers_of_a_class(class_):
    """Counts, means and totals, part by part."""
    found = numbers_of([*class_, Marked(id="lost", failure="x")])
    assert (found.graded, found.failed, found.points) == (19, 1, 3)
    gradient, rates = found.parts
    assert gradient.words == {Word.OK: 6, Word.NOT_YET: 11, Word.UNREADABLE: 2}
    assert gradient.difficulty.value == pytest.approx(6 / 19)
    assert rates.difficulty.value == 1
    assert rates.discrimination is None
    assert dict(found.summary)["highest"] == 3


def test_misconceptions_by_frequency(class_):
    """The rule, how often, the sentence and examples; never whose."""
    (found,) = misconceptions(class_)
    assert (found.part, found.rule, found.count, found.of) == ("1a", "sign", 3, 19)
    assert found.sentence == "Look at the inner derivative."
    assert set(found.examples) == {"-2*(theta - ybar)", "2*(ybar - theta)", "-2 theta + 2 mean(y)"}


def test_equal_wrong_answers_stand_together(class_, sameness):
    """However they are written; with a line that names them as a rule, which then catches every one of them."""
    first, second = clusters(class_, sameness)
    assert (first.part, first.count, first.spellings[0]) == ("1a", 4, "theta - ybar")
    assert set(first.spellings) == {"theta - ybar", "theta - mean(y)", "-(ybar - theta)"}
    assert (second.count, second.spellings) == (2, ("theta",))
    rule = eval(first.code.rstrip(","), {"Wrong": Wrong})
    question = HOMEWORK.questions[0]
    mended = Assignment(name="hw", title="H", points=2, questions=(_with(question, rule),))
    for text in first.spellings:
        answers = {"q1a": Written(name="q1a", content=text, where="a.py")}
        assert grade(mended, Submission(answers=answers, files={}), seed=1).parts[0].verdict.misconception == rule.name


def _with(question, rule):
    from dataclasses import replace

    return replace(question, wrong=(*question.wrong, rule))


def test_what_takes_too_long_is_told_apart_by_its_text(class_, sameness):
    """Without time to compare, only equal texts stand together: nobody is put with others by a guess."""
    found = clusters(class_, sameness, seconds=0.0)
    assert [(one.count, one.spellings) for one in found] == [(2, ("theta",)), (2, ("theta - ybar",))]


def test_sameness_is_decided_by_the_part(sameness):
    """Formulas and ranges by their meaning, everything else by its text; what cannot be read is the same as nothing."""
    assert sameness.same("1a", "theta + theta", "2 theta")
    assert not sameness.same("1a", "theta", "2 theta")
    assert sameness.same("1b", "eta in (0, 1)", "0<eta<1")
    assert not sameness.same("1b", "eta in (0, 1]", "0<eta<1")
    assert sameness.same("1a", "((", " (( ")
    assert not sameness.same("1a", "((", "(")
    assert not sameness.same("nothing", "a", "b")


def test_choices_in_forms_of_ones_own(sameness):
    """Letters of shuffled options are compared as the question's file has them, and the rule to paste names those."""
    options = tuple(Option(letter, f"Option {letter}") for letter in "abc")
    choice = Question(
        id="2a", title="Choice", points=1, prompt="P", source=Source("H", "2"), answer=Choice(options=options, key="a")
    )
    homework = Assignment(name="hw", title="H", points=1, questions=(choice,))

    def marked(number, wrote, *staff):
        verdict = Verdict(word=Word.NOT_YET, wrote=wrote, read_as=wrote, staff=staff)
        part = PartResult(part="hw/2a", title="Choice", points=Fraction(1), verdict=verdict)
        return Marked(id=str(number), result=Result(assignment="hw", title="H", seed=1, parts=(part,)))

    class_ = [
        marked(1, "p", "in the question's file: b"),
        marked(2, "p", "in the question's file: c"),
        marked(3, "b"),
    ]
    with Sameness(homework) as same:
        (found,) = clusters(class_, same)
        ruled = Ruled([Ruling(part="2a", answer="b", credit=Fraction(1))], same)
        assert [ruled.apply(one.result, one.content).score for one in class_] == [1, 0, 1]
    assert (found.count, found.spellings) == (2, ("b",))
    assert found.code == """Wrong("chose-b", 'b', "Say what to look at again."),"""


def pending(text: str, word: Word = Word.UNDECIDED) -> PartResult:
    verdict = Verdict(word=word, wrote=text, read_as=text, staff=("decided undecided by none, seed 1", "too large"))
    return PartResult(part="hw/1a", title="Gradient", points=Fraction(2), verdict=verdict)


def waiting(*texts: str) -> list[Marked]:
    return [
        Marked(id=f"s{n}", result=Result(assignment="hw", title="H", seed=1, parts=(pending(text),)))
        for n, text in enumerate(texts)
    ]


def test_the_queue(sameness):
    """Equal texts once, the most frequent first, with what is known."""
    first, second = queue(waiting("theta^2", "theta", "theta^2 "), sameness)
    assert (first.answer, first.count, first.why) == ("theta^2", 2, "decided undecided by none, seed 1; too large")
    assert second.count == 1


def test_a_ruling_holds_for_all_equal_answers(sameness):
    """Also for those that are written otherwise; everything else stays as it was, and staff see who ruled."""
    ruling = Ruling(part="1a", answer="theta + theta", credit=Fraction(1, 2), sentence="Half of it.", by="Ada")
    ruled = Ruled([ruling], sameness)
    halves = [
        ruled.apply(one.result, one.content).parts[0] for one in waiting("2*theta", "theta", "theta +  theta", "")
    ]
    assert [part.verdict.credit for part in halves] == [Fraction(1, 2), 0, Fraction(1, 2), 0]
    assert [part.pending for part in halves] == [False, True, False, True]
    assert halves[0].verdict.feedback == ("Half of it.",)
    assert halves[0].verdict.staff[0] == "ruled by Ada; before: undecided, credit 0"


def test_rulings_are_kept_in_a_file(tmp_path):
    """Written and read back; a damaged file is told and never guessed at."""
    rulings = [Ruling(part="1a", answer="θ\n", credit=Fraction(1, 3), by="Ada")]
    write_rulings(tmp_path / "r.json", rulings)
    assert read_rulings(tmp_path / "r.json") == rulings
    assert read_rulings(tmp_path / "none.json") == []
    for text, message in (
        ("[", "cannot be read"),
        ("{}", "must hold a list"),
        ('[{"part": "1a"}]', 'ruling 1: it needs "part", "answer" and "credit"'),
        ('[{"part": "1a", "answer": "x", "credit": "1/0"}]', "is no number"),
        ('[{"part": "1a", "answer": "x", "credit": "2"}]', "give a share from 0 to 1"),
        ('[{"part": "1a", "answer": " ", "credit": "1"}]', "names no answer"),
    ):
        (tmp_path / "r.json").write_text(text)
        with pytest.raises(AuthorError, match=message):
            read_rulings(tmp_path / "r.json")


def test_identical_functions_are_information():
    """Submissions that share code stand together; what half the class has, and equal files, are left out."""

    def one(name, content, **sources):
        return Marked(id=name, content=content, sources=tuple(sources.items()))

    class_ = [
        one("a", "1", f="x", g="t"),
        one("b", "2", f="x", g="t"),
        one("c", "3", f="y", g="t"),
        one("d", "4", g="t"),
    ]
    class_ += [one(str(n), str(n)) for n in range(3)]
    (found,) = twins(class_)
    assert (found.function, found.submissions) == ("f", ("a", "b"))


class Reader(HTMLParser):
    """What a page asks for, and whether its elements close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.scripts = 0

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids |= {found["id"]} if "id" in found else set()
        self.links += [found[name] for name in ("href", "src") if name in found]
        self.scripts += tag == "script"
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_stands_alone(class_, sameness):
    """No network, no script, every element closed, every link within the page, and nothing of a student unescaped."""
    text = class_page("Homework <1>", "hw", "out dir", [*class_, *waiting("</pre><script>")], sameness)
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    assert reader.scripts == 0
    assert all(link.removeprefix("#") in reader.ids for link in reader.links)
    sheet = re.search("<style>(.*)</style>", text, re.DOTALL)[1]
    assert "color-scheme" in sheet
    assert ".verdicts" in sheet
    assert fingerprint(sheet) in text
    assert "<b>theta" not in text
    assert "http" not in re.sub(r"http-equiv", "", text)
    assert "python -m autograder rule &#39;out dir&#39; --part 1a --credit 1 --answer" in text


@pytest.mark.parametrize(
    "answer", ["x'; rm -rf ~ #", "'" * 900 + "$(id)", "'" * 3_000 + "; id", "`id`\x1b[2J", "a\u202eb"]
)
def test_the_commands_to_paste_hold_one_answer(sameness, answer):
    """Whatever a student wrote, what staff paste into a shell is one word behind --answer, or is not offered at all."""
    text = html.unescape(class_page("H", "hw", "out", waiting(answer), sameness))
    for command in re.findall("<pre>(python -m autograder rule .*)</pre>", text):
        words = shlex.split(command)
        assert words[-2] == "--answer"
        assert len(words) == 11
    assert ("too long for a command" in text) == (len(answer) > 2_000)


def test_the_page_of_an_empty_class(sameness):
    """Nothing graded is said, not shown as zeros."""
    text = class_page("H", "hw", "out", [Marked(id="a", failure="lost")], sameness)
    assert "Nothing has been graded yet." in text
    assert "1 could not be graded" in text


def test_no_answer_stands_beside_a_name(class_, sameness):
    """The page shows answers without their authors; names do not occur at all."""
    from autograder.report.marked import Person

    named = [Marked(id=one.id, result=one.result, people=(Person(name="Grace Hopper"),)) for one in class_]
    assert "Grace" not in class_page("H", "hw", "out", named, sameness)


def test_ruling_and_exporting_a_class(tmp_path, capsys):
    """From the batch over a ruling to every export; a second run keeps the ruling."""
    library = tiny.library(tmp_path / "lib")
    folder(tmp_path / "class", {"ada": RIGHT, "bob": 'q1a = "undecided"\nq2 = "right"\n', "cyd": 'q1a = "undecided"\n'})
    out = str(tmp_path / "out")
    batch = ["batch", str(tmp_path / "class"), "--assignment", "tiny", "--out", out, "--library", str(library)]
    assert main(batch) == 0
    assert "undecided, 2 submissions" in (tmp_path / "out" / "class.html").read_text()
    to = ["--to", str(tmp_path / "canvas.csv"), "--library", str(library)]
    assert main(["export", out, "--format", "canvas", *to]) == 0
    assert "without a score, since points are still open: bob, cyd" in capsys.readouterr().out
    rule = [
        "rule",
        out,
        "--part",
        "1a",
        "--answer",
        "undecided",
        "--credit",
        "1",
        "--by",
        "Ada",
        "--library",
        str(library),
    ]
    assert main(rule) == 0
    assert "ruled: 1a, credit 1, for 2 submissions: bob, cyd" in capsys.readouterr().out
    assert main([*batch, "--resume"]) == 0
    lines = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    assert [line["result"]["score"] for line in lines] == ["11/2", "5/2", "2"]
    assert "Nothing waits." in (tmp_path / "out" / "class.html").read_text()
    again = [*batch[:5], str(tmp_path / "again"), *batch[6:], "--rulings"]
    assert main([*again, str(tmp_path / "out" / "rulings.json")]) == 0
    assert (tmp_path / "again" / "results.jsonl").read_text().count("ruled by Ada") == 2
    assert main([*again, str(tmp_path / "none.json"), "--resume"]) == 2
    assert "there is no such file" in capsys.readouterr().err
    for name in ("csv", "junit", "jsonl", "gradescope", "prairielearn", "autolab"):
        assert main(["export", out, "--format", name, "--to", str(tmp_path / name), "--library", str(library)]) == 0
    assert sorted(path.name for path in (tmp_path / "autolab").iterdir()) == ["ada.txt", "bob.txt", "cyd.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--part", "9z", "--answer", "x", "--credit", "1"], "tiny has no part '9z'"),
        (["--part", "1a", "--answer", "x", "--credit", "much"], "--credit 'much' is no share"),
        (["--part", "1a", "--answer", "x", "--credit", "2"], "give a share from 0 to 1"),
        (["--part", "1a", "--answer", " ", "--credit", "1"], "names no answer"),
    ],
)
def test_rulings_that_cannot_be(tmp_path, capsys, arguments, message):
    """Each has its own words, and nothing is written."""
    library = tiny.library(tmp_path / "lib")
    folder(tmp_path / "class", {"ada": RIGHT})
    out = str(tmp_path / "out")
    assert (
        main(["batch", str(tmp_path / "class"), "--assignment", "tiny", "--out", out, "--library", str(library)]) == 0
    )
    assert main(["rule", out, *arguments, "--library", str(library)]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out" / "rulings.json").exists()
