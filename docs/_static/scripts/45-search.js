// Ctrl-K and / open the search.  Its engine and the book's passages are loaded when a reader
// first goes to a field, and not before (docs/_static/search, search-index.js).
(() => {
  "use strict";
  const dialog = document.getElementById("book-search");
  if (!dialog) return;
  let engine;
  const load = address => new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = fail;
    document.head.append(script);
  });
  // A script rather than data that is fetched, since browsers fetch nothing from a disk.
  const loaded = () => (engine ??= load(dialog.dataset.index).then(() => load(dialog.dataset.engine)).then(() => book.finding.ready));

  const tell = (box, words) => (box.querySelector(".search-told").textContent = words);

  const look = async box => {
    const field = box.querySelector("input");
    if (!book.finding?.ask) tell(box, "Opening the index …");
    try {
      await loaded();
      book.finding.show(field.value.trim(), box);
    } catch {
      engine = undefined;
      tell(box, "The index could not be loaded. Try again in a moment.");
    }
  };

  // The arrows go from the field through the hits; Enter in the field opens the first.
  const walk = (event, box) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [box.querySelector("input"), ...box.querySelectorAll("a.search-hit")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  const connect = box => {
    const field = box.querySelector("input");
    let waiting;
    field.addEventListener("focus", () => field.value || loaded().catch(() => (engine = undefined)));
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 120, box);
    });
    box.addEventListener("keydown", event => walk(event, box));
    box.querySelector("form").addEventListener("submit", async event => {
      event.preventDefault();
      clearTimeout(waiting);
      await look(box);
      if (box === dialog) box.querySelector("a.search-hit")?.click();
      else if (!box.classList.contains("not-found")) history.replaceState(null, "", `?q=${encodeURIComponent(field.value.trim())}`);
    });
  };

  const boxes = [...document.querySelectorAll(".search-box")];
  boxes.forEach(connect);
  const ofPage = boxes.find(box => box !== dialog);
  const open = () => {
    if (ofPage) ofPage.querySelector("input").focus();
    else if (!dialog.open) dialog.showModal();
    (ofPage ?? dialog).querySelector("input").select();
  };

  document.querySelector(".bar-search")?.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  // In a search field browsers take the first Esc for emptying it.
  dialog.addEventListener("keydown", event => event.key === "Escape" && dialog.close());
  // A click beside the dialog closes it, as one beside a menu does.
  dialog.addEventListener("click", event => event.target === dialog && dialog.close());
  dialog.querySelector(".sheet-close").addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", event => {
    const isChord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isChord && !(event.key === "/" && book.keysAreFree(event))) return;
    event.preventDefault();
    document.querySelectorAll(".sheet:popover-open").forEach(sheet => sheet.hidePopover());
    open();
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked && ofPage) {
    ofPage.querySelector("input").value = asked;
    look(ofPage);
  }
})();
