import CloudFormation
public import LosslessJSON

/// All kinds of problems that a mesh can have.
public enum MeshRules {
  /// Problems that suggest that the description is only a part of the mesh.
  public static let ofReading: [Rule] =
    MissingPart.rules + MeshAssembly.rules + [DefaultsInUse.rule]

  /// Problems of a mesh that was read. They are reported with the configurations.
  public static let ofMeshes: [Rule] =
    ofReading + EnvoyCompilation.rules
    + EgressCompiler.rules + GatewayHosts.rules + ListenerParts.rules + RetryAmplification.rules
    + ServiceCompiler.rules + EnvoyCompilation.liveRules
    + TargetCompiler.rules + TLSCompiler.rules

  /// Problems of descriptions that cannot be read.
  public static let ofDescriptions: [Rule] =
    MeshReader.rules + MeshFile.rules + Description.rules + TemplateSet.rules + TemplateScope.rules
    + ResourceAttributes.rules + UnresolvedValue.rules + ProblemLog.rules + ObjectReader.rules
    + SpecField.rules + SpecField.listenerRules + RequestMatch.rules + CollectedRules.all
    + MeshCompileError.rules

  public static let all: [Rule] = ofMeshes + ofDescriptions
}
