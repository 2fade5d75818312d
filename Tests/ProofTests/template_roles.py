"""Proves what inject adds to the roles of templates.

    template_roles.py FOLDER

Every file in FOLDER is an injected template. Moto deploys it; then the roles must allow what ECS
and Envoy do for the task definitions of the stack, not the same on a neighbour, and what was added
nothing else. Prints a line for each check and exits 1 if one failed.
"""
import ast
import json
import os
import re
import sys

from cfnlint.decode import decode

# Of the calls that are to be allowed: moto reads it when it is imported.
from concrete_calls import ACCOUNT, calls, matches

os.environ["MOTO_ACCOUNT_ID"] = ACCOUNT

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.logs.models import LogGroup

from moto_parts import Checks, aws

# Moto leaves out what stands for the streams, and does not attach managed policies.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
LogGroup.get_cfn_attribute = lambda group, name: f"{group.arn}:*"
MANAGED = json.loads(aws_managed_policies_data)

OURS = "inject-envoy"
ROLES = {"taskRole": "TaskRoleArn", "executionRole": "ExecutionRoleArn"}
check = Checks()


def document(policy):
    # Moto's CloudFormation gives its IAM the documents as Python writes them.
    return ast.literal_eval(policy) if isinstance(policy, str) else policy


def statements(document):
    listed = document["Statement"]
    for statement in listed if isinstance(listed, list) else [listed]:
        yield [statement[k] if isinstance(statement.get(k), list) else [statement.get(k)]
               for k in ("Action", "Resource")]


def role_names(properties, physical):
    """The names of a task definition's roles, by kind: of those that the template makes."""
    return {kind: name for kind, member in ROLES.items() for logical, name in physical.items()
            if logical in json.dumps(properties.get(member))}


def policies(iam, role, properties):
    """(name, document) of everything that a role has."""
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        yield name, document(iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"])
    arns = json.dumps(properties.get("ManagedPolicyArns"))
    for name in re.findall(r":policy/(?:[\w-]+/)*([\w-]+)", arns):
        yield name, MANAGED[name]["Document"]


def allows(documents, action, resource):
    return any(any(matches(a, action) for a in actions) and any(matches(r, resource) for r in on)
               for each in documents for actions, on in statements(each))


def prove_task(name, task, roles, made):
    used = set()
    for kind, action, resource, neighbours in calls(task):
        if kind not in roles:
            continue
        used.add((roles[kind], action))
        everything = [d for _, d in made[roles[kind]]]
        ours = [d for n, d in made[roles[kind]] if n.startswith(OURS)]
        check(f"{name}: {kind} may {action} on {resource}", allows(everything, action, resource),
              everything)
        for neighbour in neighbours:
            check(f"{name}: nothing was added for {neighbour}",
                  not allows(ours, action, neighbour), ours)
    return used


def prove(path, client):
    name, formation, iam = os.path.basename(path), client("cloudformation"), client("iam")
    with open(path) as file:
        formation.create_stack(
            StackName="shop", TemplateBody=file.read(), Capabilities=["CAPABILITY_IAM"])
    made = formation.describe_stack_resources(StackName="shop")["StackResources"]
    physical = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in made}
    roles = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in made
             if r["ResourceType"] == "AWS::IAM::Role"}
    resources = decode(path)[0]["Resources"]
    granted = {role: list(policies(iam, role, resources[logical]["Properties"]))
               for logical, role in roles.items()}
    used = set()
    for logical, resource in resources.items():
        if resource["Type"] == "AWS::ECS::TaskDefinition":
            task = client("ecs").describe_task_definition(taskDefinition=physical[logical])
            names = role_names(resource["Properties"], roles)
            used |= prove_task(f"{name}: {logical}", task["taskDefinition"], names, granted)
    added = {(role, action) for role, each in granted.items() for policy, found in each
             if policy.startswith(OURS) for actions, _ in statements(found) for action in actions}
    check(f"{name}: something was added", added)
    check(f"{name}: every added action is used", added <= used, added - used)
    formation.delete_stack(StackName="shop")


if __name__ == "__main__":
    with aws() as client:
        for file in sorted(os.listdir(sys.argv[1])):
            prove(f"{sys.argv[1]}/{file}", client)
    sys.exit(1 if check.failed else 0)
