"""Rich text to `Document`."""
