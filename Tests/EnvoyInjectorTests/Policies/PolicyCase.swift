import LosslessJSON
import RolePolicies
import TaskDefinitions

@testable import EnvoyInjector

/// A task definition with one variation, and the permissions that its roles need.
enum PolicyCase {
  static let account = "111122223333"
  static let node = "arn:aws:appmesh:eu-west-1:\(account):mesh/shop/virtualNode/web"

  /// - Parameters:
  /// - members: members of the task, each followed by a comma.
  /// - app: members of the application's container, each preceded by a comma.
  static func task(_ members: String = "", app: String = "", more: String = "") -> [UInt8] {
    Array(
      """
      {"family": "web", "networkMode": "awsvpc", \(members)
       "containerDefinitions": [{"name": "app", "image": "example.com/app:1"\(app)}\(more)]}
      """.utf8)
  }

  static func logs(_ options: String, driver: String = "awslogs", more: String = "") -> String {
    ", \"logConfiguration\": {\"logDriver\": \"\(driver)\", \"options\": {\(options)}\(more)}"
  }

  static func policies(
    _ task: [UInt8] = task(), _ options: InjectionOptions = InjectionOptions(),
    certificates: Certificates = Certificates()
  ) throws -> RolePolicies {
    try Injector(options).policies(for: task, certificates: certificates)
  }

  static func taskRole(
    _ task: [UInt8] = task(), _ options: InjectionOptions = InjectionOptions()
  ) throws -> [String] {
    try policies(task, options).taskStatements.map(line)
  }

  static func executionRole(
    _ task: [UInt8] = task(), _ options: InjectionOptions = InjectionOptions()
  ) throws -> [String] {
    try policies(task, options).executionStatements.map(line)
  }

  /// A statement as `Sid: service:Action, … on ARN, …`.
  static func line(_ statement: PolicyStatement) -> String {
    "\(statement.sid): \(statement.actions.joined(separator: ", ")) on "
      + statement.resources.map(\.pattern).joined(separator: ", ")
  }
}

extension InjectionOptions {
  static func appMesh(_ resource: String = PolicyCase.node) throws -> InjectionOptions {
    InjectionOptions(controlPlane: .appMesh(try AppMeshResource(resource)))
  }
}
