"""Which documents a folder holds: rows without files, files without rows, twins, paths that lead outside."""

from pathlib import Path

import pytest

from loaders.errors import LoadError
from loaders.manifest import Listing, list_documents

HEAD = "file,key,symbol,reference,kind,title,issued,language,meeting,agenda_item,publisher,series"


def listing(folder: Path, *rows: str, files: tuple[str, ...] = (), head: str = HEAD) -> Listing:
    for name in files:
        (folder / name).write_text("1. One.\n\n2. Two.\n", encoding="utf-8")
    (folder / "manifest.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return list_documents(folder, (".txt",))


def test_a_row_says_what_is_known_of_its_file(tmp_path: Path) -> None:
    row = 'a.txt,,UNEP/MC/COP.5/12,,MeetingDocument,"One, two",2023-09-04,en,minamata-cop-5,4 (h),unep,UNEP/MC/COP.5/'
    ((path, info),) = listing(tmp_path, row, files=("a.txt",)).documents
    assert path == tmp_path / "a.txt"
    assert (info.key, info.symbol, info.title, info.agenda_item) == (
        "UNEP-MC-COP.5-12",
        "UNEP/MC/COP.5/12",
        "One, two",
        "4 (h)",
    )
    assert info.identifier == "UNEP/MC/COP.5/12"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("a.txt,own-key,UNEP/MC/COP.5/12", "own-key"),
        ("a.txt,,UNEP/MC/COP.5/12", "UNEP-MC-COP.5-12"),
        ("a.txt,,,MC/COP5/2023/190", "MC-COP5-2023-190"),
        ("a.txt", "a"),
    ],
)
def test_the_key_is_given_or_made(tmp_path: Path, row: str, key: str) -> None:
    ((_, info),) = listing(tmp_path, row, files=("a.txt",)).documents
    assert info.key == key


def test_a_row_without_its_file_is_a_fault(tmp_path: Path) -> None:
    found = listing(tmp_path, "a.txt", "b.txt", files=("b.txt",))
    assert [info.file for _, info in found.documents] == ["b.txt"]
    assert found.faults == ["manifest.csv line 2: there is no file a.txt"]


def test_a_file_without_its_row_is_loaded_and_noted(tmp_path: Path) -> None:
    found = listing(tmp_path, "a.txt", files=("a.txt", "b c.txt"))
    assert [(info.file, info.key) for _, info in found.documents] == [("a.txt", "a"), ("b c.txt", "b-c")]
    assert found.notes == ["b c.txt: not in manifest.csv, loaded by its name alone"]
    assert found.faults == []


def test_files_alone_need_no_manifest(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text("words", encoding="utf-8")
    found = list_documents(tmp_path, (".txt",))
    assert [info.file for _, info in found.documents] == ["a.txt", "b.txt"]
    assert found.notes == ["picture.png: not a document of a known type, passed over"]


@pytest.mark.parametrize(
    "rows",
    [
        ("a.txt,,UNEP/MC/COP.5/12", "b.txt,,UNEP/MC/COP.5/12"),
        ("a.txt,same", "b.txt,same"),
        ("a.txt,one,UNEP/MC/COP.5/12", "b.txt,two,UNEP/MC/COP.5/12"),
    ],
)
def test_of_twins_the_first_stays(tmp_path: Path, rows: tuple[str, ...]) -> None:
    found = listing(tmp_path, *rows, files=("a.txt", "b.txt"))
    assert [info.file for _, info in found.documents] == ["a.txt"]
    assert len(found.faults) == 1
    assert "b.txt" in found.faults[0]
    assert "a.txt" in found.faults[0]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "sub/a.txt", ".", ""])
def test_a_path_that_leads_elsewhere_is_a_fault(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "documents"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("words", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("words", encoding="utf-8")
    found = listing(folder, f"{name},key", "b.txt", files=("b.txt",))
    assert [info.file for _, info in found.documents] == ["b.txt"]
    assert len(found.faults) == 1
    assert "line 2" in found.faults[0]


def test_a_link_that_leads_elsewhere_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("words", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert listing(folder, "link.txt").faults == ["manifest.csv line 2: not a file of this folder: 'link.txt'"]


def test_a_manifest_without_files_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no column named 'file' in line 1"):
        listing(tmp_path, "a,b", head="name,title")


def test_a_manifest_in_another_encoding_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_bytes(b"file,title\na.txt,Gen\xe8ve\n")
    with pytest.raises(LoadError, match=r"manifest\.csv: cannot be read as UTF-8"):
        list_documents(tmp_path, (".txt",))


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("\ufefffile,title\na.txt,One\n", encoding="utf-8")
    assert [info.title for _, info in list_documents(tmp_path, (".txt",)).documents] == ["One"]


def test_what_is_no_folder_cannot_be_listed(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="not a folder"):
        list_documents(tmp_path / "missing", (".txt",))
