"""Names and numbers in MathML: Greek letters, indices below the line, decimals that end."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from autograder.formula.digits import write_number
from autograder.formula.echo import to_unicode
from autograder.formula.tree import Name
from autograder.report.page.markup import element
from autograder.report.plain import clean_line


def name_of(name: str) -> Markup:
    """A name with what stands behind its first underscore below the line: `sigma_l` as σ with l.

    >>> name_of("sigma_l")
    Markup('<msub><mi>σ</mi><mi>l</mi></msub>')
    """
    base, _, index = clean_line(to_unicode(Name(name))).partition("_")
    letters, number = _digits_behind(base)
    if not index and number:
        base, index = letters, number  # W1 is W with a 1
    shown = element("mi", base)
    return element("msub", shown, _index(index.strip("{}"))) if index else shown


def _digits_behind(base: str) -> tuple[str, str]:
    letters = base.rstrip("0123456789")
    return (letters, base[len(letters) :]) if len(letters) == 1 else (base, "")


def _index(text: str) -> Markup:
    return element("mn" if text.isdigit() else "mi", text)


def digits(value: Fraction) -> str:
    """A number that is not negative in digits; "" where only a fraction is exact.

    >>> digits(Fraction(1, 8)), digits(Fraction(1, 3))
    ('0.125', '')
    """
    text, is_quotient = write_number(value, "−", whole=0, quotient=1, negative=0)
    return "" if is_quotient else text
