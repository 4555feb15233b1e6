"""What the demo's company connects to: 36 connections of every type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid5

_NAMES = UUID("9a6f2d0c-5f0b-4a5e-b7b0-6a3d3f0a7e21")

# name|type|subtype|scripts|resource|team|environment|features|weight
# features: r = one-time review (r2: by both groups, re: by either), j = jit review,
# a = AI analysis, A = agentic AI analysis, g = guardrails, m = data masking,
# n = used by machines at night, c = credentials on loan, h = HTTP requests are analysed
_CONNECTIONS = """
orders-prod|database|postgres|postgres|orders-cluster|payments|prod|r2Agmc|9
orders-replica|database|postgres|postgres|orders-cluster|payments|prod|mnc|8
orders-staging|database|postgres|postgres|orders-staging|payments|staging|-|5
billing-prod|database|mysql|mysql|billing-db|payments|prod|ragmc|6
billing-staging|database|mysql|mysql|billing-staging|payments|staging|-|3
warehouse-prod|database|mssql|mssql|warehouse|data|prod|rgm|4
catalogue-prod|database|mongodb|mongodb|catalogue-rs0|catalogue|prod|ragn|5
catalogue-dev|database|mongodb|mongodb|catalogue-dev|catalogue|dev|-|2
ledger-prod|database|oracledb|oracle|ledger|finance|prod|r2gn|3
analytics-prod|database|postgres|postgres|analytics|data|prod|amnc|7
customer_pii_prod|database|postgres|postgres|customers|support|prod|r2Agmj|4
sessions-cache|custom||redis|redis-sessions|platform|prod|g|3
shop-api-prod|custom||bash|shop-api|platform|prod|reAgj|8
shop-api-staging|custom||bash|shop-api-staging|dev|staging|-|5
edge-prod|custom||bash|edge-proxy|sre|prod|rg|3
batch_runner_prod|custom||bash|batch-runner|platform|prod|nj|4
rails-console-prod|custom||rails|shop-web|support|prod|rAgm|4
tools-python|command-line|python|python|tools-python|data|dev|a|5
tools-node|command-line|nodejs|node|tools-node|catalogue|dev|-|2
price-model|command-line|python|python|price-model|data|prod|an|2
k8s-prod-eu|custom|kubernetes|kubernetes|prod-eu|sre|prod|ragj|7
k8s-prod-us|custom|kubernetes|kubernetes|prod-us|sre|prod|ragj|5
k8s-staging|custom|kubernetes|kubernetes|staging|dev|staging|-|4
aws-prod|custom|aws-cli|aws|aws-prod|platform|prod|rAg|4
terraform-prod|custom||terraform|terraform-prod|platform|prod|r2A|2
dynamo-carts|custom|dynamodb|dynamodb|carts|payments|prod|g|2
bastion-eu|application|ssh|ssh|bastion-eu|sre|prod|j|5
bastion-us|application|ssh|ssh|bastion-us|sre|prod|j|3
legacy-as400|application|tcp|tcp|as400|finance|prod|jc|1
grafana-prod|application|grafana|grafana|grafana|oncall|prod|-|3
kibana-prod|application|kibana|kibana|kibana|oncall|prod|-|2
internal-admin|application|httpproxy|http|internal-admin|support|prod|h|4
finance-desktop|custom|rdp|rdp|finance-desktop|finance|prod|j|1
ssm-fleet|custom|aws-ssm|ssm|ssm-fleet|sre|prod|j|1
mcp-github|application|mcpproxy|mcp|mcp-github|dev|prod|h|3
claude-code|httpproxy|claude-code|claude|claude-code|dev|prod|h|4
"""
_INTERACTIVE = ("ssh", "tcp", "http", "grafana", "kibana", "rdp", "ssm", "mcp", "claude")
DELETED = "orders-legacy-2019"


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection (role): `scripts` names the bank of scripts, `features` what guards it."""

    id: str
    name: str
    type: str
    subtype: str
    scripts: str
    resource: str
    team: str
    environment: str
    features: str
    weight: int

    @property
    def tags(self) -> dict[str, str]:
        found = {"environment": self.environment, "team": self.team}
        if "m" in self.features:
            found["pii"] = "yes"
        return found

    @property
    def interactive(self) -> bool:
        """Only connects make sense on it: an exec is refused and stays open for ever."""
        return self.scripts in _INTERACTIVE

    @property
    def review_groups(self) -> tuple[str, ...]:
        """Whose approval its access rule wants."""
        if "r" not in self.features and "j" not in self.features:
            return ()
        first = "dba" if self.type == "database" else "sre"
        return (first, "security") if {"2", "e"} & set(self.features) else (first,)

    @property
    def approvals(self) -> int:
        """How many of those groups have to approve."""
        return 1 if "e" in self.features else len(self.review_groups)


@cache
def connections() -> tuple[Connection, ...]:
    """All of them, in the order of the database; the last one is gone from the gateway's list."""
    found = []
    for line in _CONNECTIONS.strip().splitlines():
        name, kind, subtype, scripts, resource, team, environment, features, weight = line.split(
            "|"
        )
        found.append(
            Connection(
                id=str(uuid5(_NAMES, name)),
                name=name,
                type=kind,
                subtype=subtype,
                scripts=scripts,
                resource=resource,
                team=team,
                environment=environment,
                features=features,
                weight=int(weight),
            )
        )
    found.append(
        Connection(
            id=str(uuid5(_NAMES, DELETED)),
            name=DELETED,
            type="database",
            subtype="postgres",
            scripts="postgres",
            resource="",
            team="payments",
            environment="prod",
            features="",
            weight=1,
        )
    )
    return tuple(found)


@cache
def connection_position(name: str) -> int:
    """Position in `connections()`.

    Raises:
        ValueError: no connection is called that.
    """
    for index, connection in enumerate(connections()):
        if connection.name == name:
            return index
    raise ValueError(f"no connection is called {name!r} in the demo")
