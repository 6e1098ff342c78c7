"""Compare the trade unions that serve school staff, every fact with its source and date."""

import lazy_loader

# A name's module is imported when the name is first asked for: pandas, plotly and the rest take
# longer than most commands. The names and their modules stand in ``__init__.pyi``.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
