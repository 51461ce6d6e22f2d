"""The form files, loaded once and checked against their schema."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import ValidationError

from nianbao.errors import ConfigurationError
from nianbao.forms.form import Form, from_spec
from nianbao.forms.schema import FormSpec


@cache
def load_forms() -> dict[str, Form]:
    """Return every form by name, oldest first.

    Raises `ConfigurationError` where a file does not fit the schema or repeats a code.
    """
    folder = files("nianbao.forms")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    forms = [_load(name, (folder / name).read_text("utf-8")) for name in names]
    return {form.name: form for form in forms}


def load_form(name: str) -> Form:
    """Return one form by its first report year; `ConfigurationError` where there is none."""
    try:
        return load_forms()[name]
    except KeyError:
        raise ConfigurationError(f"no form named {name!r}") from None


def form_for_year(report_year: int) -> Form | None:
    """Return the form prescribed for a report year, where we have it."""
    return next((form for form in load_forms().values() if form.fits(report_year)), None)


def _load(name: str, text: str) -> Form:
    try:
        form = from_spec(FormSpec.model_validate(yaml.safe_load(text)))
    except (ValidationError, yaml.YAMLError) as error:
        raise ConfigurationError(f"forms/{name}: {error}") from error
    _refuse_duplicates(name, form)
    return form


def _refuse_duplicates(name: str, form: Form) -> None:
    count = sum(len(b.rows) * len(b.columns) for t in form.tables for b in t.blocks)
    shorts = {cell.short_code for cell in form.cells.values()}
    if not count == len(form.cells) == len(shorts):
        raise ConfigurationError(f"forms/{name}: a cell code or short code is declared twice")
