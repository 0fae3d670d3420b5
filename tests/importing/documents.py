"""Invented documents in the manner of real ones: names, places and addresses exist nowhere."""

from __future__ import annotations

RAISED_THEN_BARE = r"""


## **Harbour Talks Stall Again in *Norland***

October 12, 2021, 6:00pm EDT Norland Update

By Ada Example

**The council closed the harbour on October 11.**<sup>1</sup> It gave no reason.<sup>2</sup> Ships may wait, the *Gull* reported, until the board decides whether to open the eastern quay and push

back against the council’s order.<sup>3</sup>

**The board meets on Friday.**

---

<sup>1</sup> <https://news.example/harbour>

<sup>2</sup> [https://laws-of\(.\)example/harbour\\_code/12.htm](https://laws-of(.)example/harbour_code/12.htm)

---

3 <https://gull.example/1>;  
[https://gull.example/a\\_b\\_c?x=1](https://gull.example/a_b_c?x=1);  
<https://board.example/minutes>.
"""

HEADER_IN_SENTENCE = r"""
Behind Closed Doors: Norland's Harbour

Ada Maria Example

On 14 September, the council met [in the old hall](#) and spent \$1.5 million. The meeting was also an important part of the joint

planning of the harbour.

What happened at the meeting?

The council is seen as the body responsible

NI SPOTLIGHT

for the harbour. This makes it difficult for

towns like Sudport to agree.
"""

ROMAN_NOTES = """
# Fish Prices

12 October 2021

Prices fell.<sup>i</sup> They rose again.<sup>ii</sup> Nobody knows why.<sup>iii</sup>

Notes

i https://fish.example/a
ii See the market report, https://fish.example/b.
iii Ibid.
"""

LETTERED_NOTES = """
# Fish Prices

Prices fell.<sup>a</sup> They rose again.<sup>b</sup>

---

<sup>a</sup> <https://fish.example/a>

<sup>b</sup> A remark without a source.
"""

NOTES_AT_PAGE_FEET = """
# Three Pages

By Ada Example, Ben Sample and Zoë Muster-Mann

2021-10-12

The first page says one thing<sup>1</sup> and the council has decided that all the boats must leave<sup>2</sup> before

<sup>1</sup> <https://one.example/>

<sup>2</sup> Council of Norland, <https://two.example/>;

https://three.example/x

NORLAND MONITOR | 2

the winter begins.<sup>3</sup> The second page ends here.

<sup>3</sup> <https://four.example/>

NORLAND MONITOR | 3

The third page has a new beginning.<sup>4</sup>

<sup>4</sup> <https://five.example/>
"""

TABLE = """
# Catches

12 October 2021

The table shows catches.<sup>1</sup>

| year | tonnes |
|------|-------:|
| 2019 | 12<sup>1</sup> |
| 2020 | 7 |

It covers 5 km<sup>2</sup> of sea.

<sup>1</sup> <https://catch.example/>
"""

CYRILLIC = """
**Порт закрыли на зиму**

12 октября 2021 года

Автор: Анна Примерова

Совет города закрыл порт, и теперь корабли ждут решения, которое было обещано ещё весной.[1] Никто не знает, когда оно
будет, но жители города надеются, что порт откроют до того, как начнётся зима, и рыба снова появится на рынке.[2]

Примечания

[1] https://порт.example/новости_1
[2] hxxps://port[.]example/a.
"""

PAGE_NUMBERS = """
A Long Report

12 October 2021

The first page of the report ends in the middle of a long and winding

1

sentence about boats. Then it goes on.

Page 2 of 3

Another paragraph begins. It ends.

3
"""

ALL = {name: text for name, text in list(globals().items()) if name.isupper() and isinstance(text, str)}
