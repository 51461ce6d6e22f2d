"""What can be followed over the years: measures, how far forms compare, and the views made from them."""

from nianbao.warehouse.series.measures import Measure, Rate, Series, load_series

__all__ = ["Measure", "Rate", "Series", "load_series"]
