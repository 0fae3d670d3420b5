"""What counts as certain is said in visits and days."""

from __future__ import annotations

import pytest

from regesta.auditing.recording.confirming import Confirm, InvalidConfirm, parse_confirm


@pytest.mark.parametrize(
    ("text", "confirm", "step"),
    [
        ("3/6d", Confirm(3, 6), 3),
        (" 1 ", Confirm(1, 0), 1),
        ("2", Confirm(2, 0), 1),
        ("3/7d", Confirm(3, 7), 4),
        ("99/999d", Confirm(99, 999), 11),
    ],
)
def test_visits_and_days(text, confirm, step):
    """It is read, written again, and the visits in that distance are enough."""
    assert parse_confirm(text) == confirm
    assert parse_confirm(str(confirm)) == confirm
    assert confirm.step == step
    assert confirm.is_reached(confirm.visits, step * (confirm.visits - 1))


@pytest.mark.parametrize("text", ["", "0", "0/6d", "3/6", "3/12h", "-1", "3/6d/", "three", "1/6d", "٣", "3" * 5000])
def test_what_cannot_be_meant(text):
    """The words quote it, and show what would do."""
    with pytest.raises(InvalidConfirm) as caught:
        parse_confirm(text)
    assert repr(text)[:-1][:40] in str(caught.value)
    assert "'1'" in str(caught.value)
