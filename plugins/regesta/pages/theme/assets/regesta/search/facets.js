// The lists by which results are narrowed down.

import { figure, fill, make } from "./dom.js";

const FEW = 6;

/** Shows the facets and says when something is chosen. */
export class FacetLists {
  constructor(root, narrowing, words, onChoose) {
    Object.assign(this, { root, narrowing, words, onChoose });
    this.whole = new Set();
    this.parts = new Map();
    this.counting = new Map();
    for (const facet of narrowing.names()) {
      const list = make("div", { class: "rg-facet-values" });
      const small = narrowing.isSmall(facet);
      const part = make("details", { class: "rg-facet", "data-facet": facet, open: small, hidden: true });
      part.append(make("summary", {}, words[facet] ?? facet), list);
      part.addEventListener("toggle", () => {
        if (part.open && this.counted && this.counting.get(facet) !== this.counted) {
          this.fill([facet]);
        }
      });
      this.parts.set(facet, { part, list });
      root.append(part);
    }
  }

  /** Show what is left: `numbersOf` gives, for a facet, the numbers of the briefs to count. */
  async show(choice, numbersOf) {
    this.counted = { choice, numbersOf };
    await this.fill([...this.parts.keys()]);
  }

  // All at once, so that nothing moves under the reader's hand while lists come in.
  async fill(facets) {
    const { counted } = this;
    const filled = await Promise.all(facets.map(async (facet) => [facet, await this.rows(facet, counted)]));
    if (counted !== this.counted) {
      return;
    }
    for (const [facet, rows] of filled) {
      const { part, list } = this.parts.get(facet);
      if (rows) {
        this.write(facet, list, rows, counted.choice[facet] ?? []);
      }
      part.hidden = rows?.length === 0;
    }
  }

  /** The values of a facet with their counts; nothing of one that is closed, and of which nothing is chosen. */
  async rows(facet, { choice, numbersOf }) {
    const chosen = choice[facet] ?? [];
    const isOpen = this.parts.get(facet).part.open;
    if (!isOpen && !chosen.length) {
      return null;
    }
    if (isOpen) {
      this.counting.set(facet, this.counted);
    }
    const rows = isOpen ? await this.narrowing.counts(facet, await numbersOf(facet)) : [];
    const missing = chosen.filter((value) => !rows.some((row) => row.value === value));
    const named = await Promise.all(missing.map((value) => this.label(facet, value)));
    return [...missing.map((value, index) => ({ value, name: named[index], count: 0 })).reverse(), ...rows];
  }

  /** How a value is called. */
  async label(facet, value) {
    if (this.narrowing.isListed(facet)) {
      return (await this.narrowing.find(facet, value))?.name ?? value;
    }
    return this.plain(facet, value);
  }

  plain(facet, value) {
    if (facet === "links") {
      return this.words[value] ?? value;
    }
    return facet === "language" ? languageName(value, this.words) : value;
  }

  write(facet, list, rows, chosen) {
    const focused = document.activeElement?.dataset?.key;
    const isWhole = this.whole.has(facet);
    const few = rows.filter((row, index) => index < FEW || chosen.includes(row.value));
    const items = (isWhole ? rows : few).map((row) => this.item(facet, row, chosen));
    const parts = [make("ul", {}, ...items)];
    if (isWhole && rows.length > 2 * FEW) {
      parts.unshift(this.finder(facet, parts[0]));
    }
    if (!isWhole && rows.length > few.length) {
      const button = make("button", { type: "button", class: "rg-plain", "data-key": `${facet}:whole` });
      button.append(fill(this.words.rest, { n: figure(rows.length) }));
      button.addEventListener("click", () => {
        this.whole.add(facet);
        this.write(facet, list, rows, chosen);
        list.querySelector("input")?.focus();
      });
      parts.push(button);
    }
    list.replaceChildren(...parts);
    if (focused) {
      [...list.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused)?.focus();
    }
  }

  item(facet, row, chosen) {
    const box = make("input", { type: "checkbox", "data-key": `${facet}=${row.value}` });
    box.checked = chosen.includes(row.value);
    box.addEventListener("change", () => this.onChoose(facet, row.value));
    const name = this.narrowing.isListed(facet) ? row.name : this.plain(facet, row.value);
    const count = make("span", { class: "rg-count" }, figure(row.count));
    return make("li", {}, make("label", {}, box, make("span", { class: "rg-value" }, name), " ", count));
  }

  finder(facet, list) {
    const field = make("input", { type: "search", "aria-label": this.words.filter, placeholder: this.words.filter });
    field.dataset.key = `${facet}:find`;
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const item of list.children) {
        item.hidden = !item.textContent.toLowerCase().includes(wanted);
      }
    });
    return field;
  }
}

/** The name of a language in the language of the page. */
export function languageName(code, words) {
  try {
    return new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language" }).of(code);
  } catch {
    return code === "unknown" ? words["unknown-language"] : code;
  }
}
