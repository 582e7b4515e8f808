"""What a host's name alone says."""

import re
from functools import cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

from mantis_crawler.detectors.words import word_set

# Dynamic DNS that the public suffix list does not have.
_DYNAMIC = word_set(
    "onedumb.com jungleheart.com changeip.com dns05.com ddns.info dynamic-dns.net mrbonus.com "
    "itsaol.com 2waky.com ocry.com lflinkup.com freeddns.com toh.info yourtrap.com wikaba.com"
)
_FREE = word_set(
    "weebly.com weeblysite.com wixsite.com wixstudio.com github.io gitlab.io netlify.app vercel.app "
    "pages.dev "
    "workers.dev r2.dev web.app firebaseapp.com herokuapp.com glitch.me 000webhostapp.com blogspot.com "
    "wordpress.com replit.app repl.co surge.sh square.site webflow.io framer.app framer.website "
    "godaddysites.com infinityfreeapp.com rf.gd epizy.com byethost.com ngrok.io ngrok-free.app ngrok.app "
    "trycloudflare.com loca.lt onrender.com fly.dev render.com azurewebsites.net web.core.windows.net "
    "blob.core.windows.net s3.amazonaws.com storage.googleapis.com cloudfront.net appspot.com run.app "
    "ipfs.io dweb.link "
    "cprapid.com plesk.page mystrikingly.com strikingly.com jimdosite.com jimdofree.com webnode.page "
    "site123.me my.canva.site canva.site carrd.co typedream.app softr.app bubbleapps.io deno.dev "
    "hostingerapp.com hostingersite.com tempurl.host easywp.com ukit.me tilda.ws nethouse.ru beget.tech "
    "temp.swtest.ru altervista.org atwebpages.com freehosting.com de.com us.com uk.com ru.com sa.com za.com"
)
"""Where a site costs nothing, or a name under a private suffix next to nothing."""
_BUCKETS = word_set("s3.amazonaws.com storage.googleapis.com")
"""Where everybody's files lie under one host, told apart by their path."""
_TENANTS = word_set(
    "okta.com oktapreview.com okta-emea.com auth0.com onelogin.com pingidentity.com pingone.com pingone.eu "
    "duosecurity.com microsoftonline.com b2clogin.com ciamlogin.com awsapps.com amazoncognito.com "
    "cloudflareaccess.com jumpcloud.com rippling.com workspaceair.com vmwareidentity.com forgerock.com "
    "salesforce.com force.com my.site.com zendesk.com freshdesk.com atlassian.net sharepoint.com "
    "myworkday.com myworkdayjobs.com successfactors.com instructure.com slack.com service-now.com "
    "frontegg.com clerk.accounts.dev fusionauth.io workos.com stytch.com logto.app zitadel.cloud"
)
"""Where companies let others run their logins: names of brands are honest there."""
_CARRIERS = word_set(
    "googleapis.com gstatic.com googletagmanager.com cloudflare.com jsdelivr.net unpkg.com cloudfront.net "
    "akamaihd.net akamaized.net fastly.net amazonaws.com azureedge.net bootstrapcdn.com jquery.com "
    "fontawesome.com typekit.net gravatar.com wp.com shopify.com shopifycdn.com squarespace.com "
    "wixstatic.com "
    "website-files.com imgur.com ibb.co postimg.cc cloudinary.com imgix.net githubusercontent.com "
    "w.org wordpress.org schema.org w3.org ytimg.com youtube.com vimeo.com doubleclick.net "
    "googlesyndication.com "
    "google.com apple.com github.com microsoft.com facebook.com twitter.com x.com instagram.com "
    "linkedin.com pinterest.com tiktok.com t.me wa.me weibo.com "
    "addtoany.com addthis.com sharethis.com"
)
"""Hosts of files and links that any site uses."""
_CHEAP = word_set(
    "xyz top icu click buzz cyou sbs cfd rest monster quest bond lol autos beauty hair skin makeup mom boats "
    "homes yachts motorcycles tk ml ga cf gq pw cc ws su vip win bid loan work fit rip zip mov gdn wang info "
    "men party science stream download racing date faith review accountant cricket trade webcam"
)
"""Endings under which names cost little and lures abound: CSC, Interisle and Spamhaus name them."""
_PUSHING = word_set(
    "login signin secure security verify verification account accounts update support confirm auth "
    "unlock billing payment pay refund wallet bank banking id help service customer alert notice track "
    "tracking parcel delivery package post redelivery toll customs hometax tax gov portal online web app "
    "mobile recover claim bonus gift reward"
)
_DYNAMIC_WORDS = re.compile(
    r"dns|dyn|no-?ip|hopto|zapto|serve|myftp|sytes|redirectme|bounceme|myvnc|homeip|dedyn"
)
_SOFT = re.compile(r"tsch|sch|tch|ght|chr|thr|str|ch|th|sh|ph|ck|ng|st|nt|ll|ss|tt")
_CROWDED = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")
_LONE_Q = re.compile(r"q(?!u|$)")
_VOWELLESS = re.compile(r"[^aeiou]{6,}")
_SWITCHES = re.compile(r"(?<=[a-z])\d{1,9}(?=[a-z])")


@cache
def _private() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def _icann() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def registrable(host: str) -> str:
    """Return the domain that one party holds, below a public or private suffix; else the host."""
    if is_address(host):
        return host
    return _private().privatesuffix(host) or host


def same_site(one: str, other: str) -> bool:
    """Return whether two hosts belong to one party, as far as names tell."""
    return registrable(one) == registrable(other)


def is_address(host: str) -> bool:
    """Return whether a host is an IP address."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def dynamic_suffix(host: str) -> str:
    """Return the dynamic-DNS suffix that a host lies under, or an empty string."""
    if is_address(host):
        return ""
    suffix = _private().publicsuffix(host) or ""
    apex = _icann().privatesuffix(host) or ""
    if suffix == apex and suffix and suffix != host and _DYNAMIC_WORDS.search(suffix):
        return str(suffix)
    return str(apex) if apex in _DYNAMIC and apex != host else ""


def free_host(host: str) -> str:
    """Return the hoster under which anybody gets a name for nothing, or an empty string."""
    parts = host.split(".")
    tails = (".".join(parts[start:]) for start in range(host not in _BUCKETS, len(parts)))
    return next((tail for tail in tails if tail in _FREE), "")


def tenant(host: str) -> bool:
    """Return whether a host runs the logins of other companies, as identity providers do."""
    parts = host.split(".")
    return any(".".join(parts[start:]) in _TENANTS for start in range(len(parts)))


def carrier(host: str) -> bool:
    """Return whether files of any site may come from a host, or links of any site lead there."""
    return registrable(host) in _CARRIERS or bool(free_host(host))


def cheap_ending(host: str) -> str:
    """Return the host's top-level domain if lures abound under it, or an empty string."""
    ending = host.rsplit(".", 1)[-1]
    return ending if ending in _CHEAP and not is_address(host) else ""


def pushing_words(host: str) -> tuple[str, ...]:
    """Return the words of a host's name that lures like: ``secure``, ``verify``, ``login``, ..."""
    if is_address(host):
        return ()
    suffix = _private().publicsuffix(host) or ""
    own = registrable(host).removesuffix(f".{suffix}")
    return tuple(word for word in re.split(r"[-.\d]+", own) if word in _PUSHING)


def random_label(host: str) -> str:
    """Return a label of a host that nobody could say aloud, or an empty string."""
    if is_address(host):
        return ""
    suffix = _private().publicsuffix(host) or ""
    labels = host.removesuffix(f".{suffix}").split(".")
    return next((label for label in labels if _unspeakable(label)), "")


def _unspeakable(label: str) -> bool:
    if not 5 <= len(label) <= 30 or label.startswith("xn--"):
        return False
    if len(_SWITCHES.findall(label)) >= 2:
        return True
    parts = label.split("-")
    return any(len(part) >= 5 and _no_word(part, _SOFT.sub("s", part)) for part in parts)


def _no_word(part: str, soft: str) -> bool:
    if part.isalpha() and _VOWELLESS.fullmatch(soft):
        return True
    return bool(_CROWDED.search(soft) or _LONE_Q.search(part))
