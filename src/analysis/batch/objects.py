"""Object stores by fsspec: S3, Azure's and Google's, by way of obstore."""

import datetime as dt
import mimetypes
import os
from pathlib import PurePosixPath
from typing import Any

from obstore.fsspec import FsspecStore

PROTOCOLS = {"s3", "s3a", "gs", "gcs", "az", "azure", "abfs", "abfss", "adl"}
# A store that is busy is asked again, for a while; one that is not there is told of soon.
RETRIES = {"max_retries": 4, "retry_timeout": dt.timedelta(seconds=30)}
MIME = {".ipynb": "application/x-ipynb+json", ".jsonl": "application/jsonl"}


class ObjectStore(FsspecStore):  # type: ignore[misc]  # untyped here, see pyproject.toml
    """A store that says of each file what it is, so that a browser shows a page as a page."""

    @classmethod
    def of(cls, protocol: str) -> "ObjectStore":
        """Return the stores of a kind; keys, region and endpoint are the environment's."""
        ends = [value for name, value in os.environ.items() if name.startswith("AWS_ENDPOINT")]
        plain = any(value.startswith("http://") for value in ends)
        options = {"allow_http": plain, "connect_timeout": "5s", "timeout": "120s"}
        return cls(
            protocol, client_options=options, retry_config=RETRIES, skip_instance_cache=True
        )

    async def _pipe_file(self, path: str, value: Any, mode: str = "", **options: Any) -> Any:
        bucket, name = self._split_path(path)
        suffix = PurePosixPath(name).suffix
        kind = MIME.get(suffix) or mimetypes.types_map.get(suffix) or "application/octet-stream"
        store = self._construct_store(bucket)
        return await store.put_async(name, value, attributes={"Content-Type": kind})
