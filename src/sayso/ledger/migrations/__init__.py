"""The migrations of the ledger's schema; ``opening`` runs them."""
