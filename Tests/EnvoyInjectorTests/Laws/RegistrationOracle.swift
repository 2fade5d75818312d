import Foundation
import Surroundings

/// Checks documents with botocore's model of RegisterTaskDefinition, as the AWS CLI does before it calls ECS, and
/// registers them with moto.
enum RegistrationOracle {
  private static let program = """
    import json, sys
    import botocore.session
    from botocore.validate import ParamValidator
    model = botocore.session.get_session().get_service_model("ecs")
    shape = model.operation_model("RegisterTaskDefinition").input_shape
    for line in sys.stdin:
        report = ParamValidator().validate(json.loads(json.loads(line)), shape)
        print(json.dumps(report.generate_report()), flush=True)
    """

  private static let registration = """
    import json, os, sys
    os.environ.update(
        AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="eu-west-1",
        AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    import boto3
    from moto import mock_aws

    def problem(task):
        if isinstance(task, list):
            task = {"family": "list", "containerDefinitions": task}
        try:
            for container in task["containerDefinitions"]:
                # For EC2, moto asks for memory also where ECS is content with memoryReservation.
                if container.get("memoryReservation"):
                    container.setdefault("memory", container["memoryReservation"])
            ecs.register_task_definition(**task)
        except Exception as error:
            return str(error) or repr(error)
        return ""

    with mock_aws():
        ecs = boto3.client("ecs")
        for line in sys.stdin:
            print(json.dumps(problem(json.loads(json.loads(line)))), flush=True)
    """

  static let isAvailable = (try? Python.run("import boto3, moto", input: "")) != nil

  /// The problems that botocore's model has with documents.
  ///
  /// - Returns: the problems of each document, or an empty text if it has none.
  static func problems(of documents: [[UInt8]]) throws -> [String] {
    try output(of: program, for: documents)
  }

  /// The first problem that botocore and moto have when they register a document, or a list of containers
  /// in a task.
  ///
  /// - Returns: the problem of each document, or an empty text if it has none.
  static func registrationProblems(of documents: [[UInt8]]) throws -> [String] {
    try output(of: registration, for: documents)
  }

  /// Runs one process for all documents.
  private static func output(of program: String, for documents: [[UInt8]]) throws -> [String] {
    let encoder = JSONEncoder()
    let lines = try documents.map { document in
      let text = String(decoding: document, as: UTF8.self)
      return String(decoding: try encoder.encode(text), as: UTF8.self) + "\n"
    }
    return try Python.run(program, input: lines.joined()).split(separator: "\n")
      .map { try JSONDecoder().decode(String.self, from: Data($0.utf8)) }
  }
}
