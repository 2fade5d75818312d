extension Mesh {
  /// Reads `MeshSpec`.
  mutating func read(_ spec: SpecField) {
    let settings = spec.object { spec in
      (
        egressFilter: spec["egressFilter"].object { filter in
          filter["type"].required.choice(EgressFilter.allCases)
        },
        ipPreference: spec["serviceDiscovery"].object { discovery in
          discovery["ipPreference"].choice(IPPreference.allCases)
        }
      )
    }
    egressFilter = settings?.egressFilter ?? .dropAll
    ipPreference = settings?.ipPreference
  }
}
