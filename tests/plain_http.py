"""Asking a server by hand.

One client for all tests: to make one reads every certificate of the system, which takes longer
than most of them. It keeps no connection and no cookie.
"""

import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

plain = httpx.Client(
    verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
    cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    limits=httpx.Limits(max_keepalive_connections=0),
    timeout=60,
)
