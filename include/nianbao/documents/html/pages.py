"""What `pages.yaml` says of web pages, loaded once."""

from importlib.resources import files
from typing import Any

import yaml

PAGES: dict[str, Any] = yaml.safe_load(
    (files("nianbao.documents.html") / "pages.yaml").read_text("utf-8")
)
