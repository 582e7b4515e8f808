"""Pages that servers ship: a missing page, a default page."""

from mantis_crawler.lab.site import Reply, Request

_MISSING = """<html>
<head><title>404 Not Found</title></head>
<body>
<center><h1>404 Not Found</h1></center>
<hr><center>nginx</center>
</body>
</html>
"""
_DEFAULT = """<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title>
<style>html{color-scheme:light dark}body{width:35em;margin:0 auto;
font-family:Tahoma,Verdana,Arial,sans-serif}</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and working.
Further configuration is required.</p>
<p><em>Thank you for using nginx.</em></p>
</body>
</html>
"""


def missing() -> Reply:
    """Return the server's own page for what it does not have."""
    return Reply(body=_MISSING.encode(), status=404, type="text/html")


def default_server_page(request: Request) -> Reply:
    """Answer like a server that nobody has set up yet."""
    return Reply(body=_DEFAULT.encode(), type="text/html") if request.path == "/" else missing()
