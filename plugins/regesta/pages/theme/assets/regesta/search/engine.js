// Pagefind's indexes, one a language, each with a program of its own: they cannot be merged into one.

import { load } from "./data.js";

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
const AT_ONCE = 3;

/** Everything that is asked of the indexes. */
export class Engine {
  constructor(base, facets) {
    this.base = base;
    this.facets = facets;
    this.numbers = numbersById(facets.ids);
    this.instances = new Map();
  }

  static async open(base) {
    return new Engine(base, await load(`${base}facets.json`));
  }

  /** The languages in which a query is looked for, if the reader names none: those of its script. */
  languages(query) {
    const bundles = this.facets.bundles;
    const script = SCRIPTS.find(([, letters]) => letters.test(query));
    const others = SCRIPTS.flatMap(([, , codes]) => codes.split(" "));
    const fits = (code) => (script ? script[2].split(" ").includes(code) : !others.includes(code));
    const found = query.trim() ? bundles.filter((one) => fits(one.language)) : bundles;
    return (found.length ? found : bundles).slice(0, AT_ONCE).map((one) => one.language);
  }

  /** Search; without words every brief is found. Gives {number, score, data, words} in no certain order. */
  async find(query, languages) {
    const asked = this.facets.bundles.filter((one) => languages.includes(one.language));
    const answers = await Promise.all(asked.map(async (bundle) => (await this.instance(bundle)).search(query || null)));
    const hits = answers.flatMap((answer) => answer.results);
    return hits
      .map((hit) => ({ number: this.numbers(hit.id), score: hit.score, data: () => hit.data() }))
      .filter((hit) => hit.number !== undefined);
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

// From Pagefind's name of a record to the number of its brief.
function numbersById({ width, prefixes, of, names }) {
  const known = new Map(of.map((prefix, number) => [`${prefixes[prefix]}_${names.substr(number * width, width)}`, number]));
  return (id) => known.get(id.slice(0, id.lastIndexOf("_") + 1 + width));
}
