"""A folder of invented documents, small enough to be built in a moment, with every kind of finding."""

from pathlib import Path

KEY = "UNEP-MC-COP.5-99"
NOTE = """\
UNEP/MC/COP.5/99

Made-up gauges

Note by the secretariat

1. In its decision MC-4/40, the Conference of the Parties requested the secretariat to report on its work.

2. In May 2021, the secretariat organized a workshop on gauges with the secretariat of the Basel Convention.

3. Norway pledged $20,000 to the secretariat, as article 14, paragraph 3, asks.

4. The Global Mercury Partnership cooperates with the secretariat.

Annex

Draft decision MC-5/[--]: Gauges

The Conference of the Parties,

1. Requests the secretariat to report on gauges by 30 June 2025.
"""
HEAD = "file,symbol,kind,title,issued,meeting,publisher"
ROW = "note.txt,UNEP/MC/COP.5/99,MeetingDocument,Made-up gauges,2023-08-01,minamata-cop-5,minamata-secretariat"


def write_folder(folder: Path, *rows: str, **texts: str | bytes) -> Path:
    """The folder with the note, further rows of its manifest and further files: `other="1. …"` is other.txt."""
    folder.mkdir(exist_ok=True)
    for name, text in {"note": NOTE, **texts}.items():
        (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "manifest.csv").write_text("\n".join([HEAD, ROW, *rows]) + "\n", encoding="utf-8")
    return folder
