"""A program for tests: record and sequence in a data folder while others do the same."""

import sys
from uuid import UUID


def main(count: int) -> None:
    import django  # noqa: PLC0415 - after the environment stands

    django.setup()
    from django.db import transaction  # noqa: PLC0415

    from safeconduct.audit import services  # noqa: PLC0415
    from safeconduct.kernel.actors import BY_RULE  # noqa: PLC0415

    for number in range(count):
        with transaction.atomic():
            services.record(BY_RULE, "case.received", UUID(int=number))
        services.sequence_pending()


if __name__ == "__main__":
    main(int(sys.argv[1]))
