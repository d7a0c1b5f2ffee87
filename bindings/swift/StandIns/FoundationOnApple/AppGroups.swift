import Foundation

extension FileManager {
    /// The folder that the apps and extensions of one group share; `nil` for a group that the app is not in.
    public func containerURL(forSecurityApplicationGroupIdentifier groupIdentifier: String) -> URL? {
        groupIdentifier.hasPrefix("group.") ? temporaryDirectory.appendingPathComponent(groupIdentifier) : nil
    }
}
