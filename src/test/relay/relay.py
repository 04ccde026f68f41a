"""Plays a Relay with the Rust code of Relay, through its Python interface. RelayLibraryIT says what each command is for."""

import json
import sys
import urllib.error
import urllib.request

import sentry_relay


def keys():
    secret, public = sentry_relay.generate_key_pair()
    print(json.dumps({"secret": str(secret), "public": str(public)}))


def post(base, relay, path, message, expected=200):
    body, signature = relay["key"].pack(message)
    request = urllib.request.Request(base + "/api/0/relays/" + path, data=body, method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("X-Sentry-Relay-Id", relay["id"])
    request.add_header("X-Sentry-Relay-Signature", signature)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        status, text = refused.code, refused.read()
    assert status == expected, (path, status, text)
    return json.loads(text)


def normal(config):
    """What Relay makes of a config; fails if Relay cannot read it, or drops a member, or changes one."""
    read = sentry_relay.normalize_project_config(config)
    lost = difference(config, read)
    assert not lost, (lost, config, read)


def difference(sent, read, place="config"):
    if isinstance(sent, dict) and isinstance(read, dict):
        return [
            fault
            for name, value in sent.items()
            for fault in (difference(value, read[name], place + "." + name) if name in read else [place + "." + name])
        ]
    if isinstance(sent, list) and isinstance(read, list) and len(sent) == len(read):
        return [
            fault
            for index, value in enumerate(sent)
            for fault in difference(value, read[index], "%s[%d]" % (place, index))
        ]
    return [] if sent == read else [place]


def life(base, relay_id, secret, public, *public_keys):
    relay = {"id": relay_id, "key": sentry_relay.SecretKey.parse(secret)}
    challenge = post(
        base, relay, "register/challenge/", {"relay_id": relay_id, "public_key": public, "version": "26.10.0"}
    )
    answer = {"relay_id": relay_id, "token": challenge["token"], "version": "26.10.0"}
    assert post(base, relay, "register/response/", answer)["relay_id"] == relay_id
    assert post(base, relay, "publickeys/", {"relay_ids": [relay_id]})["public_keys"] == {relay_id: public}

    wanted = {"publicKeys": list(public_keys), "revisions": [None] * len(public_keys), "fullConfig": True, "noCache": False}
    configs = post(base, relay, "projectconfigs/?version=3", wanted)["configs"]
    assert sorted(configs) == sorted(public_keys), configs
    for key, config in configs.items():
        assert config["disabled"] is False and config["publicKeys"][0]["publicKey"] == key, config
        normal(config["config"])

    wanted["revisions"] = [configs[key]["rev"] for key in public_keys]
    again = post(base, relay, "projectconfigs/?version=3", wanted)
    assert sorted(again["unchanged"]) == sorted(public_keys) and not again["configs"], again

    world = post(base, relay, "projectconfigs/?version=3", {"global": True, "publicKeys": []})
    assert world["global_status"] == "ready", world
    sentry_relay.normalize_global_config(world["global"])

    stranger = {"id": relay_id, "key": sentry_relay.generate_key_pair()[0]}
    post(base, stranger, "projectids/", {"publicKeys": []}, 401)
    print(len(configs))


def read(path):
    """Reads the config of each line of a file."""
    number = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            for answer in json.loads(line)["configs"].values():
                if not answer["disabled"]:
                    normal(answer["config"])
                    number += 1
    print(number)


def verify(public, body, signature):
    """Verifies a signature that another implementation made."""
    sentry_relay.PublicKey.parse(public).unpack(body.encode(), signature, max_age=300)
    print("good")


if __name__ == "__main__":
    {"keys": keys, "life": life, "read": read, "verify": verify}[sys.argv[1]](*sys.argv[2:])
