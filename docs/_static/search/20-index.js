// Reads the book's passages (search-index.js) into MiniSearch, and the names of people and
// places into a second, small one: it leads from "Chruschtschow" to the book's own form.
(() => {
  "use strict";
  const { fold, formsOf, tokens, words } = book.finding;
  const { pages, names } = book.searchData;

  // Pages are [address, title, kind]; passages [anchor, kind, text], in the order of the page.
  const passages = [];
  pages.forEach(([address, title, kind, ofPage], page) => {
    let heading = title;
    for (const [anchor, sort, text] of ofPage) {
      if (sort === "h") heading = text;
      passages.push({ id: passages.length, page, anchor, sort, text, heading });
    }
  });

  // How often each form stands in the book.
  const counts = new Map();
  const counted = word => {
    const found = formsOf(word);
    for (const form of found) counts.set(form, (counts.get(form) ?? 0) + 1);
    return found;
  };
  const index = new MiniSearch({ fields: ["text"], tokenize: tokens, processTerm: counted });
  const ready = index.addAllAsync(passages, { chunkSize: 400 });

  // Each word of a name that the book does not use → the words that it uses.
  const forms = new Map();
  for (const [ours, theirs] of names) {
    const used = words(ours).map(fold);
    for (const name of theirs) {
      for (const word of words(name).map(fold)) {
        if (used.includes(word)) continue;
        if (!forms.has(word)) forms.set(word, new Set());
        forms.get(word).add(used.join(" "));
      }
    }
  }
  const spellings = new MiniSearch({ fields: ["word"], storeFields: ["word"], processTerm: fold });
  spellings.addAll([...forms.keys()].map((word, id) => ({ id, word })));

  Object.assign(book.finding, { pages, passages, index, counts, ready, forms, spellings });
})();
