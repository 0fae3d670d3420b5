// Narrowing results down, and counting what is left by each property.

import { bucket, load } from "./data.js";

const MARKS = ["verifiable", "gone", "unsure", "defanged", "no-links"];
const ONE_FILE = 1;

/** What results can be narrowed by. A choice is {facet: [values]}. */
export class Narrowing {
  constructor(base, facets) {
    this.base = base;
    this.facets = facets;
    this.entities = new Map(facets.entities);
    this.lists = new Map();
  }

  /** Is this a property that a brief has once? Then values are alternatives; else each must be true. */
  isSingle(facet) {
    return facet in this.facets.columns;
  }

  /** Is this a property of which a brief may have several values? */
  isList(facet) {
    return facet in this.facets.lists;
  }

  /** The facets that have something to choose. */
  names() {
    return this.facets.facets.filter((facet) => {
      if (this.isSingle(facet)) {
        return this.facets.columns[facet].values.length > (facet === "language" ? 2 : 1);
      }
      if (this.isList(facet)) {
        return this.facets.lists[facet].values.length > 0;
      }
      return facet === "links" ? this.facets.marks.some(Boolean) : this.entities.has(facet);
    });
  }

  /** Would counting this facet load no more than a few kilobytes? */
  isSmall(facet) {
    return !this.entities.has(facet) || this.entities.get(facet) <= ONE_FILE || this.lists.has(facet);
  }

  /** The test that a brief must pass, by its number; `except` leaves one facet out. */
  async test(choice, except = null) {
    const tests = [];
    for (const [facet, values] of Object.entries(choice)) {
      if (facet === except || !values.length) {
        continue;
      }
      if (this.isSingle(facet)) {
        const { values: all, of } = this.facets.columns[facet];
        const wanted = new Set(values.map((value) => all.indexOf(value)));
        tests.push((number) => wanted.has(of[number]));
      } else if (this.isList(facet)) {
        const { values: all, of } = this.facets.lists[facet];
        const wanted = values.map((value) => all.indexOf(value));
        tests.push((number) => wanted.every((place) => of[number].includes(place)));
      } else if (facet === "links") {
        const bits = values.reduce((sum, value) => sum | (1 << MARKS.indexOf(value)), 0);
        tests.push((number) => (this.facets.marks[number] & bits) === bits);
      } else if (this.entities.has(facet)) {
        for (const slug of values) {
          const held = new Set((await this.entity(facet, slug))?.numbers ?? []);
          tests.push((number) => held.has(number));
        }
      }
    }
    return (number) => tests.every((test) => test(number));
  }

  /** Count results by the values of a facet: [{value, name, count}], the most first. */
  async counts(facet, numbers) {
    if (this.entities.has(facet)) {
      const held = new Set(numbers);
      const rows = (await this.all(facet)).map(({ slug, name, numbers: in_ }) => {
        return { value: slug, name, count: in_.reduce((sum, number) => sum + held.has(number), 0) };
      });
      return rows.filter((row) => row.count).sort(byCount);
    }
    const counted = new Map();
    const add = (value) => counted.set(value, (counted.get(value) ?? 0) + 1);
    for (const number of numbers) {
      if (facet === "links") {
        MARKS.forEach((mark, index) => this.facets.marks[number] & (1 << index) && add(mark));
      } else if (this.isList(facet)) {
        const { values, of } = this.facets.lists[facet];
        of[number].forEach((place) => add(values[place]));
      } else {
        const { values, of } = this.facets.columns[facet];
        of[number] && add(values[of[number]]);
      }
    }
    const rows = [...counted].map(([value, count]) => ({ value, name: value, count }));
    return facet === "year" ? rows.sort((a, b) => b.value.localeCompare(a.value)) : rows.sort(byCount);
  }

  /** Find one entity with its briefs: one small file. */
  async entity(facet, slug) {
    const index = bucket(slug, this.entities.get(facet));
    const rows = await load(`${this.base}${facet}-${index}.json`);
    const row = rows.find(([one]) => one === slug);
    return row && read(row);
  }

  async all(facet) {
    if (!this.lists.has(facet)) {
      const files = [...Array(this.entities.get(facet)).keys()];
      const rows = await Promise.all(files.map((index) => load(`${this.base}${facet}-${index}.json`)));
      this.lists.set(facet, rows.flat().map(read));
    }
    return this.lists.get(facet);
  }
}

function byCount(a, b) {
  return b.count - a.count || a.name.localeCompare(b.name);
}

// The numbers of briefs are written as steps from one to the next.
function read([slug, name, steps]) {
  let number = 0;
  return { slug, name, numbers: steps.map((step) => (number += step)) };
}
