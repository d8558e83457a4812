"""The panel as it is put into a page that is served; closed, it is a narrow tab.

Its content lies in a shadow tree, so that neither the page's styles reach it nor its own
reach the page.  The page's Content-Security-Policy allows no script but the site's files,
so it is taken out of what is served here, and of nothing else.
"""

from __future__ import annotations

import re

#: The policy that ``docs/_templates/book-head.html`` writes.
POLICY = re.compile(rb'<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>', re.IGNORECASE)
END = b"</body>"

STYLE = """
:host { position: fixed; inset: 0 0 0 auto; width: min(22rem, 90vw); z-index: 99999;
  font: 15px/1.45 system-ui, sans-serif; color-scheme: light dark; pointer-events: none; }
details { pointer-events: auto; height: 100%; }
details[open] { background: Canvas; color: CanvasText; border-left: 3px solid #8a1f11;
  overflow: auto; padding: 0 1rem 4rem; }
summary { cursor: pointer; padding: .6rem .8rem; width: max-content; margin-left: auto;
  background: #8a1f11; color: #fff; border-radius: 0 0 0 .4rem; list-style: none; }
details[open] summary { margin-right: -1rem; }
h2 { font-size: 1rem; margin: 1.2rem 0 .3rem; } ol { padding-left: 1.4rem; margin: 0; }
li { margin: .5rem 0; overflow-wrap: anywhere; } b { font-weight: 600; }
li.note { opacity: .85; } code { white-space: nowrap; opacity: .75; }
@media print { :host { display: none; } }
"""

PANEL = """
<div id="speechbook-live"><template shadowrootmode="open"><style>{style}</style>
<details><summary>Checks</summary><div aria-live="polite">…</div></details></template></div>
<script>
(() => {{
  "use strict";
  const root = document.getElementById("speechbook-live").shadowRoot;
  const details = root.querySelector("details");
  const key = "speechbook-live-closed";
  details.open = innerWidth >= 900 && sessionStorage.getItem(key) !== "yes";
  const fit = () => {{
    document.body.style.paddingRight = details.open && innerWidth >= 900 ? "22rem" : "";
  }};
  fit();
  addEventListener("resize", fit);
  details.addEventListener("toggle", () => {{
    sessionStorage.setItem(key, details.open ? "no" : "yes");
    fit();
  }});
  fetch("/_checks?page=" + encodeURIComponent(location.pathname))
    .then((answer) => answer.json())
    .then((told) => {{
      root.querySelector("div").innerHTML = told.html;
      root.querySelector("summary").textContent = "Checks: " + (told.count || "✓");
    }});
}})();
</script>
"""


def with_panel(page: bytes) -> bytes:
    """Return a page with the panel before its end, and without its policy."""
    panel = PANEL.format(style=STYLE).encode()
    served = POLICY.sub(b"", page, count=1)
    before, end, after = served.rpartition(END)
    return before + panel + end + after if end else served + panel
