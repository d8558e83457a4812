// Runs before the first paint (layout.html), so it is small and by itself: it sets what the
// reader has chosen on the root element, from the device's own store.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("has-script");
  try {
    const chosen = JSON.parse(localStorage.getItem("secret-speech:settings")) || {};
    for (const name of ["theme", "contrast", "size"]) {
      if (typeof chosen[name] === "string") root.dataset[name] = chosen[name];
    }
  } catch {
    // No store, as in a private window: the page stays as the device has it.
  }
})();
