// The files of the search, each loaded once.

const loading = new Map();

/** Load a JSON file. What failed is asked for again the next time. */
export function load(url) {
  if (!loading.has(url)) {
    const asked = fetch(url).then((answer) => {
      if (!answer.ok) {
        throw new Error(`${url}: ${answer.status}`);
      }
      return answer.json();
    });
    asked.catch(() => loading.delete(url));
    loading.set(url, asked);
  }
  return loading.get(url);
}

/** Choose a file by the first letters of a text, as the build does. */
export function bucket(text, number, letters = Infinity) {
  let total = 0;
  for (const char of [...text].slice(0, letters)) {
    total = (total * 31 + char.codePointAt(0)) % 65521;
  }
  return total % number;
}
