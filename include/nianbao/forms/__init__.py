"""What the official forms are: one YAML file each; reading, checking and the dictionary derive from them."""

from nianbao.forms.form import Block, Form, FormCell, FormTable, Row, cell_code
from nianbao.forms.loader import form_for_year, load_form, load_forms

__all__ = [
    "Block",
    "Form",
    "FormCell",
    "FormTable",
    "Row",
    "cell_code",
    "form_for_year",
    "load_form",
    "load_forms",
]
