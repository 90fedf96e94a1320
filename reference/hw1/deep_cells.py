"""What a notebook's cells do with a network of two hidden layers, read from their text where they cannot be tried."""

from __future__ import annotations

import ast
import re
from fractions import Fraction

from autograder import Half
from autograder.notebooks.findings import Finding
from autograder.notebooks.script import Script
from autograder.notebooks.uses import draws
from reference.hw1 import q5a_features as one
from reference.hw1 import q5b_decomposition as two
from reference.hw1.architectures import Architecture
from reference.hw1.deep_drawings import RELU_PLACE

SNAPSHOTS = "drawn before and after training"
_TRAINS = re.compile(r"train|\.step\(|fit\(|optimi[sz]e|sgd|descend", re.IGNORECASE)


def read_snapshots(script: Script, found: tuple[Architecture, ...], share: Fraction) -> Finding:
    """What is written below the definition."""
    start = found[0].line if found else 0
    below = [s for s in script.body if (s.end_lineno or s.lineno) >= start and not isinstance(s, ast.ClassDef)]
    margin = [s for s in below if not isinstance(s, ast.FunctionDef)]
    drawing = [s for s in margin if _mentions(s, (one.FUNCTION, two.FUNCTION), script)]
    text = "\n".join(ast.unparse(statement) for statement in margin)
    if not margin:
        remark = "No cell uses the network of two hidden layers; the functions were judged with the grader's own."
        return Finding(name=SNAPSHOTS, share=share, earned=Fraction(1), remark=remark)
    if RELU_PLACE.search("\n".join(ast.unparse(statement) for statement in drawing)):
        return Finding(
            name=SNAPSHOTS, share=share, earned=Half, rule="relu-index", said="It asks for '1.weight' or the like."
        )
    if not drawing:
        if draws(text):
            return Finding(
                name=SNAPSHOTS, share=share, is_open=True, said="It is drawn without the functions of (a) and (b)."
            )
        return Finding(
            name=SNAPSHOTS, share=share, rule="no-plots", said="No cell draws the network of two hidden layers."
        )
    if re.search(r"load_state_dict\(\s*nets_by_size\[", text):
        said = "A state of `nets_by_size`, which holds networks of one hidden layer, is loaded."
        return Finding(name=SNAPSHOTS, share=share, earned=Half, rule="state-mismatch", said=said)
    drawn = "\n".join(ast.unparse(statement) for statement in drawing)
    if not _TRAINS.search(_without_names(text)):
        return Finding(
            name=SNAPSHOTS, share=share, earned=Half, rule="untrained", said="No cell below the definition trains it."
        )
    if re.search(r"\[['\"](?:net|init)['\"]\]", drawn) and not re.search(
        r"train|final|snapshot|key|state", _without_names(drawn)
    ):
        return Finding(
            name=SNAPSHOTS, share=share, earned=Half, rule="only-initial", said="Only the initial network is drawn."
        )
    return Finding(name=SNAPSHOTS, share=share, earned=Fraction(1))


def _without_names(text: str) -> str:
    return text.replace(one.FUNCTION, "").replace(two.FUNCTION, "").replace("'trained_net': net", "")


def _mentions(statement: ast.stmt, functions: tuple[str, ...], script: Script) -> bool:
    """Whether a statement calls one of the functions, a variant of one, or a function that calls one."""
    called = {
        node.func.id for node in ast.walk(statement) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    through = {name for name in called if (node := script.function(name)) is not None and _calls_any(node, functions)}
    return bool(through) or any(name.startswith(functions) for name in called)


def _calls_any(function: ast.FunctionDef, functions: tuple[str, ...]) -> bool:
    return any(isinstance(node, ast.Name) and node.id.startswith(functions) for node in ast.walk(function))
