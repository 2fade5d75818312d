import EnvoyInjector

/// The catalogue's rules, not those of `LosslessJSON`, until both are one type.
typealias Rule = EnvoyInjector.Rule
