// Shows an answer in a search box: pages, and under each the sentences with their words marked.
(() => {
  "use strict";
  const { WORD, ask, formsOf } = book.finding;
  const LONGEST = 280;
  const SORTS = { chapter: "", front: "", reference: "Reference", list: "Reference", contributing: "For contributors" };

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const isMeant = (word, terms) => formsOf(word).some(form => terms.has(form));

  // The line of a passage that holds most of the words sought (source lines are sentences).
  const bestLine = ({ text, terms }) => {
    const held = line => new Set((line.match(WORD) ?? []).filter(word => isMeant(word, terms)).flatMap(formsOf)).size;
    const counts = text.split("\n").map(held);
    return counts.indexOf(Math.max(...counts));
  };

  const cut = (line, terms) => {
    if (line.length <= LONGEST) return line;
    const first = [...line.matchAll(WORD)].find(([word]) => isMeant(word, terms))?.index ?? 0;
    const start = first < LONGEST / 2 ? 0 : line.lastIndexOf(" ", first - 60) + 1;
    const end = line.lastIndexOf(" ", start + LONGEST);
    return `${start ? "… " : ""}${line.slice(start, start + LONGEST >= line.length ? undefined : end)}${start + LONGEST < line.length ? " …" : ""}`;
  };

  const marked = (line, terms) => {
    const pieces = [];
    let end = 0;
    for (const { 0: word, index } of line.matchAll(WORD)) {
      if (!isMeant(word, terms)) continue;
      pieces.push(line.slice(end, index), element("mark", "", word));
      end = index + word.length;
    }
    return [...pieces, line.slice(end)];
  };

  const addressOf = (page, passage, line) => {
    const address = new URL(page.address, book.root);
    if (passage.sort !== "t") {
      if (passage.sort !== "h") address.searchParams.set("found", line);
      address.hash = passage.anchor;
    }
    return address.href;
  };

  const link = (page, passage, isFirst) => {
    const number = bestLine(passage);
    const line = passage.sort === "r" ? passage.text.replaceAll("\n", " · ") : passage.text.split("\n")[number];
    const made = element("a", "search-hit");
    made.href = addressOf(page, passage, number);
    if (isFirst) {
      const sort = SORTS[page.kind];
      made.append(element("strong", "", page.title), ...(sort ? [" ", element("small", "", sort)] : []));
    }
    const place = passage.sort === "n" ? "Note" : passage.heading === page.title ? "" : passage.heading;
    if (place) made.append(element("small", "search-place", place));
    if (passage.sort !== "t") made.append(element("span", "", ...marked(cut(line, passage.terms), passage.terms)));
    return made;
  };

  const entry = page => element("li", "", ...page.passages.map((passage, place) => link(page, passage, !place)));

  const told = (query, count) => {
    if (!query) return "";
    if (!count) return `Nothing found for “${query}”. Try another spelling, or fewer words.`;
    return count === 1 ? "1 page found." : `${count} pages found.`;
  };

  book.finding.show = (query, box) => {
    const pages = ask(query);
    const hits = box.querySelector(".search-hits");
    // A reader may have gone to a hit before the last letters were answered.
    const isAmongThem = hits.contains(document.activeElement);
    hits.replaceChildren(...pages.map(entry));
    if (isAmongThem) (hits.querySelector("a") ?? box.querySelector("input")).focus();
    box.querySelector(".search-told").textContent = told(query, pages.length);
    box.dataset.answered = query;
  };
})();
