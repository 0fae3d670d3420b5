"""Invented pages in six languages: some are there, some answer 200 and are gone."""

from __future__ import annotations

from typing import NamedTuple

PROSE = {
    "en": "The harbour board met on Tuesday to hear what the captains had to say about the winter timetable, "
    "and agreed that two ferries a day are not enough for an island of nine hundred people. ",
    "pl": "Rada portu zebrała się we wtorek, aby wysłuchać kapitanów w sprawie zimowego rozkładu, i uznała, że "
    "dwa promy dziennie to za mało dla wyspy, na której mieszka dziewięćset osób. ",
    "ru": "Совет порта собрался во вторник, чтобы выслушать капитанов о зимнем расписании, и согласился, что "
    "двух паромов в день мало для острова, на котором живёт девятьсот человек. ",
    "uk": "Рада порту зібралася у вівторок, щоб вислухати капітанів про зимовий розклад, і погодилася, що двох "
    "поромів на день замало для острова, де живе дев'ятсот людей. ",
    "be": "Рада порта сабралася ў аўторак, каб выслухаць капітанаў пра зімовы расклад, і пагадзілася, што двух "
    "паромаў у дзень мала для вострава, дзе жыве дзевяцьсот чалавек. ",
    "de": "Der Hafenrat kam am Dienstag zusammen, um die Kapitäne zum Winterfahrplan zu hören, und war sich "
    "einig, dass zwei Fähren am Tag für eine Insel mit neunhundert Einwohnern nicht genügen. ",
}  # fmt: skip
MENU = "".join(
    f"<li><a href='/{n}'>{word}</a></li>" for n, word in enumerate("News Ferries Council Weather Culture".split())
)


class Written(NamedTuple):
    """A page: its title, its first heading, and what follows it."""

    title: str
    heading: str
    body: str
    charset: str = "utf-8"

    def html(self) -> bytes:
        """Write it as a server would."""
        heading = f"<h1>{self.heading}</h1>" if self.heading else ""
        page = (
            f'<!doctype html><html><head><meta charset="{self.charset}"><title>{self.title}</title></head>'
            f"<body><ul>{MENU}</ul>{heading}{self.body}</body></html>"
        )
        return page.encode(self.charset)


def article(title: str, language: str = "en", *, heading: str | None = None, more: str = "", times: int = 8) -> Written:
    """Write a page that is there, with some paragraphs of prose."""
    shown = title.split(" | ", maxsplit=1)[0] if heading is None else heading
    return Written(title, shown, more + f"<p>{PROSE[language]}</p>" * times)


LIVE = [
    article("The 404 error page: a history"),
    article("How to fix page not found"),
    article("How to fix “Page not found” | Ferry Times"),
    article("Peugeot 404"),
    article("Peugeot 404 – Wikiferry, the free encyclopedia"),
    article("Resolution 404 (1977)"),
    article("Resolution 404 | Harbour Council", heading="Resolution 404"),
    article("Error 404 – the band", more="<p>Error 404 was formed in Lissen in 1999.</p>"),
    article("Error 404 (band) | Ferry Music", times=2),
    article("Page not found: how libraries lose their links | Ferry Times"),
    article("404: the road that was never built"),
    article("Route 404 | Lissen Buses", times=1),
    article("Flight 404 lands safely | Ferry Times"),
    article("Not found in translation | Review"),
    article("Gone | Ada Kell, a novel", heading="Gone"),
    article("The page that was removed from the minutes"),
    article("Missing documents found in the archive"),
    article("Why the report is no longer available"),
    article("Nothing found in search of dam, say divers"),
    article("Account suspended: what the bank did to the union"),
    article("Domain names for sale: a market report", times=6),
    article("This domain is for sale: how squatters took the council's name", times=6),
    article("Just a moment with Ada Kell | Interviews"),
    article("Attention required: the harbour wall is sinking"),
    article("Access denied to the archive, historians say"),
    article("What is a captcha?"),
    article("Ferry strike, day nine", more="<p>On the site of the board one reads “Page not found”.</p>"),
    article("Ferry strike, day ten", more="<p>Page not found.</p><p>So said the site of the board.</p>"),
    article("HTTP status codes", more="<h2>404 Not Found</h2><p>The server has no such page.</p>"),
    article("Oops! The mayor did it again"),
    article("Sorry, we were wrong"),
    article("The address 10 Quay Street does not exist, court finds"),
    article("Gdzie zniknęła strona urzędu?", "pl"),
    article("Błąd 404: historia jednego numeru", "pl"),
    article("Nie znaleziono winnych katastrofy promu", "pl"),
    article("Strona, która nie istnieje – reportaż | Kurier", "pl"),
    article("Uchwała nr 404 Rady Portu", "pl"),
    article("Brak promów na wyspę", "pl"),
    article("Рейс 404 приземлился в Лиссене", "ru"),
    article("Ошибка 404: почему сайты министерств исчезли", "ru"),
    article("Страница не найдена, а человек найден | Вестник", "ru"),
    article("Паромы не найдены: репортаж с причала", "ru"),
    article("Забастовка паромщиков", "ru", more="<p>На сайте порта написано: «страница не найдена».</p>"),
    article("Забастовка паромщиков, день второй", "ru", more="<p>Страница не найдена.</p>"),
    article("Постановление № 404", "ru"),
    article("Документ удалён из реестра, заявил порт", "ru"),
    article("Статья 410 Гражданского кодекса", "ru"),
    article("Домен порта продаётся с аукциона", "ru", times=6),
    article("Проверка браузера: что это и зачем", "ru"),
    article("Сторінка історії: пором «Лиссен»", "uk"),
    article("Помилка 404 як жанр", "uk"),
    article("Не знайдено жодного порушення на виборах", "uk"),
    article("Видалено з реєстру: хто і чому", "uk"),
    article("Рашэнне 404 Рады порта", "be"),
    article("Старонка, якой няма: гісторыя сайта", "be"),
    article("Памылка ў раскладзе паромаў", "be"),
    article("Seite 404 des Berichts", "de"),
    article("Fehler 404: Kulturgeschichte einer Meldung", "de"),
    article("Nicht gefunden: die Kasse der Fähre | Hafenblatt", "de"),
    article("Die Seite existiert nicht mehr – ein Nachruf auf den Hafenboten", "de"),
    article("Domain zu verkaufen: der Handel mit Namen", "de", times=6),
    Written("Page not found – how the libraries of three islands lost their links", "", "<p>A talk by Ada Kell.</p>"),
    article("Domains", more="<p>“This domain is for sale”, “Buy this domain” and “Make an offer”, said the site.</p>"),
    Written("Timetable", "Timetable", "<table><tr><td>08:10</td><td>Skerrin</td></tr></table>"),
    Written("Ferry Times", "", "<div id=app></div><script src=/app.js></script>"),
    Written("Kontakt", "Kontakt", "<p>Quay 4, Lissen. Tel. 404 410</p>"),
    Written("Расписание", "Расписание", "<p>Паром 404 отходит в 08:10.</p>", "windows-1251"),
    Written("Room 404", "Room 404", "<p>Second door on the left, next to the library.</p>"),
    Written("Lissen", "Lissen", "<div style='display:none'>Page not found</div><p>Welcome to the port of Lissen.</p>"),
    Written("Lissen", "Lissen", "<noscript>Page not found</noscript><p>Welcome to the port of Lissen.</p>"),
]
"""Pages that are there, whatever words they have."""


def gone(title: str, heading: str = "", *lines: str, charset: str = "utf-8") -> Written:
    """Write a page that says that it is gone."""
    return Written(title, heading, "".join(f"<p>{line}</p>" for line in lines), charset)


GONE = [
    gone("Page not found", "Page not found", "Sorry, the page you are looking for does not exist."),
    gone("Page not found – Ferry Times", "Oops! That page can’t be found.",
         "It looks like nothing was found at this location. Maybe try a search?"),  # WordPress
    gone("Page not found | Harbour Council", "Page not found", "The requested page could not be found."),  # Drupal 9
    gone("Page not found | Harbour Council", "", 'The requested page "/node/12" could not be found.'),  # Drupal 7
    gone("404 Not Found", "404 Not Found", "nginx/1.18.0"),
    gone("404 Not Found", "Not Found", "The requested URL was not found on this server."),  # Apache
    gone("404 - Category not found", "The requested page can't be found."),  # Joomla
    gone("404 - Article not found", "404", "Article not found"),
    gone("Error: 404 Page not found", "", "Page not found", "You may not be able to visit this page because of:"),
    gone("Ferry Times", "404", "Page not found"),  # Ghost
    gone("404 — Ferry Times", "404", "Page not found", "Go to the front page →"),
    gone("404: This page could not be found", "404", "This page could not be found."),  # Next.js
    gone("404", "", "not here"),
    gone("Error 404", "Error 404", "not found"),
    gone("Not Found", "", "404. That’s an error. The requested URL /a/b was not found on this server."),
    gone("HTTP Status 404 – Not Found", "HTTP Status 404 – Not Found", "Type Status Report"),  # Tomcat
    gone("404 - File or directory not found.", "Server Error", "404 - File or directory not found."),  # IIS
    gone("Object not found!", "Object not found!", "The requested URL was not found on this server.", "Error 404"),
    gone("Ferry Times", "This page isn’t available", "The link you followed may be broken."),
    gone("Ferry Times", "Sorry, this page isn't available."),
    gone("Ferry Times", "Whoops, that page is gone."),
    gone("Ferry Times", "We can’t find that page"),
    gone("Ferry Times", "We couldn't find the page you were looking for"),
    gone("Ferry Times: Page not found", "", "Back to the home page"),
    gone("Ferry Times", "", "The page you are looking for might have been removed, had its name changed, or is "
         "temporarily unavailable."),
    gone("Article not found", "", "The article has been removed."),
    gone("This page no longer exists", "This page no longer exists"),
    gone("410 Gone", "Gone", "The requested resource is no longer available on this server."),
    gone("Account suspended", "This account has been suspended."),
    gone("Oops!", "Oops!", "Page not found."),
    gone("PAGE NOT FOUND", "PAGE NOT FOUND"),
    gone("Страница не найдена", "Ошибка 404", "Страница не найдена."),
    gone("404 Not Found", "404 Not Found", "Карта сайта"),  # Bitrix
    gone("Вестник", "Ошибка 404", "Неправильно набран адрес, или такой страницы на сайте больше не существует."),
    gone("Вестник", "", "Элемент не найден!"),
    gone("Вестник — 404", "404", "К сожалению, запрашиваемая вами страница не найдена."),
    gone("Ошибка 404", "Страница не найдена", charset="windows-1251"),
    gone("Страница не найдена | Вестник", "Страница не найдена", charset="koi8-r"),
    gone("СТРАНИЦА НЕ НАЙДЕНА", "СТРАНИЦА НЕ НАЙДЕНА", charset="windows-1251"),
    gone("Материал не найден", "Материал не найден", "Запрашиваемый материал не найден"),
    gone("Новость не найдена - Вестник", "Новость не найдена"),
    gone("Статья удалена", "Статья удалена"),
    gone("Упс! Такой страницы нет", "Упс! Такой страницы нет"),  # Tilda
    gone("Вестник", "Запрашиваемая страница не существует", "Вернуться на главную"),
    gone("Документ не найден", "", "Документ не найден"),  # 1C
    gone("404", "404", "Страница потерялась"),
    gone("Страница удалена", "", "Страница удалена или ещё не создана."),
    gone("Сторінку не знайдено", "Сторінку не знайдено"),
    gone("Сторінка не знайдена | Вісник", "404", "На жаль, запитувану сторінку не знайдено."),
    gone("Помилка 404", "Помилка 404", "Такої сторінки не існує"),
    gone("Вісник", "Сторінки не існує", "Можливо, вона була видалена.", charset="windows-1251"),
    gone("Старонка не знойдзена", "Старонка не знойдзена"),
    gone("Веснік", "Памылка 404", "Старонку не знойдзена"),
    gone("404 | Веснік", "404", "Такой старонкі не існуе"),
    gone("Nie znaleziono strony", "Nie znaleziono strony", "Przepraszamy, podana strona nie istnieje."),
    gone("Kurier – strona nie istnieje", "Strona nie istnieje"),
    gone("Błąd 404", "Błąd 404", "Strona nie została znaleziona.", charset="iso-8859-2"),
    gone("Kurier", "404", "Nie znaleziono strony"),
    gone("Kurier", "Nie ma takiej strony"),
    gone("Artykuł nie istnieje", "Artykuł nie istnieje"),
    gone("Seite nicht gefunden", "Seite nicht gefunden"),
    gone("Seite nicht gefunden – Hafenblatt", "Fehler 404", "Die angeforderte Seite wurde nicht gefunden."),
    gone("Hafenblatt", "Ups! Diese Seite existiert nicht."),
    gone("Fehler 404 | Hafenblatt", "404", "Die gesuchte Seite konnte nicht gefunden werden.", charset="iso-8859-1"),
    gone("Hafenblatt", "Die Seite ist leider nicht mehr verfügbar"),
    Written("&#1057;&#1090;&#1088;&#1072;&#1085;&#1080;&#1094;&#1072; &#1085;&#1077; &#1085;&#1072;&#1081;&#1076;"
            "&#1077;&#1085;&#1072;", "", ""),
    Written("Page not found – Ferry Times", "Page not found",
            "<ul>" + "<li><a href=/x>One more section of the site</a></li>" * 200 + "</ul>"),
    Written("Вестник", "", "<style>" + "a{b:c}" * 2000 + "</style><div>Страница не найдена</div>"),
    Written("ferry.example", "", "This domain is for sale! Buy this domain. Related searches: casino, loans"),
    Written("ferry.example", "", "<script src='//d.sedoparking.com/frmpark/x.js'></script>"),
    Written("Домен ferry.example", "", "Домен припаркован. Домен продаётся, сделать предложение"),
    Written("ferry.example", "", "Diese Domain steht zum Verkauf"),
    Written("ferry.example", "", "Domena jest na sprzedaż. Złóż ofertę"),
    Written("ferry.example – this website is for sale!", "", "The best links of the web. Related Searches"),
    Written("", "", "<meta http-equiv=refresh content='0; url=/c/404/x'>"),
    Written("", "", "<meta http-equiv='Refresh' content='5;URL=/'>"),
    Written("", "", "<script>window.location.href = '/404.html';</script>"),
]  # fmt: skip
"""Pages that answer 200 and are gone. What says so in real life is noted beside some."""
