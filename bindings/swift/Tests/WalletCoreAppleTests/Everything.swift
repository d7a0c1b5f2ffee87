import Testing

/// The stand-ins' phone and keychain are one for the process, so the tests of this target run one after another.
@Suite(.serialized) enum Everything {}
