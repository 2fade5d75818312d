import LosslessJSON

extension TaskDefinition {
  /// The task's `cpu` and `memory`.
  package var size: TaskSize {
    TaskSize(
      cpu: node(.cpu).flatMap { TaskSize.cpuUnits(document.value($0)) },
      memory: node(.memory).flatMap { TaskSize.mebibytes(document.value($0)) })
  }

  /// The amounts that RegisterTaskDefinition compares with the task's size: the sum of the containers' `cpu`, and
  /// of memory the sum of their `memoryReservation` or the largest `memory`, whichever is more.
  ///
  /// ECS's own messages say so: "The sum of all container 'cpu' values cannot be greater than the
  /// value of the task 'cpu'" (<https://github.com/aws/aws-cdk/issues/24629>), "The sum of all
  /// container 'memoryReservation' values cannot be greater than the value of the task 'memory'"
  /// (<https://github.com/cloudnativedaysjp/dreamkast-infra/pull/4766>), "The 'memory' setting for
  /// container 'worker' is greater than for the task"
  /// (<https://github.com/pulumi/pulumi-awsx/issues/1220>). It does not add up hard limits.
  package var requirements: TaskSize {
    var (reserved, limit) = (0, 0)
    for container in containerPlaces {
      reserved += most(container) { integer(.memoryReservation, of: $0) }
      limit = max(limit, most(container) { integer(.memory, of: $0) })
    }
    return TaskSize(cpu: needs.cpu, memory: max(reserved, limit))
  }

  /// The amounts that the containers can use together: their limits, or their reservations where there is
  /// no limit.
  package var needs: TaskSize {
    var (cpu, memory) = (0, 0)
    for container in containerPlaces {
      cpu += most(container) { integer(.cpu, of: $0) }
      memory += most(container) { integer(.memory, of: $0) ?? integer(.memoryReservation, of: $0) }
    }
    return TaskSize(cpu: cpu, memory: memory)
  }

  /// The largest amount among the containers that a template chooses from.
  private func most(_ container: NodeID, _ amount: (NodeID) -> Int?) -> Int {
    guard place.values != nil else { return amount(container) ?? 0 }
    return place.choices(container, in: document).compactMap(amount).max() ?? 0
  }
}
