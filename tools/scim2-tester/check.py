"""Asks a SCIM server everything that scim2-tester knows to ask, and prints what it found as one line of JSON."""

import json
import os

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server


def told(result):
    return {
        "status": result.status.name,
        "title": result.title,
        "resourceType": result.resource_type,
        "reason": result.reason,
        "data": None if result.data is None else str(result.data)[:2000],
    }


def main():
    headers = {"Authorization": f"Bearer {os.environ['SCIM_TOKEN']}"}
    with Client(base_url=os.environ["SCIM_URL"], headers=headers, timeout=60) as client:
        print(json.dumps([told(result) for result in check_server(SyncSCIMClient(client))]))


main()
