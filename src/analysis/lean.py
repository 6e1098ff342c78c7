"""Leave out what takes seconds to import and is never used here.

nbformat, which plotly asks for its version before it shows a figure, brings jsonschema; that tries
``rfc3987_syntax``, which builds a grammar of web addresses for over two seconds. Nothing here
checks such addresses, and jsonschema does without the module where it is missing.
"""

import sys

# A module that is None in sys.modules counts as missing; one that is there already stays.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # typeshed knows no None
