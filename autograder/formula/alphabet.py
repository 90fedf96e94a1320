"""Which characters and LaTeX commands mean which token: plain tables, no logic."""

from __future__ import annotations

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi",
    "ρ": "rho", "ϱ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "l", "π": "pi",
}  # fmt: skip
"""Letters that stand for a name of their own; `Σ` and `Π` are the sum and product signs."""

GREEK_COMMANDS = {name: name for name in set(GREEK.values()) - {"l", "pi"}} | {
    "pi": "pi", "varepsilon": "epsilon", "vartheta": "theta", "varrho": "rho", "varsigma": "sigma", "varphi": "phi",
    "ell": "l", "Sigma": "Sigma", "Pi": "Pi", "lam": "lambda",
}  # fmt: skip

SUPERSCRIPTS = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵗⁿᵐⁱᵏᵈᴺᵀᵃᵇᶜᵉᶠᵍʰʲˡᵒᵖʳˢᵘᵛʷˣʸᶻ", "0123456789+-=()tnmikdNTabcefghjloprsuvwxyz", strict=True)
)
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₜₙₘₖₗₛₓₚₐₑₕₒᵣᵤᵥ₌₊₋₍₎", "0123456789ijtnmklsxpaehoruv=+-()", strict=True))

SIGNS = {
    "·": "*", "⋅": "*", "×": "*", "∗": "*", "•": "*", "∙": "*", "÷": "/", "∕": "/", "⁄": "/", "−": "-", "–": "-",
    "—": "-", "‐": "-", "‑": "-", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "≠": "!=",
    "≔": ":=", "←": "<-", "⟵": "<-", "→": "->", "⇒": "=>", "⟹": "=>", "⇔": "=>", "⟺": "=>", "∴": "=>",
     "⟶": "->", "∈": "in", "∪": "union", "∩": "intersect", "∧": "and", "∨": "or", "¬": "not",
    "‖": "||", "∥": "||", "∣": "|", "′": "'", "’": "'", "ʹ": "'", "⊤": "⊤", "†": "†", "⟨": "<<", "⟩": ">>", "…": "...",
    "∂": "∂", "∇": "∇", "〈": "<<", "〉": ">>", "⌈": "ceil(", "⌉": ")ceil", "⌊": "floor(", "⌋": ")floor",
}  # fmt: skip
"""One character, one token."""

WORDS = {"∑": "sum", "Σ": "sum", "∏": "prod", "Π": "prod", "√": "sqrt", "∛": "cbrt", "∞": "oo", "𝟙": "𝟙", "𝟏": "𝟙"}
"""One character, one name."""

COMMAND_SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">", "ne": "!=", "neq": "!=", "gets": "<-", "leftarrow": "<-", "mapsto": "<-",
    "Leftarrow": "<-", "coloneqq": ":=", "iff": "=>",
    "implies": "=>", "Rightarrow": "=>", "Longrightarrow": "=>", "Leftrightarrow": "=>", "Longleftrightarrow": "=>",
    "leftrightarrow": "=>", "therefore": "=>", "in": "in", "cup": "union", "cap": "intersect", "land": "and",
    "wedge": "and", "lor": "or", "vee": "or", "lnot": "not", "neg": "not", "|": "||", "Vert": "||", "lVert": "||(",
    "rVert": ")||", "vert": "|", "lvert": "|(", "rvert": ")|", "mid": "|", "top": "⊤", "dagger": "†", "dag": "†", "intercal": "⊤",
    "prime": "'", "langle": "<<", "rangle": ">>", "partial": "∂", "nabla": "∇", "{": "{", "}": "}", "colon": ":",
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "dots": "...", "ldots": "...", "cdots": "...",
    "star": "*", "setminus": "setminus", "to": "to", "rightarrow": "->", "longrightarrow": "->", "backslash": "\\", "lceil": "ceil(", "rceil": ")ceil",
    "lfloor": "floor(", "rfloor": ")floor", "&": "&", "%": "%", "_": "_",
}  # fmt: skip

SPACING = frozenset({"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr",
    "Biggl", "Biggr", "middle", "quad", "qquad", "displaystyle", "textstyle", "limits", "nolimits",
    "hfill", "boxed", "nonumber", "notag", "medspace", "thinspace", "hline", "allowbreak", "strut", "mathstrut", "smash",
    "scriptstyle", "normalsize", "mathopen", "mathclose"})  # fmt: skip
r"""Commands without meaning for the value; `\,` `\;` `\!` `\:` and `\ ` are spaces too."""

ANNOTATIONS = frozenset({"tag", "label", "hspace", "vspace", "color"})
r"""Commands that go with their argument: `\tag{9}`."""

COMMAND_WORDS = {word: word for word in (
    "sum", "prod", "ln", "log", "lg", "exp", "sqrt", "max", "min", "sin", "cos", "tan", "arcsin", "arccos", "arctan",
    "sinh", "cosh", "tanh", "det", "tr", "Tr", "sign", "sgn", "relu", "ReLU", "arg", "argmin", "argmax", "lim", "inf",
    "sup", "trace", "norm", "abs", "int", "E",
)} | {"infty": "oo"}  # fmt: skip
"""Commands that are words of a formula; some of them have no meaning here and get an error of their own."""

FONTS = frozenset(
    {
        "mathbf",
        "mathrm",
        "mathit",
        "mathsf",
        "mathtt",
        "mathcal",
        "mathscr",
        "mathfrak",
        "mathbb",
        "boldsymbol",
        "bm",
        "bf",
        "rm",
        "vec",
        "text",
        "textbf",
        "textrm",
        "textit",
        "mbox",
        "pmb",
        "underline",
        "mathop",
        "mathnormal",
        "mathds",
        "mathbbm",
        "mathbin",
        "mathrel",
        "textsf",
        "operatorname",
        "sf",
        "tt",
    }
)
BLACKBOARD = frozenset({"mathbb", "mathbf", "mathds", "mathbbm", "boldsymbol", "bm", "pmb", "bf", "textbf"})
"""Fonts in which a 1 is an indicator or the vector of ones"""  # fmt: skip
"""Commands that only change the look of their argument."""

ACCENTS = {"bar": "bar", "overline": "bar", "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde"}
COMBINING = {"\u0304": "bar", "\u0305": "bar", "\u0302": "hat", "\u0303": "tilde"}

INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u2061\u2062\u2063\u2064")
"""Characters that come along with copied text and have no meaning."""

LOOKALIKES = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "А": "A", "В": "B", "Е": "E", "К": "K",
    "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "Х": "X", "і": "i", "ѕ": "s", "ј": "j",
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P",
    "Τ": "T", "Υ": "Y", "Χ": "X", "ο": "o",
}  # fmt: skip
"""Cyrillic and Greek letters that look like a Latin one: refused, with the Latin letter as repair."""

FRACTIONS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
    "⅙": (1, 6),
    "⅜": (3, 8),
    "⅖": (2, 5),
}
