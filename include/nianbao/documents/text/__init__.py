"""Plain text to `Document`: what Word exports as text, and Markdown."""
