"""What the services of abuse.ch have in common: one free key."""

from mantis_crawler.providers.base import Keyed, KeyPlace

ABUSE_CH = Keyed(key="abusech", place=KeyPlace.HEADER, field="Auth-Key")
GET_ONE = "a free key is had at https://auth.abuse.ch"
