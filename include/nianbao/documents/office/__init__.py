"""`.doc`, `.wps` and `.odt` to `Document`, by way of LibreOffice."""
