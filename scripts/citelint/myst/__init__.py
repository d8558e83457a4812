"""MyST Markdown: positions of citations, notes, quotations, links."""
