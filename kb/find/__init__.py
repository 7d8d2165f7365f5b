"""The search: what a word is, the index, and the answer to a query."""
