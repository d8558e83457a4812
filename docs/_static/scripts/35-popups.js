// Notes, people, places and terms open in place: by hover, focus, Enter, Space, click or tap.
// Without this piece they are plain links.  What a pop-up shows besides the note itself is in
// the page's own file (speechbook.site.cards), loaded when a pop-up is first asked for; as a
// script, since a page from the disk may fetch nothing.
// The gestures: https://www.w3.org/WAI/WCAG22/Understanding/content-on-hover-or-focus.html
book.later(() => {
  "use strict";
  const article = document.querySelector("article");
  const source = document.querySelector("main")?.dataset.cards;
  if (!article || !source || !HTMLElement.prototype.showPopover) return;
  const BEFORE_OPENING = 180, BEFORE_CLOSING = 350, GAP = 8, EDGE = 12;

  // The links that open a pop-up, each with the identifier of what it leads to.
  const links = new Map();
  const add = link => {
    if (!link?.hash) return;
    links.set(link, decodeURIComponent(link.hash.slice(1)));
    link.setAttribute("aria-haspopup", "dialog");
  };
  document.querySelectorAll("article :is(a[role='doc-noteref'], a.story)").forEach(add);
  document.querySelectorAll("article a > .std-term").forEach(word => add(word.parentElement));
  if (!links.size) return;
  const linkAt = node => {
    const link = node?.closest?.("a");
    return links.has(link) ? link : null;
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...content);
    return made;
  };
  const title = element("p", "popup-title");
  title.id = "popup-title";
  const body = element("div", "popup-body");
  const onward = element("a", "");
  const closer = element("button", "popup-close", document.querySelector(".sheet-close .icon").cloneNode(true));
  closer.type = "button";
  closer.setAttribute("aria-label", "Close");
  const popup = element("div", "popup", closer, title, body, element("p", "popup-onward", onward));
  popup.id = "book-popup";
  popup.popover = "manual";
  popup.tabIndex = -1;
  popup.setAttribute("role", "dialog");
  popup.setAttribute("aria-labelledby", title.id);
  document.body.append(popup);

  // What is open, and what was asked for last: a link and how it was asked for ("hover",
  // "focus" or "press").  What was pressed stays until it is dismissed.
  let open = null, wanted = null, dismissed = null, quiet = false, timer = 0;

  let loading;
  const load = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve(book.cards);
    script.onerror = () => {
      loading = undefined;
      reject(new Error(source));
    };
    document.head.append(script);
  });

  const parsed = html => {
    const fragment = document.createRange().createContextualFragment(html);
    for (const link of fragment.querySelectorAll("a")) {
      link.href = new URL(link.getAttribute("href"), book.root);
    }
    return fragment;
  };

  const noteOf = note => {
    const text = element("div", "popup-note");
    for (const part of note.children) if (!part.classList.contains("label")) text.append(part.cloneNode(true));
    for (const part of text.querySelectorAll("[id], [title]")) {
      part.removeAttribute("id");
      part.removeAttribute("title");
    }
    return text;
  };

  const worksOf = (cards, identifier) => {
    const list = element("ul", "popup-works");
    for (const [citekey, evidence] of cards.notes[identifier] ?? []) {
      const [entry, outward] = cards.works[citekey];
      const item = element("li", "", element("p", "popup-entry", parsed(entry)));
      if (evidence) item.append(element("ul", "popup-evidence", parsed(evidence)));
      item.append(element("p", "popup-links", parsed(outward)));
      list.append(item);
    }
    return list.children.length ? [list] : [];
  };

  // Beside the link, below it if there is room; on a phone the style sheet makes it a sheet
  // at the foot and takes no notice of this.
  const place = () => {
    if (!open) return;
    const mark = open.link.getClientRects()[0] ?? open.link.getBoundingClientRect();
    const below = innerHeight - mark.bottom - GAP - EDGE;
    const above = mark.top - GAP - EDGE;
    popup.style.setProperty("--room", `${Math.max(below, above)}px`);
    const { offsetWidth: width, offsetHeight: height } = popup;
    const top = height <= below || below >= above ? mark.bottom + GAP : mark.top - GAP - height;
    const column = article.getBoundingClientRect();
    const left = Math.max(EDGE, column.left - EDGE, Math.min((mark.left + mark.right) / 2 - width / 3, column.right - width + EDGE));
    popup.style.setProperty("--top", `${top + scrollY}px`);
    popup.style.setProperty("--left", `${left + scrollX}px`);
  };

  const show = (link, how, kind, name, content, onwardTo) => {
    open?.link.removeAttribute("aria-expanded");
    open = { link, how };
    title.replaceChildren(element("span", "popup-kind", kind), ...(name ? [" ", element("b", "", name)] : []));
    body.replaceChildren(...content);
    onward.href = link.href;
    onward.textContent = onwardTo;
    link.setAttribute("aria-expanded", "true");
    if (!popup.matches(":popover-open")) popup.showPopover();
    popup.scrollTop = 0;
    place();
    if (how === "press") popup.focus({ preventScroll: true });
  };

  const close = ({ returning = false } = {}) => {
    clearTimeout(timer);
    wanted = null;
    if (!open) return;
    const { link } = open;
    open = null;
    link.removeAttribute("aria-expanded");
    quiet = true;
    if (returning && popup.contains(document.activeElement)) link.focus({ preventScroll: true });
    popup.hidePopover();
    quiet = false;
  };

  const ask = async (link, how) => {
    clearTimeout(timer);
    const asked = wanted = { link, how };
    const identifier = links.get(link);
    const isMark = link.getAttribute("role") === "doc-noteref";
    const note = isMark && document.getElementById(identifier);
    const mayFollow = () => wanted === asked && how === "press" && !note;
    if (note) show(link, how, "Note", link.textContent, [noteOf(note)], "Go to the note");
    let cards;
    try {
      cards = await load();
    } catch {
      if (mayFollow()) location.assign(link.href);
      return;
    }
    const card = cards.cards[identifier];
    if (wanted !== asked && open?.link !== link) return;
    if (note) {
      body.append(...worksOf(cards, identifier));
      place();
    } else if (card) {
      show(link, how, card.kind, card.title, [parsed(card.body)], card.more);
    } else if (mayFollow()) {
      location.assign(link.href);
    }
  };

  const later = (work, delay) => {
    clearTimeout(timer);
    timer = setTimeout(work, delay);
  };

  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    if (link !== dismissed) dismissed = null;
    if (popup.contains(event.target) || (link && link === open?.link)) {
      clearTimeout(timer);
    } else if (link && link !== dismissed && open?.how !== "press") {
      load().catch(() => {});
      later(() => ask(link, "hover"), BEFORE_OPENING);
    } else if (!link) {
      clearTimeout(timer);
      if (wanted?.how === "hover") later(close, BEFORE_CLOSING);
    }
  });
  document.addEventListener("pointerdown", event => {
    if (popup.contains(event.target)) {
      if (open) open.how = "press";
    } else if (linkAt(event.target) !== open?.link) {
      close();
    }
    if (linkAt(event.target)) load().catch(() => {});
  });
  document.addEventListener("click", event => {
    const link = linkAt(event.target);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (open?.link === link && open.how === "press") close({ returning: true });
    else ask(link, "press");
  });
  document.addEventListener("focusin", event => {
    if (quiet) return;
    const link = linkAt(event.target);
    if (popup.contains(event.target)) {
      if (open) open.how = "press";
    } else if (link && link !== open?.link && link.matches(":focus-visible")) {
      ask(link, "focus");
    } else if (open && open.how !== "hover" && link !== open.link) {
      close();
    }
  });

  // Tab past either end of the pop-up goes on from the link that opened it.
  const leave = event => {
    const stops = popup.querySelectorAll("a[href], button");
    const isFirst = [popup, stops[0]].includes(document.activeElement);
    if (event.shiftKey ? !isFirst : document.activeElement !== stops[stops.length - 1]) return;
    close({ returning: true });
    if (event.shiftKey) event.preventDefault();
  };
  document.addEventListener("keydown", event => {
    const link = linkAt(event.target);
    if (event.key === "Escape" && (open || wanted)) {
      dismissed = open?.link ?? wanted.link;
      close({ returning: true });
    } else if (event.key === " " && link) {
      event.preventDefault();
      ask(link, "press");
    } else if (event.key === "Tab" && open && popup.contains(document.activeElement)) {
      leave(event);
    }
  });
  popup.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (event.target.closest(".popup-close")) close({ returning: true });
    else if (link && link.href.split("#")[0] === location.href.split("#")[0]) close();
  });
  addEventListener("resize", place);
});
