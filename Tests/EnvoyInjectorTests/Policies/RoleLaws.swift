import LosslessJSON
import RolePolicies
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// The laws for the roles of every injected template.
struct RoleLaws {
  let options: InjectionOptions

  /// - Returns: the logical ids of the edited roles, or `nil` if the template is rejected.
  func check(_ input: [UInt8], _ name: String) throws -> Set<String>? {
    let injector = Injector(options)
    guard let injection = try? injector.inject(input) else { return nil }
    expectSame(try injector.inject(injection.output).output, injection.output, "\(name): again")
    let plain = try Injector.uninject(input).output
    expectSame(try Injector.uninject(injection.output).output, plain, "\(name): back")
    let edited = try expectOnlyPolicies(plain, injection.output, name)
    try expectOneTruth(injection.output, name)
    try expectAnyOrder(plain, name)
    return edited
  }

  /// Apart from task definitions, only the roles' lists of policies may grow.
  private func expectOnlyPolicies(
    _ input: [UInt8], _ output: [UInt8], _ name: String
  ) throws -> Set<String> {
    let before = try DocumentFormat.read(input)
    let after = try DocumentFormat.read(output)
    var edited: Set<String> = []
    for resource in TemplateResource.all(in: before) where resource.kind != .taskDefinition {
      let now = try #require(TemplateResource(named: resource.name, in: after), "\(name)")
      let (old, new) = (before.value(resource.node), after.value(now.node))
      if old == new { continue }
      #expect(resource.kind == .role, "\(name): \(resource.name) is no role")
      #expect(new.withoutOurPolicies == old, "\(name): \(resource.name)")
      edited.insert(resource.name)
    }
    for section in before.members(of: before.root) where section.name != "Resources" {
      let now = after.member(section.name, of: after.root).map(after.value)
      #expect(now == before.value(section.value), "\(name): \(section.name)")
    }
    return edited
  }

  /// The permissions that are added to a role are those that `policy` prints.
  private func expectOneTruth(_ output: [UInt8], _ name: String) throws {
    let document = try DocumentFormat.read(output)
    for place in TaskPlace.all(in: document) {
      let task = TaskDefinition(document, at: place)
      for role in RolePolicies(of: task, for: TakeBack.addedContainers(in: task)).roles {
        guard case .made(let id) = role.reference,
          let resource = TemplateResource(named: id, in: document),
          let list = resource.property(RoleProperty.policies, in: document)
        else { continue }
        let ours = document.value(list).array?.first {
          $0[RoleProperty.policyName]?.string == SharedPolicy.name
        }
        // If several tasks share the role, each needs a part of them.
        for statement in role.statements {
          let written = ours?[RoleProperty.policyDocument]?["Statement"]?.array?
            .first { $0["Action"] == statement.templateJSON["Action"] }
          let granted = GrantedPermissions(of: id, around: place, in: document)
          let resources = written?["Resource"]?.array ?? []
          #expect(
            granted.cover(statement)
              || statement.resources.map(\.value).allSatisfy(resources.contains),
            "\(name): \(id) lacks \(statement.sid)")
        }
      }
    }
  }

  /// Uninjects the task definitions one after another, from the last to the first, and injects each again.
  private func expectAnyOrder(_ input: [UInt8], _ name: String) throws {
    let resources = TaskPlace.all(in: try DocumentFormat.read(input))
      .compactMap(\.resource)
    guard resources.count > 1 else { return }
    var bytes = input
    for resource in resources.reversed() {
      var options = options
      options.resources = [resource]
      guard let output = try? Injector(options).inject(bytes).output else { return }
      bytes = output
    }
    for resource in resources {
      var options = options
      options.resources = [resource]
      let again = try Injector(options).inject(bytes).output
      expectSame(again, bytes, "\(name): \(resource) alone again")
    }
    expectSame(try Injector.uninject(bytes).output, input, "\(name): back from one by one")
  }
}

extension JSONValue {
  /// A role without the policies that this tool adds, and without a list that it created for them.
  fileprivate var withoutOurPolicies: JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(
      members.compactMap { member in
        switch member.name {
        case "Properties": return Member(member.name, member.value.withoutOurPolicies)
        case RoleProperty.policies:
          let all = member.value.array ?? []
          let others = all.filter {
            !SharedPolicy.isOurs($0[RoleProperty.policyName]?.string)
          }
          return others.isEmpty && !all.isEmpty ? nil : Member(member.name, .array(others))
        default: return member
        }
      })
  }
}
