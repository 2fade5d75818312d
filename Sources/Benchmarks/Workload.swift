import Glibc
import LosslessJSON

/// The inputs, which are generated deterministically.
struct Workload {
  /// One task definition of 4 KB.
  let document = "Sources/Benchmarks/document.json"
  /// Copies of it, one per line, with different families.
  let stream: String
  let streamCount = 10_000
  /// Two streams that differ by 100 documents, so that the cost of one document can be derived.
  let shortStream: String
  let longStream: String
  static let streamDifference = 100
  /// A CloudFormation template of 40 MB in which one resource in 20 is a task definition.
  let template: String
  static let templateBytes = 40_000_000
  /// A smaller template, for which counting instructions takes seconds.
  let smallTemplate: String
  /// The description of a mesh in which each node calls the next one through a router.
  let mesh: String
  static let meshCount = 1000

  init(folder: String) throws {
    let line = try Self.read(document).oneLine
    stream = try Self.stream("\(folder)/stream.ndjson", of: line, streamCount)
    shortStream = try Self.stream("\(folder)/short.ndjson", of: line, 100)
    longStream = try Self.stream(
      "\(folder)/long.ndjson", of: line, 100 + Self.streamDifference)
    template = try Self.template("\(folder)/template.json", bytes: Self.templateBytes)
    smallTemplate = try Self.template("\(folder)/small.json", bytes: 400_000)
    mesh = try Self.mesh("\(folder)/mesh.json", Self.meshCount)
  }

  private static func mesh(_ path: String, _ count: Int) throws -> String {
    try write(path) { print in
      for number in 0..<count {
        print(
          """
          {"meshName": "m", "virtualNodeName": "n\(number)", "spec": {"listeners": [{"portMapping":
            {"port": 80, "protocol": "http"}}], "backends": [{"virtualService":
            {"virtualServiceName": "s\((number + 1) % count).local"}}], "serviceDiscovery":
            {"awsCloudMap": {"serviceName": "n\(number)", "namespaceName": "x.local"}}}}
          {"meshName": "m", "virtualServiceName": "s\(number).local", "spec": {"provider":
            {"virtualRouter": {"virtualRouterName": "r\(number)"}}}}
          {"meshName": "m", "virtualRouterName": "r\(number)", "spec": {"listeners": [{"portMapping":
            {"port": 80, "protocol": "http"}}]}}
          {"meshName": "m", "virtualRouterName": "r\(number)", "routeName": "a", "spec": {"httpRoute":
            {"match": {"prefix": "/"}, "action": {"weightedTargets":
            [{"virtualNode": "n\(number)", "weight": 1}]}}}}

          """)
      }
    }
  }

  private static func stream(_ path: String, of line: String, _ count: Int) throws -> String {
    // The family is the first member.
    let rest = line.dropFirst(#"{"family":"web"#.count)
    return try write(path) { print in
      for number in 1...count { print("{\"family\":\"web-\(number)\(rest)\n") }
    }
  }

  private static func template(_ path: String, bytes size: Int) throws -> String {
    try write(path) { print in
      print("{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {")
      var (number, written) = (0, 0)
      while written < size {
        let resource = number.isMultiple(of: 20) ? taskDefinition(number) : alarm(number)
        print((number > 0 ? "," : "") + resource)
        written += resource.utf8.count
        number += 1
      }
      print("\n  }\n}\n")
    }
  }

  private static func alarm(_ number: Int) -> String {
    """

        "Alarm\(number)": {
          "Type": "AWS::CloudWatch::Alarm",
          "Properties": {
            "AlarmName": { "Fn::Sub": "${AWS::StackName}-queue-\(number)-age" },
            "AlarmDescription": "The oldest message of queue \(number) waits too long",
            "Namespace": "AWS/SQS",
            "MetricName": "ApproximateAgeOfOldestMessage",
            "Dimensions": [
              { "Name": "QueueName", "Value": { "Fn::GetAtt": ["Queue\(number)", "QueueName"] } }
            ],
            "Statistic": "Maximum",
            "Period": 60,
            "EvaluationPeriods": 5,
            "Threshold": 300,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{ "Ref": "Topic" }]
          }
        }
    """
  }

  private static func taskDefinition(_ number: Int) -> String {
    """

        "Task\(number)": {
          "Type": "AWS::ECS::TaskDefinition",
          "Properties": {
            "Family": "service-\(number)",
            "NetworkMode": "awsvpc",
            "RequiresCompatibilities": ["FARGATE"],
            "Cpu": "512",
            "Memory": "1024",
            "TaskRoleArn": { "Fn::GetAtt": ["TaskRole", "Arn"] },
            "ExecutionRoleArn": { "Fn::GetAtt": ["ExecutionRole", "Arn"] },
            "ContainerDefinitions": [
              {
                "Name": "service",
                "Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/service:\(number)",
                "Essential": true,
                "PortMappings": [{ "ContainerPort": 8080, "Protocol": "tcp" }],
                "Environment": [{ "Name": "QUEUE", "Value": { "Ref": "Queue\(number)" } }],
                "LogConfiguration": {
                  "LogDriver": "awslogs",
                  "Options": {
                    "awslogs-group": "/ecs/service-\(number)",
                    "awslogs-region": "eu-west-1",
                    "awslogs-stream-prefix": "service"
                  }
                }
              }
            ]
          }
        }
    """
  }
}

extension Workload {
  /// The size of a file in bytes.
  static func size(of path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure(text: "\(path) can't be read") }
    return Int(status.st_size)
  }

  static func read(_ path: String) throws -> Document {
    guard let file = fopen(path, "r") else { throw Failure(text: "\(path) can't be read") }
    defer { fclose(file) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65536))
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    return try Document(bytes)
  }

  /// Writes in chunks. Linux counts the parent's memory in the peak of a new process, so the benchmark
  /// must stay small.
  private static func write(
    _ path: String, _ print: (_ print: (String) -> Void) -> Void
  ) throws -> String {
    guard let file = fopen(path, "w") else { throw Failure(text: "\(path) can't be written") }
    print { fputs($0, file) }
    guard fclose(file) == 0 else { throw Failure(text: "\(path) can't be written whole") }
    return path
  }
}

extension Document {
  fileprivate var oneLine: String {
    String(decoding: reprinted(.compact).dropLast(), as: UTF8.self)
  }
}
