"""What this machine offers, as text and as JSON: pure functions of a `Machine`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from autograder.machine import NEEDED, OLDEST_PYTHON, USEFUL, Machine, is_older

# By the tier's label: the sandbox itself cannot be imported where NumPy is missing, which is what is to be said then.
_HOLDS = {
    "1": "a process of its own with limits; for code that you trust",
    "2u": "another user, system-call filter, limits; no Landlock",
    "2": "Landlock, system-call filter, limits; as the same user",
    "3": "another user, Landlock, system-call filter, limits",
}
_FOR = {
    "python-flint": "makes comparing formulas faster",
    "torch": "for parts whose code uses it",
    "pytest": "for an author's tests written for pytest",
    "gradescope-utils": "not needed: its decorators are built in",
}
_LABEL, _WIDTH = 18, 100


def as_text(machine: Machine) -> str:
    """The machine for a person, with what to do for each thing that is missing."""
    lines = ["Machine", *_rows(_machine(machine)), "", "Libraries", *_rows(_libraries(machine)), "", "Student code"]
    lines += _rows(_containment(machine))
    advice = things_to_do(machine)
    if advice:
        lines += ["", "What to do"]
        for sentence in advice:
            lines += textwrap.wrap(sentence, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    reasons = obstacles(machine)
    verdict = f"Grading is not possible: {' '.join(reasons)}" if reasons else "Grading is possible."
    return "\n".join([*lines, "", *textwrap.wrap(verdict, _WIDTH)]) + "\n"


def as_json(machine: Machine) -> dict[str, Any]:
    """The same facts for programs."""
    report = machine.report
    return {
        "possible": not obstacles(machine),
        "obstacles": list(obstacles(machine)),
        "advice": list(things_to_do(machine)),
        "python": machine.python,
        "system": machine.system,
        "architecture": machine.architecture,
        "cores": machine.cores,
        "memory": machine.memory,
        "root": machine.root,
        "versions": dict(machine.versions),
        "exact_arithmetic": _arithmetic(machine),
        "tier": None if report is None else report.tier.label,
        "fonts_missing": None if machine.fonts is None else list(machine.fonts),
        "unicode": machine.unicode,
        "landlock": machine.landlock,
        "seccomp": machine.has_filter,
        "canary": {} if report is None else dict(report.seen),
    }


def obstacles(machine: Machine) -> tuple[str, ...]:
    """Why nothing can be graded here, in whole sentences; () where it can."""
    found = []
    if _version(machine.python) < OLDEST_PYTHON:
        found.append(f"Python {machine.python} is too old; 3.11 or newer is needed.")
    for name, oldest in NEEDED.items():
        version = machine.versions.get(name)
        if version is None:
            found.append(f"{name} is missing; run ./setup.sh.")
        elif is_older(version, oldest):
            found.append(f"{name} {version} is too old, {oldest} or newer is needed; run ./setup.sh.")
    if machine.report is None:
        found.append(f"The sandbox does not start: {machine.trouble.rstrip('.')}.")
    return tuple(found)


def things_to_do(machine: Machine) -> tuple[str, ...]:
    """What would make this machine better, most important first, in whole sentences."""
    return (*_about_containment(machine), *_about_libraries(machine))


def _about_containment(machine: Machine) -> Iterator[str]:
    report = machine.report
    if report is None:
        return
    yield from report.notices
    if not machine.on_linux:
        return
    if not machine.landlock:
        yield (
            "The kernel offers no Landlock: use Linux 5.13 or newer with `landlock` among the modules listed in "
            "/sys/kernel/security/lsm."
        )
    if not machine.has_filter:
        yield (
            f"System calls cannot be filtered on {machine.architecture} here: use x86_64 or aarch64, and a container "
            "that does not forbid seccomp."
        )
    if not machine.root and report.tier.label == "2":
        yield "As root in a container, as on Gradescope, student code runs as another user as well: that is tier 3."


def _about_libraries(machine: Machine) -> Iterator[str]:
    for name, oldest in USEFUL.items():
        version = machine.versions.get(name)
        if version is not None and is_older(version, oldest):
            yield f"{name} {version} is old: {oldest} or newer is what is tested; run ./setup.sh."
    if not machine.flint:
        missing = machine.versions.get("python-flint") is None
        yield (
            f"python-flint {'is missing' if missing else 'cannot be imported'}: formulas are compared in pure Python, "
            "with the same verdicts but slower; run ./setup.sh."
        )
    if machine.fonts:
        yield f"matplotlib lacks its fonts {', '.join(machine.fonts)}: notebooks' figures may not be drawn; run ./setup.sh."
    if not machine.unicode:
        yield "What is printed cannot hold σ or ≤: set PYTHONUTF8=1, or a locale of UTF-8."
    if machine.versions.get("torch") is None:
        yield "torch is missing: code that imports it cannot be graded; run ./setup.sh."
    if machine.versions.get("pytest") is None:
        yield (
            "pytest is missing: tests of authors that are written for it cannot run; unittest needs nothing. "
            "Run ./setup.sh --dev, or add pytest to requirements.lock for Gradescope."
        )


def _rows(rows: Iterator[tuple[str, str]]) -> list[str]:
    return [f"  {label:<{_LABEL}}{text}".rstrip() for label, text in rows]


def _machine(machine: Machine) -> Iterator[tuple[str, str]]:
    yield "Python", machine.python
    yield "system", f"{machine.system}, {machine.architecture}"
    yield "cores", f"{machine.cores:g}"
    yield "memory", "unknown" if machine.memory is None else f"{machine.memory / 2**30:.1f} GiB"
    yield "user", "root" if machine.root else "ordinary"


def _libraries(machine: Machine) -> Iterator[tuple[str, str]]:
    for name in (*NEEDED, *USEFUL):
        version = machine.versions.get(name)
        purpose = f" ({_FOR[name]})" if name in _FOR and version is None else ""
        yield name, (version or "missing") + purpose
    yield "exact arithmetic", _arithmetic(machine)
    yield "fonts", "all there" if machine.fonts == () else "unknown" if machine.fonts is None else "incomplete"
    yield "terminal", "prints σ, ², ≤" if machine.unicode else "cannot print σ"


def _arithmetic(machine: Machine) -> str:
    return "python-flint" if machine.flint else "pure Python, the fallback"


def _containment(machine: Machine) -> Iterator[tuple[str, str]]:
    report = machine.report
    if report is None:
        yield "tier", "none"
        return
    yield "tier", f"{report.tier.label}: {_HOLDS[report.tier.label]}"
    yield "kernel", machine.system
    yield "Landlock", f"interface {machine.landlock}" if machine.landlock else "none"
    yield "seccomp filter", "yes" if machine.has_filter else "no"
    yield "canary", f"{len(report.seen) - len(report.succeeded)} of {len(report.seen)} attacks blocked"
    for attack, came in sorted(report.seen.items()):
        outcome = "NOT BLOCKED" if came == "succeeded" else f"blocked ({came})" if came != "failed" else "blocked"
        yield "", f"{attack.replace('_', ' '):<{_LABEL}}{outcome}"


def _version(text: str) -> tuple[int, int]:
    major, minor, *_ = text.split(".")
    return int(major), int(minor)
