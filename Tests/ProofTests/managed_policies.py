"""AWS's own policies, as moto has them, against what inject leaves out because of them.

    managed_policies.py list
    managed_policies.py check TEMPLATE

`list` prints the paths and names of policies that concern what injected tasks do. `check` takes an
injected template in which each role has one of them, and the role Bare none: what inject added to
that one and to no other must be allowed by the other's policy. Prints a line for each check and
exits 1 if one failed.
"""
import json
import re
import sys

from moto.iam.aws_managed_policies import aws_managed_policies_data

from concrete_calls import matches
from moto_parts import Checks

CONCERNED = ("AWSAppMesh|AWSXRay|AmazonEC2ContainerRegistry|AmazonECS|AmazonSSM(Full|Read)"
             "|CloudWatch(Agent|Full|Logs)|SecretsManagerReadWrite|AdministratorAccess$")
MANAGED = json.loads(aws_managed_policies_data)
check = Checks()


def listed(value):
    return value if isinstance(value, list) else [value]


def added(role):
    policies = role["Properties"].get("Policies", [])
    return {s["Sid"]: s for p in policies for s in p["PolicyDocument"]["Statement"]}


def allows(name, action):
    """Without conditions, and on everything."""
    return any(s["Effect"] == "Allow" and "Condition" not in s and "*" in listed(s["Resource"])
               and any(matches(a.lower(), action.lower()) for a in listed(s.get("Action", [])))
               for s in listed(MANAGED[name]["Document"]["Statement"]))


def prove(template):
    roles = {n: r for n, r in template["Resources"].items() if r["Type"] == "AWS::IAM::Role"}
    everything = added(roles.pop("Bare"))
    check("a role without policies gets all", len(everything) > 5, everything)
    left_out = 0
    for role in roles.values():
        name = role["Properties"]["ManagedPolicyArns"][0].rpartition("/")[2]
        for sid in everything.keys() - added(role).keys():
            left_out += 1
            denied = [a for a in everything[sid]["Action"] if not allows(name, a)]
            check(f"{name} allows what {sid} does", not denied, denied)
    check("something was left out", left_out)


if __name__ == "__main__":
    if sys.argv[1] == "list":
        for name, policy in MANAGED.items():
            if re.match(CONCERNED, name):
                print(policy.get("Path", "/").lstrip("/") + name)
    else:
        with open(sys.argv[2]) as file:
            prove(json.load(file))
        sys.exit(1 if check.failed else 0)
