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

  /** Search for words: {number, score, data} of each brief, in no certain order. */
  async find(query, languages) {
    const asked = this.facets.bundles.filter((one) => languages.includes(one.language));
    const answers = await Promise.all(asked.map(async (bundle) => (await this.instance(bundle)).search(query)));
    const hits = answers.flatMap((answer) => answer.results);
    return hits
      .map((hit) => ({ number: this.numbers.get(hit.id), score: hit.score, data: () => hit.data() }))
      .filter((hit) => hit.number !== undefined);
  }

  /** All briefs, without a word. */
  everything() {
    return this.ids.map((id, number) => ({ number, score: 0, data: () => record(this.address(id)) }));
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

// A record without the index around it: Pagefind would load all of that to list briefs without words.
async function record(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  const unzipped = answer.body.pipeThrough(new DecompressionStream("gzip"));
  const fragment = JSON.parse((await new Response(unzipped).text()).slice(SIGNATURE.length));
  return { ...fragment, raw_url: fragment.url, weighted_locations: [] };
}
