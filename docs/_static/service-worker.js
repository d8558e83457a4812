// Keeps the book for reading without a network.  The build puts VERSION and FILES above
// this (speechbook.site.offline).  A new version is fetched whole and the old one dropped;
// pages are asked of the network first, so that corrections reach readers at once.
const CACHE = `secret-speech-${VERSION}`;
const OURS = /^secret-speech-/;
const PATIENCE = 4000;

const addressOf = name => new URL(name, self.registration.scope).href;
const KEPT = new Set(FILES.map(addressOf));

const fill = async () => {
  const cache = await caches.open(CACHE);
  for (const address of KEPT) {
    if (await cache.match(address)) continue;
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  }
};

const dropOthers = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter(name => OURS.test(name) && name !== CACHE).map(name => caches.delete(name)));
};

const plain = request => {
  const address = new URL(request.url);
  address.hash = address.search = "";
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  return address.href;
};

const fromNetworkFirst = async request => {
  const kept = await caches.match(plain(request));
  const asked = fetch(request).then(answer => (answer.ok || !kept ? answer : kept));
  if (!kept) return asked;
  const tooLong = new Promise(done => setTimeout(done, PATIENCE, kept));
  return Promise.race([asked, tooLong]).catch(() => kept);
};

const fromStoreFirst = async request => (await caches.match(plain(request))) ?? fetch(request);

self.addEventListener("install", event => {
  self.skipWaiting();
  event.waitUntil(fill());
});
self.addEventListener("activate", event => event.waitUntil(dropOthers().then(() => self.clients.claim())));
self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET" || !KEPT.has(plain(request))) return;
  event.respondWith(request.mode === "navigate" ? fromNetworkFirst(request) : fromStoreFirst(request));
});
