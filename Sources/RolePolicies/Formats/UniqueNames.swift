import TaskDefinitions

/// Names within one text: the second of a name gets a 2 behind it.
package struct UniqueNames {
  private var taken: Set<String> = []

  package mutating func next(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(name)\(number)"
      number += 1
    }
    return candidate
  }
}
