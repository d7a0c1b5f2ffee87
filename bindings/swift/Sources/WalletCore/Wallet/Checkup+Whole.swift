extension Checkup {
    /// Whether nothing is damaged.
    public var isWhole: Bool { damaged.isEmpty }
}
