// What the reader chose and where they stopped, kept on the device alone.
// Other pieces use book.store.read(name), book.store.write(name, value).
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
  // The site's root, as an address; every page names it relative to itself.
  book.root = new URL(document.documentElement.dataset.content_root || "./", location.href);
})();
