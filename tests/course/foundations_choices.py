"""What students type for the choices of the foundations."""

from __future__ import annotations

from tests.course.answer_table import Part


def single(key: str, wrong: dict[str, str], off: tuple[str, ...] = ()) -> Part:
    """One letter, in five spellings; every wrong letter in three."""
    return Part(
        right=(key, key.upper(), f"({key})", f"{key})", f" {key}. "),
        wrong={rule: (letter, letter.upper(), f"({letter})") for rule, letter in wrong.items()},
        off=off,
        unreadable={"": ("z", f"{key}, {key}", "the second")},
    )


def cases(key: str, wrong: dict[str, str], off: tuple[str, ...]) -> Part:
    """One letter per case, as a list, joined, with commas, and in capitals."""
    return Part(
        right=(list(key), key, ", ".join(key), " ".join(key.upper())),
        wrong={rule: (list(letters),) for rule, letters in wrong.items()},
        off=tuple(list(letters) for letters in off),
        unreadable={"": (key[:-1], [*list(key), "a"], ["z"] * len(key))},
    )


def several(key: str, wrong: dict[str, str], off: tuple[str, ...]) -> Part:
    """A set of letters: the order does not matter, neither to the key nor to a rule."""
    return Part(
        right=(
            ", ".join(key),
            key,
            list(key),
            ", ".join(reversed(key)),
            " ".join(key.upper()),
            f"{{{', '.join(key)}}}",
        ),
        wrong={rule: (", ".join(letters), list(reversed(letters))) for rule, letters in wrong.items()},
        off=tuple(", ".join(letters) for letters in off),
        unreadable={"": ("z", f"{key[0]}, z")},
    )


CHOICES: dict[str, Part] = {
    "1.unbiased": single("b", {"biased": "a", "only-with-replacement": "c", "no-variance": "d", "scaled": "e"}),
    "1.small_batch": several(
        "ace",
        {"noise-is-bias": "abc", "noise-is-bias-too": "abce", "only-cheaper": "c", "not-how-much": "ac"},
        ("b", "acd", "abcde", "e", "d"),
    ),
    "1.why_sgd": several(
        "ace", {"exact": "ab", "cost-only": "a", "no-gradient": "ad"}, ("ac", "ae", "b", "abcde", "d")
    ),
    "1.batch_size": single("d", {"one": "a", "all": "b", "irrelevant": "c", "square-root": "e"}),
    "1.epoch": cases(
        "abd", {"one-step": "aaa", "n-steps": "ddd", "size-of-batch": "acd", "swapped": "dba"}, ("bbb", "ada")
    ),
    "1.shuffle": single("c", {"sum-of-gradients": "a", "regularisation": "b", "speed": "d", "equally-often": "e"}),
    "1.replacement": single(
        "d", {"without-is-biased": "a", "with-is-biased": "b", "same-variance": "c", "turned-round": "e"}
    ),
    "1.fresh_batch": single("b", {"kept-batch": "a", "easy-first": "c", "hard-first": "d", "first-points": "e"}),
    "1.rate": cases(
        "bd", {"swapped": "db", "both-diverge": "bb", "no-effect": "aa", "worse-optimum": "bc"}, ("ab", "cd")
    ),
    "1.rate_for_sgd": single(
        "c", {"unbiased-is-enough": "a", "only-single-points": "b", "always-diverges": "d", "each-once": "e"}
    ),
    "1.optimum": several(
        "bde", {"all-vanish": "abe", "perfect-fit": "abce", "balance-forgotten": "de"}, ("b", "bd", "a", "abcde", "be")
    ),
    "1.constant_rate": cases(
        "bcaa",
        {
            "swapped": "cbaa",
            "settles-anyway": "baaa",
            "oscillates-anyway": "bbaa",
            "never-settles": "bcca",
            "diverges": "bdaa",
        },
        ("acaa", "bcac"),
    ),
    "2.net": single("b", {"lookup": "a", "linear": "c", "biology": "d", "rules": "e"}),
    "2.goals": cases("acb", {"swapped": "abc", "only-speed": "adb", "expressivity-only": "abb"}, ("ccc", "bcb")),
    "2.circuit": cases("bd", {"negative-passes": "ad", "modulus": "cd", "reversed": "ab"}, ("bb", "db")),
    "2.sum": single("d", {"smooth": "a", "staircase": "b", "exactly-as-many": "c", "doubling": "e"}),
    "2.universal": single("d", {"exactly": "a", "one-width": "b", "needs-depth": "c", "unbounded": "e"}),
    "2.deep": several(
        "ae",
        {"expressivity-only": "b", "fewer-parameters": "ac", "counted-freedom": "ade"},
        ("a", "e", "abe", "abcde", "d"),
    ),
    "2.saturation": cases(
        "baaa",
        {"relu-saturates": "aaaa", "sigmoid-constant": "bcac", "grows": "daaa", "never-off": "baba"},
        ("bbbb", "abaa"),
    ),
    "2.ratio": single("c", {"normal": "a", "uniform": "b", "chi-squared": "d", "laplace": "e"}),
    "2.far": single("c", {"all-dead": "a", "all-linear": "b", "still-switching": "d", "constant": "e"}),
    "2.dead_unit": several(
        "abc",
        {
            "recovers": "abcd",
            "output-weight-learns": "ab",
            "whole-network": "abce",
            "recovers-and-learns": "ad",
        },
        ("a", "bc", "abcde", "d", "e"),
    ),
    "3.likelihood": single("c", {"likelihood": "a", "prior": "b", "sign": "d", "posterior": "e"}),
    "3.prior": single("b", {"uniform": "a", "laplace": "c", "wrong-mean": "d", "one-sided": "e"}),
    "3.goal": single(
        "c", {"training-error": "a", "test-set-reused": "b", "validation-is-test": "d", "mean-of-both": "e"}
    ),
    "3.surrogate": several(
        "abc",
        {
            "same-values": "abcd",
            "evaluates-too": "abce",
            "guidance-forgotten": "ab",
            "derivatives-alone": "a",
        },
        ("c", "de", "abcde", "bc"),
    ),
    "3.lambda": cases("dc", {"infinite-penalty": "aa", "best-value": "bb", "stops-at-zero": "cc"}, ("dd", "ac")),
    "3.order": Part(
        right=("b, d, a, e, c", "bdaec", ["b", "d", "a", "e", "c"], "B D A E C", "b > d > a > e > c"),
        off=("d, b, a, e, c", "b, a, d, e, c", "b, d, e, a, c", "b, d, a, c, e", "c, e, a, d, b"),
        unreadable={"": ("b, d, a, e", "b, d, a, e, e", "b, d, a, e, z")},
    ),
    "3.splits": cases(
        "abc",
        {
            "test-for-tuning": "acc",
            "tuned-on-training": "aac",
            "validation-for-fitting": "bac",
            "validation-reported": "abb",
        },
        ("ddd", "cba"),
    ),
    "3.contamination": single("b", {"more-data": "a", "too-bad": "c", "test-only": "d", "counted-twice": "e"}),
    "3.hyper": several(
        "ace",
        {
            "weights-too": "abcde",
            "knobs-of-the-model-only": "ac",
            "parameters": "bd",
            "loss-too": "acef",
        },
        ("a", "e", "abcdef", "f", "ace" + "b"),
    ),
}
