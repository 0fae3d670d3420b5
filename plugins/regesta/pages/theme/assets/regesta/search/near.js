// Names and words near to one that no brief has: other spellings, typing errors, other alphabets, the same beginning.

import { bucket, load } from "./data.js";
import { nameWords } from "./names.js";
import { hasNoBlanks } from "./tokens.js";
import { nameOf, parseQuery, writeQuery } from "./query.js";

const FILES = 3;
const NAME_FILES = 5;
const SHOWN = 6;
const LETTERS = 2;
const LONGEST = 40;
const SHORTEST_BEGINNING = 3;
const LATIN_OF = {
  а: "a", б: "b", в: "v", г: "g", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "i", і: "i", ї: "i", й: "i", к: "k",
  л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ў: "u", ф: "f", х: "h", ц: "ts", ч: "ch", ш: "sh",
  щ: "sh", ъ: "", ы: "i", ь: "", э: "e", ю: "iu", я: "ia", ё: "io",
};
// How a Latin spelling may begin in Cyrillic; the longest first.
const CYRILLIC_OF = [
  ["shch", "щ"], ["sch", "шщ"], ["sh", "ш"], ["ch", "чх"], ["zh", "ж"], ["kh", "х"], ["ts", "ц"], ["cz", "ч"], ["sz", "ш"],
  ["ya", "я"], ["ja", "я"], ["ia", "я"], ["yu", "ю"], ["ju", "ю"], ["iu", "ю"], ["ye", "еє"], ["je", "еє"], ["yo", "ё"],
  ["a", "а"], ["b", "б"], ["v", "в"], ["w", "в"], ["g", "гґ"], ["h", "гх"], ["d", "д"], ["e", "еэ"], ["z", "з"], ["i", "иі"],
  ["y", "йи"], ["j", "йя"], ["k", "к"], ["q", "к"], ["c", "цк"], ["l", "л"], ["m", "м"], ["n", "н"], ["o", "о"], ["p", "п"],
  ["r", "р"], ["s", "с"], ["t", "т"], ["u", "у"], ["f", "ф"], ["x", "хк"],
];

/** Give what is near to a clause that no brief has: {names: [{slug, name, …}], words: [{word, briefs}]}. */
export async function nearTo(engine, clause) {
  const [names, words] = await Promise.all([nearNames(engine, clause), nearWords(engine, nameOf(clause))]);
  return { names, words };
}

/** May the archive have all of these words, as they are written? Of numbers and of scripts without blanks it does not know. */
export async function isKnown(engine, text) {
  const words = text.toLowerCase().normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const listed = words.filter((word) => [...word].length > 1 && word.length <= LONGEST && !/^\d+$/.test(word) && !hasNoBlanks(word));
  const found = await Promise.all(listed.map((word) => wordsIn(engine, [word])));
  return listed.every((word, index) => found[index].some((one) => one.word === word));
}

/** Give words of the archive that begin as the last of a query does: [{word, briefs, query}]. */
export async function wordsBegun(engine, query, limit = SHOWN) {
  const clauses = parseQuery(query);
  const last = clauses.at(-1);
  if (!last || last.isExcluded || last.isPhrase || /\s$/u.test(query) || [...last.text].length < SHORTEST_BEGINNING) {
    return [];
  }
  const found = await wordsWith(engine, last.text.toLowerCase());
  return found.slice(0, limit).map((one) => {
    return { ...one, query: writeQuery([...clauses.slice(0, -1), { ...last, text: one.word }]) };
  });
}

/** Give words with the beginning of a word: its other forms, as far as they begin alike. */
export async function otherForms(engine, clause) {
  const word = nameOf(clause).toLowerCase();
  const letters = [...word];
  if (letters.length <= SHORTEST_BEGINNING || /\s/u.test(word)) {
    return [];
  }
  const beginning = letters.slice(0, Math.max(SHORTEST_BEGINNING, letters.length - 2)).join("");
  return (await wordsWith(engine, beginning)).filter((one) => one.word !== word).slice(0, SHOWN);
}

async function wordsWith(engine, beginning) {
  const words = await wordsIn(engine, [beginning]);
  return words.filter((one) => one.word.startsWith(beginning)).sort(byBriefs);
}

async function nearWords(engine, text) {
  const written = text.toLowerCase();
  const wanted = nameWords(written).join("");
  if (/\s/u.test(written) || [...wanted].length < 2) {
    return [];
  }
  const ranked = [];
  for (const one of await wordsIn(engine, beginnings(written))) {
    const distance = likeness(wanted, nameWords(one.word).join(""));
    const begins = distance > 0 && [...wanted].length > SHORTEST_BEGINNING && one.word.startsWith(written);
    if (distance <= 2 || begins) {
      ranked.push({ ...one, distance: Math.min(distance, begins ? 1.5 : distance) });
    }
  }
  return ranked.sort((a, b) => a.distance - b.distance || byBriefs(a, b)).slice(0, SHOWN);
}

async function nearNames(engine, clause) {
  const buckets = engine.facets.names;
  const wanted = nameWords(clause.text);
  if (!buckets || wanted.join("").length < 2) {
    return [];
  }
  const firsts = wanted.flatMap((word) => beginnings(word));
  const indexes = buckets <= NAME_FILES ? [...Array(buckets).keys()] : firsts.map((first) => bucket(first, buckets, LETTERS));
  const files = [...new Set(indexes)].slice(0, Math.max(NAME_FILES, wanted.length * 3));
  const lists = await Promise.all(files.map((index) => load(`${engine.base}names-${index}.json`)));
  const found = new Map();
  for (const [row, spellings] of lists.flat()) {
    const [type, slug, name, native, briefs, url] = row;
    const distance = Math.min(...spellings.map((spelling) => nameDistance(spelling, wanted)));
    if (distance <= 2 && !(found.get(slug)?.distance <= distance)) {
      found.set(slug, { type, slug, name, native, briefs, url, distance });
    }
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance || byBriefs(a, b)).slice(0, SHOWN);
}

// Each word that was written must be near to one of the name's.
function nameDistance(spelling, wanted) {
  const words = spelling.replaceAll("*", "").split(" ");
  return Math.max(...wanted.map((word) => Math.min(...[...words, words.join("")].map((one) => likeness(word, one)))));
}

// 0 for the same word, then by how many letters it differs; more than 2 for another word.
function likeness(wanted, word) {
  const length = Math.min([...wanted].length, [...word].length);
  if (isCyrillic(wanted) !== isCyrillic(word)) {
    return length > 3 ? 0.5 + distance(sounds(wanted), sounds(word), length > 6 ? 2 : 1) : 9;
  }
  const most = length < 3 ? Number(hasIdeographs(wanted)) : length < 6 ? 1 : 2;
  return length < 4 && wanted[0] !== word[0] ? (wanted === word ? 0 : 9) : distance(wanted, word, most);
}

/** How many letters must be put in, left out, changed or swapped; 9 if more than `most`. */
export function distance(one, other, most) {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) {
    return 9;
  }
  let [before, last] = [[], [...Array(b.length + 1).keys()]];
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = last[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      now[column] = Math.min(last[column] + 1, now[column - 1] + 1, changed);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        now[column] = Math.min(now[column], before[column - 2] + 1);
      }
    }
    if (Math.min(...now) > most) {
      return 9;
    }
    [before, last] = [last, now];
  }
  return last[b.length] <= most ? last[b.length] : 9;
}

// What a spelling sounds like, roughly, whichever alphabet and romanization it is in.
function sounds(word) {
  const latin = [...word].map((letter) => LATIN_OF[letter] ?? letter).join("");
  return latin
    .replace(/shch|sch|sz/g, "sh")
    .replace(/tch|cz/g, "ch")
    .replace(/kh|ch(?=[mnlr])/g, "h")
    .replace(/ck|q/g, "k")
    .replace(/ph/g, "f")
    .replace(/w/g, "v")
    .replace(/ou/g, "u")
    .replace(/x/g, "ks")
    .replace(/[yj]/g, "i")
    .replace(/(.)\1+/gu, "$1");
}

// The two letters that a word near to this one may begin with, the likeliest first.
function beginnings(word) {
  const letters = [...word];
  const [first = "", second = "", third = ""] = letters;
  const found = [first + second, second + first, second + third, first + third];
  if (/^[a-z]/.test(word)) {
    found.splice(1, 0, ...cyrillicBeginnings(word).slice(0, 3));
  } else if (isCyrillic(word)) {
    found.splice(1, 0, letters.slice(0, 3).map((letter) => LATIN_OF[letter] ?? letter).join("").slice(0, LETTERS));
  }
  return [...new Set(found)];
}

function cyrillicBeginnings(word, length = 0) {
  if (length === LETTERS || !word) {
    return [""];
  }
  const [latin, letters] = CYRILLIC_OF.find(([start]) => word.startsWith(start)) ?? [word[0], word[0]];
  const rests = cyrillicBeginnings(word.slice(latin.length), length + 1);
  return [...letters].flatMap((letter) => rests.map((rest) => letter + rest));
}

// All words in the files that have one of these beginnings.
async function wordsIn(engine, firsts) {
  const starts = engine.facets.vocabulary ?? [];
  const fits = (index, first) => starts[index] <= `${first}\uffff` && !(starts[index + 1] <= first);
  const wanted = firsts.flatMap((first) => [...starts.keys()].filter((index) => fits(index, first)));
  const files = starts.length <= 2 ? [...starts.keys()] : [...new Set(wanted)].slice(0, FILES);
  const texts = await Promise.all(files.map((index) => load(`${engine.base}words-${index}.json`)));
  return texts.flatMap(unpacked);
}

// Each word begins with two digits: how many letters are those of the word before, and the size of its number of briefs.
function unpacked(text) {
  let before = "";
  return text.split(" ").map((row) => {
    before = [...before].slice(0, parseInt(row[0], 36)).join("") + row.slice(2);
    return { word: before, briefs: 2 ** parseInt(row[1], 36) };
  });
}

function isCyrillic(word) {
  return /\p{Script=Cyrillic}/u.test(word);
}

function hasIdeographs(word) {
  return /\p{Script=Han}/u.test(word);
}

function byBriefs(a, b) {
  return b.briefs - a.briefs || ((a.word ?? a.slug) < (b.word ?? b.slug) ? -1 : 1);
}
