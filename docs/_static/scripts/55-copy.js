// Copies a citation or the page's address at one click and says so; where copying is not
// allowed, selects the text, so that one key copies it.  Fills in the page's own address
// where it was not known when the page was made, and offers the device's own share sheet.
(() => {
  "use strict";
  const share = document.querySelector(".share");
  const own = location.protocol.startsWith("http") ? location.href.replace(/[?#].*$/, "") : "";
  const address = share?.dataset.address || own;

  const tell = (button, words) => {
    const told = button.parentElement.querySelector("[role='status']");
    // Emptied first, so that the same words are told again.
    told.textContent = "";
    setTimeout(() => { told.textContent = words; }, 50);
  };

  const select = element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const copy = async (button, text, element) => {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      // No clipboard here, as in some browsers from a disk: the older way, from a selection.
      if (element) {
        select(element);
        done = document.execCommand("copy");
      }
    }
    tell(button, done ? button.dataset.told : button.dataset.selected);
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const element = document.getElementById(button.dataset.copy);
    button.addEventListener("click", () => copy(button, element.textContent.trim(), element));
  }

  if (!share) return;
  share.hidden = !address;
  for (const item of share.querySelectorAll("[data-share]")) {
    const link = document.createElement("a");
    link.href = item.dataset.share.replaceAll("{address}", encodeURIComponent(address));
    link.rel = "noopener noreferrer";
    link.append(...item.childNodes);
    item.append(link);
  }
  const link = share.querySelector("[data-copy-address]");
  link.addEventListener("click", () => copy(link, address));
  const sheet = share.querySelector("[data-share-sheet]");
  if (navigator.share) {
    sheet.parentElement.hidden = false;
    sheet.addEventListener("click", () => {
      navigator.share({ title: share.dataset.title, url: address }).catch(() => {
        // The reader closed the sheet.
      });
    });
  }
})();
