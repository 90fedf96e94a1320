"""Every message about a text that cannot be read: its class, the place in the student's own text, cause and repair."""

from __future__ import annotations

import pytest

from autograder.errors import Unreadable
from autograder.formula import errors
from autograder.formula.declare import declare
from autograder.formula.read import read

DATA = declare(
    "eta > 0, sigma > 0, sigma_l > sigma_s > 0, 0<epsilon<1, lambda>0, t>=0:int, N:int, y:data, x:data, theta, alpha>0, a_i, w_i, b_i",
    indices=(),
)
SCALARS = declare(
    "eta > 0, sigma > 0, 0<epsilon<1, t>=0:int, x != 0, y, Ew (E[w_t], E[w]), L, g, d:real, lr (l_rate, eta_0), x_0, w_i, b_i, a_i, w != 0, b, z, theta, s_b>0, s_w>0, r>0, V>0, alpha>0, R, N:int, n:int",
    indices=("i",),
)
MATRICES = declare(
    "X: n*d, y: n, w: d, lambda>0, sigma>0, W1: k*m, A: m*n, b: m, W2: p*n, c: n, S: symmetric n*n, U: orthogonal n*n, V: orthogonal d*d, x: n, eta>0, m:int",
    indices=(),
)
VECTORS = declare(
    "x,y,z, x_1,x_2,x_3",
    indices=(),
)

TABLES = {"DATA": DATA, "SCALARS": SCALARS, "MATRICES": MATRICES, "VECTORS": VECTORS}
# table, text, class, (start, found), cause, repair
# fmt: off
ROWS = [
    ("DATA", '"1/sigma^2"', "BadCharacter", (0, '"'), "a quotation mark has no meaning in a formula", "Type the formula without quotes."),
    ("DATA", "0,5", "DecimalComma", (0, "0,5"), "this comma may separate two numbers or be a decimal point", "Write 0.5 for a decimal number, or a space behind the comma."),
    ("DATA", "0,5 eta", "DecimalComma", (0, "0,5"), "this comma may separate two numbers or be a decimal point", "Write 0.5 for a decimal number, or a space behind the comma."),
    ("DATA", "59,049 eta", "DecimalComma", (0, "59,049"), "this comma may separate two numbers or be a decimal point", "Write 59049 for one number, or a space behind the comma."),
    ("DATA", "eta < 0,5", "DecimalComma", (6, "0,5"), "this comma may separate two numbers or be a decimal point", "Write 0.5 for a decimal number, or a space behind the comma."),
    ("DATA", "(1 - 0,5 eta)", "DecimalComma", (5, "0,5"), "this comma may separate two numbers or be a decimal point", "Write 0.5 for a decimal number, or a space behind the comma."),
    ("DATA", "1e400", "TooComplex", (0, "1e400"), "this number has more digits than any answer needs", "Numbers may have up to 400 digits; write powers as powers."),
    ("DATA", "1½", "AmbiguousProduct", (1, "½"), "a number stands directly behind 1", "Write a sum, 1 + 1/2, or a decimal."),
    ("DATA", "×", "MissingOperand", (0, "×"), "nothing stands before ×", "Type what is missing, or remove the sign."),
    ("DATA", "theta + 1  (9)", "AmbiguousProduct", (11, "(9)"), "(9) may be a factor or the number of an equation", "Leave the number of an equation out; write * before a factor."),
    ("DATA", "sum (theta - y_i)^2", "AmbiguousProduct", (0, "sum"), "the power may belong to the sum or to its terms", "Write (sum(…))^2 or sum((…)^2)."),
    ("DATA", "sum(theta - y_i)^2", "AmbiguousProduct", (0, "sum(theta - y_i)"), "the power may belong to the sum or to its terms", "Write (sum(…))^2 or sum((…)^2)."),
    ("DATA", "sum(theta x_i - y_i) x_i", "BadIndex", (21, "x_i"), "the index i is bound by no sum", "Put the whole summand in brackets: sum(..., (i, 1, N)), or write a number for i."),
    ("DATA", "sum(y_i for i in range(N)", "UnclosedBracket", (3, "("), "the bracket ( is never closed", "Add the missing )."),
    ("DATA", "sum(i*y[i] for i in range(N))", "BadIndex", (0, "sum"), "y has no entry 0", "Entries are numbered from 1: write (i, 1, N)."),
    ("DATA", "sum(y_i for i in x)", "MissingOperand", (8, "for i in"), "a loop is no formula", "Write a sum as sum(y[i], (i, 1, N))."),
    ("DATA", "Sum(y[i], (i, 0, N-1))", "BadIndex", (0, "Sum"), "y has no entry 0", "Entries are numbered from 1: write (i, 1, N)."),
    ("DATA", "y[0]", "BadIndex", (0, "y[0]"), "y has no entry 0", "Entries are numbered from 1: the first one is number 1."),
    ("DATA", "argmin_theta sum(y)", "UnknownName", (0, "argmin_theta"), "'argmin_theta' is not a symbol of this question", "Write the function itself, without argmin."),
    ("DATA", r"\min_\theta \sum_i y_i", "WrongArguments", (0, r"\min"), r"\min needs an argument", "Write the function itself, without min."),
    ("DATA", "(y_1 + y_3 + ... + y_N)/N", "BadSum", (13, "..."), "what these dots stand for cannot be told", "Write sum(y[i], (i, 1, N))."),
    ("DATA", "(y_2 + ... + y_N)/N", "BadSum", (7, "..."), "what these dots stand for cannot be told", "Write sum(y[i], (i, 1, N))."),
    ("DATA", "x_1 y_1 + ... + x_N y_1", "BadSum", (10, "..."), "what these dots stand for cannot be told", "Write sum(y[i], (i, 1, N))."),
    ("DATA", "theta[0] + 1", "BadIndex", (0, "theta[0]"), "theta has no entry 0 here", "Write a * for a product."),
    ("DATA", "e^2t", "AmbiguousProduct", (2, "2t"), "where the exponent 2t ends has two readings", "Put the exponent in brackets, ^(2t), or write a * behind it."),
    ("DATA", "sigma^tN", "AmbiguousProduct", (6, "tN"), "where the exponent tN ends has two readings", "Put the exponent in brackets, ^(tN), or write a * behind it."),
    ("DATA", "6^1/5", "AmbiguousProduct", (1, "^1/5"), "where this exponent ends has two readings", "Put it in brackets: ^(1/5)."),
    ("DATA", r"\frac123", "AmbiguousProduct", (7, "3"), r"a number stands directly behind \frac12", "Write * for a product or ^ for a power."),
    ("DATA", r"\sqrt23", "AmbiguousProduct", (0, r"\sqrt23"), r"where the root \sqrt23 ends has two readings", "Put what is under the root in brackets: sqrt(…)."),
    ("DATA", "∛θ", "WrongArguments", (0, "∛"), "∛ needs an argument", "Write cbrt(…)."),
    ("DATA", "0&lt;eta", "UnknownName", (2, "lt"), "'lt' is not a symbol of this question", "Did you mean t?"),
    ("DATA", "∧", "MissingOperand", (0, "∧"), "nothing stands before ∧", "Type what is missing, or remove the sign."),
    ("DATA", "ln 1/eps", "AmbiguousProduct", (0, "ln 1/eps"), "where the argument of ln ends has two readings", "Put it in brackets: ln(…)."),
    ("DATA", "||eta|-1|", "UnclosedBracket", (0, "||"), "the bracket || is never closed", "Add the missing ||."),
    ("DATA", "", "EmptyFormula", (0, ""), "there is nothing to read", "Type the formula between the quotes."),
    ("DATA", "   ", "EmptyFormula", (0, " "), "there is nothing to read", "Type the formula between the quotes."),
    ("DATA", "$ $", "EmptyFormula", (0, "$"), "there is nothing to read", "Type the formula between the quotes."),
    ("DATA", "----------------------------------------1", "TooComplex", (0, "----------------------------------------"), "40 signs in a row are more than any answer needs", "Write one sign."),
    ("DATA", "sum(sum(sum(sum(sum(sum(sum(sum(sum(y)))))))))", "TooComplex", (32, "sum"), "sums are nested more than 8 deep", "Write it with fewer sums."),
    ("DATA", "x''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''", "TooComplex", (0, "x''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''''"), "this formula is nested too deep", "Simplify it."),
    ("DATA", "1e9999", "TooComplex", (0, "1e9999"), "this number has more digits than any answer needs", "Numbers may have up to 400 digits; write powers as powers."),
    ("DATA", "é", "BadCharacter", (0, "é"), "the character é (latin small letter e with acute) has no meaning in a formula", "Remove it, or spell it out."),
    ("DATA", "\u202e", "BadCharacter", (0, "\u202e"), "there is an invisible character here (right-to-left override)", "Delete it, or type the line again."),
    ("DATA", "х", "BadCharacter", (0, "х"), "this is not the letter x but cyrillic small letter ha", "Type the Latin letter x."),
    ("DATA", "Ν", "BadCharacter", (0, "Ν"), "this is not the letter N but greek capital letter nu", "Type the Latin letter N."),
    ("DATA", "x%2", "UnexpectedToken", (1, "%"), "% cannot stand here", "Write a percentage as a fraction: 5/100."),
    ("DATA", "#", "BadCharacter", (0, "#"), "the character # (number sign) has no meaning in a formula", "Remove it, or spell it out."),
    ("DATA", "x^", "MissingOperand", (1, "^"), "there is no exponent behind ^", "Type the exponent."),
    ("DATA", "x^)", "MissingOperand", (1, "^"), "there is no exponent behind ^", "Type the exponent."),
    ("DATA", "2*", "MissingOperand", (1, "*"), "nothing stands behind *", "Type what is missing, or remove the sign."),
    ("DATA", "*2", "MissingOperand", (0, "*"), "nothing stands before *", "Type what is missing, or remove the sign."),
    ("DATA", "2+)", "MissingOperand", (1, "+"), "nothing stands behind +", "Type what is missing, or remove the sign."),
    ("DATA", "(2", "UnclosedBracket", (0, "("), "the bracket ( is never closed", "Add the missing )."),
    ("DATA", "2)", "UnopenedBracket", (1, ")"), "the bracket ) was never opened", "Remove it, or add the opening bracket."),
    ("DATA", "[2", "UnclosedBracket", (0, "["), "the bracket [ is never closed", "Add the missing ]."),
    ("DATA", "{2", "UnclosedBracket", (0, "{"), "the bracket { is never closed", "Add the missing }."),
    ("DATA", "|2", "UnclosedBracket", (0, "|"), "the bracket | is never closed", "Add the missing |."),
    ("DATA", "||x", "UnclosedBracket", (0, "||"), "the bracket || is never closed", "Add the missing ||."),
    ("DATA", r"\|x", "UnclosedBracket", (0, r"\|"), r"the bracket \| is never closed", "Add the missing ||."),
    ("DATA", r"\left(2", "UnclosedBracket", (5, "("), "the bracket ( is never closed", "Add the missing )."),
    ("DATA", r"\begin{bmatrix} 1", "UnclosedBracket", (0, r"\begin{bmatrix}"), r"\begin{bmatrix} is never closed", r"Add \end{bmatrix}."),
    ("DATA", r"\begin{bmatrix} 1 \end{pmatrix}", "UnclosedBracket", (18, r"\end{pmatrix}"), r"\begin{bmatrix} is closed by another environment", r"Write \end{bmatrix}."),
    ("DATA", r"\begin{foo} 1 \end{foo}", "UnexpectedToken", (0, r"\begin{foo}"), "the environment foo cannot stand here", "Use bmatrix, pmatrix or cases."),
    ("DATA", r"\begin{bmatrix}\end{bmatrix}", "UnexpectedToken", (0, r"\begin{bmatrix}\end{bmatrix}"), "there is nothing in this bmatrix", "Type its entries."),
    ("DATA", r"\begin", "UnexpectedToken", (0, r"\begin"), r"\begin needs the name of an environment", r"Write \begin{bmatrix} … \end{bmatrix}."),
    ("DATA", "x_{t", "UnclosedBracket", (2, "{"), "the bracket { is never closed", "Add the missing }."),
    ("DATA", r"\text{and", "UnclosedBracket", (5, "{"), "the bracket { is never closed", "Add the missing }."),
    ("DATA", "()", "UnexpectedToken", (0, "()"), "there is nothing between these brackets", "Type what belongs there."),
    ("DATA", "[]", "UnexpectedToken", (0, "[]"), "there is nothing between these brackets", "Type what belongs there."),
    ("DATA", "{}", "UnexpectedToken", (0, "{}"), "there is nothing between these brackets", "Type what belongs there."),
    ("DATA", "\\", "UnexpectedToken", (0, "\\"), "a backslash stands at the end", "Remove it."),
    ("DATA", r"\frac", "WrongArguments", (0, r"\frac"), "this command needs its arguments in braces", r"Write \frac{numerator}{denominator}."),
    ("DATA", r"\frac+2", "WrongArguments", (0, r"\frac"), "this command needs its arguments in braces", r"Write \frac{numerator}{denominator}."),
    ("DATA", r"\sqrt", "WrongArguments", (0, r"\sqrt"), r"\sqrt needs an argument", "Write sqrt(…)."),
    ("DATA", "sqrt", "WrongArguments", (0, "sqrt"), "sqrt needs an argument", "Write sqrt(…)."),
    ("DATA", "ln", "WrongArguments", (0, "ln"), "ln needs an argument", "Write ln(…)."),
    ("DATA", "max()", "WrongArguments", (0, "max()"), "max needs an argument", "Write max(x)."),
    ("DATA", "ln(1,2,3)", "WrongArguments", (0, "ln(1,2,3)"), "ln cannot take 3 arguments", "Write ln(x)."),
    ("DATA", "sin_2(x)", "UnexpectedToken", (0, "sin_2"), "sin takes no subscript", "Remove the subscript."),
    ("DATA", "sin(1,2)", "WrongArguments", (0, "sin(1,2)"), "sin cannot take 2 arguments", "Write sin(x)."),
    ("DATA", "norm(x,3)", "WrongArguments", (0, "norm(x,3)"), "norm cannot take 2 arguments", "Write norm(x), or norm(x, 1) for the sum of absolute values."),
    ("DATA", "‖x‖_3", "UnexpectedToken", (4, "3"), "the norm with subscript 3 is not known", "Use ‖x‖ for the Euclidean norm."),
    ("DATA", "norm", "WrongArguments", (0, "norm"), "norm needs an argument", "Write norm(…)."),
    ("DATA", "root(2)", "WrongArguments", (0, "root(2)"), "root cannot take 1 argument", "Mend the list in the brackets."),
    ("DATA", "Rational(1,2,3)", "WrongArguments", (0, "Rational(1,2,3)"), "Rational cannot take 3 arguments", "Write the number itself."),
    ("DATA", "mean(2)", "BadSum", (0, "mean(2)"), "a mean needs data to run over", "Write the sum and its number of terms: sum(…)/N."),
    ("DATA", "mean(x,y)", "WrongArguments", (0, "mean(x,y)"), "mean cannot take 2 arguments", "Write mean(formula)."),
    ("DATA", "prod(2)", "BadSum", (0, "prod"), "this product has no index", r"Write sum(formula, (i, 1, N)) or \sum_{i=1}^{N} formula."),
    ("DATA", "sum(x, y)", "BadSum", (0, "sum"), "this sum needs one formula and its range", r"Write sum(formula, (i, 1, N)) or \sum_{i=1}^{N} formula."),
    ("DATA", "sum(y, 1)", "BadSum", (0, "sum"), "this sum needs one formula and its range", r"Write sum(formula, (i, 1, N)) or \sum_{i=1}^{N} formula."),
    ("DATA", r"\sum_{2i} y", "UnknownName", (7, "i"), "'i' is not a symbol of this question", "You may use: eta, sigma, sigma_l, sigma_s, epsilon, lambda, t, N, y, x, theta, alpha, a_i, w_i, b_i."),
    ("DATA", r"\sum_{ab=1}^N y", "BadSum", (0, r"\sum_{ab"), "the index of this sum is not a letter", r"Write sum(formula, (i, 1, N)) or \sum_{i=1}^{N} formula."),
    ("DATA", "y[1,2]", "BadIndex", (0, "y[1,2]"), "y takes 1 index, not 2", "Write y[i]."),
    ("DATA", "y[:]", "BadIndex", (2, ":"), "a slice is no single entry", "Write y[i]."),
    ("DATA", "y_0", "BadIndex", (0, "y_0"), "y has no entry 0", "Entries are numbered from 1: the first one is number 1."),
    ("DATA", "y_i", "BadIndex", (0, "y_i"), "the index i is bound by no sum", "Put the whole summand in brackets: sum(..., (i, 1, N)), or write a number for i."),
    ("DATA", "sum(y_j) + y_j", "BadIndex", (11, "y_j"), "the index j is bound by no sum", "Put the whole summand in brackets: sum(..., (j, 1, N)), or write a number for j."),
    ("DATA", "eta=", "MissingOperand", (3, "="), "nothing stands behind =", "Type what is missing, or remove the sign."),
    ("DATA", "eta-=2", "MissingOperand", (3, "-="), "-= changes a variable in place", "Write the whole right-hand side: theta - …."),
    ("DATA", "x if y", "MissingOperand", (2, "if y"), "no condition stands behind 'if'", "Write the formula alone, or a condition such as eta > 0 behind it."),
    ("DATA", "y for i in x", "MissingOperand", (2, "for i in"), "a loop is no formula", "Write a sum as sum(y[i], (i, 1, N))."),
    ("DATA", "not", "MissingOperand", (0, "not"), "nothing stands behind not", "Type what is missing, or remove the sign."),
    ("DATA", "and", "MissingOperand", (0, "and"), "nothing stands before and", "Type what is missing, or remove the sign."),
    ("DATA", "eta<", "MissingOperand", (3, "<"), "nothing stands behind <", "Type what is missing, or remove the sign."),
    ("DATA", "<eta", "MissingOperand", (0, "<"), "nothing stands before <", "Type what is missing, or remove the sign."),
    ("DATA", "eta <- 2 <- 3", "UnexpectedToken", (4, "<-"), "<- may be an arrow or less than minus", "Write the right-hand side alone, or < -1 with the sign at its number."),
    ("DATA", "sum x_i ^2 ]", "UnopenedBracket", (11, "]"), "the bracket ] was never opened", "Remove it, or add the opening bracket."),
    ("DATA", "And()", "WrongArguments", (0, "And()"), "And cannot take these 0 arguments", "Write And(a, b)."),
    ("DATA", "Interval(1)", "WrongArguments", (0, "Interval(1)"), "Interval cannot take these 1 arguments", "Write Interval.open(0, a)."),
    ("DATA", "Piecewise(1)", "WrongArguments", (0, "Piecewise(1)"), "Piecewise cannot take these 1 arguments", "Write Piecewise((a, x > 0), (b, True))."),
    ("DATA", "where(eta<1, 2)", "WrongArguments", (0, "where(eta<1, 2)"), "where cannot take these 2 arguments", "Write where(x > 0, a, b)."),
    ("DATA", "Indicator(x)", "WrongArguments", (0, "Indicator(x)"), "Indicator cannot take these 1 arguments", "Write Indicator(x > 0)."),
    ("DATA", "𝟙[x]", "WrongArguments", (0, "𝟙[x]"), "an indicator needs one condition", "Write 1[x > 0]."),
    ("DATA", "1_[x]", "WrongArguments", (0, "1_[x]"), "an indicator needs one condition", "Write 1[x > 0]."),
    ("DATA", "I(x>0", "UnclosedBracket", (1, "("), "the bracket ( is never closed", "Add the missing )."),
    ("DATA", "Lt(eta)", "WrongArguments", (0, "Lt(eta)"), "Lt cannot take these 1 arguments", "Write Lt(a, b)."),
    ("DATA", "Matrix([1],[2])", "WrongArguments", (0, "Matrix([1],[2])"), "this matrix needs one list of its rows", "Write Matrix([[a, b], [c, d]])."),
    ("DATA", "eye(x)", "WrongArguments", (0, "eye(x)"), "eye needs a size", "Write eye(n)."),
    ("DATA", "eye()", "WrongArguments", (0, "eye()"), "eye cannot take these 0 arguments", "Mend the list in the brackets."),
    ("DATA", "zeros()", "WrongArguments", (0, "zeros()"), "zeros cannot take these 0 arguments", "Mend the list in the brackets."),
    ("DATA", "vstack()", "WrongArguments", (0, "vstack()"), "vstack cannot take these 0 arguments", "Mend the list in the brackets."),
    ("DATA", "dot(x)", "WrongArguments", (0, "dot(x)"), "dot cannot take these 1 arguments", "Mend the list in the brackets."),
    ("DATA", "transpose()", "WrongArguments", (0, "transpose()"), "transpose cannot take these 0 arguments", "Mend the list in the brackets."),
    ("DATA", "log1p()", "WrongArguments", (0, "log1p()"), "log1p needs an argument", "Mend the list in the brackets."),
    ("DATA", "len(2)", "WrongArguments", (0, "len(2)"), "len cannot take 1 argument", "Mend the list in the brackets."),
    ("DATA", "x.shape", "UnexpectedToken", (0, "x.shape"), "this size is not known", "Write X.shape[0], or the size's name."),
    ("DATA", "x.dot()", "UnexpectedToken", (1, ".dot()"), ".dot with these arguments is not known", "Write the operation as a formula."),
    ("DATA", "x.inv(2)", "UnexpectedToken", (1, ".inv(2)"), ".inv with these arguments is not known", "Write the operation as a formula."),
    ("DATA", "x.foo", "UnexpectedToken", (1, "."), "this dot belongs to no number", "Write * for a product; .T is read as transpose."),
    ("DATA", "2.foo", "UnexpectedToken", (1, "."), "this dot belongs to no number", "Write * for a product; .T is read as transpose."),
    ("DATA", "x .* y", "UnexpectedToken", (2, ".*"), "this is an operation entry by entry", "Write a matrix product, or a sum over entries: sum(x[i]*y[i], (i, 1, N))."),
    ("DATA", "_x", "UnexpectedToken", (0, "_"), "_ cannot stand here", "A subscript belongs directly behind a name."),
    ("DATA", "x__y", "UnexpectedToken", (1, "_"), "_ cannot stand here", "A subscript belongs directly behind a name."),
    ("DATA", "Sum(y[i], (i,1,N)", "UnclosedBracket", (3, "("), "the bracket ( is never closed", "Add the missing )."),
    ("DATA", "⟨x", "MissingOperand", (0, "⟨x"), "angle brackets hold two sides of an inner product", "Write ⟨x, y⟩, or round brackets."),
    ("DATA", "⟨x⟩", "MissingOperand", (0, "⟨x"), "angle brackets hold two sides of an inner product", "Write ⟨x, y⟩, or round brackets."),
    ("DATA", "]0", "UnexpectedToken", (1, "0"), "the formula ends too early", "Type what is missing."),
    ("DATA", "]0,1", "UnclosedBracket", (0, "]"), "the bracket ] is never closed", "Add the missing [."),
    ("DATA", "(0,1;2", "UnclosedBracket", (0, "("), "the bracket ( is never closed", "Add the missing )."),
    ("DATA", "x 2", "AmbiguousProduct", (2, "2"), "a number stands directly behind x", "Write * for a product or ^ for a power."),
    ("DATA", "e^2x", "AmbiguousProduct", (2, "2x"), "where the exponent 2x ends has two readings", "Put the exponent in brackets, ^(2x), or write a * behind it."),
    ("DATA", "eta/2sigma", "AmbiguousProduct", (3, "/2sigma"), "eta/2sigma has two readings: the part behind the / may end before or after sigma", "Put brackets around the denominator: /(2sigma), or write a *."),
    ("DATA", "sqrt 2^2", "AmbiguousProduct", (0, "sqrt 2^"), "where the root sqrt2 ends has two readings", "Put what is under the root in brackets: sqrt(…)."),
    ("DATA", "√x²", "AmbiguousProduct", (0, "√x²"), "where the root √x ends has two readings", "Put what is under the root in brackets: sqrt(…)."),
    ("DATA", r"\sqrt23 \eta", "AmbiguousProduct", (0, r"\sqrt23 \eta"), r"where the root \sqrt23 ends has two readings", "Put what is under the root in brackets: sqrt(…)."),
    ("DATA", "ln x y", "AmbiguousProduct", (0, "ln x y"), "where the argument of ln ends has two readings", "Put it in brackets: ln(…)."),
    ("DATA", "ln 2/3", "AmbiguousProduct", (0, "ln 2/3"), "where the argument of ln ends has two readings", "Put it in brackets: ln(…)."),
    ("DATA", "sum(y_i)^2", "AmbiguousProduct", (0, "sum(y_i)"), "the power may belong to the sum or to its terms", "Write (sum(…))^2 or sum((…)^2)."),
    ("DATA", "sum (y_i)^2", "AmbiguousProduct", (0, "sum"), "the power may belong to the sum or to its terms", "Write (sum(…))^2 or sum((…)^2)."),
    ("DATA", "(1+0,5 eta)", "DecimalComma", (3, "0,5"), "this comma may separate two numbers or be a decimal point", "Write 0.5 for a decimal number, or a space behind the comma."),
    ("DATA", "argmin(x)", "UnknownFunction", (0, "argmin"), "'argmin' is neither a function nor a symbol of this question", "Write the function itself, without argmin."),
    ("DATA", "foo(2)", "UnknownFunction", (0, "foo"), "'foo' is neither a function nor a symbol of this question", "Did you mean floor?"),
    ("DATA", "Sigma", "UnknownName", (0, "Sigma"), "'Sigma' is not a symbol of this question", "Did you mean sigma?"),
    ("DATA", "ETA", "UnknownName", (0, "ETA"), "'ETA' is not a symbol of this question", "Did you mean eta?"),
    ("DATA", "sigm", "UnknownName", (0, "sigm"), "'sigm' is not a symbol of this question", "Did you mean sigma?"),
    ("DATA", "sigma2", "UnknownName", (0, "sigma2"), "'sigma2' is not a symbol of this question", "Did you mean sigma^2 or sigma*2?"),
    ("DATA", "etasigma", "UnknownName", (0, "etasigma"), "'etasigma' is not a symbol of this question", "Did you mean eta*sigma? Write the * between names."),
    ("DATA", r"\etta", "UnexpectedToken", (0, r"\etta"), r"\etta is not a command that formulas use", r"Did you mean \eta?"),
    ("DATA", r"\foo", "UnexpectedToken", (0, r"\foo"), r"\foo is not a command that formulas use", "Remove it, or write what it stands for; the solution of A x = b is solve(A, b)."),
    ("DATA", "lim", "UnknownName", (0, "lim"), "'lim' is not a symbol of this question", "Write the limit itself."),
    ("DATA", "all", "UnknownName", (0, "all"), "'all' is not a symbol of this question", "Write the points alone; a letter of the question stands for every value."),
    ("DATA", "x:", "UnexpectedToken", (0, "x:"), "a title stands before the formula", "Write the formula alone."),
    ("DATA", "x // y", "UnexpectedToken", (2, "//"), "// cannot stand here", "Write / for a quotient."),
    ("DATA", "∫x", "BadCharacter", (0, "∫"), "the character ∫ (integral) has no meaning in a formula", "Remove it, or spell it out."),
    ("DATA", "x→y", "UnexpectedToken", (1, "→"), "→ cannot stand here", "Write the formula alone."),
    ("DATA", "eta ∩ sigma", "UnexpectedToken", (0, "eta"), "'∩' joins conditions, but this is none", "Write a condition on both sides, such as eta > 0."),
    ("DATA", "eta ∪", "MissingOperand", (4, "∪"), "nothing stands behind ∪", "Type what is missing, or remove the sign."),
    ("DATA", "x @", "MissingOperand", (2, "@"), "nothing stands behind @", "Type what is missing, or remove the sign."),
    ("DATA", "x ⊤", "UnexpectedToken", (2, "⊤"), "⊤ cannot stand here", "Write X^T for a transpose."),
    ("DATA", "x '", "UnexpectedToken", (2, "'"), "' cannot stand here", "Remove it, or add what is missing around it."),
    ("DATA", "'x", "BadCharacter", (0, "'"), "a quotation mark has no meaning in a formula", "Type the formula without quotes."),
    ("DATA", 'x"', "BadCharacter", (1, '"'), "a quotation mark has no meaning in a formula", "Type the formula without quotes."),
    ("DATA", r"x\%", "UnexpectedToken", (1, r"\%"), r"\% cannot stand here", "Write a percentage as a fraction: 5/100."),
    ("DATA", "...", "UnexpectedToken", (0, "..."), "... cannot stand here", "Remove it, or add what is missing around it."),
    ("DATA", "1..", "UnexpectedToken", (1, ".."), ".. cannot stand here", "Remove it, or add what is missing around it."),
    ("DATA", "x..y", "UnexpectedToken", (1, ".."), ".. cannot stand here", "Remove it, or add what is missing around it."),
    ("DATA", "i", "UnknownName", (0, "i"), "'i' is not a symbol of this question", "You may use: eta, sigma, sigma_l, sigma_s, epsilon, lambda, t, N, y, x, theta, alpha, a_i, w_i, b_i."),
    ("DATA", "x_{1,2}", "UnknownName", (0, "x_{1,2}"), "'x_{1,2}' is not a symbol of this question", "You may use: eta, sigma, sigma_l, sigma_s, epsilon, lambda, t, N, y, x, theta, alpha, a_i, w_i, b_i."),
    ("DATA", "E[w_t]", "UnknownName", (0, "E"), "'E' is not a symbol of this question", "You may use: eta, sigma, sigma_l, sigma_s, epsilon, lambda, t, N, y, x, theta, alpha, a_i, w_i, b_i."),
    ("DATA", "True(", "MissingOperand", (4, "("), "nothing stands behind (", "Type what is missing, or remove the sign."),
    ("DATA", "x!(", "MissingOperand", (2, "("), "nothing stands behind (", "Type what is missing, or remove the sign."),
    ("DATA", "x!!y_i", "BadIndex", (3, "y_i"), "the index i is bound by no sum", "Put the whole summand in brackets: sum(..., (i, 1, N)), or write a number for i."),
    ("DATA", "if", "UnknownName", (0, "if"), "'if' is not a symbol of this question", "You may use: eta, sigma, sigma_l, sigma_s, epsilon, lambda, t, N, y, x, theta, alpha, a_i, w_i, b_i."),
    ("DATA", "x if", "UnexpectedToken", (2, "if"), "the formula ends too early", "Type what is missing."),
    ("DATA", r"\end{bmatrix}", "UnexpectedToken", (0, r"\end{bmatrix}"), "the environment bmatrix cannot stand here", "Use bmatrix, pmatrix or cases."),
    ("DATA", "&", "UnexpectedToken", (0, "&"), "& cannot stand here", "Separate conditions by 'and'."),
    ("DATA", "1 & 2", "UnexpectedToken", (0, "1"), "'and' joins conditions, but this is none", "Write a condition on both sides, such as eta > 0."),
    ("DATA", "(1 & 2)", "UnexpectedToken", (1, "1"), "'and' joins conditions, but this is none", "Write a condition on both sides, such as eta > 0."),
    ("DATA", "norm_{7}(x)", "UnexpectedToken", (6, "7"), "the norm with subscript 7 is not known", "Use ‖x‖ for the Euclidean norm."),
    ("DATA", "cbrt", "WrongArguments", (0, "cbrt"), "cbrt needs an argument", "Write cbrt(…)."),
    ("DATA", "solve(x)", "WrongArguments", (0, "solve(x)"), "solve cannot take 1 argument", "Mend the list in the brackets."),
    ("DATA", "Sum(y_i for", "UnexpectedToken", (8, "for"), "the formula ends too early", "Type what is missing."),
    ("DATA", "U", "UnknownName", (0, "U"), "'U' is not a symbol of this question", "You may use: eta, sigma, sigma_l, sigma_s, epsilon, lambda, t, N, y, x, theta, alpha, a_i, w_i, b_i."),
    ("DATA", "x U y", "UnexpectedToken", (2, "U"), "U cannot stand here", "Remove it, or add what is missing around it."),
    ("SCALARS", "E[w_{t+1} | w_t] = (1-eta(x^2+sigma^2)) w_t + eta x y", "UnknownName", (40, "w_t"), "'w_t' is not a symbol of this question", "Did you mean w_i?"),
    ("SCALARS", "E[W_t]", "UnknownName", (0, "E"), "'E' is not a symbol of this question", "Did you mean E[w_t]?"),
    ("SCALARS", "E[w_{t+1}]", "UnknownName", (0, "E"), "'E' is not a symbol of this question", "Did you mean E[w_t]?"),
    ("SCALARS", "ln(1/eps)/2ησ²", "AmbiguousProduct", (9, "/2η"), "ln(1/eps)/2η has two readings: the part behind the / may end before or after η", "Put brackets around the denominator: /(2η), or write a *."),
    ("SCALARS", "ln 1/eps", "AmbiguousProduct", (0, "ln 1/eps"), "where the argument of ln ends has two readings", "Put it in brackets: ln(…)."),
    ("SCALARS", "ln x y", "AmbiguousProduct", (0, "ln x y"), "where the argument of ln ends has two readings", "Put it in brackets: ln(…)."),
    ("SCALARS", "x -= 2*lr*x", "MissingOperand", (2, "-="), "-= changes a variable in place", "Write the whole right-hand side: theta - …."),
    ("SCALARS", "x_{k+1} ← x_k − η 2x", "UnknownName", (10, "x_k"), "'x_k' is not a symbol of this question", "Did you mean x_0?"),
    ("SCALARS", "w_ix", "UnknownName", (0, "w_ix"), "'w_ix' is not a symbol of this question", "Did you mean w_i*x? Write the * between names."),
    ("SCALARS", "w_ix + b_i", "UnknownName", (0, "w_ix"), "'w_ix' is not a symbol of this question", "Did you mean w_i*x? Write the * between names."),
    ("SCALARS", "a_i x K(w_i x + b_i)", "UnknownFunction", (6, "K"), "'K' is neither a function nor a symbol of this question", "You may use: eta, sigma, epsilon, t, x, y, Ew, L, g, d, lr, x_0, w_i, b_i, a_i, w, b, z, theta, s_b, s_w, r, V, alpha, R, N, n."),
    ("SCALARS", "2/pi*atan(s_w... )", "UnexpectedToken", (13, "..."), "... cannot stand here", "Remove it, or add what is missing around it."),
    ("SCALARS", "a_i x K(x)", "UnknownFunction", (6, "K"), "'K' is neither a function nor a symbol of this question", "You may use: eta, sigma, epsilon, t, x, y, Ew, L, g, d, lr, x_0, w_i, b_i, a_i, w, b, z, theta, s_b, s_w, r, V, alpha, R, N, n."),
    ("SCALARS", "E[v_t]", "UnknownName", (0, "E"), "'E' is not a symbol of this question", "Did you mean E[w_t]?"),
    ("MATRICES", "A^q", "UnknownName", (2, "q"), "'q' is not a symbol of this question", "You may use: X, y, w, lambda, sigma, W1, A, b, W2, c, S, U, V, x, eta, m, n, d, k, p."),
    ("MATRICES", "A^*", "MissingOperand", (1, "^"), "nothing stands behind ^", "Type what is missing, or remove the sign."),
    ("MATRICES", "t(A)", "UnknownFunction", (0, "t"), "'t' is neither a function nor a symbol of this question", "A transpose is written A^T."),
    ("DATA", "O(sigma)", "UnknownFunction", (0, "O"), "'O' is neither a function nor a symbol of this question", "Write the number itself, without the O."),
    ("DATA", "cov(y, y)", "UnknownFunction", (0, "cov"), "'cov' is neither a function nor a symbol of this question", "Write it out with means or sums."),
    ("MATRICES", "A '", "UnexpectedToken", (2, "'"), "' cannot stand here", "Remove it, or add what is missing around it."),
    ("MATRICES", "<w, w>", "MissingOperand", (0, "<"), "nothing stands before <", "Write x^T*y for an inner product, [a, b, c] for a vector."),
    ("MATRICES", "X.shape", "UnexpectedToken", (0, "X.shape"), "this size is not known", "Write X.shape[0], or the size's name."),
    ("MATRICES", "Y", "UnknownName", (0, "Y"), "'Y' is not a symbol of this question", "Did you mean y?"),
    ("MATRICES", "X_{ij}", "BadIndex", (0, "X_{ij}"), "the index i is bound by no sum", "Put the whole summand in brackets: sum(..., (i, 1, N)), or write a number for i."),
    ("MATRICES", "[1 2 3]", "AmbiguousProduct", (3, "2"), "a number stands directly behind 1", "Write * for a product or ^ for a power."),
    ("MATRICES", r"\lambda \nrm{w}", "UnexpectedToken", (8, r"\nrm"), r"\nrm is not a command that formulas use", r"Did you mean \norm?"),
    ("MATRICES", r"\lambda \etta", "UnexpectedToken", (8, r"\etta"), r"\etta is not a command that formulas use", r"Did you mean \eta?"),
    ("MATRICES", "X .* y", "UnexpectedToken", (2, ".*"), "this is an operation entry by entry", "Write a matrix product, or a sum over entries: sum(x[i]*y[i], (i, 1, N))."),
    ("MATRICES", "X.*y", "UnexpectedToken", (1, ".*"), "this is an operation entry by entry", "Write a matrix product, or a sum over entries: sum(x[i]*y[i], (i, 1, N))."),
    ("MATRICES", "(1 - 0,5 lambda)", "DecimalComma", (5, "0,5"), "this comma may separate two numbers or be a decimal point", "Write 0.5 for a decimal number, or a space behind the comma."),
    ("MATRICES", "X.shape[2]", "UnexpectedToken", (0, "X.shape[2]"), "this size is not known", "Write X.shape[0], or the size's name."),
    ("MATRICES", "X[1,0]", "BadIndex", (0, "X[1,0]"), "X has no entry 0", "Entries are numbered from 1: the first one is number 1."),
    ("MATRICES", "X_{12}+X_{i2}", "BadIndex", (7, "X_{i2}"), "the index i is bound by no sum", "Put the whole summand in brackets: sum(..., (i, 1, N)), or write a number for i."),
    ("MATRICES", "S.size", "UnexpectedToken", (0, "S.size"), "this size is not known", "Write X.shape[0], or the size's name."),
    ("MATRICES", "X2", "UnknownName", (0, "X2"), "'X2' is not a symbol of this question", "Did you mean X^2 or X*2?"),
    ("MATRICES", "X^*", "MissingOperand", (1, "^"), "nothing stands behind ^", "Type what is missing, or remove the sign."),
    ("MATRICES", "A b c d e f", "UnknownName", (10, "f"), "'f' is not a symbol of this question", "You may use: X, y, w, lambda, sigma, W1, A, b, W2, c, S, U, V, x, eta, m, n, d, k, p."),
    ("VECTORS", "<3x^2, 2, 20 z^3>", "MissingOperand", (0, "<"), "nothing stands before <", "Write x^T*y for an inner product, [a, b, c] for a vector."),
    ("VECTORS", "(0,y,0) for all y", "UnknownName", (12, "all"), "'all' is not a symbol of this question", "Write the points alone; a letter of the question stands for every value."),
    ("VECTORS", "{x: 3x^2, y: 2}", "UnexpectedToken", (8, ","), ", cannot stand here", "Remove it, or add what is missing around it."),
    ("VECTORS", "[3x^2 2 20x^3]", "AmbiguousProduct", (6, "2"), "a number stands directly behind 3x^2", "Write * for a product or ^ for a power."),
    ("VECTORS", "<x,y,z>", "MissingOperand", (0, "<"), "nothing stands before <", "Write x^T*y for an inner product, [a, b, c] for a vector."),
]
# fmt: on

LIMITS = [
    ("x" * 5000, "TooLong", "this formula has 5000 bytes; at most 4096 are read"),
    ("1+" * 1600 + "1", "TooComplex", "this formula has more than 3000 parts"),
    ("xy" * 1100, "TooComplex", "this formula has too many parts"),
    ("(" * 200, "TooComplex", "this formula is nested too deep"),
    ("x" + "'" * 70, "TooComplex", "this formula is nested too deep"),
    ("x_{" * 20 + "1" + "}" * 20, "TooComplex", "this is nested too deep"),
    ("-" * 40 + "1", "TooComplex", "40 signs in a row are more than any answer needs"),
    ("Σ_i " * 9 + "y_i", "TooComplex", "sums are nested more than 8 deep"),
    ("mean(x*" * 9 + "1" + ")" * 9, "TooComplex", "sums are nested more than 8 deep"),
    ("9" * 500, "TooComplex", "this number has more digits than any answer needs"),
    ("q" * 50, "UnknownName", f"'{'q' * 39}…' is not a symbol of this question"),
]


@pytest.mark.parametrize("row", ROWS, ids=[repr(row[1]) for row in ROWS])
def test_an_error_says_what_where_and_what_to_do(row):
    """Every cause has its class, its place in the original text and a repair."""
    table, typed, name, place, cause, repair = row
    with pytest.raises(Unreadable) as caught:
        read(typed, TABLES[table])
    error = caught.value
    assert type(error).__name__ == name
    assert (error.start, error.found) == place
    assert error.cause == cause
    assert error.repair == repair
    assert error.text == typed


@pytest.mark.parametrize(("typed", "name", "cause"), LIMITS, ids=[row[2] + str(i) for i, row in enumerate(LIMITS)])
def test_a_limit_is_an_error_that_can_be_read(typed, name, cause):
    """Whatever is too long, too deep or too large is refused with a repair, not with a crash."""
    with pytest.raises(Unreadable) as caught:
        read(typed, DATA)
    assert (type(caught.value).__name__, caught.value.cause) == (name, cause)
    assert caught.value.repair


def test_every_class_of_error_of_the_reader_is_shown_here():
    """A new cause needs a row of its own."""
    shown = {row[2] for row in ROWS} | {row[1] for row in LIMITS}
    classes = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Unreadable)}
    later = {"Unreadable", "ShapeMismatch", "WrongKind"}  # raised by shapes and by kinds of answers
    assert classes - later == shown


MOVABLE = [row for row in ROWS if row[2] != "EmptyFormula" and "\\" not in row[1]]


@pytest.mark.parametrize("row", MOVABLE, ids=[repr(row[1]) for row in MOVABLE])
@pytest.mark.parametrize("before", ["  ", "\u2009"])
def test_places_move_with_the_text(row, before):
    """White space before a formula moves the place of its error by as much."""
    table, typed, _, (start, found), *_ = row
    with pytest.raises(Unreadable) as caught:
        read(before + typed, TABLES[table])
    assert (caught.value.start, caught.value.found) == (start + len(before), found)


WRAPPED = [
    (r"\frac{1}{2 sigmo}", "sigmo"),
    (r"1 + \mathbf{sigmo}", r"\mathbf{sigmo}"),
    (r"\left(1 + \frac{2}{x^{sigmo}}\right)", "sigmo"),
    (r"\begin{bmatrix} 1 & sigmo \end{bmatrix}", "sigmo"),
    (r"\sum_{i=1}^{sigmo} y_i", "sigmo"),
    (r"\text{ и }", "и"),
    (r"x_{é}", "é"),
    ("x²⁺", "⁺"),
    ("ησ² + sigmo", "sigmo"),
]


@pytest.mark.parametrize(("typed", "found"), WRAPPED)
def test_the_place_is_right_inside_groups_and_other_alphabets(typed, found):
    """Offsets are those of the original text inside LaTeX groups, styled text and raised letters too."""
    with pytest.raises(Unreadable) as caught:
        read(typed, DATA)
    assert (caught.value.found, caught.value.start) == (found, typed.index(found))
