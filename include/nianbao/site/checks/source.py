"""What the expectation reports read of a warehouse."""

from importlib.resources import files

from nianbao.site.warehouse import Source

CHECKS = Source(files("nianbao.site.checks"))
