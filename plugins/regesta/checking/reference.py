"""The rule reference: a page for each rule, and a table of all."""

from __future__ import annotations

from regesta.checking.registry import RULES

__all__ = ["reference_pages"]

_FAMILIES = {
    "U": "Links: what an address looks like",
    "F": "Footnotes",
    "B": "Briefs as files",
    "E": "Entities",
    "L": "Links that were visited",
}


def reference_pages() -> dict[str, str]:
    """Give the Markdown of docs/rules by the name of the file."""
    return {"index.md": _table(), **{rule.file_name: rule.page for rule in RULES.values()}}


def _table() -> str:
    lines = [
        "# Rules",
        "",
        "What `regesta check` looks for and, in family L, `regesta report`. `regesta rule U101` prints a rule's page.",
        "",
        "`--select` and `--ignore` take codes, names, or the beginning of codes: `--select U,F2 --ignore F205`.",
    ]
    for letter, title in _FAMILIES.items():
        rules = [rule for rule in RULES.values() if rule.code.startswith(letter)]
        if rules:
            lines += ["", f"## {title}", "", "| code | name | weight | says |", "|---|---|---|---|"]
            lines += [f"| [{r.code}]({r.file_name}) | {r.name} | {r.severity} | {r.says} |" for r in rules]
    return "\n".join(lines) + "\n"
