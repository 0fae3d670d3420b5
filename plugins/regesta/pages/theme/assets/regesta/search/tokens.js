// Splits texts and queries into the words of the index, as tokens.py does in the build, letter for letter.

const NO_BLANKS =
  "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u312f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff" +
  "\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}]";
// Characters that nobody sees, and that end no word: soft hyphens, joiners, marks of direction.
const UNSEEN = "\\u00ad\\u061c\\u180e\\u200c-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff";
const ALL_UNSEEN = new RegExp(`[${UNSEEN}]`, "gu");
const RUN = new RegExp(`(?:(?![\\u02b9-\\u02bf\\u02ee])[\\p{L}\\p{M}\\p{N}${UNSEEN}])+`, "gu");
const PARTS = new RegExp(`${NO_BLANKS}|(?:(?!${NO_BLANKS}).)+`, "gu");
const HAS_NO_BLANKS = new RegExp(NO_BLANKS, "u");
const LETTER_FOR_MARK = 0x20000;
const OPTIONAL_MARK =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f]/u;
const OWN_LETTERS = { й: "ҋ", ї: "ꙇ", ў: "ұ", ς: "σ" };
const RUSSIAN_VOWEL = /[аеиоуыэюя]/u;
const SUPERLATIVE = /ейш(?=(?:ие|ая|яя|ое|ее|его|ему|ими|им|их|ую|ый|ий|ой|ей|ем|е|а|и|у)$)/u;
const ENDINGS = [
  [/ейте(сь)?$/u, "ите"],
  [/уй(?:те)?(ся|сь)?$/u, "ует"],
  [/(?<=[ая])йте(сь)?$/u, "ете"],
  [/(?<=[ая])й(ся|сь)?$/u, "л"],
  [/(?:ый|ий|ой|ей)(ся|сь)?$/u, "ые"],
];
// Endings that their stemmers know by their accents alone, and others that are taken away just so.
const ACCENTED_ENDINGS = {
  pl: [
    [/ów$/u, "om"],
    [/(?<=[aei])ć$/u, "ł"],
  ],
  es: [
    [/ió$/u, "ieron"],
    [/(?<=[aei]r)ía(?:[sn]|mos|is)?$/u, "emos"],
    [/ía(?:[sn]|mos|is)?$/u, "ido"],
    [/és$/u, "esa"],
  ],
};

/** Give the words of a text, and where each is: {word, start, end}. The text is in composed letters (NFC). */
export function placedWords(text, language) {
  const found = [];
  for (const run of text.matchAll(RUN)) {
    for (const part of run[0].matchAll(PARTS)) {
      const word = folded(part[0], language);
      if (word) {
        const start = run.index + part.index;
        found.push({ word, start, end: start + part[0].length });
      }
    }
  }
  return found;
}

/** Give the words of a text as the index of a language has them. */
export function indexWords(text, language) {
  return placedWords(withoutUnseen(text).normalize("NFC"), language).map((one) => one.word);
}

/** Take characters out of a text that nobody sees. */
export function withoutUnseen(text) {
  return text.replace(ALL_UNSEEN, "");
}

/** Is there a character of a script that is written without blanks? */
export function hasNoBlanks(text) {
  return HAS_NO_BLANKS.test(text);
}

function folded(written, language) {
  const word = withoutUnseen(written);
  if ([...word].length === 1 && HAS_NO_BLANKS.test(word)) {
    const isWhole = !/^\p{M}/u.test(word) && [...word.normalize("NFD")].length === 1;
    const code = word.codePointAt(0);
    return isWhole || code >= LETTER_FOR_MARK ? word : String.fromCodePoint(LETTER_FOR_MARK + code);
  }
  let lowered = word.toLowerCase();
  if (language === "ru") {
    lowered = withoutShortI(lowered);
  }
  const [ending, other] = (ACCENTED_ENDINGS[language] ?? []).find(([pattern]) => pattern.test(lowered)) ?? [];
  lowered = ending ? lowered.replace(ending, other) : lowered;
  const plain = lowered.replace(/[йїўς]/gu, (letter) => OWN_LETTERS[letter]).normalize("NFKD");
  return [...plain].map(kept).join("").normalize("NFC");
}

function kept(char) {
  if (/\p{M}/u.test(char)) {
    const code = char.codePointAt(0);
    return code >= LETTER_FOR_MARK || OPTIONAL_MARK.test(char) ? "" : String.fromCodePoint(LETTER_FOR_MARK + code);
  }
  return /[\p{L}\p{N}]/u.test(char) ? char : "";
}

// A Russian ending that has й as another one that the stemmer takes away just so.
function withoutShortI(written) {
  const word = written.replaceAll("ё", "е");
  const vowel = RUSSIAN_VOWEL.exec(word);
  if (!word.includes("й") || !vowel) {
    return word;
  }
  const start = word.slice(0, vowel.index + 1);
  const rest = word.slice(vowel.index + 1).replace(SUPERLATIVE, "");
  for (const [pattern, other] of ENDINGS) {
    const match = pattern.exec(rest);
    if (match) {
      return start + rest.slice(0, match.index) + other + (match[1] ?? "");
    }
  }
  return start + rest.replace(/^й(ся|сь)?$/u, "у$1");
}
