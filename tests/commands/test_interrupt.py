from argparse import Namespace

import pytest
from scrapy.commands import ScrapyCommand

from mantis_crawler.commands.interrupt import INTERRUPTED, interruptible


class Stopped(ScrapyCommand):
    def short_desc(self) -> str:
        return "ends as if by Ctrl-C"

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_is_one_line_and_the_exit_code_of_a_shell(capsys: pytest.CaptureFixture[str]) -> None:
    command = Stopped()
    command.run([], Namespace())
    assert command.exitcode == INTERRUPTED == 130
    assert capsys.readouterr().err.strip() == "Interrupted."
