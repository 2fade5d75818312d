import AppMesh
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// What becomes of a mesh that App Mesh ran.
extension Rule {
  static let noVirtualNode = error(
    "no-virtual-node",
    "nothing says for which virtual node of the mesh the task's Envoy stands",
    fix: "name the node with \(.node), or with the label \(Mark.prefix)node on a container")
  static let otherMesh = error(
    "other-mesh", "the task's Envoy stands for a node of another mesh than the files describe",
    fix: "give that mesh's files, or name a node of this one with \(.node)")
  static let noListener = error(
    "no-listener",
    "the virtual node has no listener for a port, so Envoy would close its connections",
    fix: "name only ports of its listeners with \(.appPort)")
  static let portPastEnvoy = warning(
    "port-past-envoy",
    "the virtual node has no listener for a port of the application, so its traffic goes past "
      + "Envoy",
    fix: "add a listener to the virtual node's description if Envoy should serve the port")
}
