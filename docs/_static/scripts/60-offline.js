// Keeps the book for reading offline after a visit, unless the reader has turned that off,
// the device saves data, or the page comes from a disk, where all of it is there anyway.
(() => {
  "use strict";
  const workers = navigator.serviceWorker;
  if (!workers || !location.protocol.startsWith("http")) return;

  const forget = async () => {
    for (const registration of await workers.getRegistrations()) {
      if (registration.scope === book.root.href) await registration.unregister();
    }
    for (const name of await caches.keys()) {
      if (name.startsWith("secret-speech-")) await caches.delete(name);
    }
  };

  const keep = () => {
    const connection = navigator.connection ?? {};
    if (connection.saveData || /2g$/.test(connection.effectiveType ?? "")) return;
    workers.register(new URL("service-worker.js", book.root)).catch(() => {
      // The host or the browser will not have it: the book is read online.
    });
  };

  const act = () => (book.settings.offline ? keep() : forget());
  const turnOff = () => {
    if (location.hash !== "#offline-off") return;
    book.choose("offline", "");
    const told = document.getElementById("offline-told");
    if (told) told.textContent = told.dataset.off;
  };

  document.addEventListener("book:settings", event => {
    if (event.detail === "offline") act();
  });
  addEventListener("hashchange", turnOff);
  turnOff();
  book.later(act);
})();
