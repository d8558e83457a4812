// Pictures to explore: a part is chosen with the buttons, the arrow keys or by pointing at it,
// is marked in the layer over the drawing, and told beneath it (and to screen readers).
(() => {
  "use strict";
  const explore = box => {
    const layer = box.closest("figure").querySelector(".picture-layer");
    const parts = [...layer.querySelectorAll("[data-part]")];
    const told = box.querySelector(".explore-told");
    const theme = box.querySelector("select");
    const list = [...document.querySelectorAll(".events dt")];
    const words = [...box.querySelectorAll("li, [data-told]")];
    let open = parts.map((part, index) => index);
    let chosen = -1;

    const add = (tag, text, className = "") => {
      const node = document.createElement(tag);
      node.className = className;
      node.append(...text);
      told.append(node);
    };
    const paragraphs = index => theme
      ? [[list[index].cloneNode(true)], ...[...list[index].nextElementSibling.children].map(child => [child.cloneNode(true)])]
      : [words[index].dataset.told ? [words[index].dataset.told] : [...words[index].cloneNode(true).childNodes]];
    const tell = index => {
      told.replaceChildren();
      const count = document.createElement("span");
      count.className = "explore-count";
      count.textContent = `${open.indexOf(index) + 1} of ${open.length}. `;
      for (const [number, nodes] of paragraphs(index).entries()) {
        // What the list holds as terms and paragraphs is said here as plain paragraphs.
        const inner = nodes.flatMap(node => (/^(DT|P)$/.test(node.nodeName) ? [...node.childNodes] : [node]));
        add("p", number ? inner : [count, ...inner]);
      }
    };
    const hint = () => {
      told.replaceChildren();
      add("p", [`Choose ${theme ? "a theme or an event" : "a part"}: with the buttons, or by pointing at the picture.`]);
    };
    const choose = index => {
      if (index === chosen) return;
      parts[chosen]?.classList.remove("is-chosen");
      chosen = index;
      parts[chosen]?.classList.add("is-chosen");
      if (chosen < 0) hint();
      else tell(chosen);
    };
    const turn = by => {
      const at = open.indexOf(chosen);
      choose(open[at < 0 ? (by > 0 ? 0 : open.length - 1) : (at + by + open.length) % open.length]);
    };

    const filter = () => {
      const wanted = theme.value;
      choose(-1);
      layer.classList.toggle("is-filtered", Boolean(wanted));
      open = [];
      for (const [index, term] of list.entries()) {
        const body = term.nextElementSibling;
        const out = Boolean(wanted) && !body.classList.contains(`theme-${wanted}`);
        term.hidden = body.hidden = out;
        parts[index].classList.toggle("is-out", out);
        if (!out) open.push(index);
      }
    };

    box.addEventListener("click", event => {
      const by = event.target.closest("[data-turn]")?.dataset.turn;
      if (by) turn(Number(by));
    });
    box.addEventListener("keydown", event => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!event.target.closest("[data-turn]")) return;
      if (event.key === "Escape") choose(-1);
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      turn(by);
    });
    const point = event => {
      const part = event.target.closest("[data-part]");
      if (part) choose(Number(part.dataset.part));
    };
    layer.addEventListener("pointerover", point);
    layer.addEventListener("click", point);
    theme?.addEventListener("change", filter);
    hint();
    // A browser that goes back to the page remembers the theme.
    if (theme?.value) filter();
  };

  for (const box of document.querySelectorAll(".explore")) explore(box);
})();
