"""Creates three organizations with all objects that a path can name, through the API, and prints the values for schemathesis.toml.

prepare.py BASE_URL OPERATOR_TOKEN AUTH_FILE: writes the credentials to AUTH_FILE, and NAME=VALUE lines to standard output.
"""

import json
import sys
import urllib.request

BASE, OPERATOR, AUTH_FILE = sys.argv[1:4]
SCOPES = ["org:admin", "team:admin", "project:admin", "org:read", "org:write", "team:read", "team:write", "project:read", "project:write"]


def call(method, path, body=None, token=OPERATOR):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{BASE}/api/0/{path}", data, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or "null")


def project(organization):
    name = f"teams/{organization}/contract/projects/"
    return call("POST", name, {"name": "Contract", "platform": "java"})["id"]


def tenant():
    """Returns numeric ids, because a request may rename each object."""
    organization = call("POST", "organizations/", {"name": "Contract"})["id"]
    team = call("POST", f"organizations/{organization}/teams/", {"slug": "contract"})["id"]
    made = project(organization)
    keys = f"organizations/{organization}/api-keys/"
    token = call("POST", keys, {"label": "caller", "scope_list": SCOPES})["key"]
    return {
        "ORGANIZATION": organization,
        "TEAM": team,
        "PROJECT": made,
        "KEY": call("POST", f"projects/{organization}/{made}/keys/", {})["id"],
        "API_KEY": call("POST", keys, {"label": "other", "scope_list": ["org:read"]})["id"],
        "HASH": call("GET", "wizard/")["hash"],
    }, token


ids, token = tenant()
spare, other = tenant()
ids["LAST_ORGANIZATION"] = tenant()[0]["ORGANIZATION"]
users = {"caller": token, "other": other, "operator": OPERATOR}
auth = [{"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {value}"}]} for name, value in users.items()]
with open(AUTH_FILE, "w", encoding="utf-8") as file:
    json.dump({"auth": auth}, file)
for name, value in ids.items():
    print(f"{name}={value}")
# Requests remove or change these objects, so that the others keep their credentials and paths.
for name, value in spare.items():
    print(f"SPARE_{name}={value}")
