// ← and → turn the page, unless the reader is typing, has a menu open or has turned the
// keys off (https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts.html).
(() => {
  "use strict";
  const busy = event =>
    event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ||
    !book.settings?.keys ||
    event.target.closest?.("input, textarea, select, [contenteditable], dialog, :popover-open, [tabindex='0']") ||
    document.querySelector("dialog[open], .sheet:popover-open");
  // For other pieces that answer to a single key.
  book.keysAreFree = event => !busy(event);

  document.addEventListener("keydown", event => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = rel && document.querySelector(`.previous-next a[rel="${rel}"]`);
    if (!link || busy(event)) return;
    event.preventDefault();
    link.click();
  });
})();
