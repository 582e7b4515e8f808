"""What every export format promises."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path

from mantis_crawler.items import Record


class Export(ABC):
    """A file made of records, the same bytes for the same records."""

    name: str
    file_name: str

    @abstractmethod
    def lines(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield the file's lines, without line ends."""

    def write(self, records: Iterable[Record], folder: Path) -> Path:
        """Write the file into the folder, whole or not at all, and return its path.

        Raises:
            OSError: the folder cannot be written.
        """
        path = folder / self.file_name
        part = path.with_suffix(path.suffix + ".part")
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in self.lines(records))
        part.replace(path)
        return path
