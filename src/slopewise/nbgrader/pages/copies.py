"""The names under which a submission's files are copied to where instructors open them."""

from __future__ import annotations

from collections.abc import Iterable

_KEPT = frozenset(
    (
        *("txt", "csv", "tsv", "json", "jsonl", "md", "rst", "tex", "log", "dat", "py", "ipynb"),
        *("toml", "yaml", "yml", "ini", "cfg", "r", "jl", "c", "h", "cpp", "sql", "bib"),
        *("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "pdf"),
        *("npy", "npz", "pt", "pth", "pkl", "parquet", "feather", "h5", "hdf5", "mat", "db"),
        *("xls", "xlsx", "ods", "doc", "docx", "odt", "zip", "wav", "mp3", "mp4"),
    )
)


def names_of_copies(names: Iterable[str]) -> dict[str, str]:
    """Return under which name each of a submission's files is copied, no two the same.

    A name whose ending is known to be text, data or a picture stays. Any other gets `.txt`: a
    browser runs `notes.html` and a dozen other kinds where it finds them, and would do so with the
    rights of the instructor who clicks on one. A list of what is harmless forgets nothing.
    """
    wanted = list(names)
    made: dict[str, str] = {name: name for name in wanted if _is_kept(name)}
    taken = {name.casefold() for name in wanted}
    for name in wanted:
        if name in made:
            continue
        copy = f"{name}.txt"
        while copy.casefold() in taken:
            copy = f"{copy}.txt"
        taken.add(copy.casefold())
        made[name] = copy
    return made


def _is_kept(name: str) -> bool:
    last = name.rpartition("/")[2]
    return "." not in last or last.rpartition(".")[2].lower() in _KEPT
