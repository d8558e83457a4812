// Opens a page at the sentence that a search has found: "?found=2#p-1a2b3c" is the third line
// of that passage.  Lines are sentences, as the chapters are written; the same lines are in
// the index (speechbook.site.passages).
(() => {
  "use strict";
  const number = new URLSearchParams(location.search).get("found");
  const target = number && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const passage = target.closest("tr, aside.footnote") ?? target;
  const SKIPPED = ".headerlink, .footnote-reference, .label, .backrefs, .where, .cited-in, [popover], .screen-only, .script-only";

  const texts = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT, {
    acceptNode: text => (text.parentElement.closest(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  // The text's nodes, cut at its line ends; lines without a word are none.
  const lines = [[]];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    let start = 0;
    for (const piece of text.data.split("\n")) {
      if (start) lines.push([]);
      if (piece.trim()) lines.at(-1).push({ text, start, end: start + piece.length });
      start += piece.length + 1;
    }
  }
  const line = lines.filter(pieces => pieces.length)[number] ?? [];
  const range = document.createRange();
  if (line.length) {
    range.setStart(line[0].text, line[0].start);
    range.setEnd(line.at(-1).text, line.at(-1).end);
  } else range.selectNodeContents(passage);

  const show = () => {
    const { top, height } = range.getBoundingClientRect();
    if (height) scrollBy(0, top - innerHeight / 3);
  };
  if (globalThis.CSS?.highlights) {
    // Not in the sheet, since the Nu checker does not know the selector yet
    // (https://github.com/w3c/css-validator).
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("::highlight(found) { background-color: var(--found); color: var(--ink); }");
    document.adoptedStyleSheets.push(sheet);
    CSS.highlights.set("found", new Highlight(range));
  }
  show();
  addEventListener("load", show, { once: true });
  addEventListener("keydown", event => event.key === "Escape" && CSS.highlights?.delete("found"));
  try {
    history.replaceState(history.state, "", location.pathname + location.hash);
  } catch {
    // From a disk some browsers leave no address to be changed: it stays as it is.
  }
})();
