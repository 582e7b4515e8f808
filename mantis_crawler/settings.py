"""The one place that knows all parts. Settings of our own begin with ``MANTIS_``."""

import os

BOT_NAME = "mantis_crawler"
SPIDER_MODULES = ["mantis_crawler.spiders"]
NEWSPIDER_MODULE = "mantis_crawler.spiders"
COMMANDS_MODULE = "mantis_crawler.commands"

# What a user may want to set -----------------------------------------------------------------------

MANTIS_BROWSER = os.environ.get("MANTIS_BROWSER", "")
"""Path of the browser; empty: look for one."""
MANTIS_IPHONE_ENGINE = os.environ.get("MANTIS_IPHONE_ENGINE", "auto")
"""What iPhones are visited on: ``webkit``, ``chromium``, or ``auto``: Playwright's WebKit where it starts.
On Linux WebKit has no sandbox that we know of: on the real internet it is taken by name alone."""
MANTIS_OUTPUTS = os.environ.get("MANTIS_OUTPUTS", "outputs")
"""Folder of the runs."""
MANTIS_DEVICES = "android,iphone,desktop"
"""Which devices visit, in this order."""
MANTIS_DEPTH = "default"
"""How deep visits look: ``default``; ``deep``: each in a browser of its own, for several times the CPU time;
``second-look``: deep for the phones of artifacts that showed them nothing."""
MANTIS_COUNTRY = "us"
"""Country of the visits to artifacts whose campaign country is not known."""
MANTIS_ALLOW_NO_SANDBOX = False
"""Whether hostile pages of the real internet may be opened in a browser without its sandbox."""
MANTIS_RESOLVERS = ""
"""Name servers as ``address[:port]``, separated by commas; empty: the system's."""
MANTIS_SECOND_RESOLVERS = "1.1.1.1"
"""Name servers that are asked a second time, to compare; they learn the names. Empty: nobody is."""
MANTIS_EXIT_CHECK = ""
"""What each exit is asked to connect to before the first visit, as ``address:port``; empty: itself."""
MANTIS_ASN_DATABASE = ""
"""Path of a MaxMind database with networks (GeoLite2-ASN, DB-IP, IPinfo); empty: none."""
MANTIS_SELF_TEST = True
"""Whether the devices show a bench what they look like while the first visits are made."""
MANTIS_UNKNOWN_BELOW = ""
"""Confidence from 0 to 1 below which no content class is said; empty: as the weights were fitted."""
MANTIS_KEYS = os.environ.get("MANTIS_KEYS", "~/.config/mantis_crawler/keys")
"""File of the providers' keys, mode 600, one ``NAME=KEY`` a line; ``MANTIS_KEY_…`` goes before it."""
MANTIS_BUDGET = os.environ.get("MANTIS_BUDGET", "")
"""Credits that a run may cost, of all providers together; empty: 500, and without limit in the lab."""
MANTIS_PAID_ENRICHMENT = False
"""Whether providers that cost something are also asked about every artifact, and not for expansion alone."""
MANTIS_SECOND_OPINIONS = ""
"""What else is bought of names that lead somewhere, separated by commas: ``categories``, ``elsewhere``,
``reputation``, ``screenshot``, or ``all``; empty: nothing."""
MANTIS_ANSWERS = os.environ.get("MANTIS_ANSWERS", "~/.cache/mantis_crawler")
"""Folder where providers' answers are kept, so that none is paid twice."""
MANTIS_QUIET_SECONDS = 1.5
MANTIS_SETTLE_SECONDS = 10.0
MANTIS_VISIT_SECONDS = 30.0
MANTIS_VISITS_PER_BROWSER = 150
MANTIS_TAP = True
"""Whether phones tap once on the single call to action of a page that did nothing by itself."""
MANTIS_WARC = os.environ.get("MANTIS_WARC", "") not in {"", "0"}
"""Whether each visit is also kept as WARC; needs the package warcio."""
MANTIS_TIMESTAMP_URL = os.environ.get("MANTIS_TIMESTAMP_URL", "")
"""RFC 3161 server that time-stamps the manifest of each visit; empty: none. Needs rfc3161-client."""

# How Scrapy is set up for visits -------------------------------------------------------------------

CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 4
DOWNLOAD_DELAY = 0
# the second device before the next artifact: the default queue picks hosts first, priorities after
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"
DOWNLOAD_HANDLERS = {
    "http": "mantis_crawler.browser.handler.VisitDownloadHandler",
    "https": "mantis_crawler.browser.handler.VisitDownloadHandler",
    # requests to providers: by Scrapy's own client, with their keys
    "ask": "mantis_crawler.middlewares.wire.WireHandler",
    "whois": "mantis_crawler.middlewares.whois.WhoisHandler",
}
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
# patchright where it is installed; "scrapy_playwright.provider.PlaywrightBrowserProvider": stock Playwright
PLAYWRIGHT_BROWSER_PROVIDER = "mantis_crawler.browser.driver.DriverProvider"
# or both phones send Scrapy's header
PLAYWRIGHT_PROCESS_REQUEST_HEADERS = None

ITEM_PIPELINES = {
    "mantis_crawler.pipelines.classify.ClassifyPipeline": 100,
    "mantis_crawler.pipelines.enrich.EnrichPipeline": 200,
    "mantis_crawler.pipelines.ledger.LedgerPipeline": 900,
}
EXTENSIONS = {
    "mantis_crawler.extensions.exports.ExportsExtension": 100,
    "mantis_crawler.extensions.manifest.ManifestExtension": 200,
    "mantis_crawler.extensions.progress.ProgressExtension": 300,
    "mantis_crawler.extensions.selftest.SelfTestExtension": 400,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}

# a visit is one load: nothing may be asked before, beside or after it
ROBOTSTXT_OBEY = False
COOKIES_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
RETRY_ENABLED = False
HTTPERROR_ALLOW_ALL = True
REFERER_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
}
# these two let others into the process
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

LOG_LEVEL = "WARNING"
"""Of the terminal; the run's folder holds ``crawl.log`` with everything from INFO on."""
FEED_EXPORT_ENCODING = "utf-8"
