"""Code answers: what a function is given, what must be true of what it returns, and how a mistake is named.

An author declares a function by its signature, the kinds of inputs that it is tried on and the checks that its answers must
pass; see `autograder.Function`. The student's code runs in the sandbox only. What comes back are plain values, which are
read as arrays and compared here, from the reference alone.
"""

from autograder.functions.checks import Matches, Property, Zero
from autograder.functions.draw import Case, Draw, Input, matrix_inputs
from autograder.functions.faults import Fault
from autograder.functions.oracle import MeasuredFunctions

__all__ = ["Case", "Draw", "Fault", "Input", "Matches", "MeasuredFunctions", "Property", "Zero", "matrix_inputs"]
