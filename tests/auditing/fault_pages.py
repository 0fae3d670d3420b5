"""What the pages of the fault server say: articles, and pages that say that an article is gone."""

from __future__ import annotations

__all__ = ["NOT_FOUND", "article", "page"]

_SENTENCES = (
    "The ferry left the quay at Port Ardel at six in the morning with forty passengers.",
    "The harbour board had published its timetable in March, and nobody had asked for another.",
    "Three of the five commissioners voted for the accord; two were absent.",
    "The gauge at the upper dam stood nineteen centimetres above the mark of the year before.",
)

NOT_FOUND = {
    "en": ("Page not found", "Sorry, the page you are looking for does not exist or has been removed."),
    "pl": ("Strona nie została znaleziona", "Przepraszamy, strona, której szukasz, nie istnieje."),
    "ru": ("Страница не найдена", "Ошибка 404. К сожалению, запрашиваемая страница не существует."),
    "uk": ("Сторінку не знайдено", "Помилка 404. На жаль, такої сторінки не існує."),
    "be": ("Старонка не знойдзена", "Памылка 404. На жаль, такой старонкі не існуе."),
    "de": ("Seite nicht gefunden", "Die angeforderte Seite wurde leider nicht gefunden."),
}
"""By language: the title of a page that is gone, and what it says."""


def page(title: str, text: str, *, head: str = "", language: str = "en") -> str:
    """Write a page around a text."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><h1>{title}</h1>{text}</body></html>"
    )


def article(name: str, *, title: str = "", head: str = "") -> str:
    """Write an article of its own for each name, long enough to look like one.

    >>> article("a") == article("a"), article("a") == article("b")
    (True, False)
    """
    start = sum(name.encode())
    paragraphs = (
        f'<p id="p-{number}">{_SENTENCES[(start + number) % 4]} {_SENTENCES[(start + number * 3 + 1) % 4]}</p>'
        for number in range(12)
    )
    return page(
        title or f"Ferries and floods: {name}", f"<h2 id='present'>{name}</h2>" + "".join(paragraphs), head=head
    )
