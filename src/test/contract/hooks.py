"""Rules of this service that a generator cannot know."""

import itertools
import re

import schemathesis

END_OF_A_KEY = re.compile("/(keys|named-keys)/")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
USAGE_LIST = re.compile("/(key-usage|rejected-keys)/?$")
SLUGS = itertools.count(1)
KEYS = itertools.count(1)
IDEMPOTENCY_KEY = "Idempotency-Key"
VALID_KEY = re.compile("[!-~]{1,128}")


@schemathesis.hook
def filter_case(context, case):
    """In a form every value is a text. So a number instead of a text breaks no rule, although the schema says text."""
    return case.media_type not in FORMS or not is_negative(case)


@schemathesis.hook
def before_call(context, case, kwargs):
    """The end of a client key lies ahead. A slug is unique, so a good request needs a free slug. The only ingest host that always exists is called default.
    The body of a named key repeats what the path and the stored key say, or leaves it out. An Idempotency-Key that was used
    already stands for an earlier request, so every valid key is a new one, also beside other faults of a request. The stats of a
    key have at most 1,000 points, and the cursors of the lists of usage hold a number and an id."""
    if case.headers and VALID_KEY.fullmatch(str(case.headers.get(IDEMPOTENCY_KEY, "")).strip()):
        case.headers[IDEMPOTENCY_KEY] = f"key-{next(KEYS)}"
    if isinstance(case.body, dict) and isinstance(case.body.get("slug"), str) and not is_negative(case):
        case.body["slug"] = f"slug-{next(SLUGS)}"
    for values in (case.body, case.query):
        if isinstance(values, dict) and isinstance(values.get("ingest"), str) and not is_negative(case):
            values["ingest"] = "default"
    if END_OF_A_KEY.search(case.path) and isinstance(case.body, dict) and not is_negative(case):
        if isinstance(case.body.get("dateExpires"), str):
            case.body["dateExpires"] = "2080-01-31T00:00:00Z"
    query = case.query if isinstance(case.query, dict) and not is_negative(case) else {}
    if case.path.rstrip("/").endswith("/stats"):
        query.pop("since", None)
        query.pop("until", None)
    if USAGE_LIST.search(case.path):
        query.pop("cursor", None)
    if "/named-keys/" in case.path and isinstance(case.body, dict) and not is_negative(case):
        for member in ("name", "public", "secret"):
            case.body.pop(member, None)


def is_negative(case):
    return case.meta is not None and case.meta.generation.mode.is_negative
