// What the reader chose and where they stopped, kept on the device alone.
// Other pieces use book.store.read(name), book.store.write(name, value), and book.later(work)
// for what no reader needs before the first gesture.
window.book = {};
(() => {
  "use strict";
  const key = name => `secret-speech:${name}`;
  book.store = {
    read(name, otherwise = {}) {
      try {
        return JSON.parse(localStorage.getItem(key(name))) ?? otherwise;
      } catch {
        return otherwise;
      }
    },
    write(name, value) {
      try {
        localStorage.setItem(key(name), JSON.stringify(value));
      } catch {
        // No store, or a full one: nothing is kept, and nothing else is lost.
      }
    },
    forget(name) {
      try {
        localStorage.removeItem(key(name));
      } catch {
        // As above.
      }
    },
  };
  // Each work by itself, when the page is loaded and the browser idle, so that none keeps a
  // reader waiting; all of it at once if a reader acts before.
  const works = [];
  const doNext = () => works.shift()?.();
  const doAll = () => { while (works.length) doNext(); };
  const whenIdle = window.requestIdleCallback ?? (work => setTimeout(work, 1));
  const begin = () => works.forEach(() => whenIdle(doNext));
  book.later = work => {
    works.push(work);
    if (document.readyState === "complete") whenIdle(doNext);
  };
  addEventListener("load", begin, { once: true });
  for (const gesture of ["pointerover", "pointerdown", "keydown", "focusin", "click"]) {
    addEventListener(gesture, doAll, { capture: true, once: true });
  }
  // The site's root, as an address; every page names it relative to itself.
  book.root = new URL(document.documentElement.dataset.content_root || "./", location.href);
})();
