"""From visits to records in the ledger."""
