"""What one file of source code says: constants, formulas without quotes, slips, and what must not be run."""

from __future__ import annotations

import pytest

from autograder.submission.reading import Found, read_source
from autograder.submission.written import Written

UNQUOTED = "q1a is not in quotes; it was read as the formula that you typed."
FORGOTTEN = 'q1a has backslashes, but no r before its quotes; they were read as typed. Write r"..." around LaTeX.'


def read(text: str) -> Found:
    found = Found()
    read_source(text, "a.py", found)
    return found


def answers(text: str) -> dict[str, Written]:
    return {written.name: written for written in read(text).answers}


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ('"eta"', "eta"),
        (r'r"\eta"', r"\eta"),
        ("'''a\nb'''", "a\nb"),
        ('"a" "b"', "ab"),
        ('"a" + "b" + \'c\'', "abc"),
        ('("a"\n  r"\\b")', r"a\b"),
        ("0.1", "0.1"),
        ("-3", "-3"),
        ("1e-400", "1e-400"),
        ("None", ""),
        ("...", ""),
        ('""', ""),
        ('["1", 2, None]', ("1", "2", "")),
        ("[[1, 2], [3, 4]]", (("1", "2"), ("3", "4"))),
        ('{"W1": "a", 2: 0.5}', {"W1": "a", "2": "0.5"}),
        ('("0", "1")', ("0", "1")),
        ('{"a", "b"}', ("a", "b")),
        ("True", "True"),
    ],
)
def test_constants_are_read_as_typed(typed, content):
    """Texts, numbers with all their digits, lists, dicts and blanks, without a notice."""
    written = answers(f"q1a = {typed}")["q1a"]
    assert (written.content, written.trouble, written.notices) == (content, "", ())


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("1/(sigma_l**2 + sigma_s**2)", "1/(sigma_l**2 + sigma_s**2)"),
        ("1/sigma^2", "1/sigma^2"),
        ("Matrix([[1, 2], [3, 4]])", "Matrix([[1, 2], [3, 4]])"),
        ("And(eta > 0, eta < 1)", "And(eta > 0, eta < 1)"),
        ("0 < eta < 1/sigma**2", "0 < eta < 1/sigma**2"),
        ("sp.log(x)/np.sqrt(2)", "sp.log(x)/np.sqrt(2)"),
        ("(X.T @ X + lam*I(d)).inv() @ X.T @ y", "(X.T @ X + lam*I(d)).inv() @ X.T @ y"),
        ("Sum(y[i], (i, 1, N))/N", "Sum(y[i], (i, 1, N))/N"),
        ("sum(y[i] for i in range(N))", "sum(y[i] for i in range(N))"),
        ("eta", "eta"),
        ("σ**2", "σ**2"),
        ("(a +  # the first\n  b)", "a + b"),
        ("2 eta sigma^2  # no Python at all", "2 eta sigma^2"),
        ("W1'*W1*A'", "W1'*W1*A'"),
        ("(1 + 2", "(1 + 2"),
        ("[0, 1)", "[0, 1)"),
        ("X⁻¹ y", "X⁻¹ y"),
        ("0 < η ≤ 1", "0 < η ≤ 1"),
        ("9" * 5000, "9" * 5000),
        ("(" * 5000 + "1" + ")" * 5000, "(" * 5000 + "1" + ")" * 5000),
        ("-" * 50_000 + "1", "-" * 50_000 + "1"),
    ],
)
def test_a_formula_without_quotes_is_kept_with_a_notice(typed, content):
    """Forgotten quotes cost nothing, also where the formula is no Python or nested thousands deep."""
    written = answers(f"q1a = {typed}\nq1b = '2'\n")
    assert (written["q1a"].content, written["q1a"].trouble, written["q1a"].notices) == (content, "", (UNQUOTED,))
    assert written["q1b"].content == "2"


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        (r'"\theta"', r"\theta"),
        (r'"\frac{\alpha}{\beta}"', r"\frac{\alpha}{\beta}"),
        (r'"\xi + \upsilon"', r"\xi + \upsilon"),
        (r'"\nabla f"', r"\nabla f"),
        (r'"\sigma" r"\eta" "\rho"', r"\sigma\eta\rho"),
        (r"['\tau']", (r"\tau",)),
        (r'"\begin{bmatrix} a \\ b \end{bmatrix}"', r"\begin{bmatrix} a \\ b \end{bmatrix}"),
    ],
)
def test_a_forgotten_r_costs_nothing(typed, content):
    """LaTeX in ordinary quotes is read as typed, where Python would see tabs and bells."""
    written = answers(f"q1a = {typed}")["q1a"]
    assert (written.content, written.notices) == (content, (FORGOTTEN,))


@pytest.mark.parametrize(
    ("typed", "content"),
    [(r'"\\theta"', r"\theta"), (r'"one\ntwo"', "one\ntwo"), (r'"\u03c3 \x41"', "σ A"), (r'"it\'s"', "it's")],
)
def test_pythons_own_escapes_keep_their_meaning(typed, content):
    """A student who doubled the backslashes, or meant a new line, gets what Python says."""
    written = answers(f"q1a = {typed}")["q1a"]
    assert (written.content, written.notices) == (content, ())


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ('f"{eta}"', 'is an f-string; answers are read, not run, so write the formula itself: r"..."'),
        ('open("/etc/passwd").read()', "calls .read(); answers are read, not run, so write the formula itself"),
        (
            '__import__("os").system("touch x")',
            "calls .system(); answers are read, not run, so write the formula itself",
        ),
        ('input("?")', "calls input(); answers are read, not run, so write the formula itself"),
        ("os.system(x)", "calls .system(); answers are read, not run, so write the formula itself"),
        ('", ".join(["a"])', "calls .join(); answers are read, not run, so write the formula itself"),
        ("lambda x: x", "is a lambda; write the formula itself"),
        ("(y := 3)", "has an assignment (:=) inside; write the formula itself"),
        ("[y for y in x]", "is a comprehension; write the list out, or a sum as Sum(..., (i, 1, N))"),
        ('b"x"', 'is bytes (b"..."); leave out the b'),
        ('"a" * 3', "mixes quoted text with operations; write all of it inside one pair of quotes"),
        ('"1/%s" % x', "mixes quoted text with operations; write all of it inside one pair of quotes"),
        ("q1b + 1", "refers to q1b; answers are read, not run, so write the formula itself"),
        ("[*x]", "unpacks another value with *; write the values out"),
        ("{**x}", "unpacks another value with **; write the entries out"),
    ],
)
def test_what_would_have_to_be_run_is_not(typed, trouble):
    """Each kind of program in place of an answer has a sentence of its own, and is not executed."""
    assert answers(f"q1a = {typed}")["q1a"].trouble == trouble


def test_every_form_of_assignment_is_read():
    """Annotated, chained and paired assignments are top-level constants too."""
    text = 'q1a: str = "1"\nq1b: str\nq1c = q1d = "2"\nq1e, (q1f, q1g) = "3", ["4", 5]\nother = 3\nx.y = z[0] = "n"'
    contents = {name: written.content for name, written in answers(text).items()}
    assert contents == {"q1a": "1", "q1b": "", "q1c": "2", "q1d": "2", "q1e": "3", "q1f": "4", "q1g": "5"}


def test_pairs_that_do_not_match_are_trouble_for_each_name():
    """An unpacked call gives no value to any of its names."""
    found = answers("q1a, q1b = solve()\nq1c += 1")
    pairs = "is assigned together with other names, but the values do not pair up; give each its own line"
    assert {name: written.trouble for name, written in found.items()} == {
        "q1a": pairs,
        "q1b": pairs,
        "q1c": "is changed by an operation like +=; write the whole answer in one assignment",
    }


def test_an_answer_inside_a_block_is_pointed_out():
    """Only the left margin is read, and a student who indented learns it; functions are left alone."""
    found = read('if True:\n    q1a = "1"\ndef f():\n    q1b = "2"\n')
    assert found.answers == []
    assert found.notices == [
        "a.py, line 2: q1a is assigned inside a block, which is not read; move it to the left margin."
    ]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ('assignment = "hw1"', "hw1"),
        ("# assignment: hw1\nq1a = 1", "hw1"),
        ("#assignment = 'hw1'\n", "hw1"),
        ("# my assignment: none\n", None),
        ("assignment = 3", None),
        ('"""doc"""\nassignment = " dis1 "', "dis1"),
    ],
)
def test_the_header_names_the_assignment(text, header):
    """A constant or the first line's comment says what is answered."""
    assert read(text).header == header


def test_a_slip_costs_only_its_own_line():
    """Answers before and after a syntax error are read, and the error is named with its line."""
    found = read('q1a = "1"\nfor x in:\n    pass\nq1b = "2"\n)\nq1c = """3\n"""\n')
    assert {written.name: written.content for written in found.answers} == {"q1a": "1", "q1b": "2", "q1c": "3\n"}
    assert [str(problem) for problem in found.problems] == [
        "a.py, line 2: this is not valid Python (invalid syntax); the lines around it were read without it.",
        "a.py, line 5: this is not valid Python (unmatched ')'); the lines around it were read without it.",
    ]


@pytest.mark.parametrize(
    ("slip", "trouble"),
    [
        ('"never closed', "unterminated string literal, line 2"),
        ('"""never closed', "unterminated triple-quoted string literal, line"),
        ('"1" "2" 3', "invalid syntax"),
        ('["1", "2"', "'[' was never closed, line 2"),
    ],
)
def test_an_unclosed_quote_costs_only_its_own_answer(slip, trouble):
    """What follows an unclosed quote or bracket is found again at the next answer."""
    found = answers(f'q1a = "1"\nq1b = {slip}\nq1c = "3"\nx = 1\nq1d = [\n  "4",\n]\n')
    contents = {name: written.content for name, written in found.items() if not written.trouble}
    assert contents == {"q1a": "1", "q1c": "3", "q1d": ("4",)}
    assert trouble in found["q1b"].trouble
    assert found["q1b"].where == "a.py, line 2"


def test_indented_lines_are_answers_where_nothing_is_open():
    """A stray indent, or a file that is indented as a whole, costs nothing."""
    found = answers('q1a = "1"\n  q1b = "2"\n\n  q1c = [\n1]\nq1d = "4"\n')
    assert {name: written.content for name, written in found.items()} == {
        "q1a": "1",
        "q1b": "2",
        "q1c": ("1",),
        "q1d": "4",
    }
    assert found["q1c"].where == "a.py, line 4"
    found = answers('  q1a = "1"\n  q1b = "2"\n')
    assert {name: written.content for name, written in found.items()} == {"q1a": "1", "q1b": "2"}


def test_nothing_behind_the_equals_sign_is_blank():
    """The student's own blank is a blank, not a syntax error."""
    written = answers("q1a =\nq1b = '2'\n")
    assert written["q1a"].blank
    assert written["q1b"].content == "2"


@pytest.mark.parametrize(
    "text",
    ["q1a = a" + ".b" * 50_000, "q1a = f" + "()" * 50_000, "q1a = " + "[" * 90 + "]" * 90, "q1a = 1" + "+1" * 50_000,
     "if 1: pass\n" + "elif 1: pass\n" * 20_000, "q1a = " + '"a"+' * 30_000 + '"a"', "q1a = [" + "1," * 50_000 + "]"],
    ids=["attributes", "calls", "lists", "sums", "elifs", "joined", "long"],
)  # fmt: skip
def test_source_made_to_crash_a_parser_does_not(text):
    """Whatever is nested however deep, the answer behind it is still read."""
    assert answers(text + '\nq1z = "ok"\n')["q1z"].content == "ok"
