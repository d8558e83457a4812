// Runs before the first paint (layout.html), so it is small and by itself: it sets what the
// reader has chosen on the root element, from the device's own store.  It also asks for the
// typefaces, since a preload in the page is an error to Chromium where pages are files.
(() => {
  "use strict";
  const ask = (href) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
    document.head.append(link);
  };
  if (location.protocol !== "file:") document.currentScript.dataset.faces.split(" ").forEach(ask);
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
