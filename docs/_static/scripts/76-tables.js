// A table that is wider than a phone's screen can be scrolled aside with the keyboard too
// (https://dequeuniversity.com/rules/axe/4.11/scrollable-region-focusable).
(() => {
  "use strict";
  const frames = [...document.querySelectorAll(".pst-scrollable-table-container")];
  const mark = frame => {
    const wide = frame.scrollWidth > frame.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", `Table ${frames.indexOf(frame) + 1}, wider than the screen`]]) {
      if (wide) frame.setAttribute(name, value);
      else frame.removeAttribute(name);
    }
  };
  // Each by itself, since what is far off the screen is not laid out yet (70-unseen.css) and
  // measuring it takes its time.
  const resized = new ResizeObserver(entries => entries.forEach(entry => mark(entry.target.closest(".pst-scrollable-table-container"))));
  for (const frame of frames) {
    book.later(() => {
      mark(frame);
      resized.observe(frame);
      resized.observe(frame.firstElementChild);
    });
  }
})();
