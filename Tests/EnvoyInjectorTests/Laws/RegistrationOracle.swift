import Foundation
import Surroundings

/// Checks documents with botocore's model of RegisterTaskDefinition, as the AWS CLI does before it calls ECS.
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

  static let isAvailable = (try? Python.run("import botocore.session", input: "")) != nil

  /// Runs one process for all documents.
  ///
  /// - Returns: the problems of each document, or an empty text if it has none.
  static func problems(of documents: [[UInt8]]) throws -> [String] {
    let encoder = JSONEncoder()
    let lines = try documents.map { document in
      let text = String(decoding: document, as: UTF8.self)
      return String(decoding: try encoder.encode(text), as: UTF8.self) + "\n"
    }
    return try Python.run(program, input: lines.joined()).split(separator: "\n")
      .map { try JSONDecoder().decode(String.self, from: Data($0.utf8)) }
  }
}
