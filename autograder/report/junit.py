"""A class as JUnit XML: a suite per submission, a case per part.

Source: the schema that Jenkins and pytest use, junit-10.xsd (jenkinsci/xunit-plugin; a copy is in pytest's testing/
example_scripts): testsuites > testsuite(name, tests, failures, errors, skipped, time) > testcase(classname, name, time) with at
most one of failure, error, skipped.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.etree import ElementTree as ET

from autograder.report.marked import Marked
from autograder.report.numbers import worth
from autograder.report.plain import clean, clean_line
from autograder.verdict import PENDING, PartResult, Word

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(class_: Collection[Marked]) -> str:
    """Ok is a pass, open points are skipped, everything else is a failure; a submission that could not be graded, an error."""
    suites = ET.Element("testsuites")
    for one in class_:
        suites.append(_suite(one))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _suite(one: Marked) -> ET.Element:
    parts = () if one.result is None else one.result.parts
    words = [part.verdict.word for part in parts]
    skipped = sum(word in PENDING for word in words)
    failed = sum(word not in PENDING and word is not Word.OK for word in words)
    suite = ET.Element(
        "testsuite",
        name=_plain(clean_line(one.id)),
        tests=str(len(parts) or 1),
        failures=str(failed),
        errors=str(int(one.result is None)),
        skipped=str(skipped),
        time=f"{one.seconds:.3f}",
    )
    if one.result is None:
        case = ET.SubElement(suite, "testcase", classname=_plain(clean_line(one.id)), name="grading", time="0")
        ET.SubElement(case, "error", message="not graded").text = _plain(clean(one.failure, 2_000))
    for part in parts:
        suite.append(_case(part))
    return suite


def _case(part: PartResult) -> ET.Element:
    name = clean_line(f"{part.part.partition('/')[2]} {part.title}")
    classname = clean_line(part.part.partition("/")[0])
    case = ET.Element("testcase", classname=_plain(classname), name=_plain(name), time=f"{part.seconds:.3f}")
    verdict = part.verdict
    said = _plain(
        clean_line(f"{verdict.word}: {worth(part)}" + (f" [{verdict.misconception}]" if verdict.misconception else ""))
    )
    text = _plain(clean("\n".join(filter(None, (verdict.witness, *verdict.feedback))), 4_000))
    if part.pending:
        ET.SubElement(case, "skipped", message=said).text = text
    elif verdict.word is not Word.OK:
        ET.SubElement(case, "failure", message=said, type=str(verdict.word)).text = text
    return case


def _plain(text: str) -> str:
    """The text without what XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
