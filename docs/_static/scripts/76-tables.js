// A table that is wider than a phone's screen can be scrolled aside with the keyboard too
// (https://dequeuniversity.com/rules/axe/4.11/scrollable-region-focusable).
(() => {
  "use strict";
  const frames = [...document.querySelectorAll(".pst-scrollable-table-container")];
  const mark = () => {
    for (const frame of frames) {
      const wide = frame.scrollWidth > frame.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", `Table ${frames.indexOf(frame) + 1}, wider than the screen`]]) {
        if (wide) frame.setAttribute(name, value);
        else frame.removeAttribute(name);
      }
    }
  };
  if (!frames.length) return;
  new ResizeObserver(mark).observe(document.documentElement);
})();
