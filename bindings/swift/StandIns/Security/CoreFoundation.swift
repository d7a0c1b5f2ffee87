@_exported import Foundation

// Casts such as `query as CFDictionary` compile on Linux since these are Foundation's classes.
public typealias CFTypeRef = AnyObject
public typealias CFDictionary = NSDictionary
public typealias CFString = NSString
public typealias OSStatus = Int32

/// Never made here: no function of the stand-in gives one.
public final class CFError: Error {}
