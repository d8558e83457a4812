// On the page for addresses that lead nowhere: fill the search with the address's own words.
(() => {
  "use strict";
  const field = document.querySelector(".not-found input[name='q']");
  if (!field) return;
  const last = decodeURIComponent(location.pathname).replace(/\.html?$/, "").split("/").filter(Boolean).at(-1) ?? "";
  field.value = last.replace(/^\d+-/, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
})();
