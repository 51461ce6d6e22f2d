"""Every sample site is surveyed from its home page, over loopback and with the real client."""

from collections.abc import Callable

import pytest

from nianbao.pipeline.portals_survey import Manner, surveyor
from nianbao.sample.exchange import Answer, Answering, Asked
from nianbao.sample.sites import SITES, serve_site
from nianbao.settings import Settings
from support.portal_sites import page

BY_HAND = {"ucap_post": "its interface is on another host, which only its script knows"}
LOOPBACK = Manner(0, ("127.0.0.2",), ("127.0.0.0/8",))


def with_a_home(column: str) -> Callable[[Answering], Answering]:
    """Put a home page and a disclosure page before a sample site's column."""
    ways = {
        "/": '<a href="/disclosure">政府信息公开</a>',
        "/disclosure": f'<a href="{column}">政府信息公开年报</a>',
    }

    def around(answering: Answering) -> Answering:
        def answer(asked: Asked) -> Answer:
            if asked.target in ways:
                return Answer(body=page(ways[asked.target]))
            return answering(asked)

        return answer

    return around


@pytest.mark.parametrize("start", ["home", "column"])
@pytest.mark.parametrize("key", sorted(SITES.keys() - BY_HAND.keys()))
def test_a_survey_names_the_family_and_finds_the_column(key: str, start: str):
    column = SITES[key].starts[0]
    with serve_site(key, with_a_home(column)) as (site, _):
        with surveyor(Settings(), LOOPBACK) as one:
            found = one.survey(site.url("/" if start == "home" else column))
        wanted = site.record()
    assert (found.status, found.reason) == ("ready", "")
    assert found.proposal
    assert found.proposal.family == wanted["family"]
    assert list(found.proposal.start_urls) == wanted["start_urls"][:1]
    assert dict(found.proposal.params) == wanted.get("params", {})
    assert found.leads


@pytest.mark.parametrize("key", BY_HAND)
def test_a_site_that_needs_a_hand_says_of_which_family_it_is(key: str):
    column = SITES[key].starts[0]
    with serve_site(key, with_a_home(column)) as (site, _):
        with surveyor(Settings(), LOOPBACK) as one:
            found = one.survey(site.url(column))
        family = site.record()["family"]
    assert found.status == "needs a hand"
    assert found.proposal
    assert found.proposal.family == family
