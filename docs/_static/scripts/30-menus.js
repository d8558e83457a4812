// The menus work without this (popover): here they only show the current line at once and
// close when a link within the same page was chosen.
book.later(() => {
  "use strict";
  const contents = document.getElementById("book-contents");
  const current = contents?.querySelector("[aria-current]");
  const centre = () => {
    if (!current?.checkVisibility() || contents.scrollHeight <= contents.clientHeight) return;
    contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
  };
  centre();
  contents?.addEventListener("toggle", centre);
  for (const sheet of document.querySelectorAll(".sheet")) {
    sheet.addEventListener("click", event => {
      if (event.target.closest("a[href*='#']") && sheet.matches(":popover-open")) sheet.hidePopover();
    });
  }
});
