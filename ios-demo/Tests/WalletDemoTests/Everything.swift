import Testing

/// The played phone's dialogs and announcements are one for the process, so all tests run one after another.
@MainActor @Suite(.serialized) enum Everything {}
