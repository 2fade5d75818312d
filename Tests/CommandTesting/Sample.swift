import Foundation
import Surroundings

/// Task definitions and descriptions of meshes for tests.
public enum Sample {
  /// The description of a mesh `shop`: gateway `door`; nodes `web`, `orders-v1` and `orders-v2`.
  public static let shop = Folders.testdata.appendingPathComponent("meshes/shop.yaml").path

  /// The description of a mesh `bank`, whose members need the certificates that App Mesh provided: nodes
  /// `ledger`, `teller` and `vault`; gateway `front`.
  public static let bank = Folders.testdata.appendingPathComponent("meshes/bank.yaml").path

  /// The ARN of a virtual node.
  public static let node = "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/web"

  /// A task on Fargate with one application container on port 8080.
  public static let web = web(labels: [:])

  /// - Parameter labels: docker labels of the application container.
  public static func web(labels: KeyValuePairs<String, String>) -> String {
    let pairs = labels.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ", ")
    let member = pairs.isEmpty ? "" : "\n      \"dockerLabels\": {\(pairs)},"
    return """
      {
        "family": "web",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "1024",
        "taskRoleArn": "arn:aws:iam::111122223333:role/web",
        "executionRoleArn": "arn:aws:iam::111122223333:role/ecs",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "example.com/app:1",\(member)
            "memory": 512,
            "portMappings": [{"containerPort": 8080}],
            "logConfiguration": {
              "logDriver": "awslogs",
              "options": {
                "awslogs-group": "/ecs/web",
                "awslogs-region": "eu-west-1",
                "awslogs-stream-prefix": "app"
              }
            }
          }
        ]
      }

      """
  }

  /// A task with two application containers, `app` on port 8080 and `worker` on port 9090.
  public static let pair = web.replacing(
    "\n  ]\n}",
    with: """
      ,
          {
            "name": "worker",
            "image": "example.com/worker:1",
            "memory": 128,
            "portMappings": [{"containerPort": 9090}]
          }
        ]
      }
      """)
}
