import CloudFormation
package import LosslessJSON

/// Who may take on the roles of a task: Amazon ECS, for the tasks of one account and region, so that
/// nobody can have ECS take on the role of another account.
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

  /// The policy document in a template, which knows where its stack is.
  package static let template = document(
    account: [Intrinsic.ref: .string(Intrinsic.account)],
    tasks: [
      Intrinsic.sub: "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*"
    ])

  /// The policy document where nothing tells the account and region.
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

  /// Both roles are taken on by ECS's tasks, in every partition.
  private static let statement: [JSONValue.Member] = [
    .init("Sid", "EcsTasksTakeThisRole"), .init("Effect", "Allow"),
    .init("Principal", ["Service": "ecs-tasks.amazonaws.com"]),
    .init("Action", "sts:AssumeRole"),
  ]
}
