// Lays out, a little at a time and when the browser is idle, what was left for later
// (70-unseen.css), from the top of the page on: as soon as a reader stirs, or else
// three seconds after the page is there.
(() => {
  "use strict";
  const QUIET = 3000, MOST_MILLISECONDS = 6, ENTRIES = 12;
  const waiting = [...document.querySelectorAll("article :is(section > :is(p, ul, ol, blockquote, figure, dl, .pst-scrollable-table-container), aside.footnote-list, ul.bibliography, ul.bibliography > li, dl > :is(dt, dd), .picture-layer)")];
  const idle = window.requestIdleCallback ?? (work => setTimeout(work, 30));
  const go = () => {
    const end = performance.now() + MOST_MILLISECONDS;
    while (waiting.length && performance.now() < end) {
      const some = waiting.splice(0, waiting[0].matches("li, dt, dd, p") ? ENTRIES : 1);
      for (const each of some) each.classList.add("is-whole");
      // Asks for the layout now, so that the time is known.
      some.at(-1).getBoundingClientRect();
    }
    if (waiting.length) idle(go);
  };
  let begun = false;
  const begin = () => {
    if (!begun && waiting.length) idle(go);
    begun = true;
  };
  for (const gesture of ["scroll", "pointerdown", "pointermove", "keydown", "focusin"]) {
    addEventListener(gesture, begin, { capture: true, once: true, passive: true });
  }
  addEventListener("load", () => setTimeout(begin, QUIET), { once: true });
})();
