"""Printed pages as a scanner gives them back: a little aslant, grey and noisy."""

import io
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image


@dataclass(frozen=True)
class Scanner:
    """How badly a scanner works."""

    dpi: int = 200
    noise: float = 6.0
    """Standard deviation of each pixel's grey, of 255."""
    blur: float = 0.0
    aslant: float = 0.0
    """Degrees."""
    quality: int = 85
    """Of the JPEG that it writes."""
    seed: int = 0

    def pages(self, pdf: bytes) -> list[Image.Image]:
        """Return the pages of a PDF as pictures."""
        document = pypdfium2.PdfDocument(pdf)
        pages = [
            document[i].render(scale=self.dpi / 72, grayscale=True) for i in range(len(document))
        ]
        return [
            Image.fromarray(self._worn(np.asarray(page.to_numpy()[:, :], np.uint8)))
            for page in pages
        ]

    def pdf(self, pdf: bytes) -> bytes:
        """Return the PDF as a PDF of pictures."""
        first, *others = (Image.open(io.BytesIO(self.jpeg(page))) for page in self.pages(pdf))
        out = io.BytesIO()
        first.save(out, "PDF", save_all=True, append_images=others, resolution=self.dpi)
        return out.getvalue()

    def jpeg(self, page: Image.Image) -> bytes:
        """Return a page as a JPEG file."""
        out = io.BytesIO()
        page.save(out, "JPEG", quality=self.quality)
        return out.getvalue()

    def _worn(self, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
        grey = grey.reshape(grey.shape[0], grey.shape[1])
        height, width = grey.shape
        if self.aslant:
            turn = cv2.getRotationMatrix2D((width / 2, height / 2), self.aslant, 1.0)
            grey = cv2.warpAffine(grey, turn, (width, height), borderValue=(255,))
        if self.blur:
            grey = cv2.GaussianBlur(grey, (0, 0), self.blur)
        noise = np.random.default_rng(self.seed).normal(0, self.noise, grey.shape)
        return np.asarray(np.clip(grey.astype(float) * 0.95 + noise, 0, 255), np.uint8)
