import LosslessJSON
import Surroundings

/// PyYAML, an independent parser for the same texts.
enum PyYAML {
  static let isAvailable = (try? values(of: ["a: 1"])) == [["a": 1]]

  /// The values that PyYAML reads, with CloudFormation's short forms as long forms, or `nil` for texts that
  /// it rejects.
  static func values(of texts: [String]) throws -> [JSONValue?] {
    let request = JSONValue.array(texts.map { .string($0) })
    let answer = try Python.run(script, input: request.compactText)
    let lines = answer.split(separator: "\n")
    guard lines.count == texts.count else { throw Silence() }
    return lines.map { line in
      guard let document = try? Document(Array(line.utf8)) else { return nil }
      let value = document.value(document.root)
      return value["value"]
    }
  }

  /// Python exited before it answered everything.
  struct Silence: Error {}

  private static let script = #"""
    import json, sys, yaml
    class Loader(yaml.CSafeLoader):
        pass
    # Timestamps are strings, as in CloudFormation.
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()}
    BARE = {"Ref", "Condition"}
    NAMES = BARE | set("And Base64 Cidr Contains Equals FindInMap ForEach GetAtt GetAZs If "
        "ImportValue Join Length Not Or Select Split Sub ToJsonString Transform".split())
    def plain(loader, node):
        if isinstance(node, yaml.ScalarNode): return node.value
        if isinstance(node, yaml.SequenceNode): return loader.construct_sequence(node, deep=True)
        return mapping(loader, node)
    def mapping(loader, node):
        loader.flatten_mapping(node)
        return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}
    def tagged(loader, suffix, node):
        value = plain(loader, node)
        if suffix not in NAMES: return value
        if suffix == "GetAtt" and isinstance(value, str): value = value.split(".", 1)
        return {suffix if suffix in BARE else "Fn::" + suffix: value}
    Loader.add_multi_constructor("!", tagged)
    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    for text in json.load(sys.stdin):
        try:
            loader = Loader(text)
            value = loader.get_data() if loader.check_data() else None
            print(json.dumps({"value": value}))
        except (yaml.YAMLError, ValueError, TypeError):
            print("refused")
    """#
}
