"""Leave out what takes seconds to import and is never used here.

nbformat, which plotly asks for its version before it shows a figure, brings jsonschema; that tries
``rfc3987_syntax``, which builds a grammar of web addresses for over two seconds, and others that
take a tenth of a second more. Nothing here checks what they are for (addresses, spans of time),
and jsonschema does without a module where it is missing.
"""

import sys

for name in ("isoduration", "rfc3986_validator", "rfc3987_syntax", "uri_template"):
    # A module that is None in sys.modules counts as missing; one that is there already stays.
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # typeshed knows no None
