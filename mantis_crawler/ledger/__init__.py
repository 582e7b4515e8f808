"""What is to do and what is done: the truth of a run, which survives a kill of the crawler."""

from mantis_crawler.ledger.ledger import Ledger, LedgerError, Unit

__all__ = ["Ledger", "LedgerError", "Unit"]
