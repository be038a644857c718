"""A time-stamp authority over HTTP (RFC 3161), asked once and not waited for beyond a cap."""

import asyncio
import urllib.request
from typing import Any

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

LONGEST_WAIT = 10.0
LARGEST_ANSWER = 100_000


class HttpTimeStamper(TimeStamper):  # type: ignore[misc]
    """Asks the authority at `url`; TimestampRequestError when it is slow, down or unclear."""

    def __init__(self, url: str, longest_wait: float = LONGEST_WAIT) -> None:
        super().__init__()
        self.url = url
        self.longest_wait = longest_wait

    async def async_request_tsa_response(self, req: Any) -> Any:
        """Return the authority's answer (TimeStampResp) within the cap (seconds)."""
        asking = asyncio.to_thread(self._ask, req.dump())
        try:
            answer = await asyncio.wait_for(asking, self.longest_wait)
        except (TimeoutError, OSError, ValueError) as problem:
            message = f"The time-stamp authority gave no answer in {self.longest_wait:g} seconds."
            raise TimestampRequestError(message) from problem
        return tsp.TimeStampResp.load(answer)

    def _ask(self, question: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query"}
        request = urllib.request.Request(self.url, question, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=self.longest_wait) as answer:  # noqa: S310
            return bytes(answer.read(LARGEST_ANSWER))
