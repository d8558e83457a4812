// Drives foliate-js (https://github.com/johnfactotum/foliate-js) as a reader would, and tells
// what it saw.  Every function returns plain data, so that a test can assert on it.
import "./foliate-js/view.js";
import { FootnoteHandler } from "./foliate-js/footnotes.js";

const view = document.createElement("foliate-view");
const popUp = document.querySelector("#note");
const handler = new FootnoteHandler();
let current; // the document on show

// Two frames: what the engine put off until the next one is done by then.
const painted = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const once = (target, name) =>
  new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));

// When the note's own view is laid out: the engine does not bear being closed while it works.
let settled;
handler.addEventListener("before-render", ({ detail }) => {
  popUp.replaceChildren(detail.view);
  const goTo = detail.view.goTo.bind(detail.view);
  settled = new Promise((resolve) => {
    detail.view.goTo = (target) => goTo(target).finally(resolve);
  });
});
view.addEventListener("link", (event) => {
  const handled = handler.handle(view.book, event);
  if (handled) handled.catch((error) => console.error(error));
});
view.addEventListener("load", ({ detail }) => (current = detail.doc));

const letters = (text) => text.replace(/\s+/g, " ").trim();
const files = () => view.book.sections.map((section) => section.id);

export async function open(address, styles) {
  document.body.prepend(view);
  await view.open(address);
  view.renderer.setStyles(styles);
  return { title: view.book.metadata.title, files: files() };
}

// What runs off the page sideways: what is wider than what it stands in, column by column.
const width = (element) => Math.max(0, ...[...element.getClientRects()].map((box) => box.width));
function tooWide() {
  return [...current.body.querySelectorAll("p, table, figure, img, pre, h1, h2, h3, ul, dl, div")]
    .filter((element) => width(element) > width(element.parentElement) + 1)
    .map((element) => `${element.localName}: ${letters(element.textContent).slice(0, 60)}`);
}

export async function render(number) {
  await view.goTo(number);
  await current.fonts.ready;
  const images = [...current.images];
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  return {
    file: files()[number],
    text: letters(current.body.textContent),
    pictures: images.length,
    shown: images.filter((image) => image.naturalWidth > 0).length,
    tooWide: tooWide(),
    family: getComputedStyle(current.body).fontFamily,
    marks: current.querySelectorAll("a[role='doc-noteref']").length,
  };
}

// Calls up the note of a mark, reads it, and closes it again.
export async function popUpNote(number) {
  const mark = current.querySelectorAll("a[role='doc-noteref']")[number];
  const rendered = once(handler, "render");
  mark.click();
  const { detail } = await rendered;
  await settled;
  await painted();
  const note = popUp.firstChild.renderer.getContents()[0].doc.body;
  const told = {
    address: mark.getAttribute("href"),
    type: detail.type,
    text: letters(note.textContent),
    shown: note.getBoundingClientRect().height > 0,
    stays: current.contains(mark),
  };
  popUp.firstChild.close();
  popUp.replaceChildren();
  return { ...told, closed: getComputedStyle(popUp).display === "none" };
}

const flat = (items) => (items ?? []).flatMap((item) => [item, ...flat(item.subitems)]);

export const contents = () => flat(view.book.toc).map(({ label, href }) => ({ label, href }));
export const pageList = () => flat(view.book.pageList).map(({ label, href }) => ({ label, href }));
export const landmarks = () => (view.book.landmarks ?? []).map(({ type, href }) => ({ type, href }));

// Follows a link of the contents or the page list: is its target on the page that is shown?
export async function follow(href) {
  const resolved = await view.goTo(href);
  if (!resolved) return { file: null, isShown: false, text: "" };
  const { index, anchor } = resolved;
  const found = anchor?.(current); // an element, or 0 for the head of the file
  const target = found || current.body.firstElementChild;
  const range = current.createRange();
  range.selectNode(target);
  const isShown = view.lastLocation.range.compareBoundaryPoints(Range.START_TO_END, range) >= 0
    && view.lastLocation.range.compareBoundaryPoints(Range.END_TO_START, range) <= 0;
  const rest = current.createRange();
  rest.setStart(range.startContainer, range.startOffset);
  rest.setEndAfter(current.body.lastChild);
  return { file: files()[index], isShown, text: letters(rest.toString()).slice(0, 200) };
}

Object.assign(globalThis, { reader: { open, render, popUpNote, contents, pageList, landmarks, follow } });
