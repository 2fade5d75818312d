"""Whose configuration each Envoy has (rows A)."""
import json

MEMBERS = {
    "gateway": "virtualGateway/ecsworkshop-vgw", "frontend": "virtualNode/frontend",
    "nodejs-1": "virtualNode/nodejs", "nodejs-2": "virtualNode/nodejs",
    "crystal": "virtualNode/crystal",
}


def rows(mesh):
    found = {task: json.loads(mesh.admin(task, "/server_info"))["node"]["id"] for task in MEMBERS}
    expected = {task: f"mesh/ecs-mesh/{member}" for task, member in MEMBERS.items()}
    mesh.check("A1 four templates are one mesh of three nodes and a gateway", found == expected,
               found)
