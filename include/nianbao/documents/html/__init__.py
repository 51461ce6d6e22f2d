"""Web pages to `Document`: HTML as content management systems and Word write it, and MHTML."""
