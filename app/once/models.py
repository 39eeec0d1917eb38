"""The receipt of a writing request: that it was done, and what was answered."""

import datetime as dt
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from sources.base import Base


class FormReceipt(Base):
    """A request that was taken in under the key it carried, so that a repetition has no effect.

    ``key`` is the SHA-256 of that key with whoever sent it, ``request_sha256`` that of what was
    asked; a row from before requests were compared has none. While what was asked is still being
    done outside the page's own transaction, there is no ``status``. ``answer`` can be opened only
    with the key itself, which is not kept, and not after ``forget_at``.
    """

    __tablename__ = "form_receipt"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    key: Mapped[str] = mapped_column(primary_key=True)
    actor: Mapped[str]
    path: Mapped[str]
    received_at: Mapped[dt.datetime]
    request_sha256: Mapped[str | None]
    status: Mapped[int | None]
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    forget_at: Mapped[dt.datetime | None]
