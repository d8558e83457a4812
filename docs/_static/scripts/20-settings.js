// The settings' form: what is chosen holds at once and is kept (settings.js reads it).
(() => {
  "use strict";
  const form = document.getElementById("book-settings");
  if (!form) return;
  const root = document.documentElement;
  const standard = { theme: "auto", contrast: "", size: "medium", place: "keep", offline: "keep", keys: "keep" };
  book.settings = { ...standard, ...book.store.read("settings") };

  const show = () => {
    for (const field of form.elements) {
      if (field.type === "radio") field.checked = book.settings[field.name] === field.value;
      if (field.type === "checkbox") field.checked = Boolean(book.settings[field.name]);
    }
  };

  const apply = () => {
    root.dataset.theme = book.settings.theme;
    root.dataset.size = book.settings.size;
    root.dataset.contrast = book.settings.contrast;
  };

  book.choose = (name, value) => {
    book.settings[name] = value;
    book.store.write("settings", book.settings);
    apply();
    show();
    document.dispatchEvent(new CustomEvent("book:settings", { detail: name }));
  };

  form.addEventListener("change", event => {
    const field = event.target;
    book.choose(field.name, field.type === "checkbox" && !field.checked ? "" : field.value);
  });
  form.addEventListener("submit", event => event.preventDefault());
  show();
})();
