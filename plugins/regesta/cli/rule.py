"""`regesta rule`: explains a rule."""

from __future__ import annotations

import click

from regesta.checking.registry import RULES, UnknownRule, find_rule

__all__ = ["command"]


@click.command("rule")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a rule of the checker.

    CODE is a code such as U101 or a name such as defanged-link. Without one, all rules are listed.
    """
    if code is None:
        for rule in RULES.values():
            click.echo(f"{rule.code}  {rule.severity.value:<7}  {rule.name:<26}  {rule.says}")
        return
    try:
        click.echo(find_rule(code).page, nl=False)
    except UnknownRule as error:
        raise click.UsageError(str(error)) from error
