"""JUnit XML, as Jenkins and GitLab read it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from tests.reporting.reports import HOSTILE, a_hostile_report, a_whole_report, finding, report

from regesta.model.findings import Severity
from regesta.reporting.junit import junit_report
from regesta.reporting.report import Checked

ALLOWED = {
    # Element: attributes that Jenkins' schema knows and we write, children, the least number of these.
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, {"testcase"}),
    "testcase": ({"name", "classname"}, {"failure", "error", "skipped"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "skipped": ({"message"}, set()),
}


@pytest.mark.parametrize("found", [report(), a_whole_report(), *map(a_hostile_report, HOSTILE)])
def test_only_what_is_agreed_is_written(found):
    """Elements and attributes are those of the common schema, and the sums are right."""
    top = ET.fromstring(junit_report(found))  # noqa: S314 - our own
    for element in top.iter():
        attributes, children = ALLOWED[element.tag]
        assert element.keys() == list(dict.fromkeys(element.keys()))
        assert set(element.keys()) == attributes
        assert {child.tag for child in element} <= children
        if element.tag == "testcase":
            assert len(element) <= 1
        if element.tag in {"testsuite", "testsuites"}:
            cases = list(element.iter("testcase"))
            for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                if name in attributes:
                    assert int(element.get(name)) == len(list(element.iter(tag)))
            assert int(element.get("tests")) == len(cases)
            if element.tag == "testsuite":
                names = [case.get("name") for case in cases]
                assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("fail_on", "failures"),
    [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3), (None, 0)],
)
def test_what_counts_fails(fail_on, failures):
    """A test fails where the command would; what is lighter is skipped, and a file without findings passes."""
    findings = [finding(severity=severity) for severity in Severity]
    found = report(*findings, fail_on=fail_on, checked={"b.md": Checked(path="b.md")})
    top = ET.fromstring(junit_report(found))  # noqa: S314 - our own
    assert (int(top.get("failures")), int(top.get("tests"))) == (failures, 4)
    assert len(list(top.iter("skipped"))) == 3 - failures
    (quiet,) = top.findall("testsuite[@name='b.md']/testcase")
    assert (quiet.get("name"), len(quiet)) == ("nothing to report", 0)
