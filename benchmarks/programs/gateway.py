"""The demo gateway with a latency: SESSIONS SECONDS; ends when its standard input does."""

import sys

from hoopscope.demo.server import DemoGateway

with DemoGateway(sessions=int(sys.argv[1]), latency=float(sys.argv[2])) as gateway:
    print(f"HOOP_APIURL={gateway.url}\nHOOP_TOKEN={gateway.token}", flush=True)
    sys.stdin.read()
