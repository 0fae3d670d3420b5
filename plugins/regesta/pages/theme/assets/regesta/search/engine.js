// Pagefind's indexes, one a language, each with a program of its own: they cannot be merged into one.

import { load } from "./data.js";
import { indexWords } from "./tokens.js";

const SCRIPTS = [
  ["Cyrl", /\p{Script=Cyrillic}/u, "be bg kk ky mk mn ru sr tg uk"],
  ["Grek", /\p{Script=Greek}/u, "el"],
  ["Arab", /\p{Script=Arabic}/u, "ar fa ps ug ur"],
  ["Hebr", /\p{Script=Hebrew}/u, "he yi"],
  ["Geor", /\p{Script=Georgian}/u, "ka"],
  ["Armn", /\p{Script=Armenian}/u, "hy"],
  ["Hans", /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u, "zh ja"],
  ["Hang", /\p{Script=Hangul}/u, "ko"],
];
const FORMLESS = ["zh", "ja", "th", "lo", "km", "my", "vi"];
const AT_ONCE = 3;
const DIGITS = 7;
const SIGNATURE = "pagefind_dcd";

/** Everything that is asked of the indexes. */
export class Engine {
  constructor(base, facets) {
    this.base = base;
    this.facets = facets;
    this.ids = unpacked(facets.ids);
    this.numbers = new Map(this.ids.map((id, number) => [id, number]));
    this.instances = new Map();
    this.answers = new Map();
  }

  static async open(base) {
    return new Engine(base, await load(`${base}facets.json`));
  }

  /** The languages in which clauses are looked for, if the reader names none: those of their scripts. */
  languages(clauses) {
    const bundles = this.facets.bundles.map((one) => one.language);
    const lettered = clauses.filter((clause) => /\p{L}/u.test(clause.text));
    if (!lettered.length) {
      return bundles.slice(0, AT_ONCE);
    }
    const fits = new Set(lettered.flatMap((clause) => this.fitting(clause.text)));
    return this.facets.bundles.map((one) => one.language).filter((language) => fits.has(language));
  }

  /** The languages of the scripts of a text, the largest first. */
  fitting(text, most = AT_ONCE) {
    const bundles = this.facets.bundles;
    const scripts = SCRIPTS.filter(([, letters]) => letters.test(text));
    const others = SCRIPTS.flatMap(([, , codes]) => codes.split(" "));
    const isPlain = !scripts.length || /\p{Script=Latin}/u.test(text);
    const fits = (code) =>
      scripts.some(([, , codes]) => codes.split(" ").includes(code)) || (isPlain && !others.includes(code));
    const found = bundles.filter((one) => fits(one.language));
    return (found.length ? found : bundles).slice(0, most).map((one) => one.language);
  }

  /** Find a word in any of its forms, or a phrase: for each brief that has it, its number and the places of the words. */
  async ask(text, languages) {
    const bundles = this.facets.bundles.filter((one) => languages.includes(one.language));
    const found = await Promise.all(bundles.map((bundle) => this.askOne(bundle, indexWords(text, bundle.language))));
    return new Map(found.flatMap((one) => [...one]));
  }

  // In quotes: else Pagefind answers a word that it does not know with the longest beginning that it knows.
  async askOne(bundle, words) {
    const key = `${bundle.language} ${words.join(" ")}`;
    if (!this.answers.has(key)) {
      const asked = this.instance(bundle).then((instance) => instance.search(`"${words.join(" ")}"`));
      asked.catch(() => this.answers.delete(key));
      this.answers.set(key, asked);
    }
    const { results } = await this.answers.get(key);
    return new Map(results.map((hit) => [this.numbers.get(hit.id), hit.words]).filter(([number]) => number !== undefined));
  }

  /** How well each brief fits the words, by its number. It says so of briefs with words that begin alike as well. */
  async scores(texts, languages) {
    const bundles = this.facets.bundles.filter((one) => languages.includes(one.language));
    const answers = await Promise.all(
      bundles.map(async (bundle) => {
        const words = texts.flatMap((text) => indexWords(text, bundle.language));
        return (await this.instance(bundle)).search(words.join(" "));
      }),
    );
    return new Map(answers.flatMap((one) => one.results.map((hit) => [this.numbers.get(hit.id), hit.score])));
  }

  /** A hit as the page shows it. `places` are those of the words that were found, a list for each clause. */
  hit(number, score, places) {
    return { number, score, data: async () => ({ ...(await record(this.address(this.ids[number]))), places }) };
  }

  /** The languages of which no other forms of a word are known, though they have some. */
  exactOnly(languages) {
    return this.facets.bundles.filter((one) => languages.includes(one.language) && !one.stems && !FORMLESS.includes(one.language)).map((one) => one.language);
  }

  /** All briefs, without a word. */
  everything() {
    return this.ids.map((id, number) => this.hit(number, 0, []));
  }

  // "en_…" lies in en/, "en-x2_…" in en/2/.
  address(id) {
    const [language, shard] = id.slice(0, id.lastIndexOf("_")).split("-x");
    return new URL(`${language}/${shard ? `${shard}/` : ""}fragment/${id}.pf_fragment`, this.base).href;
  }

  instance(bundle) {
    if (!this.instances.has(bundle.language)) {
      const opened = this.start(bundle);
      opened.catch(() => this.instances.delete(bundle.language));
      this.instances.set(bundle.language, opened);
    }
    return this.instances.get(bundle.language);
  }

  async start(bundle) {
    const folder = new URL(bundle.folder, this.base).href;
    const pagefind = await import(`${folder}pagefind.js`);
    // In the page itself: a worker would load the program twice.
    const instance = pagefind.createInstance({ basePath: folder, noWorker: true });
    await instance.init();
    for (const shard of bundle.shards) {
      await instance.mergeIndex(new URL(shard, this.base).href);
    }
    return instance;
  }
}

// Pagefind's name of each brief's record: a language and seven hexadecimal digits.
function unpacked({ prefixes, of, packed, odd }) {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return of.map((prefix, number) => odd[number] ?? `${prefixes[prefix]}_${digits.substr(number * DIGITS, DIGITS)}`);
}

// The record itself: Pagefind would cut it by blanks, and load all of its index to list briefs without words.
const records = new Map();

function record(url) {
  if (!records.has(url)) {
    const asked = fetchRecord(url);
    asked.catch(() => records.delete(url));
    records.set(url, asked);
  }
  return records.get(url);
}

async function fetchRecord(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  const unzipped = answer.body.pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse((await new Response(unzipped).text()).slice(SIGNATURE.length));
}
