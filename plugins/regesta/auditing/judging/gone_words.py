"""The words with which servers say, in the archive's languages, that a page is gone."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

__all__ = ["LANGUAGES", "STEMS", "Saying", "Words", "loosely", "may_say_gone", "says_gone"]


class Saying(IntEnum):
    """How clearly words say that a page is gone."""

    NOTHING = 0
    WEAKLY = 1
    """A number or half a sentence: `404`, `Error 404`, `Not found`. Peugeot has made a 404."""
    PLAINLY = 2
    """`Page not found`, `404 Not Found`, and not a word more."""


class Words(NamedTuple):
    """What a sentence about a missing page is made of, in one language; with any other word it means something else."""

    things: frozenset[str]
    """What is missing."""
    gone: re.Pattern[str]
    """That it is."""
    others: frozenset[str]
    """Words that may stand beside, and change nothing."""


def _words(things: str, gone: str, others: str) -> Words:
    phrases = sorted(gone.split(", "), key=len, reverse=True)
    return Words(
        frozenset(things.split()), re.compile(rf"\b(?:{'|'.join(phrases)})\b"), frozenset(f"{others} {_SIGNS}".split())
    )


_SIGNS = "error http status code www x of 0 1 nginx apache iis s e"

LANGUAGES = {
    "en": _words(
        "page pages url article post document file content resource story item entry address location link site "
        "website blog news publication record video account profile user object category product topic path "
        "component view directory webpage",
        "not found, notfound, not be found, nothing found, nothing was found, no longer exists?, "
        "no longer available, no longer here, does ?nt exist, does not exist, do not exist, doesnt seem to exist, "
        "not exist, no such, cannot find, cant find, could not find, couldnt find, couldnt be found, cant be found, "
        "cannot be found, can ?not be located, could not be located, isnt here, is not here, isnt available, "
        "is not available, not available, nothing here, (?<!temporarily )unavailable, been removed, been deleted, "
        "was removed, was deleted, is missing, went missing, gone, "
        "(?:page|article|post|account|user|file|content|story|entry) (?:deleted|removed|missing|suspended), "
        "(?:account|site|user|profile|website|blog) (?:has been|is|was) suspended, has expired, "
        "doesnt exist anymore, did not match any, is lost, been lost, are lost, nowhere to be found",
        "the a an this that these your you we i it its were are is was be been being have has had may might can "
        "could would seems seem looks like to at on in for from of by or and but with here there now anymore longer "
        "no sorry oops whoops uh oh hmm ooops oopsie ahh unfortunately apologies error requested request looking "
        "trying tried reach access find found open view visit followed typed entered clicked check please address "
        "back go home homepage return start main moved renamed removed deleted changed name its temporarily "
        "unavailable exist exists existed any more which what where server our my web available either probably "
        "perhaps maybe lost everywhere looked something try search searching again later think about want wanted "
        "wanting were re ve outdated broken bad wrong incorrect mistyped invalid just not does do did if",
    ),
    "pl": _words(
        "strona strony strone stronę stronie artykuł artykul artykułu dokument dokumentu plik pliku adres adresu zasób "
        "zasobu podstrona podstrony treść treści wpis wpisu materiał materiału witryna witryny url link",
        "nie znaleziono, nie (?:została|zostala|został|zostal|zostało) (?:znalezion[aoy]|odnalezion[aoy]), "
        "nie odnaleziono, nie istnieje, już nie istnieje, nie ma (?:takiej|takiego), nie możemy znaleźć, "
        "nie mozemy znalezc, nie można odnaleźć, nie można znaleźć, nie udało się znaleźć, "
        "został[ao]? usunięt[aey], usunięt[ao], nie jest już dostępn[aey], jest niedostępn[aey], "
        "nieodnalezion[aoy], brak, zniknęła",
        "błąd blad ups oj przepraszamy niestety żądana zadana żądanej żądany szukana szukanej szukany szukasz której "
        "której ktorej którego podana podany podanej podanego wybrana ta ten to tej tego takiej takiego pod tym tym "
        "adresem na serwerze serwisie w tym portalu nam jej się sie już lub albo przeniesiona przeniesiony mogła "
        "została został zostać usunięta zmieniła zmienił nazwę adres i że wygląda na to wróć do głównej o numerze kod",
    ),
    "ru": _words(
        "страница страницы страницу страниц документ документа материал материала статья статьи статью новость новости "
        "запись записи публикация публикации публикацию элемент раздел раздела файл файла ресурс объект адрес адреса "
        "адресу ссылка сайт пост поста контент товар категория пользователь профиль аккаунт журнал блог видео url",
        "не найден[аоы]?, не существует, не обнаружен[аоы]?, не нашл[иоа]с?ь?, не смогли найти, не удалось найти, "
        "не можем найти, нет на сайте, больше нет, такой страницы нет, (?:такой|этой|такого|этого) (?:\\w+ )?нет, "
        "здесь нет, удал[её]н[аоы]?, была удалена, был удален, отсутствует, потерялась, исчезла, "
        "заблокирован[аоы]?, ничего не найдено, недоступн[аы], никогда не было",
        "ошибка ой упс увы извините простите к сожалению но запрашиваемая запрашиваемой запрашиваемый "
        "запрашиваемого запрошенная запрошенный запрошенной вами вы мы ищете искали запросили запрашивали которую "
        "который которой эта этот этой этого такая такой такого данная данный нужная была был были быть могла может "
        "возможно или либо и на с по в о этому данному указанному указанная указанный адресу сервере сайте нашем у "
        "нас неправильно набран введен адрес больше уже не перемещена перемещен переименована переехала изменила "
        "свой вернитесь вернуться главную код номер запросу вашему существует удалена то что вот здесь нет либо "
        "никогда возможно она он его ее не",
    ),
    "uk": _words(
        "сторінка сторінки сторінку сторінок документ документа матеріал матеріалу стаття статті статтю новина "
        "новини новину запис запису публікація публікації публікацію розділ файл файлу ресурс обєкт адреса адресу "
        "адресою сайт посилання допис url",
        "не знайден[аоеий]?, не знайдений, не існує, не виявлено, не вдалося знайти, не вдалось знайти, не можемо "
        "знайти, видален[аоий], видалений, було видалено, відсутн[яій], немає, більше немає, зникла, загубилася, "
        "недоступн[аий]",
        "помилка ой упс на жаль вибачте перепрошуємо запитувана запитувану запитана запитаної запитуваної потрібна "
        "така такої такого ця цієї цей цього дана яку який якої ви ми шукаєте шукали вами була був бути могла може "
        "можливо або чи і та й за цією вказаною адресою на сервері сайті нашому у в з більше вже переміщена "
        "переміщено перенесена перейменована поверніться головну код що не її але неправильно введена набрана",
    ),
    "be": _words(
        "старонка старонкі старонку дакумент дакумента матэрыял матэрыялу артыкул артыкула навіна навіны навіну запіс "
        "запісу публікацыя публікацыі файл файла рэсурс адрас адрасе адрасу сайт раздзел url",
        "не знойдзен[аоы]?, не знойдзены, не існуе, не выяўлена, не ўдалося знайсці, не атрымалася знайсці, не "
        "можам знайсці, выдален[аоы], выдалены, адсутнічае, няма, больш няма, знікла",
        "памылка ой упс на жаль выбачайце прабачце запытаная запытаны запытанай запатрабаваная такая такой такога "
        "гэтая гэтай гэта гэты гэтага дадзеная якую які якой вы мы шукаеце шукалі была быў магла можа магчыма або "
        "ці і па гэтым указаным адрасе на серверы сайце нашым у з больш ужо перамешчана перанесена перайменавана "
        "вярніцеся галоўную код што не яе але няправільна",
    ),
    "de": _words(
        "seite seiten webseite dokument artikel beitrag datei inhalt adresse url ressource website link objekt meldung",
        "nicht gefunden, nicht (?:\\w+ )?gefunden werden, nicht finden, existiert nicht, nicht existiert, existiert "
        "(?:leider )?nicht, nicht mehr verfügbar, nicht verfügbar, nicht vorhanden, nicht mehr vorhanden, gibt es "
        "(?:leider )?nicht, wurde gelöscht, gelöscht, wurde entfernt, existiert nicht mehr, existiert leider nicht "
        "mehr, gibt es nicht mehr, nicht mehr da, nicht auffindbar, verschwunden",
        "fehler ups hoppla leider entschuldigung es tut uns leid die der das den diese dieser dieses angeforderte "
        "angeforderten gesuchte gesuchten gewünschte aufgerufene angegebene von ihnen sie wir ihre suchen haben "
        "wurde wurden konnte konnten kann könnte auf dem diesem unserem server unter dieser oder und möglicherweise "
        "vielleicht verschoben umbenannt gelöscht mehr nicht ist hier zurück zur startseite code ein eine falsch "
        "eingegeben dass",
    ),
}  # fmt: skip
"""By language code. English stands in front: half of the world's servers speak it whatever their pages do."""

STEMS = (
    "404|410|found|find|exist|longer|no such|locat|availab|remov|delet|missing|gone|suspend|expired|match any|lost|"
    "nothing|t here|znale|odnal|istnie|nie ma |usuni|dostępn|brak|znikn|gefunden|finden|existiert|verfügb|vorhanden|"
    "gibt es|gelöscht|entfernt|mehr da|auffindbar|verschwunden|найд|найти|существ|обнаруж|нашл|нет|удал|отсутств|"
    "потерял|исчез|блокир|доступ|не было|знайд|знайти|існу|виявлен|видален|відсутн|немає|зник|загуб|знойдз|знайсці|"
    "выяўлен|выдален|адсутніч|няма|знікл"
)
"""What is in every phrase that says so. What has none of these is not read any closer."""
_STEMS = AhoCorasick(STEMS.split("|"), matchkind=MatchKind.Standard, implementation=Implementation.DFA)

_APOSTROPHES = re.compile("['’ʼ‘`´]")
_ADDRESS = re.compile(r"(?<!\S)(?:https?:|/)\S+|(?<!\S)[a-z0-9-]++(?:\.[a-z0-9-]++)+(?:/\S*|(?!\w))")
_WORD = re.compile(r"\w+")
_NUMBERS = frozenset({"404", "410"})
_MOST_WORDS = 32
_MOST_LETTERS = 400


def says_gone(text: str) -> Saying:
    """Tell how clearly a title, a heading or a sentence says that a page is gone, and nothing else.

    >>> says_gone("Oops! That page can’t be found.").name, says_gone("Ошибка 404: страница не найдена").name
    ('PLAINLY', 'PLAINLY')
    >>> says_gone("How to fix page not found").name, says_gone("Peugeot 404").name, says_gone("Error 404").name
    ('NOTHING', 'NOTHING', 'WEAKLY')
    """
    words = loosely(text) if len(text) <= _MOST_LETTERS else ""
    if not words or words.count(" ") >= _MOST_WORDS or not may_say_gone(words):
        return Saying.NOTHING
    return max(_in_language(words, language) for language in LANGUAGES.values())


def may_say_gone(words: str) -> bool:
    """Tell in a moment whether a text in small letters may say so at all."""
    return bool(_STEMS.find_matches_as_indexes(words))


def _in_language(words: str, language: Words) -> Saying:
    rest, times = language.gone.subn(" ", words)
    left = set(rest.split())
    numbers = left & _NUMBERS
    left -= _NUMBERS
    if left - language.things - language.others or not (times or numbers):
        return Saying.NOTHING
    has_thing = bool(left & language.things) or bool(set(words.split()) & language.things)
    return Saying.PLAINLY if times and (numbers or has_thing) else Saying.WEAKLY


def loosely(text: str) -> str:
    """Give the words of a text in small letters, without marks and addresses, one space apart.

    >>> loosely("We can’t find /a/b.html")
    'we cant find'
    """
    text = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(_WORD.findall(_ADDRESS.sub(" ", _APOSTROPHES.sub("", text)))).replace("_", " ")
