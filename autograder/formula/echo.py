"""Showing a tree: plain Unicode and LaTeX. Reading either text again gives the same tree (a law that is tested)."""

from __future__ import annotations

from autograder.formula.tree import Node
from autograder.formula.writing import Style, Writer

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_LATEX_NAMES = frozenset(_GREEK) | {"Sigma", "Pi"}
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def to_unicode(tree: Node) -> str:
    """The formula in plain Unicode: `0 < η < 1/σ²`."""
    return Writer(_UNICODE).write(tree)


def to_latex(tree: Node) -> str:
    r"""The formula in LaTeX: `0 < \eta < \frac{1}{\sigma^{2}}`."""
    return Writer(_LATEX).write(tree)


def _unicode_name(name: str) -> str:
    base, sep, rest = name.partition("_")
    return _GREEK.get(base, base) + sep + rest


def _latex_name(name: str) -> str:
    base, sep, rest = name.partition("_")
    shown = f"\\{base}" if base in _LATEX_NAMES else base
    if not sep:
        return shown if len(base) == 1 or base in _LATEX_NAMES else f"\\mathrm{{{base}}}"
    if len(base) > 1 and base not in _LATEX_NAMES:
        shown = f"\\mathrm{{{base}}}"
    return f"{shown}_{rest}" if rest.startswith("{") else f"{shown}_{{{rest}}}"


def _raised(exponent: str) -> str:
    return exponent.translate(_RAISED)


_UNICODE = Style(
    name=_unicode_name,
    signs={"<=": "≤", ">=": "≥", "!=": "≠", "-": "−", "*": "·", "in": "∈", "union": "∪", "and": "and", "or": "or"},
    functions={},
    constants={"pi": "π", "oo": "∞", "e": "e"},
    raised=_raised,
    latex=False,
)
_LATEX = Style(
    name=_latex_name,
    signs={"<=": "\\le", ">=": "\\ge", "!=": "\\ne", "-": "-", "*": "\\cdot", "in": "\\in", "union": "\\cup",
           "and": "\\land", "or": "\\lor"},
    functions={name: f"\\{name}" for name in ("ln", "exp", "max", "min", "sin", "cos", "tan", "sinh", "cosh", "tanh",
                                              "det")},
    constants={"pi": "\\pi", "oo": "\\infty", "e": "e"},
    raised=None,
    latex=True,
)  # fmt: skip
