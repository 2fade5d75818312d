"""A CDK app, synthesized to the folder that the first argument names.

    cdk_app.py OUT                     a nested stack in each stack
    cdk_app.py OUT flat|nested FOLDER  with the recipe of FOLDER, without or with nested stacks

A Fargate service behind a load balancer, a nested stack with another task, a stack without a task
definition, and two stages with the same.
"""

import sys

from aws_cdk import App, Environment, NestedStack, Stack, Stage
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_ecs_patterns as patterns

out, form, folder = (sys.argv[1:] + ["nested", ""])[:3]
image = ecs.ContainerImage.from_registry("public.ecr.aws/nginx/nginx:1.27")


class Shop(Stack):
    def __init__(self, scope, name, **arguments):
        super().__init__(scope, name, **arguments)
        vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=0)
        patterns.ApplicationLoadBalancedFargateService(
            self, "Web", vpc=vpc, cpu=512, memory_limit_mib=1024,
            task_image_options=patterns.ApplicationLoadBalancedTaskImageOptions(
                image=image, container_port=8080))
        if form == "nested":
            inner = NestedStack(self, "Inner")
            task = ecs.FargateTaskDefinition(inner, "Orders", cpu=512, memory_limit_mib=1024)
            task.add_container(
                "app", image=image, port_mappings=[ecs.PortMapping(container_port=9090)])


app = App(outdir=out)
Shop(app, "Shop")
ec2.Vpc(Stack(app, "Network"), "Vpc", max_azs=2)
for name in "Beta", "Live":
    Shop(Stage(app, name, env=Environment(region="eu-west-1")), "Shop")
if folder:
    sys.path.insert(0, folder)
    from recipe import inject_envoy
    inject_envoy(app)
else:
    app.synth()
