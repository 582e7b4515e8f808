"""Those who are asked about names and addresses: one file each. Pure: they build requests and read answers.

Who sends the requests is `mantis_crawler.spiders.asker`; how a key gets on the wire is
`mantis_crawler.middlewares.wire`.
"""
