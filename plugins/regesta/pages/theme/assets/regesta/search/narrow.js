// Narrowing results down, and counting what is left by each property.

import { bucket, load } from "./data.js";

const MARKS = ["verifiable", "gone", "unsure", "defanged", "no-links"];
const ONE_FILE = 1;

/** What results can be narrowed by. A choice is {facet: [values]}. */
export class Narrowing {
  constructor(base, facets) {
    this.base = base;
    this.facets = facets;
    this.lists = new Map(facets.lists.map(([facet, files, stem]) => [facet, { files, stem, rows: null }]));
  }

  /** Is this a property that a brief has once? Then values are alternatives; else each must be true. */
  isSingle(facet) {
    return facet in this.facets.columns;
  }

  /** Is this a property of which a brief may have several values, each with its list of briefs? */
  isListed(facet) {
    return this.lists.has(facet);
  }

  /** The facets that have something to choose. */
  names() {
    return this.facets.facets.filter((facet) => {
      if (this.isSingle(facet)) {
        return this.facets.columns[facet].values.length > (facet === "language" ? 2 : 1);
      }
      return facet === "links" ? this.facets.marks.some(Boolean) : this.isListed(facet);
    });
  }

  /** Would counting this facet load no more than a few kilobytes? */
  isSmall(facet) {
    const list = this.lists.get(facet);
    return !list || list.files <= ONE_FILE || Boolean(list.rows);
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
      } else if (facet === "links") {
        const bits = values.reduce((sum, value) => sum | (1 << MARKS.indexOf(value)), 0);
        tests.push((number) => (this.facets.marks[number] & bits) === bits);
      } else if (this.isListed(facet)) {
        for (const value of values) {
          const held = new Set((await this.find(facet, value))?.numbers ?? []);
          tests.push((number) => held.has(number));
        }
      }
    }
    return (number) => tests.every((test) => test(number));
  }

  /** Count results by the values of a facet: [{value, name, count}], the most first. */
  async counts(facet, numbers) {
    if (this.isListed(facet)) {
      const held = new Set(numbers);
      const rows = (await this.all(facet)).map(({ value, name, numbers: in_ }) => {
        return { value, name, count: in_.reduce((sum, number) => sum + held.has(number), 0) };
      });
      return rows.filter((row) => row.count).sort(byCount);
    }
    const counted = new Map();
    const add = (value) => counted.set(value, (counted.get(value) ?? 0) + 1);
    for (const number of numbers) {
      if (facet === "links") {
        MARKS.forEach((mark, index) => this.facets.marks[number] & (1 << index) && add(mark));
      } else {
        const { values, of } = this.facets.columns[facet];
        of[number] && add(values[of[number]]);
      }
    }
    const rows = [...counted].map(([value, count]) => ({ value, name: value, count }));
    return facet === "year" ? rows.sort((a, b) => b.value.localeCompare(a.value)) : rows.sort(byCount);
  }

  /** Find one value with its briefs: one small file. */
  async find(facet, value) {
    const { files, stem } = this.lists.get(facet);
    const rows = await load(`${this.base}${stem}-${bucket(value, files)}.json`);
    const row = rows.find(([one]) => one === value);
    return row && read(row);
  }

  async all(facet) {
    const list = this.lists.get(facet);
    if (!list.rows) {
      const files = [...Array(list.files).keys()];
      const rows = await Promise.all(files.map((index) => load(`${this.base}${list.stem}-${index}.json`)));
      list.rows = rows.flat().map(read);
    }
    return list.rows;
  }
}

function byCount(a, b) {
  return b.count - a.count || a.name.localeCompare(b.name);
}

// The numbers of briefs are written as steps from one to the next.
function read([value, name, steps]) {
  let number = 0;
  return { value, name, numbers: steps.map((step) => (number += step)) };
}
