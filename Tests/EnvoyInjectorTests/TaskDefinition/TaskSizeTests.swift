import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct TaskSizeTests {
  @Test(
    arguments: [
      ("256", 256), (256, 256), (".25 vCPU", 256), ("0.25vcpu", 256), ("1 VCPU", 1024),
      ("16 vCPU", 16384), ("2.0 vCPU", 2048),
    ] as [(JSONValue, Int)])
  func readsCPUUnits(value: JSONValue, units: Int) {
    #expect(TaskSize.cpuUnits(value) == units)
  }

  @Test(
    arguments: [
      ("512", 512), (512, 512), ("0.5GB", 512), ("1 GB", 1024), (".5 gb", 512), ("120GB", 122880),
      ("512 MB", 512),
    ] as [(JSONValue, Int)])
  func readsMebibytes(value: JSONValue, mebibytes: Int) {
    #expect(TaskSize.mebibytes(value) == mebibytes)
  }

  @Test(
    arguments: [
      "", "vCPU", "one vCPU", "-1 vCPU", "0 vCPU", "nan vCPU", "inf vCPU", "1e9 vCPU", "${CPU}",
      "256 units", .null, true, [], .number("0.5"),
    ] as [JSONValue])
  func refusesEverythingElse(value: JSONValue) {
    #expect(TaskSize.cpuUnits(value) == nil)
    #expect(TaskSize.mebibytes(value) == nil)
  }

  @Test(arguments: [
    (256, 512), (256, 1024), (256, 2048), (512, 1024), (512, 4096), (1024, 8192), (2048, 16384),
    (4096, 30720), (8192, 61440), (16384, 122880), (32768, 61440), (32768, 122880), (32768, 249856),
  ])
  func knowsFargatesPairs(cpu: Int, memory: Int) {
    let size = TaskSize(cpu: cpu, memory: memory)
    #expect(size.raised(to: size, onFargate: true) == size)
  }

  @Test func endsAtTheLastPair() {
    let last = TaskSize(cpu: 32768, memory: 249856)
    #expect(last.raised(to: TaskSize(cpu: 32769), onFargate: true) == nil)
    #expect(last.raised(to: TaskSize(memory: 249857), onFargate: true) == nil)
  }

  @Test func leavesTheLargestTierItsGaps() {
    let size = TaskSize(cpu: 32768, memory: 61440)
    let raised = size.raised(to: TaskSize(memory: 122881), onFargate: true)
    #expect(raised == TaskSize(cpu: 32768, memory: 249856))
  }

  @Test func namesOnlyWhatCounts() {
    #expect(TaskSize(cpu: 0, memory: 640).description == "640 MiB")
    #expect(TaskSize(cpu: 256, memory: 640).description == "256 CPU units and 640 MiB")
    #expect(TaskSize(cpu: 512, memory: nil).members == #""cpu": "512""#)
  }

  @Test func hasNoLimitWhereNoneIsSet() {
    let needs = TaskSize(cpu: 1, memory: 1)
    #expect(!needs.exceeds(TaskSize()))
    #expect(needs.exceeds(TaskSize(cpu: 0)))
  }
}
