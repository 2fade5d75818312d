package import LosslessJSON

/// The CPU and memory of a task, or the amounts that containers need.
package struct TaskSize: Hashable, Sendable, CustomStringConvertible {
  /// CPU units. One vCPU is 1024 units. `nil` if there is no limit.
  package var cpu: Int?
  /// Memory in MiB. `nil` if there is no limit.
  package var memory: Int?

  package init(cpu: Int? = nil, memory: Int? = nil) {
    self.cpu = cpu
    self.memory = memory
  }

  /// Whether an amount exceeds the corresponding limit of `size`.
  package func exceeds(_ size: TaskSize) -> Bool {
    (cpu ?? 0) > (size.cpu ?? .max) || (memory ?? 0) > (size.memory ?? .max)
  }

  /// The amounts that a template allows. `nil` for any amount.
  package struct Choices {
    package var cpu: [Int]?
    package var memory: [Int]?

    package init(cpu: [Int]? = nil, memory: [Int]? = nil) {
      self.cpu = cpu
      self.memory = memory
    }
  }

  /// The smallest legal size of at least this size and `needs`. `nil` if there is none.
  ///
  /// - Parameter choices: the amounts to choose from.
  package func raised(
    to needs: TaskSize, onFargate: Bool, among choices: Choices = Choices()
  ) -> TaskSize? {
    let cpu = cpu.map { max($0, needs.cpu ?? 0) }
    let memory = memory.map { max($0, needs.memory ?? 0) }
    guard onFargate else {
      let size = TaskSize(
        cpu: cpu.flatMap { Self.smallest(choices.cpu, of: $0) },
        memory: memory.flatMap { Self.smallest(choices.memory, of: $0) })
      return (cpu != nil && size.cpu == nil) || (memory != nil && size.memory == nil) ? nil : size
    }
    for pair in Self.fargate
    where pair.cpu >= cpu ?? 0 && choices.cpu?.contains(pair.cpu) != false {
      let fitting = pair.memory.first {
        $0 >= memory ?? 0 && choices.memory?.contains($0) != false
      }
      if let fitting { return TaskSize(cpu: pair.cpu, memory: fitting) }
    }
    return nil
  }

  /// The smallest choice that is not below an amount, which is itself the choice if there are no others.
  private static func smallest(_ choices: [Int]?, of amount: Int) -> Int? {
    guard let choices else { return amount }
    return choices.filter { $0 >= amount }.min()
  }

  /// Fargate's legal sizes: CPU units with the amounts of memory in MiB that can be combined with them.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
  package static let fargate: [(cpu: Int, memory: [Int])] = [
    (256, [512, 1024, 2048]),
    (512, Array(stride(from: 1024, through: 4096, by: 1024))),
    (1024, Array(stride(from: 2048, through: 8192, by: 1024))),
    (2048, Array(stride(from: 4096, through: 16384, by: 1024))),
    (4096, Array(stride(from: 8192, through: 30720, by: 1024))),
    (8192, Array(stride(from: 16384, through: 61440, by: 4096))),
    (16384, Array(stride(from: 32768, through: 122880, by: 8192))),
    (32768, [61440, 122880, 249856]),
  ]

  /// CPU units of `"256"`, `256`, `".25 vCPU"`; `nil` for anything else.
  package static func cpuUnits(_ value: JSONValue) -> Int? {
    amount(value, cpuFactors)
  }

  /// MiB of `"512"`, `512`, `"0.5GB"`, `"1 GB"`; `nil` for anything else.
  package static func mebibytes(_ value: JSONValue) -> Int? {
    amount(value, memoryFactors)
  }

  private static let cpuFactors = ["vcpu": 1024]
  private static let memoryFactors = ["gb": 1024, "mb": 1]

  private static func amount(_ value: JSONValue, _ factors: [String: Int]) -> Int? {
    if let number = value.integer { return number }
    guard let text = value.string else { return nil }
    return Int(text) ?? amount(text.lowercased(), factors)
  }

  private static func amount(_ text: String, _ factors: [String: Int]) -> Int? {
    for (unit, factor) in factors where text.hasSuffix(unit) {
      let number = text.dropLast(unit.utf8.count).filter { $0 != " " }
      guard let amount = Double(number.hasPrefix(".") ? "0" + number : number), amount > 0,
        amount < 1_000_000
      else { return nil }
      return Int((amount * Double(factor)).rounded())
    }
    return nil
  }

  package var description: String {
    let amounts = [(cpu ?? 0, "CPU units"), (memory ?? 0, "MiB")].filter { $0.0 > 0 }
    return amounts.map { "\($0.0) \($0.1)" }.joined(separator: " and ")
  }

  /// The size as members of a task definition.
  package var members: String {
    [cpu.map { #""cpu": "\#($0)""# }, memory.map { #""memory": "\#($0)""# }].compactMap { $0 }
      .joined(separator: ", ")
  }
}
