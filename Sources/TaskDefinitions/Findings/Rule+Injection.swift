package import LosslessJSON

/// What stands in the way of adding Envoy, or of taking it out.
extension Rule {
  package static let gateway = error(
    "gateway", "the task is a gateway of this tool: Envoy alone, with no application to serve",
    fix: "print it again with 'inject-envoy gateway' to change it")
  package static let foreignProxy = error(
    "foreign-proxy",
    "the task already redirects its traffic to a proxy that this tool did not add",
    fix:
      "take it out with 'inject-envoy uninject \(.foreign)', or replace it with \(.replaceForeign)",
    see: Source.proxy)
  package static let foreignEnvoy = error(
    "foreign-envoy",
    "the task has an Envoy that this tool did not add, and a second one could not listen on the "
      + "same ports",
    fix:
      "take it out with 'inject-envoy uninject \(.foreign)', or replace it with \(.replaceForeign)")
  package static let envoyNameTaken = error(
    "envoy-name-taken",
    "the name that Envoy would get belongs to a container that this tool did not add",
    fix: "name Envoy differently with \(.envoyName), or remove that container if it is an Envoy")
  package static let leftoverDependency = error(
    "leftover-dependency",
    "a container waits for an Envoy that the task does not have: it was removed by halves",
    fix: "remove that element of dependsOn: 'inject-envoy uninject \(.foreign)' does",
    see: Source.dependency)
  package static let unknownOrder = error(
    "unknown-order", "the label \(Mark.inject) says something that means nothing",
    fix: "write '\(Mark.disabled)' to leave the document as it is, or remove the label")
  package static let wrongLabel = error(
    "wrong-label", "a label of the document asks for an option that can't be used",
    fix: "correct the label inject-envoy.io/OPTION")
  package static let unknownContainer = error(
    "unknown-container", "\(.onlyContainer) or \(.skipContainer) names no container of the task",
    fix: "name a container of the task")
  package static let nothingSelected = error(
    "nothing-selected", "no container is left that Envoy could serve",
    fix: "check \(.onlyContainer) and \(.skipContainer), "
      + "or leave a task of daemons alone without Envoy")
  package static let nameTaken = error(
    "name-taken", "the task has a container of the tracing daemon's name that is none",
    fix: "name the daemon differently: tracingContainer: {name: …} in the configuration file")
  package static let policyNameTaken = error(
    "policy-name-taken",
    "a role of the template has a policy of the name that ours would get, which a role can't have "
      + "twice",
    fix: "remove that policy: it is left from an injection that was not taken back as a whole")
  package static let noLogRegion = error(
    "no-log-region", "nothing says in which region the log group is",
    fix: "give the full ARN of the virtual node, or log where an application does "
      + "(\(.logs, "inherit"))", see: Source.awslogs)
  package static let patchFailed = error(
    "patch-failed", "a patch of the configuration file does not fit the document",
    fix: "mend the patch: it is applied to the injected document",
    see: "https://www.rfc-editor.org/rfc/rfc6902")
  package static let twoLedgers = error(
    "two-ledgers",
    "two containers carry the mark of this tool, so it is unclear which one to take back",
    fix: "remove the container that was copied from another task definition")
  package static let unreadableLedger = error(
    "unreadable-ledger",
    "the ledger by which Envoy is taken out can't be read: it was edited, or is of a newer version",
    fix: "use that version, or start from the task definition before injection")
  package static let changedSince = warning(
    "changed-since", "a value was changed after inject had set it, so it is left as it is",
    fix: "check that the value is right without Envoy")
  package static let renamedContainer = error(
    "renamed-container",
    "a container was renamed after inject had added it, so it can't be taken out with what refers "
      + "to it",
    fix: "give it its former name again")
  package static let leftBehind = warning(
    "left-behind", "a container waits for one that was taken out; inject did not write that",
    fix: "remove that element of dependsOn", see: Source.dependency)
  package static let envoyAlone = error(
    "envoy-alone", "the task is Envoy alone, as a gateway is: without it nothing would be left",
    fix: "delete the task definition, or replace it with one of 'inject-envoy gateway'")
  package static let keptDaemon = warning(
    "kept-daemon", "a tracing daemon stays, because an application refers to it or sends spans",
    fix: "remove it by hand if no application uses it")
  package static let lostSettings = warning(
    "lost-settings", "an Envoy that was replaced had settings that the new one has not",
    fix: "give the options that are named, where the settings matter")
  package static let keptVolume = warning(
    "kept-volume", "a volume stays that only Envoy mounted", fix: "remove it by hand if it is idle")
}
