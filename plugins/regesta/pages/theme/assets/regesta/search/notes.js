// What stands under the number of results: what is lacking, what is near to it, and what else may be asked. Links only:
// nothing that was not asked for is ever among the results.

import { asking, figure, fill, make } from "./dom.js";
import { languageName } from "./facets.js";
import { nameOf, writeQuery } from "./query.js";
import { nearTo, otherForms } from "./near.js";

function replaced(clause, text) {
  return { ...clause, text, parts: [text] };
}

/** Makes the notes of an answer. */
export class Notes {
  constructor(engine, site, onAsk) {
    Object.assign(this, { engine, site, onAsk, words: engine.facets.words });
    this.root = make("div", { class: "rg-search-notes" });
  }

  show(lines) {
    this.root.replaceChildren(...lines);
  }

  /** Say that no brief has a word, or none in the languages that were looked at. */
  lacking(clause, { languages, isWhole }) {
    const values = { word: nameOf(clause), languages: this.named(languages) };
    return fill(isWhole ? this.words.lacking : this.words["lacking-in"], values);
  }

  /** Give the notes of an answer, in order. */
  async of(found, state, narrowing) {
    const { words } = this;
    const lines = [];
    const alone = [];
    for (const clause of found.lacking) {
      const near = await nearTo(this.engine, clause);
      lines.push(...this.near(clause, near, found, state, narrowing));
      alone.push(...(near.words.length ? [] : [clause]));
    }
    const others = found.clauses.filter((clause) => !found.lacking.includes(clause));
    if (found.lacking.length && found.rest) {
      const query = writeQuery(others);
      const text = fill(words.without, { words: query, n: figure(found.rest) });
      lines.push(make("p", {}, this.link({ ...state, query }, text)));
    }
    if (!found.found.length && found.kept) {
      const query = writeQuery(found.clauses.filter((clause) => !clause.isExcluded));
      const text = fill(words["with-excluded"], { words: query, n: figure(found.kept) });
      lines.push(make("p", {}, this.link({ ...state, query }, text)));
    }
    if (!found.lacking.length && !found.found.length && !found.kept && found.apart.length > 1) {
      const apart = found.apart.map(({ clause, briefs }) => {
        return this.link({ ...state, query: writeQuery([clause]) }, `${nameOf(clause)} (${figure(briefs)})`);
      });
      lines.push(this.row(words.apart, apart));
    }
    if (found.named) {
      const query = `"${state.query.trim()}"`;
      lines.push(make("p", {}, this.link({ ...state, query }, words.written)));
    }
    lines.push(...(await this.forms(found, state, alone)));
    return lines;
  }

  near(clause, { names, words: near }, { clauses }, state, narrowing) {
    const { words } = this;
    const others = clauses.filter((one) => one !== clause);
    const lines = [];
    if (clause.parts.length > 1) {
      const links = clause.parts.map((text) => this.link({ ...state, query: text }, text));
      lines.push(this.row(words.parts, links));
    }
    if (names.length) {
      const links = names.map((one) => {
        const label = one.briefs ? `${one.name} (${figure(one.briefs)})` : one.name;
        if (!one.briefs || !narrowing.isListed(one.type)) {
          return make("a", { href: new URL(one.url, this.site).href }, label);
        }
        const chosen = [...new Set([...(state.choice[one.type] ?? []), one.slug])];
        return this.link({ ...state, query: writeQuery(others), choice: { ...state.choice, [one.type]: chosen } }, label);
      });
      lines.push(this.row(fill(words["near-names"], { word: nameOf(clause) }), links));
    }
    if (near.length) {
      const links = near.map((one) => {
        const query = writeQuery(clauses.map((other) => (other === clause ? replaced(clause, one.word) : other)));
        return this.link({ ...state, query }, one.word);
      });
      lines.push(this.row(fill(words["near-words"], { word: nameOf(clause) }), links));
    }
    return lines;
  }

  // Of languages whose grammar is not known only the forms that were written are found: others are offered, also for a
  // word that no brief has if nothing near to it was offered.
  async forms({ clauses, languages, lacking }, state, alone) {
    const exact = this.engine.exactOnly(languages);
    const isExact = (clause) => this.engine.fitting(clause.text).some((language) => exact.includes(language));
    const isLacking = (clause) => lacking.includes(clause) && !alone.includes(clause);
    const isWanted = (clause) => !clause.isExcluded && !clause.isPhrase && !isLacking(clause) && isExact(clause);
    const wanted = clauses.filter(isWanted);
    if (!exact.length || !clauses.some((clause) => !clause.isExcluded)) {
      return [];
    }
    const lines = [make("p", {}, fill(this.words["exact-only"], { languages: this.named(exact) }))];
    for (const clause of wanted) {
      const links = (await otherForms(this.engine, clause)).map((one) => {
        const query = writeQuery(clauses.map((other) => (other === clause ? replaced(clause, one.word) : other)));
        return this.link({ ...state, query }, one.word);
      });
      if (links.length) {
        lines.push(this.row(fill(this.words.beginning, { word: nameOf(clause) }), links));
      }
    }
    return lines;
  }

  row(title, links) {
    return make("p", {}, title, ...links.flatMap((link) => [" ", link]));
  }

  link(state, text) {
    return asking(state, {}, text, this.onAsk);
  }

  named(languages) {
    const names = languages.map((one) => languageName(one, this.words));
    try {
      return new Intl.ListFormat(document.documentElement.lang || "en", { type: "conjunction" }).format(names);
    } catch {
      return names.join(", ");
    }
  }
}
