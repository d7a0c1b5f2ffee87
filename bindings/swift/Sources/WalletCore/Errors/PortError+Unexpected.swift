extension PortError {
    /// What an error becomes that a port did not foresee: the name of its type. Its text may hold personal data and stays
    /// behind.
    public static func unexpected(_ error: any Error) -> PortError {
        (error as? PortError) ?? .Unexpected(class: String(describing: type(of: error as Any)))
    }
}
