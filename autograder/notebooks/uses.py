"""What a notebook's code does, by its text: whether it draws, and what it does with what a function returns."""

from __future__ import annotations

import ast
import re

from autograder.notebooks.script import Script

_DRAWS = re.compile(
    r"\bplt\.|\.(?:\w*plot|scatter|bar|stem|semilogx|semilogy|loglog|imshow|fill_between)\("
    r"|\.step\((?:[^(),]|\((?:[^()]|\([^()]*\))*\))*,"  # of two arguments or more: an optimiser's has one at most
)


def draws(text: str) -> bool:
    """Whether a text calls something of matplotlib, or of seaborn, that shows data.

    >>> draws("ax.plot(x, y)"), draws("ax.step(np.sort(x.ravel()), y)"), draws("sns.lineplot(x=x, y=y)")
    (True, True, True)
    >>> draws("optimizer.step()"), draws("optimizer.step(closure(x, y))"), draws("backward_and_plot_grad(X, net)")
    (False, False, False)
    """
    return _DRAWS.search(text) is not None


def draws_what_it_returns(script: Script, function: str) -> bool:
    """Whether a function returns something, and code outside of it uses that and draws."""
    node = script.function(function)
    returns = node is not None and any(isinstance(n, ast.Return) and n.value is not None for n in ast.walk(node))
    others = [statement for statement in script.body if statement is not node]
    uses = any(_uses(statement, function) for statement in others)
    return returns and uses and any(draws(ast.unparse(statement)) for statement in others)


def _uses(statement: ast.stmt, function: str) -> bool:
    """Whether a call's value goes anywhere: a call that is a statement of its own throws it away."""
    calls = {
        id(node)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function
    }
    thrown_away = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Expr)}
    return bool(calls - thrown_away)
