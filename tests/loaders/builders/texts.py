"""A description as plain text with Markdown."""

from builders.description import Counter, Item, pieces


def as_text(items: list[Item]) -> bytes:
    """The text, every footnote after its paragraph."""
    counter = Counter()
    parts: list[str] = []
    for item in items:
        before = {"heading": "#" * item.level, "bullet": "-"}.get(item.kind, "") or counter.label(item)
        parts.append(f"{before} {_inline(item.text)}".strip())
        parts.extend(_note(key, text) for key, text in item.notes.items())
    return ("\n\n".join(parts) + "\n").encode()


def _note(key: str, text: str) -> str:
    return f"{key} {text}" if key.startswith("*") else f"<sup>{key}</sup> {text}"


def _inline(text: str) -> str:
    shown = {
        "text": str,
        "bold": lambda words: f"**{words}**",
        "note": lambda key: "\\*" * len(key) if key.startswith("*") else f"<sup>{key}</sup>",
    }
    return "".join(shown[kind](words) for kind, words in pieces(text))
