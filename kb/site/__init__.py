"""The published site: pages written from the base, built by MkDocs, served while records change."""
