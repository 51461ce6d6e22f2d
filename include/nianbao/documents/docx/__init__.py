"""Word's `.docx` to `Document`."""
