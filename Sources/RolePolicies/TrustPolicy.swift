import CloudFormation
package import LosslessJSON

/// The trust policy of a task's roles. Amazon ECS can assume them only for tasks of one account and
/// region, so that other accounts cannot make ECS assume them.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>
package struct TrustPolicy: Hashable, Sendable {
  package let account: String
  package let region: String
  package let partition: String

  /// The policy document.
  package var document: JSONValue {
    Self.document(
      account: .string(account), tasks: .string("arn:\(partition):ecs:\(region):\(account):*"))
  }

  /// The policy document in a template, with the pseudo parameters of the stack.
  package static let template = document(
    account: [Intrinsic.ref: .string(Intrinsic.account)],
    tasks: [
      Intrinsic.sub: "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*"
    ])

  /// The policy document if the account or the region is unknown.
  package static let anyAccount = JSONValue.policy([.object(statement)])

  private static func document(account: JSONValue, tasks: JSONValue) -> JSONValue {
    .policy([
      .object(
        statement + [
          JSONValue.Member(
            "Condition",
            [
              "StringEquals": ["aws:SourceAccount": account],
              "ArnLike": ["aws:SourceArn": tasks],
            ])
        ])
    ])
  }

  /// The service `ecs-tasks.amazonaws.com` assumes both roles, in every partition.
  private static let statement: [JSONValue.Member] = [
    .init("Sid", "EcsTasksTakeThisRole"), .init("Effect", "Allow"),
    .init("Principal", ["Service": "ecs-tasks.amazonaws.com"]),
    .init("Action", "sts:AssumeRole"),
  ]
}
