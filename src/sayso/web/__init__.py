"""The local web application: the ledger to look at, to check and to correct in a browser.

Pages are made on the server and can be read without JavaScript; nothing is fetched from any other host.
docs/web.md tells what each page shows and what keeps it safe.
"""

from sayso.web.server import Options, make_app, serve

__all__ = ["Options", "make_app", "serve"]
