"""PDF files to `Document`: tables from their ruling lines, paragraphs from the lines of text.

Pages that are pictures go through `nianbao.documents.ocr`, where that is installed.
"""

from nianbao.model import Document


def read_pdf(data: bytes) -> Document:
    """Read a PDF; pages and large pictures without text go through optical recognition.

    Raises `ReadError` with the code `damaged`, `encrypted`, `over_limit`, `no_text_layer` (where
    there is no text and nothing recognised either) or `converter_missing` (where recognition is
    not installed and no page has text).
    """
    from nianbao.documents.confined.read import read_confined

    return read_confined("pdf", data)
