// Keeps, on the device alone, how far each chapter has been read: a mark in the contents, and
// an offer to go on, on the chapter and on the title page.
(() => {
  "use strict";
  const here = location.href.replace(book.root.href, "").replace(/[?#].*$/, "") || "index.html";
  const article = document.querySelector("article");
  const isChapter = Boolean(document.querySelector(".reading-time"));
  const READ = 0.95;
  const places = () => book.store.read("places");

  // The chapter's blocks, each with the letters that stand before its end: what has been read
  // is counted in letters, since nobody knows the height of what was not laid out yet.
  let blocks;
  const findBlocks = () => {
    if (blocks) return blocks;
    let letters = 0;
    blocks = [...article.querySelectorAll(":scope :is(div, section) > :is(p, ul, ol, blockquote, figure, table)")];
    blocks = blocks.map(block => ({ block, letters: letters += block.textContent.length }));
    return blocks;
  };
  const top = ({ block }) => block.getBoundingClientRect().top;
  const bottom = ({ block }) => block.getBoundingClientRect().bottom;
  const fractionOf = () => {
    // From the top, since what a reader has passed is laid out already.
    const next = findBlocks().findIndex(each => top(each) >= innerHeight);
    return (blocks.at(next < 0 ? -1 : Math.max(0, next - 1))?.letters ?? 0) / (blocks.at(-1)?.letters || 1);
  };
  const firstVisible = () => Math.max(0, findBlocks().findIndex(each => bottom(each) > 0));

  const keep = () => {
    if (!book.settings.place || scrollY < 50) return;
    const title = document.querySelector("h1").firstChild ? document.title.split(" – ")[0] : "";
    const furthest = Math.max(fractionOf(), places()[here]?.furthest ?? 0);
    const place = { block: firstVisible(), furthest, title, when: Date.now() };
    book.store.write("places", { ...places(), [here]: place });
  };

  const offer = (place, address, words, after) => {
    const link = document.createElement("a");
    link.className = "go-on screen-only";
    link.href = address;
    link.textContent = words;
    after.after(link);
    return link;
  };

  const offerHere = () => {
    const place = places()[here];
    if (!place || place.block < 2 || place.furthest >= READ || location.hash) return;
    const link = offer(place, "#", `Go on where you stopped (${Math.round(place.furthest * 100)} %)`, document.querySelector(".book-place"));
    link.addEventListener("click", event => {
      event.preventDefault();
      findBlocks()[Math.min(place.block, blocks.length - 1)].block.scrollIntoView();
      link.remove();
    });
  };

  const offerLast = () => {
    const [last] = Object.entries(places()).sort(([, one], [, other]) => other.when - one.when);
    if (last) offer(last[1], new URL(last[0], book.root), `Go on reading: ${last[1].title}`, article.querySelector(".subtitle") ?? article.querySelector("h1"));
  };

  const markContents = () => {
    const read = places();
    for (const link of document.querySelectorAll("#book-contents nav a")) {
      const place = read[link.href.replace(book.root.href, "")];
      if (!place) continue;
      const mark = document.createElement("span");
      mark.className = "read-mark";
      mark.textContent = place.furthest >= READ ? "read" : `${Math.round(place.furthest * 100)} %`;
      link.append(" ", mark);
    }
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      keep();
    }, 400);
  };

  if (book.settings.place) {
    book.later(markContents);
    if (here === "index.html") offerLast();
    if (isChapter) offerHere();
  }
  if (isChapter) {
    addEventListener("scroll", soon, { passive: true });
    addEventListener("pagehide", keep);
  }
  document.addEventListener("book:settings", event => {
    if (event.detail === "place" && !book.settings.place) book.store.forget("places");
  });
})();
