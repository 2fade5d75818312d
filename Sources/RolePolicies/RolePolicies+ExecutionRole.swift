import TaskDefinitions

extension RolePolicies {
  /// Permissions for private registries. public.ecr.aws and Docker Hub need none.
  package static func images(_ added: [AddedContainer]) -> [PolicyStatement] {
    let arns = unique(added.compactMap { PrivateImage($0.image) }.map { TemplateText($0.arn) })
    guard !arns.isEmpty else { return [] }
    return [
      PolicyStatement("LogInToImageRegistry", ["ecr:GetAuthorizationToken"], on: ["*"]),
      PolicyStatement(
        "PullImages",
        [
          "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
        ], on: arns),
    ]
  }

  package static func logStreams(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    statement(
      "WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"],
      on: added.compactMap(\.logGroup).map { $0.streams(context) })
  }

  /// The permission to create log groups. AWS's managed execution policy does not include it, so tasks with
  /// awslogs-create-group do not start with that policy alone.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html>
  package static func logGroups(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    let groups = added.compactMap(\.logGroup).filter(\.isMade)
    return statement(
      "CreateLogGroup", ["logs:CreateLogGroup"],
      on: groups.flatMap { group in ["", ":*"].map { group.arn($0, context) } })
  }

  package static func secrets(_ added: [AddedContainer], _ context: AccountContext)
    -> PolicyStatement?
  {
    let secrets = added.flatMap(\.secrets).filter(\.isSecretsManager)
    return statement(
      "ReadSecrets", ["secretsmanager:GetSecretValue"],
      on: secrets.map { context.arn("secretsmanager", $0.resource) })
  }

  package static func parameters(
    _ added: [AddedContainer], _ context: AccountContext
  ) -> PolicyStatement? {
    let parameters = added.flatMap(\.secrets).filter { !$0.isSecretsManager }
    return statement(
      "ReadParameters", ["ssm:GetParameters"],
      on: parameters.map { context.arn("ssm", $0.resource) })
  }

  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html>
  package static func environmentFiles(_ added: [AddedContainer]) -> [PolicyStatement] {
    let files = added.flatMap(\.environmentFiles)
    return [
      statement("ReadEnvironmentFiles", ["s3:GetObject"], on: files),
      statement(
        "FindEnvironmentFiles", ["s3:GetBucketLocation"],
        on: files.compactMap { $0.split(by: "/").first }),
    ].compactMap { $0 }
  }

  private static func statement(
    _ sid: String, _ actions: [String], on resources: [TemplateText]
  ) -> PolicyStatement? {
    resources.isEmpty ? nil : PolicyStatement(sid, actions, on: unique(resources))
  }

  private static func unique(_ texts: [TemplateText]) -> [TemplateText] {
    var seen: Set<TemplateText> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
