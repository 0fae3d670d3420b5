// The search page.

import { FacetLists, languageName } from "./facets.js";
import { Engine } from "./engine.js";
import { Narrowing } from "./narrow.js";
import { Notes } from "./notes.js";
import { ORDERS, answer } from "./results.js";
import { csvOf, risOf, save } from "./files.js";
import { entryOf, readHit } from "./entry.js";
import { asking, figure, fill, make } from "./dom.js";
import { findNames } from "./names.js";
import { parseQuery } from "./query.js";
import { readState, toggled, writeState } from "./state.js";

const PAUSE = 250;
const MOST = 1000;
const AT_ONCE = 20;
// A name that more briefs have is answered from the list of them: its words would cost a reader more than all the rest.
const MANY = 400;

/** Put the search into the page. `base` is the address of the folder with its data. */
export async function startPage(root, base) {
  const engine = await Engine.open(base);
  new SearchPage(root, base, engine).start();
}

class SearchPage {
  constructor(root, base, engine) {
    Object.assign(this, { root, base, engine, words: engine.facets.words, asked: 0 });
    this.site = new URL("../", base).href;
    this.narrowing = new Narrowing(base, engine.facets);
    this.step = Number(root.dataset.results) || 10;
    this.build();
  }

  start() {
    this.state = readState(location.href, this.narrowing.names());
    this.field.value = this.state.query;
    window.addEventListener("popstate", () => {
      this.state = readState(location.href, this.narrowing.names());
      this.field.value = this.state.query;
      this.show();
    });
    this.show();
  }

  build() {
    const { words } = this;
    this.field = make("input", { type: "search", name: "q", "aria-label": words.query, autocomplete: "off" });
    this.field.placeholder = words.query;
    this.order = make("select", { name: "order", "aria-label": words.sort });
    this.order.append(...ORDERS.map((order) => make("option", { value: order }, words[order])));
    const form = make("form", { class: "rg-search-form", role: "search", "aria-label": words.query });
    form.append(this.field, make("button", { type: "submit" }, words.search), ...help(words));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go({ ...this.state, query: this.field.value });
    });
    let pause = 0;
    this.field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.go({ ...this.state, query: this.field.value }, "replace"), PAUSE);
    });
    this.order.addEventListener("change", () => this.go({ ...this.state, order: this.order.value }));
    this.chosen = make("ul", { class: "rg-chosen" });
    this.status = make("p", { class: "rg-imprint", role: "status" });
    this.names = make("section", { class: "rg-found-names", "aria-label": words.names });
    this.notes = new Notes(this.engine, this.site, (state) => this.ask(state));
    this.list = make("ul", { class: "rg-entries rg-hits" });
    this.more = make("button", { type: "button", class: "rg-more" }, words.more);
    this.more.addEventListener("click", () => this.showMore());
    this.offers = make("p", { class: "rg-offers" });
    this.downloads = this.downloadButtons();
    this.bar = make("div", { class: "rg-search-bar" }, this.status, this.order);
    // Who asks nothing yet may want to go by names and dates.
    this.ways = document.querySelector(".rg-search-ways").cloneNode(true);
    const results = make("div", { class: "rg-search-results" }, this.chosen, this.names, this.bar, this.notes.root, this.ways, this.list, this.more);
    results.append(this.offers, this.downloads);
    const lists = make("div", { class: "rg-facets" });
    const aside = make("details", { class: "rg-narrow", open: matchMedia("(min-width: 60em)").matches });
    aside.append(make("summary", {}, words.narrow), lists);
    this.facets = new FacetLists(lists, this.narrowing, words, (facet, value) => this.go(toggled(this.state, facet, value)));
    for (const part of [this.order, this.more, this.downloads, this.ways]) {
      part.hidden = true;
    }
    this.root.replaceChildren(form, make("div", { class: "rg-search-columns" }, results, aside));
  }

  downloadButtons() {
    const part = make("p", { class: "rg-downloads" }, this.words.download, " ");
    for (const [kind, write, type] of [["CSV", csvOf, "text/csv"], ["RIS", risOf, "application/x-research-info-systems"]]) {
      const button = make("button", { type: "button" }, kind);
      button.addEventListener("click", async () => {
        const hits = await this.fetchAll();
        save(`results.${kind.toLowerCase()}`, `${type};charset=utf-8`, write(hits, this.site));
      });
      part.append(button, " ");
    }
    return part;
  }

  /** Ask something else, and let the address say so. */
  go(state, how = "push") {
    this.state = state;
    const address = writeState(location.href, state);
    if (address !== location.href) {
      history[how === "push" ? "pushState" : "replaceState"]({}, "", address);
    }
    this.show();
  }

  /** Ask something else by a link: the field says what is asked. */
  ask(state) {
    this.field.value = state.query;
    this.go(state);
    this.field.focus({ preventScroll: true });
  }

  // A name alone that very many briefs have, without quotes.
  async answer(names) {
    const { state } = this;
    const [first] = names;
    const isName = first?.exact && !/["«»“”„-]/u.test(state.query) && this.narrowing.isListed(first.type);
    if (!isName || first.briefs < MANY || state.choice.language) {
      return answer(this.engine, this.narrowing, state);
    }
    const named = await this.narrowing.test({ [first.type]: [first.slug] });
    const found = await answer(this.engine, this.narrowing, { ...state, query: "" });
    const kept = (hits) => hits.filter((hit) => named(hit.number));
    return { ...found, found: kept(found.found), hits: kept(found.hits), named: first };
  }

  async show() {
    const asked = (this.asked += 1);
    const isCurrent = () => asked === this.asked;
    const { state, words } = this;
    this.order.value = state.order;
    const isEmpty = !state.query.trim() && !Object.keys(state.choice).length;
    this.root.setAttribute("aria-busy", "true");
    this.status.textContent = isEmpty ? "" : words.loading;
    // Not hidden: what is said in it later would not be read out.
    this.bar.classList.toggle("rg-idle", isEmpty);
    this.ways.hidden = !isEmpty;
    try {
      const asked_ = parseQuery(state.query).filter((clause) => !clause.isExcluded);
      const written = asked_.map((clause) => clause.text).join(" ");
      const named = await findNames(this.base, this.engine.facets.names, written);
      const found = isEmpty ? null : await this.answer(named);
      const first = found ? await Promise.all(found.hits.slice(0, this.step).map((hit) => hit.data())) : [];
      const [chosen, notes] = await Promise.all([this.chosenLabels(), found ? this.notes.of(found, state, this.narrowing) : []]);
      if (!isCurrent()) {
        return;
      }
      this.notes.show(notes);
      this.hits = found?.hits ?? [];
      this.showChosen(chosen);
      this.showNames(named);
      this.showHits(first, found);
      await this.facets.show(state.choice, (facet) => this.numbers(facet, found));
    } catch (error) {
      console.warn(error);
      if (isCurrent()) {
        // What was found before is no answer to this.
        this.list.replaceChildren();
        this.notes.show([]);
        this.names.replaceChildren();
        for (const part of [this.order, this.more, this.downloads]) {
          part.hidden = true;
        }
        this.status.textContent = words.failed;
      }
    } finally {
      if (isCurrent()) {
        this.root.removeAttribute("aria-busy");
      }
    }
  }

  /** The briefs that a facet counts: of alternatives also those that its own choice leaves out. */
  async numbers(facet, found) {
    if (!found) {
      return [...Array(this.engine.facets.briefs).keys()];
    }
    if (!this.narrowing.isSingle(facet) || !this.state.choice[facet]) {
      return found.hits.map((hit) => hit.number);
    }
    const test = await this.narrowing.test(this.state.choice, facet);
    return found.found.map((hit) => hit.number).filter(test);
  }

  showNames(names) {
    const rows = names.map((one) => {
      const row = make("li", {}, make("a", { href: new URL(one.url, this.site).href }, one.name), " ");
      row.append(make("span", { class: "rg-by" }, [one.native, this.words[one.type]].filter(Boolean).join(", ")), " ");
      if (one.briefs && this.narrowing.isListed(one.type)) {
        const state = { query: "", choice: { [one.type]: [one.slug] }, order: this.state.order, languages: [] };
        const shown = fill(this.words["named-in"], { n: figure(one.briefs) });
        const name = `${shown}. ${fill(this.words.only, { name: one.name })}`;
        row.append(
          asking(state, { class: "rg-only", "aria-label": name }, shown, (next) => this.ask(next)),
        );
      }
      return row;
    });
    this.names.replaceChildren(rows.length ? make("ul", {}, ...rows) : "");
  }

  showHits(data, found) {
    const { words, state } = this;
    this.shown = data.length;
    this.list.replaceChildren(...data.map((one) => entryOf(readHit(one), this.site, words)));
    const isLeft = Boolean(this.hits.length);
    if (found) {
      this.status.textContent = this.said(found);
    }
    this.order.hidden = !isLeft;
    this.downloads.hidden = !isLeft;
    this.more.hidden = this.shown >= this.hits.length;
    this.offers.replaceChildren(...(found?.offered ?? []).flatMap((language) => {
      const button = make("button", { type: "button", class: "rg-plain" });
      button.append(fill(words.also, { language: languageName(language, words) }));
      button.addEventListener("click", () => this.go({ ...state, languages: [...state.languages, language] }));
      return [button, " "];
    }));
  }

  /** What is read out: how many results there are, or what no brief has. */
  said(found) {
    const { words, state } = this;
    if (found.isWordless) {
      return words.wordless;
    }
    if (found.lacking.length) {
      return found.lacking.map((clause) => this.notes.lacking(clause, found)).join(" ");
    }
    if (!found.hits.length) {
      const none = found.kept ? words["none-kept"] : words.none;
      return found.found.length && Object.keys(state.choice).length ? words["none-left"] : none;
    }
    if (found.named) {
      return fill(words.spellings, { name: found.named.name, n: figure(found.hits.length) });
    }
    return fill(found.clauses.length ? words["with-words"] : words.results, { n: figure(found.hits.length) });
  }

  async showMore() {
    const { asked } = this;
    const next = this.hits.slice(this.shown, this.shown + this.step);
    const data = await Promise.all(next.map((hit) => hit.data()));
    if (asked !== this.asked) {
      return;
    }
    const rows = data.map((one) => entryOf(readHit(one), this.site, this.words));
    this.list.append(...rows);
    this.shown += rows.length;
    this.more.hidden = this.shown >= this.hits.length;
    rows[0]?.querySelector("a").focus();
  }

  chosenLabels() {
    const pairs = Object.entries(this.state.choice).flatMap(([facet, values]) => values.map((value) => [facet, value]));
    return Promise.all(pairs.map(async ([facet, value]) => [facet, value, await this.facets.label(facet, value)]));
  }

  showChosen(labels) {
    this.chosen.replaceChildren(...labels.map(([facet, value, label]) => {
      const kind = this.words[facet] ?? facet;
      const remove = fill(this.words.remove, { value: `${kind} ${label}` });
      const button = make("button", { type: "button", "aria-label": remove, title: remove });
      button.append(make("span", { class: "rg-by" }, kind), ` ${label} `, make("span", { "aria-hidden": "true" }, "×"));
      button.addEventListener("click", () => this.go(toggled(this.state, facet, value)));
      return make("li", {}, button);
    }));
  }

  /** Fetch the results for a file, some at a time; the page says how far it is. */
  async fetchAll() {
    const hits = this.hits.slice(0, MOST);
    const read = [];
    const before = this.status.textContent;
    for (let at = 0; at < hits.length; at += AT_ONCE) {
      this.status.textContent = fill(this.words.downloading, { n: figure(at), all: figure(hits.length) });
      read.push(...(await Promise.all(hits.slice(at, at + AT_ONCE).map((hit) => hit.data()))).map(readHit));
    }
    this.status.textContent = hits.length < this.hits.length ? fill(this.words.capped, { n: figure(MOST) }) : before;
    return read;
  }
}

// How to ask, behind a question mark.
function help(words) {
  const lines = words.help.map((line) => make("li", {}, line));
  const list = make("ul", { class: "rg-help", id: "rg-help", hidden: true }, ...lines);
  const button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": "rg-help" }, "?");
  button.setAttribute("aria-label", words["help-name"]);
  button.title = words["help-name"];
  button.addEventListener("click", () => {
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
  });
  return [button, list];
}
