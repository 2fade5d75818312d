import AppMesh
import LosslessJSON
import ServiceConnect
import Testing

/// Each loss, and the configurations.
struct ServiceConnectTests {
  @Test(arguments: LossCase.all)
  func everyLossIsReported(row: LossCase) throws {
    var mesh = LossCase.mesh
    row.change(&mesh)
    let plan = ServiceConnectPlan(mesh, defaults: row.defaults)
    let losses = plan.losses.filter { $0.code == row.code }
    #expect(!losses.isEmpty, "\(plan.losses.map(\.code))")
    for loss in losses {
      #expect(loss.level == row.level)
      #expect(loss.problem.text.holes.isEmpty && loss.problem.fix.holes.isEmpty)
    }
    #expect(plan.services.filter { !$0.canMove }.map(\.virtualNode) == row.stays)
    #expect(plan.losses.count { $0.level == .error } == (row.level == .error ? losses.count : 0))
  }

  @Test func everyKindHasACase() {
    #expect(
      Set(LossCase.all.map(\.code)) == Set(ServiceConnectPlan.kinds.map(\.rule.code)))
    let codes = (ServiceConnectPlan.kinds.map(\.rule) + MeshRules.all).map(\.code)
    #expect(Set(codes).count == codes.count)
  }

  @Test func configurationsAreReady() throws {
    var mesh = LossCase.mesh
    mesh.virtualRouters[0].routes[0].timeout = RequestTimeout(perRequest: .zero, idle: .seconds(9))
    mesh.virtualNodes[0].listeners[0].tls = ListenerTLS(
      mode: .strict, certificate: .acm(certificateARN: "c"))
    mesh.virtualNodes[1].backendDefaults = ClientPolicy(
      tls: ClientPolicyTLS(
        validation: TLSValidation(trust: .acm(certificateAuthorityARNs: ["arn:ca"]))))
    let plan = ServiceConnectPlan(mesh)
    #expect(plan.namespace == "m.local")
    #expect(
      plan.services[0].configuration == [
        "enabled": true, "namespace": "m.local",
        "services": [
          [
            "portName": "back-8080", "discoveryName": "back-sc",
            "clientAliases": [["port": 80, "dnsName": "back.m.local"]],
            "timeout": ["perRequestTimeoutSeconds": 0],
            "tls": ["issuerCertificateAuthority": ["awsPcaAuthorityArn": "arn:ca"]],
          ]
        ],
      ])
    #expect(
      plan.services[0].portMappings == [
        ["name": "back-8080", "containerPort": 8080, "appProtocol": "http"]
      ])
  }

  @Test func ofTCPNoProtocolIsNamed() {
    var mesh = LossCase.mesh
    mesh.virtualNodes[1].listeners[0].portMapping.protocol = .tcp
    let plan = ServiceConnectPlan(mesh)
    #expect(
      plan.services[1].portMappings == [["name": "front-8080", "containerPort": 8080]])
    #expect(!plan.losses.contains { $0.level == .error })
  }
}
