"""Proves what `inject-envoy policy` prints.

    policies.py FOLDER

Every folder in FOLDER is a case: the output in each format (json, cli, cloudformation, terraform)
and `injected.json`, a document for each policy. Prints a line for each check and exits 1 if one
failed.
"""
import ast
import json
import os
import subprocess
import sys

import hcl2
from moto.iam.aws_managed_policies import aws_managed_policies_data

from concrete_calls import calls, matches
from moto_parts import Checks, aws

TRUSTED = {"Service": "ecs-tasks.amazonaws.com"}
MANAGED = json.loads(aws_managed_policies_data)
check = Checks()


def read(folder, name):
    with open(f"{folder}/{name}") as file:
        return file.read()


def values(text):
    """The JSON values that a text is made of."""
    decoder, found = json.JSONDecoder(), []
    while text := text.lstrip():
        value, end = decoder.raw_decode(text)
        found.append(value)
        text = text[end:]
    return found


def managed(name):
    actions = set()
    for statement in MANAGED[name]["Document"]["Statement"]:
        listed = statement["Action"]
        actions |= {listed} if isinstance(listed, str) else set(listed)
    return actions


def actions(policy, *sids):
    return {a for s in policy["Statement"] if not sids or s["Sid"] in sids for a in s["Action"]}


def compare_with_managed(name, policies):
    """Never wider than AWS's own policy, and nothing missing."""
    pairs = [(("EnvoyReadsItsConfiguration",), "AWSAppMeshEnvoyAccess"),
             (("TracingDaemonSendsTraces",), "AWSXRayDaemonWriteAccess"),
             (("LogInToImageRegistry", "PullImages"), "AmazonECSTaskExecutionRolePolicy"),
             (("WriteLogs",), "AmazonECSTaskExecutionRolePolicy")]
    for policy in policies:
        for sids, other in pairs:
            ours = actions(policy, *sids)
            services = {a.partition(":")[0] for a in ours}
            theirs = {a for a in managed(other) if a.partition(":")[0] in services}
            check(f"{name}: {' and '.join(sids)} as in {other}", ours == theirs, (ours, theirs))


def least_privilege(name, roles, injected):
    """What ECS and Envoy do is allowed, the same on a neighbour is not, and nothing else is."""
    used = set()
    for role, action, resource, neighbours in calls(injected):
        policy = roles.get(role, {"Statement": []})
        used.add((role, action))
        check(f"{name}: {role} may {action} on {resource}", allows(policy, action, resource), policy)
        for neighbour in neighbours:
            check(f"{name}: {role} may not {action} on {neighbour}",
                  not allows(policy, action, neighbour), policy)
    granted = {(role, a) for role in roles if role.endswith("Role") for a in actions(roles[role])
               if not a.startswith("acm")}
    check(f"{name}: every action is used", granted == used, granted ^ used)


def allows(policy, action, resource):
    return any(action in s["Action"] and any(matches(r, resource) for r in s["Resource"])
               for s in policy["Statement"])


def accepted(name, iam, policies):
    for index, policy in enumerate(policies):
        try:
            iam.create_policy(PolicyName=f"{name}-{index}", PolicyDocument=json.dumps(policy))
            check(f"{name}: IAM takes policy {index}", True)
        except iam.exceptions.ClientError as error:
            check(f"{name}: IAM takes policy {index}", False, error)


def documents(iam, role):
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    found = [iam.get_role_policy(RoleName=role, PolicyName=n)["PolicyDocument"] for n in names]
    # Moto's CloudFormation gives its IAM the documents as Python writes them.
    return [ast.literal_eval(d) if isinstance(d, str) else d for d in found]


def same(left, right):
    key = lambda policy: json.dumps(policy, sort_keys=True)
    return sorted(map(key, left)) == sorted(map(key, right))


def role_names(injected):
    arns = [task.get(f"{kind}RoleArn") for task in injected for kind in ("task", "execution")]
    return {arn.rpartition("/")[2] for arn in arns if arn}


def commands(name, iam, folder, policies, injected):
    for role in role_names(injected):
        iam.create_role(RoleName=role, AssumeRolePolicyDocument="{}")
    done = subprocess.run(["sh", "-e", f"{folder}/cli"], capture_output=True, text=True)
    check(f"{name}: sh runs the commands", done.returncode == 0, done.stdout + done.stderr)
    roles = iam.list_roles()["Roles"]
    found = [document for role in roles for document in documents(iam, role["RoleName"])]
    check(f"{name}: the roles have the policies", same(found, policies), found)
    made = [r for r in roles if r["RoleName"] not in role_names(injected)]
    trusted = [s["Principal"] for r in made for s in r["AssumeRolePolicyDocument"]["Statement"]]
    check(f"{name}: tasks take new roles on", all(t == TRUSTED for t in trusted), trusted)
    remove(iam)


def remove(iam):
    for role in iam.list_roles()["Roles"]:
        for policy in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]:
            iam.delete_role_policy(RoleName=role["RoleName"], PolicyName=policy)
        iam.delete_role(RoleName=role["RoleName"])


def lint(templates):
    # I3042 wants pseudo parameters, but the task definition names its partition and account.
    done = subprocess.run(["cfn-lint", "--include-checks", "I", "--ignore-checks", "I3042", "--",
                           *templates], capture_output=True, text=True)
    check("cfn-lint has nothing to say", done.returncode == 0 and not done.stdout,
          done.stdout + done.stderr)


def template(name, client, folder, policies, injected):
    text = read(folder, "cloudformation")
    resources = json.loads(text)["Resources"].values()
    inline = [p for r in resources for p in r.get("Properties", {}).get("Policies", [])]
    inline += [r["Properties"] for r in resources if r["Type"] == "AWS::IAM::Policy"]
    found = [p["PolicyDocument"] for p in inline]
    check(f"{name}: the template has the policies", same(found, policies), found)
    formation, iam = client("cloudformation"), client("iam")
    for role in role_names(injected):
        iam.create_role(RoleName=role, AssumeRolePolicyDocument="{}")
    formation.create_stack(StackName=name, TemplateBody=text, Capabilities=["CAPABILITY_IAM"])
    stack = formation.describe_stacks(StackName=name)["Stacks"][0]
    check(f"{name}: the stack is made", stack["StackStatus"] == "CREATE_COMPLETE", stack)
    found = [d for role in iam.list_roles()["Roles"] for d in documents(iam, role["RoleName"])]
    check(f"{name}: the roles of the stack have the policies", same(found, policies), found)
    made = [r for r in resources if r["Type"] == "AWS::IAM::Role"]
    check(f"{name}: and tell their ARNs", len(stack.get("Outputs", [])) == len(made), stack)
    formation.delete_stack(StackName=name)
    remove(iam)


def terraform(name, folder, policies):
    text = read(folder, "terraform")
    resources = hcl2.loads(text).get("resource", [])
    kinds = [kind.strip('"') for resource in resources for kind in resource]
    check(f"{name}: HCL has the policies", kinds.count("aws_iam_role_policy") == len(policies), kinds)
    found = [jsonencoded(part) for part in text.split("policy = jsonencode(")[1:]]
    ours = [p for p in found if "Principal" not in p["Statement"][0]]
    trust = [p["Statement"][0]["Principal"] for p in found if "Principal" in p["Statement"][0]]
    check(f"{name}: and they are the same", same(ours, policies), ours)
    check(f"{name}: tasks take new roles on",
          trust == [TRUSTED] * kinds.count("aws_iam_role"), trust)


def jsonencoded(text):
    """The object at the beginning of a text."""
    end = text.index("\n  })") + len("\n  }")
    options = hcl2.SerializationOptions(strip_string_quotes=True)
    return plain(hcl2.loads(f"value = {text[:end]}\n", serialization_options=options)["value"])


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if not k.startswith("__")}
    return [plain(v) for v in value] if isinstance(value, list) else value


def prove(name, folder, client):
    roles, injected = values(read(folder, "json")), values(read(folder, "injected.json"))
    policies = [p for task in roles for kind, p in task.items() if kind.endswith("Role")]
    iam = client("iam")
    check(f"{name}: a policy for each document", len(roles) == len(injected), roles)
    accepted(name, iam, policies)
    for task, document in zip(roles, injected):
        least_privilege(name, task, document)
    compare_with_managed(name, [{"Statement": [s for p in policies for s in p["Statement"]]}]
                         if name == "everything" else [])
    commands(name, iam, folder, policies, injected)
    template(name, client, folder, policies, injected)
    terraform(name, folder, policies)


if __name__ == "__main__":
    with aws() as client:
        names = sorted(os.listdir(sys.argv[1]))
        lint([f"{sys.argv[1]}/{name}/cloudformation" for name in names])
        for name in names:
            prove(name, f"{sys.argv[1]}/{name}", client)
    sys.exit(1 if check.failed else 0)
