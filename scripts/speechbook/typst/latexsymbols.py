"""The LaTeX commands that formulas of this book may use, by family.

Symbols are given as the characters that Unicode has for them, so that no name has to be looked
up in Typst and nothing an author writes is ever a Typst name.
"""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


GREEK = dict(
    zip(
        _words(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho "
            "sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi "
            "Psi Omega varepsilon vartheta varphi varrho varsigma"
        ),
        "αβγδϵζηθικλμνξπρστυϕχψωΓΔΘΛΞΠΣΥΦΨΩεϑφϱς",
        strict=True,
    )
)

OPERATORS = {
    "times": "×",
    "cdot": "⋅",
    "div": "÷",
    "pm": "±",
    "mp": "∓",
    "ast": "∗",
    "circ": "∘",
    "oplus": "⊕",
    "otimes": "⊗",
    "cup": "∪",
    "cap": "∩",
    "setminus": "∖",
    "wedge": "∧",
    "land": "∧",
    "vee": "∨",
    "lor": "∨",
    "neg": "¬",
    "lnot": "¬",
}

RELATIONS = {
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ne": "≠",
    "neq": "≠",
    "approx": "≈",
    "equiv": "≡",
    "sim": "∼",
    "simeq": "≃",
    "propto": "∝",
    "ll": "≪",
    "gg": "≫",
    "in": "∈",
    "notin": "∉",
    "ni": "∋",
    "subset": "⊂",
    "subseteq": "⊆",
    "supset": "⊃",
    "supseteq": "⊇",
    "mid": "∣",
    "parallel": "∥",
    "perp": "⟂",
    "to": "→",
    "rightarrow": "→",
    "leftarrow": "←",
    "leftrightarrow": "↔",
    "Rightarrow": "⇒",
    "implies": "⟹",
    "Leftarrow": "⇐",
    "Leftrightarrow": "⇔",
    "iff": "⟺",
    "mapsto": "↦",
}

OTHERS = {
    "infty": "∞",
    "partial": "∂",
    "nabla": "∇",
    "forall": "∀",
    "exists": "∃",
    "emptyset": "∅",
    "varnothing": "∅",
    "ell": "ℓ",
    "hbar": "ℏ",
    "Re": "ℜ",
    "Im": "ℑ",
    "degree": "°",
    "prime": "′",
    "ldots": "…",
    "dots": "…",
    "cdots": "⋯",
    "vdots": "⋮",
    "ddots": "⋱",
    "sum": "∑",
    "prod": "∏",
    "int": "∫",
    "oint": "∮",
    "langle": "⟨",
    "rangle": "⟩",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉",
    "vert": "|",
    "Vert": "‖",
}

ESCAPED = {"{": "{", "}": "}", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "|": "‖"}

SPACES = {
    ",": "thin",
    ":": "med",
    ">": "med",
    ";": "thick",
    " ": "med",
    "quad": "quad",
    "qquad": "wide",
    "!": None,
}

FUNCTIONS = frozenset(
    _words(
        "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg "
        "lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh"
    )
)

# LaTeX command to Typst function of one argument; both lists are closed.
WRAPPERS = {
    "sqrt": "sqrt",
    "mathrm": "upright",
    "mathbf": "bold",
    "boldsymbol": "bold",
    "mathit": "italic",
    "mathbb": "bb",
    "mathcal": "cal",
    "mathfrak": "frak",
    "mathsf": "sans",
    "mathtt": "mono",
    "overline": "overline",
    "underline": "underline",
    "hat": "hat",
    "widehat": "hat",
    "tilde": "tilde",
    "widetilde": "tilde",
    "bar": "macron",
    "vec": "arrow",
    "dot": "dot",
    "ddot": "dot.double",
    "overbrace": "overbrace",
    "underbrace": "underbrace",
}

TEXTS = frozenset({"text", "textrm", "mbox", "operatorname", "textit", "textbf"})
FRACTIONS = frozenset({"frac", "dfrac", "tfrac"})
BINOMIALS = frozenset({"binom", "dbinom", "tbinom"})
IGNORED = frozenset({"displaystyle", "textstyle", "limits", "nonumber", "notag"})
BIG = frozenset({"big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr"})

# Environment to delimiter of a Typst matrix.
MATRICES = {
    "matrix": None,
    "pmatrix": "(",
    "bmatrix": "[",
    "Bmatrix": "{",
    "vmatrix": "|",
    "Vmatrix": "‖",
}
ALIGNED = frozenset({"aligned", "align", "align*", "split", "gathered", "gather", "gather*"})

SYMBOLS = GREEK | OPERATORS | RELATIONS | OTHERS
